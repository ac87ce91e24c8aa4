"""Documents of one's own: the choice and the order of the parts of a document, kept in the plan under a name."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, true
from sqlmodel import Session, col, select

from spp_desktop.edits import rows
from spp_desktop.edits.documents.every import DOCUMENTS, document_named
from spp_desktop.edits.documents.kinds import DocumentKind
from spp_desktop.plan.kept_documents import KeptDocument
from spp_desktop.plan.kinds.spelling import fold, quoted
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.words import listed
from spp_desktop.store import queries


@dataclass(frozen=True, slots=True)
class KeptChoice:
    """A document of one's own: its key and name, what it is made from, and the names of its parts in their order."""

    key: str
    title: str
    kind: DocumentKind
    parts: tuple[str, ...]


def kept(connection: Connection) -> list[KeptChoice]:
    """The documents of one's own, in their order.

    One of a document that this program does not know is left aside, as is a part that its document does not have any
    more; where no part is left, it has all of them.
    """
    known = [(row, document_named(row.document)) for row in queries.register(connection, KeptDocument)]
    return [
        KeptChoice(row.id, row.title, kind, tuple(name for name in row.parts.split("\n") if kind.part_named(name)))
        for row, kind in known
        if kind is not None
    ]


def kept_named(connection: Connection, title: str) -> KeptChoice | None:
    """The document of one's own that has a name, in capitals or small letters; ``None`` if none has."""
    return next((each for each in kept(connection) if fold(each.title) == fold(title)), None)


def keep(session: Session, title: str, document: str, parts: Sequence[str]) -> str:
    """Keep a choice of parts under a name, in place of what has that name; gives its key.

    Args:
        session: The step that keeps it.
        title: The name.
        document: The id of the document that the parts are of.
        parts: Their names, in the order in which they are printed; each once.

    Raises:
        RuleBroken: if the name is missing, or is that of a document that is there anyway; if there is no such document
            or part, or no part is chosen.
    """
    name, text = _checked_title(title), _checked_parts(document, parts)
    row = _row_called(session, name)
    if row is None:
        return rows.add_placed(session, KeptDocument, true(), None, title=name, document=document, parts=text)
    rows.change(session, KeptDocument, row.id, title=name, document=document, parts=text)
    return row.id


def remove(session: Session, key: str) -> None:
    """Keep a document of one's own no longer. What it was made from stays."""
    rows.remove(session, KeptDocument, key)


def _row_called(session: Session, title: str) -> KeptDocument | None:
    every = session.exec(select(KeptDocument).order_by(col(KeptDocument.position))).all()
    return next((row for row in every if fold(row.title) == fold(title)), None)


def _checked_title(title: str) -> str:
    name = " ".join(title.split())
    if not name:
        raise RuleBroken("title", "A document of one's own needs a name.")
    taken = next((kind for kind in DOCUMENTS if fold(name) in {fold(kind.title), kind.name}), None)
    if taken is not None:
        raise RuleBroken("title", f"{quoted(taken.title)} is there anyway. Choose another name.")
    return name


def _checked_parts(document: str, parts: Sequence[str]) -> str:
    kind = document_named(document)
    if kind is None:
        raise RuleBroken("document", f"There is no document {quoted(document)}.")
    unknown = [name for name in parts if kind.part_named(name) is None]
    if unknown:
        raise RuleBroken("parts", f"The document {quoted(kind.title)} has no part {listed(map(quoted, unknown))}.")
    if not parts:
        raise RuleBroken("parts", "Choose at least one part.")
    return "\n".join(dict.fromkeys(parts))
