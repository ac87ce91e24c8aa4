"""The sheet that a person fills in: its titles, its table, its lists to choose from, and how it prints."""

from collections.abc import Callable, Sequence
from datetime import date
from math import ceil
from typing import Literal

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from spp_desktop.plan.periods import year_end, year_start
from spp_desktop.returns.definition import Column, Content, Line, Listing, PlanFacts, Return
from spp_desktop.returns.placement import (
    ABOUT_ROW,
    ADVICE_ROW,
    BAND_ROW,
    FIRST_COLUMN,
    FIRST_ROW,
    HEADER_ROW,
    KEY_COLUMN,
    META,
    NOTE_ROW,
    TITLE_ROW,
    address,
    cells,
    row_key,
)
from spp_desktop.returns.values import shown, written
from spp_desktop.returns.words import clean, escape

Progress = Callable[[int, int], None]
"""Told how many rows are done, and of how many; what it raises stops the writing."""

INK, QUIET, LOCKED, HEAD = "1B1F24", "57606A", "EEF0F3", "17365D"
LINE_HEIGHT, MOST_HEIGHT = 14.0, 400.0
_FONT = "Calibri"
_THIN = Side(style="thin", color="A7B0BB")
_FAINT = Side(style="hair", color="A7B0BB")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_RULED = Border(top=_FAINT, bottom=_FAINT)
_TYPED = {"date", "percent", "whole number", "target"}
_LIKE_FORMULA = tuple("=+-@'\t")
_PROMPT = 250
_BODY, _BOLD = Font(name=_FONT, size=10, color=INK), Font(name=_FONT, size=10, color=INK, bold=True)
_GREY = PatternFill("solid", fgColor=LOCKED)
_WRAP = {
    side: Alignment(wrap_text=True, vertical="top", horizontal=side, indent=0) for side in ("left", "center", "right")
}
_OPEN, _CLOSED = Protection(locked=False), Protection(locked=True)

ADVICE = (
    "Fill in the boxed cells under “fill in”; the shaded ones are for reference. A cell left empty is no answer. "
    "See the sheet “How to fill this in”."
)


def at(sheet: Worksheet, row: int, place: int) -> Cell:
    """The cell at a row and column; a merged one has no value of its own."""
    cell = sheet.cell(row, place)
    assert isinstance(cell, Cell)
    return cell


def put_text(cell: Cell, text: str) -> None:
    """Write a text that stays a text, whatever it begins with."""
    cell.value = escape(clean(text))
    cell.data_type = "s"
    if text.startswith(_LIKE_FORMULA):
        cell.quotePrefix = True


def fill(
    sheet: Worksheet,
    definition: Return,
    place: int,
    content: Content,
    said: Callable[[], None],
) -> None:
    """Put the table of a return's listing at a place on an empty sheet; ``said`` is called for each line."""
    listing, lines = definition.listings[place], content.tables[place]
    columns = listing.columns_for(content.plan.years)
    _put_titles(sheet, definition, listing, content, len(columns))
    _put_headings(sheet, columns)
    for row, along, line, column in cells(columns, lines):
        if along == FIRST_COLUMN:
            _put_key(sheet, row, listing, content, line)
            sheet.row_dimensions[row].height = _height(columns, line)
            said()
        _put(at(sheet, row, along), column, line)
    last = max(FIRST_ROW, FIRST_ROW + len(lines) - 1)
    _put_choices(sheet, columns, content.plan, last)
    sheet.freeze_panes = at(sheet, FIRST_ROW, _frozen(columns, listing.ref))
    sheet.auto_filter.ref = f"{address(HEADER_ROW, FIRST_COLUMN)}:{address(last, FIRST_COLUMN + len(columns) - 1)}"
    _protect(sheet)
    set_up_page(sheet, content.plan)
    sheet.print_title_rows = f"{BAND_ROW}:{HEADER_ROW}"
    sheet.print_area = f"{address(1, FIRST_COLUMN)}:{address(last, FIRST_COLUMN + len(columns) - 1)}"


