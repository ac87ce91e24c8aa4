"""The one writer: steps and their record, listeners, undo across sittings, and what is refused."""

import math
import sqlite3
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from spp_desktop.edits import rows
from spp_desktop.plan.delivery import Activity, ActivityOwner, Status
from spp_desktop.plan.posts import Post
from spp_desktop.plan.priorities import Commitment, Priority, Theme
from spp_desktop.plan.results import Result
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import checking, exports, history, measured, queries
from spp_desktop.store.appended import MadeElsewhere
from spp_desktop.store.changed import Changed
from spp_desktop.store.problems import NotKept, PlanRefused, UndoRefused
from spp_desktop.store.workspace import Workspace
from tests.store.conftest import sql


def activity(workspace: Workspace, ref: str = "1.01") -> str:
    return next(row.key for row in workspace.read(queries.activities) if row.ref == ref)


def text_of(workspace: Workspace, ref: str = "1.01") -> str:
    return next(row.text for row in workspace.read(queries.activities) if row.ref == ref)


def test_a_new_plan(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "new.plan", "New", 2026, force="A force", years=5) as workspace:
        plan = workspace.read(queries.plan)
        assert (plan.title, plan.first_year, plan.force, plan.years) == ("New", 2026, "A force", 5)
        assert [status.title for status in workspace.read(queries.statuses)][:2] == ["Not started", "On track"]
        assert (workspace.undo_label, workspace.redo_label, workspace.undo()) == (None, None, None)
        assert not list(tmp_path.glob("new - earlier versions/*"))
    assert [file.name for file in tmp_path.iterdir()] == ["new.plan"]


@pytest.mark.parametrize(("columns", "field"), [({"years": 0}, "years"), ({"colour": "red"}, "colour")])
def test_a_new_plan_that_breaks_a_rule(tmp_path: Path, columns: dict[str, object], field: str) -> None:
    with pytest.raises(RuleBroken) as caught:
        Workspace.create(tmp_path / "new.plan", "New", 2026, **columns)
    assert caught.value.field == field
    assert not list(tmp_path.iterdir())


def test_a_new_plan_whose_first_step_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from spp_desktop.store import shipped

    def fail(*_: object) -> None:
        raise RuleBroken("title", "No.")

    monkeypatch.setattr(shipped, "begin", fail)
    with pytest.raises(RuleBroken):
        Workspace.create(tmp_path / "new.plan", "New", 2026)
    assert not list(tmp_path.iterdir())


def test_a_new_plan_where_one_stands(workspace: Workspace) -> None:
    with pytest.raises(PlanRefused) as caught:
        Workspace.create(workspace.path, "New", 2026)
    assert caught.value.kind == "exists"


def test_a_new_plan_where_nothing_can_be_made(tmp_path: Path) -> None:
    with pytest.raises(PlanRefused) as caught:
        Workspace.create(tmp_path / "no folder" / "new.plan", "New", 2026)
    assert caught.value.kind == "elsewhere"


def test_an_edit_is_one_signed_step(workspace: Workspace) -> None:
    heard: list[Changed] = []
    workspace.listen(heard.append)
    before = workspace.revision()
    key = activity(workspace)
    workspace.edit("reword 1.01", rows.change, Activity, key, text="Do it", percent=40)
    step = workspace.history()[0]
    assert (step.label, step.kind, step.parent, step.id) == ("reword 1.01", "edit", before, workspace.revision())
    assert step.author
    assert {(c.cell, c.before, c.after) for c in workspace.changes_of(step)} == {
        ("text", "Do what 1.01 says", "Do it"),
        ("percent", None, 40),
    }
    assert heard == [Changed("reword 1.01", "edit", {"activity": frozenset({key})})]
    assert [(r.label, c.cell) for r, c in workspace.read_beside(history.row_history, [key])][:2] == [
        ("reword 1.01", "text"),
        ("reword 1.01", "percent"),
    ]
    assert workspace.undo_label == "reword 1.01"


def test_a_listener_can_stop(workspace: Workspace) -> None:
    heard: list[Changed] = []
    stop = workspace.listen(heard.append)
    stop()
    stop()
    workspace.edit("reword", rows.change, Activity, activity(workspace), text="Do it")
    assert not heard


