"""What a merge comes to, as the lines of its review: what is asked, what waits, what comes in by itself."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

from spp_desktop.edits.merging.reviewing import MergeReview
from spp_desktop.edits.merging.wording import MergeLine, MergeWords, differing
from spp_desktop.store import naming
from spp_desktop.store.merging.items import MergeItem
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.merging.merge_looks import CLOSED
from spp_desktop.ui.review.surface import Under

_NAMING = ("text", "title", "name", "statement")
"""The columns by whose words a row is known, beside what it is called."""
MOST_SEARCHED = 2000
"""In so many that come in by themselves words are looked for: each is told in words for that."""
_SEVERAL = 2
"""So many cells that are decided together are told one by one."""


@dataclass(frozen=True)
class MergedItem:
    """A thing in which the two copies differ, where it is listed: in which part, under which row or kind of row."""

    file: int
    group: Under
    item: MergeItem
    kind: str

    @cached_property
    def subject(self) -> str:
        """What it is about."""
        return self.item.subject

    @property
    def decidable(self) -> bool:
        """Whether it is asked."""
        return bool(self.item.question)


@dataclass(frozen=True)
class MergePart:
    """A part of a merge: its title, and what is said of it as a whole."""

    title: str
    note: str


class MergeParts(NamedTuple):
    """The three parts of a merge.

    Attributes:
        asked: what is to be decided.
        waiting: what stays as it is, because it is locked or closed.
        clean: what needs no decision.
    """

    asked: MergePart
    waiting: MergePart
    clean: MergePart


PARTS = MergeParts(
    MergePart("To decide", "each stays as it is here until you decide; the copy is merged once all is decided"),
    MergePart("Closed here", "stays as it is, and is proposed as a restatement of what is locked or closed"),
    MergePart("Comes in by itself", "what only the copy changed"),
)
"""The parts where a copy is merged."""


class MergeLines:
    """The lines of a merge, and their words.

    Attributes:
        parts: the parts that hold something: what is asked, what waits, what comes in by itself.
        items: what each holds, in that order.
        sentence: all of it counted.
        said: says what differs in words.
    """

    def __init__(
        self, workspace: Workspace, review: MergeReview, parts: MergeParts = PARTS, sentence: str = ""
    ) -> None:
        self._workspace, self._copy, self._parts = workspace, review.copy, parts
        self.said = MergeWords(workspace, review.copy)
        self.sentence = sentence or review.summary
        self.parts: list[MergePart] = []
        self.items: list[MergedItem] = []
        self._lines: dict[int, MergeLine] = {}
        merge = review.merge
        for part, items in zip(parts, (merge.asked, merge.waiting, merge.clean), strict=True):
            if items:
                self._lay(part, items)

        self._first_clean = len(merge.asked) + len(merge.waiting)
        if len(merge.clean) > MOST_SEARCHED:
            part = self.parts[-1]
            note = f"{part.note}; words are looked for in the first {MOST_SEARCHED:,}"
            self.parts[-1] = replace(part, note=note)

    def _lay(self, part: MergePart, items: Iterable[MergeItem]) -> None:
        """List the items of a part: those that come in by themselves by their kind of row, the others by row."""
        groups: dict[Under, list[MergedItem]] = {}
        for item in items:
            group = Under(item.table, "" if part is self._parts.clean else item.key)
            kind = CLOSED if part is self._parts.waiting else item.question or item.fate
            groups.setdefault(group, []).append(MergedItem(len(self.parts), group, item, kind))
        self.parts.append(part)
        self.items += [each for group in groups.values() for each in group]

    @property
    def by_themselves(self) -> int | None:
        """The part of what comes in by itself; ``None`` where nothing does."""
        return next((n for n, part in enumerate(self.parts) if part.title == self._parts.clean.title), None)

    def is_searched(self, n: int) -> bool:
        """Whether words are looked for in an item: not in all of very much that comes in by itself."""
        return n < self._first_clean + MOST_SEARCHED

    def line(self, n: int) -> MergeLine:
        """An item in words."""
        if n not in self._lines:
            item = self.items[n].item
            if item.rival is not None:  # the two that cannot stand beside each other
                ours, theirs = (side if side is not None else item.rival for side in (item.ours, item.theirs))
                item = replace(item, ours=ours, theirs=theirs)
            self._lines[n] = self.said.line(item)
        return self._lines[n]

    def cells_named(self, n: int) -> str:
        """The cells of an item in which the sides differ: "% complete, forecast"; "" for the whole row."""
        return ", ".join(line.cell for line in self.cells_of(n) if line.cell)

    def what(self, n: int) -> str:
        """What an item is about: its cells, or the whole row; where it is listed by its kind of row, of which row."""
        each, row, cells = self.items[n], self.said.row(self.items[n].item), self.cells_named(n)
        if each.group.ref:
            return cells or f"Whole {naming.word_of(each.item.table).singular}"
        return f"{row}: {cells}" if cells else row

    def states(self, n: int) -> tuple[str, ...]:
        """What both knew, what is here and what is in the copy."""
        lines = self.cells_of(n)
        sides = zip(*((line.base, line.ours, line.theirs) for line in lines), strict=True)
        if len(lines) == 1:
            return tuple(text or "(empty)" if self.items[n].item.cells else text for (text,) in sides)
        names = [line.cell for line in lines]
        return tuple(
            "; ".join(f"{name}: {text or 'empty'}" for name, text in zip(names, texts, strict=True)) for texts in sides
        )

    def row_head(self, n: int) -> tuple[str, str]:
        """The row that is asked about, with its words; of what comes in by itself, the kind of row."""
        each = self.items[n]
        if each.group.ref:
            return self.said.row(each.item), self.text_of(n)
        plural = naming.word_of(each.item.table).plural
        return f"{plural[:1].upper()}{plural[1:]}", ""

    def text_of(self, n: int) -> str:
        """The words of a row, as far as its name does not say them."""
        item = self.items[n].item
        row = self._workspace.read_beside(naming.row_of, item.table, item.key)
        row = row or naming.row_of(self._copy.connection, item.table, item.key) or {}
        text = next((str(row[name]) for name in _NAMING if row.get(name)), "")
        return "" if naming.short(text) in self.said.row(item) else text

    def cells_of(self, n: int) -> list[MergeLine]:
        """The cells of an item that are decided together, each by itself where they differ; else all in one."""
        item = differing(self.items[n].item)
        if len(item.cells) < _SEVERAL:
            return [self.line(n)]
        return [self.said.line(replace(item, cells=(cell,))) for cell in item.cells]

    def typed(self, n: int, values: Mapping[str, Any]) -> dict[str, str]:
        """What was typed in the place of both sides, by what each cell is called, where it is another than ours."""
        item = self.items[n].item
        changed = [cell for cell in item.cells if cell in values and values[cell] != (item.ours or {})[cell]]
        lines = (self.said.line(replace(item, cells=(cell,), theirs=dict(values))) for cell in changed)
        return {line.cell: line.theirs for line in lines}

    def note_of(self, file: int) -> str:
        """What is said of a part as a whole."""
        note = self.parts[file].note
        return f"{note[:1].upper()}{note[1:]}."
