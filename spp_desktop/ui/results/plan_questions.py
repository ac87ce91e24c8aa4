"""What a plan's table leaves open, each question with its choices: owners, days, statuses, doubled references."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.edits.plan_in.questions import PlanQuestion
from spp_desktop.ui.common.fitting import room as room_for
from spp_desktop.ui.common.plain_table import dress

TITLES = ("In the file", "What is the matter", "Is to be")
CHOOSE = "(choose)"
_WIDE, _HIGH, _MARGIN, _BOX = 860, 440, 40, 22


class PlanQuestionsDialog(QDialog):
    """Asks what a table leaves open. What is proposed stands there already; days may be typed too.

    Args:
        questions: The questions.
        parent: The window in front of which it opens.
    """

    def __init__(self, questions: Sequence[PlanQuestion], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("What is in doubt")
        self._questions = sorted(questions, key=lambda question: question.answer is not None)
        self.table = QTableWidget(len(self._questions), len(TITLES), self)
        dress(self.table, "What the file leaves open", TITLES, 1)
        self.boxes: list[QComboBox] = []
        for row, question in enumerate(self._questions):
            place = QTableWidgetItem(f"{question.text}  ({question.place})")
            sentence = QTableWidgetItem(question.sentence)
            sentence.setToolTip(question.sentence)
            self.table.setItem(row, 0, place)
            self.table.setItem(row, 1, sentence)
            box = self._box(question)
            self.table.setCellWidget(row, 2, box)
            self.boxes.append(box)
        if self.boxes:
            self.table.verticalHeader().setDefaultSectionSize(self.boxes[0].sizeHint().height() + 2)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(QLabel("Say what is meant. One answer serves every cell that says the same.", wordWrap=True))
        column.addWidget(self.table, 1)
        column.addWidget(buttons)
        room = room_for(self)
        self.resize(min(_WIDE, room.width() - _MARGIN), min(_HIGH, room.height() - _MARGIN))
        if self.boxes:
            self.boxes[0].setFocus()

    def answers(self) -> dict[str, str]:
        """What is answered, by the keys of the questions; a question without an answer is not among them."""
        answers = {}
        for question, box in zip(self._questions, self.boxes, strict=True):
            at = box.findText(box.currentText())
            kept = box.itemData(at) if at >= 0 else box.currentText().strip()
            if kept is not None and (kept or at >= 0):
                answers[question.key] = str(kept)
        return answers

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Bring the choice that the keyboard is on into view."""
        if event.type() == QEvent.Type.FocusIn and watched in self.boxes:
            self.table.scrollTo(self.table.model().index(self.boxes.index(watched), 0))
        return super().eventFilter(watched, event)

    def _box(self, question: PlanQuestion) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(f"What {question.text} is to be")
        box.setEditable(question.kind in ("day", "figure"))
        if question.answer is None:
            box.addItem(CHOOSE, None)
        for kept, title in question.choices:
            box.addItem(title, kept)
        if question.answer is not None:
            at = box.findData(question.answer)
            if at < 0:
                box.addItem(question.answer, question.answer)
                at = box.count() - 1
            box.setCurrentIndex(at)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(_BOX)
        box.installEventFilter(self)
        return box
