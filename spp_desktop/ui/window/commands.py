"""The menus of the window, as data: what each command says, its keys, and the method that does it."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu


@dataclass(frozen=True)
class Command:
    """One entry of a menu. ``does`` names what does it; ``plan`` commands need an open plan."""

    text: str
    does: str
    keys: str = ""
    plan: bool = True
    checkable: bool = False


LINE = Command("-", "")

MENUS: tuple[tuple[str, tuple[Command, ...]], ...] = (
    ("&File", (
        Command("&New plan…", "new_plan", "Ctrl+N", plan=False),
        Command("&Open…", "open_a_plan", "Ctrl+O", plan=False),
        Command("Open the &published sample", "open_published", plan=False),
        Command("Open the &worked sample", "open_worked", plan=False),
        LINE,
        Command("Save a &copy…", "save_a_copy", "Ctrl+Shift+S"),
        Command("&Earlier versions…", "show_earlier_versions"),
        LINE,
        Command("C&lose plan", "close_plan", "Ctrl+W"),
        Command("&Quit", "close", "Ctrl+Q", plan=False),
    )),
    ("&Edit", (
        Command("&Undo", "undo", "Ctrl+Z"),
        Command("&Redo", "redo", "Ctrl+Y"),
        LINE,
        Command("&Filter", "filter_rows", "Ctrl+F"),
        Command("Find any&thing…", "find_anything", "Ctrl+K"),
    )),
    ("&View", (
        Command("&Priorities", "show_priorities", "Ctrl+1"),
        Command("Annual &delivery plan", "show_delivery", "Ctrl+2"),
        Command("P&erformance plan", "show_performance", "Ctrl+3"),
        Command("Re&sults", "show_results", "Ctrl+4"),
        Command("&Charts", "show_charts", "Ctrl+5"),
        Command("&Areas", "show_areas", "Ctrl+6"),
        Command("&Returns", "show_returns", "Ctrl+7"),
        Command("Ne&xt tab", "next_tab", "Ctrl+PgDown"),
        Command("Pre&vious tab", "previous_tab", "Ctrl+PgUp"),
        Command("Next pa&ne", "next_pane", "F6"),
        LINE,
        Command("Light on dar&k", "go_dark", plan=False, checkable=True),
    )),
    ("&Plan", (
        Command("&Lists…", "show_registers", "Ctrl+L"),
        Command("&History…", "show_history", "Ctrl+H"),
        Command("Check &targets…", "check_targets"),
        LINE,
        Command("Ta&ke over for writing", "take_over"),
    )),
    ("&Returns", (
        Command("&Issue status returns…", "issue_returns", "Ctrl+Shift+I"),
        Command("Issue the &monthly results…", "issue_results"),
        Command("&Receive returns…", "receive_returns", "Ctrl+I"),
        Command("&Chase…", "chase_returns"),
        LINE,
        Command("Import resul&ts…", "import_results"),
        LINE,
        Command("Export the &delivery plan…", "export_delivery", "Ctrl+E"),
        Command("Export the &performance plan…", "export_performance", "Ctrl+Shift+E"),
    )),
    ("&Help", (
        Command("&What is this", "what_is_this", "F1", plan=False),
        Command("&Check this plan", "check_plan"),
        Command("&About", "about", plan=False),
    )),
)  # fmt: skip


def build_menus(window: QMainWindow, deed: Callable[[str], Callable[..., object]]) -> dict[str, QAction]:
    """Put the menus on a window, and give the commands by what they do; ``deed`` finds what does it."""
    made: dict[str, QAction] = {}
    for title, commands in MENUS:
        menu = window.menuBar().addMenu(title)
        menu.setObjectName(title.replace("&", ""))
        for command in commands:
            if command is LINE:
                menu.addSeparator()
            else:
                made[command.does] = _action(window, menu, command, deed(command.does))
    return made


def _action(window: QMainWindow, menu: QMenu, command: Command, does: Callable[..., object]) -> QAction:
    action = QAction(command.text, window)
    action.setCheckable(command.checkable)
    if command.keys:
        action.setShortcut(QKeySequence(command.keys))
    if command.checkable:
        action.toggled.connect(does)
    else:
        action.triggered.connect(lambda: does())  # noqa: PLW0108 - it keeps Qt's "checked" from the method
    menu.addAction(action)
    return action


def plan_commands() -> frozenset[str]:
    """The methods that need an open plan."""
    return frozenset(command.does for _, commands in MENUS for command in commands if command.plan and command.does)
