"""The sheet that a person fills in: its titles, and its table."""

from collections.abc import Callable, Hashable, Sequence
from typing import NamedTuple

from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from spp_desktop.returns import looks, rules
from spp_desktop.returns.definition import Content, Listing, Return, ReturnColumn, ReturnRow, Value
from spp_desktop.returns.instructions import FILL_IN, is_asked
from spp_desktop.returns.looks import CellLook, Looks, at, font, lines_of, put_text
from spp_desktop.returns.placement import (
    ABOUT_ROW,
    ADVICE_ROW,
    BAND_ROW,
    FIRST_COLUMN,
    FIRST_ROW,
    HEADER_ROW,
    HELP,
    KEY,
    KEY_COLUMN,
    NOTE_ROW,
    TITLE_ROW,
    address,
    cells_of,
    row_key,
)
from spp_desktop.returns.printing import note_of, set_up_page
from spp_desktop.returns.values import written
from spp_desktop.returns.words import clean
from spp_desktop.returns.written_rows import WrittenRows, text_cell, value_cell

RowsWritten = Callable[[int, int], None]
"""Told how many rows are done, and of how many; what it raises stops the writing."""

_SHORT = 60
"""Characters up to which a text is likely to stand in many cells."""

MOST_FROZEN = 45
"""Characters of columns that stay when the rest is scrolled: a third of a small screen."""

PADDING = 5 / 7
"""What a column is wider than its text, in characters: five pixels, of which a digit has seven."""

_HEIGHTS = {TITLE_ROW: 20.0, ABOUT_ROW: 16.0, NOTE_ROW: 14.0, ADVICE_ROW: 14.0, BAND_ROW: 13.0, HEADER_ROW: 30.0}
_LEADS = '@" (first leads)"'
"""The format of a cell with several owners: what it shows behind what it holds."""

ADVICE = (
    f"Fill in the white boxed cells, below “{FILL_IN}”; the shaded ones are for reference. A cell left empty is no "
    f"answer. More on the sheet “{HELP}”."
)

REFERENCE = "This sheet is for reference: there is nothing to fill in."
"""The same of a sheet that only tells something."""

NOTHING_ASKED = "Nothing is asked for on this sheet this time: there is nothing to fill in."
"""The same of a sheet without rows."""

SPARE = "An empty row for what the plan does not have yet. Leave it empty if there is nothing to add."


def fill(
    sheet: Worksheet, definition: Return, place: int, content: Content, row_done: Callable[[], None]
) -> WrittenRows:
    """Put the table of a return's listing at a place on an empty sheet; ``row_done`` is called for each line.

    Returns:
        The rows of the table, which are put into the sheet when it is written.
    """
    listing, lines = definition.listings[place], content.tables[place]
    table = _WrittenTable(sheet, listing, content)
    _put_titles(sheet, definition, place, content)
    table.put_headings(asked=is_asked(listing, lines, content))
    before: ReturnRow | None = None
    for line in lines:
        table.put_line(line, before)
        before = line
        row_done()
    empty = 0 if listing.only_tells else content.blank or listing.spare
    for _ in range(empty):
        table.put_empty()
    table.finish(len(lines), empty)
    set_up_page(sheet, definition, content)
    return table.rows


def about(definition: Return, content: Content) -> str:
    """Which return this is, of which year and for whom, and what is said of its layout, in one line."""
    title = f"{definition.title} (blank form)" if content.blank else definition.title
    return " · ".join(filter(None, (title, content.identity.when, content.identity.owner, definition.layout)))


def whose(definition: Return, content: Content) -> str:
    """Of which plan and which force it is; a return to somebody outside says the code of the force, too."""
    plan = content.plan
    code = f"force code {plan.force_code}" if definition.stands_for and plan.force_code else ""
    return " · ".join(filter(None, (plan.title, plan.force, code)))


def return_by(content: Content) -> str:
    """By when an answer is wanted, in a few words; empty if nothing is said of that."""
    return f"please return by {content.due:%d/%m/%Y}" if content.due else ""


