"""How indicators stand, in the table of the performance plan: words, pictures, heads, one click for the reason."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from spp_desktop.edits import judging, performance, results
from spp_desktop.figures.judging import cells
from spp_desktop.figures.rag.colours import LOOKS
from spp_desktop.store import queries
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.performance import judged_columns
from spp_desktop.ui.performance.page import PerformancePage
from tests.ui.robberies import SENTENCE, robberies, shown

Said = Callable[[str], str]
ICONS = ("variation", "assurance", "trend")


@pytest.fixture
def key(workspace: Workspace) -> str:
    return robberies(workspace)


@pytest.fixture
def tab(qtbot: QtBot, workspace: Workspace, key: str) -> PerformancePage:
    return shown(qtbot, workspace)


def said(tab: PerformancePage, field: str, role: Qt.ItemDataRole = Qt.ItemDataRole.DisplayRole) -> str:
    index = tab.model.index(tab.model.line_of(tab.model.rows[0].key), tab.model.column_of(field))
    return str(tab.model.data(index, role))


def cell(tab: PerformancePage, field: str) -> QPoint:
    tab.grid.select(tab.model.rows[0].key, field)
    index = tab.model.index(tab.model.line_of(tab.model.rows[0].key), tab.model.column_of(field))
    return tab.grid.visualRect(index).center()


def test_a_row_says_how_the_indicator_stands(tab: PerformancePage) -> None:
    assert said(tab, "rag") == "Amber"
    assert said(tab, "latest") == "401 p\nSep 2008"
    assert said(tab, "to_date") == "2,336"
    assert said(tab, "aim") == "4% = 4,704"
    assert said(tab, "direction") == "No clear change"
    assert said(tab, "variation").startswith("Sep 2008: Special cause of improving nature")
    assert said(tab, "assurance").startswith("Target 392 robberies a month: Hit or miss")
    assert said(tab, "trend") == "18 months to Sep 2008: 360 to 470, latest 401"


def test_the_pointer_is_told_the_sentence_and_a_screen_reader_the_words(tab: PerformancePage) -> None:
    assert said(tab, "rag", Qt.ItemDataRole.ToolTipRole) == SENTENCE
    assert said(tab, "to_date", Qt.ItemDataRole.ToolTipRole) == "2,336 robberies, April to September 2008"
    assert said(tab, "direction", Qt.ItemDataRole.ToolTipRole).startswith("no clear change: 2,336")
    assert said(tab, "rag", Qt.ItemDataRole.AccessibleTextRole) == "RAG: Amber"
    for field in ICONS:
        assert said(tab, field) in said(tab, field, Qt.ItemDataRole.AccessibleTextRole)


def test_what_is_copied_is_what_the_cells_say(tab: PerformancePage) -> None:
    tab.grid.setFocus()
    for field, text in (("rag", "Amber"), ("latest", "401"), *((field, said(tab, field)) for field in ICONS)):
        tab.grid.select(tab.model.rows[0].key, field)
        QTest.keyClick(tab.grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        assert QApplication.clipboard().text().strip() == text


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("rag:amber", True), ("rag:red", False), ("variation:improvement", True), ("variation:concern", False),
        ("assurance:miss", True), ("direction:clear", True), ("direction:worse", False), ("target:4,704", True),
    ],
)  # fmt: skip
def test_indicators_are_found_by_how_they_stand(tab: PerformancePage, typed: str, found: bool) -> None:
    tab.focus_filter()
    QTest.keyClicks(tab.filter, typed)
    assert bool(tab.model.matching()) == found


def test_what_is_worked_out_cannot_be_typed_over(tab: PerformancePage) -> None:
    tab.grid.setFocus()
    tab.grid.select(tab.model.rows[0].key, "rag")
    QTest.keyClicks(tab.grid, "Green")
    assert said(tab, "rag") == "Amber"
    assert "worked out" in tab.sentence.text()


def test_heads_and_the_status_bar_count_the_states(tab: PerformancePage, workspace: Workspace, key: str) -> None:
    group = workspace.read(queries.indicators, key)[0].group_key
    workspace.edit("add", performance.add_indicator, group, "Burglary", polarity="higher")
    (head,) = [tab.model.group_at(line) for line in tab.model.heads()]
    assert head is not None
    assert [(part.count, part.title, part.shape) for part in head.parts] == [
        (1, "Amber", LOOKS["amber"].shape),
        (1, "No target", LOOKS["no target"].shape),
    ]
    assert tab.summary() == "2 indicators, 1 amber, 1 no target"


def test_a_new_result_changes_the_row_and_undo_brings_it_back(
    tab: PerformancePage, workspace: Workspace, key: str
) -> None:
    october = {"indicator_id": key, "period_from": date(2008, 10, 1), "period_to": date(2008, 10, 31), "value": 700}
    workspace.edit("enter", results.enter, [october])
    assert said(tab, "latest") == "700\nOct 2008"
    assert said(tab, "rag") == "Red"
    assert said(tab, "variation").startswith("Oct 2008: Special cause of concerning nature")
    workspace.undo()
    assert said(tab, "rag") == "Amber"


def test_a_colour_of_a_person_is_shown_as_that(tab: PerformancePage, workspace: Workspace, key: str) -> None:
    workspace.edit("give", judging.set_override, key, None, date(2008, 9, 30), "green", "Recounted")
    assert said(tab, "rag") == "Green, by override"


def test_one_click_on_a_colour_gives_the_sentence(tab: PerformancePage, qtbot: QtBot) -> None:
    tab.show_panel.setChecked(False)
    tab.panel.pages.setCurrentWidget(tab.panel.history)
    QTest.mouseClick(tab.grid.viewport(), Qt.MouseButton.LeftButton, pos=cell(tab, "rag"))
    assert tab.panel.isVisible()
    assert tab.panel.pages.currentWidget() is tab.panel.figures
    assert tab.panel.figures.sentence.text() == SENTENCE


def test_a_click_elsewhere_leaves_the_panel_as_it_is(tab: PerformancePage) -> None:
    tab.panel.pages.setCurrentWidget(tab.panel.history)
    QTest.mouseClick(tab.grid.viewport(), Qt.MouseButton.LeftButton, pos=cell(tab, "title"))
    assert tab.panel.pages.currentWidget() is tab.panel.history


def test_alt_enter_gives_the_sentence_too_and_is_in_the_menu(tab: PerformancePage) -> None:
    tab.panel.pages.setCurrentWidget(tab.panel.history)
    tab.grid.setFocus()
    tab.grid.select(tab.model.rows[0].key, "title")
    QTest.keyClick(tab.grid, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert tab.panel.pages.currentWidget() is tab.panel.figures
    assert tab.explain in tab.actions()


def test_every_picture_is_painted(tab: PerformancePage) -> None:
    for field in ("rag", "direction", *ICONS):
        at = cell(tab, field)
        index = tab.grid.indexAt(at)
        tab.grid.clearSelection()
        image = tab.grid.viewport().grab(tab.grid.visualRect(index).adjusted(2, 2, -2, -2)).toImage()
        colours = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
        assert len(colours) > 2, field
        if field == "rag":
            assert QColor(LOOKS["amber"].colours[0]).name() in colours


def test_everything_of_a_judgement_fits_beside_the_panel_at_1280(tab: PerformancePage) -> None:
    grid = tab.grid
    trend = grid.model().index(tab.model.line_of(tab.model.rows[0].key), tab.model.column_of("trend"))
    assert grid.visualRect(trend).right() < grid.viewport().width()
    for n in grid.shown_columns():
        title = tab.model.columns[n].title
        assert grid.fontMetrics().horizontalAdvance(title) < grid.columnWidth(n), title


def test_an_indicator_without_results_says_so_and_paints_nothing(qtbot: QtBot, workspace: Workspace) -> None:
    tab = shown(qtbot, workspace)
    assert said(tab, "rag") in {"No data", "No target"}
    for field in ("latest", "to_date", "direction", *ICONS):
        assert said(tab, field) == ""
        assert said(tab, field, Qt.ItemDataRole.AccessibleTextRole).endswith("empty")
    assert "single months" in said(tab, "variation", Qt.ItemDataRole.ToolTipRole)


def test_shares_have_even_decimals(worked: Path) -> None:
    with Workspace.open(worked) as plan:
        rows = {row.ref: row for row in plan.read(judged_columns.judged_rows)}
    told = {ref: (judged_columns.latest(row), judged_columns.to_date(row)) for ref, row in rows.items()}
    assert told["PI04"] == ("47.7%", "46.3%")
    assert told["PI05"] == ("29.1%", "33.0%")
    assert told["PI10"] == ("94.1%", "94.1%")
    assert told["PI02"] == ("4,384", "26,941")
    shares = [
        text for row, texts in zip(rows.values(), told.values(), strict=True) if row.unit == "%" for text in texts
    ]
    assert all(re.search(r"\.\d{1,2}", text) for text in shares if text)
    assert judged_columns.trend(rows["PI05"]).count(".") == 3


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2008, 9, 1), date(2008, 9, 30), "Sep 2008"),
        (date(2008, 7, 1), date(2008, 9, 30), "Q2 2008-09"),
        (date(2007, 4, 1), date(2008, 3, 31), "2007-08"),
        (date(2007, 10, 1), date(2008, 9, 30), "year to Sep 2008"),
        (date(2008, 4, 1), date(2008, 8, 31), "Apr to Aug 2008"),
        (date(2008, 11, 1), date(2009, 1, 31), "Nov 2008 to Jan 2009"),
    ],
)
def test_periods_are_short_and_clear(first: date, last: date, words: str) -> None:
    assert cells.period(first, last) == words
