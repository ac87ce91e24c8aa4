"""Final figures that would change: what each says and would say, and the one reason for all."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from spp_desktop.plan.words import Word
from spp_desktop.ui.common.reasoned_changes import ChangeWords, ReasonedChangesDialog, ToldChange, reason_from

WORDS = ChangeWords(
    Word("final figure", "final figures"),
    ("Figure", "Period", "Final figure", "Would become"),
    "late records were added",
    "The reason is kept with what each figure was, and listed as a restatement.",
)


class FinalChangesDialog(ReasonedChangesDialog):
    """Lists the figures, and takes a reason before anything is changed."""

    def __init__(self, changes: Sequence[ToldChange], parent: QWidget | None = None) -> None:
        super().__init__(changes, WORDS, parent)


def ask_reason(parent: QWidget, changes: Sequence[ToldChange]) -> str | None:
    """Why final figures change, in the person's words; ``None`` if they are to stay as they are."""
    return reason_from(FinalChangesDialog(changes, parent))
