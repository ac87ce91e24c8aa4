"""The reading of a workbook's cells, in a process of its own that can be stopped.

It knows no plan and no return: it turns a file into plain values. openpyxl meets files from outside nowhere else,
and reads them a row at a time (its other way of loading can be made to fill the memory by one merged range).
"""

import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any

FLAG = "--read-workbook"
"""The first argument of the program when it is started to read one workbook: then the file, where to, and limits."""

MIDNIGHT = "T00:00:00"
_TOLD_BY_TYPE = {"f": "formula", "e": "error"}


def read(path: Path | str, rows: int, columns: int) -> dict[str, Any]:
    """A workbook's content as plain values.

    Gives ``properties`` (texts by name) and ``sheets``, each with ``title``, ``hidden`` and ``cells``: lists of row,
    column, kind of cell, value, number format and whether a formula gave it.

    Raises:
        Exception: of any kind that openpyxl meets in a damaged file.
    """
    from openpyxl import load_workbook  # late: it takes a fifth of a second to load

    book = load_workbook(path, read_only=True, data_only=False, keep_links=False)
    values = None
    try:
        sheets = []
        for place, sheet in enumerate(book.worksheets):
            cells = list(_cells(sheet, rows, columns))
            if any(cell[2] == "formula" for cell in cells):
                values = values or load_workbook(path, read_only=True, data_only=True, keep_links=False)
                _put_results(cells, _cells(values.worksheets[place], rows, columns))
            sheets.append({"title": sheet.title, "hidden": sheet.sheet_state != "visible", "cells": cells})
        properties = {str(held.name): str(held.value) for held in _properties(book)}
        saved = book.properties
        return {
            "sheets": sheets,
            "properties": properties,
            "modified_by": saved.lastModifiedBy or "",
            "modified_at": saved.modified.isoformat() if saved.modified else "",
        }
    finally:
        book.close()
        if values is not None:
            values.close()


def _properties(book: Any) -> Iterator[Any]:
    yield from book.custom_doc_props.props


def _cells(sheet: Any, rows: int, columns: int) -> Iterator[list[Any]]:
    sheet.reset_dimensions()  # a file may say that it is a thousand times larger than it is
    for row in sheet.iter_rows(max_row=rows, max_col=columns):
        for cell in row:
            if cell.value is not None:
                yield [cell.row, cell.column, *_plain(cell), False]


def _plain(cell: Any) -> tuple[str, str | float | bool, str]:
    """The kind of a cell, its value and its number format."""
    value, kind = cell.value, cell.data_type
    if kind in _TOLD_BY_TYPE:
        return _TOLD_BY_TYPE[kind], str(value), ""
    if isinstance(value, bool):
        return "yes/no", value, ""
    if isinstance(value, int | float):
        return "number", value, str(cell.number_format)
    if isinstance(value, datetime):
        return "date", value.isoformat().removesuffix(MIDNIGHT), ""
    if isinstance(value, date):
        return "date", value.isoformat(), ""
    return ("text" if isinstance(value, str) else "other"), str(value), ""


def _put_results(cells: list[list[Any]], results: Iterator[list[Any]]) -> None:
    """Put in the place of each formula the result that was kept with it."""
    found = {(cell[0], cell[1]): cell for cell in results}
    for cell in cells:
        result = found.get((cell[0], cell[1]))
        if cell[2] == "formula" and result is not None:
            cell[2:] = [*result[2:5], True]


def limit(memory: int, seconds: float) -> None:
    """Bound what this process may take, where the system can."""
    with suppress(ImportError, OSError, ValueError):
        import resource  # not on Windows, where the parent's clock is the only bound

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 1))


def main(arguments: list[str]) -> int:
    """Read one workbook into a file of JSON. Anything that goes wrong is said there too, as ``problem``."""
    path, target, rows, columns, memory, seconds = arguments
    limit(int(memory), float(seconds))
    try:
        found = read(path, int(rows), int(columns))
    except MemoryError:
        found = {"problem": "it needs more memory than a return does"}
    except Exception as problem:  # noqa: BLE001 - a damaged file raises whatever it likes; it is told, not hidden
        found = {"problem": f"{type(problem).__name__}: {problem}"[:200]}
    Path(target).write_text(json.dumps(found), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
