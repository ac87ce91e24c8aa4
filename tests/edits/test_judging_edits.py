"""What a person says of results and of how they are judged, by the verbs."""

from datetime import date
from typing import Any

import pytest

from spp_desktop.edits import judging, performance, registers, results
from spp_desktop.figures.judging.judged import Judged
from spp_desktop.plan.judging import Annotation, JudgementRule, Override, PeerForce, PeerRate, Rebase
from spp_desktop.plan.periods import month_end, months
from spp_desktop.plan.results import Area
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import judged, queries
from spp_desktop.store.judged import Scope
from spp_desktop.store.locks import author
from spp_desktop.store.workspace import Workspace

AS_AT = date(2008, 10, 31)
SEPTEMBER, ENDS = date(2008, 9, 1), date(2008, 9, 30)
FIRST, LAST = date(2007, 4, 1), SEPTEMBER


@pytest.fixture
def key(workspace: Workspace) -> str:
    """The one indicator, a count with eighteen months of results."""
    found = workspace.read(queries.indicators)[0].key
    workspace.edit("shown as at", registers.set_plan, as_at=AS_AT)
    workspace.edit("measure", judging.set_measuring, found, measure="count")
    _enter(workspace, found, None)
    return found


def _enter(workspace: Workspace, key: str, area: str | None) -> None:
    rows: list[dict[str, Any]] = [
        {
            "indicator_id": key,
            "area_id": area,
            "period_from": month,
            "period_to": month_end(month),
            "value": 400 + at % 5,
        }
        for at, month in enumerate(months(FIRST, LAST))
    ]
    workspace.edit("enter", results.enter, rows)


def _judged(workspace: Workspace, key: str, area: str = "") -> Judged:
    return workspace.read(judged.judged, AS_AT, Scope(key, area))[0]


def test_a_colour_given_by_a_person_stands_before_the_rules(workspace: Workspace, key: str) -> None:
    ours = _judged(workspace, key).judgement.state
    other = "red" if ours != "red" else "green"
    workspace.edit("give", judging.set_override, key, None, ENDS, other, "The count is wrong")
    said = _judged(workspace, key).judgement
    assert said.override is not None
    assert (said.state, said.by_rule) == (other, ours)
    assert (said.override.reason, said.override.author, said.override.on) == (
        "The count is wrong",
        author(),
        date.today(),
    )
    workspace.edit("give", judging.set_override, key, "", ENDS, "amber", "Half of it is")
    (row,) = workspace.read(queries.register, Override)
    assert (row.colour, row.reason) == ("amber", "Half of it is")
    workspace.edit("take back", judging.remove_override, key, None, ENDS)
    assert _judged(workspace, key).judgement.state == ours
    workspace.undo()
    assert _judged(workspace, key).judgement.state == "amber"


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ((ENDS, "green", "  "), "reason", "“Reason” may not be empty"),
        ((ENDS, "blue", "Because"), "colour", "Colour: “blue” is not one of"),
        ((date(2008, 9, 29), "green", "Because"), "period_to", "No result ends on 29 Sep 2008"),
    ],
)
def test_a_colour_that_cannot_be_given_is_refused(
    workspace: Workspace, key: str, values: tuple[date, str, str], field: str, sentence: str
) -> None:
    with pytest.raises(RuleBroken, match=sentence) as refused:
        workspace.edit("give", judging.set_override, key, None, *values)
    assert refused.value.field == field
    assert workspace.read(queries.register, Override) == []


def test_an_area_has_colours_and_rebases_of_its_own(workspace: Workspace, key: str) -> None:
    area = workspace.edit("add", registers.add, Area, title="Coventry")
    with pytest.raises(RuleBroken, match="No result ends on 30 Sep 2008"):
        workspace.edit("give", judging.set_override, key, area, ENDS, "red", "Because")
    with pytest.raises(RuleBroken, match="Sep 2008 has no monthly result"):
        workspace.edit("begin", judging.rebase, key, area, SEPTEMBER, "Because")
    _enter(workspace, key, area)
    workspace.edit("give", judging.set_override, key, area, ENDS, "red", "Because")
    workspace.edit("begin", judging.rebase, key, area, SEPTEMBER, "Because")
    assert _judged(workspace, key, area).judgement.override is not None
    assert _judged(workspace, key).judgement.override is None
    assert _judged(workspace, key).series.rebases == ()


def test_a_colour_taken_back_twice_is_refused(workspace: Workspace, key: str) -> None:
    with pytest.raises(RuleBroken, match="nothing of 30 Sep 2008 to take back"):
        workspace.edit("take back", judging.remove_override, key, None, ENDS)
    with pytest.raises(RuleBroken, match="nothing of 1 Sep 2008 to take back"):
        workspace.edit("go on", judging.remove_rebase, key, None, SEPTEMBER)


def test_a_chart_begins_anew_where_a_month_has_a_result(workspace: Workspace, key: str) -> None:
    workspace.edit("begin", judging.rebase, key, None, date(2008, 4, 17), "Counted by victim")
    chart = _judged(workspace, key).chart
    assert chart is not None
    assert [chart.days[part.start] for part in chart.segments] == [FIRST, date(2008, 4, 1)]
    workspace.edit("reword", judging.rebase, key, None, date(2008, 4, 1), "Counted by offence")
    (row,) = workspace.read(queries.register, Rebase)
    assert (row.reason, row.author) == ("Counted by offence", author())
    workspace.edit("go on", judging.remove_rebase, key, None, date(2008, 4, 1))
    assert workspace.read(queries.register, Rebase) == []


