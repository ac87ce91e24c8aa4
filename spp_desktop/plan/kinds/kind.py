"""What a kind of cell is: how a text is read as its value, how a value is shown, sorted, and kept in a workbook."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, NamedTuple, TypeVar

from spp_desktop.plan.kinds.spelling import natural, ordered, shows
from spp_desktop.plan.rules import RuleBroken

GENERAL = "General"
"""The number format of a cell that has none of its own."""

Each = TypeVar("Each")


@dataclass(frozen=True)
class Doubt:
    """Why a text is not simply read: the sentence for whoever typed it, and the value that may be meant, if any.

    Where a person types, the text is refused with it; where a file says it, it is asked about.
    """

    sentence: str
    meant: Any = None


@dataclass(frozen=True, slots=True)
class Option:
    """One entry of a list. ``value`` is what the plan keeps, ``title`` what is shown and typed."""

    value: Any
    title: str
    note: str = ""
    shape: str = ""
    colour: str = ""
    dark_colour: str = ""


class AsCell(NamedTuple):
    """A value as a cell of a workbook holds it, with its number format."""

    value: str | float | date | None
    format: str = GENERAL


@dataclass(frozen=True)
class Kind:
    """A kind of cell. By itself it is a line of text.

    Attributes:
        takes: what may be written, to be read after "takes"; "{choices}" stands for the name of the list.
        empty: what a blank text is read as.
        side: where a sheet puts it.
    """

    takes: ClassVar[str] = "words"
    empty: ClassVar[Any] = None
    side: ClassVar[str] = "left"

    def read(self, text: str) -> Any:
        """The value that a text means, or a ``Doubt``."""
        return self.understand(text) if shows(text) else self.empty

    def understand(self, text: str) -> Any:
        """The value that a text means which is not blank, or a ``Doubt``."""
        return text.strip()

    def require(self, text: str, field: str, title: str) -> Any:
        """The value that a text means.

        Raises:
            RuleBroken: for the field, with the sentence of the doubt behind the column's title.
        """
        value = self.read(text)
        if isinstance(value, Doubt):
            raise RuleBroken(field, f"{title[:1].upper()}{title[1:]}: {value.sentence}" if title else value.sentence)
        return value

    def beyond(self, value: Any, title: str) -> str:  # noqa: ARG002 - most kinds have no limits
        """Why a value is outside the limits of the kind, as a sentence with the column's title; empty if it is not."""
        return ""

    def show(self, value: Any) -> str:
        """A value as a table shows it; a blank as nothing."""
        return "" if value in (None, ()) else str(value)

    def typed(self, value: Any) -> str:
        """A value as a person would type it: it is read back as the same."""
        return self.show(value)

    def sort(self, value: Any, shown: str) -> Any:
        """What to sort a value by that is shown so; ``None`` for a blank."""
        return value if isinstance(value, (date, int, float)) else natural(shown) or None

    def to_cell(self, value: Any) -> AsCell:
        """A value as a workbook holds it; ``None`` is the format of an empty cell."""
        return AsCell(value if value is None else self.typed(value))

    def options(self) -> Sequence[Option]:
        """What may be chosen, where it is one of a list."""
        return ()

    def unlisted(self, text: str) -> Sequence[str]:  # noqa: ARG002 - most kinds are not chosen from a list
        """The names in a text that are on no list, where the kind is chosen from one."""
        return ()

    def option(self, value: Any) -> Option | None:  # noqa: ARG002 - most kinds are not chosen from a list
        """The entry of the list that a value is, where it is one."""
        return None

    def today(self) -> Any:
        """The value that stands for today; ``None`` where it holds no day."""
        return None


class Text(Kind):
    """A line of words."""

    empty = ""

    def to_cell(self, value: Any) -> AsCell:
        """A text as it is; an empty cell keeps what is typed as text."""
        return AsCell(None, "@") if value is None else AsCell(value)


TEXT = Text()


class Long(Text):
    """Several lines of words."""

    takes = "a sentence or more"

    def sort(self, value: Any, shown: str) -> Any:  # noqa: ARG002 - the text alone says it
        """By its letters; numbers in it are not counted."""
        return ordered(shown) or None


def by_kind(known: Mapping[type[Kind], Each], kind: Kind) -> Each:
    """What is known of the class of a kind, or of the nearest above it that has an entry."""
    return next(known[above] for above in type(kind).__mro__ if above in known)
