"""The page of checks: where the plan contradicts itself, what is missing in it, and what is worth a look."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QPalette, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.edits import accepting
from spp_desktop.plan.kinds.days import short_day
from spp_desktop.plan.registers import REGISTERS
from spp_desktop.plan.rows import kinds_of_row
from spp_desktop.plan.words import Word, counted
from spp_desktop.store import queries
from spp_desktop.store.checks import every
from spp_desktop.store.checks.every import RULES, CheckedFinding
from spp_desktop.store.checks.hits import CheckedRow
from spp_desktop.store.checks.rule import SEVERITIES, PlanFinding
from spp_desktop.ui.common.signals import Changed, PlanSignals
from spp_desktop.ui.grid.arrangement import StatusShare
from spp_desktop.ui.grid.columns import GridColumn
from spp_desktop.ui.grid.opening import OpeningGrid
from spp_desktop.ui.grid.table_model import TableModel
from spp_desktop.ui.grid.table_page import PageTexts, TablePage
from spp_desktop.ui.overview.kept_checks import KeptChecks
from spp_desktop.ui.performance.reason import ReasonAsked, ReasonDialog, Said
from spp_desktop.ui.registers.dialog import show_lists

MOST_LINES = 12
"""Rows of a finding that are seen without scrolling, at most."""

NOTHING = "Nothing is found: the plan agrees with itself, and nothing is missing that the checks look for."
ALL_ACCEPTED = "All that is found has been accepted. Tick “Show accepted” to see it."
CHECKING = "The plan is being checked…"
FOUND = "Findings are found, not typed: one goes when what it is about is put right, or is accepted with a reason."
ACCEPT_KEYS = "Ctrl+Shift+A"


@dataclass(frozen=True)
class FindingRow:
    """A line: a finding, and what the first of its rows is called."""

    checked: CheckedFinding
    about: str

    @property
    def finding(self) -> PlanFinding:
        """The finding."""
        return self.checked.finding

    @property
    def key(self) -> str:
        """Its key."""
        return self.checked.finding.key


class FindingPanel(QWidget):
    """One finding: its rule, its sentence, its rows to go to, and why it was accepted.

    Signals:
        went: the table and the key of a row that the person wants to see.
    """

    went = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.heading, self.about, self.sentence, self.accepted = (QLabel(wordWrap=True) for _ in range(4))
        for label in (self.heading, self.about, self.sentence, self.accepted):
            label.setTextFormat(Qt.TextFormat.PlainText)
        font = self.heading.font()
        font.setBold(True)
        self.heading.setFont(font)
        self.about.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.rows = QListWidget()
        self.rows.setAccessibleName("Rows that it is about")
        self.rows.itemActivated.connect(self._go)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(8)
        for widget in (self.heading, self.sentence, self.about, self.rows, self.accepted):
            column.addWidget(widget)
        column.addStretch(1)

    def show_row(self, row: FindingRow | None, names: dict[str, str]) -> None:
        """Show a finding; for ``None``, that one can be chosen.

        Args:
            row: The finding.
            names: What rows are called, by their keys.
        """
        finding = row.finding if row else None
        self.heading.setText(finding.rule.title if finding else "Choose a finding to see what it rests on.")
        self.sentence.setText(finding.sentence if finding else "")
        self.about.setText(finding.rule.about if finding else "")
        self.accepted.setText(_accepted_words(row.checked) if row else "")
        self.rows.clear()
        self.rows.setVisible(finding is not None)
        for of in finding.rows if finding else ():
            if of.table in kinds_of_row():
                item = QListWidgetItem(f"{of.ref} {names.get(of.key, '')}".strip())
                item.setData(Qt.ItemDataRole.UserRole, of)
                self.rows.addItem(item)
        lines = min(max(self.rows.count(), 1), MOST_LINES)
        self.rows.setFixedHeight(lines * (self.rows.sizeHintForRow(0) or 0) + 2 * self.rows.frameWidth() + 4)

    def _go(self, item: QListWidgetItem) -> None:
        of = CheckedRow(*item.data(Qt.ItemDataRole.UserRole))
        self.went.emit(of.table, of.key)


class ChecksPage(TablePage):
    """What the checks find, by rule, the gravest first.

    Signals:
        went: the kind and the key of an item that the person wants to see.
        asked: a ``plan_window.Job`` that the window is to do.
    """

    went = Signal(str, str)
    asked = Signal(object)
    words = PageTexts(
        "Filter: words, a reference", "Filter findings", "Show what a finding &rests on", Word("finding", "findings")
    )
    panel: FindingPanel
    grid: OpeningGrid

    def __init__(
        self, signals: PlanSignals, kept: KeptChecks, shown: Collection[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(signals, parent)
        self.kept = kept
        self._shown = frozenset(shown)
        self.names: dict[str, str] = {}
        self._all: list[CheckedFinding] = []
        self.model = TableModel(_columns(), summary=_head, parent=self)
        self.model.locked = FOUND
        self.grid = OpeningGrid(self.model, "Findings of the checks", "finding", rows=False)
        self.grid.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.grid.set_deeds()
        self.grid.share_width(("sentence", "about"))
        self.panel = FindingPanel()
        self.show_accepted = QCheckBox("&Show accepted")
        self.open_row, self.accept = QPushButton("&Open"), QPushButton("A&ccept…")
        self.again = QPushButton("&Take back")
        self.open_row.setToolTip("Show what it is about on its own page (Enter)")
        self.accept.setToolTip(f"Say why it is meant to be so ({ACCEPT_KEYS}); several at once for one reason")
        self.again.setToolTip("Let it stand again")
        self.accept_found = QAction("&Accept what is found…", self, shortcut=QKeySequence(ACCEPT_KEYS))
        self.accept_found.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.addAction(self.accept_found)
        self.build((self.show_accepted,), (self.open_row, self.accept, self.again), panel_width=340)
        self._wire()
        self.model.arrangement.grouping = "rule"
        self._take()
        self.kept.look()

    def _wire(self) -> None:
        self.grid.opened.connect(self._open)
        self.grid.doubleClicked.connect(self._open)
        self.open_row.clicked.connect(self._open)
        self.accept_found.triggered.connect(self._accept)
        self.accept.clicked.connect(self._accept)
        self.again.clicked.connect(self._take_back)
        self.show_accepted.toggled.connect(self._show)
        self.kept.looked.connect(self._take)
        self.kept.failed.connect(self.say)
        self.panel.went.connect(self._go)

    # What the window asks

    def refresh(self) -> None:
        """Check the whole plan."""
        self.kept.look_anew()

    def actions(self) -> list[QAction]:
        """What can be done here, for the menus."""
        return [self.accept_found, *super().actions()]

    def summary(self) -> str:
        """The number of findings, and of those accepted, for the status bar."""
        if self.kept.checked is None:
            return CHECKING
        accepted = sum(checked.accepted is not None for checked in self._all)
        return super().summary() + (f", {accepted:,} accepted" if accepted else "")

    def titled(self) -> tuple[str, Sequence[str]]:
        """The title and the notes under which the table is printed and saved."""
        plan = self.signals.read(queries.plan)
        rules = {row.finding.rule.name for row in self.model.rows}
        notes = [f"{rule.title}. {rule.about}" for rule in RULES if rule.name in rules]
        return f"{plan.title}: what the checks find", [note for note in (plan.illustrative, *notes) if note]

    def showEvent(self, event: QShowEvent) -> None:
        """Look again at what was changed while nobody saw this page."""
        super().showEvent(event)
        self.kept.look()

    def _plan_changed(self, changed: Changed) -> None:
        """Look at what a change touches; while nobody sees the page, leave it for later."""
        del changed
        if self.isVisible():
            self.kept.look()

    # What the person does

    def row_in(self) -> FindingRow | None:
        """The finding that the person is in."""
        row = self.current()
        return row if isinstance(row, FindingRow) else None

    def _chosen(self) -> list[FindingRow]:
        """The findings selected; where none is, the one that the person is in."""
        rows = [row for key in self.grid.selected_keys() if (row := self.row(key)) is not None]
        row = self.row_in()
        return rows or ([row] if row else [])

    def _open(self) -> None:
        row = self.row_in()
        if row is not None:
            self._go(row.finding.rule.shown_as or row.finding.rows[0].table, row.finding.rows[0].key)

    def _go(self, kind: str, key: str) -> None:
        """Show an item: on its page, or in the list of the plan that it is a row of."""
        listed = next((register for register in REGISTERS if register.name == kind and register.page is None), None)
        if listed is not None and kind not in self._shown:
            self.asked.emit(lambda window: show_lists(self.signals, window, listed.title))
        elif kind in self._shown:
            self.went.emit(kind, key)

    def _accept(self) -> None:
        findings = [row.finding for row in self._chosen()]
        if not findings or self.signals.workspace.read_only:
            return
        how_many = counted(len(findings), "finding")

        def accept(answer: Said) -> None:
            self.signals.edit(f"accept {how_many}", accepting.accept, findings, answer.words)

        lapsed = next((row.checked.lapsed for row in self._chosen() if row.checked.lapsed), None)
        about = (
            f"{how_many[0].upper()}{how_many[1:]} will no longer be listed, until what they are about changes. Your "
            "name, the day and the reason are kept."
        )
        asked = ReasonAsked("Accept what is found", about, "Reason", "&Accept", draft=lapsed.reason if lapsed else "")
        ReasonDialog(asked, accept, self).open()

    def _take_back(self) -> None:
        keys = [row.key for row in self._chosen() if row.checked.accepted]
        if keys:
            self.edit(f"take back {counted(len(keys), 'acceptance')}", accepting.take_back, keys)

    # What the table page asks

    def stands_for(self, row: Any) -> Collection[str]:
        """The rows that a finding is about."""
        return tuple(each.key for each in row.finding.rows)

    def row_selected(self, key: str) -> None:
        """Show another finding in the panel."""
        del key
        self.say("")
        self._show_panel()

    def arranged(self) -> None:
        """Say that nothing is found, that all is accepted, or that none matches."""
        if self.kept.checked is None:
            words, button = CHECKING, ""
        elif self.model.rows:
            words, button = f"No finding holds “{self.filter.text()}”.", "Clear the filter"
        else:
            words, button = (ALL_ACCEPTED, "Show accepted") if self._all else (NOTHING, "")
        self.empty_text.setText(words)
        self.empty_button.setText(button)
        self.empty_button.setVisible(bool(button))
        self._show_panel()

    def begin(self) -> None:
        """Show what was accepted, where nothing else is found."""
        self.show_accepted.setChecked(True)

    # How it is done

    def _take(self) -> None:
        self._all = self.kept.checked or []
        self.names = self.signals.read(every.called, [checked.finding for checked in self._all])
        self._show()

    def _show(self) -> None:
        shown = [checked for checked in self._all if checked.accepted is None or self.show_accepted.isChecked()]
        self.model.set_rows([FindingRow(checked, self.names.get(checked.finding.rows[0].key, "")) for checked in shown])
        self._show_panel()
        self.summary_changed.emit()

    def _show_panel(self) -> None:
        row = self.row_in()
        self.panel.show_row(row, self.names)
        free = not self.signals.workspace.read_only
        self.open_row.setEnabled(row is not None)
        self.accept.setEnabled(row is not None and row.checked.accepted is None and free)
        self.accept_found.setEnabled(self.accept.isEnabled())
        self.again.setEnabled(row is not None and row.checked.accepted is not None and free)


def _accepted_words(checked: CheckedFinding) -> str:
    if checked.accepted is not None:
        return f"Accepted by {checked.accepted.author} on {short_day(checked.accepted.on)}: {checked.accepted.reason}"
    if checked.lapsed is not None:
        return (
            f"It was accepted by {checked.lapsed.author} on {short_day(checked.lapsed.on)} "
            f"(“{checked.lapsed.reason}”), and its rows have changed since."
        )
    return ""


def _state(row: FindingRow) -> str:
    if row.checked.accepted is not None:
        return f"accepted: {row.checked.accepted.reason}"
    return "changed since accepted" if row.checked.lapsed is not None else ""


def _columns() -> list[GridColumn]:
    order = {rule.name: place for place, rule in enumerate(RULES)}
    grave = {severity: place for place, severity in enumerate(SEVERITIES)}
    return [
        GridColumn("refs", "Ref", 84, value=lambda r: r.finding.refs, about="By which its rows can be named"),
        GridColumn("about", "What it is about", 260, value=lambda r: " ".join(r.about.split())),
        GridColumn("sentence", "What is found", 400, value=lambda r: r.finding.sentence),
        GridColumn(
            "severity", "How grave", 130, shown=False, value=lambda r: SEVERITIES[r.finding.rule.severity],
            sort=lambda r: grave[r.finding.rule.severity],
            about="Whether the plan contradicts itself, something is missing, or it is worth a look",
        ),
        GridColumn(
            "rule", "Check", 220, value=lambda r: r.finding.rule.title,
            sort=lambda r: (grave[r.finding.rule.severity], order[r.finding.rule.name]),
            tip=lambda r: r.finding.rule.about, about="The check that found it", shown=False,
        ),
        GridColumn("state", "Accepted", 150, value=_state, quiet=lambda r: r.checked.accepted is not None,
                   about="Why it is meant to be so", shown=False),
    ]  # fmt: skip


def _head(rows: Sequence[FindingRow]) -> tuple[str, tuple[StatusShare, ...]]:
    """What the head of a check says: how many findings it has, and how grave they are."""
    return f"{len(rows):,} · {SEVERITIES[rows[0].finding.rule.severity].lower()}", ()
