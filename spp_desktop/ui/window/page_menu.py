"""The pages in the View menu: the tabs with their keys, and below a tab that has several pages, its pages."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from spp_desktop.ui.common.plan_window import PlanWindow
from spp_desktop.ui.pages import TABS, PageLine, plain, shown_tab


class PageMenu:
    """The entries of tabs and pages, at the head of a menu.

    Attributes:
        pages: the actions that lead to pages, by the titles of page and tab.
    """

    def __init__(self, window: PlanWindow, menu: QMenu) -> None:
        self.pages: dict[str, QAction] = {}
        self._window = window
        self._menu = menu
        self._head = menu.actions()[0]
        self._actions: list[QAction] = []
        self._submenus: list[QMenu] = []

    def fill(self, pages: Sequence[PageLine]) -> None:
        """Make the entries of these pages, in place of those before."""
        for action in self._leading():
            self._menu.removeAction(action)
            self._window.removeAction(action)
        for made in (*self._actions, *self._submenus):
            made.deleteLater()
        self._actions, self._submenus = [], []
        self.pages.clear()
        for n, tab in enumerate(TABS, 1):
            own = [page for page in pages if page.tab == plain(tab)]
            if own:
                self._lead_to(tab, f"Ctrl+{n}", own)

    def enable(self, on: bool) -> None:
        """Enable or disable the entries: they are offered only while a plan is open."""
        for action in self._leading():
            action.setEnabled(on)

    def _leading(self) -> list[QAction]:
        """All actions that lead to tabs and pages now."""
        return [*self._actions, *(submenu.menuAction() for submenu in self._submenus)]

    def _lead_to(self, text: str, keys: str, pages: Sequence[PageLine]) -> None:
        """Make the entries of a tab, with its keys: one if it has one page, else one for each page."""
        name = plain(text)
        others = [other for other in TABS if other != text]
        text = shown_tab(text, [*others, *(action.text() for action in self._menu.actions())])
        title = plain(text)
        tab = self._action(text, lambda: self._show_tab(name))
        tab.setShortcut(QKeySequence(keys))
        if len(pages) == 1:
            self._menu.insertAction(self._head, tab)
            self.pages[title] = tab
            return
        self._window.addAction(tab)
        submenu = QMenu(f"{text}\t{keys}", self._menu)
        self._submenus.append(submenu)
        self._menu.insertMenu(self._head, submenu)
        for page in pages:
            action = self._action(page.text, partial(self._show_page, page.name))
            submenu.addAction(action)
            self.pages[f"{page.title}, {title}"] = action

    def _action(self, text: str, does: Callable[[], object]) -> QAction:
        action = QAction(text, self._window)
        action.triggered.connect(lambda: does())  # noqa: PLW0108 - it keeps Qt's "checked" from the method
        self._actions.append(action)
        return action

    def _show_tab(self, title: str) -> None:
        self._window.whole()
        if self._window.plan_view is not None:
            self._window.plan_view.show_tab(title)

    def _show_page(self, name: str) -> None:
        self._window.whole()
        if self._window.plan_view is not None:
            self._window.plan_view.show_page(name)
