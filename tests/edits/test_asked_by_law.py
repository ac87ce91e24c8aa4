"""What the law asks: brought in, answered by rows and by pages, and never by a page that is empty or is none."""

import pytest

from spp_desktop.edits import asked_by_law, links, registers
from spp_desktop.plan.appendices.inspections import InspectionFinding
from spp_desktop.plan.asked_by_law import ITEMS, TITLE
from spp_desktop.plan.frameworks import Framework, FrameworkItem
from spp_desktop.plan.identity import Section
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import asked
from spp_desktop.store.asked import AskedItem
from spp_desktop.store.workspace import Workspace
from tests.store.conftest import sql


@pytest.fixture
def items(workspace: Workspace) -> dict[str, AskedItem]:
    told = workspace.edit("bring in", asked_by_law.bring_in)
    assert told == (
        "14 items came into the plan. The words of 6 of them are unverified: each says so, and names its source."
    )
    return read(workspace)


def read(workspace: Workspace) -> dict[str, AskedItem]:
    return {item.code: item for item in workspace.read(asked.asked)}


def test_each_item_comes_with_its_source_and_says_how_far_it_is_known(
    workspace: Workspace, items: dict[str, AskedItem]
) -> None:
    assert [(item.code, item.title, item.source, item.evidence) for item in items.values()] == [
        (item.code, item.title, item.source, item.evidence) for item in ITEMS
    ]
    assert {item.doubt for item in items.values()} == {
        "read in its source", "unverified: inferred", "unverified: from memory"
    }  # fmt: skip
    assert not any(item.answered for item in items.values())
    with pytest.raises(RuleBroken, match="has every item of the checklist of 2008 already"):
        workspace.edit("bring in", asked_by_law.bring_in)
    workspace.undo()
    assert read(workspace) == {}


def test_a_plan_that_has_some_of_it_gets_the_rest_and_keeps_what_it_has(workspace: Workspace) -> None:
    key = workspace.edit("add", registers.add, Framework, title=TITLE)
    columns = {"framework_id": key, "code": "PP1", "title": "Our own words", "verified": True}
    workspace.edit("add", registers.add, FrameworkItem, columns)
    assert read(workspace) == {}
    told = workspace.edit("bring in", asked_by_law.bring_in)
    assert told.startswith("13 items came into the plan.")
    first = read(workspace)["PP1"]
    assert (first.title, first.source, first.evidence, first.framework) == ("Our own words", "", "read", TITLE)


def test_a_section_and_a_row_of_a_register_answer(workspace: Workspace, items: dict[str, AskedItem]) -> None:
    section = workspace.edit("add", registers.add, Section, number="4", title="Influences")
    row = workspace.edit("add", registers.add, InspectionFinding, ref="H1", text="Count calls")
    for key in (section, row):
        workspace.edit("link", links.join, "answers", key, items["PP3"].key)
    item = read(workspace)["PP3"]
    assert (item.state, item.lacks) == ("answered", "")
    assert sorted(item.where) == ["H1 Count calls", "section Influences"]
    with pytest.raises(RuleBroken, match="has no such link to"):
        workspace.edit("link", links.join, "answers", items["PP3"].key, section)


def test_a_page_answers_while_it_holds_anything(workspace: Workspace, items: dict[str, AskedItem]) -> None:
    def named(page: str) -> AskedItem:
        workspace.edit("name", registers.set_cells, FrameworkItem, [(items["PP6"].key, "answered_in", page)])
        return read(workspace)["PP6"]

    assert named("annual delivery plan").where == ["Annual delivery plan"]
    empty = named("findings")
    assert (empty.state, empty.answered) == ("page is empty", False)
    assert empty.lacks == "It is said to be answered in Findings of inspections, which holds nothing yet."
    workspace.edit("add", registers.add, InspectionFinding, ref="H1", text="Count calls")
    assert read(workspace)["PP6"].answered
    with pytest.raises(RuleBroken, match=r"“Foreword” is not one of those listed\. Choose from: Priorities, "):
        named("Foreword")
    assert named("").state == "not answered"


def test_a_page_that_a_later_version_named_answers_nothing(workspace: Workspace, items: dict[str, AskedItem]) -> None:
    del items
    workspace.edit("write", sql, "UPDATE framework_item SET answered_in = 'forecasts' WHERE code = 'PP1'")
    item = read(workspace)["PP1"]
    assert (item.answered, item.page) == (False, "forecasts")
    assert item.lacks == "It is said to be answered in “forecasts”, which is no page of the window."
