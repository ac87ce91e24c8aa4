"""The chart in an indicator's panel by real keys and clicks: begun anew, annotated, and what is listed under it."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from spp_desktop.edits import registers
from spp_desktop.plan.results import DefinitionVersion
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.performance import indicator_chart
from spp_desktop.ui.performance.indicator_chart import ChartPage
from spp_desktop.ui.performance.page import PerformancePage
from spp_desktop.ui.registers.dialog import RegistersDialog
from tests.ui.robberies import answer, robberies, shown

APRIL = date(2008, 4, 1)


@pytest.fixture
def key(workspace: Workspace) -> str:
    return robberies(workspace)


@pytest.fixture
def tab(qtbot: QtBot, workspace: Workspace, key: str) -> PerformancePage:
    made = shown(qtbot, workspace)
    made.panel.pages.setCurrentWidget(made.panel.chart)
    return made


@pytest.fixture
def page(tab: PerformancePage) -> ChartPage:
    return tab.panel.chart


def click(button: QWidget) -> None:
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def go_to(page: ChartPage, month: date) -> None:
    """Go to a month's point by keys."""
    page.chart.picture.setFocus()
    QTest.keyClick(page.chart.picture, Qt.Key.Key_Home)
    for _ in range(20):
        if page._spot is not None and page._spot.first == month:
            return
        QTest.keyClick(page.chart.picture, Qt.Key.Key_Right)
    pytest.fail("the month has no point")


def lines(page: ChartPage) -> list[str]:
    return [page.remarks.item(n).text() for n in range(page.remarks.count())]


def test_the_chart_is_drawn_and_nothing_is_said_of_it(page: ChartPage) -> None:
    chart = page.chart.chart()
    assert chart is not None
    assert (chart.title.startswith("R1  Robbery"), len([spot for spot in chart.spots if spot.value])) == (True, 18)
    assert "Nothing is said of this chart yet." in page.heading.text()
    assert not page.remarks.isVisible()
    assert not page.anew.isEnabled()
    assert page.anew.toolTip().startswith("Choose a month on the chart first")


def test_the_chart_begins_anew_at_the_month_chosen(page: ChartPage, workspace: Workspace) -> None:
    go_to(page, APRIL)
    asked = answer("", "A robbery squad in each unit")
    click(page.anew)
    assert asked
    assert "From Apr 2008 on" in asked[0].about.text()
    assert [line.split(" (")[0] for line in lines(page)] == ["Apr 2008  begun anew: A robbery squad in each unit"]
    chart = page.chart.chart()
    assert chart is not None
    assert [divider.day for divider in chart.dividers] == [APRIL]
    assert workspace.undo_label == "begin the chart of R1 anew"
    workspace.undo()
    assert lines(page) == []


def test_another_reason_is_given_and_the_chart_goes_on(page: ChartPage, workspace: Workspace) -> None:
    go_to(page, APRIL)
    answer("", "A squad")
    click(page.anew)
    page.remarks.setCurrentRow(0)
    asked = answer("", "A squad in each unit")
    click(page.change)
    assert asked
    assert "A squad in each unit" in lines(page)[0]
    page.remarks.setCurrentRow(0)
    click(page.remove)
    assert lines(page) == []
    assert workspace.undo_label == "let the chart of R1 go on"


def test_a_day_is_annotated_changed_and_let_go(page: ChartPage, workspace: Workspace, tab: PerformancePage) -> None:
    go_to(page, date(2008, 6, 1))
    answer("", "Operation began", "15/06/2008")
    click(page.note)
    (said,) = lines(page)
    assert said.startswith("15 Jun 2008  Operation began (")
    chart = page.chart.chart()
    assert chart is not None
    assert [flag.day for flag in chart.flags] == [date(2008, 6, 15)]
    page.remarks.setCurrentRow(0)
    answer("", "Operation Safer began")
    click(page.change)
    assert "15 Jun 2008  Operation Safer began" in lines(page)[0]
    page.remarks.setCurrentRow(0)
    click(page.remove)
    assert lines(page) == []
    workspace.undo()
    assert "Operation Safer began" in lines(page)[0]


def test_a_day_without_its_year_is_of_the_year_in_view(page: ChartPage) -> None:
    go_to(page, date(2008, 6, 1))
    answer("", "Operation began", "15 Jun")
    click(page.note)
    assert lines(page)[0].startswith("15 Jun 2008  Operation began (")


def test_a_day_that_is_none_is_refused_in_the_dialog(page: ChartPage, workspace: Workspace) -> None:
    before = workspace.revision()
    asked = answer("", "Operation began", "someday")
    click(page.note)
    assert asked[0].property("said") == "Day: “someday” is not a date; write it as 31/03/2009."
    assert workspace.revision() == before


def test_a_break_is_listed_and_edited_in_its_list(
    page: ChartPage, workspace: Workspace, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    class Dialog(RegistersDialog):
        def exec(self) -> int:
            opened.append(self.names.currentItem().text())
            self.reject()
            return 0

    monkeypatch.setattr(indicator_chart, "RegistersDialog", Dialog)
    values = {"indicator_id": key, "starts_on": APRIL, "reason": "New counting rules", "breaks_series": True}
    workspace.edit("count anew", registers.add, DefinitionVersion, values)
    assert lines(page) == ["1 Apr 2008  counted anew: New counting rules"]
    page.remarks.setCurrentRow(0)
    assert not page.remove.isEnabled()
    click(page.change)
    assert opened == ["Definitions and breaks"]


def test_an_indicator_without_results_has_a_chart_that_says_so(qtbot: QtBot, workspace: Workspace) -> None:
    tab = shown(qtbot, workspace)
    tab.panel.pages.setCurrentWidget(tab.panel.chart)
    chart = tab.panel.chart.chart.chart()
    assert chart is not None
    assert chart.empty.startswith("No results yet")
    assert not tab.panel.chart.anew.isEnabled()
    answer("", "Counting begins in April")
    click(tab.panel.chart.note)
    assert "Counting begins in April" in lines(tab.panel.chart)[0]
