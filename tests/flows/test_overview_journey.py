"""A meeting prepared: how many are off track, which, how one came to it, and back to the numbers; by keys alone."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from spp_desktop.edits import delivery
from spp_desktop.store import queries
from spp_desktop.ui.delivery.page import DeliveryPage
from spp_desktop.ui.overview.overview_page import ROWS, OverviewPage
from tests.flows.conftest import Opener
from tests.flows.hands import CTRL, key, press, view_of

Key = Qt.Key


def test_how_did_this_become_green(qtbot: QtBot, opener: Opener, worked: Path) -> None:
    window = opener(worked)
    view = view_of(window)
    assert view.current() == "delivery", "what opens first is not slowed by the overview"
    signals = view.signals
    activity = next(row for row in signals.read(queries.activities) if row.status == "Off track")
    green = next(row.key for row in signals.read(queries.statuses) if row.title == "On track")
    signals.edit("change status", delivery.set_cells, [(activity.key, "status_id", green)])
    press(qtbot, window, Key.Key_1, CTRL)
    page = view.page("overview")
    assert isinstance(page, OverviewPage)
    qtbot.waitUntil(page.view.hasFocus)
    while (stop := page.view.stop()) is not None and stop.line != activity.priority:
        key(Key.Key_Down)
    while (stop := page.view.stop()) is not None and stop.column != "On track":
        key(Key.Key_Right)
    key(Key.Key_Return)
    assert page.stack.currentIndex() == ROWS
    (why,) = (row.behind.words for row in page.rows.model.rows if row.behind.key == activity.key)
    assert why.startswith("since ")
    assert "(was Off track)" in why
    while (row := page.rows.row_in()) is not None and row.key != activity.key:
        key(Key.Key_Down)
    latest = page.rows.panel.history.item(0, 2)
    assert latest is not None
    assert latest.text() == "change status"
    key(Key.Key_Return)
    assert view.current() == "delivery"
    shown = view.page("delivery")
    assert isinstance(shown, DeliveryPage)
    current = shown.current()
    assert current is not None
    assert current.key == activity.key
    press(qtbot, window, Key.Key_1, CTRL)
    assert page.stack.currentIndex() == ROWS
    key(Key.Key_Escape)
    QApplication.processEvents()
    assert (again := page.view.stop()) is not None
    assert (again.line, again.column) == (activity.priority, "On track")
