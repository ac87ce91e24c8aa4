"""What a merge comes to before anything is applied: what comes in by itself, what is asked, what a person decided."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from spp_desktop.store.history import Revision, StoredRow
from spp_desktop.store.merging.record import DECIDED, MERGED, RawChange
from spp_desktop.store.receipts import MERGE

MergeFate = Literal["new", "changed", "removed"]
"""What becomes of a row of ours where the other copy's comes in."""

MergeQuestion = Literal["both changed", "removed here", "removed there", "both gave it", "two lead", "a rule"]
"""Why something is asked: cells were changed on both sides; a row was removed on one side and changed on the other, or
something new hangs on it; two rows have what only one may have; two posts lead; a rule of the plan would be broken."""

MergeChoice = Literal["ours", "theirs"]
"""What a person decides: as it is here, or as it is in the copy. Where two rows cannot stand beside each other, it says
which of them stands as it is: the other gets what is offered, or does not stay where nothing can be offered."""


@dataclass(frozen=True, slots=True)
class MergeItem:
    """One thing in which the two copies differ.

    Attributes:
        table: the table of the row.
        key: the key of the row.
        cells: the columns that differ and are decided together; ``()`` where the row as a whole comes, goes or stays.
        base: these cells as both copies last knew them, or the whole row; ``None`` where the row was not there or that
            is not known.
        ours: the same as they are here; ``None`` where the row is not here.
        theirs: the same as they are in the copy; ``None`` where it is not there.
        fate: what becomes of the row here where the copy's comes in.
        question: why it is asked; "" where it comes in by itself.
        ours_by: the step here that wrote it last; ``None`` where none did since the copies parted.
        theirs_by: the same in the copy.
        along: what is decided with it: rows that go or stay with a row that was removed.
        offered: where theirs cannot stand beside a row of ours: the cells that one of the two gets then, so that both
            stay; empty where only one can stay.
        rival: that row of ours, whole.
        clashing: the columns that both have alike.
        waited: whether it waited until now, as a restatement of what was locked or closed.
        sentence: what is the matter, where the question alone does not say it: the rule that would be broken.
    """

    table: str
    key: str
    cells: tuple[str, ...]
    base: StoredRow | None
    ours: StoredRow | None
    theirs: StoredRow | None
    fate: MergeFate
    question: MergeQuestion | Literal[""] = ""
    ours_by: Revision | None = None
    theirs_by: Revision | None = None
    along: "tuple[MergeItem, ...]" = ()
    offered: StoredRow | None = None
    rival: StoredRow | None = None
    clashing: tuple[str, ...] = ()
    waited: bool = False
    sentence: str = ""

    @property
    def subject(self) -> str:
        """What it is about, as decisions name it. Where either side has become another since, it is another subject."""
        sides = json.dumps((self.ours, self.theirs), default=repr, sort_keys=True).encode("utf-8", "surrogatepass")
        mark = hashlib.sha256(sides).hexdigest()[:12]
        return "|".join((self.question, self.table, self.key, *self.cells, mark))

    @property
    def of_row(self) -> tuple[str, str, str]:
        """The table and the key of the row, and no cell of it."""
        return self.table, self.key, ""

    @property
    def place(self) -> tuple[str, str, str]:
        """What it is about, without how it stands: the question, the table and the key of the row."""
        return self.question, self.table, "|".join((self.key, *self.cells))


class MergeDecision(NamedTuple):
    """What a person decided about an item.

    Attributes:
        choice: which side.
        value: cells that were typed in the place of both, by column, in SQLite's storage types; empty for none.
    """

    choice: MergeChoice
    value: Mapping[str, Any] = {}


class MergeCounts(NamedTuple):
    """How much there is, before anything is applied.

    Attributes:
        new, changed, removed: rows that the copy has beyond ours, otherwise, and no more.
        asked: questions.
        same: rows that both changed and have alike.
        waiting: restatements that wait.
        steps: steps that come along.
    """

    new: int
    changed: int
    removed: int
    asked: int
    same: int
    waiting: int
    steps: int


@dataclass(frozen=True)
class Merge:
    """Two copies of a plan held against each other. Nothing has been changed.

    Attributes:
        ours: the name of the file that the other is merged into.
        theirs: the name of the other.
        clean: what comes in by itself: what only the copy changed.
        asked: what a person decides.
        waiting: what belongs to a locked period or a closed year here and stays as it is: restatements proposed.
        same: how many rows both changed alike, or have alike by now.
        settled: marks of cells that both had written and that are settled without a question.
        coming: the steps of the copy that come along, the oldest first.
        changes: their changes and marks, by step.
        our_newest: the newest step here when they were held against each other, but for what is kept beside the
            content; "" for none.
        their_newest: the newest step of the copy, which is the second parent of the merge.
    """

    ours: str
    theirs: str
    clean: tuple[MergeItem, ...]
    asked: tuple[MergeItem, ...]
    waiting: tuple[MergeItem, ...]
    same: int
    settled: tuple[RawChange, ...]
    coming: tuple[Revision, ...]
    changes: Mapping[str, Sequence[RawChange]] = field(repr=False)
    our_newest: str
    their_newest: Revision | None

    @property
    def counts(self) -> MergeCounts:
        """How much there is of each."""
        fates = [item.fate for item in self.clean if item.cells or item.fate != "changed"]
        new, changed, removed = (fates.count(fate) for fate in ("new", "changed", "removed"))
        return MergeCounts(new, changed, removed, len(self.asked), self.same, len(self.waiting), len(self.coming))

    @property
    def is_nothing(self) -> bool:
        """Whether the copy holds nothing that is not here: nothing comes, nothing is asked, no step is to be known."""
        return not (self.clean or self.asked or self.settled or self.says_something)

    @property
    def says_something(self) -> bool:
        """Whether among the steps that come along is one that did more than to take over what is known here."""
        return any(any(map(_SAYS.get(step.kind, bool), self.changes.get(step.id, ()))) for step in self.coming)

    def items(self) -> Iterator[MergeItem]:
        """All items."""
        yield from self.clean
        yield from self.asked
        yield from self.waiting


def _of_returns(change: RawChange) -> bool:
    """Whether what was kept beside the content is a file that went out or came in, not the record of a merge."""
    return change[0] == "add" and change[1] in ("export", "receipt") and f'"{MERGE}"' not in str(change[5])


_SAYS: Mapping[str, Callable[[RawChange], bool]] = {
    MERGED: lambda change: change[0] == DECIDED,
    "beside": _of_returns,
}
"""By the kind of a step which of its changes say something that another copy has to know."""


class MergeRefused(Exception):
    """Two copies cannot be merged; the sentence says why, what is safe and what to do."""
