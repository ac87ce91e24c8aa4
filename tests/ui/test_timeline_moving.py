"""Dates moved on the timeline, by real drags and keys."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from spp_desktop.edits import delivery, links, rows
from spp_desktop.plan.delivery import Milestone
from spp_desktop.store import queries
from spp_desktop.store.plain import ActivityRow, MilestoneRow
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.delivery import moved_dates
from spp_desktop.ui.delivery.lane_view import LaneView
from spp_desktop.ui.delivery.page import DeliveryPage
from spp_desktop.ui.delivery.picture import DeliveryPicture

TODAY, DUE, STEP = date(2008, 7, 1), date(2009, 1, 31), date(2008, 11, 15)
Left, Shift, Control = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(qtbot: QtBot, workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> DeliveryPage:
    """The page of a plan whose first activity is due on a day, and has a milestone on another."""
    monkeypatch.setattr(moved_dates, "reason_from", lambda _: "It was agreed")
    (first, *_), (mark, *_) = workspace.read(queries.activities, 2008), workspace.read(queries.milestones, 2008)
    workspace.edit("set a date", delivery.set_cells, [(first.key, "due", DUE)])
    workspace.edit("set a date", rows.change, Milestone, mark.key, due=STEP)
    page = DeliveryPage(PlanSignals(workspace), 2008, TODAY)
    qtbot.addWidget(page)
    page.resize(1200, 700)
    page.picture_of_lanes = DeliveryPicture(page)  # type: ignore[attr-defined]  # kept for as long as the page
    page.show()
    qtbot.waitExposed(page)
    page.grab()
    return page


def lanes(page: DeliveryPage) -> LaneView:
    view: LaneView = page.picture_of_lanes.timeline._view  # type: ignore[attr-defined]
    return view


def row(page: DeliveryPage) -> ActivityRow:
    return page.signals.read(queries.activities, 2008)[0]


def step(page: DeliveryPage) -> MilestoneRow:
    return page.signals.read(queries.milestones, 2008)[0]


def drag(page: DeliveryPage, day: date, to: date, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    view = lanes(page)
    begin, end = view.point_of(0, day), view.point_of(0, to)
    QTest.mousePress(view, Left, keys, begin)
    QTest.mouseMove(view, (begin + end) / 2)
    QTest.mouseMove(view, end)
    view.grab()
    QTest.mouseRelease(view, Left, keys, end)


def near(day: date | None, other: date) -> bool:
    """Whether a day is within that which a pixel is."""
    return day is not None and abs((day - other).days) <= 2


def test_the_end_of_a_bar_is_dragged_to_the_day_now_expected(page: DeliveryPage) -> None:
    drag(page, DUE, date(2009, 3, 10))
    assert near(row(page).forecast, date(2009, 3, 10))
    assert row(page).due == DUE, "what was agreed stays to be seen"
    assert "forecast" in str(page.signals.workspace.undo_label)
    page.signals.workspace.undo()
    assert row(page).forecast is None


def test_with_shift_it_is_the_day_agreed_that_moves(page: DeliveryPage) -> None:
    drag(page, DUE, date(2009, 2, 20), Shift)
    assert near(row(page).due, date(2009, 2, 20))
    assert row(page).forecast is None


def test_the_day_agreed_first_stays_to_be_seen(page: DeliveryPage) -> None:
    drag(page, DUE, date(2009, 2, 20), Shift)
    page.picture_of_lanes.draw()  # type: ignore[attr-defined]
    assert lanes(page).lanes.chart.lanes[0].agreed_first == DUE
    assert "first agreed 31 Jan 2009" in lanes(page).lanes.chart.lanes[0].words()
    page.grab()


def test_a_milestone_is_dragged_by_its_mark(page: DeliveryPage) -> None:
    drag(page, STEP, date(2008, 12, 20))
    assert near(step(page).forecast, date(2008, 12, 20))
    assert step(page).due == STEP
    assert row(page).forecast is None


def test_by_keys_a_date_moves_by_days_and_weeks_until_enter_keeps_it(page: DeliveryPage) -> None:
    view = lanes(page)
    view.select(row(page).key)
    view.setFocus()
    for key, keys in ((Qt.Key.Key_Right, Shift), (Qt.Key.Key_Right, Shift | Control), (Qt.Key.Key_Left, Shift)):
        QTest.keyClick(view, key, keys)
    assert row(page).forecast is None, "nothing is kept before Enter"
    assert view.accessibleDescription() == f"{row(page).ref} now expected 7 Feb 2009, 7 days later"
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert row(page).forecast == DUE + timedelta(7)


@pytest.mark.parametrize("give_up", [
    lambda view: QTest.keyClick(view, Qt.Key.Key_Escape),
    lambda view: (QTest.keyClick(view, Qt.Key.Key_Left, Shift), QTest.keyClick(view, Qt.Key.Key_Return)),
])  # fmt: skip
def test_escape_or_the_way_back_leaves_it(page: DeliveryPage, give_up: Callable[[LaneView], object]) -> None:
    view = lanes(page)
    view.select(row(page).key)
    QTest.keyClick(view, Qt.Key.Key_Right, Shift)
    give_up(view)
    assert view.lanes.moving is None
    assert row(page).forecast is None


def test_beside_the_end_of_a_bar_it_is_the_view_that_is_dragged(page: DeliveryPage) -> None:
    first = lanes(page).first_day
    drag(page, date(2008, 9, 1), date(2008, 8, 1))
    assert lanes(page).first_day != first
    assert row(page).forecast is None


def test_what_is_finished_or_open_for_reading_only_is_not_moved(page: DeliveryPage) -> None:
    view, at = lanes(page), lanes(page).point_of(0, DUE)
    assert view.grip_at(at.toPointF()) is not None
    view.may_move = False
    assert view.grip_at(at.toPointF()) is None
    view.may_move = True
    done = next(status.key for status in page.signals.read(queries.statuses) if status.finished)
    page.signals.edit("finish", delivery.set_cells, [(row(page).key, "status_id", done)])
    page.picture_of_lanes.draw()  # type: ignore[attr-defined]
    assert view.grip_at(QPoint(at).toPointF()) is None


def test_what_depends_on_a_dragged_date_is_named_beneath_the_table(page: DeliveryPage) -> None:
    first, second, _ = page.signals.read(queries.activities, 2008)
    page.signals.edit("set a date", delivery.set_cells, [(second.key, "due", DUE)])
    page.signals.edit("link", links.join, "depends on", second.key, first.key)
    drag(page, DUE, date(2009, 3, 10))
    assert page.sentence.text().startswith("1.02 depends on this and is planned too early for it now")
    page.picture_of_lanes.draw()  # type: ignore[attr-defined]
    page.grab()
    drag(page, lanes(page).lanes.chart.lanes[0].slips_to or DUE, date(2009, 1, 2))
    assert not page.sentence.isVisible()
