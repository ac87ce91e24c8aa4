"""The screen of a merge, with a copy or with the hub: what it comes to above it, and values typed in a dialog."""

from collections.abc import Mapping

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from spp_desktop.store.problems import NotKept
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.merging.merge_desk import MergeDesk
from spp_desktop.ui.merging.other_value_dialog import OtherValueDialog
from spp_desktop.ui.review.screen import ReviewScreen


class MergeScreen(ReviewScreen):
    """A review of what two sides have otherwise. Where both changed cells, another value can be typed.

    Attributes:
        counted: says above the table what the two sides come to.
    """

    desk: MergeDesk

    def __init__(self, signals: PlanSignals, desk: MergeDesk, told: str, parent: QWidget | None = None) -> None:
        super().__init__(signals, desk, parent)
        self.counted = QLabel(told, self)
        self.counted.setWordWrap(True)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(0, self.counted)

    def edit_chosen(self) -> None:
        """Ask for another value of what is chosen, and go on where one was given."""
        items = self.detail.shown()
        if not self._demand_unlocked():
            return
        if len(items) != 1 or not self.desk.types_apart(items[0]):
            self.footer.say(self.desk.words.untyped)
            return
        (n,) = items
        was = self._undecided(items)
        sides = self.desk.words.headings[4:6]
        cells = self.desk.cells_to_type(n)
        dialog = OtherValueDialog(self.desk.heading(n), cells, sides, lambda texts: self._type_in(n, texts), self)
        if dialog.exec():
            verdict = self.desk.words.states[self.desk.states[n]].title
            self._after(items, was, self._counted(f"{verdict}:", items))

    def _type_in(self, n: int, texts: Mapping[str, str]) -> list[int]:
        """Decide by what was typed; where that cannot be kept, the window hears of it as the dialog does."""
        try:
            return self.desk.type_in(n, texts)
        except NotKept as loss:
            self._signals.lost.emit(str(loss))
            raise
