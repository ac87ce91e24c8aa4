"""A document bears the highest marking of what is printed in it, notes that its texts mark among them."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import Session

from spp_desktop.documents.inline import plain_words
from spp_desktop.documents.numbering import NumberedDocument, lines_of
from spp_desktop.edits import rows
from spp_desktop.edits.documents.every import document_named
from spp_desktop.edits.documents.making import made
from spp_desktop.edits.documents.plan_read import DocumentAsk
from spp_desktop.plan.markings import Marking
from spp_desktop.plan.priorities import Commitment, Note, NoteUse, Priority
from spp_desktop.store import queries
from spp_desktop.store.markings import MarkingTooLow
from spp_desktop.store.workspace import Workspace


def a_secret_note_of_another_priority(session: Session) -> str:
    """A priority whose sentence marks a note that stands elsewhere, and is marked higher than all else; its key."""
    own, other = (rows.add(session, Priority, title=title) for title in ("Safer", "Other"))
    note = rows.add(session, Note, text="Where the witness lives")
    rows.add(session, NoteUse, note_id=note, priority_id=other, number=1)
    rows.add(session, Commitment, priority_id=own, text="We will act [note 1]")
    listed = {row.title: row.id for row in queries.register(session.connection(), Marking)}
    rows.change(session, Note, note, marking_id=listed["SECRET"])
    return own


def priority_document(plan: Workspace, asked: DocumentAsk) -> NumberedDocument:
    kind = document_named("priority")
    assert kind is not None
    return made(plan, kind, asked)


def test_a_note_that_a_text_marks_is_inside_wherever_it_stands(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "a.plan", "A plan", 2008) as plan:
        asked = DocumentAsk(date(2008, 10, 1), priority=plan.edit("furnish", a_secret_note_of_another_priority))
        document = priority_document(plan, asked)
        assert (document.document.furniture.marking, len(document.notes)) == ("SECRET", 1)
        low = replace(asked, at_most="PROTECT")
        with pytest.raises(MarkingTooLow, match="Where the witness lives"):
            priority_document(plan, low)
        rest = priority_document(plan, replace(low, leave_out=True))
    assert (rest.document.furniture.marking, rest.notes) == ("", ())
    assert "We will act [note 1]" in map(plain_words, lines_of(rest.document))
