"""What is asked before dates move that have moved before: why. The answer goes with the cells, one more in each row."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from spp_desktop.edits import date_moves
from spp_desktop.edits.date_moves import Move
from spp_desktop.plan.delivery import Activity, Milestone
from spp_desktop.plan.kinds.days import short_day
from spp_desktop.plan.words import Word
from spp_desktop.store.plain import MOVED_WHY
from spp_desktop.ui.common.reasoned_changes import ChangeWords, ReasonedChangesDialog, ToldChange, reason_from
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.grid.table_model import CellChange

WORDS = ChangeWords(
    Word("date that has moved before", "dates that have moved before"),
    ("Of", "Date", "Is", "Would become"),
    "the supplier delivers a month later",
    "It has moved before, so the reason is kept with the move.",
)
_CALLED = {"due": "Due", "forecast": "Forecast"}


class DateMovesDialog(ReasonedChangesDialog):
    """Lists the dates that would move again, and takes a reason before any does."""

    def __init__(self, moves: Sequence[Move], parent: QWidget | None = None) -> None:
        told = [
            ToldChange(m.name, _CALLED[m.which], short_day(m.was), "" if m.now is None else short_day(m.now))
            for m in moves
        ]
        super().__init__(told, WORDS, parent)


class MovedDates:
    """Asks for the reason before cells are set whose dates have moved before.

    Args:
        parent: the page or panel above which it is asked.
        signals: of the plan.
        model: whose dates they are.
    """

    def __init__(self, parent: QWidget, signals: PlanSignals, model: type[Activity] | type[Milestone]) -> None:
        self._parent, self._signals, self._model = parent, signals, model
        self._asking = False

    def with_reason(self, cells: Sequence[CellChange]) -> list[CellChange] | None:
        """The cells, with why their dates move where that is asked; ``None`` if they are to stay as they are."""
        if self._asking:
            return None
        explained = {key for key, name, value in cells if name in ("reason", MOVED_WHY) and value}
        moves = self._signals.read(date_moves.moves_of, self._model, list(cells))
        asking = [move for move in moves if move.asks and move.row_key not in explained]
        if not asking:
            return list(cells)
        self._asking = True
        try:
            reason = reason_from(DateMovesDialog(asking, self._parent))
        finally:
            self._asking = False
        if reason is None:
            return None
        return [*cells, *((key, MOVED_WHY, reason) for key in dict.fromkeys(move.row_key for move in asking))]
