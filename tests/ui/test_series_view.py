"""The chart of a series by real keys and clicks, and as a picture on paper, in a file and in a sheet."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAction, QHelpEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QToolTip
from pytestqt.qtbot import QtBot

from spp_desktop.figures.charts.series_chart import NO_RESULTS, series_chart
from spp_desktop.figures.charts.series_parts import SeriesChart, Spot
from spp_desktop.figures.comparison import Break
from spp_desktop.figures.judging.series import ChartAnnotation
from spp_desktop.ui.common import theme
from spp_desktop.ui.pictures.print_dialog import PrintDialog
from spp_desktop.ui.pictures.series_view import HELP, SeriesView
from tests import pdf_reader
from tests.figures.test_series_chart import FALL, LAST_YEAR, THIS_YEAR, by_month, judged, robbery
from tests.flows.hands import in_dialog

AROUND = {
    "breaks": (Break(date(2008, 4, 1), "Counting rules"),),
    "annotations": (ChartAnnotation("a", date(2008, 5, 12), "New patrols", "A. Officer"),),
}


@pytest.fixture
def view(qtbot: QtBot) -> SeriesView:
    view = SeriesView()
    qtbot.addWidget(view)
    view.resize(620, 560)
    view.set_chart(decided())
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    view.setFocus()
    return view


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    yield qapp
    theme.apply(qapp, dark=False)


def decided(**more: object) -> SeriesChart:
    return series_chart(robbery(series=AROUND | more), "Results are made up.")


def press(view: SeriesView, *keys: Qt.Key) -> str:
    for key in keys:
        QTest.keyClick(view.picture, key)
    return view.spot_words.text()


def point(view: SeriesView, at: int) -> QPoint:
    plot = view.picture.plot()
    assert plot is not None
    return plot.spot(plot.chart.spots[at]).toPoint()


def action(view: SeriesView, words: str) -> QAction:
    return next(action for action in view.actions_here() if words in action.text())


def answered(monkeypatch: pytest.MonkeyPatch, path: Path) -> list[str]:
    """Have the file dialog answered; what was offered."""
    offered: list[str] = []

    def choose(_parent: object, _title: str, name: str, _kinds: str) -> tuple[str, str]:
        offered.append(name)
        return str(path), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    return offered


def test_the_keys_go_from_month_to_month_and_say_what_is_there(view: SeriesView) -> None:
    assert view.picture.hasFocus()
    assert view.spot_words.text() == HELP
    assert press(view, Qt.Key.Key_Left).startswith("September 2008: 401 robberies.")
    assert press(view, Qt.Key.Key_Left).startswith("August 2008: 396 robberies.")
    assert press(view, Qt.Key.Key_Home) == "April 2007: 410 robberies. Common cause."
    assert press(view, Qt.Key.Key_Left) == "April 2007: 410 robberies. Common cause."
    assert press(view, Qt.Key.Key_End, Qt.Key.Key_Right).startswith("September 2008")
    assert "Improvement: seven points or more below the mean" in view.spot_words.text()
    assert view.picture.accessibleDescription() == view.spot_words.text()
    assert press(view, Qt.Key.Key_Escape) == HELP
    assert press(view, Qt.Key.Key_Right).startswith("September 2008")


def test_other_keys_are_left_to_others(view: SeriesView) -> None:
    QTest.keyClick(view.picture, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(view.picture, Qt.Key.Key_A)
    assert view.picture.at is None


def test_a_click_goes_to_the_point_and_beside_it_to_none(view: SeriesView) -> None:
    heard: list[Spot | None] = []
    view.chosen.connect(heard.append)
    QTest.mouseClick(view.picture, Qt.MouseButton.LeftButton, pos=point(view, 3))
    assert view.spot_words.text() == "July 2007: 402 robberies. Common cause."
    QTest.mouseClick(view.picture, Qt.MouseButton.LeftButton, pos=QPoint(view.picture.width() - 12, 80))
    assert [spot.first if spot else None for spot in heard] == [date(2007, 7, 1), None]


def test_the_pointer_is_told_of_the_point_under_it(view: SeriesView, monkeypatch: pytest.MonkeyPatch) -> None:
    tips: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _at, words, _widget: tips.append(words))
    for at in (point(view, 0), QPoint(view.picture.width() - 12, 80)):
        QApplication.sendEvent(view.picture, QHelpEvent(QEvent.Type.ToolTip, at, view.picture.mapToGlobal(at)))
    assert tips == ["April 2007: 410 robberies. Common cause.", ""]


def test_the_point_chosen_outlives_a_change_and_not_another_indicator(view: SeriesView) -> None:
    press(view, Qt.Key.Key_Home, Qt.Key.Key_Right)
    view.set_chart(decided())
    assert view.spot_words.text().startswith("May 2007")
    other = series_chart(judged(by_month(LAST_YEAR), series={"area_key": "d1", "area": "OCU D1"}))
    view.set_chart(other)
    assert view.picture.at is None
    assert view.title.text() == "PI7  Reduce robbery, OCU D1: robberies by month"


def test_it_is_told_to_those_who_hear_it(view: SeriesView) -> None:
    chart = view.chart()
    assert chart is not None
    assert view.accessibleName() == f"Chart of {chart.title}"
    assert "401 robberies" in view.accessibleDescription()
    assert "New patrols" in view.notes.text()
    assert view.answers.text().startswith("Amber: 2,336 robberies")


def test_without_results_it_says_what_to_do_and_offers_no_picture(view: SeriesView) -> None:
    view.set_chart(series_chart(judged([], targets=FALL)))
    assert NO_RESULTS in view.accessibleDescription()
    assert not any(action.isEnabled() for action in view.actions_here())
    assert press(view, Qt.Key.Key_Left, Qt.Key.Key_End) == ""
    assert not view.grab().isNull()


def test_however_much_is_said_the_lines_keep_their_room(view: SeriesView) -> None:
    notes = tuple(ChartAnnotation(str(n), date(2008, 5, 2 + n), f"Note {n}", "A. Officer") for n in range(12))
    view.set_chart(series_chart(robbery(series={"annotations": notes})))
    for width in (320, 900):
        view.resize(width, 10)
        QApplication.processEvents()
        view.resize(width, view.heightForWidth(width))
        QApplication.processEvents()
        plot = view.picture.plot()
        assert plot is not None
        assert plot.area.height() >= 129


def test_one_result_is_drawn(view: SeriesView) -> None:
    view.set_chart(series_chart(judged(by_month([7]))))
    assert press(view, Qt.Key.Key_Right).startswith("April 2007: 7 robberies.")
    assert not view.grab().isNull()


def test_it_follows_the_dark_palette(view: SeriesView, app: QApplication) -> None:
    theme.apply(app, dark=True)
    app.processEvents()
    picture = view.grab().toImage()
    assert picture.pixelColor(2, 2).lightnessF() < 0.3
    plot = view.picture.plot()
    assert plot is not None
    inside = view.picture.mapTo(view, plot.area.topRight().toPoint() + QPoint(-6, 6))
    assert picture.pixelColor(inside).lightnessF() < 0.3


def test_the_menu_offers_what_can_be_done_with_the_picture(view: SeriesView) -> None:
    assert [action.text() for action in view.actions_here()] == [
        "Save picture…",
        "Print…",
        "Copy picture",
        "Save the numbers as a sheet…",
    ]


def test_it_is_printed_as_it_is_on_white_paper(
    view: SeriesView, app: QApplication, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    printers: list[QPrinter] = []

    def to_file(dialog: QPrintDialog) -> QDialog.DialogCode:
        printer = dialog.printer()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "robbery.pdf"))
        printers.append(printer)
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(QPrintDialog, "exec", to_file)
    theme.apply(app, dark=True)
    with in_dialog(qtbot, PrintDialog, lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Return)):
        action(view, "Print").trigger()
    read = pdf_reader.read((tmp_path / "robbery.pdf").read_bytes())
    assert (len(read.pages), read.images) == (1, 0)
    assert "PI7  Reduce robbery" in read.text
    assert HELP not in read.text
    assert printers[0].pageLayout().orientation().name == "Landscape"
    assert theme.is_dark(view.palette())


def test_the_numbers_come_out_as_a_sheet(view: SeriesView, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answered(monkeypatch, tmp_path / "robbery.xlsx")
    action(view, "numbers").trigger()
    sheet = load_workbook(tmp_path / "robbery.xlsx").worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][0] == "PI7  Reduce robbery: robberies by month (illustrative results)"
    head = next(n for n, row in enumerate(rows) if row[0] == "From")
    result = rows[head].index("Result")
    assert [row[result] for row in rows[head + 1 :]] == [*LAST_YEAR, *THIS_YEAR]
    assert any("Results are made up." in str(row[0]) for row in rows[:head])
