"""The documents that leave with an edition, made together in a folder: all of them, or none."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Connection

from spp_desktop.documents.forms import DocumentForm
from spp_desktop.documents.numbering import NumberedDocument
from spp_desktop.documents.typeset.apart import Stoppable, unstopped
from spp_desktop.edits.documents import kept
from spp_desktop.edits.documents.every import DOCUMENTS
from spp_desktop.edits.documents.kinds import DocumentKind
from spp_desktop.edits.documents.making import PartTold, lacking, made, untold
from spp_desktop.edits.documents.plan_read import DocumentAsk
from spp_desktop.edits.documents.public import folder_made
from spp_desktop.edits.editions import LeavingFile
from spp_desktop.plan import file_names
from spp_desktop.store import moments, queries
from spp_desktop.store.overview.reader import PlanReader


@dataclass(frozen=True)
class EditionDocument:
    """A document that can leave with an edition: one of the program's, or one of the plan's own.

    Attributes:
        key: by which a choice of it is remembered: the key of a kept one, else the id of its kind.
        title: what it is called.
        kind: what it is made from.
        parts: the names of its parts, in order; () for all.
    """

    key: str
    title: str
    kind: DocumentKind
    parts: tuple[str, ...] = ()

    def asked(self, printed: date, edition: str = "") -> DocumentAsk:
        """What is asked of it, printed on a day; ``edition`` stands on its cover."""
        return DocumentAsk(printed, parts=self.parts, edition=edition)


def offered(connection: Connection) -> list[EditionDocument]:
    """The documents that can leave with an edition: all but those that are of one post or one priority alone."""
    whole = [kind for kind in DOCUMENTS if not {"owner", "priority"} & set(kind.asks)]
    own = (each for each in kept.kept(connection) if each.kind in whole)
    return [
        *(EditionDocument(kind.name, kind.title, kind) for kind in whole),
        *(EditionDocument(each.key, each.title, each.kind, each.parts) for each in own),
    ]


def missed(reader: PlanReader, documents: Sequence[EditionDocument], printed: date) -> list[str]:
    """What readers of these documents will miss, in sentences, each once."""
    told = (sentence for each in documents for sentence in lacking(reader, each.kind, each.asked(printed)))
    return list(dict.fromkeys(told))


@dataclass(frozen=True)
class EditionFiles:
    """What is made for an edition.

    Attributes:
        documents: the documents.
        forms: as what each of them is written.
        printed: the day that stands on them.
        edition: which edition it is, as it stands on them and in the names of their files: "Edition 2".
    """

    documents: Sequence[EditionDocument]
    forms: Sequence[DocumentForm]
    printed: date
    edition: str


def document_of(reader: PlanReader, document: EditionDocument, printed: date, edition: str) -> NumberedDocument:
    """A document of an edition, the same whenever it is made of what the edition holds.

    Late and early are judged in it by the day on which it is printed, and its title names no moment.

    Args:
        reader: Reads the plan as the edition holds it: now, or as at the edition.
        document: Which.
        printed: The day on which the edition is issued.
        edition: Which edition it is, as it stands on its cover.
    """
    before = reader.read(queries.as_at_mark)
    reader.read(queries.put_mark, queries.AsAtMark(moments.NOW, moments.NOW, printed, titled=False))
    try:
        return made(reader, document.kind, document.asked(printed, edition))
    finally:
        reader.read(queries.put_mark, before)


def write(
    reader: PlanReader, folder: Path, asked: EditionFiles, tell: PartTold = untold, stoppable: Stoppable = unstopped
) -> list[LeavingFile]:
    """Make documents of a plan in a new folder, whole or not at all, and give them as an edition records them.

    Args:
        reader: Reads the plan.
        folder: Where they go; it must not hold anything.
        asked: What is made.
        tell: Is told of each before it is made; what it raises stops the making, and nothing is left.
        stoppable: Is given what ends the setting of pages at once.

    Raises:
        NotWritten: if they cannot be kept there. What stood there is untouched then.
    """
    left: list[LeavingFile] = []
    with folder_made.aside(folder, overwrite=False, own=()) as place:
        for at, each in enumerate(asked.documents):
            tell(each.title, at, len(asked.documents))
            document = document_of(reader, each, asked.printed, asked.edition)
            for form in asked.forms:
                data = form.rendered(document, stoppable)
                name = file_names.part(f"{each.title}, {asked.edition}")
                path = place / (file_names.marked(name, document.document.furniture.marking) + form.ending)
                path.write_bytes(data)
                left.append(
                    LeavingFile(
                        "document", each.kind.name, each.title, path.name, hashlib.sha256(data).hexdigest(), len(data)
                    )
                )
        folder_made.put(place, folder)
    return left