def about(definition: Return, content: Content) -> str:
    """Which return this is, of which year and for whom, in one line."""
    due = f"please return by {content.due:%d/%m/%Y}" if content.due else ""
    return " · ".join(filter(None, (definition.title, content.identity.when, content.identity.owner, due)))


def _about_table(definition: Return, listing: Listing, content: Content) -> str:
    said = about(definition, content)
    return said if len(definition.listings) == 1 else f"{listing.title} · {said}"


def _put_titles(sheet: Worksheet, definition: Return, listing: Listing, content: Content, width: int) -> None:
    plan = content.plan
    titles = (
        (
            TITLE_ROW,
            " · ".join(filter(None, (plan.title, plan.force))),
            Font(name=_FONT, size=16, bold=True, color=HEAD),
        ),
        (ABOUT_ROW, _about_table(definition, listing, content), Font(name=_FONT, size=12, bold=True, color=INK)),
        (
            NOTE_ROW,
            " · ".join(filter(None, (plan.marking, plan.illustrative))),
            Font(name=_FONT, size=10, bold=True, color="9A3412"),
        ),
        (ADVICE_ROW, ADVICE, Font(name=_FONT, size=10, color=QUIET)),
    )
    for row, text, font in titles:
        cell = at(sheet, row, FIRST_COLUMN)
        if text:
            put_text(cell, text)
        cell.font = font
        cell.alignment = Alignment(vertical="center")
        sheet.merge_cells(start_row=row, end_row=row, start_column=FIRST_COLUMN, end_column=FIRST_COLUMN + width - 1)
    sheet.row_dimensions[TITLE_ROW].height = 26
    sheet.row_dimensions[ABOUT_ROW].height = 20
    sheet.row_dimensions[NOTE_ROW].hidden = not (plan.marking or plan.illustrative)


def _put_headings(sheet: Worksheet, columns: Sequence[Column]) -> None:
    key = at(sheet, HEADER_ROW, KEY_COLUMN)
    put_text(key, "key")
    sheet.column_dimensions[key.column_letter].hidden = True
    for place, column in enumerate(columns, FIRST_COLUMN):
        band, head = at(sheet, BAND_ROW, place), at(sheet, HEADER_ROW, place)
        if column.editable:
            put_text(band, "▼ fill in")
        band.font = Font(name=_FONT, size=8, italic=True, color=QUIET)
        band.alignment = Alignment(horizontal="center")
        put_text(head, column.title)
        head.font = Font(name=_FONT, size=10, bold=True, color="FFFFFF")
        head.fill = PatternFill("solid", fgColor=HEAD)
        head.border = _BOX
        head.alignment = Alignment(wrap_text=True, vertical="center", horizontal=_side(column))
        sheet.column_dimensions[head.column_letter].width = column.width + 2
    sheet.row_dimensions[HEADER_ROW].height = 32


def _put_key(sheet: Worksheet, row: int, listing: Listing, content: Content, line: Line) -> None:
    ref, text = (str(line.values.get(name) or "") for name in (listing.ref, listing.text))
    put_text(at(sheet, row, KEY_COLUMN), row_key(line.key, content.identity, ref, text))


def _put(cell: Cell, column: Column, line: Line) -> None:
    value, form = written(column, line.values.get(column.field))
    if isinstance(value, str):
        put_text(cell, value)
    elif value is not None:
        cell.value = value
    cell.number_format = form
    cell.font = _BOLD if column.field == "ref" else _BODY
    cell.alignment = _WRAP[_side(column)]
    cell.border = _BOX if column.editable else _RULED
    cell.protection = _OPEN if column.editable else _CLOSED
    if not column.editable:
        cell.fill = _GREY


def _side(column: Column) -> str:
    return "center" if column.kind in _TYPED | {"yes/no"} else "left"


def _height(columns: Sequence[Column], line: Line) -> float:
    """The height in points that the longest text of a row needs when it wraps."""
    most = 1
    for column in columns:
        text = shown(column, line.values.get(column.field))
        most = max(most, sum(max(1, ceil(len(part) / (column.width + 2))) for part in text.split("\n")))
    return min(MOST_HEIGHT, most * LINE_HEIGHT + 6)


