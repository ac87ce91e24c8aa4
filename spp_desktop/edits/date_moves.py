"""Dates that move: each is kept with its reason, whichever door it came through; the second of a row asks for one.

``keep`` is the one function through which every verb passes that sets the dates of activities or milestones.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select
from sqlmodel import Session, SQLModel

from spp_desktop.edits import reporting_periods, rows
from spp_desktop.plan.delivery import Activity, Milestone
from spp_desktop.plan.kinds.day_or_period import apart
from spp_desktop.plan.kinds.days import in_words
from spp_desktop.plan.kinds.spelling import quoted
from spp_desktop.plan.monitoring import DateMove, MovedDate
from spp_desktop.plan.rows import check
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import monitored
from spp_desktop.store.locks import author
from spp_desktop.store.plain import MOVED_WHY

DATES: tuple[str, ...] = ("due", "forecast")
"""The dates whose moves are kept."""

RowDates = Mapping[str, date | None]
"""The dates of a row, by their columns."""


@dataclass(frozen=True)
class Move:
    """A date that would move: of which row, which date, from which day to which, and how often the row's moved before.

    ``name`` is what a person calls the row: "1.05", or a milestone's title.
    """

    row_key: str
    name: str
    which: MovedDate
    was: date
    now: date | None
    before: int = 0

    @property
    def asks(self) -> bool:
        """Whether it asks for a reason."""
        return self.before > 0

    @property
    def sentence(self) -> str:
        """What it is and why it is asked about."""
        date_of = {"due": "due date", "forecast": "expected date"}[self.which]
        times = {1: "once", 2: "twice"}.get(self.before, f"{self.before} times")
        to = "is taken away" if self.now is None else f"moves to {in_words(self.now)}"
        return f"The {date_of} of {quoted(self.name)}, {in_words(self.was)}, {to}. Its dates have moved {times} before."

    @property
    def demand(self) -> str:
        """What it is, and that it asks for a reason."""
        return f"{self.sentence} Say why: a second move asks for a reason."


def keep(
    session: Session,
    model: type[Activity] | type[Milestone],
    before: Mapping[str, RowDates],
    reasons: Mapping[str, str],
    approved_by: str = "",
) -> list[Move]:
    """Keep the dates that have moved, with why; give them.

    Args:
        session: The session of the revision, in which the rows hold their new dates already.
        model: Activities or milestones.
        before: The dates of each row as they were, by key.
        reasons: Why the dates of a row move, by key.
        approved_by: Who approved it, where anybody did.

    Raises:
        RuleBroken: if dates of a row have moved before, and no reason is given; says which row.
    """
    if not before:
        return []
    now = {row.id: row for row in rows.get_all(session, model, before)}
    after = {key: {name: getattr(row, name) for name in DATES} for key, row in now.items()}
    names = {key: getattr(row, model.called_by[0]) for key, row in now.items()}
    moved = _moves(session.connection(), before, after, names)
    today, who = reporting_periods.today(session), author()
    approval = {"approved_by": approved_by.strip(), "approved_on": today} if approved_by.strip() else {}
    new, places = [], Counter[str]()
    for move in moved:
        reason = (reasons.get(move.row_key) or "").strip()
        if move.asks and not reason:
            raise RuleBroken(move.which, move.demand)
        places[move.row_key] += 1
        cells = {
            "row_id": move.row_key, "which": move.which, "was": move.was, "now": move.now, "moved_on": today,
            "moved_by": who, "reason": reason[:_LONGEST], "position": float(move.before + places[move.row_key]),
        }  # fmt: skip
        new.append(DateMove(**check(DateMove, {**cells, **approval})).model_dump())
    if new:  # at once: a whole plan may be moved in one step
        session.connection().execute(SQLModel.metadata.tables[str(DateMove.__tablename__)].insert(), new)
    return moved


_LONGEST = 1000
"""Characters of a reason, at most; that of a status may be longer."""


def dates_of(model_rows: Iterable[Activity | Milestone]) -> dict[str, RowDates]:
    """The dates of rows as they stand, by key."""
    return {row.id: {name: getattr(row, name) for name in DATES} for row in model_rows}


def sets_a_date(cells: Iterable[str]) -> bool:
    """Whether any of these columns is a date whose moves are kept."""
    return any(name in DATES for name in cells)


@dataclass(frozen=True)
class MovedRow:
    """A row whose dates have moved: its key, what it is called, its dates now, how often they moved, which are gone.

    ``gone`` are the days of dates that were taken away, by their columns.
    """

    model: type[Activity] | type[Milestone]
    key: str
    name: str
    dates: RowDates
    times: int
    gone: RowDates

    def again(self, cells: Mapping[str, Any]) -> list[Move]:
        """What would move again if these columns were set; what cannot be read moves nothing."""
        after = {**self.dates, **_read(self.model, cells)}
        return [
            Move(self.key, self.name, which, was, now, self.times)
            for which, was, now in _moved(self.dates, after, self.gone)
        ]


def moved_rows(connection: Connection, model: type[Activity] | type[Milestone]) -> dict[str, MovedRow]:
    """The rows whose dates have moved, by key: a date of theirs that moves again asks for a reason."""
    known = monitored.moves(connection)
    if not known:
        return {}
    table = SQLModel.metadata.tables[str(model.__tablename__)]
    called = table.c[model.called_by[0]]
    query = select(table.c.id, called, *(table.c[name] for name in DATES)).where(table.c.id.in_(list(known)))
    return {
        key: MovedRow(model, key, name, dict(zip(DATES, days, strict=True)), len(known[key]), _taken_away(known[key]))
        for key, name, *days in connection.execute(query)
    }


def moves_of(
    reader: Connection | Session, model: type[Activity] | type[Milestone], cells: rows.CellValues
) -> list[Move]:
    """What cells would move if they were set, so that a window can ask for the reason before: see ``Move.asks``.

    Args:
        reader: Of the plan.
        model: Activities or milestones.
        cells: (row key, column, value) as they would be set; what cannot be read moves nothing.
    """
    connection = reader.connection() if isinstance(reader, Session) else reader
    dates = {key: values for key, values in rows.by_row(cells).items() if sets_a_date(values)}
    if not dates:
        return []
    table = SQLModel.metadata.tables[str(model.__tablename__)]
    rows_there = connection.execute(select(table).where(table.c.id.in_(list(dates)))).mappings()
    standing = {str(row["id"]): row for row in rows_there}
    before = {key: {name: row[name] for name in DATES} for key, row in standing.items()}
    after = {key: {**before[key], **_read(model, dates[key])} for key in before}
    names = {key: str(row[model.called_by[0]]) for key, row in standing.items()}
    return _moves(connection, before, after, names)


def _read(model: type[Activity] | type[Milestone], values: Mapping[str, Any]) -> dict[str, date | None]:
    """The dates among cells, as they would stand."""
    given = {name: apart(values[name])[0] for name in DATES if name in values}
    try:
        return dict(check(model, given))
    except RuleBroken:
        return {}


def _moves(
    connection: Connection, before: Mapping[str, RowDates], after: Mapping[str, RowDates], names: Mapping[str, str]
) -> list[Move]:
    """What has moved between two states of rows."""
    changed = [key for key, dates in before.items() if dates != after[key]]
    known = monitored.moves(connection, changed) if changed else {}
    moved = []
    for key in changed:
        count = len(known.get(key, ()))
        gone = _taken_away(known.get(key, ()))
        row_moved = _moved(before[key], after[key], gone)
        moved += [Move(key, names[key], which, was, now, count) for which, was, now in row_moved]
    return moved


def _taken_away(known: Iterable[monitored.MoveRow]) -> RowDates:
    """The days of dates that were taken away last, by their columns: where one is said again, it moves from there."""
    return {which: was for which, (was, now) in {m.which: (m.was, m.now) for m in known}.items() if now is None}


def _moved(before: RowDates, after: RowDates, gone: RowDates) -> Iterable[tuple[MovedDate, date, date | None]]:
    """Which dates have moved, from which day to which. What is expected is the forecast, or else the date agreed.

    A date that is said for the first time does not move; nor does what is expected where only the date agreed moves.
    """
    agreed = before["due"] or (gone.get("due") if after["due"] else None)
    if agreed is not None and agreed != after["due"]:
        yield "due", agreed, after["due"]
    if before["forecast"] != after["forecast"]:
        was, now = before["forecast"] or before["due"], after["forecast"] or after["due"]
        was = was or (gone.get("forecast") or gone.get("due") if now else None)
        if was is not None and was != now:
            yield "forecast", was, now


def approve(session: Session, keys: Iterable[str], by: str = "") -> None:
    """Say that moves of dates are approved.

    Args:
        session: The session of the revision.
        keys: The moves.
        by: Who approved them; whoever signs the step where nobody is named.

    Raises:
        RuleBroken: if one is no longer in the plan.
    """
    on = reporting_periods.today(session)
    for key in dict.fromkeys(keys):
        rows.change(session, DateMove, key, approved_by=by.strip() or author(), approved_on=on)


def give_reason(session: Session, key: str, reason: str) -> None:
    """Say why a date was moved, or say it better.

    Raises:
        RuleBroken: if it is a second move and nothing would be said, or it is no longer in the plan.
    """
    move = rows.get(session, DateMove, key)
    if not reason.strip() and move.position > _FIRST:
        raise RuleBroken("reason", "Say why it was moved: a second move asks for a reason.")
    rows.change(session, DateMove, key, reason=reason.strip())


def explain(session: Session, row_key: str, why: str) -> None:
    """Say why the dates of a row moved last, where that is not said yet in these words.

    Raises:
        RuleBroken: if no date of it has ever moved, so that there is nothing to explain.
    """
    if not why.strip():
        return
    moved = monitored.moves(session.connection(), [row_key]).get(row_key, [])
    if not moved:
        raise RuleBroken(MOVED_WHY, "No date of it moves, so there is nothing to say why. Give the new date, too.")
    if moved[-1].reason != why.strip():
        rows.change(session, DateMove, moved[-1].key, reason=why.strip()[:_LONGEST])


_FIRST = 1.0
"""The place of the first move of a row."""
