"""A form opened: looked over and read by a process of its own, by the same rules as whatever else comes in."""

import hashlib
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from spp_desktop.returns import intake
from spp_desktop.returns.apart import Apart, Stopped
from spp_desktop.returns.cell_places import Block, block_of
from spp_desktop.returns.foreign import COPY_TABLES, SAVE_AGAIN
from spp_desktop.returns.forms.form import (
    CellRule,
    CellStyle,
    ColumnLook,
    FormBook,
    FormSheet,
    FormTable,
    Formula,
    NamedCell,
)
from spp_desktop.returns.forms.references import KnownNames, in_excel, in_open_formula
from spp_desktop.returns.limits import LIMITS, FileLimits
from spp_desktop.returns.records import Record
from spp_desktop.returns.scan import MAILS, PasswordNeeded, ReturnRefused, look

_FORMS = ("xlsx", "xlsm", "ods")
_NOT_RUN = ("They were not run and nothing of them is kept.", "They were not run; they stay in it as they are.")
_SAVE = "Open it in Excel or LibreOffice, save it as .xlsx or .ods, and choose that file."


def open_form(path: Path, limits: FileLimits = LIMITS) -> FormBook:
    """A blank or a filled form.

    Raises:
        ReturnRefused: with a sentence, if it cannot be read safely or at all, or is no workbook.
    """
    looked = look(path, limits)
    name = path.name
    if looked.package in MAILS:
        raise ReturnRefused(f"{name} is a mail. Save what it encloses, and choose that file.")
    if looked.package == "protected":
        raise PasswordNeeded(
            f"{name} is protected by a password. Save it without one, and choose that file; the sheets may stay "
            "protected.",
            wrong=False,
        )
    if looked.package != "zip":
        raise ReturnRefused(f"{name} is no workbook. {_SAVE}")
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != looked.file_hash:
        raise ReturnRefused(f"{name} was changed while it was read. Choose it again.")
    asked = {
        "path": str(path.absolute()), "name": name, "package": looked.package, "password": "",
        "limits": asdict(limits), "drawn": True,
    }  # fmt: skip
    drawn: list[dict[str, Any]] = []
    read = intake.received(name, _without_drawn(_records(asked, name, limits), drawn))
    if read.form not in _FORMS:
        raise ReturnRefused(f"{name} is no workbook. {_SAVE}")
    return form_of(read, drawn, content)


def _records(asked: dict[str, Any], name: str, limits: FileLimits) -> Iterator[Record]:
    """What the process says that reads the file.

    Raises:
        ReturnRefused: if it was stopped.
    """
    try:
        apart = Apart(limits.memory, limits.seconds)
    except OSError:
        raise ReturnRefused(f"{name} could not be read. Try again.") from None
    try:
        yield from apart.records(asked)
    except Stopped as stopped:
        why = f"took longer to read than any form does (at most {limits.seconds:g} seconds)"
        raise ReturnRefused(
            f"{name} {why if stopped.late else 'stopped the part of the program that reads workbooks'}, so it was not "
            f"opened. {COPY_TABLES if stopped.late else SAVE_AGAIN}"
        ) from None
    finally:
        apart.close()


def _without_drawn(records: Iterator[Record], drawn: list[dict[str, Any]]) -> Iterator[Record]:
    """The records that every reader says; what says how the sheets look is put aside."""
    for record in records:
        if isinstance(record, dict) and ("drawn" in record or "drawn_book" in record):
            drawn.append(record)
        else:
            yield record


def form_of(read: intake.Received, drawn: list[dict[str, Any]], content: bytes) -> FormBook:
    """A form of what was read of its cells, and of how its sheets look."""
    book = next(record["drawn_book"] for record in drawn if "drawn_book" in record)
    cells = {sheet.title: sheet for sheet in read.sheets}
    looks = [record["drawn"] for record in drawn if "drawn" in record]
    tables = _ods_tables(book.get("tables", ()))
    sheets = tuple(_sheet(cells.get(each["title"]), each, tables.get(each["title"], ())) for each in looks)
    formulas = {name.casefold(): text for name, text, sheet in book["names"] if not sheet and read.form != "ods"}
    named = [_named(name, text, sheet, ods=read.form == "ods") for name, text, sheet in book["names"]]
    return FormBook(
        read.name,
        read.form,
        content,
        sheets,
        tuple(CellStyle(*style) for style in book["styles"]),
        tuple(each for each in named if each is not None),
        formulas,
        bool(book.get("from_1904")),
        book["part"],
        tuple(notice.replace(*_NOT_RUN) for notice in read.notices),
    )


def _sheet(read: intake.Sheet | None, look: dict[str, Any], tables: tuple[FormTable, ...]) -> FormSheet:
    rows = {} if read is None else read.rows
    return FormSheet(
        look["title"],
        look["part"],
        read is not None and read.hidden,
        look["protected"],
        {(row, column): cell for row, cells in rows.items() for column, cell in cells.items()},
        {(row, column): style for row, column, style in look["cells"]},
        {row: style for row, style, _, _ in look["rows"] if style is not None},
        tuple(ColumnLook(*each) for each in look["columns"]),
        () if read is None else tuple(Block(*each) for each in read.merged),
        frozenset() if read is None else read.hidden_rows | {row for row, _, _, hidden in look["rows"] if hidden},
        {(row, column): Formula(*stated) for row, column, *stated in look["formulas"]},
        tuple(_rule(each) for each in look["rules"]),
        tables or tuple(each for table in look["tables"] if (each := _table(table)) is not None),
        look["width"],
        {row: height for row, _, height, _ in look["rows"] if height},
    )


def _rule(stated: list[Any]) -> CellRule:
    cells, kind, comparing, first, second, entries = stated
    blocks = tuple(block for part in cells.split() if (block := _cells_of(part)) is not None)
    return CellRule(blocks, kind, comparing, first, second, None if entries is None else tuple(entries))


def _cells_of(text: str) -> Block | None:
    """A range as Excel writes it; or "row.column", as an OpenDocument's cells are told one by one."""
    row, dot, column = text.partition(".")
    return Block(int(row), int(column), int(row), int(column)) if dot else block_of(text)


def _table(stated: list[Any]) -> FormTable | None:
    names, area, headings, totals = stated
    block = block_of(area)
    return None if block is None else FormTable(tuple(filter(None, names)), block, headings, totals)


def _ods_tables(stated: list[list[str]]) -> dict[str, tuple[FormTable, ...]]:
    seen: dict[str, tuple[FormTable, ...]] = {}
    for name, area in stated:
        ranges = in_open_formula(f"[{area}]", "", KnownNames({}, {}))
        if ranges and len(ranges) == 1 and ranges[0].sheet:
            table = FormTable((name,), ranges[0].block, 1, 0)
            seen[ranges[0].sheet] = (*seen.get(ranges[0].sheet, ()), table)
    return seen


def _named(name: str, text: str, sheet: str, *, ods: bool) -> NamedCell | None:
    """A name of the workbook, if it is a cell or a range of a sheet."""
    if name.startswith("_xlnm."):
        return None
    known = KnownNames({}, {})
    seen = in_open_formula(f"[{text}]", sheet, known) if ods else in_excel(text, sheet, known)
    if seen is None or len(seen) != 1 or not seen[0].sheet:
        return None
    return NamedCell(name, seen[0].sheet, seen[0].block)
