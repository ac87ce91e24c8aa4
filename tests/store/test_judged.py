"""Rows gathered into series: whichever way they were entered, with all that is said beside them, and judged."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from spp_desktop.edits import judging, performance, results, rows
from spp_desktop.figures.judging.judged import Judged
from spp_desktop.figures.judging.series import PLAN_RULE
from spp_desktop.figures.rag.colours import ColourOverride, LastYear, Tolerance
from spp_desktop.plan.judging import JudgementRule, PeerForce, PeerRate, Rebase
from spp_desktop.plan.periods import month_end, months
from spp_desktop.plan.results import Area, DefinitionVersion
from spp_desktop.store import measured, queries
from spp_desktop.store.judged import Scope, gathered, judged, rule_of
from spp_desktop.store.measured import FORCE
from spp_desktop.store.workspace import Workspace
from tests.depth import depth
from tests.figures.results_made import LAST_YEAR, OCTOBER, SO_FAR

MONTHS = months(date(2007, 4, 1), date(2008, 9, 1))
SENTENCE = (
    "Amber: 2,336 robberies April to September 2008 against a trajectory of 2,317 (last year's profile, target 4,704); "
    "0.8% over, inside the 5% tolerance."
)


@dataclass
class Plan:
    """A plan of two indicators and two areas, with the keys of each."""

    workspace: Workspace
    robbery: str = ""
    detections: str = ""
    north: str = ""
    south: str = ""

    def set_up(self, session: Session) -> None:
        group = performance.add_group(session, "Crime")
        self.robbery = performance.add_indicator(
            *(session, group, "Robbery"),
            unit="robberies",
            polarity="lower",
            measure="count",
            trajectory="last year's profile",
        )
        self.detections = performance.add_indicator(
            session, group, "Detections", polarity="higher", unit="%", measure="percentage"
        )
        performance.set_target(session, self.robbery, 2008, "4%")
        performance.set_target(session, self.detections, 2008, "23%")
        self.north, self.south = (
            rows.add(session, Area, title=title, position=at) for at, title in enumerate(("North", "South"), 1)
        )

    def enter(self, indicator: str, figures: Iterable[Any], area: str = "", **more: Any) -> None:
        """Enter figures by month from April 2007."""
        entries = [self.entry(indicator, at, value, area, **more) for at, value in enumerate(figures)]
        self.workspace.edit("enter results", results.enter, entries, "as entered")

    def entry(self, indicator: str, at: int, value: Any, area: str = "", **more: Any) -> dict[str, Any]:
        figure = {"numerator": value[0], "denominator": value[1]} if isinstance(value, tuple) else {"value": value}
        held = {"indicator_id": indicator, "area_id": area or None, **figure, **more}
        return {**held, "period_from": MONTHS[at], "period_to": month_end(MONTHS[at])}

    def judged(self, as_at: date = OCTOBER, **scope: Any) -> list[Judged]:
        return self.workspace.read(judged, as_at, Scope(**scope))


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Plan]:
    with Workspace.create(tmp_path / "plan.plan", "A plan", 2008, force="Own") as workspace:
        made = Plan(workspace)
        workspace.edit("set up", made.set_up, as_kind="built")
        yield made


def test_the_sentence_of_the_worked_year(plan: Plan) -> None:
    plan.enter(plan.robbery, [*LAST_YEAR, *SO_FAR])
    found = plan.judged(indicator=plan.robbery)
    assert [one.sentence for one in found] == [SENTENCE]
    assert found[0].series.indicator.ref == "PI01"


def test_the_scope_says_which_series(plan: Plan) -> None:
    plan.enter(plan.robbery, LAST_YEAR)
    plan.enter(plan.robbery, LAST_YEAR[:3], plan.south)

    def places(**scope: Any) -> list[tuple[str, str]]:
        return [(one.series.indicator.ref, one.series.area) for one in plan.judged(**scope)]

    assert places() == [("PI01", ""), ("PI02", "")]
    assert places(area=None) == [("PI01", ""), ("PI01", "South"), ("PI02", "")]
    assert places(area=plan.south) == [("PI01", "South"), ("PI02", "South")]
    assert places(indicator=plan.detections) == [("PI02", "")]
    south = plan.judged(area=plan.south)
    assert [len(one.series.readings) for one in south] == [3, 0]
    assert south[0].series.area_key == plan.south


def test_everything_about_an_indicator_is_gathered(plan: Plan) -> None:
    values: dict[str, Any] = {
        "population": "whole community", "numerator": "detections", "denominator": "crimes", "per": 100.0,
        "profile_years": 2, "cut_from": "target", "screened": False, "fix_after": 12, "beyond_counts": True,
    }  # fmt: skip
    plan.workspace.edit("set", performance.set_indicator, plan.detections, **values)
    known = plan.judged(indicator=plan.detections)[0].series.indicator
    assert {name: getattr(known, name) for name in values} == values
    assert (known.key, known.title, known.group, known.measure) == (
        plan.detections,
        "Detections",
        "Crime",
        "percentage",
    )
    assert known.targets[2008].stated == "23%"


def test_results_come_with_what_they_are_made_of(plan: Plan) -> None:
    plan.enter(plan.detections, [(90, 398)], sample_size=50, design_effect=1.5, state="provisional")
    made, empty = (plan.entry(plan.detections, at, None) for at in (2, 3))
    plan.workspace.edit("enter", results.enter, [{**made, "value": 20.0, "population": "white"}])
    plan.workspace.edit("enter", results.enter, [{**empty, "state": "not available"}])
    readings = plan.judged(indicator=plan.detections)[0].series.readings
    assert [(one.population, one.value, one.state) for one in readings] == [
        ("", 9000 / 398, "provisional"),
        ("", None, "not available"),
        ("white", 20, "final"),
    ]
    assert readings[0][3:7] == (90, 398, 50, 1.5)


# What is said beside the results


def test_rules_are_the_plan_s_first_or_the_indicator_s_own(plan: Plan) -> None:
    first, own = plan.workspace.read(gathered_rules)
    assert first == own == Tolerance(5, "relative", "", 1)
    keys = [row.id for row in plan.workspace.read(rows_of_rules)]
    plan.workspace.edit("rule", judging.set_rule, plan.detections, keys[1])
    assert plan.workspace.read(gathered_rules)[1] == LastYear("", 1)
    plan.workspace.edit("add", add_points_rule)
    points = plan.workspace.read(rows_of_rules)[-1]
    assert rule_of(points) == Tolerance(2, "points", "rule 2", 3)
    for row in plan.workspace.read(rows_of_rules):
        plan.workspace.edit("remove", rows.remove, JudgementRule, row.id)
    assert plan.workspace.read(gathered_rules) == [PLAN_RULE, PLAN_RULE]


def gathered_rules(connection: Any) -> list[Any]:
    return [one.rule for one in gathered(connection)]


def rows_of_rules(connection: Any) -> list[Any]:
    return queries.register(connection, JudgementRule)


def add_points_rule(session: Session) -> None:
    kind = {"kind": "tolerance in points", "size": 2.0, "version": "rule 2", "first_month": 3, "position": 9.0}
    rows.add(session, JudgementRule, title="2 points", **kind)


def test_breaks_rebases_overrides_and_annotations_belong_to_their_place(plan: Plan) -> None:
    for area in ("", plan.north):
        plan.enter(plan.robbery, [*LAST_YEAR, *SO_FAR], area)

    def say(session: Session) -> None:
        for day, breaks in ((date(2008, 4, 1), True), (date(2007, 4, 1), True), (date(2008, 6, 1), False)):
            changed = {"starts_on": day, "reason": f"Changed {day.year}", "breaks_series": breaks}
            rows.add(session, DefinitionVersion, indicator_id=plan.robbery, **changed)
        judging.set_override(session, plan.robbery, plan.north, date(2008, 9, 30), "green", "A recount")
        judging.rebase(session, plan.robbery, plan.north, date(2008, 4, 1), "A new unit")
        judging.annotate(session, plan.robbery, None, date(2008, 5, 12), "A campaign")

    plan.workspace.edit("say", say)
    force, north = (one for one in plan.judged(area=None) if one.series.indicator.key == plan.robbery)
    assert [one.reason for one in force.series.breaks] == ["Changed 2007", "Changed 2008"]
    assert force.series.breaks == north.series.breaks
    assert [one.text for one in force.series.annotations] == ["A campaign"]
    assert not north.series.annotations
    assert not force.series.overrides
    assert isinstance(north.judgement.override, ColourOverride)
    assert north.judgement.state == "green"
    assert north.chart is not None
    assert [segment.start for segment in north.chart.segments] == [0, 12]


def test_a_rebase_begins_with_its_month(plan: Plan) -> None:
    plan.enter(plan.robbery, [*LAST_YEAR, *SO_FAR])
    held: Any = {"indicator_id": plan.robbery, "starts_on": date(2008, 4, 15), "reason": "A new unit", "author": "ACC"}
    plan.workspace.edit("rebase", rows.add, Rebase, **held)
    chart = plan.judged(indicator=plan.robbery)[0].chart
    assert chart is not None
    assert len(chart.segments) == 2


def test_a_force_stands_among_its_peers(plan: Plan) -> None:
    def say(session: Session) -> None:
        keys = [
            rows.add(session, PeerForce, year=2007, force=name, position=1.0) for name in ("Avon", "Bucks", "Clwyd")
        ]
        other = rows.add(session, PeerForce, year=2006, force="Derby", position=1.0)
        for key, value in zip((None, *keys[:2]), (12.4, 10.1, 15.3), strict=True):
            judging.set_peer_rate(session, plan.robbery, key, 2007, value)
        judging.set_peer_rate(session, plan.robbery, other, 2006, 9.0)
        judging.set_peer_rate(session, plan.robbery, None, 2005, 9.0)  # a year without a group
        rows.add(session, PeerRate, indicator_id=plan.robbery, peer_id=other, year=2007, value=1.0)  # of another group

    plan.workspace.edit("peers", say)
    plan.enter(plan.robbery, LAST_YEAR, plan.north)
    force, north = plan.judged(area=None)[:2]
    assert force.standing is not None
    assert (force.standing.words, force.standing.missing) == ("2nd of 3", ("Clwyd",))
    assert force.series.peers.keys() == {2006, 2007}
    assert force.series.peers[2006] == {"Own": None, "Derby": 9.0}
    assert (north.standing, north.series.peers) == (None, {})


# However it was entered

figures = st.lists(st.tuples(st.integers(0, 400), st.integers(1, 500)), min_size=1, max_size=18)


@settings(max_examples=depth(5, 60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pairs=figures, random=st.randoms())
def test_judged_whatever_the_order_of_entry(plan: Plan, pairs: list[tuple[int, int]], random: Random) -> None:
    entries = [plan.entry(plan.detections, at, pair) for at, pair in enumerate(pairs)]
    seen = []
    for order in (entries, random.sample(entries, len(entries))):
        for entry in order:
            plan.workspace.edit("enter", results.enter, [entry])
        one = plan.judged(indicator=plan.detections)[0]
        seen.append((one.sentence, one.direction, one.chart, one.aim, one.finding))
        plan.workspace.edit("clear", results.clear, entries, "to enter them again")
    assert seen[0] == seen[1]
    assert not plan.judged(indicator=plan.detections)[0].series.readings


def test_rows_as_the_database_keeps_them_are_the_same_rows(plan: Plan) -> None:
    plan.enter(plan.robbery, LAST_YEAR, plan.north)
    plan.enter(plan.robbery, SO_FAR)

    def both(connection: Any) -> tuple[list[Any], list[Any]]:
        bare = list(measured.bare(connection, [plan.robbery, plan.detections], None))
        whole = [
            (r.indicator_key, r.area_key or FORCE, r.population, str(r.period_from), str(r.period_to), r.value)
            for r in measured.results(connection)
        ]
        return [row[:6] for row in bare], whole

    bare, whole = plan.workspace.read(both)
    assert bare == whole
    assert len(bare) == 18
