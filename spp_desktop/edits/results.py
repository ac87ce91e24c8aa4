"""What a person does with results: enter, revise, mark, clear; and what is kept of a final figure that changes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection
from sqlmodel import Session, SQLModel

from spp_desktop.edits import rows
from spp_desktop.edits.result_checks import GivenFigure, MeasuredAs, Objection, impossible, looked_over
from spp_desktop.figures.scale import Scale, scale_of
from spp_desktop.plan.performance import Indicator
from spp_desktop.plan.results import FIGURES, Restatement, Result, check_result, written
from spp_desktop.plan.revising import renewed, restates
from spp_desktop.plan.rows import check, heading_of, new_key
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import locks, measured, queries

_OF_FIGURE = ("value", "numerator", "denominator")
_A_YEAR_AND_A_MONTH = 400

Columns = Mapping[str, Any]
"""Columns of ``plan.results.Result``: those that name a result, and those to be set."""


class ResultPlace(NamedTuple):
    """What makes two results one. ``area_id`` is "" for the force."""

    indicator_id: str
    area_id: str
    population: str
    period_from: date
    period_to: date

    def columns(self) -> dict[str, Any]:
        """The place as columns of a row."""
        return {**self._asdict(), "area_id": self.area_id or None}


class FinalChange(NamedTuple):
    """A final figure that would change: where, and what it says before and after, "" for nothing."""

    place: ResultPlace
    before: str
    after: str


class UnlikelyFigure(NamedTuple):
    """A figure that is hardly meant: where, as it is written, and why in a sentence."""

    place: ResultPlace
    figure: str
    sentence: str


class Entered(NamedTuple):
    """How many results were added, changed, removed, left as they were, and how many final figures changed."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    same: int = 0
    restated: int = 0


@dataclass
class _Work:
    """What is to be done: the rows that stand, and as they will be, by place; ``None`` for none."""

    standing: dict[ResultPlace, dict[str, Any]]
    new: dict[ResultPlace, dict[str, Any] | None] = field(default_factory=dict)

    def take(self, place: ResultPlace, given: Columns) -> None:
        """Let a result take what is given."""
        now = self.new[place] if place in self.new else self.standing.get(place)
        then = renewed(now, given)
        if then is not None:
            check_result({**place.columns(), **then})
            if now is None or any(now[name] != value for name, value in then.items()):
                self.new[place] = {**place.columns(), **then}
        elif now is not None:
            self.new[place] = None

    def changed(self) -> dict[ResultPlace, GivenFigure]:
        """The results whose figures become others, as they will be."""
        return {
            place: GivenFigure(place.period_from, place.period_to, *(new[name] for name in _OF_FIGURE))
            for place, new in self.new.items()
            if new is not None and self._is_another(place, new)
        }

    def _is_another(self, place: ResultPlace, new: Columns) -> bool:
        standing = self.standing.get(place)
        return standing is None or any(standing[name] != new[name] for name in _OF_FIGURE)

    def restated(self) -> list[ResultPlace]:
        """Where final figures would change."""
        return [place for place, new in self.new.items() if restates(self.standing.get(place), new)]


def enter(session: Session, entries: Iterable[Columns], reason: str = "") -> Entered:
    """Enter results: each takes what is given as ``plan.revising.renewed`` says; the same again changes nothing.

    An entry names its result by ``indicator_id``, ``area_id`` (none for the force), ``population``, ``period_from``
    and ``period_to``, and gives figures, a design effect, a state, or only a state. ``None`` empties a figure; a result
    with nothing left is removed. Later entries go on from earlier ones.

    Args:
        session: The session of the revision.
        entries: The entries.
        reason: Why final figures change; each that does leaves a restatement.

    Raises:
        RuleBroken: for a value that may not stand; field "reason" where a final figure would change without one.
    """
    listed = list(entries)
    session.flush()
    work = _work(session.connection(), listed)
    _refuse_impossible(session.connection(), work)
    restated = work.restated()
    if restated and not reason.strip():
        raise RuleBroken("reason", _needs_reason(len(restated)))
    with rows.sentences(Result):
        done = _write(session, work)
    _record(session, work, restated, reason)
    session.expire_all()
    return done._replace(same=len({_place(entry) for entry in listed}) - len(work.new), restated=len(restated))


def final_changes(reader: Connection | Session, entries: Iterable[Columns]) -> list[FinalChange]:
    """The final figures that entering these would change, so that a reason can be asked for.

    Raises:
        RuleBroken: for a value that may not stand.
    """
    connection = reader.connection() if isinstance(reader, Session) else reader
    work = _work(connection, list(entries))
    return list(_changes(connection, work, work.restated()))


def unlikely_figures(reader: Connection | Session, entries: Iterable[Columns]) -> list[UnlikelyFigure]:
    """The figures among these that are hardly meant, so that a person can be asked before they are entered.

    Raises:
        RuleBroken: for a value that may not stand.
    """
    connection = reader.connection() if isinstance(reader, Session) else reader
    work = _work(connection, list(entries))
    _refuse_impossible(connection, work)
    objections = _objections(connection, work)
    percent = measured.percentages(connection, {place.indicator_id for place in objections})
    return [
        UnlikelyFigure(place, written(work.new[place] or {}, percent=place.indicator_id in percent), objection.sentence)
        for place, objection in objections.items()
    ]


def clear(session: Session, places: Iterable[Columns], reason: str = "") -> Entered:
    """Remove the results that these columns name, with a reason where a final figure goes by it.

    Raises:
        RuleBroken: field "reason" where a final figure would go without one.
    """
    return enter(session, [{**place, **dict.fromkeys(FIGURES)} for place in places], reason)


