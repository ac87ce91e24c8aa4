"""What is told of a merge once it is made: its receipt as a text, and what the plan's checks find since."""

import shutil
from pathlib import Path

import pytest
from sqlmodel import Session

from spp_desktop.edits import delivery, receipt_texts, rows
from spp_desktop.edits.merging import breaches, deciding, reviewing
from spp_desktop.edits.merging.breaches import MergeMade
from spp_desktop.plan.priorities import Theme
from spp_desktop.store import queries, receipts
from spp_desktop.store.workspace import Workspace


@pytest.fixture
def copy(workspace: Workspace, plan_path: Path) -> Path:
    """A copy of the plan that went on: 1.01 was finished in it, 1.02 has other words."""
    path = Path(shutil.copy(plan_path, plan_path.with_name("copy.plan")))
    with Workspace.open(path) as other:
        put(other, "1.01", percent=100)
        put(other, "1.02", text="Do what the copy says")
        put(other, "2.01", text="Do what the copy says of 2.01")
    return path


def put(plan: Workspace, ref: str, **cells: object) -> None:
    (key,) = [row.key for row in plan.read(queries.activities) if row.ref == ref]
    plan.edit(f"change {ref}", delivery.set_cells, [(key, name, value) for name, value in cells.items()])


def merged(plan: Workspace, copy: Path) -> MergeMade:
    """Merge the copy: theirs for the first question, ours for the second, the others left open."""
    with reviewing.opened(plan, copy) as other:
        review = reviewing.held_against(plan, other)
        for item, choice in zip(review.merge.asked, ("theirs", "ours"), strict=False):
            review = deciding.decided(plan, review, [item], choice)  # type: ignore[arg-type] # of the two
        return breaches.taken_in(plan, review)


def test_a_receipt_says_what_came_in_what_was_decided_and_whether_it_was_undone(
    workspace: Workspace, copy: Path
) -> None:
    put(workspace, "1.02", text="Do what is said here")
    put(workspace, "2.01", text="Do what is said here of 2.01")
    made = merged(workspace, copy)
    (receipt,) = workspace.read_beside(receipts.every)
    told = receipt_texts.text_of(workspace, receipt).splitlines()
    assert told[0] == "Receipt for copy.plan, a copy of this plan that was merged"
    assert told[3].startswith("State: merged, ")
    assert told[6:11] == [
        "",
        "Only in the copy: 0 new, 1 changed, 0 removed", "The same in both: 0", "Asked: 2", "Came along: 3 steps",
    ]  # fmt: skip
    heads = [line for line in told[11:] if line and not line.startswith(" ")]
    assert heads == ["Decided: as it is in the copy: 1", "Decided: as it was here: 1", "Came in by itself: 1"]
    asked = next(line for line in told if "activity 1.02" in line)
    assert "both knew “Do what 1.02 says”; here “Do what is said here”; in the copy “Do what the copy says”" in asked
    assert made.receipt.receipt is not None
    workspace.undo()
    assert "; undone since" in receipt_texts.text_of(workspace, receipt)


def test_what_the_checks_find_since_is_told_with_both_sides(workspace: Workspace, copy: Path) -> None:
    put(workspace, "1.02", percent=5)
    quiet = merged(workspace, copy)
    assert quiet.breaches == ()
    assert quiet.in_words("the receipt") == "the receipt"
    with Workspace.open(copy) as other:
        put(other, "2.01", text="Do what 1.01 says")
    loud = merged(workspace, copy)
    assert loud.breaches
    assert "since that they did not find before" in loud.sentence
    assert "in the copy Do what 1.01 says" in loud.in_words("the receipt")


def test_a_rule_that_two_sound_changes_break_together_is_told_with_both_sides(workspace: Workspace, copy: Path) -> None:
    (row,) = [row for row in workspace.read(queries.activities) if row.ref == "1.01"]
    other = next(each for each in workspace.read(queries.activities) if each.ref == "2.01")
    theme = next(each for each in workspace.read(queries.register, Theme) if each.priority_id == row.priority_key)
    workspace.edit("stand under the theme", delivery.set_cells, [(row.key, "theme_id", theme.id)])
    with Workspace.open(copy) as plan:
        plan.edit("move the theme", set_theme, theme.id, other.priority_key)
    made = merged(workspace, copy)
    breach = made.breaches[0]
    assert breach.sentence == "In the activity “1.01” it stands under a heading of another priority than its own."
    assert any(theme.title in side for side in breach.sides)


def set_theme(session: Session, theme: str, priority: str) -> None:
    rows.change(session, Theme, theme, priority_id=priority)
