"""What is proposed for each row of the year that is left, and what a person decides in the place of it."""

from datetime import date
from typing import Any

import pytest

from spp_desktop.edits import delivery, performance, results
from spp_desktop.edits.turning import deciding, proposals
from spp_desktop.edits.turning.proposals import RowProposal
from spp_desktop.plan.delivery import Status
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import queries
from spp_desktop.store.workspace import Workspace


def by_ref(plan: Workspace) -> dict[str, RowProposal]:
    return {row.called: row for row in plan.read(proposals.proposals)}


def key_of(plan: Workspace, ref: str) -> str:
    return by_ref(plan)[ref].key


def stand(plan: Workspace, ref: str, status: str, **cells: Any) -> None:
    statuses = {row.title: row.id for row in plan.read(queries.register, Status)}
    values = {"status_id": statuses[status], **cells}
    plan.edit("say how it stands", delivery.set_cells, [(key_of(plan, ref), name, values[name]) for name in values])


def decide(plan: Workspace, ref: str, *said: Any, **more: Any) -> None:
    plan.edit("decide", deciding.decide, [key_of(plan, ref)], *said, **more)


def test_an_activity_goes_on_unless_its_status_says_that_it_is_over(workspace: Workspace) -> None:
    stand(workspace, "1.01", "Complete", percent=100)
    stand(workspace, "1.02", "Withdrawn", reason="The grant ended")
    stand(workspace, "2.01", "Deferred", reason="Waits for the site", due=date(2008, 9, 30), percent=40)
    rows = by_ref(workspace)
    assert [(rows[ref].fate, rows[ref].why) for ref in ("1.01", "1.02")] == [
        ("closed", "It is “Complete”."),
        ("dropped", "It is “Withdrawn”."),
    ]
    assert rows["1.01"].warnings == ("1 milestone of it is not done.",)
    assert rows["1.02"].reason == "The grant ended"
    kept = rows["2.01"]
    assert (kept.fate, kept.due, kept.reason) == ("kept", date(2009, 9, 30), "Waits for the site")
    assert kept.why == (
        "It is “Deferred”, 40% complete, so it is not finished. It was due on 30 September 2008; 30 September 2009 is "
        "proposed, a year later."
    )


@pytest.mark.parametrize(
    ("due", "forecast", "carried"),
    [
        (date(2009, 4, 1), None, date(2009, 4, 1)),
        (date(2008, 9, 30), date(2009, 6, 1), date(2009, 6, 1)),
        (date(2008, 9, 30), date(2008, 12, 1), date(2009, 9, 30)),
        (None, date(2008, 5, 1), date(2009, 5, 1)),
        (None, None, None),
    ],
)
def test_a_due_date_is_proposed_from_what_was_agreed_and_expected(
    workspace: Workspace, due: date | None, forecast: date | None, carried: date | None
) -> None:
    key = key_of(workspace, "1.01")
    workspace.edit("date", delivery.set_cells, [(key, "due", due), (key, "forecast", forecast)])
    assert by_ref(workspace)["1.01"].due == carried


def test_an_indicator_brings_its_next_target_and_last_result(workspace: Workspace) -> None:
    key = key_of(workspace, "R1")
    assert by_ref(workspace)["R1"].baseline == "No result of 2008-2009."
    assert by_ref(workspace)["R1"].warnings == ("No target is stated for 2009-2010.",)
    workspace.edit("aim", performance.set_cells, [(key, "target:2009", "5%"), (key, "target:plan", "10%")])
    workspace.edit("count", performance.set_indicator, key, measure="count", unit="crimes")
    year = {"period_from": date(2008, 4, 1), "period_to": date(2009, 3, 31), "state": "provisional"}
    workspace.edit("measure", results.enter, [{"indicator_id": key, "value": 1234.0, **year}])
    row = by_ref(workspace)["R1"]
    assert (row.target, row.baseline, row.over_plan, row.fate) == ("5%", "1,234 crimes", "10%", "kept")
    assert row.warnings == ("The result is provisional.",)


