"""Windows on a small screen: a laptop of 1366x768 pixels at 150% has 911x512 points."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QPlainTextEdit,
    QScrollArea,
    QStyle,
    QStyleOptionFrame,
)
from pytestqt.qtbot import QtBot

from spp_desktop.ui.common import fitting, theme
from spp_desktop.ui.common.memory import Memory
from spp_desktop.ui.grid.draft import is_new
from spp_desktop.ui.grid.fields import LineField
from spp_desktop.ui.registers.overview import AppendicesPage
from spp_desktop.ui.registers.page import CHART_HEIGHT, RegisterPage
from spp_desktop.ui.window.main_window import MainWindow
from tests.ui.screens import dialogs, kinds_of_dialog

SMALL = QRect(0, 0, 911, 472)
"""The points that the task bar leaves of the screen."""
pytestmark = pytest.mark.usefixtures("read_here")


@pytest.fixture
def window(qtbot: QtBot, worked: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, dark=False)
    monkeypatch.setattr(fitting, "room", lambda _: SMALL)
    made = MainWindow(Memory())
    made.show()
    assert made.open_plan(worked)
    yield made
    made.close()
    made.deleteLater()


def shown(qtbot: QtBot, dialog: QDialog) -> QDialog:
    with qtbot.waitExposed(dialog):
        dialog.show()
    QApplication.processEvents()
    return dialog


def in_reach(dialog: QDialog, button: QAbstractButton) -> bool:
    """Whether a button is on the screen, or can be scrolled to."""
    above = button.parentWidget()
    while above is not None and above is not dialog:
        if isinstance(above, QScrollArea):
            return True
        above = above.parentWidget()
    return dialog.rect().contains(QRect(button.mapTo(dialog, QPoint(0, 0)), button.size()))


def test_every_dialog_fits_a_small_screen_with_its_buttons_in_reach(
    subtests: pytest.Subtests, qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    frame = fitting.FRAME
    room = SMALL.adjusted(frame.left(), frame.top(), -frame.right(), -frame.bottom())
    opening = dialogs(window, tmp_path)
    for kind in sorted(kinds_of_dialog()):
        with subtests.test(dialog=kind):
            dialog = shown(qtbot, opening[kind]())
            try:
                assert room.contains(dialog.geometry()), (dialog.geometry(), dialog.minimumSizeHint())
                for button in dialog.findChildren(QAbstractButton):
                    if button.isVisible():
                        assert in_reach(dialog, button), button.text()
            finally:
                dialog.close()
                dialog.deleteLater()


def test_the_window_fits_a_small_screen(window: MainWindow) -> None:
    window.resize(SMALL.size())
    assert window.minimumSizeHint().width() <= SMALL.width()
    assert window.minimumSizeHint().height() <= SMALL.height()


def test_a_window_that_was_left_on_another_screen_comes_back_inside(window: MainWindow) -> None:
    window.hide()
    window.setGeometry(2000, 1500, 800, 400)
    window.show()
    assert SMALL.contains(window.geometry())
    assert window.size() == QSize(800, 400)


@pytest.mark.parametrize("sides", [(60, 40), (61, 41)])
def test_the_frame_of_a_text_has_all_its_sides_at_150_per_cent(
    qtbot: QtBot, window: MainWindow, sides: tuple[int, int]
) -> None:
    del window
    text = QPlainTextEdit()
    qtbot.addWidget(text)
    option = QStyleOptionFrame()
    option.initFrom(text)
    option.rect = QRect(QPoint(0, 0), QSize(*sides))
    picture = QImage(round(1.5 * sides[0]), round(1.5 * sides[1]), QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    picture.setDevicePixelRatio(1.5)
    painter = QPainter(picture)
    text.style().drawPrimitive(QStyle.PrimitiveElement.PE_Frame, option, painter, text)
    painter.end()
    across, down = (int(1.5 * (side - 1) + 0.5) for side in sides)  # where what is in the frame ends
    edge = picture.pixelColor(0, down // 2)
    assert edge != Qt.GlobalColor.white
    assert picture.pixelColor(across // 2, 0) == edge
    assert picture.pixelColor(across, down // 2) == edge
    assert picture.pixelColor(across // 2, down) == edge


def test_words_that_the_whole_window_shows_stay_where_they_are_on_every_page(window: MainWindow) -> None:
    view = window.plan_view
    assert view is not None
    places = []
    for page in ("delivery", "gaps"):
        view.show_page(page)
        QApplication.processEvents()
        places.append(view.illustrative.mapTo(window, view.illustrative.rect().center()).y())
    assert places[0] == places[1]


def test_a_chart_leaves_the_table_most_of_a_low_window(window: MainWindow) -> None:
    view = window.plan_view
    assert view is not None
    page = view.page("efficiency-plan")
    assert isinstance(page, RegisterPage)
    assert page.chart is not None
    view.show_page("efficiency-plan")
    for size, high in ((SMALL.size(), None), (QSize(1366, 768), CHART_HEIGHT)):
        window.resize(size)
        QApplication.processEvents()
        assert page.chart.height() < page.grid.height()
        assert page.chart.height() == high or high is None
        for part in (page.chart.picture, page.chart.notes):
            assert page.chart.rect().contains(part.geometry())
            assert part.height() >= part.minimumSizeHint().height()


def test_what_each_register_counts_to_shows_in_a_narrow_window(window: MainWindow) -> None:
    view = window.plan_view
    assert view is not None
    page = view.page("appendices")
    assert isinstance(page, AppendicesPage)
    view.show_page("appendices")
    window.resize(SMALL.size())
    QApplication.processEvents()
    for place, column in enumerate(page.model.columns):
        if column.numbers:
            right = page.grid.columnViewportPosition(place) + page.grid.columnWidth(place)
            assert right <= page.grid.viewport().width(), column.title


def test_a_long_line_in_a_panel_is_read_from_its_beginning(qtbot: QtBot, window: MainWindow) -> None:
    view = window.plan_view
    assert view is not None
    page = view.page("partnerships")
    assert isinstance(page, RegisterPage)
    view.show_page("partnerships")
    field = page.panel.fields["title"]
    assert isinstance(field, LineField)

    def shows(words: str) -> bool:
        return field.editor.text() == words

    for key, words in [(row.key, row.values["title"]) for row in page.model.rows if not is_new(row.key)]:
        page.select(key)
        qtbot.waitUntil(partial(shows, words))
        assert field.editor.cursorPosition() == 0
