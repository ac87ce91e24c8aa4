"""Files belong to an activity, one of its milestones and a priority: added, found and told by keys; undone."""

from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from typer.testing import CliRunner

from spp_desktop.cli.program import app
from spp_desktop.store import attached
from spp_desktop.store.plain import ActivityRow, MilestoneRow
from spp_desktop.ui.attachments import pane
from spp_desktop.ui.attachments.pane import AttachmentsPane
from spp_desktop.ui.delivery.page import DeliveryPage
from spp_desktop.ui.priorities.page import PrioritiesPage
from spp_desktop.ui.priorities.panel import FILES_TAB
from spp_desktop.ui.window.find_anything import FindAnything
from spp_desktop.ui.window.main_window import MainWindow
from tests.flows.conftest import Opener
from tests.flows.hands import CTRL, content, in_dialog, key, press, tab_to, turn_to, type_text, view_of

Key = Qt.Key


def add(qtbot: QtBot, files: AttachmentsPane, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Add a file by the button of the pane."""
    path.write_bytes(path.name.encode())
    monkeypatch.setattr(pane, "ask_open", lambda *_: path)
    tab_to(files.file_button, most=200)
    with qtbot.waitSignal(files.beside.ended):
        key(Key.Key_Space)


def find(qtbot: QtBot, window: MainWindow, words: str) -> str:
    """Find something by Ctrl+K, and go to the first of what is found."""
    lines: list[str] = []

    def look(dialog: FindAnything) -> None:
        QTest.keyClicks(dialog.box, words)
        lines.append(dialog.hits.item(0).text())
        QTest.keyClick(dialog.box, Key.Key_Return)

    with in_dialog(qtbot, FindAnything, look):
        press(qtbot, window, Key.Key_K, CTRL)
    return lines[0]


def attach_everywhere(
    qtbot: QtBot, window: MainWindow, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[ActivityRow, MilestoneRow]:
    """Add a file to an activity, to the first of its milestones and to the first priority; what is seen on the way."""
    turn_to(qtbot, window, Key.Key_3, "delivery")
    page = cast("DeliveryPage", view_of(window).page("delivery"))
    row = next(row for row in page.model.rows if row.milestones)
    page.grid.select(row.key, "ref")
    page.grid.setFocus()
    panel = page.panel
    press(qtbot, window, Key.Key_F6)
    tab_to(panel.milestones.grid)
    tab_to(panel.step_files.file_button)
    step = panel.milestones.current()
    assert step.title in panel.step_files.heading.text()
    add(qtbot, panel.step_files, folder / "minutes of the board.pdf", monkeypatch)
    assert "add minutes of the board.pdf" in panel.history.text()
    add(qtbot, panel.files, folder / "terms.docx", monkeypatch)
    assert "add terms.docx" in panel.history.text()
    column = page.model.columns[page.model.column_of("attached")]
    assert (column.shown, column.show(page.current())) == (False, "1 file")

    turn_to(qtbot, window, Key.Key_2, "priorities")
    tree = cast("PrioritiesPage", view_of(window).page("priorities"))
    tree.view.setFocus()
    tree.select(tree.first_row())
    press(qtbot, window, Key.Key_F6)
    tab_to(tree.panel._lists.tabBar())
    while tree.panel.list_in_front() != FILES_TAB:
        key(Key.Key_Right)
    add(qtbot, tree.panel.files, folder / "consultation.xlsx", monkeypatch)
    qtbot.waitUntil(lambda: tree.panel._lists.tabText(FILES_TAB) == "Files (1)")
    told = tree.panel.history.item(0, 2)
    assert told is not None
    assert told.text() == "add consultation.xlsx"
    return row, step


def test_files_are_added_found_and_told(
    qtbot: QtBot, opener: Opener, worked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opener(worked)
    before = content(window)
    row, step = attach_everywhere(qtbot, window, worked.parent, monkeypatch)
    page = cast("DeliveryPage", view_of(window).page("delivery"))
    assert find(qtbot, window, "file minutes board") == (
        f"File:  minutes of the board.pdf (activity {row.ref}, {step.title})"
    )
    assert view_of(window).current() == "delivery"
    press(qtbot, window, Key.Key_F, CTRL)
    type_text("terms.docx")
    assert page.visible_keys() == [row.key]
    key(Key.Key_Escape)
    assert find(qtbot, window, "consultation.xlsx").startswith("File:  consultation.xlsx (priority ")
    assert view_of(window).current() == "priorities"

    for _ in range(3):
        press(qtbot, window, Key.Key_Z, CTRL)
    assert content(window) == before
    for _ in range(3):
        press(qtbot, window, Key.Key_Y, CTRL)
    assert len(view_of(window).signals.read(attached.attached)) == 3
    window.close()
    run = CliRunner().invoke(app, ["attachments", str(worked)])
    assert run.exit_code == 0
    assert sorted(line.split("  ")[-1] for line in run.output.splitlines()) == [
        "consultation.xlsx",
        "minutes of the board.pdf",
        "terms.docx",
    ]
