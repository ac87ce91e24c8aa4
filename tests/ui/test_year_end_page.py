"""The page of a year's end by real keys: decided by letters, words and reasons asked for, taken back, rolled over."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from spp_desktop.edits import delivery
from spp_desktop.plan.delivery import Status
from spp_desktop.store import queries
from spp_desktop.store.turned import from_to
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.turning import year_end_page
from spp_desktop.ui.turning.year_end_page import YearEndPage

Key, Mod = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def signals(workspace: Workspace) -> Iterator[PlanSignals]:
    """The small plan: 1.01 is withdrawn without a reason, 1.02 complete."""
    statuses = {row.title: row.id for row in workspace.read(queries.register, Status)}
    for ref, status, reason in (("1.01", "Withdrawn", "x"), ("1.02", "Complete", "")):
        key = next(row.key for row in workspace.read(queries.activities) if row.ref == ref)
        cells = [(key, "status_id", statuses[status]), (key, "reason", reason)]
        workspace.edit("status", delivery.set_cells, cells)
    opened = PlanSignals(workspace)
    yield opened
    opened.stop()


@pytest.fixture
def page(qtbot: QtBot, signals: PlanSignals) -> YearEndPage:
    made = YearEndPage(signals)
    qtbot.addWidget(made)
    made.resize(1300, 700)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.grid.setFocus()
    return made


def press(page: YearEndPage, *keys: Qt.Key, mod: Qt.KeyboardModifier = Mod.NoModifier) -> None:
    for key in keys:
        QTest.keyClick(page.grid, key, mod)


def decided(page: YearEndPage) -> dict[str, str]:
    return {row.proposal.ref: row.fate for row in page.model.rows if row.decided}


def test_letters_decide_and_lead_on_to_what_is_left(page: YearEndPage, signals: PlanSignals, qtbot: QtBot) -> None:
    assert [row.fate for row in page.model.rows] == ["dropped", "closed", "kept", "kept"]
    assert page.state.text() == "0 of 4 decided"
    assert not page.roll.isEnabled()
    press(page, Key.Key_Space, Key.Key_Space)
    assert decided(page) == {"1.01": "dropped", "1.02": "closed"}
    current = page.grid.current()
    assert current is not None
    assert current[0].proposal.ref == "2.01"
    press(page, Key.Key_D)
    qtbot.waitUntil(page.panel.reason.hasFocus)
    QTest.keyClick(page.panel.reason, Key.Key_Return)
    assert "Say why the activity “2.01”" in page.sentence.text()
    QTest.keyClicks(page.panel.reason, "No money")
    QTest.keyClick(page.panel.reason, Key.Key_Return)
    assert decided(page)["2.01"] == "dropped"
    assert signals.workspace.undo_label == "drop: 2.01"
    assert page.grid.hasFocus()
    press(page, Key.Key_K)
    assert page.state.text() == "4 of 4 decided"
    assert page.sentence.text() == year_end_page.NOTHING_LEFT
    assert page.roll.isEnabled()
    page.select(next(row.key for row in page.model.rows if row.proposal.ref == "2.01"))
    press(page, Key.Key_U)
    assert page.state.text() == "3 of 4 decided"
    signals.workspace.undo()
    assert page.state.text() == "4 of 4 decided"


def test_words_splits_and_merges_are_asked_for_in_the_panel(page: YearEndPage, qtbot: QtBot) -> None:
    panel = page.panel
    page.grid.select(next(row.key for row in page.model.rows if row.proposal.ref == "2.01"), "fate")
    press(page, Key.Key_S)
    qtbot.waitUntil(panel.texts.hasFocus)
    panel.texts.setPlainText("Do this\nDo that")
    QTest.keyClick(panel.texts, Key.Key_Return, Mod.ControlModifier)
    QTest.keyClicks(panel.reason, "Two posts")
    QTest.keyClick(panel.reason, Key.Key_Return)
    row = next(row for row in page.model.rows if row.proposal.ref == "2.01")
    assert (row.fate, row.becomes, row.reason) == ("split", "Do this\nDo that", "Two posts")
    page.grid.select(row.key, "fate")
    press(page, Key.Key_G)
    assert panel.texts.toPlainText() == "Do this\nDo that"
    panel.texts.setPlainText("Do it otherwise")
    QTest.keyClick(panel.texts, Key.Key_Return)
    QTest.keyClick(panel.reason, Key.Key_Return)
    row = next(row for row in page.model.rows if row.proposal.ref == "2.01")
    assert (row.fate, row.becomes) == ("changed", "Do it otherwise")
    page.grid.select(next(row.key for row in page.model.rows if row.proposal.ref == "1.02"), "fate")
    press(page, Key.Key_M)
    qtbot.waitUntil(panel.finder.box.hasFocus)
    QTest.keyClicks(panel.finder.box, "2.01")
    QTest.keyClick(panel.finder.box, Key.Key_Return)
    qtbot.waitUntil(panel.reason.hasFocus)
    QTest.keyClicks(panel.reason, "One post")
    QTest.keyClick(panel.reason, Key.Key_Return)
    merged = next(row for row in page.model.rows if row.proposal.ref == "1.02")
    assert (merged.fate, merged.becomes) == ("merged", "2.01 Do what 2.01 says")
    page.grid.select(merged.key, "fate")
    press(page, Key.Key_Down, mod=Mod.ShiftModifier)
    press(page, Key.Key_G)
    assert page.sentence.text() == year_end_page.ONE_ROW
    press(page, Key.Key_D)
    assert panel.question.text() == "2 rows are dropped: why?"
    QTest.keyClicks(panel.reason, "No mon")
    page.grid.select(merged.key, "fate")  # what is typed stays, whatever else is looked at
    assert panel.reason.text() == "No mon"
    assert not page.commit_pending()
    QTest.keyClick(panel.reason, Key.Key_Escape)
    assert panel.asking is None
    assert page.commit_pending()
    assert page.grid.hasFocus()
    press(page, Key.Key_Down, mod=Mod.ShiftModifier)
    press(page, Key.Key_Return)
    assert page.sentence.text() == year_end_page.ONE_FATE


def test_cells_are_typed_and_chips_narrow(page: YearEndPage, signals: PlanSignals) -> None:
    key = next(row.key for row in page.model.rows if row.proposal.ref == "2.01")
    page.grid.select(key, "reason")
    QTest.keyClicks(page.grid, "K")
    editor = page.grid.delegate.editor()
    assert editor is not None
    QTest.keyClicks(editor, "ept for the summer")
    QTest.keyClick(editor, Key.Key_Return)
    (entry,) = signals.read(from_to)
    assert (entry.fate, entry.reason) == ("kept", "Kept for the summer")
    chip = page.chips._chips["undecided"]
    assert chip.text() == "Undecided 3"
    chip.click()
    assert page.filter.text() == "fate:undecided"
    assert page.model.matching() == 3


def test_all_is_accepted_and_rolled_over_in_one_step(
    page: YearEndPage, signals: PlanSignals, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def answer(_page: object, _sentence: str, _verb: str, *, detail: str) -> bool:
        asked.append(detail)
        return True

    monkeypatch.setattr(year_end_page, "ask", answer)
    press(page, Key.Key_A, mod=Mod.ControlModifier)
    press(page, Key.Key_Space)
    assert page.state.text() == "4 of 4 decided"
    with qtbot.waitSignal(page.turned) as turned:
        QTest.keyClick(page, Key.Key_O, Mod.AltModifier)
    assert turned.args == [2009]
    assert asked == [
        "Rolling over to 2009-2010: of 3 activities 1 kept, 1 closed and 1 dropped; of 1 indicator 1 kept. The plan's "
        "years are 2009-2012 then. It is one step, and undone in one (Ctrl+Z)."
    ]
    assert page.year == 2009
    assert [row.proposal.ref for row in page.model.rows][:1] == ["2.01"]
    signals.workspace.undo()
    assert page.year == 2008
    assert page.state.text() == "4 of 4 decided"
