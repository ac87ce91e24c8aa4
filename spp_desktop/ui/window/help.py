"""The help: what is here, every key, the terms on screen, and how a first plan is made."""

from importlib.resources import files

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTabWidget, QTextBrowser, QVBoxLayout, QWidget

from spp_desktop.ui.common.plan_window import PlanWindow
from spp_desktop.ui.window.explaining import Explanation, keys_of

HERE, KEYS, TERMS, FIRST_PLAN = range(4)
"""The pages of the help in their order."""
TABLE_KEYS = (
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
EVERYWHERE = (
    ("What is this, what may I type", "F1"),
    ("From part to part of a page", "F6, Tab"),
    ("Through the tabs' pages", "Ctrl+PgUp, Ctrl+PgDown"),
    ("A menu by its letter", "Alt+letter"),
)


class HelpDialog(QDialog):
    """The pages of the help, in front of the window or of the dialog in which it was asked for."""

    def __init__(self, here: Explanation, window: PlanWindow, parent: QWidget | None = None) -> None:
        super().__init__(parent or window)
        self.finished.connect(self.deleteLater)
        self.setWindowTitle("Help")
        self.resize(640, 420)
        self.pages = QTabWidget(self)
        self.pages.setDocumentMode(True)
        self._add("&Here", "What is here")
        self._add("&Keys", "Every key")
        self._add("&Terms", "The terms on screen").setMarkdown(_text("glossary.md"))
        self._add("A &first plan", "How a first plan is made").setMarkdown(_text("first-plan.md"))
        self.say(here)
        self._page(KEYS).setPlainText(_keys(window))
        buttons = QDialogButtonBox(self)
        buttons.addButton("Close", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self.pages, 1)
        column.addWidget(buttons)
        self._page(HERE).setFocus()

    def say(self, here: Explanation) -> None:
        """Say what is here."""
        self._page(HERE).setPlainText("\n\n".join((here.title, *here.sentences)))

    def show_page(self, number: int) -> None:
        """Turn to a page, with the keyboard in it."""
        self.pages.setCurrentIndex(number)
        self._page(number).setFocus()

    def text(self, number: int) -> str:
        """What a page says."""
        return self._page(number).toPlainText()

    def _add(self, title: str, name: str) -> QTextBrowser:
        browser = QTextBrowser()
        browser.setAccessibleName(name)
        browser.setOpenLinks(False)
        browser.setTabChangesFocus(True)
        browser.setTabStopDistance(browser.fontMetrics().horizontalAdvance("Ctrl+Shift+arrow, Shift+"))
        browser.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.pages.addTab(browser, title)
        return browser

    def _page(self, number: int) -> QTextBrowser:
        browser = self.pages.widget(number)
        assert isinstance(browser, QTextBrowser)
        return browser


def _text(name: str) -> str:
    return (files("resources") / name).read_text(encoding="utf-8")


def _keys(window: PlanWindow) -> str:
    """Every key: those of the menus as they are now, those of the page shown, those of any table, and the rest."""
    menus = [(words, keys) for words, keys in keys_of(list(window.actions_by_name.values()))]
    tabs = [(title, QKeySequence(action.shortcut()).toString()) for title, action in window.page_actions.items()]
    view = window.plan_view
    page = keys_of(view.page(view.current()).actions()) if view is not None else []
    parts = (
        ("Everywhere", EVERYWHERE),
        ("Menus", menus),
        ("Tabs", [entry for entry in tabs if entry[1]]),
        ("This page", page),
        ("Every table", TABLE_KEYS),
    )
    return "\n\n".join(
        "\n".join((title, *(f"{keys}\t{words}" for words, keys in entries))) for title, entries in parts if entries
    )
