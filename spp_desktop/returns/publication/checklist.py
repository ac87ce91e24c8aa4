"""The rules for accessible spreadsheets, one by one, and what a finished workbook says to each.

They are those of the Analysis Function's checklist as its drafting repository had it on 19 July 2021
(best-practice-and-impact/spreadsheet-accessibility), under the numbers that this program gives them: T tables, N notes,
F format, S structure, P before publishing. Which are essential is as co-analysis/a11ytables says. The published pages
may be worded otherwise by now.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from spp_desktop.plan.kinds.spelling import fold
from spp_desktop.returns.looks import lines_of
from spp_desktop.returns.placement import address
from spp_desktop.returns.publication.accessible_text import MARKS, SUPERSCRIPTS, is_read
from spp_desktop.returns.publication.seen import SeenBook, SeenCell, SeenPlace, SeenSheet, SeenTable

RuleOutcome = Literal["passed", "failed", "not automatable"]

SANS_SERIF = (
    "arial", "calibri", "verdana", "helvetica", "tahoma", "aptos", "segoe ui", "open sans", "noto sans", "dejavu sans",
    "liberation sans", "trebuchet ms",
)  # fmt: skip
"""Letters without serifs that are known as such."""

LEAST_SIZE, LEAST_TITLE_SIZE = 10, 12
MOST_SAID = 20
"""Places that are named of one rule."""

_NOTE = re.compile(r"\[note ([0-9]+)\]")
_LIKE_NOTE = re.compile(r"\[[^\]]*\bnotes?\b[^\]]*\]|\(\s*(?:foot)?notes?\s*[0-9]", re.IGNORECASE)
_NOTES_APART = re.compile(r"\[note [0-9]+\][,;\s]+\[note [0-9]+\]")
_SHORTHAND = re.compile(r"\[(?!note )[a-z]{1,3}[0-9]?\]")
_TABLE_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_NO_NAME = re.compile(r"(?:table|data|range|sheet)_?[0-9]*|[a-z]{1,3}[0-9]{1,7}|r[0-9]*c[0-9]*", re.IGNORECASE)
_SHEET_UNNAMED = re.compile(r"(?:sheet|table) ?[0-9]*", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_LINE, _AROUND, _HIGHEST = 13.0, 4.0, 409.0
"""Points that a line of text takes at least, what stands around it, and how high a row may be."""
_USUAL_WIDTH = 8.43
_NOTES = "notes"
_MARKS = frozenset((*MARKS, *SUPERSCRIPTS))

Faults = Iterator[str]


@dataclass(frozen=True)
class ChecklistRule:
    """A rule: its number, whether it is essential, its words, what of a workbook breaks it; ``None`` for a person."""

    number: str
    essential: bool
    words: str
    faults: Callable[[SeenBook], Faults] | None = None


@dataclass(frozen=True)
class RuleAnswer:
    """What a workbook says to a rule: how it came out, and where it is broken, each place in a few words."""

    rule: ChecklistRule
    outcome: RuleOutcome
    where: tuple[str, ...] = ()


def answers(book: SeenBook) -> list[RuleAnswer]:
    """What a finished workbook says to each rule, in their order."""
    return [_answer(rule, book) for rule in RULES]


def failed(given: Iterable[RuleAnswer]) -> list[RuleAnswer]:
    """Those of the rules that are broken."""
    return [answer for answer in given if answer.outcome == "failed"]


def _answer(rule: ChecklistRule, book: SeenBook) -> RuleAnswer:
    if rule.faults is None:
        return RuleAnswer(rule, "not automatable")
    where = tuple(dict.fromkeys(rule.faults(book)))
    return RuleAnswer(rule, "failed" if where else "passed", where)


# Tables


def _marked_up(book: SeenBook) -> Faults:
    for sheet in book.sheets:
        for place in sheet.cells:
            if place[1] > 1 and not any(table.holds(place) for table in sheet.tables):
                yield _at(sheet, place)


def _table_names(book: SeenBook) -> Faults:
    known: set[str] = set()
    for sheet, table in _tables(book):
        twice = fold(table.name) in known
        known.add(fold(table.name))
        if twice or not _TABLE_NAME.fullmatch(table.name) or _NO_NAME.fullmatch(table.name):
            yield f"{sheet.title}: the table “{table.name}”"


def _merged(book: SeenBook) -> Faults:
    for sheet in book.sheets:
        yield from (f"{sheet.title}: {merged}" for merged in sheet.merged)
        for number, table in enumerate(sheet.tables):
            for other in sheet.tables[:number]:
                if table.holds(other.first) or other.holds(table.first):
                    yield f"{sheet.title}: the tables “{other.name}” and “{table.name}” are in one another"


def _blank_lines(book: SeenBook) -> Faults:
    for sheet, table in _tables(book):
        columns = table.columns()
        for row in table.rows():
            if not any((row, column) in sheet.cells for column in columns):
                yield f"{sheet.title}: row {row}"
        for column in columns:
            if not any((row, column) in sheet.cells for row in table.rows()):
                yield f"{sheet.title}: column {address(1, column)[:-1]}"


def _headings(book: SeenBook) -> Faults:
    for sheet, table in _tables(book):
        if not table.headed:
            yield f"{sheet.title}: the table “{table.name}” has no row that is tagged as its headings, or several"
        texts = Counter(fold(sheet.text(table.first[0], column)) for column in table.columns())
        for column in table.columns():
            place = (table.first[0], column)
            own = fold(sheet.text(*place))
            if not own or texts[own] > 1:
                yield _at(sheet, place)


def _visible(book: SeenBook) -> Faults:
    for sheet in book.sheets:
        for place, cell in sheet.cells.items():
            if not _is_seen(sheet, place, cell):
                yield _at(sheet, place)


def _is_seen(sheet: SeenSheet, place: SeenPlace, cell: SeenCell) -> bool:
    """Whether all of a cell's text can be seen: in its lines, over empty cells beside it, or as it is, short enough."""
    row, column = place
    width = sheet.widths.get(column, _USUAL_WIDTH)
    if cell.kind != "text":
        return len(cell.text) <= width
    if cell.look.wrapped:
        needed = lines_of(cell.text, width) * _LINE + _AROUND
        return needed <= min(sheet.heights.get(row, _HIGHEST) + _LINE, _HIGHEST)
    beside = (other for other in sheet.cells if other[0] == row and other[1] > column)
    return next(beside, None) is None


