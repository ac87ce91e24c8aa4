"""Lines of a document as runs of Word: words, notes, references, words on a colour and links."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, count
from typing import Literal
from urllib.parse import quote

from spp_desktop.documents.blocks import Contents
from spp_desktop.documents.inline import (
    Badge,
    ChangedWords,
    Inline,
    Line,
    NoteMark,
    PlaceReference,
    PrintedWords,
    WebLink,
    change_of,
    every_part,
)
from spp_desktop.documents.numbering import NumberedDocument, lines_of
from spp_desktop.documents.word.markup import field as word_field
from spp_desktop.documents.word.markup import run, w, xml
from spp_desktop.documents.word.package import Relations
from spp_desktop.documents.word.styles import badge_style
from spp_desktop.documents.word.tracked import of_paragraph, tracked


@dataclass(slots=True)
class Bookmarks:
    """The places of a document that fields and links lead to; Word does not list them among a person's own.

    Attributes:
        names: their names by the keys of the places, "note KEY" of a mark, "contents KEY" of what the contents list.
        ids: gives the number of whatever has one of its own in the file: bookmarks and changes.
    """

    names: Mapping[str, str]
    ids: Iterator[int] = field(default_factory=lambda: count(1))

    def around(self, place: str, inside: str) -> str:
        """Runs with the bookmark of a place around them, if anything leads to it."""
        if place not in self.names:
            return inside
        number = next(self.ids)
        return w("bookmarkStart", id=number, name=self.names[place]) + inside + w("bookmarkEnd", id=number)


def bookmarks(document: NumberedDocument) -> Bookmarks:
    """The bookmarks that a document needs."""
    lines = chain(lines_of(document.document), (note.text for note in document.notes))
    places = {part.key: "_Ref" for text in lines for part in every_part(text) if isinstance(part, PlaceReference)}
    places |= {f"note {note.key}": "_Ref" for note in document.notes if note.marks > 1}
    for block in document.blocks:
        if isinstance(block, Contents):
            places |= {f"contents {entry.key}": "_Toc" for entry in document.entries(block)}
    return Bookmarks({place: f"{kind}{number:06}" for number, (place, kind) in enumerate(places.items(), 1)})


MarkStanding = Literal["", "inserted", "deleted"]
"""Whether something stays, was put in, or was taken out."""

_BEST: tuple[MarkStanding, ...] = ("", "inserted", "deleted")


def _best_marks(document: NumberedDocument) -> dict[str, MarkStanding]:
    """Of each note that has marks how the best of them stands: one that stays, else one that was put in."""
    best: dict[str, MarkStanding] = {}
    for text in lines_of(document.document):
        for part in text:
            standing: MarkStanding = part.change.kind if isinstance(part, ChangedWords) else ""
            for mark in every_part((part,)):
                if isinstance(mark, NoteMark):
                    best[mark.note] = min(best.get(mark.note, standing), standing, key=_BEST.index)
    return best


def _bringing(number: int) -> str:
    """The mark that brings the note of a number with it."""
    style = w("rPr", w("rStyle", val="FootnoteReference"))
    return w("r", style, w("footnoteReference", id=number))


@dataclass
class WordLines:
    """Writes the lines of a document, in its order.

    Attributes:
        document: the document.
        relations: what the part of the file in which the lines stand leads to.
        bookmarks: the places that fields lead to.
        counted: the numbers of the headings that Word counts, by their keys.
        repeated: the notes, by their keys, that are brought a second time, with the words that they had before.
    """

    document: NumberedDocument
    relations: Relations
    bookmarks: Bookmarks
    counted: Mapping[str, str] = field(default_factory=dict)
    repeated: list[str] = field(default_factory=list)
    _marked: set[str] = field(default_factory=set)
    _standing: MarkStanding = ""

    def __post_init__(self) -> None:
        """Find out which mark brings each note."""
        self._brought = _best_marks(self.document)

    def runs(self, text: Line) -> str:
        """A line as runs."""
        return "".join(map(self._run, text))

    def paragraph_mark(self, text: Line) -> tuple[str, ...]:
        """The properties of a paragraph that was put in or taken out with all of its words; none for another."""
        return of_paragraph(change_of([text]), self.bookmarks.ids)

    def _run(self, part: Inline) -> str:
        match part:
            case PrintedWords():
                return run(part.text, "Strong" if part.strong else "")
            case NoteMark():
                return self._mark(part.note)
            case PlaceReference():
                return self._reference(part)
            case Badge():
                return run(part.word, badge_style(part.colour))
            case WebLink():
                return self._link(part)
            case ChangedWords():
                self._standing = part.change.kind
                runs = tracked(self.runs(part.parts), part.change, self.bookmarks.ids)
                self._standing = ""
                return runs

    def _mark(self, note: str) -> str:
        """The mark of a note: the first one brings the note, others say its number.

        One that stays brings it, if there is one. Where all are either taken out or put in, the first of each bring it,
        so that it is there whether the changes are accepted or rejected.
        """
        number, place, best = self.document.number_of(note), f"note {note}", self._brought[note]
        if self._standing == best and note not in self._marked:
            self._marked.add(note)
            return self.bookmarks.around(place, _bringing(number))
        if self._standing == "deleted" and best == "inserted":
            if note in self.repeated:
                return run(str(number), "FootnoteReference")
            self.repeated.append(note)
            return _bringing(len(self.document.notes) + len(self.repeated))
        again = run(str(number), "FootnoteReference")
        return word_field(f"NOTEREF {self.bookmarks.names[place]} \\f \\h", again)

    def _reference(self, part: PlaceReference) -> str:
        """A reference that follows what it names: the number that Word counts, or the words of the place."""
        name = self.bookmarks.names[part.key]
        number = self.counted.get(part.key, "")
        if number and part.words.endswith(number):
            return run(part.words.removesuffix(number)) + word_field(f"REF {name} \\r \\h", run(number))
        if part.key in self.document.captions:
            return word_field(f"REF {name} \\h", run(part.words))
        return w("hyperlink", run(part.words), anchor=name, history=1)

    def _link(self, link: WebLink) -> str:
        """Words that lead to an address, which is printed behind them; only one of the web or of mail is followed."""
        behind = run(link.behind)
        if not link.leads:
            return run(link.text) + behind
        address = quote(link.address, safe=":/?#[]@!$&'()*+,;=%~-._", errors="ignore")
        outside = self.relations.to("hyperlink", address, outside=True)
        return xml("w:hyperlink", run(link.text, "Hyperlink"), r_id=outside, w_history=1) + behind
