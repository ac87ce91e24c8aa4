"""What is judged: the results of one indicator in one area with all that bears on them, as plain values."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from spp_desktop.figures.comparison import Break
from spp_desktop.figures.control.chart import ControlRebase, monthly
from spp_desktop.figures.exact import GivenNumber, exact, in_one_unit
from spp_desktop.figures.rag.colours import ColourOverride, ColourRule, Tolerance
from spp_desktop.figures.scale import Scale
from spp_desktop.figures.survey import Sample
from spp_desktop.figures.targets.stated import JudgedTarget
from spp_desktop.plan.performance import CutFrom, Measure, Polarity, TrajectoryMethod
from spp_desktop.plan.periods import PeriodKind, month_of_year, period_kind, remembered, year_of

SUMMED: frozenset[Measure] = frozenset({"count", "rate"})
"""Measures whose months add up over the year."""
STANDALONE: frozenset[Measure] = frozenset({"level", "grade", "yes/no"})
"""Measures whose results stand for themselves: they are neither added nor pooled, and the latest one counts."""
PARTS: Mapping[PeriodKind, int] = {"month": 12, "quarter": 4}
"""How many periods of a sort a year has, of those that it is judged by part by part."""
PLAN_RULE: ColourRule = Tolerance()
"""The rule of a plan that has none of its own: 5% of the aim."""
_PERCENT = 100
_MONTHS = PARTS["month"]


class Reading(NamedTuple):
    """A result over a period, both days included.

    Attributes:
        value: the figure in the indicator's unit; ``None`` where it is not available.
        counted, of: what it is made of, where that is known.
        size, effect: the answers to a survey and its design effect.
        state: "provisional", "final", "revised" or "not available".
        population: "" for the indicator's own.
    """

    first: date
    last: date
    value: GivenNumber | None
    counted: GivenNumber | None = None
    of: GivenNumber | None = None
    size: float | None = None
    effect: float = 1.0
    state: str = "final"
    population: str = ""


@dataclass(frozen=True, slots=True)
class EarlierTarget:
    """What a year's target was until a day, before which it judged; ``target`` is ``None`` where there was none."""

    until: date
    target: JudgedTarget | None
    reason: str = ""
    author: str = ""


@dataclass(frozen=True, slots=True)
class Measured:
    """What a judgement needs to know of an indicator: see ``plan.performance.Indicator``.

    ``scale`` are the steps that its results are of, where they are no numbers. ``earlier`` are the targets that it had
    before those of ``targets``, by year, the first one first. ``over`` are the years that its target over the plan is
    over, by their first calendar years.
    """

    key: str = ""
    ref: str = ""
    title: str = ""
    unit: str = ""
    polarity: Polarity = "lower"
    population: str = ""
    group: str = ""
    measure: Measure = "count"
    numerator: str = ""
    denominator: str = ""
    per: float = 1000
    trajectory: TrajectoryMethod = "straight"
    profile_years: int = 1
    cut_from: CutFrom = "result"
    screened: bool = True
    fix_after: int | None = None
    beyond_counts: bool = False
    scale: Scale | None = None
    targets: Mapping[int | None, JudgedTarget] = field(default_factory=dict)
    earlier: Mapping[int, tuple[EarlierTarget, ...]] = field(default_factory=dict)
    over: tuple[int, ...] = ()

    @property
    def better(self) -> Polarity:
        """Which way is better; of a grade it is up, whatever is said, for its steps go from the worst to the best."""
        return "higher" if self.measure == "grade" else self.polarity

    @property
    def name(self) -> str:
        """What its charts are called, with the reference that it is asked for by: "PI06  Detections of burglary"."""
        needs_population = self.population and self.population.lower() not in self.title.lower()
        title = f"{self.title} ({self.population})" if needs_population else self.title
        return f"{self.ref}  {title}" if self.ref else title


class ChartAnnotation(NamedTuple):
    """What the officer wrote beside a day of the chart."""

    key: str
    on: date
    text: str
    author: str


