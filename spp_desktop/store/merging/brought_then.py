"""The plan as another copy had it at a step that a merge brought along: what a return that was issued there is of."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from spp_desktop.store import history, moved, steps, whole_rows
from spp_desktop.store.history import Revision, StoredRow
from spp_desktop.store.merging import record
from spp_desktop.store.merging.knowledge import changes_of, standing_of
from spp_desktop.store.merging.record import RawChange
from spp_desktop.store.merging.sides import FileSide
from spp_desktop.store.recording import BESIDE

_CONTENT = ("add", "set", "remove")


def parted_at(plan: sqlite3.Connection, key: str) -> Revision | None:
    """The step of the plan's own line from which a step went on: itself, or where the copy that made it parted.

    ``None`` if the plan does not hold the step.
    """
    own, _ = _way_to(plan, key)
    return own


def rows_since(plan: sqlite3.Connection, key: str) -> dict[str, dict[str, StoredRow | None]] | None:
    """The rows that are others now than another copy had them at a step that came along: as they were then.

    They are by table, then by key.

    ``None`` stands for a row that was not there; in the place of all if the plan does not hold the step.
    """
    own, way = _way_to(plan, key)
    if own is None:
        return None
    then: dict[str, dict[str, StoredRow | None]] = defaultdict(dict)
    for table, rows in history.rows_as_at(plan, own.n).items():
        then[table] |= rows
    changes = changes_of(FileSide(plan, ""), way)
    for step in way:
        for table, row, change in _of_content(changes.get(step.id, ())):
            _make(plan, then, table, row, change)
    return dict(then)


def standing_brought(plan: sqlite3.Connection, keys: Collection[str]) -> set[str]:
    """Those of these steps that came along by a merge that stands, and that the copy they came from had not undone."""
    asked = json.dumps(list(keys))
    query = """SELECT DISTINCT step.id FROM merged_revision AS brought JOIN revision AS step ON step.n = brought.merge
        WHERE brought.id IN (SELECT value FROM json_each(?))"""
    merges = steps.standing(plan, [key for (key,) in plan.execute(query, (asked,))]) if keys else set()
    if not merges:
        return set()
    by = {step.n for step in history.revisions(plan) if step.id in merges}
    came = [each.step for each in record.brought(plan) if each.merge in by]
    return standing_of(came) & set(keys)


def _way_to(plan: sqlite3.Connection, key: str) -> tuple[Revision | None, list[Revision]]:
    """The step of the plan's own line that a step goes back to, and the steps from there to it, that one included."""
    own = history.revision_named(plan, key)
    if own is not None:
        return own, []
    brought = {each.step.id: each.step for each in record.brought(plan)}
    way: list[Revision] = []
    while own is None and key in brought and len(way) <= len(brought):
        way.insert(0, brought[key])
        key = brought[key].parent or ""
        own = history.revision_named(plan, key)
    return own, way


def _of_content(changes: Iterable[RawChange]) -> Iterator[tuple[str, str, RawChange]]:
    for change in changes:
        if change[0] in _CONTENT and change[1] not in (*BESIDE, history.SEALS):
            yield moved.table_now(change[1]), change[2], change


def _make(
    plan: sqlite3.Connection,
    then: dict[str, dict[str, StoredRow | None]],
    table: str,
    key: str,
    change: RawChange,
) -> None:
    """Have a row be as a change left it."""
    action, of_table, _, cell, _, after = change
    if action == "remove":
        then[table][key] = None
    elif action == "add":
        then[table][key] = whole_rows.read(of_table, str(after))
    else:
        row = then[table].get(key) if key in then[table] else history.current_row(plan, table, key)
        if row is not None and of_table not in moved.MOVED:
            then[table][key] = {**row, cell: after}
