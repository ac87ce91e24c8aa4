"""The link between the delivery plan's table and its timeline: both show the same rows and the same choice."""

from typing import Any

from PySide6.QtCore import QObject, QTimer

from spp_desktop.figures.charts import timeline as charts
from spp_desktop.plan.kinds.days import short_day
from spp_desktop.plan.periods import year_name
from spp_desktop.store import monitored, queries, threads
from spp_desktop.ui.delivery.page import DeliveryPage
from spp_desktop.ui.delivery.timeline import TimelineView


class DeliveryPicture(QObject):
    """Draws the activities that the table shows, from what the table has read."""

    def __init__(self, page: DeliveryPage) -> None:
        super().__init__(page)
        self._page = page
        self.timeline = TimelineView()
        # Typing in the filter box arranges the table at each key; the picture follows once it rests.
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.draw)
        page.set_picture(self.timeline)
        page.visible_changed.connect(lambda _: self._soon.start())
        page.selected.connect(self.timeline.select)
        self.timeline.selected.connect(page.select)
        self.timeline.date_moved.connect(page.move_date)
        page.signals.changed.connect(self._plan_changed)
        self.draw()

    def draw(self) -> None:
        """Draw the activities that the table shows now."""
        if self._page.signals.stopped:
            return
        rows = {row.key: row for row in self._page.model.rows}
        shown = [rows[key] for key in self._page.visible_keys() if key in rows]
        read = self._page.signals.read
        milestones = read(queries.milestones, self._page.year)
        plan, today = read(queries.plan), self._page.today()
        needs, first = read(threads.needs), read(monitored.agreed_first)
        chart = charts.timeline(shown, milestones, read(queries.statuses), today, needs, agreed_first=first)
        made_up = " (illustrative)" if plan.illustrative else ""
        title = f"Timeline {year_name(self._page.year)}, as at {short_day(today)}{made_up}"
        self.timeline.may_move = not self._page.signals.workspace.read_only
        self.timeline.set_chart(chart, title, [note for note in (plan.title, plan.illustrative) if note])

    def _plan_changed(self, changed: Any) -> None:
        if not changed.rows or {"milestone", "activity", "status", "plan", "link", "date_move"} & changed.rows.keys():
            self._soon.start()
