"""The words of a document, and those that the tags of its PDF give: they are to be the same, in one order."""

from spp_desktop.documents.blocks import DocumentFigure, DocumentHeading, DocumentTable
from spp_desktop.documents.inline import Line, NoteMark, WebLink, plain_words
from spp_desktop.documents.numbering import NumberedDocument, lines_of
from spp_desktop.documents.pdf.letters import printable
from tests.documents.pdf.pdf_read import TaggedPdf


def read_from(pdf: TaggedPdf) -> str:
    """The words that its tags give, without blanks; without those of pictures, of the contents and of labels."""
    return squeezed("".join(pdf.words_of(each, ("Figure", "TOC", "Lbl")) for each in pdf.elements if each.depth == 0))


def said_by(document: NumberedDocument) -> str:
    """The words of a document in the order in which they are to be read, without blanks."""
    return squeezed(printable("".join(expected(document))))


def squeezed(text: str) -> str:
    """A text without blanks."""
    return "".join(text.split())


def expected(document: NumberedDocument) -> list[str]:
    made = document.document
    facts = [f"{name}: {value}" for name, value in made.facts]
    numbers = {id(block.text): block.printed_number for block in made.blocks if isinstance(block, DocumentHeading)}
    captions = {
        id(block.caption): f"{document.captions[block.key]}: "
        for block in made.blocks
        if isinstance(block, DocumentTable | DocumentFigure)
    }
    return [
        *(made.author, made.title, made.subtitle, made.illustrative, *facts),
        *(numbers.get(id(text), "") + captions.get(id(text), "") + words(text, document) for text in lines_of(made)),
        "Notes" if document.notes else "",
        *(words(note.text, document) for note in document.notes),
    ]


def words(text: Line, document: NumberedDocument) -> str:
    return "".join(
        f"[{document.number_of(part.note)}]"
        if isinstance(part, NoteMark)
        else plain_words((part,))
        + (f" ({part.address})" if isinstance(part, WebLink) and part.text not in part.address else "")
        for part in text
    )
