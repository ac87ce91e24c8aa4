"""One indicator in all areas, side by side: each area's figure and rank, and the figure of all areas together.

Rank 1 is the best; areas with equal figures share a rank, and the next rank is left out. Only figures of the same
periods are compared: an area that lacks a month has less of everything, so it is not ranked.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal, NamedTuple

from spp_desktop.figures.counts import rate_interval
from spp_desktop.figures.exact import GivenNumber, exact
from spp_desktop.figures.judging.findings import POINTS
from spp_desktop.figures.judging.judged import Judged, scale_in
from spp_desktop.figures.judging.series import is_pooled, made_of, together, total
from spp_desktop.figures.peers import ordinal
from spp_desktop.figures.scale import Scale
from spp_desktop.figures.survey import Interval, Sample, wilson
from spp_desktop.plan.performance import Polarity

Basis = Literal["figure", "per 1,000", "change on last year", "against its aim"]
"""What areas are ranked by. The figure itself says little where it is a count, for larger areas have more."""

BASES: Mapping[Basis, str] = {
    "figure": "the figure itself",
    "per 1,000": "the figure for every 1,000 of its population",
    "change on last year": "the change on the same period of last year",
    "against its aim": "how far it is from its aim",
}
SHARES = frozenset({"%", POINTS})
"""Units whose differences are given in points and not in per cent."""
_THOUSAND, _PERCENT = 1000, 100

PeriodSet = frozenset[tuple[date, date]]
"""The periods that a figure is made of, each as its first and last day."""


class Population(NamedTuple):
    """The size of a population.

    Attributes:
        number: How many there are.
        year: The financial year of that number, by its first calendar year.
        counted: What they are: people or households.
    """

    number: GivenNumber
    year: int
    counted: str = "people"


@dataclass(frozen=True, slots=True)
class AreaFigures:
    """The figures of the year so far, for the force, an area or all areas together; ``None`` for what is not known.

    Attributes:
        figure: The figure as the indicator is measured.
        counted: The numerator of a rate or share.
        of: The denominator of a rate or share; the number of answers of a survey.
        share: The part of the force's count, in per cent.
        per_thousand: A count per 1,000 of the population.
    """

    figure: Fraction | None = None
    counted: Fraction | None = None
    of: Fraction | None = None
    share: Fraction | None = None
    per_thousand: Fraction | None = None


@dataclass(frozen=True, slots=True)
class AreaRow:
    """An area among the others, or the force as a whole, which has no rank.

    Attributes:
        judged: The judgement of the area by itself.
        figures: Its figures of the year so far.
        ranked_by: The number that it is ranked by; ``None`` if that is not known, or its periods are not those of most
            areas.
        rank: Its rank, 1 for the best; ``None`` if it is not ranked.
        shared: Whether another area has the same rank.
    """

    judged: Judged
    figures: AreaFigures
    ranked_by: Fraction | None = None
    rank: int | None = None
    shared: bool = False

    @property
    def place(self) -> str:
        """The rank in words: "3rd", "equal 2nd"; "" without one."""
        return "" if self.rank is None else f"{'equal ' if self.shared else ''}{ordinal(self.rank)}"


@dataclass(frozen=True, slots=True)
class AreaTable:
    """One indicator in all areas.

    Attributes:
        rows: The areas by rank; areas without a rank come last, in the plan's order.
        force: The force by its own figures.
        together: The figures of all areas, added or pooled; empty if they cannot be put together.
        basis: What the areas are ranked by.
        unit: The unit of the areas' figures.
        better: Which way is better.
        periods: The periods of most areas' figures; only areas with figures of these periods are ranked.
        without: The titles of areas that have no result of the indicator.
        populations: Populations by key of area, "" for the force.
    """

    rows: tuple[AreaRow, ...]
    force: AreaRow
    together: AreaFigures
    basis: Basis
    unit: str
    better: Polarity
    periods: PeriodSet
    without: tuple[str, ...]
    populations: Mapping[str, Population]

    @property
    def scale(self) -> Scale | None:
        """The steps that the areas' figures are of; ``None`` where they are numbers."""
        return scale_in((self.rows[0] if self.rows else self.force).judged)

    @property
    def average(self) -> Fraction | None:
        """The mean of the numbers that the areas are ranked by; ``None`` if there are none."""
        known = [row.ranked_by for row in self.rows if row.ranked_by is not None]
        return sum(known, Fraction()) / len(known) if known else None


