"""Journeys with editions by real keys: what an edition said, and a late correction to a figure of one."""

from datetime import date

from PySide6.QtCore import Qt, QTimer
from pytestqt.qtbot import QtBot

from spp_desktop.edits import editions, results, rows, versions
from spp_desktop.edits.editions import NewEdition
from spp_desktop.plan.delivery import Activity
from spp_desktop.store import queries
from spp_desktop.store import versions as reads
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.delivery.page import DeliveryPage
from spp_desktop.ui.editions.issue_dialog import IssueEditionDialog
from spp_desktop.ui.editions.page import EditionsPage
from spp_desktop.ui.editions.restated_page import RestatedPage
from spp_desktop.ui.window.find_anything import FindAnything
from tests.flows.conftest import Opener
from tests.flows.hands import CTRL, in_dialog, key, press, tab_to, turn_to, type_text, view_of

Key = Qt.Key


def test_what_edition_1_said_of_robbery_takes_three_steps(qtbot: QtBot, opener: Opener, workspace: Workspace) -> None:
    plan, activity = workspace.path, workspace.read(queries.activities)[0].key
    workspace.edit("reword", rows.change, Activity, activity, text="Halve robbery in the north")
    state = next(each.key for each in workspace.read(reads.states) if each.title == "Issued")
    workspace.edit("move on", versions.move_on, state, date(2008, 3, 14), "The chair")
    workspace.edit("issue", editions.issue, NewEdition(date(2008, 3, 28), "A. Clerk"))
    workspace.edit("reword", rows.change, Activity, activity, text="Attend to thefts")
    workspace.close()
    window = opener(plan)
    turn_to(qtbot, window, Key.Key_7, "editions")
    page = view_of(window).page("editions")
    assert isinstance(page, EditionsPage)
    steps = 1  # the edition is chosen, and Enter shows the plan as it
    assert page.current().what == "Edition 1"
    key(Key.Key_Return)
    qtbot.waitUntil(lambda: not view_of(window).past.isHidden())
    assert view_of(window).past.words.text().startswith("As edition 1 (Edition 1, ")

    def find(dialog: FindAnything) -> None:
        type_text("robbery")
        key(Key.Key_Return)

    steps += 1
    with in_dialog(qtbot, FindAnything, find):
        press(qtbot, window, Key.Key_K, CTRL)
    steps += 1  # Enter
    shown = view_of(window).page("delivery")
    assert view_of(window).current() == "delivery"
    assert isinstance(shown, DeliveryPage)
    row = shown.current()
    assert row is not None
    assert row.text == "Halve robbery in the north"
    assert steps <= 3


def test_a_late_correction_to_a_figure_of_an_edition(qtbot: QtBot, opener: Opener, workspace: Workspace) -> None:
    plan, indicator = workspace.path, workspace.read(queries.indicators)[0].key
    period = {"period_from": date(2008, 4, 1), "period_to": date(2008, 4, 30), "state": "final"}
    workspace.edit("enter", results.enter, [{"indicator_id": indicator, "value": 12.0, **period}])
    workspace.close()
    window = opener(plan)
    view = view_of(window)

    def issue(dialog: IssueEditionDialog) -> None:
        type_text("For the authority")
        tab_to(dialog.documents)
        key(Key.Key_Space)  # no document: how one is made is tried elsewhere
        dialog.who.setFocus()
        key(Key.Key_Return)
        assert dialog.outcome == "Edition 1 is issued.", dialog.report.toPlainText()
        key(Key.Key_Return)
        assert not dialog.isVisible()

    with in_dialog(qtbot, IssueEditionDialog, issue):
        QTimer.singleShot(0, window.actions_by_name["issue_edition"].trigger)
    assert view.current() == "editions"
    cell = {"indicator_id": indicator, "value": 14.0, **period}
    view.signals.edit("correct", results.enter, [cell], "Recounted after the audit")
    press(qtbot, window, Key.Key_PageDown, CTRL)
    page = view.page("restated")
    assert isinstance(page, RestatedPage)
    qtbot.waitUntil(lambda: bool(page.model.rows))
    shown = [[page.model.index(0, page.model.column_of(name)).data() for name in ("editions", "old", "new", "reason")]]
    assert ["1", "12", "14", "Recounted after the audit"] in shown
    page.grid.setFocus()
    page.grid.select(page.model.rows[0].key, "approved_by")
    type_text("The treasurer")
    key(Key.Key_Return)
    qtbot.waitUntil(lambda: page.model.rows[0].approved_by == "The treasurer")
    press(qtbot, window, Key.Key_PageUp, CTRL)
    way = view.page("editions")
    assert isinstance(way, EditionsPage)
    assert way.panel.told.text() == "1 text or figure of it is other now:"
    assert "12 → 14\nWhy: Recounted after the audit" in way.panel.since.toPlainText()
