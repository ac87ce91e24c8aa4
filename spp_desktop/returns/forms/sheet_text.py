"""A sheet of an Excel workbook with some of its cells filled, as text: all other bytes of it stay (ECMA-376 18.3.1).

A sheet that is parsed and written again comes out otherwise in a thousand places that nobody asked for, and without
what the writer does not know. So nothing is parsed here: rows and cells are found by their tags, and pieces are put
in their place. The scan has seen before that the part is well formed, in UTF-8, and declares nothing.
"""

import re
from bisect import bisect
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from functools import cached_property
from typing import NamedTuple

from spp_desktop.returns.cell_places import CellPlace, address, block_of, column_number
from spp_desktop.returns.forms.entry import CellEntry, numeral, serial, text_in_markup
from spp_desktop.returns.words import escape

_ATTRIBUTES = rb"""(?:\s+[^\s=<>/"']+\s*=\s*(?:"[^"]*"|'[^']*'))*"""
_ATTRIBUTE = re.compile(rb"""\s+([^\s=<>/"']+)\s*=\s*("[^"]*"|'[^']*')""")
_ASIDE = rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
_ROOT = re.compile(rb"<(?:([\w.-]+:))?worksheet\b")
_OF_OTHER_VALUE = (b"t", b"cm", b"vm")
"""What is said of the value that stood in a cell: its type, and its metadata."""


class _CellText(NamedTuple):
    """A cell as it stands: its column, where its tag, its content and it itself end, and its attributes."""

    column: int
    start: int
    opened: int
    end: int
    attributes: bytes


class _RowText(NamedTuple):
    """A row as it stands: its number, its tag with its attributes, and where its content ends."""

    number: int
    start: int
    opened: int
    closing: int
    end: int
    attributes: bytes


class _Piece(NamedTuple):
    """Bytes that stand in place of others."""

    start: int
    end: int
    content: bytes