def _put_titles(sheet: Worksheet, definition: Return, place: int, content: Content) -> None:
    """Put the rows above a table; what has to be seen stands first in its row, where it does not scroll away."""
    listing, lines = definition.listings[place], content.tables[place]
    plan, by = content.plan, return_by(content)
    which = by[:1].upper() + by[1:], listing.title if len(definition.listings) > 1 else "", about(definition, content)
    advice = REFERENCE if listing.only_tells else ADVICE if is_asked(listing, lines, content) else NOTHING_ASKED
    titles: tuple[tuple[int, str, Font], ...] = (
        (TITLE_ROW, whose(definition, content), font(13, looks.HEAD, bold=True)),
        (ABOUT_ROW, " · ".join(filter(None, which)), font(11, bold=True)),
        (NOTE_ROW, note_of(plan), font(9, looks.NOTE, bold=True)),
        (ADVICE_ROW, advice, font(9, looks.QUIET)),
    )
    for row, text, letters in titles:
        cell = at(sheet, row, FIRST_COLUMN)
        if text:
            put_text(cell, text)
        cell.font = letters
        cell.alignment = Alignment(vertical="center")
    for row, height in _HEIGHTS.items():
        sheet.row_dimensions[row].height = height
    sheet.row_dimensions[NOTE_ROW].hidden = not note_of(plan)


class _TableCell(NamedTuple):
    """A cell of a table: its text in the file, and how many lines of its column it takes."""

    text: str
    lines: int


