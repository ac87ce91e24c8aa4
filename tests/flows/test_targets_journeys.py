"""Targets that mean what they say, with real keys: their kind chosen, one changed for a reason, an indicator added."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget
from pytestqt.qtbot import QtBot

from spp_desktop.store import queries
from spp_desktop.store.indicator_rows import IndicatorRow
from spp_desktop.ui.performance.new_indicator import NewIndicatorDialog
from spp_desktop.ui.performance.page import PerformancePage
from spp_desktop.ui.performance.target_changes import MeantDialog, TargetChangesDialog
from spp_desktop.ui.window.main_window import MainWindow
from tests.flows.conftest import Opener
from tests.flows.hands import ALT, CTRL, content, in_dialog, key, press, to_front, turn_to, type_text, view_of
from tests.flows.test_figures_journeys import PERFORMANCE, cell_text, me, performance_of, type_figure

Key = Qt.Key
WHY = "The grant was cut"


@pytest.fixture
def window(qtbot: QtBot, opener: Opener, worked: Path) -> MainWindow:
    """The worked sample in October 2008, at the performance plan's table."""
    opened = opener(worked)
    turn_to(qtbot, opened, PERFORMANCE, "performance")
    qtbot.waitUntil(performance_of(opened).grid.hasFocus)
    return opened


def indicator(window: MainWindow, ref: str) -> IndicatorRow:
    return next(row for row in view_of(window).signals.read(queries.indicators) if row.ref == ref)


def go_to(window: MainWindow, ref: str, field: str) -> PerformancePage:
    """Walk to a cell by the arrow keys, from wherever one is."""
    page = performance_of(window)
    line, column = page.model.line_of(indicator(window, ref).key), page.model.column_of(field)
    for _ in range(200):
        at = page.grid.currentIndex()
        if at.row() != line:
            key(Key.Key_Down if at.row() < line else Key.Key_Up)
        elif at.column() != column:
            key(Key.Key_Right if at.column() < column else Key.Key_Left)
        else:
            return page
    pytest.fail("the cell cannot be reached by arrow keys")


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)", extend=True)  # a popup without a display
def test_the_kind_of_a_target_is_chosen_in_its_cell(qtbot: QtBot, window: MainWindow) -> None:
    before = content(window)
    assert cell_text(window, "PI04", "target:2009") == "50%\nlevel"
    page = go_to(window, "PI04", "target:2009")
    key(Key.Key_Down, ALT)
    kinds = page.grid.findChild(QListWidget)
    assert kinds is not None
    qtbot.waitUntil(kinds.isVisible)
    assert kinds.currentItem().text() == "Level"
    key(Key.Key_Down)
    key(Key.Key_Down)
    assert kinds.currentItem().text() == "At least"
    key(Key.Key_Return)
    qtbot.waitUntil(lambda: cell_text(window, "PI04", "target:2009") == "50%\nat least")
    target = indicator(window, "PI04").targets[2009]
    assert (target.stated, target.kind, target.value) == ("50%", "floor", 50)
    press(qtbot, window, Key.Key_Z, CTRL)
    assert content(window) == before


def test_what_a_target_may_mean_is_asked(qtbot: QtBot, window: MainWindow) -> None:
    before = content(window)
    page = go_to(window, "PI01", "target:2009")

    def leave(dialog: MeantDialog) -> None:
        assert not dialog.keep.isEnabled()
        key(Key.Key_Escape)

    with in_dialog(qtbot, MeantDialog, leave):
        type_figure("increase by 10%")
    to_front(qtbot, window)
    assert content(window) == before

    def choose(dialog: MeantDialog) -> None:
        (known,) = dialog.choices
        assert next(iter(known.values())).text() == "% change on the year before"
        key(Key.Key_Space)
        assert dialog.keep.isEnabled()
        QTest.keyClick(dialog, Key.Key_K, ALT)

    page.grid.setFocus()
    go_to(window, "PI01", "target:2009")
    with in_dialog(qtbot, MeantDialog, choose):
        type_figure("increase by 10%")
    to_front(qtbot, window)
    target = indicator(window, "PI01").targets[2009]
    assert (target.stated, target.kind, target.value) == ("increase by 10%", "change on previous year", -10)


