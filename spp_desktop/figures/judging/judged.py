"""One series judged: against its target, as a control chart, and against last year, each by itself and all together.

What every screen, export and command says of an indicator comes from here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

from spp_desktop.figures import counts
from spp_desktop.figures.comparison import Break, break_words, breaks_between
from spp_desktop.figures.control import words as control_words
from spp_desktop.figures.control.chart import Chart, Settings, chart
from spp_desktop.figures.exact import GivenNumber, exact
from spp_desktop.figures.judging.aims import Aim, aim, itself, target_of, with_low, without_way
from spp_desktop.figures.judging.facts import BETTER, facts_of
from spp_desktop.figures.judging.findings import Found, by_gap, by_rank, by_results, change
from spp_desktop.figures.judging.in_force import in_force
from spp_desktop.figures.judging.series import PARTS, SUMMED, History, Reading, Series, ending, history
from spp_desktop.figures.peers import Standing, standing
from spp_desktop.figures.rag import colours as rag
from spp_desktop.figures.rag import words as rag_words
from spp_desktop.figures.rag.colours import Judgement, Look
from spp_desktop.figures.scale import Scale
from spp_desktop.figures.targets import ranks
from spp_desktop.figures.targets.kinds import AGAINST_LAST_YEAR, UNJUDGED
from spp_desktop.plan.performance import TargetKind
from spp_desktop.plan.periods import PeriodKind, year_of

NO_STEPS = "Grades, and yes or no, have no control chart."
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
        finding: the figure of that year so far, and what it is made of.
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
    finding: Found
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
        return self.finding.kind

    @property
    def used(self) -> tuple[Reading, ...]:
        """The results that make up ``judgement.facts.actual``, in their order."""
        return self.finding.used

    @cached_property
    def change(self) -> counts.Change | None:
        """From the same period of last year, or ``None``."""
        return change(self.series, self.finding)

    @property
    def across(self) -> tuple[Break, ...]:
        """The breaks between that period and this."""
        if not self.finding.before:
            return ()
        first, last = self.finding.before[0].first, self.finding.used[-1].last
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
        return ". ".join([change_words(self, self.change), *map(break_words, self.across)])

    @property
    def look(self) -> Look:
        """How its colour is shown: word, shape and colours."""
        return self.judgement.look


def unit_of(judged: Judged) -> str:
    """The unit of what a series was judged by: its indicator's, "%" for shares, or that of a gap or a rank."""
    indicator = judged.series.indicator
    return judged.finding.unit or ("%" if indicator.measure in _SHARES else indicator.unit)


def change_words(judged: Judged, of: counts.Change) -> str:
    """A change of a series in words: in its unit, or from step to step of its scale."""
    scale = scale_in(judged)
    return counts.sentence(of, unit_of(judged)) if scale is None else scale.change(of)


def scale_in(judged: Judged) -> Scale | None:
    """The steps that a series was judged by; ``None`` where its figures are numbers."""
    return None if judged.finding.unit else judged.series.indicator.scale


def month_unit_of(judged: Judged) -> str:
    """The unit of a series' control chart: that of single months, "robberies a month" where they add up."""
    indicator = judged.series.indicator
    unit = "%" if indicator.measure in _SHARES else indicator.unit
    return f"{unit} a month".lstrip() if indicator.measure in SUMMED and unit != "%" else unit


def judge(series: Series, as_at: date) -> Judged:
    """Everything that can be said of a series by the periods that had ended on a day."""
    own = [reading for reading in series.readings if reading.last <= as_at and not reading.population]
    sides = [] if own else [reading for reading in series.readings if reading.last <= as_at]
    by_year = history(own)
    known = [reading for reading in sides if reading.value is not None]
    latest = max(known, key=ending) if known else by_year.latest
    year = _year(series, latest, as_at)
    stands = _standing(series, year)
    series, replaced = in_force(series, year, latest, as_at)
    finding, year_aim = _finding_and_aim(series, by_year, own, sides, stands, year)
    facts = facts_of(series, finding, year_aim, year, as_at, replaced)
    override = None if finding.ends is None else series.overrides.get(finding.ends)
    made, why_not = _chart(series, by_year, year_aim, year, as_at)
    return Judged(
        series=series,
        as_at=as_at,
        year=year,
        finding=finding,
        history=by_year,
        latest=latest,
        aim=year_aim,
        judgement=rag.judge(facts, series.rule, override),
        chart=made,
        no_chart=why_not,
        standing=stands,
    )


