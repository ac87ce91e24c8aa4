"""A mail as either of its readers gives it: who sent it, and its parts, each read only when it is asked for."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

LONGEST = 200
"""Characters of a name or a subject that are read."""

LONGEST_NAME = 120
"""Characters of a file's name that are read."""

LONGEST_KIND = 80
"""Characters of a media type that are read: enough for every one of a workbook."""


@dataclass(frozen=True)
class MailPart:
    """One part of a mail that is no text of it.

    Attributes:
        name: The name of the file; may be empty.
        kind: Its media type, in small letters; empty if it is not said.
        content: What gives its bytes; ``None`` where there are none, such as for a link.
        message: What gives the mail that it is; ``None`` if it is none.
        why_not: Why it has no content, as a person is told; empty if it has.
    """

    name: str
    kind: str = ""
    content: Callable[[], bytes] | None = None
    message: "Callable[[], Message] | None" = None
    why_not: str = ""


@dataclass(frozen=True)
class Message:
    """A mail: what it says of who sent it and when (ISO, UTC), and its parts; texts that are read are not among them.

    ``sealed``: why its parts cannot be read here, as the end of a sentence; empty if they can.
    """

    sender: str = ""
    address: str = ""
    sent_at: str = ""
    subject: str = ""
    parts: tuple[MailPart, ...] = ()
    sealed: str = ""


def plain(text: str, longest: int = LONGEST) -> str:
    """A text in one line without letters that cannot be seen, no longer than so many characters."""
    seen = "".join(" " if unicodedata.category(letter)[0] in "CZ" else letter for letter in text[: 2 * longest])
    return " ".join(seen.split())[:longest]


def file_name(text: str) -> str:
    """The name of an enclosed file: its last part, with its ending however long it is."""
    last = plain(text.replace("\\", "/").rpartition("/")[2], 4 * LONGEST_NAME)
    stem, dot, ending = last.rpartition(".")
    return (
        f"{stem[: LONGEST_NAME - len(ending) - 1]}{dot}{ending}"
        if dot and len(ending) < LONGEST_NAME
        else last[:LONGEST_NAME]
    )
