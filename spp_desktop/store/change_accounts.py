"""What is said of changes beside them: the accounts that were left, what persons explained, what was announced."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from spp_desktop.plan.delivery import Activity, ActivityOwner, Milestone
from spp_desktop.plan.editions import ExplainedChange, PlannedRevision
from spp_desktop.plan.links import RowLink
from spp_desktop.plan.monitoring import DateMove
from spp_desktop.plan.performance import Target, TargetVersion
from spp_desktop.plan.results import Restatement, Result
from spp_desktop.plan.roles import PostInRole
from spp_desktop.plan.rows import kinds_of_row
from spp_desktop.plan.turning import EarlierOwner
from spp_desktop.store import history, naming
from spp_desktop.store.changes_in_words import Wording
from spp_desktop.store.history import RecordedChange, Revision, StoredRow
from spp_desktop.store.since_editions import ChangedCell

Sign = tuple[Any, ...]
"""What an account and the change that it is of have in common."""


@dataclass(frozen=True)
class Account:
    """What is said of a change.

    Attributes:
        reason: why it was made; "" if nothing says it.
        approved_by: who approved it; "" if nothing says it.
        planned: the revision that was announced ahead and that it is; "" for none.
        explained: the key of the explanation that a person gave; "" for none.
    """

    reason: str = ""
    approved_by: str = ""
    planned: str = ""
    explained: str = ""


@dataclass(frozen=True)
class _LeftBeside:
    """A table that keeps why a figure, a target or a date was changed.

    Attributes:
        sign: gives what of the plan its row is of.
        approved: the column of who approved; "" for none.
    """

    sign: Callable[[StoredRow], Sign]
    approved: str = ""


def _of_result(row: Mapping[str, Any]) -> Sign:
    return "result", *(row[name] for name in ("indicator_id", "area_id", "population", "period_from", "period_to"))


def _of_target(row: Mapping[str, Any]) -> Sign:
    return "target", row["indicator_id"], row["year"]


_LEFT: Mapping[str, _LeftBeside] = {
    str(Restatement.__tablename__): _LeftBeside(_of_result),
    str(TargetVersion.__tablename__): _LeftBeside(_of_target, "agreed_by"),
    str(DateMove.__tablename__): _LeftBeside(lambda row: (row["which"], row["row_id"]), "approved_by"),
    str(EarlierOwner.__tablename__): _LeftBeside(lambda row: ("owners", row["row_id"])),
}
"""The accounts that verbs leave in the step that changes something."""

_OWNERS = {str(ActivityOwner.__tablename__): "activity_id", str(PostInRole.__tablename__): "row_id"}
"""The tables that keep who owns rows, each with the column that names the row."""
_DATED = {str(model.__tablename__) for model in (Activity, Milestone)}


def _sign(cell: ChangedCell) -> Sign:
    """What a change has in common with the account that is left of it; () for a change of which none is left."""
    row: StoredRow = cell.now or cell.before or {}
    if cell.table == Result.__tablename__:
        return _of_result(row)
    if cell.table == Target.__tablename__:
        return _of_target(row)
    if cell.table in _OWNERS:
        return "owners", row[_OWNERS[cell.table]]
    if cell.column == "owner_id":
        return "owners", cell.key
    return (cell.column, cell.key) if cell.table in _DATED else ()


class ChangeAccounts:
    """What is said of changes of a plan."""

    def __init__(self, plan: sqlite3.Connection) -> None:
        self._plan = plan
        self._beside: dict[int, dict[Sign, Account]] = {}

    def of(self, cell: ChangedCell, row: str, column: str, step: Revision, day: date) -> Account:
        """What is said of a change; what a person explained goes before all else.

        Args:
            cell: The change.
            row: The key of the row that it is told of.
            column: The column as which it is told.
            step: The step that made it.
            day: The day of that, by the person's clock.
        """
        left = self._left(step).get(_sign(cell), Account())
        explained = self._explained.get((row, column, step.id))
        planned = self._planned(cell, step, day)
        if explained is None:
            return Account(left.reason, left.approved_by, planned)
        return Account(
            explained["reason"],
            explained["approved_by"] or left.approved_by,
            self._titles.get(explained["planned_id"], "") or planned,
            explained["id"],
        )

    def _left(self, step: Revision) -> Mapping[Sign, Account]:
        """The accounts that were left in a step."""
        if step.n not in self._beside:
            query = """SELECT DISTINCT row_table, row_id FROM step_change
                WHERE revision = ? AND action <> 'remove' AND row_table IN (SELECT value FROM json_each(?))"""
            accounts: dict[Sign, Account] = {}
            for table, key in self._plan.execute(query, (step.n, json.dumps(list(_LEFT)))).fetchall():
                row = history.last_known(self._plan, table, key)
                if row is not None:
                    approved = row[_LEFT[table].approved] if _LEFT[table].approved else ""
                    accounts[_LEFT[table].sign(row)] = Account(row["reason"], approved)
            self._beside[step.n] = accounts
        return self._beside[step.n]

    @cached_property
    def _explained(self) -> dict[tuple[str, str, str], StoredRow]:
        """What persons explained, by row, column and step."""
        return {
            (row["row_id"], row["column_name"], row["step"]): row
            for row in _rows(self._plan, str(ExplainedChange.__tablename__))
        }

    @cached_property
    def _announced(self) -> dict[str, StoredRow]:
        """The planned revisions, by their keys; each with the number of the step by which it was announced here."""
        table = str(PlannedRevision.__tablename__)
        query = "SELECT row_id, min(revision) FROM step_change WHERE row_table = ? AND action = 'add' GROUP BY row_id"
        began = dict(self._plan.execute(query, (table,)).fetchall())
        return {row["id"]: {**row, "began": began.get(row["id"], 0)} for row in _rows(self._plan, table)}

    @cached_property
    def _titles(self) -> dict[str, str]:
        return {key: row["title"] for key, row in self._announced.items()}

    @cached_property
    def _linked(self) -> Mapping[str, list[StoredRow]]:
        """The planned revisions that are linked to a row, by the row's key."""
        linked: dict[str, list[StoredRow]] = defaultdict(list)
        for link in _rows(self._plan, str(RowLink.__tablename__)) if self._announced else ():
            for end, other in (("from_id", "to_id"), ("to_id", "from_id")):
                if link[end] in self._announced:
                    linked[link[other]].append(self._announced[link[end]])
        return linked

    def _planned(self, cell: ChangedCell, step: Revision, day: date) -> str:
        """The revision, announced ahead, that a change is; "" for none."""
        for key in self._and_above(cell) if self._linked else ():
            for revision in self._linked.get(key, ()):
                in_time = revision["expected"] is None or day.isoformat() <= revision["expected"]
                if revision["began"] < step.n and revision["announced_on"] <= day.isoformat() and in_time:
                    return str(revision["title"])
        return ""

    def _and_above(self, cell: ChangedCell) -> Iterator[str]:
        """The keys of a row and of what it is a part of, from the row upwards."""
        table, key, row = cell.table, cell.key, cell.now or cell.before
        met: set[str] = set()
        while row is not None and key not in met:
            met.add(key)
            yield key
            column = kinds_of_row()[table].above(row) if table in kinds_of_row() else ""
            if not column:
                return
            table, key = naming.table_named(self._plan, table, column, row[column]), row[column]
            row = history.last_known(self._plan, table, key) if table else None


def _rows(plan: sqlite3.Connection, table: str) -> list[StoredRow]:
    """All rows of a table, in their order in it."""
    cursor = plan.execute(f'SELECT * FROM "{history.known_table(table)}" ORDER BY rowid')
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def linked_rows(plan: sqlite3.Connection) -> dict[str, tuple[str, ...]]:
    """What the rows are called that planned revisions are linked to, by the keys of the revisions."""
    wording, table = Wording(plan), str(PlannedRevision.__tablename__)
    known = {row["id"] for row in _rows(plan, table)}
    linked: dict[str, list[str]] = defaultdict(list)
    for link in _rows(plan, str(RowLink.__tablename__)) if known else ():
        for end, other in (("from_id", "to_id"), ("to_id", "from_id")):
            if link[end] in known:
                change = RecordedChange("set", history.table_of(plan, link[other]), link[other], "", None, None)
                linked[link[end]].append(wording.row_of(change))
    return {key: tuple(names) for key, names in linked.items()}