class _WrittenTable:
    """The table of one sheet, as it is being written."""

    def __init__(self, sheet: Worksheet, listing: Listing, content: Content) -> None:
        self._sheet, self._listing, self._content = sheet, listing, content
        self._columns = listing.columns_for(content.plan.years, content.plan.roles)
        self._looks = Looks()
        self._known: dict[Hashable, _TableCell] = {}
        self.rows = WrittenRows(sheet, FIRST_ROW, FIRST_COLUMN + len(self._columns) - 1)

    def put_headings(self, *, asked: bool) -> None:
        """The row of headings, and above it the words that say which columns are filled in, where any row is asked."""
        sheet = self._sheet
        put_text(at(sheet, HEADER_ROW, KEY_COLUMN), KEY)
        sheet.column_dimensions[address(1, KEY_COLUMN)[:-1]].hidden = True
        for place, column in enumerate(self._columns, FIRST_COLUMN):
            band, head = at(sheet, BAND_ROW, place), at(sheet, HEADER_ROW, place)
            is_open = asked and self._is_open(column, empty=bool(self._content.blank))
            if is_open:
                put_text(band, FILL_IN)
            band.font, band.alignment = font(9, looks.HEAD, bold=True), Alignment(horizontal=column.kind.side)
            put_text(head, column.title)
            head.font = font(color=looks.PAPER if is_open else looks.INK, bold=True)
            head.fill = looks.DARK if is_open else looks.PALE
            head.border, head.alignment = looks.BOX, looks.wrapped(column.kind.side)
            sheet.column_dimensions[head.column_letter].width = column.width + PADDING

    def put_line(self, line: ReturnRow, before: ReturnRow | None) -> None:
        """A row of the plan, with its key. Below the first row of a group the others are quieter."""
        listing = self._listing
        ref, text = listing.words_of(line)
        part = "alone"
        if listing.group:
            same = before is not None and before.values.get(listing.group) == line.values.get(listing.group)
            part = "next" if same else "first"
        cells = [self._cell(column, line.values.get(column.field), part) for column in self._columns]
        key = text_cell(row_key(line.key, self._content.identity, ref, text))
        self.rows.add((key, *[cell.text for cell in cells]), max((cell.lines for cell in cells), default=1))

    def put_empty(self) -> None:
        """An empty row, to be filled in whole."""
        self.rows.add(("", *[self._cell(column, None, "empty").text for column in self._columns]), None)

    def _cell(self, column: ReturnColumn, value: Value, part: str) -> "_TableCell":
        """A cell of a column, in words; what short values say is put into words once."""
        if isinstance(value, str) and len(value) > _SHORT:
            return self._made(column, value, part)
        known = column.field, type(value), value, part
        if known not in self._known:
            self._known[known] = self._made(column, value, part)
        return self._known[known]

    def _made(self, column: ReturnColumn, value: Value, part: str) -> "_TableCell":
        kept, form = written(column, value)
        several = isinstance(value, tuple) and len(value) > 1
        if several and not column.editable:
            form = _LEADS
        text = clean(kept) if isinstance(kept, str) else ""
        look = self._looks.number(
            self._sheet,
            (column.field, form, part),
            lambda: self._look(column, form, part),
            quoted=looks.like_formula(text),
        )
        if not isinstance(kept, str):
            return _TableCell(value_cell(kept, look), 1)
        shown = f"{text} (first leads)" if several else text
        return _TableCell(text_cell(text, look), 1 if self._is_quiet(column, part) else lines_of(shown, column.width))

    def _look(self, column: ReturnColumn, form: str, part: str) -> CellLook:
        is_open = self._is_open(column, empty=part == "empty")
        border = looks.BOX if is_open else looks.RULED
        quiet = self._is_quiet(column, part)
        named = column.field == self._listing.ref
        return CellLook(
            looks.FAINT if quiet else looks.BOLD if named else looks.BODY,
            looks.WHITE if is_open else looks.GREY,
            looks.below_rule(border) if part == "first" else border,
            looks.wrapped(column.kind.side, wrap=not quiet),
            form,
            is_open,
        )

    def _is_quiet(self, column: ReturnColumn, part: str) -> bool:
        """Whether a cell repeats what stands above it in the group."""
        return part == "next" and (column.of_group or column.field == self._listing.group)

    def _is_open(self, column: ReturnColumn, *, empty: bool) -> bool:
        if self._listing.only_tells:
            return False
        return not column.computed if empty else column.editable

    def finish(self, lines: int, empty: int) -> None:
        """What holds for all of it: what may be typed, what stays when it scrolls, what is locked, what prints."""
        sheet, columns, plan = self._sheet, self._columns, self._content.plan
        end, last = FIRST_ROW + lines - 1, max(FIRST_ROW, FIRST_ROW + lines + empty - 1)
        for place, column in enumerate(columns, FIRST_COLUMN):
            first = FIRST_ROW if column.editable else end + 1
            if first <= last and not column.computed:
                rules.put_rule(sheet, column, plan, cells_of(place, first, last))
        if empty and not self._content.blank:
            rules.put_prompt(sheet, "New row", SPARE, cells_of(FIRST_COLUMN, end + 1, last))
        rules.put_reminders(sheet, columns, plan, last)
        corner = f"{address(HEADER_ROW, FIRST_COLUMN)}:{address(last, FIRST_COLUMN + len(columns) - 1)}"
        sheet.auto_filter.ref = corner
        rules.leave_unmarked(sheet, corner)
        sheet.freeze_panes = address(FIRST_ROW, FIRST_COLUMN + _frozen(columns))
        chosen = sheet.sheet_view.selection[-1]
        chosen.activeCell = chosen.sqref = address(FIRST_ROW, self._first_open())
        _protect(sheet)
        sheet.print_title_rows = f"{BAND_ROW}:{HEADER_ROW}"
        sheet.print_area = corner.replace(address(HEADER_ROW, FIRST_COLUMN), address(1, FIRST_COLUMN), 1)

    def _first_open(self) -> int:
        is_open = [self._is_open(column, empty=bool(self._content.blank)) for column in self._columns]
        return FIRST_COLUMN + (is_open.index(True) if True in is_open else 0)


def _frozen(columns: Sequence[ReturnColumn]) -> int:
    """How many columns stay when the rest is scrolled: those before the first to be filled in, as far as fits."""
    wide = 0
    for number, column in enumerate(columns):
        wide += column.width
        if column.editable or wide > MOST_FROZEN:
            return max(1, number)
    return len(columns)


def _protect(sheet: Worksheet) -> None:
    """Lock what is for reference. There is no password: it is a reminder, and the reading does not rely on it."""
    sheet.protection.sheet = True
    for allowed in ("formatColumns", "formatRows", "sort", "autoFilter"):
        setattr(sheet.protection, allowed, False)
