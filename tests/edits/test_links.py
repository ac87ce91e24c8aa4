"""The golden thread: rows joined and parted, refused where it makes no sense, gone and back with their rows."""

import sqlite3
from contextlib import closing
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from spp_desktop.edits import delivery, links, rows
from spp_desktop.plan.delivery import Activity, Milestone
from spp_desktop.plan.links import LINK_KINDS, RowLink, joins
from spp_desktop.plan.performance import Indicator
from spp_desktop.plan.priorities import Commitment, Priority, Theme
from spp_desktop.plan.rows import kinds_of_row
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import checking, dependents, dump, history, queries, threads
from spp_desktop.store.problems import UndoRefused
from spp_desktop.store.workspace import Workspace
from tests.depth import depth

Keys = dict[str, str]


@pytest.fixture
def keys(workspace: Workspace) -> Keys:
    """The keys of the rows of the small plan by their references, with a risk R9."""
    workspace.edit("add a risk", rows.add, kinds_of_row()["risk"], ref="R9", text="Somebody leaves")
    return keys_of(workspace)


def keys_of(workspace: Workspace) -> Keys:
    return {row.ref: row.key for row in workspace.read(threads.rows).values()}


def linked(workspace: Workspace, key: str) -> list[tuple[str, str]]:
    return [(link.words, link.row.ref) for link in workspace.read(threads.links_of, key)]


def test_everything_that_can_be_linked_has_a_reference(keys: Keys) -> None:
    assert list(keys) == [
        *("P1", "P1.1", "P1.1.1", "P2", "P2.1", "P2.1.1"),
        *("1.01", "1.02", "2.01", "1.01/1", "1.02/1", "2.01/1", "R1", "R9"),
    ]


def test_a_link_is_read_both_ways(workspace: Workspace, keys: Keys) -> None:
    workspace.edit("link", links.join, "serves", keys["1.01"], keys["P2.1.1"])
    workspace.edit("link", links.join, "measures", keys["R1"], keys["P2"], "by survey")
    workspace.edit("link", links.join, "threatens", keys["R9"], keys["1.01"])
    workspace.edit("link", links.join, "depends on", keys["1.02"], keys["1.01/1"])
    assert linked(workspace, keys["1.01"]) == [("serves", "P1"), ("serves", "P2.1.1"), ("is threatened by", "R9")]
    assert linked(workspace, keys["P2.1.1"]) == [("is served by", "1.01")]
    assert linked(workspace, keys["P2"]) == [("is measured by", "R1")]
    assert linked(workspace, keys["1.01/1"]) == [("is needed for", "1.02")]
    assert workspace.read(threads.at_home, keys["P1"]) == 2
    assert workspace.read(queries.served, "activity") == {keys["1.01"]: (keys["P2.1.1"],)}


@pytest.mark.parametrize(
    ("kind", "ends", "refused"),
    [
        (
            "serves",
            ("1.01", "P1"),
            "and the priority “Serious harm” are linked as “serves” already",
        ),
        ("serves", ("P1", "1.01"), "The priority “Serious harm” cannot be linked to the activity “1.01” as “serves”"),
        ("depends on", ("R1", "1.01"), "It can only be: “measures”"),
        ("measures", ("R9", "P1"), "cannot be linked"),
        ("same as", ("1.01", "1.01"), "The activity “1.01” cannot be linked to itself"),
        ("follows", ("1.01", "1.02"), "“follows” is no kind of link"),
        ("serves", ("1.01", "nowhere"), "is no longer in the plan"),
    ],
)
def test_what_makes_no_sense_is_refused(
    workspace: Workspace, keys: Keys, kind: str, ends: tuple[str, str], refused: str
) -> None:
    before = workspace.read(dump.content)
    with pytest.raises(RuleBroken, match=refused):
        workspace.edit("link", links.join, kind, *(keys.get(ref, ref) for ref in ends))
    assert workspace.read(dump.content) == before


def test_two_rows_are_linked_so_once_whichever_way(workspace: Workspace, keys: Keys) -> None:
    workspace.edit("link", links.join, "same as", keys["1.01"], keys["2.01"])
    with pytest.raises(RuleBroken, match="are linked as “same as” already"):
        workspace.edit("link", links.join, "same as", keys["2.01"], keys["1.01"])
    again = [("same as", keys["1.01"], keys["2.01"]), ("same as", keys["1.01"], keys["1.02"])]
    assert len(workspace.edit("link", links.join_all, again)) == 1


