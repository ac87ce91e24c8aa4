"""What depends on a date that is moved moves along, or is named, as the plan chooses."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session, select

from spp_desktop.edits import delivery, links, rows
from spp_desktop.plan.monitoring import DeliveryRule
from spp_desktop.store import planned, queries
from spp_desktop.store.plain import ActivityRow
from spp_desktop.store.workspace import Workspace

TODAY, DUE = date(2008, 7, 1), date(2009, 1, 31)


def choose(session: Session, dependencies: str) -> None:
    rule = session.exec(select(DeliveryRule)).first()
    key = rule.id if rule else rows.add(session, DeliveryRule, title="The plan's rule", position=1.0)
    rows.change(session, DeliveryRule, key, dependencies=dependencies)


def activities(workspace: Workspace) -> dict[str, ActivityRow]:
    return {row.ref: row for row in workspace.read(queries.activities)}


@pytest.fixture
def chain(workspace: Workspace) -> Workspace:
    """A plan in which 1.02 depends on 1.01, and 2.01 on 1.02; today is 1 July 2008."""
    keys = {ref: row.key for ref, row in activities(workspace).items()}
    days = {"1.01": DUE, "1.02": DUE, "2.01": DUE + timedelta(7)}
    workspace.edit("set dates", delivery.set_cells, [(keys[ref], "due", day) for ref, day in days.items()])
    workspace.edit("set a start", delivery.set_cells, [(keys["2.01"], "start", DUE)])
    workspace.edit("link", links.join, "depends on", keys["1.02"], keys["1.01"])
    workspace.edit("link", links.join, "depends on", keys["2.01"], keys["1.02"])
    return workspace


def slip(workspace: Workspace, days: int) -> str:
    """Expect 1.01 later. Returns the sentence about what is planned too early then."""
    key = activities(workspace)["1.01"].key
    workspace.edit("slip", delivery.set_cells, [(key, "forecast", DUE + timedelta(days))])
    return workspace.read(planned.warning, [key], TODAY)


def test_a_plan_that_warns_names_what_is_planned_too_early_and_moves_nothing(chain: Workspace) -> None:
    chain.edit("choose", choose, "warn")
    assert slip(chain, 0) == ""
    assert slip(chain, 20) == (
        "1.02 and 2.01 depend on this and are planned too early for it now: "
        "the arrow between them is red on the timeline."
    )
    assert activities(chain)["1.02"].forecast is None


def test_a_plan_that_moves_puts_off_what_depends_on_it_in_the_same_step(
    chain: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("spp_desktop.plan.identity.Plan.today", lambda _: TODAY)
    chain.edit("choose", choose, "move")
    assert slip(chain, 20) == ""
    now = activities(chain)
    assert (now["1.02"].due, now["1.02"].forecast) == (DUE, DUE + timedelta(20)), "what was agreed stays"
    assert (now["2.01"].start, now["2.01"].forecast) == (DUE + timedelta(20), DUE + timedelta(27))
    chain.undo()
    assert [row.forecast for row in activities(chain).values()] == [None, None, None]
    assert activities(chain)["2.01"].start == DUE


def test_what_has_begun_keeps_its_start(chain: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("spp_desktop.plan.identity.Plan.today", lambda _: TODAY)
    chain.edit("choose", choose, "move")
    chain.edit("begin", delivery.set_cells, [(activities(chain)["2.01"].key, "percent", 10)])
    slip(chain, 20)
    assert activities(chain)["2.01"].start == DUE
    assert activities(chain)["2.01"].forecast == DUE + timedelta(20)
