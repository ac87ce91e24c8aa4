"""What a person does with the activities of the delivery plan's table: add, duplicate, delete."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from spp_desktop.edits import delivery
from spp_desktop.plan.delivery import Activity
from spp_desktop.plan.spoken import in_words_of_plan
from spp_desktop.store.plain import OWNERS, STANDS_UNDER, ActivityRow
from spp_desktop.ui.common.deleting import sure_to_delete
from spp_desktop.ui.delivery.plan_lists import PlanLists
from spp_desktop.ui.grid.begun import BegunTable, begin_typing
from spp_desktop.ui.grid.draft import NEW, is_new
from spp_desktop.ui.grid.table_page import TablePage


class DeliveryDeeds:
    """Does what a person asks for with whole activities. The page tells what is refused, under the table.

    Args:
        page: the page with the table.
        model: its rows.
        lists: the lists that its cells choose from.
        year: gives the financial year that is shown.
        priority: gives the priority that the person looked at last elsewhere; "" if none.
    """

    def __init__(
        self, page: TablePage, model: BegunTable, lists: PlanLists, year: Callable[[], int], priority: Callable[[], str]
    ) -> None:
        self._page, self._model = page, model
        self._lists = lists
        self._year = year
        self._priority = priority

    def insert(self, after: str) -> None:
        """Begin an activity behind another, with its value in the column of the groups, and type its words."""
        if not self._lists.priorities:
            self._page.say(
                in_words_of_plan(
                    "An activity serves a priority, and this plan has none yet. Add one on the Priorities tab first."
                )
            )
            return
        model, grid = self._model, self._page.grid
        beside = next((row for row in model.rows if row.key == after), None) or self._under_head()
        grouping = model.arrangement.grouping
        priority = beside.priority_key if beside is not None else self._priority()
        known = {option.value: option.title for option in self._lists.priorities}
        given: dict[str, Any] = {"priority_id": priority if priority in known else self._lists.priorities[0].value}
        if beside is not None and grouping == OWNERS:
            given[OWNERS] = beside.owner_keys[:1]
        whose = self._page.signals.portfolio.shown
        if whose is not None:
            given.setdefault(OWNERS, (whose.post,))
        if beside is not None and grouping == "status_id":
            given["status_id"] = beside.status_key
        if beside is not None and beside.home_key != beside.priority_key:
            given[STANDS_UNDER] = beside.home_key
        row = self._blank(given, known[given["priority_id"]], beside)
        model.begin(row, after, lambda typed: self._bear(given, typed, after))
        begin_typing(grid, "text")

    def _blank(self, given: Mapping[str, Any], priority: str, beside: ActivityRow | None) -> ActivityRow:
        """What is shown of a new activity until its words are typed."""
        titles = {option.value: option.title for option in self._lists.posts}
        stands = "status_id" in given and beside is not None
        return ActivityRow(
            NEW, self._year(), "", "", given["priority_id"], priority,
            tuple(titles.get(post, "") for post in given.get(OWNERS, ())), given.get(OWNERS, ()),
            given.get("status_id"), beside.status if beside is not None and stands else "", finished=False,
            percent=None, start=None, due=None, forecast=None, reason="", milestones=0, milestones_done=0,
            next_milestone=None, updated=None, linked=(),
            home_key=given.get(STANDS_UNDER, given["priority_id"]),
            home=beside.home if beside is not None and STANDS_UNDER in given else priority,
        )  # fmt: skip

    def _bear(self, given: Mapping[str, Any], typed: Mapping[str, Any], after: str) -> str:
        """Add the new activity to the plan; a priority that is typed goes before a home that is only given."""
        values = {**given, **typed}
        home = values.pop(STANDS_UNDER, None)
        if "priority_id" in typed and STANDS_UNDER not in typed:
            home = None
        priority, text = values.pop("priority_id"), values.pop("text", "")
        return str(
            self._page.signals.edit(
                "add an activity",
                delivery.add_activity,
                self._year(),
                priority,
                text,
                after=after or None,
                home=home,
                **values,
            )
        )

    def _under_head(self) -> ActivityRow | None:
        """The first activity under the head that the person is on, if the person is on one."""
        index = self._page.grid.currentIndex()
        head = self._page.model.group_at(index) if index.isValid() else None
        return self._page.model.arrangement.rows[head.rows[0]] if head is not None and head.rows else None

    def duplicate(self, keys: Sequence[str]) -> None:
        """Copy activities to the places behind them, without their updates."""
        made = [
            self._page.edit(f"duplicate activity {self._ref(key)}", delivery.duplicate_activity, key)
            for key in keys
            if not is_new(key)
        ]
        if made and made[-1]:
            self._page.select(made[-1])

    def delete(self, keys: Sequence[str]) -> None:
        """Delete activities, after saying what depends on them. One that is only begun is forgotten."""
        if any(map(is_new, keys)):
            self._page.model.forget_draft()
        keys = [key for key in keys if not is_new(key)]
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
