"""A return as a workbook: written aside, read again, and only then put where it was asked for."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from spp_desktop.returns import help_sheet, reader, table_sheet
from spp_desktop.returns.aside import NotWritten, put
from spp_desktop.returns.definition import Content, Listing, Return, ReturnColumn, ReturnRow, without_empty
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
from spp_desktop.returns.table_sheet import RowsWritten
from spp_desktop.returns.values import CLEAR, read, same, shown
from spp_desktop.returns.words import LONGEST, clean

__all__ = ["NotWritten", "build", "write"]


def write(definition: Return, content: Content, path: Path, progress: RowsWritten | None = None) -> None:
    """Make a return's workbook at a path. A file that stands there is replaced only by a whole one.

    Raises:
        NotWritten: if it cannot be made or kept there, or would not say the same when read again.
        Exception: whatever ``progress`` raises to stop the writing.
    """
    definition, content = without_empty(definition, content)
    _check_lengths(definition, content, path)
    book = build(definition, content, progress)
    put(book.save, path, lambda aside: _compare(definition, content, aside, path))


def build(definition: Return, content: Content, progress: RowsWritten | None = None) -> Workbook:
    """The workbook itself: what to do, the tables and the hidden sheet. It opens on the first table.

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

    for place, listing in enumerate(definition.listings):
        table_sheet.fill(book.create_sheet(listing.title), definition, place, content, row_done)
    book.active = 1
    _put_identity(book, content)
    book.properties.title = clean(content.plan.title)
    book.properties.creator = clean(content.plan.force) or "SPP Desktop"
    book.properties.category = clean(content.plan.marking) or None
    return book


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


def _check_lengths(definition: Return, content: Content, path: Path) -> None:
    for listing, _, _, line, column in _all_cells(definition, content):
        if len(shown(column, line.values.get(column.field))) > LONGEST:
            ref = line.values.get(listing.ref)
            raise NotWritten(
                f"{path.name} was not made: the {column.title.lower()} of {ref} has more than {LONGEST:,} characters, "
                "which no workbook can hold. Shorten it and try again."
            )


def _all_cells(definition: Return, content: Content) -> Iterator[tuple[Listing, int, int, ReturnRow, ReturnColumn]]:
    """Every cell of every table."""
    for listing, lines in zip(definition.listings, content.tables, strict=True):
        for row, place, line, column in cells(listing.columns_for(content.plan.years, content.plan.roles), lines):
            yield listing, row, place, line, column


def _compare(definition: Return, content: Content, aside: Path, path: Path) -> None:
    """Read what was written, and see that every cell says what it should."""
    most = max(len(lines) for lines in content.tables)
    widest = max(len(listing.columns_for(content.plan.years, content.plan.roles)) for listing in definition.listings)
    read_again = received(path.name, reader.read(aside, FIRST_ROW + most, widest + 1))
    sheets = {sheet.title: sheet.rows for sheet in read_again.sheets}
    for listing, row, place, line, column in _all_cells(definition, content):
        value = line.values.get(column.field)
        answer = read(column, sheets[listing.title].get(row, {}).get(place), content.plan, value)
        if answer.doubt or not same(column, answer.value, value):
            ref = line.values.get(listing.ref)
            raise NotWritten(
                f"{path.name} was not made: the {column.title.lower()} of {ref} would not read the same again. "
                "What stood there is untouched."
            )
    if read_again.identity != content.identity:
        raise NotWritten(f"{path.name} was not made: it would not say which return it is. Try again.")
