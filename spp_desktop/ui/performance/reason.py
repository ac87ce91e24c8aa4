"""Asking what is to be said of a result, and why: a choice and a day where there are any, and words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.plan.kinds import Day, Option
from spp_desktop.plan.periods import year_of
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store.problems import NotKept
from spp_desktop.ui.common.style import as_label
from spp_desktop.ui.grid.fields import DayField
from spp_desktop.ui.grid.list_editor import shape_icon


@dataclass(frozen=True)
class Said:
    """What a person said: the choice made ("" where there was none to make), the day, and the words."""

    choice: str
    day: date | None
    words: str


@dataclass(frozen=True)
class ReasonAsked:
    """What is asked.

    Attributes:
        title: of the dialog.
        about: a sentence on what the answer does.
        words: what the words are called, such as "Reason".
        verb: what the button does, such as "Give the colour".
        choices: what can be chosen, if anything.
        day: the day that is offered, where one is asked for.
        draft: the words to begin with.
    """

    title: str
    about: str
    words: str
    verb: str
    choices: Sequence[Option] = field(default=())
    day: date | None = None
    draft: str = ""


class ReasonDialog(QDialog):
    """A question answered in words. What the plan refuses is said in the dialog, which stays open.

    Args:
        asked: the question.
        does: takes the answer into the plan; raises ``RuleBroken`` or ``NotKept`` with a sentence.
        parent: what it stands in front of.
    """

    def __init__(self, asked: ReasonAsked, does: Callable[[Said], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.finished.connect(self.deleteLater)
        self._asked, self._does = asked, does
        self.setWindowTitle(asked.title)
        self.resize(460, 260)
        self.about = QLabel(asked.about, wordWrap=True)
        self.choices = {choice.value: QRadioButton(as_label(choice.title)) for choice in asked.choices}
        self.day = DayField(self, "Day", Day(lambda: year_of(asked.day or date.today())))
        self.words = QPlainTextEdit(asked.draft)
        self.words.setAccessibleName(asked.words)
        self.words.setTabChangesFocus(True)
        self.refusal = QLabel(wordWrap=True)
        self.refusal.setAccessibleName("Why this is not kept")
        self.refusal.hide()
        self.buttons = QDialogButtonBox()
        self.done_button = self.buttons.addButton(asked.verb, QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton("Cancel", QDialogButtonBox.ButtonRole.RejectRole)
        self._lay_out()
        self.buttons.accepted.connect(self.answer)
        self.buttons.rejected.connect(self.reject)
        self.words.textChanged.connect(self._look)
        self.day.textChanged.connect(self._look)
        self._look()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addWidget(self.about)
        self._group, row = QButtonGroup(self), QHBoxLayout()
        for choice in self._asked.choices:
            button = self.choices[choice.value]
            button.setIcon(shape_icon(choice, self))
            self._group.addButton(button)
            self._group.buttonToggled.connect(self._look)
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        self.day.setVisible(self._asked.day is not None)
        if self._asked.day is not None:
            self.day.put(self._asked.day)
            column.addWidget(_label("&Day", self.day))
            column.addWidget(self.day)
        for before in self.choices.values():
            QWidget.setTabOrder(before, self.day)
        column.addWidget(_label(f"&{self._asked.words}", self.words))
        column.addWidget(self.words, 1)
        QWidget.setTabOrder(self.day, self.words)
        column.addWidget(self.refusal)
        column.addWidget(self.buttons)
        (next(iter(self.choices.values())) if self.choices else self.words).setFocus()

    def answer(self) -> None:
        """Take the answer into the plan, and close where the plan takes it."""
        choice = next((value for value, button in self.choices.items() if button.isChecked()), "")
        try:
            day = self.day.day() if self._asked.day is not None else None
            self._does(Said(choice, day, self.words.toPlainText().strip()))
        except (RuleBroken, NotKept) as refusal:
            self.refusal.setText(str(refusal))
            self.refusal.show()
            return
        self.accept()

    def _look(self) -> None:
        """The button does something once there are words, and a choice where there is one to make."""
        chosen = not self.choices or any(button.isChecked() for button in self.choices.values())
        self.done_button.setEnabled(chosen and bool(self.words.toPlainText().strip()))


def _label(text: str, field: QWidget) -> QLabel:
    label = QLabel(text)
    label.setBuddy(field)
    return label
