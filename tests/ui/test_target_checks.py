"""Check targets… on the published plan: what is found, explained or not, and the way to the indicator."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from spp_desktop.edits import judging
from spp_desktop.store import queries
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.performance.page import PerformancePage
from spp_desktop.ui.performance.target_checks import TITLES, TargetChecksDialog
from spp_desktop.ui.window.commands import MENUS
from spp_desktop.ui.window.main_window import MainWindow


@pytest.fixture
def plan(published: Path) -> Iterator[Workspace]:
    with Workspace.open(published) as workspace:
        yield workspace


def opened(qtbot: QtBot, plan: Workspace) -> TargetChecksDialog:
    dialog = TargetChecksDialog(PlanSignals(plan))
    dialog.finished.disconnect()  # the test looks at it after it has closed
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def column(dialog: TargetChecksDialog, title: str) -> list[str]:
    at = TITLES.index(title)
    items = [dialog.table.item(row, at) for row in range(dialog.table.rowCount())]
    return [item.text() for item in items if item is not None]


def test_the_published_plan_is_checked(qtbot: QtBot, plan: Workspace) -> None:
    dialog = opened(qtbot, plan)
    assert dialog.summary.text() == (
        "13 checked: 3 easier than their years, 2 that match only if cut off, 1 consistent, 7 levels consistent."
    )
    assert column(dialog, "Ref")[:6] == ["PI03", "PI19", "PI20", "PI01", "PI02", "PI22"]
    assert column(dialog, "Found")[:4:3] == ["Easier than its years", "Matches only if cut off"]
    assert column(dialog, "Explained") == ["not yet"] * 5 + [""] * 8
    assert dialog.sentence.text().startswith("The plan's 10% is easier than its own years: 4%, 4% and 4% compound to")


def test_an_explanation_is_said(qtbot: QtBot, plan: Workspace) -> None:
    key = next(row.key for row in plan.read(queries.indicators) if row.ref == "PI19")
    plan.edit("explain", judging.explain_target, key, "Agreed with the Authority")
    dialog = opened(qtbot, plan)
    assert column(dialog, "Explained")[:3] == ["not yet", "yes", "not yet"]
    dialog.table.setFocus()
    QTest.keyClick(dialog.table, Qt.Key.Key_Down)
    assert dialog.sentence.text().endswith("Explained: Agreed with the Authority")


def test_it_leads_to_the_indicator(qtbot: QtBot, plan: Workspace) -> None:
    dialog = opened(qtbot, plan)
    key = next(row.key for row in plan.read(queries.indicators) if row.ref == "PI03")
    with qtbot.waitSignal(dialog.went) as went:
        QTest.mouseClick(dialog.go_button, Qt.MouseButton.LeftButton)
    assert went.args == ["targets", key]
    assert not dialog.isVisible()


def test_a_plan_without_targets_over_it_says_so(qtbot: QtBot, plan_path: Path) -> None:
    with Workspace.create(plan_path, "A new plan", 2026) as plan:
        dialog = opened(qtbot, plan)
        assert dialog.summary.text().startswith("No indicator has a target over the plan")
        assert not dialog.go_button.isEnabled()


def test_it_is_a_command_of_the_plan_menu() -> None:
    commands = next(commands for title, commands in MENUS if title == "&Plan")
    assert [command.text for command in commands if command.name == "check_targets"] == ["Check &targets…"]


def test_the_window_shows_the_targets_of_the_indicator(
    qtbot: QtBot, published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    window.show_plan(published)
    assert window.plan_view is not None

    def go(dialog: TargetChecksDialog) -> int:
        dialog.go_button.click()
        return 1

    monkeypatch.setattr(TargetChecksDialog, "exec", go)
    window.actions_by_name["check_targets"].trigger()
    tab = window.plan_view.page("performance")
    assert isinstance(tab, PerformancePage)
    assert (tab.current().ref, tab.panel.pages.currentWidget()) == ("PI03", tab.panel.targets)
    window.close()
