"""Marks of cells that hold something else in another state of the plan, which this one is compared with."""

from collections.abc import Mapping
from typing import Any

from spp_desktop.ui.grid.columns import CellMark, GridColumn

OTHERWISE = "otherwise now"
"""The word of such a mark."""

Otherwise = Mapping[tuple[str, str], str]
"""What stands in cells in the other state, by row and field."""


def mark_of(column: GridColumn, row: Any, otherwise: Otherwise) -> CellMark | None:
    """The mark of a cell: that it is otherwise in the other state; else what is wrong with its value, if anything."""
    other = otherwise.get((row.key, column.field))
    return column.marked(row) if other is None else CellMark(OTHERWISE, f"Now: {other}")


def with_mark(column: GridColumn, row: Any, otherwise: Otherwise) -> str:
    """The text of a cell, with the word of its mark."""
    text, mark = column.show(row), mark_of(column, row, otherwise)
    return text if mark is None else f"{text} ({mark.word})".strip()