def test_a_target_that_has_judged_results_changes_for_a_reason(qtbot: QtBot, window: MainWindow) -> None:
    before = content(window)
    page = go_to(window, "PI01", "target:2008")

    def leave(dialog: TargetChangesDialog) -> None:
        assert not dialog.change.isEnabled()
        key(Key.Key_Escape)

    with in_dialog(qtbot, TargetChangesDialog, leave):
        type_figure("3%")
    to_front(qtbot, window)
    assert content(window) == before

    def go_on(dialog: TargetChangesDialog) -> None:
        told = [item.text() for n in range(4) if (item := dialog.table.item(0, n))]
        assert told == ["PI01  Reduce serious violence", "2008-2009", "4%", "3%"]
        type_text(WHY)
        key(Key.Key_Return)

    page.grid.setFocus()
    go_to(window, "PI01", "target:2008")
    with in_dialog(qtbot, TargetChangesDialog, go_on):
        type_figure("3%")
    to_front(qtbot, window)
    (was,) = view_of(window).signals.read(queries.earlier_targets)
    assert (was.target.stated, was.reason, was.author) == ("4%", WHY, me(window))
    assert cell_text(window, "PI01", "target:2008").startswith("3%")

    go_to(window, "PI01", "rag")
    key(Key.Key_Return, ALT)
    figures = page.panel.figures
    assert figures.isVisible()
    assert "It is judged by 4%, the target until 31 October 2008." in figures.sentence.text()
    key(Key.Key_F6)
    for _ in range(8):
        if page.panel.targets.isVisible():
            break
        key(Key.Key_Right)
    assert f"2008-2009: 4% until 31 Oct 2008. {WHY} ({me(window)})." in page.panel.targets.stated.text()

    press(qtbot, window, Key.Key_Z, CTRL)
    assert content(window) == before
    assert "until" not in page.panel.targets.stated.text()


def test_a_new_indicator_is_asked_which_way_is_better(qtbot: QtBot, window: MainWindow) -> None:
    go_to(window, "PI02", "title")

    def name(dialog: NewIndicatorDialog) -> None:
        type_text("Assaults on staff")
        key(Key.Key_Return)
        assert dialog.isVisible()
        assert not dialog.add.isEnabled(), "which way is better has to be said"
        key(Key.Key_Tab)
        assert not any(button.isChecked() for button in dialog.ways.values()), "nothing is assumed"
        key(Key.Key_Down)
        key(Key.Key_Up)
        key(Key.Key_Space)
        assert dialog.ways["lower"].isChecked()
        key(Key.Key_Return)

    with in_dialog(qtbot, NewIndicatorDialog, name):
        key(Key.Key_Plus, CTRL)
    to_front(qtbot, window)
    added = next(row for row in view_of(window).signals.read(queries.indicators) if row.title == "Assaults on staff")
    assert (added.ref, added.polarity, added.group_key) == ("PI23", "lower", indicator(window, "PI02").group_key)
    assert performance_of(window).current().ref == "PI23"


def test_a_meaning_that_does_not_fit_its_number_is_refused_in_a_sentence(qtbot: QtBot, window: MainWindow) -> None:
    before = content(window)
    page = go_to(window, "PI01", "target:2009")

    def choose(dialog: MeantDialog) -> None:
        (known,) = dialog.choices
        next(button for button in known.values() if button.text() == "% change on the year before").setChecked(True)
        QTest.keyClick(dialog, Key.Key_K, ALT)

    with in_dialog(qtbot, MeantDialog, choose):
        type_figure("12.5")
    to_front(qtbot, window)
    assert page.sentence.text().startswith("“12.5” cannot be meant as “% change on the year before”.")
    assert content(window) == before
    page.grid.setFocus()
    key(Key.Key_Escape)  # gives up what was refused: nothing is left to be asked about
    assert not page.model.has_unkept
