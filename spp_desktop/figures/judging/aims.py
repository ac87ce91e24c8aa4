"""What a year is judged against: its target in the unit of the results, what that is a change of, and the way there."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from spp_desktop.figures.exact import GivenNumber, exact
from spp_desktop.figures.judging.findings import Found
from spp_desktop.figures.judging.series import (
    PARTS,
    STANDALONE,
    SUMMED,
    History,
    Measured,
    Series,
    is_pooled,
    place_of,
    together,
    total,
    values_of,
)
from spp_desktop.figures.targets.kinds import AGAINST_LAST_YEAR, CHANGES, LIMITS
from spp_desktop.figures.targets.stated import JudgedTarget
from spp_desktop.figures.trajectory import Trajectory, of_level, of_sum, resolved
from spp_desktop.plan.kinds.days import short_day
from spp_desktop.plan.performance import Measure, TargetKind
from spp_desktop.plan.periods import PeriodKind, month_end, month_of_year, months_between, year_name

_MONTHS = PARTS["month"]
_AT_ONCE: frozenset[Measure] = frozenset({"survey", "grade", "yes/no"})
"""Measures whose figure is held against the target itself, whatever the month."""
_NO_WAY = "With no figure for the year before it has no trajectory."


class Aim(NamedTuple):
    """What a figure is held against.

    Attributes:
        target: at the year's end, in the unit of the results; ``None`` where it has none.
        baseline: what a change is of, the year before's figure or that of the year it names; and what a level sets out
            from.
        way: how it goes to the target over the year, for months and quarters; ``None`` where it does not go by parts.
        to_date: where the figure should stand now; the target itself where there is no way to it, or it is all behind.
        method: the way in words; "" where the figure is held against the target itself.
        remark: a sentence, or "", on why there is none, or why it is not what was asked for.
        low: of a range the lower end, ``target`` and ``to_date`` being the upper one; ``low_to_date`` for now.
        unjudged: why no figure is held against the target at all, in words behind "Not judged: "; "" where one is.
        waits: the day from which the target holds, where that is still to come.
    """

    target: Fraction | None
    baseline: Fraction | None = None
    way: Trajectory | None = None
    to_date: Fraction | None = None
    method: str = ""
    remark: str = ""
    low: Fraction | None = None
    low_to_date: Fraction | None = None
    unjudged: str = ""
    waits: date | None = None


def whole_year(indicator: Measured, history: History, year: int) -> Fraction | None:
    """An indicator's figure for a whole year: from twelve months, else four quarters, else a result of the year.

    A figure that neither adds up nor is pooled has its result of the year, else its latest. ``None`` where the year is
    not whole.
    """
    whole = [reading.value for reading in history.others if place_of(reading.first, reading.last)[:2] == ("year", year)]
    own = exact(whole[-1]) if whole and whole[-1] is not None else None
    for slots in (history.months.get(year), history.quarters.get(year)):
        if slots is None or (indicator.measure not in STANDALONE and not all(slots)):
            continue
        there = [reading for reading in slots if reading is not None]
        if own is not None and not is_pooled(indicator.measure, there):
            return own
        return together(indicator.measure, indicator.per, there)
    return own


def baseline(series: Series, history: History, year: int) -> Fraction | None:
    """What a year's change is cut from: the result of the year before, or its target where that is asked for."""
    indicator = series.indicator
    if indicator.cut_from == "target" and (before := indicator.targets.get(year - 1)) is not None:
        cut_from = baseline(series, history, year - 1) if before.kind in CHANGES else None
        target = resolved(before.kind, before.value, indicator.polarity, cut_from)
        if target is not None:
            return target
    return whole_year(indicator, history, year - 1)


def target_of(series: Series, year: int, base: Fraction | None) -> tuple[Fraction | None, str]:
    """A year's target in the unit of the results, as a change of ``base``, and a remark on what is missing for it.

    Of a range it is the upper end.
    """
    stated = series.indicator.targets.get(year)
    if stated is None:
        return None, ""
    number = stated.upper if stated.kind == "range" else stated.value
    target = resolved(stated.kind, number, series.indicator.polarity, base)
    if target is not None:
        return target * _times(series.indicator, stated), ""
    if stated.kind == "benchmark":
        return None, ""
    if number is None:
        return None, f"The target, “{stated.stated}”, has no number to judge by."
    if stated.base_year is not None:
        of = year_name(stated.base_year)
        return None, f"The target, “{stated.stated}”, is a change of {of}, which has no whole year of results."
    return None, f"The target is {stated.stated} on {year_name(year - 1)}, which has no whole year of results."


def _times(indicator: Measured, stated: JudgedTarget) -> int:
    """How many of a target a year has: 12 of "100 a month", where results add up."""
    return PARTS[stated.every] if stated.every != "year" and indicator.measure in SUMMED else 1


def itself(target: Fraction | None, base: Fraction | None, remark: str = "") -> Aim:
    """The aim of what is held against its target whatever the month, such as a survey, a gap or a rank."""
    return Aim(target, base, to_date=target, remark=remark)


def aim(series: Series, history: History, year: int, finding: Found) -> Aim:
    """What the figure of a year so far is held against."""
    stated = series.indicator.targets.get(year)
    base = baseline(series, history, year)
    if stated is None:
        return Aim(None, base)
    without = without_way(series.indicator, stated, finding, base)
    if without is not None:
        return without
    cut_from = base if stated.base_year is None else whole_year(series.indicator, history, stated.base_year)
    target, remark = target_of(series, year, cut_from)
    if target is None:
        return Aim(None, base, remark=remark)
    year_aim = _on_its_way(series, history, year, finding, itself(target, base))._replace(baseline=cut_from)
    return year_aim if stated.kind != "range" else with_low(year_aim, series.indicator, stated)


