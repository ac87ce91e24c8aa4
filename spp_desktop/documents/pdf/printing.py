"""A document as the bytes of a tagged PDF, through Typst and one template."""

import json
from collections.abc import Sequence
from importlib.resources import files
from typing import Any, Literal

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
from spp_desktop.documents.pdf.cells import UnknownTable, with_headers
from spp_desktop.documents.pdf.letters import folder
from spp_desktop.documents.pdf.told import document_told

ON_SCREEN = 110
"""The pixels of an inch of paper with which a page can be read on a screen."""
STANDARD: Literal["ua-1"] = "ua-1"
"""PDF/UA-1, ISO 14289-1: what Typst holds the document to, as far as it knows."""
_NAMED = 60
"""As many letters of a paragraph name it."""


class UnprintableDocument(ValueError):
    """A document cannot be printed as PDF. Its words say at which of its places, and why."""


class _Refused(Exception):
    """What Typst says of what it does not print."""


def rendered(document: NumberedDocument) -> bytes:
    """A document as a tagged PDF; the same document always gives the same bytes.

    Raises:
        UnprintableDocument: if Typst refuses it.
    """
    try:
        return _printed(document, document.blocks)
    except _Refused as refused:
        raise UnprintableDocument(f"The PDF was not made: {_reason(document, refused)}. Nothing was written.") from None


def pages(document: NumberedDocument, per_inch: float = ON_SCREEN) -> list[bytes]:
    """The pages of a document as they are printed, each as a PNG.

    Args:
        document: the document.
        per_inch: how many pixels an inch of paper has.

    Raises:
        UnprintableDocument: if Typst refuses it.
    """
    try:
        drawn = _compiled(document, document.blocks, format="png", ppi=per_inch)
    except _Refused as refused:
        raise UnprintableDocument(f"The pages were not made: {_reason(document, refused)}.") from None
    return [drawn] if isinstance(drawn, bytes) else list(drawn)  # one page comes by itself


def _printed(document: NumberedDocument, blocks: Sequence[DocumentBlock]) -> bytes:
    pdf = _compiled(document, blocks, pdf_standards=STANDARD, timestamp=0)
    try:
        return with_headers(pdf)
    except UnknownTable as error:
        raise _Refused(str(error)) from error


def _compiled(document: NumberedDocument, blocks: Sequence[DocumentBlock], **form: Any) -> Any:
    """What Typst makes of blocks of a document: the bytes of a file, or of each page.

    Raises:
        _Refused: if it makes nothing of them.
    """
    import typst  # late: 60 MB that only a document on paper needs

    try:
        return typst.compile(
            (files("resources") / "documents" / "page.typ").read_bytes(),
            sys_inputs={"told": json.dumps(document_told(document, blocks))},
            font_paths=typst.Fonts(False, False, [str(folder())]),  # neither those of the computer nor Typst's own
            **form,
        )
    except typst.TypstError as error:
        raise _Refused(str(error)) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # it is no Exception, and its class cannot be imported
            raise
        raise _Refused("Typst failed on it") from error


def _reason(document: NumberedDocument, whole: _Refused) -> str:
    """What cannot be printed and why: the first block that cannot be printed alone, if it is one."""
    for block in (None, *document.blocks):  # with none, what stands beside the blocks is printed: title, notes
        try:
            _printed(document, [block] if block else [])
        except _Refused as refused:
            called = _called(document, block) if block else "what stands beside the text"
            return f"{called} cannot be printed ({refused})"
    return f"the document as a whole cannot be printed ({whole})"


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
