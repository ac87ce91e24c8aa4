"""What steps wrote in the rows that they touched: each cell one after the other, and the row as a whole."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from spp_desktop.store import moved, whole_rows
from spp_desktop.store.history import SEALS, Revision
from spp_desktop.store.merging.record import DECIDED, MERGED, RawChange
from spp_desktop.store.recording import BESIDE

RowPlace = tuple[str, str]
"""The table and the key of a row."""

_NOT_CONTENT = frozenset({*BESIDE, SEALS})
_CONTENT = frozenset({"add", "set", "remove"})

ROW = ""
"""What stands in the place of a cell where the row as a whole is meant."""


class NoRow:
    """What stands in the place of a value where the row was not there."""


ABSENT = NoRow()


class CellWrite(NamedTuple):
    """A cell, or a row as a whole, as one step wrote it.

    Attributes:
        step: the step.
        before: what stood there; ``ABSENT`` where the row was not there.
        after: what stands there since.
        decided: whether a merge settled it so.
    """

    step: Revision
    before: Any
    after: Any
    decided: bool = False


@dataclass(slots=True)
class RowWrites:
    """What was written in a row, the oldest first.

    Attributes:
        cells: by column the writes of its cell.
        whole: that the row came, went, or that a merge settled which.
        last: the step that wrote last.
    """

    cells: dict[str, list[CellWrite]] = field(default_factory=dict)
    whole: list[CellWrite] = field(default_factory=list)
    last: Revision | None = None


def places_touched(steps: Iterable[Revision], changes: Mapping[str, Sequence[RawChange]]) -> dict[RowPlace, Revision]:
    """The rows that steps touched, each with the step that did last."""
    touched: dict[RowPlace, Revision] = {}
    old = moved.MOVED
    for step in steps:
        wanted = {DECIDED} if step.kind == MERGED else _CONTENT
        for change in changes.get(step.id, ()):
            table = change[1]
            if change[0] in wanted and table not in _NOT_CONTENT:
                touched[(moved.table_now(table) if table in old else table), change[2]] = step
    return touched


def writes_in(
    places: Mapping[RowPlace, object], steps: Iterable[Revision], changes: Mapping[str, Sequence[RawChange]]
) -> dict[RowPlace, RowWrites]:
    """What steps wrote in some rows."""
    known: dict[RowPlace, RowWrites] = {}
    gone: dict[RowPlace, Mapping[str, Any]] = {}
    for step in steps:
        plain = step.kind != MERGED
        wanted = _CONTENT if plain else {DECIDED}
        for change in changes.get(step.id, ()):
            action, table, key, cell, before, after = change
            place = table, key
            if action == "set" and plain and place in places:  # by far the most
                if place not in known:
                    known[place] = RowWrites()
                writes = known[place]
                writes.last = step
                writes.cells.setdefault(cell, []).append(CellWrite(step, before, after))
                continue
            if action not in wanted or table in _NOT_CONTENT:
                continue
            place = moved.table_now(table), key
            if place in places:
                writes = known.setdefault(place, RowWrites())
                writes.last = step
                for cell, write in _written(step, change, place, gone):
                    (writes.cells.setdefault(cell, []) if cell else writes.whole).append(write)
    return known


def _written(
    step: Revision, change: RawChange, place: RowPlace, gone: dict[RowPlace, Mapping[str, Any]]
) -> Iterator[tuple[str, CellWrite]]:
    """What a change, or the mark of a merge, writes: by cell, a row that comes again in each that is another."""
    action, table, _, cell, before, after = change
    if action == DECIDED:
        yield cell, CellWrite(step, before, after, decided=True)
    elif action == "set":
        yield from _set(step, table, cell, before, after)
    elif action == "remove":
        gone[place] = whole_rows.read(table, str(before)) or {}
        yield ROW, CellWrite(step, gone[place], ABSENT)
    else:
        was = gone.pop(place, {})
        yield ROW, CellWrite(step, ABSENT, True)
        for name, value in (whole_rows.read(table, str(after)) or {}).items():
            if name != "id" and (not was or was.get(name) != value):
                yield name, CellWrite(step, was.get(name, ABSENT), value)


def _set(step: Revision, table: str, cell: str, before: Any, after: Any) -> Iterator[tuple[str, CellWrite]]:
    """A cell that was set; of a table that has moved, the cell in which its value stands now."""
    if table not in moved.MOVED:
        yield cell, CellWrite(step, before, after)
    elif cell in moved.MOVED[table].cells:
        there, read = moved.MOVED[table].cells[cell]
        yield there, CellWrite(step, read(before), read(after))


def is_taken_back(writes: Sequence[CellWrite], now: Any) -> bool:
    """Whether what was written comes to nothing: one after the other, and in the end what stood there before.

    Where a merge settled something in between, the value that stands is meant, whatever stood there before.
    """
    value = writes[0].before
    for write in writes:
        if write.decided or write.before != value:
            return False
        value = write.after
    return bool(value == now == writes[0].before)
