"""A year's end by keyboard: forty decisions one by one, the rest as proposed, rolled over, and undone in one.

All keys are counted, letters too, and held against those of the same in a spreadsheet by the procedure of
docs/year-turned.md, which is worked out and not measured.
"""

from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from spp_desktop.store import queries
from spp_desktop.ui.delivery.page import DeliveryPage
from spp_desktop.ui.turning.year_end_page import YearEndPage
from tests.flows.conftest import Opener
from tests.flows.hands import ALT, CTRL, in_dialog, to_front, turn_to, view_of
from tests.flows.test_hands_journeys import Fingers

Key = Qt.Key
OTHERWISE = {
    4: ("closed", ""),
    7: ("dropped", "No money for it"),
    12: ("split", "Two posts do it"),
    15: ("merged", "One post leads both"),
    19: ("changed", "The strategy is written"),
    23: ("dropped", "Another force does it"),
    27: ("closed", ""),
    30: ("due", "30/06/2009"),
    38: ("due", "30/06/2009"),
}
"""What is decided otherwise than proposed, by the number of the row among the forty; with the reason, or the date."""
DECIDED = 40
DATE, CARRIED = len("30/06/09"), len("c/f")
KEPT = CARRIED + 2 + 1 + DATE + 1
"""In the column of statuses: "c/f", Tab, Delete the per cent, Tab, the date a year later, Enter."""
IN_A_SPREADSHEET = {
    "kept": KEPT,
    "due": KEPT,
    "closed": 2,  # Shift+Space, Ctrl+-
    "dropped": 2,  # the same; why is lost
    "split": 8 + 2 * (2 + len("Do the first half") + 1) + 2 * KEPT,  # a row inserted and copied, words and dates typed
    "merged": 2 + 7 + 3 + len(" (with 1.16)") + 1,  # its row deleted, the other found, a note typed there
    "changed": KEPT + 2 + len("Do it in all units") + 1,
}
"""Keys of each in a spreadsheet, by the procedure of docs/year-turned.md."""
BEGIN_A_SHEET = 8 + len("2009-10")
"""Keys that copy the sheet and name the copy."""


def test_forty_decisions_by_keys_are_fewer_than_in_a_spreadsheet(qtbot: QtBot, opener: Opener, worked: Path) -> None:
    window = opener(worked)
    view, fingers = view_of(window), Fingers()
    turn_to(qtbot, window, Key.Key_3, "year-end")
    fingers.keys += 2
    page = cast("YearEndPage", view.page("year-end"))
    qtbot.waitUntil(page.grid.hasFocus)
    spreadsheet = BEGIN_A_SHEET
    for number in range(DECIDED):
        what, words = OTHERWISE.get(number, ("", ""))
        current = page.grid.current()
        assert current is not None
        fate = current[0].fate
        decide(fingers, page, what, words)
        row = next(row for row in page.model.rows if row.key == current[0].key)
        assert row.decided
        assert row.fate == {"": fate, "due": "kept"}.get(what, what)
        spreadsheet += IN_A_SPREADSHEET[what or fate]
    assert page.state.text().startswith(f"{DECIDED} of ")
    keys = fingers.keys + fingers.letters
    fingers.key(Key.Key_A, CTRL)
    fingers.key(Key.Key_Space)
    assert page.roll.isEnabled()

    with in_dialog(qtbot, QMessageBox, lambda _: fingers.key(Key.Key_R, ALT)):
        fingers.key(Key.Key_O, ALT)
    to_front(qtbot, window)
    assert view.current() == "delivery"
    assert view.shown_year() == 2009
    told = (Path(__file__).parents[2] / "docs" / "year-turned.md").read_text(encoding="utf-8")
    assert f"{keys} keys" in told
    assert f"{spreadsheet} keys" in told
    rows = view.signals.read(queries.activities, 2009)
    assert {"Do the first half", "Do the second half", "Do it in all units"} <= {row.text for row in rows}

    half = next(row for row in rows if row.text == "Do the first half")
    view.go_to("activity", half.key)
    tree = cast("DeliveryPage", view.page("delivery")).panel.links.lineage.tree
    came_from = tree.topLevelItem(0)
    assert came_from is not None
    line = came_from.child(0)
    assert line is not None
    tree.setCurrentItem(line)
    QTest.keyClick(tree, Key.Key_Return)
    shown = cast("DeliveryPage", view.page("delivery")).current()
    assert shown is not None
    assert (view.shown_year(), shown.year, shown.ref) == (2008, 2008, half.ref)

    window.undo()
    assert view.signals.read(queries.plan).first_year == 2008
    assert not view.signals.read(queries.activities, 2009)
    view.show_page("year-end")
    assert page.state.text() == f"{len(page.model.rows)} of {len(page.model.rows)} decided"


def decide(fingers: Fingers, page: YearEndPage, what: str, words: str) -> None:
    """Decide of the current row: as proposed, or otherwise, with what that asks for."""
    if what == "due":
        for _ in range(3):
            fingers.key(Key.Key_Right)
        fingers.type(words)
        fingers.key(Key.Key_Return)
        fingers.key(Key.Key_F7)
        return
    letters = {"": Key.Key_Space, "closed": Key.Key_C, "dropped": Key.Key_D, "split": Key.Key_S, "merged": Key.Key_M}
    fingers.key(letters.get(what, Key.Key_G))
    if what == "split":
        fingers.type("Do the first half")
        fingers.key(Key.Key_Return)
        fingers.type("Do the second half")
        fingers.key(Key.Key_Return, CTRL)
    elif what == "changed":
        fingers.type("Do it in all units")
        fingers.key(Key.Key_Return)
    elif what == "merged":
        fingers.type("1.01")
        fingers.key(Key.Key_Return)
    if what in {"dropped", "split", "merged", "changed"}:
        fingers.type(words)
        fingers.key(Key.Key_Return)
