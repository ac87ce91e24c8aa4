"""A portfolio handed over: from a day on it is another post's, what is past stays with whom it was, undone in one."""

from datetime import date

import pytest

from spp_desktop.edits import delivery, handing_over, registers, roles
from spp_desktop.plan.delivery import Activity
from spp_desktop.plan.posts import Post
from spp_desktop.plan.registers import register_of
from spp_desktop.plan.role_names import in_role
from spp_desktop.plan.roles import NamedRole
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import dump, owned_then, portfolios, queries
from spp_desktop.store.workspace import Workspace

WHY = "Portfolios were arranged anew."
DAY = date(2008, 10, 1)


@pytest.fixture
def plan(workspace: Workspace) -> Workspace:
    """A plan on 1 November 2008 in which Crime owns 1.01 with Operations, 1.02, a milestone, a risk."""
    workspace.edit("set the day", registers.set_plan, as_at=date(2008, 11, 1))
    for title in ("Crime", "Operations", "Justice"):
        workspace.edit("add", registers.add, Post, title=title)
    post, key = posts(workspace), activities(workspace)
    workspace.edit("own", delivery.set_owners, key["1.01"], [post["Crime"], post["Operations"]])
    workspace.edit("own", delivery.set_owners, key["1.02"], [post["Crime"]])
    workspace.edit("own", delivery.set_owners, key["2.01"], [post["Justice"]])
    workspace.edit("step", delivery.add_milestone, key["2.01"], "Plan it", owner_id=post["Crime"])
    workspace.edit(
        "risk", registers.add, register_of("risk").model, ref="R9", text="It may fail", owner_id=post["Crime"]
    )
    role = workspace.edit("add", registers.add, NamedRole, title="Sponsor")
    workspace.edit("role", roles.set_in_roles, {key["2.01"]: {in_role(role): [post["Crime"]]}})
    return workspace


def posts(plan: Workspace) -> dict[str, str]:
    return {title: key for key, title in plan.read(portfolios.posts)}


def activities(plan: Workspace) -> dict[str, str]:
    return {row.ref: row.key for row in plan.read(queries.activities)}


def hand_over(plan: Workspace, to: str, on: date = DAY, reason: str = WHY, keys: set[str] | None = None) -> int:
    post = posts(plan)
    return int(plan.edit("hand over", handing_over.hand_over, post["Crime"], post[to], on, reason, keys))


def test_all_that_a_post_owns_moves_as_one_step(plan: Workspace) -> None:
    before = plan.read(dump.content)
    assert hand_over(plan, "Operations") == 5
    post, key = posts(plan), activities(plan)
    assert plan.read(owned_then.owned_from, post["Crime"], DAY) == []
    ways = {(row.table, row.way) for row in plan.read(owned_then.owned_from, post["Operations"], DAY)}
    assert ways == {("activity", "owner"), ("milestone", "owner"), ("risk", "owner"), ("activity", "Sponsor")}
    told = owned_then.before_words(plan.read(owned_then.before)[key["1.02"]])
    assert told == "Crime until 30 Sep 2008 (Portfolios were arranged anew)"
    plan.undo()
    assert plan.read(dump.content) == before


def test_what_was_owned_jointly_is_owned_once(plan: Workspace) -> None:
    hand_over(plan, "Operations")
    rows = {row.ref: row.owners for row in plan.read(queries.activities)}
    assert rows == {"1.01": ("Operations",), "1.02": ("Operations",), "2.01": ("Justice",)}


def test_each_day_knows_its_owner(plan: Workspace) -> None:
    hand_over(plan, "Justice")
    post, key = posts(plan), activities(plan)

    def answered_for(title: str, on: date | None = None) -> set[str]:
        shown = plan.read(portfolios.portfolio, post[title], on)
        assert shown is not None
        return {ref for ref, row in key.items() if row in shown.keys}

    assert answered_for("Crime") == set()
    assert answered_for("Crime", date(2008, 9, 30)) == {"1.01", "1.02", "2.01"}
    assert answered_for("Crime", DAY) == set()
    assert answered_for("Justice") == {"1.01", "1.02", "2.01"}
    assert answered_for("Justice", date(2008, 9, 30)) == {"2.01"}


def test_years_that_have_ended_stay_with_whom_they_were(plan: Workspace) -> None:
    plan.edit("move on", registers.set_plan, as_at=date(2009, 6, 1))
    assert hand_over(plan, "Justice", date(2009, 5, 1)) == 1  # the risk, which is of no year
    kept = plan.read(owned_then.owned_from, posts(plan)["Crime"], DAY)
    assert {row.table for row in kept} == {"activity", "milestone"}


def test_only_what_is_asked_for_moves(plan: Workspace) -> None:
    key = activities(plan)
    assert hand_over(plan, "Justice", keys={key["1.02"]}) == 1
    assert {row.ref for row in plan.read(queries.activities) if "Crime" in row.owners} == {"1.01"}


def test_what_is_refused(plan: Workspace) -> None:
    with pytest.raises(RuleBroken, match="Say why"):
        hand_over(plan, "Justice", reason=" ")
    with pytest.raises(RuleBroken, match="the post that has it already"):
        hand_over(plan, "Crime")
    with pytest.raises(RuleBroken, match="2 November 2008 is still to come"):
        hand_over(plan, "Justice", date(2008, 11, 2))


def test_next_years_activities_move_before_their_year(plan: Workspace) -> None:
    post, priority = posts(plan), plan.read(queries.activities)[0].priority_key
    made = plan.edit(
        "add", delivery.add_activity, year=2009, priority_id=priority, text="Go on", owners=[post["Crime"]]
    )
    assert hand_over(plan, "Justice", date(2009, 4, 1), keys={made}) == 1
    assert made not in plan.read(owned_then.before)  # nobody else owned it on any day of its year
    assert plan.read(queries.counts)[str(Activity.__tablename__)] == 4


def test_a_row_is_not_handed_over_from_a_day_on_which_it_was_still_anothers(plan: Workspace) -> None:
    """Else two posts would have had it on one day, and the later of them before it came to it."""
    hand_over(plan, "Operations")
    post = posts(plan)
    before = plan.read(dump.content)
    with pytest.raises(RuleBroken, match="was Crime's until 30 September 2008"):
        plan.edit("back", handing_over.hand_over, post["Operations"], post["Crime"], date(2008, 9, 1), WHY)
    assert plan.read(dump.content) == before
