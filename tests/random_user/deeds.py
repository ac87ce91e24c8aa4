"""What a random user does: one deed a function, all of them in one list."""

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QHelpEvent, QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QMenu,
    QTabBar,
    QWidget,
)
from shiboken6 import isValid

from spp_desktop.ui.grid.view import GridView
from tests.random_user import deputy, words
from tests.random_user.person import Deed, Person

Key = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)

MOVES = (
    Key.Key_Up, Key.Key_Down, Key.Key_Left, Key.Key_Right, Key.Key_Home, Key.Key_End, Key.Key_PageUp, Key.Key_PageDown,
)  # fmt: skip
ENDS = (Key.Key_Return, Key.Key_Return, Key.Key_Tab, Key.Key_Backtab, Key.Key_Escape)
HOTKEYS = (
    (Key.Key_F2, NONE), (Key.Key_F6, NONE), (Key.Key_F3, NONE), (Key.Key_Delete, NONE), (Key.Key_Backspace, NONE),
    (Key.Key_Insert, NONE), (Key.Key_Insert, ALT), (Key.Key_Plus, CTRL), (Key.Key_Minus, CTRL), (Key.Key_D, CTRL),
    (Key.Key_R, CTRL), (Key.Key_Semicolon, CTRL), (Key.Key_Apostrophe, CTRL), (Key.Key_C, CTRL), (Key.Key_X, CTRL),
    (Key.Key_V, CTRL), (Key.Key_A, CTRL), (Key.Key_Return, CTRL), (Key.Key_Space, CTRL), (Key.Key_Space, SHIFT),
    (Key.Key_Space, NONE), (Key.Key_L, CTRL | SHIFT), (Key.Key_Down, ALT), (Key.Key_Up, ALT), (Key.Key_Left, ALT),
    (Key.Key_Right, ALT), (Key.Key_F10, SHIFT), (Key.Key_T, CTRL), (Key.Key_H, CTRL), (Key.Key_K, CTRL),
)  # fmt: skip
LEFT_OUT = frozenset({
    "open_published", "open_worked", "begin_tour",  # they make other plans, which takes long by its nature
    "what_is_this",  # waits for a click that a desktop gives
})  # fmt: skip


def turn_to_a_tab(person: Person) -> str:
    number = person.chance.randint(1, 7)
    QTest.keyClick(person.where(), Key(Key.Key_0 + number), CTRL)
    return f"Ctrl+{number}"


def turn_a_page(person: Person) -> str:
    down = person.chance.random() < 0.7
    QTest.keyClick(person.where(), Key.Key_PageDown if down else Key.Key_PageUp, CTRL)
    return "Ctrl+PgDn" if down else "Ctrl+PgUp"


def move(person: Person) -> str:
    key = person.chance.choice(MOVES)
    modifier = person.chance.choice((NONE, NONE, NONE, SHIFT, CTRL, CTRL | SHIFT))
    for _ in range(person.chance.choice((1, 1, 2, 7))):
        QTest.keyClick(person.where(), key, modifier)
    return f"{modifier.name} {key.name}"


def press_a_key(person: Person) -> str:
    key, modifier = person.chance.choice(HOTKEYS)
    QTest.keyClick(person.where(), key, modifier)
    return f"{modifier.name} {key.name}"


def end(person: Person) -> str:
    key = person.chance.choice(ENDS)
    QTest.keyClick(person.where(), key)
    return key.name


def type_over(person: Person) -> str:
    """Type where the person is, which in a table opens the editor."""
    text = words.cell(person.chance)
    return _typed(person, text)


def edit(person: Person) -> str:
    """Open the editor, type, and leave it by a key or by a click elsewhere."""
    QTest.keyClick(person.where(), Key.Key_F2)
    told = _typed(person, words.cell(person.chance))
    left = (end if person.chance.random() < 0.7 else click)(person)
    return f"F2 {told}, {left}"


def work_in_a_table(person: Person) -> str:
    """Go to a cell of a table in front, and type in it."""
    grids = [grid for grid in person.front().findChildren(GridView) if grid.isVisible() and grid.table.rowCount()]
    if not grids:
        return "no table"
    grid = person.chance.choice(grids)
    grid.setFocus()
    told = ""
    for _ in range(person.chance.choice((1, 1, 3))):
        if not grid.table.rowCount():
            break  # a row that was only begun is gone
        line, column = person.chance.randrange(grid.table.rowCount()), person.chance.choice(grid.shown_columns())
        grid.go(grid.table.index(line, column))
        if person.chance.random() < 0.5:
            QTest.keyClick(person.where(), Key.Key_F2)
        told = _typed(person, words.fitting(person.chance, grid.table.columns[column].kind))
        told = f"{told}, {end(person)}"
    return f"in a table: {told}" if not isValid(grid) else f"{grid.accessibleName()}: {told}"


