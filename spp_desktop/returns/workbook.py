"""A return as a workbook: written aside, read again, and only then put where it was asked for."""

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from spp_desktop.returns import help_sheet, reader, table_sheet
from spp_desktop.returns.aside import NotWritten, put
from spp_desktop.returns.definition import Content, Listing, Return, ReturnColumn, ReturnRow, Value, without_empty
from spp_desktop.returns.intake import received
from spp_desktop.returns.looks import at, put_text
from spp_desktop.returns.placement import (
    FIRST_ROW,
    HELP,
    MARK,
    META,
    cells,
    identity_text,
)
from spp_desktop.returns.rules import LISTS_FROM, meta_range, offered, reasons_kept
from spp_desktop.returns.sheet_cell import SheetCell
from spp_desktop.returns.table_sheet import RowsWritten
from spp_desktop.returns.values import CLEAR, read, same, shown
from spp_desktop.returns.words import LONGEST, clean
from spp_desktop.returns.written_rows import WrittenRows, save

__all__ = ["NotWritten", "build", "write"]

_NO_CELLS: Mapping[int, SheetCell] = {}
_MAY_BE_LONG = LONGEST // 2
"""Characters of a value up to which no cell with it is longer than one can be, however it is shown."""


def write(definition: Return, content: Content, path: Path, progress: RowsWritten | None = None) -> None:
    """Make a return's workbook at a path. A file that stands there is replaced only by a whole one.

    Raises:
        NotWritten: if it cannot be made or kept there, or would not say the same when read again.
        Exception: whatever ``progress`` raises to stop the writing.
    """
    definition, content = without_empty(definition, content)
    put(
        partial(_made, definition, content, path.name, progress),
        path,
        partial(_compare, definition, content, path.name),
    )


def write_aside(definition: Return, content: Content, aside: Path, name: str, progress: RowsWritten) -> None:
    """Make a return's workbook where nobody looks for it yet, and read it again; sentences call it by its name.

    Raises:
        NotWritten: if it cannot be made, or would not say the same when read again; OSError: if it cannot be kept.
    """
    _made(definition, content, name, progress, aside)
    _compare(definition, content, name, aside)


def _made(definition: Return, content: Content, name: str, progress: RowsWritten | None, aside: Path) -> None:
    _check_lengths(definition, content, name)
    book, tables = build(definition, content, progress)
    save(book, tables, aside)


def build(
    definition: Return, content: Content, progress: RowsWritten | None = None
) -> tuple[Workbook, list[WrittenRows]]:
    """The workbook itself: what to do, the tables and the hidden sheet. It opens on the first table.

    The rows of the tables are given beside it, to be put into it when it is written (``written_rows.save``).

    Whoever fills it in has done so before: what they need each time stands above the table. What they need the first
    time stands on the sheet before it.
    """
    definition, content = without_empty(definition, content)
    book = Workbook()
    book.remove(book.worksheets[0])
    help_sheet.fill(book.create_sheet(HELP), definition, content)
    done, lines = count(1), sum(map(len, content.tables))

    def row_done() -> None:
        """Tell that one more row is written."""
        if progress is not None:
            progress(next(done), lines)

    tables = [
        table_sheet.fill(book.create_sheet(listing.title), definition, place, content, row_done)
        for place, listing in enumerate(definition.listings)
    ]
    book.active = 1
    _put_identity(book, content)
    book.properties.title = clean(content.plan.title)
    book.properties.creator = clean(content.plan.force) or "SPP Desktop"
    book.properties.category = clean(content.plan.marking) or None
    return book, tables


def _put_identity(book: Workbook, content: Content) -> None:
    """Say in the hidden sheet and in a document property which export this is, and keep there what cells refer to."""
    meta: Worksheet = book.create_sheet(META)
    meta.sheet_state = "veryHidden"
    identity = identity_text(content.identity)
    put_text(at(meta, 1, 1), MARK)
    put_text(at(meta, 1, 2), identity)
    lists = {
        place: (*offered(content.plan, name), CLEAR)
        for place, name in enumerate(sorted(content.plan.lists), LISTS_FROM)
    }
    lists |= {place: content.plan.reasons[name] for name, (_, place) in reasons_kept(content.plan).items()}
    for place, titles in lists.items():
        for row, title in enumerate(titles, 1):
            put_text(at(meta, row, place), title)
    for listed, (name, place) in reasons_kept(content.plan).items():
        reasons = meta_range(place, len(content.plan.reasons[listed]))
        book.defined_names[name] = DefinedName(name, attr_text=reasons, hidden=True)
    properties: Any = book  # the stubs know no document properties
    properties.custom_doc_props.append(StringProperty(name=MARK, value=identity))


def _check_lengths(definition: Return, content: Content, name: str) -> None:
    for listing, _, _, line, column in _all_cells(definition, content):
        value = line.values.get(column.field)
        if isinstance(value, str | tuple) and len(str(value)) > _MAY_BE_LONG and len(shown(column, value)) > LONGEST:
            ref = line.values.get(listing.ref)
            raise NotWritten(
                f"{name} was not made: the {column.title.lower()} of {ref} has more than {LONGEST:,} characters, "
                "which no workbook can hold. Shorten it and try again."
            )


def _all_cells(definition: Return, content: Content) -> Iterator[tuple[Listing, int, int, ReturnRow, ReturnColumn]]:
    """Every cell of every table."""
    for listing, lines in zip(definition.listings, content.tables, strict=True):
        for row, place, line, column in cells(listing.columns_for(content.plan.years, content.plan.roles), lines):
            yield listing, row, place, line, column


def _compare(definition: Return, content: Content, name: str, aside: Path) -> None:
    """Read what was written, and see that every cell says what it should."""
    most = max(len(lines) for lines in content.tables)
    widest = max(len(listing.columns_for(content.plan.years, content.plan.roles)) for listing in definition.listings)
    read_again = received(name, reader.read(aside, FIRST_ROW + most, widest + 1))
    sheets = {sheet.title: sheet.rows for sheet in read_again.sheets}
    sound = set[tuple[str, str, SheetCell | None, Value]]()  # what many cells are like is read once
    for listing, row, place, line, column in _all_cells(definition, content):
        value, cell = line.values.get(column.field), sheets[listing.title].get(row, _NO_CELLS).get(place)
        known = listing.title, column.field, cell, value
        if known in sound or (cell is None and value is None):
            continue
        answer = read(column, cell, content.plan, value)
        if answer.doubt or not (answer.value is value or same(column, answer.value, value)):
            ref = line.values.get(listing.ref)
            raise NotWritten(
                f"{name} was not made: the {column.title.lower()} of {ref} would not read the same again. "
                "What stood there is untouched."
            )
        sound.add(known)
    if read_again.identity != content.identity:
        raise NotWritten(f"{name} was not made: it would not say which return it is. Try again.")
