"""The rows of a sheet of Excel's that are written as nearly every program writes them, taken from its text.

A parser of XML calls back five times for each cell. Most rows hold nothing but cells with a number, the number of a
text, a text of their own and perhaps a formula, and can be read by one pattern. Most rows of a table have cells in the
same columns, and are read by a pattern of whole rows, made from the first of them. Whatever is not of that shape, to
the smallest sign, is given on as it is, to be parsed: what is before the rows and behind them, any other row, and
everything from the first comment or instruction on. What is left is well formed, as all of it was when it was scanned.
"""

import re
from collections.abc import Callable, Generator
from operator import itemgetter
from typing import Any, NamedTuple

CHUNK = 1 << 18
"""Bytes of a sheet that are taken in at a time."""

MOST = 1 << 21
"""Bytes that may be waited for until a row ends; a sheet with a longer one is given on to be parsed."""

CellParts = tuple[str, str, str, str, str, str, str, str]
"""A cell's column, the number of its style where it stands before its kind, its kind, the number of its style where it
stands behind it, its formula, its value, its own text, and what is no cell: each "" where there is none."""


class PlainRow(NamedTuple):
    """A row as its text says it: its attributes as far as they matter here, and its cells."""

    place: str
    hidden: str
    cells: list[CellParts]


class AlikeRows(NamedTuple):
    """Rows that follow each other, none of them hidden, and have no cells but in these columns.

    Attributes:
        columns: the letters of the columns.
        parts: the number of each row, and for each column four texts that a cell may have: the attributes that say its
            style and its kind, what begins its formula, its value, and its own text; ``None`` for what it has not.
    """

    columns: tuple[str, ...]
    parts: list[tuple[str | None, ...]]


_ROWS, _ROW_END = b"<sheetData>", b"</row>"
_ROW = re.compile(r'\s*<row((?: [a-zA-Z0-9:.]+="[^"<>&]*")*) ?(/?)>', re.ASCII)
_PLACE, _HIDDEN = re.compile(' r="([^"]*)"'), re.compile(' hidden="([^"]*)"')
_CELL = re.compile(
    r'<c r="([A-Z]{1,3})[0-9]{1,7}"(?: s="([0-9]{1,9})")?(?: t="([a-zA-Z]{1,9})")?(?: s="([0-9]{1,9})")?'
    r"(?: ?/>|>(<f(?: [^<>]*)?(?:/>|>[^<]*</f>))?"
    r'(?:<v>([^<]+)</v>|<is><t(?: xml:space="preserve")?>([^<]+)</t></is>)?</c>)'
    r"|([\s\S])"
)
_NO_CELL = itemgetter(7)

_ALIKE_ROW = r'\s*+<row r="([0-9]{1,7})"(?: (?:spans|ht|customHeight|s|customFormat|x14ac:dyDescent)="[^"<>&]*+")*+ ?>'
_ALIKE_CELL = (
    r'(?:<c r="%s\1"((?: s="[0-9]{1,9}")?+(?: t="[a-zA-Z]{1,9}")?+(?: s="[0-9]{1,9}")?+)'
    r"(?: ?/>|>(?:(<f)(?: [^<>]*)?(?:/>|>[^<]*</f>))?+"
    r'(?:<v>([^<]++)</v>|<is><t(?: xml:space="preserve")?+>([^<]++)</t></is>)?+</c>))?+'
)
_WIDEST, _MOST_SHAPES = 100, 8
"""Columns up to which rows are read as wholes, and how often more columns are taken for such rows in a sheet."""


