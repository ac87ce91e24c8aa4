"""What is chosen: one of a list, several of it, yes or no."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from spp_desktop.plan.kinds.kind import Doubt, Kind, Option
from spp_desktop.plan.kinds.spelling import fold, only, quoted, spelt_as, unmarked

_LONGEST_LIST = 120
_NOWHERE = 4


def no_options() -> Sequence[Option]:
    """No list: nothing can be chosen."""
    return ()


def find_title(text: str, titles: Sequence[str]) -> str | None:
    """The title of a list that a text is, spelling forgiven."""
    if text in titles:
        return text
    known = {fold(title): title for title in titles}
    return known.get(fold(text)) or spelt_as(text, titles)


def ranked(text: str, titles: Sequence[str]) -> list[str]:
    """The titles of a list that a text may be the beginning of, the likeliest first.

    First the title itself, then titles that begin with it, those whose words begin with its words, and those that hold
    its words anywhere; within each, in the order of the list.
    """
    sought = fold(text)
    ranks = {title: min(_rank(sought, fold(title)), _rank(sought, unmarked(fold(title)))) for title in titles}
    return sorted((title for title in titles if ranks[title] < _NOWHERE), key=ranks.__getitem__)


def _rank(sought: str, title: str) -> int:
    words, own = sought.split(), title.split()
    ways = (
        title == sought,
        title.startswith(sought),
        all(any(word.startswith(each) for word in own) for each in words),
        all(each in title for each in words),
    )
    return next((rank for rank, so in enumerate(ways) if so), _NOWHERE)


def not_listed(text: str, titles: Sequence[str], meant: Any = None, named: str = "") -> Doubt:
    """The doubt about a text that is not on a list; ``named`` is what may be meant, in words."""
    ask = f" Is {named} meant?" if named else ""
    return Doubt(f"{quoted(text)} is not one of those listed. Choose from: {_listed(titles)}.{ask}", meant)


def _listed(titles: Sequence[str]) -> str:
    """A list in a sentence, cut where it grows long."""
    whole = ", ".join(titles) or "the list is empty"
    return whole if len(whole) <= _LONGEST_LIST else whole[:_LONGEST_LIST].rpartition(", ")[0] + " and others"


@dataclass(frozen=True)
class Choice(Kind):
    """One of a list, which ``listed`` gives as it is now."""

    takes: ClassVar[str] = "one of the plan's {choices}"

    listed: Callable[[], Sequence[Option]] = no_options

    def options(self) -> Sequence[Option]:
        """The list."""
        return self.listed()

    def option(self, value: Any) -> Option | None:
        """The entry of the list that a value is."""
        return next((option for option in self.options() if option.value == value), None)

    def understand(self, text: str) -> Any:
        """The value of the entry that a text is the title of, spelling forgiven, or of the only one that holds it."""
        options = self.options()
        titles = [option.title for option in options]
        title = find_title(text, titles) or only(title for title in titles if fold(text) in fold(title))
        return not_listed(text, titles) if title is None else options[titles.index(title)].value

    def unlisted(self, text: str) -> Sequence[str]:
        """The names in a text that are on no list."""
        return (text.strip(),) if text.strip() and isinstance(self.understand(text), Doubt) else ()

    def show(self, value: Any) -> str:
        """The title of an entry; nothing for a value that is not listed, itself for one whose list is not here."""
        option = self.option(value)
        if option is not None:
            return option.title
        return str(value) if self.listed is no_options and value is not None else ""

    def sort(self, value: Any, shown: str) -> Any:  # noqa: ARG002 - the titles say it
        """By the titles, in which numbers are counted."""
        return super().sort(None, shown)


@dataclass(frozen=True)
class Link(Choice):
    """A row of another table, chosen by what it is called. ``table`` is the name of the table."""

    table: str = ""


class AtPlace(Choice):
    """One row of the plan's levels, whose title begins with its place: "P1.2 Road safety"."""

    takes: ClassVar[str] = "a place in the plan, such as P1.2"

    def understand(self, text: str) -> Any:
        """The value of the entry whose place or title a text is, else of the only one that holds it."""
        places = {fold(option.title.split(maxsplit=1)[0]): option.value for option in self.options()}
        place = fold(text)
        return places.get(place) or places.get(f"p{place}") or super().understand(text)


