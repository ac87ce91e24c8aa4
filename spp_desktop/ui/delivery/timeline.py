"""The timeline under the delivery plan: milestones and due dates of the activities shown, one lane each."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QScrollBar, QStackedLayout, QWidget

from spp_desktop.figures.charts import timeline as charts
from spp_desktop.ui.delivery.lane_drawing import lane_drawing
from spp_desktop.ui.delivery.lane_view import LaneView
from spp_desktop.ui.pictures.drawing import Drawing
from spp_desktop.ui.pictures.menu import picture_actions
from spp_desktop.ui.pictures.pictured import Pictured
from spp_desktop.ui.pictures.widget import DescribedWhenAsked

if TYPE_CHECKING:
    from spp_desktop.returns.plain_sheet import PlainSheet

SCROLL_STEPS = 10
"""The steps of the scroll bar for one lane."""
HELP = (
    "Wheel scrolls, Ctrl+wheel or + and - zoom, drag or arrows move, Home shows all dates. "
    "Drag the end of a bar or a milestone to the day now expected, with Shift to another day agreed; "
    "by keys Shift+Left and Shift+Right, then Enter."
)


class TimelineView(DescribedWhenAsked, Pictured):
    """A timeline to move about in and to choose from.

    Signals:
        selected: the key of the activity that the person chose here by mouse or keys.
        date_moved: a date that the person moved here (``DraggedDate``).
    """

    selected = Signal(str)
    date_moved = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Timeline of activities")
        self._chart: charts.Timeline | None = None
        self._view: LaneView | None = None
        self._key: str | None = None
        self.may_move = False
        self._title, self._notes = "Timeline", tuple[str, ...]()
        self._hint = QLabel(charts.NO_DATES, wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter)
        self._hint.setMargin(16)
        self._lanes = QWidget()
        self._bar = QScrollBar(Qt.Orientation.Vertical)
        self._bar.valueChanged.connect(self._scrolled)
        row = QHBoxLayout(self._lanes)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._bar)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._hint)
        self._pages.addWidget(self._lanes)
        self.setMinimumHeight(80)
        self._actions = [*picture_actions(self, self.drawing), *self._view_actions()]
        self._colour()

    def set_chart(self, chart: charts.Timeline, title: str = "Timeline", notes: Sequence[str] = ()) -> None:
        """Show a timeline. The zoom and the chosen lane stay as they were.

        Args:
            chart: The timeline.
            title: What it is called where it is saved.
            notes: What must be known of it there.
        """
        self._chart, self._title, self._notes = chart, title, tuple(notes)
        self._hint.setText(chart.empty)
        self.describe_by(lambda: charts.describe(chart))
        if not chart.empty:
            self._lane_view().may_move = self.may_move
            self._lane_view().set_chart(chart)
            self.select(self._key)
        self._pages.setCurrentIndex(0 if chart.empty else 1)
        for action in self._actions:
            action.setEnabled(not chart.empty)

    def select(self, key: str | None) -> None:
        """Show an activity as chosen and bring its lane into view. ``selected`` is not emitted."""
        self._key = key
        if self._view is not None:
            self._view.select(key)
            self._say(key)

    def actions_here(self) -> list[QAction]:
        """The actions that a right click offers."""
        return self._actions

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the picture."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for n, action in enumerate(self._actions):
            if n == len(self._actions) - 3:
                menu.addSeparator()
            menu.addAction(action)
        menu.popup(event.globalPos())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the light or dark palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._colour()

    def _numbers(self) -> "list[PlainSheet]":
        from spp_desktop.returns.plain_sheet import PlainSheet  # openpyxl, which takes long: only when it is asked for

        return [] if self._chart is None else [PlainSheet(self._title, self._notes, charts.table(self._chart))]

    def drawing(self) -> Drawing | None:
        """The whole timeline as it is printed and saved, whatever of it is in view."""
        chart = self._chart
        return None if chart is None or chart.empty else lane_drawing(chart, self._title, self._notes, self._numbers)

    def _colour(self) -> None:
        self._hint.setForegroundRole(self._hint.palette().ColorRole.PlaceholderText)

    def _view_actions(self) -> list[QAction]:
        actions = []
        for title, key, step in (
            ("Show all dates", "Home", lambda view: view.fit_days()),
            ("Zoom in", "+", lambda view: view.zoom(0.8)),
            ("Zoom out", "-", lambda view: view.zoom(1.25)),
        ):
            # The keys work in the timeline itself; here they are only named.
            action = QAction(f"{title}\t{key}", self)
            action.triggered.connect(lambda _=False, step=step: step(self._lane_view()))
            actions.append(action)
        return actions

    def _lane_view(self) -> LaneView:
        if self._view is None:
            self._view = LaneView(self._lanes)
            self._view.setAccessibleName(self.accessibleName())
            self._view.setWhatsThis(HELP)
            self._view.chosen.connect(self._chosen)
            self._view.moved.connect(self._moved)
            self._view.date_moved.connect(self.date_moved)
            layout = self._lanes.layout()
            assert isinstance(layout, QHBoxLayout)
            layout.insertWidget(0, self._view)
            self.setFocusProxy(self._view)
        return self._view

    def _chosen(self, key: str) -> None:
        self._key = key
        self._say(key)
        self.selected.emit(key)

    def _say(self, key: str | None) -> None:
        """Tell a screen reader which lane is chosen, or else what the whole picture shows."""
        chart, view = self._chart, self._view
        assert chart is not None
        assert view is not None
        lane = view.lane_of(key)
        if lane is None:
            view.describe_by(lambda: charts.describe(chart))
        else:
            view.setAccessibleDescription(f"{lane.words()}. {lane.label}")

    def _moved(self) -> None:
        view, chart = self._lane_view(), self._chart
        if chart is None:
            return
        fits = view.rows_in_view()
        self._bar.blockSignals(True)
        self._bar.setRange(0, max(round((len(chart.lanes) - fits) * SCROLL_STEPS), 0))
        self._bar.setPageStep(max(int(fits * SCROLL_STEPS), 1))
        self._bar.setSingleStep(SCROLL_STEPS)
        self._bar.setValue(round(view.top * SCROLL_STEPS))
        self._bar.blockSignals(False)
        self._bar.setVisible(self._bar.maximum() > 0)

    def _scrolled(self, value: int) -> None:
        self._lane_view().scroll_to(value / SCROLL_STEPS)
