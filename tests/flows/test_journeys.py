"""Whole journeys of a planning officer, with real keys, from opening a plan to finding it again."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import cast

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from spp_desktop.edits import taking
from spp_desktop.edits.reviewing import Review
from spp_desktop.store import dump, queries
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.areas.page import AreasPage
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.delivery.page import DeliveryPage
from spp_desktop.ui.grid.fields import ListField
from spp_desktop.ui.grid.table_page import TablePage
from spp_desktop.ui.pages import every_page
from spp_desktop.ui.returned import jobs as return_jobs
from spp_desktop.ui.window import plan_jobs
from spp_desktop.ui.window.commands import MENUS
from spp_desktop.ui.window.main_window import MainWindow
from tests.flows.conftest import Opener
from tests.flows.hands import CTRL, view_of


def delivery_of(window: MainWindow) -> DeliveryPage:
    return cast("DeliveryPage", view_of(window).page("delivery"))


def status_of(window: MainWindow, ref: str) -> str:
    assert window.workspace is not None
    return next(row.status for row in window.workspace.read(queries.activities, 2008) if row.ref == ref)


def type_keys(widget: QWidget, text: str) -> None:
    QTest.keyClicks(widget, text)


def typing(page: DeliveryPage) -> QWidget:
    """Where keys go: the editor of a cell, or the table."""
    focused = QApplication.focusWidget()
    return focused if focused is not None and page.isAncestorOf(focused) else page.grid


def type_over(page: DeliveryPage, text: str) -> None:
    """Type into a cell: the first letter opens its editor, which takes the rest."""
    for letter in text:
        type_keys(typing(page), letter)


def change_status(qtbot: QtBot, window: MainWindow, ref: str, status: str) -> None:
    """Type a status into the cell of an activity, as into a spreadsheet."""
    page = delivery_of(window)
    key = next(row.key for row in page.model.rows if row.ref == ref)
    assert page.grid.select(key, "status_id")
    page.grid.setFocus()
    QTest.keyClick(page.grid, Qt.Key.Key_F2)
    type_keys(typing(page), status)
    QTest.keyClick(typing(page), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: status_of(window, ref) == status)


def test_filter_change_undo_close_and_find_again(qtbot: QtBot, opener: Opener, worked: Path) -> None:
    window = opener(worked)
    window.show_page("delivery")
    QTest.keyClick(window, Qt.Key.Key_F, CTRL)
    page = delivery_of(window)
    qtbot.waitUntil(page.filter.hasFocus)
    type_keys(page.filter, "owner:security")
    qtbot.waitUntil(lambda: page.model.matching() == 9)
    assert "9 shown" in window.kept.text() or "9 shown" in page.summary()
    before = status_of(window, "3.04")
    other = "At risk" if before != "At risk" else "Complete"
    change_status(qtbot, window, "3.04", other)
    assert "3.04" in window.actions_by_name["undo"].text()
    QTest.keyClick(window, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: status_of(window, "3.04") == before)
    QTest.keyClick(window, Qt.Key.Key_Y, CTRL)
    qtbot.waitUntil(lambda: status_of(window, "3.04") == other)
    window.close()

    again = opener(worked)
    assert view_of(again).current() == "delivery"
    assert delivery_of(again).filter.text() == "owner:security"
    assert status_of(again, "3.04") == other
    again.undo()
    assert status_of(again, "3.04") == before


def test_out_to_excel_and_back(
    qtbot: QtBot, opener: Opener, worked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opener(worked)
    book = tmp_path / "delivery.xlsx"
    monkeypatch.setattr(return_jobs, "ask_save", lambda *_: book)
    window.show_page("delivery")
    window.actions_by_name["export_delivery"].trigger()
    qtbot.waitUntil(lambda: "Wrote 111 rows" in view_of(window).banner.sentence())

    sheet_name, row, column = status_cell(book, "1.01")
    opened = openpyxl.load_workbook(book)
    opened[sheet_name].cell(row, column).value = "Deferred"
    cells = [cell for line in opened[sheet_name].iter_rows() for cell in line]
    reason = next(cell for cell in cells if cell.value == "Reason")
    opened[sheet_name][f"{reason.column_letter}{row}"] = "The partner has no one to spare before April."
    opened.save(book)
    assert status_of(window, "1.01") != "Deferred"

    monkeypatch.setattr(return_jobs, "ReviewDialog", TakesAllIn)
    drop(window, book)
    qtbot.waitUntil(lambda: status_of(window, "1.01") == "Deferred")
    window.undo()
    assert status_of(window, "1.01") != "Deferred"


class TakesAllIn:
    """A person who takes in all that may be."""

    def __init__(self, signals: PlanSignals, reviews: Sequence[Review], _parent: QWidget) -> None:
        self.signals, self.reviews = signals, reviews
        self.applied: taking.Applied | None = None

    def exec(self) -> None:
        self.applied = taking.apply(self.signals.workspace, self.reviews)


def status_cell(book: Path, ref: str) -> tuple[str, int, int]:
    """Where the status of an activity stands in an exported workbook."""
    for sheet in openpyxl.load_workbook(book).worksheets:
        column = 0
        for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
            if "Status" in row:
                column = row.index("Status") + 1
            if column and ref in row:
                return sheet.title, number, column
    raise AssertionError(ref)


def drop(window: MainWindow, file: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    event = QDropEvent(
        QPointF(10, 10), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    window.dropEvent(event)


def test_a_second_window_reads_and_says_who_has_the_plan(opener: Opener, worked: Path) -> None:
    first = opener(worked)
    second = opener(worked)
    assert second.workspace is not None
    assert second.workspace.read_only
    assert "open here for reading only" in view_of(second).banner.sentence()
    assert not second.actions_by_name["undo"].isEnabled()
    change_in(first, "1.01", "changed in the first window")
    second._look()
    assert "changed in the first window" in [row.text for row in delivery_of(second).model.rows]


def change_in(window: MainWindow, ref: str, text: str) -> None:
    page = delivery_of(window)
    key = next(row.key for row in page.model.rows if row.ref == ref)
    page.model.put([(key, "text", text)])


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody delete or rename a file that is open")
def test_what_cannot_be_kept_stays_on_screen_and_a_copy_is_offered(
    qtbot: QtBot, opener: Opener, worked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opener(worked)
    worked.rename(worked.with_name("moved.plan"))
    page = delivery_of(window)
    key = next(row.key for row in page.model.rows if row.ref == "1.01")
    page.grid.select(key, "text")
    page.grid.setFocus()
    type_over(page, "typed while the file was gone")
    QTest.keyClick(typing(page), Qt.Key.Key_Return)
    assert "moved" in page.sentence.text()
    assert "moved" in view_of(window).banner.sentence()
    line = page.model.line_of(key)
    shows = page.model.index(line, page.model.column_of("text")).data()
    assert shows == "typed while the file was gone"
    copy = tmp_path / "copy.plan"
    monkeypatch.setattr(plan_jobs, "ask_save", lambda *_: copy)
    offered = view_of(window).banner.findChildren(QPushButton)
    next(button for button in offered if button.text() == "Save a copy…").click()
    with Workspace.open(copy, read_only=True) as kept:
        assert kept.read(queries.counts)["activity"] == 111
    asked: list[str] = []
    asking = "spp_desktop.ui.window.main_window.ask"
    monkeypatch.setattr(asking, lambda _parent, sentence, *_, **__: asked.append(sentence))
    assert not window.close()
    assert "Close without it?" in asked[0]
    worked.with_name("moved.plan").rename(worked)
    monkeypatch.setattr(asking, lambda *_, **__: True)
    window.close()


def test_half_typed_text_is_kept_when_the_window_closes(opener: Opener, worked: Path) -> None:
    window = opener(worked)
    page = delivery_of(window)
    key = next(row.key for row in page.model.rows if row.ref == "1.02")
    page.grid.select(key, "text")
    page.grid.setFocus()
    type_over(page, "half a sentence")
    window.close()
    with Workspace.open(worked, read_only=True) as kept:
        assert "half a sentence" in [row.text for row in kept.read(queries.activities, 2008)]


def test_tabs_menus_and_finding_by_keys(qtbot: QtBot, opener: Opener, worked: Path) -> None:
    window = opener(worked)
    view = view_of(window)
    for key, name in ((Qt.Key.Key_2, "priorities"), (Qt.Key.Key_4, "performance"), (Qt.Key.Key_3, "delivery")):
        QTest.keyClick(window, key, CTRL)
        assert view.current() == name
    QTest.keyClick(window, Qt.Key.Key_1, CTRL)
    assert view.current() == "overview"
    indicator = view_of(window).signals.read(queries.indicators)[5]
    view_of(window).go_to("indicator", indicator.key)
    assert view_of(window).current() == "performance"


def test_a_refused_file_leaves_the_plan_that_is_open(
    opener: Opener, worked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sentences: list[str] = []
    monkeypatch.setattr(
        "spp_desktop.ui.window.file_messages.tell", lambda _parent, sentence, **_: sentences.append(sentence)
    )
    window = opener(worked)
    wrong = tmp_path / "letter.plan"
    wrong.write_text("Dear sir")
    assert not window.open_plan(wrong)
    assert "letter.plan is not a plan" in sentences[0]
    assert window.workspace is not None
    assert window.workspace.path == worked


def test_first_look_shows_what_the_plan_says(opener: Opener, worked: Path) -> None:
    window = opener(None)
    window.first_look(worked)
    assert window.readable()
    assert window.open_plan(worked)
    assert view_of(window).isVisible()


def test_opening_changes_nothing(opener: Opener, worked: Path) -> None:
    before = worked.read_bytes()
    window = opener(worked)
    for name in ("priorities", "delivery", "performance"):
        view_of(window).show_page(name)
    window.close()
    assert worked.read_bytes() == before
    assert not worked.with_name(f"{worked.name}.lock").exists()
    with Workspace.open(worked, read_only=True) as kept:
        assert json.dumps(kept.read(dump.content))


def test_a_panel_hidden_for_want_of_anything_to_show_comes_back(opener: Opener, worked: Path, plan_path: Path) -> None:
    Workspace.create(plan_path, "An empty plan", 2008).close()
    empty = opener(plan_path)
    empty.show_page("areas")
    empty.close()
    window = opener(worked)
    window.show_page("areas")
    page = cast("AreasPage", view_of(window).page("areas"))
    assert page.panel.isVisible()
    assert min(page.beside.sizes()) > 0


def test_a_letter_with_alt_means_one_thing(opener: Opener, worked: Path) -> None:
    for _, entries in MENUS:
        letters = [letter(command.text) for command in entries if "&" in command.text]
        assert len(letters) == len(set(letters)), letters
    menus = [letter(title) for title, _ in MENUS]
    window = opener(worked)
    for name in (line.name for line in every_page()):
        view_of(window).show_page(name)
        page = view_of(window).page(name)
        if isinstance(page, TablePage) and page.model.rows:
            page.grid.select(page.model.rows[0].key)
        pages = getattr(getattr(page, "panel", None), "pages", None)
        for number in range(pages.count() if pages else 1):
            if pages:
                pages.setCurrentIndex(number)
            letters = menus + [letter(text) for text in shown_texts(cast("QWidget", page)) if "&" in text]
            assert len(letters) == len(set(letters)), (name, number, letters)


def letter(text: str) -> str:
    """The letter that is pressed with Alt."""
    return text[text.index("&") + 1].lower()


def shown_texts(page: QWidget) -> list[str]:
    """What buttons and labels of fields say that are to be seen."""
    buttons = [button.text() for button in page.findChildren(QAbstractButton) if button.isVisible()]
    return buttons + [
        label.text() for label in page.findChildren(QLabel) if label.isVisible() and label.buddy() is not None
    ]


def test_everything_can_be_read_when_the_colours_change(qtbot: QtBot, opener: Opener, worked: Path) -> None:
    window = opener(worked)
    page = delivery_of(window)
    page.grid.select(page.model.rows[0].key)
    label, choice = view_of(window).illustrative, page.panel.findChildren(ListField)[0]
    try:
        window.wear("dark")
        qtbot.waitUntil(lambda: is_light(label.palette().windowText().color()))
        assert not is_light(label.palette().window().color())
        qtbot.waitUntil(lambda: not is_light(choice.palette().button().color()))
        assert is_light(choice.palette().buttonText().color())
    finally:
        window.wear("light")


def is_light(colour: QColor) -> bool:
    return colour.lightness() > 128
