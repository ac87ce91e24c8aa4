"""One series judged: against its target, as a control chart, and against last year, each by itself and all together.

What every screen, export and command says of an indicator comes from here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

from spp_desktop.figures import counts
from spp_desktop.figures.comparison import Break, break_words, breaks_between
from spp_desktop.figures.control import words as control_words
from spp_desktop.figures.control.chart import Chart, Settings, chart
from spp_desktop.figures.exact import GivenNumber, exact
from spp_desktop.figures.judging.aims import CHANGES, Aim, aim, itself, target_of
from spp_desktop.figures.judging.findings import Found, by_gap, by_rank, by_results, change
from spp_desktop.figures.judging.series import PARTS, SUMMED, History, Reading, Series, ending, history
from spp_desktop.figures.peers import Standing, standing
from spp_desktop.figures.rag import colours as rag
from spp_desktop.figures.rag import words as rag_words
from spp_desktop.figures.rag.colours import Facts, Judgement, Look
from spp_desktop.figures.targets.stated import rank_parts
from spp_desktop.plan.periods import PeriodKind, month_end, year_name, year_of, year_start

NO_MONTHS = "A control chart is made of single months, and there are none here."
TOO_FAR_APART = "The values lie too far apart for a chart."
NO_RANK = "The target is a place among similar forces, and an area has none."
_MONTHS = PARTS["month"]
_SHARES = {"percentage", "survey"}


@dataclass(frozen=True)
class Judged:
    """A series with all that is said of it.

    Attributes:
        series: what was judged.
        as_at: by the periods that had ended on this day.
        year: the first calendar year of the financial year judged.
        found: the figure of that year so far, and what it is made of.
        history: the readings by year.
        latest: the latest result of any period, or ``None``.
        aim: what the figure is held against.
        judgement: against the target, with its facts.
        chart: of the months, or ``None``; ``no_chart`` then says why.
        standing: among the most similar forces, in the latest year they are known for, or ``None``.
    """

    series: Series
    as_at: date
    year: int
    found: Found
    history: History
    latest: Reading | None
    aim: Aim
    judgement: Judgement
    chart: Chart | None
    no_chart: str
    standing: Standing | None

    @property
    def kind(self) -> PeriodKind:
        """The sort of periods it was judged by."""
        return self.found.kind

    @property
    def used(self) -> tuple[Reading, ...]:
        """The results that make up ``judgement.facts.actual``, in their order."""
        return self.found.used

    @cached_property
    def change(self) -> counts.Change | None:
        """From the same period of last year, or ``None``."""
        return change(self.series, self.found)

    @property
    def across(self) -> tuple[Break, ...]:
        """The breaks between that period and this."""
        if not self.found.before:
            return ()
        first, last = self.found.before[0].first, self.found.used[-1].last
        return tuple(breaks_between(first, last, self.series.breaks))

    @property
    def sentence(self) -> str:
        """Why it has its colour."""
        return rag_words.sentence(self.judgement)

    @property
    def remark(self) -> str:
        """What a green that the process does not bear out asks to be said, or ""."""
        return "" if self.chart is None else control_words.remark(self.judgement.state, self.chart)

    @cached_property
    def direction(self) -> str:
        """The change from the same period of last year in words, with any break between the two; "" for none."""
        if self.change is None:
            return ""
        return ". ".join([counts.sentence(self.change, unit_of(self)), *map(break_words, self.across)])

    @property
    def look(self) -> Look:
        """How its colour is shown: word, shape and colours."""
        return self.judgement.look


def unit_of(judged: Judged) -> str:
    """The unit of what a series was judged by: its indicator's, "%" for shares, or that of a gap or a rank."""
    indicator = judged.series.indicator
    return judged.found.unit or ("%" if indicator.measure in _SHARES else indicator.unit)


def month_unit_of(judged: Judged) -> str:
    """The unit of a series' control chart: that of single months, "robberies a month" where they add up."""
    indicator = judged.series.indicator
    unit = "%" if indicator.measure in _SHARES else indicator.unit
    return f"{unit} a month".lstrip() if indicator.measure in SUMMED and unit != "%" else unit


