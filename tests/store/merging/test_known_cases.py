"""The cases that people know from merging copies of a file: what was done here, what there, and what comes of it.

They are those that programs are tried by whose copies people have long merged: what is added, removed, moved, changed
on one side or both, clocks that differ, copies merged twice.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from spp_desktop.store import clock
from spp_desktop.store.workspace import Workspace
from tests.store.merging import copies

Deed = tuple[Any, ...]
"""What somebody does: "set", "add" or "remove", the table, the name of the row, and cells; or "undo"; or a clock."""
GONE = "gone"


class Case(NamedTuple):
    """What is done in two copies, and what the one holds once the other was merged into it.

    ``counts`` are how many rows are new, changed and removed in the copy alone, and how many questions there are;
    ``None`` where that depends on which of two keys is the lower.
    ``after`` is what stands in cells then, by table, name of the row and column; where the row is gone, ``GONE``.
    """

    ours: Sequence[Deed]
    theirs: Sequence[Deed]
    counts: tuple[int, int, int, int] | None
    after: Mapping[tuple[str, str, str], Any]
    decide: str = "theirs"


def text(name: str) -> tuple[str, str, str]:
    return "activity", name, "text"


def put(name: str, **cells: Any) -> Deed:
    return "set", "activity", name, cells


NEW = ("add", "activity", "new", {"year": 2008, "ref": "9.01", "priority_id": "one", "text": "new"})
AS_IT_WAS = "activity 1"
YEARS_AHEAD, YEARS_AGO = ("clock", "2031-01-01T00:00:00.000000+00:00"), ("clock", "1999-01-01T00:00:00.000000+00:00")

CASES: dict[str, Case] = {
    "nothing changed anywhere": Case([], [], (0, 0, 0, 0), {text("a1"): AS_IT_WAS}),
    "changed here alone": Case([put("a1", text="x")], [], (0, 0, 0, 0), {text("a1"): "x"}),
    "changed there alone": Case([], [put("a1", text="y")], (0, 1, 0, 0), {text("a1"): "y"}),
    "added there": Case([], [NEW], (1, 0, 0, 0), {text("new"): "new"}),
    "added there with rows below it": Case(
        [], [NEW, ("add", "milestone", "m9", {"activity_id": "new", "title": "below"})], (2, 0, 0, 0),
        {("milestone", "m9", "title"): "below"},
    ),
    "added on both sides": Case(
        [("add", "activity", "mine", {**NEW[3], "ref": "9.02", "text": "mine"})], [NEW], (1, 0, 0, 0),
        {text("mine"): "mine", text("new"): "new"},
    ),
    "removed there": Case([], [("remove", "activity", "a1")], (0, 0, 3, 0), {text("a1"): GONE}),
    "removed here": Case([("remove", "activity", "a1")], [], (0, 0, 0, 0), {text("a1"): GONE}),
    "removed on both sides": Case(
        [("remove", "activity", "a1")], [("remove", "activity", "a1")], (0, 0, 0, 0), {text("a1"): GONE}
    ),
    "removed here and edited there, the edit chosen": Case(
        [("remove", "activity", "a1")], [put("a1", text="y")], (0, 0, 0, 1), {text("a1"): "y"}
    ),
    "removed here and edited there, the removal chosen": Case(
        [("remove", "activity", "a1")], [put("a1", text="y")], (0, 0, 0, 1), {text("a1"): GONE}, "ours"
    ),
    "edited here and removed there, the removal chosen": Case(
        [put("a1", text="x")], [("remove", "activity", "a1")], (0, 0, 0, 1), {text("a1"): GONE}
    ),
    "edited here and removed there, the edit chosen": Case(
        [put("a1", text="x")], [("remove", "activity", "a1")], (0, 0, 0, 1),
        {text("a1"): "x", ("milestone", "m1", "title"): "milestone 1"}, "ours",
    ),
    "edited here, then removed there by whom did not see it, and left open": Case(
        [put("a1", text="x")], [("remove", "activity", "a1")], (0, 0, 0, 1), {text("a1"): "x"}, ""
    ),
    "moved there": Case([], [put("a1", priority_id="two")], (0, 1, 0, 0), {("activity", "a1", "priority_id"): "two"}),
    "moved there and edited here": Case(
        [put("a1", text="x")], [put("a1", priority_id="two")], (0, 1, 0, 0),
        {text("a1"): "x", ("activity", "a1", "priority_id"): "two"},
    ),
    "moved to two places": Case(
        [("add", "priority", "three", {"title": "Three"}), put("a1", priority_id="three")],
        [put("a1", priority_id="two")], (0, 0, 0, 1), {("activity", "a1", "priority_id"): "two"},
    ),
    "moved to the same place on both sides": Case(
        [put("a1", priority_id="two")], [put("a1", priority_id="two")], (0, 0, 0, 0),
        {("activity", "a1", "priority_id"): "two"},
    ),
    "moved here below what was removed there": Case(
        [put("a1", priority_id="two")], [("remove", "priority", "two")], (0, 0, 0, 1),
        {text("a1"): AS_IT_WAS, ("priority", "two", "title"): "Priority two"}, "ours",
    ),
    "a group removed there with a row changed here": Case(
        [put("a2", text="x")], [("remove", "priority", "one")], (0, 0, 0, 1),
        {text("a2"): "x", text("a3"): "activity 3", ("priority", "one", "title"): "Priority one"}, "ours",
    ),
    "a group removed there with a row added here": Case(
        [NEW], [("remove", "priority", "one")], (0, 0, 0, 1), {text("new"): GONE, text("a3"): GONE}
    ),
    "a group removed here with a row added there": Case(
        [("remove", "priority", "one")], [NEW], (0, 0, 0, 1), {text("new"): "new", text("a3"): "activity 3"}
    ),
    "the same cell changed on both sides, theirs chosen": Case(
        [put("a1", text="x")], [put("a1", text="y")], (0, 0, 0, 1), {text("a1"): "y"}
    ),
    "the same cell changed on both sides, ours chosen": Case(
        [put("a1", text="x")], [put("a1", text="y")], (0, 0, 0, 1), {text("a1"): "x"}, "ours"
    ),
    "the same cell changed alike on both sides": Case(
        [put("a1", text="x")], [put("a1", text="x")], (0, 0, 0, 0), {text("a1"): "x"}
    ),
    "two cells of one row changed apart": Case(
        [put("a1", text="x")], [put("a1", notes="n")], (0, 1, 0, 0),
        {text("a1"): "x", ("activity", "a1", "notes"): "n"},
    ),
    "two cells that belong together changed apart": Case(
        [put("a1", percent=40)], [put("a1", reason="late")], (0, 0, 0, 1),
        {("activity", "a1", "percent"): None, ("activity", "a1", "reason"): "late"},
    ),
    "a clock here that is years ahead": Case(
        [YEARS_AHEAD, put("a1", text="x")], [put("a1", text="y"), put("a2", text="y2")], (0, 1, 0, 1),
        {text("a1"): "y", text("a2"): "y2"},
    ),
    "a clock there that is years behind": Case(
        [put("a1", text="x")], [YEARS_AGO, put("a2", text="y2")], (0, 1, 0, 0), {text("a1"): "x", text("a2"): "y2"}
    ),
    "both clocks alike": Case(
        [YEARS_AHEAD, put("a1", text="x")], [YEARS_AHEAD, put("a1", text="y")], (0, 0, 0, 1), {text("a1"): "y"}
    ),
    "changed there and taken back": Case(
        [put("a1", text="x")], [put("a1", text="y"), ("undo",)], (0, 0, 0, 0), {text("a1"): "x"}
    ),
    "changed here and taken back": Case(
        [put("a1", text="x"), ("undo",)], [put("a1", text="y")], (0, 1, 0, 0), {text("a1"): "y"}
    ),
    "a reference that both gave to something new": Case(
        [("add", "activity", "mine", {**NEW[3], "text": "mine"})], [NEW], (0, 0, 0, 1),
        {("activity", "new", "ref"): "9.01", ("activity", "mine", "ref"): "9.02"},
    ),
    "a reference that both gave, kept by ours": Case(
        [("add", "activity", "mine", {**NEW[3], "text": "mine"})], [NEW], (0, 0, 0, 1),
        {("activity", "new", "ref"): "9.02", ("activity", "mine", "ref"): "9.01"}, "ours",
    ),
    "the same link made on both sides": Case(
        [("link", "a1", "a2")], [("link", "a1", "a2")], None, {("link", "every", "count"): 1}
    ),
    "the place in the list changed on both sides": Case(
        [put("a1", position=7.0)], [put("a1", position=5.0)], (0, 1, 0, 0), {("activity", "a1", "position"): 5.0}
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    path = tmp_path_factory.mktemp("cases") / "begun.plan"
    return path, copies.begin(path)


@pytest.fixture
def both(begun: tuple[Path, dict[str, str]]) -> Iterator[tuple[Workspace, Workspace, dict[str, str]]]:
    with copies.copy_of(begun[0], "ours.plan") as ours, copies.copy_of(begun[0], "theirs.plan") as theirs:
        yield ours, theirs, dict(begun[1])


def do(plan: Workspace, deed: Deed, keys: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Do what somebody does in a copy."""
    what, *of = deed
    if what == "undo":
        plan.undo()
    elif what == "clock":
        monkeypatch.setattr(clock, "now", lambda: of[0])
    elif what == "link":
        ends = {"from_id": keys[of[0]], "to_id": keys[of[1]]}
        copies.add(plan, "link", kind="same as", **ends)
    elif what == "remove":
        copies.remove(plan, of[0], keys[of[1]])
    else:
        cells = {name: keys.get(value, value) if name.endswith("_id") else value for name, value in of[2].items()}
        if what == "add":
            keys[of[1]] = copies.add(plan, of[0], **cells)
        else:
            copies.set_cells(plan, of[0], keys[of[1]], **cells)


