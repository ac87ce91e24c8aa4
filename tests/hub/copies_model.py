"""What each copy of a plan, and its hub, may hold: who knows which values, and what let go of them, without the plan.

A value gives way only where somebody who had it wrote over it, took it back by undo, or decided against it. A merge, a
push and a pull let nothing go by themselves.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from spp_desktop.store.merging.items import MergeItem

Tables = Mapping[str, Mapping[str, Mapping[str, Any]]]
Place = tuple[str, str, str]
"""Table, key, cell; "" for the row as a whole."""
Values = dict[Place, Any]

TOGETHER = {
    "activity": ("status_id", "percent", "forecast", "reason"),
    "milestone": ("status_id", "percent", "due", "due_within", "forecast", "forecast_within", "done_on"),
    "result": ("value", "numerator", "denominator", "sample_size", "design_effect", "state"),
}
"""Cells that are decided together, as people know them."""

MADE_TWICE = {
    "activity_owner": ("activity_id", "post_id"),
    "result": ("indicator_id", "area_id", "population", "period_from", "period_to"),
    "link": ("kind", "from_id", "to_id"),
}
"""What makes one of two rows that were made apart: one of them stays."""


@dataclass
class Model:
    """What a copy has seen, apart from what it holds: values by place, of its own and by merges that stand."""

    own: set[tuple[Place, Any]] = field(default_factory=set)
    merged: dict[str, set[tuple[Place, Any]]] = field(default_factory=dict)
    undone: set[str] = field(default_factory=set)
    rows: set[tuple[str, str]] = field(default_factory=set)

    def seen(self) -> set[tuple[Place, Any]]:
        return self.own.union(*(values for key, values in self.merged.items() if key not in self.undone))

    def copy(self) -> "Model":
        return Model(set(self.own), dict(self.merged), set(self.undone), set(self.rows))

    def note(self, values: Values, tokens: Iterator[int]) -> None:
        """See what a copy holds now, and each row that went from it."""
        there = rows_of(values)
        self.own |= set(values.items())
        self.own |= {((*place, ""), next(tokens)) for place in self.rows - there}
        self.rows = there


def rows_of(values: Iterable[Place]) -> set[tuple[str, str]]:
    """The rows in which values stand."""
    return {place[:2] for place in values}


def values_of(content: Tables) -> Values:
    """What rows hold, place by place, but for their order, about which nobody is asked."""
    return {
        (table, key, column): value
        for table, rows in content.items()
        for key, row in rows.items()
        for column, value in row.items()
        if column != "position"
    }


@dataclass(frozen=True)
class Met:
    """Two that met: what each held before, what they made of it, what each had seen, and what was asked."""

    mine: Values
    other: Values
    now: Values
    mine_seen: set[tuple[Place, Any]]
    other_seen: set[tuple[Place, Any]]
    asked: Iterable[MergeItem]

    def demand_kept(self) -> set[tuple[Place, Any]]:
        """See that each cell holds what somebody wrote, and that who gives way had known it; what may have gone."""
        asked = {(part.table, part.key) for item in self.asked for part in (item, *item.along)}
        asked |= {(item.table, str(item.rival["id"])) for item in self.asked if item.rival}
        offered = {value for item in self.asked for value in (item.offered or {}).values()}
        for place in self.mine.keys() | self.other.keys() | self.now.keys():
            if place[:2] in asked:
                self._demand_written(place, offered)
            elif not self._is_made_twice(place):
                self._demand_known(place)
        for table, key in rows_of(self.now) & rows_of(self.mine) & rows_of(self.other):
            self._demand_together(table, key)
        before = {*self.mine.items(), *self.other.items()}
        return {each for each in before if each[0][:2] in asked or self._is_made_twice(each[0])}

    def _demand_written(self, place: Place, offered: set[Any]) -> None:
        """A cell about which something was asked: as it is on one side, or as it was offered."""
        now = self.now.get(place, "gone")
        emptied = now is None  # what names a row that goes may be emptied
        assert now == "gone" or emptied or now in offered or now in (self.mine.get(place), self.other.get(place)), (
            f"nobody wrote {now} at {place}"
        )

    def _demand_known(self, place: Place) -> None:
        """A cell about which nothing was asked: who gives way had known it."""
        mine, other, now = (side.get(place, "nothing") for side in (self.mine, self.other, self.now))
        assert now in (mine, other), f"nobody wrote {now} at {place}"
        if mine == other:
            return
        if mine == "nothing":
            gone = {each for each in self.mine_seen - self.other_seen if each[0] == (*place[:2], "")}
            assert now == mine or not gone, f"a row that was removed came back at {place}"
        if now == other and mine != "nothing":
            assert (place, mine) in self.other_seen, f"ours {mine} lost at {place}"
        if now == mine and other != "nothing":
            assert (place, other) in self.mine_seen, f"theirs {other} lost at {place}"

    def _demand_together(self, table: str, key: str) -> None:
        """Cells that belong together are all of one side."""
        places = [(table, key, column) for column in TOGETHER.get(table, ())]
        mine, other, now = ([side[place] for place in places] for side in (self.mine, self.other, self.now))
        assert now in (mine, other), f"{table} {key} is put together of both: {now} of {mine} and {other}"

    def _is_made_twice(self, place: Place) -> bool:
        """Whether a row was made on both sides and is one now: under the lower key."""
        table, key, _ = place
        columns = MADE_TWICE.get(table, ())
        if not columns or (table, key, columns[0]) in self.mine.keys() & self.other.keys() & self.now.keys():
            return False
        made = [[side.get((table, key, name)) for name in columns] for side in (self.mine, self.other)]
        others = {each[1] for each in self.now if each[0] == table and each[1] != key}
        return any([self.now[table, each, name] for name in columns] in made for each in others)
