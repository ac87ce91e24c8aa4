import pytest
from sqlmodel import Session

from spp_desktop.edits import rows
from spp_desktop.plan.delivery import Activity, Milestone
from spp_desktop.plan.links import RowLink
from spp_desktop.plan.posts import Post
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import queries
from spp_desktop.store.workspace import Workspace
from tests.store.conftest import sql


def test_what_is_still_needed_is_not_removed(workspace: Workspace) -> None:
    post = workspace.read(queries.register, Post)[0].id
    with pytest.raises(RuleBroken, match="“ACC Crime” is used by 2 activities, so it stays"):
        workspace.edit("remove", rows.remove, Post, post)
    with pytest.raises(RuleBroken, match="still belongs to this, so nothing was changed"):
        workspace.edit("remove", sql, f"DELETE FROM post WHERE id = '{post}'")
    assert len(workspace.read(queries.register, Post)) == 2


def test_a_row_without_its_ground_is_refused(workspace: Workspace) -> None:
    with pytest.raises(RuleBroken):
        workspace.edit("add", rows.add, Milestone, activity_id="no such activity", title="Nowhere")
    key = workspace.read(queries.activities)[0].key
    with pytest.raises(RuleBroken, match="would break a rule of the plan"):
        workspace.edit("link", rows.add, RowLink, kind="same as", from_id=key, to_id=key)


def test_changes_not_sent_yet_are_kept_when_many_rows_follow(workspace: Workspace) -> None:
    first, second, _ = (row.key for row in workspace.read(queries.activities))

    def both(session: Session) -> None:
        rows.get(session, Activity, first).text = "By itself"
        rows.change_all(session, Activity, {second: {"text": "Among many"}})

    workspace.edit("both", both)
    assert [row.text for row in workspace.read(queries.activities)][:2] == ["By itself", "Among many"]


def test_the_last_value_of_a_cell_stands() -> None:
    cells = [("a", "text", "1"), ("b", "text", "2"), ("a", "ref", "3"), ("a", "text", "4")]
    assert rows.by_row(cells) == {"a": {"text": "4", "ref": "3"}, "b": {"text": "2"}}