def test_a_chart_begins_anew_only_for_a_reason_and_at_a_figure(workspace: Workspace, key: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        workspace.edit("begin", judging.rebase, key, None, SEPTEMBER, "")
    assert refused.value.field == "reason"
    october = {"indicator_id": key, "period_from": date(2008, 10, 1), "period_to": AS_AT, "state": "not available"}
    workspace.edit("enter", results.enter, [october])
    for first in (date(2008, 10, 1), date(2009, 1, 1)):
        with pytest.raises(RuleBroken, match="has no monthly result") as refused:
            workspace.edit("begin", judging.rebase, key, None, first, "Because")
        assert refused.value.field == "starts_on"


def test_an_annotation_is_written_changed_and_removed(workspace: Workspace, key: str) -> None:
    note = workspace.edit("annotate", judging.annotate, key, None, SEPTEMBER, "Operation began")
    workspace.edit("reword", judging.change_annotation, note, text="Operation Safer began", on_day="15/09/2008")
    (row,) = workspace.read(queries.register, Annotation)
    assert (row.text, row.on_day, row.author) == ("Operation Safer began", date(2008, 9, 15), author())
    assert [one.text for one in _judged(workspace, key).series.annotations] == ["Operation Safer began"]
    with pytest.raises(RuleBroken) as refused:
        workspace.edit("reword", judging.change_annotation, note, text="")
    assert refused.value.field == "text"
    workspace.edit("remove", judging.remove_annotation, note)
    assert workspace.read(queries.register, Annotation) == []


def test_an_indicator_is_judged_by_a_rule_of_its_own(workspace: Workspace, key: str) -> None:
    rule = workspace.edit("add", registers.add, JudgementRule, {"title": "Strict", "size": 0.0, "version": "rule 7"})
    workspace.edit("rule", judging.set_rule, key, rule)
    assert _judged(workspace, key).judgement.rule.version == "rule 7"
    workspace.edit("rule", judging.set_rule, key, None)
    assert _judged(workspace, key).judgement.rule.version != "rule 7"
    with pytest.raises(RuleBroken, match="no longer in the plan"):
        workspace.edit("rule", judging.set_rule, key, "no such rule")


def test_a_target_over_the_plan_is_explained_and_never_changed(workspace: Workspace, key: str) -> None:
    with pytest.raises(RuleBroken, match="no target over the plan"):
        workspace.edit("explain", judging.explain_target, key, "Rounded")
    workspace.edit("aim", performance.set_target, key, None, "10%", "change over plan")
    workspace.edit("explain", judging.explain_target, key, "Agreed with the Authority")
    target = workspace.read(queries.indicators, key)[0].targets[None]
    assert (target.explanation, target.stated, target.value) == ("Agreed with the Authority", "10%", 10)
    workspace.edit("explain", judging.explain_target, key, "")
    assert workspace.read(queries.indicators, key)[0].targets[None].explanation == ""


def test_how_an_indicator_is_measured_is_set_and_checked(workspace: Workspace, key: str) -> None:
    workspace.edit("measure", judging.set_measuring, key, fix_after="12", screened=False, per="1000")
    row = workspace.read(queries.indicators, key)[0]
    assert (row.fix_after, row.screened, row.per) == (12, False, 1000)
    for values, field in (({"fix_after": 11}, "fix_after"), ({"per": 0}, "per"), ({"measure": "guess"}, "measure")):
        with pytest.raises(RuleBroken) as refused:
            workspace.edit("measure", judging.set_measuring, key, **values)
        assert refused.value.field == field
    with pytest.raises(RuleBroken) as refused:
        workspace.edit("measure", judging.set_measuring, key, title="Another")
    assert refused.value.field == "title"


def test_rates_of_similar_forces_make_a_rank(workspace: Workspace, key: str) -> None:
    peers = [workspace.edit("add", registers.add, PeerForce, year=2007, force=name) for name in ("Kent", "Essex")]
    for peer, value in ((None, "12.4"), (peers[0], 10.1), (peers[1], "1,015")):
        workspace.edit("rate", judging.set_peer_rate, key, peer, 2007, value)
    standing = _judged(workspace, key).standing
    assert standing is not None
    assert (standing.rank, standing.of) == (2, 3)
    workspace.edit("rate", judging.set_peer_rate, key, peers[0], 2007, "13")
    workspace.edit("rate", judging.set_peer_rate, key, peers[1], 2007, " ")
    standing = _judged(workspace, key).standing
    assert standing is not None
    assert (standing.rank, standing.of, standing.missing) == (1, 2, ("Essex",))
    workspace.edit("rate", judging.set_peer_rate, key, None, 2007, None)
    workspace.edit("rate", judging.set_peer_rate, key, None, 2007, None)
    assert [row.value for row in workspace.read(queries.register, PeerRate)] == [13]


def test_a_rate_that_is_none_or_of_another_year_is_refused(workspace: Workspace, key: str) -> None:
    peer = workspace.edit("add", registers.add, PeerForce, year=2007, force="Kent")
    with pytest.raises(RuleBroken, match="Result: “many” is not a number") as refused:
        workspace.edit("rate", judging.set_peer_rate, key, peer, 2007, "many")
    assert refused.value.field == "value"
    with pytest.raises(RuleBroken, match="Kent is in the group of 2007-2008, not of 2008-2009") as refused:
        workspace.edit("rate", judging.set_peer_rate, key, peer, 2008, 3)
    assert refused.value.field == "year"


def test_nothing_is_said_of_an_indicator_that_is_gone(workspace: Workspace) -> None:
    with pytest.raises(RuleBroken, match="no longer in the plan"):
        workspace.edit("annotate", judging.annotate, "gone", None, SEPTEMBER, "Text")
    with pytest.raises(RuleBroken, match="no longer in the plan"):
        workspace.edit("rate", judging.set_peer_rate, "gone", None, 2008, 3)
