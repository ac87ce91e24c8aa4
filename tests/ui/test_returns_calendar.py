"""The page of the calendar of returns by real keys: what is due, the steps of a return, what was sent and changed."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from spp_desktop.edits import known_returns, registers, results, submissions
from spp_desktop.edits.submissions import About
from spp_desktop.plan.performance import Indicator
from spp_desktop.returns.catalogue.monthly_results import MONTHLY_RESULTS
from spp_desktop.returns.due_rules import DueRule
from spp_desktop.store import queries, submitted
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.submitted.page import CalendarPage
from spp_desktop.ui.submitted.panel import UNCHANGED
from spp_desktop.ui.submitted.restated_dialog import RestatedDialog
from spp_desktop.ui.submitted.step_dialog import StepDialog

APRIL = About(MONTHLY_RESULTS.id, MONTHLY_RESULTS.title, "monthly", 2008, "M01")


@pytest.fixture
def page(qtbot: QtBot, workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Iterator[CalendarPage]:
    """The page on 20 June 2008, of a plan with no returns but the monthly results of 2008-2009."""
    asked = replace(MONTHLY_RESULTS, frequencies=("monthly",), due=DueRule(10), asked_to=2008)
    monkeypatch.setattr(known_returns, "every", lambda connection: [asked])
    workspace.edit("set the day", registers.set_plan, as_at=date(2008, 6, 20))
    enter(workspace, 12.0)
    signals = PlanSignals(workspace)
    made = CalendarPage(signals)
    qtbot.addWidget(made)
    made.resize(1280, 640)
    signals.changed.connect(made.refresh)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.grid.setFocus()
    yield made
    signals.stop()


def enter(workspace: Workspace, value: float, reason: str = "") -> None:
    key = workspace.read(queries.register, Indicator)[0].id
    period = {"period_from": date(2008, 4, 1), "period_to": date(2008, 4, 30), "state": "final"}
    workspace.edit("enter a result", results.enter, [{"indicator_id": key, "value": value, **period}], reason)


def shown(page: CalendarPage) -> list[tuple[str, str, str]]:
    return [(row.when, row.state, row.days) for row in page.model.rows[:3]]


def in_dialog(monkeypatch: pytest.MonkeyPatch, types: Callable[[StepDialog], None]) -> list[StepDialog]:
    """Type into the dialogs that the page opens."""
    opened: list[StepDialog] = []

    def run(dialog: StepDialog) -> int:
        """Show it, and type."""
        opened.append(dialog)
        dialog.show()
        types(dialog)
        return dialog.result()

    monkeypatch.setattr(StepDialog, "exec", run)
    return opened


def test_what_is_due_next_comes_first_and_what_is_overdue_is_marked(page: CalendarPage) -> None:
    assert shown(page) == [
        ("April 2008", "overdue", "36 days late"),
        ("May 2008", "overdue", "7 days late"),
        ("June 2008", "not yet", "24 days"),
    ]
    assert page.hint.text() == "2 overdue"
    assert len(page.model.rows) == 12
    assert page.panel.facts.text().startswith("Due Thursday 15 May 2008: 10 working days after the period ends.")


def test_a_return_is_prepared_and_sent_by_keys_alone(page: CalendarPage, monkeypatch: pytest.MonkeyPatch) -> None:
    def prepare(dialog: StepDialog) -> None:
        QTest.keyClicks(dialog.who, "A. Clerk")
        QTest.keyClick(dialog.who, Qt.Key.Key_Return)

    opened = in_dialog(monkeypatch, prepare)
    QTest.keyClick(page.grid, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (dialog,) = opened
    assert (dialog.chosen(), dialog.result()) == ("prepared", QDialog.DialogCode.Accepted)
    assert page.model.rows[0].step("prepared") == "20 Jun 2008, A. Clerk"
    assert page.model.rows[0].state == "prepared"

    def send(dialog: StepDialog) -> None:
        assert dialog.chosen() == "checked"
        dialog.step.setFocus()
        QTest.keyClick(dialog.step, Qt.Key.Key_End)
        assert dialog.file.isVisible()
        assert dialog.file.placeholderText().startswith("None was written of it")
        dialog.who.setFocus()
        dialog.who.selectAll()
        QTest.keyClicks(dialog.who, "Chief Constable")
        QTest.keyClick(dialog.who, Qt.Key.Key_Return)

    in_dialog(monkeypatch, send)
    QTest.keyClick(page.grid, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [row.when for row in page.model.rows][:1] == ["May 2008"]
    (row,) = page.signals.read(submitted.submissions)
    assert (row.number, row.sent_by, row.sent_on) == (1, "Chief Constable", date(2008, 6, 20))


def test_a_refusal_is_said_in_the_dialog(page: CalendarPage, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(dialog: StepDialog) -> None:
        QTest.keyClick(dialog.who, Qt.Key.Key_Delete)
        QTest.keyClick(dialog.who, Qt.Key.Key_Return)
        assert dialog.refusal.text() == "Say who did it: a name, or a post."
        dialog.step.setCurrentIndex(3)
        dialog.file.setText("no such file.pdf")
        QTest.keyClick(dialog.who, Qt.Key.Key_Return)
        assert dialog.refusal.text().startswith("no such file.pdf cannot be read: ")
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    opened = in_dialog(monkeypatch, nobody)
    page.take_step()
    (dialog,) = opened
    assert dialog.outcome == ""
    assert page.signals.read(submitted.submissions) == []


def test_a_step_is_taken_back_and_undone(page: CalendarPage, qtbot: QtBot) -> None:
    page.signals.edit("prepare", submissions.take_step, APRIL, "prepared", date(2008, 5, 9), "A. Clerk")
    qtbot.waitUntil(lambda: page.model.rows[0].state == "prepared")
    page.back_action.trigger()
    qtbot.waitUntil(lambda: page.model.rows[0].state == "overdue")
    page.signals.workspace.undo()
    qtbot.waitUntil(lambda: page.model.rows[0].state == "prepared")


def test_what_has_changed_of_what_was_sent_is_beside_it(page: CalendarPage, qtbot: QtBot) -> None:
    workspace = page.signals.workspace
    for day in (12, 14):
        file = submissions.file_sent(workspace, APRIL)
        page.signals.edit("send", submissions.send, APRIL, date(2008, 5, day), "A. Clerk", file)
    page.everything.setChecked(True)
    qtbot.waitUntil(lambda: len(page.model.rows) == 12 and page.model.rows[-1].state == "sent")
    page.grid.select(page.model.rows[-1].key)
    assert (page.model.rows[-1].number, page.panel.changes.toPlainText()) == (2, UNCHANGED)
    enter(workspace, 14.0, "Recounted")
    qtbot.waitUntil(lambda: "Result: 12 → 14" in page.panel.changes.toPlainText())
    assert "Why: Recounted" in page.panel.changes.toPlainText()
    every = RestatedDialog(workspace)
    qtbot.addWidget(every)
    every.copy()
    heads, only, state = (line.split("\t") for line in QGuiApplication.clipboard().text().splitlines())
    assert (heads[0], only[0], only[2:5], only[-1]) == ("Submissions", "1, 2", ["Result", "12", "14"], "Recounted")
    assert state[2:5] == ["State", "final", "revised"]
    assert every.notice.text() == "2 changes in 2 submissions."
    assert [page.panel.which.itemText(n) for n in range(2)] == ["2, sent 14/05/2008", "1, sent 12/05/2008"]
    page.panel.other.setFocus()
    QTest.keyClick(page.panel.other, Qt.Key.Key_Down)
    assert page.panel.changes.toPlainText() == "They say the same."
    page.back_action.trigger()
    assert page.sentence.text().startswith("Submission 2 was sent on 14/05/2008, and nothing of it changes any more")
