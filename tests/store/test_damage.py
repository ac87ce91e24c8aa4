"""Every way in which a plan's file has been seen to be harmed: what opening says, and what checking says."""

import gc
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from spp_desktop.store import backups, checking, copies, database, naming, queries, recovery, upgrades
from spp_desktop.store.glimpse import first_look
from spp_desktop.store.problems import NotKept, PlanRefused
from spp_desktop.store.workspace import Workspace
from tests.store.conftest import bytes_in, sql

Harm = Callable[..., None]


def refused(path: Path) -> PlanRefused:
    before = path.read_bytes() if path.exists() else None
    with pytest.raises(PlanRefused) as caught:
        Workspace.open(path)
    assert (path.read_bytes() if path.exists() else None) == before, "a refused file was changed"
    assert not path.with_name(path.name + ".lock").exists()
    assert str(caught.value).endswith(".")
    kind, sentence = caught.value.kind, str(caught.value)
    # What was caught holds on to the file, by the frames it came through.
    del caught
    gc.collect()
    return PlanRefused(kind, sentence)


def told(path: Path, patience: copies.Patience = copies.PATIENCE) -> str:
    """What checking finds wrong; it leaves every file as it was."""
    files = {file: hashlib.sha256(file.read_bytes()).digest() for file in path.parent.rglob("*") if file.is_file()}
    report = checking.check_file(path, patience)
    after = {file: hashlib.sha256(file.read_bytes()).digest() for file in path.parent.rglob("*") if file.is_file()}
    assert files == after
    assert not report.ok
    assert all(line.isprintable() and line.endswith(".") for line in report.lines)
    return "\n".join(report.lines)


def opened_read_only(path: Path) -> str:
    with Workspace.open(path) as workspace:
        assert workspace.read_only
        workspace.read(queries.activities)
        with pytest.raises(NotKept) as caught:
            workspace.edit("try", sql, "SELECT 1")
        assert caught.value.kind == "read-only"
        return " ".join(workspace.notices)


def test_a_good_plan(closed: Path) -> None:
    report = checking.check_file(closed)
    assert report.ok, report.lines
    assert report.lines[0] == "plan.plan: everything is in order."
    assert "3 steps, the last of them step 3 “retitle the plan”" in report.lines[-1]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.plan").kind == "missing"
    assert "no file none.plan" in told(tmp_path / "none.plan")


