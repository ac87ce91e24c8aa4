"""The question that is asked before rows are deleted on which others depend."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from spp_desktop.plan.rows import Row
from spp_desktop.store import dependents
from spp_desktop.ui.common import question
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
