"""Results taken in from somebody's extract: read, held against the plan, and put into it as one step.

Nothing comes in that was not counted first: what is counted is kept as it was read, and refused where the plan has
changed since. The rules are those of ``plan.revising``, by which results are entered in any other way too.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import Connection, true
from sqlmodel import Session, SQLModel, col, select

from spp_desktop.edits import kept_mappings, rows
from spp_desktop.edits.extract_names import KeysByName
from spp_desktop.edits.incoming import Incoming
from spp_desktop.edits.incoming_parts import (
    CHANGED,
    FINAL,
    IMPOSSIBLE,
    LACKING,
    NEW,
    REPEATED,
    SAME,
    SHARES,
    TWICE,
    IncomingSeries,
)
from spp_desktop.edits.result_checks import ODD, SMALL, GivenFigure, MeasuredAs, Objection, half, looked_over
from spp_desktop.plan.results import FIGURES, PERCENT, Area, Restatement, Result, ResultMapping, written
from spp_desktop.plan.revising import renewed, restates
from spp_desktop.plan.rows import check, new_key
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.returns import mapped
from spp_desktop.returns.column_mapping import ColumnMapping, from_text
from spp_desktop.returns.mapped import Chosen, Extract
from spp_desktop.store import locks, measured

_PARTS = ("value", "numerator", "denominator")
_Standing = Mapping[tuple[str, str], dict[str, Any]]
"""The results that the plan holds, by their first and last day as texts."""

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it, and of how much (0: nobody knows). It may raise to stop it all."""

AT_ONCE = 500
"""Rows that are written together: between two such portions a window lives on."""

_CELLS = (*FIGURES, "design_effect", "state")
_COLUMNS = ("id", "indicator_id", "area_id", "population", "period_from", "period_to", *_CELLS)
_INSERT = f"INSERT INTO result ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"
_UPDATE = f"UPDATE result SET {', '.join(f'{name} = ?' for name in _CELLS)} WHERE id = ?"
_AROUND = 400
"""Days about the results of a series within which others are looked at: a year and a month."""
_HELD = f"""SELECT period_from, period_to, id, {", ".join(_CELLS)} FROM result
    WHERE indicator_id = ? AND ifnull(area_id, '') = ? AND population = ? AND period_from >= ? AND period_from <= ?"""


def _silent(_what: str, _done: int, _total: int) -> None:
    pass


@dataclass(frozen=True)
class Counts:
    """What would come in, in numbers of results, and what is left out, named.

    Args:
        new: Results that the plan does not have.
        changed: Provisional results, or empty ones, that would change.
        same: Results that the plan has already.
        final: Final figures that would change, which needs a reason.
        repeated: Results that the file gives more than once, always alike; one of each counts among the others.
        twice: Rows left out because they give one result differently.
        unread: Rows left out because they cannot be read.
        unknown: Rows left out because the plan does not have their area or indicator.
        empty: Rows without any figure.
        hidden: Rows that are hidden in the file; they come in like others.
        rows: All rows below the headings.
        aside: Rows that are not among those that are meant, and those that say the headings again.
        totals: Rows of totals and of larger areas, which are no area or indicator of the plan.
        below: Rows of another table below.
        not_applicable: Figures that the file says do not apply.
        lacking: Results left out because they cannot be added up from their rows.
        impossible: Results left out because they cannot be.
        unlikely: Results that are hardly meant, and come in only if they are said to be.
        unlikely_too: Whether they are said to be.
    """

    new: int
    changed: int
    same: int
    final: int
    repeated: int
    twice: int
    unread: int
    unknown: int
    empty: int
    hidden: int
    rows: int
    aside: int = 0
    totals: int = 0
    below: int = 0
    not_applicable: int = 0
    lacking: int = 0
    impossible: int = 0
    unlikely: int = 0
    unlikely_too: bool = False

    @property
    def left_out(self) -> int:
        """Rows that hold a figure and do not come in, whatever is decided about final figures."""
        unlikely = 0 if self.unlikely_too else self.unlikely
        return self.twice + self.unread + self.unknown + self.lacking + self.impossible + unlikely


@dataclass(frozen=True)
class Taken:
    """What came in: results added and changed, final figures restated, and areas added."""

    added: int
    changed: int
    restated: int
    areas: int


# Reading


def gather(
    extract: Extract, chosen: Chosen, names: KeysByName, several_sheets: bool, progress: Progress = _silent
) -> Incoming:
    """Read all rows of a file. It knows no plan but by ``names``, so that it may be done beside the window.

    Raises:
        PasswordNeeded, ReturnRefused: with a sentence, if it cannot be read safely or at all.
    """
    incoming = Incoming(extract.name, chosen.sheet if several_sheets else "", names, sums=chosen.mapping.sums)
    try:
        for batch in mapped.read(extract, chosen):
            incoming.add(batch)
            progress(f"Reading {extract.name}", incoming.tally.rows, 0)
        incoming.filled()
    except BaseException:
        incoming.close()
        raise
    return incoming


