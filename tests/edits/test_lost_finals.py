"""An area, an indicator or a group that holds final figures goes only for a reason, and leaves their restatements."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from sqlmodel import Session

from spp_desktop.edits import performance, registers, results, rows
from spp_desktop.edits.lost_finals import lost_finals
from spp_desktop.plan.performance import Indicator, IndicatorGroup
from spp_desktop.plan.periods import month_end
from spp_desktop.plan.results import Area
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import measured, queries
from spp_desktop.store.workspace import Workspace

WHY = "The unit was closed"


@dataclass
class Held:
    """A plan with a group of an indicator, an area, and results of both."""

    workspace: Workspace
    group: str = ""
    indicator: str = ""
    area: str = ""

    def set_up(self, session: Session) -> None:
        self.group = performance.add_group(session, "Crime")
        self.indicator = performance.add_indicator(
            session, self.group, "Robbery", polarity="lower", measure="count", unit="robberies"
        )
        self.area = rows.add(session, Area, title="Northtown")
        results.enter(session, [self.result(4, 200), self.result(4, 20, self.area), self.result(5, 21, self.area)])
        results.enter(session, [self.result(6, 22, self.area, state="provisional")])

    def result(self, month: int, value: float, area: str | None = None, **columns: Any) -> dict[str, Any]:
        first = date(2008, month, 1)
        period = {"period_from": first, "period_to": month_end(first)}
        return {"indicator_id": self.indicator, "area_id": area, "value": value, **period, **columns}

    def restated(self, **scope: Any) -> list[tuple[str, str, str, str, str]]:
        found = self.workspace.read(measured.restatements, **scope)
        return sorted((row.ref, row.area, row.before, row.after, row.reason) for row in found)


@pytest.fixture
def plan(workspace: Workspace) -> Held:
    made = Held(workspace)
    workspace.edit("set up", made.set_up, as_kind="built")
    return made


def finals(ref: str, *, force: bool) -> Iterable[tuple[str, str, str, str, str]]:
    whole = [(ref, "", "200", "", WHY)] if force else []
    return [*whole, (ref, "Northtown", "20", "", WHY), (ref, "Northtown", "21", "", WHY)]


def ref_of(plan: Held) -> str:
    return next(row.ref for row in plan.workspace.read(queries.indicators) if row.key == plan.indicator)


def test_what_would_go_is_told(plan: Held) -> None:
    lost = plan.workspace.read(lost_finals, Area, [plan.area])
    assert [(final.area, final.period_from.month, final.figure) for final in lost] == [
        ("Northtown", 4, "20"),
        ("Northtown", 5, "21"),
    ]
    for model, key in ((Indicator, plan.indicator), (IndicatorGroup, plan.group)):
        assert [final.figure for final in plan.workspace.read(lost_finals, model, [key])] == ["200", "20", "21"]


def test_an_area_goes_only_for_a_reason_and_leaves_what_it_held(plan: Held) -> None:
    ref, before = ref_of(plan), plan.workspace.revision()
    with pytest.raises(RuleBroken, match="2 final figures go with this, and a final figure only goes for a reason"):
        plan.workspace.edit("remove", registers.remove_all, Area, [plan.area], "  ")
    assert plan.workspace.revision() == before
    plan.workspace.edit("remove", registers.remove_all, Area, [plan.area], WHY)
    assert plan.workspace.read(queries.register, Area) == []
    assert plan.restated() == list(finals(ref, force=False))
    assert plan.restated(area=measured.FORCE) == [], "what an area held is not the force's"
    assert len(plan.restated(indicator=plan.indicator)) == 2
    plan.workspace.undo()
    assert plan.restated() == []
    assert len(plan.workspace.read(measured.results)) == 4
    plan.workspace.redo()
    assert plan.restated() == list(finals(ref, force=False))


@pytest.mark.parametrize("which", ["indicator", "group"])
def test_an_indicator_goes_only_for_a_reason_and_its_restatements_stay(plan: Held, which: str) -> None:
    ref = ref_of(plan)
    changed = plan.result(4, 23, plan.area)
    plan.workspace.edit("revise", results.enter, [changed], "late records")
    earlier = (ref, "Northtown", "20", "23", "late records")
    verb: tuple[Any, ...] = (
        (performance.remove_indicators, [plan.indicator])
        if which == "indicator"
        else (registers.remove, IndicatorGroup, plan.group)
    )
    with pytest.raises(RuleBroken, match="3 final figures go with this"):
        plan.workspace.edit("remove", *verb)
    plan.workspace.edit("remove", *verb, WHY)
    assert plan.restated() == [
        (ref, "", "200", "", WHY),
        earlier,
        (ref, "Northtown", "21", "", WHY),
        (ref, "Northtown", "23", "", WHY),
    ]
    assert {row.title for row in plan.workspace.read(measured.restatements)} == {"Robbery"}
    plan.workspace.undo()
    assert plan.restated() == [earlier]


def test_an_area_of_an_indicator_that_went_before_it_keeps_both_names(plan: Held) -> None:
    ref = ref_of(plan)
    plan.workspace.edit("remove", performance.remove_indicators, [plan.indicator], WHY)
    plan.workspace.edit("remove", registers.remove_all, Area, [plan.area])
    assert plan.restated() == list(finals(ref, force=True))


def test_what_holds_no_final_figure_goes_without_a_reason(plan: Held) -> None:
    other = plan.workspace.edit("add", registers.add, Area, title="Southtown")
    only = plan.result(4, 5, other, state="provisional")
    plan.workspace.edit("enter", results.enter, [only])
    plan.workspace.edit("remove", registers.remove_all, Area, [other])
    assert plan.restated() == []
    assert [row.title for row in plan.workspace.read(queries.register, Area)] == ["Northtown"]
