"""Dates typed in a merge in the place of both sides: they move as in the table, are kept among the moves, with why."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import Any, cast

from sqlmodel import Session

from spp_desktop.edits import date_moves, rows
from spp_desktop.edits.merging.reviewing import MergeReview, OtherCopy
from spp_desktop.plan.delivery import Activity, Milestone
from spp_desktop.plan.monitoring import DateMove
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import monitored
from spp_desktop.store.merging import record
from spp_desktop.store.merging.items import MergeItem
from spp_desktop.store.merging.outcome import Decisions
from spp_desktop.store.merging.two_copies import THERE
from spp_desktop.store.merging.writes import ROW
from spp_desktop.store.plain import MOVED_WHY
from spp_desktop.store.workspace import Workspace

_DATED: dict[str, type[Activity] | type[Milestone]] = {
    str(model.__tablename__): model for model in (Activity, Milestone)
}


def is_date(item: MergeItem, column: str) -> bool:
    """Whether a cell of an item is a date whose moves are kept, or says which period that is the last day of."""
    return item.table in _DATED and date_moves.sets_a_date([column.removesuffix("_within")])


def has_dates(item: MergeItem) -> bool:
    """Whether dates whose moves are kept are among the cells of an item."""
    return item.table in _DATED and date_moves.sets_a_date(item.cells)


def demand_why(workspace: Workspace, copy: OtherCopy, item: MergeItem, wanted: Mapping[str, Any], why: str) -> None:
    """Demand why dates move, where those of the row have moved before, here or in the copy.

    Args:
        workspace: The plan.
        copy: The copy, whose moves come in with the merge.
        item: What is decided about.
        wanted: Its cells as they would be stored.
        why: Why its dates move, as it was typed.

    Raises:
        RuleBroken: if they have moved before, and nothing says why.
    """
    if not has_dates(item) or why.strip() or _why_of_status(item, wanted):
        return
    dates = [(item.key, name, wanted[name]) for name in date_moves.DATES if name in wanted]
    known = workspace.read_beside(_moves_known, item.key) | _moves_known(copy.connection, item.key)
    for move in workspace.read(date_moves.moves_of, _DATED[item.table], dates):
        if known:
            raise RuleBroken(MOVED_WHY, replace(move, before=len(known)).demand)


def _moves_known(plan: sqlite3.Connection, row: str) -> set[str]:
    with closing(plan.execute("SELECT id FROM date_move WHERE row_id = ?", (row,))) as cursor:
        return {key for (key,) in cursor}


def _why_of_status(item: MergeItem, wanted: Mapping[str, Any]) -> str:
    """The reason of the status, where another is typed with the dates: it says why they move, as in the table."""
    reason = wanted.get("reason") or ""
    return "" if reason == (item.ours or {}).get("reason") else str(reason)


@contextmanager
def moves_kept(session: Session, review: MergeReview, decisions: Decisions) -> Iterator[None]:
    """Keep the dates that move, from what is here to what was typed, while a merge is made on the plan.

    The moves that come along with the copy stand before them.

    Raises:
        RuleBroken: if dates of a row have moved before, and nothing says why they move.
    """
    whys: dict[type[Activity | Milestone], dict[str, str]] = defaultdict(dict)
    for item in review.merge.asked:
        decision = decisions.get(item.subject)
        if decision is not None and decision.value and has_dates(item):
            made = review.made.get(item.subject)
            why = made.reason if made is not None else ""
            whys[_DATED[item.table]][item.key] = why or _why_of_status(item, decision.value)
    before = {model: date_moves.dates_of(rows.get_all(session, model, whys[model])) for model in whys}
    yield
    session.expire_all()  # the rows were changed beside it
    for model, dates in before.items():
        known = _moves_of(session, dates)
        date_moves.keep(session, model, dates, whys[model])
        _mark(session, sorted(_moves_of(session, dates) - known))


def _moves_of(session: Session, keys: Iterable[str]) -> set[str]:
    moves = monitored.moves(session.connection(), list(keys))
    return {move.key for several in moves.values() for move in several}


def _mark(session: Session, keys: Iterable[str]) -> None:
    """Mark moves as come with the merge that is being recorded: of a merge, other copies hear what is marked alone."""
    raw = cast("sqlite3.Connection", session.connection().connection.driver_connection)
    (number,) = raw.execute("SELECT revision FROM recording").fetchone()
    moves = str(DateMove.__tablename__)
    record.mark(raw, number, [(record.DECIDED, moves, key, ROW, None, THERE) for key in keys])
