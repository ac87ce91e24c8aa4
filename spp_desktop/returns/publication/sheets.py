"""A publication as the sheets of an accessible workbook, whatever the form of its file: what each cell says.

The order is that of the guidance: a cover, the contents, the notes, and a sheet for each table. ``checklist`` says by
which rules; the finished file is held against them.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from spp_desktop.plan.kinds.days import in_words
from spp_desktop.plan.kinds.kind import AsCell
from spp_desktop.plan.kinds.spelling import fold
from spp_desktop.returns.plain_sheet import unlike
from spp_desktop.returns.publication.accessible_text import as_spoken
from spp_desktop.returns.publication.publication import (
    SHORTHAND,
    Publication,
    PublishedColumn,
    PublishedTable,
    PublishedValue,
    Shorthand,
)
from spp_desktop.returns.words import clean, cut

COVER, CONTENTS, NOTES = "Cover", "Contents", "Notes"
CONTENTS_TITLE = "Table of contents"
LANGUAGE = "en-GB"

SheetValue = str | AsCell
"""What a cell of a sheet holds: a text, or a number or day with the format in which it is shown."""

LineLook = Literal["title", "heading", "text"]

LONGEST_SHEET_NAME, LONGEST_TABLE_NAME, LONGEST_HEADING = 31, 255, 255
DAY = "d mmmm yyyy"
"""The format of days, which is read alike everywhere."""
_MOST_DECIMALS = 4
_FIRST_DAY = date(1900, 3, 1)
"""The first day that every program counts alike; a column that holds an earlier one is written in words."""
_NARROW, _WIDE, _WIDER, _WIDEST = 12, 32, 52, 240
_ROOM_LINES = 20
"""Lines of a cell before its column is made wider."""


@dataclass(frozen=True)
class SheetLine:
    """What stands in column A above the table, or on the cover."""

    text: str
    look: LineLook = "text"


@dataclass(frozen=True)
class WorkbookColumn:
    """A column of a sheet's table: its heading, how wide it is in characters, and where its cells stand.

    Texts and days stand at the left, numbers at the right, and so do their headings.
    """

    heading: str
    width: float
    side: Literal["left", "right"] = "left"


@dataclass(frozen=True)
class AccessibleSheet:
    """One sheet.

    Attributes:
        name: of the sheet.
        lines: what stands in column A, from A1 on.
        table: the name of its table; "" for none.
        columns, rows: of the table, which begins in the row below the lines.
        links: for rows of the table, the sheet to which their first cell leads.
        wrapped: whether the lines are broken within a wide column A, as on the cover.
    """

    name: str
    lines: tuple[SheetLine, ...]
    table: str = ""
    columns: tuple[WorkbookColumn, ...] = ()
    rows: Sequence[Sequence[SheetValue]] = ()
    links: tuple[str, ...] = ()
    wrapped: bool = False

    @property
    def head_row(self) -> int:
        """The row of the table's headings, counted from 1."""
        return len(self.lines) + 1


@dataclass
class _Notes:
    """The notes of a workbook, numbered as they are first met."""

    texts: list[str] = field(default_factory=list)

    def marks(self, texts: Iterable[str]) -> str:
        """What stands behind words to which notes of these texts belong: " [note 1][note 2]"; "" for none."""
        numbers = []
        for text in texts:
            whole = as_spoken(text).text
            if not whole:
                continue
            if whole not in self.texts:
                self.texts.append(whole)
            numbers.append(self.texts.index(whole) + 1)
        marks = "".join(f"[note {number}]" for number in dict.fromkeys(numbers))
        return f" {marks}" if marks else ""

    def spoken(self, text: str, more: Iterable[str] = ()) -> str:
        """A text of the plan with the notes that its marks became, and with those of more texts; "" for nothing."""
        own = as_spoken(text)
        return f"{own.text}{self.marks((*own.notes, *more))}" if own.text else ""


def sheets_of(publication: Publication) -> list[AccessibleSheet]:
    """The sheets of the accessible workbook, in their order."""
    tables = publication.of_form("workbook")
    taken = (COVER, CONTENTS, NOTES)
    names = unlike((*taken, *(sheet_name(table.sheet) for table in tables)), LONGEST_SHEET_NAME)[len(taken) :]
    notes = _Notes()
    data = [_data_sheet(publication, table, name, notes) for table, name in zip(tables, names, strict=True)]
    return [
        _cover(publication, has_notes=bool(notes.texts)),
        _contents(
            publication,
            [NOTES, *names],
            [_notes_held(notes), *(as_spoken(table.about).text or as_spoken(table.title).text for table in tables)],
        ),
        _notes_sheet(notes),
        *data,
    ]


def sheet_name(title: str) -> str:
    """A title as a sheet may be called."""
    text = " ".join(
        "".join(" " if letter in "[]():*?/\\" else letter for letter in as_spoken(title).text).split()
    ).strip("' ")
    return cut(text, LONGEST_SHEET_NAME).strip("' …") if text and fold(text) != "history" else f"Sheet {text}".strip()


