"""Indicators judged: the rows of a plan gathered into the series that ``figures.judging`` judges."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any, TypeVar

from sqlalchemy import Connection, Row

from spp_desktop.figures.comparison import Break
from spp_desktop.figures.control.chart import ControlRebase
from spp_desktop.figures.exact import GivenNumber
from spp_desktop.figures.judging.judged import Judged, judge
from spp_desktop.figures.judging.series import PLAN_RULE, ChartAnnotation, EarlierTarget, Measured, Reading, Series
from spp_desktop.figures.rag.colours import ColourOverride, ColourRule, LastYear, Tolerance
from spp_desktop.figures.scale import scale_of
from spp_desktop.plan import judging
from spp_desktop.plan.identity import goes_on, years_of
from spp_desktop.plan.periods import month_start, year_of
from spp_desktop.plan.results import Area, DefinitionVersion, figure
from spp_desktop.store import measured, queries
from spp_desktop.store.collector import waiting_collector
from spp_desktop.store.indicator_rows import IndicatorRow
from spp_desktop.store.rated import NOBODY, PopulationNumbers

K = TypeVar("K")
Key = tuple[str, str]
"""An indicator's key and an area's, "" for the force."""
_Row = tuple[Any, ...]
"""A result as ``store.measured.bare`` gives it."""


@dataclass(frozen=True)
class Scope:
    """Which series: of an indicator or all; of an area, the force (""), or with ``None`` of the force and all areas."""

    indicator: str | None = None
    area: str | None = measured.FORCE


def judged(
    connection: Connection, as_at: date, scope: Scope = Scope(), known: Sequence[IndicatorRow] | None = None
) -> list[Judged]:
    """Every series of a scope, judged: indicators in their printed order, each first for the force, then by area.

    An indicator without results is judged for the force all the same; an area without results of it is not. One that
    had ended before the year of the day is judged only where it is asked for by itself. ``known`` are the indicators,
    where they were read already.
    """
    with waiting_collector():
        return [judge(series, as_at) for series in gathered(connection, scope, year_of(as_at), known)]


def gathered(
    connection: Connection,
    scope: Scope = Scope(),
    year: int | None = None,
    known_rows: Sequence[IndicatorRow] | None = None,
) -> Iterator[Series]:
    """The series of a scope, in the same order; with a year only those of indicators that go on in it."""
    around, own = _Around.read(connection), queries.plan(connection)
    indicators = queries.indicators(connection, scope.indicator) if known_rows is None else list(known_rows)
    if year is not None and scope.indicator is None:
        indicators = [row for row in indicators if goes_on(row.last_year, year)]
    results = _readings(connection, {row.key: row for row in indicators}, scope.area)
    areas = [measured.FORCE, *around.areas] if scope.area is None else [scope.area]
    earlier = _earlier(connection)
    for row in indicators:
        known = _measured(row, earlier.get(row.key, {}), queries.aimed_over(own, row))
        for area in areas:
            readings = results.get((row.key, area))
            if readings is not None or area == (scope.area or measured.FORCE):
                yield around.series(known, row, area, tuple(readings or ()))


def rule_of(row: Any) -> ColourRule:
    """A row of the plan's colour rules as the rule that it stands for; its title stands where it has no version."""
    if row.kind == "last year":
        return LastYear(row.version, row.first_month)
    return Tolerance(
        row.size, "points" if row.kind == "tolerance in points" else "relative", row.version, row.first_month
    )


@dataclass(frozen=True)
class _Around:
    """What bears on series besides their results."""

    areas: Mapping[str, str]
    rules: Mapping[str, ColourRule]
    breaks: Mapping[str, tuple[Break, ...]]
    rebases: Mapping[Key, tuple[ControlRebase, ...]]
    overrides: Mapping[Key, Mapping[date, ColourOverride]]
    annotations: Mapping[Key, tuple[ChartAnnotation, ...]]
    peers: Mapping[str, Mapping[int, Mapping[str, GivenNumber | None]]]
    force: str
    ends: int

    @classmethod
    def read(cls, connection: Connection) -> "_Around":
        """All of it; there is little of it in any plan."""
        plan = queries.plan(connection)
        versions, rebases, notes, overrides = (
            queries.register(connection, model)
            for model in (DefinitionVersion, judging.Rebase, judging.Annotation, judging.Override)
        )
        return cls(
            areas={row.id: row.title for row in queries.register(connection, Area)},
            rules={row.id: rule_of(row) for row in queries.register(connection, judging.JudgementRule)},
            breaks={
                key: tuple(Break(row.starts_on, row.reason) for row in rows if row.breaks_series)
                for key, rows in _by(versions, "starts_on", _indicator).items()
            },
            rebases={
                key: tuple(ControlRebase(month_start(row.starts_on), row.reason, row.author) for row in rows)
                for key, rows in _by(rebases, "starts_on", _place).items()
            },
            overrides={
                key: {row.period_to: ColourOverride(row.colour, row.reason, row.author, row.made_on) for row in rows}
                for key, rows in _by(overrides, "period_to", _place).items()
            },
            annotations={
                key: tuple(ChartAnnotation(row.id, row.on_day, row.text, row.author) for row in rows)
                for key, rows in _by(notes, "on_day", _place).items()
            },
            peers=_peers(connection),
            force=plan.force,
            ends=years_of(plan)[-1],
        )

    def series(self, indicator: Measured, row: IndicatorRow, area: str, readings: tuple[Reading, ...]) -> Series:
        """One series with what bears on it."""
        place, rule = (indicator.key, area), row.rule_key
        return Series(
            indicator,
            self.areas.get(area, ""),
            area,
            readings,
            self.rules[rule] if rule else next(iter(self.rules.values()), PLAN_RULE),
            self.breaks.get(indicator.key, ()),
            self.rebases.get(place, ()),
            self.overrides.get(place, {}),
            self.annotations.get(place, ()),
            {} if area else self.peers.get(indicator.key, {}),
            self.force,
            self.ends if row.last_year is None else min(self.ends, row.last_year),
        )