def _filters(book: SeenBook) -> Faults:
    for sheet in book.sheets:
        words = fold(" ".join(sheet.text(row, 1) for row, column in sheet.cells if column == 1))
        if sheet.frozen and not ("freez" in words or "frozen" in words):
            yield f"{sheet.title}: frozen panes"
        if (sheet.filtered or any(table.filtered for table in sheet.tables)) and "filter" not in words:
            yield f"{sheet.title}: a filter"


def _blank_cells(book: SeenBook) -> Faults:
    for sheet, table in _tables(book):
        words = fold(" ".join(sheet.above(table)))
        if "blank" in words or "empty" in words:
            continue
        for row in table.rows():
            for column in table.columns():
                if (row, column) not in sheet.cells:
                    yield _at(sheet, (row, column))


def _hidden(book: SeenBook) -> Faults:
    for sheet in book.sheets:
        yield from (f"{sheet.title}: {hidden}" for hidden in sheet.hidden)


# Notes


def _note_symbols(book: SeenBook) -> Faults:
    for sheet, place, cell in _cells(book):
        if cell.kind == "text" and not _MARKS.isdisjoint(cell.text):
            yield _at(sheet, place)


def _note_forms(book: SeenBook) -> Faults:
    for sheet, place, cell in _cells(book):
        like = _LIKE_NOTE.findall(cell.text)
        if any(not _NOTE.fullmatch(each) for each in like) or _NOTES_APART.search(cell.text):
            yield _at(sheet, place)