def test_nothing_depends_on_itself_by_any_way(workspace: Workspace, keys: Keys) -> None:
    for kind in ("depends on", "carried from"):
        workspace.edit("link", links.join, kind, keys["1.01"], keys["1.02"])
        last = workspace.edit("link", links.join, kind, keys["1.02"], keys["2.01"])
        ring = (
            f"go round in a ring: the activity “2.01” {kind} the activity “1.01” {kind} the activity “1.02” {kind} the "
            "activity “2.01”"
        )
        with pytest.raises(RuleBroken, match=ring):
            workspace.edit("link", links.join, kind, keys["2.01"], keys["1.01"])
        workspace.edit("unlink", links.part, last)
        unlinked = workspace.history()[0]
        workspace.edit("link", links.join, kind, keys["2.01"], keys["1.01"])
        with pytest.raises(UndoRefused, match="go round in a ring"):
            workspace.revert(unlinked.id)


def test_what_goes_takes_its_links_along_and_brings_them_back(workspace: Workspace, keys: Keys) -> None:
    workspace.edit("link", links.join, "serves", keys["1.01"], keys["P2.1.1"])
    workspace.edit("link", links.join, "measures", keys["R1"], keys["1.01"])
    workspace.edit("link", links.join, "depends on", keys["2.01"], keys["1.01/1"])
    workspace.edit("link", links.join, "same as", keys["1.01"], keys["2.01"])
    before = workspace.read(dump.content)
    assert workspace.read(dependents.lost_with, Activity, keys["1.01"]) == "1 milestone and 4 links"
    left = workspace.read(dependents.left_without, Activity, keys["1.01"])
    assert left == "1 activity and 1 indicator refer to it and stay without it."
    for model, ref, count in (
        (Activity, "1.01", 0),
        (Milestone, "1.01/1", 3),
        (Priority, "P1", 0),
        (Indicator, "R1", 3),
    ):
        workspace.edit("delete", rows.remove, model, keys[ref])
        assert len(workspace.read(dump.content)["links"]) == count
        workspace.undo()
        assert workspace.read(dump.content) == before
        workspace.redo()
        workspace.undo()
        assert workspace.read(dump.content) == before
    workspace.close()
    report = checking.check_file(workspace.path)
    assert report.ok, report.lines


def test_what_is_served_is_set_like_a_cell(workspace: Workspace, keys: Keys) -> None:
    first = keys["1.01"]
    workspace.edit("set", links.set_served, "activity", {first: [keys["P2"], keys["P1"], keys["P2.1.1"]]})
    assert linked(workspace, first) == [("serves", "P1"), ("serves", "P2"), ("serves", "P2.1.1")]
    workspace.edit("set", links.set_served, "activity", {first: [keys["P1.1"]], keys["2.01"]: [keys["P1"]]})
    assert linked(workspace, first) == [("serves", "P1"), ("serves", "P1.1")]
    workspace.edit("set", links.set_served, "indicator", {keys["R1"]: [keys["P1"], first]})
    assert linked(workspace, keys["R1"]) == [("measures", "P1"), ("measures", "1.01")]
    with pytest.raises(RuleBroken, match="cannot serve the indicator"):
        workspace.edit("set", links.set_served, "activity", {first: [keys["R1"]]})


def test_a_copy_serves_what_the_first_one_serves_and_needs_nothing(workspace: Workspace, keys: Keys) -> None:
    workspace.edit("link", links.join, "serves", keys["1.01"], keys["P2.1.1"])
    workspace.edit("link", links.join, "depends on", keys["1.01"], keys["2.01"])
    copy = workspace.edit("copy", delivery.duplicate_activity, keys["1.01"])
    assert linked(workspace, copy) == [("serves", "P1"), ("serves", "P2.1.1")]


