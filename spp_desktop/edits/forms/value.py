"""What belongs into a cell of a form: a value of the plan under a name, and what a cell that came back says of it."""

from collections.abc import Iterator
from typing import Any, NamedTuple, Protocol

from spp_desktop.edits.forms.plan_book import PlanBook
from spp_desktop.returns.forms.entry import EntryValue
from spp_desktop.returns.sheet_cell import SheetCell


class PlanValue(NamedTuple):
    """A value of the plan.

    Attributes:
        name: by which mappings know it: "indicator PI01: result 2008-2009".
        title: what it is, in words.
        value: what it is now; ``None`` where there is nothing.
        share: whether it is a percentage, 4 for 4%.
        why: why there is nothing, or what a bare number does not say, in a sentence.
        fixed: whether it is only filled in, and never read back.
        note: what is to be said of it wherever it is filled in, in a sentence.
    """

    name: str
    title: str
    value: EntryValue | None = None
    share: bool = False
    why: str = ""
    fixed: bool = False
    note: str = ""


class NamedValue(NamedTuple):
    """A value that may be chosen: its name, and what it is in words."""

    name: str
    title: str


class GivenValue(NamedTuple):
    """What a cell that came back says of a value.

    Attributes:
        entry: what is to be set, as the sort of value takes it; ``None`` where nothing is.
        shown: how it reads.
        doubt: why it cannot be read, in a sentence.
        same: whether the plan says the same already.
        unlikely: what is asked of it since it is hardly meant, in a sentence.
    """

    entry: Any = None
    shown: str = ""
    doubt: str = ""
    same: bool = False
    unlikely: str = ""


class ValueSort(Protocol):
    """A sort of values of the plan, such as those of indicators."""

    def value(self, book: PlanBook, name: str) -> PlanValue | None:
        """The value of a name; ``None`` where the name is of another sort."""

    def names(self, book: PlanBook, year: int) -> Iterator[NamedValue]:
        """The values that may be chosen, those of a year where they are of years."""

    def given(self, book: PlanBook, name: str, cell: SheetCell) -> GivenValue:
        """What a cell says of a value of this sort."""
