"""The dialog in which a person says that a return was prepared, checked, signed or sent: who, when, which file."""

from datetime import date
from pathlib import Path

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.edits import submissions
from spp_desktop.edits.returns_calendar import Round
from spp_desktop.plan.kinds import Day
from spp_desktop.plan.periods import year_of
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.submissions import SUBMISSION_STEPS, SubmissionStep
from spp_desktop.store import locks, submitted
from spp_desktop.store.problems import NotKept
from spp_desktop.ui.common.files import ask_open
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.grid.fields import DayField

ANY_FILE = "All files (*)"
SENDS = (
    "Once it is sent it has a number, and nothing of it changes any more. What changes in the plan after that is "
    "listed as restated."
)
NO_FILE = "None was written of it here. Choose one, or leave it empty."


class StepDialog(QDialog):
    """Asks which step of a return was taken, by whom and when; of what was sent, which file.

    What the plan refuses is said in the dialog, which stays open. ``outcome`` says what was done, or is "".
    """

    def __init__(self, signals: PlanSignals, each: Round, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"{each.about.title} {each.when}")
        self.setMinimumWidth(540)
        self._signals, self._round = signals, each
        self.outcome = ""
        self.step, self.who = QComboBox(self), QLineEdit(self)
        for step in SUBMISSION_STEPS:
            self.step.addItem(step.capitalize(), step)
        self.step.setCurrentIndex(SUBMISSION_STEPS.index(_next_step(each)))
        self.day = DayField(self, "On", Day(lambda: year_of(today)))
        self.day.put(today)
        self.file, self.browse = QLineEdit(self), QPushButton("&Browse…", self)
        self.about, self.refusal = QLabel(self, wordWrap=True), QLabel(self, wordWrap=True)
        self.refusal.setAccessibleName("Why this is not kept")
        self.refusal.hide()
        self._lay_out()
        self.step.currentIndexChanged.connect(self._show)
        self.browse.clicked.connect(self._browse)
        self._show()
        self.who.selectAll()
        self.who.setFocus()

    def _lay_out(self) -> None:
        self._form = QFormLayout()
        self._form.addRow("&It was", self.step)
        self._form.addRow("B&y", self.who)
        self._form.addRow("&On", self.day)
        chosen = QHBoxLayout()
        chosen.addWidget(self.file, 1)
        chosen.addWidget(self.browse)
        self._file_label = QLabel("&File", self)
        self._file_label.setBuddy(self.file)
        self._form.addRow(self._file_label, chosen)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.done_button = buttons.addButton("&Keep", QDialogButtonBox.ButtonRole.AcceptRole)
        self.done_button.setDefault(True)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addLayout(self._form)
        column.addWidget(self.about)
        column.addWidget(self.refusal)
        column.addWidget(buttons)
        buttons.accepted.connect(self.keep)
        buttons.rejected.connect(self.reject)

    def chosen(self) -> SubmissionStep:
        """The step that is chosen."""
        return SUBMISSION_STEPS[self.step.currentIndex()]

    def _show(self) -> None:
        """Ask for a file where it was sent, and offer whoever took the step last."""
        step = self.chosen()
        sends = step == "sent"
        for part in (self._file_label, self.file, self.browse):
            part.setVisible(sends)
        self.about.setText(SENDS if sends else "")
        self.about.setVisible(sends)
        self.done_button.setText("&Send" if sends else "&Keep")
        if not self.who.isModified():
            self.who.setText(_last_who(self._signals, self._round, step))
        if sends:
            made = submissions.file_sent(self._signals.workspace, self._round.about)
            self.file.setPlaceholderText(made.name or NO_FILE)

    def _browse(self) -> None:
        path = ask_open(self, "The file that was sent", ANY_FILE, self._signals.workspace.path.parent)
        if path is not None:
            self.file.setText(str(path))

    def keep(self) -> None:
        """Take the step into the plan, and close where the plan takes it."""
        about, step = self._round.about, self.chosen()
        name = f"{about.title} {self._round.when}".strip()
        try:
            day = self.day.day()
            if step == "sent":
                typed = self.file.text().strip()
                sent = submissions.file_sent(self._signals.workspace, about, Path(typed) if typed else None)
                number = self._signals.edit(f"send the {name}", submissions.send, about, day, self.who.text(), sent)
                self.outcome = f"{name} is submission {number}."
            else:
                self._signals.edit(f"{name}: {step}", submissions.take_step, about, step, day, self.who.text())
                self.outcome = f"{name} is {step}."
        except OSError as problem:
            self._refuse(f"{self.file.text()} cannot be read: {problem.strerror or problem}. Choose another file.")
        except (RuleBroken, NotKept) as refusal:
            self._refuse(str(refusal))
        else:
            self.accept()

    def _refuse(self, sentence: str) -> None:
        self.refusal.setText(sentence)
        self.refusal.show()


def _next_step(each: Round) -> SubmissionStep:
    """The step behind the last that was taken; the first where it was sent, since it is sent again then."""
    latest = each.standing.latest if each.standing is not None and not each.standing.sent else None
    return SUBMISSION_STEPS[0 if latest is None else min(SUBMISSION_STEPS.index(latest) + 1, len(SUBMISSION_STEPS) - 1)]


def _last_who(signals: PlanSignals, each: Round, step: SubmissionStep) -> str:
    """Who took a step last: of this return, else of any; the person's own log-in name before the first."""
    taken = [
        (row.return_id == each.about.return_id, *done)
        for row in signals.read(submitted.submissions)
        if (done := row.taken(step)) is not None
    ]
    return max(taken)[2] if taken else locks.author()
