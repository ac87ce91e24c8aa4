"""From one form of the file to the next: kept first, all or nothing."""

import lzma
import os
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlmodel import SQLModel

from spp_desktop.edits import deciding, receiving, taking
from spp_desktop.plan import periods
from spp_desktop.plan.markings import Marking
from spp_desktop.plan.registers import REGISTERS
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.spoken import spoken
from spp_desktop.store import (
    backups,
    chain,
    changes_in_words,
    checking,
    database,
    dump,
    exports,
    history,
    locks,
    measured,
    past,
    queries,
    receipts,
    upgrades,
)
from spp_desktop.store.checks import every
from spp_desktop.store.moved import MOVED
from spp_desktop.store.problems import NotKept, PlanRefused, UndoRefused
from spp_desktop.store.upgrades import Step
from spp_desktop.store.workspace import Workspace
from tests.depth import by_night
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


# Plans as versions that were given out made them. Form 1: the worked sample with seven more steps, two of which are
# undone and one of those done again, and the record of two exports. Form 2: a small plan with results entered, revised,
# replaced and removed, an indicator removed and put back, a step undone; two returns sent out, one of them received
# (``form_2_return.xlsx``, which is the file), with something answered that the plan has changed since. Form 3: the
# worked sample, with results by area. Form 4: a small plan with a final result that was changed, so that there is a
# restatement; a risk; two returns sent out, one of them taken in with a decision about it; a step undone. Form 5: a
# small plan with links between activities and of two risks, some of them taken away, by themselves and with their rows.
# Form 6: a small plan with an area, a gain by years, a finding with its log, links into the levels, one of which went
# with its theme. Form 7: a small plan with levels of its own and years from January, a role with a post in it, a post
# that two people held, areas within another, an activity under a sentence, milestones, attachments, a step undone.
# Form 8: a small plan with submissions, one of them sent, returns declared in it, a form mapping, a framework that is
# to be answered, an accepted finding, a step undone. Form 9: a small plan with a locked reporting period, what was said
# for it, a moved date, a released activity, small numbers with an exception, a kept document, a step undone. Form 10: a
# small plan with a reopened closed year, a line of the from-to table, a post that was another's, a version, an edition
# with its file, a planned revision, an explained change, a file sent out, steps undone and one of them done again.
FORMS = {form: Path(__file__).with_name(f"form_{form}.plan.xz") for form in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10)}
ACTIVITIES = {1: 111, 2: 3, 3: 111, 4: 3, 5: 3, 6: 3, 7: 3, 8: 3, 9: 3, 10: 3}
SENT, CAME, DECIDED = (
    {1: 2, 2: 2, 3: 0, 4: 2, 5: 1, 6: 1, 7: 1, 8: 1, 9: 0, 10: 1},
    {1: 0, 2: 1, 3: 0, 4: 1, 5: 0, 6: 0, 7: 0, 8: 0, 9: 0, 10: 0},
    {1: 0, 2: 0, 3: 0, 4: 1, 5: 0, 6: 0, 7: 0, 8: 0, 9: 0, 10: 0},
)
FORM_2_RETURN = Path(__file__).with_name("form_2_return.xlsx")

MARKED = (
    *("priority", "theme", "section", "activity", "indicator", "note"),
    *(register.name for register in REGISTERS if register.page is not None),
)
"""The tables whose rows can bear a marking."""

