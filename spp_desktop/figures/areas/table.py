"""One indicator in all areas, side by side: their figures, their places among each other, and what they make together.

A place is 1 for the best; areas with one figure share a place, and the next is left out. Only figures of the same
periods stand beside each other: an area that lacks a month has less of everything, and no place.
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
from spp_desktop.figures.judging.judged import Judged
from spp_desktop.figures.judging.series import Reading, is_pooled, together, total
from spp_desktop.figures.peers import ordinal
from spp_desktop.figures.survey import Interval, Sample, wilson
from spp_desktop.plan.performance import Polarity

Basis = Literal["figure", "per 1,000", "change on last year", "against its aim"]
"""What areas are ranked by. Counts of areas of different sizes say little beside each other; the others do."""

BASES: Mapping[Basis, str] = {
    "figure": "the figure itself",
    "per 1,000": "the figure for every 1,000 of its population",
    "change on last year": "the change on the same period of last year",
    "against its aim": "how far it is from its aim",
}
SHARES = frozenset({"%", POINTS})
"""Units whose differences are told in points and not in per cent."""
_THOUSAND, _PERCENT = 1000, 100

PeriodSet = frozenset[tuple[date, date]]


class Population(NamedTuple):
    """How many a figure is of: people or households, in the financial year (by its first calendar year) they are of."""

    number: GivenNumber
    year: int
    counted: str = "people"


@dataclass(frozen=True, slots=True)
class AreaFigures:
    """What is known of the year so far, of the force, of an area or of all areas together.

    Attributes:
        figure: as the indicator is measured.
        counted, of: what a rate or share is made of; ``of`` are a survey's answers. ``None`` where that is not known.
        share: of the force's count, in per cent.
        per_thousand: of its population, of a count.
    """

    figure: Fraction | None = None
    counted: Fraction | None = None
    of: Fraction | None = None
    share: Fraction | None = None
    per_thousand: Fraction | None = None


@dataclass(frozen=True, slots=True)
class AreaRow:
    """An area among the others, or the force as a whole, which has no place.

    Attributes:
        judged: all that is said of it by itself.
        figures: of the year so far.
        ranked_by: what it is ranked by; ``None`` where that is not known, or its periods are not those of the rest.
        rank: its place, 1 for the best; ``None`` without one.
        shared: whether another area has the same place.
    """

    judged: Judged
    figures: AreaFigures
    ranked_by: Fraction | None = None
    rank: int | None = None
    shared: bool = False

    @property
    def place(self) -> str:
        """Its place in words: "3rd", "equal 2nd"; "" without one."""
        return "" if self.rank is None else f"{'equal ' if self.shared else ''}{ordinal(self.rank)}"


@dataclass(frozen=True, slots=True)
class AreaTable:
    """All areas of one indicator.

    Attributes:
        rows: the areas in the order of their places, those without one last, in the plan's order.
        force: the force by its own figures.
        together: what the areas come to, added or pooled; without a figure where they cannot be put together.
        basis: what they are ranked by.
        unit, better: the unit of the areas' figures, and which way is better.
        periods: what most areas' figures are made of; only these have places.
        without: areas that have no result of the indicator at all.
        populations: by area's key, "" for the force.
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
    def average(self) -> Fraction | None:
        """The mean of what the areas are ranked by."""
        known = [row.ranked_by for row in self.rows if row.ranked_by is not None]
        return sum(known, Fraction()) / len(known) if known else None


def area_table(
    force: Judged,
    areas: Sequence[Judged],
    basis: Basis,
    populations: Mapping[str, Population] | None = None,
    without: Sequence[str] = (),
) -> AreaTable:
    """The areas of one indicator beside each other.

    Args:
        force: The indicator judged for the force.
        areas: The same for each area, in the plan's order.
        basis: What to rank by.
        populations: By area's key, "" for the force, how many its figure is of.
        without: The areas that have no result of it, by title.
    """
    people, like = populations or {}, areas[0] if areas else force
    periods = _usual([_periods(one) for one in areas])
    whole = _figures(force, force, people) if _unit(force) == _unit(like) else AreaFigures()
    figures = [_figures(one, force, people) for one in areas]
    by = [
        _BY[basis](one, figure) if _periods(one) == periods else None
        for one, figure in zip(areas, figures, strict=True)
    ]
    better = like.judgement.facts.better
    own = _BY[basis](force, whole) if _periods(force) == periods and whole.figure is not None else None
    return AreaTable(
        rows=_ranked(areas, figures, by, "lower" if basis == "against its aim" and better != "neutral" else better),
        force=AreaRow(force, whole, own),
        together=_together(force, areas, periods, people),
        basis=basis,
        unit=_unit(like),
        better=better,
        periods=periods,
        without=tuple(without),
        populations=people,
    )


def bases(force: Judged, populations: Mapping[str, Population]) -> list[Basis]:
    """What areas can be ranked by, what says most first: of a count not the figure itself, which goes by their size."""
    counts = force.series.indicator.measure == "count"
    first: list[Basis] = (["per 1,000"] if any(populations) else []) if counts else ["figure"]
    last: list[Basis] = ["figure"] if counts else []
    return [*first, "change on last year", "against its aim", *last]


class ClearlyApart(NamedTuple):
    """The areas whose figure is clearly above and clearly below the force's, and that figure."""

    above: tuple[str, ...]
    below: tuple[str, ...]
    of: Fraction


