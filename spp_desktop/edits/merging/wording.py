"""A merge in words: of each thing that differs what it was, what it is here and in the copy, who wrote it and when."""

from dataclasses import dataclass, replace

from spp_desktop.edits.merging.reviewing import OtherCopy
from spp_desktop.plan.kinds.spelling import quoted
from spp_desktop.plan.words import listed
from spp_desktop.store import clock
from spp_desktop.store.changes_in_words import Wording
from spp_desktop.store.history import RecordedChange, Revision, StoredRow
from spp_desktop.store.merging.items import MergeItem
from spp_desktop.store.workspace import Workspace

_TOLD = 6
"""Rows below a row that are named; the others are only counted."""


@dataclass(frozen=True)
class MergeLine:
    """One thing in which the copies differ, as a person reads it.

    Attributes:
        row: what row it is in: "activity 3.04".
        cell: the column, or columns that are decided together: "status, % complete, due"; "" for the whole row.
        base: what both copies last had.
        ours: what is here.
        theirs: what is in the copy.
        ours_by: who wrote it here last, and when; "" for nobody since.
        theirs_by: the same in the copy.
        question: why it is asked, and what each answer would do; "" where it comes in by itself.
    """

    row: str
    cell: str
    base: str
    ours: str
    theirs: str
    ours_by: str
    theirs_by: str
    question: str


class MergeWords:
    """Says what differs in words. Rows are called what they are called in the copy; else what they are called here.

    Attributes:
        copy: the copy.
    """

    def __init__(self, workspace: Workspace, copy: OtherCopy) -> None:
        self._words = workspace.read_beside(lambda plan: Wording(copy.connection, plan))
        self.copy, self._plan = copy, workspace.path.name

    def line(self, item: MergeItem) -> MergeLine:
        """An item in words, in one line for cells that are decided together: those of them that differ."""
        item = differing(item)
        names = [name for name, _ in self._cells(item, item.theirs or item.ours)] if item.cells else []
        here = item.rival if item.ours is None and item.rival is not None else item.ours
        base, ours, theirs = (self._side(item, side) for side in (item.base, here, item.theirs))
        by = _by(item.ours_by), _by(item.theirs_by)
        return MergeLine(self.row(item), ", ".join(names), base, ours, theirs, *by, self._question(item))

    def row(self, item: MergeItem) -> str:
        """What the row of an item is called."""
        whole = None if item.cells else item.theirs or item.ours or item.base
        return self._words.row_of(RecordedChange("set" if whole is None else "add", *item.of_row, None, whole))

    def _cells(self, item: MergeItem, side: StoredRow | None) -> list[tuple[str, str]]:
        """The cells of an item as one side has them, each by its name; of a whole row, those that are filled."""
        if side is None:
            return []
        if not item.cells:
            lines = self._words.of_change(RecordedChange("add", *item.of_row, None, side))
            return [(line.cell, line.after) for line in lines]
        sets = (RecordedChange("set", item.table, item.key, cell, None, side[cell]) for cell in item.cells)
        return [(line.cell, line.after) for each in sets for line in self._words.of_change(each)]

    def _side(self, item: MergeItem, side: StoredRow | None) -> str:
        """What one side has, in one text."""
        if side is None:
            return "" if item.cells else "not there"
        cells = self._cells(item, side)
        if len(item.cells) == 1:
            return cells[0][1]
        return "; ".join(f"{name}: {value or 'nothing'}" for name, value in cells)

    def _question(self, item: MergeItem) -> str:
        """Why something is asked."""
        if not item.question:
            return ""
        sentence = _QUESTIONS[item.question].format(copy=self.copy.name, plan=self._plan, what=self._clashing(item))
        return " ".join(filter(None, (sentence, self._along(item), self._offer(item), item.sentence)))

    def _clashing(self, item: MergeItem) -> str:
        cells = {name: (item.rival or {}).get(name) for name in item.clashing}
        rival = MergeItem(item.table, str((item.rival or {}).get("id")), tuple(cells), None, cells, cells, "changed")
        return listed(f"{name} {quoted(value)}" for name, value in self._cells(rival, cells) if value)

    def _along(self, item: MergeItem) -> str:
        """The rows that go or stay with it."""
        if not item.along:
            return ""
        named = [self.row(part) for part in item.along[:_TOLD]]
        more = len(item.along) - len(named)
        names = listed([*named, f"{more} more"] if more > 0 else named)
        return f"With it {'goes or stays' if len(item.along) == 1 else 'go or stay'}: {names}."

    def _offer(self, item: MergeItem) -> str:
        """What becomes of the one of two rows that does not stand as it is."""
        if item.rival is None:
            return ""
        if not item.offered:
            return "Only one of the two can stay."
        cells = MergeItem(item.table, item.key, tuple(item.offered), None, item.offered, item.offered, "changed")
        told = listed(f"{name} {quoted(value)}" for name, value in self._cells(cells, item.offered))
        return f"Both stay; the one that is not chosen gets {told}."


def differing(item: MergeItem) -> MergeItem:
    """An item with those of its cells alone in which the three states differ."""
    states = [side or {} for side in (item.base, item.ours, item.theirs)]
    cells = tuple(cell for cell in item.cells if any(side.get(cell) != states[0].get(cell) for side in states))
    return replace(item, cells=cells or item.cells[:1])


_QUESTIONS = {
    "both changed": "Changed here and in {copy}, to different things.",
    "removed here": "Removed here, and changed in {copy} or needed by what is new there.",
    "removed there": "Removed in {copy}, and changed here or needed by what is new here.",
    "both gave it": "Here and in {copy} two different rows have {what}, which only one can have.",
    "two lead": "Here and in {copy} two different posts were made the lead, and only one can lead.",
    "a rule": "Merged, it would break a rule of the plan.",
}


def _by(step: Revision | None) -> str:
    """Who wrote something last, and when."""
    return f"{step.author}, {clock.time_in_words(step.at)}" if step is not None else ""
