"""In their words: what a form calls what the plan calls otherwise, such as “M” for “Male”."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.ui.common.elided_label import ElidedLabel

ABOUT = "In the form, what the plan calls so is written as follows. Blank is as in the plan."


class WordingDialog(QDialog):
    """Asks what a form calls words of the plan.

    Args:
        where: The cell that they are for, as a person finds it.
        words: By the word of the plan, that of the form; "" where it says the same.
        parent: The window.
    """

    def __init__(self, where: str, words: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("In the form's words")
        self.resize(520, 420)
        self.lines = {ours: QLineEdit(theirs, self) for ours, theirs in words.items()}
        self.take, self.cancel = QPushButton("&Say it so", self), QPushButton("Cancel", self)
        self.take.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)
        self.cancel.setAutoDefault(False)
        self.take.setDefault(True)
        self._lay_out(where)

    def words(self) -> dict[str, str]:
        """By the word of the plan, that of the form; "" where it says the same."""
        return {ours: line.text() for ours, line in self.lines.items()}

    def _lay_out(self, where: str) -> None:
        inside = QWidget(self)
        form = QFormLayout(inside)
        form.setContentsMargins(0, 0, 8, 0)
        for ours, line in self.lines.items():
            line.setAccessibleName(f"{ours}, in the form")
            line.setPlaceholderText(ours)
            line.setMaxLength(_LONGEST)
            label = ElidedLabel()
            label.setText(ours)
            label.setToolTip(ours)
            label.setFixedWidth(_LABEL)
            form.addRow(label, line)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setAccessibleName("Words of the plan, and those of the form")
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inside)
        below = QHBoxLayout()
        below.addStretch(1)
        below.addWidget(self.take)
        below.addWidget(self.cancel)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addWidget(QLabel(where, self, wordWrap=True))
        column.addWidget(QLabel(ABOUT, self, wordWrap=True))
        column.addWidget(area, 1)
        column.addLayout(below)


_LONGEST, _LABEL = 500, 200
