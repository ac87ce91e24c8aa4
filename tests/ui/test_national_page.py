"""The matrix of national priorities by real keys: marked, unmarked, pasted, undone, its gaps in words."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from spp_desktop.edits import performance, registers
from spp_desktop.plan.frameworks import Framework, FrameworkItem
from spp_desktop.store import national, queries
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.national.columns import SERVES
from spp_desktop.ui.national.page import NationalPage

Key, Mod = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def signals(workspace: Workspace) -> Iterator[PlanSignals]:
    agreements = workspace.edit("add", registers.add, Framework, title="Agreements", kind="agreements")
    law = workspace.edit("add", registers.add, Framework, title="The law", kind="contents of a plan")
    for framework, code in ((agreements, "PSA 23"), (agreements, "PSA 24"), (law, "PP1")):
        item = {"code": code, "title": f"Do what {code} says", "target": "55%"}
        workspace.edit("add", registers.add, FrameworkItem, item, framework_id=framework)
    (row,) = workspace.read(queries.indicators)
    workspace.edit("aim", performance.set_target, row.key, None, "10%")
    opened = PlanSignals(workspace)
    yield opened
    opened.stop()


@pytest.fixture
def page(qtbot: QtBot, signals: PlanSignals) -> NationalPage:
    made = NationalPage(signals)
    qtbot.addWidget(made)
    made.resize(1300, 700)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.grid.setFocus()
    return made


def go_to(page: NationalPage, code: str, ref: str) -> None:
    row = next(row for row in page.model.rows if row.code == code)
    column = next(n for n, column in enumerate(page.model.columns) if column.title == ref)
    page.grid.setCurrentIndex(page.model.index(page.model.line_of(row.key), column))


def served(page: NationalPage) -> dict[str, list[str]]:
    matrix = page.matrix
    return {row.code: [own.ref for own in matrix.columns if own.key in row.served_by] for row in matrix.rows}


def test_space_puts_and_takes_a_mark(page: NationalPage, signals: PlanSignals) -> None:
    assert list(served(page)) == ["PSA 23", "PSA 24"]  # what the law asks has a page of its own
    assert page.gaps.text() == "Nothing of the plan serves PSA 23 and PSA 24. P1 and P2 serve none of these."
    go_to(page, "PSA 23", "P2")
    QTest.keyClick(page.grid, Key.Key_Space)
    assert served(page) == {"PSA 23": ["P2"], "PSA 24": []}
    assert page.gaps.text() == "Nothing of the plan serves PSA 24. P1 serves none of these."
    assert signals.workspace.history()[0].label == "say what serves PSA 23"
    QTest.keyClick(page.grid, Key.Key_Space)
    assert served(page)["PSA 23"] == []
    signals.workspace.undo()
    assert served(page)["PSA 23"] == ["P2"]


def test_an_x_is_typed_pasted_and_emptied(page: NationalPage, signals: PlanSignals) -> None:
    go_to(page, "PSA 24", "P1")
    QTest.keyClicks(page.grid, "x")
    QTest.keyClick(page.focusWidget(), Key.Key_Return)
    assert served(page)["PSA 24"] == ["P1"]
    go_to(page, "PSA 23", "P1")
    QGuiApplication.clipboard().setText("x\t●\n\tyes")
    QTest.keyClick(page.grid, Key.Key_V, Mod.ControlModifier)
    assert served(page) == {"PSA 23": ["P1", "P2"], "PSA 24": ["P2"]}
    steps = len(signals.workspace.history())
    QGuiApplication.clipboard().setText("perhaps")
    QTest.keyClick(page.grid, Key.Key_V, Mod.ControlModifier)
    assert len(signals.workspace.history()) == steps
    go_to(page, "PSA 24", "P2")
    QTest.keyClick(page.grid, Key.Key_Delete)
    assert served(page)["PSA 24"] == []


def test_indicators_stand_across_with_their_targets(page: NationalPage, signals: PlanSignals) -> None:
    page.against.setFocus()
    QTest.keyClick(page.against, Key.Key_Down)
    page.against.activated.emit(page.against.currentIndex())
    (column,) = [column for column in page.model.columns if column.field.startswith(SERVES)]
    assert column.title == "R1"
    assert "Targets: 2008-2009 4%, over the plan 10%" in column.about
    page.grid.setFocus()
    go_to(page, "PSA 23", "R1")
    QTest.keyClick(page.grid, Key.Key_Space)
    assert served(page) == {"PSA 23": ["R1"], "PSA 24": []}
    by_priority = signals.read(national.matrix)
    assert [(row.code, row.elsewhere, row.gap) for row in by_priority.rows] == [
        ("PSA 23", 1, ""),
        ("PSA 24", 0, "nothing"),
    ]
