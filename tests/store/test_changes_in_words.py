"""What a step changed, in words; how many changes it made, and which steps changed a row, with little read for it."""

from datetime import date
from pathlib import Path

from spp_desktop.edits import links, rows
from spp_desktop.plan.delivery import Activity, ActivityOwner, Milestone
from spp_desktop.plan.performance import Indicator
from spp_desktop.plan.posts import Post
from spp_desktop.plan.rows import kinds_of_row
from spp_desktop.store import changes_in_words, history, queries
from spp_desktop.store.changes_in_words import ChangeInWords
from spp_desktop.store.workspace import Workspace
from tests.store.conftest import sql


def told(workspace: Workspace, step: str = "") -> list[tuple[str, str, str, str]]:
    """The lines of a step, the newest if none is named."""
    named = workspace.read_beside(history.revision_named, step or workspace.revision())
    assert named is not None
    lines = workspace.read_beside(changes_in_words.of_step, named.n)
    return [(line.row, line.cell, line.before, line.after) for line in lines]


def test_cells_and_whole_rows(workspace: Workspace) -> None:
    activity = workspace.read(queries.activities)[0]
    workspace.edit("give it a day", rows.change, Activity, activity.key, due=date(2009, 3, 31), percent=40)
    assert told(workspace) == [
        ("activity 1.01", "% complete", "", "40%"),
        ("activity 1.01", "due", "", "31/03/2009"),
    ]
    key = workspace.edit("add", rows.add, Milestone, activity_id=activity.key, title="Review it")
    assert told(workspace) == [
        ("milestone “Review it” of 1.01", "activity", "", "1.01"),
        ("milestone “Review it” of 1.01", "milestone", "", "Review it"),
    ]
    workspace.edit("remove", rows.remove, Milestone, key)
    assert told(workspace) == [
        ("milestone “Review it” of 1.01", "activity", "1.01", ""),
        ("milestone “Review it” of 1.01", "milestone", "Review it", ""),
    ]


def test_links_and_places(workspace: Workspace) -> None:
    first, second = workspace.read(queries.activities)[:2]
    workspace.edit("link", links.join, "same as", first.key, second.key)
    assert ("link “same as” of 1.01", "to", "", "1.02") in told(workspace)
    owner = next(row for row in workspace.read(queries.register, ActivityOwner) if row.activity_id == first.key)
    security = next(row.id for row in workspace.read(queries.register, Post) if row.title == "ACC Security")
    workspace.edit("give", rows.change, ActivityOwner, owner.id, post_id=security)
    assert [line[2:] for line in told(workspace)] == [("ACC Crime", "ACC Security")]
    workspace.edit("move", rows.change, Activity, first.key, position=9.0)
    assert told(workspace) == [("activity 1.01", "place in its list", "", "moved")]
    workspace.edit("mark", rows.change, Indicator, workspace.read(queries.indicators)[0].key, local_priority=True)
    assert [line[2:] for line in told(workspace)] == [("No", "Yes")]


def test_what_is_gone_is_called_what_it_was_called_last(workspace: Workspace) -> None:
    post = workspace.edit("add", rows.add, Post, title="ACC Old")
    given = workspace.edit("give", rows.add, ActivityOwner, activity_id=_first(workspace), post_id=post)
    step = workspace.revision()
    workspace.edit("take", rows.remove, ActivityOwner, given)
    workspace.edit("rename", rows.change, Post, post, title="ACC Older")
    workspace.edit("drop", rows.remove, Post, post)
    assert [line[3] for line in told(workspace, step)] == ["1.01", "ACC Older", "lead"]


