"""A plan put on paper with real keys: what is seen is printed, as a PDF that can be searched."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from spp_desktop.ui.history.page import HistoryPage
from spp_desktop.ui.pictures import print_dialog
from spp_desktop.ui.pictures.print_dialog import PrintDialog
from spp_desktop.ui.registers.dialog import RegistersDialog
from spp_desktop.ui.window import printing
from tests import pdf_reader
from tests.flows.conftest import Opener
from tests.flows.hands import ALT, CTRL, in_dialog, key, press, view_of

Key = Qt.Key


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file in which a person keeps what is printed."""
    path = tmp_path / "printed.pdf"

    def choose(_parent: object, _title: str, offered: str, _kinds: str) -> tuple[str, str]:
        assert Path(offered).parent == tmp_path  # beside the plan
        return str(path), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    return path


def test_the_timeline_is_printed_into_a_file_by_keys_alone(
    qtbot: QtBot, opener: Opener, worked: Path, kept: Path
) -> None:
    window = opener(worked)
    page = view_of(window).page("delivery")
    qtbot.waitUntil(lambda: len(print_dialog.shown_on(page, page.panes())[0]) >= 2)

    def steps(dialog: PrintDialog) -> None:
        assert dialog.drawing().title.startswith("Annual delivery plan 2008-2009")
        assert dialog.print_button.isDefault()
        assert dialog.what.hasFocus()
        key(Key.Key_Down)
        assert dialog.drawing().title.startswith("Timeline 2008-2009")
        QTest.keyClick(dialog, Key.Key_D, ALT)
        qtbot.waitUntil(lambda: not dialog.isVisible())

    with in_dialog(qtbot, PrintDialog, steps):
        press(qtbot, window, Key.Key_P, CTRL)
    read = pdf_reader.read(kept.read_bytes())
    assert read.images == 0
    assert "Timeline 2008-2009, as at 31 Oct 2008 (illustrative)" in read.text
    assert "Strategic Policing Plan 2008-2011 · West Midlands Police" in read.pages[-1]


def test_saving_as_a_pdf_is_one_key_and_begins_where_the_person_is(
    qtbot: QtBot, opener: Opener, worked: Path, kept: Path
) -> None:
    window = opener(worked)
    view = view_of(window)
    view.show_page("areas")
    page = view.page("areas")
    qtbot.waitUntil(lambda: len(print_dialog.shown_on(page, page.panes())[0]) == 2)
    key(Key.Key_F6)  # to the ranking beside the table

    def steps(dialog: PrintDialog) -> None:
        assert dialog.drawing().title.startswith("Ranking: PI02")
        key(Key.Key_Return)
        qtbot.waitUntil(lambda: not dialog.isVisible())

    with in_dialog(qtbot, PrintDialog, steps):
        window.actions_by_name["save_as_pdf"].trigger()
    assert "OCU 05" in pdf_reader.read(kept.read_bytes()).text


def test_a_page_with_nothing_on_it_says_so(opener: Opener, worked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sentences: list[str] = []
    monkeypatch.setattr(printing, "tell", lambda _parent, sentence, **_more: sentences.append(sentence))
    window = opener(worked)
    view_of(window).show_page("returns")
    window.actions_by_name["print_page"].trigger()
    assert sentences == [printing.NOTHING_TO_PRINT]


def test_all_changes_of_a_long_step_are_printed(qtbot: QtBot, opener: Opener, worked: Path) -> None:
    window = opener(worked)
    view_of(window).show_page("history")
    page = view_of(window).page("history")
    assert isinstance(page, HistoryPage)
    page.select(next(row.key for row in page.model.rows if row.label == "Enter illustrative milestones"))
    qtbot.waitUntil(lambda: page.panel.model.rowCount() > 0)
    changes = print_dialog.shown_on(page, page.panes())[0][1]
    assert changes.title == "What the step changed"
    assert changes.words.count("; ") > 250


def test_a_list_in_a_dialog_is_printed_from_its_own_menu(
    qtbot: QtBot, opener: Opener, worked: Path, kept: Path
) -> None:
    window = opener(worked)

    def steps(dialog: RegistersDialog) -> None:
        dialog.show_list("Posts")
        grid = dialog.view(dialog.names.currentRow() - 1).grid
        deed = next(action for action in grid.pictured if action.text() == "Print…")

        def save(printing: PrintDialog) -> None:
            printing.save_button.click()

        with in_dialog(qtbot, PrintDialog, save):
            deed.trigger()
        dialog.reject()

    with in_dialog(qtbot, RegistersDialog, steps):
        window.actions_by_name["show_registers"].trigger()
    read = pdf_reader.read(kept.read_bytes())
    assert "Strategic Policing Plan 2008-2011 · West Midlands Police" in read.pages[0]
    assert "ACC Crime" in read.text
    assert QApplication.activeModalWidget() is None
