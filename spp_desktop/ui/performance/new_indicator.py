"""A new indicator: its title, and which way is better. Nothing is assumed."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.plan.performance import Polarity
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store.problems import NotKept

WAYS: dict[Polarity, str] = {
    "lower": "&Lower is better, as of crimes or days lost",
    "higher": "&Higher is better, as of detections or satisfaction",
    "neutral": "&Neither: it is counted, and not judged by itself",
}


class NewIndicator(NamedTuple):
    """What is said of a new indicator."""

    title: str
    polarity: Polarity


class NewIndicatorDialog(QDialog):
    """Asks for the title, and which way is better. What the plan refuses is said in the dialog, which stays open.

    Args:
        does: adds the indicator; raises ``RuleBroken`` or ``NotKept`` with a sentence.
        parent: what it stands in front of.
    """

    def __init__(self, does: Callable[[NewIndicator], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._does = does
        self.setWindowTitle("Add indicator")
        self.title = QLineEdit()
        self.title.setMaxLength(300)
        self.title.setAccessibleName("Indicator")
        self.title.setPlaceholderText("What is measured, such as robberies recorded")
        self.ways = {way: QRadioButton(text) for way, text in WAYS.items()}
        self.refusal = QLabel(wordWrap=True)
        self.refusal.setAccessibleName("Why this is not kept")
        self.refusal.hide()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.add = self.buttons.addButton("&Add", QDialogButtonBox.ButtonRole.AcceptRole)
        self._lay_out()
        self.title.textChanged.connect(self._look)
        self.buttons.accepted.connect(self.answer)
        self.buttons.rejected.connect(self.reject)
        self._look()
        self.title.setFocus()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setSpacing(8)
        name, which = QLabel("&Indicator"), QLabel("Which way is better? Its targets and results are judged by that.")
        name.setBuddy(self.title)
        column.addWidget(name)
        column.addWidget(self.title)
        column.addWidget(which)
        group = QButtonGroup(self)
        for button in self.ways.values():
            group.addButton(button)
            column.addWidget(button)
        group.buttonToggled.connect(self._look)
        column.addWidget(self.refusal)
        column.addWidget(self.buttons)
        self.resize(440, self.sizeHint().height())

    def answer(self) -> None:
        """Add the indicator, and close where the plan takes it."""
        way = next((way for way, button in self.ways.items() if button.isChecked()), None)
        if way is None or not self.title.text().strip():
            return
        try:
            self._does(NewIndicator(self.title.text().strip(), way))
        except (RuleBroken, NotKept) as refusal:
            self.refusal.setText(str(refusal))
            self.refusal.show()
            return
        self.accept()

    def _look(self) -> None:
        """It can be added once there are a title and a way."""
        chosen = any(button.isChecked() for button in self.ways.values())
        self.add.setEnabled(chosen and bool(self.title.text().strip()))
