"""Two states of a document as one, in which what was put in and taken out since the first is marked.

With all its changes made it is the second, without them the first: paragraph by paragraph, item by item, row by row.
Headings, tables, items and rows are known by their keys, others by their words. What was moved is taken out at one
place and put in at the other.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from spp_desktop.documents.aligning import aligned, aligned_blocks, are_alike
from spp_desktop.documents.blocks import (
    Bullets,
    Contents,
    Document,
    DocumentBlock,
    DocumentColumn,
    DocumentFigure,
    DocumentHeading,
    DocumentTable,
    Paragraph,
    TableGroup,
)
from spp_desktop.documents.inline import (
    ChangedWords,
    Inline,
    Line,
    PlaceReference,
    PrintedWords,
    TextChange,
    line,
    plain_words,
)
from spp_desktop.documents.numbering import NumberedDocument
from spp_desktop.plan import text_changes

_FIRST_SIGN = 0xE000
"""From here on signs of no alphabet stand for what is no word in a line: the mark of a note, a reference."""


class ChangeSigned(NamedTuple):
    """Who made a change and when, as ``TextChange`` has them."""

    author: str
    at: str


SignedBy = Callable[[str, str, str], ChangeSigned]
"""Says who made a change: told the key of the row of the plan, the words before and the words since."""


def marked_up(before: NumberedDocument, after: NumberedDocument, signed: SignedBy) -> Document:
    """The later state of a document, with what has changed since the earlier one marked in it."""
    marking = _Marking(signed)
    was, now = before.document.notes, after.document.notes
    notes = {key: marking.line(key, was.get(key, ()), now.get(key, ())) for key in (*now, *was)}
    return replace(after.document, blocks=tuple(marking.blocks(before.blocks, after.blocks)), notes=notes)


class _KeyedLines(NamedTuple):
    """An item or a row: the key of the row of the plan of which it tells, and its lines."""

    key: str
    lines: tuple[Line, ...]

    @property
    def name(self) -> tuple[str, str]:
        """What it is known by: its key, or else what it says."""
        return self.key, "" if self.key else self.words

    @property
    def words(self) -> str:
        """What it says."""
        return " ".join(map(plain_words, self.lines))


class _ColumnPlaces(NamedTuple):
    """A column: its places in the earlier and in the later table; ``None`` where it is in one of them alone."""

    was: int | None
    now: int | None


@dataclass
class _Marking:
    """Marks what has changed; ``signed`` says who did it."""

    signed: SignedBy

    def line(self, row: str, before: Line, after: Line) -> Line:
        """A line with its changes; all of it is one where nothing stood, or stands, in its place."""
        if before == after:
            return after
        author, at = self.signed(row, plain_words(before), plain_words(after))
        taken, put = TextChange("deleted", author, at), TextChange("inserted", author, at)
        signs: dict[Inline, str] = {}
        was, now = _Letters(before, signs), _Letters(after, signs)
        parts: list[Inline] = []
        for kind, text in text_changes.changes(was.text, now.text):
            if kind == "gone":
                parts.append(ChangedWords(tuple(map(_without_place, was.next(len(text)))), taken))
            elif kind == "new":
                parts.append(ChangedWords(now.next(len(text)), put))
            else:
                was.next(len(text))
                parts += now.next(len(text))
        return tuple(parts)

    def blocks(self, before: Sequence[DocumentBlock], after: Sequence[DocumentBlock]) -> Iterator[DocumentBlock]:
        """Blocks with their changes."""
        row = ""
        for was, now in aligned_blocks(before, after):
            made = now or was
            assert made is not None
            row = made.row if isinstance(made, DocumentHeading) else row
            if isinstance(made, Contents | DocumentFigure) and now is None:
                continue  # what is worked out or drawn is only that of the later state
            yield self._block(row, was or _nothing(made), now or _nothing(made), made)

    def _block(self, row: str, was: DocumentBlock, now: DocumentBlock, made: DocumentBlock) -> DocumentBlock:
        """A block of what it was and what it is; whatever else is said of it is as in the one that is there."""
        match was, now, made:
            case DocumentHeading(), DocumentHeading(), DocumentHeading():
                return self._heading(row, was, now, made)
            case Paragraph(), Paragraph(), Paragraph():
                return replace(made, text=self.line(row, was.text, now.text))
            case Bullets(), Bullets(), Bullets():
                rows = self._rows(row, _keyed(was), _keyed(now), [_ColumnPlaces(0, 0)])
                items = tuple(each.lines[0] for each in rows)
                return replace(made, items=items, keys=tuple(each.key for each in rows))
            case DocumentTable(), DocumentTable(), DocumentTable():
                return self._table(row, was, now, made)
            case DocumentFigure(), DocumentFigure(), DocumentFigure():
                return replace(made, caption=self.line(row, was.caption, now.caption))
            case _:
                return made

    def _heading(self, row: str, was: DocumentHeading, now: DocumentHeading, made: DocumentHeading) -> DocumentHeading:
        if not now.text:
            return replace(made, key=_key_of_gone(made.key), text=self.line(row, was.text, ()), in_contents=False)
        if not was.text or was.printed_number == now.printed_number:
            return replace(made, text=self.line(row, was.text, now.text))
        before, after = (line(f"{each.printed_number} ".lstrip(), *each.text) for each in (was, now))
        return replace(made, text=self.line(row, before, after), printed_number="", numbered=False)

    def _table(self, row: str, was: DocumentTable, now: DocumentTable, made: DocumentTable) -> DocumentTable:
        columns = list(_columns(was.columns, now.columns))
        return replace(
            made,
            key=made.key if now.columns else _key_of_gone(made.key),
            caption=self.line(row, was.caption, now.caption),
            columns=tuple(self._column(row, was.columns, now.columns, places) for places in columns),
            groups=tuple(self._groups(row, was.groups, now.groups, columns)),
        )

    def _column(
        self, row: str, before: Sequence[DocumentColumn], after: Sequence[DocumentColumn], places: _ColumnPlaces
    ) -> DocumentColumn:
        was = before[places.was] if places.was is not None else None
        now = after[places.now] if places.now is not None else None
        made = now or was
        assert made is not None
        return replace(made, heading=self.line(row, was.heading if was else (), now.heading if now else ()))

    def _groups(
        self, row: str, before: Sequence[TableGroup], after: Sequence[TableGroup], columns: Sequence[_ColumnPlaces]
    ) -> Iterator[TableGroup]:
        none = TableGroup(())
        pairs = aligned(before, after, lambda group: group.title, _is_reworded_group)
        for was, now in ((early or none, late or none) for early, late in pairs):
            rows = self._rows(row, _keyed(was), _keyed(now), columns)
            lines = tuple(each.lines for each in rows)
            yield TableGroup(lines, self.line(row, was.title, now.title), tuple(each.key for each in rows))

    def _rows(
        self,
        row: str,
        before: Sequence[_KeyedLines],
        after: Sequence[_KeyedLines],
        columns: Sequence[_ColumnPlaces],
    ) -> list[_KeyedLines]:
        rows = []
        for was, now in aligned(before, after, lambda each: each.name, _is_reworded_row):
            key = (now or was or _KeyedLines("", ())).key
            lines = (self.line(key or row, _at(was, places.was), _at(now, places.now)) for places in columns)
            rows.append(_KeyedLines(key, tuple(lines)))
        return rows


class _Letters:
    """A line as letters, one sign for each part that is no words; it is taken from the front by so many letters."""

    def __init__(self, parts: Line, signs: dict[Inline, str]) -> None:
        self._parts = list(parts)
        self._at = 0
        for part in parts:
            if not isinstance(part, PrintedWords):
                signs.setdefault(part, chr(_FIRST_SIGN + len(signs)))
        self.text = "".join(part.text if isinstance(part, PrintedWords) else signs[part] for part in parts)

    def next(self, letters: int) -> Line:
        """The parts, or pieces of them, that the next letters stand for."""
        taken: list[Inline] = []
        while letters > 0:
            part = self._parts[0]
            length = len(part.text) - self._at if isinstance(part, PrintedWords) else 1
            if isinstance(part, PrintedWords):
                taken.append(replace(part, text=part.text[self._at : self._at + letters]))
            else:
                taken.append(part)
            if length <= letters:
                self._parts.pop(0)
                self._at = 0
            else:
                self._at += letters
            letters -= length
        return tuple(part for part in taken if not isinstance(part, PrintedWords) or part.text)


def _without_place(part: Inline) -> Inline:
    """A part that was taken out: what it leads to may be gone, so that its words alone stay."""
    return PrintedWords(part.words) if isinstance(part, PlaceReference) else part


def _nothing(like: DocumentBlock) -> DocumentBlock:
    """A block of the same kind in which nothing stands."""
    match like:
        case DocumentHeading():
            return DocumentHeading(())
        case Paragraph():
            return Paragraph(())
        case Bullets():
            return Bullets(())
        case DocumentTable():
            return DocumentTable((), (), ())
        case DocumentFigure():
            return replace(like, caption=())
        case Contents():
            return like


def _keyed(lines: Bullets | TableGroup) -> list[_KeyedLines]:
    rows = lines.rows if isinstance(lines, TableGroup) else tuple((item,) for item in lines.items)
    keys = lines.keys if len(lines.keys) == len(rows) else ("",) * len(rows)
    return [_KeyedLines(key, row) for key, row in zip(keys, rows, strict=True)]


def _at(row: _KeyedLines | None, place: int | None) -> Line:
    return () if row is None or place is None else row.lines[place]


def _is_reworded_row(was: _KeyedLines, now: _KeyedLines) -> bool:
    return not was.key and not now.key and are_alike(was.words, now.words)


def _is_reworded_group(was: TableGroup, now: TableGroup) -> bool:
    return are_alike(plain_words(was.title), plain_words(now.title))


def _columns(before: Sequence[DocumentColumn], after: Sequence[DocumentColumn]) -> Iterator[_ColumnPlaces]:
    """The columns of both states, in order."""
    was, now = ([(n, plain_words(each.heading)) for n, each in enumerate(columns)] for columns in (before, after))
    for early, late in aligned(was, now, lambda each: each[1], lambda each, other: are_alike(each[1], other[1])):
        yield _ColumnPlaces(early[0] if early else None, late[0] if late else None)


def _key_of_gone(key: str) -> str:
    """The key of what is gone; something else may have its own."""
    return f"gone {key}"
