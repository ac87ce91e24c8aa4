"""States of a plan by their names, what becomes of them once a word is removed, and the life of a row."""

from pathlib import Path

import pytest

from spp_desktop.edits import delivery, links, registers
from spp_desktop.plan.delivery import Milestone
from spp_desktop.returns.chain_head import PROPERTY
from spp_desktop.store import expunging, history, lives, queries, states
from spp_desktop.store.problems import NoSuchMoment
from spp_desktop.store.state_differences import compare
from spp_desktop.store.struck import StruckWord
from spp_desktop.store.workspace import Workspace


def title_of(state: states.PlanState) -> str:
    return str(state.connection.execute("SELECT title FROM plan").fetchone()[0])


def test_a_state_is_a_moment_a_copy_or_a_file_that_left(workspace: Workspace, tmp_path: Path) -> None:
    first = workspace.read(queries.plan).title
    file = tmp_path / "left.txt"
    file.write_text(f"{PROPERTY}: {workspace.head()}", encoding="utf-8")
    at = workspace.revision()
    workspace.save_copy(tmp_path / "copy.plan")
    workspace.edit("retitle", registers.set_plan, title="Other")
    for name, words in ((at, ", step "), (str(file), ", step "), (str(tmp_path / "copy.plan"), "copy.plan")):
        with states.state(workspace, name) as state:
            assert words in state.words
            assert (title_of(state), state.moment is None) == (first, name.endswith("copy.plan"))
    with states.state(workspace, "now") as state:
        assert (title_of(state), state.words) == ("Other", "now")
    (tmp_path / "nothing.txt").write_text("nothing", encoding="utf-8")
    with pytest.raises(NoSuchMoment, match="does not say at which step"):
        states.moment_of(workspace, str(tmp_path / "nothing.txt"))
    (tmp_path / "text.plan").write_text("nothing", encoding="utf-8")
    with pytest.raises(NoSuchMoment, match=r"text\.plan is no plan, although it is called so"):
        states.moment_of(workspace, str(tmp_path / "text.plan"))
    for name, says in (("gone.plan", "There is no file gone.plan in "), ("gone", "is not a date")):
        with pytest.raises(NoSuchMoment, match=says):
            states.moment_of(workspace, name)
    with Workspace.create(tmp_path / "another.plan", "Another", 2026) as another:
        left = tmp_path / "another.txt"
        left.write_text(another.head(), encoding="utf-8")
        with pytest.raises(NoSuchMoment, match="two different plans"):
            workspace.read_beside(lambda here: another.read_beside(compare, here))
    with pytest.raises(NoSuchMoment, match="is of another plan"):
        states.moment_of(workspace, str(left))


def test_a_file_under_a_password_names_no_moment(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "locked.xlsx").write_bytes(bytes.fromhex("D0CF11E0A1B11AE1"))
    with pytest.raises(NoSuchMoment, match="under a password"):
        states.moment_of(workspace, str(tmp_path / "locked.xlsx"))


def test_moments_stand_when_a_word_was_removed_for_good(workspace: Workspace, tmp_path: Path) -> None:
    workspace.edit("name", registers.set_plan, force="Misstyped")
    file = tmp_path / "left.txt"
    file.write_text(workspace.head(), encoding="utf-8")
    at = workspace.revision()
    workspace.edit("retitle", registers.set_plan, title="Other")
    expunging.expunge(workspace, StruckWord("Misstyped"), "a slip")
    for name in (at, str(file)):
        with states.state(workspace, name) as state:
            assert title_of(state) != "Other"
            assert "Misstyped" not in str(state.connection.execute("SELECT * FROM plan").fetchall())


def test_the_life_of_a_row_is_that_of_all_that_hung_on_it(workspace: Workspace) -> None:
    (one, two, *_) = [row.key for row in workspace.read(queries.activities)]
    gone = workspace.edit("add", delivery.add_milestone, one, "Gone")
    link = workspace.edit("link", links.join, "depends on", one, two)
    moved = workspace.edit("add", delivery.add_milestone, one, "Moved")
    workspace.edit("remove", delivery.remove_milestones, [gone])
    workspace.edit("part", links.part, link)
    workspace.edit("move", delivery.set_milestone, moved, activity_id=two)
    life = workspace.read_beside(lives.hanging_ever, one)
    assert life[0] == one
    assert {gone, link, moved} <= set(life)
    assert two not in life
    workspace.edit("remove", delivery.remove_activities, [one])
    assert workspace.read_beside(lives.hanging_ever, one) == life
    assert [workspace.read_beside(lives.key_of, name) for name in (one, "1.01", "9.99")] == [one, one, ""]
    assert workspace.read_beside(history.table_of, gone) == Milestone.__tablename__
