"""What a plan's table leaves open, each question with its choices: owners, days, statuses, doubled references."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from spp_desktop.edits.plan_in.questions import PlanQuestion
from spp_desktop.ui.results.row_choices import RowChoice, RowChoicesDialog

TITLES = ("In the file", "What is the matter", "Is to be")
CHOOSE = "(choose)"
_WIDE, _HIGH, _BOX = 860, 440, 22


class PlanQuestionsDialog(RowChoicesDialog):
    """Asks what a table leaves open. What is proposed stands there already; days may be typed too.

    Args:
        questions: The questions.
        parent: The window in front of which it opens.
    """

    def __init__(self, questions: Sequence[PlanQuestion], parent: QWidget | None = None) -> None:
        self._questions = sorted(questions, key=lambda question: question.answer is not None)
        super().__init__(
            "What the file leaves open",
            TITLES,
            [(f"{question.text}  ({question.place})", question.sentence) for question in self._questions],
            "Say what is meant. One answer serves every cell that says the same.",
            parent,
        )
        self.setWindowTitle("What is in doubt")
        for box, question in zip(self.boxes, self._questions, strict=True):
            _offer(box, question)
        self.fit_boxes(_WIDE, _HIGH)

    def answers(self) -> dict[str, str]:
        """What is answered, by the keys of the questions; a question without an answer is not among them."""
        answers = {}
        for question, box in zip(self._questions, self.boxes, strict=True):
            at = box.findText(box.currentText())
            kept = box.itemData(at) if at >= 0 else box.currentText().strip()
            if kept is not None and (kept or at >= 0):
                answers[question.key] = str(kept)
        return answers


def _offer(box: RowChoice, question: PlanQuestion) -> None:
    """Fill the box of a question with its choices, and show the answer."""
    box.setAccessibleName(f"What {question.text} is to be")
    box.setEditable(question.kind in ("day", "start", "figure"))
    box.setInsertPolicy(RowChoice.InsertPolicy.NoInsert)  # what is typed is the answer, not one more choice
    if question.answer is None:
        box.addItem(CHOOSE, None)
    for kept, title in question.choices:
        box.addItem(title, kept)
    if question.answer is not None:
        if box.findData(question.answer) < 0:
            box.addItem(question.answer, question.answer)
        box.setCurrentIndex(box.findData(question.answer))
    box.setMinimumContentsLength(_BOX)