def test_what_another_program_does_to_links_is_named_by_the_check(workspace: Workspace, keys: Keys) -> None:
    workspace.edit("link", links.join, "serves", keys["1.02"], keys["P2.1.1"])
    workspace.edit("link", links.join, "depends on", keys["1.01"], keys["2.01"])
    workspace.close()
    with closing(sqlite3.connect(workspace.path, isolation_level=None)) as other:
        other.execute("DELETE FROM commitment WHERE id = ?", (keys["P2.1.1"],))
        add = "INSERT INTO link VALUES (?, ?, ?, ?, '')"
        other.execute(add, ("a" * 36, "depends on", keys["2.01"], keys["1.02"]))
        other.execute(add, ("b" * 36, "depends on", keys["1.02"], keys["1.01"]))
        other.execute(add, ("c" * 36, "serves", keys["P1"], keys["1.01"]))
        other.execute(add, ("d" * 36, "likes", keys["P1"], keys["1.01"]))
    said = "\n".join(checking.check_file(workspace.path).lines)
    gone = (
        f"A link “serves” of the activity “1.02” leads to a row that is not in the plan (it holds “{keys['P2.1.1']}”)."
    )
    assert gone in said
    assert "Links “depends on” go round in a ring: the activity “1.01” depends on the activity “2.01”" in said
    assert "cannot be linked to the activity “1.01” as “serves”" in said
    assert "as “likes”, which this program does not know" in said


deed = st.one_of(
    st.tuples(
        st.just("join"), st.sampled_from([kind.name for kind in LINK_KINDS]), st.integers(0, 30), st.integers(0, 30)
    ),
    st.tuples(st.just("part"), st.just(""), st.integers(0, 30), st.just(0)),
    st.tuples(st.just("remove"), st.just(""), st.integers(0, 30), st.just(0)),
    st.tuples(st.just("undo"), st.just(""), st.just(0), st.just(0)),
    st.tuples(st.just("redo"), st.just(""), st.just(0), st.just(0)),
)


@settings(max_examples=depth(5, 150))
@given(deeds=st.lists(deed, min_size=4, max_size=16))
def test_whatever_is_linked_and_deleted_is_undone_to_the_beginning_and_sound(
    deeds: list[tuple[str, str, int, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("links") / "plan.plan"
    with Workspace.create(path, "A plan", 2008) as workspace:
        workspace.edit("begin", _begin, as_kind="built")
        start = workspace.read(dump.content)
        for deed_, kind, first, second in deeds:
            _do(workspace, deed_, kind, first, second)
        end = workspace.read(dump.content)
        count = 0
        while workspace.undo() is not None:
            count += 1
        assert workspace.read(dump.content) == start
        for _ in range(count):
            workspace.redo()
        assert workspace.read(dump.content) == end
        replayed = workspace.read_beside(history.replay)
        now = workspace.read_beside(history.tables_now)
        assert {name: held for name, held in replayed.items() if held} == {n: held for n, held in now.items() if held}
    report = checking.check_file(path)
    assert report.ok, report.lines


def _begin(session: Session) -> None:
    for number in (1, 2):
        priority = rows.add(session, Priority, title=f"Priority {number}", position=float(number))
        theme = rows.add(session, Theme, priority_id=priority, title=f"Theme {number}")
        rows.add(session, Commitment, theme_id=theme, text=f"We will {number}")
        for line in (1, 2):
            key = delivery.add_activity(session, 2008, priority, f"Do {number}.{line}")
            delivery.add_milestone(session, key, "First step")
    rows.add(session, kinds_of_row()["risk"], ref="R1", text="A risk")


def _do(workspace: Workspace, what: str, kind: str, first: int, second: int) -> None:
    """One deed of a person, who may be refused."""
    there = list(workspace.read(threads.rows).values())
    if what == "join":
        one, other = there[first % len(there)], there[second % len(there)]
        allowed = kind in {each.name for each in joins().between(one.table, other.table)}
        before: Any = workspace.read(dump.content)
        try:
            workspace.edit("link", links.join, kind, one.key, other.key)
        except RuleBroken:
            assert workspace.read(dump.content) == before
        else:
            assert allowed
            assert one.key != other.key
    elif what == "part":
        kept = workspace.read(queries.register, RowLink)
        if kept:
            workspace.edit("unlink", links.part, kept[first % len(kept)].id)
    elif what == "remove":
        row = there[first % len(there)]
        if row.table != "priority":
            workspace.edit("delete", rows.remove, kinds_of_row()[row.table], row.key)
    elif what == "undo":
        workspace.undo()
    else:
        workspace.redo()
