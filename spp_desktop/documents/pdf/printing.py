"""A document as the bytes of a tagged PDF, through Typst and one template."""

import json
from collections.abc import Sequence
from importlib.resources import files
from typing import Literal

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

STANDARD: Literal["ua-1"] = "ua-1"
"""PDF/UA-1, ISO 14289-1: what Typst holds the document to, as far as it knows."""
_NAMED = 60
"""As many letters of a paragraph name it."""


class UnprintableDocument(ValueError):
    """A document cannot be printed as PDF. Its words say at which of its places, and why."""


def rendered(document: NumberedDocument) -> bytes:
    """A document as a tagged PDF; the same document always gives the same bytes.

    Raises:
        UnprintableDocument: if Typst refuses it.
    """
    import typst  # late: 60 MB that only a PDF needs

    try:
        return _printed(document, document.blocks)
    except typst.TypstError as error:
        raise UnprintableDocument(_refusal(document, error)) from error


def _printed(document: NumberedDocument, blocks: Sequence[DocumentBlock]) -> bytes:
    import typst  # late: as above

    return typst.compile(
        (files("resources") / "documents" / "page.typ").read_bytes(),
        sys_inputs={"told": json.dumps(document_told(document, blocks))},
        font_paths=typst.Fonts(False, False, [str(folder())]),  # neither those of the computer nor Typst's own
        pdf_standards=STANDARD,
        timestamp=0,
    )


def _refusal(document: NumberedDocument, error: Exception) -> str:
    """A sentence that names the first block that cannot be printed, if it is one."""
    import typst  # late: as above

    for block in document.blocks:
        try:
            _printed(document, [block])
        except typst.TypstError as of_block:
            return (
                f"The PDF was not made, nothing was written: {_called(document, block)} cannot be printed ({of_block})."
            )
    return f"The PDF was not made, nothing was written: the document cannot be printed ({error})."


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
