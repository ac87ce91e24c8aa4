"""The figure that a year is judged by: from its months, its quarters or one longer result; from a gap; from a rank."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from spp_desktop.figures import counts
from spp_desktop.figures.exact import exact
from spp_desktop.figures.judging.series import (
    PARTS,
    History,
    Reading,
    Series,
    asked,
    is_pooled,
    place_of,
    together,
    total,
)
from spp_desktop.figures.peers import Standing
from spp_desktop.figures.rag import words as rag_words
from spp_desktop.figures.survey import Interval, Sample, apart, gap, is_real, wilson
from spp_desktop.plan.performance import Measure
from spp_desktop.plan.periods import PeriodKind, month_of_year, months_between, year_end, year_name, year_of

POINTS = "percentage points"
"""The unit of a gap."""
NO_ANSWERS = "without the numbers of answers nobody can tell whether it is more than chance"
_PERCENT = 100
_MONTHS = PARTS["month"]
_SIDES = 2
"""A gap has two sides."""


class Found(NamedTuple):
    """The figure of a year so far.

    Attributes:
        kind: the sort of periods it is made of.
        actual: the figure; ``None`` where there is none.
        used: the results it is made of, in their order.
        before: the results of the same periods of the year before, as far as there are any.
        interval: of a survey's figure, or a gap's, in its unit.
        last_year: the same of the year before, where that has all the same periods.
        places: which months (or quarters) of the year have a result, where it goes by them.
        months: how many months have a result, where it goes by parts of the year.
        missing: how many periods before the last one have none, where they would count.
        unit: where it is another than the indicator's.
        period: in words, where no result says it.
        ends: the last day of it; ``None`` where there is nothing.
        remark: a sentence, or "", on why there is no figure.
    """

    kind: PeriodKind
    actual: Fraction | None = None
    used: tuple[Reading, ...] = ()
    before: tuple[Reading, ...] = ()
    interval: Interval | None = None
    last_year: Fraction | None = None
    places: tuple[int, ...] = ()
    months: int | None = None
    missing: int = 0
    unit: str = ""
    period: str = ""
    ends: date | None = None
    remark: str = ""


def by_results(series: Series, history: History, year: int) -> Found:
    """From what reaches furthest into the year: its months, its quarters, or one result of a longer period.

    Of those that reach as far, months come first and longer periods last. A rolling year serves where there is
    nothing of the year itself.
    """
    options = [
        _by_parts(series, kind, slots, history.parts(kind).get(year - 1) or [None] * parts)
        for kind, parts in PARTS.items()
        if (slots := history.parts(kind).get(year)) is not None
    ]
    if options and not history.others:
        return max(options, key=_ends)
    longer = [reading for reading in history.others if place_of(reading.first, reading.last).year == year]
    of_the_year = [reading for reading in longer if place_of(reading.first, reading.last).kind in _OF_THE_YEAR]
    options += [_by_one(series, history, reading) for reading in (of_the_year or ([] if options else longer))[-1:]]
    none = Found("month" if history.months or not history.quarters else "quarter")
    return max(options, key=_ends, default=none)


def _ends(finding: Found) -> date:
    return finding.ends or date.min


_OF_THE_YEAR: frozenset[PeriodKind] = frozenset({"part year", "year"})


def _by_parts(series: Series, kind: PeriodKind, slots: list[Reading | None], last: list[Reading | None]) -> Found:
    measure, per = series.indicator.measure, series.indicator.per
    places = [at for at, reading in enumerate(slots) if reading is not None]
    used = [reading for reading in slots if reading is not None]
    pooled = is_pooled(measure, used)
    if not pooled:
        used = used[-1:]
    before = [reading for at in places[-len(used) :] if (reading := last[at]) is not None]
    return Found(
        kind=kind,
        actual=together(measure, per, used),
        used=tuple(used),
        before=tuple(before),
        interval=_interval(asked(used)) if measure == "survey" else None,
        last_year=together(measure, per, before) if len(before) == len(used) else None,
        places=tuple(places),
        months=len(places) * (_MONTHS // PARTS[kind]),
        missing=places[-1] + 1 - len(places) if pooled else 0,
        ends=used[-1].last,
    )


def _by_one(series: Series, history: History, reading: Reading) -> Found:
    """From one result of a longer period."""
    measure, per = series.indicator.measure, series.indicator.per
    kind, _, at = place_of(reading.first, reading.last)
    before = [other for other in history.others if _a_year_before(other, reading)][-1:]
    return Found(
        kind=kind,
        actual=together(measure, per, [reading]),
        used=(reading,),
        before=tuple(before),
        interval=_interval(asked([reading])) if measure == "survey" else None,
        last_year=together(measure, per, before),
        months=at + 1 if kind in _OF_THE_YEAR else None,
        ends=reading.last,
    )


def _a_year_before(earlier: Reading, later: Reading) -> bool:
    """Whether one period is the other a year earlier, by their months: a February has 28 days or 29."""
    ends = (earlier.first.month, earlier.last.month) == (later.first.month, later.last.month)
    days = later.first.year - earlier.first.year, later.last.year - earlier.last.year
    return (
        ends
        and days == (1, 1)
        and months_between(earlier.first, earlier.last) == months_between(later.first, later.last)
    )


def _interval(sample: Sample | None) -> Interval | None:
    return None if sample is None else _in_percent(wilson(sample))


def _in_percent(interval: Interval) -> Interval:
    return Interval(interval.value * _PERCENT, interval.low * _PERCENT, interval.high * _PERCENT)


def by_gap(known: Sequence[Reading], year: int) -> Found:
    """How far two populations lie apart, in the latest period of the year for which both have a figure."""
    pairs = _pairs(known)
    names = sorted({reading.population for reading in known})
    if len(names) != _SIDES:
        remark = (
            f"A gap lies between two populations, and here {'is' if len(names) == 1 else 'are'} {', '.join(names)}."
        )
        return Found("quarter", unit=POINTS, remark=remark)
    both = [period for period in sorted(pairs) if year_of(period[0]) == year]
    if not both:
        return Found("quarter", unit=POINTS)
    ends, begins = both[-1]
    high, low = pairs[ends, begins]
    earlier = [pair for pair in pairs.values() if _a_year_before(pair[0], high)]
    before = earlier[-1] if earlier else ()
    return Found(
        kind=place_of(begins, ends).kind,
        actual=_between((high, low)),
        used=(high, low),
        before=before,
        interval=_gap_interval((high, low)),
        last_year=_between(before) if before else None,
        unit=POINTS,
        ends=ends,
    )


def _pairs(known: Sequence[Reading]) -> dict[tuple[date, date], tuple[Reading, Reading]]:
    """By the last and the first day of a period the figures of both sides, the higher first."""
    sides: dict[tuple[date, date], list[Reading]] = {}
    for reading in known:
        if reading.value is not None:
            sides.setdefault((reading.last, reading.first), []).append(reading)
    pairs = {}
    for period, both in sides.items():
        if len(both) == _SIDES:
            high, low = sorted(both, key=lambda side: (-exact(side.value or 0), side.population))
            pairs[period] = (high, low)
    return pairs


def _between(pair: tuple[Reading, ...]) -> Fraction:
    high, low = pair
    return exact(high.value or 0) - exact(low.value or 0)


def interval_before(finding: Found) -> Interval | None:
    """The interval of the same figure a year before; ``None`` where it is not known of how many answers."""
    if not finding.before:
        return None
    return _gap_interval(finding.before) if finding.unit == POINTS else _interval(asked(finding.before))


def _gap_interval(pair: tuple[Reading, ...]) -> Interval | None:
    """Newcombe's interval of a gap, in percentage points; ``None`` where it is not known of how many answers."""
    samples = [asked([side]) for side in pair]
    known = [sample for sample in samples if sample is not None]
    return _in_percent(gap(*known)) if len(known) == _SIDES else None


