"""What is asked before a status is set that asks for a reason: why. Once for all that are set together."""

from collections.abc import Sequence

from PySide6.QtWidgets import QApplication, QWidget

from spp_desktop.edits.status_reasons import AskedStatus, statuses_asking
from spp_desktop.plan.words import Word
from spp_desktop.ui.common.reasoned_changes import ChangeWords, ReasonedChangesDialog, ToldChange, reason_from
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.grid.list_editor import ListEditor
from spp_desktop.ui.grid.table_model import CellChange

WORDS = ChangeWords(
    Word("status that asks for a reason", "statuses that ask for a reason"),
    ("Of", "Proposed", "Is", "Would become"),
    "the contractor has begun, and the delay will be made good",
    "It is kept as the reason of the status, and shown beside it.",
    "&Set",
    "With&out a reason",
)
NOTHING = "(none)"


class StatusReasonsDialog(ReasonedChangesDialog):
    """Lists the statuses that would ask for a reason, and takes one for all of them."""

    def __init__(self, asked: Sequence[AskedStatus], parent: QWidget | None = None) -> None:
        told = [ToldChange(each.ref, each.proposed or NOTHING, each.before or NOTHING, each.status) for each in asked]
        super().__init__(told, WORDS, parent)
        for line, each in enumerate(asked[: self.table.rowCount()]):
            for column in range(self.table.columnCount()):
                item = self.table.item(line, column)
                if item is not None:
                    item.setToolTip(each.sentence)
        if len(asked) == 1:
            self.heading.setWordWrap(True)
            self.heading.setText(f"{asked[0].ref}: {asked[0].sentence}")


class StatusReasons:
    """Asks for the reason before statuses are set that ask for one.

    Args:
        parent: the page or panel above which it is asked.
        signals: of the plan.
    """

    def __init__(self, parent: QWidget, signals: PlanSignals) -> None:
        self._parent, self._signals = parent, signals
        self._asking = False

    def with_reason(self, cells: Sequence[CellChange]) -> list[CellChange] | None:
        """The cells, with why statuses are set that ask for it; ``None`` if nothing is to be set."""
        if self._asking:
            return None
        asked = self._signals.read(statuses_asking, list(cells)) if any(c[1] == "status_id" for c in cells) else []
        if not asked:
            return list(cells)
        self._asking = True
        _put_away_choices()
        try:
            reason = reason_from(StatusReasonsDialog(asked, self._parent))
        finally:
            self._asking = False
        if reason is None:
            return None
        return [*cells, *((each.key, "reason", reason) for each in asked if reason)]


def _put_away_choices() -> None:
    """Let the list go from which a status was chosen: it would stand open behind the question."""
    chosen_in = QApplication.focusWidget()
    while chosen_in is not None and not isinstance(chosen_in, ListEditor):
        chosen_in = chosen_in.parentWidget()
    if chosen_in is not None:
        chosen_in.hide()