def _needs_reason(count: int) -> str:
    what = "A final figure would change" if count == 1 else f"{count} final figures would change"
    return f"{what}. Say why; the reason is kept with what {'it' if count == 1 else 'they'} said before."


def _place(entry: Columns) -> ResultPlace:
    area, population = (entry.get(name) or "" for name in ("area_id", "population"))
    return ResultPlace(entry["indicator_id"], area, population, entry["period_from"], entry["period_to"])


def _work(connection: Connection, entries: Sequence[Columns]) -> _Work:
    clean = [_checked(entry) for entry in entries]
    places = [_place(entry) for entry in clean]
    work = _Work({_place(row): row for row in measured.results_at(connection, places)})
    for place, entry in zip(places, clean, strict=True):
        work.take(place, entry)
    for place in [place for place, new in work.new.items() if new is None and place not in work.standing]:
        del work.new[place]
    return work


def _refuse_impossible(connection: Connection, work: _Work) -> None:
    """Look at each result that changes for what it cannot be.

    Raises:
        RuleBroken: with the first.
    """
    changed = work.changed()
    if not changed:
        return
    today, ways = queries.plan(connection).today(), measured_as(connection)
    for place, given in changed.items():
        sentence = impossible(ways.get(place.indicator_id, MeasuredAs()), given, today)
        if sentence:
            raise RuleBroken("value", sentence)


def _objections(connection: Connection, work: _Work) -> dict[ResultPlace, Objection]:
    """What is the matter with the results that change, each beside the others of its series."""
    by_series: dict[tuple[str, str, str], list[ResultPlace]] = {}
    changed = work.changed()
    for place in changed:
        by_series.setdefault(place[:3], []).append(place)
    if not changed:
        return {}
    today, ways = queries.plan(connection).today(), measured_as(connection)
    around = [place._replace(period_from=_moved(place.period_from, -1), period_to=_moved(place.period_to, 1))
              for place in changed]  # fmt: skip
    standing = measured.results_at(connection, [*changed, *around])
    objections: dict[ResultPlace, Objection] = {}
    for series, places in by_series.items():
        way = ways.get(series[0], MeasuredAs())
        figures = {
            (row["period_from"], row["period_to"]): GivenFigure(
                row["period_from"], row["period_to"], *(row[name] for name in _OF_FIGURE)
            ).figure(way)
            for row in standing
            if _place(row)[:3] == series
        }
        others = {days: figure for days, figure in figures.items() if figure is not None}
        given = [changed[place] for place in places]
        by_place = looked_over(way, given, others, today)
        objections |= {places[at]: objection for at, objection in by_place.items()}
    return objections


def _moved(day: date, years: int) -> date:
    """A day about so many years later."""
    return day + timedelta(days=years * _A_YEAR_AND_A_MONTH)


def measured_as(connection: Connection) -> dict[str, MeasuredAs]:
    """How results of each indicator are made, by its key."""
    return {
        row.id: MeasuredAs(row.measure, row.unit, scale_of(row.measure, row.grades))
        for row in queries.register(connection, Indicator)
    }


def _checked(entry: Columns) -> dict[str, Any]:
    for name in ("indicator_id", "period_from", "period_to"):
        if not entry.get(name):
            raise RuleBroken(name, f"“{heading_of(Result, name)}” of a result may not be empty.")
    return check(Result, entry)


def _write(session: Session, work: _Work) -> Entered:
    """Add, change and remove rows, a statement for each kind of change."""
    table = SQLModel.metadata.tables[str(Result.__tablename__)]
    added = [{"id": new_key(), **new} for place, new in work.new.items() if new and place not in work.standing]
    gone = [work.standing[place]["id"] for place, new in work.new.items() if new is None]
    cells = {
        str(standing["id"]): changed
        for place, new in work.new.items()
        if new
        and (standing := work.standing.get(place))
        and (changed := {name: value for name, value in new.items() if standing[name] != value})
    }
    if added:
        session.connection().execute(table.insert(), added)
    rows.change_all(session, Result, cells)
    if gone:
        session.connection().exec_driver_sql("DELETE FROM result WHERE id = ?", [(key,) for key in gone])
    return Entered(len(added), len(cells), len(gone))


def _record(session: Session, work: _Work, restated: Sequence[ResultPlace], reason: str) -> None:
    """Leave a restatement of each final figure that changes."""
    why = check(Restatement, {"reason": reason, "author": locks.author(), "made_on": date.today()}) if restated else {}
    made = [
        {"id": new_key(), **place.columns(), "before": before, "after": after, **why}
        for place, before, after in _changes(session.connection(), work, restated)
    ]
    if made:
        session.connection().execute(SQLModel.metadata.tables[str(Restatement.__tablename__)].insert(), made)


def _changes(connection: Connection, work: _Work, restated: Sequence[ResultPlace]) -> Iterator[FinalChange]:
    percent = measured.percentages(connection, {place.indicator_id for place in restated})
    scales = measured.scales(connection)
    for place in restated:
        new = work.new[place]
        scale = scales.get(place.indicator_id)
        before, after = (
            _written(row, scale, percent=place.indicator_id in percent) if row else ""
            for row in (work.standing[place], new)
        )
        if new is not None and new["state"] == "provisional":
            after += ", provisional"
        yield FinalChange(place, before, after)


def _written(row: Columns, scale: Scale | None, *, percent: bool) -> str:
    """A result as people write it: a step of a scale by its name."""
    step = None if scale is None else row.get("value")
    return written(row, percent=percent) if scale is None or step is None else scale.name(step)
