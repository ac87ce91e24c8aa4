"""Welsh text all the way round: typed, sent, returned, reviewed, printed, exported, dumped: every letter as it came."""

import unicodedata
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any, Literal, cast

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QPageSize, QRawFont
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from spp_desktop.store import queries, threads
from spp_desktop.ui.pictures import print_dialog
from spp_desktop.ui.pictures.lettering import letters
from spp_desktop.ui.pictures.pages import Pages, PageWords, paper, pdf
from spp_desktop.ui.thread.picker import LinkPicker
from spp_desktop.ui.window.main_window import MainWindow
from tests import pdf_reader
from tests.command_line import spp
from tests.flows.conftest import Opener
from tests.flows.hands import key, type_text, view_of
from tests.flows.test_returns_journeys import fill
from tests.store.conftest import sql

Form = Literal["NFC", "NFD"]
"""The two ways in which a letter with a mark is written: as one, or with its mark behind it."""

POST = "Prif Gwnstabl Gŵyr a Thŷ Ddewi"
TEXT = "Ŵyn ac ŷd yng Nghaerdydd: dŵr, tŷ, môr, gêm, sïo, càn"
DONE = unicodedata.normalize("NFD", "Cwrddwyd â'r tŷ a'r Ŵyl")


def compose(*parts: tuple[str, str]) -> None:
    """Type by dead keys: what is being composed, and what comes of it, as an input method sends them."""
    for composed, done in parts:
        event = QInputMethodEvent(composed, [])
        event.setCommitString(done)
        QApplication.sendEvent(cast("Any", QApplication.focusWidget()), event)


def grid_of(window: MainWindow) -> Any:
    view_of(window).show_page("delivery")
    return cast("Any", view_of(window).page("delivery")).grid


def go(window: MainWindow, ref: str) -> None:
    """Go to the text of an activity."""
    grid = grid_of(window)
    row = next(row for row in grid.table.rows if row.ref == ref)
    assert grid.select(row.key, "text")
    grid.setFocus()


def texts(window: MainWindow) -> dict[str, str]:
    return {row.ref: row.text for row in view_of(window).signals.read(queries.activities)}


@pytest.fixture
def plan(plan_path: Path, small_plan: Path) -> Path:
    plan_path.write_bytes(small_plan.read_bytes())
    return plan_path.rename(plan_path.with_name("Cynllun plismona Gŵyr.plan"))


@pytest.mark.parametrize("parts", [(("^", ""), ("ŵ", ""), ("", "ŵ")), (("", "ŵ"),)])
def test_a_letter_of_a_dead_key_opens_the_cell_it_is_typed_in(
    opener: Opener, plan: Path, parts: tuple[tuple[str, str], ...]
) -> None:
    window = opener(plan)
    go(window, "1.01")
    compose(*parts)
    type_text("yn")
    key(Qt.Key.Key_Return)
    assert texts(window)["1.01"] == "ŵyn"
    view_of(window).show_page("priorities")
    tree = cast("Any", view_of(window).page("priorities")).view
    assert tree.choose(view_of(window).page("priorities").first_row())
    compose(*parts)
    type_text("yl")
    key(Qt.Key.Key_Return)
    assert "ŵyl" in [row.text for row in tree.tree().items()]


def test_letters_of_dead_keys_do_not_open_what_is_locked(opener: Opener, plan: Path) -> None:
    lock = plan.with_name(f"{plan.name}.lock")
    lock.write_text("somebody", encoding="utf-8")
    window = opener(plan)
    go(window, "1.01")
    compose(("", "ŵ"))
    assert grid_of(window).delegate.editor() is None
    assert "reading only" in view_of(window).banner.sentence()
    lock.unlink()


@pytest.mark.parametrize("typed", ["NFC", "NFD"])
@pytest.mark.parametrize("written", ["NFC", "NFD"])
def test_words_are_found_and_replaced_however_their_letters_are_written(
    opener: Opener, plan: Path, written: Form, typed: Form
) -> None:
    window = opener(plan)
    words = unicodedata.normalize(written, "Cadw tŷ, ac yn y Tŷ Mawr")
    view = view_of(window)
    for change in (
        "activity SET text = '{}' WHERE ref = '1.01'",
        "priority SET title = '{}' WHERE rowid = (SELECT min(rowid) FROM priority)",
    ):
        view.signals.edit("write", sql, f"UPDATE {change.format(words)}")
    for name in ("delivery", "priorities"):
        view.show_page(name)
        page = cast("Any", view.page(name))
        page.finding.ask(replace=True)
        page.finding.sought.setText(unicodedata.normalize(typed, "tŷ"))
        page.finding.by.setText("ŵyn")
        page.finding.find_next()
        assert page.finding._remark.text() == ""
        page.finding.replace_all()
        assert page.finding._remark.text().startswith("Replaced in 1 ")
    assert texts(window)["1.01"] == "Cadw ŵyn, ac yn y ŵyn Mawr"
    assert "Cadw ŵyn, ac yn y ŵyn Mawr" in [row.text for row in view.signals.read(queries.priority_tree)]


