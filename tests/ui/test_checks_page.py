"""The page of checks by real keys: read, opened, accepted with a reason, and found again after a change."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from spp_desktop.edits import delivery, rows
from spp_desktop.plan.posts import Post
from spp_desktop.store import queries
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.jobs import Jobs
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.overview import checks_page, kept_checks
from spp_desktop.ui.overview.checks_page import ChecksPage
from spp_desktop.ui.overview.kept_checks import KeptChecks
from spp_desktop.ui.performance.reason import ReasonDialog
from spp_desktop.ui.window.main_window import MainWindow

Key, Mod = Qt.Key, Qt.KeyboardModifier
SHOWN = ("activity", "indicator", "targets", "results", "priority")


@pytest.fixture
def signals(workspace: Workspace) -> Iterator[PlanSignals]:
    opened = PlanSignals(workspace)
    yield opened
    opened.stop()


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.stop()


@pytest.fixture
def page(qtbot: QtBot, signals: PlanSignals, jobs: Jobs) -> ChecksPage:
    made = ChecksPage(signals, KeptChecks(signals, jobs, signals), SHOWN)
    qtbot.addWidget(made)
    made.resize(1300, 700)
    made.show()
    return made


def found(page: ChecksPage, rule: str) -> list[str]:
    return [row.finding.refs for row in page.model.rows if row.finding.rule.name == rule]


def choose(page: ChecksPage, rule: str, ref: str = "") -> None:
    row = next(row for row in page.model.rows if row.finding.rule.name == rule and ref in row.finding.refs)
    assert page.select(row.key)
    page.grid.setFocus()


def answer(reason: str) -> None:
    dialog = QApplication.activeModalWidget() or next(
        widget for widget in QApplication.topLevelWidgets() if isinstance(widget, ReasonDialog) and widget.isVisible()
    )
    assert isinstance(dialog, ReasonDialog)
    QTest.keyClicks(dialog.words, reason)
    dialog.done_button.click()


def test_a_change_closes_a_finding_and_undo_brings_it_back(page: ChecksPage, signals: PlanSignals) -> None:
    assert found(page, "activity without date") == ["1.01", "1.02", "2.01"]
    key = next(row.key for row in signals.read(queries.activities) if row.ref == "1.02")
    signals.edit("date it", delivery.set_cells, [(key, "due", date(2009, 3, 31))])
    assert found(page, "activity without date") == ["1.01", "2.01"]
    signals.workspace.undo()
    assert found(page, "activity without date") == ["1.01", "1.02", "2.01"]


def test_enter_opens_what_a_finding_is_about(page: ChecksPage, signals: PlanSignals, qtbot: QtBot) -> None:
    choose(page, "activity without date", "1.02")
    key = next(row.key for row in signals.read(queries.activities) if row.ref == "1.02")
    assert page.panel.sentence.text() == "It has no due date."
    assert page.panel.rows.count() == 1
    with qtbot.waitSignal(page.went) as went:
        QTest.keyClick(page.grid, Key.Key_Return)
    assert went.args == ["activity", key]


def test_what_stands_in_a_list_is_opened_there(page: ChecksPage, signals: PlanSignals, qtbot: QtBot) -> None:
    signals.edit("add a post", rows.add, Post, title="ACC Nobody")
    choose(page, "owner without activities")
    with qtbot.waitSignal(page.asked) as asked:
        QTest.keyClick(page.grid, Key.Key_Return)
    assert asked.args is not None
    assert callable(asked.args[0])


def test_findings_are_accepted_by_keys_for_one_reason_and_taken_back(page: ChecksPage, signals: PlanSignals) -> None:
    choose(page, "activity without date", "1.01")
    QTest.keyClick(page.grid, Key.Key_Down, Mod.ShiftModifier)
    QTimer.singleShot(0, partial(answer, "They go on for ever"))
    QTest.keyClick(page.grid, Key.Key_A, Mod.ControlModifier | Mod.ShiftModifier)
    QApplication.processEvents()
    assert signals.workspace.undo_label == "accept 2 findings"
    assert found(page, "activity without date") == ["2.01"]
    assert "2 accepted" in page.summary()
    page.show_accepted.setChecked(True)
    choose(page, "activity without date", "1.01")
    assert page.panel.accepted.text().endswith("They go on for ever")
    assert page.again.isEnabled()
    page.again.click()
    page.show_accepted.setChecked(False)
    assert found(page, "activity without date") == ["1.01", "2.01"]


def test_a_lapsed_acceptance_is_told_and_its_reason_offered_again(page: ChecksPage, signals: PlanSignals) -> None:
    choose(page, "activity without date", "1.01")
    QTimer.singleShot(0, partial(answer, "It goes on"))
    QTest.keyClick(page.grid, Key.Key_A, Mod.ControlModifier | Mod.ShiftModifier)
    QApplication.processEvents()
    key = next(row.key for row in signals.read(queries.activities) if row.ref == "1.01")
    signals.edit("change it", delivery.set_cells, [(key, "percent", 5)])
    choose(page, "activity without date", "1.01")
    assert "(“It goes on”), and its rows have changed since." in page.panel.accepted.text()


def test_a_large_plan_is_checked_beside_the_window(
    qtbot: QtBot, signals: PlanSignals, jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_checks, "LARGE", 1)
    page = ChecksPage(signals, KeptChecks(signals, jobs, signals), SHOWN)
    qtbot.addWidget(page)
    page.show()
    assert page.empty_text.text() == checks_page.CHECKING
    qtbot.waitUntil(lambda: bool(page.model.rows))
    assert found(page, "activity without date") == ["1.01", "1.02", "2.01"]


def test_nothing_is_accepted_in_a_plan_open_for_reading(qtbot: QtBot, workspace: Workspace, jobs: Jobs) -> None:
    workspace.close()
    with Workspace.open(workspace.path, read_only=True) as reading:
        signals = PlanSignals(reading)
        page = ChecksPage(signals, KeptChecks(signals, jobs, signals), SHOWN)
        qtbot.addWidget(page)
        page.show()
        choose(page, "activity without date", "1.01")
        assert not page.accept.isEnabled()
        assert not page.accept_found.isEnabled()
        signals.stop()


def test_a_plan_with_nothing_to_find_says_so(qtbot: QtBot, plan_path: Path, jobs: Jobs) -> None:
    with Workspace.create(plan_path, "A new plan", 2026) as workspace:
        signals = PlanSignals(workspace)
        page = ChecksPage(signals, KeptChecks(signals, jobs, signals), SHOWN)
        qtbot.addWidget(page)
        page.show()
        assert page.empty_text.text() == checks_page.NOTHING
        assert not page.empty_button.isVisible()
        signals.stop()


def test_the_window_shows_it_by_its_keys_and_goes_to_the_targets(qtbot: QtBot, published: Path) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    window.show_plan(published)
    view = window.plan_view
    assert view is not None
    window.actions_by_name["show_checks"].trigger()
    page = view.page("checks")
    assert isinstance(page, ChecksPage)
    assert view.current() == "checks"
    choose(page, "target over plan against its years", "PI03")
    QTest.keyClick(page.grid, Key.Key_Return)
    assert view.current() == "performance"
    window.close()
