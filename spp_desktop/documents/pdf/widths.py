"""How wide the columns of a table are on paper: as declared, but no word is wider than its column."""

import math
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence

from spp_desktop.documents.blocks import DocumentTable
from spp_desktop.documents.inline import Badge, Inline, Line, NoteMark, PrintedWords, every_part, plain_words
from spp_desktop.documents.pdf.letters import width_of

LetterMeasure = Callable[[str, float], float]
"""Says how wide a text is on one line, in letters of a size in points."""

UPRIGHT, ACROSS = 453.0, 700.0
"""The width of the text of a page that stands, and of one that lies across, in points."""
BODY, SMALL = 12.0, 10.0
"""The size of the letters in tables, and at the head and foot of each page."""
_INSET = 10.0
_BOLD = 1.08
"""How much wider bold letters are, at most."""
_SPACES = re.compile("[ \n]+")
"""Where a line may end: not at the blanks that hold together, as ``str.split`` takes it."""
_BREAK, _WORD = "\u200b", re.compile(r"[^ \n]+")
_LINE, _RAGGED = 16.0, 1.25
"""The height of a line, and how many more lines there are since words are not broken."""
_NEARLY = 0.01
"""Points by which a word may be wider than its column: numbers are not exact."""
_NARROWEST = 0.01
"""The least share of a column."""
_TALLEST = 24
"""Lines of a row from which on it may be broken over two pages; a lower one is kept together."""


def column_widths(table: DocumentTable, size: float = BODY, measure: LetterMeasure = width_of) -> tuple[float, ...]:
    """The width of each column in points, all of them together the width of the page.

    Args:
        table: the table.
        size: of its letters.
        measure: says how wide a text is in them.
    """
    whole = ACROSS if table.across else UPRIGHT
    shares = [max(column.share, _NARROWEST) for column in table.columns]
    least = [min(low, whole) for low in least_widths(table, size, measure)]
    if sum(least) > whole:
        most = _most(least, whole)
        return tuple(min(width, most) for width in least)
    fixed: set[int] = set()
    while True:  # ends: each turn fixes a column more
        rest = whole - sum(least[place] for place in fixed)
        open_shares = sum(share for place, share in enumerate(shares) if place not in fixed) or 1
        widths = tuple(
            least[place] if place in fixed else share * rest / open_shares for place, share in enumerate(shares)
        )
        narrow = {place for place, width in enumerate(widths) if width < least[place]} - fixed
        if not narrow:
            return widths
        fixed |= narrow


def _most(least: Sequence[float], whole: float) -> float:
    """The width beyond which columns give way where the page is too narrow, so that others keep their words whole."""
    room = whole
    for place, width in enumerate(sorted(least)):
        share = room / (len(least) - place)
        if width >= share:
            return share
        room -= width
    return room


def least_widths(table: DocumentTable, size: float, measure: LetterMeasure) -> Iterator[float]:
    """The width that each column needs for its widest word, in letters of a size."""
    rows = table.rows
    for place, column in enumerate(table.columns):
        words = _widest([column.heading], measure) * _BOLD, _widest((row[place] for row in rows), measure)
        yield size * max(words) + _INSET


def is_tall(row: Sequence[Line], widths: Sequence[float]) -> bool:
    """Whether a row of a table is so tall that it is broken over pages rather than moved to the next."""
    return _lines(row, widths) > _TALLEST


def height_of(table: DocumentTable, widths: Sequence[float]) -> float:
    """How high a table is with its caption, in points; rather too high than too low."""
    rows = [*(_lines(row, widths) for row in table.rows), *(1 for group in table.groups if group.title), 2, 2]
    return sum((1 if lines <= 1 else math.ceil(lines * _RAGGED)) * _LINE + _INSET for lines in rows)


def _lines(row: Sequence[Line], widths: Sequence[float]) -> float:
    """How many lines the tallest cell of a row fills."""
    cells = zip(map(plain_words, row), widths, strict=True)
    filled = (max(width_of(words, BODY) / max(width - _INSET, 1), 1) + words.count("\n") for words, width in cells)
    return max(filled, default=1)


def broken_to(text: str, width: float, *, bold: bool) -> str:
    """A text in which each word that is wider than its column may be broken anywhere."""
    size = BODY * (_BOLD if bold else 1)
    room = width - _INSET + _NEARLY
    if width_of(text, size) <= room:
        return text
    return _WORD.sub(lambda word: _BREAK.join(word[0]) if width_of(word[0], size) > room else word[0], text)


def shortened(text: str, width: float) -> str:
    """A text as long as fits into a width of the head of a page, with three dots where it was cut."""
    if width_of(text, SMALL) <= width:
        return text

    def cut(end: int) -> str:
        return text[:end].rstrip() + "…"

    fitting = bisect_right(range(1, len(text) + 1), width, key=lambda end: width_of(cut(end), SMALL))
    return cut(fitting) if fitting else ""


def _widest(lines: Iterable[Line], measure: LetterMeasure) -> float:
    """The widest word in parts of the size; what stands without a blank behind a part belongs to its last word."""
    return max(
        (measure(word, _bold(parts)) for parts in lines for word in _SPACES.split(_shown(parts))),
        default=0,
    )


def _bold(parts: Line) -> float:
    """How much wider a line is for its bold words, at most."""
    return _BOLD if any(isinstance(part, PrintedWords) and part.strong for part in every_part(parts)) else 1


def _shown(parts: Line) -> str:
    return "".join(map(_shown_part, every_part(parts)))


def _shown_part(part: Inline) -> str:
    match part:
        case NoteMark():
            return "[00]"
        case Badge(word=word):
            return f" {word.replace(' ', chr(160))}mm "
        case _:
            return plain_words((part,))