ADDED: Mapping[int, Mapping[str, Mapping[str, object]]] = {
    2: {"export": {"period": "", "due": ""}},
    3: {
        "indicator": {
            "measure": "level", "numerator": "", "denominator": "", "per": 1000.0, "rated_by": "people",
            "trajectory": "straight", "profile_years": 1, "cut_from": "result", "rule_id": None, "screened": 1,
            "fix_after": None, "beyond_counts": 0,
        },
        "target": {"explanation": ""},
        "result": {
            "area_id": None, "population": "", "numerator": None, "denominator": None, "sample_size": None,
            "design_effect": 1.0,
        },
    },
    4: {
        "indicator": {"grades": ""},
        "target": {"upper": None, "strict": 0, "every": "year", "base_year": None, "due": None, "since": None},
    },
    5: {"restatement": {"ref_was": "", "title_was": "", "area_was": ""}},
    6: {"post": {"email": ""}},
    7: {
        "plan": {"first_month": 4},
        "area": {"parent_id": None},
        "commitment": {"priority_id": None},
        "activity": {"theme_id": None, "commitment_id": None, "reported": None, "budget": None, "notes": ""},
        "milestone": {
            "due_within": None, "forecast_within": None, "owner_id": None, "status_id": None, "percent": None,
        },
    },
    8: {"framework": {"answered": 0}},
    9: {
        "milestone": {"evidence": ""},
        "role": {"submits": 0, "accepts": 0},
        **{table: {"marking_id": None} for table in MARKED},
    },
    10: {
        "plan": {"kept_from": None},
        "priority": {"last_year": None},
        "indicator": {"last_year": None},
        "target": {"over_first": None, "over_years": None},
        "target_version": {"agreed_by": "", "over_first": None, "over_years": None},
        "framework": {"kind": "other", "area_id": None, "first_year": None, "years": None},
        "framework_item": {"verified_on": None, "evidence": "from memory", "target": "", "answered_in": ""},
        "consultation": {
            "whose": "community", "method_id": None, "number_asked": None, "number_answered": None, "marking_id": None,
        },
    },
}  # fmt: skip
"""What each form gave the rows of the one before, in columns that it added."""

Rows = dict[str, list[dict[str, object]]]


def made_by_form(form: int, folder: Path) -> Path:
    path = folder / f"form {form}.plan"
    path.write_bytes(lzma.decompress(FORMS[form].read_bytes()))
    return path


@pytest.fixture(params=(1, 2, 4, 5, 6, 7, 8, 9, 10))
def form(request: pytest.FixtureRequest) -> int:
    """Each form there has been, but for the third, whose plan is the largest."""
    return int(request.param)


@pytest.fixture
def made_before(form: int, tmp_path: Path) -> Path:
    return made_by_form(form, tmp_path)


@pytest.fixture
def form_1(tmp_path: Path) -> Path:
    return made_by_form(1, tmp_path)


@pytest.fixture
def form_2(tmp_path: Path) -> Path:
    return made_by_form(2, tmp_path)


LISTS = {
    4: {"risk_band", "risk_impact", "risk_likelihood"},
    6: {"inspection_area", "inspection_grade", "workforce_group"},
    7: {"level"},
    9: {"delivery_rule", "marking"},
    10: {"consultation_method", "plan_state"},
}
"""The lists with rows that plans begin with since a form."""

EXPORT = exports.Export("one more", "", "status", "", 2008, 1, "x.xlsx", "h", "2008-10-01", "me", "Q2")


def everything(connection: sqlite3.Connection) -> Rows:
    """All rows of all tables that have any."""
    found: Rows = {}
    for name in sorted(name for kind, name, _ in database.schema_of(connection) if kind == "table"):
        cursor = connection.execute(f"SELECT * FROM {name}")
        found[name] = [dict(zip((d[0] for d in cursor.description), row, strict=True)) for row in cursor]
    return {name: rows for name, rows in found.items() if rows}


def brought_up(rows: Rows, form: int) -> Rows:
    """What the form of today makes of the rows of an older one."""
    first: dict[str, dict[str, object]] = {name: {} for name in rows}
    for later in range(form + 1, upgrades.VERSION + 1):
        for name, cells in ADDED.get(later, {}).items():
            first.get(name, {}).update(cells)
    now = {name: [{**first[name], **row} for row in those] for name, those in rows.items()}
    moved = [MOVED[name].row(row) for name in ("activity_link", "risk_link") for row in now.pop(name, ())]
    return now | ({"link": moved} if moved else {})