def _on_its_way(series: Series, history: History, year: int, finding: Found, end: Aim) -> Aim:
    """The aim of a year's figure so far; ``end`` is the year's."""
    indicator, target, base = series.indicator, end.target, end.baseline
    assert target is not None
    at_once = indicator.measure not in SUMMED and indicator.targets[year].kind in LIMITS
    if indicator.measure in _AT_ONCE or at_once:
        return end
    if finding.kind not in PARTS:
        return _of_one(series, history, finding, year, end)
    if indicator.measure in SUMMED:
        way = _way(series, history, year, finding.kind, target)
    elif base is not None:
        way = of_level(base, target, PARTS[finding.kind])
    else:
        return itself(target, base, _NO_WAY)
    return _along(way, base, finding.places)


def with_low(upper_aim: Aim, indicator: Measured, stated: JudgedTarget) -> Aim:
    """The aim of a range with its lower end, as far on its way as the upper one."""
    low = exact(stated.value or 0) * _times(indicator, stated)
    if not upper_aim.target or upper_aim.to_date is None:
        return upper_aim._replace(low=low, low_to_date=None if upper_aim.to_date is None else low)
    return upper_aim._replace(low=low, low_to_date=low * upper_aim.to_date / upper_aim.target)


def without_way(indicator: Measured, stated: JudgedTarget, finding: Found, base: Fraction | None) -> Aim | None:
    """The aim of a target that has no way to it in any unit; ``None`` for one that may have."""
    why = unjudged(indicator, stated, finding)
    if why:
        return Aim(None, base, unjudged=why)
    if stated.kind in AGAINST_LAST_YEAR:
        return Aim(None, base, to_date=finding.last_year)
    return _by_a_date(indicator, stated, finding, base) if stated.kind == "by a date" else None


def unjudged(indicator: Measured, stated: JudgedTarget, finding: Found) -> str:
    """Why no figure is held against a target, in words behind "Not judged: "; "" where one is."""
    if stated.kind in _UNJUDGED:
        return _UNJUDGED[stated.kind].format(stated.stated)
    if stated.kind == "by a date" and stated.value is None and indicator.measure != "yes/no" and stated.due:
        return f"the target is for a day, {short_day(stated.due)}, and no figure says whether it is kept."
    if finding.actual is None:
        return ""
    if stated.kind in AGAINST_LAST_YEAR and finding.last_year is None:
        return f"the target is “{stated.stated}”, and the same period of last year has no result."
    level = indicator.measure == "level" and stated.every != "year"
    if level and finding.kind != stated.every:
        return f"the target is {stated.stated}, and the result is not of one {stated.every}."
    return ""


_UNJUDGED: Mapping[TargetKind, str] = {
    "forecast": "“{0}” is a forecast, and nothing is aimed at.",
    "to be confirmed": "the target is still to be set (“{0}”).",
    "monitor": "it is only watched (“{0}”), and nothing is aimed at.",
}


def _by_a_date(indicator: Measured, stated: JudgedTarget, finding: Found, base: Fraction | None) -> Aim:
    """The aim of what is to be so by a day: the target itself from then on; a yes is one at once."""
    wanted = 0 if indicator.polarity == "lower" else 1
    target = exact(wanted if stated.value is None else stated.value)
    early = stated.due is not None and (finding.ends is None or finding.ends < stated.due)
    if early and not (indicator.measure == "yes/no" and finding.actual == target):
        return itself(target, base)._replace(waits=stated.due)
    return itself(target, base)


def _along(way: Trajectory, base: Fraction | None, places: Sequence[int], *, kept: bool = True) -> Aim:
    """The aim after these parts of the year; at its end the target itself."""
    to_date = way.to_date(places)
    ended = to_date == way.target and len(way.way) - 1 in places
    method = "" if to_date is None or ended else way.words
    return Aim(way.target, base, way if kept else None, to_date, method, "" if ended else way.remark)


def _way(series: Series, history: History, year: int, kind: PeriodKind, target: Fraction) -> Trajectory:
    """The way of a figure that adds up."""
    indicator = series.indicator
    profiles: list[list[GivenNumber | None]] = []
    if indicator.trajectory == "last year's profile":
        profiles = [profile(history, kind, year - back) for back in range(1, indicator.profile_years + 1)]
    return of_sum(target, profiles, PARTS[kind])


def profile(history: History, kind: PeriodKind, year: int) -> list[GivenNumber | None]:
    """The figures of a year by month or quarter, ``None`` where there is none; quarters also from their months."""
    slots = history.parts(kind).get(year)
    if slots is not None:
        return values_of(slots)
    values = values_of(history.months.get(year) or [None] * _MONTHS)
    if kind == "month":
        return values
    quarters = [[value for value in values[at : at + 3] if value is not None] for at in range(0, _MONTHS, 3)]
    return [total(quarter) if len(quarter) == _MONTHS // PARTS[kind] else None for quarter in quarters]


def _of_one(series: Series, history: History, finding: Found, year: int, end: Aim) -> Aim:
    """The aim of one result, of a part of the year, of a year, or of any twelve months; ``end`` is the year's."""
    assert end.target is not None
    first, last = finding.used[-1].first, finding.used[-1].last
    count, at = months_between(first, last), month_of_year(last)
    if series.indicator.measure in SUMMED and count != _MONTHS:
        if count > at + 1 or first.day > 1 or last != month_end(last):
            remark = "The period is not one of whole months of one year, so nothing says where it should stand."
            return Aim(None, end.baseline, remark=remark)
        way = _way(series, history, year, "month", end.target)
        return _along(way, end.baseline, range(at + 1 - count, at + 1), kept=False)
    if end.baseline is None:
        return end
    return _along(of_level(end.baseline, end.target), end.baseline, [at], kept=False)