def _typed(person: Person, text: str) -> str:
    for letter in text[:40]:
        if letter.isascii():
            QTest.keyClicks(person.where(), letter)  # to wherever the keys go by now
        else:  # which QTest knows no key for
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(person.where(), QKeyEvent(kind, 0, NONE, letter))
    return f"typed {text[:20]!r} in {type(person.where()).__name__}"


def paste(person: Person) -> str:
    QApplication.clipboard().setText(words.block(person.chance))
    QTest.keyClick(person.where(), Key.Key_V, CTRL)
    return "pasted a block"


def undo(person: Person) -> str:
    label = person.window.workspace.undo_label if person.window.workspace else None
    QTest.keyClick(person.where(), Key.Key_Z, CTRL)
    return f"Ctrl+Z (undo {label})"


def redo(person: Person) -> str:
    QTest.keyClick(person.where(), Key.Key_Y, CTRL)
    return "Ctrl+Y"


def filter_rows(person: Person) -> str:
    QTest.keyClick(person.where(), Key.Key_F, CTRL)
    text = person.chance.choice(("crime", "1", "acc", "zzz", "<b>"))
    told = _typed(person, text)
    key = person.chance.choice((Key.Key_Down, Key.Key_Escape, Key.Key_Return))
    QTest.keyClick(person.where(), key)
    return f"Ctrl+F {told} {key.name}"


def click(person: Person) -> str:
    """Click somewhere: once, twice, or with the right button."""
    widget, place = _somewhere(person, person.front())
    how = person.chance.choice(("left", "left", "left", "double", "right", "control", "shift"))
    left = Qt.MouseButton.LeftButton
    name = _name(widget)
    if not isValid(widget):
        return "clicked on what is gone"
    if how == "double":
        QTest.mouseDClick(widget, left, pos=place)
    elif how == "right":
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, widget.mapToGlobal(place))
        QApplication.sendEvent(widget, event)
    else:
        QTest.mousePress(widget, left, {"control": CTRL, "shift": SHIFT}.get(how, NONE), place)
        if isValid(widget):  # some go away under the finger
            QTest.mouseRelease(widget, left, {"control": CTRL, "shift": SHIFT}.get(how, NONE), place)
    return f"{how} click on {name}"


def drag(person: Person) -> str:
    """Press, move and let go within one widget: columns are moved, cells selected, charts panned."""
    widget, place = _somewhere(person, person.window)
    if widget in [each.viewport() for each in person.window.findChildren(QAbstractItemView) if each.dragEnabled()]:
        return "let a drag be"  # one of Qt's own waits for a desktop
    to = place + QPoint(person.chance.randint(-200, 200), person.chance.randint(-80, 80))
    QTest.mousePress(widget, Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseMove(widget, (place + to) / 2)
    QTest.mouseMove(widget, to)
    if isValid(widget):
        QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, pos=to)
    return f"dragged on {_name(widget)}"