def stands(plan: Workspace, place: tuple[str, str, str], keys: dict[str, str]) -> Any:
    """What stands in a cell; of a cell that names a row, that row's own name here."""
    table, name, column = place
    if name == "every":
        return len(copies.content(plan).get(table, {}))
    if not copies.there(plan, table, keys[name]):
        return GONE
    value = copies.cell(plan, table, keys[name], column)
    return {key: known for known, key in keys.items()}.get(value, value) if column.endswith("_id") else value


@pytest.mark.parametrize("name", CASES)
def test_a_known_case(
    name: str, both: tuple[Workspace, Workspace, dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    case, (ours, theirs, keys) = CASES[name], both
    for plan, deeds in ((ours, case.ours), (theirs, case.theirs)):
        for deed in deeds:
            do(plan, deed, keys, monkeypatch)
    before = copies.content(ours)
    merge = copies.merge(ours, theirs, case.decide)
    assert case.counts in (None, merge.counts[:4])
    assert {place: stands(ours, place, keys) for place in case.after} == case.after
    kept = {step.id for step in theirs.history()}
    known = {*(step.id for step in ours.history()), *(each.step.id for each in _brought(ours))}
    if case.decide:  # it is nothing to merge again, in either direction, once the other has met it
        assert kept <= known
        assert copies.compared(ours, theirs).is_nothing
        assert not copies.merge(theirs, ours, "").asked
        assert copies.content(theirs) == copies.content(ours)
        assert copies.compared(theirs, ours).is_nothing
        assert copies.compared(ours, theirs).is_nothing
    if ours.history()[0].kind in ("merged", "import"):
        ours.undo()
        assert ours.history()[0].kind == "undo"
        assert copies.content(ours) == before


def _brought(plan: Workspace) -> Any:
    from spp_desktop.store.merging import record

    return plan.read_beside(record.brought)


def test_every_row_that_belongs_together_is_of_the_plan() -> None:
    from spp_desktop.plan.rows import kinds_of_row
    from spp_desktop.store.known_tables import known_tables

    known = known_tables()
    named = [(table, name) for table, row in kinds_of_row().items() for group in row.decided_together for name in group]
    assert named
    assert not [(table, name) for table, name in named if name not in known[table].columns]
