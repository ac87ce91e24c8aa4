"""Who changed the plan where a returned workbook conflicts with it, and when: what the history says of the cell."""

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from spp_desktop.edits.differences import Difference, joined
from spp_desktop.edits.sources.listed import POSTS
from spp_desktop.edits.sources.source import IssueScope, RowSource
from spp_desktop.store import clock, history
from spp_desktop.store.history import Revision
from spp_desktop.store.merging import brought_then
from spp_desktop.store.workspace import Workspace

_Steps = Mapping[tuple[str, str], Revision]
"""The latest step that changed what a listed row holds, by its key and a field; "" stands for all of its fields."""


def with_changes(workspace: Workspace, revision: str, scope: IssueScope, of: Iterable[Difference]) -> list[Difference]:
    """Differences, each conflict with who changed the plan there since a revision, as far as the history says it.

    ``scope`` is that of the issue which they answer.
    """
    differing = list(of)
    sources = {difference.source for difference in differing if difference.kind == "conflict"}
    posts = workspace.read(POSTS.titles) if sources else {}
    beside = {
        source: workspace.read_beside(_beside_rows, source, revision, scope, posts) for source in sources if source.kept
    }
    return [
        _with_change(workspace, difference, revision, beside.get(difference.source, {}))
        if difference.kind == "conflict"
        else difference
        for difference in differing
    ]


def _with_change(workspace: Workspace, difference: Difference, revision: str, beside: _Steps) -> Difference:
    """A conflict with who made the latest change there."""
    kept = [step for name in (difference.field, "") if (step := beside.get((difference.key, name)))]
    step = max(kept, key=lambda each: each.n, default=None) or workspace.read_beside(_of_row, difference, revision)
    if step is None:
        return difference
    who = f"{step.author or 'somebody'} changed it there on {clock.local_time(step.at)} ({step.label})."
    return replace(difference, remark=joined(difference.remark, who[:1].upper() + who[1:]))


def _of_row(connection: sqlite3.Connection, difference: Difference, revision: str) -> Revision | None:
    """The latest step since a revision that changed a cell of the plan's row itself."""
    then = brought_then.parted_at(connection, revision)
    named = difference.source.names.get(difference.field)
    cell = named.column if named else difference.field
    for step, change in history.row_history(connection, [difference.key]):
        if then is not None and step.n <= then.n:
            return None
        if change.action == "set" and change.cell == cell:
            return step
    return None


def _beside_rows(
    connection: sqlite3.Connection, source: RowSource, revision: str, scope: IssueScope, posts: Mapping[str, str]
) -> _Steps:
    """The latest steps since a revision that changed rows in which the plan keeps what is listed of others."""
    steps: dict[tuple[str, str], Revision] = {}
    table = str(source.kept and source.kept.__tablename__)
    then = brought_then.parted_at(connection, revision)
    for step, row, cell in history.cells_changed_since(connection, table, then.id if then else revision):
        place = source.listed_in(_with_post(row, posts), cell, scope)
        if place is not None:
            steps |= dict.fromkeys(((place.key, name) for name in place.fields), step)
    return steps


def _with_post(row: Mapping[str, Any], posts: Mapping[str, str]) -> Mapping[str, Any]:
    """A row of the plan with the title of its post, if it is of one."""
    return {**row, "post": posts.get(row.get("post_id") or "", "")}
