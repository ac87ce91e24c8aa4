"""A month's figures from being typed to being answered for, with real keys in a real window."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from spp_desktop.store import measured, queries
from spp_desktop.ui.dialogs.final_changes import FinalChangesDialog
from spp_desktop.ui.dialogs.reason import ReasonDialog
from spp_desktop.ui.main_window import MainWindow
from spp_desktop.ui.tabs.performance import PerformanceTab
from spp_desktop.ui.tabs.results import ResultsTab
from spp_desktop.ui.tabs.results_columns import PERIOD
from tests.flows.conftest import Opener
from tests.flows.hands import ALT, CTRL, NONE, content, in_dialog, key, page_of, press, to_front, type_text

Key = Qt.Key
RESULTS, PERFORMANCE = Key.Key_4, Key.Key_3
APRIL, OCTOBER = 0, 6
WHY = "Recounted by the crime registrar"


def performance_of(window: MainWindow) -> PerformanceTab:
    return cast("PerformanceTab", page_of(window).tab("performance"))


def results_of(window: MainWindow) -> ResultsTab:
    return cast("ResultsTab", page_of(window).tab("results"))


def cell(tab: PerformanceTab | ResultsTab, line: str, field: str) -> str:
    """What a cell says."""
    return str(tab.model.index(tab.model.line_of(line), tab.model.column_of(field)).data())


def said(window: MainWindow, ref: str, field: str) -> str:
    """What the performance plan says of an indicator."""
    tab = performance_of(window)
    return cell(tab, next(row.key for row in tab.model.rows if row.ref == ref), field)


def line_of(tab: ResultsTab, ref: str, part: str = "value") -> str:
    return next(line.key for line in tab.model.rows if (line.ref, line.part) == (ref, part))


def walk_to(tab: ResultsTab, line: str, field: str) -> None:
    """Walk to a cell by the arrow keys, from wherever one is."""
    for _ in range(200):
        here = tab.grid.current()
        assert here is not None
        if here[0].key != line:
            down = tab.model.line_of(here[0].key) < tab.model.line_of(line)
            key(Key.Key_Down if down else Key.Key_Up)
        elif here[1].field != field:
            right = tab.model.column_of(here[1].field) < tab.model.column_of(field)
            key(Key.Key_Right if right else Key.Key_Left)
        else:
            return
    pytest.fail("the cell cannot be reached by arrow keys")


def type_figure(text: str) -> None:
    """Type into the cell one is in: the first letter opens its editor, which takes the rest."""
    for letter in text:
        type_text(letter)
    key(Key.Key_Return)


def me(window: MainWindow) -> str:
    """Who changed the plan last."""
    assert window.workspace is not None
    return window.workspace.history()[0].author


def tab_to(button: QPushButton) -> None:
    """Get to a button of the panel that one is in, by the Tab key alone."""
    for _ in range(40):
        if QApplication.focusWidget() is button:
            return
        key(Key.Key_Tab)
    pytest.fail(f"Tab does not lead to “{button.text()}”")


def test_a_month_s_end(qtbot: QtBot, opener: Opener, worked: Path) -> None:
    window = opener(worked)
    press(qtbot, window, PERFORMANCE, CTRL)
    before = {ref: (said(window, ref, "latest"), said(window, ref, "to_date")) for ref in ("PI01", "PI03", "PI06")}
    assert said(window, "PI06", "latest") == "11.5% p\nSep 2008"
    plan = content(window)
    press(qtbot, window, RESULTS, CTRL)
    tab = results_of(window)
    qtbot.waitUntil(tab.grid.hasFocus)
    here = tab.grid.current()
    assert here is not None
    assert (here[0].ref, here[1].title) == ("PI01", "Oct")
    assert cell(tab, line_of(tab, "PI01"), "total") == "1,554"
    type_figure("310")
    assert cell(tab, line_of(tab, "PI01"), "total") == "1,864"
    walk_to(tab, line_of(tab, "PI03"), f"{PERIOD}{OCTOBER}")
    type_figure("19,500")
    walk_to(tab, line_of(tab, "PI06", "numerator"), f"{PERIOD}{OCTOBER}")
    type_figure("400")
    type_figure("1600")
    assert cell(tab, line_of(tab, "PI06"), f"{PERIOD}{OCTOBER}") == "25.0 p"

    press(qtbot, window, PERFORMANCE, CTRL)
    qtbot.waitUntil(performance_of(window).grid.hasFocus)
    assert said(window, "PI01", "latest") == "310 p\nOct 2008"
    assert (said(window, "PI01", "to_date"), said(window, "PI01", "rag")) == ("1,864", "Red")
    assert said(window, "PI06", "latest") == "25% p\nOct 2008"
    assert all((said(window, ref, "latest"), said(window, ref, "to_date")) != was for ref, was in before.items())

    key(Key.Key_Down)
    key(Key.Key_Return, ALT)
    figures = performance_of(window).panel.figures
    assert figures.isVisible()
    assert figures.sentence.text().startswith("Red: 1,864 recorded crimes April to October 2008 (provisional) against")
    judge_by_hand(qtbot, window)
    assert said(window, "PI01", "rag") == "Green, by override"
    assert WHY in figures.sentence.text()
    assert me(window) in figures.sentence.text()
    tab_to(figures.take_back)
    key(Key.Key_Space)
    assert said(window, "PI01", "rag") == "Red"
    press(qtbot, window, Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: said(window, "PI01", "rag") == "Green, by override")

    entered = content(window)
    for _ in range(5):  # the colour, and four figures
        press(qtbot, window, Key.Key_Z, CTRL)
    assert content(window) == plan
    assert {ref: (said(window, ref, "latest"), said(window, ref, "to_date")) for ref in before} == before
    for _ in range(5):
        press(qtbot, window, Key.Key_Y, CTRL)
    assert content(window) == entered
    window.close()

    again = opener(worked)
    assert content(again) == entered
    assert page_of(again).current() == "performance"
    assert (said(again, "PI01", "latest"), said(again, "PI01", "rag")) == ("310 p\nOct 2008", "Green, by override")


def judge_by_hand(qtbot: QtBot, window: MainWindow) -> None:
    """Give the indicator one is at green, with a reason."""

    def steps(dialog: ReasonDialog) -> None:
        assert not dialog.done_button.isEnabled()
        key(Key.Key_Space)
        key(Key.Key_Tab)
        type_text(WHY)
        key(Key.Key_Tab)
        key(Key.Key_Space)

    key(Key.Key_F6)
    tab_to(performance_of(window).panel.figures.give)
    with in_dialog(qtbot, ReasonDialog, steps):
        key(Key.Key_Space)
    to_front(qtbot, window)


def test_a_final_figure_is_revised(qtbot: QtBot, opener: Opener, worked: Path) -> None:
    window = opener(worked)
    press(qtbot, window, RESULTS, CTRL)
    tab = results_of(window)
    violence = line_of(tab, "PI01")
    qtbot.waitUntil(tab.grid.hasFocus)
    walk_to(tab, violence, f"{PERIOD}{APRIL}")
    before = content(window)

    def leave(dialog: FinalChangesDialog) -> None:
        assert not dialog.change.isEnabled()
        key(Key.Key_Escape)

    with in_dialog(qtbot, FinalChangesDialog, leave):
        type_figure("290")
    assert content(window) == before
    assert cell(tab, violence, f"{PERIOD}{APRIL}") == "281"

    def go_on(dialog: FinalChangesDialog) -> None:
        listed = [item.text() for n in range(4) if (item := dialog.table.item(0, n))]
        assert listed == ["PI01  Reduce serious violence", "April 2008", "281", "290"]
        type_text(WHY)
        key(Key.Key_Return)

    to_front(qtbot, window)
    walk_to(tab, violence, f"{PERIOD}{APRIL}")
    with in_dialog(qtbot, FinalChangesDialog, go_on):
        type_figure("290")
    to_front(qtbot, window)
    assert cell(tab, violence, f"{PERIOD}{APRIL}") == "290 r"
    (row,) = page_of(window).signals.read(measured.restatements)
    assert (row.before, row.after, row.author, row.reason) == ("281", "290", me(window), WHY)
    key(Key.Key_F6)
    key(Key.Key_Right)
    assert tab.panel.restatements.isVisible()
    told = tab.panel.restatements.list.item(0).text()
    assert all(words in told for words in ("281 → 290", "April 2008", me(window), WHY))

    press(qtbot, window, Key.Key_Z, CTRL)
    assert content(window) == before
    assert tab.panel.restatements.list.count() == 0
    assert cell(tab, violence, f"{PERIOD}{APRIL}") == "281"
