"""The grid by its keys, as a person's fingers know them from a spreadsheet."""

from datetime import date
from typing import cast

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from spp_desktop.ui.grid import state as grid_state
from spp_desktop.ui.grid.editors import DateEditor
from tests.ui.sheet import COLUMNS, COUNT, DUE, OWNERS, REF, STATE, TEXT, Key, Line, Mod, Sheet


@pytest.fixture
def sheet(qtbot: QtBot) -> Sheet:
    return Sheet(qtbot)


def test_typing_replaces_enter_goes_down_tab_goes_right(sheet: Sheet) -> None:
    sheet.type("9.9")
    sheet.key(Key.Key_Return)
    assert sheet.rows[0].ref == "9.9"
    assert sheet.current() == (1, REF)
    sheet.type("8")
    sheet.key(Key.Key_Tab)
    assert sheet.current() == (1, TEXT)
    sheet.type("new")
    sheet.key(Key.Key_Backtab, Mod.ShiftModifier)
    assert (sheet.rows[1].ref, sheet.rows[1].text) == ("8", "new")
    assert sheet.current() == (1, REF)
    assert len(sheet.commits) == 3


def test_tab_leaves_the_table_at_its_last_cell_and_at_its_first(sheet: Sheet, qtbot: QtBot) -> None:
    """Also where the last column is hidden; Qt's own table would go round for ever."""
    window = QWidget()
    before, behind = QLineEdit(), QLineEdit()
    column = QVBoxLayout(window)
    for widget in (before, sheet.grid, behind):
        column.addWidget(widget)
    window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    sheet.grid.setColumnHidden(COUNT, True)
    sheet.grid.setFocus()
    sheet.go(len(sheet.rows) - 1, OWNERS)
    sheet.key(Key.Key_Tab)
    assert sheet.current() == (len(sheet.rows) - 1, DUE)
    sheet.key(Key.Key_Tab)
    assert behind.hasFocus()
    sheet.go(0, REF)
    sheet.grid.setFocus()
    sheet.key(Key.Key_Backtab, Mod.ShiftModifier)
    assert before.hasFocus()
    sheet.grid.setParent(None)  # it is closed by itself
    window.close()


def test_f2_goes_on_from_what_is_there_and_escape_gives_up(sheet: Sheet) -> None:
    sheet.go(0, TEXT)
    sheet.key(Key.Key_F2)
    sheet.type("!")
    sheet.key(Key.Key_Return, Mod.AltModifier)
    sheet.type("x")
    sheet.key(Key.Key_Return)
    assert sheet.rows[0].text == "text 0!\nx"
    sheet.go(0, REF)
    sheet.key(Key.Key_F2)
    sheet.type("7")
    sheet.key(Key.Key_Escape)
    assert sheet.rows[0].ref == "1.0"
    assert sheet.current() == (0, REF)
    assert QApplication.focusWidget() is sheet.grid


def test_what_is_refused_stays_f2_resumes_it_escape_drops_it(sheet: Sheet) -> None:
    sheet.refusal = "That reference is in use."
    sheet.type("4.04")
    sheet.key(Key.Key_Return)
    assert sheet.current() == (0, REF)
    assert sheet.model.index(0, REF).data() == "4.04"
    assert sheet.sentences[-1] == "That reference is in use."
    sheet.refusal = ""
    sheet.key(Key.Key_F2)
    sheet.type("b")
    sheet.key(Key.Key_Return)
    assert sheet.rows[0].ref == "4.04b"
    sheet.refusal = "No."
    sheet.go(1, REF)
    sheet.type("x")
    sheet.key(Key.Key_Return)
    sheet.key(Key.Key_Escape)
    assert sheet.model.index(1, REF).data() == "1.1"
    assert sheet.sentences[-1] == ""


def test_a_status_is_found_by_typing(sheet: Sheet) -> None:
    sheet.go(0, STATE)
    sheet.type("ri")
    sheet.key(Key.Key_Return)
    assert sheet.rows[0].state == "s2"
    assert sheet.current() == (1, STATE)
    sheet.key(Key.Key_Down, Mod.AltModifier)
    sheet.key(Key.Key_Down)
    sheet.key(Key.Key_Return)
    assert sheet.rows[1].state == "s2"


def test_a_status_that_is_not_in_the_list_stays_typed(sheet: Sheet) -> None:
    sheet.go(0, STATE)
    sheet.type("zz")
    sheet.key(Key.Key_Return)
    assert sheet.model.index(0, STATE).data() == "zz"
    assert "Choose from: On track, At risk" in sheet.sentences[-1]


def test_owners_are_ticked_with_space_the_first_leads(sheet: Sheet) -> None:
    sheet.go(0, OWNERS)
    sheet.key(Key.Key_F2)
    sheet.key(Key.Key_Space)  # takes ACC Crime away
    sheet.type("fin")
    sheet.key(Key.Key_Down)
    sheet.key(Key.Key_Space)
    sheet.type("sec")
    sheet.key(Key.Key_Return)
    assert sheet.rows[0].owners == ("p3", "p2")