def area_table(
    force: Judged,
    areas: Sequence[Judged],
    basis: Basis,
    populations: Mapping[str, Population] | None = None,
    without: Sequence[str] = (),
) -> AreaTable:
    """The areas of one indicator, side by side and ranked.

    Args:
        force: The indicator judged for the force.
        areas: The indicator judged for each area, in the plan's order.
        basis: What to rank by.
        populations: Populations by key of area, "" for the force.
        without: The titles of areas that have no result of the indicator.
    """
    people, example = populations or {}, areas[0] if areas else force
    periods = _usual([_periods(area) for area in areas])
    whole = _figures(force, force, people) if _unit(force) == _unit(example) else AreaFigures()
    figures = [_figures(area, force, people) for area in areas]
    ranked_by = [
        _BY[basis](area, figure) if _periods(area) == periods else None
        for area, figure in zip(areas, figures, strict=True)
    ]
    facts = example.judgement.facts
    better = facts.better if facts.band is None else example.series.indicator.polarity
    own = _BY[basis](force, whole) if _periods(force) == periods and whole.figure is not None else None
    return AreaTable(
        rows=_ranked(
            areas, figures, ranked_by, "lower" if basis == "against its aim" and better != "neutral" else better
        ),
        force=AreaRow(force, whole, own),
        together=_together(force, areas, periods, people),
        basis=basis,
        unit=_unit(example),
        better=better,
        periods=periods,
        without=tuple(without),
        populations=people,
    )


def bases(force: Judged, populations: Mapping[str, Population]) -> list[Basis]:
    """What areas can be ranked by, the most telling first; for counts, which follow size, the figure itself is last.

    The steps of a scale are ranked by themselves alone: nothing is a per cent of a grade.
    """
    if scale_in(force) is not None:
        return ["figure"]
    counts = force.series.indicator.measure == "count"
    first: list[Basis] = (["per 1,000"] if any(populations) else []) if counts else ["figure"]
    last: list[Basis] = ["figure"] if counts else []
    return [*first, "change on last year", "against its aim", *last]


class ClearlyApart(NamedTuple):
    """Areas whose figure differs from the force's by more than chance.

    Attributes:
        above: The titles of areas with a clearly higher figure.
        below: The titles of areas with a clearly lower figure.
        force: The force's figure that they are compared with, for a count per 1,000.
    """

    above: tuple[str, ...]
    below: tuple[str, ...]
    force: Fraction


def apart(table: AreaTable) -> ClearlyApart | None:
    """The areas whose figures differ from the force's by more than chance, whatever their ranks.

    A figure differs if the force's lies outside its 95% interval. ``None`` if no interval can be worked out.
    """
    judged, own = table.force.judged, table.force.figures
    is_count = judged.series.indicator.measure == "count"
    force = (own.per_thousand or table.together.per_thousand) if is_count else own.figure
    intervals = [
        (row.judged.series.area, _interval(row, table)) for row in table.rows if _periods(row.judged) == table.periods
    ]
    known = [(area, interval) for area, interval in intervals if interval is not None]
    if force is None or not known or _periods(judged) != table.periods or table.unit == POINTS:
        return None
    above = tuple(area for area, interval in known if interval.low > force)
    return ClearlyApart(above, tuple(area for area, interval in known if interval.high < force), force)


def _interval(row: AreaRow, table: AreaTable) -> Interval | None:
    """The 95% interval of an area's figure (for a count, per 1,000); ``None`` if the size it rests on is not known."""
    indicator, figures = row.judged.series.indicator, row.figures
    if row.judged.judgement.facts.interval is not None:
        return row.judged.judgement.facts.interval
    if indicator.measure == "percentage" and figures.of and 0 <= (figures.counted or 0) <= figures.of:
        share = wilson(Sample(float((figures.counted or 0) / figures.of), float(figures.of)))
        return Interval(share.value * _PERCENT, share.low * _PERCENT, share.high * _PERCENT)
    people = table.populations.get(row.judged.series.area_key)
    events: Fraction | None = None
    of: GivenNumber | None = None
    if indicator.measure == "count":
        events, of = figures.figure, people and people.number
    elif indicator.measure == "rate":
        events, of = figures.counted, figures.of
    if events is None or not of or events < 0 or events.denominator > 1:
        return None
    return rate_interval(int(events), float(of), _THOUSAND if indicator.measure == "count" else indicator.per)


def _usual(periods_of_areas: Sequence[PeriodSet]) -> PeriodSet:
    """The periods that most areas have; of two sets that equally many have, the set that ends later."""
    counts = Counter(periods for periods in periods_of_areas if periods)
    return max(
        counts,
        key=lambda periods: (counts[periods], max(last for _, last in periods), len(periods)),
        default=PeriodSet(),
    )


