"""Rows of one sheet by column, many at once: how an extract travels from the process that reads it.

A cell is a text, a number as it stands, nothing at all, or, where there is more to say of it, ``MARK`` followed by its
kind, value and number format as JSON; so that cells that hold the same are equal, and each is read once.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from spp_desktop.returns.records import GENERAL, Record

MARK = "\0"
AT_ONCE = 2_000
"""Rows of a block."""

_PLAIN = 2
"""Of so many parts is a cell of a record that holds a text and nothing else."""

BlockCell = str | float | None


def blocks(found: Iterator[Record], sheet: str, after: int, columns: Sequence[int]) -> Iterator[Record]:
    """The rows of a sheet below this row as records ``{"rows": numbers, "hidden": count, "cells": [column, ...]}``.

    Other records are given on as they are, and rows of other sheets are dropped.
    """
    here = False
    held: list[Any] = []
    for record in found:
        if isinstance(record, dict):
            if held:
                yield block(held, columns)
                held = []
            here = record["sheet"] == sheet if "sheet" in record else here
            yield record
        elif here and record[0] > after:
            held.append(record)
            if len(held) == AT_ONCE:
                yield block(held, columns)
                held = []
    if held:
        yield block(held, columns)


def block(records: Sequence[Any], columns: Sequence[int]) -> dict[str, Any]:
    """Records of rows as one of a block."""
    rows = [{cell[0]: cell[1] if len(cell) == _PLAIN and cell[1][:1] != MARK else told(cell) for cell in cells}
            for _, _, cells in records]  # fmt: skip
    return {
        "rows": [record[0] for record in records],
        "hidden": sum(bool(record[1]) for record in records),
        "cells": [[row.get(column) for row in rows] for column in columns],
    }


def told(cell: Sequence[Any]) -> str | float:
    """A cell of a record as a block holds it."""
    if len(cell) == _PLAIN:
        return MARK + json.dumps(["text", cell[1], GENERAL])
    kind, value, form = cell[1:4]
    if kind == "number" and "%" not in form:
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
    """A cell as a text: a day as 2008-04-01, a number with the places it has, a share in per cent."""
    if cell is None:
        return ""
    kind, value, form = parts(cell)
    if kind == "number":
        return f"{value * 100:.10g}%" if "%" in form else f"{value:.15g}"
    if kind == "yes/no":
        return "TRUE" if value else "FALSE"
    return str(value).strip()
