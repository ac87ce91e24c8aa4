"""The widths of a table's columns: nothing white beside them, no figure cut, and what a person drags stays."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from spp_desktop.ui.common.memory import Memory
from spp_desktop.ui.grid import state as grid_state
from spp_desktop.ui.grid.delegates import cut
from spp_desktop.ui.grid.table_page import TablePage
from spp_desktop.ui.grid.view import GridView
from spp_desktop.ui.results.page import ResultsPage
from spp_desktop.ui.window.main_window import MainWindow


@pytest.fixture
def window(qtbot: QtBot, worked: Path) -> Iterator[MainWindow]:
    made = MainWindow(Memory())
    made.resize(1366, 768)
    made.show()
    assert made.open_plan(worked)
    yield made
    made.close()
    made.deleteLater()


def grid_of(window: MainWindow, page: str) -> GridView:
    assert window.plan_view is not None
    window.plan_view.show_page(page)
    shown = window.plan_view.page(page)
    assert isinstance(shown, TablePage)
    return shown.grid


def across(grid: GridView) -> int:
    return sum(grid.header.sectionSize(n) for n in grid.shown_columns())


@pytest.mark.parametrize("page", ["delivery", "risks", "performance", "results", "areas", "returns", "history"])
@pytest.mark.parametrize("wide", [911, 1366, 1920])
def test_columns_fill_the_width_and_no_figure_is_cut(window: MainWindow, qtbot: QtBot, page: str, wide: int) -> None:
    window.resize(wide, 768)
    grid = grid_of(window, page)
    qtbot.waitUntil(lambda: grid.header.length() == across(grid))
    assert across(grid) >= grid.viewport().width()
    figures = [n for n in grid.shown_columns() if grid.table.columns[n].align == "right"]
    metrics = QFontMetrics(grid.font())
    for line in range(grid.table.rowCount()):
        for n in figures:
            text = str(grid.table.data(grid.table.index(line, n)) or "")
            assert not cut(text, grid.header.sectionSize(n) - 10, metrics), text


def test_a_column_of_texts_gives_way_to_the_others_and_takes_what_they_leave(window: MainWindow) -> None:
    grid = grid_of(window, "delivery")
    text, owners = grid.table.column_of("text"), grid.table.column_of("owners")
    before = grid.header.sectionSize(text)
    grid.header.setSectionHidden(owners, True)
    assert grid.header.sectionSize(text) == before + 128
    assert across(grid) == grid.header.length() == grid.viewport().width()
    grid.header.setSectionHidden(owners, False)
    assert grid.header.sectionSize(text) == before


def test_a_width_that_a_person_drags_stays_and_is_remembered(window: MainWindow) -> None:
    grid = grid_of(window, "delivery")
    text = grid.table.column_of("text")
    edge = QPoint(grid.header.sectionViewportPosition(text) + grid.header.sectionSize(text) - 1, 8)
    at = grid.header.viewport()
    QTest.mousePress(at, Qt.MouseButton.LeftButton, pos=edge)
    grid.widths.dragged.add("text")  # offscreen, no pointer is over the header
    QTest.mouseMove(at, edge - QPoint(60, 0))
    QTest.mouseRelease(at, Qt.MouseButton.LeftButton, pos=edge - QPoint(60, 0))
    dragged = grid.header.sectionSize(text)
    window.resize(1500, 768)
    assert grid.header.sectionSize(text) == dragged
    left = grid_state.save_state(grid)
    assert left["dragged"] == ["text"]
    grid.column_menu(text).actions()[-1].trigger()  # Reset columns
    assert grid_state.save_state(grid)["dragged"] == []
    assert across(grid) == grid.viewport().width()


def test_a_figure_that_becomes_longer_has_room(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ResultsPage, "_asked", lambda *_: True)
    grid = grid_of(window, "results")
    n = grid.table.column_of("period:6")
    before = grid.header.sectionSize(n)
    assert grid.table.keep([(grid.table.row_at(0), grid.table.columns[n], "1234567890")])
    assert grid.header.sectionSize(n) > before


def test_half_a_figure_is_never_shown(window: MainWindow) -> None:
    metrics = QFontMetrics(window.font())
    assert cut("99,999", metrics.horizontalAdvance("99,99"), metrics)
    assert not cut("99,999", metrics.horizontalAdvance("99,999"), metrics)
    assert not cut("Benchmark", 10, metrics)  # words may end in dots
