"""The marks of notes in the texts of an edition: those of notes that are not in it are taken out of its texts."""

import re
from collections import defaultdict

from sqlalchemy import Connection

from spp_desktop.plan.narrative import note_mark, numbers_in
from spp_desktop.plan.priorities import NOTE_PLACES, NoteUse
from spp_desktop.store import queries
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

    A number means the note of the row's own with that number, else the only one of the plan, as in the plan's document.

    Args:
        connection: Of the plan.
        public: The rows.
    """
    there = set(public.keys(("note",)))
    own: dict[tuple[str, int], str] = {}
    everywhere: dict[int, set[str]] = defaultdict(set)
    for use in queries.register(connection, NoteUse):
        if use.number is not None:
            row = next(key for name in NOTE_PLACES if (key := getattr(use, name)) is not None)
            own.setdefault((row, use.number), use.note_id)
            everywhere[use.number].add(use.note_id)
    for table, columns in TEXTS.items():
        for row in public.tables.get(table, ()):
            for column in columns:
                for number in numbers_in(row[column] or ""):
                    means = {own[row["id"], number]} if (row["id"], number) in own else everywhere[number]
                    if len(means) != 1 or not means <= there:
                        mark = re.escape(note_mark(number))
                        row[column] = re.sub(rf" ?{mark}", "", row[column], flags=re.IGNORECASE)
