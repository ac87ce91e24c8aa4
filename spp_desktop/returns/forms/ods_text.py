"""The content of an OpenDocument spreadsheet with some of its cells filled, as text: all other bytes of it stay.

Cells and rows that look alike are said once, with how often they stand there (OpenDocument 1.3 part 3, 19.675 and
19.677). Where one of them is filled, what is said once is said of those before it and of those behind it.
"""

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from typing import NamedTuple

from spp_desktop.returns.cell_places import CellPlace
from spp_desktop.returns.forms.entry import CellEntry, numeral, text_in_markup

_ATTRIBUTES = rb"""(?:\s+[^\s=<>/"']+\s*=\s*(?:"[^"]*"|'[^']*'))*"""
_ATTRIBUTE = re.compile(rb"""\s+([^\s=<>/"']+)\s*=\s*("[^"]*"|'[^']*')""")
_ASIDE = rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
_SPACES = re.compile(r"^ +| {2,}|\t")
_CODES = {b"&amp;": b"&", b"&lt;": b"<", b"&gt;": b">", b"&quot;": b'"', b"&apos;": b"'"}
_VALUES = (b"value-type", b"value", b"currency", b"date-value", b"time-value", b"boolean-value", b"string-value")


class _Element(NamedTuple):
    """A row or a cell as it stands: how many it says, where its tag, its content and it itself end."""

    name: bytes
    times: int
    start: int
    opened: int
    closing: int
    end: int
    attributes: bytes


