"""Checks of what is public: parts that came and went, and rows that are looked at again on their own page."""

from datetime import date

from spp_desktop.edits import delivery, disclosures, priorities
from spp_desktop.plan.releasable import PublicItem
from spp_desktop.store import disclosed, queries
from spp_desktop.store.checks import every
from spp_desktop.store.workspace import Workspace

ON = date(2008, 9, 1)


def found(workspace: Workspace, rule: str) -> list[tuple[str, str]]:
    """The references and sentences of what a rule finds."""
    findings = (each.finding for each in workspace.read(every.check))
    return [(finding.refs, finding.sentence) for finding in findings if finding.rule.name == rule]


def test_parts_that_come_and_go_are_changes_of_what_was_released(workspace: Workspace) -> None:
    node = workspace.read(queries.priority_tree)[0]
    activity = workspace.read(queries.activities)[0].key
    (step,) = (row.key for row in workspace.read(queries.milestones, None, activity))
    items = [PublicItem("priority", node.key), PublicItem("activity", activity)]
    workspace.edit("release", disclosures.release, items, "A", ON)
    workspace.edit("add", priorities.add_commitment, node.key, "We will")
    workspace.edit("remove", delivery.remove_milestone, step)
    said = "It was released on 1 September 2008 by A and has changed since: "
    assert found(workspace, "released and changed since") == [
        ("1.01", f"{said}milestone “First step of 1.01” of 1.01 went."),
        ("P1", f"{said}commitment “We will” of Serious harm came."),
    ]
    added = workspace.edit("add", delivery.add_milestone, activity, "Begin")
    workspace.edit("remove", delivery.remove_milestone, added)
    changed = workspace.read(disclosed.changed_since_release)
    keys = {row.item.key: row.key for row in workspace.read(disclosed.disclosures)}
    assert len(changed[keys[activity]]) == 1


def test_a_row_that_is_withheld_is_found_where_it_stands(workspace: Workspace) -> None:
    node = workspace.read(queries.priority_tree)[0]
    items = [PublicItem("priority", node.key)]
    workspace.edit("withhold", disclosures.withhold, items, "Not agreed", "A", ON, look_again=date(2008, 10, 1))
    assert found(workspace, "withheld and due") == [
        ("P1", "It is withheld by A on 1 September 2008 (Not agreed), to be looked at again on 1 October 2008.")
    ]
