"""What stands in a line of a document: words, note marks, references to other places, colours in words, and changes."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

BadgeColour = Literal["red", "amber", "green", "blue", "grey"]
"""The colours that a word may be printed on. The word always says the same without them."""


@dataclass(frozen=True, slots=True)
class PrintedWords:
    """Words as they are printed; a line break in them is printed as one. ``strong`` ones are bold."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class NoteMark:
    """The mark of a note: ``note`` is its key among the notes of the document. Its number is worked out."""

    note: str


@dataclass(frozen=True, slots=True)
class PlaceReference:
    """A reference to a heading, a table or a figure by its key: "section 5.2", "Table 3". ``words`` are worked out."""

    key: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Badge:
    """A word on a colour, such as how an indicator stands."""

    word: str
    colour: BadgeColour


_FOLLOWED = re.compile(
    r"(https?://[^\s/]|mailto:[^\s@]+@)[^\x00-\x1f\x7f]*|\./(?!.*\.\.)[A-Za-z0-9._%/()-]+", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class WebLink:
    """Words that lead to an address; where they cannot be followed, the address is printed behind them."""

    text: str
    address: str

    @property
    def leads(self) -> bool:
        """Whether it is a link: to a page of the web, to somebody's mail, or to a file beside it ("./plan.pdf").

        Any other address is words.
        """
        return _FOLLOWED.fullmatch(self.address) is not None

    @property
    def is_beside(self) -> bool:
        """Whether it leads to a file beside the document."""
        return self.leads and self.address.startswith("./")

    @property
    def behind(self) -> str:
        """What is printed behind the words where they are not followed: the address, unless they say it."""
        known = self.text == self.address or (self.leads and self.text in self.address) or self.is_beside
        return "" if known else f" ({self.address.removeprefix('mailto:')})"


@dataclass(frozen=True, slots=True)
class TextChange:
    """What was done to a part of a text, by whom and when.

    Attributes:
        kind: whether it was put in or taken out.
        author: who did it; "" where nobody knows.
        at: when, as an ISO time of the person's own clock without its zone; "" where nobody knows.
    """

    kind: Literal["inserted", "deleted"]
    author: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class ChangedWords:
    """Parts of a line that were put in or taken out since an earlier state; both are printed, each marked.

    Where all that a paragraph, an item of a list or a row of a table holds was put in, so was that itself: see
    ``change_of``.
    """

    parts: "Line"
    change: TextChange


Inline = PrintedWords | NoteMark | PlaceReference | Badge | WebLink | ChangedWords
Line = tuple[Inline, ...]
"""One line or paragraph: its parts, one behind the other, with the spaces in their words."""


def line(*parts: str | Inline) -> Line:
    """A line of parts; a text stands for plain words. Empty words are left out."""
    made = (PrintedWords(part) if isinstance(part, str) else part for part in parts)
    return tuple(part for part in made if not isinstance(part, PrintedWords) or part.text)


def strong(text: str) -> Line:
    """A line of bold words."""
    return line(PrintedWords(text, strong=True))


def plain_words(parts: Iterable[Inline]) -> str:
    """The words of a line as they are printed, without note marks."""
    return "".join(_printed(part) for part in parts)


def _printed(part: Inline) -> str:
    match part:
        case PrintedWords(text=text) | WebLink(text=text):
            return text
        case Badge(word=word):
            return word
        case PlaceReference(words=words):
            return words
        case ChangedWords(parts=parts):
            return plain_words(parts)
        case NoteMark():
            return ""


def every_part(parts: Iterable[Inline]) -> Iterator[Inline]:
    """The parts of a line, those inside changed words too, in their order."""
    for part in parts:
        if isinstance(part, ChangedWords):
            yield from every_part(part.parts)
        else:
            yield part


def after_changes(parts: Iterable[Inline]) -> Line:
    """A line as it reads with its changes made."""
    return tuple(_kept(parts, "deleted"))


def before_changes(parts: Iterable[Inline]) -> Line:
    """A line as it read before its changes."""
    return tuple(_kept(parts, "inserted"))


def _kept(parts: Iterable[Inline], left_out: str) -> Iterator[Inline]:
    for part in parts:
        if not isinstance(part, ChangedWords):
            yield part
        elif part.change.kind != left_out:
            yield from part.parts


def change_of(lines: Iterable[Line]) -> TextChange | None:
    """The change in which all that some lines hold was put in or taken out; ``None`` where something stayed."""
    changes = [part.change if isinstance(part, ChangedWords) else None for parts in lines for part in parts]
    first = changes[0] if changes else None
    return first if first and all(each and each.kind == first.kind for each in changes) else None
