"""What is kept beside the plan is written without any screen reading the plan again."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlmodel import SQLModel

from spp_desktop.edits import rows
from spp_desktop.plan.identity import Plan
from spp_desktop.store import exports, queries
from spp_desktop.store.exports import Export
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.memory import Memory
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.history.page import HistoryPage
from spp_desktop.ui.registers.dialog import RegistersDialog
from spp_desktop.ui.window.plan_view import PlanView

PAGES_SHOWN = ("priorities", "delivery", "performance")
EXPORT = Export("x", "v", "status-return", "ACC Crime", 2008, 2, "a.xlsx", "h", "2008-10-01", "me", "Q2")


@pytest.fixture
def signals(worked: Path) -> Iterator[PlanSignals]:
    with Workspace.open(worked) as workspace:
        made = PlanSignals(workspace)
        yield made
        made.stop()


def settle() -> None:
    """Let every timer that a change has started come to its end."""
    for _ in range(5):
        QApplication.processEvents()


def reads_of_the_plan(statements: Iterable[str]) -> Iterator[str]:
    """The statements that read what the plan says; the history and the records of returns are no part of that."""
    content = re.compile(rf'FROM "?({"|".join(SQLModel.metadata.tables)})\b')
    return (statement for statement in statements if statement.startswith("SELECT") and content.search(statement))


@pytest.mark.parametrize("page", PAGES_SHOWN)
def test_no_screen_reads_the_plan_again(qtbot: QtBot, signals: PlanSignals, page: str) -> None:
    view = PlanView(signals, Memory())
    qtbot.addWidget(view)
    view.show()
    for name in PAGES_SHOWN:
        view.page(name)
    view.show_page(page)
    lists, past = RegistersDialog(signals), HistoryPage(signals)
    for dialog in (lists, past):
        qtbot.addWidget(dialog)
        dialog.show()
    settle()
    statements: list[str] = []
    workspace = signals.workspace
    workspace._raw.set_trace_callback(statements.append)
    workspace.write_beside(exports.record, EXPORT)
    settle()
    assert any(statement.startswith("INSERT INTO export") for statement in statements)
    assert not list(reads_of_the_plan(statements))
    statements.clear()
    (plan,) = workspace.read(queries.register, Plan)
    workspace.edit("retitle", rows.change, Plan, plan.id, title="Another")
    settle()
    assert any(reads_of_the_plan(statements)), "the trace hears nothing"
    workspace._raw.set_trace_callback(None)


def test_what_can_be_undone_stays(signals: PlanSignals) -> None:
    workspace = signals.workspace
    before = workspace.undo_label, workspace.redo_label, workspace.revision()
    workspace.write_beside(exports.record, EXPORT)
    assert (workspace.undo_label, workspace.redo_label, workspace.revision()) == before
