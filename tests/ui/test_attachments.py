"""The files of a row in its side panel, by keys."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlmodel import Session

from spp_desktop.edits import rows
from spp_desktop.plan.priorities import Priority
from spp_desktop.store import attached
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.attachments import pane
from spp_desktop.ui.attachments.pane import AttachmentsPane
from spp_desktop.ui.common.signals import PlanSignals


def _priority(session: Session) -> str:
    return rows.add(session, Priority, title="Harm", position=1)


@pytest.fixture
def files(tmp_path: Path, qtbot: QtBot) -> Iterator[AttachmentsPane]:
    """The files of a priority, of which there are none yet."""
    with Workspace.create(tmp_path / "small.plan", "A plan", 2008) as made:
        key = made.edit("add", _priority)
        signals = PlanSignals(made)
        shown = AttachmentsPane(signals)
        qtbot.addWidget(shown)
        shown.show()
        shown.show_row(key)
        yield shown
        signals.stop()


def choose(files: AttachmentsPane, place: int) -> None:
    """Go to a line of the list."""
    item = files.list.topLevelItem(place)
    assert item is not None
    files.list.setCurrentItem(item)


def test_a_file_is_added_opened_looked_at_and_removed(
    files: AttachmentsPane, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What runs is never opened; what changed is said; Delete removes, and undo brings back."""
    workspace = files._signals.workspace
    opened: list[str] = []

    def opens(url: QUrl) -> bool:
        """Note what the system would open."""
        opened.append(url.fileName())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", opens)
    told: list[str] = []
    files.refused.connect(told.append)
    for name in ("report.txt", "setup.exe"):
        (tmp_path / name).write_bytes(b"As agreed")
        monkeypatch.setattr(pane, "ask_open", lambda *_, name=name: tmp_path / name)
        with qtbot.waitSignal(files.beside.ended):
            QTest.mouseClick(files.file_button, Qt.MouseButton.LeftButton)
    assert [row.title for row in workspace.read(attached.attached)] == ["report.txt", "setup.exe"]
    assert workspace.undo_label == "add setup.exe"
    files.list.setFocus()
    choose(files, 1)
    QTest.keyClick(files.list, Qt.Key.Key_Return)
    assert told[-1] == "setup.exe may run when it is opened, so it is not opened from here: setup.exe"
    choose(files, 0)
    with qtbot.waitSignal(files.beside.ended):
        QTest.keyClick(files.list, Qt.Key.Key_Return)
    assert opened == ["report.txt"]
    (tmp_path / "report.txt").write_bytes(b"Otherwise")
    with qtbot.waitSignal(files.beside.ended):
        QTest.mouseClick(files.look_button, Qt.MouseButton.LeftButton)
    assert told[-1].startswith("report.txt has changed since it was looked at on ")
    QTest.keyClick(files.list, Qt.Key.Key_Delete)
    assert files.list.topLevelItemCount() == 1
    workspace.undo()
    assert files.list.topLevelItemCount() == 2
