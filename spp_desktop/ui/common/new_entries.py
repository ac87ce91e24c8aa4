"""Adding to a list of the plan what was typed in a cell and is not on it yet: asked first, then one step."""

from collections.abc import Sequence

from PySide6.QtWidgets import QApplication

from spp_desktop.edits import registers
from spp_desktop.plan.kinds.spelling import quoted
from spp_desktop.plan.rows import Row
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store.problems import NotKept
from spp_desktop.ui.common import question
from spp_desktop.ui.common.signals import PlanSignals

NAMED_AT_MOST = 4
"""So many new names are told in the question; of more, how many."""


class NewEntries:
    """Asks whether names are to be added to one of the plan's lists, and adds them.

    Args:
        signals: the plan.
        model: the kind of row that the list holds.
    """

    def __init__(self, signals: PlanSignals, model: type[Row]) -> None:
        self._signals, self._model = signals, model

    @staticmethod
    def fit(model: type[Row]) -> bool:
        """Whether a row of this kind needs nothing but its name."""
        return [name for name, field in model.model_fields.items() if field.is_required()] == [*model.called_by[:1]]

    def __call__(self, names: Sequence[str]) -> bool:
        """Add these names if the person wants that. Returns whether they were added."""
        word = self._model.word
        verb = f"Add the {word.of(len(names))}"
        if self._signals.workspace.read_only:
            return False
        if not question.ask(QApplication.activeWindow(), self._sentence(names), verb, harmless=True):
            return False
        label = f"add {word.called(names[0], len(names))}"
        rows = [{self._model.called_by[0]: name} for name in names]
        try:
            self._signals.edit(label, registers.put, self._model, [], rows)
        except (RuleBroken, NotKept) as refusal:
            question.tell(QApplication.activeWindow(), str(refusal))
            return False
        return True

    def _sentence(self, names: Sequence[str]) -> str:
        word = self._model.word
        if len(names) == 1:
            return f"{quoted(names[0])} is no {word.singular} of this plan. Add it as {word.with_article}?"
        told = ", ".join(quoted(name) for name in names[:NAMED_AT_MOST])
        more = f" and {len(names) - NAMED_AT_MOST} more" if len(names) > NAMED_AT_MOST else ""
        return f"{told}{more} are no {word.plural} of this plan. Add them as {word.plural}?"
