"""What a copy of a plan knows: its own steps and those that its merges brought along, in the order it knows them.

A merge that was undone is as if it had never been: what it brought is not known, and neither it nor its undo wrote.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from spp_desktop.store.by_reference import TURNED
from spp_desktop.store.history import Revision
from spp_desktop.store.merging.record import MERGED, WAITING, BroughtStep, RawChange
from spp_desktop.store.merging.sides import MergeSide


@dataclass(frozen=True)
class WaitingCell:
    """A cell, or a row as a whole, of a locked period or a closed year, that a merge left as it was.

    Attributes:
        before: what stayed there.
        after: what the other copy had: the restatement that is proposed.
    """

    before: object
    after: object


class Knowledge:
    """What one side of a merge knows.

    Attributes:
        side: the side.
        line: its own steps, the oldest first.
        known: the ids of the steps that it knows and that count.
        seals: the seal of every step that it holds, by id.
    """

    def __init__(self, side: MergeSide) -> None:
        self.side = side
        self.line = list(side.line())
        self._brought = list(side.brought())
        standing = standing_of(self.line)
        self._merges = {step.n for step in self.line if step.kind == MERGED and step.id in standing}
        self.sequence = [step for step in self._in_order() if self._counts(step)]
        self.known = frozenset(step.id for step in self.sequence)
        self.seals = {each.step.id: each.step.hash for each in self._brought} | {s.id: s.hash for s in self.line}

    def _in_order(self) -> Iterator[Revision]:
        """All steps that it knows: what a merge brought along stands before it."""
        by_merge: dict[int, list[BroughtStep]] = {}
        for each in self._brought:
            by_merge.setdefault(each.merge, []).append(each)
        for step in self.line:
            if step.n in self._merges:
                yield from (each.step for each in by_merge.get(step.n, ()))
            yield step

    @cached_property
    def _turned(self) -> Mapping[str, Revision]:
        return {each.step.id: each.step for each in self._brought} | {step.id: step for step in self.line}

    @cached_property
    def _standing(self) -> set[str]:
        return standing_of(self._in_order())

    def _counts(self, step: Revision) -> bool:
        """Whether a step says something: an undone merge does not, nor does what turns a merge round."""
        first, met = step, {step.id}
        while first.reverses and first.reverses in self._turned and first.reverses not in met:
            first = self._turned[first.reverses]
            met.add(first.id)
        return first.kind != MERGED or (first is step and step.id in self._standing)

    @property
    def newest(self) -> Revision | None:
        """The newest of its own steps."""
        return self.line[-1] if self.line else None

    def unknown_to(self, other: "Knowledge") -> list[Revision]:
        """The steps that count here and that another copy does not know, in their order, each once."""
        return list({step.id: step for step in self.sequence if step.id not in other.known}.values())

    def not_held_by(self, other: "Knowledge") -> list[Revision]:
        """The steps that come along to another copy: all that are held here and that it does not know.

        They are in their order, each after the one whose seal is in its own.
        """
        coming = {step.id: step for step in self._in_order() if step.id not in other.every_id}
        coming |= {step.id: step for step in self.sequence if step.id not in other.known}
        return [coming[key] for key in dict.fromkeys(step.id for step in self._in_order()) if key in coming]

    @cached_property
    def every_id(self) -> frozenset[str]:
        """The ids of all steps that it holds, whether they count or not."""
        return frozenset(self.seals)

    @cached_property
    def waiting(self) -> Mapping[tuple[str, str, str], WaitingCell]:
        """The restatements that its merges left waiting, and that still wait, by table, key and cell."""
        left: dict[tuple[str, str, str], tuple[int, WaitingCell]] = {}
        for merge, (action, table, key, cell, before, after) in self.side.marks():
            if merge not in self._merges:
                continue
            if action == WAITING:
                left[table, key, cell] = merge, WaitingCell(before, after)
            else:
                left.pop((table, key, cell), None)
        if left:  # seldom: what was written since waits no more
            self._drop_written(left)
        return {place: mark for place, (_, mark) in left.items()}

    def _drop_written(self, left: dict[tuple[str, str, str], tuple[int, WaitingCell]]) -> None:
        """Take out what was written, or removed, in the side's own steps after it was left waiting."""
        first = min(merge for merge, _ in left.values())
        since = {step.id: step.n for step in self.line if step.n > first}
        for step, changes in self.side.changes(list(since)).items():
            for action, table, key, cell, *_ in changes:
                if action in _SWAPPED:
                    for place in ((table, key, cell), (table, key, "")):
                        if place in left and left[place][0] < since[step]:
                            del left[place]


def standing_of(steps: Iterable[Revision]) -> set[str]:
    """The ids of the steps that have not been undone or put back, given in their order with all that turned them round.

    A step that undoes another may be undone in its turn, which lets the first one stand again. (``steps.standing``
    asks the same of a plan's own line; here they may be of several.)
    """
    known: dict[str, Revision] = {}
    stands: dict[str, bool] = {}
    for step in steps:
        before = known.get(step.reverses or "")
        known[step.id] = step
        stands[step.id] = now = True
        altered, met = step, {step.id}
        while before is not None and before.id not in met:
            now = now if altered.kind == "redo" else not now
            stands[before.id] = now
            met.add(before.id)
            altered, before = before, known.get(before.reverses or "")
    return {key for key, now in stands.items() if now}


def changes_of(side: MergeSide, unknown: Sequence[Revision]) -> dict[str, Sequence[RawChange]]:
    """The changes of steps, with those of what they turn round in the place of the mark that names it."""
    raw = dict(side.changes([step.id for step in unknown]))
    turned = {each[2] for changes in raw.values() for each in changes if each[0] == TURNED}
    behind = side.changes(list(turned - set(raw))) if turned else {}
    for key, changes in raw.items():
        if any(each[0] == TURNED for each in changes):
            raw[key] = [change for each in changes for change in _expanded(each, {**raw, **behind})]
    return raw


_SWAPPED = {"add": "remove", "remove": "add", "set": "set"}


def _expanded(change: RawChange, known: Mapping[str, Sequence[RawChange]]) -> Iterator[RawChange]:
    """A change; of a mark that names a step that is turned round, that step's changes as they are made by it."""
    if change[0] != TURNED:
        yield change
        return
    made = [each for each in known.get(change[2], ()) if each[0] in _SWAPPED]
    if change[3] == "again":
        yield from made
        return
    for action, table, key, cell, before, after in reversed(made):
        yield _SWAPPED[action], table, key, cell, after, before
