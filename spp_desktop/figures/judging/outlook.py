"""Will we make it, and compared with what: a judged series to the year's end by each method, and against its own past.

The methods can disagree, so all are given and none is chosen; one that cannot be used says why.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from math import ceil, floor
from typing import Literal

from spp_desktop.figures import counts
from spp_desktop.figures.comparison import Break, break_words, breaks_between
from spp_desktop.figures.exact import GivenNumber, exact, shown
from spp_desktop.figures.judging.facts import BETTER
from spp_desktop.figures.judging.findings import Found, change
from spp_desktop.figures.judging.judged import Judged, scale_in, unit_of
from spp_desktop.figures.judging.series import PARTS, SUMMED, Reading, Series, is_pooled, total, values_of
from spp_desktop.figures.projection import (
    Needed,
    NeededRate,
    Projection,
    needed,
    needed_rate,
    projections,
    rate_projections,
)
from spp_desktop.figures.rag import words as rag_words
from spp_desktop.figures.scale import Scale
from spp_desktop.figures.trajectory import period_name
from spp_desktop.plan.kinds.days import in_words
from spp_desktop.plan.performance import Polarity
from spp_desktop.plan.periods import year_end, year_name

_YEAR = PARTS["month"]
_PLACES = {"count": 0, "rate": 2}
"""The decimals in which a year's end is told; those of shares have one."""
_THOUSANDS = 1000
"""From here on a target is told without more decimals than a year's end."""
_ORDER: tuple[Polarity, Polarity] = ("lower", "higher")

YearEndVerdict = Literal["meets", "misses", "methods differ", "no target", "no forecast"]
"""Whether the year's end meets the target by every method, by none, or by some; or why nothing is said of it."""

Slots = Sequence[Reading | None]


