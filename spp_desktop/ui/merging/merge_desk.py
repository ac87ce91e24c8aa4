"""The desk at which a merge is reviewed: what is asked, what comes in by itself, what waits, and what is decided."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtGui import QPalette

from spp_desktop.edits.merging import applying, deciding, reviewing, typed_cells
from spp_desktop.edits.merging.applying import MergeReceipt
from spp_desktop.edits.merging.reviewing import MergeReview
from spp_desktop.edits.merging.typed_cells import CellToType
from spp_desktop.edits.merging.wording import MergeLine
from spp_desktop.plan.kinds import TEXT, Kind, Option
from spp_desktop.plan.text_changes import near_change
from spp_desktop.plan.words import counted
from spp_desktop.returns.values import Answer
from spp_desktop.store.changed import Moved, unheard
from spp_desktop.store.merging.items import MergeDecision, MergeItem
from spp_desktop.store.plain import MOVED_WHY
from spp_desktop.store.receipts import Decision
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.busy import busy
from spp_desktop.ui.grid.arrangement import Group
from spp_desktop.ui.merging.merge_lines import MergedItem, MergeLines
from spp_desktop.ui.merging.merge_looks import WORDS
from spp_desktop.ui.merging.merge_pane import MergePane
from spp_desktop.ui.review.kinds import DecisionState
from spp_desktop.ui.review.lines import shares_of
from spp_desktop.ui.review.surface import ReviewWords

_DecidedSo = tuple[MergeDecision | None, str]
"""What is decided, and why; ``None`` where nothing is."""
_BASE, _SIDES = 3, (4, 5)
"""The columns of what both knew, and of the two sides."""
_THEIRS, _OURS = MergeDecision("theirs"), MergeDecision("ours")


class MergeDesk:
    """A copy under review, with the decisions about it. Each is kept at once; only ``apply`` changes the plan.

    Its methods are those of ``ReviewDesk``, which says what each gives.

    Attributes:
        review: the copy, with the decisions about it.
        items: what is asked, then what comes in by itself, then what waits.
        states: what is decided about each.
    """

    words: ReviewWords = WORDS
    types_dates = True
    """Whether dates whose moves are kept can be typed in the place of both sides."""

    def __init__(self, workspace: Workspace, review: MergeReview, merged: MergeLines | None = None) -> None:
        self.workspace, self.review = workspace, review
        self.merged = merged or MergeLines(workspace, review)
        self.items = self.merged.items
        self._before: list[list[tuple[int, Decision | None]]] = []
        self.states: list[DecisionState] = []
        self._look()

    def _look(self) -> None:
        self.states = [self._state(each) for each in self.items]

    def _state(self, each: MergedItem) -> DecisionState:
        if not each.decidable:
            return "told"
        decision = self.review.made.get(each.subject)
        if decision is None:
            return "to decide"
        if decision.value:
            return "typed"
        return "accepted" if decision.verdict == "accept" else "refused"

    # What is what.

    @property
    def called(self) -> str:
        """The title of the screen."""
        return f"Merge {self.review.copy.name}"

    @property
    def parts(self) -> int:
        """The number of parts that hold something."""
        return len(self.merged.parts)

    @property
    def folded_at_first(self) -> Sequence[int]:
        """What comes in by itself is folded away where something is asked."""
        return [self.merged.by_themselves] if self.merged.by_themselves else []

    @property
    def locked(self) -> str:
        """Why nothing can be decided."""
        if not self.workspace.read_only:
            return ""
        why = " ".join(self.workspace.notices[:1]) or f"{self.workspace.path.name} is open for reading only."
        return f"{why} Nothing can be merged into it until it is open for writing."

    def is_open(self, file: int) -> bool:
        """Every part is open until it is applied."""
        return file < self.parts

    def counts(self) -> Counter[DecisionState]:
        """The number of items in each state."""
        return Counter(self.states)

    @property
    def to_apply(self) -> int:
        """What comes in, by itself or by a decision; what was typed comes in once all is decided."""
        counts = self.counts()
        return len(self.review.merge.clean) + counts["accepted"] + counts["typed"] * (not self.left)

    @property
    def left(self) -> int:
        """The questions that are left."""
        return self.counts()["to decide"]

    def decision(self, n: int) -> Decision | None:
        """The decision about an item."""
        return self.review.made.get(self.items[n].subject)

    # Words of lines.

    def cells(self, n: int) -> tuple[str, ...]:
        """The texts of an item in the table."""
        looks = self.words.states[self.states[n]], self.words.kinds[self.items[n].kind]
        line = self.merged.line(n)
        typed = "; ".join(f"{name} {text or 'empty'}" for name, text in self.typed(n).items())
        remark = typed or self._remark(n, line)
        return looks[0].title, looks[1].title, self.merged.what(n), *self.merged.states(n), remark

    def _remark(self, n: int, line: MergeLine) -> str:
        """Why something is asked; where its kind says that already, who wrote the two sides."""
        here, there = (self.words.headings[along] for along in _SIDES)
        if self.items[n].kind == "both changed":
            sides = ((here, line.ours_by), (there, line.theirs_by))
            told = "; ".join(f"{side.lower()}: {by}" for side, by in sides if by)
            return told[:1].upper() + told[1:]
        return line.question or (f"by {line.theirs_by}" if line.theirs_by else "")

    def shortened(self, n: int, along: int, texts: Sequence[str]) -> str:
        """A text; of two words that were changed, what is near the change."""
        if along in _SIDES and self.items[n].item.cells and self.items[n].item.base is not None:
            return near_change(texts[_BASE], texts[along])
        return texts[along]

    def row_head(self, n: int) -> tuple[str, str]:
        """The row that is asked about, with its words; of what comes in by itself, the kind of row."""
        return self.merged.row_head(n)

    def head(self, file: int, items: tuple[int, ...], *, folded: bool) -> Group:
        """The head of a part."""
        part = self.merged.parts[file]
        return Group(f"{part.title}: {len(items):,}", items, f"· {part.note}", shares_of(self, items), folded)

    def notes(self, file: int) -> Sequence[str]:
        """Nothing: the heads say it."""
        del file
        return ()

    def searched(self, n: int) -> Iterable[str]:
        """Row and words of an item."""
        if not self.merged.is_searched(n):
            return ()
        line = self.merged.line(n)
        return *self.cells(n), line.row, line.ours_by, line.theirs_by, self.merged.text_of(n)

    # Words of the pane.

    def heading(self, n: int) -> str:
        """The row and the cells."""
        return "  ".join(filter(None, (self.merged.line(n).row, self.merged.cells_named(n))))

    def about(self, n: int) -> str:
        """The words of the row."""
        return self.merged.text_of(n)

    def remark(self, n: int) -> str:
        """Why it is asked."""
        return self.merged.line(n).question

    def file_heading(self, file: int) -> str:
        """The title of a part."""
        return self.merged.parts[file].title

    def part_name(self, file: int) -> str:
        """The title of a part."""
        return self.merged.parts[file].title

    def pane(self, palette: QPalette) -> MergePane:
        """What the pane says."""
        return MergePane(self.merged, self.words.headings[_BASE:][: len(_SIDES) + 1], self.typed, palette)

    # A value typed in the place of both sides, in a dialog of its own; nothing is typed in the pane.

    def typed(self, n: int) -> Mapping[str, str]:
        """What was typed for an item, by what each cell is called."""
        decision = self.decision(n)
        return self.merged.typed(n, reviewing.decision_in(decision).value) if decision and decision.value else {}

    def types_apart(self, n: int) -> bool:
        """Whether another value can be typed for an item."""
        return typed_cells.can_type(self.items[n].item)

    def cells_to_type(self, n: int) -> list[CellToType]:
        """The cells of an item that can be typed."""
        decision = self.decision(n)
        before = reviewing.decision_in(decision).value if decision is not None else {}
        why = decision.reason if decision is not None and before else ""
        return typed_cells.cells(
            self.workspace, self.merged.said, self.items[n].item, before, why, dates=self.types_dates
        )

    def type_in(self, n: int, texts: Mapping[str, str]) -> list[int]:
        """Decide about an item by what was typed, by column. Returns it."""
        made = typed_cells.decided(self.workspace, self.merged.said, self.items[n].item, texts, dates=self.types_dates)
        return self._decide([n], made, texts.get(MOVED_WHY, "").strip() if made.value else "")

    def answers(self, n: int) -> Sequence[str]:
        """None: there are two sides, each with a key."""
        del n
        return ()

    def can_type(self, n: int) -> bool:
        """Nothing is typed."""
        del n
        return False

    def asking_why(self, items: Iterable[int]) -> list[int]:
        """No reason is asked."""
        del items
        return []

    def value_name(self, n: int) -> str:
        """Nothing is typed."""
        del n
        return ""

    def value_kind(self, n: int) -> Kind:
        """Nothing is typed."""
        del n
        return TEXT

    def options(self, n: int) -> list[Option]:
        """Nothing is chosen."""
        del n
        return []

    def at_first(self, n: int) -> str:
        """Nothing is typed."""
        del n
        return ""

    def answer(self, n: int, typed: str = "") -> Answer:
        """What would come in."""
        del n, typed
        return Answer()

    def matches(self, file: int) -> list[int]:
        """Rows are known by their keys."""
        del file
        return []

    # Deciding.

    def accept(self, items: Sequence[int], value: str = "") -> list[int]:
        """Have these be as they are in the copy."""
        del value
        return self._decide([n for n in items if self.states[n] != "accepted"], _THEIRS)

    def refuse(self, items: Sequence[int], reason: str) -> list[int]:
        """Have these stay as they are here."""
        return self._decide([n for n in items if self.states[n] != "refused"], _OURS, reason)

    def take_back(self, items: Sequence[int]) -> list[int]:
        """Forget the decisions about these."""
        return self._decide([n for n in items if self.decision(n) is not None], None)

    def undo(self) -> list[int]:
        """Undo the latest deciding."""
        before = self._before.pop() if self._before else []
        ways: list[tuple[_DecidedSo, list[int]]] = []
        for n, decision in before:
            way: _DecidedSo = (None, "")
            if decision is not None:
                way = reviewing.decision_in(decision), decision.reason
            alike = next((items for known, items in ways if known == way), None)
            if alike is None:
                ways.append((way, [n]))
            else:
                alike.append(n)
        for way, items in ways:
            self._put(items, *way)
        return [n for n, _ in before]

    def _decide(self, items: Sequence[int], made: MergeDecision | None, reason: str = "") -> list[int]:
        able = [n for n in items if self.items[n].decidable]
        before = [(n, self.decision(n)) for n in able]
        self._put(able, made, reason)
        if before:
            self._before.append(before)
        return able

    def _put(self, items: Sequence[int], made: MergeDecision | None, reason: str = "") -> None:
        if items:
            self.review = self._kept([self.items[n].item for n in items], made, reason)
            self._look()

    def _kept(self, asked: Sequence[MergeItem], made: MergeDecision | None, reason: str) -> MergeReview:
        """The review with a decision made, which is kept."""
        if made is None:
            return deciding.decided(self.workspace, self.review, asked, None)
        return deciding.decided(self.workspace, self.review, asked, made.choice, reason, typed=made.value)

    # The foot.

    def state_words(self) -> str:
        """What would be left if the screen was closed now."""
        if self.locked:
            return "Open for reading only."
        decided = len(self.review.made)
        if decided:
            kept = "1 decision is kept" if decided == 1 else f"{decided:,} decisions are kept"
            return f"{kept} and found again with this copy. The plan does not change until you apply."
        return "The plan does not change until you apply."

    def left_words(self) -> str:
        """How much is left to decide."""
        left = self.left
        return f"{left:,} left to decide: till then only what is clear comes in" if left else ""

    def apply_words(self) -> tuple[str, bool]:
        """The words on Apply."""
        changes, decided = self.to_apply, len(self.review.made)
        if changes:
            return f"&Apply {counted(changes, 'change')}", True
        if self.left:
            return "Nothing to apply", False
        if decided:
            return f"&Apply {counted(decided, 'decision')}", True
        return "&Apply: its history alone", not self.review.merge.is_nothing

    def can_keep(self) -> bool:
        """Decisions are kept as they are made."""
        return False

    def keep(self) -> object:
        """Decisions are kept as they are made."""
        return self.review

    def set_aside(self, file: int) -> Sequence[object]:
        """A copy is let go of as a whole."""
        del file
        deciding.set_aside(self.workspace, self.review)
        return ()

    def read_again(self) -> object:
        """Hold the copy against the plan as it is now.

        Raises:
            MergeRefused: if the two cannot be merged any more.
        """
        with busy():
            self.review = reviewing.held_against(self.workspace, self.review.copy)
            self.merged = MergeLines(self.workspace, self.review)
        self.items = self.merged.items
        self._before.clear()
        self._look()
        return self.review

    def apply(self, heard: Moved = unheard) -> MergeReceipt:
        """Take the copy in as one step. ``heard`` hears how far that is; what it raises ends it."""
        return applying.apply(self.workspace, self.review, heard=heard)
