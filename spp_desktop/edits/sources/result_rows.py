"""Results as the return of a month, quarter or year asks for them: which, in what order, what stands beside, and back.

A result that is asked for need not be in the plan yet. So its row is known by a key made of what makes two results one:
the indicator, the area, the population and the period.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple
from uuid import NAMESPACE_OID, uuid5

from sqlalchemy import Connection
from sqlmodel import Session

from spp_desktop.edits import results
from spp_desktop.edits.results import ResultPlace
from spp_desktop.edits.sources.source import IssueScope
from spp_desktop.figures.scale import scale_of
from spp_desktop.plan.identity import goes_on
from spp_desktop.plan.kinds.days import in_words
from spp_desktop.plan.kinds.spelling import fold
from spp_desktop.plan.performance import Measure
from spp_desktop.plan.periods import (
    PeriodKind,
    month_end,
    month_start,
    months,
    months_between,
    period_kind,
    quarter_end,
    quarter_of,
    year_end,
    year_of,
)
from spp_desktop.plan.results import FIGURES, NO_FIGURE, Area, DefinitionVersion, figure
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.returns.checks import AREA, BELOW, WHOLE
from spp_desktop.returns.definition import Value
from spp_desktop.store import measured, queries
from spp_desktop.store.indicator_rows import IndicatorRow
from spp_desktop.store.measured import FORCE
from spp_desktop.store.plain import ResultRow
from spp_desktop.store.rated import PopulationNumbers

STEPS_APART = "; "
"""Between the steps of a scale, where all of them are listed."""

WHOLE_FORCE = "Force"
"""What stands for the area of a result of the force as a whole."""

STATES: Mapping[str, str] = {
    "provisional": "It may still change. A first figure without a state is taken as provisional.",
    "final": "It stands. To change it later, give a reason; what it was is kept beside what it becomes.",
    "not available": "There is no figure, and that is no 0.",
    "not applicable": "There can be no figure here.",
    "suppressed": "There is a figure, and it is kept back since it might tell of single people.",
}
"""The states that are chosen from, and what each means. “Revised” is what a final figure becomes by a change."""

_LOOKED_BACK = 24
"""Months, the last of those asked for among them, whose results say what is asked for."""

_LENGTHS: Mapping[PeriodKind, int] = {"month": 1, "quarter": 3, "rolling year": 12, "year": 12}
"""The kinds of period that are asked for, the first that an indicator has, and the months of each."""

_ENDS: Mapping[PeriodKind, Callable[[date], bool]] = {
    "month": lambda _: True,
    "quarter": lambda month: month_end(month) == quarter_end(year_of(month), quarter_of(month)),
    "rolling year": lambda _: True,
    "year": lambda month: month_end(month) == year_end(year_of(month)),
}
"""Whether a period of a kind ends with a month."""

_DECIMALS = 1
"""Of a figure that is worked out from two numbers."""


def made_of(indicator: IndicatorRow) -> Measure:
    """What results of an indicator are made of: a level in per cent is one number of another."""
    return measure_of(indicator.measure, indicator.unit)


def measure_of(measure: Measure, unit: str) -> Measure:
    """The same by how an indicator is measured, and in what unit."""
    return "percentage" if measure == "level" and unit.startswith("%") else measure


# Which results


class _AskedResult(NamedTuple):
    """One result that is asked for: which, whose it is, and what part of the force that is (``ResultLine.part``)."""

    place: ResultPlace
    indicator: IndicatorRow
    area: str
    part: str


def key_of(place: ResultPlace) -> str:
    """The key of a row, the same whenever and in whatever copy of the plan that result is asked for."""
    parts = (place.indicator_id, place.area_id, place.population, f"{place.period_from}", f"{place.period_to}")
    return str(uuid5(NAMESPACE_OID, "|".join(parts)))


def key_of_stored(row: Mapping[str, Any]) -> str:
    """The key of the row that asks for a result, of that result as the history has it."""
    first, last = (date.fromisoformat(str(row[name])) for name in ("period_from", "period_to"))
    return key_of(ResultPlace(row["indicator_id"], row["area_id"] or FORCE, row["population"], first, last))


_Areas = Mapping[str, tuple[str, str]]
"""By the key of an area, what it is called, and what part of the force it is."""

_Kept = Mapping[ResultPlace, ResultRow]


Bounds = tuple[date, date]
"""The first and the last day of what a return is about: whole months."""


def _kept(connection: Connection, indicators: Collection[str], bounds: Bounds) -> dict[ResultPlace, ResultRow]:
    """The results of these indicators whose periods begin and end with months that are looked back to."""
    month = month_start(bounds[1])
    looked = [(first, month_end(first)) for first in months(_moved(month, 1 - _LOOKED_BACK), month)]
    return {
        ResultPlace(row.indicator_key, row.area_key or FORCE, row.population, row.period_from, row.period_to): row
        for row in measured.results_of_periods(connection, looked, list(indicators), None)
    }


def _asked(
    indicators: Collection[IndicatorRow],
    areas: _Areas,
    kept: _Kept,
    bounds: Bounds,
    *,
    every: bool,
    everywhere: bool = False,
) -> Iterator[_AskedResult]:
    """What is asked for of a month, quarter or year, in the plan's order: of each indicator the force, then the areas.

    That is what the indicator has results of, by the kind of period that they are of: months, or quarters, that end
    within; the twelve months that end with it. The force is asked for at least. An indicator without any is asked for
    everywhere, but a survey of the force alone. ``every`` gives all that could be asked for; with ``everywhere`` every
    indicator is asked for in every area, by the periods of which the force has results.
    """
    known: dict[str, dict[tuple[str, str], set[PeriodKind]]] = defaultdict(lambda: defaultdict(set))
    for place in kept:
        known[place.indicator_id][place.area_id, place.population].add(period_kind(place.period_from, place.period_to))
    order = {area: n for n, area in enumerate(areas)}
    for row in indicators:
        own = _every(areas, known[row.key]) if every else _own(row, areas, known[row.key], bounds)
        if everywhere and not every:
            own = {**{(area, ""): own.get((FORCE, ""), ()) for area in areas}, **own}
        for area, population in sorted(own, key=lambda of: (order[of[0]], of[1])):
            for kind in own[area, population]:
                for month in _ending(kind, bounds):
                    place = ResultPlace(row.key, area, population, _moved(month, 1 - _LENGTHS[kind]), month_end(month))
                    yield _AskedResult(place, row, *areas[area])


def _ending(kind: PeriodKind, bounds: Bounds) -> Iterator[date]:
    """The months with which periods of a kind end that are asked for; of twelve months at a time the last alone."""
    first = bounds[1] if kind == "rolling year" else bounds[0]
    return (month for month in months(first, bounds[1]) if _ENDS[kind](month))


_Own = Mapping[tuple[str, str], Collection[PeriodKind]]
"""By area and population, the kinds of period that there are results of."""


def _own(row: IndicatorRow, areas: _Areas, known: _Own, bounds: Bounds) -> _Own:
    """What an indicator is asked for, by what it has: the first kind of period of each."""
    if not known:
        usual = _USUAL[months_between(*bounds)]
        return {(area, ""): [usual] for area in ([FORCE] if row.measure == "survey" else areas)}
    own: dict[tuple[str, str], Collection[PeriodKind]]
    own = {of: [kind for kind in _LENGTHS if kind in kinds][:1] for of, kinds in known.items()}
    return own if any(area == FORCE for area, _ in own) else {(FORCE, ""): next(iter(own.values())), **own}


_USUAL: Mapping[int, PeriodKind] = {1: "month", 3: "quarter", 6: "quarter", 12: "year"}
"""Of what an indicator is asked for that has no results yet, by the months that the return is about."""


def _every(areas: _Areas, known: _Own) -> _Own:
    populations = dict.fromkeys(["", *(population for _, population in known)])
    return {(area, population): tuple(_LENGTHS) for area in areas for population in populations}


def _moved(month: date, count: int) -> date:
    """The first day of the month so many months later."""
    place = month.year * 12 + month.month - 1 + count
    return date(place // 12, place % 12 + 1, 1)


def _earlier(place: ResultPlace, count: int) -> ResultPlace:
    """The same of a period so many months earlier."""
    last = month_end(_moved(month_start(place.period_to), -count))
    return place._replace(period_from=_moved(place.period_from, -count), period_to=last)


# As rows


@dataclass(frozen=True, slots=True)
class ResultLine:
    """A result as a return asks for it. The figures are those that the plan holds; ``reason`` is always empty there.

    A step of a scale stands by its name; ``steps`` are those that there are, the best first. ``part`` says whether it
    is of the force, of an area straight under it, or of one below that (``returns.checks``).
    """

    ref: str
    text: str
    area: str
    unit: str
    period: str
    last_year: float | str | None
    before: float | str | None
    note: str
    value: float | str | None
    numerator: float | None
    denominator: float | None
    sample_size: float | None
    design_effect: float | None
    state: str | None
    steps: str = ""
    measure: str = ""
    part: str = ""
    reason: None = None


def rows(connection: Connection, measures: Collection[Measure], scope: IssueScope) -> dict[str, ResultLine]:
    """The results that an issue asks for, of what is measured so, by key; of everyone, all that could be asked for."""
    if scope.bounds is None:
        return {}
    indicators = [
        row
        for row in queries.indicators(connection)
        if made_of(row) in measures
        and (scope.everyone or _named(row, scope.narrowed))
        and (scope.everyone or not scope.indicators or row.key in scope.indicators)
        and (scope.everyone or goes_on(row.last_year, year_of(scope.bounds[0])))
    ]
    kept = _kept(connection, [row.key for row in indicators], scope.bounds)
    breaks: dict[str, list[tuple[date, str]]] = defaultdict(list)
    for row in queries.register(connection, DefinitionVersion):
        if row.breaks_series:
            breaks[row.indicator_id].append((row.starts_on, row.reason))
    people = PopulationNumbers.read(connection)
    return {
        key_of(asked.place): _line(asked, kept, breaks[asked.indicator.key], people, scope.bounds)
        for asked in _asked(
            indicators, _areas(connection), kept, scope.bounds, every=scope.everyone, everywhere=bool(scope.indicators)
        )
        if scope.everyone or not scope.area or (asked.place.area_id != FORCE and asked.area == scope.area)
    }


def key_named(connection: Connection, measures: Collection[Measure], scope: IssueScope, ref: str) -> str | None:
    """The key of the result of an issue's period that a row's reference names; ``None`` if it names none.

    Of several that it may name, what is asked for goes before what only could be.
    """
    for everyone in (False, True):
        asked = rows(connection, measures, replace(scope, everyone=everyone))
        key = next((key for key, row in asked.items() if fold(row.ref) == fold(ref)), None)
        if key is not None:
            return key
    return None


def _named(row: IndicatorRow, words: Sequence[str]) -> bool:
    """Whether one of some words stands in what an indicator is called, counts or comes from, or above it."""
    called = fold(f"{row.title} | {row.unit} | {row.source} | {row.group} | {row.subgroup}")
    return not words or any(fold(word) in called for word in words)


def _areas(connection: Connection) -> _Areas:
    rows = queries.register(connection, Area)
    return {FORCE: (WHOLE_FORCE, WHOLE)} | {row.id: (row.title, BELOW if row.parent_id else AREA) for row in rows}


def _line(
    asked: _AskedResult, kept: _Kept, breaks: list[tuple[date, str]], people: PopulationNumbers, bounds: Bounds
) -> ResultLine:
    place, row, area, which = asked
    part = place.period_to - place.period_from < bounds[1] - bounds[0]  # one of several, told apart by its month
    now, last_year = kept.get(place), _earlier(place, 12)
    length = _LENGTHS[period_kind(place.period_from, place.period_to)]
    before = _earlier(place, length if length < _LENGTHS["year"] else 1)
    notes = [
        f"Counted otherwise from {in_words(day)}: {why}"
        for day, why in breaks
        if last_year.period_from < day <= place.period_to
    ]
    figures = {name: getattr(now, name) if now else None for name in FIGURES}
    scale = scale_of(row.measure, row.grades)
    if scale is not None and figures["value"] is not None:
        figures["value"] = scale.name(figures["value"])
    effect = now.design_effect if now and now.design_effect != 1 else None
    return ResultLine(
        " ".join(
            filter(
                None,
                (row.ref, area if place.area_id else "", place.population, f"{place.period_to:%B}" if part else ""),
            )
        ),
        f"{row.title}: {place.population}" if place.population else row.title,
        area,
        row.unit,
        _said(place.period_from, place.period_to),
        _figure(asked, kept.get(last_year), people),
        _figure(asked, kept.get(before), people),
        "\n".join(notes),
        **figures,
        design_effect=effect,
        state=now.state if now else None,
        steps="" if scale is None else STEPS_APART.join(reversed(scale.names)),
        measure=row.measure,
        part=which,
    )


def _figure(asked: _AskedResult, kept: ResultRow | None, people: PopulationNumbers) -> float | str | None:
    if kept is None:
        return None
    row, of = asked.indicator, kept.denominator
    scale = scale_of(row.measure, row.grades)
    if scale is not None:
        return None if kept.value is None else scale.name(kept.value)
    if of is None and row.measure == "rate":
        of = people.number(row.rated_by, asked.place.area_id, kept.period_from)
    worked_out = figure(row.measure, row.per, kept.value, kept.numerator, of)
    return worked_out if kept.value is not None or worked_out is None else round(worked_out, _DECIMALS)


def _said(first: date, last: date) -> str:
    """A period as short as it is clear: "September 2008", "July to September 2008", "October 2007 to March 2008"."""
    if month_start(last) == first:
        return f"{last:%B %Y}"
    return f"{first:%B}{f' {first:%Y}' if first.year != last.year else ''} to {last:%B %Y}"


# Back


def take(session: Session, bounds: Bounds, answered: Mapping[str, Mapping[str, Value]]) -> None:
    """Enter what is accepted of a return of some months: by row key the figures, the state and why it changes.

    A reason without anything that changes is passed over. A first figure without a state is provisional.

    Raises:
        RuleBroken: for a value that may not stand, a final figure changed without a reason, or a row that is gone.
    """
    connection = session.connection()
    indicators = queries.indicators(connection)
    kept = _kept(connection, [row.key for row in indicators], bounds)
    every = _asked(indicators, _areas(connection), kept, bounds, every=True)
    asked = {key: each for each in every if (key := key_of(each.place)) in answered}
    entries: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for key, answer in answered.items():
        if key not in asked:
            raise RuleBroken("value", "A result is of an indicator or area that is no longer in the plan. Refuse it.")
        given = {name: value for name, value in answer.items() if name != "reason"}
        if isinstance(given.get("value"), str):
            given["value"] = _step(asked[key].indicator, str(given["value"]))
        now = kept.get(asked[key].place)
        if given and "state" not in given and (now is None or now.state in NO_FIGURE):
            given["state"] = "provisional"
        if given:
            entries[str(answer.get("reason") or "")].append({**asked[key].place.columns(), **given})
    changed = {change.place for change in results.final_changes(session, entries[""])}
    for each in asked.values():
        if each.place in changed:
            raise RuleBroken(
                "reason", f"{each.indicator.ref} {each.area}: a final figure would change. Say why, or refuse it."
            )
    for reason, results_given in entries.items():
        results.enter(session, results_given, reason)


def _step(indicator: IndicatorRow, text: str) -> float:
    """The step of an indicator's scale that is called so.

    Raises:
        RuleBroken: where none is.
    """
    scale = scale_of(indicator.measure, indicator.grades)
    step = None if scale is None else scale.step(text)
    if step is None:
        raise RuleBroken("value", f"{indicator.ref}: “{text}” is none of its grades. Refuse it.")
    return step
