"""Journeys along the golden thread, in the window and by keys alone."""

from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from spp_desktop.store import gaps, queries, threads
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.delivery.page import DeliveryPage
from spp_desktop.ui.performance.new_indicator import NewIndicatorDialog
from spp_desktop.ui.performance.page import PerformancePage
from spp_desktop.ui.thread.gaps_page import GapsPage
from spp_desktop.ui.thread.picker import LinkPicker
from spp_desktop.ui.window.main_window import MainWindow
from tests.flows.conftest import Opener
from tests.flows.hands import CTRL, SHIFT, content, in_dialog, key, press, to_front, turn_to, type_text, view_of

Key = Qt.Key


def gap_refs(window: MainWindow, name: str) -> list[str]:
    return [gap.row.ref for gap in view_of(window).signals.read(gaps.gaps) if gap.kind.name == name]


def test_ten_activities_are_linked_to_commitments_without_the_mouse(
    qtbot: QtBot, opener: Opener, published: Path
) -> None:
    window = opener(published)
    window.show_page("delivery")
    page = cast("DeliveryPage", view_of(window).page("delivery"))
    before = content(window)
    first = page.visible_keys()[0]
    page.grid.select(first, "ref")
    page.grid.setFocus()
    for _ in range(9):
        key(Key.Key_Down, SHIFT)

    def find(picker: LinkPicker) -> None:
        """By words, then by a reference, then all at once."""
        QTest.keyClicks(picker.box, "causes of violent crime")
        QTest.keyClick(picker.box, Key.Key_Return)
        QTest.keyClicks(picker.box, "P1.2.1; 1.2.2")
        QTest.keyClick(picker.box, Key.Key_Return)
        assert picker.taken.text().splitlines()[0] == "Will be linked (3):"
        QTest.keyClick(picker.box, Key.Key_Return)

    with in_dialog(qtbot, LinkPicker, find):
        press(qtbot, window, Key.Key_J, CTRL)
    assert view_of(window).signals.workspace.undo_label == "link 10 activities to P1.1.2, P1.2.1 and P1.2.2"
    rows = {row.ref: row for row in view_of(window).signals.read(queries.activities, 2008)}
    assert [len(rows[f"1.{n:02}"].serves) for n in range(1, 12)] == [3] * 10 + [0]
    assert len(gap_refs(window, "activity for nothing")) == 101
    assert len(gap_refs(window, "commitment nobody serves")) == 113
    press(qtbot, window, Key.Key_Z, CTRL)
    assert content(window) == before


def test_references_are_pasted_from_a_spreadsheet(qtbot: QtBot, opener: Opener, published: Path) -> None:
    window = opener(published)
    window.show_page("delivery")
    page = cast("DeliveryPage", view_of(window).page("delivery"))
    page.grid.setColumnHidden(page.model.column_of("serves"), False)
    page.grid.select(page.visible_keys()[0], "serves")
    page.grid.setFocus()
    QApplication.clipboard().setText("P1.1.1, P1.2.2\nP1.1.2; 1.3.1\n")
    to_front(qtbot, window)
    key(Key.Key_V, CTRL)
    shown = [page.model.columns[page.model.column_of("serves")].show(row) for row in page.model.rows[:3]]
    assert shown == ["P1.1.1; P1.2.2", "P1.1.2; P1.3.1", ""]
    page.grid.select(page.visible_keys()[2], "serves")
    page.grid.setFocus()
    for letter in "P9.9":
        type_text(letter)
    key(Key.Key_Return)
    assert "has the reference “P9.9”" in page.sentence.text()
    key(Key.Key_Escape)
    key(Key.Key_Z, CTRL)
    assert page.model.rows[0].serves == ()


def test_counter_terrorism_has_no_indicator_until_one_is_added_and_linked(
    qtbot: QtBot, opener: Opener, worked: Path
) -> None:
    window = opener(worked)
    turn_to(qtbot, window, Key.Key_2, "gaps")
    page = cast("GapsPage", view_of(window).page("gaps"))
    assert gap_refs(window, "priority without indicator") == ["P3", "P5", "P7"]
    page.focus_filter()
    QTest.keyClicks(page.filter, "terrorism")
    QTest.keyClick(page.filter, Key.Key_Return)
    terrorism = page.model.visible_keys()[0]
    page.select(terrorism)
    assert page.panel.heading.text() == "P3: no indicator"
    assert "No indicator measures it" in page.panel.about.text()
    turn_to(qtbot, window, Key.Key_4, "performance")
    performance = cast("PerformancePage", view_of(window).page("performance"))
    performance.grid.select(performance.model.visible_keys()[0], "title")

    def name(dialog: NewIndicatorDialog) -> None:
        """Say what is measured, and which way is better."""
        QTest.keyClicks(dialog.title, "Suspected radicalisation referred to a partner")
        dialog.ways["higher"].setChecked(True)
        dialog.answer()

    with in_dialog(qtbot, NewIndicatorDialog, name):
        performance.grid.does.insert_row()
    to_front(qtbot, window)
    added = performance.grid.current()
    assert added is not None
    assert "PI23" in gap_refs(window, "indicator for nothing")

    def link(picker: LinkPicker) -> None:
        """The new indicator measures the priority."""
        QTest.keyClicks(picker.box, "threat of terrorism")
        QTest.keyClick(picker.box, Key.Key_Return)
        QTest.keyClick(picker.box, Key.Key_Return)

    with in_dialog(qtbot, LinkPicker, link):
        press(qtbot, window, Key.Key_J, CTRL)
    assert gap_refs(window, "priority without indicator") == ["P5", "P7"]
    assert gap_refs(window, "indicator for nothing") == ["PI16"]
    turn_to(qtbot, window, Key.Key_2, "gaps")
    assert terrorism not in page.model.visible_keys()
    measured = view_of(window).signals.read(threads.links_of, terrorism)
    assert [(each.words, each.row.ref) for each in measured][:1] == [("is measured by", "PI23")]
    window.close()
    with Workspace.open(worked, read_only=True) as again:
        assert "PI23" in {row.ref for row in again.read(queries.indicators)}


def test_what_is_linked_already_is_said(qtbot: QtBot, opener: Opener, published: Path) -> None:
    window = opener(published)
    window.show_page("delivery")
    page = cast("DeliveryPage", view_of(window).page("delivery"))
    page.grid.select(page.visible_keys()[0], "text")
    said: list[str] = []

    def link_home(picker: LinkPicker) -> None:
        """Ask for the priority that the activity stands under."""
        QTest.keyClicks(picker.box, "P1")
        QTest.keyClick(picker.box, Key.Key_Return)
        QTest.keyClick(picker.box, Key.Key_Return)
        said.append(picker.said.text())
        QTest.keyClick(picker, Key.Key_Escape)

    def link_once(picker: LinkPicker) -> None:
        QTest.keyClicks(picker.box, "P1.2.1")
        QTest.keyClick(picker.box, Key.Key_Return)
        QTest.keyClick(picker.box, Key.Key_Return)

    with in_dialog(qtbot, LinkPicker, link_once):
        press(qtbot, window, Key.Key_J, CTRL)
    with in_dialog(qtbot, LinkPicker, link_home):
        press(qtbot, window, Key.Key_J, CTRL)
    to_front(qtbot, window)
    page.panel.links.line.setText("P1.2.1")
    page.panel.links.line.setFocus()
    key(Key.Key_Return)
    assert said == ["Activity 1.01 and P1 are linked already. Nothing was changed."]
    assert page.panel.sentence.text() == "Activity 1.01 and P1.2.1 are linked already. Nothing was changed."