def _marks_in_data(book: SeenBook) -> Faults:
    for sheet, table in _tables(book):
        for column in table.columns():
            filled = [
                ((row, column), cell) for row in table.rows() if (cell := sheet.cells.get((row, column))) is not None
            ]
            figures = any(cell.kind != "text" for _, cell in filled)
            for place, cell in filled:
                bare = _SHORTHAND.fullmatch(cell.text)
                if cell.kind == "text" and not bare and (figures or _SHORTHAND.search(cell.text)):
                    yield _at(sheet, place)


def _notes_resolve(book: SeenBook) -> Faults:
    notes = next((sheet for sheet in book.sheets if fold(sheet.title) == _NOTES), None)
    if notes is None:
        yield "there is no worksheet “Notes”"
        return
    listed = {
        number
        for table in notes.tables
        for row in table.rows()
        for number in _NOTE.findall(notes.text(row, table.first[1]))
    }
    referred: dict[str, str] = {}
    for sheet, place, cell in _cells(book):
        if sheet is not notes and sheet.tables and fold(sheet.title) != "cover":
            for number in _NOTE.findall(cell.text):
                referred.setdefault(number, _at(sheet, place))
    yield from (f"{where}: there is no note {number}" for number, where in referred.items() if number not in listed)
    yield from (f"Notes: nothing refers to note {number}" for number in sorted(listed - set(referred), key=int))


# Format


def _letters(book: SeenBook) -> Faults:
    for sheet, place, cell in _cells(book):
        look = cell.look
        least = LEAST_TITLE_SIZE if look.heading else LEAST_SIZE
        wrong = (
            (look.font.casefold() not in SANS_SERIF, f"letters of {look.font or 'an unknown font'}"),
            (look.size < least, f"letters of {look.size:g} points"),
            (bool(look.colour), f"a fixed colour of letters ({look.colour})"),
            (look.slanted, "slanting letters"),
            (look.underlined and not cell.link, "underlined letters"),
            (look.bordered, "a border"),
            (look.turned, "text that is turned"),
        )
        yield from (f"{_at(sheet, place)}: {words}" for is_wrong, words in wrong if is_wrong)


def _titles(book: SeenBook) -> Faults:
    for sheet in book.sheets:
        first = sheet.cells.get((1, 1))
        if first is None or first.look.heading != 1:
            yield f"{sheet.title}: A1"


def _symbols(book: SeenBook) -> Faults:
    for sheet, place, cell in _cells(book):
        if cell.kind == "text" and (unread := sorted(letter for letter in set(cell.text) if not is_read(letter))):
            yield f"{_at(sheet, place)}: {unread[0]}"


def _floating(book: SeenBook) -> Faults:
    for sheet in book.sheets:
        yield from (f"{sheet.title}: {words}" for words in sheet.beside)


def _shading(book: SeenBook) -> Faults:
    for sheet, place, cell in _cells(book):
        if cell.look.filled:
            yield _at(sheet, place)
    yield from (f"{sheet.title}: rows or columns shaded in turn" for sheet, table in _tables(book) if table.striped)


def _by_colour(book: SeenBook) -> Faults:
    """Where colour says what words do not: cells of a column that say the same in different colours, or only colour."""
    for sheet, table in _tables(book):
        for column in table.columns():
            looks: dict[str, tuple[str, bool]] = {}
            for row in table.rows():
                cell = sheet.cells.get((row, column))
                if cell is not None:
                    own = cell.look.colour, cell.look.filled
                    if looks.setdefault(fold(cell.text), own) != own:
                        yield _at(sheet, (row, column))
    for sheet in book.sheets:
        yield from (_at(sheet, place) for place in sheet.painted)


def _images(book: SeenBook) -> Faults:
    for sheet in book.sheets:
        yield from (f"{sheet.title}: {words}" for words in sheet.pictures)


def _formulas(book: SeenBook) -> Faults:
    yield from book.code
    yield from (_at(sheet, place) for sheet, place, cell in _cells(book) if cell.kind == "formula")


# Structure


