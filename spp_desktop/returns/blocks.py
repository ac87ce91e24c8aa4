"""Rows of one sheet by column, many at once: how an extract travels from the process that reads it.

A cell is a text, a number as it stands, nothing at all, or, where there is more to say of it, ``MARK`` followed by its
kind, value and number format as JSON; so that cells that hold the same are equal, and each is read once.
"""

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import compress
from typing import Any

from spp_desktop.returns.records import GENERAL, BareCell, Record, RowsTogether

MARK = "\0"
AT_ONCE = 2_000
"""Rows of a block."""

_FEW = 100
"""Rows that are no block by themselves, though they are given at once."""
_MOST_KEPT = 20_000
"""Cells of a column that are kept, as others are likely to say the same."""

_PLAIN = 2
"""Of so many parts is a cell of a record that holds a text and nothing else."""

BlockCell = str | float | None


def blocks(
    records: Iterator[Record | RowsTogether],
    sheet: str,
    after: int,
    columns: Sequence[int],
    texts: Collection[int] = (),
) -> Iterator[Record]:
    """The rows of a sheet below this row as records ``{"rows": numbers, "hidden": count, "cells": [column, ...]}``.

    Other records are given on as they are, and rows of other sheets are dropped.

    Args:
        records: The records of a file.
        sheet: The sheet.
        after: The row, counted from 1, below which rows are wanted.
        columns: The columns that a block holds, counted from 1.
        texts: Those of them whose numbers are wanted as their cells show them: "1.10" and not 1.1.
    """
    here = False
    waiting: list[Any] = []
    known = {column: _BlockCells(as_text=column in texts) for column in columns}
    for record in records:
        if isinstance(record, dict):
            if waiting:
                yield block(waiting, columns, texts)
                waiting = []
            here = record["sheet"] == sheet if "sheet" in record else here
            yield record
        elif isinstance(record, RowsTogether):
            if here and len(record.numbers) < _FEW:
                waiting += (row for row in record.rows() if row[0] > after)
                if len(waiting) >= AT_ONCE:
                    yield block(waiting, columns, texts)
                    waiting = []
            elif here:
                if waiting:
                    yield block(waiting, columns, texts)
                    waiting = []
                yield _block_of(record, after, columns, known)
        elif here and record[0] > after:
            waiting.append(record)
            if len(waiting) >= AT_ONCE:
                yield block(waiting, columns, texts)
                waiting = []
    if waiting:
        yield block(waiting, columns, texts)


def block(records: Sequence[Any], columns: Sequence[int], texts: Collection[int] = ()) -> dict[str, Any]:
    """Records of rows as one of a block."""
    rows = [{cell[0]: cell[1] if len(cell) == _PLAIN and cell[1][:1] != MARK else told(cell, cell[0] in texts)
             for cell in cells} for _, _, cells in records]  # fmt: skip
    return {
        "rows": [record[0] for record in records],
        "hidden": sum(bool(record[1]) for record in records),
        "cells": [[row.get(column) for row in rows] for column in columns],
    }


class _BlockCells(dict[BareCell | None, BlockCell]):
    """What the cells of a column are in a block, by what they are in a record."""

    def __init__(self, *, as_text: bool) -> None:
        super().__init__()
        self._as_text = as_text

    def __missing__(self, cell: BareCell | None) -> BlockCell:
        if cell is None:
            return None
        if isinstance(cell, str):
            made: BlockCell = cell if cell[:1] != MARK else told((0, cell))
        else:
            made = told((0, *cell), self._as_text)
        self[cell] = made
        if len(self) > _MOST_KEPT:
            self.clear()
        return made


def _block_of(
    rows: RowsTogether, after: int, columns: Sequence[int], known: Mapping[int, _BlockCells]
) -> dict[str, Any]:
    """Rows below this one as one of a block."""
    wanted = [number > after for number in rows.numbers]
    if all(None in cells for cells in rows.cells):
        wanted = [
            below and any(cell is not None for cell in cells) for below, *cells in zip(wanted, *rows.cells, strict=True)
        ]
    by_place = dict(zip(rows.places, rows.cells, strict=True))
    nothing = [None] * len(wanted)
    return {
        "rows": list(compress(rows.numbers, wanted)),
        "hidden": 0,
        "cells": [
            list(map(known[column].__getitem__, compress(by_place.get(column, nothing), wanted))) for column in columns
        ],
    }


def told(cell: Sequence[Any], as_text: bool = False) -> str | float:
    """A cell of a record as a block holds it; ``as_text``: a number with its format, to be shown as its cell does."""
    if len(cell) == _PLAIN:
        return MARK + json.dumps(["text", cell[1], GENERAL])
    kind, value, form = cell[1:4]
    if kind == "number" and "%" not in form and not as_text:
        return float(value)
    return MARK + json.dumps([kind, value, form])


def parts(cell: str | float) -> tuple[str, Any, str]:
    """The kind of a block's cell, its value and its number format."""
    if not isinstance(cell, str):
        return "number", cell, GENERAL
    if not cell.startswith(MARK):
        return "text", cell, GENERAL
    kind, value, form = json.loads(cell[1:])
    return kind, value, form


def shown(cell: BlockCell) -> str:
    """A cell as a text: a day as 2008-04-01, a number with the places it has or shows, a share in per cent."""
    if cell is None:
        return ""
    kind, value, form = parts(cell)
    if kind == "number":
        return f"{value * 100:.10g}%" if "%" in form else _with_places(value, form)
    if kind == "yes/no":
        return "TRUE" if value else "FALSE"
    return str(value).strip()


def _with_places(value: float, form: str) -> str:
    """A number with as many decimals as its format shows, or as it has: 1.1 in the format 0.00 is "1.10"."""
    bare = f"{value:.15g}"
    match = _DECIMALS.search(form)
    if match is None or "e" in bare:
        return bare
    whole, _, decimals = bare.partition(".")
    return f"{whole}.{decimals.ljust(len(match[1]), '0')}"


_DECIMALS = re.compile(r"\.(0+)(?![^;]*%)")
