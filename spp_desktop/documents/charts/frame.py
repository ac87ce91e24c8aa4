"""What charts of documents have in common: how wide words are, the scale at the side, what is said of a cut axis.

Widths of words are estimates, since no font is known here: a little more than most fonts need, so none overlap.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import floor, log10

from spp_desktop.documents.picture import Anchor, FilledBar, Label, PictureRole, PictureShape, Stroke
from spp_desktop.figures.exact import exact, shown

SIZE = 9.0
"""The size of letters, in points."""
LINE = 12.0
"""From one line of words to the next."""
GAP = 5.0
"""Between words and what they belong to."""
WIDE = 460.0
"""The width of a picture: that of the text on a page of A4."""
GRID = 0.5
"""The width of the lines of the grid."""
_BASELINE = 0.35
"""How far below the middle of letters they stand, as a part of their size."""
_WIDTHS = (("iljtf.,:;'|! ()", 0.32), ("mwMW@%", 0.92), ("ABCDEFGHKNOPQRSUVXYZ", 0.72))
_USUAL = 0.58
_SLACK = 1e-9


def width_of(text: str, size: float = SIZE) -> float:
    """About how wide words are, in points."""
    return size * sum(next((wide for letters, wide in _WIDTHS if letter in letters), _USUAL) for letter in text)


@dataclass(frozen=True, slots=True)
class PictureArea:
    """The place of a plot on its sheet, and the ends of its two axes."""

    left: float
    top: float
    right: float
    bottom: float
    first: float
    last: float
    low: float
    high: float

    def x(self, at: float) -> float:
        """Where a place on the axis below lies."""
        return self.left + (at - self.first) / (self.last - self.first) * (self.right - self.left)

    def y(self, value: float) -> float:
        """Where a value lies."""
        return self.bottom - (value - self.low) / (self.high - self.low) * (self.bottom - self.top)

    def across(self, y: float, role: PictureRole = "grid", width: float = GRID) -> Stroke:
        """A line from side to side."""
        return Stroke(((self.left, y), (self.right, y)), role, width)

    def upright(self, x: float, role: PictureRole = "grid", width: float = GRID, below: float = 0) -> Stroke:
        """A line from top to bottom, or a little further."""
        return Stroke(((x, self.top), (x, self.bottom + below)), role, width)


def words_at(
    x: float, middle: float, text: str, anchor: Anchor = "start", role: PictureRole = "ink", *, strong: bool = False
) -> Label:
    """Words with the middle of their height at a place."""
    return Label(x, middle + _BASELINE * SIZE, text, anchor, role, SIZE, strong)


def boxed(x: float, top: float, text: str) -> Iterator[PictureShape]:
    """Words on a dark ground, beginning at a place."""
    yield FilledBar(x, top + 1, width_of(text) + GAP, LINE - 2, "ink")
    yield words_at(x + GAP / 2, top + LINE / 2, text, role="paper")


def side_scale(area: PictureArea, numbers: Iterable[tuple[float, str]]) -> Iterator[PictureShape]:
    """The numbers on the left of a plot, each with a line across; that of nought is darker."""
    for value, text in numbers:
        y = area.y(value)
        yield area.across(y, "ink" if value == 0 else "grid")
        yield words_at(area.left - GAP, y, text, "end")


def room_for(numbers: Iterable[tuple[float, str]]) -> float:
    """How much room the numbers on the left of a plot need."""
    return max((width_of(text) for _, text in numbers), default=0.0) + GAP


def cut_words(low: float, high: float, share: str = "") -> str:
    """What is said on a chart whose axis leaves out 0: "Axis begins at 40%, not at 0"; "" where it does not.

    Args:
        low: the lower end of the axis.
        high: its upper end.
        share: "%" where the numbers are shares.
    """
    if low <= 0 <= high:
        return ""
    places = max(1 - floor(log10(high - low) + _SLACK), 0)
    begins, end = ("begins", low) if low > 0 else ("ends", high)
    return f"Axis {begins} at {shown(exact(round(end, places)), places)}{share}, not at 0"


def in_rows(widths: Iterable[float], room: float) -> list[tuple[int, float]]:
    """Things of some widths put beside each other in rows: of each its row, and how far from the left it begins."""
    placed: list[tuple[int, float]] = []
    row, x = 0, 0.0
    for wide in widths:
        if x and x + wide > room:
            row, x = row + 1, 0.0
        placed.append((row, x))
        x += wide
    return placed


def free_row(ends: list[float], begin: float, end: float) -> int:
    """The first row in which there is room from ``begin`` to ``end``; ``ends`` says where each row is taken to."""
    row = next((row for row, taken in enumerate(ends) if taken <= begin), len(ends))
    ends[row : row + 1] = [end]
    return row
