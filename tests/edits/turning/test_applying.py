"""A plan rolled over: what comes of each row, what stays, and that one step back is all as it was."""

import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spp_desktop.edits import delivery, links, performance, registers, reporting_periods, rows
from spp_desktop.edits.turning import applying, by_hand, deciding, proposals
from spp_desktop.edits.turning.applying import TurnedYear
from spp_desktop.plan.identity import years_kept, years_of
from spp_desktop.plan.performance import Indicator, Target
from spp_desktop.plan.priorities import Commitment, Priority
from spp_desktop.plan.roles import NamedRole
from spp_desktop.plan.rows import kinds_of_row
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import dump, link_faults, monitored, queries, threads, turned
from spp_desktop.store.plain import ActivityRow
from spp_desktop.store.workspace import Workspace
from tests.depth import depth
from tests.edits.turning.test_deciding import decide, key_of, stand


def roll_over(plan: Workspace, year: int | None = None) -> TurnedYear:
    return plan.edit("roll over", applying.roll_over, year)


def of_year(plan: Workspace, year: int) -> dict[str, ActivityRow]:
    return {row.ref: row for row in plan.read(queries.activities, year)}


def came_from(plan: Workspace, key: str) -> list[str]:
    linked = plan.read(threads.links_of, key)
    return sorted(link.row.ref for link in linked if link.kind.name == "carried from" and link.onward)


def test_an_activity_that_goes_on_is_made_again_with_all_that_goes_along(workspace: Workspace) -> None:
    known = {row.ref: key for key, row in workspace.read(threads.rows).items()}
    role = workspace.edit("role", rows.add, NamedRole, title="Sponsor")
    post = workspace.read(queries.activities)[1].owner_keys[0]
    risk = workspace.edit("risk", registers.add, kinds_of_row()["risk"], {"ref": "R9", "text": "Somebody leaves"})
    cells = [
        (known["1.01"], name, value)
        for name, value in {
            "due": date(2008, 9, 30), "start": date(2008, 4, 7), "budget": 500, "notes": "See the minutes",
            "percent": 40, "reported": "monthly", "stands_under": known["P1.1.1"], "serves": [known["P2.1"]],
            f"role:{role}": [post],
        }.items()
    ]  # fmt: skip
    workspace.edit("say", delivery.set_cells, cells)
    workspace.edit("done", delivery.set_milestone, known["1.02/1"], done_on=date(2008, 8, 1))
    for kind, begin, end in (
        ("measures", known["R1"], known["1.01"]),
        ("threatens", risk, known["1.01"]),
        ("depends on", known["1.02"], known["1.01/1"]),
        ("depends on", known["2.01"], known["1.02/1"]),
    ):
        workspace.edit("link", links.join, kind, begin, end)
    old = of_year(workspace, 2008)
    assert roll_over(workspace).activities == 3
    assert of_year(workspace, 2008).keys() == old.keys()
    new = of_year(workspace, 2009)["1.01"]
    assert (new.text, new.due, new.start, new.budget, new.notes, new.percent, new.status_key, new.reported) == (
        *("Do what 1.01 says", date(2009, 9, 30), None, None, "See the minutes", None, None, "monthly"),
    )
    assert (new.home_key, new.serves, new.owners) == (known["P1.1.1"], (known["P2.1"],), old["1.01"].owners)
    assert new.roles == {f"role:{role}": (post,)}
    linked = [(link.words, link.row.ref, link.row.year) for link in workspace.read(threads.links_of, new.key)]
    assert ("is measured by", "R1", None) in linked
    assert ("is threatened by", "R9", None) in linked
    assert ("carried from", "1.01", 2008) in linked
    (step,) = workspace.read(queries.milestones, 2009, new.key)
    assert (step.title, step.due, step.done_on) == ("First step of 1.01", date(2009, 7, 1), None)
    assert came_from(workspace, step.key) == ["1.01/1"]
    waiting = workspace.read(threads.links_of, step.key)
    assert [(link.words, link.row.year) for link in waiting if link.kind.name == "depends on"] == [
        ("is needed for", 2009)
    ]
    assert workspace.read(queries.milestones, 2009, of_year(workspace, 2009)["1.02"].key) == []


