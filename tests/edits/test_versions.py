"""A plan's way: moved on to states, numbered, dated and signed; what the checks say of it."""

from datetime import date
from functools import partial

import pytest

from spp_desktop.edits import delivery, registers, rows, versions
from spp_desktop.plan.delivery import Activity
from spp_desktop.plan.editions import StateOfPlan
from spp_desktop.plan.identity import Plan
from spp_desktop.plan.posts import Post
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import queries
from spp_desktop.store import versions as reads
from spp_desktop.store.checks import every
from spp_desktop.store.checks.every import PlanChecks
from spp_desktop.store.workspace import Workspace


def move_on(workspace: Workspace, title: str, dated: date, by: str = "A. Person", post: str | None = None) -> int:
    state = next(each for each in workspace.read(reads.states) if each.title == title)
    return workspace.edit(
        f"move the plan on to {title}", versions.move_on, state.key, dated, by, post=post, note="Agreed."
    )


def told(workspace: Workspace, rule: str) -> list[tuple[str, str]]:
    findings = (each.finding for each in workspace.read(every.check))
    return [(finding.refs, finding.sentence) for finding in findings if finding.rule.name == rule]


def test_each_version_is_the_plan_as_at_the_step_before_it(workspace: Workspace) -> None:
    before = workspace.revision()
    assert move_on(workspace, "Draft", date(2008, 2, 14), " A. Person ") == 1
    assert move_on(workspace, "Issued", date(2008, 3, 14)) == 2
    draft, issued = workspace.read(reads.versions)
    assert (draft.number, draft.state, draft.issues, draft.signed_by) == (1, "Draft", False, "A. Person")
    assert (issued.state, issued.issues, issued.dated, issued.note) == ("Issued", True, date(2008, 3, 14), "Agreed.")
    assert draft.revision == before
    workspace.undo()
    assert [row.number for row in workspace.read(reads.versions)] == [1]
    assert move_on(workspace, "Submitted", date(2008, 2, 14)) == 3


def test_what_cannot_be_is_refused_and_nothing_changes(workspace: Workspace) -> None:
    move_on(workspace, "Draft", date(2008, 2, 14))
    refused = partial(pytest.raises, RuleBroken)
    with refused(match=r"^Version 1 \(Draft\) is dated 14 February 2008; one that follows it cannot be dated 13 Feb"):
        move_on(workspace, "Submitted", date(2008, 2, 13))
    with refused(match="^Say who signed it"):
        move_on(workspace, "Submitted", date(2008, 2, 15), "  ")
    with refused(match="no longer in the plan"):
        move_on(workspace, "Submitted", date(2008, 2, 15), post="gone")
    assert len(workspace.read(reads.versions)) == 1


def test_who_may_is_asked_about_and_noted_and_not_enforced(workspace: Workspace) -> None:
    crime, security = (post.id for post in workspace.read(queries.register, Post))
    state = next(each for each in workspace.read(reads.states) if each.title == "Issued")
    workspace.edit("name it", rows.change, StateOfPlan, state.key, post_id=security)
    move_on(workspace, "Issued", date(2008, 3, 14), post=crime)
    move_on(workspace, "Issued", date(2008, 3, 14), post=security)
    move_on(workspace, "Issued", date(2008, 3, 14))
    says = "Agreed. “Issued” is for ACC Security to say, by the plan's own list; it is signed"
    assert [row.note for row in workspace.read(reads.versions)] == [
        f"{says} as ACC Crime.", "Agreed.", f"{says} for no post.",
    ]  # fmt: skip
    assert [row.post for row in workspace.read(reads.versions)] == ["ACC Crime", "ACC Security", ""]


def test_a_plan_is_issued_before_its_year_begins(workspace: Workspace) -> None:
    rule = "issued after its year began"
    workspace.edit("show it as at", rows.change, Plan, workspace.read(queries.plan).id, as_at=date(2008, 5, 1))
    assert told(workspace, rule) == []
    move_on(workspace, "Draft", date(2008, 2, 14))
    assert told(workspace, rule) == [
        ("version 1",
         "2008-2009 began on 1 April 2008, and no version of the plan for it is issued: the newest is “Draft”."),
    ]  # fmt: skip
    move_on(workspace, "Issued", date(2008, 4, 1))
    late = [("version 2", "It was issued on 1 April 2008, and 2008-2009 began on 1 April 2008.")]
    assert told(workspace, rule) == late
    move_on(workspace, "Varied", date(2008, 9, 1))
    assert told(workspace, rule) == late
    workspace.edit("turn the year", rows.change, Plan, workspace.read(queries.plan).id, first_year=2009)
    assert told(workspace, rule) == []  # the next plan's year has not begun
    move_on(workspace, "Issued", date(2009, 3, 31))
    workspace.edit("show it as at", rows.change, Plan, workspace.read(queries.plan).id, as_at=date(2009, 5, 1))
    assert told(workspace, rule) == []


def test_what_is_out_and_says_something_else_is_told(workspace: Workspace) -> None:
    rule = "changed since it was issued"
    one, other, _ = workspace.read(queries.activities)
    move_on(workspace, "Issued", date(2008, 3, 14))
    assert told(workspace, rule) == []
    checks = PlanChecks()
    workspace.read(checks.run)
    tell: dict[str, frozenset[str]] = {}
    workspace.listen(lambda changed: tell.update(changed.rows))
    workspace.edit("reword", rows.change, Activity, one.key, text="Otherwise")
    assert workspace.read(checks.again, tell)
    assert [each.sentence for each in checks.findings() if each.rule.name == rule] == [
        "It is “Issued” since 14 March 2008, and 1 text or figure of it is other now."
    ]
    workspace.edit("report", registers.set_cells, Activity, [(one.key, "percent", 40.0)])
    (step,) = (row.key for row in workspace.read(queries.milestones, None, one.key))
    workspace.edit("remove", delivery.remove_milestone, step)
    added = workspace.edit("add", delivery.add_milestone, other.key, "Begin")
    says = "It is “Issued” since 14 March 2008, and {} texts and figures of it are other now."
    assert told(workspace, rule) == [("version 1", says.format(3))]
    workspace.edit("remove", delivery.remove_milestone, added)
    workspace.edit("reword", rows.change, Activity, one.key, text=one.text)
    assert told(workspace, rule) == [
        ("version 1", says.format(1).replace("texts and figures of it are", "text or figure of it is"))
    ]
    move_on(workspace, "Varied", date(2008, 9, 1))
    assert told(workspace, rule) == []
    assert workspace.read_beside(reads.said_otherwise, "no such step") == 0
