"""A journey through consultation, by keys: somebody is asked, says something, and what it changed rests on it."""

from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from spp_desktop.store import consulted
from spp_desktop.store.checks import every
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.asked.page import AskedPage
from spp_desktop.ui.registers.page import RegisterPage
from spp_desktop.ui.thread.picker import LinkPicker
from spp_desktop.ui.window.main_window import MainWindow
from tests.flows.conftest import Opener
from tests.flows.hands import CTRL, content, in_dialog, key, press, turn_to, type_text, view_of

Key = Qt.Key


def rests_on_none(window: MainWindow) -> list[str]:
    checked = view_of(window).signals.read(every.check)
    return [each.finding.refs for each in checked if each.finding.rule.name == "priority without consultation"]


def typed_row(page: RegisterPage, *cells: str) -> None:
    page.begin()
    for cell in cells:
        type_text(cell)
        key(Key.Key_Tab)


def test_what_was_said_is_answered_and_the_priority_rests_on_it(
    qtbot: QtBot, opener: Opener, workspace: Workspace, plan_path: Path
) -> None:
    workspace.close()
    window = opener(plan_path)
    signals = view_of(window).signals
    before = content(window)
    turn_to(qtbot, window, Key.Key_2, "consultation")
    typed_row(cast("RegisterPage", view_of(window).page("consultation")), "Survey of residents", "community", "Survey")
    assert rests_on_none(window) == ["P1", "P2"]
    press(qtbot, window, Key.Key_PageDown, CTRL)
    assert view_of(window).current() == "you-said-we-did"
    page = cast("RegisterPage", view_of(window).page("you-said-we-did"))
    typed_row(page, "Fewer burglaries", "12", "changed", "It has a target")
    page.grid.select(page.model.rows[0].key, "text")
    page.grid.setFocus()

    def find(picker: LinkPicker) -> None:
        QTest.keyClicks(picker.box, "P1.1")
        for _ in range(2):
            QTest.keyClick(picker.box, Key.Key_Return)

    with in_dialog(qtbot, LinkPicker, find):
        press(qtbot, window, Key.Key_J, CTRL)
    (row,) = signals.read(consulted.findings)
    assert (row.text, row.number, row.answer, row.done) == ("Fewer burglaries", 12, "changed", "It has a target")
    assert [other.ref for other in row.bears_on] == ["P1.1"]
    assert rests_on_none(window) == ["P2"]
    turn_to(qtbot, window, Key.Key_2, "asked")
    law = cast("AskedPage", view_of(window).page("asked"))
    law.bring_in.trigger()
    fourth = law.model.rows[3].key
    law.grid.select(fourth, "answered_in")
    law.grid.setFocus()
    type_text("consultation")
    key(Key.Key_Return)
    assert (law.row(fourth).item.code, law.row(fourth).item.state) == ("PP4", "answered")
    law.grid.select(fourth, "answered_in")
    key(Key.Key_Return)
    assert view_of(window).current() == "consultation"
    while content(window) != before:
        assert signals.workspace.undo_label
        press(qtbot, window, Key.Key_Z, CTRL)