@pytest.mark.parametrize("form", FORMS, indirect=True)
def test_a_plan_is_brought_up_to_date_and_says_the_same(form: int, made_before: Path) -> None:
    with closing(database.connect(made_before, writing=False)) as connection:
        assert version_of(connection) == form
        before = everything(connection)
        steps = history.steps(connection)
    with Workspace.open(made_before) as workspace:
        assert (workspace.read_only, workspace.notices) == (False, [])
        assert version_of(workspace._raw) == upgrades.VERSION
        assert database.schema_of(workspace._raw) == database.known_schema()
        now, expected = everything(workspace._raw), brought_up(before, form)
        for name in ("revision", "change"):  # what was kept beside, and lists that plans begin with today, came in
            assert now.pop(name)[: len(before[name])] == expected.pop(name)
        expected.pop("head", None)
        assert [history.Revision(*row.values()) for row in now.pop("head")] == [chain.newest(workspace._raw)]  # type: ignore[arg-type]
        brought = {name for since, names in LISTS.items() if since > form for name in names}
        assert {name: rows for name, rows in now.items() if name not in brought} == expected
        assert brought <= now.keys()
        assert workspace._raw.execute("PRAGMA foreign_keys").fetchone() == (1,)
        bringing = workspace.history()[: -len(steps)]
        new = ("bring in the lists of this version", "brought in")
        assert [(step.label, step.kind) for step in bringing] == ([new] if brought else [])
        assert workspace.history()[len(bringing) :] == steps[::-1]
        content = workspace.read(dump.content)
        assert len(content["activities"]) == ACTIVITIES[form]
        assert sum(len(one["results"]) for one in content["indicators"]) == len(before.get("result", ()))
        assert {one["measure"] for one in content["indicators"]} <= {"level", "count", "percentage", "survey"}
        assert len(workspace.read_beside(exports.every)) == SENT[form]
        assert len(workspace.read_beside(receipts.every)) == CAME[form]
        (kept,) = backups.earlier_versions(made_before)
        assert kept.reason == "before bringing it up to date"
        workspace.undo()
        workspace.redo()
        workspace.write_beside(exports.record, replace(EXPORT, revision=workspace.revision()))
    with closing(sqlite3.connect(kept.path)) as connection:
        assert version_of(connection) == form
        assert everything(connection) == before
    report = checking.check_file(made_before)
    assert report.ok, report.lines


def _whys() -> list[object]:
    """Every reason for every form by night; with every change each form once, and the second for every reason."""
    whys = ("for reading", "nothing can be written", "somebody has it", "left in WAL mode")
    forms = (form for form in FORMS if form != 3)
    return [
        pytest.param(form, why, marks=[by_night] * (form != 2 and why != whys[form % len(whys)]))
        for form in forms
        for why in whys
    ]


