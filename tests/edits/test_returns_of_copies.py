"""Returns that went out from one copy of a plan and come back to another: matched, held against what it was there."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from spp_desktop.edits import deciding, keeping, receiving, taking
from spp_desktop.edits.merging import applying, reviewing
from spp_desktop.store import checking, exports, history, past
from spp_desktop.store.workspace import Workspace
from tests.edits.filling import activity, of, only, received, sent, set_cells


@pytest.fixture
def copy(workspace: Workspace, tmp_path: Path) -> Iterator[Workspace]:
    workspace.save_copy(tmp_path / "copy.plan")
    with Workspace.open(tmp_path / "copy.plan") as other:
        yield other


def merge(into: Workspace, other: Workspace) -> None:
    """Merge a copy as it stands in its file; what is asked is as it is there."""
    file = other.path.with_name(f"sent {other.path.name}")
    shutil.copyfile(other.path, file)
    with reviewing.opened(into, file) as opened:
        applying.apply(into, reviewing.held_against(into, opened), "theirs")


def test_a_return_of_a_copy_is_matched_where_the_copy_was_merged(
    workspace: Workspace, copy: Workspace, tmp_path: Path
) -> None:
    set_cells(copy, text="As the copy had it")
    sent(copy, tmp_path / "out.xlsx")
    export = copy.read_beside(exports.every)[0]
    set_cells(copy, percent=30)  # changed there after it went out
    set_cells(workspace, "1.02", text="As this plan has it")
    merge(workspace, copy)
    assert workspace.read_beside(exports.find, export.id) is not None
    then = workspace.read_beside(past.since, export.revision)
    assert then is not None
    assert then["activity"][activity(workspace).key]["percent"] is None  # type: ignore[index]
    review = received(workspace, tmp_path / "out.xlsx", a101={"percent": 40})
    cell = of(review, "percent")
    assert (cell.kind, cell.issued, cell.now) == ("conflict", None, 30)
    assert not [each for each in review.differences if each.field == "text"]  # what went out from the copy is known
    review = deciding.decided(workspace, keeping.keep(workspace, review), [of(review, "percent")], "accept")
    taking.apply(workspace, [review])
    assert activity(workspace).percent == 40
    merge(copy, workspace)
    again = receiving.review(copy, tmp_path / "out.xlsx")
    assert "taken in" in " ".join(again.notices)  # a copy that has met the plan knows what became of it
    assert checking.check_file(workspace.path).ok
    assert checking.check_file(copy.path).ok


def test_a_return_of_this_plan_comes_back_to_a_copy(workspace: Workspace, copy: Workspace, tmp_path: Path) -> None:
    sent(workspace, tmp_path / "out.xlsx")
    merge(copy, workspace)
    review = received(copy, tmp_path / "out.xlsx", a101={"percent": 40})
    assert (only(review).field, only(review).kind) == ("percent", "change")
    taking.apply(copy, [review])
    merge(workspace, copy)
    assert activity(workspace).percent == 40
    assert workspace.read_beside(history.tables_now) == copy.read_beside(history.tables_now)
