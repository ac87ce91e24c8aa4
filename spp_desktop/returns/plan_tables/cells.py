"""A cell of a plan's table, and where it is, as a person finds it."""

import re
from typing import NamedTuple

from spp_desktop.returns.cell_places import letters


class PlanCell(NamedTuple):
    """A cell of the table: what stands in it, and where it is, as a person finds it."""

    text: str
    place: str


def cell_place(sheet: str, row: int, column: int, *, several: bool) -> str:
    """A cell as a person finds it: "Plan!C12", "C12", "Table 2, row 5, column 3".

    Args:
        sheet: The sheet, or the table of a document.
        row: Its row, counted from 1.
        column: Its column, counted from 1.
        several: Whether the file has several sheets.
    """
    table = re.match(r"Table [0-9]+(?=:|$)", sheet)
    if table is not None:
        return f"{table[0]}, row {row}, column {column}"
    return f"{sheet}!{letters(column)}{row}" if several and sheet else f"{letters(column)}{row}"