def _ranked(
    areas: Sequence[Judged], figures: Sequence[AreaFigures], ranked_by: Sequence[Fraction | None], better: Polarity
) -> tuple[AreaRow, ...]:
    """The areas by rank; where neither way is better, the highest first and without ranks."""
    known = [value for value in ranked_by if value is not None]
    counts = Counter(known)
    ordered = sorted(counts, reverse=better != "lower")
    places: dict[Fraction, int] = {}
    placed = 0
    for number in ordered:
        places[number] = placed + 1
        placed += counts[number]
    rows = []
    for area, figure, value in zip(areas, figures, ranked_by, strict=True):
        if value is None or better == "neutral":
            rows.append(AreaRow(area, figure, value))
        else:
            rows.append(AreaRow(area, figure, value, places[value], counts[value] > 1))
    last = len(known) + 1
    return tuple(sorted(rows, key=lambda row: last if row.ranked_by is None else places[row.ranked_by]))


def _periods(judged: Judged) -> PeriodSet:
    return frozenset((reading.first, reading.last) for reading in judged.used)


def _unit(judged: Judged) -> str:
    return judged.finding.unit or judged.series.indicator.unit


def _figures(judged: Judged, force: Judged, people: Mapping[str, Population]) -> AreaFigures:
    """The figures of an area, or of the force."""
    actual = judged.judgement.facts.actual
    if actual is None:
        return AreaFigures()
    figure = exact(actual)
    counted, of = (None, None) if judged.finding.unit else made_of(judged.series.indicator.measure, judged.used)
    if judged.series.indicator.measure != "count" or judged.finding.unit:
        return AreaFigures(figure, counted, of)
    whole, population = force.judgement.facts.actual, people.get(judged.series.area_key)
    return AreaFigures(
        figure,
        share=figure * _PERCENT / exact(whole) if whole and _periods(judged) == _periods(force) else None,
        per_thousand=figure * _THOUSAND / exact(population.number) if population else None,
    )


def _figure(_: Judged, figures: AreaFigures) -> Fraction | None:
    return figures.figure


def _per_thousand(_: Judged, figures: AreaFigures) -> Fraction | None:
    return figures.per_thousand


def _change(judged: Judged, _: AreaFigures) -> Fraction | None:
    if judged.change is None:
        return None
    if _unit(judged) in SHARES:
        return exact(judged.change.change)
    return (
        None
        if judged.change.percent is None
        else exact(judged.change.change) * _PERCENT / abs(exact(judged.change.before))
    )


def _against(judged: Judged, _: AreaFigures) -> Fraction | None:
    distance, aim = judged.judgement.off, judged.judgement.facts.aim
    if distance is None or _unit(judged) in SHARES:
        return distance
    return distance * _PERCENT / abs(exact(aim)) if aim else None


_BY: Mapping[Basis, Callable[[Judged, AreaFigures], Fraction | None]] = {
    "figure": _figure,
    "per 1,000": _per_thousand,
    "change on last year": _change,
    "against its aim": _against,
}


def _together(
    force: Judged, areas: Sequence[Judged], periods: PeriodSet, people: Mapping[str, Population]
) -> AreaFigures:
    """The areas' figures put together: counts added, rates and shares pooled.

    Empty if an area with results has other periods, or if the figures cannot be added, such as levels and gaps.
    """
    indicator = force.series.indicator
    if not periods or areas[0].finding.unit or any(_periods(area) != periods for area in areas):
        return AreaFigures()
    readings = [reading for area in areas for reading in area.used]
    if not is_pooled(indicator.measure, readings):
        return AreaFigures()
    counted, of = made_of(indicator.measure, readings)
    figure = together(indicator.measure, indicator.per, readings)
    if indicator.measure == "rate":
        # The months of one area share one population; areas have a population each, and both parts are added up.
        figure = None if counted is None or of is None else counted * exact(indicator.per) / of
    if indicator.measure != "count" or figure is None:
        return AreaFigures(figure, counted, of)
    whole, populations = force.judgement.facts.actual, [people.get(area.series.area_key) for area in areas]
    sizes = [population.number for population in populations if population is not None]
    return AreaFigures(
        figure,
        share=figure * _PERCENT / exact(whole) if whole and _periods(force) == periods else None,
        per_thousand=figure * _THOUSAND / total(sizes) if sizes and len(sizes) == len(populations) else None,
    )