def test_what_the_history_never_knew(workspace: Workspace) -> None:
    """As in a plan of another version, or one that was tampered with: it is still told."""
    workspace.be_ready_to_write()
    workspace._raw.execute("DROP TRIGGER revision_is_never_removed")
    insert = (
        "INSERT INTO change (revision, action, row_table, row_id, cell, before, after) VALUES (99, ?, ?, 'k', ?, ?, ?)"
    )
    workspace._raw.execute(insert, ("set", "unheard_of", "some_cell", "a", "b"))
    workspace._raw.execute(insert, ("set", "activity", "status_id", "gone", None))
    workspace._raw.execute(insert, ("set", "result", "state", "a state of old", "final"))
    workspace._raw.execute(insert, ("add", "activity", "", None, '{"id": "k", "due": "no day"}'))
    lines = workspace.read_beside(changes_in_words.of_step, 99)
    assert lines[:3] == [
        ChangeInWords("unheard of", "some cell", "a", "b"),
        ChangeInWords("activity", "status", changes_in_words.GONE, ""),
        ChangeInWords("result", "state", "a state of old", "final"),
    ]
    assert ChangeInWords("activity", "due", "", "no day") in lines


def test_every_kind_of_row_is_told(worked: Path) -> None:
    """Whatever the worked sample holds, a step that built it is told without a key or a name of a table."""
    with Workspace.open(worked, read_only=True) as workspace:
        rows_told = [line[0] for step in workspace.history() for line in told(workspace, step.id)]
    words = {model.word.singular for model in kinds_of_row().values()}
    assert {row for row in rows_told if not any(row.startswith(word) for word in words)} == set()
    assert not [row for row in rows_told if row.count("-") >= 4]


def test_changes_are_counted_without_reading_them(worked: Path) -> None:
    with Workspace.open(worked) as workspace:
        workspace.edit("retitle", sql, "UPDATE activity SET text = text || '.'")
        workspace.undo()
        counted = {step.n: len(workspace.changes_of(step)) for step in workspace.history()}
        assert min(counted.values()) > 0
        statements: list[str] = []
        workspace._raw.set_trace_callback(statements.append)
        assert workspace.read_beside(history.numbers_of_changes) == counted
        workspace._raw.set_trace_callback(None)
        plan = workspace.read_beside(_plan_of, statements[0])
        assert plan.count("SEARCH change USING COVERING INDEX change_of_revision (revision=?)") == 2
        assert workspace.read_beside(history.numbers_of_changes, max(counted) - 1) == {
            max(counted): counted[max(counted)]
        }


def test_changes_in_pieces_are_all_the_changes(worked: Path) -> None:
    with Workspace.open(worked, read_only=True) as workspace:
        step = max(workspace.history(), key=lambda each: len(workspace.changes_of(each)))
        whole = workspace.changes_of(step)
        pieces = [
            change for skip in range(0, len(whole), 70) for change in history.changes(workspace._raw, step.n, skip, 70)
        ]
    assert pieces == whole


def test_the_history_of_a_row_is_found_by_its_key(worked: Path) -> None:
    """Not by going through the step that it was made in, which may have made a hundred thousand."""
    with Workspace.open(worked) as workspace:
        key = _first(workspace)
        workspace.edit("reword", rows.change, Activity, key, text="Do it")
        steps = workspace.read_beside(history.steps_of_rows, [key])
        assert steps[0].label == "reword"
        by_row = workspace.read_beside(history.row_history, [key])
        assert list(dict.fromkeys(step for step, _ in by_row)) == steps
        every = [(step, change) for step in workspace.history() for change in workspace.changes_of(step)]
        assert by_row == [(step, change) for step, change in every if change.row == key]
        statements: list[str] = []
        workspace._raw.set_trace_callback(statements.append)
        workspace.read_beside(history.row_history, [key])
        workspace._raw.set_trace_callback(None)
        for statement in statements:
            plan = workspace.read_beside(_plan_of, statement)
            assert "change_of_row" in plan
            assert "SCAN change" not in plan
        assert workspace.read_beside(history.steps_of_rows, []) == []


def _plan_of(raw: object, statement: str) -> str:
    """How SQLite goes about a statement."""
    return "\n".join(str(row) for row in raw.execute(f"EXPLAIN QUERY PLAN {statement}"))  # type: ignore[attr-defined]  # a connection


def _first(workspace: Workspace) -> str:
    return workspace.read(queries.activities)[0].key
