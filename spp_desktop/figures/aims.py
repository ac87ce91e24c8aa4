"""What a year is judged against: its target in the unit of the results, what that is a change of, and the way there."""

from dataclasses import dataclass
from fractions import Fraction

from spp_desktop.figures.exact import Number, exact
from spp_desktop.figures.series import PARTS, SUMMED, Measured, Reading, Series, Years, together, values_of
from spp_desktop.figures.trajectory import Trajectory, of_level, of_sum, resolved
from spp_desktop.plan.periods import PeriodKind, month_of_year, months_between, year_name, year_of

CHANGES = frozenset({"change on previous year", "change over plan", "point change"})
_MONTHS = PARTS["month"]


@dataclass(frozen=True, slots=True)
class Aim:
    """What a figure is held against.

    Attributes:
        target: at the year's end, in the unit of the results; ``None`` where it has none.
        baseline: the year before's figure: what a change is of, and what a level sets out from.
        way: how it goes to the target over the year, for months and quarters; ``None`` where it does not go by parts.
        to_date: where the figure should stand now; the target itself where there is no way to it.
        method: the way in words; "" where the figure is held against the target itself.
        remark: a sentence, or "", on why there is none, or why it is not what was asked for.
    """

    target: Fraction | None
    baseline: Fraction | None = None
    way: Trajectory | None = None
    to_date: Fraction | None = None
    method: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """The readings of a series by year: as months, as quarters, and those that are of neither, by their last day."""

    months: Years
    quarters: Years
    others: tuple[Reading, ...]

    def parts(self, kind: PeriodKind) -> Years:
        """The months or the quarters."""
        return self.months if kind == "month" else self.quarters


def whole_year(indicator: Measured, history: History, year: int) -> Fraction | None:
    """An indicator's figure for a whole year: from twelve months, else four quarters, else a result of the year.

    A figure that neither adds up nor is pooled has its latest of the year. ``None`` where the year is not whole.
    """
    for slots in (history.months.get(year), history.quarters.get(year)):
        if slots is not None and (None not in slots or indicator.measure == "level"):
            return together(indicator.measure, indicator.per, [reading for reading in slots if reading])
    own = [one for one in history.others if year_of(one.last) == year and month_of_year(one.last) == _MONTHS - 1]
    whole = [one for one in own if months_between(one.first, one.last) == _MONTHS]
    return exact(whole[-1].value) if whole and whole[-1].value is not None else None


def target_of(series: Series, history: History, year: int) -> tuple[Fraction | None, Fraction | None, str]:
    """A year's target in the unit of the results, what it is a change of, and a remark on what is missing."""
    indicator = series.indicator
    stated = indicator.targets.get(year)
    baseline = _baseline(series, history, year)
    if stated is None or stated.value is None:
        return None, baseline, ""
    target = resolved(stated.kind, stated.value, indicator.polarity, baseline)
    if target is None and stated.kind in CHANGES:
        said = f"The target is {stated.stated} on {year_name(year - 1)}, which has no whole year of results."
        return None, None, said
    return target, baseline, ""


def _baseline(series: Series, history: History, year: int) -> Fraction | None:
    """What a year's change is cut from: the result of the year before, or its target where that is asked for."""
    indicator = series.indicator
    if indicator.cut_from == "target" and (before := indicator.targets.get(year - 1)) is not None:
        target = resolved(before.kind, before.value, indicator.polarity, _baseline(series, history, year - 1))
        if target is not None:
            return target
    return whole_year(indicator, history, year - 1)


def aim(series: Series, history: History, year: int, kind: PeriodKind, reading: Reading | None) -> Aim:
    """What the figure of a year so far is held against.

    Args:
        series: What is judged.
        history: Its readings by year.
        year: The first calendar year of the year judged.
        kind: By which sort of period it is judged.
        reading: The result judged, where it is judged by one result and not by months or quarters.
    """
    target, baseline, remark = target_of(series, history, year)
    if target is None:
        return Aim(None, baseline, remark=remark)
    indicator = series.indicator
    if indicator.measure == "survey" or indicator.targets[year].kind in {"gap", "peer rank"}:
        return Aim(target, baseline, to_date=target)
    if kind not in PARTS:
        return _of_one(indicator, target, baseline, reading)
    way = _way(series, history, year, kind, target) if indicator.measure in SUMMED else None
    if way is None and baseline is not None:
        way = of_level(baseline, target, PARTS[kind])
    if way is None:
        return Aim(target, baseline, to_date=target, remark="With no figure for the year before it has no trajectory.")
    there = [place for place, one in enumerate(history.parts(kind).get(year, ())) if one is not None]
    return Aim(target, baseline, way, way.to_date(there), way.words, way.remark)


def _way(series: Series, history: History, year: int, kind: PeriodKind, target: Fraction) -> Trajectory:
    """The way of a figure that adds up."""
    indicator, parts = series.indicator, PARTS[kind]
    profiles: list[list[Number | None]] = []
    if indicator.trajectory == "last year's profile":
        none: list[Reading | None] = [None] * parts
        years = range(year - 1, year - 1 - indicator.profile_years, -1)
        profiles = [values_of(history.parts(kind).get(one, none)) for one in years]
    return of_sum(target, profiles, parts)


def _of_one(indicator: Measured, target: Fraction, baseline: Fraction | None, reading: Reading | None) -> Aim:
    """Of a part of the year, of a year, or of any twelve months."""
    if reading is None:
        return Aim(target, baseline)
    count, at = months_between(reading.first, reading.last), month_of_year(reading.last)
    if indicator.measure in SUMMED and count < _MONTHS:
        way = of_sum(target)
        return Aim(target, baseline, None, way.to_date(range(at + 1 - count, at + 1)), way.words)
    if baseline is None or at == _MONTHS - 1:
        return Aim(target, baseline, to_date=target)
    way = of_level(baseline, target)
    return Aim(target, baseline, None, way.to_date([at]), way.words)
