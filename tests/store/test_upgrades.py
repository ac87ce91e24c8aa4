"""From one form of the file to the next: kept first, all or nothing."""

import lzma
import os
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from spp_desktop.store import (
    backups,
    checking,
    database,
    dump,
    exports,
    history,
    locks,
    queries,
    receipts,
    upgrades,
)
from spp_desktop.store.problems import NotKept, PlanRefused
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


def test_an_older_plan_that_cannot_be_brought_up_to_date_for_reading(
    older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stepping(monkeypatch, fail)
    before = older.read_bytes()
    with pytest.raises(PlanRefused, match="could not be brought up to date") as caught:
        Workspace.open(older, read_only=True)
    assert caught.value.kind == "elsewhere"
    assert older.read_bytes() == before


# A plan as the first version that was given out made it: the worked sample with seven more steps, two of which are
# undone and one of those done again, and the record of two exports.
FORM_1 = Path(__file__).with_name("form_1.plan.xz")


@pytest.fixture
def form_1(tmp_path: Path) -> Path:
    path = tmp_path / "form 1.plan"
    path.write_bytes(lzma.decompress(FORM_1.read_bytes()))
    return path


def everything(connection: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables but those that form 1 has not."""
    names = [name for kind, name, _ in sorted(database.schema_of(connection)) if kind == "table"]
    return {
        name: connection.execute(f"SELECT * FROM {name}").fetchall()
        for name in names
        if name not in {"receipt", "decision"}
    }


def with_no_period(rows: dict[str, list[tuple[object, ...]]]) -> dict[str, list[tuple[object, ...]]]:
    """What form 2 makes of the rows of form 1."""
    return {**rows, "export": [(*row, "", "") for row in rows["export"]]}


def test_form_1_becomes_form_2(form_1: Path) -> None:
    with closing(database.connect(form_1, writing=False)) as connection:
        assert version_of(connection) == 1
        before = everything(connection)
        steps = history.revisions(connection)
        with database.engine_on(connection).connect() as engine:
            content = dump.content(engine)
    with Workspace.open(form_1) as workspace:
        assert (workspace.read_only, workspace.notices) == (False, [])
        assert version_of(workspace._raw) == upgrades.VERSION
        assert database.schema_of(workspace._raw) == database.known_schema()
        assert everything(workspace._raw) == with_no_period(before)
        assert workspace.history() == steps[::-1]
        assert workspace.read(dump.content) == content
        assert len(content["activities"]) == 111
        assert {(one.period, one.due) for one in workspace.read_beside(exports.every)} == {("", "")}
        assert workspace.read_beside(receipts.every) == []
        (kept,) = backups.earlier_versions(form_1)
        assert kept.reason == "before bringing it up to date"
        assert workspace.undo_label == "add a post"
        workspace.undo()
        workspace.redo()
        workspace.write_beside(exports.record, replace(workspace.read_beside(exports.every)[0], id="x", period="Q2"))
    with closing(sqlite3.connect(kept.path)) as connection:
        assert version_of(connection) == 1
        assert everything(connection) == before
    assert checking.check_file(form_1).ok


@pytest.mark.parametrize("why", ["for reading", "nothing can be written", "somebody has it", "left in WAL mode"])
def test_form_1_is_read_where_it_cannot_be_written(form_1: Path, why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if why == "left in WAL mode":
        with closing(sqlite3.connect(form_1)) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("UPDATE export SET author='Somebody'")
            connection.commit()
    if why in {"nothing can be written", "left in WAL mode"}:
        real = os.access
        monkeypatch.setattr(
            os, "access", lambda path, mode: not str(path).startswith(str(form_1.parent)) and real(path, mode)
        )
    if why == "somebody has it":
        locks.lock_file(form_1).write_text('{"who": "A. Planner", "host": "elsewhere", "process": 1}')
    before = form_1.read_bytes()
    with closing(sqlite3.connect(f"{form_1.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        rows = everything(connection)
    with Workspace.open(form_1, read_only=why == "for reading") as workspace:
        assert workspace.read_only
        assert "You see it as it was when you opened it" in workspace.notices[-1]
        assert everything(workspace._raw) == with_no_period(rows)
        assert database.schema_of(workspace._raw) == database.known_schema()
        assert workspace.read_beside(receipts.every) == []
        assert len(workspace.read(queries.activities)) == 111
        assert workspace.look() is False
        with pytest.raises(NotKept):
            workspace.edit("go on", sql, "UPDATE plan SET title='B'")
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            workspace._raw.execute("DELETE FROM export")
        workspace.save_copy(form_1.with_name("copy.plan"))
    assert form_1.read_bytes() == before
    assert {file.suffix for file in form_1.parent.iterdir()} <= {".plan", ".lock"}
    with Workspace.open(form_1.with_name("copy.plan"), read_only=True) as copy:
        assert version_of(copy._raw) == upgrades.VERSION
        assert everything(copy._raw) == with_no_period(rows)


def test_form_1_is_checked_as_a_plan_of_today_is(form_1: Path, harm: Harm) -> None:
    before = form_1.read_bytes()
    report = checking.check_file(form_1)
    assert report.ok, report.lines
    assert "It was made by an older version" in "\n".join(report.lines)
    assert "2 returns were sent out from it and no files received." in report.lines
    assert form_1.read_bytes() == before
    harm(form_1, "UPDATE activity SET text='Do nothing' WHERE ref='1.01'")
    assert "the file holds “Do nothing”" in "\n".join(checking.check_file(form_1).lines)


def test_a_plan_that_only_says_it_is_of_form_1(closed: Path, harm: Harm) -> None:
    harm(closed, "PRAGMA user_version=1")
    before = closed.read_bytes()
    for read_only in (True, False):
        with pytest.raises(PlanRefused, match="could not be brought up to date"):
            Workspace.open(closed, read_only=read_only)
    assert closed.read_bytes() == before
    report = checking.check_file(closed)
    assert not report.ok
    assert "It cannot be brought up to date: duplicate column name: period." in report.lines


def test_nothing_is_done_to_a_plan_of_today(closed: Path) -> None:
    with Workspace.open(closed) as workspace:
        assert len(workspace.read(queries.activities)) == 3
    assert [v.reason for v in backups.earlier_versions(closed)] == ["before the first change of a sitting"]
