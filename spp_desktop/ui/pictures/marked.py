"""The protective marking of what a part of the window shows, for whatever is printed, saved or copied of it."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from spp_desktop.store.markings import PlanMarkings
    from spp_desktop.ui.common.open_plan import OpenPlan
    from spp_desktop.ui.pictures.drawing import Drawing


def plan_around(widget: QWidget) -> "OpenPlan | None":
    """The open plan that a widget is a part of, or that the window shows in which it stands."""
    from spp_desktop.ui.common.open_plan import OpenPlan  # late: it loads what reads plans
    from spp_desktop.ui.common.plan_window import PlanWindow

    above: QWidget | None = widget
    while above is not None:
        if isinstance(above, OpenPlan):
            return above
        if isinstance(above, PlanWindow) and above.plan_view is not None:
            return above.plan_view
        above = above.parentWidget()
    return None


def markings_around(widget: QWidget) -> "PlanMarkings":
    """The markings of the plan that a widget is a part of; none where it is of no plan."""
    from spp_desktop.store.markings import PlanMarkings, markings  # late: as above

    plan = plan_around(widget)
    return PlanMarkings() if plan is None else plan.signals.read(markings)


def marking_of(widget: QWidget, drawing: "Drawing") -> str:
    """The marking of what a widget shows: the highest of the rows in it, or of all where they are not known."""
    return markings_around(widget).highest(drawing.keys)
