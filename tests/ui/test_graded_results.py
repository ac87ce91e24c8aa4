"""Grades, and yes and no, by real keys: typed and shown by their names, compared, ranked and sent out by them."""

from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from sqlmodel import Session, select

from spp_desktop.edits import issuing, performance, receiving, registers, results, rows, taking
from spp_desktop.plan.performance import Indicator
from spp_desktop.plan.results import Area
from spp_desktop.returns.catalogue.monthly_results import MONTHLY_RESULTS
from spp_desktop.store import measured, queries
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.performance.page import PerformancePage
from spp_desktop.ui.results.page import ResultsPage
from tests.edits.filling import Filled, found
from tests.ui.test_areas_page import cell_text, choose, opened
from tests.ui.test_results_page import APRIL, JUNE, MAY, keys_of, line, paste, said, total, type_in
from tests.ui.test_results_page import opened as results_opened

GRADES = "Outstanding; Good; Requires improvement; Inadequate"


@pytest.fixture
def plan(workspace: Workspace) -> Workspace:
    """An inspection's grade and a yes or no, aimed at Good and at Yes, read as at 31 July 2008; two areas."""
    workspace.edit("set up grades", _set_up, as_kind="built")
    return workspace


def _set_up(session: Session) -> None:
    (first,) = session.exec(select(Indicator)).all()
    for ref, title, measure, aim in (("G1", "Inspection", "grade", "Good"), ("Y1", "Published", "yes/no", "Yes")):
        grades = GRADES if measure == "grade" else ""
        columns = {"ref": ref, "measure": measure, "grades": grades}
        key = performance.add_indicator(session, first.group_id, title, polarity="higher", **columns)
        performance.set_target(session, key, 2008, aim)
    for place, title in enumerate(("Eastern", "Northern"), 1):
        rows.add(session, Area, title=title, position=float(place))
    registers.set_plan(session, as_at=date(2008, 7, 31))


def results_page(qtbot: QtBot, plan: Workspace) -> ResultsPage:
    tab = results_opened(qtbot, plan)
    with qtbot.waitActive(tab):
        tab.activateWindow()
    tab.grid.setFocus()
    return tab


def test_they_are_typed_by_their_names(qtbot: QtBot, plan: Workspace) -> None:
    tab = results_page(qtbot, plan)
    grade, published = line(tab, "G1"), line(tab, "Y1")
    type_in(tab, grade, APRIL, "requires improvement")
    type_in(tab, grade, MAY, "GOOD")
    type_in(tab, published, APRIL, "yes")
    assert [said(tab, grade, month) for month in (APRIL, MAY, JUNE)] == ["Requires improvement p", "Good p", ""]
    assert (said(tab, published, APRIL), total(tab, grade)) == ("Yes p", "Good")
    refused: list[str] = []
    tab.model.refused.connect(lambda sentence, *_: refused.append(sentence))
    type_in(tab, grade, JUNE, "excellent")
    assert refused == [
        "G1 Inspection, June 2008: “excellent” is none of its grades. Choose from: Outstanding, Good, "
        "Requires improvement, Inadequate."
    ]
    type_in(tab, published, MAY, "1")
    assert refused[1:] == ["Y1 Published, May 2008: “1” is none of its grades. Choose from: Yes, No."]
    assert len(plan.read(measured.results)) == 3


def test_a_row_of_them_is_pasted(qtbot: QtBot, plan: Workspace) -> None:
    tab = results_page(qtbot, plan)
    paste(tab, line(tab, "G1"), APRIL, "Good\tInadequate\tOutstanding\r\n")
    assert [row.value for row in plan.read(measured.results)] == [3, 1, 4]


def test_the_performance_plan_says_them(qtbot: QtBot, plan: Workspace) -> None:
    key = keys_of(plan)["G1"]
    months = ((2007, 4, 2.0), (2008, 4, 3.0))
    plan.edit("type", results.enter, [month(key, *at) for at in months])
    tab = PerformancePage(PlanSignals(plan))
    qtbot.addWidget(tab)
    cells = {
        field: str(tab.model.data(tab.model.index(tab.model.line_of(key), tab.model.column_of(field))))
        for field in ("rag", "latest", "to_date", "aim", "direction", "variation", "target:2008")
    }
    assert cells == {
        "rag": "Green",
        "latest": "Good\nApr 2008",
        "to_date": "Good",
        "aim": "Good",
        "direction": "Up, better",
        "variation": "",
        "target:2008": "Good\ngrade",
    }


def month(key: str, year: int, at: int, value: float, area: str | None = None) -> dict[str, object]:
    days = {"period_from": date(year, at, 1), "period_to": date(year, at, 30)}
    return {"indicator_id": key, "area_id": area, "value": value, **days}


def test_areas_are_ranked_by_their_grade(qtbot: QtBot, plan: Workspace) -> None:
    key = keys_of(plan)["G1"]
    eastern, northern = (area.id for area in plan.read(queries.register, Area))
    entries = [month(key, 2008, 4, 3.0), month(key, 2008, 4, 2.0, eastern), month(key, 2008, 4, 4.0, northern)]
    plan.edit("type", results.enter, entries)
    page = opened(qtbot, plan)
    choose(page.indicator, "G1")
    assert [page.basis.itemData(n) for n in range(page.basis.count())] == ["figure"]
    shown = {
        area: (cell_text(page, area, "place"), cell_text(page, area, "to_date")) for area in ("Northern", "Eastern")
    }
    assert shown == {"Northern": ("1st", "Outstanding"), "Eastern": ("2nd", "Requires improvement")}
    assert cell_text(page, "Eastern", "rag") == "Red"
    assert "Grades of areas make no grade of the force, so they are not put together." in page.remarks.text()


def test_a_month_of_them_goes_out_and_comes_back(plan: Workspace, tmp_path: Path) -> None:
    key = keys_of(plan)["G1"]
    plan.edit("type", results.enter, [month(key, 2008, 4, 2.0)])
    path = tmp_path / "results.xlsx"
    issuing.issue(plan, MONTHLY_RESULTS, path, year=2008, period="M03")
    with Filled(path, definition=MONTHLY_RESULTS) as book:
        row, (_, columns) = book.row("G1", "Grades"), book.headings("Grades")
        assert book.sheet("Grades").cell(row, columns["steps"]).value == (
            "Outstanding; Good; Requires improvement; Inadequate"
        )
        book.put("G1", "Grades", value="Good")
        book.put("Y1", "Grades", value="maybe")
    review = receiving.review(plan, path)
    assert [(kind, ref, field) for kind, ref, field, _ in found(review)] == [
        ("change", "G1", "value"),
        ("question", "Y1", "value"),
    ]
    taking.apply(plan, [review])
    june = [row for row in plan.read(measured.results, key) if row.period_from == date(2008, 6, 1)]
    assert [row.value for row in june] == [3]
