"""Earlier versions: when they are made, which of them stay, and what is left when one cannot be made."""

import os
import shutil
import sqlite3
import sys
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spp_desktop.store import backups, checking, clock, queries
from spp_desktop.store.backups import Version
from spp_desktop.store.problems import NotKept, PlanRefused
from spp_desktop.store.workspace import Workspace
from tests.store.conftest import sql

NOW = datetime(2026, 11, 23, 12)  # noqa: DTZ001 - the person's own clock, as in the names


def versions(*ages: timedelta) -> list[Version]:
    return [Version(Path(f"{n}"), NOW - age, "test", {}, 1) for n, age in enumerate(sorted(ages))]


def kept(listed: list[Version]) -> list[Version]:
    gone = backups.thinned(listed)
    return [version for version in listed if version not in gone]


def test_one_is_kept_before_the_first_change_of_a_sitting(workspace: Workspace) -> None:
    assert backups.earlier_versions(workspace.path) == []
    for title in ("B", "C"):
        workspace.edit("retitle", sql, f"UPDATE plan SET title='{title}'")
    workspace.close()
    with Workspace.open(workspace.path) as again:
        assert len(backups.earlier_versions(workspace.path)) == 1
        again.edit("retitle", sql, "UPDATE plan SET title='D'")
    newest, oldest = backups.earlier_versions(workspace.path)
    assert oldest.reason == "before the first change of a sitting"
    assert oldest.counts == {"priority": 2, "activity": 3, "milestone": 3, "indicator": 1}
    assert oldest.size == oldest.path.stat().st_size
    titles = []
    for n, version in enumerate((oldest, newest)):
        with Workspace.open(backups.open_as_copy(version, workspace.path.with_name(f"copy {n}.plan"))) as copy:
            titles.append(copy.read(queries.plan).title)
            copy.edit("go on", sql, "UPDATE plan SET title='E'")
    assert titles == ["A small plan", "C"]
    assert checking.check_file(oldest.path).ok


def test_undo_counts_as_the_first_change(closed: Path) -> None:
    shutil.rmtree(backups.folder_of(closed))
    with Workspace.open(closed) as workspace:
        workspace.undo()
    assert len(backups.earlier_versions(closed)) == 1


def test_one_made_for_a_reason(workspace: Workspace) -> None:
    made = [workspace.back_up("before importing a/b:c*?.xlsx") for _ in range(3)]
    assert len(set(made)) == 3
    listed = backups.earlier_versions(workspace.path)
    assert {version.path for version in listed} == set(made)
    assert {version.reason for version in listed} == {"before importing a-b-c--.xlsx"}
    assert not list(backups.folder_of(workspace.path).glob("*.new*"))


ODD = ["it's 100% [new] *final*?.plan", "Plan é \u2028 漢.plan", "two\nlines.plan", "-rf.plan", "a.b.c"]


