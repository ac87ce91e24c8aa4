"""A document as the bytes of a tagged PDF, through Typst and one template."""

from importlib.resources import files
from typing import Any

from spp_desktop.documents.blocks import (
    Bullets,
    Contents,
    DocumentBlock,
    DocumentFigure,
    DocumentHeading,
    DocumentTable,
    Paragraph,
)
from spp_desktop.documents.inline import plain_words
from spp_desktop.documents.numbering import NumberedDocument
from spp_desktop.documents.pdf.letters import folder
from spp_desktop.documents.pdf.told import document_told
from spp_desktop.documents.typeset.apart import BlockRefused, Stoppable, files_apart, unstopped
from spp_desktop.documents.typeset.process import BESIDE
from spp_desktop.returns.aside import NotWritten

ON_SCREEN = 110
"""The pixels of an inch of paper with which a page can be read on a screen."""
_NAMED = 60
"""As many letters of a paragraph name it."""


class UnprintableDocument(NotWritten):
    """A document cannot be printed as PDF. Its words say at which of its places, and why."""


def rendered(document: NumberedDocument, stoppable: Stoppable = unstopped) -> bytes:
    """A document as a tagged PDF; the same document always gives the same bytes.

    Args:
        document: the document.
        stoppable: is given what ends the setting of the pages at once.

    Raises:
        UnprintableDocument: if Typst refuses it.
    """
    try:
        (pdf,) = files_apart(_asked(document), stoppable)
    except BlockRefused as refused:
        raise UnprintableDocument(f"The PDF was not made: {_reason(document, refused)}. Nothing was written.") from None
    return pdf


def pages(document: NumberedDocument, per_inch: float = ON_SCREEN, stoppable: Stoppable = unstopped) -> list[bytes]:
    """The pages of a document as they are printed, each as a PNG.

    Args:
        document: the document.
        per_inch: how many pixels an inch of paper has.
        stoppable: is given what ends the setting of the pages at once.

    Raises:
        UnprintableDocument: if Typst refuses it.
    """
    try:
        return files_apart(_asked(document, per_inch), stoppable)
    except BlockRefused as refused:
        raise UnprintableDocument(f"The pages were not made: {_reason(document, refused)}.") from None


def _asked(document: NumberedDocument, per_inch: float = 0) -> dict[str, Any]:
    """What the process that sets pages is asked for."""
    template = str(files("resources") / "documents" / "page.typ")
    return {"told": document_told(document), "template": template, "fonts": str(folder()), "per_inch": per_inch}


def _reason(document: NumberedDocument, refused: BlockRefused) -> str:
    """What cannot be printed and why: one block, if it is one."""
    if refused.place is None:
        return f"the document as a whole cannot be printed ({refused})"
    if refused.place == BESIDE:
        return f"what stands beside the text cannot be printed ({refused})"
    return f"{_called(document, document.blocks[refused.place])} cannot be printed ({refused})"


def _called(document: NumberedDocument, block: DocumentBlock) -> str:
    match block:
        case DocumentHeading(text=text):
            return f"the heading “{plain_words(text)}”"
        case DocumentTable(key=key, caption=caption) | DocumentFigure(key=key, caption=caption):
            return f"{document.captions[key]}, “{plain_words(caption)}”,"
        case Paragraph(text=text):
            return f"the paragraph “{_short(plain_words(text))}”"
        case Bullets(items=items):
            return f"the list “{_short(plain_words(items[0]) if items else '')}”"
        case Contents():
            return "the table of contents"


def _short(text: str) -> str:
    return text if len(text) <= _NAMED else f"{text[: _NAMED - 1].rstrip()}…"