def apart(table: AreaTable) -> ClearlyApart | None:
    """Which areas' figures differ from the force's by more than chance, whatever their places.

    By the 95% interval of each area's figure: a share's, a survey's, or a count's per 1,000. ``None`` where nothing
    tells how much of a figure is chance.
    """
    judged, own = table.force.judged, table.force.figures
    counts_ = judged.series.indicator.measure == "count"
    of = (own.per_thousand or table.together.per_thousand) if counts_ else own.figure
    spans = [
        (row.judged.series.area, _interval(row, table)) for row in table.rows if _periods(row.judged) == table.periods
    ]
    known = [(area, span) for area, span in spans if span is not None]
    if of is None or not known or _periods(judged) != table.periods or table.unit == POINTS:
        return None
    above = tuple(area for area, span in known if span.low > of)
    return ClearlyApart(above, tuple(area for area, span in known if span.high < of), of)


def _interval(row: AreaRow, table: AreaTable) -> Interval | None:
    """The 95% interval of an area's figure; ``None`` where it is not known how many it rests on."""
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


def _usual(known: Sequence[PeriodSet]) -> PeriodSet:
    """The periods that most areas have; of two sets that as many have, the one that reaches further."""
    many = Counter(periods for periods in known if periods)
    return max(
        many, key=lambda periods: (many[periods], max(last for _, last in periods), len(periods)), default=PeriodSet()
    )


def _ranked(
    areas: Sequence[Judged], figures: Sequence[AreaFigures], by: Sequence[Fraction | None], better: Polarity
) -> tuple[AreaRow, ...]:
    """The areas in the order of their places; where neither way is better, the highest first and without places."""
    known = [value for value in by if value is not None]
    many = Counter(known)
    ordered = sorted(many, reverse=better != "lower")
    places: dict[Fraction, int] = {}
    before = 0
    for each in ordered:
        places[each] = before + 1
        before += many[each]
    rows = []
    for one, figure, value in zip(areas, figures, by, strict=True):
        if value is None or better == "neutral":
            rows.append(AreaRow(one, figure, value))
        else:
            rows.append(AreaRow(one, figure, value, places[value], many[value] > 1))
    last = len(known) + 1
    return tuple(sorted(rows, key=lambda row: last if row.ranked_by is None else places[row.ranked_by]))


def _periods(one: Judged) -> PeriodSet:
    return frozenset((reading.first, reading.last) for reading in one.used)


def _unit(one: Judged) -> str:
    return one.found.unit or one.series.indicator.unit


def _figures(one: Judged, force: Judged, people: Mapping[str, Population]) -> AreaFigures:
    """What is known of an area, or of the force."""
    actual = one.judgement.facts.actual
    if actual is None:
        return AreaFigures()
    figure = exact(actual)
    counted, of = (None, None) if one.found.unit else _made_of(one.series.indicator.measure, one.used)
    if one.series.indicator.measure != "count" or one.found.unit:
        return AreaFigures(figure, counted, of)
    whole, known = force.judgement.facts.actual, people.get(one.series.area_key)
    return AreaFigures(
        figure,
        share=figure * _PERCENT / exact(whole) if whole and _periods(one) == _periods(force) else None,
        per_thousand=figure * _THOUSAND / exact(known.number) if known else None,
    )


def _made_of(measure: str, readings: Sequence[Reading]) -> tuple[Fraction | None, Fraction | None]:
    """What is counted, and what it is counted of: of a rate the mean population, of a survey the answers."""
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


def _figure(_: Judged, figures: AreaFigures) -> Fraction | None:
    return figures.figure


def _per_thousand(_: Judged, figures: AreaFigures) -> Fraction | None:
    return figures.per_thousand


def _change(one: Judged, _: AreaFigures) -> Fraction | None:
    if one.change is None:
        return None
    if _unit(one) in SHARES:
        return exact(one.change.change)
    return None if one.change.percent is None else exact(one.change.change) * _PERCENT / abs(exact(one.change.before))


def _against(one: Judged, _: AreaFigures) -> Fraction | None:
    off, aim = one.judgement.off, one.judgement.facts.aim
    if off is None or _unit(one) in SHARES:
        return off
    return off * _PERCENT / abs(exact(aim)) if aim else None


_BY: Mapping[Basis, Callable[[Judged, AreaFigures], Fraction | None]] = {
    "figure": _figure,
    "per 1,000": _per_thousand,
    "change on last year": _change,
    "against its aim": _against,
}


def _together(
    force: Judged, areas: Sequence[Judged], periods: PeriodSet, people: Mapping[str, Population]
) -> AreaFigures:
    """The areas' figures for the same periods put together: counts added, rates and shares pooled.

    Nothing where an area with results has other periods, or where figures such as levels and gaps make no sum.
    """
    indicator = force.series.indicator
    if not periods or areas[0].found.unit or any(_periods(one) != periods for one in areas):
        return AreaFigures()
    every = [reading for one in areas for reading in one.used]
    if indicator.measure == "level" or not is_pooled(indicator.measure, every):
        return AreaFigures()
    counted, of = _made_of(indicator.measure, every)
    figure = together(indicator.measure, indicator.per, every)
    if indicator.measure == "rate":
        # Months of one area add up over one population; areas add both up.
        figure = None if counted is None or of is None else counted * exact(indicator.per) / of
    if indicator.measure != "count" or figure is None:
        return AreaFigures(figure, counted, of)
    whole, known = force.judgement.facts.actual, [people.get(one.series.area_key) for one in areas]
    those = [one.number for one in known if one is not None]
    return AreaFigures(
        figure,
        share=figure * _PERCENT / exact(whole) if whole and _periods(force) == periods else None,
        per_thousand=figure * _THOUSAND / total(those) if those and len(those) == len(known) else None,
    )
