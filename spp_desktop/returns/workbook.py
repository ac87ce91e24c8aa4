"""A return as a workbook: written aside, read again, and only then put where it was asked for."""

import os
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from spp_desktop.returns import reader, table_sheet
from spp_desktop.returns.definition import Column, Content, Line, Listing, Return
from spp_desktop.returns.intake import received
from spp_desktop.returns.placement import (
    FIRST_ROW,
    HELP,
    MARK,
    META,
    NOTE_ROW,
    cells,
    identity_text,
)
from spp_desktop.returns.table_sheet import LISTS_FROM, Progress, at, put_text
from spp_desktop.returns.values import CLEAR, read, same, shown
from spp_desktop.returns.words import LONGEST, clean


class NotWritten(Exception):
    """A workbook that could not be made; the text says why. What stood in its place is untouched."""


def write(definition: Return, content: Content, path: Path, progress: Progress | None = None) -> None:
    """Make a return's workbook at a path. A file that stands there is replaced only by a whole one.

    Raises:
        NotWritten: if it cannot be made or kept there, or would not say the same when read again.
        Exception: whatever ``progress`` raises to stop the writing.
    """
    _check_lengths(definition, content, path)
    book = build(definition, content, progress)
    aside = path.with_name(f".{path.stem[:40]}.{uuid4().hex[:8]}.xlsx")
    try:
        book.save(aside)
        _compare(definition, content, aside, path)
        _keep(aside)
        aside.replace(path)
    except PermissionError:
        raise NotWritten(
            f"{path.name} cannot be written: it may be open in Excel, or the folder may not be written to. "
            "Close it or choose another place, and try again."
        ) from None
    except OSError as problem:
        raise NotWritten(
            f"{path.name} could not be written ({problem.strerror or problem}). What stood there is untouched."
        ) from None
    finally:
        with suppress(OSError):
            aside.unlink(missing_ok=True)


def build(definition: Return, content: Content, progress: Progress | None = None) -> Workbook:
    """The workbook itself: the table, the help and the hidden sheet."""
    book = Workbook()
    book.remove(book.worksheets[0])
    _put_help(book.create_sheet(HELP), definition, content)
    done = count(1)

    def said() -> None:
        if progress is not None:
            progress(next(done), content.rows)

    for place, listing in enumerate(definition.listings):
        table_sheet.fill(book.create_sheet(listing.title), definition, place, content, said)
    book.active = 1
    _put_identity(book, content)
    book.properties.title = clean(content.plan.title)
    book.properties.creator = clean(content.plan.force) or "SPP Desktop"
    return book


def _put_identity(book: Workbook, content: Content) -> None:
    """Say in the hidden sheet and in a document property which export this is, and keep the lists there."""
    meta: Worksheet = book.create_sheet(META)
    meta.sheet_state = "veryHidden"
    said = identity_text(content.identity)
    put_text(at(meta, 1, 1), MARK)
    put_text(at(meta, 1, 2), said)
    for place, name in enumerate(sorted(content.plan.lists), LISTS_FROM):
        for row, title in enumerate(content.plan.lists[name], 1):
            put_text(at(meta, row, place), title)
    properties: Any = book  # the stubs know no document properties
    properties.custom_doc_props.append(StringProperty(name=MARK, value=said))


_HELP_WIDTHS = (26, 18, 90)