def _frozen(columns: Sequence[Column], ref: str) -> int:
    """The first column that scrolls: the one behind the reference."""
    return next((n for n, column in enumerate(columns, FIRST_COLUMN + 1) if column.field == ref), FIRST_COLUMN)


def _put_choices(sheet: Worksheet, columns: Sequence[Column], plan: PlanFacts, last: int) -> None:
    """Lists to choose from and what may be typed, each with its message in words."""
    for place, column in enumerate(columns, FIRST_COLUMN):
        rule = _rule(column, plan)
        if rule is None or not column.editable:
            continue
        rule.add(f"{address(FIRST_ROW, place)}:{address(last, place)}")
        rule.errorTitle = rule.promptTitle = column.title[:32]
        rule.prompt = _cut(column.help, _PROMPT)
        rule.showInputMessage = bool(column.help)
        sheet.add_data_validation(rule)


def _rule(column: Column, plan: PlanFacts) -> DataValidation | None:
    if column.kind in ("choice", "choices"):
        rule = DataValidation(type="list", formula1=list_range(plan, column.choices), allow_blank=True)
        rule.showErrorMessage = column.kind == "choice"
        rule.error = _cut(f"Choose one of: {', '.join(plan.lists[column.choices])}.", _PROMPT)
        return rule if plan.lists[column.choices] else None
    if column.kind == "yes/no":
        rule = DataValidation(type="list", formula1='"Yes,No"', allow_blank=True, showErrorMessage=True)
        rule.error = "Write Yes or No."
        return rule
    if column.kind == "date":
        first, last = year_start(min(plan.years) - 2), year_end(max(plan.years) + 5)
        rule = _between("date", _serial(first), _serial(last))
        rule.error = f"Write a date as day/month/year, from {first:%d/%m/%Y} to {last:%d/%m/%Y}, or [clear]."
        return rule
    if column.kind == "percent":
        rule = _between("decimal", "0", "1")
        rule.error = "Write a percentage from 0% to 100%, or [clear]."
        return rule
    return None


def _between(kind: Literal["date", "decimal"], least: str, most: str) -> DataValidation:
    """A rule that asks, and lets pass what a person insists on, such as the word for clearing."""
    return DataValidation(
        type=kind,
        operator="between",
        formula1=least,
        formula2=most,
        allow_blank=True,
        showErrorMessage=True,
        errorStyle="warning",
    )


_FIRST_DAY = date(1899, 12, 30)


def _serial(day: date) -> str:
    return str((day - _FIRST_DAY).days)


def list_range(plan: PlanFacts, name: str) -> str:
    """Where a list stands on the hidden sheet, as a formula names it."""
    place = LISTS_FROM + sorted(plan.lists).index(name)
    letters = address(1, place)[:-1]
    return f"'{META}'!${letters}$1:${letters}${max(1, len(plan.lists[name]))}"


LISTS_FROM = 4
"""The column of the hidden sheet in which its first list stands."""


def _protect(sheet: Worksheet) -> None:
    """Lock what is for reference. There is no password: it is a reminder, and the reading does not rely on it."""
    sheet.protection.sheet = True
    for allowed in ("formatColumns", "formatRows", "sort", "autoFilter"):
        setattr(sheet.protection, allowed, False)


def set_up_page(sheet: Worksheet, plan: PlanFacts) -> None:
    """A4 across, as wide as the page, with the plan and its marking above and the page number below."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom = 0.8, 0.7
    sheet.page_margins.header = sheet.page_margins.footer = 0.35
    sheet.oddHeader = HeaderFooterItem(
        left=_HeaderFooterPart(_printed(plan.title, 50)),
        center=_HeaderFooterPart(_printed(plan.marking, 30)),
        right=_HeaderFooterPart(_printed(plan.illustrative, 155)),
    )
    sheet.oddFooter = HeaderFooterItem(
        left=_HeaderFooterPart(_printed(sheet.title, 60)), right=_HeaderFooterPart("Page &P of &N")
    )
    sheet.sheet_view.showGridLines = False


def _printed(text: str, most: int) -> str | None:
    """A text in a header, where an ampersand would begin a code and all of it may be 255 characters."""
    return _cut(clean(text).replace("\n", " "), most).replace("&", "&&") or None


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