# Held against the plan


def weigh(connection: Connection, incoming: Incoming, progress: Progress = _silent) -> Counts:
    """Find out of each result whether it is new, changes what is held, or changes a final figure; and count them.

    What cannot be, or is hardly meant, is found here too.
    """
    incoming.begin_weighing(_newest(connection))
    series = incoming.series()
    total, done = sum(own.lines for own in series), 0
    cursor: Any = connection.connection.cursor()
    for own in series:
        around = (_moved(own.first, -_AROUND), _moved(own.last, _AROUND))
        cursor.execute(_HELD, (own.indicator, own.area, own.population, *around))
        standing = {row[:2]: dict(zip(("id", *_CELLS), row[2:], strict=True)) for row in cursor.fetchall()}
        same: set[int] = set()
        if any(own.first <= first and last <= own.last for first, last in standing):
            weighed = [
                (n, *_fate(standing[first, last], given))
                for n, first, last, given in incoming.of_series(own)
                if (first, last) in standing
            ]
            same = {n for n, fate, *_ in weighed if fate == SAME}
            incoming.weighed(weighed)
        way = incoming.measured(own.indicator)
        if _is_uneven(own, (_figure(row, way) for row in standing.values()), incoming.today):
            _look_over(incoming, own, standing, same)
        done += own.lines
        progress("Comparing with the plan", done, total)
    return counts(incoming)


def _look_over(incoming: Incoming, own: IncomingSeries, standing: _Standing, same: set[int]) -> None:
    """Find what is the matter with the results of a series; what the plan holds already is not asked again."""
    numbers, given = [], []
    for n, first, last, figures in incoming.of_series(own):
        numbers.append(n)
        parts = (figures.get(name) for name in _PARTS)
        given.append(GivenFigure(date.fromisoformat(first), date.fromisoformat(last), *parts))
    way = incoming.measured(own.indicator)
    others = {
        (date.fromisoformat(first), date.fromisoformat(last)): figure
        for (first, last), row in standing.items()
        if (figure := _figure(row, way)) is not None
    }
    halves = {at: Objection(why, refused=False) for at, figure in enumerate(given) if (why := half(way, figure))}
    objections = {**halves, **looked_over(way, given, others, incoming.today)}
    incoming.object_to({numbers[at]: each for at, each in objections.items() if numbers[at] not in same})


def _figure(row: Mapping[str, Any], way: MeasuredAs) -> float | None:
    """The figure of a result that the plan holds, as it is compared with others of its series."""
    value: float | None = row["value"]
    if value is not None or not (way.is_share and row["denominator"]) or row["numerator"] is None:
        return value
    return float(row["numerator"] * PERCENT / row["denominator"])


def _is_uneven(own: IncomingSeries, standing: Iterable[float | None], today: date) -> bool:
    """Whether anything may be the matter with a series: most are even, and need not be looked over."""
    values = [value for value in (own.low, own.high, *standing) if value is not None]
    low, high = min(values, default=0.0), max(values, default=0.0)
    return bool(own.odd) or own.last > today.isoformat() or (high >= SMALL and low * ODD < high)


def _moved(day: str, days: int) -> str:
    """A day so many days later, as the database keeps it."""
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def _fate(standing: dict[str, Any], given: dict[str, Any]) -> tuple[int, str, dict[str, Any]]:
    """What becomes of a result that is held: its fate, its key, and all its figures as they would be."""
    new = renewed(standing, given) or standing
    if all(standing[name] == new[name] for name in _CELLS):
        return SAME, standing["id"], new
    return FINAL if restates(standing, new) else CHANGED, standing["id"], new


def counts(incoming: Incoming) -> Counts:
    """What would come in now."""
    by_fate, tally = incoming.counts(), incoming.tally
    fates = (NEW, CHANGED, SAME, FINAL, REPEATED, TWICE, LACKING, SHARES, IMPOSSIBLE)
    new, changed, same, final, repeated, twice, lacking, shares, refused = (by_fate.get(fate, 0) for fate in fates)
    places = tally.places
    return Counts(
        new,
        changed,
        same,
        final,
        repeated,
        twice,
        tally.unread,
        incoming.left_unknown(),
        places["empty"].count,
        tally.hidden,
        tally.rows,
        aside=tally.aside + tally.headings,
        totals=incoming.summing_up() + places["totals"].count,
        below=places["below"].count,
        not_applicable=sum(count for absent, (count, _) in tally.absent.items() if absent.why == "not applicable"),
        lacking=lacking + shares,
        impossible=refused,
        unlikely=incoming.asked(),
        unlikely_too=incoming.unlikely_too,
    )


