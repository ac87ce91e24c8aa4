"""The letters that documents are printed in: where they lie, which signs they have, and how wide words are in them.

The family is Source Sans 3 (SIL Open Font License), two weights, with every letter of Welsh and the signs that plans
use. It comes with the program: a document is the same on every computer, whatever is installed there. Of a font two
tables are read, as OpenType lays them down: ``cmap``, which sign is which picture, and ``hmtx``, how wide each is.
"""

import re
import struct
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

FAMILY = "Source Sans 3"
_REGULAR = "SourceSans3-Regular.ttf"
_BLANKS = re.compile(r"[\t\r\v\f\x1c-\x1f\x85\u2028\u2029]")
_UNSEEN = {"Cc", "Cs", "Cf", "Cn", "Co"}
"""Categories of what has no picture of its own: controls, halves of a sign, marks of direction, unassigned signs."""
_KEPT = {"\n", "\u00ad", "\u200b"}
"""Unseen signs that are kept: the line break, and where a word may be broken."""
_ENDING_HYPHENS = re.compile("\u00ad+(?![^\\W_])")
"""Soft hyphens that no letter follows."""


def folder() -> Path:
    """The folder of the fonts."""
    return Path(str(files("resources") / "fonts"))


def printable(text: str) -> str:
    """A text of signs that the letters have.

    Letters with accents are put together, so that they are printed as one. What cannot be seen (controls, halves of a
    sign) is left out, as is a soft hyphen that no letter of its word follows, which is read back twice; a sign that the
    letters lack is printed as its name in square brackets, so that nothing is lost.
    """
    if text.isascii() and text.isprintable():
        return text
    text = unicodedata.normalize("NFC", _BLANKS.sub(" ", _ENDING_HYPHENS.sub("", text.replace("\r\n", "\n"))))
    known = _widths()
    seen = (sign for sign in text if sign in _KEPT or unicodedata.category(sign) not in _UNSEEN)
    return "".join(sign if sign in known or sign in _KEPT else _name_of(sign) for sign in seen)


def _name_of(sign: str) -> str:
    return f"[{unicodedata.name(sign, f'U+{ord(sign):04X}').lower()}]"


def width_of(text: str, size: float) -> float:
    """How wide a text is on one line, in points, in letters of a size. Pairs that stand closer are not told apart."""
    known = _widths()
    return sum(known.get(sign, 0.5) for sign in text) * size


@cache
def _widths() -> Mapping[str, float]:
    """The width of each sign that the letters have, in parts of their size."""
    tables = _tables((folder() / _REGULAR).read_bytes())
    (units,) = struct.unpack_from(">H", tables["head"], 18)
    (count,) = struct.unpack_from(">H", tables["hhea"], 34)
    advances = [advance for advance, _bearing in struct.iter_unpack(">Hh", tables["hmtx"][: 4 * count])]
    return {
        chr(code): advances[min(glyph, count - 1)] / units for code, glyph in _glyphs(tables["cmap"]).items() if glyph
    }


def _tables(font: bytes) -> dict[str, bytes]:
    (count,) = struct.unpack_from(">H", font, 4)
    records = (struct.unpack_from(">4sIII", font, 12 + 16 * n) for n in range(count))
    return {tag.decode("ascii"): font[start : start + length] for tag, _sum, start, length in records}


def _glyphs(cmap: bytes) -> dict[int, int]:
    """The number of the picture of each code, by the table for all of Unicode (form 12)."""
    (count,) = struct.unpack_from(">H", cmap, 2)
    for n in range(count):
        platform, _encoding, start = struct.unpack_from(">HHI", cmap, 4 + 8 * n)
        if struct.unpack_from(">H", cmap, start) == (12,) and platform in {0, 3}:
            (groups,) = struct.unpack_from(">I", cmap, start + 12)
            every = (struct.unpack_from(">III", cmap, start + 16 + 12 * group) for group in range(groups))
            return {code: glyph + code - first for first, last, glyph in every for code in range(first, last + 1)}
    raise ValueError(f"{_REGULAR} has no table for all of Unicode.")
