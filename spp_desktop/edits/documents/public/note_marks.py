"""The marks of notes in the texts of an edition: those of notes that are not in it are taken out of its texts."""

import re

from sqlalchemy import Connection

from spp_desktop.edits.documents.notes import NoteUses
from spp_desktop.plan.narrative import note_mark, numbers_in
from spp_desktop.store.public_view import PublicRows

TEXTS = {
    "section": ("title", "body"),
    "priority": ("title", "narrative"),
    "theme": ("title", "narrative"),
    "commitment": ("text",),
    "note": ("text",),
}
"""The columns of each table in whose texts marks are typed."""


def take_out_marks(connection: Connection, public: PublicRows) -> None:
    """Take marks out of the texts of an edition, in place, whose notes are not in it.

    What a number means is what it means in the plan's own document.

    Args:
        connection: Of the plan.
        public: The rows.
    """
    there = set(public.keys(("note",)))
    uses = NoteUses.read(connection)
    for table, columns in TEXTS.items():
        for row in public.tables.get(table, ()):
            for column in columns:
                for number in numbers_in(row[column] or ""):
                    if uses.named(row["id"], number) not in there:
                        mark = re.escape(note_mark(number))
                        row[column] = re.sub(rf" ?{mark}", "", row[column], flags=re.IGNORECASE)
