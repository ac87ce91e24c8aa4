"""Copies of a small plan, and what tests do with them: edit, merge in any direction, hold against each other."""

import shutil
import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, cast

from sqlmodel import Session

from spp_desktop.edits import rows
from spp_desktop.plan.delivery import Activity, Milestone
from spp_desktop.plan.links import RowLink
from spp_desktop.plan.performance import Indicator, IndicatorGroup
from spp_desktop.plan.posts import Body, Post
from spp_desktop.plan.priorities import Priority, Theme
from spp_desktop.plan.rows import Row
from spp_desktop.store import history
from spp_desktop.store.merging import applying, comparing
from spp_desktop.store.merging.items import Merge, MergeDecision, MergeItem
from spp_desktop.store.merging.sides import FileSide
from spp_desktop.store.workspace import Workspace

Decide = Callable[[MergeItem], MergeDecision | None]
MODELS: Mapping[str, type[Row]] = {
    "priority": Priority,
    "theme": Theme,
    "activity": Activity,
    "milestone": Milestone,
    "indicator": Indicator,
    "indicator_group": IndicatorGroup,
    "post": Post,
    "body": Body,
    "link": RowLink,
}


def begin(path: Path) -> dict[str, str]:
    """A small plan: two priorities, three activities, two milestones, one indicator; its keys by name."""
    keys: dict[str, str] = {}

    def fill(session: Session) -> None:
        for name in ("one", "two"):
            keys[name] = rows.add(session, Priority, title=f"Priority {name}")
        for n in (1, 2, 3):
            values = {"year": 2008, "ref": f"1.0{n}", "priority_id": keys["one"], "text": f"activity {n}"}
            keys[f"a{n}"] = rows.add(session, Activity, **values)
        for n in (1, 2):
            keys[f"m{n}"] = rows.add(session, Milestone, activity_id=keys["a1"], title=f"milestone {n}")
        keys["body"] = rows.add(session, Body, title="The force")
        for n in (1, 2, 3):
            keys[f"p{n}"] = rows.add(session, Post, title=f"Post {n}", body_id=keys["body"])
        keys["group"] = rows.add(session, IndicatorGroup, title="Crime")
        keys["i1"] = rows.add(
            session, Indicator, ref="PI01", group_id=keys["group"], title="Burglary", polarity="lower"
        )

    with Workspace.create(path, "Merged", 2008) as made:
        made.edit("begin", fill, as_kind="built")
    return keys


def copy_of(path: Path, name: str) -> Workspace:
    """Another copy of a plan that is open nowhere, or of one as it stands in its file."""
    target = path.with_name(name)
    shutil.copyfile(path, target)
    return Workspace.open(target)


def raw_of(plan: Workspace) -> sqlite3.Connection:
    """The connection of an open plan."""
    return plan.read_beside(lambda raw: raw)


def compared(ours: Workspace, theirs: Workspace) -> Merge:
    """Two copies held against each other."""
    return comparing.compare(FileSide(raw_of(ours), ours.path.name), FileSide(raw_of(theirs), theirs.path.name))


def merge(ours: Workspace, theirs: Workspace, decide: Decide | str = "theirs") -> Merge:
    """One copy merged into the other; what is asked is decided by a function, or all for one side, or left ("")."""
    found_now = compared(ours, theirs)
    pick = decide if callable(decide) else lambda _: MergeDecision(cast("Any", decide)) if decide else None
    decisions = {item.subject: made for item in found_now.asked if (made := pick(item)) is not None}

    left = len(decisions) < len(found_now.asked)

    def taken(session: Session) -> None:
        raw = cast("sqlite3.Connection", session.connection().connection.driver_connection)
        (applying.take_clear if left else applying.take_in)(raw, found_now, decisions)

    ours.edit(f"merge {theirs.path.name}", taken, as_kind="import" if left else "merged")
    return found_now


def set_cells(plan: Workspace, table: str, key: str, **values: Any) -> None:
    """Set cells of a row."""
    plan.edit(f"change {table}", rows.change, MODELS[table], key, **values)


def add(plan: Workspace, table: str, **values: Any) -> str:
    """Add a row."""
    return plan.edit(f"add {table}", rows.add, MODELS[table], **values)


def remove(plan: Workspace, table: str, key: str) -> None:
    """Remove a row."""
    plan.edit(f"remove {table}", rows.remove, MODELS[table], key)


def cell(plan: Workspace, table: str, key: str, column: str) -> Any:
    """What stands in a cell; ``None`` where the row is gone."""
    row = plan.read_beside(history.current_row, table, key)
    return None if row is None else row[column]


def there(plan: Workspace, table: str, key: str) -> bool:
    """Whether a row is there."""
    return plan.read_beside(history.current_row, table, key) is not None


def content(plan: Workspace) -> dict[str, dict[str, dict[str, Any]]]:
    """All rows, by table and key."""
    return {table: rows for table, rows in plan.read_beside(history.tables_now).items() if rows}
