"""The wall of charts by real keys and clicks: all indicators by group, and one indicator in every area."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QHelpEvent, QImage, QPalette, QRegion
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QToolTip
from pytestqt.qtbot import QtBot
from sqlmodel import Session

from spp_desktop.edits import performance, registers, results
from spp_desktop.plan.periods import month_end, months
from spp_desktop.plan.results import Area
from spp_desktop.store import queries
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.charts import wall_drawing
from spp_desktop.ui.charts.page import ALL, ChartsPage
from spp_desktop.ui.charts.wall_view import WallView
from spp_desktop.ui.common import theme
from spp_desktop.ui.common.memory import Memory
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.pictures.saved import SIZES, SavedPicture
from spp_desktop.ui.pictures.series_plot import Plot
from spp_desktop.ui.window.plan_view import PlanView

AREAS = 9
MONTHS = months(date(2007, 4, 1), date(2008, 9, 1))


@pytest.fixture
def plan(workspace: Workspace) -> Workspace:
    """The small plan with two groups of seven indicators in all, one of them with results in nine areas."""
    workspace.edit("fill", _fill, as_kind="built")
    return workspace


def _fill(session: Session) -> None:
    registers.set_plan(session, as_at=date(2008, 10, 31), force="Westshire Police", illustrative="Results are made up.")
    group = performance.add_group(session, "Detections")
    first = performance.add_indicator(session, group, "Robbery", unit="robberies", polarity="lower", measure="count")
    more: list[tuple[str, dict[str, Any]]]
    more = [(f"Indicator {n}", {"polarity": "higher", "measure": "count"}) for n in range(5)]
    keys = [first, *(performance.add_indicator(session, group, title, **values) for title, values in more)]
    areas = [registers.add(session, Area, title=f"OCU D{n}") for n in range(1, AREAS + 1)]
    results.enter(session, [_result(key, None, n, month) for n, month in enumerate(MONTHS) for key in keys])
    results.enter(session, [_result(first, area, n, month) for n, month in enumerate(MONTHS) for area in areas])


def _result(key: str, area: str | None, n: int, month: date) -> dict[str, Any]:
    value = float(100 + n * 7 % 11)
    period = {"period_from": month, "period_to": month_end(month)}
    return {"indicator_id": key, "area_id": area, "value": value, **period}


@pytest.fixture
def signals(plan: Workspace) -> Iterator[PlanSignals]:
    made = PlanSignals(plan)
    yield made
    made.stop()


@pytest.fixture
def page(qtbot: QtBot, signals: PlanSignals) -> ChartsPage:
    made = ChartsPage(signals)
    qtbot.addWidget(made)
    made.resize(900, 420)
    made.restore_state({})
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def key_of(page: ChartsPage, title: str) -> str:
    return next(row.key for row in page.signals.read(queries.indicators) if row.title == title)


def choose(page: ChartsPage, title: str) -> None:
    """Choose what is shown, by keys."""
    page.focus_filter()
    at = next(n for n in range(page.chooser.count()) if title in page.chooser.itemText(n))
    for key in (Qt.Key.Key_Home, *[Qt.Key.Key_Down] * at):
        QTest.keyClick(page.chooser, key)
    assert title in page.chooser.currentText()


def titles(page: ChartsPage) -> list[str]:
    return [cell.title for cell in page.wall.cells]


def current_name(page: ChartsPage) -> str:
    cell = page.wall.current()
    return cell.title if cell else ""


def press(page: ChartsPage, *keys: Qt.Key) -> str:
    for key in keys:
        QTest.keyClick(page.wall, key)
    return current_name(page)


def test_all_indicators_hang_there_by_group(page: ChartsPage) -> None:
    assert page.chooser.currentText() == ALL
    assert titles(page) == [
        "R1  Most serious violence",
        "PI01  Robbery",
        *(f"PI0{n + 2}  Indicator {n}" for n in range(5)),
    ]
    assert [section.title for section in page.wall.sections] == ["Reductions", "Detections"]
    assert page.summary() == "7 charts"
    assert page.wall.accessibleName() == "Wall of charts: All indicators, Westshire Police (illustrative results)"


def test_one_indicator_hangs_there_in_every_area(page: ChartsPage) -> None:
    choose(page, "Robbery")
    assert titles(page) == ["Force", *(f"OCU D{n}" for n in range(1, AREAS + 1))]
    choose(page, ALL)
    assert page.summary() == "7 charts"


def test_the_keys_go_from_chart_to_chart_and_bring_it_into_view(page: ChartsPage) -> None:
    choose(page, "Robbery")
    page.wall.setFocus(Qt.FocusReason.TabFocusReason)
    assert current_name(page) == "Force"
    columns = max(cell.column for cell in page.wall.cells) + 1
    assert columns > 1
    assert press(page, Qt.Key.Key_Left) == "Force"
    assert press(page, Qt.Key.Key_Right) == "OCU D1"
    assert press(page, Qt.Key.Key_Down) == titles(page)[1 + columns]
    assert press(page, Qt.Key.Key_Up, Qt.Key.Key_Up) == "OCU D1"
    assert press(page, Qt.Key.Key_End, Qt.Key.Key_Right) == "OCU D9"
    last = page.wall.current()
    assert last is not None
    assert list(page.row_keys()) == [last.chart.key, last.chart.area_key]
    assert page.wall.visibleRegion().contains(last.box.center())
    assert press(page, Qt.Key.Key_Down) == "OCU D9"
    assert press(page, Qt.Key.Key_Home) == "Force"
    name = press(page, Qt.Key.Key_PageDown)
    assert name != "Force"
    assert press(page, Qt.Key.Key_PageUp) == "Force"


@pytest.mark.parametrize("width", [450, 650, 900])
def test_each_chart_that_is_gone_to_is_seen_whole(page: ChartsPage, width: int) -> None:
    page.resize(width, 420)
    choose(page, "Robbery")
    page.wall.setFocus(Qt.FocusReason.TabFocusReason)
    for key in [Qt.Key.Key_End, *[Qt.Key.Key_Left] * (AREAS + 1), *[Qt.Key.Key_Right] * (AREAS + 1)]:
        press(page, key)
        cell = page.wall.current()
        assert cell is not None
        assert page.wall.visibleRegion().boundingRect().contains(cell.box)


def test_down_goes_from_group_to_group_and_stays_in_its_column(page: ChartsPage) -> None:
    page.wall.setFocus(Qt.FocusReason.TabFocusReason)
    assert press(page, Qt.Key.Key_Down) == "PI01  Robbery"
    assert press(page, Qt.Key.Key_Right) == "PI02  Indicator 0"
    assert press(page, Qt.Key.Key_Up) == "R1  Most serious violence"


def test_where_the_person_is_is_told_to_those_who_hear_it(page: ChartsPage) -> None:
    page.wall.setFocus(Qt.FocusReason.TabFocusReason)
    press(page, Qt.Key.Key_Down)
    assert page.wall.accessibleDescription().startswith("PI01  Robbery. No target: ")


def test_a_click_chooses_and_enter_opens_what_is_chosen(page: ChartsPage, qtbot: QtBot) -> None:
    spot = page.wall.cells[1].box.center()
    QTest.mouseClick(page.wall, Qt.MouseButton.LeftButton, pos=spot)
    assert current_name(page) == "PI01  Robbery"
    with qtbot.waitSignal(page.opened) as opened:
        QTest.keyClick(page.wall, Qt.Key.Key_Return)
    assert opened.args == [key_of(page, "Robbery"), ""]
    with qtbot.waitSignal(page.opened):
        QTest.mouseDClick(page.wall, Qt.MouseButton.LeftButton, pos=spot)
    QTest.mouseClick(page.wall, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    assert current_name(page) == "PI01  Robbery"


def test_other_keys_are_left_to_others(page: ChartsPage) -> None:
    page.wall.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(page.wall, Qt.Key.Key_A)
    QTest.keyClick(page.wall, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert current_name(page) == "R1  Most serious violence"


def test_the_pointer_is_told_why(page: ChartsPage, monkeypatch: pytest.MonkeyPatch) -> None:
    tips: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _at, words, _widget: tips.append(words))
    for at in (page.wall.cells[1].box.center(), QPoint(2, 2)):
        QApplication.sendEvent(page.wall, QHelpEvent(QEvent.Type.ToolTip, at, page.wall.mapToGlobal(at)))
    assert tips[0].startswith("PI01  Robbery. No target: ")
    assert not tips[1]


def test_only_what_is_in_view_is_painted_and_only_once(page: ChartsPage, monkeypatch: pytest.MonkeyPatch) -> None:
    choose(page, "Robbery")
    painted: list[object] = []

    class Counted(Plot):
        def __init__(self, *args: Any, **more: Any) -> None:
            super().__init__(*args, **more)
            painted.append(self.chart)

    monkeypatch.setattr(wall_drawing, "Plot", Counted)
    theme_changed = QPalette(page.wall.palette())
    page.wall.setPalette(theme_changed)
    cells = page.wall.cells
    page.wall.render(QImage(page.wall.size(), QImage.Format.Format_RGB32), QPoint(), QRegion(cells[0].box))
    assert len(painted) <= 1
    page.wall.grab()
    assert len(painted) == len(cells)
    page.wall.grab()
    assert len(painted) == len(cells)


def test_it_follows_what_changes_in_the_plan(page: ChartsPage) -> None:
    key = key_of(page, "Indicator 4")
    page.wall.select(key)
    page.signals.edit("delete", performance.remove_indicators, [key_of(page, "Indicator 3")], "counted no more")
    assert page.summary() == "6 charts"
    assert current_name(page) == "PI06  Indicator 4"
    page.signals.edit("enter", results.enter, [_result(key, None, 0, date(2008, 10, 1))])
    cell = page.wall.current()
    assert cell is not None
    assert cell.chart.latest_words == "100, Oct 2008"


def test_it_reads_nothing_while_it_is_not_seen(page: ChartsPage) -> None:
    page.hide()
    page.signals.edit("delete", performance.remove_indicators, [key_of(page, "Indicator 3")], "counted no more")
    assert page.summary() == "7 charts"
    page.show()
    assert page.summary() == "6 charts"


def test_an_indicator_that_is_gone_gives_way_to_all(page: ChartsPage) -> None:
    choose(page, "Robbery")
    page.signals.edit("delete", performance.remove_indicators, [key_of(page, "Robbery")], "counted no more")
    assert page.chooser.currentText() == ALL
    assert page.summary() == "6 charts"


def test_without_results_it_says_what_to_do_and_goes_there(qtbot: QtBot, workspace: Workspace, tmp_path: Path) -> None:
    signals = PlanSignals(workspace)
    made = ChartsPage(signals)
    qtbot.addWidget(made)
    made.restore_state({})
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    assert not made.wall.isVisible()
    assert not any(action.isEnabled() for action in made.actions())
    with qtbot.waitSignal(made.asked):
        QTest.mouseClick(made.enter, Qt.MouseButton.LeftButton)
    signals.stop()


def test_it_is_left_and_found_again(page: ChartsPage, signals: PlanSignals, qtbot: QtBot) -> None:
    choose(page, "Robbery")
    page.wall.setFocus(Qt.FocusReason.TabFocusReason)
    press(page, Qt.Key.Key_Right)
    again = ChartsPage(signals)
    qtbot.addWidget(again)
    again.restore_state(page.save_state())
    assert current_name(again) == "OCU D1"
    assert again.select(key_of(page, "Indicator 2"))
    assert current_name(again) == "PI04  Indicator 2"
    assert not again.select("gone")


def test_narrow_and_wide_all_charts_have_a_place_of_their_own(page: ChartsPage, qtbot: QtBot) -> None:
    choose(page, "Robbery")
    wall = page.view.takeWidget()  # else it is as wide as the page, whatever it is told
    assert wall is page.wall
    qtbot.addWidget(wall)
    wall.show()
    columns = set()
    for width in (300, 700, 1900):
        wall.resize(width, 500)
        boxes = [cell.box for cell in page.wall.cells]
        assert all(not box.intersects(other) for n, box in enumerate(boxes) for other in boxes[:n])
        assert all(QRect(0, 0, width, wall.minimumHeight()).contains(box) for box in boxes)
        columns.add(max(cell.column for cell in page.wall.cells))
    assert len(columns) > 1


def test_the_wall_is_saved_as_one_picture_and_its_numbers_as_sheets(
    page: ChartsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawing = page.wall.drawing()
    assert drawing is not None
    for size in SIZES:
        drawn = SavedPicture(drawing, size).svg()
        assert QSvgRenderer(drawn).isValid()
        assert not drawn.contains(b"<image")
        assert drawn.contains(b"Most serious violence")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "wall.xlsx"), ""))
    page.actions()[-1].trigger()
    book = load_workbook(tmp_path / "wall.xlsx")
    assert len(book.worksheets) == 7  # all of them in one, and each of the six with results
    rows = {row[0]: row for row in book.worksheets[0].iter_rows(values_only=True)}
    assert rows["PI01  Robbery"][2] == 109
    assert rows["R1  Most serious violence"][2] is None


def test_it_follows_the_dark_palette(page: ChartsPage, qapp: QApplication) -> None:
    theme.apply(qapp, dark=True)
    qapp.processEvents()
    picture = page.wall.grab().toImage()
    theme.apply(qapp, dark=False)
    inside = page.wall.cells[1].box.bottomRight() - QPoint(4, 4)
    assert picture.pixelColor(inside).lightnessF() < 0.3


def test_the_page_has_it_and_enter_leads_to_the_performance_plan(
    qtbot: QtBot, signals: PlanSignals, plan: Workspace
) -> None:
    view = PlanView(signals, Memory())
    qtbot.addWidget(view)
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    view.show_page("charts")
    page = view.page("charts")
    assert isinstance(page, ChartsPage)
    wall: WallView = page.wall
    wall.setFocus(Qt.FocusReason.TabFocusReason)
    press(page, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert view.current() == "performance"
    indicators: Any = view.page("performance")
    assert indicators.current().title == "Robbery"
    page.asked.emit()
    assert view.current() == "results"
