"""What a person is told of the plan's file, and what can be done about it, with the window in front."""

import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from spp_desktop.store import backups, places, queries, waiting
from spp_desktop.store.copying import PlanCopying
from spp_desktop.store.places import FilePlace
from spp_desktop.store.problems import PlanRefused
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.window import file_messages
from spp_desktop.ui.window.main_window import MainWindow
from tests.flows.conftest import Opener
from tests.flows.hands import CTRL, in_dialog, press, view_of
from tests.store.conftest import sql

LIGHT = "UPDATE activity SET text = 'Do it' WHERE ref='1.01'"


@pytest.fixture
def plan(plan_path: Path, small_plan: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(waiting, "WAIT", 0.05)
    return Path(shutil.copyfile(small_plan, plan_path))


@contextmanager
def held(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield other


def choices(window: MainWindow) -> list[str]:
    return [button.text() for button in view_of(window).banner.findChildren(QPushButton) if button.isVisible()]


def spoil(path: Path) -> None:
    """Write over most of a file from outside, as a failing disk does, and let the change be seen."""
    content = bytearray(path.read_bytes())
    content[4096:] = b"\x37" * (len(content) - 4096)
    content[24:28] = b"\xff" * 4
    path.write_bytes(bytes(content))


def test_a_held_plan_is_tried_again(qtbot: QtBot, opener: Opener, plan: Path) -> None:
    window = opener(None)
    asked: list[str] = []

    with held(plan) as other:

        def answer(box: QMessageBox) -> None:
            asked.append(box.text())
            if len(asked) == 2:
                other.execute("ROLLBACK")
            next(button for button in box.buttons() if button.text() == "Try again").click()

        with in_dialog(qtbot, QMessageBox, answer), in_dialog(qtbot, QMessageBox, answer):
            assert window.open_plan(plan)
    assert len(asked) == 2
    assert asked[0].startswith("Another program is using plan.plan just now.")
    assert window.workspace is not None
    assert not window.workspace.read_only


def test_a_held_plan_that_is_not_waited_for(
    qtbot: QtBot, opener: Opener, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opener(None)
    monkeypatch.setattr(file_messages, "ask", lambda *_, **__: False)
    with held(plan):
        assert not window.open_plan(plan)
    assert window.workspace is None
    assert window.plan_view is None


def test_an_earlier_version_that_cannot_be_kept_is_told_at_once_and_once(opener: Opener, plan: Path) -> None:
    window = opener(plan)
    backups.folder_of(plan).write_bytes(b"a file where the folder should be")
    signals = view_of(window).signals
    signals.edit("reword", sql, LIGHT)
    QApplication.processEvents()
    banner = view_of(window).banner
    assert banner.sentence().startswith("No earlier version of plan.plan could be kept")
    assert choices(window) == ["Save a copy…", "Dismiss"]
    banner.say("")
    signals.edit("retitle", sql, "UPDATE plan SET title='B'")
    QApplication.processEvents()
    assert banner.sentence() == ""


def test_a_plan_damaged_while_it_is_open_is_told_once(qtbot: QtBot, opener: Opener, plan: Path) -> None:
    window = opener(plan)
    view_of(window).signals.edit("reword", sql, LIGHT)
    QApplication.processEvents()  # the picture is drawn
    spoil(plan)
    banner = view_of(window).banner
    window._look()
    assert "cannot be read" in banner.sentence()
    assert choices(window) == ["Save a copy…", "Earlier versions…", "Dismiss"]
    banner.say("")
    window._look()
    assert banner.sentence() == ""
    press(qtbot, window, Qt.Key.Key_Z, CTRL)
    assert banner.sentence().startswith("plan.plan is damaged, so this change is not kept.")
    assert "Earlier versions…" in choices(window)


def test_a_plan_whose_pages_cannot_be_read_leaves_no_lock(opener: Opener, plan: Path) -> None:
    with closing(sqlite3.connect(plan)) as connection:
        connection.execute("UPDATE plan SET as_at = 'the day before'")
        connection.commit()
    window = opener(None)
    with pytest.raises(PlanRefused):
        window.show_plan(plan)
    assert window.workspace is None
    assert not list(plan.parent.glob("*.lock"))


def test_a_copy_left_by_a_folder_kept_in_step_is_named(opener: Opener, plan: Path) -> None:
    other = plan.with_name("plan (A Planner's conflicted copy 2009-03-31).plan")
    shutil.copyfile(plan, other)
    with Workspace.open(other) as workspace:
        workspace.edit("reword 1.01", sql, LIGHT)
    window = opener(plan)
    banner = view_of(window).banner
    assert f"Beside plan.plan lies {other.name}" in banner.sentence()
    assert "the last “reword 1.01” by" in banner.sentence()
    next(button for button in banner.findChildren(QPushButton) if button.text() == "Open the other copy").click()
    assert window.workspace is not None
    assert window.workspace.path == other
    assert window.workspace.read(queries.activities)[0].text == "Do it"


def change(_: QtBot, window: MainWindow) -> None:
    view_of(window).signals.edit("retitle", sql, "UPDATE plan SET title='B'")


def come_back(qtbot: QtBot, window: MainWindow) -> None:
    elsewhere = QDialog()
    qtbot.addWidget(elsewhere)
    for shown in (elsewhere, window):
        shown.show()
        shown.activateWindow()
        qtbot.waitUntil(shown.isActiveWindow)


def look(qtbot: QtBot, window: MainWindow) -> None:
    window._look()
    qtbot.waitUntil(lambda: not window._aside.waits)


@pytest.mark.parametrize("place", [FilePlace("in step", "OneDrive"), FilePlace("share", "SMB")], ids=lambda at: at.kind)
@pytest.mark.parametrize("occasion", [change, come_back])
def test_a_copy_that_comes_while_the_plan_is_open_is_told(
    qtbot: QtBot,
    opener: Opener,
    plan: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    place: FilePlace,
    occasion: Callable[[QtBot, MainWindow], None],
) -> None:
    monkeypatch.setattr(places, "place_of", lambda _: place)
    window = opener(plan)
    qtbot.waitUntil(window.isActiveWindow)
    look(qtbot, window)
    other = Path(shutil.copyfile(plan, plan.with_name("plan-LAPTOP2.plan")))
    with Workspace.open(other) as workspace:
        workspace.edit("reword 1.01", sql, LIGHT)
    banner = view_of(window).banner
    look(qtbot, window)
    assert banner.sentence() == "", "the folder is not listed again and again"
    occasion(qtbot, window)
    look(qtbot, window)
    qtbot.waitUntil(lambda: f"Beside plan.plan lies {other.name}" in banner.sentence())
    assert "It holds 1 step that plan.plan lacks, the last “reword 1.01” by" in banner.sentence()
    assert "Open the other copy" in choices(window)


def test_steps_taken_by_another_copy_are_brought_back(opener: Opener, plan: Path) -> None:
    window = opener(plan)
    older = plan.read_bytes()
    view_of(window).signals.edit("reword 1.01", sql, LIGHT)
    for thread in threading.enumerate():
        if thread.name in ("copy of the plan", "earlier version"):
            thread.join()
    with plan.open("r+b") as file:
        file.write(older)
        file.truncate()
    window._look()
    QApplication.processEvents()
    banner = view_of(window).banner
    assert banner.sentence().startswith("Steps that were kept are no longer in plan.plan")
    assert "the last “reword 1.01”" in banner.sentence()
    assert choices(window) == ["Bring them back", "Save a copy…", "Earlier versions…", "Dismiss"]
    next(button for button in banner.findChildren(QPushButton) if button.text() == "Bring them back").click()
    assert banner.sentence().startswith("The steps are back.")
    assert view_of(window).signals.read(queries.activities)[0].text == "Do it"


def test_no_change_in_the_window_waits_for_the_earlier_version(
    opener: Opener, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, copied = Event(), PlanCopying._copied

    def wait(copying: PlanCopying, pages: int) -> None:
        assert go_on.wait(60)
        copied(copying, pages)

    monkeypatch.setattr(PlanCopying, "_copied", wait)
    window = opener(plan)
    assert window.workspace is not None
    title = window.workspace.read(queries.plan).title
    window.workspace.edit("retitle", sql, "UPDATE plan SET title = 'Changed'")
    assert backups.earlier_versions(plan) == []
    go_on.set()
    assert window.close_plan()
    (version,) = backups.earlier_versions(plan)
    with Workspace.open(version.path, read_only=True) as before:
        assert before.read(queries.plan).title == title
