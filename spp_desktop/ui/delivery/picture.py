"""The timeline under the delivery plan, kept in step with the table: the same rows, the same choice."""

from datetime import date
from typing import Any

from PySide6.QtCore import QObject, QTimer

from spp_desktop.figures.charts import timeline as charts
from spp_desktop.store import queries
from spp_desktop.ui.delivery.page import DeliveryTab
from spp_desktop.ui.delivery.timeline import TimelineView


class DeliveryPicture(QObject):
    """Shows the activities that the table shows, from the same reading of the plan."""

    def __init__(self, tab: DeliveryTab, today: date) -> None:
        super().__init__(tab)
        self._tab = tab
        self._today = today
        self.timeline = TimelineView()
        # Typing in the filter box arranges the table at each key; the picture follows once it rests.
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.draw)
        tab.set_picture(self.timeline)
        tab.visible_changed.connect(lambda _: self._soon.start())
        tab.selected.connect(self.timeline.select)
        self.timeline.selected.connect(tab.select)
        tab.signals.changed.connect(self._plan_changed)
        self.draw()

    def draw(self) -> None:
        """Draw what the table shows now."""
        if self._tab.signals.stopped:
            return
        rows = {row.key: row for row in self._tab.model.rows}
        shown = [rows[key] for key in self._tab.visible_keys() if key in rows]
        read = self._tab.signals.read
        milestones = read(queries.milestones, self._tab.year)
        self.timeline.set_chart(charts.timeline(shown, milestones, read(queries.statuses), self._today))

    def _plan_changed(self, changed: Any) -> None:
        if not changed.rows or {"milestone", "activity", "status"} & changed.rows.keys():
            self._soon.start()
