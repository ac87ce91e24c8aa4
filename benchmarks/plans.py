"""Plans to measure on: the worked sample, and the same with its activities many times over.

Large ones are made once and kept between runs, outside the repository, in the folder that ``SPP_BENCH_PLANS`` names,
else in the person's cache: see ``seed`` and ``kept``.
"""

import os
import shutil
from collections.abc import Callable, Sequence
from functools import partial
from hashlib import sha256
from inspect import getsourcefile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

from platformdirs import user_cache_path
from sqlalchemy import Connection, Row, func, insert, select
from sqlmodel import Session, SQLModel

import sample_data
from sample_data import build
from spp_desktop.plan.delivery import Activity, ActivityOwner, ActivityUpdate, Milestone
from spp_desktop.store import forms
from spp_desktop.store.workspace import Workspace

KEPT = "SPP_BENCH_PLANS"
"""The variable that names the folder in which plans are kept between runs; unset, it is a cache."""

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


def make_many(path: Path) -> Path:
    """Make the worked sample with its activities 100 times."""
    return make(path, 100)


def seeds() -> Path:
    """The folder in which plans are kept between runs, which is there."""
    folder = Path(os.environ.get(KEPT) or user_cache_path("spp-desktop") / "bench")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def seed(name: str, maker: Callable[[Path], object]) -> Path:
    """A plan that is made by ``maker`` once and kept between runs, to be read or copied.

    It is made anew where the form of the file, the sample or the module of its maker is another than when it was made.

    Args:
        name: what the plan is called among those kept.
        maker: makes it at the path that it is given.
    """
    sample = Path(sample_data.__file__).parent
    texts = sorted(path for path in sample.rglob("*") if path.suffix in (".py", ".toml"))
    made_of = sha256(forms.SHAPE.encode())
    making = maker.func if isinstance(maker, partial) else maker
    for text in (Path(getsourcefile(making) or __file__), *texts):
        made_of.update(text.read_bytes())
    made = seeds() / f"{name}-{made_of.hexdigest()[:12]}.plan"
    if not made.exists():
        for old in seeds().glob(f"{name}-*.plan"):
            old.unlink()
        with TemporaryDirectory(dir=seeds()) as aside:  # it goes with the earlier versions that may lie beside the plan
            begun = Path(aside) / "begun.plan"
            maker(begun)
            begun.replace(made)
    return made


def kept(name: str, maker: Callable[[Path], object], folder: Path) -> Path:
    """A copy, in ``folder``, of a plan that is kept between runs: see ``seed``."""
    return Path(shutil.copyfile(seed(name, maker), folder / f"{name}.plan"))


def is_room_for(size: int) -> bool:
    """Whether the disk of the plans that are kept has room for so many bytes and for as much again."""
    return shutil.disk_usage(seeds()).free > 2 * size


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
