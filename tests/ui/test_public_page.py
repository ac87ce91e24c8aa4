"""The page of what may be public by real keys: released, withheld with a reason, taken back, and what changed since."""

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from spp_desktop.edits import rows
from spp_desktop.plan.delivery import Activity
from spp_desktop.store import disclosed, queries
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.public.decide_dialog import DecideDialog
from spp_desktop.ui.public.page import PublicPage

Key, Mod = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def signals(workspace: Workspace) -> Iterator[PlanSignals]:
    opened = PlanSignals(workspace)
    yield opened
    opened.stop()


@pytest.fixture
def page(qtbot: QtBot, signals: PlanSignals) -> PublicPage:
    made = PublicPage(signals, ("activity", "disclosure"))
    qtbot.addWidget(made)
    made.resize(1300, 700)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.grid.setFocus()
    return made


def keys(signals: PlanSignals) -> dict[str, str]:
    return {row.ref: row.key for row in signals.read(queries.activities)}


def shown(page: PublicPage) -> list[DecideDialog]:
    return [dialog for dialog in page.findChildren(DecideDialog) if dialog.isVisible()]


def asked(page: PublicPage, qtbot: QtBot, letter: Qt.Key) -> DecideDialog:
    """The dialog that a button's letter opens."""
    QTest.keyClick(page, letter, Mod.AltModifier)
    qtbot.waitUntil(lambda: bool(shown(page)))
    return shown(page)[0]


def state(page: PublicPage, key: str) -> str:
    return str(next(row.state for row in page.model.rows if row.key == key))


def test_rows_and_columns_are_released_by_keys(page: PublicPage, signals: PlanSignals, qtbot: QtBot) -> None:
    first, second = (keys(signals)[ref] for ref in ("1.01", "1.02"))
    assert page.select(first)
    QTest.keyClick(page.grid, Key.Key_Down, Mod.ShiftModifier)
    dialog = asked(page, qtbot, Key.Key_L)
    assert dialog.what.text() == "2 items: 1.01 Do what 1.01 says (2008-2009); 1.02 Do what 1.02 says (2008-2009)"
    QTest.keyClicks(dialog.by, "Chief Constable")
    dialog.on.setText("99/99/2008")
    dialog.done_button.click()
    assert dialog.refusal.text().startswith("On: “99/99/2008”")
    dialog.on.put(date(2008, 9, 1))
    dialog.done_button.click()
    assert [state(page, key) for key in (first, second)] == ["released"] * 2
    assert signals.workspace.undo_label == "release 2 items to the public"
    assert page.panel.decision.text() == "Released by Chief Constable on 1 September 2008."
    (step,) = (row.key for row in signals.read(queries.milestones, None, first))
    assert state(page, step) == "with what it is part of"
    page.hide()
    signals.edit("reword", rows.change, Activity, first, text="Otherwise")
    page.show()  # what nobody sees is read again when it is seen
    assert page.select(first)
    assert "activity: “Do what 1.01 says” became “Otherwise”" in page.panel.changes.text()
    page.filter.setText("changed:change")
    qtbot.waitUntil(lambda: page.model.matching() == 1)
    page.clear_filter()
    assert page.select("activity.text")
    page.release.click()
    shown(page)[0].done_button.click()
    assert signals.read(disclosed.released_columns) == {"activity.text"}


def test_what_is_withheld_has_a_reason_and_is_taken_back(page: PublicPage, signals: PlanSignals, qtbot: QtBot) -> None:
    first = keys(signals)["1.01"]
    assert page.select(first)
    dialog = asked(page, qtbot, Key.Key_W)
    dialog.done_button.click()
    assert dialog.refusal.text() == "Say why it is withheld."
    dialog.reason.setText("Tactics")
    dialog.again.setText("1/9/2030")
    dialog.paragraph.setCurrentIndex(7)
    dialog.on.put(date(2008, 9, 1))
    dialog.done_button.click()
    assert not dialog.isVisible()
    (row,) = signals.read(disclosed.disclosures)
    assert (row.reason, row.look_again, row.paragraph, row.due(date(2031, 1, 1))) == (
        "Tactics", date(2030, 9, 1), 7, True,
    )  # fmt: skip
    assert page.show_item("disclosure", row.key)
    assert page.panel.decision.text().endswith("Paragraph 7 of Schedule 12A.")
    page.decided.setChecked(True)
    assert [each.key for each in page.model.rows] == [first]
    with qtbot.waitSignal(page.went) as went:
        QTest.keyClick(page.grid, Key.Key_Return)
    assert went.args == ["activity", first]
    page.withdraw.click()
    assert signals.read(disclosed.disclosures) == []
    assert page.empty_button.text() == "Show all"
    page.empty_button.click()
    assert state(page, first) == "not public"
