"""Plans to measure on: the worked sample, and the same with its activities many times over."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, func, insert, select
from sqlmodel import Session, SQLModel

from sample_data import build
from spp_desktop.plan.delivery import Activity, ActivityOwner, ActivityUpdate, Milestone
from spp_desktop.store.workspace import Workspace

ACTIVITY = SQLModel.metadata.tables[str(Activity.__tablename__)]
PARTS = [SQLModel.metadata.tables[str(model.__tablename__)] for model in (ActivityOwner, Milestone, ActivityUpdate)]
"""The tables whose rows belong to an activity."""


def make(path: Path, times: int = 1) -> Path:
    """Make the worked sample with ``times`` copies of its 111 activities and the rows that belong to them."""
    build.build(path, "worked")
    if times > 1:
        with Workspace.open(path) as workspace:
            workspace.edit("repeat the activities", _repeat, times, as_kind="built")
    return path


def rows_of(connection: Connection) -> int:
    """The number of activities and of the rows that belong to them."""
    return sum(connection.execute(select(func.count()).select_from(table)).scalar_one() for table in (ACTIVITY, *PARTS))


def _repeat(session: Session, times: int) -> None:
    connection = session.connection()
    activities = connection.execute(select(ACTIVITY)).all()
    parts = [(table, connection.execute(select(table)).all()) for table in PARTS]
    for turn in range(1, times):
        keys = {row.id: str(uuid4()) for row in activities}
        connection.execute(
            insert(ACTIVITY),
            [_copy(row, id=keys[row.id], ref=f"{row.ref}/{turn}", text=f"{row.text} ({turn})") for row in activities],
        )
        for table, rows in parts:
            connection.execute(insert(table), _hung_on(keys, rows))


def _hung_on(keys: dict[str, str], rows: Sequence[Row[Any]]) -> list[dict[str, Any]]:
    return [_copy(row, id=str(uuid4()), activity_id=keys[row.activity_id]) for row in rows]


def _copy(row: Row[Any], **changed: str) -> dict[str, Any]:
    return {**row._asdict(), **changed}
