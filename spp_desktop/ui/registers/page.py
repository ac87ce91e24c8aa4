"""The page of a register that has one: its table in groups, and the whole of one row beside it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QWidget

from spp_desktop.plan.kinds import Choice
from spp_desktop.plan.kinds.declared import kind_of
from spp_desktop.plan.links import RowLink
from spp_desktop.plan.register import Register, of_year
from spp_desktop.plan.rows import title_of
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import queries
from spp_desktop.store.problems import NotKept
from spp_desktop.store.registered import RegisterRow, late
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.grid.arrangement import StatusShare
from spp_desktop.ui.grid.draft import NEW, is_new
from spp_desktop.ui.grid.filter_box import Chips
from spp_desktop.ui.grid.table_page import PageTexts, TablePage
from spp_desktop.ui.grid.view import GridView
from spp_desktop.ui.pictures.target_chart_view import ChartView
from spp_desktop.ui.registers.charts import CHARTS, READ_BESIDE
from spp_desktop.ui.registers.columns import widest
from spp_desktop.ui.registers.commands import COMMANDS, RegisterCommand
from spp_desktop.ui.registers.deeds import RegisterDeeds
from spp_desktop.ui.registers.panel import RegisterPanel
from spp_desktop.ui.registers.table import RegisterTable
from spp_desktop.ui.thread.pane import Linkable, link_action
from spp_desktop.ui.thread.picker import ways

PANEL_WIDTH = 360
CHART_HEIGHT, CHART_SHARE = 250, 0.43
"""The pixels that a chart is high, and the most of the page's height: in a low window the table goes before."""
PASTED = "Rows can be pasted here from a spreadsheet (Ctrl+V)."
LOW = 210
"""The pixels below which a chart has its notes beside it."""


