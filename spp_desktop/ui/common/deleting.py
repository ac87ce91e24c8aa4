"""What is asked before rows are deleted on which others depend: whether, and why where final figures go with them."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from spp_desktop.edits.lost_finals import LostFinal, lost_finals
from spp_desktop.figures.rag.words import period_words
from spp_desktop.plan.rows import Row
from spp_desktop.store import dependents
from spp_desktop.ui.common import question
from spp_desktop.ui.common.final_changes import ask_reason
from spp_desktop.ui.common.reasoned_changes import ToldChange
from spp_desktop.ui.common.signals import PlanSignals


def sure_to_delete(parent: QWidget, signals: PlanSignals, model: type[Row], keys: Sequence[str], name: str) -> bool:
    """Ask before several rows are deleted, or rows on which others depend, and name what would be lost.

    Args:
        parent: Where the question appears.
        signals: The plan.
        model: The kind of row.
        keys: The rows, at least one.
        name: What the row is called, if it is only one: "1.01", "“Road safety”".

    Returns:
        Whether to go on. Nothing is asked where nothing else would be lost, since undo brings a row back.
    """
    lost = signals.read(dependents.lost_with, model, *keys)
    left = signals.read(dependents.left_without, model, *keys)
    if not (lost or left or len(keys) > 1):
        return True
    its = f" and {'its' if len(keys) == 1 else 'their'} {lost}" if lost else ""
    sentence = f"Delete {model.word.called(name, len(keys))}{its}?"
    detail = f"{left} Undo brings everything back.".strip()
    return question.ask(parent, sentence, "Delete", detail=detail)


def reason_to_delete(
    parent: QWidget, signals: PlanSignals, model: type[Row], keys: Sequence[str], name: str
) -> str | None:
    """Ask as ``sure_to_delete`` does, and for the reason where final figures go with these rows.

    Returns:
        The reason, "" where none is needed; ``None`` if the rows are to stay.
    """
    if not sure_to_delete(parent, signals, model, keys, name):
        return None
    lost = signals.read(lost_finals, model, list(keys))
    return ask_reason(parent, [_told(final) for final in lost]) if lost else ""


def _told(final: LostFinal) -> ToldChange:
    what = " · ".join(filter(None, (f"{final.ref}  {final.title}", final.area)))
    return ToldChange(what, period_words(final.period_from, final.period_to), final.figure, "")
