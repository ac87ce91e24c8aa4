"""What a year is judged against: its target in the unit of the results, what that is a change of, and the way there."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from spp_desktop.figures.exact import GivenNumber, exact
from spp_desktop.figures.judging.findings import Found
from spp_desktop.figures.judging.series import (
    PARTS,
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
from spp_desktop.figures.trajectory import Trajectory, of_level, of_sum, resolved
from spp_desktop.plan.performance import TargetKind
from spp_desktop.plan.periods import PeriodKind, month_end, month_of_year, months_between, year_name

CHANGES: frozenset[TargetKind] = frozenset({"change on previous year", "change over plan", "point change"})
"""Targets that are a change of the year before."""
_MONTHS = PARTS["month"]
_NO_WAY = "With no figure for the year before it has no trajectory."


class Aim(NamedTuple):
    """What a figure is held against.

    Attributes:
        target: at the year's end, in the unit of the results; ``None`` where it has none.
        baseline: the year before's figure: what a change is of, and what a level sets out from.
        way: how it goes to the target over the year, for months and quarters; ``None`` where it does not go by parts.
        to_date: where the figure should stand now; the target itself where there is no way to it, or it is all behind.
        method: the way in words; "" where the figure is held against the target itself.
        remark: a sentence, or "", on why there is none, or why it is not what was asked for.
    """

    target: Fraction | None
    baseline: Fraction | None = None
    way: Trajectory | None = None
    to_date: Fraction | None = None
    method: str = ""
    remark: str = ""


def whole_year(indicator: Measured, history: History, year: int) -> Fraction | None:
    """An indicator's figure for a whole year: from twelve months, else four quarters, else a result of the year.

    A figure that neither adds up nor is pooled has its result of the year, else its latest. ``None`` where the year is
    not whole.
    """
    whole = [one.value for one in history.others if place_of(one.first, one.last)[:2] == ("year", year)]
    own = exact(whole[-1]) if whole and whole[-1] is not None else None
    for slots in (history.months.get(year), history.quarters.get(year)):
        if slots is None or (indicator.measure != "level" and not all(slots)):
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
    """A year's target in the unit of the results, as a change of ``base``, and a remark on what is missing for it."""
    stated = series.indicator.targets.get(year)
    if stated is None:
        return None, ""
    target = resolved(stated.kind, stated.value, series.indicator.polarity, base)
    if target is not None or stated.kind == "benchmark":
        return target, ""
    if stated.value is None:
        return None, f"The target, “{stated.stated}”, has no number to judge by."
    return None, f"The target is {stated.stated} on {year_name(year - 1)}, which has no whole year of results."


def itself(target: Fraction | None, base: Fraction | None, remark: str = "") -> Aim:
    """The aim of what is held against its target whatever the month, such as a survey, a gap or a rank."""
    return Aim(target, base, to_date=target, remark=remark)


def aim(series: Series, history: History, year: int, found: Found) -> Aim:
    """What the figure of a year so far is held against."""
    indicator = series.indicator
    base = baseline(series, history, year)
    target, remark = target_of(series, year, base)
    if target is None:
        return Aim(None, base, remark=remark)
    if indicator.measure == "survey":
        return itself(target, base)
    if found.kind not in PARTS:
        return _of_one(series, history, found, year, itself(target, base))
    if indicator.measure in SUMMED:
        way = _way(series, history, year, found.kind, target)
    elif base is not None:
        way = of_level(base, target, PARTS[found.kind])
    else:
        return itself(target, base, _NO_WAY)
    return _along(way, base, found.places)


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
    quarters = [[one for one in values[at : at + 3] if one is not None] for at in range(0, _MONTHS, 3)]
    return [total(quarter) if len(quarter) == _MONTHS // PARTS[kind] else None for quarter in quarters]


def _of_one(series: Series, history: History, found: Found, year: int, end: Aim) -> Aim:
    """The aim of one result, of a part of the year, of a year, or of any twelve months; ``end`` is the year's."""
    assert end.target is not None
    first, last = found.used[-1].first, found.used[-1].last
    count, at = months_between(first, last), month_of_year(last)
    if series.indicator.measure in SUMMED and count != _MONTHS:
        if count > at + 1 or first.day > 1 or last != month_end(last):
            said = "The period is not one of whole months of one year, so nothing says where it should stand."
            return Aim(None, end.baseline, remark=said)
        way = _way(series, history, year, "month", end.target)
        return _along(way, end.baseline, range(at + 1 - count, at + 1), kept=False)
    if end.baseline is None:
        return end
    return _along(of_level(end.baseline, end.target), end.baseline, [at], kept=False)
