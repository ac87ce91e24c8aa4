"""The rows of two copies held against each other: what only one of them changed, what both did, cell by cell.

No clock decides, and no single state that both came from: for each cell it is asked which of its writes the other copy
does not know. So copies that were merged crosswise, or with a third one, are compared as any others.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from spp_desktop.store.history import Revision, StoredRow
from spp_desktop.store.known_tables import known_tables
from spp_desktop.store.merging.groups import PLACE, groups_of
from spp_desktop.store.merging.items import MergeFate, MergeItem
from spp_desktop.store.merging.knowledge import Knowledge, changes_of
from spp_desktop.store.merging.record import ASKED, CLOSED, DECIDED, IS_NEW, WAITING, RawChange
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
        for (of_table, key, cell), mark in self.knowledge.open_marks.items():
            if of_table != table or mark.kind != WAITING:
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


class TwoCopies:
    """Two copies while they are held against each other.

    Attributes:
        ours, theirs: what each changed that the other does not know.
        clean: what comes in by itself, by table and key.
        asked: what is asked, by place.
        same: how many rows both have alike.
        settled: marks of cells that both wrote and that are settled.
        open_rows: the rows about which an earlier merge left something open, by table and key.
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
        marked = {(table, key): None for side in (here, there) for table, key, _ in side.open_marks}
        self._open = {
            place: mark for side in (here, there) for place, mark in side.open_marks.items() if mark.kind == ASKED
        }
        self.open_rows = [(table, key) for table, key, _ in self._open]
        self._marked = frozenset(self.open_rows)
        self._groups = {
            table: {cell: group for group in groups_of(table, columns) for cell in group}
            for table, columns in self.columns.items()
        }
        self._places = {**dict.fromkeys(self.theirs.touched), **marked}
        both = {place: None for place in self._places if place in self.ours.touched or place in marked}
        self._our_writes, self._their_writes = self.ours.writes(both), self.theirs.writes(both)
        self._both = both

    def rows(self) -> None:
        """Hold all rows against each other that the other side touched, or that are open."""
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
        marked = {
            (table, key) for (table, key, _), mark in self.ours.knowledge.open_marks.items() if mark.kind == WAITING
        }
        for place in marked:
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
        """A row that both touched, or about which something is open."""
        wrote = self._our_writes.get(place, _NO_WRITES), self._their_writes.get(place, _NO_WRITES)
        if ours is None and theirs is None:
            self._settle(place, ROW, None, None, both=all(writes.whole for writes in wrote))
        elif ours is None or theirs is None:
            self._there_or_gone(place, ours, theirs, wrote)
        else:
            self._cells(place, ours, theirs, wrote)

    def _settle(self, place: RowPlace, cell: str, before: Any, after: Any, *, both: bool = True) -> None:
        """Mark a cell as settled that both sides wrote; or, where only one did, that it is open here no more."""
        if not both:
            if (*place, cell) in self.ours.knowledge.open_marks:
                self.settled.append((CLOSED, *place, cell, before, after))
            return
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
        came = theirs is not None
        mark = self._open.get((*place, ROW))
        is_open = mark is not None and mark.before != IS_NEW
        if mark is not None and not is_open and not gone.last:
            if came:
                self._comes(place, (), ours, theirs)
        elif is_open and _settled_by_one(kept.whole, gone.whole):
            takes = bool(wrote[1].last)
            self._settle(place, ROW, is_there(ours), is_there(theirs if takes else ours), both=False)
            if takes:
                self._comes(place, (), ours, theirs)
        elif is_open or (kept.last and gone.last and not _comes_to_nothing(kept, there)):
            self._ask_row(place, ours, theirs, wrote)
        elif kept.last and gone.last:
            self._settle(place, ROW, None, None)
            if not came:
                self._comes(place, (), ours, None)
        elif wrote[1].last or not wrote[0].last:
            self._comes(place, (), ours, theirs)

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
            written = [_written(group, writes) for writes in wrote]
            is_open = any((*place, cell) in self._open for cell in group)
            differing = [cell for cell in group if ours[cell] != theirs[cell]]
            if not differing:
                if all(written) or is_open:
                    self._settle_group(place, group, ours, ours, wrote)
                continue
            taken = self._taken(group, ours, theirs, wrote, is_open=is_open)
            if taken == "asked":
                self._ask_cells(place, group, ours, theirs, wrote)
                continue
            if taken == "theirs":
                coming += differing
            if all(written) or is_open:
                self._settle_group(place, group, ours, theirs if taken == "theirs" else ours, wrote)
        if coming:
            self._comes(place, tuple(coming), ours, theirs)
        elif ours == theirs:
            self.same += 1

    def _groups_to_look_at(
        self, place: RowPlace, ours: StoredRow, theirs: StoredRow, wrote: tuple[RowWrites, RowWrites]
    ) -> Iterable[tuple[str, ...]]:
        """The groups of cells that differ, that both sides wrote, or about which something is open."""
        group_of = self._groups[place[0]]
        looked_at = dict.fromkeys(group_of[cell] for cell, value in ours.items() if value != theirs[cell])
        both = {group_of[cell] for cell in wrote[0].cells if cell in group_of}
        looked_at |= dict.fromkeys(group_of[cell] for cell in wrote[1].cells if group_of.get(cell) in both)
        if place in self._marked:
            looked_at |= dict.fromkeys(group for cell, group in group_of.items() if (*place, cell) in self._open)
        return looked_at

    @staticmethod
    def _taken(
        group: Sequence[str],
        ours: StoredRow,
        theirs: StoredRow,
        wrote: tuple[RowWrites, RowWrites],
        *,
        is_open: bool,
    ) -> str:
        """Whose cells of a group stand: "ours", "theirs", or "asked"."""
        written = [_written(group, writes) for writes in wrote]
        if is_open:
            return _by_decision(*written)
        if not (written[0] and written[1]):
            return "ours" if written[0] else "theirs"
        if tuple(group) == (PLACE,):
            return "ours" if ours[PLACE] <= theirs[PLACE] else "theirs"
        if all(is_taken_back(writes, ours[cell]) for cell, writes in written[0].items()):
            return "theirs"
        back = all(is_taken_back(writes, theirs[cell]) for cell, writes in written[1].items())
        return "ours" if back else "asked"

    def _settle_group(
        self,
        place: RowPlace,
        group: Iterable[str],
        before: StoredRow,
        after: StoredRow,
        wrote: tuple[RowWrites, RowWrites],
    ) -> None:
        """Mark the cells of a group as settled: those that either side wrote, or that were open."""
        both = all(_written(group, writes) for writes in wrote)
        for cell in group:
            if any(cell in writes.cells for writes in wrote) or (*place, cell) in self._open:
                self._settle(place, cell, before[cell], after[cell], both=both)

    def _ask_cells(
        self,
        place: RowPlace,
        group: tuple[str, ...],
        ours: StoredRow,
        theirs: StoredRow,
        wrote: tuple[RowWrites, RowWrites],
    ) -> None:
        """Ask about cells that belong together and that both changed."""
        base = {cell: _before(cell, ours[cell], theirs[cell], wrote) for cell in group}
        mine, other = ({cell: row[cell] for cell in group} for row in (ours, theirs))
        by = _last(group, wrote[0]), _last(group, wrote[1])
        self.ask(MergeItem(*place, group, base, mine, other, "changed", "both changed", *by))