def test_a_verb_that_changes_nothing_leaves_nothing(workspace: Workspace) -> None:
    heard: list[Changed] = []
    workspace.listen(heard.append)
    before = workspace.revision()

    def look(_: Session, n: int) -> int:
        return n + 1

    assert workspace.edit("look", look, 1) == 2
    workspace.edit("same again", rows.change, Activity, activity(workspace), text="Do what 1.01 says")
    assert (workspace.revision(), heard, workspace.undo_label) == (before, [], None)


def test_a_verb_that_fails_leaves_nothing(workspace: Workspace) -> None:
    before = workspace.read_beside(history.tables_now)

    def half(session: Session) -> None:
        rows.add(session, Priority, title="Half")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        workspace.edit("fail", half)
    assert workspace.read_beside(history.tables_now) == before
    assert workspace.undo_label is None
    workspace.edit("go on", rows.add, Priority, title="Whole")


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE activity SET ref='1.01', year=2008", "already has this"),
        ("UPDATE activity SET priority_id='gone' WHERE ref='1.01'", "still belongs"),
        ("UPDATE activity SET percent=101", "would break a rule"),
        ("DELETE FROM change", "history is only ever added to"),
        ("UPDATE revision SET author='me'", "history is only ever added to"),
    ],
)
def test_what_the_database_refuses_is_a_sentence(workspace: Workspace, statement: str, said: str) -> None:
    before = workspace.read_beside(history.tables_now)
    with pytest.raises(RuleBroken, match=said):
        workspace.edit("break", sql, statement)
    assert workspace.read_beside(history.tables_now) == before


def test_half_a_character_is_refused(workspace: Workspace) -> None:
    with pytest.raises(RuleBroken):
        workspace.edit("type", rows.add, Priority, title="half \ud83d")

    def in_bulk(session: Session) -> None:
        session.connection().exec_driver_sql("UPDATE priority SET title=?", ("half \ud83d",))

    with pytest.raises(RuleBroken, match="half a character"):
        workspace.edit("type", in_bulk)
    with pytest.raises(RuleBroken, match="half a character"):
        workspace.edit("type \ud83d", rows.add, Priority, title="whole")
    assert workspace.undo_label is None


@pytest.mark.parametrize(
    "text",
    ["a\x00b", "\U0001d11e \u00e9 \ufdfd \u202e \u200b", "'; DROP TABLE plan; --", '"quoted" \\ {"a": 1}', "\x7f\x01"],
)
def test_any_other_text_is_kept_exactly(workspace: Workspace, text: str) -> None:
    key = workspace.edit("add", rows.add, Priority, title=text)
    workspace.edit("remove", rows.remove, Priority, key)
    workspace.undo()
    assert workspace.read(queries.priority_tree)[-1].text == text or text in {
        node.text for node in workspace.read(queries.priority_tree)
    }
    workspace.close()
    assert checking.check_file(workspace.path).ok


@pytest.mark.parametrize("value", [0.1 + 0.2, 1e-300, 5e-324, -1.7976931348623157e308, 1 / 3, 2.0**53 + 2, 100.0])
def test_numbers_are_kept_to_the_last_digit(workspace: Workspace, value: float) -> None:
    indicator = workspace.read(queries.indicators)[0].key
    cells: dict[str, Any] = {
        "indicator_id": indicator,
        "period_from": "2008-04-01",
        "period_to": "2008-04-30",
        "value": value,
    }
    key = workspace.edit("add a result", rows.add, Result, **cells)
    at = workspace.revision()
    workspace.edit("change it", rows.change, Result, key, value=-value)
    workspace.edit("remove it", rows.remove, Result, key)
    for _ in range(2):
        workspace.undo()
    assert [row.value for row in workspace.read(measured.results)] == [value]
    for _ in range(2):
        workspace.redo()
    tables = workspace.as_at(at)
    assert tables is not None
    assert tables["result"][key]["value"] == value
    workspace.close()
    assert checking.check_file(workspace.path).ok