@pytest.mark.qt_log_ignore("This plugin does not support")  # a popup without a display
def test_a_day_is_typed_or_chosen_in_the_calendar(sheet: Sheet, qtbot: QtBot) -> None:
    sheet.go(0, DUE)
    sheet.type("31/3/09")
    sheet.key(Key.Key_Return)
    assert sheet.rows[0].due == date(2009, 3, 31)
    sheet.go(0, DUE)
    sheet.key(Key.Key_Down, Mod.AltModifier)
    editor = sheet.grid.delegate.editor()
    assert isinstance(editor, DateEditor)
    qtbot.waitUntil(editor.calendar.isVisible)
    editor.calendar.setSelectedDate(editor.calendar.selectedDate().addDays(1))
    editor.calendar.activated.emit(editor.calendar.selectedDate())
    assert sheet.rows[0].due == date(2009, 4, 1)


def test_delete_empties_the_selected_cells_as_one_step(sheet: Sheet) -> None:
    sheet.mark(0, STATE, 2, OWNERS)
    sheet.key(Key.Key_Delete)
    assert [(row.state, row.owners) for row in sheet.rows[:3]] == [(None, ())] * 3
    assert len(sheet.commits) == 1


def test_fill_down_copy_from_above_and_today(sheet: Sheet) -> None:
    sheet.go(0, DUE)
    sheet.key(Key.Key_Semicolon, Mod.ControlModifier)
    assert sheet.rows[0].due == date.today()
    sheet.mark(0, DUE, 3, DUE)
    sheet.key(Key.Key_D, Mod.ControlModifier)
    assert [row.due for row in sheet.rows[:5]] == [date.today()] * 4 + [None]
    sheet.go(4, DUE)
    sheet.key(Key.Key_Apostrophe, Mod.ControlModifier)
    assert sheet.rows[4].due == date.today()
    assert len(sheet.commits) == 3
    sheet.go(4, REF)
    sheet.key(Key.Key_Semicolon, Mod.ControlModifier)
    assert "holds no date" in sheet.sentences[-1]


def test_control_enter_fills_the_selection_with_what_was_typed(sheet: Sheet) -> None:
    sheet.mark(2, STATE, 5, STATE)
    sheet.type("At")
    sheet.key(Key.Key_Return, Mod.ControlModifier)
    assert [row.state for row in sheet.rows[2:6]] == ["s2"] * 4
    assert len(sheet.commits) == 1


def test_a_block_is_copied_cut_and_pasted_as_one_step(sheet: Sheet) -> None:
    sheet.mark(1, TEXT, 2, STATE)
    sheet.key(Key.Key_C, Mod.ControlModifier)
    assert QGuiApplication.clipboard().text() == "text 1\tOn track\ntext 2\t\n"
    assert "<td" in QGuiApplication.clipboard().mimeData().html()
    sheet.go(5, TEXT)
    sheet.key(Key.Key_V, Mod.ControlModifier)
    assert [(row.text, row.state) for row in sheet.rows[5:7]] == [("text 1", "s1"), ("text 2", None)]
    assert len(sheet.commits) == 1
    sheet.mark(1, OWNERS, 1, OWNERS)
    sheet.key(Key.Key_X, Mod.ControlModifier)
    assert sheet.rows[1].owners == ()


def test_one_cell_fills_the_whole_selection(sheet: Sheet) -> None:
    QGuiApplication.clipboard().setText("At risk")
    sheet.mark(0, STATE, 3, STATE)
    sheet.key(Key.Key_V, Mod.ControlModifier)
    assert [row.state for row in sheet.rows[:4]] == ["s2"] * 4


def test_a_paste_into_a_cell_that_may_not_be_typed_changes_nothing(sheet: Sheet) -> None:
    QGuiApplication.clipboard().setText("1/4/2009\t99\n")
    sheet.go(0, DUE)
    sheet.key(Key.Key_V, Mod.ControlModifier)
    assert sheet.commits == []
    assert sheet.sentences[-1].startswith("Count is worked out")
    QGuiApplication.clipboard().setText("a\tOn track\nb\tnonsense\n")
    sheet.go(0, TEXT)
    sheet.key(Key.Key_V, Mod.ControlModifier)
    assert sheet.commits == []
    assert "“nonsense”" in sheet.sentences[-1]


def test_what_of_a_block_does_not_fit_is_told(sheet: Sheet) -> None:
    QGuiApplication.clipboard().setText("x\ny\nz\n")
    sheet.go(11, TEXT)
    sheet.key(Key.Key_V, Mod.ControlModifier)
    assert sheet.rows[11].text == "x"
    assert "2 more rows" in sheet.sentences[-1]


