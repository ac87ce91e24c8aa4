"""Another value typed in a merge in the place of both sides: checked as in the table, and never asked again."""

import shutil
from pathlib import Path

import pytest

from spp_desktop.edits import date_moves, delivery, receipt_texts
from spp_desktop.edits.merging import breaches, deciding, reviewing, typed_cells
from spp_desktop.edits.merging.breaches import MergeMade
from spp_desktop.edits.merging.wording import MergeWords
from spp_desktop.plan.delivery import Activity
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import monitored, queries, receipts
from spp_desktop.store.merging.items import MergeDecision
from spp_desktop.store.plain import ActivityRow
from spp_desktop.store.workspace import Workspace

OWN = {"status_id": "At risk", "percent": "55", "forecast": "30/4/09", "reason": "Own words"}
"""What is typed over the cells of 1.01 that are decided together."""


@pytest.fixture
def copy(workspace: Workspace, plan_path: Path) -> Path:
    """A copy of the plan, in which 1.01 is at 40 per cent and at 70 in the plan; 1.02 has other words in both."""
    path = Path(shutil.copy(plan_path, plan_path.with_name("copy.plan")))
    with Workspace.open(path) as other:
        put(other, "1.01", percent=40)
        put(other, "1.02", text="Do what the copy says")
        put(other, "2.01", text="Only the copy says this")
    put(workspace, "1.01", percent=70)
    put(workspace, "1.02", text="Do what is said here")
    return path


def row(plan: Workspace, ref: str) -> ActivityRow:
    return next(each for each in plan.read(queries.activities) if each.ref == ref)


def put(plan: Workspace, of: str, **cells: object) -> None:
    key = row(plan, of).key
    plan.edit(f"change {of}", delivery.set_cells, [(key, name, value) for name, value in cells.items()])


def merged(plan: Workspace, copy: Path, typed: dict[str, dict[str, str]] | None = None) -> MergeMade:
    """Merge the copy, these texts typed over the cells of these rows."""
    with reviewing.opened(plan, copy) as other:
        review = reviewing.held_against(plan, other)
        words = MergeWords(plan, other)
        for item in review.merge.asked:
            texts = (typed or {}).get(words.row(item).removeprefix("activity "))
            if texts is not None:
                fields = {cell.column: cell.ours for cell in typed_cells.cells(plan, words, item)}
                made = typed_cells.decided(plan, words, item, {**fields, **texts})
                why = texts.get("moved_why", "")
                review = deciding.decided(plan, review, [item], made.choice, why, typed=made.value)
        return breaches.taken_in(plan, review)


def test_what_was_typed_stands_in_all_copies_and_is_asked_in_none_again(
    workspace: Workspace, plan_path: Path, copy: Path
) -> None:
    third = Path(shutil.copy(copy, plan_path.with_name("third.plan")))
    part = merged(workspace, copy, {"1.01": OWN})
    assert part.receipt.left == 1
    assert row(workspace, "1.01").percent == 70, "what was typed comes in with the merge itself"
    assert row(workspace, "2.01").text == "Only the copy says this"
    made = merged(workspace, copy, {"1.02": {"text": "Do what both say"}})
    assert made.receipt.receipt is not None
    here = row(workspace, "1.01")
    assert (here.percent, here.reason, row(workspace, "1.02").text) == (55, "Own words", "Do what both say")
    told = receipt_texts.text_of(workspace, workspace.read_beside(receipts.every)[0])
    assert "Only in the copy: 0 new, 0 changed, 0 removed" in told
    assert "Asked: 2" in told
    assert "Decided: another value was typed: 2" in told
    assert "here “Do what is said here”; in the copy “Do what the copy says”; typed “Do what both say”" in told
    for path in (copy, third):
        with Workspace.open(path) as other:
            assert merged(other, plan_path).receipt.left == 0
            assert row(other, "1.01").percent == 55
            assert row(other, "1.02").text == "Do what both say"
        assert merged(workspace, path).receipt.revision == ""
    workspace.undo()
    assert row(workspace, "1.01").percent == 70