def test_a_folder_in_its_place(tmp_path: Path) -> None:
    with pytest.raises(PlanRefused) as caught:
        Workspace.open(tmp_path)
    assert caught.value.kind == "missing"
    assert not checking.check_file(tmp_path).ok


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty (0 bytes)"),
        (b"Dear all, please find attached\n" * 20, "not a plan"),
        (b"SQLite format 3\x00", "not a plan"),
    ],
)
def test_no_plan_at_all(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "x.plan"
    path.write_bytes(content)
    assert refused(path).kind == "not a plan"
    assert sentence in told(path)


def test_another_program(closed: Path, harm: Harm) -> None:
    harm(closed, "PRAGMA application_id=1196444487")
    assert refused(closed).kind == "not a plan"
    assert "belongs to another program" in told(closed)


def test_a_newer_version(closed: Path, harm: Harm) -> None:
    harm(closed, f"PRAGMA user_version={upgrades.VERSION + 1}")
    assert refused(closed).kind == "newer"
    assert f"form {upgrades.VERSION + 1}" in told(closed)


def test_cut_short(closed: Path) -> None:
    content = closed.read_bytes()
    closed.write_bytes(content[: len(content) * 6 // 10])
    assert refused(closed).kind == "damaged"
    sentences = told(closed)
    assert "its end is missing" in sentences
    assert "damaged inside" in sentences or "cannot be read" in sentences


def test_bytes_changed_inside_a_title(closed: Path) -> None:
    at = closed.read_bytes().index(b"Do what 1.02 says")
    content = bytearray(closed.read_bytes())
    content[at : at + 2] = b"So"
    closed.write_bytes(bytes(content))
    sentences = told(closed)
    # Whichever of its two places the bytes stand in (the row, or the history), the other tells.
    assert "activity “1.02”" in sentences or "its seal does not fit" in sentences
    with Workspace.open(closed) as workspace:
        assert not workspace.read_only


def test_bytes_changed_in_a_row_and_in_the_history(closed: Path) -> None:
    bytes_in(closed, b"Local policing: people", b"Legal policing: people")
    assert "not as it was written, from step 2 “set up a small plan”" in told(closed)


def test_a_row_changed_by_another_program(closed: Path, harm: Harm) -> None:
    harm(
        closed,
        "UPDATE activity SET text='Do nothing' WHERE ref='1.01'",
        "DELETE FROM milestone WHERE title LIKE '%2.01'",
        "INSERT INTO body (id, position, title, kind) VALUES ('b', 1.0, 'A stranger', '')",
        "UPDATE target SET stated='9%'",
    )
    sentences = told(closed)
    assert (
        "In the activity “1.01” the text is not what was written: "
        "the history says “Do what 1.01 says”, the file holds “Do nothing”." in sentences
    )
    assert "The milestone “First step of 2.01” of activity “2.01” is missing" in sentences
    assert "The body “A stranger” is not in the history" in sentences
    assert "In the target “4%” of indicator “R1” the stated is not what was written" in sentences
    assert "4 things are wrong" in sentences


def test_an_index_out_of_step(closed: Path, harm: Harm) -> None:
    harm(
        closed,
        "PRAGMA writable_schema=ON",
        "CREATE TABLE hidden AS SELECT * FROM sqlite_schema WHERE name='ix_activity_year'",
        "DELETE FROM sqlite_schema WHERE name='ix_activity_year'",
    )
    harm(
        closed,
        "UPDATE activity SET year=2009 WHERE ref='1.01'",
        "PRAGMA writable_schema=ON",
        "INSERT INTO sqlite_schema SELECT * FROM hidden",
        "DROP TABLE hidden",
    )
    sentences = told(closed)
    assert "ix_activity_year" in sentences
    with Workspace.open(closed) as workspace:
        assert len(workspace.read(queries.activities)) == 3


def test_a_row_that_belongs_to_nothing(closed: Path, harm: Harm) -> None:
    harm(closed, "DELETE FROM post WHERE title='ACC Security'")
    assert "belongs to a post that is not there" in opened_read_only(closed)
    assert "The activity owner of activity “1.02” belongs to a post that is not in the plan" in told(closed)


@pytest.mark.parametrize("name", ["helper", "sqlitexhelper"])
def test_a_planted_trigger(closed: Path, harm: Harm, name: str) -> None:
    harm(closed, f"CREATE TRIGGER {name} AFTER INSERT ON revision BEGIN SELECT 1; END")
    assert f"trigger “{name}”" in opened_read_only(closed)
    assert f"It holds a trigger “{name}” that this program does not know." in told(closed)


def test_a_trigger_of_ours_taken_away(closed: Path, harm: Harm) -> None:
    harm(closed, "DROP TRIGGER revision_is_never_changed")
    assert "lacks its trigger “revision_is_never_changed”" in opened_read_only(closed)
    assert "Its trigger “revision_is_never_changed” is missing." in told(closed)


@pytest.mark.parametrize("table", ["activity", "result"])
def test_a_view_in_place_of_a_table_is_never_read(closed: Path, harm: Harm, table: str) -> None:
    columns = "id, position, year, ref, priority_id, text, indicator_id, period_from"
    harm(
        closed,
        "PRAGMA foreign_keys=OFF",
        "PRAGMA legacy_alter_table=ON",
        f"ALTER TABLE {table} RENAME TO hidden",
        f"CREATE VIEW {table} AS SELECT {', '.join(f'n AS {name}' for name in columns.split(', '))} "
        "FROM (SELECT never_called(1) AS n)",
    )
    assert refused(closed).kind == "altered"
    sentences = told(closed)
    assert f"It holds a view “{table}” that this program does not know." in sentences
    assert f"Its table “{table}” is missing." in sentences
    assert "never_called" not in sentences
    assert (first_look(closed, None) is None) == (table == "activity")


def test_a_table_made_otherwise(closed: Path, harm: Harm) -> None:
    harm(closed, "ALTER TABLE post ADD COLUMN extra TEXT")
    assert refused(closed).kind == "altered"
    assert "Its table “post” is not as this program makes it." in told(closed)


def test_wrong_types(closed: Path, harm: Harm) -> None:
    harm(
        closed,
        "UPDATE priority SET title=x'0102' WHERE title='Serious harm'",
        "UPDATE theme SET narrative=CAST(x'41ff' AS TEXT) WHERE title='Local policing: people'",
        "UPDATE activity SET due='2009-13-45', percent=NULL WHERE ref='1.01'",
        "UPDATE activity SET due=x'01' WHERE ref='2.01'",
        "UPDATE milestone SET position='first' WHERE title='First step of 1.02'",
        "UPDATE activity_owner SET role=5",
    )
    with Workspace.open(closed) as workspace:
        for query in (queries.activities, queries.priority_tree):
            with pytest.raises(PlanRefused, match="Check the file from the Help menu"):
                workspace.read(query)
    sentences = told(closed)
    assert "the title holds raw bytes" in sentences
    assert (
        "In the theme “Local policing: people” of priority “Local policing” the narrative holds bytes that are no text."
        in sentences
    )
    assert "In the activity “1.01” the due holds “2009-13-45” where a date belongs." in sentences
    assert "In the activity “2.01” the due holds raw bytes." in sentences
    assert (
        "In the milestone “First step of 1.02” of activity “1.02” the position holds “first” where a number"
        in sentences
    )
    assert "the history says “Serious harm”, the file holds 2 raw bytes" in sentences


def test_a_number_in_a_text_column_of_another_form() -> None:
    from sqlalchemy import String

    assert checking._wrong(String(), 5) == "holds “5” where text belongs"


def test_left_in_wal_mode(closed: Path, harm: Harm) -> None:
    harm(closed, "PRAGMA journal_mode=WAL")
    assert closed.read_bytes()[18:20] == b"\x02\x02"
    assert checking.check_file(closed).ok
    with Workspace.open(closed) as workspace:
        assert not workspace.read_only
    assert closed.read_bytes()[18:20] == b"\x01\x01"


def test_in_wal_mode_where_nothing_can_be_written(closed: Path, harm: Harm, monkeypatch: pytest.MonkeyPatch) -> None:
    harm(closed, "PRAGMA journal_mode=WAL")
    before = closed.read_bytes()
    monkeypatch.setattr(os, "access", lambda *_: False)
    with Workspace.open(closed) as workspace:
        assert workspace.read_only
        assert len(workspace.read(queries.activities)) == 3
    assert closed.read_bytes() == before


def test_a_wal_file_left_beside_it(closed: Path, tmp_path: Path, harm: Harm) -> None:
    left = tmp_path / "left"
    left.mkdir()
    with closing(sqlite3.connect(closed, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("BEGIN")
        connection.execute("CREATE TABLE extra (n)")
        connection.execute("DROP TABLE extra")
        connection.execute("COMMIT")
        for file in (closed, closed.with_name("plan.plan-wal")):
            shutil.copy(file, left)
    assert (left / "plan.plan-wal").stat().st_size
    report = checking.check_file(left / "plan.plan")
    assert report.ok
    assert any("plan.plan-wal" in line for line in report.lines)
    with Workspace.open(left / "plan.plan") as workspace:
        assert not workspace.read_only
        assert "was put back" in " ".join(workspace.notices)


def caught_in_the_act(path: Path, folder: Path, change: str = "UPDATE activity SET text = text || ' ' || n") -> Path:
    """A copy of a plan and its journal, taken while a change is half written."""
    folder.mkdir()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size=1")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("CREATE TABLE heavy (n)")
        connection.execute(
            "INSERT INTO heavy WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n+1 FROM r WHERE n < 60) "
            "SELECT randomblob(4000) FROM r"
        )
        connection.execute("UPDATE activity SET text = text || '!'")
        connection.execute("UPDATE priority SET title = title || '!'")
        connection.execute("UPDATE heavy SET n = randomblob(4000)")
        for file in (path, path.with_name(path.name + "-journal")):
            shutil.copy(file, folder)
        connection.execute("ROLLBACK")
    assert (folder / (path.name + "-journal")).stat().st_size > 1000
    return folder / path.name


def test_a_change_that_was_cut_off(closed: Path, tmp_path: Path) -> None:
    half = caught_in_the_act(closed, tmp_path / "half")
    report = checking.check_file(half)
    assert report.ok, report.lines
    assert any("An unfinished change stands beside it (plan.plan-journal)" in line for line in report.lines)
    assert half.with_name("plan.plan-journal").exists()
    with Workspace.open(half) as workspace:
        assert not workspace.read_only
        assert "the last step may be missing" in " ".join(workspace.notices)
        assert workspace.read(queries.activities)[0].text == "Do what 1.01 says"
        workspace.edit("go on", sql, "UPDATE plan SET force='Y'")
    as_found = next(version for version in backups.earlier_versions(half) if version.reason == "as found")
    copy = backups.open_as_copy(as_found, tmp_path / "as found.plan")
    with Workspace.open(copy) as workspace:
        assert workspace.read(queries.activities)[0].text == "Do what 1.01 says"


def test_a_header_that_an_unfinished_change_has_spoilt(closed: Path, tmp_path: Path) -> None:
    """Its first page may be anything until the journal is put back."""
    half = caught_in_the_act(closed, tmp_path / "half")
    with half.open("r+b") as file:
        file.write(b"\0" * 100)
    assert checking.check_file(half).ok
    with Workspace.open(half) as workspace:
        assert not workspace.read_only
        assert workspace.read(queries.activities)[0].text == "Do what 1.01 says"


def test_a_file_of_another_program_in_the_middle_of_a_change_is_let_be(tmp_path: Path) -> None:
    other = tmp_path / "notes.plan"
    with closing(sqlite3.connect(other, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size=1")
        connection.execute("CREATE TABLE note (n)")
        connection.execute("BEGIN IMMEDIATE")
        for _ in range(80):
            connection.execute("INSERT INTO note VALUES (randomblob(4000))")
        journal = other.with_name("notes.plan-journal")
        left = {file: file.read_bytes() for file in (other, journal)}
        connection.execute("ROLLBACK")
    for file, content in left.items():
        file.write_bytes(content)
    assert refused(other).kind == "not a plan"
    assert not checking.check_file(other).ok
    assert {file: file.read_bytes() for file in left} == left


def test_a_change_cut_off_by_a_kill(closed: Path) -> None:
    script = (
        "import sqlite3,sys,time\nc=sqlite3.connect(sys.argv[1],isolation_level=None)\n"
        "c.execute('PRAGMA cache_size=1')\nc.execute('BEGIN IMMEDIATE')\nc.execute('CREATE TABLE heavy (n)')\n"
        "for n in range(80): c.execute('INSERT INTO heavy VALUES (randomblob(4000))')\n"
        "c.execute(\"UPDATE activity SET text = text || '!'\")\nprint('half',flush=True)\ntime.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", script, str(closed)], stdout=subprocess.PIPE) as child:
        assert child.stdout
        child.stdout.readline()
        child.kill()
    with Workspace.open(closed, read_only=True) as workspace:
        assert "was put back" in " ".join(workspace.notices)
        assert workspace.read(queries.activities)[0].text == "Do what 1.01 says"
    assert checking.check_file(closed).ok


def test_a_cut_off_change_when_no_copy_can_be_kept(
    closed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    half = caught_in_the_act(closed, tmp_path / "half")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copy2", full)
    with Workspace.open(half) as workspace:
        assert "no copy of it could be kept" in " ".join(workspace.notices)
    assert not list(backups.folder_of(half).glob("*"))


def test_a_cut_off_change_where_nothing_can_be_written(
    closed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    half = caught_in_the_act(closed, tmp_path / "half")
    monkeypatch.setattr(os, "access", lambda *_: False)
    refusal = refused(half)
    assert refusal.kind == "elsewhere"
    assert "open it there" in str(refusal)


@pytest.fixture
def mixed(closed: Path, tmp_path: Path) -> Path:
    """The plan with the journal of another plan beside it, as a folder that is kept in step by copying leaves it."""
    other = tmp_path / "other" / "plan.plan"
    other.parent.mkdir()
    with Workspace.create(other, "Quite another plan", 2026) as workspace:
        workspace.edit("fill", sql, "UPDATE status SET meaning = hex(zeroblob(3000))")
        workspace.edit("empty", sql, "UPDATE status SET meaning = ''")
    half = caught_in_the_act(other, tmp_path / "half")
    shutil.copy(half.with_name("plan.plan-journal"), closed.with_name("plan.plan-journal"))
    return closed


def test_a_journal_of_another_file(mixed: Path) -> None:
    before = mixed.read_bytes()
    assert "does not belong to it" in told(mixed)
    with Workspace.open(mixed, read_only=True) as workspace:
        assert len(workspace.read(queries.activities)) == 3
        assert "was left alone" in " ".join(workspace.notices)
    assert mixed.read_bytes() == before
    with Workspace.open(mixed) as workspace:
        assert not workspace.read_only
        assert "not its own" in " ".join(workspace.notices)
        assert workspace.read(queries.activities)[0].text == "Do what 1.01 says"
    assert mixed.read_bytes() == before
    assert not database.journals(mixed)
    assert list(backups.folder_of(mixed).glob("*as found.plan-journal"))
    assert checking.check_file(mixed).ok


def test_a_journal_of_another_file_that_cannot_be_moved(mixed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copy2", full)
    assert "No space left" in str(refused(mixed))
    assert database.journals(mixed)


def test_a_journal_beside_a_damaged_plan(mixed: Path) -> None:
    content = bytearray(mixed.read_bytes())
    content[4096 * 3 : 4096 * 3 + 64] = b"\xff" * 64
    mixed.write_bytes(bytes(content))
    assert refused(mixed).kind == "damaged"
    assert database.journals(mixed)


def test_a_journal_in_use_is_let_be(workspace: Workspace) -> None:
    workspace.be_ready_to_write()
    workspace._raw.execute("BEGIN IMMEDIATE")
    workspace._raw.execute("INSERT INTO recording_beside VALUES (3)")
    workspace._raw.execute("INSERT INTO export VALUES ('a','b','c','d',1,1,'e','f','g','h','','')")
    journal = workspace.path.with_name("plan.plan-journal")
    assert journal.exists()
    journal_was = journal.read_bytes()
    if not database.journals(workspace.path):
        pytest.skip("SQLite has written nothing to the journal yet")
    assert recovery.settle(workspace.path, writing=True) == ([], False)
    assert journal.read_bytes() == journal_was
    workspace._raw.execute("ROLLBACK")


def test_a_file_that_is_being_written_to(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = (
        "import sqlite3,sys\nc=sqlite3.connect(sys.argv[1],isolation_level=None)\n"
        "c.execute('BEGIN EXCLUSIVE')\nc.execute('CREATE TABLE heavy (n)')\n"
        "c.execute('PRAGMA cache_spill=1')\nprint('locked',flush=True)\nsys.stdin.readline()\n"
    )
    real = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *args, **kwargs: real(*args, **{**kwargs, "timeout": 0.05}))
    with subprocess.Popen(
        [sys.executable, "-c", script, str(closed)], stdout=subprocess.PIPE, stdin=subprocess.PIPE
    ) as child:
        assert child.stdout
        child.stdout.readline()
        assert "another program is writing to it just now" in told(closed)
        closed.with_name("plan.plan-journal").write_bytes(b"\xd9\xd5\x05\xf9" + b"\0" * 600)
        with pytest.raises(PlanRefused) as caught:
            Workspace.open(closed, read_only=True)
        assert caught.value.kind == "in use"
        child.kill()
    assert not list(closed.parent.glob("*.lock"))


def test_a_virtual_table_with_a_damaged_shadow(closed: Path, harm: Harm) -> None:
    harm(
        closed,
        "CREATE VIRTUAL TABLE search USING fts5(text)",
        "INSERT INTO search SELECT text FROM activity",
        "UPDATE search_data SET block=zeroblob(10)",
    )
    if sqlite3.sqlite_version_info >= (3, 44):  # which looks into such tables as well
        assert refused(closed).kind == "damaged"
        return
    assert "table “search” that this program does not know" in opened_read_only(closed)
    assert "It holds a table “search” that this program does not know." in told(closed)


def test_a_damaged_page(closed: Path) -> None:
    with closing(sqlite3.connect(closed)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name='activity'").fetchone()
    content = bytearray(closed.read_bytes())
    content[(page - 1) * 4096 : (page - 1) * 4096 + 8] = b"\x37" * 8
    closed.write_bytes(bytes(content))
    assert refused(closed).kind == "damaged"
    sentences = told(closed)
    assert "damaged inside" in sentences
    assert "Its history holds 3 steps" in sentences


def test_a_damaged_list_of_tables(closed: Path) -> None:
    bytes_in(closed, b"CREATE TABLE post (", b"CREATE TABEL post (")
    assert refused(closed).kind == "damaged"
    assert "cannot be read" in told(closed)


def test_bytes_that_are_no_text_in_the_history(closed: Path) -> None:
    bytes_in(closed, b"retitle the plan", b"retitle\xff\xfe\xff\xfe plan")
    assert refused(closed).kind == "damaged"
    assert "its seal does not fit" in told(closed)


def without_guards(path: Path, harm: Harm, *statements: str) -> None:
    """Change the history as somebody would who takes its guards away and puts them back."""
    with closing(sqlite3.connect(path)) as connection:
        query = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"
        guards = connection.execute(query).fetchall()
    harm(path, *(f"DROP TRIGGER {name}" for name, _ in guards), *statements, *(sql for _, sql in guards))


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE revision SET author='somebody else' WHERE n=2", "from step 2"),
        ("DELETE FROM revision WHERE n=2", "broken before step 3"),
        ("DELETE FROM revision WHERE n=3", "1 change that belong to no step"),
        ("UPDATE change SET after='{' WHERE n=1", "could not be read further"),
        ("UPDATE change SET after='[1]' WHERE n=1", "could not be read further"),
        ("UPDATE change SET after=x'00' WHERE n=1", "its seal does not fit"),
        ("UPDATE revision SET label=x'00' WHERE n=2", "its seal does not fit"),
        ("UPDATE revision SET at='yesterday' WHERE n=3", "(by"),
    ],
)
def test_history_that_was_tampered_with(closed: Path, harm: Harm, statement: str, sentence: str) -> None:
    without_guards(closed, harm, statement)
    assert sentence in told(closed)
    with Workspace.open(closed) as workspace:
        assert not workspace.read_only


def test_an_undo_of_nothing_in_the_history_does_no_harm(closed: Path, harm: Harm) -> None:
    without_guards(closed, harm, "UPDATE revision SET kind='undo' WHERE n=3")
    with Workspace.open(closed) as workspace:
        assert workspace.undo() is None
    without_guards(closed, harm, "UPDATE revision SET kind='redo' WHERE n=3")
    with Workspace.open(closed) as workspace:
        assert workspace.redo() is None


def test_many_faults_alike_are_counted(closed: Path, harm: Harm) -> None:
    rows = ", ".join(f"('{n}', 1.0, 'Body {n}', '')" for n in range(checking.MOST_ALIKE + 7))
    harm(closed, f"INSERT INTO body (id, position, title, kind) VALUES {rows}")
    sentences = told(closed)
    assert "There are 7 more like these." in sentences
    assert sentences.count("is not in the history") == checking.MOST_ALIKE


def test_an_older_form_is_not_held_against_it(closed: Path, harm: Harm) -> None:
    harm(closed, "PRAGMA user_version=0", "ALTER TABLE post ADD COLUMN extra TEXT")
    report = checking.check_file(closed)
    assert report.ok
    assert any("older version" in line for line in report.lines)


def test_who_has_it_is_said(workspace: Workspace) -> None:
    lines = "\n".join(checking.check_file(workspace.path).lines)
    assert "has it open" in lines
    assert "It has no earlier versions." in lines


def test_earlier_versions_that_cannot_be_listed(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(backups, "earlier_versions", denied)
    assert any("cannot be listed: Permission denied" in line for line in checking.check_file(closed).lines)


def test_a_row_is_named_as_far_as_it_can_be(closed: Path) -> None:
    with copies.reading(closed) as connection:
        key, title = connection.execute("SELECT id, title FROM priority LIMIT 1").fetchone()
        assert naming.row_named(connection, "theme", {"id": "k", "priority_id": "gone"}) == "theme “k”"
        assert naming.row_named(connection, "theme", {"id": "k", "priority_id": key}).startswith("theme of priority “")
        assert naming.row_named(connection, "note_use", {"id": "k", "none_id": "gone"}) == "note mark “k”"
        link = {"id": "k", "from_id": "gone", "kind": "same as"}
        assert naming.row_named(connection, "link", link) == "link “same as”"
        assert naming.row_named(connection, "link", {**link, "from_id": key}).startswith("link “same as” of priority “")
        assert naming.row_named(connection, "of_another_version", {"id": "k"}) == "of another version “k”"
        assert naming.names_of(connection, "priority", [key, "gone"]) == {key: title}
        assert naming.names_of(connection, "of_another_version", [key]) == {}
        assert naming.shown("word " * 40).endswith("…”")
        assert naming.shown(None) == "nothing"


def test_what_takes_too_long_is_cut_short(closed: Path) -> None:
    assert "interrupted" in told(closed, copies.Patience(seconds=0.0, steps=10))
    assert checking.check_file(closed, copies.Patience(steps=10)).ok
