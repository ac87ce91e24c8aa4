"""Every number of a document is the string of the window's own cell, whatever the plan holds."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from spp_desktop.edits import judging, performance, results, rows
from spp_desktop.edits.documents.lacks import NO_TARGET
from spp_desktop.edits.documents.plan_read import DocumentAsk, DocumentPlan
from spp_desktop.edits.documents.reports import indicator_parts as indicators
from spp_desktop.edits.documents.reports.report_plan import PeriodPlan, ReportPlan
from spp_desktop.edits.documents.reports.tables import rag_badge
from spp_desktop.edits.overview.parts import PARTS
from spp_desktop.plan.identity import Plan
from spp_desktop.plan.performance import Indicator
from spp_desktop.plan.periods import month_end, months, quarter_end
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import queries
from spp_desktop.store.overview.plan import OverviewPlan
from spp_desktop.store.overview.tallies import OverviewAsk
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.performance import judged_columns
from spp_desktop.ui.performance.columns import stated
from tests.conftest import set_up_small_plan
from tests.depth import depth
from tests.edits.documents.test_reports import report, table

TARGETS = ("4%", "no more than 1,200", "85%", "at least 12.5%", "reduce", "Benchmark & report of performance", "")
MEASURES = ("count", "percentage", "survey", "rate", "level")


@st.composite
def indicators_made(draw: st.DrawFn) -> dict[str, Any]:
    """An indicator: how it is measured, its target, its months, and the colour that a person gave it, if one did."""
    measure = draw(st.sampled_from(MEASURES))
    share = measure in {"percentage", "survey"}
    places = 0 if measure == "count" else draw(st.integers(0, 2))
    one = st.floats(0, 100 if share else 5000, allow_nan=False).map(lambda value: round(value, places))
    figures = draw(st.lists(st.none() | one, min_size=1, max_size=18))
    return {
        "measure": measure,
        "unit": "%" if share else "offences",
        "polarity": draw(st.sampled_from(("lower", "higher", "neutral"))),
        "target": draw(st.sampled_from(TARGETS)),
        "starred": draw(st.booleans()),
        "figures": figures,
        "state": draw(st.sampled_from(("final", "provisional"))),
        "colour": draw(st.sampled_from(("", "green", "red"))),
    }


def _made(session: Session, several: list[dict[str, Any]], until: date) -> None:
    """A verb: the indicators with all that is drawn of them, in a plan that is read as at a day."""
    rows.change(session, Plan, session.exec(select(Plan)).one().id, as_at=until)
    (first,) = session.exec(select(Indicator)).all()
    for number, made in enumerate(several, 1):
        own = {name: made[name] for name in ("measure", "unit", "polarity")}
        key = rows.add_placed(
            session, Indicator, col(Indicator.group_id) == first.group_id, None,
            ref=f"X{number}", title=f"Indicator {number}", group_id=first.group_id,
            local_priority=made["starred"], **own,
        )  # fmt: skip
        with suppress(RuleBroken):  # not every target can be of every measure
            performance.set_target(session, key, 2008, made["target"])
        days = months(date(2007, 10, 1), month_end(until))
        entries = [
            {"indicator_id": key, "period_from": day, "period_to": month_end(day)}
            | ({"state": "not available"} if value is None else {"value": value, "state": made["state"]})
            for day, value in zip(days, made["figures"], strict=False)
        ]
        results.enter(session, entries)
        if made["colour"]:
            known = [month_end(day) for day, value in zip(days, made["figures"], strict=False) if value is not None]
            if known:
                judging.set_override(session, key, None, known[-1], made["colour"], "It was agreed")


@contextmanager
def plan_with(several: list[dict[str, Any]], until: date) -> Iterator[Workspace]:
    with (
        tempfile.TemporaryDirectory() as folder,
        Workspace.create(Path(folder) / "any.plan", "Any plan", 2008) as workspace,
    ):
        workspace.edit("set up", set_up_small_plan)
        workspace.edit("measure", _made, several, until)
        yield workspace


@settings(max_examples=depth(4, 100), phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(st.lists(indicators_made(), min_size=1, max_size=2), st.sampled_from((date(2008, 8, 31), date(2009, 3, 31))))
def test_every_number_of_an_indicator_is_that_of_its_cell(several: list[dict[str, Any]], until: date) -> None:
    with plan_with(several, until) as workspace:
        screen = {row.key: row for row in workspace.read(judged_columns.judged_rows)}
        reading = ReportPlan(DocumentPlan(workspace, DocumentAsk(until)))
        for judged in reading.judged:
            row = screen[judged.series.indicator.key]
            cells = {
                column.field: str(column.value(row) if column.value else "")
                for column in judged_columns.columns(stated)
            }
            assert indicators.to_date(judged) in {cells["to_date"], "no result", "not available"}
            assert (indicators.to_date(judged) == cells["to_date"]) == bool(cells["to_date"])
            assert indicators.aim(reading, judged) == (cells["aim"] or NO_TARGET)
            assert rag_badge(judged).word == cells["rag"]
            assert indicators.sentences(judged).startswith(row.judged.sentence.split(" by override of ")[0])
        lines = [line[1:3] for line in table(report(workspace, "board"), "Indicators, ")]
        told = indicators.exceptions_first(PeriodPlan(reading.plan).judged)
        assert lines == [[rag_badge(judged).word, indicators.to_date(judged)] for judged in told]


def test_the_counts_of_the_overview_are_those_of_its_page(worked: Path) -> None:
    with Workspace.open(worked) as workspace:
        overview = OverviewPlan(workspace, OverviewAsk(workspace.read(queries.usual_year)))
        for name in ("by priority", "by owner"):
            part = next(part for part in PARTS if part.name == name)
            own = part.read(overview)
            shown = [at for at, head in enumerate(own.heads) if head.title in {"At risk", "Off track", "All", "Late"}]
            wanted = [[line.title, *(str(len(line.cells[at])) for at in shown)] for line in own.lines]
            assert table(report(workspace, "overview", parts=(name,)), part.title) == wanted


def test_the_period_that_runs_is_judged_as_the_window_judges_it(worked: Path) -> None:
    with Workspace.open(worked) as workspace:
        reading = PeriodPlan(DocumentPlan(workspace, DocumentAsk(date(2008, 11, 5))))
        assert reading.as_at == quarter_end(2008, 2)
        screen = {row.key: judged_columns.to_date(row) for row in workspace.read(judged_columns.judged_rows)}
        assert {each.series.indicator.key: indicators.to_date(each) for each in reading.judged} == screen