@dataclass(frozen=True, slots=True)
class Series:
    """One indicator in one area.

    Attributes:
        indicator: what is measured.
        area: the area's title; "" for the force. ``area_key`` is its key, "" for the force.
        readings: its results by period, of all populations.
        rule: what gives the colour.
        breaks: where it is counted in another way.
        rebases: where its control chart begins anew.
        overrides: colours given by people, by the last day of the period each is of.
        annotations: what stands beside the chart, by day.
        peers: by first calendar year, the rates of the most similar forces, own force included.
        force: the name of the own force among them.
        ends: the last year of the plan, by its first calendar year; ``None`` where that is not known.
    """

    indicator: Measured
    area: str = ""
    area_key: str = ""
    readings: tuple[Reading, ...] = ()
    rule: ColourRule = PLAN_RULE
    breaks: tuple[Break, ...] = ()
    rebases: tuple[ControlRebase, ...] = ()
    overrides: Mapping[date, ColourOverride] = field(default_factory=dict)
    annotations: tuple[ChartAnnotation, ...] = ()
    peers: Mapping[int, Mapping[str, GivenNumber | None]] = field(default_factory=dict)
    force: str = ""
    ends: int | None = None


Years = Mapping[int, list[Reading | None]]
"""The readings of each year, by first calendar year, each at its place in the year; ``None`` where there is none."""


class Place(NamedTuple):
    """Where a period lies: its sort, the year in which it ends, and which month (or quarter) of that it ends in."""

    kind: PeriodKind
    year: int
    at: int


