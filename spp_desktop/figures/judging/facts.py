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
    series: Series, finding: Found, aim: Aim, year: int, as_at: date, replaced: EarlierTarget | None
) -> Facts:
    """The facts of a year's figure and its aim; ``replaced`` is the target that judges though it has changed since."""
    indicator, used = series.indicator, finding.used
    stated = indicator.targets.get(year)
    states = {reading.state for reading in used}
    period = finding.period or (rag_words.period_words(used[0].first, used[-1].last) if used else year_name(year))
    end = aim.to_date if aim.to_date is not None else aim.target
    band = None if aim.low_to_date is None or aim.to_date is None else (aim.low_to_date, aim.to_date)
    better = _better(indicator, stated, finding)
    if band is not None:
        below = finding.actual is not None and finding.actual < band[0]
        end, better = (band[0], "higher") if below else (band[1], "lower")
    return Facts(
        actual=finding.actual,
        aim=end,
        better=better,
        unit=finding.unit or indicator.unit,
        period=period,
        target=aim.target,
        method=aim.method,
        last_year=finding.last_year,
        interval=_interval(stated, finding),
        months=finding.months,
        benchmark=stated is not None and stated.kind == "benchmark",
        state="provisional" if "provisional" in states else "revised" if "revised" in states else "final",
        remark=" ".join(_remarks(series, finding, aim, year, as_at, replaced)),
        stated=stated is not None,
        limit=_limit(stated),
        strict=stated is not None and (stated.strict or stated.kind in {"reduce", "increase"}),
        band=band,
        whole_band=None if aim.low is None or aim.target is None else (aim.low, aim.target),
        scale=indicator.scale if not finding.unit else None,
        unjudged=aim.unjudged,
        waits=aim.waits,
    )


def _better(indicator: Measured, stated: JudgedTarget | None, finding: Found) -> Polarity:
    """Which way is better: as the target says itself, else as the indicator does."""
    if stated is not None and stated.kind in BETTER:
        return BETTER[stated.kind]
    if finding.unit:
        return "lower"
    return indicator.better


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


def _interval(stated: JudgedTarget | None, finding: Found) -> Interval | None:
    """The interval of a survey's figure; held against last year's, that of what lies between them."""
    if stated is None or stated.kind not in AGAINST_LAST_YEAR or finding.interval is None or finding.last_year is None:
        return finding.interval
    before = interval_before(finding)
    if before is None:
        return finding.interval
    between, was = apart(finding.interval, before), float(finding.last_year)
    return Interval(finding.interval.value, was + between.low, was + between.high)


def _remarks(  # noqa: PLR0917 - what is judged, and all that it rests on
    series: Series, finding: Found, aim: Aim, year: int, as_at: date, replaced: EarlierTarget | None
) -> Iterable[str]:
    """What must be said of the figures that a judgement rests on."""
    if replaced is not None:
        was = "no target" if replaced.target is None else replaced.target.stated
        yield f"It is judged by {was}, the target until {in_words(replaced.until)}."
    if finding.remark:
        yield finding.remark
    if aim.remark:
        yield aim.remark
    if finding.missing:
        many = f"{finding.missing} {finding.kind}{'s have' if finding.missing > 1 else ' has'}"
        yield f"{many} no result and {'count' if finding.missing > 1 else 'counts'} on neither side."
    if series.breaks and finding.used and aim.target is not None:
        yield from map(break_words, breaks_between(_rests_on(series, aim, year), finding.used[-1].last, series.breaks))
    now = year_of(as_at)
    if year < now and as_at >= month_end(year_start(now)) and now in series.indicator.targets:
        yield f"There is no result of {year_name(now)} yet."


def _rests_on(series: Series, aim: Aim, year: int) -> date:
    """The first day of what an aim is made from: the years of a change or a profile, or the year itself."""
    back = 0
    stated = series.indicator.targets.get(year)
    if stated is not None and (stated.kind in CHANGES or (aim.way is not None and not aim.way.summed)):
        back = 1
    if aim.way is not None:
        back = max(back, aim.way.years)
    return year_start(year - back)
