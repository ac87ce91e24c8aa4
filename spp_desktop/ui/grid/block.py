"""The cells of a grid that are selected, as the rows and columns that they span."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from spp_desktop.ui.grid.columns import GridColumn
from spp_desktop.ui.grid.grid import Grid


class SelectedBlock(NamedTuple):
    """The rows and columns that the selected cells span, without heads and hidden columns."""

    rows: Sequence[Any]
    columns: Sequence[GridColumn]

    def cells(self) -> list[tuple[Any, GridColumn]]:
        """Every cell, row by row."""
        return [(row, column) for row in self.rows for column in self.columns]


def selected_block(grid: Grid) -> SelectedBlock:
    """The selected cells, else the current cell. Cells of a new row count only if nothing else is selected."""
    ranges = grid.ranges()
    index = grid.currentIndex()
    lines = {line for part in ranges for line in range(part.top(), part.bottom() + 1)} or {index.row()}
    places = {n for part in ranges for n in range(part.left(), part.right() + 1)} or {index.column()}
    lines = lines.difference(grid.table.unwritten()) or lines
    rows = [row for line in sorted(lines) if (row := grid.table.row_at(line)) is not None]
    return SelectedBlock(rows, [grid.table.columns[n] for n in grid.shown_columns() if n in places])