def test_a_decision_is_kept_changed_in_one_cell_and_taken_back(workspace: Workspace) -> None:
    decide(workspace, "1.01", "split", reason="Two forces", texts=["Do north", "Do south"], due="31/12/2009")
    decide(workspace, "1.01", refs=["1.09"])
    row = by_ref(workspace)["1.01"]
    assert (row.fate, row.texts, row.refs, row.due, row.reason) == (
        *("split", ("Do north", "Do south"), ("1.09",), date(2009, 12, 31), "Two forces"),
    )
    assert (row.proposed, bool(row.decision), bool(row.decided_by)) == ("kept", True, True)
    decide(workspace, "1.01", "kept", due=None)
    assert (by_ref(workspace)["1.01"].texts, by_ref(workspace)["1.01"].due) == ((), None)
    workspace.edit("take back", deciding.withdraw, [row.key])
    assert by_ref(workspace)["1.01"].decision == ""


@pytest.mark.parametrize(
    ("fate", "said", "sentence"),
    [
        ("dropped", {}, "Say why the activity “1.01” is dropped: that is only done for a reason."),
        ("split", {"reason": "x", "texts": ["One"]}, "Write what the activity “1.01” is split into, one a line: at "
         "least two."),
        ("changed", {"texts": ["One", "Two"]}, "The activity “1.01” is changed into one. Where it becomes several, it "
         "is split."),
        ("changed", {}, "Write what the activity “1.01” becomes; where its words stay, it is carried forward."),
        ("kept", {"refs": ["1", "2"]}, "More references are given than the activity “1.01” becomes rows, which is 1."),
        ("kept", {"target": "4%"}, "The activity “1.01” has no target: only an indicator has."),
        ("kept", {"refs": ["7.07"]}, "2009-2010 already has an activity 7.07. Choose another reference."),
        ("merged", {"reason": "x"}, "Say what the activity “1.01” is merged with."),
        ("merged", {"reason": "x", "into": "1.01"}, "The activity “1.01” cannot be merged with itself."),
        ("merged", {"reason": "x", "into": "R1"}, "The activity “1.01” cannot be merged so: what it is to be merged "
         "with is no longer in the plan, or of another kind."),
        ("kept", {"year": 2007}, "2007-2008 has been rolled over already: what became of its rows stands. Undo that "
         "step first."),
        ("kept", {"year": 2012}, "2012-2013 is no year of the plan, so nothing of it is left or carried."),
        ("kept", {"year": 2009}, "The activity “1.01” is not of 2009-2010, the year that is left."),
    ],
)  # fmt: skip
def test_a_decision_that_breaks_a_rule_is_refused(
    workspace: Workspace, fate: str, said: dict[str, Any], sentence: str
) -> None:
    if "into" in said:
        said = {**said, "into": key_of(workspace, said["into"])}
    if said.get("refs") == ["7.07"]:
        under = workspace.read(queries.activities)[0].priority_key
        workspace.edit("add", delivery.add_activity, 2009, under, "There already", ref="7.07")
    with pytest.raises(RuleBroken) as refused:
        decide(workspace, "1.01", fate, **said)
    assert str(refused.value) == sentence
    assert by_ref(workspace)["1.01"].decision == ""


def test_what_is_no_target_or_no_row_any_more_is_refused(workspace: Workspace) -> None:
    with pytest.raises(RuleBroken, match="target") as refused:
        decide(workspace, "R1", target="rather good")
    assert refused.value.field == "target"
    for key in ("0" * 36, workspace.read(queries.milestones)[0].key):
        with pytest.raises(RuleBroken, match="no longer in the plan, or goes with the activity"):
            workspace.edit("decide", deciding.decide, [key], "kept")
    keys = [row.key for row in workspace.read(queries.activities)]
    with pytest.raises(RuleBroken, match="Say them row by row"):
        workspace.edit("decide", deciding.decide, keys, "changed", texts=["Alike"])
    workspace.edit("decide", deciding.decide, keys, "dropped", reason="No money")
    assert [by_ref(workspace)[ref].fate for ref in ("1.01", "1.02", "2.01")] == ["dropped"] * 3


def test_what_others_are_merged_with_must_go_on(workspace: Workspace) -> None:
    into = key_of(workspace, "1.02")
    decide(workspace, "1.01", "merged", into=into, reason="The same work")
    with pytest.raises(
        RuleBroken, match=r"“1\.02” must go on, since 1 row is merged with it: the activity “1\.01”\. Dec"
    ):
        decide(workspace, "1.02", "merged", into=key_of(workspace, "1.01"), reason="Round in a circle")
    with pytest.raises(RuleBroken, match=r"merged with the activity “1\.01”, which does not go on: it is merged w"):
        decide(workspace, "2.01", "merged", into=key_of(workspace, "1.01"), reason="In a chain")
    assert by_ref(workspace)["1.01"].into == into
