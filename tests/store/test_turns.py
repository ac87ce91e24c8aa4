"""What is undone and done again next, read from the end of a history: the same as by all of it."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spp_desktop.store import history, queries, row_steps, turns
from spp_desktop.store.history import Revision, RevisionKind
from spp_desktop.store.turns import Turns
from spp_desktop.store.workspace import Workspace
from tests.store.conftest import sql

KINDS: tuple[RevisionKind, ...] = ("edit", "import", "undo", "redo", "built", "brought in", "beside", "expunged")
WEIGHTS = (6, 2, 9, 7, 0.4, 1, 2, 1)


def step(n: int, kind: RevisionKind) -> Revision:
    return Revision(n, f"step {n}", None, "", "", "", "", kind, None, "")


def by_all(steps: list[Revision]) -> tuple[list[Revision], list[Revision]]:
    """What can be undone and what can be done again, the next one last, as all of a history says it."""
    done: list[Revision] = []
    undone: list[Revision] = []
    for each in steps:
        if each.kind == "built":
            done, undone = [], []
        elif each.kind == "undo":
            undone += [done.pop()] if done else []
        elif each.kind == "redo":
            done += [undone.pop()] if undone else []
        elif each.kind in ("edit", "import"):
            done.append(each)
            undone = []
    return done, undone


@given(seed=st.integers(0, 2**32), begins=st.integers(0, 40), at_first=st.sampled_from([1, 3, 8]))
@settings(max_examples=30, deadline=None)
def test_the_end_of_a_history_says_what_all_of_it_does(seed: int, begins: int, at_first: int) -> None:
    chance, kept = random.Random(seed), turns.AT_FIRST
    steps = [step(n, chance.choices(KINDS, WEIGHTS)[0]) for n in range(begins)]
    turns.AT_FIRST = at_first
    try:
        told = Turns(lambda most: steps[-most:])
        for _ in range(30):
            done, undone = by_all(steps)
            if chance.random() < 0.7:
                assert told.to_undo() == (done[-1] if done else None)
            if chance.random() < 0.7:
                assert told.to_redo() == (undone[-1] if undone else None)
            steps.append(step(len(steps), chance.choices(KINDS, WEIGHTS)[0]))
            told.go_on(steps[-1])
    finally:
        turns.AT_FIRST = kept


@pytest.mark.parametrize("earlier", [0, 10_000])
def test_no_more_is_read_than_must_be_known(earlier: int) -> None:
    steps = [step(n, "edit") for n in range(earlier + 100)]
    read: list[int] = []

    def last_steps(most: int) -> list[Revision]:
        read.append(most)
        return steps[-most:]

    told = Turns(last_steps)
    for turned in range(100):
        assert told.to_undo() == steps[earlier + 99 - turned]
        steps.append(step(len(steps), "undo"))
        told.go_on(steps[-1])
    assert told.to_redo() == steps[earlier]
    assert max(read) <= 2 * turns.AT_FIRST + 200


def test_the_last_steps_of_rows_are_the_last_of_all_their_steps(workspace: Workspace) -> None:
    chance = random.Random(8)
    keys = [row.key for row in workspace.read(queries.activities)]
    for n in range(45):
        if chance.random() < 0.4:
            workspace.undo() if chance.random() < 0.6 else workspace.redo()
        else:
            workspace.edit(f"reword {n}", sql, f"UPDATE activity SET text = '{n}' WHERE id = '{chance.choice(keys)}'")
        for most in (1, 4, 100) if n > 40 else ():
            for some in (keys, keys[:1]):
                every = workspace.read_beside(history.steps_of_rows, some)
                assert workspace.read_beside(row_steps.last_of_rows, some, most) == every[:most]
