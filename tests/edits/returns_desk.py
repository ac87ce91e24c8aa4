"""What lies before the person who decides about returns, and what the plan should know of each file."""

from dataclasses import dataclass, field
from uuid import UUID

from spp_desktop.edits.differences import Difference
from spp_desktop.edits.reviewing import Review
from tests.edits.returns_file import File, Said
from tests.edits.returns_model import Expected, Issue, Reader, State


@dataclass
class Handed:
    """A file that was handed in, as the person who decides has it before them."""

    file: File
    issue: Issue
    review: Review
    then: State
    expected: dict[str, Expected]
    decided: dict[str, tuple[str, Said | None]]
    closed: bool = False

    def __repr__(self) -> str:
        return f"Handed({self.review.file})"

    def verdict(self, one: Difference) -> str | None:
        """What is to be done with a difference, by the model's own book of decisions."""
        own = self.decided.get(one.subject, (None, None))[0]
        row = self.decided.get(one.row_subject, (None, None))[0] if one.waits else "accept"
        if row != "accept":
            return row or (own if own == "reject" else None)
        unasked = one.kind == "change" and self.expected[one.subject].standing != "never"
        return own or ("accept" if unasked else None)

    @property
    def reader(self) -> Reader:
        return Reader(self.file, self.issue, self.then, set(), self.mark)

    @property
    def mark(self) -> str:
        return self.review.received.file_hash


@dataclass
class Kept:
    """What the plan should know of one file: the decisions made, and the steps that took it in."""

    export: str
    state: str = "open"
    decided: dict[str, tuple[str, Said | None, State]] = field(default_factory=dict)
    revisions: list[str] = field(default_factory=list)
    added: list[tuple[str, str]] = field(default_factory=list)
    kept_back: set[str] = field(default_factory=set)


class Keys:
    """Keys that are the same in every run, so that what a run has found can be found again."""

    def __init__(self) -> None:
        self._number = 0

    def __call__(self) -> UUID:
        self._number += 1
        return UUID(int=self._number * _APART % (1 << 128))

    def begin(self, number: int) -> None:
        """Go on from a number."""
        self._number = number


_APART = 0x9E3779B97F4A7C15F39CC0605CEDC835
