"""The returned files under review, the decisions about each difference in them, and how they are made. No Qt."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from spp_desktop.edits import deciding, keeping, receiving, reviewing, taking
from spp_desktop.edits.differences import Difference
from spp_desktop.edits.return_rows import facts
from spp_desktop.edits.reviewing import Review
from spp_desktop.edits.sources.every import source_of
from spp_desktop.edits.taking import Applied
from spp_desktop.plan.kinds import Choice, Kind, Several, YesNo, by_kind
from spp_desktop.returns.definition import PlanFacts, ReturnColumn
from spp_desktop.returns.values import Answer, shown
from spp_desktop.store.receipts import Decision, Verdict
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.review.kinds import DecisionState
from spp_desktop.ui.review.surface import Under

TITLES: Mapping[type[Kind], Callable[[PlanFacts, ReturnColumn], tuple[str, ...]]] = {
    Kind: lambda _plan, _column: (),
    Choice: lambda plan, column: plan.lists[column.choices],
    Several: lambda _plan, _column: (),
    YesNo: lambda _plan, _column: ("Yes", "No"),
}
"""What gives the values to choose from, for each kind of column; other columns can hold anything."""


@dataclass(frozen=True)
class ReviewItem:
    """A difference: the file that it is in, and the row of the plan under which it is listed."""

    file: int
    group: Under
    difference: Difference

    @property
    def kind(self) -> str:
        """What it asks of a person."""
        return self.difference.kind

    @property
    def subject(self) -> str:
        """What it is about."""
        return self.difference.subject

    @property
    def decidable(self) -> bool:
        """Whether a person can accept or refuse it."""
        return self.difference.decidable


class Desk:
    """The files received, reviewed together. Each decision is kept at once; only ``apply`` changes the plan.

    Attributes:
        reviews: the files, with the decisions about them.
        plan: the plan's lists and years, by which answers are read.
        items: all their differences: by file, then by activity in the plan's order, then in the file's order.
        states: the state of each item: what is decided about it.
    """

    def __init__(self, workspace: Workspace, reviews: Sequence[Review]) -> None:
        self.workspace = workspace
        self.reviews: list[Review] = []
        self.items: list[ReviewItem] = []
        self.states: list[DecisionState] = []
        self._before: list[list[tuple[int, Decision | None]]] = []
        self._lay(reviews)

    def _lay(self, reviews: Sequence[Review]) -> None:
        self.reviews = reviewing.together(reviews)
        self.plan = self.workspace.read(facts, *(review.definition for review in self.reviews))
        self._before.clear()
        self._titles = [self._titles_of(review) for review in self.reviews]
        places = [{group: place for place, group in enumerate(titles)} for titles in self._titles]
        placed = [
            (ReviewItem(file, _under(difference), difference), place)
            for file, review in enumerate(self.reviews)
            for place, difference in enumerate(review.differences)
        ]
        first: dict[tuple[int, Under], int] = {}
        for item, place in placed:
            known = places[item.file]
            first.setdefault((item.file, item.group), known.get(item.group, len(known) + place))
        placed.sort(key=lambda pair: (pair[0].file, first[pair[0].file, pair[0].group], pair[1]))
        self.items = [item for item, _ in placed]
        self._look()

    def _titles_of(self, review: Review) -> dict[Under, str]:
        """The words of each row under which a file's differences can be listed, in the plan's order."""
        sources = map(source_of, review.definition.listings)
        return {
            Under(source.word.singular, ref): text
            for source in sources
            for ref, text in self.workspace.read(source.heads, review.identity.year).items()
        }

    def _look(self) -> None:
        self.states = [self._state(item) for item in self.items]

    def _state(self, item: ReviewItem) -> DecisionState:
        if not item.difference.decidable:
            return "told"
        verdict = deciding.verdict(self.reviews[item.file], item.difference)
        if verdict is None:
            row = self.reviews[item.file].decisions.get(item.difference.row_subject)
            return "waits" if item.difference.waits and row is None else "to decide"
        return "accepted" if verdict == "accept" else "refused"

    # What is what.

    def title(self, n: int) -> str:
        """The words of the activity or indicator under which an item is listed."""
        item = self.items[n]
        return self._titles[item.file].get(item.group, item.difference.text)

    @property
    def locked(self) -> str:
        """Why nothing can be decided; "" if something can."""
        if not self.workspace.read_only:
            return ""
        why = " ".join(self.workspace.notices[:1]) or f"{self.workspace.path.name} is open for reading only."
        return f"{why} Nothing can be decided here until the plan is open for writing."

    def is_open(self, file: int) -> bool:
        """Whether a file is still to be dealt with: whether it was neither taken in nor set aside."""
        receipt = self.reviews[file].receipt
        return receipt is None or receipt.state == "open"

    def counts(self) -> Counter[DecisionState]:
        """The number of differences in each state."""
        return Counter(self.states)

    @property
    def to_apply(self) -> int:
        """The number of changes that would be taken in."""
        return sum(len(deciding.accepted(review)) for review in self.reviews)

    @property
    def left(self) -> int:
        """The number of differences that wait for a decision."""
        return sum(state in ("to decide", "waits") for state in self.states)

    @property
    def decided(self) -> int:
        """The number of decisions that are made and kept."""
        return sum(self.decision(n) is not None for n in range(len(self.items)))

    def decision(self, n: int) -> Decision | None:
        """The person's decision about an item, if there is one."""
        item = self.items[n]
        return self.reviews[item.file].decisions.get(item.difference.subject)

    def column(self, n: int) -> ReturnColumn | None:
        """The column that an item is about; ``None`` if it is about a whole row."""
        item = self.items[n]
        return deciding.column_of(self.reviews[item.file], item.difference, self.plan)

    def columns(self, n: int) -> tuple[ReturnColumn, ...]:
        """All columns of the return's table that an item stands in."""
        item = self.items[n]
        return deciding.listing_of(self.reviews[item.file], item.difference).columns_for(
            self.plan.years, self.plan.roles
        )

    def choices(self, n: int) -> tuple[str, ...]:
        """The values to choose from for an item; empty if anything can be typed."""
        column = self.column(n)
        if self.items[n].difference.kind == "new row":
            parent = self.items[n].difference.source.parent
            return self.plan.lists[parent.choices] if parent and parent.choices else ()
        if column is None:
            return ()
        return by_kind(TITLES, column.kind)(self.plan, column)

    def can_type(self, n: int) -> bool:
        """Whether another value can be typed in place of an item's answer."""
        difference = self.items[n].difference
        if difference.kind == "new row":
            return difference.source.parent is not None and bool(difference.source.parent.choices)
        able = difference.decidable and not difference.gone and self.states[n] != "waits"
        return bool(difference.field) and able and difference.field not in difference.source.unset

    def at_first(self, n: int) -> str:
        """What that value's field holds at first: what was decided, else what came back."""
        difference, decision = self.items[n].difference, self.decision(n)
        if decision is not None and decision.value:
            return decision.value
        if difference.kind == "new row":
            parent = difference.source.parent
            return str(dict(difference.row).get(parent.field) or "") if parent else ""
        return "" if difference.answers else self.meant(n) or difference.returned_text

    def meant(self, n: int) -> str:
        """What an item would be taken in as, if it were accepted as it is; "" if that is what came back."""
        difference, column = self.items[n].difference, self.column(n)
        text = shown(column, difference.returned) if difference.usable and column is not None else ""
        return "" if text == difference.returned_text else text

    def answer(self, n: int, typed: str = "") -> Answer:
        """The value that would be put into the plan for an item, or the doubt that prevents it."""
        item = self.items[n]
        return deciding.answer(self.reviews[item.file], item.difference, self.plan, typed)

    # Deciding.

    def accept(self, items: Sequence[int], value: str = "") -> list[int]:
        """Accept the answers of these items, or a value typed in their place. Returns the items that were decided.

        Items that were accepted before stay as they are. Without a value, items that cannot be taken in as they are
        wait until one is typed, and so does what waits for a reason. A value for several items is the reason, and goes
        to those that ask for one.

        Raises:
            RuleBroken: if what was typed cannot be taken in; NotKept: if it cannot be kept. Then nothing is decided.
        """
        if value and len(items) > 1:
            before = len(self._before)
            asked = self._decide(self.asking_why(items), "accept", value=value)
            done = [*asked, *self.accept([n for n in items if n not in asked])]
            self._before[before:] = [[pair for step in self._before[before:] for pair in step]]
            return done
        if not value:
            items = [n for n in items if not self._has(n, "accept") and not self.answer(n).doubt]
            items = [n for n in items if not self._waits_for_reason(n)]
        return self._decide(items, "accept", value=value)

    def asking_why(self, items: Iterable[int]) -> list[int]:
        """The items that are to hold the reason for a change, and that may be typed now."""
        return [n for n in items if self.items[n].difference.why == "asked" and self.can_type(n)]

    def _waits_for_reason(self, n: int) -> bool:
        """Whether an item changes only for a reason that is not given yet."""
        item = self.items[n]
        if item.difference.why != "waits":
            return False
        return any(
            other.file == item.file
            and (other.difference.source, other.difference.key) == (item.difference.source, item.difference.key)
            and other.difference.why == "asked"
            and not self._has(place, "accept")
            for place, other in enumerate(self.items)
        )

    def refuse(self, items: Sequence[int], reason: str) -> list[int]:
        """Refuse these items. Of several, those refused before keep their reasons. Returns the items that were decided.

        Raises:
            NotKept: if it cannot be kept.
        """
        if len(items) > 1:
            items = [n for n in items if not self._has(n, "reject")]
        return self._decide(items, "reject", reason=reason)

    def take_back(self, items: Sequence[int]) -> list[int]:
        """Forget the decisions about these items. Returns the items that had one.

        Raises:
            NotKept: if it cannot be kept.
        """
        return self._decide([n for n in items if self.decision(n) is not None], None)

    def undo(self) -> list[int]:
        """Undo the latest deciding. Returns the items that it was about.

        Raises:
            RuleBroken, NotKept: as ``accept``.
        """
        before = self._before.pop() if self._before else []
        ways = dict.fromkeys(_way(verdict) for _, verdict in before)
        for verdict, value, reason in ways:
            items = [n for n, decision in before if _way(decision) == (verdict, value, reason)]
            self._put(items, verdict, value, reason)
        return [n for n, _ in before]

    def matches(self, file: int) -> list[int]:
        """The rows of a file that were recognised by their words and are not confirmed yet."""
        return [
            n
            for n, item in enumerate(self.items)
            if item.file == file and item.difference.kind == "match" and self.states[n] == "to decide"
        ]

    def _has(self, n: int, verdict: Verdict) -> bool:
        decision = self.decision(n)
        return decision is not None and decision.verdict == verdict

    def _decide(self, items: Sequence[int], verdict: Verdict | None, value: str = "", reason: str = "") -> list[int]:
        able = [n for n in items if self.items[n].difference.decidable]
        before = [(n, self.decision(n)) for n in able]
        self._put(able, verdict, value, reason)
        if before:
            self._before.append(before)
        return able

    def _put(self, items: Sequence[int], verdict: Verdict | None, value: str, reason: str) -> None:
        try:
            for file in dict.fromkeys(self.items[n].file for n in items):
                mine = [self.items[n].difference for n in items if self.items[n].file == file]
                review = self.reviews[file]
                self.reviews[file] = deciding.decided(self.workspace, review, mine, verdict, value=value, reason=reason)
        finally:
            self._look()

    # With whole files.

    def keep(self) -> list[Review]:
        """Keep every file that is not kept yet, without a decision. Returns the files.

        Raises:
            NotKept: if a file cannot be kept.
        """
        for file, review in enumerate(self.reviews):
            self.reviews[file] = keeping.keep(self.workspace, review)
        return self.reviews

    def set_aside(self, file: int) -> list[Review]:
        """Close a file without taking anything in; it leaves the desk. Returns the files that are left.

        Raises:
            NotKept: if that cannot be kept.
        """
        keeping.set_aside(self.workspace, keeping.keep(self.workspace, self.reviews[file]))
        self._lay([review for place, review in enumerate(self.reviews) if place != file])
        return self.reviews

    def read_again(self) -> list[Review]:
        """Compare the files with the plan as it is now. Decisions stay. Returns the files.

        Raises:
            ReturnRefused: if a file is no return of this plan any more.
        """
        self._lay([receiving.held_against(self.workspace, review.received) for review in self.reviews])
        return self.reviews

    def apply(self) -> Applied:
        """Take in what is accepted, as one step of the history.

        Raises:
            RuleBroken, NotKept: as ``taking.apply``. Nothing is changed then, and every decision stays.
        """
        return taking.apply(self.workspace, [review for n, review in enumerate(self.reviews) if self.is_open(n)])


def _under(difference: Difference) -> Under:
    """The row under which a difference is listed: its own, or the one that it is a part of and is referred to by."""
    source = difference.source
    word = source.parent.word if source.parent is not None and source.bears_ref else source.word
    return Under(word.singular, difference.ref or difference.where)


def _way(decision: Decision | None) -> tuple[Verdict | None, str, str]:
    """The verdict, the value and the reason that make a decision again."""
    return (None, "", "") if decision is None else (decision.verdict, decision.value, decision.reason)
