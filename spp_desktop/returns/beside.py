"""What stands in a workbook beside the values of its answers, so that none of it is passed over in silence.

Comments, words struck out, cells made one, markings in a text, headings touched by hand: where an answer is given, it
is asked about with them. What belongs to no answer is told.
"""

import math
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from spp_desktop.plan.kinds.spelling import quoted
from spp_desktop.returns.answers import Answered, Table
from spp_desktop.returns.intake import Received, Sheet
from spp_desktop.returns.placement import HELP, address

MOST_ASIDES = 20
"""What is told of one sheet in full, and how much of it; the rest is counted."""


class Aside(NamedTuple):
    """Something that stands in a file and answers nothing: where, beside which row and column, and what is said of it.

    ``ref`` and ``text`` are the words of the row in which it stands; empty where it stands in none.
    """

    place: str
    text: str
    ref: str = ""
    row: str = ""
    column: str = ""


def asides(table: Table, rows: Collection[Answered]) -> list[Aside]:
    """What stands on a table's sheet and is neither an answer nor said of one."""
    by_number = {row.number: row for row in rows}
    told = [*_columns_unknown(table), *_cells_beside(table, by_number), *_marked(table, by_number)]
    if len(told) <= MOST_ASIDES:
        return told
    left = len(told) - MOST_ASIDES
    return [
        *told[:MOST_ASIDES],
        Aside(table.sheet.title, f"The sheet holds {left} more such things; look at the file."),
    ]


def of_other_sheets(received: Received, read: Collection[Sheet]) -> Iterator[Aside]:
    """The comments on sheets that are not read."""
    for sheet in received.sheets:
        if sheet.title != HELP and all(sheet is not other for other in read):
            for (row, column), words in sheet.comments.items():
                yield Aside(f"{sheet.title}!{address(row, column)}", f"A comment stands here: {quoted(words)}.")


def _columns_unknown(table: Table) -> Iterator[Aside]:
    """The columns with a heading that is none of the return's, and with anything below it."""
    for place, heading in table.unknown.items():
        filled = [row for row in table.rows if _said(table, row, place)]
        if filled:
            were = "1 cell was" if len(filled) == 1 else f"{len(filled)} cells were"
            yield Aside(
                f"{table.sheet.title}!{address(table.header, place)}",
                f"The column {quoted(heading)} is none of this return, so its {were} not read: "
                f"{quoted(_said(table, filled[0], place))}{' and others' if len(filled) > 1 else ''}.",
            )


def _cells_beside(table: Table, rows: Mapping[int, Answered]) -> Iterator[Aside]:
    """Texts right or left of the table, in its rows and above them."""
    known = {*table.columns, *table.unknown, table.keys or 1}
    for row in table.rows:
        for place in table.sheet.rows[row]:
            words = _said(table, row, place) if place not in known else ""
            if words:
                yield _aside(table, rows, row, place, f"Beside the table stands {quoted(words)}, which was not read.")
    if math.isfinite(table.above):
        return  # what stands above belongs to the first table of the sheet
    last = max(table.columns)
    for row in sorted(number for number in table.sheet.rows if number < table.header):
        for place in sorted(table.sheet.rows[row]):
            words = _said(table, row, place)
            if place > last and words:
                where = f"{table.sheet.title}!{address(row, place)}"
                yield Aside(where, f"Above the table stands {quoted(words)}, which was not read.")


def _marked(table: Table, rows: Mapping[int, Answered]) -> Iterator[Aside]:
    """Comments, and words struck out, of which no answer says anything."""
    for (row, place), words in table.sheet.comments.items():
        if table.holds(row) and not _asked_about(rows, row, place):
            yield _aside(table, rows, row, place, f"A comment stands here: {quoted(words)}.")
    for row, place in sorted(table.sheet.struck):
        if row > table.header and table.holds(row) and not _asked_about(rows, row, place):
            words = _said(table, row, place)
            if words:
                yield _aside(table, rows, row, place, f"{quoted(words)} is struck out, in whole or in part.")


def _asked_about(rows: Mapping[int, Answered], row: int, place: int) -> bool:
    return row in rows and place in rows[row].remarked


def _aside(table: Table, rows: Mapping[int, Answered], row: int, place: int, text: str) -> Aside:
    answered, column = rows.get(row), table.columns.get(place)
    ref, words = answered.words if answered else ("", "")
    return Aside(
        f"{table.sheet.title}!{address(row, place)}", text, ref, words, column.title if column is not None else ""
    )


def _said(table: Table, row: int, place: int) -> str:
    cell = table.sheet.rows.get(row, {}).get(place)
    return "" if cell is None else cell.typed()