@dataclass(frozen=True, slots=True)
class Outlook:
    """How a year may end.

    Attributes:
        ends: its last day.
        target: at its end, in the unit of the results; ``None`` where it has none.
        better: which way is better.
        unit: what is counted.
        parts: 12 where it goes by months, 4 by quarters.
        places: the decimals in which the year's end is told.
        projections: by every method; empty where the figure cannot be projected, or the year is whole.
        needed: what is left to reach the target; ``None`` without one.
        needed_rate: the same of a percentage; ``of`` is what it is made of in words, counted and counted of.
        remark: a sentence on why there is nothing, or "".
        low: of a range the lower end, ``target`` being the upper one; ``None`` for any other target.
        strict: whether the target itself misses it: "more than 80%".
    """

    ends: date
    target: Fraction | None
    better: Polarity
    unit: str
    parts: int = _YEAR
    places: int = 0
    projections: tuple[Projection, ...] = ()
    needed: Needed | None = None
    needed_rate: NeededRate | None = None
    of: tuple[str, str] = ("", "")
    remark: str = ""
    low: Fraction | None = None
    strict: bool = False

    def lines(self) -> list[str]:
        """All of it in sentences."""
        if self.remark:
            return [self.remark]
        return [*map(self._projected, self.projections), *self._needed(), *self._needed_rate()]

    @property
    def verdict(self) -> YearEndVerdict:
        """Whether the year's end meets the target."""
        values = self._values
        if not values:
            return "no forecast"
        outcomes = {self.meets(value) for value in values}
        if None in outcomes:
            return "no target"
        return "methods differ" if len(outcomes) > 1 else "meets" if True in outcomes else "misses"

    @property
    def range_words(self) -> str:
        """The year's end by all methods, from the lowest to the highest: "3,028 to 3,108"; "" for none."""
        ends = list(dict.fromkeys(map(self._figure, sorted(self._values))))
        return " to ".join([ends[0], ends[-1]] if len(ends) > 1 else ends)

    @property
    def _values(self) -> list[Fraction]:
        return [projection.value for projection in self.projections if projection.value is not None]

    def meets(self, value: Fraction) -> bool | None:
        """Whether a year's end meets the target; ``None`` without a target, or where neither way is better."""
        if self.target is None:
            return None
        if self.low is not None:
            return self.low <= value <= self.target
        if self.better not in _ORDER:
            return None
        if self.strict and value == self.target:
            return False
        return value <= self.target if self.better == "lower" else value >= self.target

    def _projected(self, projection: Projection) -> str:
        name = f"{projection.method[0].upper()}{projection.method[1:]}"
        if projection.value is None:
            return f"{name}: cannot be used. {projection.remark}"
        ranged = (
            ""
            if projection.low is None or projection.high is None
            else f" ({self._figure(projection.low)} to {self._figure(projection.high)})"
        )
        clause = f"{name}: {self._figure(projection.value)} by {in_words(self.ends)}{ranged}"
        meets = self.meets(projection.value)
        if meets is None or self.target is None:
            return f"{clause}."
        if meets and self.low is not None:
            return f"{clause}, which is between {self._stated(self.low)} and {self._stated(self.target)}."
        if meets:
            return f"{clause}, which meets {self._stated(self.target)}."
        missed = self.target if self.low is None or projection.value > self.target else self.low
        if missed == projection.value:
            return f"{clause}, which is {self._stated(missed)} itself and so does not meet it."
        return f"{clause}, which misses {self._stated(missed)} by {self._missed(projection.value, missed)}."

    def _missed(self, value: Fraction, target: Fraction) -> str:
        shares = self.unit == "%" or not target
        size = shown(abs(value - target) if shares else 100 * abs((value - target) / target), 1)
        unit = (" point" if size == "1" else " points") if self.unit == "%" else "" if shares else "%"
        return f"less than 0.1{unit}" if size == "0" else f"{size}{unit}"

    def _needed(self) -> Iterator[str]:
        """What the months without a result must be."""
        need = self.needed
        if need is None or need.each is None or self.target is None or self.better not in _ORDER:
            return
        target = self._stated(self.target)
        if self.better == "higher" and need.rest <= 0:
            yield f"The target of {target} has been reached."
        elif need.passed:
            yield f"There is already {self._figure(-need.rest)} more than the target of {target}."
        else:
            each = shown(need.each, max(1, self.places))
            yield f"{self._left(need.months)} must be {each} or {self._bound}."
            if need.by_month:
                each_month = zip(need.months, need.by_month, strict=True)
                month_values = [
                    f"{period_name(at, self.parts)} {shown(value, max(1, self.places))}" for at, value in each_month
                ]
                yield f"By last year's profile: {', '.join(month_values)} or {self._bound}."

    def _left(self, months: Sequence[int]) -> str:
        """The periods to come; or those without a result, where one of them lies before the last result."""
        what = "month" if self.parts == _YEAR else "quarter"
        left = "left" if months[0] + len(months) == self.parts else "without a result"
        return f"The one {what} {left}" if len(months) == 1 else f"Each of the {len(months)} {what}s {left}"

    def _needed_rate(self) -> Iterator[str]:
        need = self.needed_rate
        if need is None or need.rate is None or self.target is None or self.better not in _ORDER:
            return
        counted, of = self.of
        target = self._stated(self.target)
        if need.more <= 0 and self.better == "higher":
            yield f"The {counted} so far are enough for {target} of the {of} expected by the year's end."
        elif need.more <= 0:
            yield f"The {counted} so far are already more than {target} of the {of} expected by the year's end."
        else:
            up = self.better == "higher"
            more = f"at least {ceil(need.more):,}" if up else f"at most {floor(need.more):,}"
            yield f"{target} needs {more} more {counted}: {shown(need.rate, 1)}% of the {of} to come."

    @property
    def _bound(self) -> str:
        return "less" if self.better == "lower" else "more"

    def _figure(self, value: GivenNumber) -> str:
        return shown(exact(value), self.places) + ("%" if self.unit == "%" else "")

    def _stated(self, value: Fraction) -> str:
        places = self.places if abs(value) >= _THOUSANDS else max(self.places, 2)
        return shown(value, places) + ("%" if self.unit == "%" else "")