def _year(series: Series, latest: Reading | None, as_at: date) -> int:
    """The year judged: that of the day, or the one before where it has a target and the latest result.

    So in April the year that ended is judged until the new one has a result. A plan that is over is judged by its last
    year that has a target, whatever was measured since.
    """
    year = year_of(as_at)
    aimed = [target_year for target_year in series.indicator.targets if target_year is not None]
    if series.ends is not None and year > series.ends:
        return max([target_year for target_year in aimed if target_year <= series.ends], default=series.ends)
    ended = None if latest is None else year_of(latest.last)
    if ended != year and aimed and max(aimed) < year:
        return max(aimed)
    return year - 1 if ended == year - 1 and (year - 1 in aimed or year not in aimed) else year


def _finding_and_aim(  # noqa: PLR0917 - a year's figure and its aim rest on all of these
    series: Series, by_year: History, own: list[Reading], sides: list[Reading], stands: Standing | None, year: int
) -> tuple[Found, Aim]:
    """The figure of a year, and what it is held against."""
    stated = series.indicator.targets.get(year)
    if stated is not None and stated.kind == "peer rank":
        if series.area_key:
            return by_results(series, by_year, year), Aim(None, remark=NO_RANK)
        target, remark = target_of(series, year, None)
        best = ranks.share(stated.stated)
        if target is None and best is not None and stands is not None:
            target, remark = Fraction(max(1, int(stands.of * best))), ""
        return by_rank(series, stands, year), itself(target, None, remark)
    if sides:
        return _gap_and_aim(series, sides, year)
    if stated is not None and stated.kind == "by a date" and stated.due and series.indicator.measure in SUMMED:
        by_year = history([reading for reading in own if reading.last <= stated.due])
    finding = by_results(series, by_year, year)
    return finding, aim(series, by_year, year, finding)


def _gap_and_aim(series: Series, sides: list[Reading], year: int) -> tuple[Found, Aim]:
    """How far two populations lie apart, and how far they may."""
    stated, finding = series.indicator.targets.get(year), by_gap(sides, year)
    base = by_gap(sides, year - 1).actual
    without = None if stated is None else without_way(series.indicator, stated, finding, base)
    if without is not None:
        return finding, without
    cut_from = base if stated is None or stated.base_year is None else by_gap(sides, stated.base_year).actual
    target, remark = target_of(series, year, cut_from)
    gap_aim = itself(target, base, remark)
    return finding, gap_aim if stated is None or stated.kind != "range" else with_low(gap_aim, series.indicator, stated)


def _standing(series: Series, year: int) -> Standing | None:
    if not series.peers:
        return None
    at = max((peer_year for peer_year in series.peers if peer_year <= year), default=None)
    if at is None or series.indicator.polarity == "neutral" or series.force not in series.peers[at]:
        return None
    return standing(series.force, series.peers[at], series.indicator.polarity)


_NO_NUMBER: Mapping[TargetKind, str] = {
    "range": "the target is a range",
    "by a date": "the target is for a day",
    **dict.fromkeys(AGAINST_LAST_YEAR, "the target is a direction, and no number"),
    **dict.fromkeys(UNJUDGED, "there is nothing to hold it against"),
}
"""Why a chart has no one number to be held against."""


def _chart(series: Series, by_year: History, year_aim: Aim, year: int, as_at: date) -> tuple[Chart | None, str]:
    """The control chart of the single months; where they add up, a twelfth of the year's target is each one's."""
    if not by_year.months:
        return None, NO_MONTHS
    indicator = series.indicator
    if indicator.scale is not None:
        return None, NO_STEPS
    stated = indicator.targets.get(year)
    single = stated is not None and stated.kind not in {"peer rank", "range", "by a date"}
    target: GivenNumber | None = year_aim.target if single else None
    if target is not None and indicator.measure in SUMMED:
        target = exact(target) / _MONTHS
    limit = stated is not None and stated.kind in {"ceiling", "floor"}
    settings = Settings(
        better=BETTER[stated.kind] if stated is not None and limit else indicator.polarity,
        target=target,
        no_target="" if stated is None else _NO_NUMBER.get(stated.kind, ""),
        rebases=tuple([rebase for rebase in series.rebases if rebase.first <= as_at]),
        fix_after=indicator.fix_after,
        screened=indicator.screened,
        beyond_counts=indicator.beyond_counts,
    )
    try:
        return chart(by_year.days, by_year.values, settings), ""
    except OverflowError:
        return None, TOO_FAR_APART
