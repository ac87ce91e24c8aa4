"""The panel beside the calendar of returns: the steps of one return, its submissions, and what has changed since."""

from PySide6.QtWidgets import QComboBox, QFormLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from spp_desktop.edits import restated
from spp_desktop.edits.restated import Differing, NoFigures, Restated
from spp_desktop.edits.returns_calendar import Round
from spp_desktop.plan.submissions import SUBMISSION_STEPS
from spp_desktop.store import submitted
from spp_desktop.store.submitted import SubmissionRow
from spp_desktop.ui.common.busy import busy
from spp_desktop.ui.common.sentence_label import words
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.submitted.restated_dialog import RestatedDialog

CHOOSE = "Choose a return in the table to see here what was done of it."
NOT_SENT = "Nothing was sent of it yet."
NOW = "The plan now"
UNCHANGED = "Nothing of it has changed since."
ALIKE = "They say the same."


class RoundPanel(QWidget):
    """What was done of one return of one period; of what was sent, what has changed since or differs from another."""

    def __init__(self, signals: PlanSignals, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._signals = signals
        self._sent: list[SubmissionRow] = []
        self.setAccessibleName("Return")
        self.heading, self.facts = words(bold=True), words()
        self.which, self.other = QComboBox(), QComboBox()
        self.which.setAccessibleName("Submission")
        self.other.setAccessibleName("Compared with")
        self.changes = QPlainTextEdit(readOnly=True)
        self.changes.setAccessibleName("What differs")
        self.changes.setTabChangesFocus(True)
        self.nothing = QWidget()
        self.all_button = QPushButton("All restatements…", autoDefault=True)  # Enter presses it, as in a dialog
        self.all_button.setToolTip("Every figure that was sent and is another now, with the submissions affected")
        self.all_button.clicked.connect(self.show_all)
        self._compared = QWidget()
        form = QFormLayout(self._compared)
        form.setContentsMargins(0, 0, 0, 0)
        form.addRow("Subm&ission", self.which)
        form.addRow("A&gainst", self.other)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addWidget(self.heading)
        column.addWidget(self.facts)
        column.addWidget(self._compared)
        column.addWidget(self.changes, 1)
        column.addWidget(self.nothing, 1)
        column.addWidget(self.all_button)
        self.which.currentIndexChanged.connect(self._compare)
        self.other.currentIndexChanged.connect(self._compare)
        self.setMinimumWidth(300)
        self.show_round(None)

    def show_round(self, each: Round | None) -> None:
        """Show a return of a period as it stands now; ``None`` shows none."""
        self.heading.setText(f"{each.about.title} · {each.when}" if each else CHOOSE)
        self.facts.setText("\n".join(_sentences(each)) if each else "")
        self.facts.setVisible(each is not None)
        rows = [] if each is None else [row for row in (*each.earlier, each.standing) if row is not None and row.sent]
        self._fill(rows)
        self._compared.setVisible(bool(rows))
        self.changes.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        self._compare()

    def show_all(self) -> None:
        """Show what has changed of all that was sent."""
        with busy():
            dialog = RestatedDialog(self._signals.workspace, self.window())
        dialog.exec()
        dialog.deleteLater()

    def _fill(self, rows: list[SubmissionRow]) -> None:
        """Offer the submissions of the period, and all others of the return to compare them with."""
        self._sent = rows
        others = [row for row in self._signals.read(submitted.submissions) if row.sent] if rows else []
        for box in (self.which, self.other):
            box.blockSignals(True)
            box.clear()
        self.other.addItem(NOW, None)
        for row in reversed(rows):
            self.which.addItem(_called(row), row)
        for row in others:
            if row.return_id == rows[0].return_id:
                self.other.addItem(f"{_called(row)}, {row.title}", row)
        for box in (self.which, self.other):
            box.blockSignals(False)

    def _compare(self) -> None:
        """Say what differs between the submission that is chosen and the other, or the plan now."""
        row, other = self.which.currentData(), self.other.currentData()
        if row is None:
            self.changes.setPlainText("")
            return
        with busy():
            lines = self._since(row) if other is None else self._between(row, other)
        self.changes.setPlainText("\n\n".join(lines))

    def _since(self, row: SubmissionRow) -> list[str]:
        since = restated.restatements(self._signals.workspace, row.number)
        return [*since.unknown, *map(_restated, since.restated)] or [UNCHANGED]

    def _between(self, row: SubmissionRow, other: SubmissionRow) -> list[str]:
        try:
            return [_differing(each) for each in restated.compared(self._signals.workspace, row, other)] or [ALIKE]
        except NoFigures as problem:
            return [str(problem)]


def _called(row: SubmissionRow) -> str:
    return f"{row.number}, sent {row.sent_on:%d/%m/%Y}"


def _sentences(each: Round) -> list[str]:
    """When a return is due and why then, and each step that was taken."""
    lines = [f"Due {each.due:%A %d %B %Y}: {each.rule}.".replace(" 0", " ")] if each.due else ["Due at no set time."]
    for step in SUBMISSION_STEPS:
        taken = each.done(step)
        lines.append(f"{step.capitalize()}: {f'{taken[0]:%d/%m/%Y} by {taken[1]}' if taken else 'not yet'}")
    if each.standing is not None and each.standing.note:
        lines.append(each.standing.note)
    if each.standing is not None and each.standing.file_name:
        lines.append(f"File: {each.standing.file_name}")
    if each.standing is None or not (each.standing.sent or each.earlier):
        lines.append(NOT_SENT)
    return lines


def _differing(each: Differing) -> str:
    if each.kind == "cell":
        return f"{each.words}\n{each.column}: {each.was or 'empty'} → {each.now or 'empty'}"
    figures = each.was or each.now
    return f"{each.words}\n{'Not there any more' if each.kind == 'gone' else 'New'}{figures and f': {figures}'}"


def _restated(each: Restated) -> str:
    """A figure that has changed, by whom and why, and which other submissions it was in."""
    made = f"\n{each.who}, {each.when} ({each.step})" if each.step else ""
    why = f"\nWhy: {each.why}" if each.why else ""
    return f"{_differing(each.differing)}{made}{why}"