@remembered(4096)
def place_of(first: date, last: date) -> Place:
    """Where the period between two days lies, remembered: a plan has few periods and many results."""
    kind = period_kind(first, last)
    return Place(kind, year_of(last), month_of_year(last) * PARTS.get(kind, _MONTHS) // _MONTHS)


@dataclass(frozen=True, slots=True)
class History:
    """The readings of a series by year: as months, as quarters, and those that are of neither, by their last day.

    Attributes:
        months, quarters: those with a figure, by year.
        others: those with a figure, the one that ends last being last; of two that end together, the shorter.
        days, values: the single months as a control chart takes them, the months between them too.
    """

    months: Years
    quarters: Years
    others: tuple[Reading, ...]
    days: Sequence[date]
    values: Sequence[GivenNumber | None]

    def parts(self, kind: PeriodKind) -> Years:
        """The months or the quarters."""
        return self.months if kind == "month" else self.quarters

    @property
    def latest(self) -> Reading | None:
        """The reading that ends last; of two that end together, the shorter."""
        candidates = list(self.others[-1:])
        for years in (self.months, self.quarters):
            if years:
                candidates += [reading for reading in years[max(years)] if reading is not None][-1:]
        return max(candidates, key=ending, default=None)


def history(readings: Iterable[Reading]) -> History:
    """Readings of one population by year.

    Raises:
        ValueError: with a sentence, where a month comes twice.
    """
    known = list(readings)
    layout = _laid_out(tuple([reading.first for reading in known]), tuple([reading.last for reading in known]))
    others = [known[at] for at in layout.others if known[at].value is not None]
    return History(
        months=_by_year(known, layout.months),
        quarters=_by_year(known, layout.quarters),
        others=tuple(sorted(others, key=ending)),
        days=layout.days,
        values=[None if at is None else known[at].value for at in layout.charted],
    )


def _by_year(known: Sequence[Reading], rows: Mapping[int, Sequence[int | None]]) -> Years:
    """The readings with a figure at their places, in each year that has any."""
    years = {
        year: [None if at is None or known[at].value is None else known[at] for at in row] for year, row in rows.items()
    }
    return {year: slots for year, slots in years.items() if any(slots)}


class _Layout(NamedTuple):
    """Which of some readings stands where: each month of a year, each quarter, every month of a chart."""

    months: Mapping[int, Sequence[int | None]]
    quarters: Mapping[int, Sequence[int | None]]
    others: Sequence[int]
    days: Sequence[date]
    charted: Sequence[int | None]


@remembered(1024)
def _laid_out(firsts: tuple[date, ...], lasts: tuple[date, ...]) -> _Layout:
    """Where the readings of these periods stand, remembered: most series of a plan are of the same periods."""
    rows: dict[PeriodKind, dict[int, list[int | None]]] = {"month": {}, "quarter": {}}
    others, months = [], []
    for which, (first, last) in enumerate(zip(firsts, lasts, strict=True)):
        kind, year, at = place_of(first, last)
        if kind not in rows:
            others.append(which)
            continue
        rows[kind].setdefault(year, [None] * PARTS[kind])[at] = which
        if kind == "month":
            months.append((first, last, which))
    days, charted = monthly(months)
    return _Layout(rows["month"], rows["quarter"], others, days, [None if at is None else int(at) for at in charted])


def ending(reading: Reading) -> tuple[date, date]:
    """What readings are ordered by: the later one ends the later it is; of two that end together the shorter."""
    return reading.last, reading.first


def together(measure: Measure, per: float, readings: Iterable[Reading]) -> Fraction | None:
    """What several periods' results come to: added, pooled, or the latest where they can be neither.

    A percentage is pooled from what it is made of, a survey by its answers; a rate's events are added and divided by
    the mean population. Where a result does not say what it is made of, a percentage goes by the latest and rates
    add up. ``None`` for no results.
    """
    results = [reading for reading in readings if reading.value is not None]
    if not results:
        return None
    if measure in {"percentage", "rate"} and all(reading.of for reading in results):
        above, below = total([r.counted or 0 for r in results]), total([r.of or 0 for r in results])
        return above * _PERCENT / below if measure == "percentage" else above * exact(per) * len(results) / below
    if measure in SUMMED:
        return total([reading.value or 0 for reading in results])
    share = _share(results) if measure == "survey" else None
    if share is not None:
        return share * _PERCENT
    latest = max(results, key=ending).value
    return None if latest is None else exact(latest)


def is_pooled(measure: Measure, readings: Iterable[Reading]) -> bool:
    """Whether results of several periods make one figure, or the latest stands for itself."""
    if measure in SUMMED:
        return True
    if measure == "percentage":
        return all(reading.of for reading in readings)
    return measure == "survey" and _share([reading for reading in readings if reading.value is not None]) is not None


def made_of(measure: Measure, readings: Sequence[Reading]) -> tuple[Fraction | None, Fraction | None]:
    """Numerator and denominator of a figure: for a rate the mean population, for a survey only the answers."""
    if not readings or measure not in {"percentage", "rate", "survey"}:
        return None, None
    if measure == "survey":
        answers = [reading.size or reading.of or 0 for reading in readings]
        return None, total(answers) if all(answers) else None
    if not all(reading.of for reading in readings):
        return None, None
    of = total([reading.of or 0 for reading in readings])
    periods = len({(reading.first, reading.last) for reading in readings})
    return total([reading.counted or 0 for reading in readings]), of / periods if measure == "rate" else of


def asked(readings: Iterable[Reading]) -> Sample | None:
    """The sample that several surveys make together, shares and design effects weighed by the numbers of answers.

    ``None`` where a number of answers is missing, or a figure is no share.
    """
    results = [reading for reading in readings if reading.value is not None]
    share = _share(results)
    if share is None:
        return None
    answers = [_answers(reading) for reading in results]
    effect = sum([exact(r.effect) * n for r, n in zip(results, answers, strict=True)], Fraction())
    return Sample(float(share), float(sum(answers)), float(effect / sum(answers)))


def _share(results: Sequence[Reading]) -> Fraction | None:
    """The share of all answers, of one; ``None`` where it is not known of how many, or a figure is no share."""
    if not results or not all(map(_answers, results)):
        return None
    shares = [
        exact(result.counted or 0) / exact(result.of) if result.of else exact(result.value or 0) / _PERCENT
        for result in results
    ]
    if not all(0 <= share <= 1 for share in shares):
        return None
    products = [_answers(result) * share for result, share in zip(results, shares, strict=True)]
    return sum(products, Fraction()) / sum([_answers(result) for result in results], Fraction())


def _answers(reading: Reading) -> Fraction:
    """The answers to a survey: as they are said, or what its share is counted of."""
    return exact(reading.size or reading.of or 0)


def total(values: Sequence[GivenNumber]) -> Fraction:
    """The exact sum of numbers."""
    whole, scale = in_one_unit(values)
    return Fraction(sum(whole)) if scale == 1 else Fraction(sum(whole), scale)


def values_of(slots: Iterable[Reading | None]) -> list[GivenNumber | None]:
    """The figures at their places."""
    return [None if reading is None else reading.value for reading in slots]
