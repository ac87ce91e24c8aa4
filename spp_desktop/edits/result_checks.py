"""What figures can hardly be: looked at by the same rules whichever way they come in.

The impossible is refused: crimes below nought or in parts, more than all who were asked, a month that has not begun.
The unlikely is asked about: a figure many times those around it, a share beside percentages, a year that is what its
first months come to, noughts at the end. Whoever enters figures goes by ``impossible`` and ``unlikely``, or by
``looked_over``, which looks at all figures of one series at once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import accumulate, takewhile
from typing import NamedTuple

from spp_desktop.figures.scale import Scale
from spp_desktop.plan.kinds.days import in_words as day_words
from spp_desktop.plan.kinds.numbers import in_words
from spp_desktop.plan.performance import Measure
from spp_desktop.plan.periods import month_end
from spp_desktop.plan.results import PERCENT

ODD = 5
"""Times that a figure may be of those around it, or they of it, before it is asked about."""

ODD_BESIDE_ONE = 20
"""The same where only one other figure is known."""

SMALL = 10
"""Below this, figures differ by many times without anything being wrong."""

SMALL_SHARE = 1
"""The same of figures in per cent."""

MORE_THAN_ALL = "It is more than 100%."

_NOUGHTS, _BEFORE_NOUGHTS, _ROUNDED = 3, 5, 0.5
_YEAR = 12
_FAR_FROM_MONTHS = 0.25
"""By how much, of itself, a longer period may differ from its months before it is asked about: figures are revised."""
_NOT_COUNTED_WHOLE = (
    "£",
    "%",
    "hour",
    "day",
    "fte",
    "full-time",
    "minute",
    "rate",
    "per ",
    "week",
    "litre",
    "mile",
    "km",
)
"""Units of counts that may have decimals."""


@dataclass(frozen=True)
class MeasuredAs:
    """How results of an indicator are made, and what they count: see ``plan.performance.Indicator``.

    ``scale`` are the steps that its results are of, where they are no numbers.
    """

    measure: Measure = "level"
    unit: str = ""
    scale: Scale | None = None

    @property
    def is_share(self) -> bool:
        """Whether its value is so many per cent."""
        return self.measure in ("percentage", "survey") or self.unit.startswith("%")

    @property
    def is_pooled(self) -> bool:
        """Whether its values of several groups do not add up to that of all."""
        return self.is_share or self.measure == "rate"

    @property
    def is_whole(self) -> bool:
        """Whether it counts what comes in whole numbers only."""
        unit = self.unit.casefold()
        return self.measure == "count" and bool(unit) and not any(part in unit for part in _NOT_COUNTED_WHOLE)


class GivenFigure(NamedTuple):
    """The figures of one result as they would stand, ``None`` where there is none, and its period."""

    first: date
    last: date
    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None

    def figure(self, measured: MeasuredAs) -> float | None:
        """The value; of a share made of two numbers, what they make in per cent."""
        if self.value is not None or not measured.is_share or self.numerator is None or not self.denominator:
            return self.value
        return self.numerator * PERCENT / self.denominator


_NEVER_BELOW: frozenset[Measure] = frozenset({"count", "rate", "survey"})
"""Measures whose results are never below 0."""


class Objection(NamedTuple):
    """What is the matter with a result, in a sentence; ``refused``: it cannot be, and is not only unlikely."""

    sentence: str
    refused: bool


def impossible(measured: MeasuredAs, given: GivenFigure, today: date) -> str:
    """Why a result cannot be, as a sentence; "" if it can."""
    figures = (given.value, given.numerator, given.denominator)
    wrong = _no_figure(measured, given) if measured.scale is None else no_step(measured.scale, figures)
    if wrong or given.first <= today:
        return wrong
    return f"The period begins on {day_words(given.first)}, and today is {day_words(today)}: there is no result yet."


def _no_figure(measured: MeasuredAs, given: GivenFigure) -> str:
    """Why the figures of a result cannot be, as a sentence; "" if they can."""
    value, above, below = given.value, given.numerator, given.denominator
    if measured.measure in _NEVER_BELOW and any(figure is not None and figure < 0 for figure in (value, above)):
        return f"{_first_below(value, above)} is below 0, which {_what(measured)} cannot be."
    if measured.measure == "percentage" and above is not None and above < 0:
        return f"{in_words(above)} is below 0, which what is counted cannot be."
    if measured.is_whole and value is not None and not float(value).is_integer():
        return f"{in_words(value)} is no whole number, and {_what(measured)} are counted whole."
    if measured.measure == "survey":
        if value is not None and value > PERCENT:
            return f"{in_words(value)}% is more than all who were asked."
        if above is not None and below is not None and above > below:
            return f"{in_words(above)} of {in_words(below)} is more than all who were asked."
    return ""


def no_step(scale: Scale, figures: Sequence[float | None]) -> str:
    """Why figures are no step of a scale, as a sentence; "" if they are one, or nothing."""
    known = [figure for figure in figures if figure is not None]
    if all(scale.has(figure) for figure in known) and len(known) <= 1:
        return ""
    return f"{in_words(known[0])} is none of its grades. Choose from: {', '.join(reversed(scale.names)) or 'none yet'}."


def unlikely(measured: MeasuredAs, given: GivenFigure, around: Sequence[float], today: date) -> str:
    """Why a result is hardly meant, as a sentence; "" if it may well be.

    Args:
        measured: How the indicator is measured.
        given: The result.
        around: The values of periods about it, the nearest first.
        today: The day at which the plan stands.
    """
    if measured.scale is not None:
        return "" if given.last <= today else f"The period has not ended: it ends on {day_words(given.last)}."
    if given.value is not None and given.value < 0:
        return "It is below 0."
    odd_share = _odd_share(given) if measured.is_share else ""
    if odd_share:
        return odd_share
    if given.last > today:
        return f"The period has not ended: it ends on {day_words(given.last)}."
    return far(given.figure(measured), around, measured.unit)


def half(measured: MeasuredAs, given: GivenFigure) -> str:
    """What is said of a share of which one of the two numbers is not there, from a file; "" if both are or none is.

    Where a person types, one comes after the other.
    """
    if not measured.is_share or given.value is not None or (given.numerator is None) == (given.denominator is None):
        return ""
    lacking = "it is counted of" if given.denominator is None else "is counted"
    return f"What {lacking} is not there, so it makes no figure."


def _odd_share(given: GivenFigure) -> str:
    """Why a share is hardly meant by its own numbers, as a sentence; "" if it may well be."""
    above, below = given.numerator, given.denominator
    if given.value is not None and given.value > PERCENT:
        return MORE_THAN_ALL
    if above is not None and below is not None and above > below:
        return "More is counted than what it is counted of."
    broken = [part for part in (above, below) if part is not None and not float(part).is_integer()]
    return f"{in_words(broken[0])} is no whole number. Is it what was counted?" if broken else ""


def far(figure: float | None, around: Sequence[float], unit: str = "") -> str:
    """What is said of a figure that is many times those around it, or a fraction: its unit may be another."""
    known = [other for other in around if other]
    small = SMALL_SHARE if unit.startswith("%") else SMALL
    if figure is None or not known or max(figure, *known) < small:
        return ""
    times = ODD if len(known) > 1 else ODD_BESIDE_ONE
    if any(other / times <= figure <= other * times for other in known):
        return ""
    return f"It is far from what it was before ({f'{in_words(known[0])} {unit}'.rstrip()}). Is it meant?"


def looked_over(
    measured: MeasuredAs, given: Sequence[GivenFigure], others: Mapping[tuple[date, date], float], today: date
) -> dict[int, Objection]:
    """What is the matter with the results of one series that come in together, by their places.

    Args:
        measured: How the indicator is measured.
        given: The results, as they would stand.
        others: The figures of the same series that the plan holds, by first and last day.
        today: The day at which the plan stands.
    """
    incoming = {(result.first, result.last): result.figure(measured) for result in given}
    staying = _by_place({days: figure for days, figure in others.items() if days not in incoming})
    by_place = staying | _by_place({days: figure for days, figure in incoming.items() if figure is not None})
    objections = {}
    for at, result in enumerate(given):
        refused = impossible(measured, result, today)
        place = _place(result.first, result.last)
        figure = incoming[result.first, result.last]
        compared = None if figure is None else place
        around = [] if compared is None else _around(compared, by_place)
        sentence = refused or unlikely(measured, result, around, today)
        if not sentence and staying and compared is not None:
            # Figures that come in together, and are all in another unit, bear each other out.
            sentence = far(figure, _around(compared, staying), measured.unit)
        if not sentence and place is not None and measured.measure in ("count", "rate"):
            adds_up = measured.measure == "count"
            sentence = _like_its_beginning(result, place, by_place, adds_up=adds_up) or _noughts(
                result, place, by_place
            )
        if sentence:
            objections[at] = Objection(sentence, bool(refused))
    return objections


_CheckedPlace = tuple[int, int]
"""The place of a period of whole months: its first month, counted, and how many it has."""


@lru_cache(maxsize=4096)
def _place(first: date, last: date) -> _CheckedPlace | None:
    if first.day != 1 or last != month_end(last) or last < first:
        return None
    return first.year * 12 + first.month, (last.year - first.year) * 12 + last.month - first.month + 1


def _by_place(figures: Mapping[tuple[date, date], float]) -> dict[_CheckedPlace, float]:
    return {place: figure for days, figure in figures.items() if (place := _place(*days)) is not None}


def _around(place: _CheckedPlace, by_place: Mapping[_CheckedPlace, float]) -> list[float]:
    """The figures of the periods next to one, and of the same period a year before and after."""
    month, months = place
    step = months if months < _YEAR else 1
    beside = (month - step, month - 2 * step, month - _YEAR, month + step, month + _YEAR)
    return [figure for other in beside if (figure := by_place.get((other, months))) is not None]


def _like_its_beginning(
    result: GivenFigure, place: _CheckedPlace, by_place: Mapping[_CheckedPlace, float], *, adds_up: bool
) -> str:
    """What is said of a year or quarter that is what its first months come to, or far from what all of them do."""
    first, count = place
    figures = [by_place.get((first + n, 1)) for n in range(count)]
    known = list(takewhile(lambda figure: figure is not None, figures))
    totals = list(accumulate(figure or 0.0 for figure in known))
    whole = len(known) == count and _is_same(totals[-1], result.value)
    if count == 1 or not result.value or whole:
        return ""
    months = next((n for n, total in enumerate(totals, 1) if _is_same(total, result.value)), 0)
    if 1 < months < count:
        return f"It is what its first {months} months come to. Is it the whole?"
    if not adds_up:
        return ""
    return _unlike_its_months(result.value, sum(figure or 0.0 for figure in figures), every=len(known) == count)


def _unlike_its_months(figure: float, total: float, *, every: bool) -> str:
    """What is said of a year or quarter that is far from what its months come to; ``every``: all of them are known."""
    less, more = total > figure * (1 + _FAR_FROM_MONTHS), every and figure > total * (1 + _FAR_FROM_MONTHS)
    if max(figure, total) < SMALL or not (less or more):
        return ""
    months = "its months" if every else "those of its months that are known"
    return f"It is {in_words(figure)}, and {months} come to {in_words(round(total, 1))}. Is it meant?"


def _is_same(total: float, figure: float | None) -> bool:
    return figure is not None and abs(total - figure) <= _ROUNDED


def _noughts(result: GivenFigure, place: _CheckedPlace, by_place: Mapping[_CheckedPlace, float]) -> str:
    """What is said of a nought that ends a series with others, after months that were more."""
    first, count = place
    if result.value != 0 or count != 1:
        return ""
    run = [first]
    for step in (1, -1):
        month = first + step
        while by_place.get((month, 1)) == 0:
            run.append(month)
            month += step
    ends = by_place.get((max(run) + 1, 1)) is None
    before = sum(by_place.get((min(run) - back, 1), 0) for back in range(1, len(run) + 1))
    if not ends or len(run) < _NOUGHTS or before < _BEFORE_NOUGHTS:
        return ""
    return f"It is one of {len(run)} noughts at the end, after {in_words(before)} before them. Are they filled ahead?"


def _what(measured: MeasuredAs) -> str:
    if measured.is_share or not measured.unit:
        return "a share" if measured.is_share else "a count"
    return measured.unit


def _first_below(value: float | None, above: float | None) -> str:
    figure = value if value is not None and value < 0 else above
    return "" if figure is None else in_words(figure)
