"""Figures that are hardly meant, typed and pasted by real keys, are asked about; what cannot be stays out."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.results.page import ResultsPage
from spp_desktop.ui.results.unlikely_dialog import UnlikelyFiguresDialog
from tests.ui.test_results_page import _set_up, enter, held, line, opened, paste, said, type_in

APRIL, MAY, JUNE, JULY, AUGUST = range(5)


@pytest.fixture
def plan(workspace: Workspace) -> Workspace:
    workspace.edit("set up results", _set_up, as_kind="built")
    return workspace


@pytest.fixture
def tab(qtbot: QtBot, plan: Workspace) -> ResultsPage:
    for month, value in ((APRIL, 20_000), (MAY, 21_000)):
        enter(plan, "R1", month, value=value, state="provisional")
    return opened(qtbot, plan)


def answer(reply: Callable[[UnlikelyFiguresDialog], None]) -> list[list[str]]:
    """Answer the question that comes next; gives why each figure was asked about."""
    asked: list[list[str]] = []

    waiting = QTimer(QApplication.instance())

    def act() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, UnlikelyFiguresDialog):
            return
        waiting.stop()
        rows = range(dialog.table.rowCount())
        asked.append([item.text() for row in rows if (item := dialog.table.item(row, 3))])
        reply(dialog)

    waiting.timeout.connect(act)
    waiting.start(0)
    return asked


def enter_all_the_same(dialog: UnlikelyFiguresDialog) -> None:
    dialog.enter.setFocus()
    QTest.keyClick(dialog.enter, Qt.Key.Key_Space)


def leave(dialog: UnlikelyFiguresDialog) -> None:
    QTest.keyClick(dialog, Qt.Key.Key_Return)


def values(plan: Workspace) -> list[float | None]:
    return [row.value for row in held(plan)]


@pytest.mark.parametrize(
    ("place", "typed", "why"),
    [
        (("R1", JUNE), "-5", "is below 0, which recorded crimes cannot be."),
        (("R1", JUNE), "3.7", "3.7 is no whole number, and recorded crimes are counted whole."),
        (("R1", AUGUST), "20500", "The period begins on 1 August 2008, and today is 31 July 2008"),
        (("R3", JUNE), "850%", "850% is more than 100%."),
        (("R3", JUNE), "145%", "145% is more than 100%."),
    ],
)
def test_what_cannot_be_is_refused_and_stays_in_its_cell(
    tab: ResultsPage, plan: Workspace, place: tuple[str, int], typed: str, why: str
) -> None:
    before = values(plan)
    type_in(tab, line(tab, place[0]), place[1], typed)
    assert why in tab.sentence.text()
    assert values(plan) == before


def test_what_is_unlikely_is_asked_and_return_leaves_it_out(tab: ResultsPage, plan: Workspace) -> None:
    asked = answer(leave)
    type_in(tab, line(tab, "R1"), JUNE, "100")
    assert asked == [["It is far from what it was before (21,000 recorded crimes). Is it meant?"]]
    assert values(plan) == [20_000, 21_000]
    assert said(tab, line(tab, "R1"), JUNE) == "100", "what was typed stays, to be corrected"


def test_what_is_meant_all_the_same_is_entered(tab: ResultsPage, plan: Workspace) -> None:
    asked = answer(enter_all_the_same)
    type_in(tab, line(tab, "R1"), JUNE, "100")
    assert len(asked) == 1
    assert values(plan) == [20_000, 21_000, 100]


def test_a_pasted_block_is_asked_about_once(tab: ResultsPage, plan: Workspace) -> None:
    asked = answer(leave)
    paste(tab, line(tab, "R1"), JUNE, "100\t90\n")
    assert [len(block) for block in asked] == [2]
    assert values(plan) == [20_000, 21_000]


def test_a_pasted_block_with_a_figure_that_is_meant_all_the_same_comes_in_whole(
    tab: ResultsPage, plan: Workspace
) -> None:
    asked = answer(enter_all_the_same)
    paste(tab, line(tab, "R1"), JUNE, "100\t20,400\n")
    assert [len(block) for block in asked] == [1]
    assert values(plan) == [20_000, 21_000, 100, 20_400]


def test_what_is_likely_is_not_asked(tab: ResultsPage, plan: Workspace) -> None:
    paste(tab, line(tab, "R1"), JUNE, "20,500\t19,800\n")
    assert values(plan) == [20_000, 21_000, 20_500, 19_800]
