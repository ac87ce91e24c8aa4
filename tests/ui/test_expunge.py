"""The dialog that removes a word for good, by keys: it looks first, and removes only what it has looked for."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.window.expunge import ExpungeDialog
from tests.store.conftest import sql


def test_a_word_is_looked_for_and_removed_by_keys(qtbot: QtBot, workspace: Workspace) -> None:
    workspace.edit("ask", sql, "UPDATE activity SET text = 'Ask Quillfeather' WHERE ref = '1.01'")
    workspace.back_up("on request")
    dialog = ExpungeDialog(workspace)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.word.setFocus()
    assert not dialog.remove_button.isEnabled()
    QTest.keyClicks(dialog.word, "Quillfeather")
    QTest.keyClick(dialog.word, Qt.Key.Key_Return)  # it looks, and does no more
    assert dialog.places.toPlainText().startswith("activity “1.01”")
    assert dialog.delete_versions.isVisible()
    dialog.remove_button.setFocus()
    QTest.keyClick(dialog.remove_button, Qt.Key.Key_Space)
    assert dialog.notice.text().startswith("Say why")
    assert dialog.focusWidget() is dialog.reason
    QTest.keyClicks(dialog.reason, "asked to")
    QTest.keyClick(dialog.remove_button, Qt.Key.Key_Space)
    assert dialog.result() == ExpungeDialog.DialogCode.Accepted
    assert dialog.told.startswith("Removed from 1 cell of 1 row")
    assert dialog.told.endswith("1 earlier version of the plan still holds it.")
    assert workspace.history()[0].kind == "expunged"


def test_another_word_is_looked_for_anew(qtbot: QtBot, workspace: Workspace) -> None:
    dialog = ExpungeDialog(workspace)
    qtbot.addWidget(dialog)
    dialog.word.setText("serious")
    dialog.look()
    assert dialog.remove_button.isEnabled()
    dialog.word.setText("serious harm")
    assert not dialog.remove_button.isEnabled()
    dialog.word.setText("nobody")
    dialog.look()
    assert dialog.notice.text().startswith("It stands nowhere")
    assert not dialog.remove_button.isEnabled()


def test_it_is_stopped_while_it_looks_and_while_it_removes_and_the_plan_is_as_it_was(
    qtbot: QtBot, workspace: Workspace
) -> None:
    workspace.edit("ask", sql, "UPDATE activity SET text = 'Ask Quillfeather' WHERE ref = '1.01'")
    dialog = ExpungeDialog(workspace)
    qtbot.addWidget(dialog)
    dialog.show()
    QTest.keyClicks(dialog.word, "Quillfeather")
    steps, before = len(workspace.history()), workspace.path.read_bytes()

    def stop() -> None:
        assert dialog.cancel.text() == "Stop"
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    QTimer.singleShot(0, stop)
    dialog.look()
    assert dialog.notice.text() == "You stopped it. Nothing was removed."
    assert not dialog.remove_button.isEnabled()
    dialog.look()
    dialog.reason.setText("asked to")
    QTimer.singleShot(0, stop)
    dialog.remove()
    assert (dialog.notice.text(), dialog.isVisible()) == ("You stopped it. Nothing was removed.", True)
    assert (len(workspace.history()), workspace.path.read_bytes()) == (steps, before)
    assert dialog.remove_button.isEnabled()
    dialog.remove()
    assert workspace.history()[0].kind == "expunged"
