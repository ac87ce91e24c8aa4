"""What a person does with the activities of the delivery plan's table: add, duplicate, delete."""

from collections.abc import Callable, Sequence

from spp_desktop.edits import delivery
from spp_desktop.plan.delivery import Activity
from spp_desktop.store.plain import OWNERS
from spp_desktop.ui.common.deleting import sure_to_delete
from spp_desktop.ui.delivery.plan_lists import PlanLists
from spp_desktop.ui.grid.table_page import TablePage


class DeliveryDeeds:
    """Does what a person asks for with whole activities. The page tells what is refused, under the table.

    Args:
        page: the page with the table.
        lists: the lists that its cells choose from.
        year: gives the financial year that is shown.
    """

    def __init__(self, page: TablePage, lists: PlanLists, year: Callable[[], int]) -> None:
        self._page = page
        self._lists = lists
        self._year = year

    def insert(self, after: str) -> None:
        """Add an activity behind another, with its value in the column of the groups, and begin to type its words."""
        row = next((row for row in self._page.model.rows if row.key == after), None)
        if row is None and not self._lists.priorities:
            self._page.say(
                "An activity serves a priority, and this plan has none yet. Add one on the Priorities tab first."
            )
            return
        grouping = self._page.model.arrangement.grouping
        key = self._page.edit(
            "add an activity",
            delivery.add_activity,
            self._year(),
            row.priority_key if row else self._lists.priorities[0].value,
            "New activity",
            after=after or None,
            owners=row.owner_keys[:1] if row and grouping == OWNERS else (),
            **({"status_id": row.status_key} if row and grouping == "status_id" else {}),
        )
        if key and self._page.select(key):
            self._page.grid.setFocus()
            self._page.grid.select(key, "text")
            self._page.grid.edit(self._page.grid.currentIndex())

    def duplicate(self, keys: Sequence[str]) -> None:
        """Copy activities to the places behind them, without their updates."""
        made = [
            self._page.edit(f"duplicate activity {self._ref(key)}", delivery.duplicate_activity, key) for key in keys
        ]
        if made and made[-1]:
            self._page.select(made[-1])

    def delete(self, keys: Sequence[str]) -> None:
        """Delete activities, after saying what depends on them."""
        if not keys:
            return
        name = self._ref(keys[0])
        if not sure_to_delete(self._page, self._page.signals, Activity, keys, name):
            return
        at = self._page.grid.currentIndex()
        self._page.edit(f"delete {Activity.word.called(name, len(keys))}", delivery.remove_activities, list(keys))
        line = min(at.row(), self._page.model.rowCount() - 1)
        if line >= 0:
            self._page.grid.go(self._page.model.index(line, at.column()))

    def _ref(self, key: str) -> str:
        return next((row.ref for row in self._page.model.rows if row.key == key), "")
