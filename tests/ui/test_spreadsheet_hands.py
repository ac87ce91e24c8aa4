"""What fingers know from a spreadsheet, habit by habit, in a grid and by real keys."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from spp_desktop.ui.grid.columns import GridColumn
from spp_desktop.ui.grid.series import continued
from spp_desktop.ui.grid.table_model import TableModel
from spp_desktop.ui.grid.view import GridView
from tests.ui.sheet import COLUMNS, COUNT, DUE, OWNERS, REF, STATE, TEXT, Key, Mod, Sheet

CONTROL, SHIFT = Mod.ControlModifier, Mod.ShiftModifier


@pytest.fixture
def sheet(qtbot: QtBot) -> Sheet:
    return Sheet(qtbot)


def selected(sheet: Sheet) -> set[tuple[int, int]]:
    return {(index.row(), index.column()) for index in sheet.grid.selectionModel().selectedIndexes()}


def block(top: int, left: int, bottom: int, right: int) -> set[tuple[int, int]]:
    return {(line, column) for line in range(top, bottom + 1) for column in range(left, right + 1)}


def middle(sheet: Sheet, line: int, column: int) -> QPoint:
    return sheet.grid.visualRect(sheet.model.index(line, column)).center()


# Lists


@pytest.mark.parametrize(("typed", "state"), [("a", "s2"), ("t", "s1"), ("o", "s1"), ("risk", "s2"), ("on tr", "s1")])
def test_a_list_takes_what_begins_so_before_what_holds_it(sheet: Sheet, typed: str, state: str) -> None:
    sheet.go(0, STATE)
    sheet.type(typed)
    sheet.key(Key.Key_Return)
    assert sheet.rows[0].state == state


@pytest.mark.parametrize(
    ("typed", "owners"),
    [
        ("ACC Crime", ("p1",)),
        ("acc security", ("p2",)),
        ("Finance", ("p3",)),
        ("fin; acc c", ("p3", "p1")),
        ("ACC Security;ACC Crime; ", ("p2", "p1")),
        ("ACC Crime ; ACC Crime", ("p1",)),
    ],
)
def test_owners_are_typed_as_names(sheet: Sheet, typed: str, owners: tuple[str, ...]) -> None:
    for key in (Key.Key_Return, Key.Key_Tab):
        sheet.rows[1] = replace(sheet.rows[1], owners=("p1",))
        sheet.model.set_rows(sheet.rows)
        sheet.go(1, OWNERS)
        sheet.type(typed)
        sheet.key(key)
        assert sheet.rows[1].owners == owners


def test_a_name_that_is_no_post_stays_and_is_resumed(sheet: Sheet) -> None:
    sheet.go(0, OWNERS)
    sheet.type("ACC Crime; Operations")
    sheet.key(Key.Key_Return)
    before = sheet.rows[0].owners
    assert before == ("p1",)
    assert sheet.model.index(0, OWNERS).data() == "ACC Crime; Operations"
    assert "“Operations” is not one of those listed" in sheet.sentences[-1]
    sheet.key(Key.Key_F2)
    for _ in "Operations":
        sheet.key(Key.Key_Backspace)
    sheet.type("sec")
    sheet.key(Key.Key_Return)
    assert sheet.rows[0].owners == ("p1", "p2")


def test_the_end_of_a_list_is_not_left_by_an_arrow(sheet: Sheet) -> None:
    sheet.go(3, STATE)
    sheet.type("a")
    for _ in range(4):
        sheet.key(Key.Key_Down)
    assert sheet.grid.delegate.editor() is not None
    assert sheet.current() == (3, STATE)


# Going about


def test_control_and_an_arrow_go_to_the_edge_of_what_is_filled(sheet: Sheet) -> None:
    sheet.go(0, DUE)
    sheet.key(Key.Key_Down, CONTROL)
    assert sheet.current() == (11, DUE)
    sheet.key(Key.Key_Up, CONTROL)
    assert sheet.current() == (0, DUE)
    for line in (2, 3, 4, 7):
        sheet.rows[line] = replace(sheet.rows[line], due=date(2008, 6, 1))
    sheet.model.set_rows(sheet.rows)
    stops = []
    for _ in range(4):
        sheet.key(Key.Key_Down, CONTROL)
        stops.append(sheet.current()[0])
    assert stops == [2, 4, 7, 11]
    sheet.go(0, TEXT)
    sheet.key(Key.Key_Right, CONTROL)
    assert sheet.current() == (0, OWNERS)  # past the status, which is empty


def test_after_control_and_an_arrow_delete_empties_the_cell_one_sees(sheet: Sheet) -> None:
    sheet.go(0, REF)
    sheet.key(Key.Key_Down, CONTROL)
    assert selected(sheet) == {(11, REF)}
    sheet.key(Key.Key_Delete)
    assert [row.ref for row in sheet.rows] == [*(f"1.{n}" for n in range(11)), ""]


def test_control_home_and_end_go_to_the_corners(sheet: Sheet) -> None:
    sheet.go(5, DUE)
    sheet.key(Key.Key_Home, CONTROL)
    assert sheet.current() == (0, REF)
    sheet.key(Key.Key_End, CONTROL)
    assert sheet.current() == (11, COUNT)
    sheet.key(Key.Key_Home)
    assert sheet.current() == (11, REF)
    assert selected(sheet) == {(11, REF)}


def test_the_active_cell_stays_where_a_selection_began(sheet: Sheet) -> None:
    sheet.go(2, STATE)
    sheet.key(Key.Key_Down, SHIFT)
    sheet.key(Key.Key_Down, SHIFT)
    sheet.key(Key.Key_Right, SHIFT)
    assert sheet.current() == (2, STATE)
    assert selected(sheet) == block(2, STATE, 4, OWNERS)
    sheet.key(Key.Key_Left, SHIFT)
    sheet.type("at")
    sheet.key(Key.Key_Return, CONTROL)
    assert [row.state for row in sheet.rows[1:6]] == ["s1", "s2", "s2", "s2", "s1"]


def test_control_and_shift_select_to_the_edge(sheet: Sheet) -> None:
    sheet.go(3, REF)
    sheet.key(Key.Key_Down, CONTROL | SHIFT)
    assert selected(sheet) == block(3, REF, 11, REF)
    sheet.key(Key.Key_Right, SHIFT)
    assert selected(sheet) == block(3, REF, 11, TEXT)
    sheet.key(Key.Key_Home, CONTROL | SHIFT)
    assert selected(sheet) == block(0, REF, 3, REF)
    assert sheet.current() == (3, REF)


def test_enter_and_tab_go_round_in_a_selection(sheet: Sheet) -> None:
    sheet.mark(1, TEXT, 2, STATE)
    stops = []
    for _ in range(4):
        sheet.key(Key.Key_Return)
        stops.append(sheet.current())
    assert stops == [(2, TEXT), (1, STATE), (2, STATE), (1, TEXT)]
    sheet.key(Key.Key_Tab)
    assert sheet.current() == (1, STATE)
    sheet.key(Key.Key_Backtab, SHIFT)
    sheet.key(Key.Key_Backtab, SHIFT)
    assert sheet.current() == (2, STATE)
    assert selected(sheet) == block(1, TEXT, 2, STATE)
    sheet.type("at")
    sheet.key(Key.Key_Return)
    assert (sheet.rows[2].state, sheet.current()) == ("s2", (1, TEXT))
    assert selected(sheet) == block(1, TEXT, 2, STATE)


def test_enter_returns_to_where_tab_began(sheet: Sheet) -> None:
    sheet.go(0, STATE)
    sheet.type("at")
    sheet.key(Key.Key_Tab)
    sheet.key(Key.Key_Tab)
    sheet.type("1/4/2009")
    sheet.key(Key.Key_Return)
    assert sheet.current() == (1, STATE)
    sheet.key(Key.Key_Tab)
    sheet.key(Key.Key_Down)
    sheet.key(Key.Key_Return)
    assert sheet.current() == (3, OWNERS)  # an arrow key begins anew


def test_a_drag_and_a_click_with_shift_select_from_the_active_cell(sheet: Sheet) -> None:
    port = sheet.grid.viewport()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=middle(sheet, 1, TEXT))
    QTest.mouseMove(port, middle(sheet, 3, STATE))
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=middle(sheet, 3, STATE))
    assert sheet.current() == (1, TEXT)
    QTest.mouseClick(port, Qt.MouseButton.LeftButton, SHIFT, middle(sheet, 4, OWNERS))
    assert selected(sheet) == block(1, TEXT, 4, OWNERS)
    assert sheet.current() == (1, TEXT)


# Cells


def test_backspace_empties_the_cell_and_begins_to_type(sheet: Sheet) -> None:
    sheet.rows[1] = replace(sheet.rows[1], due=date(2008, 6, 1))
    sheet.model.set_rows(sheet.rows)
    for column in (REF, DUE, STATE, OWNERS):
        sheet.go(1, column)
        sheet.key(Key.Key_Backspace)
        assert sheet.grid.delegate.editor() is not None
        sheet.key(Key.Key_Return)
    assert (sheet.rows[1].ref, sheet.rows[1].due, sheet.rows[1].state, sheet.rows[1].owners) == ("", None, None, ())
    sheet.go(2, REF)
    sheet.key(Key.Key_Backspace)
    sheet.type("7")
    sheet.key(Key.Key_Return)
    assert sheet.rows[2].ref == "7"


def test_control_r_fills_to_the_right(sheet: Sheet) -> None:
    sheet.mark(0, REF, 1, TEXT)
    sheet.key(Key.Key_R, CONTROL)
    assert [row.text for row in sheet.rows[:3]] == ["1.0", "1.1", "text 2"]
    assert len(sheet.commits) == 1
    sheet.go(4, TEXT)
    sheet.key(Key.Key_R, CONTROL)
    assert sheet.rows[4].text == "1.4"


def test_what_was_pasted_is_selected(sheet: Sheet) -> None:
    QGuiApplication.clipboard().setText("a\tOn track\nb\tAt risk\n")
    sheet.go(5, TEXT)
    sheet.key(Key.Key_V, CONTROL)
    assert selected(sheet) == block(5, TEXT, 6, STATE)
    assert sheet.current() == (5, TEXT)
    sheet.key(Key.Key_Return)
    assert sheet.current() == (6, TEXT)


def test_insert_asks_for_a_row(sheet: Sheet, qtbot: QtBot) -> None:
    with qtbot.waitSignal(sheet.grid.insert_asked):
        sheet.key(Key.Key_Insert)


@pytest.mark.qt_log_ignore("This plugin does not support")  # a popup without a display
@pytest.mark.parametrize(("key", "mod"), [(Key.Key_F10, SHIFT), (Key.Key_Menu, Mod.NoModifier)])
def test_the_menu_of_a_cell_opens_by_key(sheet: Sheet, key: Qt.Key, mod: Qt.KeyboardModifier) -> None:
    sheet.go(4, TEXT)
    sheet.key(key, mod)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert menu.activeAction().text() == "Cu&t cells"
    menu.close()


# Dragging the corner


def drag_corner(sheet: Sheet, line: int) -> None:
    port, corner = sheet.grid.viewport(), sheet.grid.drag._corner().center()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=corner)
    QTest.mouseMove(port, middle(sheet, line, DUE))
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=middle(sheet, line, DUE))


def test_a_day_goes_on_by_days_and_two_by_their_distance(sheet: Sheet) -> None:
    sheet.rows[0] = replace(sheet.rows[0], due=date(2008, 12, 30))
    sheet.model.set_rows(sheet.rows)
    sheet.go(0, DUE)
    drag_corner(sheet, 3)
    assert [row.due for row in sheet.rows[:4]] == [
        date(2008, 12, 30), date(2008, 12, 31), date(2009, 1, 1), date(2009, 1, 2),
    ]  # fmt: skip
    assert selected(sheet) == block(0, DUE, 3, DUE)
    assert len(sheet.commits) == 1
    sheet.rows[0], sheet.rows[1] = (replace(sheet.rows[n], due=date(2008, 3 * n + 3, 30)) for n in (0, 1))
    sheet.model.set_rows(sheet.rows)
    sheet.mark(0, DUE, 1, DUE)
    drag_corner(sheet, 2)
    assert sheet.rows[2].due == date(2008, 9, 30)


@pytest.mark.parametrize(
    ("values", "after"),
    [
        ([date(2008, 6, 30), date(2008, 9, 30)], [date(2008, 12, 31), date(2009, 3, 31)]),
        ([date(2008, 6, 15), date(2008, 9, 15)], [date(2008, 12, 15), date(2009, 3, 15)]),
        ([date(2008, 3, 31), date(2008, 6, 30)], [date(2008, 9, 30), date(2008, 12, 31)]),
        ([date(2008, 4, 1), date(2008, 4, 8)], [date(2008, 4, 15), date(2008, 4, 22)]),
        ([date(9999, 12, 31)], [date(9999, 12, 31), date(9999, 12, 31)]),
        ([10, 20], [30, 40]),
        ([5], [5, 5]),
        ([date(2008, 4, 1), None], [date(2008, 4, 1), None]),
        (["On track", "At risk"], ["On track", "At risk"]),
    ],
)
def test_a_series_goes_on(values: list[object], after: list[object]) -> None:
    assert continued(values, 2) == after


def test_a_series_goes_on_backwards() -> None:
    assert continued([date(2008, 4, 1)], 2, back=True) == [date(2008, 3, 31), date(2008, 3, 30)]
    assert continued([10, 20], 2, back=True) == [0, -10]


# What stays where it is


def test_a_row_typed_into_stays_under_its_head_until_the_table_is_grouped_again(sheet: Sheet) -> None:
    sheet.model.group_by("state")
    sheet.grid.select("k1", "state")
    lines = [row.key for line in range(1, 7) if (row := sheet.model.row_at(line))]
    for _ in lines:
        sheet.type("at")
        sheet.key(Key.Key_Return)
    assert {row.key for row in sheet.rows if row.state == "s2"} == set(lines)
    assert sheet.model.unsettled
    sheet.key(Key.Key_L, CONTROL | Mod.AltModifier)
    assert not sheet.model.unsettled
    assert [sheet.model.group_at(at).title for at in sheet.model.heads()] == ["At risk", "None"]


def many_columns() -> tuple[GridColumn, ...]:
    named = tuple(replace(column, frozen=column.field in ("ref", "text")) for column in COLUMNS)
    more = (GridColumn(f"c{n}", f"C{n}", 120, value=lambda row: row.ref) for n in range(8))
    return (*named, *more)


def test_the_names_stay_in_view_while_the_rest_is_scrolled(sheet: Sheet, qtbot: QtBot) -> None:
    model = TableModel(many_columns(), sheet.commit)
    model.set_rows(sheet.rows)
    grid = GridView(model, "Wide", "row")
    qtbot.addWidget(grid)
    grid.resize(700, 300)
    grid.show()
    qtbot.waitExposed(grid)
    places = [grid.visualRect(model.index(0, column)) for column in (REF, TEXT)]
    grid.go(model.index(2, 13))
    grid.scrollTo(model.index(2, 13))
    assert grid.horizontalScrollBar().value() > 0
    assert [grid.visualRect(model.index(0, column)) for column in (REF, TEXT)] == places
    assert grid.indexAt(places[1].center()) == model.index(0, TEXT)
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=places[0].center())
    assert grid.currentIndex() == model.index(0, REF)
    assert grid.horizontalScrollBar().value() > 0
    grid.go(model.index(0, STATE))
    grid.scrollTo(model.index(0, STATE))
    assert grid.visualRect(model.index(0, STATE)).left() >= places[1].right()
    x = places[1].center().x()
    QTest.mouseClick(grid.header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, 8))
    assert model.arrangement.sorting == ("text", False)
    grid.grab()
