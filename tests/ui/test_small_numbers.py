"""How small numbers are shown is said by keys, from the dialog of the public edition."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from spp_desktop.plan.disclosures import SmallNumbers, SmallNumbersException
from spp_desktop.store import queries
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.documents.small_numbers_dialog import SmallNumbersDialog

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def dialog(qtbot: QtBot, workspace: Workspace) -> Iterator[SmallNumbersDialog]:
    """The dialog on the small plan."""
    made = SmallNumbersDialog(PlanSignals(workspace))
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    made.close()


def test_a_table_is_chosen_a_limit_kept_an_exception_made_and_all_taken_back(
    qtbot: QtBot, dialog: SmallNumbersDialog, workspace: Workspace
) -> None:
    assert dialog.said.toPlainText().startswith("Nothing was said")
    QTest.keyClicks(dialog.table, "R1")
    assert dialog.table.currentText() == "R1 Most serious violence"
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert "Say who decided it" in dialog.refusal.text()
    QTest.keyClick(dialog, Qt.Key.Key_B, ALT)
    QTest.keyClicks(dialog.by, "Head of planning")
    QTest.keyClick(dialog, Qt.Key.Key_N, ALT)
    QTest.keyClick(dialog.number, Qt.Key.Key_Up)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert not dialog.refusal.isVisible()
    assert "R1 Most serious violence: persons; under 6 as [c] (Head of planning" in dialog.said.toPlainText()
    QTest.keyClick(dialog, Qt.Key.Key_O, ALT)
    QTest.keyClicks(dialog.cell, "April 2008")
    QTest.keyClick(dialog, Qt.Key.Key_W, ALT)
    QTest.keyClicks(dialog.reason, "Known from the courts.")
    QTest.keyClick(dialog, Qt.Key.Key_H, ALT)
    qtbot.waitUntil(lambda: "the same: April 2008: Known from the courts." in dialog.said.toPlainText())
    QTest.keyClick(dialog, Qt.Key.Key_S, ALT)
    QTest.keyClick(dialog.method, Qt.Key.Key_End)
    assert not dialog.number.isEnabled()
    QTest.keyClick(dialog, Qt.Key.Key_T, ALT)
    qtbot.waitUntil(lambda: dialog.said.toPlainText().startswith("Nothing was said"))
    assert not any(workspace.read(queries.register, model) for model in (SmallNumbers, SmallNumbersException))
    assert workspace.undo_label == "take back what was said of small numbers"
