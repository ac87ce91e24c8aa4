"""Like against like: the year to date against the same months of last year, twelve months against the twelve before.

What was counted anew in between is not alike, and a comparison across such a break says so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from spp_desktop.figures.exact import GivenNumber, exact
from spp_desktop.plan.kinds.days import short_day

YEAR = 12


@dataclass(frozen=True, slots=True)
class MonthSums:
    """Two sums over the same months.

    Attributes:
        now: the later sum.
        before: the earlier.
        months: the months that both have, as places in what was given.
        left_out: the months that only one of them has: they count on neither side.
    """

    now: Fraction
    before: Fraction
    months: tuple[int, ...]
    left_out: tuple[int, ...]

    @property
    def change(self) -> Fraction:
        """Now less before, in their unit."""
        return self.now - self.before

    @property
    def percent(self) -> float | None:
        """The change of what was before; ``None`` where that is nought."""
        return float(100 * self.change / abs(self.before)) if self.before else None


def same_period(now: Sequence[GivenNumber | None], before: Sequence[GivenNumber | None]) -> MonthSums | None:
    """This year's months against the same months of last year; ``None`` where no month has both.

    Args:
        now: By month from April, ``None`` where there is no result (yet).
        before: The same of the year before.
    """
    pairs = list(zip(now, before, strict=False))
    both = [at for at, (one, other) in enumerate(pairs) if one is not None and other is not None]
    if not both:
        return None
    last = max(at for at, value in enumerate(now) if value is not None)
    return MonthSums(
        now=sum([exact(value) for at in both if (value := now[at]) is not None], Fraction()),
        before=sum([exact(value) for at in both if (value := before[at]) is not None], Fraction()),
        months=tuple(both),
        left_out=tuple(at for at in range(last + 1) if at not in both),
    )


def rolling_year(months: Sequence[GivenNumber | None]) -> MonthSums | None:
    """The last twelve months against the twelve before, month by month; ``None`` with fewer than two years.

    Args:
        months: Every month in its order, the latest last, ``None`` where there is no result.
    """
    if len(months) < 2 * YEAR:
        return None
    return same_period(months[-YEAR:], months[-2 * YEAR : -YEAR])


@dataclass(frozen=True, slots=True)
class Break:
    """From its day ``on`` a figure is counted in another way, and ``reason`` says which."""

    on: date
    reason: str


def breaks_between(first: date, last: date, breaks: Iterable[Break]) -> list[Break]:
    """The breaks that lie between two days, in their order: what begins on ``first`` itself is already counted anew."""
    return sorted([one for one in breaks if first < one.on <= last], key=lambda one: one.on)


def break_words(one: Break) -> str:
    """A break in a sentence, to stand beside a comparison across it."""
    reason = f" ({one.reason.strip().rstrip('.')})" if one.reason.strip() else ""
    return f"Counted in another way from {short_day(one.on)}{reason}: what came before cannot be compared."
