"""A plan replaced in the middle of a year: lines of the from-to table made by hand, told and taken back."""

from datetime import date

import pytest

from spp_desktop.edits import rows
from spp_desktop.edits.turning import by_hand
from spp_desktop.edits.turning.by_hand import HandEntry
from spp_desktop.plan.delivery import Activity
from spp_desktop.plan.links import RowLink
from spp_desktop.plan.priorities import Priority
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import queries, threads
from spp_desktop.store.turned import from_to, is_told_of
from spp_desktop.store.workspace import Workspace

TODAY = date(2008, 10, 1)


def keys(workspace: Workspace) -> dict[str, str]:
    return {row.ref or row.text: key for key, row in workspace.read(threads.rows).items()}


def enter(workspace: Workspace, entry: HandEntry) -> str:
    return workspace.edit("say what became of it", by_hand.enter, entry, TODAY)


def test_a_row_that_is_split_and_one_that_is_merged_are_told_with_what_came_of_them(workspace: Workspace) -> None:
    known = keys(workspace)
    split = HandEntry(known["P1"], 2008, "split", "Two forces answer for it", (known["P2"],))
    with pytest.raises(RuleBroken, match=r"two rows or more come of it; 1 are named\."):
        enter(workspace, split)
    third = workspace.edit("add", rows.add, Priority, title="Public protection", position=3.0)
    enter(workspace, HandEntry(known["P1"], 2008, "split", "Two forces answer for it", (third, known["P2"])))
    enter(workspace, HandEntry(known["1.02"], 2008, "merged", "One post leads both", (known["1.01"],)))
    first, second = workspace.read(from_to)
    assert (first.called, first.fate, first.reason) == ("P1 Serious harm", "split", "Two forces answer for it")
    assert first.becomes == "P2 Local policing\nP3 Public protection"
    assert (second.called, second.becomes) == ("1.02 Do what 1.02 says", "1.01 Do what 1.01 says")
    assert (second.into and second.into.ref, second.applied_on) == ("1.01", TODAY)
    told = {ref for ref, key in known.items() if workspace.read(is_told_of, key)}
    assert told == {"P1", "P2", "1.01", "1.02"}  # those it is about, and those that came of them
    assert workspace.read(from_to, 2009) == []
    assert workspace.read(from_to, done=False) == []


def test_another_line_for_the_same_row_takes_the_place_of_the_first(workspace: Workspace) -> None:
    known = keys(workspace)
    line = enter(workspace, HandEntry(known["1.02"], 2008, "merged", "One post", (known["1.01"],)))
    assert enter(workspace, HandEntry(known["1.02"], 2008, "dropped", "No money")) == line
    (row,) = workspace.read(from_to)
    assert (row.fate, row.reason, row.became, row.into) == ("dropped", "No money", (), None)
    assert not workspace.read(queries.register, RowLink)
    workspace.edit("remove", rows.remove, Activity, known["1.02"])
    (row,) = workspace.read(from_to)
    assert (row.ref, row.called) == ("", "1.02 Do what 1.02 says")  # a row that is gone keeps its line
    workspace.edit("take back", by_hand.take_back, [line])
    assert workspace.read(from_to) == []


@pytest.mark.parametrize(
    ("row", "fate", "into", "sentence"),
    [
        ("1.02", "kept", ("1.01",), "no row comes of it; 1 are named"),
        ("1.02", "changed", ("P1",), "What comes of an activity is another activity"),
        ("1.02", "merged", ("1.02",), "another activity"),
        ("1.02", "dropped", (), "nothing says why"),
        ("1.02/1", "kept", (), "No line can be made for a milestone"),
        ("gone", "kept", (), "no longer in the plan"),
    ],
)
def test_what_does_not_fit_is_refused(
    workspace: Workspace, row: str, fate: str, into: tuple[str, ...], sentence: str
) -> None:
    known = {**keys(workspace), "gone": "0" * 36}
    entry = HandEntry(known[row], 2008, fate, "", tuple(known[each] for each in into))  # type: ignore[arg-type]
    with pytest.raises(RuleBroken, match=sentence):
        enter(workspace, entry)
    assert workspace.read(from_to) == []