@pytest.mark.parametrize("value", [math.inf, -math.inf])
def test_a_number_without_end_is_not_kept(workspace: Workspace, value: float) -> None:
    def in_bulk(session: Session) -> None:
        sql(session, f"INSERT INTO body (id, position, title, kind) VALUES ('b', {'-' * (value < 0)}9e999, 'B', '')")

    with pytest.raises(NotKept):
        workspace.edit("add", in_bulk)
    assert not workspace.read_beside(history.tables_now)["body"]


def test_nothing_is_written_outside_a_step(workspace: Workspace) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        workspace._raw.execute("UPDATE activity SET text='before anything is recorded'")
    workspace.be_ready_to_write()
    with pytest.raises(sqlite3.IntegrityError):
        workspace._raw.execute("UPDATE activity SET text='unrecorded'")
    assert text_of(workspace) == "Do what 1.01 says"


def test_an_edit_within_an_edit_is_refused(workspace: Workspace) -> None:
    def nested(session: Session) -> None:
        rows.add(session, Priority, title="Outer")
        workspace.edit("inner", rows.add, Priority, title="Inner")

    with pytest.raises(NotKept, match="Another change is still being made"):
        workspace.edit("outer", nested)
    assert len(workspace.read(queries.priority_tree)) == 2


def test_nothing_else_is_written_while_a_step_is_made(workspace: Workspace) -> None:
    """A window lives on while a large step is made: whatever is asked of it then waits for its end."""
    workspace.edit("one to undo", rows.add, Priority, title="First")
    before = workspace.read_beside(history.tables_now)

    def in_the_middle(session: Session) -> None:
        rows.add(session, Priority, title="Outer")
        for deed in (
            workspace.undo,
            partial(workspace.revert, workspace.revision()),
            partial(workspace.exchange, lambda plan, _: nullcontext((plan, None)), "nothing is taken in"),
            partial(workspace.append, MadeElsewhere(None), "before taking in"),
            lambda: workspace.write_beside(lambda raw: raw.execute("DELETE FROM export")),
        ):
            with pytest.raises(NotKept, match="Another change is still being made"):
                deed()
        raise RuleBroken("", "enough")

    with pytest.raises(RuleBroken):
        workspace.edit("outer", in_the_middle)
    assert workspace.read_beside(history.tables_now) == before


def test_a_row_that_another_replaces_is_recorded(workspace: Workspace) -> None:
    before = workspace.read_beside(history.tables_now)
    post = next(iter(before["post"].values()))
    columns = ", ".join(f"'{value}'" if value is not None else "NULL" for value in post.values()).replace("ACC", "DCC")
    names = ", ".join(post)
    workspace.edit("replace", sql, f"INSERT OR REPLACE INTO post ({names}) VALUES ({columns})")
    workspace.undo()
    assert workspace.read_beside(history.tables_now) == before


def test_cascades_are_told_and_undone(workspace: Workspace) -> None:
    before = workspace.read_beside(history.tables_now)
    heard: list[Changed] = []
    workspace.listen(heard.append)
    priority = workspace.read(queries.priority_tree)[0].key
    workspace.edit("remove a priority", rows.remove, Priority, priority)
    assert set(heard[0].rows) == {"priority", "theme", "commitment", "activity", "activity_owner", "milestone"}
    gone = workspace.read_beside(history.tables_now)
    workspace.undo()
    assert workspace.read_beside(history.tables_now) == before
    workspace.redo()
    assert workspace.read_beside(history.tables_now) == gone
    assert [changed.kind for changed in heard] == ["edit", "undo", "redo"]


def test_undo_across_sittings(workspace: Workspace) -> None:
    workspace.edit("reword 1.01", rows.change, Activity, activity(workspace), text="Do it")
    workspace.edit("reword 1.02", rows.change, Activity, activity(workspace, "1.02"), text="Do it")
    workspace.undo()
    workspace.close()
    with Workspace.open(workspace.path) as again:
        assert (again.undo_label, again.redo_label) == ("reword 1.01", "reword 1.02")
        undone = again.undo()
        assert undone is not None
        assert undone.label == "reword 1.01"
        again.redo()
        again.redo()
        assert again.redo() is None
        assert text_of(again, "1.02") == "Do it"
        assert [step.kind for step in again.history()][:4] == ["redo", "redo", "undo", "undo"]
        again.undo()
        again.edit("another way", rows.change, Activity, activity(again), text="Do that")
        assert again.redo_label is None