class OdsText:
    """The content of a spreadsheet, whose cells can be filled.

    Raises:
        ValueError: if it names its parts in a way that is not known.
    """

    def __init__(self, part: bytes) -> None:
        self._part = part
        self._table, self._office, self._words = (self._prefix(name) for name in ("table", "office", "text"))
        more = re.search(
            rb'xmlns:([\w.-]+)="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"', part
        )
        self._more = more[1] + b":" if more else b""
        names = rb"<(/?)" + self._table + rb"(table|table-row|table-cell|covered-table-cell)(?=[\s/>])"
        self._tags = re.compile(_ASIDE + b"|" + names + rb"(" + _ATTRIBUTES + rb")\s*(/?)>", re.DOTALL)
        self._repeated_rows = self._table + b"number-rows-repeated"
        self._repeated_columns = self._table + b"number-columns-repeated"
        p = self._words + b"p"
        self._paragraph = re.compile(
            rb"<" + p + rb"(?=[\s/>])" + _ATTRIBUTES + rb"\s*(?:/>|>.*?</" + p + rb"\s*>)", re.DOTALL
        )
        note = self._office + b"annotation"
        self._kept = re.compile(
            rb"(<" + note + rb"\b.*?</" + note + rb"\s*>|<draw:([\w-]+)\b.*?</draw:\2\s*>)", re.DOTALL
        )
        self._of_value = {self._office + name for name in _VALUES} | {self._more + b"value-type"}

    def _prefix(self, name: str) -> bytes:
        space = f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0".encode()
        match = re.search(rb"xmlns:([\w.-]+)\s*=\s*[\"']" + re.escape(space) + rb"[\"']", self._part)
        if match is None:
            raise ValueError("its content is written in a way that is not known")
        return match[1] + b":"

    def edited(
        self, filled: Mapping[str, Mapping[CellPlace, CellEntry]], stale: Mapping[str, AbstractSet[CellPlace]]
    ) -> bytes:
        """The part with cells filled and the results of formulas taken away that no longer hold, by sheet.

        Raises:
            ValueError: if a sheet is not there.
        """
        out, at = [], 0
        left = {sheet for sheet, entries in filled.items() if entries}
        for sheet, begins, ends in self._sheets():
            entries, old = filled.get(sheet, {}), stale.get(sheet, set())
            left.discard(sheet)
            if entries or old:
                out += [self._part[at:begins], self._sheet(begins, ends, entries, old)]
                at = ends
        if left:
            raise ValueError(f"its sheet “{min(left)}” cannot be found")
        return b"".join([*out, self._part[at:]])

    def _sheets(self) -> Iterator[tuple[str, int, int]]:
        """The sheets, and where the content of each begins and ends."""
        deep, begins, title = 0, 0, ""
        for match in self._tags.finditer(self._part):
            if match[2] != b"table":
                continue
            if match[1]:
                deep -= 1
                if not deep:
                    yield title, begins, match.start()
            elif not match[4]:
                deep += 1
                if deep == 1:
                    begins = match.end()
                    title = _plain(_attributes(match[3]).get(self._table + b"name", b""))

    def _elements(self, begins: int, ends: int, names: tuple[bytes, ...], repeated: bytes) -> Iterator[_Element]:
        """The rows between two places, or the cells; none of those of a table within a cell."""
        opened: re.Match[bytes] | None = None
        within = 0
        for match in self._tags.finditer(self._part, begins, ends):
            if match[2] == b"table":
                within += 0 if match[4] else -1 if match[1] else 1
            elif within == 0 and match[2] in names:
                if not match[1]:
                    opened = match
                if (match[1] or match[4]) and opened is not None:
                    times = int(_attributes(opened[3]).get(repeated, b"1"))
                    yield _Element(
                        opened[2], times, opened.start(), opened.end(), match.start() if match[1] else match.end(),
                        match.end(), opened[3],
                    )  # fmt: skip

    def _sheet(
        self, begins: int, ends: int, filled: Mapping[CellPlace, CellEntry], stale: AbstractSet[CellPlace]
    ) -> bytes:
        """The content of a sheet with its cells filled."""
        by_row: dict[int, tuple[dict[int, CellEntry], set[int]]] = {}
        for (filled_row, column), entry in filled.items():
            by_row.setdefault(filled_row, ({}, set()))[0][column] = entry
        for old_row, column in stale:
            by_row.setdefault(old_row, ({}, set()))[1].add(column)
        out, at, number, behind = [], begins, 0, begins
        for row in self._elements(begins, ends, (b"table-row",), self._repeated_rows):
            here = sorted(each for each in by_row if number < each <= number + row.times)
            if here:
                out += [self._part[at : row.start], self._rows(row, number, {each: by_row.pop(each) for each in here})]
                at = row.end
            number += row.times
            behind = row.end
        if by_row:
            if not number:
                raise ValueError("a sheet of it has no rows")
            out += [self._part[at:behind], self._more_rows(number, by_row)]
            at = behind
        return b"".join([*out, self._part[at:ends]])

    def _rows(self, row: _Element, before: int, wanted: Mapping[int, tuple[dict[int, CellEntry], set[int]]]) -> bytes:
        """What becomes of rows that are said once."""
        whole = self._part[row.opened : row.end]
        out, at = [], before
        for number, (entries, stale) in wanted.items():
            out.append(self._again(row, number - at - 1, self._repeated_rows, whole))
            cells = self._cells(row, entries, stale)
            tag = self._table + b"table-row"
            out.append(b"<" + tag + _without(row.attributes, {self._repeated_rows}) + b">" + cells + b"</" + tag + b">")
            at = number
        return b"".join([*out, self._again(row, before + row.times - at, self._repeated_rows, whole)])

    def _again(self, element: _Element, times: int, repeated: bytes, whole: bytes) -> bytes:
        """What is said once, said of so many; nothing of none."""
        if times <= 0:
            return b""
        attributes = _without(element.attributes, {repeated})
        if times > 1:
            attributes += b" " + repeated + b'="' + str(times).encode() + b'"'
        alone = b"/" if element.opened == element.end else b""
        return b"<" + self._table + element.name + attributes + alone + b">" + whole

    def _cells(self, row: _Element, filled: Mapping[int, CellEntry], stale: AbstractSet[int]) -> bytes:
        """The content of a row with its cells filled."""
        out, at, column = [], row.opened, 0
        left = dict(sorted(filled.items()))
        for cell in self._elements(
            row.opened, row.closing, (b"table-cell", b"covered-table-cell"), self._repeated_columns
        ):
            wanted = sorted(each for each in {*left, *stale} if column < each <= column + cell.times)
            if wanted:
                out.append(self._part[at : cell.start])
                whole, done = self._part[cell.opened : cell.end], column
                for each in wanted:
                    out.append(self._again(cell, each - done - 1, self._repeated_columns, whole))
                    entry = left.pop(each, None)
                    out.append(self._cell(cell, entry))
                    done = each
                out.append(self._again(cell, column + cell.times - done, self._repeated_columns, whole))
                at = cell.end
            column += cell.times
        return b"".join([*out, self._part[at : row.closing], self._more_cells(column, left)])

    def _more_cells(self, column: int, filled: Mapping[int, CellEntry]) -> bytes:
        """Cells behind all that a row has."""
        out = []
        for each, entry in filled.items():
            gap = each - column - 1
            if gap:
                again = b" " + self._repeated_columns + f'="{gap}"'.encode() if gap > 1 else b""
                out.append(b"<" + self._table + b"table-cell" + again + b"/>")
            out.append(self._written(b"", b"", entry))
            column = each
        return b"".join(out)

    def _more_rows(self, number: int, filled: Mapping[int, tuple[Mapping[int, CellEntry], AbstractSet[int]]]) -> bytes:
        """Rows behind all that a sheet has."""
        out, tag = [], self._table + b"table-row"
        for each in sorted(filled):
            gap = each - number - 1
            if gap:
                again = b" " + self._repeated_rows + f'="{gap}"'.encode() if gap > 1 else b""
                out.append(b"<" + tag + again + b"><" + self._table + b"table-cell/></" + tag + b">")
            entries = dict(sorted(filled[each][0].items()))
            out.append(b"<" + tag + b">" + self._more_cells(0, entries) + b"</" + tag + b">")
            number = each
        return b"".join(out)

    def _cell(self, cell: _Element, entry: CellEntry | None) -> bytes:
        """A cell that holds something else; without an entry, one whose formula has no result."""
        kept = _without(cell.attributes, {*self._of_value, self._repeated_columns})
        content = self._part[cell.opened : cell.closing] if cell.closing < cell.end else b""
        pieces = self._kept.split(content)  # what stands between, what is kept, and its name, by turns
        pieces[::3] = [self._paragraph.sub(b"", piece) for piece in pieces[::3]]
        del pieces[2::3]
        beside = b"".join(pieces)
        if entry is None:
            name = self._table + cell.name
            return b"<" + name + kept + (b">" + beside + b"</" + name + b">" if beside.strip() else b"/>")
        return self._written(kept, beside, entry)

    def _written(self, attributes: bytes, beside: bytes, entry: CellEntry) -> bytes:
        """A cell that holds something."""
        value = entry.value
        if isinstance(value, bool):
            kind, stated = b"boolean", [(b"boolean-value", b"true" if value else b"false")]
        elif isinstance(value, date):
            kind, stated = b"date", [(b"date-value", value.isoformat().encode())]
        elif isinstance(value, str):
            kind, stated = b"string", []
        else:
            kind, stated = b"percentage" if entry.share else b"float", [(b"value", numeral(value).encode())]
        told = b"".join(
            b" " + self._office + name + b'="' + text + b'"' for name, text in [(b"value-type", kind), *stated]
        )
        if self._more:
            told += b" " + self._more + b'value-type="' + kind + b'"'
        tag = self._table + b"table-cell"
        return b"<" + tag + attributes + told + b">" + beside + self._paragraphs(entry.shown) + b"</" + tag + b">"

    def _paragraphs(self, text: str) -> bytes:
        """A text as paragraphs, with the spaces that XML would not keep (OpenDocument 1.3 part 3, 6.1.2)."""
        p, out = self._words + b"p", []
        for line in text.split("\n"):
            pieces, at = [], 0
            for match in _SPACES.finditer(line):
                pieces += [text_in_markup(line[at : match.start()]), self._space(match[0])]
                at = match.end()
            out.append(b"<" + p + b">" + b"".join([*pieces, text_in_markup(line[at:])]) + b"</" + p + b">")
        return b"".join(out)

    def _space(self, spaces: str) -> bytes:
        if spaces == "\t":
            return b"<" + self._words + b"tab/>"
        return b"<" + self._words + b"s " + self._words + f'c="{len(spaces)}"/>'.encode()


def _attributes(text: bytes) -> dict[bytes, bytes]:
    """The attributes of a tag by their names."""
    return {match[1]: match[2][1:-1] for match in _ATTRIBUTE.finditer(text)}


def _without(attributes: bytes, names: AbstractSet[bytes]) -> bytes:
    """The attributes of a tag, as they stand, without these."""
    return b"".join(match[0] for match in _ATTRIBUTE.finditer(attributes) if match[1] not in names)


def _plain(text: bytes) -> str:
    """An attribute's value as text."""
    for code, character in _CODES.items():
        if code != b"&amp;":
            text = text.replace(code, character)
    return re.sub(r"&#(x?)([0-9A-Fa-f]+);", lambda m: chr(int(m[2], 16 if m[1] else 10)), text.decode()).replace(
        "&amp;", "&"
    )