def turn_the_wheel(person: Person) -> str:
    widget, place = _somewhere(person, person.front())
    turn = QPoint(0, person.chance.choice((-480, -120, 120, 480)))
    modifier = person.chance.choice((NONE, NONE, CTRL, SHIFT))
    at, none = QPointF(place), Qt.MouseButton.NoButton
    event = QWheelEvent(
        at, QPointF(widget.mapToGlobal(place)), QPoint(), turn, none, modifier, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(widget, event)
    return f"wheel on {_name(widget)}"


def rest_the_pointer(person: Person) -> str:
    widget, place = _somewhere(person, person.front())
    QApplication.sendEvent(widget, QHelpEvent(QEvent.Type.ToolTip, place, widget.mapToGlobal(place)))
    return f"tooltip of {_name(widget)}"


def press_a_button(person: Person) -> str:
    buttons = [each for each in person.front().findChildren(QAbstractButton) if each.isVisible() and each.isEnabled()]
    if not buttons:
        return "no button"
    button = person.chance.choice(buttons)
    name = button.text() or button.accessibleName() or type(button).__name__
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    return f"button {name}"


def choose_in_a_box(person: Person) -> str:
    boxes = [each for each in person.front().findChildren(QComboBox) if each.isVisible() and each.isEnabled()]
    if not boxes:
        return "no box"
    box = person.chance.choice(boxes)
    box.setFocus()
    QTest.keyClick(box, person.chance.choice((Key.Key_Down, Key.Key_Up, Key.Key_End, Key.Key_Home)))
    return f"chose {box.currentText()!r} in {box.accessibleName()}"


def choose_a_tab(person: Person) -> str:
    bars = [each for each in person.front().findChildren(QTabBar) if each.isVisible() and each.count()]
    if not bars:
        return "no tabs"
    bar = person.chance.choice(bars)
    bar.setCurrentIndex(person.chance.randrange(bar.count()))
    return f"tab {bar.tabText(bar.currentIndex())}"


def command(person: Person) -> str:
    """A command of the window's menus or of the page."""
    actions = [action for name, action in person.window.actions_by_name.items() if name not in LEFT_OUT]
    return _triggered(person, [*actions, *person.view.page(person.view.current()).actions()])


def deed_here(person: Person) -> str:
    """Something that the menu of the widget with the keyboard offers."""
    return _triggered(person, person.where().actions())


def _triggered(person: Person, actions: list[QAction]) -> str:
    usable = [action for action in actions if action.isEnabled() and not action.isSeparator()]
    if not usable:
        return "nothing to do"
    action = person.chance.choice(usable)
    words_ = action.text()
    action.trigger()
    return f"command {words_}"


def choose_in_a_menu(person: Person) -> str | None:
    """Go on in a menu or list that has opened, or in a dialog; close what stays in front for long."""
    popup = QApplication.activePopupWidget()
    if not isinstance(popup, QMenu):
        return None
    for _ in range(person.chance.randint(1, 8)):
        QTest.keyClick(person.where(), person.chance.choice((Key.Key_Down, Key.Key_Down, Key.Key_Right)))
    QTest.keyClick(person.where(), Key.Key_Return)
    return "chose in a menu"


def change_the_size(person: Person) -> str:
    size = person.chance.choice(((1366, 768), (911, 512), (1280, 720), (640, 400)))
    person.window.resize(*size)
    return f"size {size}"


def wait(person: Person) -> str:
    QTest.qWait(person.chance.choice((1, 10, 60)))
    return "waited"


def close_and_open(person: Person) -> str:
    person.window.close_plan()
    return "closed the plan"


def _somewhere(person: Person, within: QWidget) -> tuple[QWidget, QPoint]:
    """A place in the front, and the widget there."""
    place = QPoint(person.chance.randrange(max(within.width(), 1)), person.chance.randrange(max(within.height(), 1)))
    widget = within.childAt(place) or within
    return widget, widget.mapFrom(within, place) if widget is not within else place


def _name(widget: QWidget) -> str:
    if not isValid(widget):
        return "what is gone"
    return widget.accessibleName() or type(widget).__name__


DEEDS: tuple[tuple[int, Deed], ...] = (
    (8, turn_to_a_tab),
    (6, turn_a_page),
    (16, move),
    (16, press_a_key),
    (8, end),
    (8, type_over),
    (16, edit),
    (24, work_in_a_table),
    (4, paste),
    (5, undo),
    (2, redo),
    (4, filter_rows),
    (14, click),
    (4, drag),
    (3, turn_the_wheel),
    (4, rest_the_pointer),
    (6, press_a_button),
    (5, choose_in_a_box),
    (2, choose_a_tab),
    (5, command),
    (6, deed_here),
    (1, change_the_size),
    (2, wait),
    (1, close_and_open),
    (2, deputy.work_in_a_copy),
    (2, deputy.merge_a_copy),
)
"""How often each is done, of all that is done in the window."""

IN_DIALOGS: tuple[tuple[int, Deed], ...] = (
    (6, press_a_button),
    (6, move),
    (4, press_a_key),
    (5, end),
    (4, type_over),
    (3, edit),
    (6, work_in_a_table),
    (6, click),
    (2, turn_the_wheel),
    (2, rest_the_pointer),
    (4, choose_in_a_box),
    (2, choose_a_tab),
    (2, deed_here),
    (1, paste),
)
"""How often each is done, of all that is done in a dialog."""


def drawn(person: Person, deeds: tuple[tuple[int, Deed], ...]) -> Deed:
    """The next deed."""
    return person.chance.choices([deed for _, deed in deeds], [often for often, _ in deeds])[0]
