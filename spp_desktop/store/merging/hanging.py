"""What hangs on rows that only one side still has: a new row below one that was removed is asked about there, once."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from spp_desktop.plan.rows import kinds_of_row
from spp_desktop.store.history import StoredRow
from spp_desktop.store.known_tables import known_tables
from spp_desktop.store.merging.items import MergeItem, MergeQuestion
from spp_desktop.store.merging.two_copies import SideChanges, TwoCopies
from spp_desktop.store.merging.writes import RowPlace


class NamingColumn(NamedTuple):
    """A column that names another row.

    Attributes:
        name: its name.
        hangs: whether its row goes with the one that it names.
        emptied: whether it can be empty, so that its row may stay.
    """

    name: str
    hangs: bool
    emptied: bool


@cache
def naming_columns(table: str) -> tuple[NamingColumn, ...]:
    """The columns of a table that name other rows."""
    model, known = kinds_of_row()[table], known_tables()[table]
    linked = [
        NamingColumn(link.parent.name, link.ondelete == "CASCADE", bool(link.parent.nullable))
        for link in sorted(known.foreign_keys, key=lambda link: link.parent.name)
    ]
    return (*linked, *(NamingColumn(name, hangs=True, emptied=False) for name in model.names_any))


def ask_above(copies: TwoCopies) -> None:
    """Have it be asked, at the highest row that one side removed, about what the other changed or made below it."""
    for question, keeper in (("removed there", copies.ours), ("removed here", copies.theirs)):
        _Removed(copies, question, keeper).ask()  # type: ignore[arg-type] # two of the questions


class _Removed:
    """The rows that one side removed and the other still has.

    Args:
        copies: The two copies.
        question: "removed there" or "removed here".
        keeper: The side that still has them.
    """

    def __init__(self, copies: TwoCopies, question: MergeQuestion, keeper: SideChanges) -> None:
        self._copies, self._question, self._keeper = copies, question, keeper
        self._here = question == "removed here"
        self._rows = self._of_keeper(self._gone_places())

    def _gone_places(self) -> Iterable[RowPlace]:
        """The rows that the other side removed, as far as it is known."""
        asked = [item for item in self._copies.asked.values() if item.question == self._question]
        yield from ((item.table, item.key) for item in asked)
        if not self._here:
            yield from (place for place, item in self._copies.clean.items() if item.fate == "removed")
            return
        by_table: dict[str, list[str]] = {}
        for table, key in self._copies.ours.touched:
            by_table.setdefault(table, []).append(key)
        for table, keys in by_table.items():
            there = self._copies.ours.rows(table, ("id",), keys) if table in self._copies.columns else keys
            yield from ((table, key) for key in keys if key not in there)

    def _of_keeper(self, places: Iterable[RowPlace]) -> dict[RowPlace, StoredRow]:
        """Those of some rows that the side has which still has them."""
        by_table: dict[str, list[str]] = {}
        for table, key in dict.fromkeys(places):
            by_table.setdefault(table, []).append(key)
        rows: dict[RowPlace, StoredRow] = {}
        for table, keys in by_table.items():
            columns = self._copies.columns[table]
            for key, row in self._keeper.rows(table, columns, keys).items():
                rows[table, key] = {"id": key, **dict(zip(columns, row, strict=True))}
        return rows

    def ask(self) -> None:
        """Ask at the highest of them about what stays below."""
        if not self._rows:
            return
        by_key = {place[1]: place for place in self._rows}
        seeds = {place: place for place in self._rows if self._asked_at(place) in self._copies.asked}
        for place, row in self._staying():
            for column in naming_columns(place[0]):
                named = by_key.get(row[column.name])
                if named is not None and named != place:
                    seeds[place] = named
        tops: dict[RowPlace, list[RowPlace]] = {}
        for place, named in seeds.items():
            top = self._top(named, by_key)
            tops.setdefault(top, []).append(place)
        for top, below in tops.items():
            self._ask_at(top, [place for place in below if place != top], by_key)

    def _asked_at(self, place: RowPlace) -> tuple[str, str, str]:
        return self._question, *place

    def _staying(self) -> Iterator[tuple[RowPlace, StoredRow]]:
        """The rows that the side made or changed which still has what was removed, as they are there."""
        if self._here:
            places: Iterable[RowPlace] = [place for place, item in self._copies.clean.items() if item.fate != "removed"]
        else:
            places = [place for place in self._copies.ours.touched if place[0] in self._copies.columns]
        yield from ((place, row) for place, row in self._of_keeper(places).items() if place not in self._rows)

    def _top(self, place: RowPlace, by_key: Mapping[str, RowPlace]) -> RowPlace:
        """The highest of the removed rows that a removed row hangs on."""
        met = {place}
        while True:
            row = self._rows[place]
            above = [by_key.get(row[column.name]) for column in naming_columns(place[0]) if column.hangs]
            higher = next((each for each in above if each is not None and each not in met), None)
            if higher is None:
                return place
            met.add(higher)
            place = higher

    def _ask_at(self, top: RowPlace, below: list[RowPlace], by_key: Mapping[str, RowPlace]) -> None:
        """Ask about a removed row, once, with all that goes or stays with it."""
        copies = self._copies
        gone = [place for place in self._rows if place != top and self._top(place, by_key) == top]
        parts = [self._part(place) for place in dict.fromkeys([*gone, *below])]
        item = copies.asked.get(self._asked_at(top)) or self._part(top)
        for place in (top, *gone, *below):
            copies.clean.pop(place, None)
            copies.asked.pop(self._asked_at(place), None)
        by = copies.ours.touched.get(top), copies.theirs.touched.get(top)
        copies.ask(replace(item, question=self._question, ours_by=by[0], theirs_by=by[1], along=tuple(parts)))

    def _part(self, place: RowPlace) -> MergeItem:
        """A row that goes or stays with what is asked."""
        coming = self._copies.clean.get(place)
        if coming is not None:
            return coming
        row = self._rows.get(place)
        if row is not None:
            return self._whole(place, row)
        row = self._of_keeper([place])[place]
        keys = {each[1] for each in self._rows}
        naming = [column for column in naming_columns(place[0]) if row[column.name] in keys]
        if any(column.hangs or not column.emptied for column in naming):
            return self._whole(place, row)
        cells = {column.name: row[column.name] for column in naming}
        return MergeItem(*place, tuple(cells), cells, cells, dict.fromkeys(cells), "changed")

    def _whole(self, place: RowPlace, row: StoredRow) -> MergeItem:
        if self._here:
            return MergeItem(*place, (), row, None, row, "new")
        return MergeItem(*place, (), row, row, None, "removed")
