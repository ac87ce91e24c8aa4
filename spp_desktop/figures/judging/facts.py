"""What a judgement rests on: the figure, what it is held against and how, and what must be said of both."""

from collections.abc import Iterable, Mapping
from datetime import date

from spp_desktop.figures.comparison import break_words, breaks_between
from spp_desktop.figures.judging.aims import Aim
from spp_desktop.figures.judging.findings import Found, interval_before
from spp_desktop.figures.judging.series import EarlierTarget, Measured, Series
from spp_desktop.figures.rag import words as rag_words
from spp_desktop.figures.rag.colours import Facts, Limit
from spp_desktop.figures.survey import Interval, apart
from spp_desktop.figures.targets.kinds import AGAINST_LAST_YEAR, CHANGES
from spp_desktop.figures.targets.stated import JudgedTarget
from spp_desktop.plan.kinds.days import in_words
from spp_desktop.plan.performance import Polarity, TargetKind
from spp_desktop.plan.periods import month_end, year_name, year_of, year_start


def facts_of(  # noqa: PLR0917 - what is judged, and all that it rests on
    series: Series, found: Found, held: Aim, year: int, as_at: date, replaced: EarlierTarget | None
) -> Facts:
    """The facts of a year's figure and its aim; ``replaced`` is the target that judges though it has changed since."""
    indicator, used = series.indicator, found.used
    stated = indicator.targets.get(year)
    states = {one.state for one in used}
    period = found.period or (rag_words.period_words(used[0].first, used[-1].last) if used else year_name(year))
    end = held.to_date if held.to_date is not None else held.target
    band = None if held.low_to_date is None or held.to_date is None else (held.low_to_date, held.to_date)
    better = _better(indicator, stated, found)
    if band is not None:
        below = found.actual is not None and found.actual < band[0]
        end, better = (band[0], "higher") if below else (band[1], "lower")
    return Facts(
        actual=found.actual,
        aim=end,
        better=better,
        unit=found.unit or indicator.unit,
        period=period,
        target=held.target,
        method=held.method,
        last_year=found.last_year,
        interval=_interval(stated, found),
        months=found.months,
        benchmark=stated is not None and stated.kind == "benchmark",
        state="provisional" if "provisional" in states else "revised" if "revised" in states else "final",
        remark=" ".join(_remarks(series, found, held, year, as_at, replaced)),
        stated=stated is not None,
        limit=_limit(stated),
        strict=stated is not None and (stated.strict or stated.kind in {"reduce", "increase"}),
        band=band,
        whole_band=None if held.low is None or held.target is None else (held.low, held.target),
        scale=indicator.scale if not found.unit else None,
        unjudged=held.unjudged,
        waits=held.waits,
    )


def _better(indicator: Measured, stated: JudgedTarget | None, found: Found) -> Polarity:
    """Which way is better: as the target says itself, else as the indicator does."""
    if stated is not None and stated.kind in BETTER:
        return BETTER[stated.kind]
    if found.unit:
        return "lower"
    return "higher" if indicator.measure == "grade" else indicator.polarity


BETTER: Mapping[TargetKind, Polarity] = {
    "ceiling": "lower",
    "floor": "higher",
    "reduce": "lower",
    "increase": "higher",
}


def _limit(stated: JudgedTarget | None) -> Limit:
    """How a target bounds what is held against it, as sentences have it."""
    if stated is None or stated.kind not in _LIMITS:
        return ""
    return _LIMITS[stated.kind]


_LIMITS: Mapping[TargetKind, Limit] = {
    "ceiling": "ceiling",
    "floor": "floor",
    "reduce": "last year",
    "increase": "last year",
    "maintain": "as last year",
}


def _interval(stated: JudgedTarget | None, found: Found) -> Interval | None:
    """The interval of a survey's figure; held against last year's, that of what lies between them."""
    if stated is None or stated.kind not in AGAINST_LAST_YEAR or found.interval is None or found.last_year is None:
        return found.interval
    before = interval_before(found)
    if before is None:
        return found.interval
    between, was = apart(found.interval, before), float(found.last_year)
    return Interval(found.interval.value, was + between.low, was + between.high)


def _remarks(  # noqa: PLR0917 - what is judged, and all that it rests on
    series: Series, found: Found, held: Aim, year: int, as_at: date, replaced: EarlierTarget | None
) -> Iterable[str]:
    """What must be said of the figures that a judgement rests on."""
    if replaced is not None:
        was = "no target" if replaced.target is None else replaced.target.stated
        yield f"It is judged by {was}, the target until {in_words(replaced.until)}."
    if found.remark:
        yield found.remark
    if held.remark:
        yield held.remark
    if found.missing:
        many = f"{found.missing} {found.kind}{'s have' if found.missing > 1 else ' has'}"
        yield f"{many} no result and {'count' if found.missing > 1 else 'counts'} on neither side."
    if series.breaks and found.used and held.target is not None:
        yield from map(break_words, breaks_between(_rests_on(series, held, year), found.used[-1].last, series.breaks))
    now = year_of(as_at)
    if year < now and as_at >= month_end(year_start(now)) and now in series.indicator.targets:
        yield f"There is no result of {year_name(now)} yet."


def _rests_on(series: Series, held: Aim, year: int) -> date:
    """The first day of what an aim is made from: the years of a change or a profile, or the year itself."""
    back = 0
    stated = series.indicator.targets.get(year)
    if stated is not None and (stated.kind in CHANGES or (held.way is not None and not held.way.summed)):
        back = 1
    if held.way is not None:
        back = max(back, held.way.years)
    return year_start(year - back)
