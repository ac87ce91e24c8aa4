"""The help of the window: what is where the keyboard is, and the pages that stand beside the work."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from spp_desktop.ui.common.plan_window import PlanWindow


def explain(window: PlanWindow) -> None:
    """Say what is where the keyboard is; who asks for more, or presses F1 again, is shown the page about it."""
    from spp_desktop.ui.help.library import read_library
    from spp_desktop.ui.window import help_places
    from spp_desktop.ui.window.explaining import explained
    from spp_desktop.ui.window.explanation import ExplanationDialog

    library, widget = read_library(), QApplication.focusWidget()
    place = help_places.place_of(widget, window, library)
    around = widget.window() if widget is not None else window
    if ExplanationDialog(explained(widget), help_places.in_words(place, library), around).exec():
        window.show_help(place)


def show_help(window: PlanWindow, place: str) -> None:
    """Show a page of the help beside the work; without a place, the one about where the keyboard is."""
    from spp_desktop.ui.help.help_window import HelpWindow
    from spp_desktop.ui.window import help_places

    asks = QApplication.activeModalWidget() or window
    open_ = asks.findChildren(HelpWindow, options=Qt.FindChildOption.FindDirectChildrenOnly)
    shown = open_[0] if open_ else HelpWindow(asks)
    shown.show_place(place or help_places.place_of(QApplication.focusWidget(), window, shown.library))
    shown.show()
    shown.activateWindow()
    shown.page.setFocus()