def _sheet_names(book: SeenBook) -> Faults:
    known: set[str] = set()
    for sheet in book.sheets:
        own = fold(sheet.title)
        if own in known or not own or sheet.title != sheet.title.strip() or _SHEET_UNNAMED.fullmatch(sheet.title):
            yield f"“{sheet.title}”"
        known.add(own)


def _blank_sheets(book: SeenBook) -> Faults:
    yield from (sheet.title for sheet in book.sheets if not sheet.cells)


def _column_a(book: SeenBook) -> Faults:
    for sheet in book.sheets:
        if not sheet.text(1, 1):
            yield f"{sheet.title}: A1 holds no title"
    for sheet, table in _tables(book):
        above = list(sheet.above(table))
        if "table" not in fold(sheet.text(2, 1)) or table.first[0] <= 2:  # noqa: PLR2004 - A2 is above it
            yield f"{sheet.title}: A2 does not say what is on the worksheet"
        inside = [cell.text for place, cell in sheet.cells.items() if table.holds(place)]
        used = {mark for text in inside for mark in _SHORTHAND.findall(text)}
        yield from (
            f"{sheet.title}: what {mark} means is not said above the table"
            for mark in sorted(used)
            if not any(mark in line for line in above)
        )
        noted = fold(sheet.title) != _NOTES and any(map(_NOTE.search, inside))
        if noted and not any("note" in fold(line) for line in above):
            yield f"{sheet.title}: where the notes are is not said above the table"


def _left_edge(book: SeenBook) -> Faults:
    for sheet, table in _tables(book):
        if table.first[1] != 1:
            yield f"{sheet.title}: the table “{table.name}” begins in column {address(1, table.first[1])[:-1]}"


def _below(book: SeenBook) -> Faults:
    for sheet in book.sheets:
        last = max((table.last[0] for table in sheet.tables), default=0)
        if last:
            yield from (_at(sheet, place) for place in sheet.cells if place[0] > last)


def _one_table(book: SeenBook) -> Faults:
    for sheet in book.sheets:
        if len(sheet.tables) > 1:
            yield f"{sheet.title}: {len(sheet.tables)} tables"


# Before publishing


def _properties(book: SeenBook) -> Faults:
    properties = {"title": book.title, "author": book.author, "keywords": book.keywords}
    yield from (f"the document has no {name}" for name, text in properties.items() if not text.strip())
    if not _LANGUAGE.fullmatch(book.language):
        yield "the document does not say its language"


def _opened(book: SeenBook) -> Faults:
    if book.first != 0:
        yield "it does not open on its first worksheet"
    for sheet in book.sheets:
        if sheet.cursor != "A1":
            yield f"{sheet.title}: the cursor is at {sheet.cursor or 'no cell'}"
        if sheet.zoom != 100:  # noqa: PLR2004 - per cent
            yield f"{sheet.title}: shown at {sheet.zoom}%"


def _open_form(book: SeenBook) -> Faults:
    if book.form != "ods" and "ods" not in book.beside:
        yield f"{book.name}: no .ods of the same name stands beside it"


def _no_zip(book: SeenBook) -> Faults:
    if not fold(book.name).endswith(f".{book.form}"):
        yield f"{book.name}: it is not offered as .{book.form}"


# What they have in common


def _tables(book: SeenBook) -> Iterator[tuple[SeenSheet, SeenTable]]:
    return ((sheet, table) for sheet in book.sheets for table in sheet.tables)


def _cells(book: SeenBook) -> Iterator[tuple[SeenSheet, SeenPlace, SeenCell]]:
    return ((sheet, place, cell) for sheet in book.sheets for place, cell in sheet.cells.items())


def _at(sheet: SeenSheet, place: SeenPlace) -> str:
    return f"{sheet.title}: {address(*place)}"


