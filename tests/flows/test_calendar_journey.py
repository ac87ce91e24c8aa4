"""The days of a post, saved as a calendar with real keys; and what it says of them once the plan has changed."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from spp_desktop.edits import delivery, reporting_periods
from spp_desktop.store import monitored, queries
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.returned import save_calendar
from spp_desktop.ui.returned.save_calendar import SaveCalendarDialog
from spp_desktop.ui.window.main_window import MainWindow
from tests.calendar_reader import read, standing, taken_in
from tests.flows.conftest import Opener
from tests.flows.hands import ALT, in_dialog, key, to_front, view_of

Key = Qt.Key


@pytest.fixture
def chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that a person names without its ending, beside the plan."""

    def choose(_parent: object, _title: str, offered: str, kinds: str) -> tuple[str, str]:
        assert Path(offered).parent == tmp_path
        assert Path(offered).name == "Strategic Policing Plan 2008-2011 dates of ACC Crime.ics"
        assert kinds == "Calendars (*.ics)"
        return str(tmp_path / "crime"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    return tmp_path / "crime.ics"


def save(qtbot: QtBot, window: MainWindow, count: str, *, remind: bool = False) -> None:
    """Save the calendar of ACC Crime from the File menu."""

    def steps(dialog: SaveCalendarDialog) -> None:
        assert dialog.count.text() == "534 dates." or count != "77 dates."
        assert dialog.whose.hasFocus()
        assert not dialog.remind.isChecked()
        key(Key.Key_Down)
        assert dialog.post() == "ACC Crime"
        assert dialog.count.text() == count
        if remind:
            QTest.keyClick(dialog, Key.Key_M, ALT)
            qtbot.waitUntil(dialog.remind.isChecked)
        key(Key.Key_Return)
        qtbot.waitUntil(lambda: not dialog.isVisible())

    with in_dialog(qtbot, SaveCalendarDialog, steps):
        to_front(qtbot, window)
        window.actions_by_name["save_calendar"].trigger()


def test_a_calendar_is_saved_and_says_later_what_has_gone(
    qtbot: QtBot, opener: Opener, worked: Path, chosen: Path
) -> None:
    window = opener(worked)
    workspace = view_of(window).signals.workspace
    save(qtbot, window, "77 dates.", remind=True)
    first = chosen.read_bytes()
    assert b"TRIGGER:-P7D" in first
    (row,) = [row for row in workspace.read(queries.activities, 2008) if row.ref == "1.01"]
    locked = workspace.read(monitored.periods)[0]
    workspace.edit("reopen", reporting_periods.reopen_period, locked.key, "1.01 is no part of the plan")
    workspace.edit("delete activity 1.01", delivery.remove_activities, [row.key])
    steps = sum("1.01 " in event["SUMMARY"] for event in read(first).events)
    assert steps > 1
    chosen.unlink()
    save(qtbot, window, f"{77 - steps} dates, and {steps} cancelled.")
    kept = taken_in(taken_in({}, first), chosen.read_bytes())
    assert len(standing(kept)) == 77 - steps
    assert not any("1.01 " in title for _, title, _ in standing(kept))


def test_a_plan_that_keeps_no_record_says_so(
    qtbot: QtBot, worked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "dates.ics"
    monkeypatch.setattr(save_calendar, "ask_save", lambda *_: path)
    with Workspace.open(worked, read_only=True) as workspace:
        signals = PlanSignals(workspace)
        dialog = SaveCalendarDialog(signals)
        qtbot.addWidget(dialog)
        dialog.save()
        assert dialog.outcome == f"Wrote 534 dates to {path}.{save_calendar.READ_ONLY}"
        signals.stop()