def by_rank(series: Series, stands: Standing | None, year: int) -> Found:
    """By the place among the most similar forces, 1 being best."""
    at = max((peer_year for peer_year in series.peers if peer_year <= year), default=None)
    if at is None or stands is None:
        remark = "" if at is None else f"There is no rate of this force among those of {year_name(at)}."
        return Found("year", unit=rag_words.RANK, remark=remark)
    return Found("year", Fraction(stands.rank), unit=rag_words.RANK, period=year_name(at), ends=year_end(at))


def change(series: Series, finding: Found) -> counts.Change | None:
    """From the same periods of the year before, tested in the way that fits how the figure is made.

    A month that one of the two years lacks leaves both sides. ``None`` where there is nothing to compare.
    """
    indicator = series.indicator
    if finding.unit:
        return None if finding.last_year is None else _change_of_gap(finding, finding.last_year)
    months = {month_of_year(reading.first) for reading in finding.before}
    used = [reading for reading in finding.used if month_of_year(reading.first) in months]
    measure, better = indicator.measure, indicator.better
    now, was = (together(measure, indicator.per, readings) for readings in (used, finding.before))
    if now is None or was is None:
        return None
    if measure == "count" and _are_counts(now, was):
        return counts.change_in_counts(int(now), int(was), better)
    clear = _is_clear(measure, used, finding.before)
    if clear is not None:
        return counts.change_told_apart(now, was, better, clear=clear)
    if measure == "survey":
        return counts.change_untold(now, was, better, NO_ANSWERS)
    return counts.change_in_level(now, was, better)


