"""The lines of the review's table from top to bottom: files, notes on them, activities, and differences."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from spp_desktop.plan.kinds.spelling import caseless, searched
from spp_desktop.ui.grid.arrangement import StatusShare
from spp_desktop.ui.review.kinds import DecisionState, Filter
from spp_desktop.ui.review.surface import ReviewDesk, Under


@dataclass(frozen=True)
class FileHead:
    """The head of one file, with the items below it that are shown."""

    file: int
    items: tuple[int, ...]


@dataclass(frozen=True)
class RowHead:
    """The head of one activity in a file, with the items below it that are shown."""

    file: int
    ref: str
    text: str
    items: tuple[int, ...]


@dataclass(frozen=True)
class FileNote:
    """A sentence on a file as a whole."""

    file: int
    text: str


ReviewLine = FileHead | RowHead | FileNote | int
"""A line of the table; for a difference, its index among the desk's items."""


@dataclass
class ReviewListing:
    """The items that are shown: those that a chip lets through and that hold all the words. Files can be folded."""

    desk: ReviewDesk
    chosen: Filter = field(init=False)
    words: str = ""
    folded: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.chosen = self.desk.words.filters[0]

    def lines(self) -> list[ReviewLine]:
        """The lines of the table."""
        words = caseless(self.words).split()
        below: dict[int, dict[Under, list[int]]] = {}
        for n, item in enumerate(self.desk.items):
            if self.chosen.passes(item.kind, self.desk.states[n]) and self._holds(n, words):
                below.setdefault(item.file, {}).setdefault(item.group, []).append(n)
        lines: list[ReviewLine] = []
        everything = self.chosen is self.desk.words.filters[0] and not words
        for file in range(self.desk.parts):
            groups = below.get(file, {})
            if groups or everything:
                lines.append(FileHead(file, tuple(n for items in groups.values() for n in items)))
            if file in self.folded:
                continue
            if everything:
                lines += [FileNote(file, notice) for notice in self.desk.notes(file)]
            for items in groups.values():
                lines += [RowHead(file, *self.desk.row_head(items[0]), tuple(items)), *items]
        return lines

    def counts(self) -> list[int]:
        """The number of items that each chip would let through."""
        kinds = Counter((item.kind, state) for item, state in zip(self.desk.items, self.desk.states, strict=True))
        filters = self.desk.words.filters
        return [sum(count for key, count in kinds.items() if chip.passes(*key)) for chip in filters]

    def _holds(self, n: int, words: Sequence[str]) -> bool:
        if not words:
            return True
        text = searched("\n".join(self.desk.searched(n)))
        return all(word in text for word in words)


def below(line: ReviewLine) -> tuple[int, ...]:
    """The items that a line stands for."""
    if isinstance(line, int):
        return (line,)
    return () if isinstance(line, FileNote) else line.items


def shares_of(desk: ReviewDesk, items: Sequence[int]) -> tuple[StatusShare, ...]:
    """How many of some items are in each state, for their head."""
    counts = Counter(desk.states[n] for n in items)
    shown: tuple[DecisionState, ...] = ("accepted", "refused", "typed", "to decide", "waits")
    looks = ((state, desk.words.states[state]) for state in shown if counts[state])
    return tuple(
        StatusShare(look.title.lower(), counts[state], look.shape, look.colour, look.dark_colour)
        for state, look in looks
    )
