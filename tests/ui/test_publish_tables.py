"""Tables published from the File menu by real keys, and what the check says of them."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from spp_desktop.edits import registers
from spp_desktop.returns.publication import writing
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.jobs import JobProgress
from spp_desktop.ui.common.memory import Memory
from spp_desktop.ui.returned import publish_tables
from spp_desktop.ui.returned.publish_tables import STOPPED, PublishTablesDialog
from spp_desktop.ui.window.main_window import MainWindow
from tests.flows.hands import in_dialog

STEM = "A small plan - tables 2008-11-03 [RESTRICTED]"


@pytest.fixture
def window(qtbot: QtBot, plan_path: Path, workspace: Workspace, tmp_path: Path) -> Iterator[MainWindow]:
    """A window on the small plan, which is marked."""
    workspace.edit("mark it", registers.set_plan, marking="RESTRICTED", illustrative="All of it is made up.")
    workspace.close()
    made = MainWindow(Memory(QSettings(str(tmp_path / "memory.ini"), QSettings.Format.IniFormat)))
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    assert made.open_plan(plan_path)
    yield made
    made.close()


def typed(widget: QWidget, text: str) -> None:
    QTest.keySequence(widget, "Ctrl+A")
    QTest.keyClicks(widget, text)


def test_both_forms_are_published_by_keys_and_remembered(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    def steps(dialog: PublishTablesDialog) -> None:
        assert dialog.folder_button.isHidden()
        assert dialog.chosen() == ["delivery-plan", "performance-plan"]
        assert "This is marked “RESTRICTED”" in dialog.notice.text()
        QTest.keyClick(dialog, Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
        assert dialog.day.hasFocus()
        typed(dialog.day, "3/11/2008")
        typed(dialog.contact, "Planning, 0121 000 0000")
        typed(dialog.place, str(tmp_path / "out"))
        QTest.keyClick(dialog, Qt.Key.Key_W, Qt.KeyboardModifier.AltModifier)
        qtbot.waitUntil(lambda: "31 of 31 rules passed" in dialog.report.toPlainText())
        assert dialog.report.toPlainText().startswith(f"3 files written to {tmp_path / 'out'}.")
        assert "T1  passed (essential): Every table is marked up as a table." in dialog.report.toPlainText()
        QTest.keyClick(dialog, Qt.Key.Key_M, Qt.KeyboardModifier.AltModifier)
        qtbot.waitUntil(lambda: "csv-metadata.json" in dialog.report.toPlainText())
        assert not dialog.folder_button.isHidden()
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    with in_dialog(qtbot, PublishTablesDialog, steps):
        window.actions_by_name["publish_tables"].trigger()
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        f"{STEM}.xlsx", f"{STEM}.ods", f"{STEM} - accessibility check.txt",
        "A small plan - data 2008-11-03 [RESTRICTED]"
    }  # fmt: skip

    def again(dialog: PublishTablesDialog) -> None:
        assert dialog.contact.text() == "Planning, 0121 000 0000"
        assert dialog.report.toPlainText().endswith(": csv-metadata.json and 4 files more.")
        assert dialog.place.folder() == tmp_path / "out"
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    with in_dialog(qtbot, PublishTablesDialog, again):
        window.actions_by_name["publish_tables"].trigger()


@pytest.fixture
def dialog(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> PublishTablesDialog:
    assert window.plan_view is not None
    made = PublishTablesDialog(window.plan_view, window)
    with qtbot.waitExposed(made):
        made.show()
    made.place.setText(str(tmp_path / "out"))
    made.day.setText("03/11/2008")
    return made


@pytest.mark.parametrize("answer", [False, True])
def test_what_is_there_is_asked_about(
    qtbot: QtBot, dialog: PublishTablesDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: bool
) -> None:
    old = tmp_path / "out" / f"{STEM}.ods"
    old.parent.mkdir()
    old.write_text("old", encoding="utf-8")
    asked: list[str] = []

    def answered(_parent: object, sentence: str, _verb: str, *, detail: str) -> bool:
        asked.append(f"{sentence} {detail}")
        return answer

    monkeypatch.setattr(publish_tables, "ask", answered)
    dialog.workbook_button.click()
    assert asked == [f"Replace 1 file in {old.parent}? {STEM}.ods"]
    if answer:
        qtbot.waitUntil(lambda: "31 of 31" in dialog.report.toPlainText())
    assert (old.read_bytes() == b"old") is not answer


def test_nothing_ticked_or_no_folder_cannot_be_written(dialog: PublishTablesDialog) -> None:
    dialog.tables.none_button.click()
    assert not dialog.workbook_button.isEnabled()
    dialog.tables.all_button.click()
    assert dialog.data_button.isEnabled()
    dialog.place.clear()
    assert not dialog.data_button.isEnabled()


def test_what_is_no_day_and_what_cannot_be_written_is_said(
    qtbot: QtBot, dialog: PublishTablesDialog, tmp_path: Path
) -> None:
    dialog.day.setText("soon")
    dialog.data_button.click()
    assert dialog.notice.text().startswith("Published on: “soon” is not a date")
    dialog.day.setText("03/11/2008")
    (tmp_path / "file").touch()
    dialog.place.setText(str(tmp_path / "file" / "in"))
    dialog.data_button.click()
    qtbot.waitUntil(lambda: "cannot be made" in dialog.notice.text())
    assert dialog.data_button.isEnabled()


def test_escape_stops_the_writing_and_leaves_nothing_half(
    qtbot: QtBot, dialog: PublishTablesDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = writing.write

    def slow(*given: object) -> object:
        progress = given[-1]
        assert isinstance(progress, JobProgress)
        stopped = Event()
        progress.on_cancel(stopped.set)
        assert stopped.wait(60)
        return real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(writing, "write", slow)
    dialog.workbook_button.click()
    assert not dialog.workbook_button.isEnabled()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: STOPPED in dialog.notice.text())
    assert dialog.isVisible()
    assert list((tmp_path / "out").iterdir()) == []
