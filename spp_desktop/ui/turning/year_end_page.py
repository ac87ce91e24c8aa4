"""The page on which a year ends: what becomes of each of its rows, decided by keys and kept as it is decided."""

from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import Any, cast

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QPalette, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from spp_desktop.edits.turning import applying, deciding, fates, proposals, typed
from spp_desktop.edits.turning.proposals import RowProposal
from spp_desktop.plan.kinds import Option
from spp_desktop.plan.periods import year_name, years_name
from spp_desktop.plan.turning import WhatBecomes
from spp_desktop.plan.words import Word, counted
from spp_desktop.store import queries, threads
from spp_desktop.store.threads import LinkedRow
from spp_desktop.store.turned import FATES
from spp_desktop.ui.common.question import ask
from spp_desktop.ui.common.signals import Changed, PlanSignals
from spp_desktop.ui.grid.table_model import CellChange, TableModel
from spp_desktop.ui.grid.table_page import PageTexts, TablePage
from spp_desktop.ui.turning.chip_row import ChipRow
from spp_desktop.ui.turning.deciding_grid import DecidingGrid
from spp_desktop.ui.turning.fate_panel import FatePanel
from spp_desktop.ui.turning.year_end_lines import (
    YearEndLine,
    chips,
    columns,
    outcome,
    state,
    summary,
)

KEYS = (
    "Space as proposed  ·  K keep  ·  G change  ·  S split  ·  M merge  ·  C close  ·  D drop  ·  U take back  ·  "
    "Enter words and reason  ·  N next undecided"
)
EMPTY = "The year has no activities and no indicators yet: there is nothing to carry over."
NOTHING_LEFT = "Nothing is left to decide: roll over (Alt+O)."
ONE_ROW = "New words are of one row: choose it alone."
ONE_FATE = "Of these rows not the same becomes: choose those of which it does, or decide by a letter."
ALL_AT_ONCE = "Ctrl+A, then Space, decides all that is left as it is proposed."
PANEL_WIDTH = 320