def parted(
    stream: Any, in_rows: Callable[[], bool], *, alike: bool = False
) -> Generator[bytes | PlainRow | AlikeRows, None, None]:
    """A sheet as plain rows, and as the bytes of what is none, in their order.

    Args:
        stream: The part of the sheet, in UTF-8.
        in_rows: Whether the parser that was given all bytes so far is right behind the beginning of the rows, and takes
            rows without a prefix for rows of a sheet.
        alike: Whether rows may be given several at once.
    """
    rest = yield from _head(stream)
    plain, rows = in_rows(), _PlainRows(alike=alike)
    while plain:
        end = rest.rfind(_ROW_END) + len(_ROW_END)
        if end >= len(_ROW_END):
            odd = yield from rows.of(rest[:end].decode())
            rest, plain = odd.encode() + rest[end:], not odd
        plain = plain and len(rest) <= MOST
        if plain:
            more = _taken(stream)
            rest, plain = rest + more, bool(more)
    yield rest
    while more := _taken(stream):
        yield more


def _taken(stream: Any) -> bytes:
    content: bytes = stream.read(CHUNK)
    return content


def _head(stream: Any) -> Generator[bytes, None, bytes]:
    """What stands before the rows, and their beginning; gives what has been taken in behind that."""
    waiting = b""
    while more := _taken(stream):
        waiting += more
        at = waiting.find(_ROWS)
        if at >= 0:
            yield waiting[: at + len(_ROWS)]
            return waiting[at + len(_ROWS) :]
        yield waiting[: -len(_ROWS)]
        waiting = waiting[-len(_ROWS) :]
    return waiting


class _PlainRows:
    """The rows of a sheet, as far as they are plain."""

    def __init__(self, *, alike: bool) -> None:
        self._shapes_left = _MOST_SHAPES if alike else 0
        self._columns: tuple[str, ...] = ()
        self._alike: re.Pattern[str] | None = None

    def of(self, text: str) -> Generator[bytes | PlainRow | AlikeRows, None, str]:
        """Rows that end with this text; gives the text from where on all of it is to be parsed, "" for none."""
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")  # as a parser does (XML 1.0, 2.11)
        at = 0
        while at < len(text):
            if self._alike is not None:
                matches = list(iter(self._alike.scanner(text, at).match, None))  # type: ignore[attr-defined]
                if matches:
                    yield AlikeRows(self._columns, [match.groups() for match in matches])
                    at = matches[-1].end()
                    continue
            begun = _ROW.match(text, at)
            end = text.find("</row>", at) if begun is None or not begun[2] else begun.end()
            if begun is not None and "xmlns" not in begun[1]:
                cells = [] if begun[2] else _CELL.findall(text, begun.end(), end)
                if not any(map(_NO_CELL, cells)):
                    place, hidden = _PLACE.search(begun[1]), _HIDDEN.search(begun[1])
                    yield PlainRow(place[1] if place else "", hidden[1] if hidden else "", cells)
                    self._more_alike({cell[0] for cell in cells})
                    at = end if begun[2] else end + len("</row>")
                    continue
            end += len("</row>") * (begun is None or not begun[2])
            odd = text[at:end]
            if not odd.lstrip().startswith("<row") or "<!" in odd or "<?" in odd:
                return text[at:]
            yield odd.encode()
            at = end
        return ""

    def _more_alike(self, columns: set[str]) -> None:
        """Take rows with cells in these columns too for alike, as long as these are few."""
        more = columns.union(self._columns)
        if self._shapes_left and len(self._columns) < len(more) <= _WIDEST:
            self._shapes_left -= 1
            self._columns = tuple(sorted(more, key=lambda letters: (len(letters), letters)))
            cells = (_ALIKE_CELL % letters for letters in self._columns)
            self._alike = re.compile(f"{_ALIKE_ROW}{''.join(cells)}</row>", re.ASCII)


_REFERENCE = re.compile("&(?:#([0-9]+)|#x([0-9a-fA-F]+)|(lt|gt|quot|apos|amp));")
_NAMED = {"lt": "<", "gt": ">", "quot": '"', "apos": "'", "amp": "&"}


def unescaped(text: str) -> str:
    """A text of the file as it is meant, with its references to signs read (XML 1.0, 4.1 and 4.6)."""
    return _REFERENCE.sub(_sign, text) if "&" in text else text


def _sign(reference: re.Match[str]) -> str:
    number, code, name = reference.groups()
    return chr(int(number)) if number else chr(int(code, 16)) if code else _NAMED[name]
