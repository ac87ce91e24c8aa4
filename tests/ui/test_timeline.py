"""The timeline by real clicks, wheels and keys."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from spp_desktop.figures.charts import timeline as charts
from spp_desktop.store import queries
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common import theme
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.delivery.lane_view import LaneView
from spp_desktop.ui.delivery.page import DeliveryPage
from spp_desktop.ui.delivery.picture import DeliveryPicture
from spp_desktop.ui.delivery.timeline import TimelineView
from spp_desktop.ui.pictures.picture_files import file_name
from spp_desktop.ui.pictures.saved import SIZES, SavedPicture
from tests.figures.test_charts import TODAY, Activity, Milestone, Status

DUE = date(2009, 3, 31)


def chart_of(lanes: int, steps: int = 2, due: date = DUE) -> charts.Timeline:
    activities = [Activity(f"a{n}", ref=f"{n + 1}", start=date(2008, 4, 1), due=due) for n in range(lanes)]
    milestones = [
        Milestone(f"m{n}.{k}", f"a{n}", f"Step {k}", due=date(2008, 11, 1) + timedelta(days=30 * k))
        for n in range(lanes)
        for k in range(steps)
    ]
    return charts.timeline(activities, milestones, [Status()], TODAY)


@pytest.fixture
def timeline(qtbot: QtBot) -> Iterator[TimelineView]:
    view = TimelineView()
    qtbot.addWidget(view)
    view.resize(900, 240)
    view.set_chart(chart_of(60))
    view.show()
    qtbot.waitExposed(view)
    view.grab()
    yield view
    theme.apply(QApplication.instance(), dark=False)  # type: ignore[arg-type]  # there is one


def lane_view(view: TimelineView) -> LaneView:
    assert view._view is not None
    return view._view


def click(view: TimelineView, row: int, day: date = DUE) -> None:
    at = lane_view(view).point_of(row, day)
    QTest.mouseClick(lane_view(view), Qt.MouseButton.LeftButton, pos=at)


def wheel(view: TimelineView, notches: int, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    at = QPointF(600, 120)
    event = QWheelEvent(
        at,
        at,
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(lane_view(view), event)


def test_a_click_selects_the_lane_it_hit(timeline: TimelineView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(timeline.selected, check_params_cb=lambda key: key == "a3"):
        click(timeline, 3)
    assert lane_view(timeline).selected_key() == "a3"
    with qtbot.waitSignal(timeline.selected, check_params_cb=lambda key: key == "a1"):
        name = QPoint(20, lane_view(timeline).point_of(1, DUE).y())
        QTest.mouseClick(lane_view(timeline), Qt.MouseButton.LeftButton, pos=name)


def test_select_brings_the_lane_into_view_and_does_not_answer(timeline: TimelineView, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(timeline.selected):
        timeline.select("a50")
    view = lane_view(timeline)
    assert view.top <= 50 <= view.top + view.rows_in_view() - 1
    assert view.selected_key() == "a50"
    assert view.accessibleDescription().startswith("51: On track, due 31 Mar 2009")
    timeline.select("gone")
    assert view.selected_key() is None


def test_the_arrows_choose_lanes_and_move_in_time(timeline: TimelineView, qtbot: QtBot) -> None:
    view = lane_view(timeline)
    view.setFocus()
    heard: list[str] = []
    timeline.selected.connect(heard.append)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown):
        QTest.keyClick(view, key)
    assert heard[:3] == ["a0", "a1", "a0"]
    assert int(heard[3][1:]) == int(view.rows_in_view()) - 1
    before = view.first_day
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.first_day > before
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert view.first_day == pytest.approx(before)


def test_plus_and_minus_zoom_and_home_shows_all_dates(timeline: TimelineView) -> None:
    view = lane_view(timeline)
    whole = (view.first_day, view.last_day)
    QTest.keyClick(view, Qt.Key.Key_Plus)
    assert view.last_day - view.first_day == pytest.approx((whole[1] - whole[0]) / 1.25)
    QTest.keyClick(view, Qt.Key.Key_Minus)
    QTest.keyClick(view, Qt.Key.Key_Minus)
    assert view.last_day - view.first_day > whole[1] - whole[0]
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert (view.first_day, view.last_day) == pytest.approx(whole)


def test_the_zoom_has_ends(timeline: TimelineView) -> None:
    view = lane_view(timeline)
    for _ in range(60):
        QTest.keyClick(view, Qt.Key.Key_Plus)
    assert view.last_day - view.first_day == pytest.approx(45)
    for _ in range(60):
        QTest.keyClick(view, Qt.Key.Key_Minus)
    assert view.last_day - view.first_day == pytest.approx(366 * 30)


def test_the_wheel_scrolls_and_with_ctrl_zooms_about_the_pointer(timeline: TimelineView) -> None:
    view = lane_view(timeline)
    wheel(timeline, -1)
    assert view.top == 3
    assert timeline._bar.value() == 30
    at = QPointF(600, 120)
    day, span = view.place_of(at).x(), view.last_day - view.first_day
    wheel(timeline, 1, Qt.KeyboardModifier.ControlModifier)
    view.grab()
    assert view.last_day - view.first_day < span
    assert view.place_of(at).x() == pytest.approx(day, abs=0.5)
    first = view.first_day
    wheel(timeline, -1, Qt.KeyboardModifier.ShiftModifier)
    assert view.first_day > first
    assert view.top == 3


def test_a_drag_moves_the_view_and_selects_nothing(timeline: TimelineView, qtbot: QtBot) -> None:
    view = lane_view(timeline)
    begin = QPoint(600, 150)
    first = view.first_day
    with qtbot.assertNotEmitted(timeline.selected):
        QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=begin)
        QTest.mouseMove(view, begin - QPoint(50, 50))
        QTest.mouseMove(view, begin - QPoint(100, 100))
        QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=begin - QPoint(100, 100))
    assert view.first_day > first
    assert view.top == pytest.approx(100 / view.row_height)


def test_the_scroll_bar_scrolls(timeline: TimelineView) -> None:
    timeline._bar.setValue(200)
    assert lane_view(timeline).top == 20


def test_new_data_keep_the_zoom_and_the_lane_chosen(timeline: TimelineView) -> None:
    view = lane_view(timeline)
    timeline.select("a7")
    QTest.keyClick(view, Qt.Key.Key_Plus)
    wheel(timeline, -2)
    before = (view.first_day, view.last_day, view.top)
    timeline.set_chart(chart_of(59, due=date(2009, 12, 31)))
    assert (view.first_day, view.last_day) == pytest.approx(before[:2])
    assert view.selected_key() == "a7"
    QTest.keyClick(view, Qt.Key.Key_Home)
    timeline.set_chart(chart_of(59, due=date(2010, 12, 31)))
    assert view.last_day > date(2010, 12, 31).toordinal(), "what was fitted is fitted again"


def test_only_what_is_in_view_is_painted(qtbot: QtBot) -> None:
    view = TimelineView()
    qtbot.addWidget(view)
    view.resize(900, 240)
    view.set_chart(chart_of(1500, steps=10))
    view.show()
    qtbot.waitExposed(view)
    view.grab()
    lanes, marks = lane_view(view).lanes.painted
    assert 4 <= lanes <= 12
    assert 0 < marks <= lanes * 10
    lane_view(view).zoom(0.001)
    lane_view(view).pan(-200)
    view.grab()
    assert lane_view(view).lanes.painted[1] == 0, "no milestone is in view, none is painted"


def test_tooltips_say_the_milestone_and_the_lane(timeline: TimelineView) -> None:
    view = lane_view(timeline)
    at = view.point_of(2, date(2008, 11, 1))
    assert "Step 0" in view.words_at(at)
    assert "due 1 Nov 2008" in view.words_at(at)
    assert "Step 0" not in view.words_at(view.point_of(2, date(2008, 6, 1)))
    assert "3: On track" in view.words_at(view.point_of(2, date(2008, 6, 1)))
    assert view.words_at(QPoint(500, 4)) == "", "the dates are no lane"


def test_without_dates_it_says_what_to_do_and_loads_nothing(qtbot: QtBot) -> None:
    view = TimelineView()
    qtbot.addWidget(view)
    view.set_chart(charts.timeline([Activity()], [], [], TODAY))
    view.show()
    assert view._hint.text() == "No dates yet: type a due date or add a milestone in the panel."
    assert view._hint.isVisible()
    assert view._view is None
    assert not any(action.isEnabled() for action in view.actions_here())
    view.select("a")
    view.set_chart(chart_of(3))
    assert lane_view(view).isVisible()


def test_it_is_named_and_told_to_screen_readers(timeline: TimelineView) -> None:
    assert lane_view(timeline).accessibleName() == "Timeline of activities"
    assert "60 activities, 60 with a date, 0 late" in lane_view(timeline).accessibleDescription()
    assert timeline.focusProxy() is lane_view(timeline)


def test_dark_is_drawn_dark(timeline: TimelineView) -> None:
    theme.apply(QApplication.instance(), dark=True)  # type: ignore[arg-type]  # there is one
    QApplication.processEvents()
    picture = timeline.grab().toImage()
    assert picture.pixelColor(40, 6).lightnessF() < 0.3


def action_of(view: TimelineView, text: str) -> QAction:
    return next(action for action in view.actions_here() if text in action.text())


def test_the_picture_and_the_dates_behind_it_are_saved(
    timeline: TimelineView, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawing = timeline.drawing()
    assert drawing is not None
    picture = SavedPicture(drawing, SIZES[1])
    written = bytes(picture.svg().data()).decode()
    assert all(f">{n + 1}</" in written for n in range(60))  # all lanes, not only those in view
    assert "Timeline from 1 Apr 2008" in written
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "timeline.xlsx"), ""))
    action_of(timeline, "numbers").trigger()
    rows = list(load_workbook(tmp_path / "timeline.xlsx").worksheets[0].iter_rows(values_only=True))
    head = rows.index(("Reference", "What", "Date", "State"))
    assert len(rows) - head - 1 >= 60


@pytest.mark.parametrize(("name", "file"), [("Crime: 4%/year?", "Crime 4% year.png"), ("...", "Picture.png")])
def test_files_are_named_so_that_every_system_takes_them(name: str, file: str) -> None:
    assert file_name(name) == file


def test_a_saved_sheet_says_of_what_plan_it_is_and_what_is_made_up(qtbot: QtBot, worked: Path) -> None:
    with Workspace.open(worked) as workspace:
        page = DeliveryPage(PlanSignals(workspace), 2008, date(2008, 10, 31))
        qtbot.addWidget(page)
        (sheet,) = DeliveryPicture(page).timeline._numbers()
        plan = workspace.read(queries.plan)
    assert sheet.title == "Timeline 2008-2009, as at 31 Oct 2008 (illustrative)"
    assert sheet.notes == (plan.title, plan.illustrative)
    assert {type(row[2]) for row in sheet.rows[1:] if row[2]} == {date}
