"""Which page of the help, and which heading of it, tells of the place where a person is.

A page of the window has a page of its name in ``docs/tabs``; a dialog has a line in ``docs/contents.toml``. Below that
the words lead: a heading, or a term of a list, that is called as the column, the field or the list where the person is.
"""

from collections.abc import Iterator

from PySide6.QtWidgets import QDialog, QWidget

from spp_desktop.ui.common.plan_window import PlanWindow
from spp_desktop.ui.grid.grid import Grid
from spp_desktop.ui.help.library import Library, slug_of, split_place
from spp_desktop.ui.pages import PageLine, every_page
from spp_desktop.ui.registers.dialog import RegistersDialog
from spp_desktop.ui.window.explaining import name_of

START = "first-plan.md"
"""The page of who has no plan open yet."""
ANYWHERE = "window.md"
"""The page of a place that no page tells of yet."""
KEYS = "keys.md"


def place_of(widget: QWidget | None, window: PlanWindow, library: Library) -> str:
    """The place in the help that tells of a widget."""
    around = widget.window() if widget is not None else window
    place = library.dialogs.get(type(around).__name__, "") if isinstance(around, QDialog) else ""
    if not place:
        place = f"tabs/{window.plan_view.current()}.md" if window.plan_view is not None else START
    place = place if library.has(place) else ANYWHERE
    page = library.pages[split_place(place)[0]]
    for words in _names(widget):
        if nearer := page.place_of(words):
            return nearer
    return place


def in_words(place: str, library: Library) -> str:
    """A place as it is named on a button: the title of its page, and its heading."""
    name, slug, term = split_place(place)
    page = library.pages[name]
    section = page.section(slug)
    nearer = term or (section.title if section is not None and slug else "")
    return f"{page.title}, {nearer}" if nearer else page.title


def heading_of(page: PageLine) -> str:
    """The heading under which the keys of a page of the window stand."""
    return f"{page.tab}, {page.title}"


def keys_place(window: PlanWindow) -> str:
    """The place in the page of keys that lists those of the page that is shown."""
    if window.plan_view is None:
        return KEYS
    shown = window.plan_view.current()
    return f"{KEYS}#{slug_of(next(heading_of(page) for page in every_page() if page.name == shown))}"


def _names(widget: QWidget | None) -> Iterator[str]:
    """What the place is called, from the innermost out: the column of a cell, the field, the parts around it."""
    while widget is not None:
        if isinstance(widget, Grid) and (here := widget.current()) is not None:
            yield here[1].title
        yield name_of(widget)
        if isinstance(widget, RegistersDialog):
            yield widget.names.currentItem().text()
        if widget.isWindow():
            return
        widget = widget.parentWidget()