def test_what_is_built_is_not_undone(workspace: Workspace) -> None:
    workspace.edit("reword", rows.change, Activity, activity(workspace), text="Do it")
    workspace.edit("build more", rows.add, Priority, title="Built", as_kind="built")
    assert workspace.undo() is None
    workspace.close()
    with Workspace.open(workspace.path) as again:
        assert again.undo() is None


def test_one_step_is_put_back_by_itself(workspace: Workspace) -> None:
    workspace.edit("reword 1.01", rows.change, Activity, activity(workspace), text="Do it")
    step = workspace.revision()
    workspace.edit("reword 1.02", rows.change, Activity, activity(workspace, "1.02"), text="Do that")
    workspace.revert(step)
    assert (text_of(workspace), text_of(workspace, "1.02")) == ("Do what 1.01 says", "Do that")
    assert workspace.undo_label == "put back: reword 1.01"
    assert workspace.history()[0].reverses == step
    with pytest.raises(UndoRefused, match=r"reword 1\.01.*text has changed since"):
        workspace.revert(step)
    with pytest.raises(UndoRefused, match="not in this plan's history"):
        workspace.revert("no such step")
    workspace.undo()
    assert text_of(workspace) == "Do it"


def test_an_addition_that_others_stand_on_is_not_put_back(workspace: Workspace) -> None:
    priority = workspace.edit("add a priority", rows.add, Priority, title="P")
    step = workspace.revision()
    workspace.edit("add a theme", rows.add, Theme, priority_id=priority, title="T")
    before = workspace.read_beside(history.tables_now)
    with pytest.raises(UndoRefused):
        workspace.revert(step)
    assert workspace.read_beside(history.tables_now) == before
    workspace.edit("reword", rows.change, Priority, priority, title="Q")
    with pytest.raises(UndoRefused):
        workspace.revert(step)


def test_an_addition_that_others_need_is_not_put_back(workspace: Workspace) -> None:
    post = workspace.edit("add a post", rows.add, Post, title="DCC")
    step = workspace.revision()
    workspace.edit("give it work", rows.add, ActivityOwner, activity_id=activity(workspace), post_id=post)
    with pytest.raises((UndoRefused, RuleBroken)):
        workspace.revert(step)
    assert "DCC" in {owner for row in workspace.read(queries.activities) for owner in row.owners}


def test_a_removal_is_not_put_back_onto_its_like(workspace: Workspace) -> None:
    key = workspace.edit("add a post", rows.add, Post, title="DCC")
    workspace.edit("remove it", rows.remove, Post, key)
    step = workspace.revision()
    workspace.edit("add another", rows.add, Post, title="DCC")
    with pytest.raises(UndoRefused):
        workspace.revert(step)


def test_a_row_that_is_gone_is_not_put_back(workspace: Workspace) -> None:
    key = activity(workspace)
    workspace.edit("reword", rows.change, Activity, key, text="Do it")
    step = workspace.revision()
    workspace.edit("remove", rows.remove, Activity, key)
    with pytest.raises(UndoRefused):
        workspace.revert(step)


def test_a_table_that_is_not_ours_is_never_named(workspace: Workspace) -> None:
    with pytest.raises(UndoRefused, match="“sqlite_schema”"):
        workspace.read_beside(history.current_row, "sqlite_schema", "x")


def test_as_at(workspace: Workspace) -> None:
    start = workspace.revision()
    before = workspace.read_beside(history.tables_now)
    workspace.edit("reword", rows.change, Activity, activity(workspace), text="Do it")
    workspace.edit("remove", rows.remove, Activity, activity(workspace))
    workspace.edit("add", rows.add, Priority, title="P")
    workspace.edit("in bulk", sql, "UPDATE commitment SET text='We will'")
    assert workspace.as_at(start) == before
    assert workspace.as_at(workspace.revision()) == workspace.read_beside(history.tables_now)
    assert workspace.as_at("no such step") is None
    assert (
        workspace.read_beside(history.replay)["commitment"] == workspace.read_beside(history.tables_now)["commitment"]
    )
    assert workspace.read_beside(history.row_history, []) == []
    assert len(workspace.history()) == len(workspace.read_beside(history.revisions, after=0))


