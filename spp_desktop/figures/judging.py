"""One series judged: against its target, as a control chart, and against last year, each by itself and all together.

What every screen, export and command says of an indicator comes from here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from spp_desktop.figures import control_words, counts, rag, rag_words
from spp_desktop.figures.aims import CHANGES, Aim, History, aim
from spp_desktop.figures.comparison import Break, break_words, breaks_between
from spp_desktop.figures.control import Chart, Settings, chart, monthly
from spp_desktop.figures.exact import Number, exact
from spp_desktop.figures.findings import Found, by_gap, by_rank, by_results
from spp_desktop.figures.peers import Standing, standing
from spp_desktop.figures.rag import Facts, Judgement, Look
from spp_desktop.figures.series import (
    PARTS,
    SUMMED,
    Reading,
    Series,
    by_years,
    kind_of,
)
from spp_desktop.plan.periods import PeriodKind, year_name, year_of

NO_MONTHS = "A control chart is made of single months, and there are none here."
_PERCENT = 100
_MONTHS = PARTS["month"]


@dataclass(frozen=True, slots=True)
class Judged:
    """A series with all that is said of it.

    Attributes:
        series: what was judged.
        as_at: by what was known on this day.
        year: the first calendar year of the financial year judged.
        kind: the sort of periods it was judged by.
        history: its readings by year.
        latest: its latest result of any period, or ``None``.
        used: the results that make up ``facts.actual``, in their order.
        aim: what it is held against.
        judgement: against the target, with its facts.
        change: from the same period of last year, or ``None``.
        across: the breaks between the two periods.
        chart: of its months, or ``None``; ``no_chart`` then says why.
        standing: among the most similar forces, in the latest year they are known for, or ``None``.
    """

    series: Series
    as_at: date
    year: int
    kind: PeriodKind
    history: History
    latest: Reading | None
    used: tuple[Reading, ...]
    aim: Aim
    judgement: Judgement
    change: counts.Change | None
    across: tuple[Break, ...]
    chart: Chart | None
    no_chart: str
    standing: Standing | None

    @property
    def sentence(self) -> str:
        """Why it has its colour."""
        return rag_words.sentence(self.judgement)

    @property
    def remark(self) -> str:
        """What a green that the process does not bear out asks to be said, or ""."""
        return "" if self.chart is None else control_words.remark(self.judgement.state, self.chart)

    @property
    def direction(self) -> str:
        """The change from the same period of last year in words, with any break between the two; "" for none."""
        if self.change is None:
            return ""
        return ". ".join([counts.sentence(self.change, self.judgement.facts.unit), *map(break_words, self.across)])

    @property
    def look(self) -> Look:
        """How its colour is shown: word, shape and colours."""
        return self.judgement.look


def judge(series: Series, as_at: date) -> Judged:
    """Everything that can be said of a series by what was known on a day.

    The year judged is that of the latest result, or where there is none of the last two years, that of the day.
    """
    known = [reading for reading in series.readings if reading.last <= as_at]
    own = [reading for reading in known if not reading.population]
    history = _history(own)
    latest = max((one for one in known if one.value is not None), key=_ending, default=None)
    year = year_of(as_at)
    if latest is not None and year_of(latest.last) == year - 1:
        year -= 1
    stands = _standing(series, year)
    stated = series.indicator.targets.get(year)
    if stated is not None and stated.kind == "peer rank":
        found = by_rank(series, stands, year)
    elif own or not known:
        found = by_results(series, history, year)
    else:
        found = by_gap(known, year)
    held = aim(series, history, year, found.kind, found.used[-1] if found.used else None)
    across = _across(series, found)
    facts = _facts(series, found, held, year)
    override = series.overrides.get(found.used[-1].last) if found.used else None
    made, why_not = _chart(series, own, held)
    judgement = rag.judge(facts, series.rule, override)
    return Judged(
        series=series,
        as_at=as_at,
        year=year,
        kind=found.kind,
        history=history,
        latest=latest,
        used=found.used,
        aim=held,
        judgement=judgement,
        change=found.change,
        across=across,
        chart=made,
        no_chart=why_not,
        standing=stands,
    )


def _ending(reading: Reading) -> tuple[date, date]:
    """The later a result ends the later it is; of two that end together the shorter."""
    return reading.last, reading.first


def _history(own: Iterable[Reading]) -> History:
    readings = list(own)
    months, quarters = by_years(readings, "month"), by_years(readings, "quarter")
    others = [one for one in readings if one.value is not None and kind_of(one.first, one.last) not in PARTS]
    return History(months, quarters, tuple(sorted(others, key=_ending)))


def _standing(series: Series, year: int) -> Standing | None:
    at = max((one for one in series.peers if one <= year), default=None)
    if at is None or series.indicator.polarity == "neutral" or series.force not in series.peers[at]:
        return None
    return standing(series.force, series.peers[at], series.indicator.polarity)


# Putting it together


def _facts(series: Series, found: Found, held: Aim, year: int) -> Facts:
    indicator, used = series.indicator, found.used
    stated = indicator.targets.get(year)
    states = {one.state for one in used}
    period = found.period or (rag_words.period_words(used[0].first, used[-1].last) if used else year_name(year))
    worse_if_more = found.unit in {"percentage points", rag_words.RANK}
    return Facts(
        actual=found.actual,
        aim=held.to_date if held.to_date is not None else held.target,
        better="lower" if worse_if_more else indicator.polarity,
        unit=found.unit or indicator.unit,
        period=period,
        target=held.target,
        method=held.method,
        last_year=found.last_year,
        interval=found.interval,
        months=found.months,
        benchmark=stated is not None and stated.kind == "benchmark",
        state=next((state for state in ("provisional", "revised") if state in states), "final"),
        remark=" ".join(_remarks(series, found, held, year)),
    )


def _remarks(series: Series, found: Found, held: Aim, year: int) -> Iterable[str]:
    """What must be said of the figures that a judgement rests on."""
    if held.remark:
        yield held.remark
    if found.missing:
        many = f"{found.missing} {found.kind}{'s have' if found.missing > 1 else ' has'}"
        yield f"{many} no result and {'count' if found.missing > 1 else 'counts'} on neither side."
    stated = series.indicator.targets.get(year)
    if stated is not None and stated.kind in CHANGES and held.target is not None and found.used:
        yield from map(break_words, breaks_between(date(year - 1, 4, 1), found.used[-1].last, series.breaks))


def _across(series: Series, found: Found) -> tuple[Break, ...]:
    if not series.breaks or not found.before or not found.used:
        return ()
    return tuple(breaks_between(found.before[0].first, found.used[-1].last, series.breaks))


def _chart(series: Series, own: Sequence[Reading], held: Aim) -> tuple[Chart | None, str]:
    """The control chart of the single months; where they add up, a twelfth of the year's target is each one's."""
    days, values = monthly([(one.first, one.last, one.value) for one in own if kind_of(one.first, one.last) == "month"])
    if all(value is None for value in values):
        return None, NO_MONTHS
    indicator = series.indicator
    target: Number | None = held.target
    if target is not None and indicator.measure in SUMMED:
        target = exact(target) / _MONTHS
    settings = Settings(
        better=indicator.polarity,
        target=target,
        rebases=series.rebases,
        fix_after=indicator.fix_after,
        screened=indicator.screened,
        beyond_counts=indicator.beyond_counts,
    )
    return chart(days, values, settings), ""
