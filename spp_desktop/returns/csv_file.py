"""The cells of a file of text with separators, a row at a time: texts only, as they stand there.

Excel in the United Kingdom writes commas and the letters of Windows (cp1252), or UTF-8 with a mark in front; Excel on
the continent semicolons; what is copied from a sheet has tabs.
"""

import codecs
import csv
import unicodedata
from collections.abc import Iterator
from io import StringIO, TextIOWrapper
from typing import BinaryIO

from spp_desktop.returns.records import MOST_TEXT, Cells, Record, TooMuch, Unreadable

_SEPARATORS = ",;\t"
_LOOKED_AT = 20
_PIECE = 1 << 20
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
_TOLD_BY_EXCEL = "sep="


def records(file: BinaryIO, first: int | None = None) -> Iterator[Record]:
    """What stands in a file; of its rows no more than the ``first``, where that is given. No row is kept once given.

    Raises:
        Unreadable: if it is no text, or a cell holds more of it than one can.
    """
    text = TextIOWrapper(file, _encoding(file), newline="")
    try:
        yield from _rows(text, first)
    finally:
        text.detach()


def _rows(text: TextIOWrapper, first: int | None) -> Iterator[Record]:
    beginning = text.read(MOST_TEXT * 2)
    text.seek(0)
    csv.field_size_limit(MOST_TEXT)
    yield {"about": {}}
    yield {"sheet": "", "hidden": False}
    cells, left = Cells(), first
    try:
        for row, texts in enumerate(csv.reader(text, delimiter=_separator(beginning)), 1):
            for column, typed in enumerate(texts, 1):
                if typed:
                    cells.add(column, ("text", typed.replace("\r\n", "\n").replace("\r", "\n"), ""))
            if cells.recorded and not (row == 1 and beginning.startswith(_TOLD_BY_EXCEL)):
                if left == 0:
                    return
                left = None if left is None else left - 1
                yield [row, False, cells.take()]
    except csv.Error:
        raise TooMuch("text in a cell than a return does", MOST_TEXT) from None


def _encoding(file: BinaryIO) -> str:
    """The encoding of a file, which is looked through once, a piece at a time.

    Raises:
        Unreadable: if it is no text.
    """
    beginning = file.read(3)
    marked = next((code for mark, code in _MARKS.items() if beginning.startswith(mark)), None)
    for code in (marked,) if marked else ("utf-8", "cp1252"):
        file.seek(0)
        try:
            whole = _is_text(file, code)
        except UnicodeDecodeError:
            continue
        if whole:
            file.seek(0)
            return code
    raise Unreadable("it holds signs that no text does")


def _is_text(file: BinaryIO, code: str) -> bool:
    """Whether a file holds only what texts do, in this encoding.

    Raises:
        UnicodeDecodeError: if it is in another.
    """
    decoder = codecs.getincrementaldecoder(code)()
    while True:
        content = file.read(_PIECE)
        text = decoder.decode(content, final=not content)
        if any(unicodedata.category(sign) == "Cc" and sign not in "\t\n\r\x0b\x0c" for sign in set(text)):
            return False
        if not content:
            return True


def _separator(text: str) -> str:
    """The separator that parts most rows alike, quoted text read over."""
    if text.startswith(_TOLD_BY_EXCEL) and text[4:5] in _SEPARATORS and text[4:5]:
        return text[4]
    sample = text[: MOST_TEXT * 2]
    return max(_SEPARATORS, key=lambda separator: _parts(sample, separator))


def _parts(sample: str, separator: str) -> tuple[int, int]:
    """How many of the first rows a separator parts into as many cells as most, and into how many."""
    widths: list[int] = []
    try:
        for texts in csv.reader(StringIO(sample, newline=""), delimiter=separator):
            widths.append(len(texts))
            if len(widths) == _LOOKED_AT:
                break
    except csv.Error:
        return 0, 0
    wide = [width for width in widths if width > 1]
    usual = max(set(wide), key=lambda width: (wide.count(width), width), default=0)
    return wide.count(usual) if usual else 0, usual
