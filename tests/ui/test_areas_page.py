"""The Areas page by real keys and clicks: who carries an indicator, who is out of step, and do they add up."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QFileDialog
from pytestqt.qtbot import QtBot
from sqlmodel import Session

from spp_desktop.edits import results, rows
from spp_desktop.plan.results import Area, AreaPopulation, DefinitionVersion
from spp_desktop.store import measured, queries
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.areas import page as areas_page
from spp_desktop.ui.areas.columns import FORCE, TOGETHER
from spp_desktop.ui.areas.page import AreasPage
from spp_desktop.ui.areas.ranking_view import RankingView
from spp_desktop.ui.common import theme
from spp_desktop.ui.common.memory import Memory
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.pictures.save_dialog import SavePictureDialog
from spp_desktop.ui.registers.dialog import RegistersDialog
from spp_desktop.ui.window.plan_view import PlanView
from tests.flows.hands import in_dialog

HALF = 128
"""Half way from black to white."""


@pytest.fixture
def plan(worked: Path) -> Iterator[Workspace]:
    with Workspace.open(worked) as workspace:
        yield workspace


def opened(qtbot: QtBot, workspace: Workspace) -> AreasPage:
    page = AreasPage(PlanSignals(workspace))
    qtbot.addWidget(page)
    page.resize(1366, 640)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    return page


@pytest.fixture
def page(qtbot: QtBot, plan: Workspace) -> AreasPage:
    return opened(qtbot, plan)


def key_of(page: AreasPage, area: str) -> str:
    return str(next(line.key for line in page.model.rows if line.area == area))


def cell_text(page: AreasPage, area: str, field: str) -> str:
    at = page.model.line_of(key_of(page, area))
    return str(page.model.data(page.model.index(at, page.model.column_of(field))))


def shown(page: AreasPage) -> list[str]:
    return [page.row(key).area for key in page.model.visible_keys()]


def titles(page: AreasPage) -> list[str]:
    return [page.model.columns[n].title for n in page.grid.shown_columns()]


def choose(chooser: QComboBox, text: str) -> None:
    """Choose an entry by keys: from the first, down to it."""
    chooser.setFocus()
    QTest.keyClick(chooser, Qt.Key.Key_Home)
    while text not in chooser.currentText():
        before = chooser.currentIndex()
        QTest.keyClick(chooser, Qt.Key.Key_Down)
        assert chooser.currentIndex() > before


def go_to(page: AreasPage, area: str) -> None:
    page.grid.setFocus()
    page.grid.select(key_of(page, area))


def results_of(workspace: Workspace, ref: str, area: str) -> list[Any]:
    indicator = next(row.key for row in workspace.read(queries.indicators) if row.ref == ref)
    key = next(row.id for row in workspace.read(queries.register, Area) if row.title == area)
    return workspace.read(measured.results, indicator, key)


def enter(workspace: Workspace, row: Any, **figures: Any) -> None:
    """Enter other figures for a result, as anybody may who has a reason."""
    place = {name: getattr(row, name) for name in ("population", "period_from", "period_to")}
    entry = {"indicator_id": row.indicator_key, "area_id": row.area_key, **place, **figures}
    workspace.edit("enter a result", results.enter, [entry], reason="a mistake")


def test_the_force_and_the_areas_together_stand_above_the_areas(page: AreasPage) -> None:
    heads = [page.model.group_at(line) for line in page.model.heads()]
    assert [head.title for head in heads if head] == ["The force as a whole", "Areas (OCU)"]
    assert shown(page)[:3] == ["The force", "Areas together", "OCU 05"]
    assert len(shown(page)) == 23
    assert cell_text(page, "The force", "to_date") == cell_text(page, "Areas together", "to_date") == "26,941"
    assert page.remarks.text().startswith("Together the areas come to the force's own figure, 26,941.")
    assert "Provisional: results of all areas may still change." in page.remarks.text()
    assert page.summary() == "21 areas, 5 amber, 16 green"


def test_each_area_says_how_it_stands(page: AreasPage) -> None:
    assert [
        cell_text(page, "OCU 07", field) for field in ("place", "latest", "to_date", "part", "last_year", "change")
    ] == [
        "4th",
        "147 p",
        "900",
        "3.3%",
        "991",
        "\N{MINUS SIGN}9.2%",
    ]
    assert [cell_text(page, "OCU 07", field) for field in ("direction", "aim", "rag")] == [
        "Down, better",
        "951",
        "Green",
    ]
    assert cell_text(page, "OCU 01", "direction") == "No clear change"
    assert cell_text(page, "OCU 05", "variation").startswith("Sep 2008: Special cause of improving nature")
    assert cell_text(page, "OCU 05", "assurance").startswith("Target")
    assert "months to Sep 2008" in cell_text(page, "OCU 05", "trend")
    for field in ("place", "latest", "last_year", "rag", "variation", "trend"):
        assert cell_text(page, "Areas together", field) == ""


def test_shares_have_even_decimals(page: AreasPage) -> None:
    choose(page.indicator, "PI07")
    for area in set(shown(page)) - {"Areas together"}:
        latest, before, to_date, aim = (
            cell_text(page, area, field) for field in ("latest", "last_year", "to_date", "aim")
        )
        assert all(re.fullmatch(r"\d+\.\d%( p)?", figure) for figure in (latest, before)), area
        assert re.fullmatch(r"\d+\.\d+%", to_date), area
        if aim:
            assert len(to_date.partition(".")[2]) == len(aim.partition(".")[2]), area
            assert to_date != aim, area
    assert (cell_text(page, "The force", "to_date"), cell_text(page, "The force", "aim")) == ("22.44%", "22.38%")


def test_indicators_with_results_of_areas_come_first(page: AreasPage) -> None:
    entries = [page.indicator.itemText(n)[:4] for n in range(page.indicator.count())]
    assert entries[:4] == ["PI02", "PI03", "PI07", ""]  # then a line, and those without
    assert entries[4:6] == ["PI01", "PI04"]
    assert len(entries) == 23


def test_another_indicator_is_chosen_by_key_with_its_own_columns(page: AreasPage) -> None:
    assert "Share" in titles(page)
    choose(page.indicator, "Detections of robbery")
    assert "Made of" in titles(page)
    assert "Share" not in titles(page)
    assert cell_text(page, "OCU 07", "part") == "28 of 121"
    assert cell_text(page, "Areas together", "part") == cell_text(page, "The force", "part") == "823 of 3,668"
    assert [page.basis.itemText(n) for n in range(page.basis.count())] == [
        "Figure",
        "Change on last year",
        "Against its aim",
    ]
    assert [cell_text(page, area, "place") for area in ("OCU 07", "OCU 01", "OCU 13")] == [
        "1st",
        "equal 4th",
        "equal 4th",
    ]
    assert "No area is clearly apart from the force's 22.4%" in page.remarks.text()


def test_ranked_by_something_else_the_order_and_the_picture_follow(page: AreasPage) -> None:
    assert shown(page)[2] == "OCU 05"
    choose(page.basis, "Figure")
    assert shown(page)[2:4] == ["OCU 04", "OCU 07"]
    chart = page.panel.ranking.chart
    assert chart is not None
    assert [bar.area for bar in chart.bars[:2]] == ["OCU 04", "OCU 07"]
    assert chart.reference is not None
    assert chart.reference.words == "Average of the areas 1,282.9"
    assert any("a larger area has more of everything" in note for note in chart.notes)


def test_the_choice_of_a_basis_stays_while_it_is_possible(page: AreasPage) -> None:
    choose(page.basis, "Against its aim")
    choose(page.indicator, "PI07")
    assert page.basis.currentText() == "Against its aim"


def test_a_click_on_a_heading_sorts_the_areas_and_leaves_the_force_above(page: AreasPage) -> None:
    at = page.model.column_of("part")
    place = QPoint(page.grid.header.sectionViewportPosition(at) + 20, page.grid.header.height() // 2)
    for _ in range(2):
        QTest.mouseClick(page.grid.header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert shown(page)[:2] == ["The force", "Areas together"]
    figures = [page.row(key_of(page, area)).figures.share for area in shown(page)[2:]]
    assert figures in (sorted(figures), sorted(figures, reverse=True))


def test_every_column_can_be_filtered_by(page: AreasPage) -> None:
    for section, column in enumerate(page.model.columns):
        menu = page.grid.column_menu(section)
        assert column.title.lower() in menu.actions()[0].text()
        menu.deleteLater()


def test_filtering_finds_areas_by_what_they_are(page: AreasPage) -> None:
    QTest.keyClicks(page.filter, "rag:amber")
    assert shown(page) == ["OCU 19", "OCU 01", "OCU 06", "OCU 10", "OCU 18"]
    QTest.keyClicks(page.filter, " nobody")
    assert page.empty_text.text() == areas_page.NOTHING_FOUND
    QTest.mouseClick(page.empty_button, Qt.MouseButton.LeftButton)
    assert len(shown(page)) == 23


def test_the_panel_says_of_the_chosen_area_what_is_to_be_said(page: AreasPage) -> None:
    go_to(page, "OCU 01")
    assert page.panel.heading.text() == "OCU 01"
    assert page.panel.sentence.text().startswith("Amber: 1,205 recorded crimes April to September 2008")
    assert "No clear change: 1,205 after 1,238" in page.panel.sentence.text()
    go_to(page, "Areas together")
    assert page.panel.heading.text() == "Areas together"
    assert page.panel.sentence.text() == "Together the areas come to the force's own figure, 26,941."
    assert page.panel.mark.isHidden()
    go_to(page, "The force")
    assert page.panel.sentence.text().startswith("Green: 26,941")


def test_a_break_is_said_of_each_area_once(page: AreasPage, plan: Workspace) -> None:
    key = page.indicator.currentData()
    broken = {"indicator_id": key, "starts_on": date(2008, 4, 1), "reason": "recounted"}
    plan.edit("say that it is counted anew", rows.add, DefinitionVersion, **broken)
    go_to(page, "OCU 01")
    words = "Counted in another way from 1 Apr 2008 (recounted)"
    assert page.panel.sentence.text().count(words) == 1
    assert words in page.remarks.text()


def test_enter_opens_the_chart_and_the_arrows_go_on_from_chart_to_chart(page: AreasPage) -> None:
    go_to(page, "OCU 05")
    QTest.keyClick(page.grid, Qt.Key.Key_Return)
    assert page.panel.chart.isVisible()
    chart = page.panel.chart.chart()
    assert chart is not None
    assert (chart.area, chart.name) == ("OCU 05", "PI02  Reduce serious acquisitive crime")
    assert page.grid.hasFocus()
    QTest.keyClick(page.grid, Qt.Key.Key_Down)
    following = page.panel.chart.chart()
    assert following is not None
    assert following.area == "OCU 20"


def test_a_double_click_opens_the_chart(page: AreasPage) -> None:
    at = page.model.index(page.model.line_of(key_of(page, "OCU 02")), page.model.column_of("area"))
    place = page.grid.visualRect(at).center()
    QTest.mouseClick(page.grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(page.grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    chart = page.panel.chart.chart()
    assert page.panel.chart.isVisible()
    assert chart is not None
    assert chart.area == "OCU 02"


def test_in_the_ranking_the_same_by_keys_and_clicks(page: AreasPage, qtbot: QtBot) -> None:
    view = page.panel.ranking
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert page.current().area == "OCU 05"
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert page.current().area == "OCU 20"
    QTest.keyClick(view, Qt.Key.Key_End)
    assert page.current().area == "OCU 18"
    assert view.accessibleDescription().startswith("OCU 18, 21st")
    QTest.keyClick(view, Qt.Key.Key_PageUp)
    assert page.current().area == "OCU 21"
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=_middle_of(view, "OCU 17"))
    assert page.current().area == "OCU 17"
    with qtbot.waitSignal(view.opened):
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert page.panel.chart.isVisible()


def _middle_of(view: RankingView, area: str) -> QPoint:
    assert view.chart is not None
    at = next(n for n, bar in enumerate(view.chart.bars) if bar.area == area)
    top = next(y for y in range(view.height()) if view.row_at(QPoint(20, y)) == at)
    return QPoint(20, top + 4)


def test_the_chosen_area_is_marked_in_the_ranking_and_kept_in_view(page: AreasPage) -> None:
    page.resize(1280, 420)
    go_to(page, "OCU 18")
    bar = page.panel.ranking.bar()
    assert bar is not None
    assert bar.area == "OCU 18"
    top = page.panel.ranking.mapTo(page.panel.view.viewport(), _middle_of(page.panel.ranking, "OCU 18")).y()
    assert 0 <= top <= page.panel.view.viewport().height()
    go_to(page, "The force")
    assert page.panel.ranking.bar() is None


def test_the_ranking_can_be_heard(page: AreasPage) -> None:
    view = page.panel.ranking
    assert view.accessibleName().startswith("Ranking: PI02  Reduce serious acquisitive crime by area")
    assert "The force \N{MINUS SIGN}6.4%" in view.accessibleDescription()
    assert view.accessibleDescription().endswith(page.signals.read(queries.plan).illustrative)


def test_a_result_entered_elsewhere_is_seen_at_once(page: AreasPage, plan: Workspace) -> None:
    go_to(page, "OCU 07")
    last = results_of(plan, "PI02", "OCU 07")[-1]
    enter(plan, last, value=last.value + 400)
    assert cell_text(page, "OCU 07", "to_date") == "1,300"
    assert cell_text(page, "OCU 07", "direction") == "Up, worse"
    assert page.current().area == "OCU 07"
    assert "400 more than the force's own figure of 26,941" in page.remarks.text()
    assert "Out of step with the force, which is down on last year: OCU 07 (up, worse)." in page.remarks.text()
    plan.undo()
    assert cell_text(page, "OCU 07", "to_date") == "900"


def test_an_area_without_its_latest_month_has_no_place(page: AreasPage, plan: Workspace) -> None:
    last = results_of(plan, "PI02", "OCU 07")[-1]
    enter(plan, last, value=None, state="not available")
    assert cell_text(page, "OCU 07", "place") == ""
    assert cell_text(page, "OCU 07", "latest").endswith("Aug 2008")
    assert cell_text(page, "Areas together", "to_date") == ""
    assert "OCU 07 has other months than April to September 2008, and no place." in page.remarks.text()


def test_what_changes_while_another_tab_is_shown_is_read_when_it_is_seen(page: AreasPage, plan: Workspace) -> None:
    last = results_of(plan, "PI02", "OCU 07")[-1]
    page.hide()
    enter(plan, last, value=last.value + 400)
    assert cell_text(page, "OCU 07", "to_date") == "900"
    page.show()
    assert cell_text(page, "OCU 07", "to_date") == "1,300"


def test_populations_bring_a_column_and_a_basis(page: AreasPage, plan: Workspace) -> None:
    assert "Per 1,000" not in titles(page)
    plan.edit("list populations", _populations)
    assert "Per 1,000" in titles(page)
    assert page.basis.itemText(0) == "Per 1,000"
    choose(page.basis, "Per 1,000")
    assert cell_text(page, "OCU 07", "per_thousand") == "9"
    assert cell_text(page, "The force", "per_thousand") == ""
    assert cell_text(page, "Areas together", "per_thousand") == "12.83"
    assert page.panel.ranking.chart is not None
    assert "Per 1,000 people of 2007-08, for April to September 2008." in page.panel.ranking.chart.notes
    assert shown(page)[2] == "OCU 04"


def _populations(session: Session) -> None:
    for area in queries.register(session.connection(), Area):
        rows.add(session, AreaPopulation, area_id=area.id, year=2007, number=100_000.0)


def test_areas_of_two_kinds_are_not_mixed(page: AreasPage, plan: Workspace) -> None:
    assert page.kind.isHidden()
    key = key_of(page, "OCU 07")
    plan.edit("make it a borough", rows.change, Area, key, kind="Borough")
    assert not page.kind.isHidden()
    assert "OCU 07" not in shown(page)
    assert "900 less than the force's own figure" in page.remarks.text()
    choose(page.kind, "Borough")
    assert shown(page) == ["The force", "Areas together", "OCU 07"]


def test_an_indicator_without_areas_says_what_to_do(page: AreasPage, qtbot: QtBot) -> None:
    choose(page.indicator, "PI01")
    assert page.empty_text.text() == areas_page.NO_RESULTS
    assert page.panel.isHidden()
    assert not page.save.isEnabled()
    assert page.summary() == "0 areas"
    with qtbot.waitSignal(page.asked):
        QTest.mouseClick(page.empty_button, Qt.MouseButton.LeftButton)
    choose(page.indicator, "PI02")
    assert page.panel.isVisible()
    assert len(shown(page)) == 23


def test_a_plan_without_areas_leads_to_the_list_of_them(
    qtbot: QtBot, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown_lists: list[str] = []
    monkeypatch.setattr(RegistersDialog, "show_list", lambda _self, title: shown_lists.append(title))
    monkeypatch.setattr(RegistersDialog, "exec", lambda _self: 0)
    page = opened(qtbot, workspace)
    assert page.empty_text.text() == areas_page.NO_AREAS
    QTest.mouseClick(page.empty_button, Qt.MouseButton.LeftButton)
    assert shown_lists == ["Areas"]


def test_the_numbers_are_saved_as_a_sheet(page: AreasPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "areas.xlsx"
    offered: list[str] = []

    def ask(_parent: object, _title: str, name: str, _kind: str) -> tuple[str, str]:
        offered.append(name)
        return str(path), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    QTest.mouseClick(page.save, Qt.MouseButton.LeftButton)
    assert offered == ["PI02 by area.xlsx"]
    book = load_workbook(path)
    table, ranking = book.worksheets
    assert str(table["A1"].value).startswith("PI02  Reduce serious acquisitive crime by area")
    rows = {row[1]: row for row in table.iter_rows(values_only=True) if len(row) > 1}
    assert rows["Areas together"][4] == rows["The force"][4] == 26941
    assert rows["OCU 05"][0] == "1st"
    assert any(row[1] == "OCU 18" and row[2] is not None for row in ranking.iter_rows(values_only=True))


def test_the_ranking_is_saved_as_a_picture(
    page: AreasPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "ranking.svg"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    view = page.panel.ranking
    offered = view.actions_here()
    assert [offered[0].text(), offered[-1].text()] == ["Save picture…", "Save the numbers as a sheet…"]

    def as_svg(dialog: SavePictureDialog) -> None:
        dialog.kinds.button(1).click()
        QTest.keyClick(dialog, Qt.Key.Key_Return)

    with in_dialog(qtbot, SavePictureDialog, as_svg):
        offered[0].trigger()
    drawn = path.read_text(encoding="utf-8")
    assert "OCU 05" in drawn
    assert "The force" in drawn
    told = drawn.split("<desc>")[1].split("</desc>")[0]
    chart = view.chart
    assert chart is not None
    assert all(f"{bar.area} {bar.figure}" in told for bar in chart.bars)


def test_nothing_is_typed_here(page: AreasPage, plan: Workspace) -> None:
    before = plan.read(queries.counts)
    go_to(page, "OCU 05")
    QTest.keyClick(page.grid, Qt.Key.Key_F2)
    QTest.keyClicks(page.grid, "12")
    QTest.keyClick(page.grid, Qt.Key.Key_Delete)
    assert plan.read(queries.counts) == before
    assert page.sentence.text() == areas_page.COMPARED


def test_the_tab_is_found_as_it_was_left(page: AreasPage, qtbot: QtBot, plan: Workspace) -> None:
    choose(page.indicator, "PI03")
    choose(page.basis, "Against its aim")
    go_to(page, "OCU 02")
    QTest.keyClick(page.grid, Qt.Key.Key_Return)
    again = AreasPage(PlanSignals(plan))
    qtbot.addWidget(again)
    again.restore_state(page.save_state())
    again.show()
    assert again.indicator.currentText().startswith("PI03")
    assert again.basis.currentText() == "Against its aim"
    assert again.current().area == "OCU 02"
    assert again.panel.pages.currentIndex() == 1
    first = AreasPage(PlanSignals(plan))
    qtbot.addWidget(first)
    first.restore_state({})
    assert first.current().key == FORCE


def test_find_anything_goes_to_an_indicator_or_an_area(page: AreasPage) -> None:
    key = next(row.key for row in page.signals.read(queries.indicators) if row.ref == "PI07")
    assert page.select(key)
    assert page.indicator.currentText().startswith("PI07")
    assert page.select(key_of(page, "OCU 09"))
    assert page.current().area == "OCU 09"
    assert page.select(TOGETHER)
    assert not page.select("nothing")


def test_it_is_a_page_of_the_performance_plan(qtbot: QtBot, plan: Workspace) -> None:
    signals = PlanSignals(plan)
    view = PlanView(signals, Memory())
    qtbot.addWidget(view)
    view.show_page("areas")
    row = view._shown_tab().row
    assert [row.tabText(n) for n in range(row.count())] == [
        "Indicators", "Results", "Charts", "Areas", "Register of targets",
    ]  # fmt: skip
    made = view.page("areas")
    assert isinstance(made, AreasPage)
    choose(made.indicator, "PI01")
    made.begin()
    assert view.current() == "results"
    assert view.page("results").choosers.showing.currentText() == "PI01  Reduce serious violence, all areas"  # type: ignore[attr-defined]  # a ResultsPage
    view.stop()


@pytest.mark.parametrize("dark", [False, True])
def test_the_ranking_follows_the_palette_and_the_size_of_letters(page: AreasPage, dark: bool) -> None:
    view = page.panel.ranking
    view.setPalette(theme.palette_of(dark=dark))
    view.setFocus()
    ground = view.grab().toImage().pixelColor(3, 60)
    assert (ground.lightness() < HALF) == dark
    before = view.minimumHeight()
    font = view.font()
    font.setPointSizeF(font.pointSizeF() * 2)
    view.setFont(font)
    assert view.minimumHeight() > before
