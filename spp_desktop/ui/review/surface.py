"""What the screen of a review asks of the desk behind it, whatever is reviewed there: returned files, or a merge.

The screen lists differences, has a person decide about each, and applies what was decided. What a difference is, how it
is said and what becomes of it, the desk knows.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from spp_desktop.plan.kinds import Kind, Option
from spp_desktop.returns.values import Answer
from spp_desktop.store.receipts import Decision
from spp_desktop.ui.grid.arrangement import Group
from spp_desktop.ui.review.kinds import DecisionLook, DecisionState, Filter


class Under(NamedTuple):
    """The row of the plan under which a difference is listed, by its reference; ``word`` is the word for such a row."""

    word: str
    ref: str


class ReviewedItem(Protocol):
    """A difference.

    Attributes:
        file: the file that it is in, or another part of what is reviewed.
        group: the row under which it is listed.
        kind: what it asks of a person, by which it has its look.
        subject: what it is about, the same whenever the same is reviewed.
        decidable: whether a person can decide about it.
    """

    @property
    def file(self) -> int: ...  # noqa: D102 - the class says it, as of the others

    @property
    def group(self) -> Under: ...  # noqa: D102

    @property
    def kind(self) -> str: ...  # noqa: D102

    @property
    def subject(self) -> str: ...  # noqa: D102

    @property
    def decidable(self) -> bool: ...  # noqa: D102


@dataclass(frozen=True)
class ReviewWords:
    """What one kind of review calls things.

    Attributes:
        title: what is printed above the table.
        headings: the headings of the table.
        widths: the widths that its columns would have in points; they share what room there is.
        kinds: the look of each kind of difference.
        states: the look of each state of a decision.
        filters: the chips, of which the first lets all through.
        states_shown: what a screen reader calls the three states in the pane.
        accept, refuse: the verbs of the two decisions; a refusal that asks for a reason ends in "…".
        accept_tip, refuse_tip: what they come to.
        accepted, refused: what is said once they are done.
        edit: what is called by E.
        untyped: what is said where nothing can be typed.
        unready: what is said where nothing can be applied yet.
        compared: what is said once it was compared with the plan as it is now.
        letters: the letters that decide, beside Space: of accept and refuse.
        keys: the line of keys below the table.
        files: whether what is reviewed is files that can be kept, set aside and read again.
    """

    title: str
    headings: tuple[str, ...]
    widths: tuple[int, ...]
    kinds: Mapping[str, DecisionLook]
    states: Mapping[DecisionState, DecisionLook]
    filters: tuple[Filter, ...]
    states_shown: str
    accept: str
    refuse: str
    accept_tip: str
    refuse_tip: str
    accepted: str
    refused: str
    edit: str
    untyped: str
    unready: str
    compared: str
    letters: tuple[str, str]
    keys: str
    files: bool


class PaneWords(Protocol):
    """What the pane beside the table says, as HTML in the colours of a palette."""

    def item(self, n: int) -> str:
        """A difference in full."""

    def several(self, items: Sequence[int]) -> str:
        """Some differences, a line each."""

    def file(self, file: int) -> str:
        """A file, or another part of what is reviewed."""


class ReviewDesk(Protocol):
    """What is reviewed, the decisions about each difference in it, and how they are made.

    Each decision is kept at once; only ``apply`` changes the plan. Differences are named by their index in ``items``.
    ``accept`` and its like raise ``RuleBroken`` for what cannot be decided so, and ``NotKept`` where it cannot be kept.
    """

    @property
    def words(self) -> ReviewWords:
        """What it calls things."""

    @property
    def called(self) -> str:
        """What is reviewed, for the title of the screen."""

    @property
    def items(self) -> Sequence[ReviewedItem]:
        """All differences, in the order in which they are listed."""

    @property
    def states(self) -> Sequence[DecisionState]:
        """What is decided about each."""

    @property
    def parts(self) -> int:
        """The number of files, or of other parts."""

    @property
    def locked(self) -> str:
        """Why nothing can be decided; "" if something can."""

    @property
    def to_apply(self) -> int:
        """The number of changes that would be taken in."""

    @property
    def left(self) -> int:
        """The number of differences that wait for a decision."""

    @property
    def folded_at_first(self) -> Iterable[int]:
        """The parts of which only the head is shown at first."""

    def counts(self) -> Counter[DecisionState]:
        """The number of differences in each state."""

    def is_open(self, file: int) -> bool:
        """Whether a part is still to be dealt with."""

    def decision(self, n: int) -> Decision | None:
        """The person's decision about an item, if there is one."""

    # Words of lines.

    def cells(self, n: int) -> tuple[str, ...]:
        """The texts of an item in the table, column by column, whole."""

    def shortened(self, n: int, along: int, texts: Sequence[str]) -> str:
        """One of these texts as the table shows it."""

    def row_head(self, n: int) -> tuple[str, str]:
        """The reference and the words of the row under which an item is listed."""

    def head(self, file: int, items: tuple[int, ...], *, folded: bool) -> Group:
        """The head of a part, with those of its items that are shown."""

    def notes(self, file: int) -> Sequence[str]:
        """The sentences that a person should read about a part as a whole."""

    def searched(self, n: int) -> Iterable[str]:
        """The texts by which an item is found, its cells among them."""

    # Words of the pane.

    def heading(self, n: int) -> str:
        """What is said above an item."""

    def about(self, n: int) -> str:
        """The row that it is of, in words."""

    def remark(self, n: int) -> str:
        """Why a person is asked."""

    def file_heading(self, file: int) -> str:
        """What is said above a part."""

    def pane(self, palette: Any) -> PaneWords:
        """What the pane says, in the colours of a palette."""

    def answers(self, n: int) -> Sequence[str]:
        """The answers to choose from by their numbers, where there are several."""

    # A value typed in the place of what is offered.

    def can_type(self, n: int) -> bool:
        """Whether a value can be typed for an item."""

    def types_apart(self, n: int) -> bool:
        """Whether another value is typed for an item in a dialog of its own."""

    def asking_why(self, items: Iterable[int]) -> list[int]:
        """Those items that are to hold a reason, which may be typed for all of them."""

    def value_name(self, n: int) -> str:
        """What that value is called."""

    def value_kind(self, n: int) -> Kind:
        """The kind of cell that it is for."""

    def options(self, n: int) -> list[Option]:
        """The values to choose from; empty if anything can be typed."""

    def at_first(self, n: int) -> str:
        """What its field holds at first."""

    def answer(self, n: int, typed: str = "") -> Answer:
        """What would be put into the plan, or the doubt that prevents it."""

    # Deciding.

    def accept(self, items: Sequence[int], value: str = "") -> list[int]:
        """Accept these items, or a value typed in their place. Returns those that were decided."""

    def refuse(self, items: Sequence[int], reason: str) -> list[int]:
        """Refuse these items. Returns those that were decided."""

    def take_back(self, items: Sequence[int]) -> list[int]:
        """Forget the decisions about these items. Returns those that had one."""

    def undo(self) -> list[int]:
        """Undo the latest deciding. Returns the items that it was about."""

    def matches(self, file: int) -> list[int]:
        """The rows of a part that were recognised by their words and are not confirmed yet."""

    # As a whole.

    def state_words(self) -> str:
        """What would be left if the review was closed now."""

    def left_words(self) -> str:
        """How much is left to decide; "" for nothing."""

    def apply_words(self) -> tuple[str, bool]:
        """The words on the button Apply, and whether it can be pressed."""

    def can_keep(self) -> bool:
        """Whether there is a file that is not kept yet."""

    def keep(self) -> object:
        """Keep every file that is not kept yet, without a decision."""

    def part_name(self, file: int) -> str:
        """What a part is called in sentences."""

    def set_aside(self, file: int) -> Sequence[object]:
        """Close a part without taking anything in; it leaves the desk. Returns the parts that are left."""

    def read_again(self) -> object:
        """Compare with the plan as it is now. Decisions stay."""

    def apply(self) -> Any:
        """Take in what is accepted, as one step of the history. Returns what came of it."""
