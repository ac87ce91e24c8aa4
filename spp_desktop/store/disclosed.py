"""Named reads of what was released to the public or withheld, and of what has changed since it was released.

A row is public where it was released, or what it is a part of was; what is withheld is not, nor is what is a part of
it. An activity is a part of no priority here: it is released by itself.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Connection

from spp_desktop.plan.disclosures import Disclosure
from spp_desktop.plan.releasable import PublicItem, parts, releasable_columns, releasable_tables
from spp_desktop.plan.rows import kinds_of_row
from spp_desktop.store import history, naming, queries
from spp_desktop.store.changes_in_words import ChangeInWords, Wording
from spp_desktop.store.history import RecordedChange, Revision


@dataclass(frozen=True, slots=True)
class DisclosureRow:
    """What was released or withheld: see ``plan.disclosures.Disclosure``. ``title`` is what a person calls it."""

    key: str
    item: PublicItem
    title: str
    released: bool
    decided_by: str
    decided_on: date
    revision: str
    reason: str
    look_again: date | None
    paragraph: int | None

    def due(self, today: date) -> bool:
        """Whether it is withheld, and the day has passed on which that was to be looked at again."""
        return not self.released and self.look_again is not None and self.look_again <= today


@dataclass(frozen=True, slots=True)
class ChangeSinceRelease:
    """What is otherwise now than it was released, in words, and the step that changed it last."""

    words: ChangeInWords
    step: Revision

    @property
    def told(self) -> str:
        """It in one phrase: "activity “1.05”, due: “31 Mar 2009” became “30 Jun 2009”"."""
        words = self.words
        if words.cell == "row":
            return f"{words.row} {'came' if words.after else 'went'}"
        return f"{words.row}, {words.cell}: “{words.before}” became “{words.after}”"


def disclosures(connection: Connection) -> list[DisclosureRow]:
    """All that was released or withheld: by table, rows by what they are called, then columns."""
    raw, columns = _raw(connection), releasable_columns()
    order = {table: n for n, table in enumerate((*releasable_tables(), *parts()))}
    listed = []
    for row in queries.register(connection, Disclosure):
        item = PublicItem(row.item_table, row.item_key, row.column_name)
        title = columns.get(item.column, item.column) if item.key is None else _called(raw, item)
        listed.append(
            DisclosureRow(
                row.id, item, title, bool(row.released), row.decided_by, row.decided_on, row.revision, row.reason,
                row.look_again, row.paragraph,
            )
        )  # fmt: skip
    return sorted(listed, key=lambda row: (order.get(row.item.table, len(order)), row.item.key is None, row.title))


def released_columns(connection: Connection) -> frozenset[str]:
    """The columns that were released, by name: "activity.text"."""
    rows = queries.register(connection, Disclosure)
    return frozenset(row.column_name for row in rows if row.released and row.item_key is None)


def released_rows(connection: Connection) -> Mapping[str, frozenset[str]]:
    """The keys of the rows that are public, by table: those released, and their parts that nobody withheld."""
    decided = {row.item_key: row for row in queries.register(connection, Disclosure) if row.item_key is not None}
    public: dict[str, set[str]] = {}
    going: dict[str, set[str]] = {}
    for key, row in decided.items():
        if row.released:
            going.setdefault(row.item_table, set()).add(key)
    while going:
        for table, keys in going.items():
            public.setdefault(table, set()).update(keys)
        going = _parts_of(connection, going, decided.keys(), public)
    return {table: frozenset(keys) for table, keys in public.items()}


def changed_since_release(connection: Connection) -> dict[str, list[ChangeSinceRelease]]:
    """What has changed of each released row since its release, by the disclosure's key; what is as it was is not there.

    Only cells count that may be public: of the columns released, or of those that can be where none of their table was.
    A row's parts count with it; results do not, which come in all the time.
    """
    raw = _raw(connection)
    rows = [row for row in disclosures(connection) if row.released and row.item.key is not None]
    if not rows:
        return {}
    since = {row.item.key: step.n if (step := history.revision_named(raw, row.revision)) else 0 for row in rows}
    owner = _owner(raw, {row.item_key for row in queries.register(connection, Disclosure)})
    counting = _counting(released_columns(connection))
    net: dict[str, dict[tuple[str, str, str], tuple[RecordedChange, int]]] = {}
    tables = [table for table in (*releasable_tables(), *parts()) if table != "result"]
    for n, change in history.changes_of_tables(raw, tables, min(since.values())):
        if change.action == "set" and f"{change.table}.{change.cell}" not in counting:
            continue
        item = owner(change.table, change.row)
        if n > since.get(item, n):
            _fold(net.setdefault(item, {}), change, n)
    words, steps = Wording(raw), {step.n: step for step in history.revisions(raw, min(since.values()))}
    told = {
        row.key: [
            ChangeSinceRelease(_in_words(words, change), steps[n]) for change, n in net[str(row.item.key)].values()
        ]
        for row in rows
        if row.item.key in net
    }
    return {key: changes for key, changes in told.items() if changes}


def _called(raw: sqlite3.Connection, item: PublicItem) -> str:
    return naming.row_named(raw, item.table, naming.row_of(raw, item.table, item.key) or {})


def _parts_of(
    connection: Connection, going: Mapping[str, Iterable[str]], decided: Iterable[str], public: Mapping[str, set[str]]
) -> dict[str, set[str]]:
    """The rows, by table, that are a part of some rows and of which nothing is said by themselves."""
    within: dict[str, set[str]] = {}
    for table in (*releasable_tables(), *parts()):
        model, inner = kinds_of_row()[table], next(iter(naming.above_itself(table)), "")
        for column in filter(None, (inner, model.part_of, model.or_of)):
            outer = naming.table_named_by(table, column)
            if outer in going:
                nearest = f' AND "{inner}" IS NULL' if inner and column != inner else ""
                query = f'SELECT id FROM "{table}" WHERE "{column}" IN (SELECT value FROM json_each(?)){nearest}'
                keys = {key for (key,) in connection.exec_driver_sql(query, (json.dumps(list(going[outer])),))}
                within.setdefault(table, set()).update(keys - set(decided) - public.get(table, set()))
    return {table: keys for table, keys in within.items() if keys}


def _owner(raw: sqlite3.Connection, decided: Iterable[str | None]) -> Any:
    """What gives the row that decides over a row: itself, or what it is a part of, whichever has a disclosure."""
    known = set(decided)

    @cache
    def owner(table: str, key: str) -> str:
        """The key of the row that decides; "" if none does."""
        while table and key not in known:
            cells = history.last_known(raw, table, key) or {}
            inner = next((name for name in naming.above_itself(table) if cells.get(name)), "")
            column = inner or kinds_of_row()[table].above(cells)
            table, key = (naming.table_named_by(table, column), str(cells[column])) if column else ("", "")
        return key if table else ""

    return owner


def _counting(released: frozenset[str]) -> frozenset[str]:
    """The columns whose cells count: those released, and of tables of which none was released, all that can be."""
    tables = {column.partition(".")[0] for column in released}
    return released | {column for column in releasable_columns() if column.partition(".")[0] not in tables}


def _fold(net: dict[tuple[str, str, str], tuple[RecordedChange, int]], change: RecordedChange, n: int) -> None:
    """Put a change behind those that came before it, so that what is left is what differs in the end."""
    place, whole = (change.table, change.row, change.cell), (change.table, change.row, "")
    if change.action == "set":
        if whole in net:
            return
        before = net[place][0].before if place in net else change.before
        if before == change.after:
            net.pop(place, None)
        else:
            net[place] = RecordedChange("set", change.table, change.row, change.cell, before, change.after), n
        return
    for other in [other for other in net if other[:2] == place[:2] and other != whole]:
        del net[other]
    if whole in net and net[whole][0].action != change.action:
        del net[whole]
    else:
        net[whole] = change, n


def _in_words(words: Wording, change: RecordedChange) -> ChangeInWords:
    if change.action == "set":
        return words.of_change(change)[0]
    added = change.action == "add"
    return ChangeInWords(words.row_of(change), "row", "" if added else "there", "there" if added else "")


def _raw(connection: Connection) -> sqlite3.Connection:
    raw: Any = connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    return raw
