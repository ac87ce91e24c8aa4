"""Printing from the menu: the tables and charts of the page that is shown; and by the same key, those of a dialog."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from spp_desktop.ui.common.plan_window import PlanWindow
from spp_desktop.ui.common.question import tell

if TYPE_CHECKING:
    from spp_desktop.ui.pictures.drawing import Drawing

KEYS = "Ctrl+P"
NOTHING_TO_PRINT = "This page shows no table and no chart yet that could be printed."
_CAN_PRINT = "canPrint"
"""The property of a dialog that has the key."""


def print_page(window: PlanWindow) -> None:
    """Print a table or a chart of the page that is shown."""
    _print_page(window, to_file=False)


def save_as_pdf(window: PlanWindow) -> None:
    """Save a table or a chart of the page that is shown as a PDF."""
    _print_page(window, to_file=True)


def _print_page(window: PlanWindow, *, to_file: bool) -> None:
    from spp_desktop.ui.pictures.print_dialog import shown_on  # late: few sittings print

    view = window.plan_view
    if view is None:
        return
    view.commit_pending()
    page = view.page(view.current())
    drawings, at = shown_on(page, page.panes())
    if drawings:
        _ask(drawings, at, view, window, to_file=to_file)
    else:
        tell(window, NOTHING_TO_PRINT)


def _ask(drawings: "list[Drawing]", at: int, shown: QWidget, window: QWidget, *, to_file: bool = False) -> None:
    """Ask which of what is shown is to be printed, and how."""
    from spp_desktop.ui.pictures.print_dialog import PrintDialog, page_words  # late: few sittings print

    dialog = PrintDialog(drawings, page_words(shown), at, to_file=to_file, parent=window)
    dialog.exec()
    dialog.deleteLater()


class DialogPrinting(QObject):
    """Gives each dialog that the keyboard comes into the key that prints its tables and charts."""

    def __init__(self, window: PlanWindow) -> None:
        super().__init__(window)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        # Not focusChanged: what the keyboard leaves may be gone by then, and PySide ends the program by asking it.
        app.focusObjectChanged.connect(self._moved)

    def _moved(self, now: QObject | None) -> None:
        dialog = now.window() if isinstance(now, QWidget) else None
        if isinstance(dialog, QDialog) and not dialog.property(_CAN_PRINT):
            dialog.setProperty(_CAN_PRINT, True)
            keys = QShortcut(QKeySequence(KEYS), dialog)
            keys.setContext(Qt.ShortcutContext.WindowShortcut)
            keys.activated.connect(lambda: _print_dialog(dialog))


def _print_dialog(dialog: QDialog) -> None:
    """Print a table or a chart of a dialog; do nothing if it has none."""
    from spp_desktop.ui.pictures.print_dialog import shown_on  # late: few sittings print

    drawings, at = shown_on(dialog)
    if drawings:
        _ask(drawings, at, dialog, dialog)
