"""The link between the delivery plan's table and its timeline: both show the same rows and the same choice."""

from datetime import date

from PySide6.QtCore import QObject, QTimer

from spp_desktop.figures.charts import timeline as charts
from spp_desktop.plan.kinds.days import short_day
from spp_desktop.plan.periods import year_name
from spp_desktop.store import monitored, queries, threads
from spp_desktop.ui.common.signals import Changed
from spp_desktop.ui.delivery.page import DeliveryPage
from spp_desktop.ui.delivery.timeline import TimelineView


class DeliveryPicture(QObject):
    """Draws the activities that the table shows, from what the table has read. Their lanes are made once."""

    def __init__(self, page: DeliveryPage) -> None:
        super().__init__(page)
        self._page = page
        self.timeline = TimelineView()
        self._lanes: charts.KeptLanes | None = None
        self._needs: list[tuple[str, str]] | None = None
        self._due: set[str] = set()
        # Typing in the filter box arranges the table at each key; the picture follows once it rests.
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.draw)
        page.set_picture(self.timeline)
        page.visible_changed.connect(self._soon.start)
        page.renewed.connect(self._renewed)
        page.read_anew.connect(self._read_anew)
        page.selected.connect(self.timeline.select)
        self.timeline.selected.connect(page.select)
        self.timeline.date_moved.connect(page.move_date)
        page.signals.changed.connect(self._plan_changed)
        self.draw()

    def draw(self) -> None:
        """Draw the activities that the table shows now."""
        if self._page.signals.stopped:
            return
        plan, today = self._page.lists.plan, self._page.today()
        lanes = self._taken_in(today)
        if self._needs is None:
            self._needs = self._page.signals.read(threads.needs)
        chart = lanes.timeline(self._page.model.visible_rows(), self._needs)
        made_up = " (illustrative)" if plan.illustrative else ""
        title = f"Timeline {year_name(self._page.year)}, as at {short_day(today)}{made_up}"
        self.timeline.may_move = not self._page.signals.workspace.read_only
        self.timeline.set_chart(chart, title, [note for note in (plan.title, plan.illustrative) if note])

    def _taken_in(self, today: date) -> charts.KeptLanes:
        """The lanes as the plan has them now: all read anew, or those of the activities that read otherwise."""
        read = self._page.signals.read
        if self._lanes is None or self._lanes.today != today:
            milestones, first = read(queries.milestones, self._page.year), read(monitored.agreed_first)
            self._lanes = charts.KeptLanes(milestones, read(queries.statuses), today, agreed_first=first)
        elif self._due:
            some = read(queries.milestones, self._page.year, of=self._due)
            first = read(monitored.agreed_first, [*self._due, *(step.key for step in some)])
            self._lanes.renew(self._due, some, first)
        self._due.clear()
        return self._lanes

    def _renewed(self, keys: frozenset[str]) -> None:
        self._due |= keys
        self._soon.start()

    def _read_anew(self) -> None:
        self._lanes = self._needs = None
        self._soon.start()

    def _plan_changed(self, changed: Changed) -> None:
        if "link" in changed.rows:
            self._needs = None
