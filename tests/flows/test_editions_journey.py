"""Journeys with editions by real keys: what an edition said, and a late correction to a figure of one."""

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from pytestqt.qtbot import QtBot

from spp_desktop.edits import editions, results, rows, versions
from spp_desktop.edits.documents import edition_files
from spp_desktop.edits.editions import NewEdition
from spp_desktop.plan.delivery import Activity
from spp_desktop.store import editions as reads_of_editions
from spp_desktop.store import queries
from spp_desktop.store import versions as reads
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.delivery.page import DeliveryPage
from spp_desktop.ui.documents.publish_dialog import PublishDialog
from spp_desktop.ui.editions.issue_dialog import STOPPED, IssueEditionDialog
from spp_desktop.ui.editions.page import EditionsPage
from spp_desktop.ui.editions.restated_page import RestatedPage
from spp_desktop.ui.window.find_anything import FindAnything
from tests.flows.conftest import Opener
from tests.flows.hands import CTRL, in_dialog, key, press, tab_to, to_front, type_text, view_of

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

    def find_edition(dialog: FindAnything) -> None:
        type_text("edition 1")
        key(Key.Key_Return)

    with in_dialog(qtbot, FindAnything, find_edition):
        press(qtbot, window, Key.Key_K, CTRL)
    assert view_of(window).current() == "editions"
    page = view_of(window).page("editions")
    assert isinstance(page, EditionsPage)
    steps = 1  # the edition is chosen, and Enter shows the plan as it
    assert page.current().what == "Edition 1"
    to_front(qtbot, window)
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

    def issue_again(dialog: IssueEditionDialog) -> None:
        assert "Restated since edition 1: 1." in dialog.report.toPlainText()
        tab_to(dialog.documents)
        key(Key.Key_Space)  # none is ticked, as it was left
        dialog.forms[".pdf"].setChecked(False)
        dialog.forms[".html"].setChecked(True)
        dialog.who.setFocus()
        key(Key.Key_Return)
        qtbot.waitUntil(lambda: bool(dialog.outcome))
        key(Key.Key_Return)

    with in_dialog(qtbot, IssueEditionDialog, issue_again):
        QTimer.singleShot(0, window.actions_by_name["issue_edition"].trigger)
    (file,) = (plan.parent / "Edition 2").iterdir()
    assert "Recounted after the audit" in file.read_text(encoding="utf-8")


def test_an_edition_leaves_with_its_documents_or_not_at_all(
    qtbot: QtBot, opener: Opener, workspace: Workspace, tmp_path: Path
) -> None:
    plan = workspace.path
    workspace.close()
    window = opener(plan)
    folder = tmp_path / "Out"

    def endless(*given: Any) -> None:
        """Make documents until somebody stops it."""
        while True:
            given[3]("The strategic policing plan")

    def issue(dialog: IssueEditionDialog) -> None:
        dialog.forms[".pdf"].setChecked(False)
        dialog.forms[".html"].setChecked(True)
        dialog.place.setText(str(folder))
        folder.mkdir()
        (folder / "Ours.txt").write_text("kept")
        dialog.who.setFocus()
        key(Key.Key_Return)
        qtbot.waitUntil(lambda: "holds something. Nothing was written" in dialog.report.toPlainText())
        (folder / "Ours.txt").unlink()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(edition_files, "write", endless)
            dialog.issue_button.setFocus()
            key(Key.Key_Space)
            key(Key.Key_Escape)
            qtbot.waitUntil(lambda: dialog.report.toPlainText() == STOPPED)
        assert not list(folder.iterdir())
        dialog.issue_button.setFocus()
        key(Key.Key_Space)
        qtbot.waitUntil(lambda: bool(dialog.outcome))
        dialog.reject()

    with in_dialog(qtbot, IssueEditionDialog, issue):
        QTimer.singleShot(0, window.actions_by_name["issue_edition"].trigger)
    view = view_of(window)
    (left,) = view.signals.read(reads_of_editions.files)
    (file,) = folder.iterdir()
    assert (left.file_name, left.document) == (file.name, "plan")
    assert left.file_hash == hashlib.sha256(file.read_bytes()).hexdigest()
    assert "Edition 1" in file.read_text(encoding="utf-8")
    page = view.page("editions")
    assert isinstance(page, EditionsPage)
    titles: list[str] = []

    def look(dialog: PublishDialog) -> None:
        titles.append(view_of(window).plan.title)
        dialog.reject()

    to_front(qtbot, window)
    page.panel.publish_button.setFocus()
    with in_dialog(qtbot, PublishDialog, look):
        QTimer.singleShot(0, lambda: key(Key.Key_Space))
    assert titles[0].startswith("As edition 1 (Edition 1, ")