@pytest.mark.parametrize("typed", ["gwyr", "Gŵyr", unicodedata.normalize("NFD", "gŵyr")])
def test_a_row_to_link_is_found_however_its_letters_are_typed(opener: Opener, plan: Path, typed: str) -> None:
    window = opener(plan)
    signals = view_of(window).signals
    signals.edit("write", sql, "UPDATE indicator SET title = 'Trais yng Ngŵyr' WHERE ref = 'R1'")
    own = [row for row in signals.read(threads.rows, None, ["activity"]).values() if row.ref == "1.01"]
    picker = LinkPicker(signals, "activity", own, window, year=2008)
    ways = [picker.way.itemData(n).tables for n in range(picker.way.count())]
    picker.way.setCurrentIndex(next(n for n, tables in enumerate(ways) if "indicator" in tables))
    picker.box.setText(typed)
    assert ["Ngŵyr" in picker.hits.item(n).text() for n in range(picker.hits.count())] == [True]


def test_welsh_all_the_way_round(qtbot: QtBot, opener: Opener, plan: Path, tmp_path: Path) -> None:
    window = opener(plan)
    view_of(window).signals.edit("name the post", sql, f"UPDATE post SET title = '{POST}' WHERE title = 'ACC Crime'")
    go(window, "1.01")
    compose(("^", ""), ("", TEXT[0]))
    compose(*(("", letter) for letter in TEXT[1:]))
    key(Qt.Key.Key_Return)
    assert texts(window)["1.01"] == TEXT

    # found with and without its marks, sorted among its like, and drawn by the font of paper
    box = cast("Any", view_of(window).page("delivery")).filter
    for typed, hits in (("ŵyn", 1), ("wyn", 1), (unicodedata.normalize("NFD", "ŵyn"), 1), ("ŷyn", 0), ("gwyr", 2)):
        box.setText(typed)
        assert grid_of(window).table.matching() == hits, typed
    box.setText("")
    font = QRawFont.fromFont(letters())
    assert all(font.supportsCharacter(ord(letter)) for letter in unicodedata.normalize("NFC", POST + TEXT + DONE))

    # printed
    page = view_of(window).page("delivery")
    layout = paper(QPageSize.PageSizeId.A4, upright=False)

    def printed() -> list[str]:
        """What is printed of the table, of the timeline beneath it, and of the panel."""
        drawings = print_dialog.shown_on(page, page.panes())[0]
        return [pdf_reader.read(bytes(pdf(Pages(each, PageWords(), layout), layout).data())).text for each in drawings]

    qtbot.waitUntil(lambda: sum(TEXT[:8] in text for text in printed()) >= 2)
    assert window.close_plan()

    # sent out, with the mail it goes with
    folder, drafts = tmp_path / "ffurflenni", tmp_path / "drafftiau"
    sent = spp("export", plan, "status", folder, "--each-post", "--mail", "--drafts", drafts)
    assert sent.status == 0, sent.err
    book = next(file for file in folder.iterdir() if "Gŵyr a Thŷ Ddewi" in unicodedata.normalize("NFC", file.name))
    mail = message_from_bytes(next(drafts.glob("*Thŷ*.eml")).read_bytes(), policy=policy.default)
    attached = next(iter(mail.iter_attachments()))
    assert attached.get_filename() == book.name

    # returned and taken in: a Mac writes letters and their marks apart
    assert TEXT in {cell.value for row in openpyxl.load_workbook(book)["Activities"].iter_rows() for cell in row}
    fill(book, {("1.01", "Status"): "On track", ("1.01", "What was done"): DONE})
    taken = spp("import", plan, book, "--apply", "clean")
    assert taken.status == 0, taken.out + taken.err
    dumped = spp("dump", plan).out
    for text in (POST, TEXT, DONE):
        assert text in dumped

    # exported
    delivery = tmp_path / "Cynllun cyflawni.xlsx"
    assert spp("export", plan, "delivery-plan", delivery).status == 0
    values = {cell.value for sheet in openpyxl.load_workbook(delivery) for row in sheet.iter_rows() for cell in row}
    assert TEXT in values
    assert any(POST in str(value) for value in values)
    assert spp("check-file", plan).status == 0
