"""Three copies of a plan edited, undone and merged at random, in any order and direction: nothing lost, all agree."""

import itertools
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.errors import FlakyFailure
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from spp_desktop.edits.delivery import set_owners
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import checking_chain
from spp_desktop.store.merging import hanging, knowledge, record, two_copies
from spp_desktop.store.merging.items import Merge, MergeDecision, MergeItem, MergeRefused
from spp_desktop.store.problems import UndoRefused
from spp_desktop.store.workspace import Workspace
from tests.depth import NIGHTLY, by_night, depth
from tests.store.merging import copies

NAMES = ("A", "B", "C")
CELLS = ("text", "notes", "reason", "percent")
KEYS = ("a1", "a2", "a3")
Place = tuple[str, str, str]
"""Table, key, cell; "" for the row as a whole."""


@dataclass
class Model:
    """What a copy has seen, apart from what it holds: values by place, of its own and by merges that stand."""

    own: set[tuple[Place, Any]] = field(default_factory=set)
    merged: dict[str, set[tuple[Place, Any]]] = field(default_factory=dict)
    undone: set[str] = field(default_factory=set)

    def seen(self) -> set[tuple[Place, Any]]:
        return self.own.union(*(values for key, values in self.merged.items() if key not in self.undone))


class Copies(RuleBasedStateMachine):
    """Three copies, and what each of them can know."""

    begun: Path
    keys: dict[str, str]
    """The plan that all are copies of, and the keys of its rows by name."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.plans: dict[str, Workspace] = {}
        self.models: dict[str, Model] = {}
        self.rows: dict[str, set[tuple[str, str]]] = {}
        self.tokens = itertools.count(1)
        self.refs = itertools.count(1000)
        self.activities: list[str] = []

    @initialize()
    def begin(self) -> None:
        for name in NAMES:
            target = Path(self.folder.name) / f"{name}.plan"
            target.write_bytes(self.begun.read_bytes())
            self.plans[name] = Workspace.open(target)
            self.models[name], self.rows[name] = Model(), set()
            self.note(name)
        self.activities = [self.keys[key] for key in KEYS]

    def values(self, name: str) -> Iterator[tuple[Place, Any]]:
        """What a copy holds, place by place."""
        for table, rows in copies.content(self.plans[name]).items():
            for key, row in rows.items():
                yield from (((table, key, column), value) for column, value in row.items() if column != "position")

    def note(self, name: str) -> None:
        """Have a copy have seen what it holds now, and each row that went."""
        values = dict(self.values(name))
        there = {place[:2] for place in values}
        self.models[name].own |= set(values.items())
        self.models[name].own |= {((*place, ""), next(self.tokens)) for place in self.rows[name] - there}
        self.rows[name] = there

    copy_names = st.sampled_from(NAMES)

    @rule(name=copy_names, row=st.integers(0, 8), column=st.sampled_from(CELLS))
    def edit(self, name: str, row: int, column: str) -> None:
        key = self.activities[row % len(self.activities)]
        if not copies.there(self.plans[name], "activity", key):
            return
        token = next(self.tokens)
        value: Any = token % 101 if column == "percent" else f"v{token}"
        copies.set_cells(self.plans[name], "activity", key, **{column: value})
        self.note(name)

    @rule(name=copy_names, milestones=st.booleans())
    def add(self, name: str, milestones: bool) -> None:
        plan = self.plans[name]
        values = {"year": 2008, "ref": f"{next(self.refs)}", "priority_id": self.keys["one"], "text": "new"}
        key = copies.add(plan, "activity", **values)
        if milestones:
            copies.add(plan, "milestone", activity_id=key, title=f"v{next(self.tokens)}")
        self.activities.append(key)
        self.note(name)

    @rule(name=copy_names, ref=st.integers(50, 52))
    def add_with_a_reference_that_others_may_give(self, name: str, ref: int) -> None:
        plan = self.plans[name]
        if any(row["ref"] == f"{ref}" for row in copies.content(plan).get("activity", {}).values()):
            return
        values = {"year": 2008, "ref": f"{ref}", "priority_id": self.keys["one"], "text": "new"}
        self.activities.append(copies.add(plan, "activity", **values))
        self.note(name)

    @rule(name=copy_names, row=st.integers(0, 8), posts=st.permutations(["p1", "p2", "p3"]), count=st.integers(0, 3))
    def own(self, name: str, row: int, posts: list[str], count: int) -> None:
        key = self.activities[row % len(self.activities)]
        if copies.there(self.plans[name], "activity", key):
            owners = [self.keys[post] for post in posts[:count]]
            self.plans[name].edit("own", set_owners, key, owners)
            self.note(name)

    @rule(name=copy_names, row=st.integers(0, 8))
    def add_milestone(self, name: str, row: int) -> None:
        key = self.activities[row % len(self.activities)]
        if copies.there(self.plans[name], "activity", key):
            copies.add(self.plans[name], "milestone", activity_id=key, title=f"v{next(self.tokens)}")
            self.note(name)

    @rule(name=copy_names, row=st.integers(0, 8))
    def remove(self, name: str, row: int) -> None:
        key = self.activities[row % len(self.activities)]
        if copies.there(self.plans[name], "activity", key):
            copies.remove(self.plans[name], "activity", key)
            self.note(name)

    @rule(name=copy_names, redo=st.booleans())
    def turn(self, name: str, redo: bool) -> None:
        plan = self.plans[name]
        try:
            step = plan.redo() if redo else plan.undo()
        except UndoRefused:
            return
        model = self.models[name]
        if step is not None and step.id in model.merged:
            (model.undone.discard if redo else model.undone.add)(step.id)
            self.rows[name] = {place[:2] for place, _ in self.values(name)}
        elif step is not None:
            self.note(name)

    @rule(ours=copy_names, theirs=copy_names, choices=st.lists(st.sampled_from(["ours", "theirs", ""]), min_size=4))
    def merge(self, ours: str, theirs: str, choices: list[str]) -> None:
        if ours != theirs:
            picking = itertools.cycle(choices)
            self.merged(ours, theirs, lambda _: next(picking))

    def merged(self, ours: str, theirs: str, pick: Any) -> Merge:
        """Merge a copy into another, and see what became of every cell of both."""
        mine, other = self.plans[ours], self.plans[theirs]
        before, there = dict(self.values(ours)), dict(self.values(theirs))
        known = self.models[ours].seen(), self.models[theirs].seen()
        last = mine.revision()

        picked: list[str] = []

        def decide(item: MergeItem) -> MergeDecision | None:
            picked.append(pick(item))
            return MergeDecision(picked[-1]) if picked[-1] else None  # type: ignore[arg-type] # one of the choices

        made = copies.merge(mine, other, decide)
        after = dict(self.values(ours))
        asked = {(part.table, part.key) for item in made.asked for part in (item, *item.along)}
        asked |= {(item.table, str(item.rival["id"])) for item in made.asked if item.rival}
        for place in before.keys() | there.keys() | after.keys():
            if place[:2] not in asked and not self.is_made_twice(place, before, there, after):
                self.demand_kept(place, (before, there, after), known)
        if mine.revision() != last and "" in picked:  # what is clear is taken in like any edit
            self.note(ours)
        elif mine.revision() != last:
            model = self.models[ours]
            decided = {(place, value) for place, value in after.items() if place[:2] in asked}
            model.merged[mine.revision()] = self.models[theirs].seen() | decided  # a reference may be offered by it
            self.rows[ours] = {place[:2] for place in after}
        if "" not in picked:
            again = copies.compared(mine, other)
            assert not again.clean
            assert not again.asked
            assert not again.says_something
        return made

    @staticmethod
    def is_made_twice(place: Place, *sides: dict[Place, Any]) -> bool:
        """Whether a row is an owner whom both made one of an activity: one row afterwards, under the lower key."""
        table, key, _ = place
        pairs = [[side.get((table, key, name)) for name in ("activity_id", "post_id")] for side in sides[:2]]
        after = sides[2]
        return table == "activity_owner" and any(
            [after[table, other, name] for name in ("activity_id", "post_id")] in pairs
            for of_table, other, name in after
            if (of_table, name) == (table, "post_id") and other != key
        )

    @staticmethod
    def demand_kept(place: Place, sides: tuple[dict[Place, Any], ...], known: tuple[set[Any], set[Any]]) -> None:
        """A value of a cell about which nothing was asked: somebody wrote it, and who gives way had it known."""
        mine, other, now = (side.get(place, "nothing") for side in sides)
        assert now in (mine, other), "nobody wrote it"
        if mine == other:
            return
        if mine == "nothing":
            lost = {each for each in known[0] - known[1] if each[0] == (*place[:2], "")}
            assert now == mine or not lost, f"a row that was removed came back at {place}"
        if now == other and mine != "nothing":
            assert (place, mine) in known[1], f"ours {mine} lost at {place}"
        if now == mine and other != "nothing":
            assert (place, other) in known[0], f"theirs {other} lost at {place}"

    def meet(self) -> None:
        """Have all meet until nobody has anything new, and see that they hold the same."""
        for _ in range(4):
            before = [self.plans[name].revision() for name in NAMES]
            for ours, theirs in itertools.permutations(NAMES, 2):
                self.merged(ours, theirs, lambda _: "theirs")
            if before == [self.plans[name].revision() for name in NAMES]:
                break
        first, *others = (copies.content(self.plans[name]) for name in NAMES)
        for other in others:
            assert other == first
        for ours, theirs in itertools.permutations(NAMES, 2):
            again = copies.compared(self.plans[ours], self.plans[theirs])
            assert again.counts[:4] == (0, 0, 0, 0)

    def teardown(self) -> None:
        try:
            if self.plans:
                self.meet()
                for plan in self.plans.values():
                    assert list(plan.read_beside(checking_chain.broken_chain)) == []
        finally:
            for plan in self.plans.values():
                plan.close()
            self.folder.cleanup()


SETTINGS = settings(max_examples=depth(3, 400), stateful_step_count=20, deadline=None, derandomize=not NIGHTLY)


@pytest.fixture
def begun(tmp_path: Path) -> None:
    Copies.begun = tmp_path / "begun.plan"
    Copies.keys = copies.begin(Copies.begun)


@pytest.mark.usefixtures("begun")
def test_copies_merged_in_any_order_lose_nothing_and_agree() -> None:
    run_state_machine_as_test(Copies, settings=SETTINGS)


def _always(answer: Any) -> Any:
    return lambda *_, **__: answer


FAULTS: dict[str, tuple[Any, str, Any]] = {
    "the copy always wins": (two_copies.TwoCopies, "_taken", staticmethod(_always("theirs"))),
    "what was changed counts as taken back": (two_copies, "is_taken_back", _always(True)),
    "to remove always wins": (two_copies, "_comes_to_nothing", _always(True)),
    "decisions are not marked": (record, "mark", _always(None)),
    "undone merges stay known": (knowledge, "standing_of", lambda steps: {step.id for step in steps}),
    "steps do not come along": (record, "keep", _always(None)),
    "nothing is asked about what hangs on a removed row": (hanging, "ask_above", _always(None)),
}
"""Faults that merging might have, each planted in it."""


@by_night
@pytest.mark.usefixtures("begun")
@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_caught(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(*FAULTS[fault])
    tried = settings(SETTINGS, max_examples=200, phases=[Phase.generate], database=None, print_blob=False)
    with pytest.raises((AssertionError, RuleBroken, MergeRefused, FlakyFailure, ExceptionGroup)):
        run_state_machine_as_test(Copies, settings=tried)