@pytest.mark.parametrize("name", [name for name in ODD if sys.platform != "win32" or not set(name) & set("*?\n")])
def test_odd_names(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with Workspace.create(path, "Odd", 2008) as workspace:
        made = workspace.back_up("asked for")
        workspace.save_copy(path.with_name("copy of " + name))
    other = tmp_path / (path.stem + " 2.plan")
    with Workspace.create(other, "Another", 2008) as workspace:
        workspace.back_up("asked for")
    assert [version.path for version in backups.earlier_versions(path)] == [made]
    assert checking.check_file(path).ok
    assert checking.check_file(path.with_name("copy of " + name)).ok


def test_what_is_not_an_earlier_version_is_not_listed(closed: Path) -> None:
    folder = backups.folder_of(closed)
    (folder / "plan 2008-13-45 10.00.00 no such day.plan").write_bytes(b"")
    (folder / "plan of mine.plan").write_bytes(b"")
    (folder / "plan 2008-10-01 10.00.00 empty.plan").write_bytes(b"")
    listed = backups.earlier_versions(closed)
    assert [version.reason for version in listed] == ["before the first change of a sitting", "empty"]
    assert listed[1].counts == {}


@given(st.lists(st.timedeltas(timedelta(0), timedelta(days=1500)), max_size=80))
def test_thinning(ages: list[timedelta]) -> None:
    listed = versions(*ages)
    left = kept(listed)
    assert left[:10] == listed[:10]
    for form, most in (("%Y-%m-%d", 14), ("%G-%V", 8), ("%Y-%m", 12)):
        newest: dict[str, Version] = {}
        for version in listed:
            newest.setdefault(version.at.strftime(form), version)
        assert all(version in left for version in list(newest.values())[:most])
    assert len(left) <= 10 + 14 + 8 + 12
    assert kept(left) == left


def test_thinning_by_values() -> None:
    hourly = versions(*(timedelta(hours=n) for n in range(48)))
    assert [(NOW - v.at) // timedelta(hours=1) for v in kept(hourly)] == [*range(10), 13, 37]
    daily = versions(*(timedelta(days=n) for n in range(400)))
    left = [(NOW - v.at).days for v in kept(daily)]
    # The newest fourteen days; the last day of the weeks and months before.
    assert left[:14] == list(range(14))
    assert left[14:] == [15, 22, 23, 29, 36, 43, 54, 84, 115, 146, 176, 207, 237, 268, 296, 327]


def test_old_ones_go_when_one_is_made(workspace: Workspace) -> None:
    folder = backups.folder_of(workspace.path)
    folder.mkdir()
    for minute in range(20):
        (folder / f"plan 2008-10-01 10.{minute:02}.00 old.plan").write_bytes(b"old")
    (folder / "plan 2008-10-01 10.00.00 old.plan-journal").write_bytes(b"old")
    workspace.back_up("asked for")
    left = backups.earlier_versions(workspace.path)
    assert len(left) == 10
    assert left[0].reason == "asked for"
    assert not list(folder.glob("*-journal"))


def test_many_of_one_second_are_in_their_order(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    moment = datetime(2008, 10, 1, 10, 0, 0)  # noqa: DTZ001 - the person's own clock
    monkeypatch.setattr(clock, "local_now", lambda: moment)
    made = [workspace.back_up("asked for") for _ in range(14)]
    assert [version.path for version in backups.earlier_versions(workspace.path)] == made[:3:-1]


def test_what_a_killed_program_left_is_cleared(workspace: Workspace) -> None:
    folder = backups.folder_of(workspace.path)
    folder.mkdir()
    for ending in ("", "-journal"):
        (folder / f"plan 2008-10-01 10.00.00 old.plan.77.new{ending}").write_bytes(b"half")
    made = workspace.back_up("asked for")
    assert list(folder.iterdir()) == [made]


def test_one_that_cannot_be_made_does_not_stop_the_person(workspace: Workspace) -> None:
    backups.folder_of(workspace.path).write_bytes(b"a file where the folder should be")
    workspace.edit("retitle", sql, "UPDATE plan SET title='B'")
    assert workspace.read(queries.plan).title == "B"
    assert "No earlier version of plan.plan could be kept" in workspace.notices[-1]
    with pytest.raises(NotKept):
        workspace.back_up("asked for")
    workspace.edit("retitle", sql, "UPDATE plan SET title='C'")
    assert len(workspace.notices) == 1


def test_one_that_is_not_whole_is_not_kept(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    made = workspace.back_up("good")

    def damaged(_: sqlite3.Connection) -> None:
        raise sqlite3.DatabaseError("row 3 missing")

    monkeypatch.setattr(backups, "demand_whole", damaged)
    with pytest.raises(NotKept):
        workspace.back_up("bad")
    target = workspace.path.with_name("copy.plan")
    target.write_bytes(b"what stood there")
    with pytest.raises(NotKept):
        workspace.save_copy(target)
    assert target.read_bytes() == b"what stood there"
    assert list(backups.folder_of(workspace.path).iterdir()) == [made]
    assert not list(workspace.path.parent.glob("*.new*"))


def test_wholeness_is_looked_at(closed: Path) -> None:
    with closing(sqlite3.connect(closed)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name='activity'").fetchone()
    content = bytearray(closed.read_bytes())
    content[page * 4096 - 300 : page * 4096 - 200] = b"\xff" * 100
    content[(page - 1) * 4096 + 3 : (page - 1) * 4096 + 7] = b"\xff" * 4
    closed.write_bytes(bytes(content))
    with closing(sqlite3.connect(closed)) as connection, pytest.raises(sqlite3.DatabaseError):
        backups.demand_whole(connection)


def test_an_earlier_version_that_cannot_be_put_there(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    version = backups.earlier_versions(closed)[0]
    with pytest.raises(PlanRefused) as caught:
        backups.open_as_copy(version, closed)
    assert caught.value.kind == "exists"
    with pytest.raises(PlanRefused) as caught:
        backups.open_as_copy(version, closed.parent / "no folder" / "x.plan")
    assert caught.value.kind == "elsewhere"


def test_beside_a_plan_where_nothing_can_be_written(
    workspace: Workspace, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    folder = backups.folder_of(workspace.path)
    assert folder.is_relative_to(home)
    made = workspace.back_up("asked for")
    assert made.parent == folder
    assert [version.path for version in backups.earlier_versions(workspace.path)] == [made]


def test_the_plan_itself_is_no_copy_of_it(workspace: Workspace) -> None:
    with pytest.raises(NotKept, match="is the plan that is open"):
        workspace.save_copy(workspace.path)
    workspace.edit("retitle", sql, "UPDATE plan SET title='B'")


def test_the_version_before_a_sitting_is_kept_before_another_is_made(closed: Path) -> None:
    """As when steps of a hub are taken in right behind the first change."""
    with Workspace.open(closed, beside=True) as workspace:
        workspace.edit("go on", sql, "UPDATE plan SET force='Y'")
        workspace._back_up_before("before taking in steps of the hub")
        made = {version.reason: version.path for version in backups.earlier_versions(closed)[::-1]}
    with closing(sqlite3.connect(made["before the first change of a sitting"])) as connection:
        assert connection.execute("SELECT force FROM plan").fetchone() == ("X",)
    with closing(sqlite3.connect(made["before taking in steps of the hub"])) as connection:
        assert connection.execute("SELECT force FROM plan").fetchone() == ("Y",)
