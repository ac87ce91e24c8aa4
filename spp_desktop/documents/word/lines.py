"""Lines of a document as runs of Word: words, notes, references, words on a colour and links."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain
from urllib.parse import quote

from spp_desktop.documents.blocks import Contents
from spp_desktop.documents.inline import Badge, Inline, Line, NoteMark, PlaceReference, PrintedWords, WebLink
from spp_desktop.documents.numbering import NumberedDocument, lines_of
from spp_desktop.documents.word.markup import field as word_field
from spp_desktop.documents.word.markup import run, w, xml
from spp_desktop.documents.word.package import Relations
from spp_desktop.documents.word.styles import badge_style


@dataclass(slots=True)
class Bookmarks:
    """The places of a document that fields and links lead to; Word does not list them among a person's own.

    Attributes:
        names: their names by the keys of the places, "note KEY" of a mark, "contents KEY" of what the contents list.
    """

    names: Mapping[str, str]
    _count: int = 0

    def around(self, place: str, inside: str) -> str:
        """Runs with the bookmark of a place around them, if anything leads to it."""
        if place not in self.names:
            return inside
        self._count += 1
        return w("bookmarkStart", id=self._count, name=self.names[place]) + inside + w("bookmarkEnd", id=self._count)


def bookmarks(document: NumberedDocument) -> Bookmarks:
    """The bookmarks that a document needs."""
    lines = chain(lines_of(document.document), (note.text for note in document.notes))
    places = {part.key: "_Ref" for text in lines for part in text if isinstance(part, PlaceReference)}
    places |= {f"note {note.key}": "_Ref" for note in document.notes if note.marks > 1}
    for block in document.blocks:
        if isinstance(block, Contents):
            places |= {f"contents {entry.key}": "_Toc" for entry in document.entries(block)}
    return Bookmarks({place: f"{kind}{number:06}" for number, (place, kind) in enumerate(places.items(), 1)})


@dataclass(slots=True)
class WordLines:
    """Writes the lines of a document, in its order.

    Attributes:
        document: the document.
        relations: what the part of the file in which the lines stand leads to.
        bookmarks: the places that fields lead to.
        counted: the numbers of the headings that Word counts, by their keys.
    """

    document: NumberedDocument
    relations: Relations
    bookmarks: Bookmarks
    counted: Mapping[str, str] = field(default_factory=dict)
    _marked: set[str] = field(default_factory=set)

    def runs(self, text: Line) -> str:
        """A line as runs."""
        return "".join(map(self._run, text))

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

    def _mark(self, note: str) -> str:
        """The mark of a note: the first one brings the note, later ones say its number."""
        numbered = next(each for each in self.document.notes if each.key == note)
        place = f"note {note}"
        if note in self._marked:
            again = run(str(numbered.number), "FootnoteReference")
            return word_field(f"NOTEREF {self.bookmarks.names[place]} \\f \\h", again)
        self._marked.add(note)
        style = w("rPr", w("rStyle", val="FootnoteReference"))
        first = w("r", style, w("footnoteReference", id=numbered.number))
        return self.bookmarks.around(place, first)

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
