"""The rows of two copies held against each other: what only one of them changed, what both did, cell by cell.

No clock decides, and no single state that both came from: for each cell it is asked which of its writes the other copy
does not know. So copies that were merged crosswise, or with a third one, are compared as any others.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from spp_desktop.store.history import Revision, StoredRow
from spp_desktop.store.known_tables import known_tables
from spp_desktop.store.merging.groups import PLACE, groups_of
from spp_desktop.store.merging.items import MergeFate, MergeItem
from spp_desktop.store.merging.knowledge import Knowledge, changes_of
from spp_desktop.store.merging.record import DECIDED, RawChange
from spp_desktop.store.merging.writes import (
    ABSENT,
    ROW,
    CellWrite,
    RowPlace,
    RowWrites,
    is_taken_back,
    places_touched,
    writes_in,
)

GroupWrites = Mapping[str, Sequence[CellWrite]]
"""What one side wrote in cells that belong together, by column."""


class SideChanges:
    """What one side changed that the other does not know.

    Attributes:
        knowledge: what the side knows.
        touched: the rows, each with the step that wrote it last.
    """

    def __init__(self, knowledge: Knowledge, other: Knowledge) -> None:
        self.knowledge = knowledge
        self._steps = knowledge.unknown_to(other)
        self._changes = changes_of(knowledge.side, self._steps)
        self.touched = places_touched(self._steps, self._changes)

    def writes(self, places: Mapping[RowPlace, object]) -> dict[RowPlace, RowWrites]:
        """What was written in some rows."""
        return writes_in(places, self._steps, self._changes)

    def rows(self, table: str, columns: Sequence[str], keys: Collection[str]) -> dict[str, tuple[Any, ...]]:
        """Rows as the side means them: with the restatements that wait there."""
        rows = dict(self.knowledge.side.rows(table, columns, keys))
        for (of_table, key, cell), mark in self.knowledge.waiting.items():
            if of_table != table:
                continue
            if cell == ROW:
                whole = json.loads(str(mark.after)) if mark.after is not None else None
                rows.pop(key, None)
                if whole is not None:
                    rows[key] = tuple(whole.get(name) for name in columns)
            elif key in rows:
                at = columns.index(cell)
                rows[key] = (*rows[key][:at], mark.after, *rows[key][at + 1 :])
        return rows


_NO_WRITES = RowWrites()
THERE = "there"
"""What marks say of a row as a whole that is there."""


class TwoCopies:
    """Two copies while they are held against each other.

    Attributes:
        ours, theirs: what each changed that the other does not know.
        clean: what comes in by itself, by table and key.
        asked: what is asked, by place.
        same: how many rows both have alike.
        settled: marks of cells that both wrote and that are settled.
    """

    def __init__(self, here: Knowledge, there: Knowledge) -> None:
        self.ours, self.theirs = SideChanges(here, there), SideChanges(there, here)
        self.clean: dict[RowPlace, MergeItem] = {}
        self.asked: dict[tuple[str, str, str], MergeItem] = {}
        self.same = 0
        self.settled: list[RawChange] = []
        self.columns = {
            name: tuple(column.name for column in table.columns if column.name != "id")
            for name, table in known_tables().items()
        }
        marked = {(table, key): None for side in (here, there) for table, key, _ in side.waiting}
        self._groups = {
            table: {cell: group for group in groups_of(table, columns) for cell in group}
            for table, columns in self.columns.items()
        }
        self._places = {**dict.fromkeys(self.theirs.touched), **marked}
        both = {place: None for place in self._places if place in self.ours.touched or place in marked}
        self._our_writes, self._their_writes = self.ours.writes(both), self.theirs.writes(both)
        self._both = both

    def rows(self) -> None:
        """Hold all rows against each other that the other side touched, or of which something waits."""
        by_table: dict[str, list[str]] = {}
        for table, key in self._places:
            by_table.setdefault(table, []).append(key)
        for table, keys in by_table.items():
            if table not in self.columns:
                continue
            columns = self.columns[table]
            ours, theirs = (side.rows(table, columns, keys) for side in (self.ours, self.theirs))
            for key in keys:
                rows = ours.get(key), theirs.get(key)
                if (table, key) in self._both:
                    self._of_both((table, key), *(_whole(key, columns, row) for row in rows))
                else:
                    self._of_theirs((table, key), columns, *rows)
        self._try_again()

    def _try_again(self) -> None:
        """Have restatements that wait here come in now: whoever applies them sees whether they still have to wait."""
        for place in {(table, key) for table, key, _ in self.ours.knowledge.waiting}:
            table, key = place
            columns, side = self.columns[table], self.ours.knowledge.side
            now = _whole(key, columns, side.rows(table, columns, [key]).get(key))
            meant = _whole(key, columns, self.ours.rows(table, columns, [key]).get(key))
            item = self.clean.pop(place, None)
            if item is not None:
                meant = item.theirs if not item.cells else {**(meant or {}), **(item.theirs or {})}
            if now is not None and meant is not None:
                cells = tuple(name for name in columns if now[name] != meant[name])
                if cells:
                    self._comes(place, cells, now, meant)
            elif now != meant:
                self._comes(place, (), now, meant)
            if place in self.clean:
                self.clean[place] = replace(self.clean[place], waited=True)

    def _of_theirs(
        self, place: RowPlace, columns: Sequence[str], ours: tuple[Any, ...] | None, theirs: tuple[Any, ...] | None
    ) -> None:
        """A row that only the copy touched: it comes in as it is there."""
        if ours == theirs:
            self.same += ours is not None
            return
        if ours is not None and theirs is not None:
            cells = tuple(name for name, was, now in zip(columns, ours, theirs, strict=True) if was != now)
            before, after = dict(zip(columns, ours, strict=True)), dict(zip(columns, theirs, strict=True))
            self._comes(place, cells, before, after)
        else:
            self._comes(place, (), *(_whole(place[1], columns, row) for row in (ours, theirs)))

    def _comes(self, place: RowPlace, cells: tuple[str, ...], ours: StoredRow | None, theirs: StoredRow | None) -> None:
        """Have a row, or cells of it, come in from the copy by themselves."""
        fate: MergeFate = "new" if ours is None else "removed" if theirs is None else "changed"
        if cells:
            ours, theirs = ({name: row[name] for name in cells} for row in (ours or {}, theirs or {}))
        by = self.theirs.touched.get(place)
        self.clean[place] = MergeItem(*place, cells, ours, ours, theirs, fate, theirs_by=by)

    def _of_both(self, place: RowPlace, ours: StoredRow | None, theirs: StoredRow | None) -> None:
        """A row that both touched, or of which something waits."""
        wrote = self._our_writes.get(place, _NO_WRITES), self._their_writes.get(place, _NO_WRITES)
        if ours is None and theirs is None:
            if all(writes.whole for writes in wrote):
                self._settle(place, ROW, None, None)
        elif ours is None or theirs is None:
            self._there_or_gone(place, ours, theirs, wrote)
        else:
            self._cells(place, ours, theirs, wrote)

    def _settle(self, place: RowPlace, cell: str, before: Any, after: Any) -> None:
        """Mark a cell as settled that both sides wrote."""
        self.settled.append((DECIDED, *place, cell, before, after))

    def _there_or_gone(
        self,
        place: RowPlace,
        ours: StoredRow | None,
        theirs: StoredRow | None,
        wrote: tuple[RowWrites, RowWrites],
    ) -> None:
        """A row that only one side has."""
        there = ours or theirs
        assert there is not None  # one of them has it
        kept, gone = wrote if theirs is None else wrote[::-1]
        if not (kept.last and gone.last):
            if wrote[1].last or not wrote[0].last:
                self._comes(place, (), ours, theirs)
        elif _comes_to_nothing(kept, there) or _saw(gone, kept, there):
            self._settle(place, ROW, is_there(ours), None)
            if theirs is None:
                self._comes(place, (), ours, None)
        else:
            self._ask_row(place, ours, theirs, wrote)

    def _ask_row(
        self,
        place: RowPlace,
        ours: StoredRow | None,
        theirs: StoredRow | None,
        wrote: tuple[RowWrites, RowWrites],
    ) -> None:
        """Ask about a row that was removed on one side and written on the other."""
        kept = wrote[0] if theirs is None else wrote[1]
        there = ours or theirs or {}
        base = {**there, **{cell: writes[0].before for cell, writes in kept.cells.items()}}
        self.ask(
            MergeItem(
                *place, (), base, ours, theirs, "removed" if theirs is None else "new",
                "removed there" if theirs is None else "removed here", wrote[0].last, wrote[1].last,
            )
        )  # fmt: skip

    def ask(self, item: MergeItem) -> None:
        """Have something be asked."""
        self.asked[item.place] = item

    def _cells(self, place: RowPlace, ours: StoredRow, theirs: StoredRow, wrote: tuple[RowWrites, RowWrites]) -> None:
        """A row that both have: its cells, in groups that belong together."""
        coming: list[str] = []
        for group in self._groups_to_look_at(place, ours, theirs, wrote):
            written = _written(group, wrote[0]), _written(group, wrote[1])
            differing = [cell for cell in group if ours[cell] != theirs[cell]]
            taken = self._taken(group, ours, theirs, written) if differing else "ours"
            if taken == "asked":
                self._ask_cells(place, group, ours, theirs, wrote)
                continue
            if taken == "theirs":
                coming += differing
            if all(written):
                self._settle_group(place, ours, theirs if taken == "theirs" else ours, written)
        if coming:
            self._comes(place, tuple(coming), ours, theirs)
        elif ours == theirs:
            self.same += 1

    def _groups_to_look_at(
        self, place: RowPlace, ours: StoredRow, theirs: StoredRow, wrote: tuple[RowWrites, RowWrites]
    ) -> Iterable[tuple[str, ...]]:
        """The groups of cells that differ, or that both sides wrote."""
        group_of = self._groups[place[0]]
        looked_at = dict.fromkeys(group_of[cell] for cell, value in ours.items() if value != theirs[cell])
        both = {group_of[cell] for cell in wrote[0].cells if cell in group_of}
        looked_at |= dict.fromkeys(group_of[cell] for cell in wrote[1].cells if group_of.get(cell) in both)
        return looked_at

    @staticmethod
    def _taken(
        group: Sequence[str], ours: StoredRow, theirs: StoredRow, written: tuple[GroupWrites, GroupWrites]
    ) -> str:
        """Whose cells of a group stand: "ours", "theirs", or "asked"."""
        if not all(written):
            return "ours" if written[0] else "theirs"
        if tuple(group) == (PLACE,):
            return "ours" if ours[PLACE] <= theirs[PLACE] else "theirs"
        gives_way = [_gives_way(group, row, own, other) for row, own, other in (
            (ours, *written), (theirs, *written[::-1])
        )]  # fmt: skip
        if gives_way[0] == gives_way[1]:
            return "asked"
        return "theirs" if gives_way[0] else "ours"

    def _settle_group(
        self, place: RowPlace, before: StoredRow, after: StoredRow, written: tuple[GroupWrites, GroupWrites]
    ) -> None:
        """Mark the cells of a group as settled: those that either side wrote."""
        for cell in dict.fromkeys(cell for writes in written for cell in writes):
            self._settle(place, cell, before[cell], after[cell])

    def _ask_cells(
        self,
        place: RowPlace,
        group: tuple[str, ...],
        ours: StoredRow,
        theirs: StoredRow,
        wrote: tuple[RowWrites, RowWrites],
    ) -> None:
        """Ask about cells that belong together and that both changed."""
        base = {cell: _before(cell, ours[cell], wrote) for cell in group}
        mine, other = ({cell: row[cell] for cell in group} for row in (ours, theirs))
        by = _last(group, wrote[0]), _last(group, wrote[1])
        self.ask(MergeItem(*place, group, base, mine, other, "changed", "both changed", *by))


def _whole(key: str, columns: Sequence[str], row: tuple[Any, ...] | None) -> StoredRow | None:
    return None if row is None else {"id": key, **dict(zip(columns, row, strict=True))}


def is_there(row: StoredRow | None) -> str | None:
    """What marks say of a row as a whole: that it is there, or nothing where it is gone."""
    return None if row is None else THERE


def _written(group: Iterable[str], writes: RowWrites) -> dict[str, list[CellWrite]]:
    return {cell: writes.cells[cell] for cell in group if cell in writes.cells}


def _gives_way(group: Sequence[str], row: StoredRow, own: GroupWrites, other: GroupWrites) -> bool:
    """Whether what one side has in a group gives way: it took back all that it wrote, or the other had it and went on.

    What the other side once had itself, and changed, is not lost where its newer values come in.
    """
    if all(is_taken_back(writes, row[cell]) for cell, writes in own.items()):
        return True
    return all(
        cell in other and any(write.after == row[cell] for write in other[cell]) for cell in group if cell in own
    )


def _saw(gone: RowWrites, kept: RowWrites, row: StoredRow) -> bool:
    """Whether a row was removed as it is where it was kept, and not settled by a merge since to stay."""
    settled = any(write.decided for write in kept.whole)
    return not settled and any(write.before == row for write in gone.whole)


def _comes_to_nothing(writes: RowWrites, row: StoredRow) -> bool:
    """Whether what was written in a row was all taken back."""
    return not writes.whole and all(is_taken_back(each, row[cell]) for cell, each in writes.cells.items())


def _before(cell: str, ours: Any, wrote: tuple[RowWrites, RowWrites]) -> Any:
    """What stood in a cell as both copies last knew it; ``None`` where the row was not there."""
    first = next((writes.cells[cell][0].before for writes in wrote if cell in writes.cells), ours)
    return None if first is ABSENT else first


def _last(group: Iterable[str], writes: RowWrites) -> Revision | None:
    """The step that wrote last in cells of a group."""
    steps = [each[-1].step for each in _written(group, writes).values()]
    return max(steps, key=lambda step: (step.at, step.n)) if steps else None