def outlook(judged: Judged) -> Outlook:
    """How the year judged may end, and what is needed to reach its target."""
    indicator, stated = judged.series.indicator, judged.series.indicator.targets.get(judged.year)
    target, better, strict = judged.aim.target, indicator.better, False
    if stated is not None:
        better, strict = BETTER.get(stated.kind, better), stated.strict
        if stated.due is not None and stated.due != year_end(judged.year):
            target = None  # the year's end is not the day by which it is to be so
    ends = year_end(judged.year)
    blank = Outlook(ends, target, better, unit_of(judged), low=judged.aim.low, strict=strict)
    now = judged.history.parts(judged.kind).get(judged.year)
    why = _unfit(judged, now)
    if why or now is None:
        return replace(blank, remark=why)
    before = judged.history.parts(judged.kind).get(judged.year - 1)
    blank = replace(blank, parts=len(now), places=_PLACES.get(indicator.measure, 1))
    if indicator.measure == "percentage":
        return _of_percentage(blank, judged.series, now, before)
    values, values_before = values_of(now), None if before is None else values_of(before)
    estimates = projections(values, values_before)
    if indicator.measure == "rate":
        estimates = _of_rate(judged.series, now, before) or [
            replace(estimate, low=None, high=None) for estimate in estimates
        ]
    need = None if target is None or blank.low is not None else needed(target, values, values_before)
    return replace(blank, projections=tuple(estimates), needed=need)


def _unfit(judged: Judged, now: Slots | None) -> str:
    """Why a figure is not projected, or ""."""
    measure = judged.series.indicator.measure
    name = year_name(judged.year)
    if judged.finding.unit or measure not in {*SUMMED, "percentage"}:
        return "There is no projection: the figure stands for itself and does not add up over the year."
    if judged.finding.actual is None:
        return f"There is no projection: {name} has no result yet."
    if now is None or judged.kind not in PARTS:
        return "There is no projection: it is made from months or quarters, and the result is of a longer period."
    if None not in now:
        return f"{name} has all its results."
    if measure == "percentage" and not all(reading.of for reading in now if reading is not None):
        return "There is no projection: the results do not say what the percentage is made of."
    return ""


def _of_percentage(blank: Outlook, series: Series, now: Slots, before: Slots | None) -> Outlook:
    """From what is counted and what it is counted of, each projected."""
    counted, of = _parted(now)
    counted_before, of_before = (None, None) if before is None else _parted(before)
    estimates = rate_projections(counted, of, counted_before, of_before)
    to_come = {projection.method: projection.value for projection in projections(of, of_before)}
    of_all = to_come["last year's profile"] or to_come["straight"]
    need = None
    if blank.target is not None and blank.low is None and of_all is not None:
        so_far, of_so_far = (total([value for value in values if value is not None]) for values in (counted, of))
        need = needed_rate(blank.target, so_far, of_so_far, of_all)
    words = series.indicator.numerator or "cases counted", series.indicator.denominator or "cases"
    return replace(blank, projections=tuple(estimates), needed_rate=need, of=words)


def _parted(slots: Slots) -> tuple[list[GivenNumber | None], list[GivenNumber | None]]:
    """What is counted and what it is counted of, by part of the year; neither where one is missing."""
    whole = [reading if reading is not None and reading.of else None for reading in slots]
    return [None if reading is None else reading.counted for reading in whole], [
        None if reading is None else reading.of for reading in whole
    ]


def _of_rate(series: Series, now: Slots, before: Slots | None) -> list[Projection]:
    """From the events, for only these are counts whose range is known; empty where a rate does not say its events."""
    events, people = _parted(now)
    if [event is None for event in events] != [reading is None for reading in now]:
        return []
    known = [count for count in people if count is not None]
    scale = exact(series.indicator.per) * len(known) / total(known)
    estimates = projections(events, None if before is None else _parted(before)[0])
    return [estimate if estimate.value is None else _scaled(estimate, scale) for estimate in estimates]


