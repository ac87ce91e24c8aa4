"""Lines of a document as HTML: words, badges, links, references, the marks of notes and what leads back to them."""

import re
from collections import Counter

from spp_desktop.documents.inline import (
    Badge,
    ChangedWords,
    Inline,
    Line,
    NoteMark,
    PlaceReference,
    PrintedWords,
    TextChange,
    WebLink,
    plain_words,
)
from spp_desktop.documents.numbering import NumberedDocument
from spp_desktop.documents.svg import escaped

_BREAK = "\N{ZERO WIDTH SPACE}"
_LONG = re.compile(r"\S{20}(?=\S{5})")


def id_of(key: str) -> str:
    """The id of a place in the page, of its key; each key has its own, whatever letters are in it."""
    return "at-" + re.sub("[^A-Za-z0-9-]", lambda letter: f"_{ord(letter[0]):x}_", key)


def with_breaks(text: str) -> str:
    """A text with its line breaks, and with places where a word too long for a column may be broken."""
    broken = _LONG.sub(lambda letters: f"{letters[0]}{_BREAK}", text)
    return escaped(broken).replace(_BREAK, "<wbr>").replace("\n", "<br>")


class LineDrawing:
    """Draws the lines of a document in the order in which they are read, and counts the marks of its notes."""

    def __init__(self, document: NumberedDocument) -> None:
        self._numbers = {note.key: note.number for note in document.notes}
        self._marks: Counter[int] = Counter()

    def drawn(self, parts: Line) -> str:
        """A line as HTML."""
        return "".join(map(self._part, parts))

    def marks_of(self, number: int) -> range:
        """The marks of a note that are drawn, each by its number from 1."""
        return range(1, self._marks[number] + 1)

    def _part(self, part: Inline) -> str:
        match part:
            case PrintedWords(text=text, strong=strong):
                return f"<strong>{with_breaks(text)}</strong>" if strong else with_breaks(text)
            case NoteMark(note=note):
                return self._mark(self._numbers[note])
            case PlaceReference(key=key, words=words):
                return f'<a href="#{id_of(key)}">{escaped(words)}</a>'
            case Badge(word=word, colour=colour):
                return f'<span class="badge {colour}">{escaped(word)}</span>'
            case WebLink():
                return _web_link(part)
            case ChangedWords(parts=parts, change=change):
                return _changed(change, self.drawn(parts))

    def _mark(self, number: int) -> str:
        self._marks[number] += 1
        return (
            f'<sup><a id="{mark_id(number, self._marks[number])}" href="#note-{number}" '
            f'aria-label="Note {number}">[{number}]</a></sup>'
        )


def _changed(change: TextChange, drawn: str) -> str:
    """What was put in or taken out, which a screen reader says too, since few tell of the element alone."""
    tag, words = ("ins", "put in") if change.kind == "inserted" else ("del", "taken out")
    who = " ".join(filter(None, (f"by {change.author}" if change.author else "", change.at[:10])))
    when = f' datetime="{escaped(change.at)}"' if change.at else ""
    title = escaped(f"{words[0].upper()}{words[1:]} {who}".strip())
    return (
        f'<{tag} title="{title}"{when}><span class="unseen">[{words}: </span>{drawn}'
        f'<span class="unseen">]</span></{tag}>'
    )


def mark_id(number: int, mark: int) -> str:
    """The id of a mark of a note."""
    return f"mark-{number}-{mark}"


def unmarked(parts: Line) -> str:
    """A line as plain words, such as a name for what it heads."""
    return escaped(" ".join(plain_words(parts).split()))


def _web_link(link: WebLink) -> str:
    """A link; on paper its address stands behind its words, unless they say it. What leads nowhere is words."""
    text = with_breaks(link.text)
    if not link.leads:
        return text + with_breaks(link.behind)
    printed = f' data-behind="{escaped(link.behind)}"' if link.behind else ""
    return f'<a href="{escaped(link.address.replace(" ", "%20"))}"{printed}>{text}</a>'
