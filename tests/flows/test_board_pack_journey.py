"""A member's board pack: the report of a quarter that is picked, cut to what is read, kept under a name, saved."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog
from pytestqt.qtbot import QtBot

from spp_desktop.cli import DONE
from spp_desktop.ui.documents import publish_dialog
from spp_desktop.ui.documents.publish_dialog import PublishDialog
from tests.command_line import spp
from tests.documents.seen_html import seen_in
from tests.flows.conftest import Opener
from tests.flows.hands import in_dialog, tab_to

Key, ALT = Qt.Key, Qt.KeyboardModifier.AltModifier
LEFT_OUT = ("activities", "moved", "missed", "put off", "indicators", "done", "changed", "others")


def test_a_members_pack_of_a_picked_quarter(
    qtbot: QtBot, opener: Opener, worked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, again = tmp_path / "pack.html", tmp_path / "again.html"
    monkeypatch.setattr(publish_dialog, "ask_save", lambda *_: out)
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: ("Members' pack", True))
    window = opener(worked)

    def steps(dialog: PublishDialog) -> None:
        QTest.keyClicks(dialog.document, "Board")
        tab_to(dialog.chosen["period"])
        QTest.keyClick(dialog.chosen["period"], Key.Key_End)
        assert dialog.chosen["period"].currentText() == "2008-09 Q1"
        tab_to(dialog.parts)
        for name in [part.name for part in dialog.kind().parts]:
            if name in LEFT_OUT:
                QTest.keyClick(dialog.parts, Key.Key_Space)
            QTest.keyClick(dialog.parts, Key.Key_Down)
        QTest.keyClick(dialog, Key.Key_K, ALT)
        qtbot.waitUntil(lambda: dialog.document.currentText() == "Members' pack")
        kept = ("contents", "summary", "decisions", "exceptions", "targets", "restatements", "key")
        assert dialog.parts.names() == kept
        tab_to(dialog.form)
        QTest.keyClicks(dialog.form, "Web")
        qtbot.waitUntil(lambda: dialog.save_button.isEnabled() and dialog.preview.count() > 1)
        QTest.keyClick(dialog, Key.Key_S, ALT)
        qtbot.waitUntil(lambda: dialog.written is not None)
        QTest.keyClick(dialog, Key.Key_Escape)

    with in_dialog(qtbot, PublishDialog, steps):
        window.actions_by_name["publish"].trigger()
    window.close()
    pack = seen_in(out.read_bytes())
    assert pack.title.startswith("Board report: 2008-09 Q1: ")
    assert b"What moved" not in out.read_bytes()
    ended = spp("publish", worked, "Members' pack", again, "--quarter", "2008-09 Q1")
    assert ended.status == DONE, ended.err
    assert again.read_bytes() == out.read_bytes()
