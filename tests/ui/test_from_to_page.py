"""The page of the from-to table by real keys: a line made by hand, its lineage followed, and taken back."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from spp_desktop.store import threads
from spp_desktop.store.turned import from_to
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.turning.from_to_dialog import FromToDialog
from spp_desktop.ui.turning.from_to_page import FromToPage

Key, Mod = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def signals(workspace: Workspace) -> Iterator[PlanSignals]:
    opened = PlanSignals(workspace)
    yield opened
    opened.stop()


@pytest.fixture
def page(qtbot: QtBot, signals: PlanSignals) -> FromToPage:
    made = FromToPage(signals)
    qtbot.addWidget(made)
    made.resize(1300, 700)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def test_a_line_is_made_by_keys_followed_and_taken_back(page: FromToPage, signals: PlanSignals, qtbot: QtBot) -> None:
    QTest.keyClick(page, Key.Key_J, Mod.ControlModifier)
    qtbot.waitUntil(lambda: bool(page.findChildren(FromToDialog)))
    (dialog,) = page.findChildren(FromToDialog)
    QTest.keyClicks(dialog.row.box, "2.01")
    QTest.keyClick(dialog.row.box, Key.Key_Return)
    QTest.keyClick(dialog.row.box, Key.Key_Return)
    qtbot.waitUntil(dialog.fate.hasFocus)
    QTest.keyClicks(dialog.fate, "merged")
    QTest.keyClicks(dialog.into.box, "1.0")
    QTest.keyClick(dialog.into.box, Key.Key_Down)
    QTest.keyClick(dialog.into.box, Key.Key_Return)
    QTest.keyClick(dialog.into.box, Key.Key_Return)
    assert dialog.refusal.text() == "In the from-to entry “2.01 Do what 2.01 says” nothing says why."
    QTest.keyClicks(dialog.reason, "One post leads both")
    QTest.keyClick(dialog.reason, Key.Key_Return, Mod.ControlModifier)
    qtbot.waitUntil(lambda: page.line() is not None)
    assert signals.workspace.undo_label == "say that activity 2.01 is merged with another"
    row = page.line()
    assert row is not None
    assert (row.called, row.becomes) == ("2.01 Do what 2.01 says", "1.02 Do what 1.02 says")
    head = page.panel.lineage.tree.topLevelItem(0)
    assert head is not None
    line = head.child(0)
    assert line is not None
    assert line.text(0) == "1.02 (2008-2009), merged: One post leads both\nDo what 1.02 says"
    known = {each.ref: each.key for each in signals.read(threads.rows).values()}
    page.panel.lineage.tree.setCurrentItem(line)
    with qtbot.waitSignal(page.went) as went:
        QTest.keyClick(page.panel.lineage.tree, Key.Key_Return)
    assert went.args == ["activity", known["1.02"]]
    page.panel.lineage.show_row(known["1.02"])
    back = page.panel.lineage.tree.topLevelItem(0)
    assert back is not None
    assert back.text(0) == "Came from"
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    QTest.keyClick(page, Key.Key_T, Mod.AltModifier)
    qtbot.waitUntil(lambda: signals.read(from_to) == [])
    assert "Nothing is said yet" in page.empty_text.text()