def test_rows_are_split_merged_changed_closed_and_dropped(workspace: Workspace) -> None:
    extra = workspace.edit("add", delivery.add_activity, 2008, priority_of(workspace, "2.01"), "Do more", ref="2.02")
    decide(workspace, "1.01", "split", reason="Two forces", texts=["Do north", "Do south"], refs=["1.07"])
    decide(workspace, "1.02", "merged", reason="The same work", into=key_of(workspace, "2.01"))
    decide(workspace, "2.01", "changed", texts=["Do it better"])
    stand(workspace, "2.02", "Complete")
    done = roll_over(workspace, 2008)
    assert (dict(done.fates), done.activities) == (
        {"split": 1, "merged": 1, "changed": 1, "closed": 1, "kept": 1}, 3,
    )  # fmt: skip
    new = of_year(workspace, 2009)
    assert {ref: row.text for ref, row in new.items()} == {
        "1.07": "Do north", "1.08": "Do south", "2.01": "Do it better",
    }  # fmt: skip
    assert [came_from(workspace, new[ref].key) for ref in new] == [["1.01"], ["1.01"], ["1.02", "2.01"]]
    assert new["2.01"].owners == ("ACC Crime", "ACC Security")
    assert new["2.01"].serves == (priority_of(workspace, "1.02"),)
    assert [row.title for row in workspace.read(queries.milestones, 2009, new["2.01"].key)] == [
        "First step of 2.01", "First step of 1.02",
    ]  # fmt: skip
    table = {row.called: row for row in workspace.read(turned.from_to, 2008)}
    closed = table["2.02 Do more"]
    assert (closed.row_key, closed.fate, closed.became, closed.reason) == (extra, "closed", (), "It is “Complete”.")
    assert all(row.applied_on is not None for row in table.values())
    assert table["1.01 Do what 1.01 says"].becomes == "1.07 Do north\n1.08 Do south"
    line = table["1.01 Do what 1.01 says"].key
    with pytest.raises(RuleBroken, match=r"was done as 2008-2009 was rolled over: it is 1\.07 Do north"):
        workspace.edit("take back", by_hand.take_back, [line])


def priority_of(plan: Workspace, ref: str) -> str:
    return of_year(plan, 2008)[ref].priority_key


def test_the_plan_moves_on_and_what_has_passed_stays(workspace: Workspace) -> None:
    indicator = key_of(workspace, "R1")
    aims = [(indicator, "target:2009", "5%"), (indicator, "target:plan", "10%")]
    workspace.edit("aim", performance.set_cells, aims)
    workspace.edit("periods", reporting_periods.make_periods)
    workspace.edit("decide", deciding.decide, [indicator], reason="The grant was cut", target="3%")
    assert roll_over(workspace).periods == 4
    plan = workspace.read(queries.plan)
    assert (years_of(plan), years_kept(plan)) == ([2009, 2010, 2011], [2008, 2009, 2010, 2011])
    row = workspace.read(queries.indicators)[0]
    assert {year: target.stated for year, target in row.targets.items()} == {2008: "4%", 2009: "3%", None: "10%"}
    over = next(target for target in workspace.read(queries.register, Target) if target.year is None)
    assert (over.over_first, over.over_years) == (2008, 3)
    assert sum(period.starts >= date(2011, 4, 1) for period in workspace.read(monitored.periods)) == 4
    stand_of_old = [(of_year(workspace, 2008)["1.01"].key, "percent", 100)]
    workspace.edit("report on the old year", delivery.set_cells, stand_of_old)
    with pytest.raises(RuleBroken, match="2008-2009 has been rolled over already"):
        roll_over(workspace, 2008)
    with pytest.raises(RuleBroken, match="2009-2010 is to be rolled over before 2010-2011"):
        roll_over(workspace, 2010)


