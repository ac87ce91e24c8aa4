"""What a merge makes of a plan, once it is decided: the changes of its rows, and the marks that later merges go by."""

import json
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from spp_desktop.store.history import RecordedChange, StoredRow
from spp_desktop.store.merging.items import Merge, MergeChoice, MergeDecision, MergeItem
from spp_desktop.store.merging.record import DECIDED, WAITING, RawChange
from spp_desktop.store.merging.two_copies import is_there
from spp_desktop.store.merging.writes import ROW
from spp_desktop.store.state_differences import RowDifference

Decisions = Mapping[str, MergeDecision]
"""What was decided, by the subjects of what was asked."""

_RIVALS = ("both gave it", "two lead")


class MergeOutcome(NamedTuple):
    """What a merge makes of a plan.

    Attributes:
        differences: what becomes of its rows.
        marks: what is marked beside them: what was decided, and what waits.
    """

    differences: tuple[RowDifference, ...]
    marks: tuple[RawChange, ...]


def outcome_of(merge: Merge, decisions: Decisions) -> MergeOutcome:
    """What a merge makes of the plan that it comes into; what is asked and not decided is left out."""
    differences = [difference for item in merge.clean if (difference := of_theirs(item)) is not None]
    marks = list(merge.settled)
    marks += [mark for item in merge.clean if item.waited for mark in _decided(item, of_theirs(item))]
    for item in merge.asked:
        decision = decisions.get(item.subject)
        for part, made in () if decision is None else _parts(item, decision):
            differences += [made] if made is not None else []
            marks += _decided(part, made)
    marks += [mark for item in merge.waiting for mark in _waits(item)]
    return MergeOutcome(tuple(differences), tuple(marks))


def of_theirs(item: MergeItem) -> RowDifference | None:
    """What becomes of a row where the copy's comes in; ``None`` if it is so already."""
    return _difference(item, item.theirs)


def _difference(item: MergeItem, wanted: StoredRow | None) -> RowDifference | None:
    """What makes of a row, or of the cells of an item, what is wanted."""
    table, key, ours = item.table, item.key, item.ours
    if item.cells:
        sets = [
            RecordedChange("set", table, key, cell, (ours or {})[cell], value)
            for cell, value in (wanted or {}).items()
            if (ours or {})[cell] != value
        ]
        return RowDifference(table, key, "changed", tuple(sets)) if sets else None
    if ours is None and wanted is not None:
        return RowDifference(table, key, "added", (RecordedChange("add", table, key, "", None, wanted),))
    if ours is not None and wanted is None:
        return RowDifference(table, key, "removed", (RecordedChange("remove", table, key, "", ours, None),))
    return None


def _parts(item: MergeItem, decision: MergeDecision) -> Iterator[tuple[MergeItem, RowDifference | None]]:
    """What is done with each part of what was asked."""
    if item.question in _RIVALS:
        yield from _rivals(item, decision.choice)
        return
    for part in (item, *item.along):
        wanted = part.theirs if decision.choice == "theirs" else part.ours
        if part is item and decision.value:
            wanted = {**(wanted or {}), **decision.value}
        yield part, _difference(part, wanted)


def _rivals(item: MergeItem, choice: MergeChoice) -> Iterator[tuple[MergeItem, RowDifference | None]]:
    """Two rows that cannot stand beside each other: one stands as it is, the other gets what is offered, or goes.

    What hangs on a row that one side had removed comes, goes or stays with what is chosen.
    """
    rival = item.rival or {}
    for part in item.along:
        yield part, _difference(part, part.theirs if choice == "theirs" else part.ours)
    offered = item.offered or {}
    if choice == "ours":
        wanted = {**(item.theirs or {}), **offered} if offered else item.ours
        yield item, _difference(item, wanted)
        return
    yield item, _difference(item, item.theirs)
    key = str(rival["id"])
    if offered:
        cells = {cell: rival[cell] for cell in offered}
        part = MergeItem(item.table, key, tuple(cells), cells, cells, dict(offered), "changed")
    else:
        part = MergeItem(item.table, key, (), rival, rival, None, "removed")
    yield part, _difference(part, part.theirs)


def _decided(item: MergeItem, made: RowDifference | None) -> Iterator[RawChange]:
    """The marks that say how something was decided."""
    table, key = item.table, item.key
    if item.cells:
        after = {change.cell: change.after for change in made.changes} if made is not None else {}
        for cell in item.cells:
            before = (item.ours or {})[cell]
            yield DECIDED, table, key, cell, before, after.get(cell, before)
        return
    stays = item.ours if made is None else made.changes[0].after
    yield DECIDED, table, key, ROW, is_there(item.ours), is_there(stays)
    if stays is not None:
        for cell in item.clashing:
            yield DECIDED, table, key, cell, None, stays[cell]


def _waits(item: MergeItem) -> Iterator[RawChange]:
    """The marks that say that something stays as it is, and what is proposed."""
    for cell in item.cells:
        yield WAITING, item.table, item.key, cell, (item.ours or {})[cell], (item.theirs or {})[cell]
    if not item.cells:
        yield WAITING, item.table, item.key, ROW, _stored(item.ours), _stored(item.theirs)


def _stored(row: StoredRow | None) -> str | None:
    return None if row is None else json.dumps(row, ensure_ascii=False)