class YearEndPage(TablePage):
    """What becomes of the rows of the plan's first year.

    Signals:
        went: the kind and the key of an item that the person wants to see.
        turned: the year was rolled over; the first calendar year of the one that the window is to show now.
    """

    went = Signal(str, str)
    turned = Signal(int)
    words = PageTexts(
        "Filter: words, fate:undecided, due:2009…", "Filter the rows of the year", "Show what becomes of i&t",
        Word("row", "rows"),
    )  # fmt: skip
    tables = frozenset({
        "plan", "from_to", "activity", "activity_owner", "milestone", "status", "post", "priority", "theme",
        "commitment", "indicator", "indicator_group", "target", "target_version", "result", "definition_version",
        "rebase", "link",
    })  # fmt: skip
    panel: FatePanel
    grid: DecidingGrid

    def __init__(self, signals: PlanSignals, parent: QWidget | None = None) -> None:
        super().__init__(signals, parent)
        self._stale = False
        self._base: list[RowProposal] | None = None
        self._asked: list[YearEndLine] = []
        self.year = signals.read(queries.plan).first_year
        self.statuses: Sequence[Option] = ()
        self.model = TableModel(columns(lambda: self.statuses, self.year), self._commit, summary, parent=self)
        self.grid = DecidingGrid(self.model, "What becomes of each row", "row", rows=False)
        self.grid.share_width(("text", "reason", "becomes", "warnings"))
        self.panel = FatePanel(signals)
        self.chips = ChipRow()
        self.open_row = self._action("&Open on its page", "Alt+Return", self._open)
        self.next_row = self._action("&Next undecided", "F7", lambda: self.go_on(1))
        self.as_proposed = self._action("Decide as &proposed", "", lambda: self.do("proposed"))
        self.state, self.told, self.hint = QLabel(), QLabel(wordWrap=True), QLabel(KEYS, wordWrap=True)
        self.roll = QPushButton("R&oll over…")
        self._lay_out()
        self.model.arrangement.grouping = "head"
        self.grid.deed.connect(self.do)
        self.grid.doubleClicked.connect(self._double_clicked)
        self.chips.chosen.connect(self.filter.setText)
        self.filter.textChanged.connect(self.chips.press)
        self.panel.asked.connect(self.do)
        self.panel.decided.connect(self._decide_asked)
        self.panel.left.connect(self._leave_panel)
        self.panel.lineage.went.connect(self.went)
        self.roll.clicked.connect(self.roll_over)
        self.refresh()

    def _lay_out(self) -> None:
        self.build((), (), panel_width=PANEL_WIDTH)
        self.bar.insertWidget(1, self.chips)
        self.hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.told.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.state.setAccessibleName("How far it is")
        font = self.state.font()
        font.setBold(True)
        self.state.setFont(font)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self.state)
        foot.addWidget(self.told, 1)
        foot.addWidget(self.roll)
        self.under_table.addWidget(self.hint)
        self.page.addLayout(foot)

    def _action(self, text: str, keys: str, does: Callable[[], object]) -> QAction:
        action = QAction(text, self)
        if keys:
            action.setShortcut(keys)
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(does)
        self.addAction(action)
        return action

    # What the window asks

    def refresh(self) -> None:
        """Read the plan again."""
        self._stale, self._base = False, None
        self.statuses = [
            Option(row.key, row.title, row.meaning, row.shape, row.colour, row.dark_colour)
            for row in self.signals.read(queries.statuses)
        ]
        self.year = self.signals.read(queries.plan).first_year
        self.lock(self.as_proposed)
        self.roll.setText(f"R&oll over to {year_name(self.year + 1)}…")
        self._show()

    def _plan_changed(self, changed: Changed) -> None:
        """Read again what changed; a decision changes only what is decided, while nobody sees the page, nothing."""
        if changed.rows and not self.tables & changed.rows.keys():
            return
        if not self.isVisible():
            self._stale = True
        elif changed.rows.keys() == {"from_to"}:
            self._show()
        else:
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Read what was changed while nobody saw this page."""
        if self._stale:
            self.refresh()
        super().showEvent(event)

    def commit_pending(self) -> bool:
        """Keep what is being typed in the table. Returns whether nothing waits in the panel to be decided with."""
        return super().commit_pending() and not self.panel.waits()

    def actions(self) -> list[QAction]:
        """The page's actions, for the menus."""
        return [self.next_row, self.as_proposed, self.open_row, *super().actions()]

    def summary(self) -> str:
        """How far it is, for the status bar."""
        return f"{super().summary()}, {state(self._lines())}" if self.model.rows else super().summary()

    def titled(self) -> tuple[str, Sequence[str]]:
        """The title and the notes under which the table is printed and saved."""
        _, notes = super().titled()
        return f"The end of {year_name(self.year)}: what becomes of its rows", [f"{state(self._lines())}.", *notes]

    # What the person does

    def do(self, deed: str) -> None:
        """Do what a key or a button asks for with the chosen rows."""
        if self.model.locked:
            self.say(self.model.locked)
            return
        deeds: dict[str, Callable[[], object]] = {
            "proposed": self.accept,
            "back": self.take_back_chosen,
            "edit": self.edit_chosen,
            "next": lambda: self.go_on(1),
            "previous": lambda: self.go_on(-1),
        }
        deeds.get(deed, partial(self._become, deed))()

    def chosen(self) -> list[YearEndLine]:
        """The lines of the chosen rows."""
        known = {row.key: row for row in self._lines()}
        return [known[key] for key in self.grid.selected_keys() if key in known]

    def accept(self) -> None:
        """Decide the chosen rows as they are proposed; ask why where that is lacking."""
        rows = [row for row in self.chosen() if not row.decided]
        able = [row for row in rows if not row.lacks_reason]
        if able and not self._decide(able, None, "decide as proposed"):
            return
        lacking = [row for row in rows if row.lacks_reason]
        if lacking:
            self.grid.select_rows([row.key for row in lacking])
            self._ask(lacking[0].fate, [row for row in lacking if row.fate == lacking[0].fate])
        else:
            self._go_on_quietly()

    def take_back_chosen(self) -> None:
        """Take back what was decided of the chosen rows."""
        rows = [row for row in self.chosen() if row.decided]
        if rows:
            keys = [row.key for row in rows]
            self.edit(f"take back what becomes of {_named(rows)}", deciding.withdraw, keys, self.year)

    def edit_chosen(self) -> None:
        """Ask for the words and the reason of the row that the person is in, whatever becomes of it."""
        rows = self.chosen()
        if len({row.fate for row in rows}) > 1:
            self.say(ONE_FATE)
        elif rows:
            self._ask("changed" if len(rows) == 1 and rows[0].fate == "kept" else rows[0].fate, rows)

    def _become(self, deed: str) -> None:
        """Decide what becomes of the chosen rows; where that asks for more, ask for it."""
        fate, rows = cast("WhatBecomes", deed), self.chosen()
        if not rows:
            return
        if fate in {"kept", "closed"}:
            if self._decide(rows, fate, FATES[fate].verb.lower(), refs=()):
                self._go_on_quietly()
            return
        self._ask(fate, rows)

    def _ask(self, fate: WhatBecomes, rows: Sequence[YearEndLine]) -> None:
        if fate in {"changed", "split"} and len(rows) > 1:
            self.say(ONE_ROW)
            return
        self.say("")
        self._asked = list(rows)
        self.panel.ask(fate, rows, self._others(rows) if fate == "merged" else ())

    def _others(self, rows: Sequence[YearEndLine]) -> list[LinkedRow]:
        """The rows with which these can be merged: of the same kind, and going on."""
        own = {row.key for row in rows}
        return [
            LinkedRow(row.key, row.proposal.table, row.proposal.ref, row.proposal.title, self.year)
            for row in self._lines()
            if row.proposal.table == rows[0].proposal.table and row.key not in own and row.fate in fates.GOES_ON
        ]

    def _decide_asked(self, deed: str) -> None:
        """Decide with what was typed in the panel."""
        fate, rows, panel = cast("WhatBecomes", deed), self._asked, self.panel
        words, own = panel.words, rows[0].proposal
        if fate == "changed" and words == [own.title.strip()]:
            fate, words = "kept", []
        done = self._decide(
            rows, fate, FATES[fate].verb.lower(), reason=panel.why or None, texts=words, into=panel.which,
            refs=None if words is not None and len(words) >= len(own.refs) else (),
        )  # fmt: skip
        if done:
            panel.stop()
            self._show_panel()
            self._go_on_quietly()

    def _leave_panel(self) -> None:
        self._show_panel()
        self.grid.setFocus()

    def _decide(self, rows: Sequence[YearEndLine], fate: WhatBecomes | None, verb: str, **more: Any) -> bool:
        """Decide of rows as one step. Returns whether it was kept; if not, it was said why."""
        label = f"{verb}: {_named(rows)}"
        done = self.edit(label, deciding.decide, [row.key for row in rows], fate, year=self.year, **more)
        return done is not None

    def go_on(self, step: int) -> None:
        """Go to the next row of which nothing is decided (``step`` 1), or to the one before (-1)."""
        if not self._to_undecided(step):
            self.say(NOTHING_LEFT if not self._left() else "Nothing that is shown is left to decide.")

    def _go_on_quietly(self) -> None:
        self.grid.setFocus()
        if not self._to_undecided(1):
            self.say("" if self._left() else NOTHING_LEFT)

    def _to_undecided(self, step: int) -> bool:
        shown = self.model.visible_keys()
        waiting = {row.key for row in self._lines() if not row.decided}
        current = self.grid.current()
        at = shown.index(current[0].key) if current is not None and current[0].key in shown else -1
        order = [shown[(at + step * away) % len(shown)] for away in range(1, len(shown) + 1)] if shown else []
        following = next((key for key in order if key in waiting), None)
        if following is None:
            return False
        self.grid.setFocus()
        self.grid.select(following, "fate")
        return True

    def roll_over(self) -> None:
        """Say what will happen, and roll the year over if the person wants it: one step."""
        if self._why_not():
            self.say(self._why_not())
            return
        following = year_name(self.year + 1)
        plan = self.signals.read(queries.plan)
        years = years_name(self.year + 1, plan.years, plan.first_month)
        told = f"The plan's years are {years} then. It is one step, and undone in one (Ctrl+Z)."
        detail = f"{outcome(self._lines(), following)} {told}"
        if ask(self, f"Roll over to {following}?", "Roll over", detail=detail):
            year = self.year
            done = self.edit(f"roll over to {following}", applying.roll_over, year)
            if done is not None:
                self.turned.emit(year + 1)

    def _why_not(self) -> str:
        """Why the year cannot be rolled over yet, in a sentence; "" if it can."""
        rows = self._lines()
        if self.model.locked or not rows:
            return self.model.locked or EMPTY
        lacking, left = sum(row.lacks_reason for row in rows), self._left()
        if not left:
            return ""
        need = f" {counted(lacking, 'row')} {'needs' if lacking == 1 else 'need'} a reason." if lacking else ""
        return f"{self.words.word.counted(left)} {'is' if left == 1 else 'are'} not decided yet.{need} {ALL_AT_ONCE}"

    def _left(self) -> int:
        return sum(not row.decided for row in self._lines())

    def _open(self) -> None:
        row = self.current()
        if isinstance(row, YearEndLine):
            self.went.emit(row.proposal.table, row.key)

    def _double_clicked(self, index: QModelIndex) -> None:
        if not self.model.columns[index.column()].editable:
            self._open()

    # What the table page asks

    def stands_for(self, row: Any) -> Collection[str]:
        """The row that a line is about."""
        return (row.key,)

    def row_selected(self, key: str) -> None:
        """Show another row in the panel."""
        del key
        self.say("")
        self._show_panel()

    def arranged(self) -> None:
        """Say why no row is shown, if there is none."""
        none = not self.model.rows
        self.empty_text.setText(EMPTY if none else f"No row matches “{self.filter.text()}”.")
        self.empty_button.setText("Show the activities" if none else "Clear the filter")

    def begin(self) -> None:
        """Go to where activities are written."""
        self.page_wanted.emit("delivery")

    # How it is done

    def _lines(self) -> Sequence[YearEndLine]:
        return cast("Sequence[YearEndLine]", self.model.rows)

    def _read(self) -> list[RowProposal]:
        """What becomes of each row. What is proposed is worked out anew when something else than a decision changed."""
        read = self.signals.read
        if self._base is None:
            self._base = [*read(proposals.of_activities, self.year), *read(proposals.of_indicators, self.year)]
        decided, gone = read(fates.open_fates, self.year), read(fates.gone_within, self.year)
        if decided.keys() - {row.key for row in self._base}:
            return read(proposals.proposals, self.year)
        left = [row for row in self._base if row.key in decided or row.key not in gone]
        return [proposals.with_decision(row, decided.get(row.key)) for row in left]

    def _show(self) -> None:
        read = self._read()
        activities = {row.key: row for row in self.signals.read(queries.activities, self.year)}
        others = {row.into for row in read if row.into}
        names = self.signals.read(threads.rows, others) if others else {}
        self.model.set_rows([
            YearEndLine(row, activities.get(row.key), names[row.into].title if row.into in names else "")
            for row in read
        ])  # fmt: skip
        if self.grid.current() is None and self.model.rows:
            self.grid.select(self.model.visible_keys()[0] if self.model.visible_keys() else "", "fate")
        self._show_foot()
        self._show_panel()
        self.summary_changed.emit()

    def _show_foot(self) -> None:
        rows = self._lines()
        self.chips.show_counts(chips(rows), len(rows))
        self.state.setText(state(rows))
        why = self._why_not()
        self.told.setText(why or outcome(rows, year_name(self.year + 1)))
        self.roll.setEnabled(not why)
        self.roll.setToolTip(why or "All that is decided, as one step")

    def _show_panel(self) -> None:
        row = self.current()
        self.panel.show_line(row if isinstance(row, YearEndLine) else None, locked=bool(self.model.locked))

    def _commit(self, cells: list[CellChange]) -> None:
        """Keep what is typed, pasted or filled in cells: as decisions, all in one step."""
        rows = [row for row in self._lines() if row.key in {key for key, _, _ in cells}]
        self.signals.edit(f"decide what becomes of {_named(rows)}", typed.set_cells, cells, self.year)


def _named(rows: Sequence[YearEndLine]) -> str:
    """Rows as a step names them: "3.04", "12 rows"."""
    return rows[0].proposal.called if len(rows) == 1 else counted(len(rows), "row")
