"""The lines of the review's table from top to bottom: files, notes on them, activities, and differences."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from spp_desktop.edits.differences import EMPTY
from spp_desktop.plan.kinds.days import short_day
from spp_desktop.plan.kinds.spelling import caseless, searched
from spp_desktop.store import clock
from spp_desktop.ui.grid.arrangement import Group, StatusShare
from spp_desktop.ui.review.desk import Desk, Under
from spp_desktop.ui.review.kinds import ALL, FILTERS, KINDS, STATES, DecisionState, Filter


@dataclass(frozen=True)
class FileHead:
    """The head of one file, with the items below it that are shown."""

    file: int
    items: tuple[int, ...]


@dataclass(frozen=True)
class RowHead:
    """The head of one activity in a file, with the items below it that are shown."""

    file: int
    ref: str
    text: str
    items: tuple[int, ...]


@dataclass(frozen=True)
class FileNote:
    """A sentence on a file as a whole."""

    file: int
    text: str


ReviewLine = FileHead | RowHead | FileNote | int
"""A line of the table; for a difference, its index among the desk's items."""


@dataclass
class ReviewListing:
    """The items that are shown: those that a chip lets through and that hold all the words. Files can be folded."""

    desk: Desk
    chosen: Filter = ALL
    words: str = ""
    folded: set[int] = field(default_factory=set)

    def lines(self) -> list[ReviewLine]:
        """The lines of the table."""
        words = caseless(self.words).split()
        below: dict[int, dict[Under, list[int]]] = {}
        for n, item in enumerate(self.desk.items):
            if self.chosen.passes(item.difference.kind, self.desk.states[n]) and self._holds(n, words):
                below.setdefault(item.file, {}).setdefault(item.group, []).append(n)
        lines: list[ReviewLine] = []
        everything = self.chosen is ALL and not words
        for file in range(len(self.desk.reviews)):
            groups = below.get(file, {})
            if groups or everything:
                lines.append(FileHead(file, tuple(n for items in groups.values() for n in items)))
            if file in self.folded:
                continue
            if everything:
                lines += [FileNote(file, notice) for notice in notices_of(self.desk, file)]
            for group, items in groups.items():
                lines += [self._head(file, group.ref, items), *items]
        return lines

    def counts(self) -> list[int]:
        """The number of items that each chip would let through."""
        kinds = Counter(
            (item.difference.kind, state) for item, state in zip(self.desk.items, self.desk.states, strict=True)
        )
        return [sum(count for key, count in kinds.items() if chip.passes(*key)) for chip in FILTERS]

    def _head(self, file: int, ref: str, items: Sequence[int]) -> RowHead:
        difference = self.desk.items[items[0]].difference
        return RowHead(file, ref if difference.ref else "", self.desk.title(items[0]), tuple(items))

    def _holds(self, n: int, words: Sequence[str]) -> bool:
        if not words:
            return True
        item = self.desk.items[n]
        file = self.desk.reviews[item.file]
        texts = (*cells(self.desk, n), item.group.ref, item.difference.text, self.desk.title(n), file.file)
        text = searched("\n".join((*texts, file.identity.owner, sender_of(self.desk, item.file))))
        return all(word in text for word in words)


def below(line: ReviewLine) -> tuple[int, ...]:
    """The items that a line stands for."""
    if isinstance(line, int):
        return (line,)
    return () if isinstance(line, FileNote) else line.items


def notices_of(desk: Desk, file: int) -> list[str]:
    """The sentences that a person should read about a file as a whole."""
    review = desk.reviews[file]
    notices = [*review.notices, *review.faults]
    count = len(review.left_empty)
    if count:
        cells_left = "1 cell was left empty" if count == 1 else f"{count} cells were left empty"
        notices.append(f"{cells_left}, which is no answer; the plan stays as it is there.")
    if not review.differences and desk.is_open(file):
        notices.append("Nothing in it differs from what went out.")
    return notices


def head_of(desk: Desk, head: FileHead, *, folded: bool) -> Group:
    """The head of a file: who answers, the file's name, and how much is decided."""
    review = desk.reviews[head.file]
    title = review.identity.owner or "Whole plan"
    note = " · ".join(filter(None, (review.identity.when, sender_of(desk, head.file), review.file)))
    counts = Counter(desk.states[n] for n in head.items)
    shown: tuple[DecisionState, ...] = ("accepted", "refused", "to decide", "waits")
    parts = tuple(
        StatusShare(look.title.lower(), counts[state], look.shape, look.colour, look.dark_colour)
        for state, look in ((state, STATES[state]) for state in shown)
        if counts[state]
    )
    return Group(title, head.items, f"· {note}", parts, folded)


def sender_of(desk: Desk, file: int) -> str:
    """From whom and when a file came by mail, in a few words; empty if it came in no mail."""
    mail = desk.reviews[file].received.mail
    if mail is None:
        return ""
    sent = clock.moment(mail.sent_at)
    day = f", {short_day(sent)}" if sent else ""
    return f"from {mail.sender or mail.address or 'nobody named'}{day}"


def subject(desk: Desk, n: int) -> str:
    """What an item is about, in a few words: a column, a milestone by its name, or a whole row."""
    difference = desk.items[n].difference
    own_name = difference.text if difference.source.bears_ref else ""
    if difference.kind == "aside":
        return difference.column or "Beside the answers"
    if not difference.field:
        return f"Whole {difference.source.word.singular}" + (f": {own_name}" if own_name else "")
    return f"{difference.column}: {difference.text}" if difference.source.bears_ref else difference.column


def remark(desk: Desk, n: int) -> str:
    """The decision about an item in words, then what a rule made of the answer or why a person is asked."""
    difference, decision = desk.items[n].difference, desk.decision(n)
    decided = ""
    if decision is not None and decision.value:
        decided = f"Taken in as “{decision.value}”."
    elif decision is not None and decision.reason:
        decided = f"Refused: {decision.reason}"
    elif decision is not None and decision.verdict == "reject":
        decided = "Refused without a reason."
    elif desk.states[n] == "accepted" and desk.meant(n):
        decided = f"Taken in as “{desk.meant(n)}”."
    elif desk.states[n] == "waits":
        decided = "Waits until its row is confirmed."
    return "  ".join(filter(None, (decided, difference.remark)))


def cells(desk: Desk, n: int) -> tuple[str, ...]:
    """The texts of an item in the table, column by column."""
    difference = desk.items[n].difference
    row = difference.text if difference.kind in ("new row", "match") else ""
    states: tuple[str, ...] = ("", row, "")
    if difference.field:
        texts = difference.issued_text, difference.returned_text, difference.now_text
        states = tuple(text or f"({EMPTY})" for text in texts)
    return (STATES[desk.states[n]].title, KINDS[difference.kind].title, subject(desk, n), *states, remark(desk, n))
