"""The delivery plan on its way through MS Project, with real keys: out, changed there, looked at, taken in, undone."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from spp_desktop.store import queries
from spp_desktop.store.plain import ActivityRow
from spp_desktop.ui.returned import jobs as return_jobs
from spp_desktop.ui.review.dialog import ReviewDialog
from spp_desktop.ui.window.main_window import MainWindow
from tests.edits.project_file import ProjectFile
from tests.flows.conftest import Opener
from tests.flows.hands import CTRL, content, in_dialog, key, press, to_front, view_of

Key = Qt.Key


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that a person chooses, under the name that is offered."""
    path = tmp_path / "2008-2009 Delivery plan as a project.xml"

    def choose(_parent: object, title: str, offered: str, kinds: str) -> tuple[str, str]:
        assert (title, offered) == ("Export the Delivery plan as a project", str(path))
        assert kinds == "Projects of MS Project (*.xml)"
        return str(path), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    return path


def activity(window: MainWindow, ref: str) -> ActivityRow:
    return next(row for row in view_of(window).signals.read(queries.activities, 2008) if row.ref == ref)


def test_a_bar_that_was_dragged_and_a_task_that_was_added_are_looked_at_and_taken_in(
    qtbot: QtBot, opener: Opener, worked: Path, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opener(worked)
    to_front(qtbot, window)
    window.actions_by_name["export_project"].trigger()
    qtbot.waitUntil(lambda: "Wrote" in view_of(window).banner.sentence())
    before, row = content(window), activity(window, "1.01")
    with ProjectFile(project) as tasks:
        tasks.set(row.text, Finish="2009-03-20T17:00:00", PercentComplete="60")
        tasks.add_behind(row.text, Name="Agree it", Start="2008-11-03T08:00:00", Finish="2008-11-28T17:00:00")
    monkeypatch.setattr(return_jobs, "ask_open_several", lambda *_: [project])

    def decide(dialog: ReviewDialog) -> None:
        assert content(window) == before
        assert sum(dialog.desk.counts().values()) == 3
        key(Key.Key_N)
        assert dialog.detail.title.text() == "New row"
        key(Key.Key_A)
        QTest.keyClick(dialog, Key.Key_Return, CTRL)

    with in_dialog(qtbot, ReviewDialog, decide):
        press(qtbot, window, Key.Key_I, CTRL)
    now = activity(window, "1.01")
    assert (f"{now.forecast}", now.percent, now.due) == ("2009-03-20", 60, row.due)
    (new,) = [each for each in view_of(window).signals.read(queries.activities, 2008) if each.text == "Agree it"]
    assert (new.priority, f"{new.start}", f"{new.due}") == (row.priority, "2008-11-03", "2008-11-28")
    press(qtbot, window, Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: content(window) == before)