def common_lines(publication: Publication) -> list[str]:
    """What is said of all tables alike, on the cover and above each: what is made up, the marking, the source."""
    made_up = _sentences(publication.illustrative)
    if made_up and "illustrative" not in fold(publication.illustrative):
        made_up.insert(0, "This table is illustrative.")
    marking = [f"Protective marking: {publication.marking}"] if publication.marking else []
    source = [f"Source: {publication.source}"] if publication.source else []
    return [*made_up, *marking, *source]


def _sentences(text: str) -> list[str]:
    """A text as its sentences, each to stand in a row of its own, so that none is too long to be read across."""
    parts = as_spoken(text).text.replace("\n", " ").replace(". ", ".\n").split("\n")
    return [part.strip() for part in parts if part.strip()]


# The sheets


def _cover(publication: Publication, *, has_notes: bool) -> AccessibleSheet:
    own, licence = publication, publication.licence
    of = " of ".join(filter(None, (as_spoken(own.title).text, as_spoken(own.force).text)))
    read = f" The plan is shown as it stood on {in_words(own.stands_at)}." if own.stands_at else ""
    lines = [
        SheetLine(as_spoken(own.whole_title).text, "title"),
        SheetLine(f"The tables of the {of}, for {own.period}.{read}"),
        *(SheetLine(as_spoken(line).text) for line in common_lines(own)),
        SheetLine("Publication", "heading"),
        SheetLine(f"Published on {in_words(own.published)}."),
        SheetLine("Figures that are provisional or revised are said to be so in the column “State” of their table."),
        SheetLine(licence.sentence),
        *([SheetLine(licence.url)] if licence.url else []),
        SheetLine("Notes and shorthand", "heading"),
        SheetLine(
            "Notes are referred to in square brackets, such as [note 1]; their texts stand on the worksheet “Notes”."
            if has_notes
            else "There are no notes to these tables."
        ),
        SheetLine(
            "A cell that has nothing to say holds shorthand in square brackets; what it means stands above each table."
        ),
        SheetLine("Contact", "heading"),
        SheetLine(as_spoken(own.contact).text or "No contact is named."),
    ]
    return AccessibleSheet(COVER, tuple(lines), wrapped=True)


def _contents(publication: Publication, names: Sequence[str], contents: Sequence[str]) -> AccessibleSheet:
    lines = (
        SheetLine(CONTENTS_TITLE, "title"),
        SheetLine(
            "This worksheet contains one table. It lists the worksheets with notes and tables, with links to them."
        ),
        *(SheetLine(as_spoken(line).text) for line in common_lines(publication)),
    )
    rows = [(name, title) for name, title in zip(names, contents, strict=True)]
    columns = (WorkbookColumn("Worksheet", 34), WorkbookColumn("What it holds", 90))
    return AccessibleSheet(CONTENTS, lines, "Table_of_contents", columns, rows, tuple(names))


def _notes_held(notes: _Notes) -> str:
    return "The texts of the notes to the tables." if notes.texts else "There are no notes to the tables."


def _notes_sheet(notes: _Notes) -> AccessibleSheet:
    if not notes.texts:
        lines = SheetLine("Notes", "title"), SheetLine("There are no notes to the tables of this workbook.")
        return AccessibleSheet(NOTES, lines, wrapped=True)
    lines = (
        SheetLine("Notes", "title"),
        SheetLine("This worksheet contains one table. It holds the notes to the tables."),
    )
    rows = [(f"[note {number}]", text) for number, text in enumerate(notes.texts, 1)]
    columns = WorkbookColumn("Note number", 16), WorkbookColumn("Note", 110)
    return AccessibleSheet(NOTES, lines, "Notes_to_the_tables", columns, rows)


def _data_sheet(publication: Publication, table: PublishedTable, name: str, notes: _Notes) -> AccessibleSheet:
    """The sheet of a table. A column in which no row says anything is left out."""
    shown = [place for place in range(len(table.columns)) if _shows(table, place)]
    values = _TableValues(table, notes)
    rows = [[values.cell(at, place) for place in shown] for at in range(len(table.rows))]
    has_notes = any("[note " in cell for row in rows for cell in row if isinstance(cell, str))
    headings = _headings(table, shown)
    columns = tuple(
        _column(table.columns[place], heading, [row[at] for row in rows])
        for at, (place, heading) in enumerate(zip(shown, headings, strict=True))
    )
    lines = [
        SheetLine(as_spoken(table.title).text, "title"),
        SheetLine(
            "This worksheet contains one table."
            + has_notes * " Some cells refer to notes, which can be found on the worksheet “Notes”."
        ),
        *(SheetLine(sentence) for sentence in _sentences(table.about)),
        *([SheetLine(_key(values.used))] if values.used else []),
        *(SheetLine(as_spoken(line).text) for line in common_lines(publication)),
    ]
    return AccessibleSheet(name, tuple(lines), table_name(table.name), columns, rows)