def test_a_cell_that_may_not_be_typed_in_says_so(sheet: Sheet) -> None:
    sheet.go(0, COUNT)
    sheet.type("5")
    assert sheet.sentences[-1].startswith("Count is worked out")
    assert sheet.grid.delegate.editor() is None


def test_rows_are_asked_for_by_key(sheet: Sheet, qtbot: QtBot) -> None:
    sheet.go(3, REF)
    with qtbot.waitSignal(sheet.grid.insert_asked) as asked:
        sheet.key(Key.Key_Plus, Mod.ControlModifier)
    assert asked.args == ["k3"]
    sheet.mark(1, REF, 2, TEXT)
    with qtbot.waitSignal(sheet.grid.delete_asked) as gone:
        sheet.key(Key.Key_Minus, Mod.ControlModifier)
    assert gone.args == [["k1", "k2"]]
    with qtbot.waitSignal(sheet.grid.duplicate_asked) as doubled:
        sheet.key(Key.Key_D, Mod.ControlModifier | Mod.ShiftModifier)
    assert doubled.args == [["k1", "k2"]]


def test_whole_rows_and_columns_are_selected_by_key(sheet: Sheet) -> None:
    sheet.go(2, STATE)
    sheet.key(Key.Key_Space, Mod.ShiftModifier)
    assert len(sheet.grid.selectionModel().selectedIndexes()) == len(COLUMNS)
    sheet.go(2, STATE)
    sheet.key(Key.Key_Space, Mod.ControlModifier)
    assert len(sheet.grid.selectionModel().selectedIndexes()) == len(sheet.rows)


def test_moving_passes_over_heads_which_fold_by_key_and_click(sheet: Sheet) -> None:
    sheet.model.group_by("state")
    sheet.grid.select("k11", "ref")
    line = sheet.model.line_of("k11")
    sheet.key(Key.Key_Return)
    assert sheet.current()[0] == line + 2
    sheet.go(0, REF)
    sheet.key(Key.Key_Left)
    assert sheet.model.line_of("k1") == -1
    sheet.key(Key.Key_Right)
    assert sheet.model.line_of("k1") == 1
    at = sheet.grid.visualRect(sheet.model.index(0, REF)).center()
    QTest.mouseClick(sheet.grid.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert sheet.model.line_of("k1") == -1
    assert sheet.grid.select("k1")


def test_selection_and_scroll_outlive_a_reset(sheet: Sheet) -> None:
    sheet.mark(8, REF, 9, TEXT)
    sheet.grid.verticalScrollBar().setValue(30)
    sheet.rows = [Line("new", "0.1", "first"), *sheet.rows]
    sheet.model.set_rows(sheet.rows)
    assert sheet.grid.selected_keys() == ["k8", "k9"]
    assert sheet.current() == (9, REF)
    assert sheet.grid.verticalScrollBar().value() == 30


def test_a_click_on_a_heading_sorts(sheet: Sheet) -> None:
    header = sheet.grid.header
    x = header.sectionViewportPosition(REF) + 20
    for _ in range(2):
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, 8))
    assert sheet.model.visible_keys()[0] == "k11"


def test_how_a_grid_is_left_is_how_it_is_found(sheet: Sheet, qtbot: QtBot) -> None:
    header = sheet.grid.header
    header.moveSection(0, 2)
    header.resizeSection(TEXT, 333)
    header.setSectionHidden(DUE, True)
    sheet.grid.set_lines(4)
    sheet.model.sort(TEXT, Qt.SortOrder.DescendingOrder)
    sheet.model.group_by("state")
    sheet.model.choose("state", ["On track"])
    sheet.grid.select("k5", "text")
    state = grid_state.save_state(sheet.grid)
    other = Sheet(qtbot)
    grid_state.restore_state(other.grid, state)
    assert grid_state.save_state(other.grid) == state
    assert other.model.visible_keys() == sheet.model.visible_keys()


def test_the_headings_menu_chooses_columns_and_filters(sheet: Sheet) -> None:
    menu = sheet.grid.header.menu_for(STATE)
    filters, columns = (cast("QMenu", menu.actions()[n].menu()) for n in (0, 2))
    next(a for a in filters.actions() if a.text() == "On track").trigger()
    assert sheet.model.visible_keys() == ["k1", "k3", "k5", "k7", "k9", "k11"]
    next(a for a in columns.actions() if a.text() == "Due").trigger()
    assert sheet.grid.header.isSectionHidden(DUE)


def test_the_window_can_end_what_is_being_typed(sheet: Sheet) -> None:
    sheet.type("half")
    sheet.grid.commit_pending()
    assert sheet.rows[0].ref == "half"


def test_it_is_named_for_screen_readers(sheet: Sheet) -> None:
    assert sheet.grid.accessibleName() == "Activities"
    words = sheet.model.index(1, STATE).data(Qt.ItemDataRole.AccessibleTextRole)
    assert words == "Status: On track"