def _put_help(sheet: Worksheet, definition: Return, content: Content) -> None:
    """A page on what each column holds, and on what happens to what is filled in."""
    plan = content.plan
    lines: list[tuple[str, ...]] = [
        (f"{plan.title}: {HELP[0].lower()}{HELP[1:]}",),
        (table_sheet.about(definition, content),),
        (" · ".join(filter(None, (plan.marking, plan.illustrative))),),
        (definition.help,),
        ("",),
    ]
    headings = set()
    for listing in definition.listings:
        headings.add(len(lines) + 1)
        lines += [
            (f"{listing.title}: column", "Who fills it in", "What goes there"),
            *(
                (c.title, "you" if c.editable else "for reference", _help(c, content))
                for c in listing.columns_for(plan.years)
            ),
            ("",),
        ]
    lines += [(sentence,) for sentence in _RULES]
    for row, texts in enumerate(lines, 1):
        for place, text in enumerate(texts, 1):
            cell = at(sheet, row, place)
            put_text(cell, text)
            in_table = len(texts) > 1
            cell.alignment = Alignment(wrap_text=in_table, vertical="top")
            size = {1: 16, 2: 12}.get(row, 10)
            cell.font = Font(
                name="Calibri", size=size, bold=row <= NOTE_ROW or row in headings or place == 1 < len(texts)
            )
        if len(texts) > 1:
            height = max(1, -(-len(texts[-1]) // _HELP_WIDTHS[-1])) * table_sheet.LINE_HEIGHT
            sheet.row_dimensions[row].height = height + 4
    sheet.row_dimensions[1].height = 26
    sheet.row_dimensions[2].height = 20
    for letter, width in zip("ABC", _HELP_WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    table_sheet.set_up_page(sheet, plan)


_RULES = (
    "Fill in the boxed cells under “fill in”. The shaded cells are for reference; a change there is read as a request.",
    f"A cell left empty is no answer: what the plan holds stays. To empty it in the plan, write {CLEAR}.",
    "Dates are day/month/year. Percentages are written with their sign, such as 35%.",
    "Rows may be sorted, filtered and hidden; sort the whole table, not single columns. A missing row changes nothing.",
    "Save it as Excel Workbook (.xlsx) and send it back. Nothing is taken in before a person has looked at it.",
)


def _help(column: Column, content: Content) -> str:
    listed = content.plan.lists.get(column.choices, ())
    first, second = (*listed, "", "")[:2]
    said = column.help.replace("{first}", first).replace("{second}", second)
    return " ".join(filter(None, (said, f"From the list: {'; '.join(listed)}." if column.editable and listed else "")))


def _check_lengths(definition: Return, content: Content, path: Path) -> None:
    for listing, _, _, line, column in _all_cells(definition, content):
        if len(shown(column, line.values.get(column.field))) > LONGEST:
            ref = line.values.get(listing.ref)
            raise NotWritten(
                f"{path.name} was not made: the {column.title.lower()} of {ref} has more than {LONGEST:,} characters, "
                "which no workbook can hold. Shorten it and try again."
            )


def _all_cells(definition: Return, content: Content) -> Iterator[tuple[Listing, int, int, Line, Column]]:
    """Every cell of every table."""
    for listing, lines in zip(definition.listings, content.tables, strict=True):
        for row, place, line, column in cells(listing.columns_for(content.plan.years), lines):
            yield listing, row, place, line, column


def _compare(definition: Return, content: Content, aside: Path, path: Path) -> None:
    """Read what was written, and see that every cell says what it should."""
    most = max(len(lines) for lines in content.tables)
    widest = max(len(listing.columns_for(content.plan.years)) for listing in definition.listings)
    found = received(path.name, reader.read(aside, FIRST_ROW + most, widest + 1))
    sheets = {sheet.title: sheet.rows for sheet in found.sheets}
    for listing, row, place, line, column in _all_cells(definition, content):
        value = line.values.get(column.field)
        answer = read(column, sheets[listing.title].get(row, {}).get(place), content.plan, value)
        if answer.doubt or not same(column, answer.value, value):
            ref = line.values.get(listing.ref)
            raise NotWritten(
                f"{path.name} was not made: the {column.title.lower()} of {ref} would not read the same again. "
                "What stood there is untouched."
            )
    if found.identity != content.identity:
        raise NotWritten(f"{path.name} was not made: it would not say which return it is. Try again.")


def _keep(file: Path) -> None:
    """See that the file is on the disk before it takes another's name."""
    with file.open("rb+") as written:
        os.fsync(written.fileno())