RULES: tuple[ChecklistRule, ...] = (
    ChecklistRule("T1", True, "Every table is marked up as a table.", _marked_up),
    ChecklistRule("T2", False, "Tables have meaningful names of their own, without spaces and dashes.", _table_names),
    ChecklistRule("T3", True, "No cells are merged or split, and no table is inside another.", _merged),
    ChecklistRule("T4", True, "No row or column inside a table is blank.", _blank_lines),
    ChecklistRule("T5", True, "Each table has one tagged row of headings, each with text of its own.", _headings),
    ChecklistRule("T6", True, "Text is wrapped, and all of it can be seen.", _visible),
    ChecklistRule("T7", False, "There are no filters and no frozen panes, or column A says so.", _filters),
    ChecklistRule(
        "T8", True, "No cell of a table is blank, or column A says why; shorthand is used instead.", _blank_cells
    ),
    ChecklistRule("T9", False, "No rows or columns are hidden.", _hidden),
    ChecklistRule("N1", True, "No symbols or raised digits mark notes.", _note_symbols),
    ChecklistRule("N2", False, "Notes are marked [note 1], several as [note 1][note 2].", _note_forms),
    ChecklistRule(
        "N3", False, "Marks stand in titles, headings and row labels, never in a cell with data.", _marks_in_data
    ),
    ChecklistRule(
        "N4", False, "The texts of notes stand in a table on the worksheet “Notes”, each referred to.", _notes_resolve
    ),
    ChecklistRule(
        "F1", False, "Letters have no serifs, 10 points or more, titles 12, and each person's own colour.", _letters
    ),
    ChecklistRule("F2", True, "A1 of each worksheet is its title, in the style Heading 1.", _titles),
    ChecklistRule("F3", False, "There are no symbols that are not read aloud.", _symbols),
    ChecklistRule("F4", True, "There are no headers, footers, text boxes or controls.", _floating),
    ChecklistRule("F5", False, "No colour or shading divides data.", _shading),
    ChecklistRule("F6", True, "Nothing is said by colour alone.", _by_colour),
    ChecklistRule("F7", False, "There are no images.", _images),
    ChecklistRule("F8", False, "There are no macros and no formulas.", _formulas),
    ChecklistRule(
        "S1", True, "Worksheets have descriptive names of their own, without spaces around them.", _sheet_names
    ),
    ChecklistRule("S2", True, "No worksheet is blank.", _blank_sheets),
    ChecklistRule(
        "S3", True, "Column A holds the title, what is on the worksheet, and the key, above the table.", _column_a
    ),
    ChecklistRule("S4", True, "Tables begin at the left edge.", _left_edge),
    ChecklistRule("S5", False, "Nothing stands below a table.", _below),
    ChecklistRule("S6", False, "A worksheet holds one table.", _one_table),
    ChecklistRule("P1", True, "The spelling has been checked."),
    ChecklistRule("P2", False, "The accessibility checker of a spreadsheet program has been run."),
    ChecklistRule("P3", True, "The document says its title and language, its author and keywords.", _properties),
    ChecklistRule("P4", True, "It opens on the first worksheet, with the cursor in A1 of each, at 100%.", _opened),
    ChecklistRule("P5", False, "It is offered as .ods.", _open_form),
    ChecklistRule("P6", False, "It is not packed into a .zip.", _no_zip),
)
"""All rules, in the order of the checklist."""


def report(name: str, given: Sequence[RuleAnswer]) -> list[str]:
    """What a workbook says to the rules, as lines: how many are kept, then each rule, and where it is broken."""
    counts = Counter(answer.outcome for answer in given)
    tried = counts["passed"] + counts["failed"]
    lines = [
        f"{name}: {counts['passed']} of {tried} rules passed, {counts['failed']} failed, "
        f"{counts['not automatable']} for a person to check."
    ]
    for answer in given:
        rule = answer.rule
        essential = " (essential)" if rule.essential else ""
        lines.append(f"  {rule.number}  {answer.outcome}{essential}: {rule.words}")
        lines += [f"      {where}" for where in answer.where[:MOST_SAID]]
        if len(answer.where) > MOST_SAID:
            lines.append(f"      and {len(answer.where) - MOST_SAID:,} more")
    return lines