def test_a_title_that_names_the_plans_years_names_those_that_follow(workspace: Workspace) -> None:
    workspace.edit("retitle", registers.set_plan, title="Policing Plan 2008-2011")
    done = workspace.edit("roll over", applying.roll_over)
    assert done.title == workspace.read(queries.plan).title == "Policing Plan 2009-2012"
    workspace.undo()
    assert workspace.read(queries.plan).title == "Policing Plan 2008-2011"
    workspace.edit("retitle", registers.set_plan, title="Safer")
    assert workspace.edit("roll over", applying.roll_over).title == ""


def test_what_an_indicator_and_a_priority_become(workspace: Workspace) -> None:
    indicator = key_of(workspace, "R1")
    priority = priority_of(workspace, "1.01")
    kept = workspace.edit("add", performance.duplicate_indicator, indicator)
    workspace.edit("decide", deciding.decide, [indicator], "split", reason="Two ways", texts=["Guns", "Knives"])
    workspace.edit(
        "decide", deciding.decide, [priority], "merged", reason="One now", into=priority_of(workspace, "2.01")
    )
    with pytest.raises(RuleBroken, match="is not split by the turn of the year"):
        workspace.edit("decide", deciding.decide, [priority], "split", reason="x", texts=["A", "B"])
    roll_over(workspace)
    assert {row.priority for row in of_year(workspace, 2009).values()} == {"Local policing"}
    after = {row.id: row for row in workspace.read(queries.register, Indicator)}
    assert [row.title for row in after.values()] == ["Most serious violence", "Guns", "Knives", "Most serious violence"]
    assert (after[indicator].last_year, after[kept].last_year) == (2008, None)
    assert [row.last_year for row in workspace.read(queries.register, Priority)] == [2008, None]
    assert [row.called for row in workspace.read(proposals.proposals) if row.table == "indicator"] == [
        "PI02",
        "PI03",
        "PI01",
    ]


def test_two_years_turned_on_one_day_keep_their_lines_and_no_reason_is_that_of_another_fate(
    workspace: Workspace,
) -> None:
    workspace.edit("close", deciding.decide, [key_of(workspace, "1.01")], "closed")
    roll_over(workspace)
    roll_over(workspace)
    lines = workspace.read(turned.from_to)
    assert [(row.year, row.table) for row in lines if row.table == "indicator"] == [
        (2008, "indicator"),
        (2009, "indicator"),
    ]
    closed = next(row for row in lines if row.fate == "closed")
    assert closed.reason == ""  # why it was proposed to be kept is no reason to close it


def test_a_merge_whose_other_row_has_gone_is_refused(workspace: Workspace) -> None:
    decide(workspace, "1.01", "merged", reason="The same work", into=key_of(workspace, "1.02"))
    workspace.edit("remove", delivery.remove_activities, [key_of(workspace, "1.02")])
    before = workspace.read(dump.content)
    with pytest.raises(RuleBroken, match=r"“1\.01” cannot be merged: what it is to be merged with is no longer in"):
        roll_over(workspace)
    assert workspace.read(dump.content) == before


def test_what_stands_in_the_next_year_already_is_not_made_again(workspace: Workspace) -> None:
    old = key_of(workspace, "1.01")
    new = workspace.edit("add", delivery.add_activity, 2009, priority_of(workspace, "1.01"), "Begun", ref="1.02")
    workspace.edit("link", links.join, "carried from", new, old)
    roll_over(workspace)
    assert {ref: came_from(workspace, row.key) for ref, row in of_year(workspace, 2009).items()} == {
        "1.02": ["1.01"], "1.03": ["1.02"], "2.01": ["2.01"],
    }  # fmt: skip
    for ref in ("2.01", "1.02"):
        decide(workspace, ref, refs=["9.01"])
    with pytest.raises(RuleBroken, match=r"2 activities would have the reference 9\.01"):
        roll_over(workspace)
    decide(workspace, "2.01", refs=["1.03"])
    workspace.edit("add", delivery.add_activity, 2010, priority_of(workspace, "1.01"), "There", ref="1.03")
    with pytest.raises(RuleBroken, match=r"2010-2011 already has an activity 1\.03"):
        roll_over(workspace)