@pytest.mark.parametrize(("form", "why"), _whys(), indirect=["form"])
def test_an_older_form_is_read_where_it_cannot_be_written(
    form: int, made_before: Path, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if why == "left in WAL mode":
        with closing(sqlite3.connect(made_before)) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("UPDATE export SET author=author")  # what is sealed stays as it is
            connection.commit()
    if why in {"nothing can be written", "left in WAL mode"}:
        real = os.access
        monkeypatch.setattr(
            os, "access", lambda path, mode: not str(path).startswith(str(made_before.parent)) and real(path, mode)
        )
    if why == "somebody has it":
        locks.lock_file(made_before).write_text('{"who": "A. Planner", "host": "elsewhere", "process": 1}')
    before = made_before.read_bytes()
    with closing(sqlite3.connect(f"{made_before.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        rows = everything(connection)
    copied = made_before.with_name("copy.plan")
    with Workspace.open(made_before, read_only=why == "for reading") as workspace:
        assert workspace.read_only
        assert "You see it as it was when you opened it" in workspace.notices[-1]
        rows.pop("head", None)
        assert said_by_the_plan(workspace) == brought_up(rows, form)
        assert database.schema_of(workspace._raw) == database.known_schema()
        assert len(workspace.read_beside(receipts.every)) == CAME[form]
        assert len(workspace.read(queries.activities)) == len(rows["activity"])
        assert workspace.look() is False
        with pytest.raises(NotKept):
            workspace.edit("go on", sql, "UPDATE plan SET title='B'")
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            workspace._raw.execute("DELETE FROM export")
        workspace.save_copy(copied)
    assert made_before.read_bytes() == before
    assert {file.suffix for file in made_before.parent.iterdir()} <= {".plan", ".lock"}
    with Workspace.open(copied, read_only=True) as copy:
        assert version_of(copy._raw) == upgrades.VERSION
        assert said_by_the_plan(copy) == brought_up(rows, form)
    report = checking.check_file(copied)
    assert report.ok, report.lines


def said_by_the_plan(workspace: Workspace) -> Rows:
    """All rows, but for what bringing the file up to date sealed, and the head."""
    rows, sealed = everything(workspace._raw), chain.newest(workspace._raw)
    assert sealed is not None
    if sealed.sitting == chain.NO_SITTING:
        rows["revision"] = [row for row in rows["revision"] if row["n"] != sealed.n]
        rows["change"] = [row for row in rows["change"] if row["revision"] != sealed.n]
    return {name: held for name, held in rows.items() if name != "head"}


def test_what_was_kept_beside_is_sealed_alike_by_whoever_brings_it_up_to_date(
    form: int, made_before: Path, harm: Harm
) -> None:
    copy = made_before.with_name("copy.plan")
    copy.write_bytes(made_before.read_bytes())
    with Workspace.open(copy, read_only=True) as reader, Workspace.open(made_before) as workspace:
        read, written = (each.read_beside(history.revisions) for each in (reader, workspace))
        assert written[: len(read)] == read
        records = SENT[form] + CAME[form] + DECIDED[form]  # a plan of form 5 had sealed them itself
        sealed = [step for step in written if step.kind == "beside"]
        assert [len(workspace.changes_of(step)) for step in sealed] == [records] * bool(records)
        assert not any(step.kind == "beside" for step in workspace.history())
    if SENT[form]:
        harm(made_before, "UPDATE export SET owner = 'Nobody' WHERE rowid = 1")
        assert "the owner is not what was written" in "\n".join(checking.check_file(made_before).lines)


def test_an_older_form_is_checked_as_a_plan_of_today_is(form: int, made_before: Path, harm: Harm) -> None:
    before = made_before.read_bytes()
    report = checking.check_file(made_before)
    assert report.ok, report.lines
    assert "It was made by an older version" in "\n".join(report.lines)
    told = {
        1: "2 returns were sent out from it and no files received.",
        2: "2 returns were sent out from it and 1 file received, of which 1 is still to be reviewed.",
        4: "2 returns were sent out from it and 1 file received.",
        5: "1 return was sent out from it and no files received.",
        6: "1 return was sent out from it and no files received.",
        7: "1 return was sent out from it and no files received.",
        8: "1 return was sent out from it and no files received.",
        10: "1 return was sent out from it and no files received.",
    }
    assert form not in told or told[form] in report.lines
    assert made_before.read_bytes() == before
    harm(
        made_before,
        "UPDATE activity SET text='Do nothing' WHERE ref='1.01'",
        "UPDATE result SET value=7 WHERE rowid < 3",
    )
    said = "\n".join(checking.check_file(made_before).lines)
    assert "the file holds “Do nothing”" in said
    assert form == 10 or "the file holds “7.0”" in said  # its plan has no results


@pytest.mark.parametrize("form", [5], indirect=True)
def test_links_of_form_5_are_in_the_thread_with_all_their_history(form: int, made_before: Path) -> None:
    with Workspace.open(made_before) as workspace:
        linked = {row["note"]: (row["kind"], row["from"], row["to"]) for row in workspace.read(dump.content)["links"]}
        rows = workspace.read(queries.activities)
        _, second, third = (f"activity {row.ref} {row.text} (2008-2009)" for row in rows)
        assert linked["follows"] == ("same as", second, third)
        told = workspace.read_beside(changes_in_words.of_step, step_called(workspace, "link 2 follows").n)
        assert {(line.row, line.cell, line.after) for line in told} == {
            ("link “same as” of 1.02", "kind of link", "same as"), ("link “same as” of 1.02", "from", "1.02"),
            ("link “same as” of 1.02", "to", "2.01"), ("link “same as” of 1.02", "note", "follows"),
        }  # fmt: skip
        assert len(workspace.read(dump.content)["links"]) == 4
        states = [everything_said(workspace)]
        while workspace.undo_label:
            workspace.undo()
            states.append(everything_said(workspace))
        assert [len(state["link"]) for state in states] == [4, 4, 4, 4, 6, 7, 6, 5, 4, 3, 3, 3, 2, 1, 0, 0]
        for state in states[-2::-1]:
            workspace.redo()
            assert everything_said(workspace) == state
        made = step_called(workspace, "link R1 to priority")
        then = workspace.as_at(made.id) or {}
        assert {row["kind"] for row in then["link"].values()} == {"same as", "threatens"}
        workspace.revert(made.id)
        workspace.revert(step_called(workspace, "remove activity 9.01").id)
        assert len(everything_said(workspace)["link"]) == 5
        with pytest.raises(UndoRefused, match="leads to a row that is not in the plan"):
            workspace.revert(step_called(workspace, "unlink R2").id)
    report = checking.check_file(made_before)
    assert report.ok, report.lines


@pytest.mark.parametrize("form", [6], indirect=True)
def test_a_commitment_of_form_6_stands_under_its_theme_and_every_step_turns_round(form: int, made_before: Path) -> None:
    with Workspace.open(made_before) as workspace:
        states = [everything_said(workspace)]
        assert [(row["theme_id"] is None, row["priority_id"]) for row in states[0]["commitment"].values()] == [
            (False, None)
        ]
        assert [row.singular for row in spoken().headings] == ["priority", "theme"]
        while workspace.undo_label:
            workspace.undo()
            states.append(everything_said(workspace))
        assert [len(state["commitment"]) for state in states] == [1, *[2] * (len(states) - 1)]
        for state in states[-2::-1]:
            workspace.redo()
            assert everything_said(workspace) == state
    report = checking.check_file(made_before)
    assert report.ok, report.lines


@pytest.mark.parametrize("form", [7], indirect=True)
def test_a_plan_of_form_7_keeps_its_words_its_years_and_who_stands_where(form: int, made_before: Path) -> None:
    with Workspace.open(made_before) as workspace:
        assert [word.singular for word in spoken().all] == ["outcome", "objective", "promise"]
        assert periods.first_month() == periods.JANUARY
        first, second, _ = workspace.read(dump.content)["activities"]
        assert (first["theme"], first["commitment"]) == (None, "Visit every victim of burglary.")
        assert (first["reported"], first["budget"], second["theme"]) == ("monthly", 125000.0, "Burglary")
        bought, trained = first["milestones"]
        assert (bought["due"], bought["due_within"], bought["owner"]) == ("2008-09-30", "quarter", "ACC Operations")
        assert trained["done_on"] == "2008-06-25"
        content = workspace.read(dump.content)
        in_role = "Portfolio holder", "Member for performance"
        assert [(row["role"], row["post"]) for row in content["posts_in_roles"]] == [in_role] * 2
        assert [one["title"] for one in content["attachments"]] == ["What people asked for", "order of kits.pdf"]
        states = [everything_said(workspace)]
        while workspace.undo_label:
            workspace.undo()
            states.append(everything_said(workspace))
        for state in states[-2::-1]:
            workspace.redo()
            assert everything_said(workspace) == state
    report = checking.check_file(made_before)
    assert report.ok, report.lines


def test_every_step_that_form_2_recorded_is_undone_and_done_again(form_2: Path) -> None:
    with Workspace.open(form_2) as workspace:
        states = [everything_said(workspace)]
        while workspace.undo_label:
            workspace.undo()
            states.append(everything_said(workspace))
        assert len(states) == 7
        assert len(states[-1]["result"]) == 0
        for state in states[-2::-1]:
            workspace.redo()
            assert everything_said(workspace) == state
        workspace.redo()
        added = set(everything_said(workspace)["result"]) - set(states[0]["result"])
        assert [(r.value, r.period_from.month) for r in workspace.read(measured.results) if r.key in added] == [
            (101, 8)
        ]
        removal = step_called(workspace, "remove an indicator")
        with pytest.raises(UndoRefused):
            workspace.revert(removal.id)
    report = checking.check_file(form_2)
    assert report.ok, report.lines


def step_called(workspace: Workspace, label: str) -> history.Revision:
    return next(step for step in workspace.history() if (step.label, step.kind) == (label, "edit"))


def everything_said(workspace: Workspace) -> dict[str, dict[str, history.StoredRow]]:
    return history.tables_now(workspace._raw)


def test_rows_of_before_are_whole_ones(form_2: Path) -> None:
    with closing(sqlite3.connect(form_2)) as connection:
        held = {"result": 5, "indicator": 2, "target": 3}
        assert {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in held} == held
    with Workspace.open(form_2) as workspace:
        for step in workspace.history():
            for name, rows in (workspace.as_at(step.id) or {}).items():
                columns = {column.name for column in SQLModel.metadata.tables[name].columns}
                first = ADDED[3].get(name, {})
                for row in rows.values():
                    assert set(row) == columns
                    assert {column: row[column] for column in first} == first
        changed = past.since(workspace._raw, step_called(workspace, "remove an indicator").id) or {}
        tables = [
            SQLModel.metadata.tables[name]
            for name in ("indicator_group", "indicator", "target", "note_use", "link", "post_in_role")
        ]
        (left,) = past.read(workspace._raw, changed, tables, queries.indicators)
        changed = past.since(workspace._raw, step_called(workspace, "enter results").id) or {}
        then = past.read(workspace._raw, changed, tables, queries.indicators)
        assert (left.ref, [row.ref for row in then]) == ("R1", ["R1", "PI02"])
        assert {(row.measure, row.per, row.screened, row.rule_key) for row in then} == {("level", 1000, True, None)}
        assert [row.targets[2008].explanation for row in then] == ["", ""]


def test_a_return_of_form_2_is_held_against_the_plan(form_2: Path) -> None:
    wanted = [
        ("question", "R1", "reason", None, None, None),
        ("change", "R1", "unit", None, "recorded crimes", None),
        ("change", "R1", "local_priority", False, True, False),
        ("conflict", "R1", "target:2008", "4%", "5%", "6%"),
        ("question", "PI02", "reason", None, None, None),
        ("question", "PI02", "target:2008", "80%", "85%", "80%"),
    ]
    with Workspace.open(form_2) as workspace:
        (receipt,) = workspace.read_beside(receipts.every)
        reviews = [receiving.gone_on_with(workspace, receipt.id), receiving.review(workspace, FORM_2_RETURN)]
        for review in reviews:
            assert (review.notices, review.definition.id) == ((), "performance-plan")
            found = [(d.kind, d.ref, d.field, d.issued, d.returned, d.now) for d in review.differences]
            assert found == wanted
        reason, target = reviews[0].differences[-2:]
        with pytest.raises(RuleBroken, match="Say first why it changes"):
            deciding.decided(workspace, reviews[0], [target], "accept")
        review = deciding.decided(workspace, reviews[0], [reason], "accept", value="More answers are asked for")
        review = deciding.decided(workspace, review, [target], "accept")
        assert taking.apply(workspace, [review]).accepted == 4
        assert workspace.read(queries.indicators)[1].targets[2008].stated == "85%"
        (was,) = workspace.read(queries.earlier_targets)
        assert (was.target.stated, was.reason) == ("80%", "More answers are asked for")
    assert checking.check_file(form_2).ok


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


def test_killed_in_the_last_moment_of_an_upgrade(made_before: Path, form: int, tmp_path: Path) -> None:
    """The header says the new form already, and the journal that takes it back stands beside."""
    with Workspace.open(shutil.copy(made_before, tmp_path / "another.plan")) as workspace:
        brought_up = workspace.read(dump.content)
    with closing(database.connect(made_before, writing=True)) as connection:
        connection.execute("PRAGMA cache_size=1")  # so that pages are written before the end
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("BEGIN IMMEDIATE")
        for number in range(form, upgrades.VERSION):
            upgrades.STEPS[number](connection)
        connection.execute(f"PRAGMA user_version = {upgrades.VERSION}")
        journal = made_before.with_name(made_before.name + "-journal")
        left = {file: file.read_bytes() for file in (made_before, journal)}
        connection.execute("ROLLBACK")
    changed = bytearray(left[made_before])
    changed[60:64] = upgrades.VERSION.to_bytes(4)
    left[made_before] = bytes(changed)
    for file, content in left.items():
        file.write_bytes(content)
    assert database.check_header(made_before) == upgrades.VERSION
    report = checking.check_file(made_before)
    assert report.ok
    assert f"It is a plan of form {form}," in report.lines[1]
    with Workspace.open(made_before) as workspace:
        assert not workspace.read_only
        assert workspace.read(dump.content) == brought_up
    assert checking.check_file(made_before).ok


def test_killed_between_an_upgrade_and_what_it_brings_in(made_before: Path, form: int) -> None:
    with closing(database.connect(made_before, writing=True)) as connection:
        upgrades.upgrade(connection)
    with Workspace.open(made_before) as workspace:
        brought = [step for step in workspace.history() if step.kind == "brought in"]
        assert len(brought) == (1 if any(since > form for since in LISTS) else 0)
    with Workspace.open(made_before) as workspace:
        assert len([step for step in workspace.history() if step.kind == "brought in"]) == len(brought)


@pytest.mark.parametrize("form", [8], indirect=True)
def test_a_plan_of_form_8_keeps_its_submissions_and_what_was_accepted(form: int, made_before: Path) -> None:
    with Workspace.open(made_before) as workspace:
        content = workspace.read(dump.content)
        assert [(one["number"], one["period"], one["sent_by"]) for one in content["submissions"]] == [
            (None, "M05", ""),
            (1, "M04", "A. Planner"),
        ]
        assert [(one["title"], one["often"], one["indicators_asked_for"]) for one in content["declared_returns"]] == [
            ("Violence each month", "monthly", ["R1 Most serious violence"]),
            ("Risks each quarter", "quarterly", []),
        ]
        assert [(one["title"], one["form"]) for one in content["form_mappings"]] == [
            ("Annual return", "annual-return.xlsx")
        ]
        assert [(one["title"], one["answered"]) for one in content["frameworks"]] == [
            ("What a plan contains", True),
            ("Agreements", False),
        ]
        found = workspace.read(every.check)
        assert [one.accepted.reason for one in found if one.accepted] == ["It has been agreed with the authority"]
        states = [everything_said(workspace)]
        while workspace.undo_label:
            workspace.undo()
            states.append(everything_said(workspace))
        for state in states[-2::-1]:
            workspace.redo()
            assert everything_said(workspace) == state
    report = checking.check_file(made_before)
    assert report.ok, report.lines


@pytest.mark.parametrize("form", [8], indirect=True)
def test_the_marking_that_was_typed_into_a_plan_is_on_its_list(form: int, made_before: Path, harm: Harm) -> None:
    harm(made_before, "UPDATE plan SET marking='RESTRICTED - POLICY'")
    with Workspace.open(made_before) as workspace:
        assert [row.title for row in workspace.read(queries.register, Marking)][1:5] == [
            "PROTECT", "RESTRICTED", "RESTRICTED - POLICY", "CONFIDENTIAL",
        ]  # fmt: skip
        assert workspace.read(queries.plan).marking == "RESTRICTED - POLICY"
