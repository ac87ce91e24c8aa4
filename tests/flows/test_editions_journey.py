"""Journeys with editions by real keys: what an edition said, and a late correction to a figure of one."""

from datetime import date

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from spp_desktop.edits import editions, rows, versions
from spp_desktop.edits.editions import NewEdition
from spp_desktop.plan.delivery import Activity
from spp_desktop.store import queries
from spp_desktop.store import versions as reads
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.delivery.page import DeliveryPage
from spp_desktop.ui.editions.page import EditionsPage
from spp_desktop.ui.window.find_anything import FindAnything
from tests.flows.conftest import Opener
from tests.flows.hands import CTRL, in_dialog, key, press, turn_to, type_text, view_of

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
