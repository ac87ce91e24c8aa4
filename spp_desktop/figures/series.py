"""What is judged: the results of one indicator in one area with all that bears on them, as plain values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from spp_desktop.figures.comparison import Break
from spp_desktop.figures.control import Rebase
from spp_desktop.figures.exact import Number, exact, in_one_unit
from spp_desktop.figures.rag import Override, Rule, Tolerance
from spp_desktop.figures.survey import Sample
from spp_desktop.figures.targets import StatedTarget
from spp_desktop.plan.performance import CutFrom, Measure, Polarity, TrajectoryMethod
from spp_desktop.plan.periods import PeriodKind, month_of_year, period_kind, year_of

SUMMED: frozenset[Measure] = frozenset({"count", "rate"})
"""Measures whose months add up over the year."""
PARTS: Mapping[PeriodKind, int] = {"month": 12, "quarter": 4}
"""How many periods of a sort a year has, of those that it is judged by part by part."""
PLAN_RULE: Rule = Tolerance()
"""The rule of a plan that has none of its own: 5% of the aim."""
_PERCENT = 100


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
    value: Number | None
    counted: Number | None = None
    of: Number | None = None
    size: float | None = None
    effect: float = 1.0
    state: str = "final"
    population: str = ""


@dataclass(frozen=True, slots=True)
class Measured:
    """What a judgement needs to know of an indicator: see ``plan.performance.Indicator``."""

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
    targets: Mapping[int | None, StatedTarget] = field(default_factory=dict)


class Annotation(NamedTuple):
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
    """

    indicator: Measured
    area: str = ""
    area_key: str = ""
    readings: tuple[Reading, ...] = ()
    rule: Rule = PLAN_RULE
    breaks: tuple[Break, ...] = ()
    rebases: tuple[Rebase, ...] = ()
    overrides: Mapping[date, Override] = field(default_factory=dict)
    annotations: tuple[Annotation, ...] = ()
    peers: Mapping[int, Mapping[str, Number | None]] = field(default_factory=dict)
    force: str = ""


Years = Mapping[int, list[Reading | None]]
"""The readings of each year, by first calendar year, each at its place in the year; ``None`` where there is none."""

kind_of = lru_cache(maxsize=4096)(period_kind)
"""What sort of period two days bound, remembered: a plan has few periods and many results."""


def by_years(readings: Iterable[Reading], kind: PeriodKind) -> Years:
    """Months or quarters with a figure, by year."""
    found: dict[int, list[Reading | None]] = {}
    parts = PARTS[kind]
    for reading in readings:
        if reading.value is None or kind_of(reading.first, reading.last) != kind:
            continue
        first = reading.first
        slots = found.setdefault(year_of(first), [None] * parts)
        slots[month_of_year(first) * parts // PARTS["month"]] = reading
    return found


def together(measure: Measure, per: float, readings: Iterable[Reading]) -> Fraction | None:
    """What several periods' results come to: added, pooled, or the latest where they can be neither.

    A percentage is pooled from what it is made of; a rate's events are added and divided by the mean population. Where
    a result does not say what it is made of, percentages go by the latest and rates add up. ``None`` for no results.
    """
    those = [reading for reading in readings if reading.value is not None]
    if not those:
        return None
    if measure in SUMMED or measure == "percentage":
        parted = measure != "count" and all(reading.of for reading in those)
        if parted:
            above, below = total([r.counted or 0 for r in those]), total([r.of or 0 for r in those])
            return above * _PERCENT / below if measure == "percentage" else above * exact(per) * len(those) / below
        if measure in SUMMED:
            return total([reading.value for reading in those if reading.value is not None])
    elif measure == "survey":
        sample = asked(those)
        if sample is not None and len(those) > 1:
            return exact(sample.share) * _PERCENT
    latest = max(those, key=lambda reading: reading.last).value
    return None if latest is None else exact(latest)


def asked(readings: Iterable[Reading]) -> Sample | None:
    """The sample that several surveys make together, shares and design effects weighed by the numbers of answers.

    ``None`` where a number of answers is missing, or a figure is no share.
    """
    those = [reading for reading in readings if reading.value is not None]
    if not those or any(not r.size or not 0 <= (r.value or 0) <= _PERCENT for r in those):
        return None
    sizes = [exact(reading.size or 0) for reading in those]
    size = sum(sizes, Fraction())
    share = sum([exact(r.value or 0) * n for r, n in zip(those, sizes, strict=True)], Fraction()) / size / _PERCENT
    effect = sum([exact(r.effect) * n for r, n in zip(those, sizes, strict=True)], Fraction()) / size
    return Sample(float(share), float(size), float(effect))


def total(values: list[Number]) -> Fraction:
    """The exact sum of numbers."""
    whole, scale = in_one_unit(values)
    return Fraction(sum(whole), scale)


def values_of(slots: Iterable[Reading | None]) -> list[Number | None]:
    """The figures at their places."""
    return [None if reading is None else reading.value for reading in slots]