def test_what_is_typed_is_checked_as_in_the_table_and_nothing_is_changed_by_it(
    workspace: Workspace, copy: Path
) -> None:
    put(workspace, "2.01", ref="2.09")
    with Workspace.open(copy) as other:
        put(other, "2.01", ref="2.08")
    with reviewing.opened(workspace, copy) as opened:
        review, words = reviewing.held_against(workspace, opened), MergeWords(workspace, opened)
        asked = {cell: item for item in review.merge.asked for cell in item.cells}
        group, ref = asked["percent"], asked["ref"]
        fields = typed_cells.cells(workspace, words, group)
        assert [cell.title for cell in fields if cell.differs] == ["% complete"]
        statuses = next(cell.options for cell in fields if cell.column == "status_id")
        assert [option.title for option in statuses][:2] == ["(empty)", "Not started"]
        ours = {cell.column: cell.ours for cell in fields}
        theirs = {cell.column: cell.theirs for cell in fields}
        ours_of_ref = {cell.column: cell.ours for cell in typed_cells.cells(workspace, words, ref)}
        before = workspace.path.read_bytes()
        for item, texts, why in (
            (group, {**ours, "percent": "140"}, "100"),
            (group, {**ours, "percent": "half"}, "half"),
            (group, {**ours, "status_id": "Nobody's"}, "is not on the list"),
            (ref, {**ours_of_ref, "ref": "1.02"}, "There is already an activity"),
            (ref, {**ours_of_ref, "ref": " "}, "may not be empty"),
        ):
            with pytest.raises(RuleBroken, match=why):
                typed_cells.decided(workspace, words, item, texts)
        assert workspace.path.read_bytes() == before
        assert typed_cells.decided(workspace, words, group, ours) == MergeDecision("ours")
        assert typed_cells.decided(workspace, words, group, theirs) == MergeDecision("theirs")
        own = typed_cells.decided(workspace, words, group, {**ours, **OWN})
        assert own.value["forecast"] == "2009-04-30"


def test_only_cells_that_both_changed_can_be_typed(workspace: Workspace, copy: Path) -> None:
    with Workspace.open(copy) as other:
        other.edit("remove 1.02", delivery.remove_activities, [row(other, "1.02").key])
    with reviewing.opened(workspace, copy) as opened:
        asked = reviewing.held_against(workspace, opened).merge.asked
    assert {item.question: typed_cells.can_type(item) for item in asked} == {
        "both changed": True, "removed there": False,
    }  # fmt: skip


def test_a_date_that_is_typed_moves_as_in_the_table(workspace: Workspace, plan_path: Path, copy: Path) -> None:
    third = Path(shutil.copy(copy, plan_path.with_name("third.plan")))
    put(workspace, "2.01", due="2009-01-31")  # said for the first time here: it moves in the copy alone
    with Workspace.open(copy) as other:
        put(other, "2.01", due="2009-02-14")
        put(other, "2.01", due="2009-02-28")
    key = row(workspace, "2.01").key
    with reviewing.opened(workspace, copy) as opened:
        review, words = reviewing.held_against(workspace, opened), MergeWords(workspace, opened)
        item = next(item for item in review.merge.asked if item.key == key)
        fields = typed_cells.cells(workspace, words, item)
        assert [cell.title for cell in fields if cell.differs or cell is fields[-1]] == ["Due", "Why its dates move"]
        texts = {**{cell.column: cell.ours for cell in fields}, "due": "1/3/09"}
        with pytest.raises(RuleBroken, match=r"to 1 March 2009\. Its dates have moved once before\. Say why") as no:
            typed_cells.decided(workspace, words, item, texts)
        assert no.value.field == "moved_why"
        made = typed_cells.decided(workspace, words, item, {**texts, "moved_why": "The court sat"})
        apart = [cell.column for cell in typed_cells.cells(workspace, words, item, dates=False)]
        assert apart == ["status_id", "percent", "reason"]
        alike = {column: texts[column] for column in apart}
        assert typed_cells.decided(workspace, words, item, alike, dates=False) == MergeDecision("ours")
        own = typed_cells.decided(workspace, words, item, {**alike, "percent": "5"}, dates=False)
        assert (own.value["percent"], own.value["due"]) == (5, "2009-01-31")
        unsaid = deciding.decided(workspace, review, [item], made.choice, typed=made.value)
        before = workspace.revision()
        with pytest.raises(RuleBroken, match="Say why"):
            breaches.taken_in(workspace, unsaid, "ours")
        assert workspace.revision() == before
        deciding.decided(workspace, unsaid, [item], None)
    merged(workspace, copy, {"2.01": {"due": "1/3/09", "moved_why": "The court sat"}, "1.01": OWN, "1.02": {}})
    moves = workspace.read(monitored.moves)
    told = [(str(move.was), str(move.now), move.reason) for move in moves[key]]
    assert told == [("2009-02-14", "2009-02-28", ""), ("2009-01-31", "2009-03-01", "The court sat")]
    asked = workspace.read(date_moves.moves_of, Activity, [(key, "due", "2/3/09")])
    assert [(move.was, move.before) for move in asked] == [(row(workspace, "2.01").due, 2)]
    for path in (copy, third):
        with Workspace.open(path) as other:
            assert merged(other, workspace.path).receipt.left == 0
            assert other.read(monitored.moves) == moves
    workspace.undo()
    assert key not in workspace.read(monitored.moves)


def test_what_was_decided_is_found_after_each_undo(workspace: Workspace, copy: Path) -> None:
    merged(workspace, copy, {"1.02": {"text": "Do what both say"}, "1.01": OWN})
    for _ in range(2):
        workspace.undo()
        with reviewing.opened(workspace, copy) as opened:
            review = reviewing.held_against(workspace, opened)
            assert sorted(bool(each.value) for each in review.made.values()) == [True, True]
            breaches.taken_in(workspace, review)
        assert row(workspace, "1.02").text == "Do what both say"
