"""Rows that cannot stand beside each other: a reference that both gave, two that lead, the same row made twice."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import AutoString

from spp_desktop.plan.rows import kinds_of_row
from spp_desktop.store.history import StoredRow
from spp_desktop.store.known_tables import known_tables
from spp_desktop.store.merging.groups import PLACE
from spp_desktop.store.merging.items import MergeItem
from spp_desktop.store.merging.record import DECIDED
from spp_desktop.store.merging.two_copies import TwoCopies
from spp_desktop.store.merging.writes import ROW

OWNERS = "activity_owner"
LEAD = "lead"

_COLUMN = re.compile(r"(?:ifnull\()?\(?([a-z_]+)")
_LAST_NUMBER = re.compile(r"(\d+)(\D*)$")


@cache
def singular(table: str) -> tuple[tuple[str, ...], ...]:
    """The columns of a table of which no two rows may hold the same together, each set of them."""
    known = known_tables()[table]
    sets: list[tuple[str, ...]] = [(column.name,) for column in known.columns if column.unique]
    sets += [tuple(each.columns.keys()) for each in known.constraints if isinstance(each, UniqueConstraint)]
    for index in known.indexes:
        if index.unique:
            names = (_COLUMN.findall(str(each)) for each in index.expressions)
            sets.append(tuple(name for copies in names for name in copies if name in known.columns))
    return tuple(dict.fromkeys(sets))


@cache
def _is_named(table: str) -> bool:
    """Whether rows of other tables name those of a table."""
    return any(link.column.table.name == table for other in known_tables().values() for link in other.foreign_keys)


def ask_rivals(copies: TwoCopies) -> None:
    """Have it be asked about rows that come in and cannot stand beside what this side made or changed."""
    by_table: dict[str, list[str]] = {}
    for table, key in copies.ours.touched:
        by_table.setdefault(table, []).append(key)
    coming: dict[str, list[MergeItem]] = {}
    for item in copies.clean.values():
        if item.table in by_table and item.fate != "removed":
            coming.setdefault(item.table, []).append(item)
    back: dict[str, list[MergeItem]] = {}
    for item in copies.asked.values():  # what was removed here and may come back finds what was made since
        if item.table in by_table and item.question == "removed here":
            back.setdefault(item.table, []).append(item)
    for table in {**coming, **back}:
        _Rivals(copies, table).meet(by_table[table], [*coming.get(table, ()), *back.get(table, ())])
    if OWNERS in coming:
        _ask_leads(copies, by_table[OWNERS], coming[OWNERS])


class _Rivals:
    """Rows of one table, those that come in against those that this side made or changed."""

    def __init__(self, copies: TwoCopies, table: str) -> None:
        self._copies, self._table = copies, table
        self._columns = copies.columns[table]
        self._offered: dict[tuple[Any, ...], set[str]] = defaultdict(set)

    def meet(self, ours: Sequence[str], items: Sequence[MergeItem]) -> None:
        """Find those that cannot stand beside each other."""
        sets = singular(self._table)
        if not sets:
            return
        cells = {name for columns in sets for name in columns}
        items = [item for item in items if not item.cells or not cells.isdisjoint(item.cells)]
        if not items:
            return
        mine, coming = self._rows(ours), self._as_they_come(items)
        for item in items:
            mine.pop(item.key, None)
        for columns in sets:
            taken = {self._alike_in(columns, row): row for row in mine.values()}
            for item in items:
                row = coming[item.key]
                rival = taken.get(self._alike_in(columns, row))
                if rival is not None and rival["id"] != item.key and self._comes_still(item):
                    self._rival(item, row, rival, columns)

    def _comes_still(self, item: MergeItem) -> bool:
        """Whether a row comes in, or may come back, and was not found to have a rival yet."""
        copies = self._copies
        return (item.table, item.key) in copies.clean or copies.asked.get(item.place) is item

    def _rows(self, keys: Sequence[str]) -> dict[str, StoredRow]:
        """Rows of ours that stay."""
        gone = {
            item.key for item in self._copies.clean.values() if item.fate == "removed" and item.table == self._table
        }
        rows = self._copies.ours.rows(self._table, self._columns, [key for key in keys if key not in gone])
        return {key: {"id": key, **dict(zip(self._columns, row, strict=True))} for key, row in rows.items()}

    def _as_they_come(self, items: Sequence[MergeItem]) -> dict[str, StoredRow]:
        """Rows as they would be here, by key."""
        changed = [item.key for item in items if item.cells]
        now = self._copies.ours.rows(self._table, self._columns, changed)
        here = {key: {"id": key, **dict(zip(self._columns, row, strict=True))} for key, row in now.items()}
        return {item.key: {**here.get(item.key, {}), **(item.theirs or {})} for item in items}

    @staticmethod
    def _alike_in(columns: Sequence[str], row: StoredRow) -> tuple[Any, ...]:
        """What a row holds in columns of which no two may hold the same; nothing is like "", as the indexes have it."""
        values = tuple(row[name] or "" for name in columns)
        return values if columns[:1] != ("kind",) else (values[0], *sorted(map(str, values[1:])))

    def _rival(self, item: MergeItem, row: StoredRow, rival: StoredRow, columns: tuple[str, ...]) -> None:
        """Two rows that cannot both stand: the same made twice is one; else it is asked."""
        copies = self._copies
        told = [name for name in row if name not in ("id", PLACE)]
        is_new = not item.cells
        if is_new and not _is_named(self._table) and all(row[name] == rival[name] for name in told):
            self._same(item, rival)
            return
        names = kinds_of_row()[self._table].called_by
        types = known_tables()[self._table].columns
        free = [name for name in columns if name in names and isinstance(types[name].type, AutoString) and row[name]]
        offered = {free[-1]: self._next_free(free[-1], row, columns)} if free else {}
        if offered and item.question:  # it may stay removed; if it comes back, both stand
            copies.ask(replace(item, theirs={**(item.theirs or {}), **offered}, clashing=columns))
            return
        self._take_out(item)
        removed = None if offered else copies.asked.pop(("removed there", self._table, str(rival["id"])), None)
        along = (*item.along, *(removed.along if removed is not None else ()))
        by = copies.ours.touched.get((self._table, rival["id"]))
        asked = replace(item, question="both gave it", ours_by=by, along=along)
        copies.ask(replace(asked, offered=offered, rival=rival, clashing=columns))

    def _take_out(self, item: MergeItem) -> None:
        """Have a row neither come in nor be asked about as it was."""
        self._copies.clean.pop((item.table, item.key), None)
        self._copies.asked.pop(item.place, None)

    def _same(self, item: MergeItem, rival: StoredRow) -> None:
        """The same row made on both sides: that with the lower key stays, whichever side it is of."""
        copies, place = self._copies, (item.table, item.key)
        mine = self._table, str(rival["id"])
        copies.same += 1
        stays, goes = (place, mine) if item.key < rival["id"] else (mine, place)
        copies.settled.append((DECIDED, *stays, ROW, None, "there"))
        copies.settled.append((DECIDED, *goes, ROW, "there", None))
        self._take_out(item)
        copies.asked.pop(("removed there", *mine), None)
        if goes == mine:
            copies.clean[place] = replace(item, question="", along=())
            copies.clean[mine] = MergeItem(*mine, (), None, rival, None, "removed", theirs_by=item.theirs_by)

    def _next_free(self, column: str, row: StoredRow, columns: Sequence[str]) -> str:
        """The next text that no row of either side has in a column."""
        others = [name for name in columns if name != column]
        wanted = tuple(row[name] for name in others)
        known = {
            values[0]
            for side in (self._copies.ours, self._copies.theirs)
            for values in side.knowledge.side.every(self._table, (column, *others))
            if tuple(values[1:]) == wanted
        }
        free = next(text for text in _following(str(row[column])) if text not in known | self._offered[wanted])
        self._offered[wanted].add(free)
        return free


def _following(text: str) -> Iterator[str]:
    """The texts that come after one: "1.05" is followed by "1.06", "Crime" by "Crime (2)"."""
    number = _LAST_NUMBER.search(text)
    n = 1
    while True:
        n += 1
        if number is None:
            yield f"{text} ({n})"
        else:
            counted = int(number[1]) + n - 1
            yield f"{text[: number.start()]}{counted:0{len(number[1])}d}{number[2]}"


def _ask_leads(copies: TwoCopies, ours: Sequence[str], items: Sequence[MergeItem]) -> None:
    """Have it be asked who leads where both sides made a post the lead of one activity."""
    columns = copies.columns[OWNERS]
    at = {item.key: item for item in items}
    mine = copies.ours.rows(OWNERS, columns, ours)
    activity = columns.index("activity_id")
    contested = {row[activity] for row in mine.values()}
    owning: dict[str, StoredRow] = {}
    for key, row in copies.ours.knowledge.side.rows(OWNERS, columns, contested, "activity_id").items():
        owning[key] = {"id": key, **dict(zip(columns, row, strict=True))}
    for item in copies.clean.values():
        if item.table == OWNERS and item.fate == "removed":
            owning.pop(item.key, None)
        elif item.table == OWNERS:
            owning[item.key] = {**owning.get(item.key, {}), **(item.theirs or {})}
    for key in contested:
        leads = [row for row in owning.values() if row.get("activity_id") == key and row.get("role") == LEAD]
        theirs = [row for row in leads if row["id"] in at]
        others = [row for row in leads if row["id"] not in at]
        if theirs and others:
            _ask_lead(copies, at[theirs[0]["id"]], others[0])


def _ask_lead(copies: TwoCopies, item: MergeItem, rival: StoredRow) -> None:
    """Ask which of two posts leads; the other becomes a joint owner."""
    place = item.table, item.key
    if place not in copies.clean:
        return
    del copies.clean[place]
    asked = replace(item, question="two lead", ours_by=copies.ours.touched.get((OWNERS, str(rival["id"]))))
    copies.ask(replace(asked, offered={"role": "joint"}, rival=rival, clashing=("role",)))
