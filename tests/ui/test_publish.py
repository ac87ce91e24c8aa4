"""A document published from the File menu by real keys: chosen, seen page by page, saved, and recorded."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog
from pytestqt.qtbot import QtBot

from spp_desktop.documents.blocks import Document
from spp_desktop.documents.numbering import numbered
from spp_desktop.edits.documents import kept
from spp_desktop.store import exports, queries
from spp_desktop.ui.common.jobs import Cancelled, JobProgress
from spp_desktop.ui.documents import jobs, publish_dialog
from spp_desktop.ui.documents.publish_dialog import NOTHING_TICKED, PAGES_STOPPED, PublishDialog
from spp_desktop.ui.window.main_window import MainWindow
from tests.documents.seen_html import seen_in
from tests.flows.hands import in_dialog


def alt(dialog: PublishDialog, key: Qt.Key) -> None:
    QTest.keyClick(dialog, key, Qt.KeyboardModifier.AltModifier)


def test_the_plan_is_seen_and_saved_as_a_web_page_by_keys(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "plan.html"
    monkeypatch.setattr(publish_dialog, "ask_save", lambda *_: out)

    def steps(dialog: PublishDialog) -> None:
        qtbot.waitUntil(lambda: dialog.preview.count() > 1)
        assert dialog.number.text() == f"Page 1 of {dialog.preview.count():,}"
        alt(dialog, Qt.Key.Key_X)
        qtbot.waitUntil(lambda: dialog.number.text().startswith("Page 2 of"))
        alt(dialog, Qt.Key.Key_F)
        QTest.keyClicks(dialog.form, "Web")
        alt(dialog, Qt.Key.Key_S)
        qtbot.waitUntil(lambda: dialog.written is not None)
        assert dialog.notice.text() == f"plan.html was written to {tmp_path}."
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    with in_dialog(qtbot, PublishDialog, steps):
        window.actions_by_name["publish"].trigger()
    workspace = window.workspace
    assert workspace is not None
    assert seen_in(out.read_bytes()).title == workspace.read(queries.plan).title
    assert [each.file_name for each in workspace.read_beside(exports.published)] == ["plan.html"]


def test_parts_are_left_out_and_remembered(qtbot: QtBot, window: MainWindow) -> None:
    def leave_out(dialog: PublishDialog) -> None:
        every = dialog.parts.names()
        alt(dialog, Qt.Key.Key_A)
        assert dialog.parts.hasFocus()
        QTest.keyClick(dialog.parts, Qt.Key.Key_Space)
        assert dialog.parts.names() == every[1:]
        assert dialog.asked().parts == every[1:]
        QTest.keyClick(dialog.parts, Qt.Key.Key_Down)
        QTest.keyClick(dialog.parts, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
        assert dialog.parts.names() == (every[2], every[1], *every[3:])
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    def see(dialog: PublishDialog) -> None:
        assert dialog.parts.names() == left[0]
        for _ in left[0]:
            QTest.keyClick(dialog.parts, Qt.Key.Key_Space)
            QTest.keyClick(dialog.parts, Qt.Key.Key_Down)
        qtbot.waitUntil(lambda: dialog.preview.where() == NOTHING_TICKED)
        assert not dialog.save_button.isEnabled()
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    left: list[tuple[str, ...]] = []

    def leave(dialog: PublishDialog) -> None:
        leave_out(dialog)
        left.append(dialog.parts.names())

    with in_dialog(qtbot, PublishDialog, leave):
        window.actions_by_name["publish"].trigger()
    with in_dialog(qtbot, PublishDialog, see):
        window.actions_by_name["publish"].trigger()


def test_what_is_stopped_says_so_and_an_earlier_choice_is_not_saved(qtbot: QtBot, window: MainWindow) -> None:
    def steps(dialog: PublishDialog) -> None:
        assert window.plan_view is not None
        dialog.make()
        window.plan_view.jobs.cancel()
        qtbot.waitUntil(lambda: dialog.preview.where() == PAGES_STOPPED)
        QTest.keyClicks(dialog.seen_by, "B")
        qtbot.waitUntil(dialog.save_button.isEnabled)
        QTest.keyClicks(dialog.seen_by, "oard")
        assert not dialog.save_button.isEnabled()
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    with in_dialog(qtbot, PublishDialog, steps):
        window.actions_by_name["publish"].trigger()


def test_a_choice_of_parts_is_kept_under_a_name_and_removed_again(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: ("Members' pack", True))
    monkeypatch.setattr(publish_dialog, "ask", lambda *_, **__: True)
    workspace = window.workspace
    assert workspace is not None

    def steps(dialog: PublishDialog) -> None:
        every = dialog.parts.names()
        QTest.keyClick(dialog.parts, Qt.Key.Key_Space)
        alt(dialog, Qt.Key.Key_K)
        qtbot.waitUntil(lambda: dialog.document.currentText() == "Members' pack")
        assert [(each.title, each.parts) for each in workspace.read(kept.kept)] == [("Members' pack", every[1:])]
        assert dialog.parts.names() == every[1:]
        alt(dialog, Qt.Key.Key_R)
        qtbot.waitUntil(lambda: not workspace.read(kept.kept))
        assert dialog.document.currentData() == "plan"
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    with in_dialog(qtbot, PublishDialog, steps):
        window.actions_by_name["publish"].trigger()
    assert workspace.undo() is not None
    assert [each.title for each in workspace.read(kept.kept)] == ["Members' pack"]


def test_the_setting_of_pages_ends_at_once_when_it_is_cancelled() -> None:
    progress, document = JobProgress(lambda *_: None), numbered(Document("Plan", "Force", ()))
    ended: list[Callable[[], object]] = []
    on_cancel = progress.on_cancel

    def cancel_then(stop: Callable[[], object]) -> None:
        ended.append(stop)
        progress.cancel()
        on_cancel(stop)

    progress.on_cancel = cancel_then  # type: ignore[method-assign]  # cancelled while the process runs
    with pytest.raises(Cancelled):
        jobs.drawn(document, [], progress)
    assert len(ended) == 1


def test_what_changed_asks_since_when(qtbot: QtBot, window: MainWindow) -> None:
    def choose(dialog: PublishDialog) -> None:
        assert not dialog.chosen["since"].isVisible()
        dialog.document.setCurrentIndex(dialog.document.findData("changes"))
        assert dialog.chosen["since"].isVisible()
        assert dialog.asked().since == dialog.chosen["since"].currentData() != ""
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    assert window.workspace is not None
    with in_dialog(qtbot, PublishDialog, choose):
        window.actions_by_name["publish"].trigger()