class RegisterPage(TablePage):
    """The rows of one register. Everything on it is made from the register's declaration.

    Signals:
        went: the table and the key of a linked row that the person wants to see.
    """

    went = Signal(str, str)
    model: RegisterTable
    panel: RegisterPanel

    def __init__(self, signals: PlanSignals, register: Register, parent: QWidget | None = None) -> None:
        self.register = register
        self.words = _words(register)
        super().__init__(signals, parent)
        self.model = RegisterTable(signals, register, parent=self, spelled=True)
        self.model.arrangement.summary = self._head
        self.model.group_by(register.group or register.owner or None)
        hanging = (register.log_model, RowLink)
        self.tables = self.model.tables | {str(model.__tablename__) for model in hanging if model is not None}
        self.tables |= READ_BESIDE.get(register.name, frozenset())
        self.grid = GridView(self.model, register.title, register.word.singular)
        self.grid.set_lines(max(register.lines, 2))
        self.grid.share_width((register.text,) if register.text else widest(register))
        self.panel = RegisterPanel(self.model)
        self.chart = ChartView() if register.name in CHARTS else None
        self.group = QComboBox()
        self.own: list[QPushButton] = []
        self.add = QPushButton(f"&Add {register.word.singular}")
        self._lay_out()
        self.does = RegisterDeeds(self.model, self.grid)
        self.group.activated.connect(lambda: self.model.group_by(self.group.currentData()))
        self.link_rows = link_action(self, signals, self._linkable)
        self.add.clicked.connect(self.begin)
        self.model.columns_changed.connect(self.grid.header.reset_columns)
        self.model.columns_changed.connect(self._fill_groups)
        self.panel.went.connect(self.went)
        self.refresh()

    def _fill_groups(self) -> None:
        """Offer what the rows can stand under."""
        grouping = self.model.arrangement.grouping
        named = [c for c in self.model.columns if isinstance(c.kind, Choice) or c.field == self.register.group]
        self.group.clear()
        for column in sorted(named, key=lambda column: column.field != grouping):
            self.group.addItem(column.title, column.field)
        self.group.addItem("Nothing", None)
        self.group.setCurrentIndex(self.group.findData(grouping))

    def _lay_out(self) -> None:
        self._fill_groups()
        by = QLabel("&Group by")
        by.setBuddy(self.group)
        own = [self._button(command) for command in COMMANDS if command.register == self.register.name]
        self.add.setToolTip(f"Type a new {self.register.word.singular} into the last line (Ctrl++)")
        self.build((by, self.group, Chips(self.model)), (*own, self.add), PANEL_WIDTH)
        empty = self.stack.widget(1)
        assert empty is not None
        self._paste = QShortcut(QKeySequence.StandardKey.Paste, empty)
        self._paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._paste.activated.connect(self._paste_first)
        if self.chart is not None:
            self.under_table.addWidget(self.chart)
            self.show_chart = self.folding("Show the c&hart", "Shift+F4", self.chart)

    def set_year(self, year: int) -> None:
        """Show the columns of the years that the plan had in a year."""
        if year != self.model.year and self.commit_pending():
            self.model.year = year
            self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the table most of the height."""
        super().resizeEvent(event)
        if self.chart is not None:
            high = min(CHART_HEIGHT, round(CHART_SHARE * self.height()))
            self.chart.setFixedHeight(high)
            self.chart.set_beside(beside=high < LOW)

    def _button(self, command: RegisterCommand) -> QPushButton:
        """The button of a command that only this register has."""
        button = QPushButton(command.text)
        button.setToolTip(command.tip)
        button.clicked.connect(lambda: self._run(command))
        self.own.append(button)
        return button

    def _run(self, command: RegisterCommand) -> None:
        """Do it with the rows chosen, and say what was done."""
        keys = [key for key in self.grid.selected_keys() if not is_new(key)]
        if not keys or not self.commit_pending():
            self.say("Choose the rows first.")
            return
        try:
            self.say(command.run(self.signals, keys))
        except (RuleBroken, NotKept) as refusal:
            self.say(str(refusal))

    # What the window asks

    def confine(self) -> None:
        """Show only the rows of a portfolio, and have new ones be its post's."""
        of, owner = self.signals.portfolio.shown, self.register.owner
        self.model.given = {owner: of.post} if of is not None and owner else {}
        super().confine()
        if self.chart is not None:
            self.refresh()

    def refresh(self) -> None:
        """Read the plan again."""
        self.lock(self.add, *self.own)
        self.model.refresh()
        if self.chart is not None:
            self.chart.set_chart(CHARTS[self.register.name](self.signals, self._in_plan(), self.model.years))
        self.panel.show_row(self._whole())

    def commit_pending(self) -> bool:
        """Keep what is being typed, in the table and in the panel. Returns whether the plan now has all of it."""
        kept = super().commit_pending()
        return self.panel.commit_pending() and kept

    def actions(self) -> list[QAction]:
        """What can be done here, for the menus."""
        charted = [self.show_chart] if self.chart is not None else []
        return [*([self.link_rows] if ways(self.register.name) else []), *super().actions(), *charted]

    def _linkable(self) -> Linkable | None:
        """The rows chosen, to be linked."""
        keys = [key for key in self.grid.selected_keys() if not is_new(key)]
        return Linkable(self.register.name, keys) if keys else None

    def summary(self) -> str:
        """The number of rows, for the status bar."""
        count = self._late(self.model.own_rows)
        return super().summary() + (f", {count} late" if count else "")

    def restore_state(self, state: dict[str, Any]) -> None:
        """Take up the state in which the page was left."""
        super().restore_state(state)
        self.group.setCurrentIndex(max(self.group.findData(self.model.arrangement.grouping), 0))

    # What the table page asks

    def row_selected(self, key: str) -> None:
        """Show another row in the panel."""
        del key
        self.panel.show_row(self._whole())

    def arranged(self) -> None:
        """Say why no row is shown, if there is none."""
        word = self.register.word
        nothing = not self.model.rows
        if nothing:
            told = filter(None, (f"No {word.plural} yet.", self.register.about, "" if self.model.locked else PASTED))
            self.empty_text.setText("\n\n".join(told))
        else:
            self.empty_text.setText(f"No {word.singular} matches what the table is filtered by.")
        self.empty_button.setText(f"Add {word.with_article}" if nothing else "Clear filter")
        self.empty_button.setDisabled(nothing and bool(self.model.locked))

    def begin(self) -> None:
        """Begin a new row in the last line."""
        self.stack.setCurrentIndex(0)
        self.does.begin()

    def _paste_first(self) -> None:
        """Put a block that was copied in a spreadsheet into the table that has no rows yet."""
        if not self.model.rows and not self.model.locked:
            self.stack.setCurrentIndex(0)
            self.grid.go(self.model.index(self.model.line_of(NEW), self.grid.shown_columns()[0]))
            self.grid.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.grid.does.paste()

    def titled(self) -> tuple[str, Sequence[str]]:
        """The title and the notes under which the table is printed and saved."""
        plan = self.signals.read(queries.plan)
        notes = plan.title, self.register.about, plan.illustrative
        return self.register.title, [note for note in notes if note]

    def _whole(self) -> RegisterRow | None:
        """The current row; ``None`` if it is not in the plan yet."""
        row = self.current()
        return row if isinstance(row, RegisterRow) and not is_new(row.key) else None

    def _in_plan(self) -> list[RegisterRow]:
        """The rows that are in the plan already."""
        return [row for row in self.model.own_rows if isinstance(row, RegisterRow) and not is_new(row.key)]

    def _late(self, rows: Sequence[RegisterRow]) -> int:
        return sum(late(self.register, row, self.model.today) for row in rows)

    def _head(self, rows: Sequence[RegisterRow]) -> tuple[str, tuple[StatusShare, ...]]:
        """What the head of these rows says: how many there are, how many are late, and the counts of the bar."""
        count = self._late(rows)
        note = " · ".join(filter(None, (str(len(rows)), f"{count} late" if count else "", *self._totals(rows))))
        bar = self.register.bar
        if not bar:
            return note, ()
        if bar not in self.register.names:
            return note, self._worked_parts(bar, rows)
        column = self.model.columns[self.model.column_of(bar)]
        counts = Counter(column.get(row) for row in rows)
        shown = [option for option in column.kind.options() if counts[option.value]]
        return note, tuple(StatusShare(o.title, counts[o.value], o.shape, o.colour, o.dark_colour) for o in shown)

    def _totals(self, rows: Sequence[RegisterRow]) -> Iterator[str]:
        """The sums of the columns that have one, those of all years together: "planned £1,200"."""
        yearly = self.register.yearly
        for name in self.register.totals:
            of_years = yearly is not None and name in yearly.names
            names = (
                [c.field for c in self.model.columns if (of_year(c.field) or ("", 0))[0] == name]
                if of_years
                else [name]
            )
            amounts = [row.values[n] for row in rows for n in names if row.values.get(n) is not None]
            model = yearly.model if yearly is not None and of_years else self.register.model
            if amounts:
                yield f"{title_of(model, name)} {kind_of(model, name).show(sum(amounts))}"

    def _worked_parts(self, name: str, rows: Sequence[RegisterRow]) -> tuple[StatusShare, ...]:
        """The parts of a bar by a computed column, the highest first and blanks last."""
        worked = [row.worked[name] for row in rows]
        ordered = sorted((w for w in worked if w.text), key=lambda w: (w.sort is not None, w.sort), reverse=True)
        counts = Counter(w.band or w.text for w in ordered)
        looks = {w.band or w.text: w for w in ordered}
        parts = [StatusShare(band, count, looks[band].shape, *looks[band].colours) for band, count in counts.items()]
        blank = len(worked) - len(ordered)
        title = self.model.columns[self.model.column_of(name)].title
        return (*parts, StatusShare(f"No {title.lower()}", blank)) if blank and parts else tuple(parts)


def _words(register: Register) -> PageTexts:
    """The texts of the page."""
    word = register.word
    named = [name for name in (register.owner, register.group) if name]
    examples = [f"{register.heading(name).lower().split()[0]}:…" for name in named]
    hint = ", ".join(["Filter: words", *examples, *(["late"] if register.due else [])])
    return PageTexts(hint, f"Filter {word.plural}", f"Show the whole &{word.singular}", word)