def _newest(connection: Connection) -> str:
    """The newest step of the plan's history."""
    newest = connection.exec_driver_sql(
        "SELECT id FROM revision WHERE kind <> 'beside' ORDER BY n DESC LIMIT 1"
    ).scalar()
    return str(newest or "")


# Coming in


class NamedColumns(NamedTuple):
    """What the columns of a file hold, with the name under which that is kept for the next file."""

    title: str
    mapping: ColumnMapping


def label(incoming: Incoming, reason: str = "", columns: NamedColumns | None = None) -> str:
    """What the step is called: "import 1,240 results from extract.csv"."""
    counted = counts(incoming)
    several = counted.new + counted.changed + (counted.final if reason.strip() else 0)
    if columns is not None and not several:
        return f"keep the columns of “{columns.title.strip()}”"
    return f"import {Result.word.counted(several)} from {incoming.file}"


def take(
    session: Session,
    incoming: Incoming,
    reason: str = "",
    progress: Progress = _silent,
    columns: NamedColumns | None = None,
) -> Taken:
    """Put what was counted into the plan; final figures only with a reason, else they are left as they are.

    ``columns`` are kept in the same step, so that undoing it takes back both.

    Raises:
        RuleBroken: if the plan has changed since the results were held against it, an area cannot be added, or the name
            of the columns is empty or too long.
    """
    if _newest(session.connection()) != incoming.revision:
        raise RuleBroken("", "The plan has changed since the file was counted. Look again at what would come in.")
    if columns is not None:
        keep_mapping(session, *columns)
    areas: dict[int, str | None] = {}
    try:
        for n, title in incoming.to_add():
            areas[n] = rows.add_placed(session, Area, true(), None, title=title)
        incoming.added(areas)
        return replace(_write(session, incoming, reason, progress), areas=len(areas))
    except BaseException:
        incoming.added(dict.fromkeys(areas))
        raise


def _write(session: Session, incoming: Incoming, reason: str, progress: Progress) -> Taken:
    counted = counts(incoming)
    restated = counted.final if reason.strip() else 0
    total, done = counted.new + counted.changed + restated, 0
    session.flush()
    connection = session.connection()
    steps: list[tuple[str, Iterator[list[tuple[Any, ...]]], bool]] = [
        (_INSERT, incoming.new_rows(AT_ONCE), False),
        (_UPDATE, incoming.renewed_rows(CHANGED, AT_ONCE), False),
    ]
    if restated:
        steps.append((_UPDATE, incoming.renewed_rows(FINAL, AT_ONCE), True))
    for statement, chunks, settled in steps:
        for chunk in chunks:
            progress("Importing", done, total)
            if settled:
                _restate(connection, chunk, reason)
            with rows.sentences(Result):
                incoming.waits_for(partial(connection.exec_driver_sql, statement, chunk))
            done += len(chunk)
    progress("Importing", done, total)
    session.expire_all()
    return Taken(counted.new, counted.changed, restated, 0)


def _restate(connection: Connection, chunk: Sequence[tuple[Any, ...]], reason: str) -> None:
    """Leave a restatement of each final figure that is about to change."""
    why = check(Restatement, {"reason": reason, "author": locks.author(), "made_on": date.today()})
    table = SQLModel.metadata.tables[str(Result.__tablename__)]
    after = {row[-1]: dict(zip(_CELLS, row, strict=False)) for row in chunk}
    standing = connection.execute(table.select().where(table.c.id.in_(after))).mappings().all()
    percent = measured.percentages(connection, {row["indicator_id"] for row in standing})
    made = []
    for row in standing:
        share = row["indicator_id"] in percent
        place = {name: row[name] for name in ("indicator_id", "area_id", "population", "period_from", "period_to")}
        texts = {"before": written(dict(row), percent=share), "after": written(after[row["id"]], percent=share)}
        made.append({"id": new_key(), **place, **texts, **why})
    connection.execute(SQLModel.metadata.tables[str(Restatement.__tablename__)].insert(), made)


# What was chosen, by name


def mappings(connection: Connection) -> dict[str, ColumnMapping]:
    """The mappings that are kept, by name, in their order; one that cannot be read is left aside."""
    return kept_mappings.kept(connection, from_text)


def keep_mapping(session: Session, title: str, mapping: ColumnMapping) -> None:
    """Keep a mapping under a name, in place of one that has it.

    Raises:
        RuleBroken: if the name is empty or too long, or the columns of a plan have it.
    """
    kept_mappings.keep(session, title, mapping.as_text(), from_text)


def remove_mapping(session: Session, title: str) -> None:
    """Forget the mapping of this name."""
    kept = session.exec(select(ResultMapping).where(col(ResultMapping.title) == title.strip())).first()
    if kept is not None:
        rows.remove(session, ResultMapping, kept.id)
