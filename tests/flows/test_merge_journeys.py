"""An officer on leave, and a deputy who works in a copy: both merge, with real keys in real windows."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from spp_desktop.store import queries
from spp_desktop.store.plain import ActivityRow
from spp_desktop.ui.delivery.page import DeliveryPage
from spp_desktop.ui.merging import jobs as merge_jobs
from spp_desktop.ui.merging.merge_dialog import MergeDialog
from spp_desktop.ui.returned.receipt import ReceiptDialog
from spp_desktop.ui.window.main_window import MainWindow
from tests.flows.conftest import Opener
from tests.flows.hands import ALT, CTRL, content, in_dialog, key, press, to_front, type_text, view_of


def put(qtbot: QtBot, window: MainWindow, ref: str, field: str, text: str) -> None:
    """Type over a cell of an activity."""
    to_front(qtbot, window)
    page = cast("DeliveryPage", view_of(window).page("delivery"))
    assert page.grid.select(activity(window, ref).key, field)
    page.grid.setFocus()
    type_text(text)
    key(Qt.Key.Key_Return)


def activity(window: MainWindow, ref: str) -> ActivityRow:
    """An activity as the plan has it."""
    return next(row for row in view_of(window).signals.read(queries.activities, 2008) if row.ref == ref)


def merge(
    qtbot: QtBot,
    window: MainWindow,
    copy: Path,
    monkeypatch: pytest.MonkeyPatch,
    steps: Callable[[MergeDialog], None],
) -> None:
    """Merge a copy from the menu, by its letters, and take these steps in the review."""
    monkeypatch.setattr(merge_jobs, "ask_open", lambda *_: copy)
    with in_dialog(qtbot, MergeDialog, steps):
        window.actions_by_name["merge_copy"].trigger()
        qtbot.waitUntil(lambda: not view_of(window).jobs.busy)


def test_an_officer_on_leave_and_a_deputy_merge_their_copies(
    qtbot: QtBot, opener: Opener, workspace: Any, plan_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.close()
    copy = tmp_path / "deputy.plan"
    shutil.copyfile(plan_path, copy)
    deputy = opener(copy)
    put(qtbot, deputy, "1.01", "percent", "40")
    put(qtbot, deputy, "1.02", "text", "Do what the deputy says")
    officer = opener(plan_path)
    put(qtbot, officer, "1.01", "forecast", "30/4/09")
    put(qtbot, officer, "2.01", "text", "Do what the officer says")
    before = content(officer)

    def decide(dialog: MergeDialog) -> None:
        dialog.grab().save("/tmp/mergeui/light.png")
        assert dialog.desk.counts()["to decide"] == 1
        assert content(officer) == before
        key(Qt.Key.Key_T)
        QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)

    merge(qtbot, officer, copy, monkeypatch, decide)
    print(view_of(officer).banner.sentence())
    print(activity(officer, "1.01"))
    assert activity(officer, "1.02").text == "Do what the deputy says"
