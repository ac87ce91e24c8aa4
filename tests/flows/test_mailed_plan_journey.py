"""A plan that came by mail, and one on a stick that cannot be written: opened, read, kept, and gone on with."""

import os
import shutil
import sys
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from spp_desktop.store import database, places, queries
from spp_desktop.store.places import FilePlace
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.window import file_messages, plan_jobs, start_page
from spp_desktop.ui.window.main_window import MainWindow
from tests.command_line import spp
from tests.flows.conftest import Opener
from tests.flows.hands import view_of
from tests.store.conftest import sql

LIGHT = "UPDATE activity SET text = 'Do it' WHERE ref='1.01'"


@pytest.fixture
def mailed(tmp_path: Path, small_plan: Path) -> Path:
    """A plan where Thunderbird puts what is opened from a mail for the second time."""
    folder = tmp_path / "tmp" / "pid-4711"
    folder.mkdir(parents=True)
    plan = folder / "Policing plan (2).plan"
    plan.write_bytes(small_plan.read_bytes())
    return plan


def choices(window: MainWindow) -> list[str]:
    return [button.text() for button in view_of(window).banner.findChildren(QPushButton) if button.isVisible()]


def choose(window: MainWindow, text: str) -> None:
    buttons = view_of(window).banner.findChildren(QPushButton)
    next(button for button in buttons if button.text() == text and button.isVisible()).click()


def test_a_mailed_plan_is_read_kept_and_gone_on_with(
    opener: Opener, mailed: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opener(mailed)
    sentence = view_of(window).banner.sentence()
    assert sentence.startswith("Policing plan (2).plan was opened from a mail. Changes made here would be lost")
    assert "Keep it where you keep plans" in sentence
    assert choices(window) == ["Keep it as…", "Dismiss"]
    assert "(for reading only)" in window.windowTitle()
    assert window.memory.recent() == []  # it will be gone

    offered: list[Path] = []

    def answer(_parent: object, _title: str, _kinds: str, start: Path) -> Path:
        offered.append(start)
        return start

    monkeypatch.setattr(plan_jobs, "ask_save", answer)
    choose(window, "Keep it as…")
    assert offered == [plan_jobs.home() / "Policing plan.plan"]
    assert offered[0].is_relative_to(home)
    assert window.workspace is not None
    assert window.workspace.path == offered[0]
    assert not window.workspace.read_only
    assert view_of(window).banner.sentence() == f"Kept as {offered[0]}. What you change is in it from now on."
    assert window.memory.recent() == offered
    view_of(window).signals.edit("reword", sql, LIGHT)
    assert view_of(window).signals.read(queries.activities)[0].text == "Do it"
    assert [file.name for file in mailed.parent.iterdir()] == [mailed.name]
    # Mailed once more, it takes the place of nothing.
    assert window.open_plan(mailed)
    monkeypatch.setattr(plan_jobs, "ask_save", lambda *asked: offered.append(asked[3]))
    choose(window, "Keep it as…")
    assert offered[1].name == "Policing plan (2).plan"


def test_the_command_line_says_the_same(mailed: Path) -> None:
    before = mailed.read_bytes()
    done = spp("undo", mailed)
    assert done.status == 2
    assert "was opened from a mail. Changes made here would be lost" in done.err
    assert mailed.read_bytes() == before
    assert spp("check-file", mailed).status == 0


def test_a_plan_that_cannot_be_written_offers_a_copy_in_the_own_folder(
    opener: Opener, plan_path: Path, small_plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan_path.write_bytes(small_plan.read_bytes())
    monkeypatch.setattr(database, "writable", lambda path: path != plan_path)
    monkeypatch.setattr(os, "access", lambda path, _mode: path != plan_path.parent)
    window = opener(plan_path)
    assert view_of(window).banner.sentence().startswith("plan.plan or its folder may not be written to")
    assert choices(window) == ["Save a copy…", "Dismiss"]
    offered: list[Path] = []
    monkeypatch.setattr(plan_jobs, "ask_save", lambda *asked: offered.append(asked[3]))
    choose(window, "Save a copy…")
    assert offered == [plan_jobs.home() / "plan copy.plan"]
    assert [file.name for file in plan_path.parent.iterdir() if file.suffix == ".lock"] == []


@pytest.mark.parametrize("plan_open", [True, False])
def test_a_packed_file_dropped_says_what_to_do(
    opener: Opener, plan_path: Path, small_plan: Path, monkeypatch: pytest.MonkeyPatch, plan_open: bool
) -> None:
    plan_path.write_bytes(small_plan.read_bytes())
    packed = plan_path.with_name("plans.zip")
    packed.write_bytes(b"PK\x03\x04" + b"\0" * 200)
    window = opener(plan_path if plan_open else None)
    told: list[str] = []
    monkeypatch.setattr(file_messages, "tell", lambda _window, sentence, **_: told.append(sentence))
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(packed))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(200, 200), Qt.DropAction.CopyAction, files, buttons, keys))
    assert told == [
        "plans.zip is a packed file (.zip), not a plan. Take the plan out of it into a folder of your own, and open it "
        "there. Nothing was changed."
    ]
    assert (window.workspace is not None) == plan_open


def test_a_plan_taken_over_elsewhere_is_told_while_it_is_open(
    qtbot: QtBot, opener: Opener, plan_path: Path, small_plan: Path
) -> None:
    plan_path.write_bytes(small_plan.read_bytes())
    window = opener(plan_path)
    lock = plan_path.with_name("plan.plan.lock")
    lock.write_text(lock.read_text().replace('"machine": "', '"machine": "OTHER-'))
    window._look()
    qtbot.waitUntil(lambda: "has taken over plan.plan" in view_of(window).banner.sentence())
    assert "Take over…" in choices(window)
    assert "(for reading only)" in window.windowTitle()
    lock.unlink()


def test_a_share_that_does_not_answer_holds_up_neither_window_nor_start_page(
    qtbot: QtBot, opener: Opener, plan_path: Path, small_plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan_path.write_bytes(small_plan.read_bytes())
    asleep = Event()
    read = start_page.lines_of

    def waits(plan: Path) -> list[str]:
        asleep.wait(60)
        return read(plan)

    monkeypatch.setattr(places, "is_remote", lambda path: path == plan_path)
    monkeypatch.setattr(start_page, "lines_of", waits)
    window = opener(None)
    window.memory.opened(plan_path)
    window.start.show_recent(window.memory.recent())
    item = window.start.recent.item(0)
    qtbot.waitUntil(lambda: window.start._aside.waits)
    assert "A small plan" not in item.text()
    asleep.set()
    qtbot.waitUntil(lambda: "A small plan" in item.text())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody replace a file that is open")
def test_a_plan_on_a_share_that_is_replaced_is_read_again(
    qtbot: QtBot, opener: Opener, plan_path: Path, small_plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan_path.write_bytes(small_plan.read_bytes())
    monkeypatch.setattr(places, "is_remote", lambda path: path == plan_path)
    monkeypatch.setattr(places, "place_of", lambda _: FilePlace("share", "SMB"))
    window = opener(plan_path)
    with Workspace.open(Path(shutil.copyfile(plan_path, plan_path.with_name("elsewhere.plan")))) as other:
        other.edit("reword", sql, LIGHT)
    plan_path.with_name("elsewhere.plan").replace(plan_path)
    window._look()
    qtbot.waitUntil(lambda: view_of(window).signals.read(queries.activities)[0].text == "Do it")
    qtbot.waitUntil(lambda: view_of(window).banner.sentence() == "plan.plan can be reached again.")
