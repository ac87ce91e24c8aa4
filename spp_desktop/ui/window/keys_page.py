"""The page of the help that lists every key, made from the commands, the tabs and the pages themselves."""

from collections.abc import Iterable, Sequence

from spp_desktop.ui.common.plan_window import PlanWindow
from spp_desktop.ui.common.style import without_keys
from spp_desktop.ui.pages import TABS, PageLine, every_page, plain
from spp_desktop.ui.window.commands import MENUS, Command
from spp_desktop.ui.window.explaining import keys_of
from spp_desktop.ui.window.help_places import heading_of

KeyLine = tuple[str, str]
"""What is done, and the keys that do it."""

HEAD = """# Every key

*Help > Keys* (Shift+F1) opens this page at the page of the window that is shown. Ctrl+K finds any command by its name.
"""
EVERYWHERE: tuple[KeyLine, ...] = (
    ("What is this, what may I type; again for the page of the help", "F1"),
    ("From part to part of a page", "F6, Tab"),
    ("A menu by its letter", "Alt+letter"),
    ("Give up, leave a dialog", "Escape"),
)
TABLE_KEYS: tuple[KeyLine, ...] = (
    ("Go on typing in the cell", "F2"),
    ("Keep and go down, up", "Enter, Shift+Enter"),
    ("Keep and go right, left; then Enter goes to the first column again", "Tab, Shift+Tab"),
    ("Give up what is typed", "Escape"),
    ("Fill all selected cells with what is typed", "Ctrl+Enter"),
    ("To the edge of the block, and select to there", "Ctrl+arrow, Ctrl+Shift+arrow"),
    ("To the first cell, to the last", "Ctrl+Home, Ctrl+End"),
    ("Empty the cell and type", "Backspace"),
    ("Fold or unfold a heading", "Space, Left, Right"),
    ("The menu of the cells", "Shift+F10"),
)
"""Keys of every table that are on no menu."""
COPY = "Copy cells"
"""What can be done on every page with a table."""
IN_TOUR: tuple[KeyLine, ...] = (("On to the next stop, back to the one before", "F8, Shift+F8"),)
IN_HELP: tuple[KeyLine, ...] = (
    ("Search all pages; Down and Enter open a hit", "Ctrl+K"),
    ("Find in the page, the next, the one before", "Ctrl+F, F3, Shift+F3"),
    ("Back and forward through what was read", "Alt+Left, Alt+Right"),
    ("Page, contents, search", "F6"),
    ("To the next link, and follow it", "Tab, Enter"),
    ("Leave what was opened last, and the help", "Escape"),
)


def keys_page(window: PlanWindow) -> str:
    """The page as Markdown, of a window with an open plan."""
    view = window.plan_view
    assert view is not None
    lines = {page.name: page for page in every_page()}
    own = {name: keys_of(view.page(name).actions()) for name in lines}
    tables = [keys for keys in own.values() if COPY in dict(keys)]
    shared = [key for key in tables[0] if sum(key in keys for keys in tables) >= len(tables) - 1]
    parts = [HEAD, _part("Everywhere", EVERYWHERE), _part("Tabs", _tabs(lines.values()))]
    parts += [_part(f"The menu {plain(title)}", _menu(commands)) for title, commands in MENUS]
    parts.append(_part("Every table", (*TABLE_KEYS, *shared)))
    parts += [_part(heading_of(page), [key for key in own[page.name] if key not in shared]) for page in lines.values()]
    parts += [_part("The help", IN_HELP), _part("The tour of five minutes", IN_TOUR)]
    return "\n".join(filter(None, parts))


def _tabs(pages: Iterable[PageLine]) -> list[KeyLine]:
    """The tabs that have a page, by the keys that go with their places."""
    shown = {page.tab for page in pages}
    return [(plain(title), f"Ctrl+{n}") for n, title in enumerate(TABS, 1) if plain(title) in shown]


def _menu(commands: Iterable[Command]) -> list[KeyLine]:
    return [(without_keys(command.text).rstrip("…"), command.keys) for command in commands if command.keys]


def _part(title: str, keys: Sequence[KeyLine]) -> str:
    """A heading with a table below it; nothing, if there are no keys."""
    rows = [f"| {words} | {names} |" for words, names in keys]
    return "\n".join((f"## {title}", "", "| What | Keys |", "| --- | --- |", *rows, "")) if rows else ""