def _whole(key: str, columns: Sequence[str], row: tuple[Any, ...] | None) -> StoredRow | None:
    return None if row is None else {"id": key, **dict(zip(columns, row, strict=True))}


def is_there(row: StoredRow | None) -> str | None:
    """What marks say of a row as a whole: "there", or nothing where it is gone."""
    return None if row is None else "there"


def _written(group: Iterable[str], writes: RowWrites) -> dict[str, list[CellWrite]]:
    return {cell: writes.cells[cell] for cell in group if cell in writes.cells}


def _by_decision(ours: Mapping[str, Sequence[CellWrite]], theirs: Mapping[str, Sequence[CellWrite]]) -> str:
    """Whose cells stand about which something is open: those of the one side that wrote at all, if it decided so."""
    for whose, mine, other in (("ours", ours, theirs), ("theirs", theirs, ours)):
        if mine and not other and any(write.decided for writes in mine.values() for write in writes):
            return whose
    return "asked"


def _settled_by_one(first: Sequence[CellWrite], second: Sequence[CellWrite]) -> bool:
    """Whether a merge on one side settled what the other side has written nothing about."""
    return any(write.decided for write in first) != any(write.decided for write in second)


def _comes_to_nothing(writes: RowWrites, row: StoredRow) -> bool:
    """Whether what was written in a row was all taken back."""
    return not writes.whole and all(is_taken_back(each, row[cell]) for cell, each in writes.cells.items())


def _before(cell: str, ours: Any, theirs: Any, wrote: tuple[RowWrites, RowWrites]) -> Any:
    """What stood in a cell as both copies last knew it; ``None`` where the row was not there."""
    first = next((writes.cells[cell][0].before for writes in wrote if cell in writes.cells), ours)
    del theirs
    return None if first is ABSENT else first


def _last(group: Iterable[str], writes: RowWrites) -> Revision | None:
    """The step that wrote last in cells of a group."""
    steps = [each[-1].step for each in _written(group, writes).values()]
    return max(steps, key=lambda step: (step.at, step.n)) if steps else None