def test_the_record_of_exports(workspace: Workspace) -> None:
    issued = exports.Export(
        "x1", workspace.revision(), "delivery", "ACC Crime", 2008, 2, "a.xlsx", "h", "2008-10-01", "me"
    )
    workspace.write_beside(exports.record, issued)
    later = exports.Export("x2", workspace.revision(), "delivery", "", None, 3, "b.xlsx", "h", "2008-10-02", "me")
    workspace.write_beside(exports.record, later)
    assert workspace.read_beside(exports.find, "x1") == issued
    assert workspace.read_beside(exports.find, "x3") is None
    assert workspace.read_beside(exports.every) == [later, issued]
    assert workspace.undo_label is None
    with (
        Workspace.open(workspace.path, read_only=True) as reader,
        pytest.raises(NotKept, match="open for reading only"),
    ):
        reader.write_beside(exports.record, issued)


def test_a_plan_opened_for_reading(closed: Path) -> None:
    before = closed.read_bytes()
    with Workspace.open(str(closed), read_only=True) as workspace:
        assert workspace.read_only
        assert (workspace.notices, workspace.undo_label, workspace.redo_label) == ([], None, None)
        for change in (workspace.undo, workspace.redo):
            with pytest.raises(NotKept) as caught:
                change()
            assert caught.value.kind == "read-only"
        with pytest.raises(NotKept):
            workspace.revert(workspace.revision())
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            workspace._raw.execute("UPDATE plan SET title='x'")
    assert closed.read_bytes() == before


def test_nothing_of_another_file_is_reached(workspace: Workspace) -> None:
    for statement in ("ATTACH ':memory:' AS other", "PRAGMA writable_schema=ON"):
        with pytest.raises(sqlite3.DatabaseError, match="not authorized"):
            workspace._raw.execute(statement)


def test_what_another_program_changed_is_seen(workspace: Workspace) -> None:
    heard: list[Changed] = []
    workspace.edit("reword", rows.change, Activity, activity(workspace), text="Do it")
    workspace.listen(heard.append)
    assert not workspace.look()
    workspace.path.with_name("plan.plan.lock").rename(workspace.path.with_name("kept"))
    with Workspace.open(workspace.path) as other:
        other.undo()
    workspace.path.with_name("kept").rename(workspace.path.with_name("plan.plan.lock"))
    assert workspace.undo() is None
    assert heard == [Changed("", "edit", {})]
    assert workspace.redo_label == "reword"
    workspace.redo()
    assert text_of(workspace) == "Do it"


def test_what_another_program_changed_is_told_with_the_next_edit(workspace: Workspace) -> None:
    heard: list[Changed] = []
    workspace.listen(heard.append)
    workspace.path.with_name("plan.plan.lock").rename(workspace.path.with_name("kept"))
    with Workspace.open(workspace.path) as other:
        other.edit("reword", rows.change, Activity, activity(other), text="Do it")
    workspace.path.with_name("kept").rename(workspace.path.with_name("plan.plan.lock"))
    workspace.edit("add", rows.add, Status, title="Under way")
    assert [changed.label for changed in heard] == ["", "add"]
    assert [step.label for step in workspace.history()][:2] == ["add", "reword"]
    workspace.close()
    assert checking.check_file(workspace.path).ok


@pytest.mark.parametrize(
    ("issued", "returned", "now", "outcome"),
    [
        ("a", "a", "b", "same"),
        ("a", "b", "b", "agreed"),
        ("a", "b", "a", "clean"),
        ("a", "b", "c", "conflict"),
        (None, "b", None, "clean"),
        ("a", None, "c", "conflict"),
    ],
)
def test_three_states_of_a_cell(issued: object, returned: object, now: object, outcome: str) -> None:
    assert history.compare(issued, returned, now) == outcome


def test_an_added_commitment_comes_back_under_its_own_key(workspace: Workspace) -> None:
    theme = workspace.read(queries.priority_tree)[0].children[0].key
    key = workspace.edit("add", rows.add, Commitment, theme_id=theme, text="We will")
    workspace.undo()
    workspace.redo()
    assert key in {node.key for node in workspace.read(queries.priority_tree)[0].children[0].children}
