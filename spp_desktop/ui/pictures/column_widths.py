"""How wide the columns of a printed table are, and which stand on a page together. Plain arithmetic."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class ColumnNeed:
    """What a column needs: the width of its widest word or picture, and of its longest line."""

    least: float
    most: float


def fits(needs: Sequence[ColumnNeed], width: float) -> bool:
    """Whether no word of these columns has to be broken in this width."""
    return sum(need.least for need in needs) <= width


def shared(needs: Sequence[ColumnNeed], width: float) -> list[float]:
    """The widths of columns that fill a width together: what each needs, and of the rest by what its texts ask for."""
    least, most = sum(need.least for need in needs), sum(need.most for need in needs)
    if not needs:
        return []
    if least >= width:
        return [need.least * width / least for need in needs]
    if most <= width:
        return [need.most * width / most for need in needs]
    share = (width - least) / (most - least)
    return [need.least + (need.most - need.least) * share for need in needs]


def sets(needs: Sequence[ColumnNeed], width: float, repeated: int) -> list[list[int]]:
    """The places of columns that stand on a page together. The first ``repeated`` stand on each page."""
    if fits(needs, width) or len(needs) <= repeated:
        return [list(range(len(needs)))]
    first = list(range(repeated))
    begun = sum(needs[at].least for at in first)
    made: list[list[int]] = []
    room = -1.0
    for at in range(repeated, len(needs)):
        if needs[at].least > room:
            made.append([*first])
            room = width - begun
        made[-1].append(at)
        room -= needs[at].least
    return made
