"""History…: every step that was taken in a plan, what each changed, and a step put back."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import clock
from spp_desktop.store.history import Revision
from spp_desktop.store.problems import NotKept, UndoRefused
from spp_desktop.ui.common.plain_table import dress
from spp_desktop.ui.common.signals import Changed, PlanSignals
from spp_desktop.ui.common.words_of_changes import Names
from spp_desktop.ui.returned.receipt import ReceiptDialog, of_step

SHOWN_AT_MOST = 500
"""Changes of one step shown in words; a step that built a whole plan has thousands."""

DONE_AS = {"undo": "undo: ", "redo": "redo: ", "import": "taken in: ", "built": "", "edit": ""}


class PlanHistoryDialog(QDialog):
    """The steps of a plan, the newest first, and beside them what the chosen one changed."""

    def __init__(self, signals: PlanSignals, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._signals = signals
        self._steps: list[Revision] = []
        self._all: list[Revision] = []
        self._counts: dict[str, int] = {}
        self.finished.connect(self.deleteLater)
        self.setWindowTitle("History of the plan")
        self.resize(1080, 560)
        self.filter = QLineEdit(self)
        self.steps = QTableWidget(0, 4, self)
        self.changes = QTableWidget(0, 4, self)
        self.notice = QLabel(self)
        self.undo_button = QPushButton("&Undo this step", self)
        self.receipt_button = QPushButton("&Receipt…", self)
        self._lay_out()
        self.filter.textChanged.connect(self._narrow)
        self.steps.currentCellChanged.connect(lambda row, *_: self._show_changes(row))
        self.undo_button.clicked.connect(self.undo_chosen)
        self.receipt_button.clicked.connect(self.show_receipt)
        signals.changed.connect(self._take_in)
        self._load()

    def undo_chosen(self) -> None:
        """Put back what the chosen step changed, as a new step; or say why it cannot be."""
        step = self._chosen()
        if step is None:
            return
        try:
            self._signals.workspace.revert(step.id)
        except (UndoRefused, NotKept, RuleBroken) as refusal:
            self._say(str(refusal))
        else:
            self._say("")
            self.steps.setCurrentCell(0, 0)

    def show_receipt(self) -> None:
        """Show the receipts of the files that the chosen step took in."""
        step = self._chosen()
        found = of_step(self._signals.workspace, step.id) if step is not None else []
        if found:
            ReceiptDialog(self._signals.workspace, found, self).exec()
        else:
            self._say("This step took no file in that the plan has a receipt of.")

    def _chosen(self) -> Revision | None:
        row = self.steps.currentRow()
        return self._steps[row] if 0 <= row < len(self._steps) else None

    def _take_in(self, changed: Changed) -> None:
        if changed.kind != "beside":
            self._load()

    def _load(self) -> None:
        self._all = self._signals.workspace.history()
        self._narrow(self.filter.text())

    def _narrow(self, text: str) -> None:
        """Show the steps that hold all these words in their name, author or day."""
        chosen, words = self._chosen(), text.casefold().split()
        self._steps = [
            step
            for step in self._all
            if all(word in f"{_said(step)} {step.author} {clock.local_time(step.at)}".casefold() for word in words)
        ]
        lines = []
        for step in self._steps:
            if step.id not in self._counts:
                self._counts[step.id] = len(self._signals.workspace.changes_of(step))
            lines.append((clock.local_time(step.at), step.author, _said(step), f"{self._counts[step.id]:,}"))
        _fill(self.steps, lines)
        row = next((n for n, step in enumerate(self._steps) if chosen is not None and step.id == chosen.id), 0)
        self.steps.setCurrentCell(row if lines else -1, 0)
        self._show_changes(self.steps.currentRow())
        self._say("" if lines else f"No step holds “{text}”.")

    def _show_changes(self, row: int) -> None:
        step = self._steps[row] if 0 <= row < len(self._steps) else None
        self.receipt_button.setVisible(step is not None and step.kind == "import")
        self.undo_button.setEnabled(step is not None and step.kind != "built" and not self._signals.workspace.read_only)
        if step is None:
            _fill(self.changes, [])
            return
        found = self._signals.workspace.changes_of(step)
        names = Names(self._signals)
        said = [said for change in found[:SHOWN_AT_MOST] for said in names.of_change(change)]
        lines = [(one.what, one.cell, one.before, one.after) for one in said]
        if len(found) > SHOWN_AT_MOST:
            lines.append((f"and {len(found) - SHOWN_AT_MOST:,} more", "", "", ""))
        _fill(self.changes, lines)
        self._say("")

    def _say(self, sentence: str) -> None:
        self.notice.setText(sentence)
        self.notice.setVisible(bool(sentence))

    def _lay_out(self) -> None:
        self.filter.setPlaceholderText("Filter: words of a step, a name, a day")
        self.filter.setAccessibleName("Filter the history")
        self.filter.setClearButtonEnabled(True)
        dress(self.steps, "Steps, the newest first", (clock.WHEN, "Who", "What", "Cells"), stretch=2)
        dress(self.changes, "What the step changed", ("Of what", "Cell", "Before", "After"), stretch=None)
        self.notice.setWordWrap(True)
        self.notice.setForegroundRole(QPalette.ColorRole.BrightText)
        self.notice.hide()
        self.undo_button.setAutoDefault(False)
        self.receipt_button.setAutoDefault(False)
        splitter = QSplitter(Qt.Orientation.Vertical, self)
        splitter.addWidget(self.steps)
        splitter.addWidget(self.changes)
        splitter.setChildrenCollapsible(False)
        buttons = QDialogButtonBox(self)
        buttons.addButton(self.receipt_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.undo_button, QDialogButtonBox.ButtonRole.ActionRole)
        close = buttons.addButton("Close", QDialogButtonBox.ButtonRole.RejectRole)
        close.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addWidget(self.filter)
        column.addWidget(splitter, 1)
        column.addWidget(self.notice)
        column.addWidget(buttons)


def _said(step: Revision) -> str:
    text = f"{DONE_AS[step.kind]}{step.label}"
    return text[:1].upper() + text[1:]


def _fill(table: QTableWidget, lines: Sequence[tuple[str, ...]]) -> None:
    table.blockSignals(True)
    table.setRowCount(len(lines))
    for row, line in enumerate(lines):
        for column, text in enumerate(line):
            cell = QTableWidgetItem(" ".join(text.split()))
            cell.setToolTip(text[:2000])
            if text.replace(",", "").isdecimal():
                cell.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            table.setItem(row, column, cell)
    table.blockSignals(False)
