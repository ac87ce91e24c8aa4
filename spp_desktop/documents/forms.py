"""The kinds of file that documents are made as: what each ends with, and what draws it. One entry for each."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from spp_desktop.documents.numbering import NumberedDocument
from spp_desktop.documents.typeset.apart import Stoppable, unstopped
from spp_desktop.returns import aside
from spp_desktop.returns.aside import NotWritten


def _html(document: NumberedDocument, _stoppable: Stoppable) -> bytes:
    from spp_desktop.documents.html import rendered

    return rendered(document)


def _pdf(document: NumberedDocument, stoppable: Stoppable) -> bytes:
    from spp_desktop.documents.pdf import rendered  # late: Typst is large

    return rendered(document, stoppable)


def _word(document: NumberedDocument, _stoppable: Stoppable) -> bytes:
    from spp_desktop.documents.word import rendered

    return rendered(document)


@dataclass(frozen=True, slots=True)
class DocumentForm:
    """A kind of file.

    Attributes:
        ending: of its file's name.
        title: what it is called.
        about: what it is good for, in a few words.
        rendered: gives the bytes of the file; what takes long is given to be stopped.
    """

    ending: str
    title: str
    about: str
    rendered: Callable[[NumberedDocument, Stoppable], bytes]


FORMS: tuple[DocumentForm, ...] = (
    DocumentForm(".pdf", "PDF", "to print and to send; tagged for screen readers", _pdf),
    DocumentForm(".html", "Web page", "to read on any screen, in one file", _html),
    DocumentForm(".docx", "Word document", "to go on editing", _word),
)
"""Every kind of file, in the order in which they are offered."""

ENDINGS = ", ".join(form.ending for form in FORMS)


def form_of(path: Path) -> DocumentForm | None:
    """The kind of file that a file's name asks for; ``None`` if it asks for none of these."""
    return next((form for form in FORMS if form.ending == path.suffix.lower()), None)


def write(document: NumberedDocument, form: DocumentForm, path: Path, stoppable: Stoppable = unstopped) -> None:
    """Write a document: the file is written aside, read again, and only then put where it was asked for.

    Args:
        document: the document.
        form: what it is written as.
        path: where it goes.
        stoppable: is given what ends the making at once, where it takes long.

    Raises:
        NotWritten: if it cannot be kept there. What stood there is untouched then.
    """
    data = form.rendered(document, stoppable)

    def look_over(written: Path) -> None:
        if written.read_bytes() != data:
            raise NotWritten(f"{path.name} was not kept as it was written. What stood there is untouched.")

    aside.put(lambda place: place.write_bytes(data), path, look_over)
