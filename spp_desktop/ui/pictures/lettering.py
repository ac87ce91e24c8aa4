"""The letters of what is printed and saved: their font, and texts broken into lines.

Lengths are in pixels of 1/96 inch, and the font has its size in them, so that it is as large on any device.
"""

from collections.abc import Iterator
from functools import lru_cache

from PySide6.QtGui import QFont, QFontMetricsF, QTextLayout, QTextOption

FAMILIES = ("Arial", "Liberation Sans", "Arimo", "Helvetica", "Nimbus Sans")
"""Fonts of the same widths, one of which nearly every machine has: what was laid out in one fits in another."""
SIZE = 12
"""The size of plain text in pixels: 9 points on paper."""
_LIGATURES = ("liga", "clig", "dlig", "calt")
"""Features that draw two letters as one sign, by which a text can no longer be found: "office", "first"."""
_MOST_KEPT = 20_000


@lru_cache(maxsize=64)
def letters(size: int = SIZE, *, bold: bool = False) -> QFont:
    """The font of this size in pixels: evenly spaced at any scale, each letter a sign of its own."""
    font = QFont()
    font.setFamilies(list(FAMILIES))
    font.setStyleHint(QFont.StyleHint.SansSerif)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    for feature in _LIGATURES:
        font.setFeature(QFont.Tag(feature), 0)
    font.setPixelSize(size)
    font.setBold(bold)
    return font


@lru_cache(maxsize=64)
def metrics(size: int = SIZE, *, bold: bool = False) -> QFontMetricsF:
    """The measures of the font of this size."""
    return QFontMetricsF(letters(size, bold=bold))


@lru_cache(maxsize=_MOST_KEPT)
def lines(text: str, width: float, size: int = SIZE, *, bold: bool = False) -> tuple[str, ...]:
    """A text in lines no wider than this, broken between words, and within a word that is wider than a line."""
    paragraphs = text.replace("\t", " ").splitlines() or [""]
    return tuple(line for paragraph in paragraphs for line in _broken(paragraph, width, size, bold=bold))


def _broken(paragraph: str, width: float, size: int, *, bold: bool) -> Iterator[str]:
    if metrics(size, bold=bold).horizontalAdvance(paragraph) <= width:
        yield paragraph
        return
    layout = QTextLayout(paragraph, letters(size, bold=bold))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    # Qt counts in halves of surrogate pairs, Python in characters.
    halves = paragraph.encode("utf-16-le", "surrogatepass")
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1.0))
        begin, end = line.textStart(), line.textStart() + line.textLength()
        yield halves[2 * begin : 2 * end].decode("utf-16-le", "replace").rstrip()
    layout.endLayout()


def longest_word(text: str, size: int = SIZE, *, bold: bool = False) -> float:
    """The width of a text's widest word."""
    return max((metrics(size, bold=bold).horizontalAdvance(word) for word in text.split()), default=0.0)
