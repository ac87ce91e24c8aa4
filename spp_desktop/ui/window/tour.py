"""The tour of five minutes: a copy of the worked sample, opened in place of the person's plan, and a strip that leads.

What the strip says is the page ``tour.md`` of the help; where each stop is, and what shows that it is done, stands in
``STOPS``.
"""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QDockWidget, QWidget

from sample_data import tour
from spp_desktop.returns.aside import NotWritten
from spp_desktop.store import exports, queries
from spp_desktop.store.problems import NotKept, PlanRefused
from spp_desktop.ui.common.busy import busy
from spp_desktop.ui.common.plan_window import PlanWindow
from spp_desktop.ui.common.question import tell
from spp_desktop.ui.help.library import read_library
from spp_desktop.ui.help.tour_strip import TourStrip
from spp_desktop.ui.results.columns import PERIOD

if TYPE_CHECKING:
    from spp_desktop.store.workspace import Workspace

PAGE = "tour.md"
LOOK_EVERY = 500
"""The milliseconds between two looks whether what a stop asks for is done."""

SignOfDoing = Callable[["Workspace"], object]
"""Something of a plan that is another once a stop is done."""


def _latest_step(workspace: "Workspace") -> object:
    return workspace.undo_label


def _sent(workspace: "Workspace") -> object:
    return len(workspace.read_beside(exports.every))


@dataclass(frozen=True)
class TourStop:
    """Where a stop of the tour is: an item on a page and a cell of it, and what shows that it is done."""

    page: str
    kind: str = ""
    ref: str = ""
    field: str = ""
    measure: SignOfDoing | None = None


STOPS = (
    TourStop("delivery", "activity", "1.01", "status_id", _latest_step),
    TourStop("delivery", measure=_latest_step),
    TourStop("delivery"),
    TourStop("performance", "indicator", "PI01"),
    TourStop("results", field=f"{PERIOD}5", measure=_latest_step),
    TourStop("returns", measure=_sent),
    TourStop("returns", measure=_latest_step),
    TourStop("delivery"),
)
"""The stops, in the order of the page's numbered headings."""


def begin(window: PlanWindow) -> None:
    """Open a copy of the sample in place of the open plan, and lead through it; where that cannot be, say so.

    A tour that is on its way begins again at its first stop, in its own copy.
    """
    under_way = window.findChild(Tour)
    if isinstance(under_way, Tour) and under_way.look():
        under_way.strip.show_stop(0)
        return
    before = window.workspace.path if window.workspace is not None else None
    folder = None
    try:
        with busy():
            folder = Path(tempfile.mkdtemp(prefix="SPP Desktop tour "))
            plan = tour.lay_out(folder)
    except (PlanRefused, NotKept, NotWritten) as refusal:
        tell(window, str(refusal))
    except OSError as problem:
        tell(window, f"The copy for the tour cannot be made: {problem.strerror}. Your own plan is as it was.")
    else:
        window.open_plan(plan)
        if window.workspace is not None and window.workspace.path == plan:
            Tour(window, plan, before).strip.show_stop(0)
            return
    if folder is not None:
        shutil.rmtree(folder, ignore_errors=True)


class Tour(QObject):
    """The tour in one window. It ends by its button, and where the plan of the tour is closed or another is opened."""

    def __init__(self, window: PlanWindow, plan: Path, before: Path | None) -> None:
        super().__init__(window)
        self._window, self._plan, self._before = window, plan, before
        stops = [section for section in read_library().pages[PAGE].sections if section.title[:1].isdigit()]
        self.strip = TourStrip(stops)
        self._dock = QDockWidget("A tour of five minutes", window)
        self._dock.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
        self._dock.setTitleBarWidget(QWidget())
        self._dock.setWidget(self.strip)
        window.addActions(self.strip.keys)
        window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, self._dock)
        self._at_first: object = None
        self._looking = QTimer(self, interval=LOOK_EVERY)
        self._looking.timeout.connect(self.look)
        self._looking.start()
        self.strip.stopped_at.connect(self._go_to)
        self.strip.ended.connect(self.end)
        window.installEventFilter(self)

    def look(self) -> bool:
        """See whether what the stop asks for is done; end where the plan of the tour is no longer open.

        Returns:
            Whether the tour goes on.
        """
        workspace = self._window.workspace
        if workspace is None or workspace.path != self._plan:
            self._leave()
            return False
        measure = STOPS[self.strip.at].measure
        if measure is not None and measure(workspace) != self._at_first:
            self.strip.say_done()
        return True

    def end(self) -> None:
        """End the tour, and open the plan again that was open before."""
        workspace = self._window.workspace
        if workspace is not None and workspace.path == self._plan and not self._window.close_plan():
            return
        self._leave()
        if self._before is not None:
            self._window.open_plan(self._before)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the copy away once the window has closed."""
        if event.type() == QEvent.Type.Hide and watched is self._window and self._window.workspace is None:
            self._leave()
        return super().eventFilter(watched, event)

    def _leave(self) -> None:
        self._looking.stop()
        self._window.removeEventFilter(self)
        self._window.removeDockWidget(self._dock)
        self._dock.deleteLater()
        self.setParent(None)
        self.deleteLater()
        shutil.rmtree(self._plan.parent, ignore_errors=True)

    def _go_to(self, number: int) -> None:
        """Go to the place of a stop."""
        view, workspace, stop = self._window.plan_view, self._window.workspace, STOPS[number]
        if view is None or workspace is None:
            return
        self._at_first = stop.measure(workspace) if stop.measure is not None else None
        view.show_page(stop.page)
        page = view.page(stop.page)
        if not stop.kind and (first := page.first_row()):
            page.select(first)
        if stop.kind:
            keys = {row.ref: row.key for row in view.signals.read(queries.activities)}
            keys |= {row.ref: row.key for row in view.signals.read(queries.indicators)}
            if stop.ref not in keys:  # it was deleted on the way, or has another reference: its page is shown
                return
            view.go_to(stop.kind, keys[stop.ref])
        if stop.field:
            page.show_cell(stop.field)
