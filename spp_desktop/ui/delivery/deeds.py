"""What a person does with the activities of the delivery plan's table: add, duplicate, delete."""

from collections.abc import Callable, Sequence

from spp_desktop.edits import delivery
from spp_desktop.plan.delivery import Activity
from spp_desktop.store.plain import OWNERS
from spp_desktop.ui.common.deleting import sure_to_delete
from spp_desktop.ui.delivery.plan_lists import PlanLists
from spp_desktop.ui.grid.table_tab import TableTab


class DeliveryDeeds:
    """The doing of it; what is refused is said under the table.

    Args:
        tab: the table, with its filter and its sentences.
        lists: what its cells choose from.
        year: gives the financial year that is shown.
    """

    def __init__(self, tab: TableTab, lists: PlanLists, year: Callable[[], int]) -> None:
        self._tab = tab
        self._lists = lists
        self._year = year

    def insert(self, after: str) -> None:
        """Add an activity behind one, like it in what the table is grouped by, and begin to type its words."""
        row = next((row for row in self._tab.model.rows if row.key == after), None)
        if row is None and not self._lists.priorities:
            self._tab.say(
                "An activity serves a priority, and this plan has none yet. Add one on the Priorities tab first."
            )
            return
        grouping = self._tab.model.arrangement.grouping
        key = self._tab.edit(
            "add an activity",
            delivery.add_activity,
            self._year(),
            row.priority_key if row else self._lists.priorities[0].value,
            "New activity",
            after=after or None,
            owners=row.owner_keys[:1] if row and grouping == OWNERS else (),
            **({"status_id": row.status_key} if row and grouping == "status_id" else {}),
        )
        if key and self._tab.select(key):
            self._tab.grid.setFocus()
            self._tab.grid.select(key, "text")
            self._tab.grid.edit(self._tab.grid.currentIndex())

    def duplicate(self, keys: Sequence[str]) -> None:
        """Copy activities to the places behind them, without what was reported of them."""
        made = [
            self._tab.edit(f"duplicate activity {self._ref(key)}", delivery.duplicate_activity, key) for key in keys
        ]
        if made and made[-1]:
            self._tab.select(made[-1])

    def delete(self, keys: Sequence[str]) -> None:
        """Delete activities, having said what hangs on them."""
        if not keys:
            return
        name = self._ref(keys[0])
        if not sure_to_delete(self._tab, self._tab.signals, Activity, keys, name):
            return
        at = self._tab.grid.currentIndex()
        self._tab.edit(f"delete {Activity.word.called(name, len(keys))}", delivery.remove_activities, list(keys))
        line = min(at.row(), self._tab.model.rowCount() - 1)
        if line >= 0:
            self._tab.grid.go(self._tab.model.index(line, at.column()))

    def _ref(self, key: str) -> str:
        return next((row.ref for row in self._tab.model.rows if row.key == key), "")
