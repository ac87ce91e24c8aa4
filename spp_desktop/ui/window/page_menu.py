"""The pages in the View menu: the tabs with their keys, and under a tab that has several pages, those."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from spp_desktop.ui.common.plan_window import PlanWindow
from spp_desktop.ui.pages import TABS, PageLine, plain


class PageMenu:
    """What leads to the tabs and pages, at the head of a menu.

    Attributes:
        pages: what leads to each page, by its title and its tab's.
    """

    def __init__(self, window: PlanWindow, menu: QMenu) -> None:
        self.pages: dict[str, QAction] = {}
        self._window = window
        self._menu = menu
        self._head = menu.actions()[0]
        self._made: list[QAction] = []

    def fill(self, pages: Sequence[PageLine]) -> None:
        """Lead to these pages."""
        for action in self._made:
            self._menu.removeAction(action)
            self._window.removeAction(action)
            action.deleteLater()
        self.pages.clear()
        self._made = [action for n, tab in enumerate(TABS, 1) for action in self._of_tab(f"Ctrl+{n}", tab, pages)]

    def enable(self, on: bool) -> None:
        """Offer them while a plan is open, and only then."""
        for action in (*self._made, *self.pages.values()):
            action.setEnabled(on)

    def _of_tab(self, keys: str, text: str, pages: Sequence[PageLine]) -> Iterator[QAction]:
        """What leads to a tab, which is nothing while it has no page."""
        title = plain(text)
        own = [page for page in pages if page.tab == title]
        if not own:
            return
        tab = self._action(text, lambda: self._show_tab(title))
        tab.setShortcut(QKeySequence(keys))
        yield tab
        if len(own) == 1:
            self._menu.insertAction(self._head, tab)
            self.pages[title] = tab
            return
        self._window.addAction(tab)
        submenu = QMenu(f"{text}\t{keys}", self._menu)
        for page in own:
            action = self._action(page.text, partial(self._show_page, page.name))
            submenu.addAction(action)
            self.pages[f"{page.title}, {title}"] = action
        yield self._menu.insertMenu(self._head, submenu)

    def _action(self, text: str, does: Callable[[], object]) -> QAction:
        action = QAction(text, self._window)
        action.triggered.connect(lambda: does())  # noqa: PLW0108 - it keeps Qt's "checked" from the method
        return action

    def _show_tab(self, title: str) -> None:
        if self._window.plan_view is not None:
            self._window.plan_view.show_tab(title)

    def _show_page(self, name: str) -> None:
        if self._window.plan_view is not None:
            self._window.plan_view.show_page(name)