class SheetText:
    """A sheet's part, whose cells can be filled.

    Args:
        part: The part.
        from_1904: Whether the workbook counts its days from 1904.
    """

    def __init__(self, part: bytes, *, from_1904: bool) -> None:
        root = _ROOT.search(part)
        self._part, self._from_1904 = part, from_1904
        self._prefix = (root[1] or b"") if root else b""
        self._row_tags, self._cell_tags = (self._tags(names) for names in (b"sheetData|row", b"c"))
        value = re.escape(self._prefix) + b"v"
        self._value = re.compile(rb"<" + value + _ATTRIBUTES + rb"\s*(?:/>|>[^<]*</" + value + rb"\s*>)")

    def _tags(self, names: bytes) -> re.Pattern[bytes]:
        """Tags of these names: whether one closes, its name, its attributes, and whether it stands alone."""
        tags = rb"<(/?)" + re.escape(self._prefix) + rb"(" + names + rb")(" + _ATTRIBUTES + rb")\s*(/?)>"
        return re.compile(_ASIDE + b"|" + tags, re.DOTALL)

    def edited(self, filled: Mapping[CellPlace, CellEntry], stale: AbstractSet[CellPlace]) -> bytes:
        """The part with cells filled and the results of formulas taken away that no longer hold.

        Args:
            filled: What goes into each cell.
            stale: The cells whose results are to be worked out anew.

        Raises:
            ValueError: if the part has no place for cells.
        """
        by_row: dict[int, dict[int, CellEntry]] = {}
        for (row, column), entry in filled.items():
            by_row.setdefault(row, {})[column] = entry
        columns_stale: dict[int, set[int]] = {}
        for row, column in stale:
            columns_stale.setdefault(row, set()).add(column)
        pieces = list(self._pieces(by_row, columns_stale))
        pieces += self._dimension(filled)
        out, at = [], 0
        for piece in sorted(pieces, key=lambda piece: (piece.start, piece.end)):
            out += [self._part[at : piece.start], piece.content]
            at = piece.end
        return b"".join([*out, self._part[at:]])

    def _pieces(self, filled: dict[int, dict[int, CellEntry]], stale: dict[int, set[int]]) -> Iterator[_Piece]:
        waiting = sorted(filled)
        end = None
        for row in self._rows():
            if isinstance(row, _Piece):
                end = row
                break
            while waiting and waiting[0] < row.number:
                yield _Piece(row.start, row.start, self._new_row(waiting[0], filled[waiting.pop(0)]))
            here = filled.get(row.number, {}) if waiting and waiting[0] == row.number else {}
            if here:
                waiting.pop(0)
            if here or row.number in stale:
                yield from self._in_row(row, here, stale.get(row.number, set()))
        if end is None:
            raise ValueError("it has no place for cells")
        rest = b"".join(self._new_row(row, filled[row]) for row in waiting)
        if rest:
            yield _Piece(end.start, end.end, end.content.replace(b"\0", rest))

    def _rows(self) -> Iterator["_RowText | _Piece"]:
        """The rows, and at last where the place of all rows ends, with what stands there (the rows to come at NUL)."""
        tag = self._prefix
        number = 0
        opened: tuple[int, int, bytes] | None = None
        for match in self._row_tags.finditer(self._part):
            kind, closes, alone = match[2], match[1], match[4]
            if kind == b"row" and not closes:
                stated = _attributes(match[3]).get(b"r")
                number = int(stated) if stated else number + 1
                opened = (match.start(), match.end(), match[3])
                if alone:
                    yield _RowText(number, match.start(), match.end(), match.end(), match.end(), match[3])
            elif kind == b"row" and opened is not None:
                yield _RowText(number, opened[0], opened[1], match.start(), match.end(), opened[2])
            elif kind == b"sheetData" and closes:
                yield _Piece(match.start(), match.start(), b"\0")
                return
            elif kind == b"sheetData" and alone:
                whole = b"<" + tag + b"sheetData" + match[3] + b">\0</" + tag + b"sheetData>"
                yield _Piece(match.start(), match.end(), whole)
                return

    def _cells(self, row: _RowText) -> Iterator[_CellText]:
        column = 0
        opened: tuple[int, int, bytes] | None = None
        for match in self._cell_tags.finditer(self._part, row.opened, row.closing):
            if match[2] is None:
                continue
            if not match[1]:
                stated = _attributes(match[3]).get(b"r")
                column = column_number(stated.decode().rstrip("0123456789")) if stated else column + 1
                opened = (match.start(), match.end(), match[3])
                if match[4]:
                    yield _CellText(column, match.start(), match.end(), match.end(), match[3])
            elif opened is not None:
                yield _CellText(column, opened[0], opened[1], match.end(), opened[2])

    def _in_row(self, row: _RowText, filled: dict[int, CellEntry], stale: set[int]) -> Iterator[_Piece]:
        """What becomes of the cells of a row."""
        cells = list(self._cells(row))
        known = {cell.column: cell for cell in cells}
        columns = [cell.column for cell in cells]
        for column in sorted(stale & set(known) - set(filled)):
            yield self._without_result(known[column])
        added: dict[int, list[bytes]] = {}
        style = _own_style(row.attributes)
        for column, entry in sorted(filled.items()):
            cell = known.get(column)
            if cell is not None:
                kept = b"".join(m[0] for m in _ATTRIBUTE.finditer(cell.attributes) if m[1] not in _OF_OTHER_VALUE)
                yield _Piece(cell.start, cell.end, self._cell(kept, entry))
            else:
                behind = bisect(columns, column)
                at = cells[behind].start if behind < len(cells) else row.closing
                named = b' r="' + address((row.number, column)).encode() + b'"' + self._style(style, column)
                added.setdefault(at, []).append(self._cell(named, entry))
        if not added:
            return
        if row.opened == row.end:  # a row without anything, which is opened now
            cells_text = b"".join(piece for pieces in added.values() for piece in pieces)
            tag = b"<" + self._prefix + b"row" + _spanning(row.attributes, set(filled)) + b">"
            yield _Piece(row.start, row.end, tag + cells_text + b"</" + self._prefix + b"row>")
            return
        attributes = _spanning(row.attributes, set(filled))
        if attributes != row.attributes:
            yield _Piece(row.start, row.opened, b"<" + self._prefix + b"row" + attributes + b">")
        for at, pieces in added.items():
            yield _Piece(at, at, b"".join(pieces))

    def _new_row(self, number: int, filled: dict[int, CellEntry]) -> bytes:
        cells = b"".join(
            self._cell(b' r="' + address((number, column)).encode() + b'"' + self._style(None, column), entry)
            for column, entry in sorted(filled.items())
        )
        tag = self._prefix + b"row"
        return b"<" + tag + f' r="{number}">'.encode() + cells + b"</" + tag + b">"

    def _cell(self, attributes: bytes, entry: CellEntry) -> bytes:
        """A cell that holds something, with these attributes of its own."""
        tag, value = self._prefix + b"c", entry.value
        if isinstance(value, str):
            p = self._prefix
            text = text_in_markup(escape(value))
            inner = b"<" + p + b"is><" + p + b't xml:space="preserve">' + text + b"</" + p + b"t></" + p + b"is>"
            return b"<" + tag + attributes + b' t="inlineStr">' + inner + b"</" + tag + b">"
        sort = b""
        if isinstance(value, bool):
            sort, stated = b' t="b"', b"1" if value else b"0"
        elif isinstance(value, date):
            stated = str(serial(value, from_1904=self._from_1904)).encode()
        else:
            stated = numeral(value).encode()
        return b"<" + tag + attributes + sort + b">" + self._held(stated) + b"</" + tag + b">"

    def _held(self, stated: bytes) -> bytes:
        return b"<" + self._prefix + b"v>" + stated + b"</" + self._prefix + b"v>"

    def _without_result(self, cell: _CellText) -> _Piece:
        """A cell whose formula stays, and whose result does not."""
        kept = b"".join(m[0] for m in _ATTRIBUTE.finditer(cell.attributes) if m[1] not in _OF_OTHER_VALUE[:1])
        content = self._value.sub(b"", self._part[cell.opened : cell.end], count=1)
        alone = b"/" if cell.opened == cell.end else b""
        return _Piece(cell.start, cell.end, b"<" + self._prefix + b"c" + kept + alone + b">" + content)

    def _style(self, style: bytes | None, column: int) -> bytes:
        """The style that a cell takes that is not there yet: its row's, or its column's."""
        if style is None and self._columns:
            style = next((each for first, last, each in self._columns if first <= column <= last), None)
        return b' s="' + style + b'"' if style and style != b"0" else b""

    @cached_property
    def _columns(self) -> list[tuple[int, int, bytes]]:
        """The styles of columns: the first, the last, and the style."""
        head = self._part[: self._part.find(b"sheetData")]
        tags = re.finditer(rb"<" + re.escape(self._prefix) + rb"col(" + _ATTRIBUTES + rb")\s*/?>", head)
        stated = [_attributes(tag[1]) for tag in tags]
        return [(int(each[b"min"]), int(each[b"max"]), each[b"style"]) for each in stated if b"style" in each]

    def _dimension(self, filled: Mapping[CellPlace, CellEntry]) -> list[_Piece]:
        """The range that the sheet says it uses, wide enough for what was filled: some readers go by it alone."""
        head = self._part[: self._part.find(b"sheetData")]
        match = re.search(rb"<" + re.escape(self._prefix) + rb"""dimension\s[^>]*?ref\s*=\s*["']([^"']*)["']""", head)
        used = block_of(match[1].decode()) if match else None
        if match is None or used is None or all(map(used.has, filled)):
            return []
        rows, columns = [used.top, used.bottom], [used.left, used.right]
        rows += [row for row, _ in filled]
        columns += [column for _, column in filled]
        wide = used._replace(top=min(rows), left=min(columns), bottom=max(rows), right=max(columns))
        return [_Piece(match.start(1), match.end(1), wide.address.encode())]


def _attributes(text: bytes) -> dict[bytes, bytes]:
    """The attributes of a tag by their names."""
    return {match[1]: match[2][1:-1] for match in _ATTRIBUTE.finditer(text)}


def _own_style(row: bytes) -> bytes | None:
    """The style of all cells of a row, where it has one of its own."""
    told = _attributes(row)
    return told.get(b"s") if told.get(b"customFormat") in (b"1", b"true") else None


def _spanning(attributes: bytes, columns: set[int]) -> bytes:
    """A row's attributes, whose span has room for these columns."""
    stated = _attributes(attributes).get(b"spans", b"")
    first, _, last = stated.partition(b":")
    if not (first.isdigit() and last.isdigit()):
        return attributes
    ends = {int(first), int(last), *columns}
    wide = f"{min(ends)}:{max(ends)}".encode()
    return attributes.replace(b'"' + stated + b'"', b'"' + wide + b'"', 1) if wide != stated else attributes
