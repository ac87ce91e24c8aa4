"""Finding and replacing in the cells of a grid that are shown, as in a spreadsheet."""

from collections.abc import Iterable, Iterator
from typing import Any

from spp_desktop.plan.kinds.spelling import caseless, replaced, searched
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.ui.grid.block import selected_block
from spp_desktop.ui.grid.columns import GridColumn
from spp_desktop.ui.grid.grid import Grid

TypedCell = tuple[Any, GridColumn, str]
"""A row, a column, and the text to be typed there."""


class GridFinder:
    """Looks for a text in the cells of a grid, capitals forgiven; where several cells are selected, only in those."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid

    @property
    def locked(self) -> bool:
        """Whether nothing can be replaced."""
        return bool(self._grid.table.locked)

    def focus(self) -> None:
        """Give the keyboard to the table."""
        self._grid.setFocus()

    def go(self, text: str, *, back: bool = False) -> bool:
        """Go to the next cell that holds a text, round and round, or to the one before. Returns whether there is one.

        The cell the person is in comes last.
        """
        table, shown = self._grid.table, self._grid.shown_columns()
        index = self._grid.currentIndex()
        lines, wide = table.rowCount(), len(shown)
        at = (
            index.row() * wide + (shown.index(index.column()) if index.column() in shown else 0)
            if index.isValid()
            else -1
        )
        by = -1 if back else 1
        for n in range(1, lines * wide + 1):
            line, place = divmod((at + by * n) % (lines * wide), wide)
            row = table.row_at(line)
            if row is not None and self._holds(row, table.columns[shown[place]], text):
                self._grid.go(table.index(line, shown[place]))
                self._grid.scrollTo(self._grid.currentIndex())
                return True
        return False

    def replace(self, text: str, by: str) -> bool:
        """Replace a text in the cell the person is in. Returns whether it stood there and the change was kept."""
        current = self._grid.current()
        typed = [] if current is None else list(self._replaced([current], text, by))
        return bool(typed) and self._grid.table.keep(typed, show=False)

    def replace_all(self, text: str, by: str) -> str:
        """Replace a text in all cells that may be typed in, as one step. Returns what came of it, in a sentence."""
        block = selected_block(self._grid)
        cells = block.cells()
        if len(cells) < 2:  # noqa: PLR2004 - one cell alone is no selection
            table = self._grid.table
            rows = [row for line in range(table.rowCount()) if (row := table.row_at(line)) is not None]
            cells = [(row, table.columns[n]) for row in rows for n in self._grid.shown_columns()]
        typed, left = self._readable(self._replaced(cells, text, by))
        if not typed:
            return left[0] if left else f"No cell that can be typed in holds “{text}”."
        if not self._grid.table.keep(typed, show=False):
            return ""  # the table says why
        return f"Replaced in {_cells(len(typed))}; Ctrl+Z undoes it." + (
            f" Left as {'it was' if len(left) == 1 else 'they were'}: {_cells(len(left))}. {left[0]}" if left else ""
        )

    @staticmethod
    def _readable(typed: Iterable[TypedCell]) -> tuple[list[TypedCell], list[str]]:
        """The cells whose new text means a value there, and why others do not."""
        readable, left = [], []
        for row, column, text in typed:
            try:
                column.read(text)
            except RuleBroken as broken:
                left.append(str(broken))
            else:
                readable.append((row, column, text))
        return readable, left

    def _replaced(self, cells: list[tuple[Any, GridColumn]], text: str, by: str) -> Iterator[TypedCell]:
        """The cells that would change, with what they would hold."""
        unwritten = {row.key for line in self._grid.table.unwritten() if (row := self._grid.table.row_at(line))}
        for row, column in cells:
            before = column.typed(row)
            if row.key in unwritten or self._grid.why_not(column, row):
                continue
            after = replaced(before, text, by)
            if after != before:
                yield row, column, after

    @staticmethod
    def _holds(row: Any, column: GridColumn, text: str) -> bool:
        sought = caseless(text)
        return sought in searched(column.show(row)) or sought in searched(column.typed(row))


def _cells(count: int) -> str:
    return f"{count:,} cell{'' if count == 1 else 's'}"
