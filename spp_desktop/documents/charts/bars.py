"""Counts as bars that lie one below the other, each with its words before it and its number behind it."""

from collections.abc import Sequence
from dataclasses import dataclass

from spp_desktop.documents.charts.frame import GAP, LINE, WIDE, width_of, words_at
from spp_desktop.documents.picture import FilledBar, PictureRole, PictureShape, VectorPicture

_TALL, _STEP = 11.0, 17.0
"""The height of a bar, and from one to the next."""


@dataclass(frozen=True, slots=True)
class CountBar:
    """A bar: what it counts, how many, and its colour. The words say all that the colour says."""

    words: str
    count: int
    role: PictureRole = "result"


def bars_picture(title: str, bars: Sequence[CountBar]) -> VectorPicture:
    """Counts as bars from 0, all in one measure."""
    left = max((width_of(bar.words) for bar in bars), default=0.0) + 2 * GAP
    most = max((bar.count for bar in bars), default=0) or 1
    room = WIDE - left - width_of(f"{most:,}") - 2 * GAP
    shapes: list[PictureShape] = []
    for place, bar in enumerate(bars):
        top, wide = place * _STEP, bar.count / most * room
        middle = top + _TALL / 2
        shapes.append(words_at(0, middle, bar.words))
        if bar.count:
            shapes.append(FilledBar(left, top, wide, _TALL, bar.role))
        shapes.append(words_at(left + wide + GAP, middle, f"{bar.count:,}", strong=True))
    return VectorPicture(title, WIDE, max(len(bars) * _STEP, LINE), tuple(shapes))


def bars_alternative(title: str, bars: Sequence[CountBar]) -> str:
    """What a person hears who does not see them: "Bar chart: … Red 5, Amber 3."."""
    counts = ", ".join(f"{bar.words} {bar.count:,}" for bar in bars)
    return f"Bar chart: {title}. {counts}."