def _is_clear(measure: Measure, used: Sequence[Reading], before: Sequence[Reading]) -> bool | None:
    """Whether two rates or shares differ by more than chance; ``None`` where it is not known what they are made of."""
    if measure == "rate":
        return _rates_differ(used, before)
    sample, sample_before = (_sample(measure, readings) for readings in (used, before))
    return None if sample is None or sample_before is None else is_real(gap(sample, sample_before))


def _change_of_gap(finding: Found, was: Fraction) -> counts.Change:
    """From one gap to another, by the intervals of both where they are known."""
    now, before = finding.actual or Fraction(), _gap_interval(finding.before)
    if finding.interval is None or before is None:
        return counts.change_untold(now, was, "lower", NO_ANSWERS)
    return counts.change_told_apart(now, was, "lower", clear=is_real(apart(finding.interval, before)))


def _are_counts(*values: Fraction) -> bool:
    return all(value.denominator == 1 and value >= 0 for value in values)


def _rates_differ(used: Sequence[Reading], before: Sequence[Reading]) -> bool | None:
    """Whether two rates differ by more than chance, by their events; ``None`` where these are unknown."""
    readings = (*used, *before)
    if not all(reading.of for reading in readings):
        return None
    events = [total([reading.counted or 0 for reading in results]) for results in (used, before)]
    people, people_before = (total([reading.of or 0 for reading in results]) for results in (used, before))
    if not _are_counts(*events):
        return None
    share = float(people / (people + people_before))
    return counts.probability_by_chance(int(events[0]), int(events[1]), share) < counts.CHANCE


def _sample(measure: Measure, readings: Sequence[Reading]) -> Sample | None:
    """A percentage or a survey as a share of so many; ``None`` where it is none."""
    if measure == "survey":
        return asked(readings)
    if measure != "percentage" or not all(reading.of for reading in readings):
        return None
    above, below = (
        total([reading.counted or 0 for reading in readings]),
        total([reading.of or 0 for reading in readings]),
    )
    # Detections belong to the month they are made in, so that there can be more of them than crimes.
    return Sample(float(above / below), float(below)) if 0 <= above <= below else None