def judge(series: Series, as_at: date) -> Judged:
    """Everything that can be said of a series by the periods that had ended on a day."""
    own = [one for one in series.readings if one.last <= as_at and not one.population]
    sides = [] if own else [one for one in series.readings if one.last <= as_at]
    by_year = history(own)
    known = [one for one in sides if one.value is not None]
    latest = max(known, key=ending) if known else by_year.latest
    year = _year(series, latest, as_at)
    stands = _standing(series, year)
    found, held = _held(series, by_year, sides, stands, year)
    facts = _facts(series, found, held, year, as_at)
    override = None if found.ends is None else series.overrides.get(found.ends)
    made, why_not = _chart(series, by_year, held, year, as_at)
    return Judged(
        series=series,
        as_at=as_at,
        year=year,
        found=found,
        history=by_year,
        latest=latest,
        aim=held,
        judgement=rag.judge(facts, series.rule, override),
        chart=made,
        no_chart=why_not,
        standing=stands,
    )


def _year(series: Series, latest: Reading | None, as_at: date) -> int:
    """The year judged: that of the day, or the one before where it has a target and the latest result.

    So in April the year that ended is judged until the new one has a result. A plan that is over is judged by its last
    year.
    """
    year = year_of(as_at)
    aimed = [one for one in series.indicator.targets if one is not None]
    ended = None if latest is None else year_of(latest.last)
    if ended != year and aimed and max(aimed) < year:
        return max(aimed)
    return year - 1 if ended == year - 1 and (year - 1 in aimed or year not in aimed) else year


def _held(
    series: Series, by_year: History, sides: list[Reading], stands: Standing | None, year: int
) -> tuple[Found, Aim]:
    """The figure of a year, and what it is held against."""
    stated = series.indicator.targets.get(year)
    if stated is not None and stated.kind == "peer rank":
        if series.area_key:
            return by_results(series, by_year, year), Aim(None, remark=NO_RANK)
        target, remark = target_of(series, year, None)
        parts = rank_parts(stated.stated)
        if target is None and parts and stands is not None:
            target, remark = Fraction(max(1, stands.of // parts)), ""
        return by_rank(series, stands, year), itself(target, None, remark)
    if sides:
        base = by_gap(sides, year - 1).actual
        target, remark = target_of(series, year, base)
        return by_gap(sides, year), itself(target, base, remark)
    found = by_results(series, by_year, year)
    return found, aim(series, by_year, year, found)


def _standing(series: Series, year: int) -> Standing | None:
    if not series.peers:
        return None
    at = max((one for one in series.peers if one <= year), default=None)
    if at is None or series.indicator.polarity == "neutral" or series.force not in series.peers[at]:
        return None
    return standing(series.force, series.peers[at], series.indicator.polarity)


# Putting it together


def _facts(series: Series, found: Found, held: Aim, year: int, as_at: date) -> Facts:
    indicator, used = series.indicator, found.used
    stated = indicator.targets.get(year)
    states = {one.state for one in used}
    period = found.period or (rag_words.period_words(used[0].first, used[-1].last) if used else year_name(year))
    return Facts(
        actual=found.actual,
        aim=held.to_date if held.to_date is not None else held.target,
        better="lower" if found.unit else indicator.polarity,
        unit=found.unit or indicator.unit,
        period=period,
        target=held.target,
        method=held.method,
        last_year=found.last_year,
        interval=found.interval,
        months=found.months,
        benchmark=stated is not None and stated.kind == "benchmark",
        state="provisional" if "provisional" in states else "revised" if "revised" in states else "final",
        remark=" ".join(_remarks(series, found, held, year, as_at)),
        stated=stated is not None,
    )


def _remarks(series: Series, found: Found, held: Aim, year: int, as_at: date) -> Iterable[str]:
    """What must be said of the figures that a judgement rests on."""
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


def _chart(series: Series, by_year: History, held: Aim, year: int, as_at: date) -> tuple[Chart | None, str]:
    """The control chart of the single months; where they add up, a twelfth of the year's target is each one's."""
    if not by_year.months:
        return None, NO_MONTHS
    indicator = series.indicator
    stated = indicator.targets.get(year)
    target: GivenNumber | None = None if stated is None or stated.kind == "peer rank" else held.target
    if target is not None and indicator.measure in SUMMED:
        target = exact(target) / _MONTHS
    settings = Settings(
        better=indicator.polarity,
        target=target,
        rebases=tuple([one for one in series.rebases if one.first <= as_at]),
        fix_after=indicator.fix_after,
        screened=indicator.screened,
        beyond_counts=indicator.beyond_counts,
    )
    try:
        return chart(by_year.days, by_year.values, settings), ""
    except OverflowError:
        return None, TOO_FAR_APART
