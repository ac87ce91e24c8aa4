"""The widths of a grid's columns: texts share what the others leave, and figures are never narrower than they need."""

from collections.abc import Iterable
from heapq import nlargest

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHeaderView

from spp_desktop.plan.kinds import Long
from spp_desktop.ui.grid.grid import Grid

LEAST_SHARE = 0.6
"""The least a column of texts is, as a share of its usual width, before the table scrolls instead."""
LEAST_TEXT = 150
"""The pixels below which no column of texts is made narrower than usual."""
ROOM = 12
"""The pixels that a cell needs beside its figure."""
WHOLE_LINE = 130
"""The most pixels of a text that is kept on one line; of a longer one its longest word is."""
MEASURED_LINES = 400
"""The lines whose figures are measured; a figure further down that does not fit is painted as such."""


class ColumnWidths:
    """Shares out the width of a grid. A column whose edge a person drags keeps the width that it was given.

    Attributes:
        dragged: the fields of the columns that a person has given a width.
    """

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self._named: tuple[str, ...] = ()
        self._busy = False
        self.dragged: set[str] = set()

    def share_among(self, fields: Iterable[str]) -> None:
        """Let these columns share what the others leave, instead of those that hold long texts."""
        self._named = tuple(fields)
        self.share()

    def forget(self) -> None:
        """Forget the widths that a person has given."""
        self.dragged.clear()

    def share(self, leaving: int = -1) -> None:
        """Give the columns of texts the width that the others leave, so that nothing white stands beside the table.

        ``leaving`` is a column that is about to be hidden: Qt makes it 0 pixels wide before it says so.
        """
        header, columns = self._grid.horizontalHeader(), self._grid.table.columns
        shown = [n for n in self._grid.shown_columns() if n != leaving]
        wide = self._wide(shown)
        if self._busy or not wide:
            return
        rest = self._grid.viewport().width() - sum(header.sectionSize(n) for n in shown if n not in wide)
        usual = sum(columns[n].width for n in wide)
        self._busy = True
        for place, n in enumerate(wide):
            left = len(wide) - place
            wanted = rest // left if left == 1 else rest * columns[n].width // usual
            width = max(wanted, int(columns[n].width * LEAST_SHARE), min(columns[n].width, LEAST_TEXT))
            header.resizeSection(n, width)
            rest, usual = rest - width, usual - columns[n].width
        self._busy = False

    def resized(self, section: int, width: int) -> None:
        """Share the width again after a column was resized, by a person or not."""
        if self._busy:
            return
        if QApplication.mouseButtons() & Qt.MouseButton.LeftButton and _drags(self._grid.horizontalHeader()):
            self.dragged.add(self._grid.table.columns[section].field)
        self.share(leaving=-1 if width else section)

    def lasting(self, section: int) -> int:
        """The width that a column has in a window of any size: its usual one, of those that share what is left."""
        size = self._grid.horizontalHeader().sectionSize(section)
        shares = section in self._wide(self._grid.shown_columns())
        return self._grid.table.columns[section].width if shares or not size else size

    def fit_figures(self, first: int = 0, last: int = MEASURED_LINES) -> None:
        """Widen the columns of figures in which one does not fit; none is made narrower."""
        table, header = self._grid.table, self._grid.horizontalHeader()
        metrics = self._grid.fontMetrics()
        lines = [n for n in range(first, min(last, table.rowCount() - 1) + 1) if table.row_at(n) is not None]
        for n in self._grid.shown_columns():
            column = table.columns[n]
            if column.align != "right" or column.field in self.dragged:
                continue
            texts = {piece for at in lines for piece in str(table.data(table.index(at, n)) or "").split("\n")}
            longest = nlargest(3, texts, key=len)
            whole = max(map(metrics.horizontalAdvance, longest), default=0)
            if whole > WHOLE_LINE:
                words = nlargest(3, {word for text in texts for word in text.split()}, key=len)
                whole = max(map(metrics.horizontalAdvance, words), default=0)
            if header.sectionSize(n) < whole + ROOM:
                header.resizeSection(n, whole + ROOM)

    def _wide(self, shown: Iterable[int]) -> list[int]:
        """The columns that share: those asked for, else those of long texts, else the widest of words."""
        columns = self._grid.table.columns
        free = [n for n in shown if columns[n].field not in self.dragged]
        named = [n for n in free if columns[n].field in self._named]
        if named or self._named:
            return named
        texts = [n for n in free if isinstance(columns[n].kind, Long)]
        words = [n for n in free if columns[n].align == "left"]
        return texts or ([max(words, key=lambda n: columns[n].width)] if words else [])


def _drags(header: QHeaderView) -> bool:
    """Whether the mouse is on the header, where an edge can be dragged."""
    return header.viewport().underMouse() or header.underMouse()
