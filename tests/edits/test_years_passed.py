"""Years that have passed, read as the plan was in them: targets, checks, returns that went out before, calendars."""

from pathlib import Path

from spp_desktop.edits import issuing, receiving, returns_calendar
from spp_desktop.plan import identity
from spp_desktop.returns.catalogue.performance_plan import PERFORMANCE_PLAN
from spp_desktop.store import glimpse, queries
from spp_desktop.store.checks.every import check
from spp_desktop.store.workspace import Workspace
from tests.turned import turn


def test_years_of_a_plan_that_was_turned(workspace: Workspace) -> None:
    """All years kept, those of the plan as it was in each, and the day by which each is judged."""
    workspace.edit("turn", turn)
    plan = workspace.read(queries.plan)
    assert identity.years_kept(plan) == [2008, 2009, 2010, 2011]
    assert identity.years_passed(plan) == [2008]
    assert [identity.plan_years_in(plan, year)[0] for year in (2008, 2009, 2011)] == [2008, 2009, 2009]
    assert [identity.nearest_year(plan, year) for year in (2001, 2008, 2020)] == [2008, 2008, 2011]
    assert [str(identity.day_in(plan, year)) for year in (2008, 2009, 2010)] == [
        "2009-03-31",
        "2009-07-10",
        "2009-07-10",
    ]
    assert workspace.read(queries.outside_the_plan) == {}
    assert workspace.read(queries.usual_year) == 2009
    assert {each.about.year for each in returns_calendar.rounds(workspace)} == {2008, 2009, 2010, 2011}
    look = glimpse.first_look(workspace.path, 2008)
    assert look is not None
    assert look.year == 2008


def test_a_target_over_the_plan_is_held_against_its_own_years(workspace: Workspace) -> None:
    """Not against those of years that it is not over; what has ended is asked nothing."""
    workspace.edit("turn", turn)
    robbery, burglary = workspace.read(queries.indicators)
    assert queries.aimed_over(workspace.read(queries.plan), robbery) == (2008, 2009, 2010)
    assert burglary.key not in {row.key for each in workspace.read(check) for row in each.finding.rows}


def test_a_return_from_before_the_year_turned_is_read_by_its_own_columns(workspace: Workspace, tmp_path: Path) -> None:
    """Its first year is the passed one, and nothing of it is taken for missing."""
    path = tmp_path / "plan.xlsx"
    issuing.issue(workspace, PERFORMANCE_PLAN, path)
    workspace.edit("turn", turn)
    review = receiving.review(workspace, path)
    assert [each.text for each in review.differences] == []
    assert review.notices == ()
