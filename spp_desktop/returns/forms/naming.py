"""A cell at which somebody points, as a mapping knows it again: by its labels, its name, and its address."""

from dataclasses import replace

from spp_desktop.returns.cell_places import Block, CellPlace
from spp_desktop.returns.forms.form import FormBook, FormSheet
from spp_desktop.returns.forms.labels import SheetLabels
from spp_desktop.returns.forms.mapping import CellMapping, MappedCell
from spp_desktop.returns.forms.placing import Placing

_FARTHEST = 12
"""How many cells away from its only label a cell may be to be known by that."""


def cell_at(form: FormBook, labels: SheetLabels, place: CellPlace, holds: str, rows: int = 1) -> MappedCell:
    """A cell of a form as a mapping has it.

    Args:
        form: The form.
        labels: The labels of its sheet.
        place: Where the cell is.
        holds: The name of what belongs there.
        rows: How many rows it fills, itself among them.
    """
    sheet = labels.sheet
    first = sheet.told_at(place)
    at = Block(first[0], first[1], first[0] + rows - 1, first[1])
    name = next((each.name for each in form.names if each.sheet == sheet.title and each.block.first == first), "")
    row = labels.row_labels(first) if rows == 1 else ()
    column = labels.headings(first)
    cell = MappedCell(sheet.title, holds, row, column, labels.part(first) if rows == 1 else "", at, name)
    if row and not column:
        cell = replace(cell, right=_steps_right(labels, sheet, first))
    if column and not row:
        cell = replace(cell, below=_steps_below(labels, sheet, first))
    for known in (replace(cell, under=""), cell):
        if _is_found(form, known, first):
            return known
    return replace(cell, row=(), column=(), under="", right=1, below=1)


def _is_found(form: FormBook, cell: MappedCell, place: CellPlace) -> bool:
    """Whether a cell is found where it is, and not only by its address where it has labels."""
    placed = Placing(form, CellMapping("", "", (cell,))).placed
    return bool(placed) and placed[0].block is not None and placed[0].block.first == place


def _steps_right(labels: SheetLabels, sheet: FormSheet, place: CellPlace) -> int:
    """How many cells to the right of its last label a cell is; cells that are one are counted once."""
    left = [column for column in labels.by_row.get(place[0], ()) if column < place[1]]
    cells = {sheet.told_at((place[0], column)) for column in range(left[-1] + 1, place[1] + 1)}
    return min(len(cells), _FARTHEST)


def _steps_below(labels: SheetLabels, sheet: FormSheet, place: CellPlace) -> int:
    """How many cells below its last heading a cell is; cells that are one are counted once."""
    above = [row for row in labels.by_column.get(place[1], ()) if row < place[0]]
    cells = {sheet.told_at((row, place[1])) for row in range(above[-1] + 1, place[0] + 1)}
    return min(len(cells), _FARTHEST)
