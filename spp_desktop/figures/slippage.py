"""How often and how far a date has slipped: what was agreed first, what is agreed now, and what is expected."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from spp_desktop.plan.kinds.days import in_words
from spp_desktop.plan.words import counted


class MovedDay(Protocol):
    """A date that was moved: which one, from which day to which."""

    @property
    def which(self) -> str:
        """Which date: "due" or "forecast"."""

    @property
    def was(self) -> date:
        """From which day."""

    @property
    def now(self) -> date | None:
        """To which day; ``None`` where it was taken away."""


@dataclass(frozen=True)
class Slippage:
    """How a date has slipped.

    Attributes:
        baseline: the day that was agreed first; ``None`` where none ever was.
        expected: the day on which it was done, or is expected now.
        times: how often it was moved to a later day than was expected until then: to agree to what was forecast is no
            slip more.
        moves: how often it was moved at all.
    """

    baseline: date | None
    expected: date | None
    times: int
    moves: int

    @property
    def days(self) -> int:
        """By how many days what is expected lies behind the baseline; below 0 before it, 0 where either is missing."""
        return 0 if self.baseline is None or self.expected is None else (self.expected - self.baseline).days

    @property
    def slipped(self) -> bool:
        """Whether it has moved to a later day, or is expected later than was agreed first."""
        return self.times > 0 or self.days > 0

    @property
    def sentence(self) -> str:
        """All of it: "It has slipped twice, by 334 days: first agreed for 1 June 2008, expected on 1 May 2009."."""
        if not self.slipped:
            return ""
        often = {0: "It is expected late", 1: "It has slipped once", 2: "It has slipped twice"}
        words = often.get(self.times, f"It has slipped {self.times} times")
        if self.baseline is None or self.expected is None:
            return f"{words}."
        by = f", by {counted(self.days, 'day')}" if self.days > 0 else ""
        return f"{words}{by}: first agreed for {in_words(self.baseline)}, expected on {in_words(self.expected)}."


def slippage(
    due: date | None, forecast: date | None, moves: Sequence[MovedDay], done_on: date | None = None
) -> Slippage:
    """How a date has slipped.

    Args:
        due: The day agreed now.
        forecast: The day expected now, where that is another.
        moves: Its moves, the first one first.
        done_on: The day on which it was done.
    """
    first = next((move.was for move in moves if move.which == "due"), due)
    times, latest = 0, first
    for move in moves:
        if move.now is None:
            continue
        if move.now > (latest or move.was):
            times, latest = times + 1, move.now
        elif move.which == "forecast":
            latest = move.now
    return Slippage(first, done_on or forecast or due, times, len(moves))
