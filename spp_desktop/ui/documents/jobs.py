"""Documents made, drawn and written beside the window: jobs that take values and give values, and can be cancelled."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from spp_desktop.documents import forms
from spp_desktop.documents.forms import DocumentForm
from spp_desktop.documents.numbering import NumberedDocument
from spp_desktop.edits.documents.kinds import DocumentKind
from spp_desktop.edits.documents.making import PartTold, lacking, made, untold
from spp_desktop.edits.documents.plan_read import DocumentAsk
from spp_desktop.store.overview.reader import PlanReader, file_reader
from spp_desktop.ui.common.jobs import JobProgress


class MadeDocument(NamedTuple):
    """A document with its pages as pictures, and what its readers will miss."""

    document: NumberedDocument
    pages: list[bytes]
    lacking: list[str]


def made_of_file(path: Path, kind: DocumentKind, asked: DocumentAsk, tell: JobProgress) -> MadeDocument:
    """A document of the plan in a file, and its pages, beside the window."""
    with file_reader(path) as reader:
        document, sentences = read(reader, kind, asked, tell)
    return drawn(document, sentences, tell)


def read(
    reader: PlanReader, kind: DocumentKind, asked: DocumentAsk, tell: PartTold = untold
) -> tuple[NumberedDocument, list[str]]:
    """A document of a plan, and what its readers will miss."""
    return made(reader, kind, asked, tell), lacking(reader, kind, asked)


def drawn(document: NumberedDocument, sentences: list[str], tell: JobProgress) -> MadeDocument:
    """A document with its pages as pictures."""
    from spp_desktop.documents.pdf import pages  # late: Typst is large

    with ended_by_cancel(tell, "Laying out the pages"):
        return MadeDocument(document, pages(document, stoppable=tell.on_cancel), sentences)


@contextmanager
def ended_by_cancel(tell: JobProgress, step: str) -> Iterator[None]:
    """A step that is ended from outside: what fails because the person cancelled counts as cancelled."""
    tell(step)
    try:
        yield
    except Exception:
        tell(step)
        raise


def written(document: NumberedDocument, form: DocumentForm, path: Path, tell: JobProgress) -> Path:
    """Write a document beside the window. Returns where it is."""
    with ended_by_cancel(tell, f"Writing {path.name}"):
        forms.write(document, form, path, tell.on_cancel)
    return path