def test_a_plan_replaced_within_a_year_says_what_became_of_each_row(workspace: Workspace) -> None:
    commitment = workspace.read(queries.register, Commitment)[0].id
    workspace.edit("decide", deciding.decide, [commitment], "changed", texts=["We will do more"])
    decide(workspace, "1.01", "merged", reason="One post leads both", into=key_of(workspace, "1.02"))
    decide(workspace, "2.01", "split", reason="x", texts=["A", "B"])
    for day, why in ((date(2008, 10, 1), "“2.01” is to be split"), (date(2007, 10, 1), "2007-2008 is no year of the")):
        with pytest.raises(RuleBroken, match=why):
            workspace.edit("replace the plan", applying.replace, day)
    workspace.edit("take back", deciding.withdraw, [key_of(workspace, "2.01")])
    on = date(2008, 10, 1)
    workspace.edit("replace the plan", applying.replace, on)
    lines = workspace.read(turned.from_to, 2008)
    assert {line.fate for line in lines if line.table in {"priority", "theme"}} == {"kept"}
    assert {line.applied_on for line in lines} == {on}
    assert workspace.read(queries.register, Commitment)[0].text == "We will do more"
    assert came_from(workspace, key_of(workspace, "1.02")) == ["1.01"]
    with pytest.raises(RuleBroken, match="has left the plan within 2008-2009: it is merged with another"):
        workspace.edit("decide", deciding.decide, [of_year(workspace, 2008)["1.01"].key], "kept")
    roll_over(workspace)
    assert list(of_year(workspace, 2009)) == ["1.02", "2.01"]


@st.composite
def turns(draw: st.DrawFn) -> list[tuple[str, dict[str, Any]]]:
    """What is decided of the three activities of the small plan in a year, by their places."""
    fates = st.sampled_from(["proposed", "kept", "changed", "split", "dropped", "closed", "merged"])
    return [
        (draw(fates), {"refs": draw(st.sampled_from([None, ["9.01"]]))} if draw(st.booleans()) else {})
        for _ in range(3)
    ]


@settings(max_examples=depth(6, 200), deadline=None)
@given(years=st.lists(turns(), min_size=1, max_size=3), seed=st.integers(0, 99))
def test_rolled_over_and_undone_is_nothing_and_lineage_goes_round_in_no_ring(
    tmp_path_factory: pytest.TempPathFactory, small_plan: Path, years: list[list[tuple[str, dict[str, Any]]]], seed: int
) -> None:
    path = tmp_path_factory.mktemp("turned") / "plan.plan"
    path.write_bytes(small_plan.read_bytes())
    chosen = random.Random(seed)
    with Workspace.open(path) as plan:
        first, second, third = [row.key for row in plan.read(queries.activities)]
        for begin, end in ((first, second), (second, third)):
            plan.edit("link", links.join, "depends on", begin, end)
        for decisions in years:
            _decide_by_chance(plan, decisions, chosen)
            before = bare(plan)
            try:
                roll_over(plan)
            except RuleBroken:
                assert bare(plan) == before
                continue
            after = bare(plan)
            plan.undo()
            assert bare(plan) == before
            plan.redo()
            assert bare(plan) == after
        assert not plan.read_beside(lambda raw: list(link_faults.faults(raw)))


def bare(plan: Workspace) -> list[tuple[Any, ...]]:
    """Every cell of the content, with the keys of its rows."""
    return [
        (name, *sorted(map(tuple, plan.read(queries.register, model)), key=str))
        for name, model in kinds_of_row().items()
    ]


def _decide_by_chance(plan: Workspace, decisions: list[tuple[str, dict[str, Any]]], chosen: random.Random) -> None:
    year = plan.read(queries.plan).first_year
    keys = [row.key for row in plan.read(queries.activities, year)]
    for key, (fate, more) in zip(keys, decisions, strict=False):
        if fate == "proposed":
            continue
        texts = {"changed": ["Other words"], "split": ["One half", "Another half"]}.get(fate)
        into = chosen.choice(keys) if fate == "merged" else None
        try:
            plan.edit("decide", deciding.decide, [key], fate, reason="By chance", texts=texts, into=into, **more)
        except RuleBroken:
            continue
