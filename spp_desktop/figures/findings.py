"""The figure that a year is judged by: from its months, its quarters or one longer result; from a gap; from a rank."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from spp_desktop.figures import counts, rag_words
from spp_desktop.figures.aims import History
from spp_desktop.figures.exact import exact
from spp_desktop.figures.peers import Standing
from spp_desktop.figures.series import PARTS, SUMMED, Reading, Series, asked, kind_of, together, total
from spp_desktop.figures.survey import Interval, Sample, gap, is_real, wilson
from spp_desktop.plan.periods import PeriodKind, month_of_year, year_name, year_of

_PERCENT = 100
_MONTHS = PARTS["month"]
_SIDES = 2
"""A gap has two sides."""


@dataclass(frozen=True, slots=True)
class Found:
    """The figure of a year so far.

    Attributes:
        kind: the sort of periods it is made of.
        actual: the figure; ``None`` where there is none.
        used: the results it is made of, in their order.
        before: the results of the same periods of the year before.
        interval: of a survey's figure, or a gap's, in its unit.
        last_year: the same of the year before, where that has all the same periods.
        change: from the year before over the periods that both have.
        months: how many months have a result, where it goes by months or quarters.
        missing: how many periods before the last one have none.
        unit: where it is another than the indicator's.
        period: in words, where no result says it.
    """

    kind: PeriodKind
    actual: Fraction | None = None
    used: tuple[Reading, ...] = ()
    before: tuple[Reading, ...] = ()
    interval: Interval | None = None
    last_year: Fraction | None = None
    change: counts.Change | None = None
    months: int | None = None
    missing: int = 0
    unit: str = ""
    period: str = ""


def by_results(series: Series, history: History, year: int) -> Found:
    """From months where the year has any, else from quarters, else from the latest result of a longer period."""
    for kind in PARTS:
        slots = history.parts(kind).get(year)
        if slots is not None:
            return _by_parts(series, kind, slots, history.parts(kind).get(year - 1))
    longer = [one for one in history.others if year_of(one.last) == year]
    if not longer:
        return Found("month" if history.months else "quarter")
    used = longer[-1]
    before = [one for one in history.others if _a_year_before(one, used)]
    return _compared(series, Found(kind_of(used.first, used.last)), (used,), tuple(before[-1:]))


def _a_year_before(one: Reading, other: Reading) -> bool:
    return (one.first.year + 1, one.first.month, one.last.year + 1, one.last.month) == (
        other.first.year,
        other.first.month,
        other.last.year,
        other.last.month,
    )


def _by_parts(
    series: Series, kind: PeriodKind, slots: Sequence[Reading | None], last: Sequence[Reading | None] | None
) -> Found:
    there = [place for place, one in enumerate(slots) if one is not None]
    every = [one for one in slots if one is not None]
    used = every if _pooled(series, every) else every[-1:]
    places = there[-len(used) :]
    before = [] if last is None else [one for place in places if (one := last[place]) is not None]
    found = Found(kind, months=len(every) * (_MONTHS // PARTS[kind]), missing=there[-1] + 1 - len(every))
    return _compared(series, found, tuple(used), tuple(before))


def _pooled(series: Series, readings: list[Reading]) -> bool:
    """Whether results of several periods make one figure."""
    measure = series.indicator.measure
    if measure in SUMMED:
        return True
    if measure == "percentage":
        return all(one.of for one in readings)
    return measure == "survey" and asked(readings) is not None


def _compared(
    series: Series,
    found: Found,
    used: tuple[Reading, ...],
    before: tuple[Reading, ...],
) -> Found:
    """What was found with its figure, its interval, and how it compares with the same periods of last year."""
    indicator = series.indicator
    actual = together(indicator.measure, indicator.per, used)
    was = together(indicator.measure, indicator.per, before)
    months = {month_of_year(one.first) for one in before}
    # A month that one of the two years lacks leaves both sides.
    alike = [one for one in used if month_of_year(one.first) in months]
    return Found(
        kind=found.kind,
        actual=actual,
        used=used,
        before=before,
        interval=_interval(asked(used)) if indicator.measure == "survey" else None,
        last_year=was if len(before) == len(used) else None,
        change=_change(series, alike, before) if was is not None else None,
        months=found.months,
        missing=found.missing,
    )


def _interval(sample: Sample | None) -> Interval | None:
    return None if sample is None else _in_percent(wilson(sample))


def _in_percent(interval: Interval) -> Interval:
    return Interval(interval.value * _PERCENT, interval.low * _PERCENT, interval.high * _PERCENT)


def _change(series: Series, used: Sequence[Reading], before: Sequence[Reading]) -> counts.Change | None:
    """The change between alike periods, tested in the way that fits how the figure is made."""
    indicator = series.indicator
    measure, better = indicator.measure, indicator.polarity
    now, was = (together(measure, indicator.per, those) for those in (used, before))
    if now is None or was is None:
        return None
    if measure == "count" and now.denominator == was.denominator == 1 and min(now, was) >= 0:
        return counts.change_in_counts(int(now), int(was), better)
    samples = [_sample(measure, those) for those in (used, before)]
    one, other = samples
    if one is not None and other is not None:
        return counts.change_told_apart(now, was, better, clear=is_real(gap(one, other)))
    return counts.change_in_level(now, was, better)


def _sample(measure: str, readings: Sequence[Reading]) -> Sample | None:
    """A percentage or a survey as a share of so many; ``None`` where it is none."""
    if measure == "survey":
        return asked(readings)
    if measure != "percentage" or not all(one.of for one in readings):
        return None
    above, below = total([one.counted or 0 for one in readings]), total([one.of or 0 for one in readings])
    # Detections belong to the month they are made in, so that there can be more of them than crimes.
    return Sample(float(above / below), float(below)) if 0 <= above <= below else None


def by_gap(known: Sequence[Reading], year: int) -> Found:
    """How far two populations lie apart, in the latest period of the year for which both have a figure."""
    names = sorted({one.population for one in known})
    pairs: dict[tuple[date, date], dict[str, Reading]] = {}
    for one in known:
        if one.value is not None:
            pairs.setdefault((one.last, one.first), {})[one.population] = one
    both = sorted(
        period for period, pair in pairs.items() if len(pair) == len(names) == _SIDES and year_of(period[0]) == year
    )
    if not both:
        return Found("quarter", unit="percentage points")
    ends, begins = both[-1]
    one, other = sorted((pairs[ends, begins][name] for name in names), key=lambda side: -exact(side.value or 0))
    samples = asked([one]), asked([other])
    wide = None if None in samples else gap(*[sample for sample in samples if sample is not None])
    last = pairs.get((_year_earlier(ends), _year_earlier(begins)), {})
    was = abs(exact(last[names[0]].value or 0) - exact(last[names[1]].value or 0)) if len(last) == len(names) else None
    actual = exact(one.value or 0) - exact(other.value or 0)
    return Found(
        kind=kind_of(begins, ends),
        actual=actual,
        used=(one, other),
        before=tuple(last.values()),
        interval=None if wide is None else _in_percent(wide),
        last_year=was,
        change=None if was is None else counts.change_in_level(actual, was, "lower"),
        unit="percentage points",
    )


def _year_earlier(day: date) -> date:
    """The same day of the year before, month ends staying month ends."""
    return day.replace(year=day.year - 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)


def by_rank(series: Series, stands: Standing | None, year: int) -> Found:
    """By the place among the most similar forces, 1 being best."""
    at = max((one for one in series.peers if one <= year), default=None)
    actual = None if stands is None else Fraction(stands.rank)
    return Found("year", actual, unit=rag_words.RANK, period="" if at is None else year_name(at))
