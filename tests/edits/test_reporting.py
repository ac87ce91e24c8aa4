"""Status returns ask only for what is reported in their quarter, unless all is sent."""

from pathlib import Path

import pytest

from spp_desktop.edits import issuing, receiving, taking
from spp_desktop.returns.catalogue.delivery_plan import DELIVERY_PLAN
from spp_desktop.returns.catalogue.status_return import STATUS_RETURN
from spp_desktop.returns.file_forms import write
from spp_desktop.store.workspace import Workspace
from tests.edits.filling import Filled, activity, set_cells


def refs(workspace: Workspace, period: str, owner: str = "ACC Crime", *, whole: bool = False) -> list[str]:
    """The references of the activities that a status return asks for."""
    content = issuing.prepare(workspace, STATUS_RETURN, owner, year=2008, period=period, whole=whole)
    return [str(row.values["ref"]) for row in content.tables[0]]


def test_what_is_reported_yearly_is_left_out_of_other_quarters(workspace: Workspace) -> None:
    """Its milestones too; how many and why is said, and who has nothing else is sent nothing."""
    everyone = workspace.read(issuing.recipients, STATUS_RETURN, 2008, "Q1")
    before = refs(workspace, "Q1")
    assert "1.01" in before
    set_cells(workspace, reported="half-yearly")
    assert refs(workspace, "Q1") == [ref for ref in before if ref != "1.01"]
    assert refs(workspace, "Q2") == refs(workspace, "Q4") == refs(workspace, "Q1", whole=True) == before
    content = issuing.prepare(workspace, STATUS_RETURN, "ACC Crime", year=2008, period="Q1")
    assert all(row.values["ref"] != "1.01" for row in content.tables[1])
    assert workspace.read(issuing.left_out, STATUS_RETURN, 2008, "Q1") == (
        "1 activity is left out: 1 half-yearly, and not reported for Q1."
    )
    assert not workspace.read(issuing.left_out, STATUS_RETURN, 2008, "Q2")
    for ref in before:
        set_cells(workspace, ref, reported="yearly")
    assert workspace.read(issuing.recipients, STATUS_RETURN, 2008, "Q1") == [
        post for post in everyone if post != "ACC Crime"
    ]
    assert workspace.read(issuing.recipients, STATUS_RETURN, 2008, "Q1", whole=True) == everyone


@pytest.mark.parametrize("whole", [False, True])
def test_what_went_out_comes_back(workspace: Workspace, tmp_path: Path, *, whole: bool) -> None:
    """A row that was not asked for is not missing from what comes back; one that was sent all the same is taken in."""
    set_cells(workspace, reported="yearly")
    path = tmp_path / "crime.xlsx"
    content = issuing.prepare(workspace, STATUS_RETURN, "ACC Crime", year=2008, period="Q1", whole=whole)
    write(STATUS_RETURN, content, path)
    issuing.record(workspace, content, path)
    if whole:
        with Filled(path) as book:
            book.put("1.01", percent="35%")
    review = receiving.review(workspace, path)
    assert [(each.kind, each.field) for each in review.differences] == [("change", "percent")] * whole
    if whole:
        taking.apply(workspace, [review])
        assert activity(workspace).percent == 35


def test_reported_budget_and_notes_go_out_and_come_back(workspace: Workspace, tmp_path: Path) -> None:
    """The delivery plan's return holds them, and takes in what is filled in."""
    set_cells(workspace, reported="yearly", budget="£1,200", notes="As agreed")
    path = tmp_path / "plan.xlsx"
    issuing.issue(workspace, DELIVERY_PLAN, path, year=2008)
    with Filled(path, definition=DELIVERY_PLAN) as book:
        book.put("1.01", reported="half-yearly", budget=2500, notes="As agreed in May")
    review = receiving.review(workspace, path)
    assert {each.field for each in review.differences} == {"reported", "budget", "notes"}
    taking.apply(workspace, [review])
    row = activity(workspace)
    assert (row.reported, row.budget, row.notes) == ("half-yearly", 2500, "As agreed in May")
