"""A table saved as a picture: whole, under its title; and the person stays where they are."""

from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QImage, QStandardItem, QStandardItemModel
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from spp_desktop.returns.plain_sheet import PlainSheet
from spp_desktop.ui.pictures import menu as picture_menu
from spp_desktop.ui.pictures.table_picture import LARGEST, TablePicture

ROWS, COLUMNS = 60, 12
NUMBERS = [PlainSheet("Robberies by area", ["Provisional."], [["Area"], ["OCU 01"]])]


@pytest.fixture
def table(qtbot: QtBot) -> QTableView:
    """A table of which a small part is in view."""
    model = QStandardItemModel(ROWS, COLUMNS)
    for row in range(ROWS):
        for column in range(COLUMNS):
            model.setItem(row, column, QStandardItem(f"{row} · {column}"))
    view = QTableView()
    view.setModel(model)
    model.setParent(view)
    qtbot.addWidget(view)
    view.resize(300, 200)
    view.show()
    return view


def test_all_of_it_is_in_the_picture(table: QTableView, tmp_path: Path) -> None:
    pictured = TablePicture(table, lambda: NUMBERS)
    file = tmp_path / "table.png"
    assert picture_menu.save_picture(pictured, str(file))
    saved = QImage(str(file))
    assert saved.width() > table.horizontalHeader().length() > 2 * table.width()
    assert saved.height() > table.verticalHeader().length() > 2 * table.height()


def test_the_person_stays_where_they_are(table: QTableView, qtbot: QtBot, tmp_path: Path) -> None:
    chosen, index = table.selectionModel(), table.model().index(40, 7)
    chosen.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    table.scrollTo(index)
    before = table.size(), table.verticalScrollBar().value(), table.horizontalScrollBar().value()
    with qtbot.assertNotEmitted(chosen.currentChanged), qtbot.assertNotEmitted(chosen.selectionChanged):
        assert picture_menu.save_picture(TablePicture(table, lambda: NUMBERS), str(tmp_path / "table.png"))
    assert (table.size(), table.verticalScrollBar().value(), table.horizontalScrollBar().value()) == before
    assert (chosen.currentIndex(), chosen.selectedIndexes()) == (index, [index])
    assert table.verticalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAsNeeded


def test_an_svg_holds_the_words_of_every_row_and_says_what_it_is(table: QTableView, tmp_path: Path) -> None:
    file = tmp_path / "table.svg"
    assert picture_menu.save_drawing(TablePicture(table, lambda: NUMBERS), str(file), "Robberies")
    drawn = file.read_text(encoding="utf-8")
    assert QSvgRenderer(str(file)).isValid()
    for words in ("0 · 0", f"{ROWS - 1} · {COLUMNS - 1}", "Robberies by area", "Provisional."):
        assert words in drawn
    assert "<desc>Robberies by area. Provisional.</desc>" in drawn


def test_it_prints_and_is_cut_where_no_picture_could_hold_it(table: QTableView, tmp_path: Path) -> None:
    model = table.model()
    assert isinstance(model, QStandardItemModel)
    model.setRowCount(1000)
    pictured = TablePicture(table, list)
    pictured.fit()
    assert LARGEST < pictured.height() < LARGEST + 100
    printer = QPrinter()
    printer.setOutputFileName(str(tmp_path / "table.pdf"))
    assert picture_menu.print_picture(pictured, printer)
    assert (tmp_path / "table.pdf").read_bytes().startswith(b"%PDF")