def _indicator(row: Row[Any]) -> str:
    return str(row.indicator_id)


def _place(row: Row[Any]) -> Key:
    return row.indicator_id, row.area_id or measured.FORCE


def _by(rows: list[Row[Any]], day: str, key: Callable[[Row[Any]], K]) -> dict[K, list[Row[Any]]]:
    rows_by_key: dict[K, list[Row[Any]]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: getattr(row, day)):
        rows_by_key[key(row)].append(row)
    return rows_by_key


def _peers(connection: Connection) -> dict[str, dict[int, dict[str, GivenNumber | None]]]:
    """By indicator and year the rates of that year's group, own force included; ``None`` where one is not known."""
    force = queries.plan(connection).force
    groups: dict[int, dict[str, str]] = defaultdict(dict)
    for peer in queries.register(connection, judging.PeerForce):
        groups[peer.year][peer.id] = peer.force
    rates_by_year: dict[str, dict[int, dict[str, GivenNumber | None]]] = defaultdict(dict)
    for rate in queries.register(connection, judging.PeerRate):
        group = groups.get(rate.year)
        if group is None:
            continue
        rates = rates_by_year[rate.indicator_id].setdefault(rate.year, dict.fromkeys([force, *group.values()]))
        name = force if rate.peer_id is None else group.get(rate.peer_id)
        if name is not None:
            rates[name] = rate.value
    return rates_by_year


_Earlier = Mapping[int, tuple[EarlierTarget, ...]]
"""By year what its target was before, the first one first."""


def _earlier(connection: Connection) -> dict[str, _Earlier]:
    """What yearly targets were before they were changed, by indicator."""
    earlier: dict[str, dict[int, list[EarlierTarget]]] = defaultdict(lambda: defaultdict(list))
    for row in queries.earlier_targets(connection):
        if row.target.year is not None:
            was = EarlierTarget(row.until, row.target, row.reason, row.author)
            earlier[row.target.indicator_key][row.target.year].append(was)
    return {key: {year: tuple(rows) for year, rows in years.items()} for key, years in earlier.items()}


def _measured(row: IndicatorRow, earlier: _Earlier, over: tuple[int, ...]) -> Measured:
    return Measured(
        key=row.key,
        ref=row.ref,
        title=row.title,
        unit=row.unit,
        polarity=row.polarity,
        population=row.population,
        group=row.group,
        measure=row.measure,
        numerator=row.numerator,
        denominator=row.denominator,
        per=row.per,
        trajectory=row.trajectory,
        profile_years=row.profile_years,
        cut_from=row.cut_from,
        screened=row.screened,
        fix_after=row.fix_after,
        beyond_counts=row.beyond_counts,
        scale=scale_of(row.measure, row.grades),
        targets=row.targets,
        earlier=earlier,
        over=over,
    )


def _readings(
    connection: Connection, indicators: Mapping[str, IndicatorRow], area: str | None
) -> dict[Key, list[Reading]]:
    """The results of these indicators by indicator and area, in the order of their periods.

    Read past SQLAlchemy's own reading of days: a plan has many results and few days, each of which is read once.
    """
    days: dict[str, date] = _Days()
    readings: dict[Key, list[Reading]] = {}
    rated = any(own.measure == "rate" for own in indicators.values())
    people = PopulationNumbers.read(connection) if rated else NOBODY
    rows = measured.bare(connection, list(indicators), area)
    for key, of_series in groupby(rows, itemgetter(0, 1)):
        own = indicators[key[0]]
        measure, per = own.measure, own.per
        readings[key] = [
            Reading(
                days[first],
                days[last],
                value if above is None else figure(measure, per, value, above, below),
                above,
                below,
                size,
                effect,
                state,
                population,
            )
            for _, _, population, first, last, value, above, below, size, effect, state in _counted_of(
                of_series, own, people
            )
        ]
    return readings


def _counted_of(rows: Iterator[_Row], own: IndicatorRow, people: PopulationNumbers) -> Iterator[_Row]:
    """Results of an indicator, those of a rate that lack what they are counted of with the population of the plan."""
    return _rated(rows, own.rated_by, people) if own.measure == "rate" else rows


def _rated(rows: Iterator[_Row], counted: str, people: PopulationNumbers) -> Iterator[_Row]:
    """Results of a rate, those that lack what they are counted of with the population of their area and year."""
    for row in rows:
        _, area, _, first, _, _, above, below, *_ = row
        if above is None or below is not None:
            yield row
        else:
            yield (*row[:7], people.number(counted, area, date.fromisoformat(first)), *row[8:])


class _Days(dict[str, date]):
    """Days by the text in which the database keeps them, each read once."""

    def __missing__(self, text: str) -> date:
        self[text] = day = date.fromisoformat(text)
        return day