def _scaled(projection: Projection, scale: Fraction) -> Projection:
    low, high = (None if end is None else end * float(scale) for end in (projection.low, projection.high))
    return replace(projection, value=None if projection.value is None else projection.value * scale, low=low, high=high)


Compared = Literal["the same period of last year", "the twelve months before"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A series against its own past.

    Attributes:
        against: what it is compared with.
        period, before: the two periods in words; "" where there is nothing to compare.
        change: from the one to the other; ``None`` where there is nothing to compare.
        breaks: where it was counted in another way in between.
        left_out: how many periods count on neither side, since one of the two lacks them.
        unit: in which the change is told.
        scale: the steps that it goes by, where the figures are no numbers.
        remark: a sentence on why there is nothing, or "".
    """

    against: Compared
    period: str = ""
    before: str = ""
    change: counts.Change | None = None
    breaks: tuple[Break, ...] = ()
    left_out: int = 0
    unit: str = ""
    scale: Scale | None = None
    remark: str = ""

    @property
    def sentence(self) -> str:
        """The comparison in words, with what must be said of it."""
        if self.change is None:
            return self.remark
        changed = self.scale.change(self.change) if self.scale else counts.sentence(self.change, self.unit)
        sentences = [f"{self.period} after {self.before}: {changed}."]
        if self.left_out:
            several = self.left_out > 1
            sentences.append(
                f"{self.left_out} {'months are' if several else 'month is'} left out on both sides: "
                f"one of the two years has no result for {'them' if several else 'it'}."
            )
        return " ".join([*sentences, *map(break_words, self.breaks)])


def compared(judged: Judged) -> list[Comparison]:
    """The year so far against the same period of last year, and the last twelve months against the twelve before."""
    return [_same_period(judged), _twelve_months(judged)]


def _same_period(judged: Judged) -> Comparison:
    against: Compared = "the same period of last year"
    finding = judged.finding
    if judged.change is None or not finding.before:
        return Comparison(against, remark="There is no result of the same period of last year.")
    months = {(reading.first.month, reading.last.month) for reading in finding.before}
    alike = [reading for reading in finding.used if (reading.first.month, reading.last.month) in months]
    left_out = (len(finding.used) - len(alike)) * (_YEAR // PARTS.get(finding.kind, _YEAR))
    return Comparison(
        against,
        _words(alike),
        _words(finding.before),
        judged.change,
        judged.across,
        left_out,
        unit_of(judged),
        scale_in(judged),
    )


def _twelve_months(judged: Judged) -> Comparison:
    against: Compared = "the twelve months before"
    by_place = {
        year * _YEAR + at: reading
        for year, slots in judged.history.months.items()
        for at, reading in enumerate(slots)
        if reading is not None
    }
    if not by_place or max(by_place) - min(by_place) < 2 * _YEAR - 1:
        return Comparison(against, remark="There are fewer than two years of months to compare.")
    last = max(by_place)
    both = [at for at in range(last - _YEAR + 1, last + 1) if at in by_place and at - _YEAR in by_place]
    used, before = ([by_place[at - back] for at in both] for back in (0, _YEAR))
    indicator = judged.series.indicator
    if not is_pooled(indicator.measure, [*used, *before]):
        return Comparison(against, remark="Twelve months of this figure cannot be put together.")
    made = change(judged.series, Found("month", used=tuple(used), before=tuple(before)))
    if made is None:
        return Comparison(against, remark="No month has a result in both years.")
    breaks = tuple(breaks_between(before[0].first, used[-1].last, judged.series.breaks))
    return Comparison(against, _words(used), _words(before), made, breaks, _YEAR - len(both), unit_of(judged))


def _words(readings: Sequence[Reading]) -> str:
    """From the first to the last of them in words."""
    return rag_words.period_words(readings[0].first, max(reading.last for reading in readings))
