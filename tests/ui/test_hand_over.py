"""Hand over a portfolio, by keys: from whom, to whom, why, and what is unticked stays."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from spp_desktop.edits import delivery, registers
from spp_desktop.plan.posts import Post
from spp_desktop.store import portfolios, queries
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.monitoring.hand_over_dialog import HandOverDialog

Key, Alt = Qt.Key, Qt.KeyboardModifier.AltModifier


def test_a_portfolio_is_handed_over_by_keys(qtbot: QtBot, workspace: Workspace) -> None:
    workspace.edit("set the day", registers.set_plan, as_at=date(2008, 11, 1))
    for title in ("Crime", "Operations"):
        workspace.edit("add", registers.add, Post, title=title)
    posts = {title: key for key, title in workspace.read(portfolios.posts)}
    for row in workspace.read(queries.activities):
        workspace.edit("own", delivery.set_owners, row.key, [posts["Crime"]])
    signals = PlanSignals(workspace)
    dialog = HandOverDialog(signals)
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    QTest.keyClicks(dialog.post, "Crime")
    QTest.keyClicks(dialog.to, "Operations")
    assert dialog.done_button.text() == "&Hand over 3 rows"
    dialog.rows.table.setFocus()
    QTest.keyClick(dialog.rows.table, Key.Key_Space)
    assert dialog.done_button.text() == "&Hand over 2 rows"
    QTest.keyClick(dialog, Key.Key_H, Alt)
    qtbot.waitUntil(dialog.refusal.isVisible)
    assert dialog.refusal.text().startswith("Say why")
    QTest.keyClicks(dialog.reason, "Portfolios were arranged anew")
    QTest.keyClick(dialog.reason, Key.Key_Return)
    qtbot.waitUntil(dialog.isHidden)
    owners = sorted(row.owners for row in workspace.read(queries.activities))
    assert owners == [("Crime",), ("Operations",), ("Operations",)]
    assert workspace.history()[0].label == "hand over 2 rows from Crime to Operations"
    signals.stop()
