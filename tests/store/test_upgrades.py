"""From one form of the file to the next: kept first, all or nothing."""

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

import pytest

from spp_desktop.store import backups, queries, upgrades
from spp_desktop.store.problems import PlanRefused
from spp_desktop.store.upgrades import Step
from spp_desktop.store.workspace import Workspace
from tests.store.conftest import sql

Harm = Callable[..., None]


def add(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TABLE extra (n)")


def fill(connection: sqlite3.Connection) -> None:
    connection.execute("INSERT INTO extra VALUES (1)")


def fail(connection: sqlite3.Connection) -> None:
    connection.execute("DROP TABLE extra")
    connection.execute("SELECT * FROM nowhere")


def version_of(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def test_there_is_a_step_from_every_version() -> None:
    assert list(upgrades.STEPS) == list(range(upgrades.FIRST_VERSION, upgrades.VERSION))


@pytest.mark.parametrize(("start", "passed"), [(1, [2, 3]), (2, [3]), (3, [])])
def test_steps_in_order(start: int, passed: list[int]) -> None:
    steps: Mapping[int, Step] = {1: add, 2: fill}
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute(f"PRAGMA user_version={start}")
        if start > 1:
            add(connection)
        assert upgrades.upgrade(connection, steps) == passed
        assert version_of(connection) == 3
        assert not connection.in_transaction


def test_all_or_nothing() -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute("PRAGMA user_version=1")
        with pytest.raises(sqlite3.OperationalError):
            upgrades.upgrade(connection, {1: add, 2: fill, 3: fail})
        assert version_of(connection) == 1
        assert connection.execute("SELECT count(*) FROM sqlite_schema").fetchone() == (0,)


@pytest.fixture
def older(closed: Path, harm: Harm) -> Path:
    """A plan of the form before the first."""
    harm(closed, f"PRAGMA user_version={upgrades.VERSION - 1}")
    for version in backups.earlier_versions(closed):
        version.path.unlink()
    return closed


def stepping(monkeypatch: pytest.MonkeyPatch, step: Step) -> None:
    steps = {upgrades.VERSION - 1: step}
    real = upgrades.upgrade
    monkeypatch.setattr(upgrades, "upgrade", lambda connection: real(connection, steps))


def test_an_older_plan_is_kept_and_brought_up_to_date(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stepping(monkeypatch, lambda connection: None)
    with Workspace.open(older) as workspace:
        assert not workspace.read_only
        assert version_of(workspace._raw) == upgrades.VERSION
        workspace.edit("go on", sql, "UPDATE plan SET title='B'")
    made = [version for version in backups.earlier_versions(older) if version.reason == "before bringing it up to date"]
    with closing(sqlite3.connect(made[0].path)) as connection:
        assert version_of(connection) == upgrades.VERSION - 1


def test_an_upgrade_that_fails_changes_nothing(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def halfway(connection: sqlite3.Connection) -> None:
        connection.execute("DELETE FROM activity")
        connection.execute("SELECT * FROM nowhere")

    stepping(monkeypatch, halfway)
    before = older.read_bytes()
    with pytest.raises(PlanRefused, match="could not be brought up to date"):
        Workspace.open(older)
    with closing(sqlite3.connect(older)) as connection:
        assert version_of(connection) == upgrades.VERSION - 1
        assert connection.execute("SELECT count(*) FROM activity").fetchone() == (3,)
    assert len(older.read_bytes()) == len(before)
    assert not list(older.parent.glob("*.lock"))


def test_no_upgrade_without_a_copy(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stepping(monkeypatch, lambda connection: None)
    folder = backups.folder_of(older)
    folder.rmdir()
    folder.write_bytes(b"in the way")
    with pytest.raises(PlanRefused, match="could not be brought up to date"):
        Workspace.open(older)
    with closing(sqlite3.connect(older)) as connection:
        assert version_of(connection) == upgrades.VERSION - 1


def test_an_older_plan_is_not_upgraded_by_reading(older: Path) -> None:
    with pytest.raises(PlanRefused) as caught:
        Workspace.open(older, read_only=True)
    assert caught.value.kind == "elsewhere"


def test_nothing_is_done_to_a_plan_of_today(closed: Path) -> None:
    with Workspace.open(closed) as workspace:
        assert len(workspace.read(queries.activities)) == 3
    assert [v.reason for v in backups.earlier_versions(closed)] == ["before the first change of a sitting"]
