"""The lines of a review as a Qt model."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QObject, Qt

from spp_desktop.ui.common.item_models import NOWHERE, Index, ItemRole
from spp_desktop.ui.review.kinds import Filter
from spp_desktop.ui.review.lines import FileHead, FileNote, ReviewLine, ReviewListing, RowHead
from spp_desktop.ui.review.surface import ReviewDesk

DECISION, KIND = range(2)
BASE = 3
"""The column of what was there at first."""
_DISPLAY = int(ItemRole.DisplayRole)
_LONGEST_TIP = 1500


class ReviewModel(QAbstractTableModel):
    """The lines of a review: files, activities and differences, one below another."""

    def __init__(self, desk: ReviewDesk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.listing = ReviewListing(desk)
        self.lines: list[ReviewLine] = self.listing.lines()
        self._texts: dict[int, tuple[str, ...]] = {}

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """The number of lines shown."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """The number of texts for each difference."""
        return 0 if parent.isValid() else len(self.desk.words.headings)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """The headings."""
        return (
            self.desk.words.headings[section] if orientation == Qt.Orientation.Horizontal and role == _DISPLAY else None
        )

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """The data of a cell; a head says everything in its first cell."""
        if not index.isValid():
            return None
        line, along = self.lines[index.row()], index.column()
        if role == _DISPLAY:
            if isinstance(line, int):
                return self._shown(line, along)
            return self.head_text(line) if along == 0 else None
        if role == ItemRole.ToolTipRole:
            return self.words_of(line, along)[:_LONGEST_TIP] or None
        if role == ItemRole.AccessibleTextRole:
            words = self.words_of(line, along)
            return f"{self.desk.words.headings[along]}: {words or 'nothing'}" if isinstance(line, int) else words
        return None

    def words_of(self, line: ReviewLine, along: int) -> str:
        """The whole text of a cell."""
        return self._cells(line)[along] if isinstance(line, int) else self.head_text(line)

    def head_text(self, line: FileHead | RowHead | FileNote) -> str:
        """A head, or a sentence on a file, in words."""
        if isinstance(line, FileNote):
            return line.text
        if isinstance(line, RowHead):
            return f"{line.ref}  {line.text}".strip()
        head = self.desk.head(line.file, line.items, folded=line.file in self.listing.folded)
        counts = ", ".join(f"{part.count} {part.title}" for part in head.parts)
        return " · ".join(filter(None, (f"{head.title} {head.note}", counts, "folded" if head.folded else "")))

    def _shown(self, n: int, along: int) -> str:
        return self.desk.shortened(n, along, self._cells(n))

    def _cells(self, n: int) -> tuple[str, ...]:
        if n not in self._texts:
            self._texts[n] = self.desk.cells(n)
        return self._texts[n]

    # What changes it.

    def decided(self) -> None:
        """Show the decisions again. Every line stays where it is until another filter is chosen."""
        self._texts.clear()
        if self.lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines) - 1, len(self.desk.words.headings) - 1))

    def choose(self, chosen: Filter) -> None:
        """Show the differences that a chip lets through."""
        self.listing.chosen = chosen
        self.lay_out()

    def find(self, words: str) -> None:
        """Show the differences that hold these words."""
        self.listing.words = words
        self.lay_out()

    def fold(self, file: int, *, folded: bool) -> None:
        """Fold away what is below a file's head, or show it again."""
        (self.listing.folded.add if folded else self.listing.folded.discard)(file)
        self.lay_out()

    def lay_out(self) -> None:
        """List the desk's items again."""
        self.beginResetModel()
        self._texts.clear()
        self.lines = self.listing.lines()
        self.endResetModel()

    def place_of(self, n: int) -> int:
        """The line that shows an item, or -1."""
        return next((place for place, line in enumerate(self.lines) if line == n and isinstance(line, int)), -1)