class Several(Choice):
    """Several of a list, in their order."""

    takes: ClassVar[str] = "one or more of the plan's {choices}, the first leads"
    empty: ClassVar[Any] = ()

    def understand(self, text: str) -> Any:
        """The values of the entries whose titles stand in a text, between semicolons or lines."""
        values = []
        for part in _parts(text, [option.title for option in self.options()]):
            value = super().understand(part)
            if isinstance(value, Doubt):
                return value
            values.append(value)
        return tuple(dict.fromkeys(values))

    def unlisted(self, text: str) -> Sequence[str]:
        """The names in a text that are on no list."""
        parts = _parts(text, [option.title for option in self.options()])
        return tuple(part for part in parts if isinstance(super(Several, self).understand(part), Doubt))

    def option(self, value: Any) -> Option | None:
        """The entry of the list that a value is; several are none."""
        return None if isinstance(value, tuple) else super().option(value)

    def show(self, value: Any) -> str:
        """The titles, between semicolons."""
        return "; ".join(super(Several, self).show(each) for each in value or ())


def nothing_named(text: str) -> tuple[str, ...] | Doubt:
    """No list: nothing can be named by a reference."""
    return Doubt(f"{quoted(text)} names nothing here.")


@dataclass(frozen=True)
class Referred(Several):
    """Several rows, named by their references: the title of each option is its reference, and its note its words."""

    takes: ClassVar[str] = "references, parted by ; or ,"

    named: Callable[[str], "tuple[str, ...] | Doubt"] = nothing_named
    shown: Callable[[Sequence[str]], str] | None = None

    def show(self, value: Any) -> str:
        """The references, between semicolons; as ``shown`` gives them, where it is known without the whole list."""
        return super().show(value) if self.shown is None else self.shown(value or ())

    def understand(self, text: str) -> Any:
        """The values of the rows that the references in a text name."""
        return self.named(text)

    def unlisted(self, text: str) -> Sequence[str]:
        """None: what a reference does not name cannot be added by it."""
        del text
        return ()


def _parts(text: str, titles: Sequence[str]) -> list[str]:
    """Several titles in one cell: between semicolons or lines, or commas where no title holds one."""
    if any(fold(title) == fold(text) for title in titles):
        return [text.strip()]
    marks = r"[;\n]" if any("," in title for title in titles) or ";" in text else r"[;,\n]"
    return list(dict.fromkeys(part.strip() for part in re.split(marks, text) if part.strip()))


_YES_NO = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}


@dataclass(frozen=True)
class YesNo(Choice):
    """Yes or no. ``words`` is what no and yes are called in its place: "unverified" and "verified"."""

    takes: ClassVar[str] = "Yes or No"
    side: ClassVar[str] = "center"

    words: tuple[str, str] = ("No", "Yes")

    def options(self) -> Sequence[Option]:
        """No and yes, as they are called here."""
        return tuple(Option(value, word) for value, word in zip((False, True), self.words, strict=True))

    def understand(self, text: str) -> Any:
        """Whether a text says yes."""
        words = fold(text)
        known = _YES_NO | {fold(word): value for word, value in zip(self.words, (False, True), strict=True)}
        if words in known:
            return known[words]
        no, yes = self.words
        return Doubt(f"{quoted(text)} is neither {yes} nor {no}.")


def of_words(words: Sequence[Any]) -> Choice:
    """The choice of one of some words, each of which is its own title."""
    return Choice(_SameOptions(tuple(Option(word, str(word)) for word in words)))


@dataclass(frozen=True)
class _SameOptions:
    """Gives the same options whenever it is asked; unlike a function of its own, it can be given to a process."""

    options: tuple[Option, ...]

    def __call__(self) -> tuple[Option, ...]:
        """The options."""
        return self.options
