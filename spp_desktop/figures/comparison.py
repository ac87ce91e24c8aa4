"""Like compared with like: the year to date with the same months of last year, twelve months with the twelve before.

Where counting changed in between, the two are not alike, and a comparison across such a break says so.
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
    """Two sums over the same months of two years, in the unit of the results.

    Attributes:
        now: The later sum.
        before: The earlier sum.
        months: The months with a result in both years, as places in the sequences given.
        left_out: The months with a result in one year only, which are in neither sum.
    """

    now: Fraction
    before: Fraction
    months: tuple[int, ...]
    left_out: tuple[int, ...]

    @property
    def change(self) -> Fraction:
        """The later sum less the earlier."""
        return self.now - self.before

    @property
    def percent(self) -> float | None:
        """The change in per cent of the earlier sum; ``None`` if that is 0."""
        return float(100 * self.change / abs(self.before)) if self.before else None


def same_period(now: Sequence[GivenNumber | None], before: Sequence[GivenNumber | None]) -> MonthSums | None:
    """This year's months compared with the same months of last year; ``None`` if no month has a result in both.

    Args:
        now: This year's results by month from April; ``None`` where there is none (yet).
        before: Last year's results, likewise.
    """
    pairs = list(zip(now, before, strict=False))
    both = [at for at, (later, earlier) in enumerate(pairs) if later is not None and earlier is not None]
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
    """The last twelve months compared with the twelve before; ``None`` with fewer than 24 months.

    Args:
        months: The results of every month in order, the latest last; ``None`` where there is none.
    """
    if len(months) < 2 * YEAR:
        return None
    return same_period(months[-YEAR:], months[-2 * YEAR : -YEAR])


@dataclass(frozen=True, slots=True)
class Break:
    """A break in a series: the day from which a figure is counted in another way, and why."""

    on: date
    reason: str


def breaks_between(first: date, last: date, breaks: Iterable[Break]) -> list[Break]:
    """The breaks after ``first`` and up to ``last``, by day. A break on ``first`` itself divides nothing."""
    between = [series_break for series_break in breaks if first < series_break.on <= last]
    return sorted(between, key=lambda series_break: series_break.on)


def break_words(series_break: Break) -> str:
    """A break as a sentence, to be shown beside a comparison across it."""
    reason = f" ({series_break.reason.strip().rstrip('.')})" if series_break.reason.strip() else ""
    return f"Counted in another way from {short_day(series_break.on)}{reason}: what came before cannot be compared."
