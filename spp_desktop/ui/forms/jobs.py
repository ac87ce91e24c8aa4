"""What the menu does with forms that somebody sends."""

from spp_desktop.ui.common.plan_window import PlanWindow
from spp_desktop.ui.forms.fill_form import FillFormDialog
from spp_desktop.ui.forms.read_form import ReadFormDialog


def fill_form(window: PlanWindow) -> None:
    """Fill a form."""
    view = window.plan_view
    if view is None:
        return
    view.commit_pending()
    dialog = FillFormDialog(view.signals, view.jobs, view.shown_year(), window)
    dialog.exec()
    if dialog.outcome:
        view.say(dialog.outcome)
    dialog.deleteLater()


def read_form(window: PlanWindow) -> None:
    """Read a filled form back."""
    view = window.plan_view
    if view is None:
        return
    view.commit_pending()
    dialog = ReadFormDialog(view.signals, view.jobs, view.shown_year(), window)
    if dialog.exec():
        view.say_of_step(dialog.outcome)
    dialog.deleteLater()
