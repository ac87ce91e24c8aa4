"""An activity is moved to another level of the plan, and milestones are due in periods, by keys alone."""

from pathlib import Path
from typing import cast

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from spp_desktop.plan.kinds import LastDay
from spp_desktop.store import gaps, queries
from spp_desktop.ui.delivery.page import DeliveryPage
from spp_desktop.ui.priorities.page import PrioritiesPage
from spp_desktop.ui.review.dialog import ReviewDialog
from tests.flows.conftest import Opener
from tests.flows.hands import CTRL, content, key, press, tab_to, to_front, turn_to, type_text, view_of
from tests.flows.test_returns_journeys import activity, issue_all, receive

Key = Qt.Key


def test_an_activity_moves_to_a_commitment_and_closes_its_gap(qtbot: QtBot, opener: Opener, published: Path) -> None:
    window = opener(published)
    turn_to(qtbot, window, Key.Key_3, "delivery")
    page = cast("DeliveryPage", view_of(window).page("delivery"))
    before = content(window)
    page.grid.setColumnHidden(page.model.column_of("stands_under"), False)
    page.grid.select(activity(window, "1.01").key, "stands_under")
    page.grid.setFocus()
    to_front(qtbot, window)
    type_text("P2.1.1")
    key(Key.Key_Return)
    moved = activity(window, "1.01")
    tree = view_of(window).signals.read(queries.priority_tree)
    commitment = tree[1].children[0].children[0]
    assert (moved.home_key, moved.priority_key) == (commitment.key, tree[1].key)
    assert commitment.key not in [gap.row.key for gap in view_of(window).signals.read(gaps.gaps)]
    column = page.model.columns[page.model.column_of("stands_under")]
    assert column.show(moved).startswith("P2.1.1 ")

    turn_to(qtbot, window, Key.Key_2, "priorities")
    levels = cast("PrioritiesPage", view_of(window).page("priorities"))
    assert levels.select(commitment.key)
    assert levels.panel.activities.count() == 1
    press(qtbot, window, Key.Key_Z, CTRL)
    assert content(window) == before
    turn_to(qtbot, window, Key.Key_2, "priorities")
    assert levels.panel.activities.count() == 0


def test_a_milestone_due_in_a_quarter_goes_out_and_comes_back(
    qtbot: QtBot, opener: Opener, worked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opener(worked)
    turn_to(qtbot, window, Key.Key_3, "delivery")
    page = cast("DeliveryPage", view_of(window).page("delivery"))
    before = content(window)
    page.grid.select(activity(window, "1.01").key, "ref")
    page.grid.setFocus()
    press(qtbot, window, Key.Key_F6)
    table = page.panel.milestones
    tab_to(table.grid)
    key(Key.Key_Home, CTRL)
    key(Key.Key_End, CTRL)
    key(Key.Key_Home)
    key(Key.Key_Tab)
    type_text("Q3 2009-10")
    key(Key.Key_Backtab)
    step = table.current()
    assert step.due == LastDay(2009, 12, 31, "quarter")
    assert table.model.columns[table.model.column_of("due")].show(step) == "Q3 2009-10"

    book = next(file for file in issue_all(qtbot, window) if "ACC Crime" in file.name)
    opened = openpyxl.load_workbook(book)
    sheet = opened["Milestones"]
    cells = {str(cell.value): cell for row in sheet.iter_rows() for cell in row if cell.value is not None}
    row = next(
        row for row in sheet.iter_rows() if step.title in [c.value for c in row] and "1.01" in [c.value for c in row]
    )
    assert row[cells["Due"].column - 1].value == "Q3 2009-10"
    row[cells["Forecast date"].column - 1].value = "Jan 2010"
    row[cells["Why it moves"].column - 1].value = "The hall is let"  # its date has moved before
    opened.save(book)

    def accept(dialog: ReviewDialog) -> None:
        QTest.keyClick(dialog, Key.Key_Return, CTRL)

    receive(qtbot, window, [book], monkeypatch, accept)
    (now,) = [each for each in view_of(window).signals.read(queries.milestones) if each.key == step.key]
    assert (now.due, now.forecast) == (LastDay(2009, 12, 31, "quarter"), LastDay(2010, 1, 31, "month"))
    shown = next(each for each in table.model.rows if each.key == step.key)
    assert table.model.columns[table.model.column_of("forecast")].show(shown) == "January 2010"
    press(qtbot, window, Key.Key_Z, CTRL)
    press(qtbot, window, Key.Key_Z, CTRL)
    assert content(window) == before