def _key(used: Iterable[Shorthand]) -> str:
    meanings = "; ".join(f"[{letter}] = {SHORTHAND[letter]}" for letter in sorted(used))
    return f"Shorthand: {meanings}."


def table_name(name: str) -> str:
    """What a table of a workbook is called: "Delivery_plan": letters, digits and low lines, and no cell's address."""
    bare = "".join(letter if letter.isascii() and letter.isalnum() else "_" for letter in clean(name)).strip("_")
    own = cut(bare[:1].upper() + bare[1:], LONGEST_TABLE_NAME) or "Plan"
    return own if own[:1].isalpha() and "_" in own else f"{own if own[:1].isalpha() else f'Of_{own}'}_table"


def _headings(table: PublishedTable, shown: Sequence[int]) -> list[str]:
    texts = (" ".join(as_spoken(table.columns[place].whole_heading).text.split()) for place in shown)
    return unlike((text or f"Column {at}" for at, text in enumerate(texts, 1)), LONGEST_HEADING)


def _tells(value: PublishedValue) -> bool:
    return bool(as_spoken(value).text) if isinstance(value, str) else value not in (None, ())


def _shows(table: PublishedTable, place: int) -> bool:
    """Whether any cell of a column says something, or is withheld."""
    return any(_tells(row[place]) for row in table.rows) or any(column == place for _, column in table.hidden)


class _TableValues:
    """The values of a table as cells of the workbook hold them. ``used`` is the shorthand that any of them needed."""

    def __init__(self, table: PublishedTable, notes: _Notes) -> None:
        self._table, self._notes = table, notes
        self._forms = [_forms(table, place) for place in range(len(table.columns))]
        self._early = {
            place
            for row in table.rows
            for place, value in enumerate(row)
            if isinstance(value, date) and value < _FIRST_DAY
        }
        self.used: set[Shorthand] = set()

    def cell(self, at: int, place: int) -> SheetValue:
        """What stands in a row and column, both counted from 0."""
        value = self._table.rows[at][place]
        if isinstance(value, bool):
            value = "Yes" if value else "No"
        if isinstance(value, tuple):
            value = "; ".join(value)
        if isinstance(value, date) and place in self._early:
            value = in_words(value)
        if isinstance(value, str):
            return self._notes.spoken(value, self._table.notes.get((at, place), ())) or self._blank(at, place)
        if value is None:
            return self._blank(at, place)
        if isinstance(value, date):
            return AsCell(value, DAY)
        return AsCell(value or 0, self._forms[place](at))  # nought has no sign in a workbook

    def _blank(self, at: int, place: int) -> str:
        letter: Shorthand = "c" if (at, place) in self._table.hidden else self._table.columns[place].blank
        self.used.add(letter)
        return f"[{letter}]"


def _forms(table: PublishedTable, place: int) -> Callable[[int], str]:
    """What gives the format of the number in each row of a column: the same places for all, or for rows alike."""
    own = table.columns[place]
    by = table.place(own.alike_by) if own.alike_by else None
    most: dict[PublishedValue, int] = {}
    for row in table.rows:
        value, group = row[place], None if by is None else row[by]
        if isinstance(value, int | float):
            most[group] = max(most.get(group, 0), _decimals(value))
    whole = "0" if own.plain_numbers else "#,##0"

    def form(at: int) -> str:
        """The format of a row's number."""
        decimals = most[None if by is None else table.rows[at][by]]
        return whole + (f".{'0' * decimals}" if decimals else "")

    return form


def _column(own: PublishedColumn, heading: str, cells: Sequence[SheetValue]) -> WorkbookColumn:
    texts = [shown(cell) for cell in cells]
    needed = max((len(line) for text in texts for line in text.split("\n")), default=0) + 2
    longest_word = max((len(word) for word in heading.split()), default=0) + 2
    most = _WIDER if own.wide else _WIDE
    longest = max(map(len, texts), default=0)
    if longest > most * _ROOM_LINES:
        most = min(_WIDEST, longest // _ROOM_LINES)
    needed = needed if own.is_number else min(needed, most)
    return WorkbookColumn(heading, max(_NARROW, longest_word, needed), "right" if own.is_number else "left")


def _decimals(number: float) -> int:
    return min(_MOST_DECIMALS, len(f"{number:.10f}".rstrip("0").partition(".")[2]))


def shown(value: SheetValue) -> str:
    """A value as its cell shows it."""
    if isinstance(value, str):
        return value
    figure, form = value
    if isinstance(figure, date):
        return in_words(figure)
    assert isinstance(figure, int | float)
    places = len(form.partition(".")[2])
    return f"{figure:,.{places}f}" if "," in form else f"{figure:.{places}f}"
