"""What is asked before targets are set: what is meant where words leave it open, and why a judged one changes."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QGroupBox,
    QLabel,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.edits.target_cells import ChangedTarget, UnclearTarget
from spp_desktop.figures.targets.kinds import KINDS
from spp_desktop.figures.targets.stated import with_kind
from spp_desktop.plan.performance import TargetKind
from spp_desktop.plan.periods import year_name
from spp_desktop.plan.words import Word
from spp_desktop.ui.common.reasoned_changes import ChangeWords, ReasonedChangesDialog, ToldChange, reason_from
from spp_desktop.ui.common.style import as_label

WORDS = ChangeWords(
    Word("target that is in force", "targets that are in force"),
    ("Indicator", "Year", "Target", "Would become"),
    "the grant was cut by half",
    "What ended before today stays judged by what the target was, which is kept in the register with the reason.",
)
OVER_PLAN = "over the plan"
_WIDTH, _MOST_HEIGHT = 520, 420


class TargetChangesDialog(ReasonedChangesDialog):
    """Lists the targets that are in force, and takes a reason before any is changed."""

    def __init__(self, changes: Sequence[ChangedTarget], parent: QWidget | None = None) -> None:
        told = [
            ToldChange(f"{change.row.ref}  {change.row.title}", _when(change.year), change.before, change.after)
            for change in changes
        ]
        super().__init__(told, WORDS, parent)


def ask_reason(parent: QWidget, changes: Sequence[ChangedTarget]) -> str | None:
    """Why targets change, in the person's words; ``None`` if they are to stay as they are."""
    return reason_from(TargetChangesDialog(changes, parent))


class MeantDialog(QDialog):
    """Asks of each target whose words leave it open what is meant."""

    def __init__(self, questions: Sequence[UnclearTarget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("What is meant?")
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        self.choices: list[dict[TargetKind, QRadioButton]] = []
        for question in questions:
            column.addWidget(self._asked(question))
        column.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is asked in it takes the keys, and scrolls it
        self.area.setWidget(inside)
        self.keep = QPushButton("&Keep so")
        self.keep.setEnabled(False)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.buttons.addButton(self.keep, QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        whole = QVBoxLayout(self)
        whole.addWidget(self.area, 1)
        whole.addWidget(self.buttons)
        self.resize(_WIDTH, min(inside.sizeHint().height() + 70, _MOST_HEIGHT))
        next(iter(self.choices[0].values())).setFocus()

    def _asked(self, question: UnclearTarget) -> QGroupBox:
        """One target with what it may be."""
        box = QGroupBox(as_label(f"{question.row.ref}, {_when(question.year)}"))
        column = QVBoxLayout(box)
        sentence = QLabel(question.sentence, wordWrap=True)
        column.addWidget(sentence)
        group, buttons = QButtonGroup(self), dict[TargetKind, QRadioButton]()
        for kind in question.kinds:
            buttons[kind] = QRadioButton(KINDS[kind].title)
            buttons[kind].setToolTip(KINDS[kind].judged)
            buttons[kind].setAccessibleDescription(KINDS[kind].judged)
            meaning = QLabel(KINDS[kind].judged, wordWrap=True)
            meaning.setIndent(22)
            group.addButton(buttons[kind])
            column.addWidget(buttons[kind])
            column.addWidget(meaning)
        group.buttonToggled.connect(self._look)
        self.choices.append(buttons)
        return box

    def chosen(self) -> list[TargetKind]:
        """What was chosen of each, in the order of the questions."""
        return [next(kind for kind, button in known.items() if button.isChecked()) for known in self.choices]

    def _look(self) -> None:
        """It is kept once all are answered."""
        answered = [any(button.isChecked() for button in known.values()) for known in self.choices]
        self.keep.setEnabled(all(answered))


def _when(year: int | None) -> str:
    """Of what time a target is."""
    return OVER_PLAN if year is None else year_name(year)


def ask_meant(parent: QWidget, questions: Sequence[UnclearTarget]) -> dict[tuple[str, str], str] | None:
    """The targets as they are meant, by their cells; ``None`` if nobody says."""
    dialog = MeantDialog(questions, parent)
    try:
        if not dialog.exec():
            return None
        chosen = zip(questions, dialog.chosen(), strict=True)
        return {(target.key, target.field): with_kind(target.text, kind) for target, kind in chosen}
    finally:
        dialog.deleteLater()
