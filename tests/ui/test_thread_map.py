"""The page of the map by real keys and mouse: walked, filtered, linked by a drag, opened, printed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.pictures.drawing import Canvas, paint_bands
from spp_desktop.ui.thread.map_page import MapPage

Key = Qt.Key


@pytest.fixture
def signals(worked: Path) -> Iterator[PlanSignals]:
    with Workspace.open(worked) as workspace:
        opened = PlanSignals(workspace)
        yield opened
        opened.stop()


@pytest.fixture
def page(qtbot: QtBot, signals: PlanSignals) -> MapPage:
    made = MapPage(signals)
    qtbot.addWidget(made)
    made.resize(1300, 700)
    made.show()
    qtbot.waitUntil(lambda: bool(made.view.shown.nodes))
    return made


def ref(page: MapPage) -> str:
    node = page.view.node()
    assert node is not None
    return node.row.ref


def centre(page: MapPage, wanted: str) -> QPoint:
    number = next(n for n, node in enumerate(page.view.shown.nodes) if node.row.ref == wanted)
    assert page.view.plot is not None
    return page.view.plot.box(number).center().toPoint()


def test_arrows_walk_the_thread(page: MapPage, qtbot: QtBot) -> None:
    page.view.setFocus()
    page.view.select(next(node.row.key for node in page.view.shown.nodes if node.row.ref == "3.12"))
    QTest.keyClick(page.view, Key.Key_Left)
    assert ref(page) in {"P3.4.1", "P3.4.2"}
    QTest.keyClick(page.view, Key.Key_Right)
    assert ref(page) in {"3.06", "3.12", "3.13", "3.14"}
    QTest.keyClick(page.view, Key.Key_Home)
    assert ref(page) == "1.01"
    QTest.keyClick(page.view, Key.Key_Down)
    assert ref(page) == "1.02"
    with qtbot.waitSignal(page.went) as went:
        QTest.keyClick(page.view, Key.Key_Return)
    assert went.args is not None
    assert went.args[0] == "activity"
    assert list(page.row_keys()) == [went.args[1]]
    assert "Activity 1.02: Produce and implement an alcohol" in page.view.accessibleDescription()
    assert "P6.7.1" in page.view.accessibleDescription()


def test_a_filter_and_gaps_only(page: MapPage) -> None:
    page.focus_filter()
    QTest.keyClicks(page.filter, "threat of terrorism")
    refs = {node.row.ref for node in page.view.shown.nodes}
    assert "P3" in refs
    assert "1.01" not in refs
    QTest.keyClick(page.filter, Key.Key_Escape)
    page.gaps_only.setChecked(True)
    assert all(node.row.gap for node in page.view.shown.nodes)
    assert page.summary().startswith("97 rows, ")
    assert page.summary().endswith("97 gaps")


def test_a_row_dragged_onto_another_is_linked_and_the_gap_closes(page: MapPage, signals: PlanSignals) -> None:
    start, end = centre(page, "1.19"), centre(page, "P1.6.2")
    QTest.mousePress(page.view, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(page.view, start + QPoint(0, 40))
    QTest.mouseMove(page.view, end)
    QTest.mouseRelease(page.view, Qt.MouseButton.LeftButton, pos=end)
    assert signals.workspace.undo_label == "link activity 1.19 to commitment P1.6.2"
    gaps = {node.row.ref: node.row.gap for node in page.view.shown.nodes}
    assert (gaps["1.19"], gaps["P1.6.2"]) == ("", "")
    signals.workspace.undo()
    gaps = {node.row.ref: node.row.gap for node in page.view.shown.nodes}
    assert (gaps["1.19"], gaps["P1.6.2"]) == ("for nothing", "nobody serves it")
    keys = {node.row.ref: node.row.key for node in page.view.shown.nodes}
    page.view.dropped.emit(keys["R1"], keys["R2"])
    assert page.sentence.text().endswith("R2 cannot be linked.")
    page.view.dropped.emit(keys["1.01"], keys["P1"])
    assert page.sentence.text() == "Activity 1.01 and Priority P1 are linked already."


def test_what_is_printed_holds_every_row_and_link(page: MapPage) -> None:
    drawing = page.view.drawing()
    assert drawing is not None
    assert "Priorities: 4 of 7 measured." in drawing.words
    (flow,) = drawing.lay_out(Canvas(1000.0))
    assert len(flow.bands) >= page.view.shown.lines
    picture = QImage(1000, 400, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    paint_bands(painter, flow.bands[:12], picture.rect().toRectF())
    painter.end()
    assert drawing.numbers is not None
    (sheet,) = drawing.numbers()
    assert len(sheet.rows) == len(page.view.shown.links) + 1
