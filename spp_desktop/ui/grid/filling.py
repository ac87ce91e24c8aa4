"""Filling the cells of a grid: from above, from the left, with what is typed, with today, and on from a corner."""

from collections.abc import Sequence

from spp_desktop.ui.grid.block import SelectedBlock, selected_block
from spp_desktop.ui.grid.columns import GridColumn
from spp_desktop.ui.grid.grid import Grid
from spp_desktop.ui.grid.series import continued
from spp_desktop.ui.grid.table_model import CellChange


class FillDeeds:
    """What fills cells: a method for each way."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid

    def fill_down(self) -> None:
        """Put the value of the topmost selected cell in those below it; in a single row, that of the row above."""
        block = selected_block(self.grid)
        if len(block.rows) == 1:
            self._copy_from_above(block)
            return
        self._put([
            (row.key, column.field, column.get(block.rows[0])) for column in block.columns for row in block.rows[1:]
        ], block.columns)  # fmt: skip

    def fill_right(self) -> None:
        """Put what the leftmost selected cells hold in those to their right; in a single column, what is left of it."""
        block = selected_block(self.grid)
        columns = list(block.columns)
        if len(columns) == 1:
            shown = [self.grid.table.columns[n] for n in self.grid.shown_columns()]
            columns = shown[max(shown.index(columns[0]) - 1, 0) :][:2]
        typed = [(row, column, columns[0].typed(row)) for row in block.rows for column in columns[1:]]
        if typed:
            self.grid.table.keep(typed, show=len(typed) == 1)

    def fill_to(self, line: int) -> None:
        """Continue the selected block as far as a line below or above it, and select all of it."""
        block = selected_block(self.grid)
        lines = [self.grid.table.line_of(row.key) for row in block.rows]
        if not lines or lines[0] <= line <= lines[-1]:
            return
        back = line < lines[0]
        reach = range(lines[0] - 1, line - 1, -1) if back else range(lines[-1] + 1, line + 1)
        unwritten = set(self.grid.table.unwritten())
        rows = [row for at in reach if at not in unwritten and (row := self.grid.table.row_at(at)) is not None]
        cells: list[CellChange] = []
        for column in block.columns:
            values = continued([column.get(row) for row in block.rows], len(rows), back=back)
            cells += [(row.key, column.field, value) for row, value in zip(rows, values, strict=True)]
        if self._put(cells, block.columns):
            self.grid.select_cells(
                [row.key for row in (*block.rows, *rows)], [column.field for column in block.columns]
            )

    def fill_selection(self, text: str) -> None:
        """Put a typed text in all selected cells."""
        block = selected_block(self.grid)
        current = self.grid.current()
        cells = [cell for cell in block.cells() if current is None or cell[1] is current[1]] or block.cells()
        if current:
            cells.sort(key=lambda cell: cell[0] is not current[0])
        self.grid.setFocus()
        self.grid.table.keep([(row, column, text) for row, column in cells])

    def copy_above(self) -> None:
        """Put the value of the cell above in this cell."""
        current = self.grid.current()
        if current:
            self._copy_from_above(SelectedBlock([current[0]], [current[1]]))

    def put_today(self) -> None:
        """Put today's date in the selected cells."""
        block = selected_block(self.grid)
        wrong = next((column for column in block.columns if column.kind.today() is None), None)
        if wrong is not None:
            self.grid.table.refused.emit(f"{wrong.title} holds no date; choose cells of a date column.")
            return
        self._put([(row.key, column.field, column.kind.today()) for row, column in block.cells()], block.columns)

    def _copy_from_above(self, block: SelectedBlock) -> None:
        line = self.grid.table.line_of(block.rows[0].key) - 1
        while line >= 0 and self.grid.table.row_at(line) is None:
            line -= 1
        if line >= 0:
            above, row = self.grid.table.row_at(line), block.rows[0]
            self._put([(row.key, column.field, column.get(above)) for column in block.columns], block.columns)

    def _put(self, cells: list[CellChange], columns: Sequence[GridColumn]) -> bool:
        """Commit values, unless one of the columns cannot be typed in. Returns whether they were kept."""
        why = next((why for column in columns if (why := self.grid.why_not(column))), "")
        if why:
            self.grid.table.refused.emit(why)
        return not why and bool(cells) and self.grid.table.put(cells)
