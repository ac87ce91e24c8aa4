"""Strategic priorities, their themes and commitments, and the notes and definitions that many places share."""

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from spp_desktop.plan.markings import marking_column
from spp_desktop.plan.periods import FIRST_YEAR_OF_ALL, LAST_YEAR_OF_ALL
from spp_desktop.plan.rows import Placed
from spp_desktop.plan.rules import Rule
from spp_desktop.plan.spoken import USUAL, LevelWord
from spp_desktop.plan.words import Word


class Priority(Placed, table=True):
    """A strategic priority, titled as section 5 of the plan lists it.

    ``last_year`` is the last year of the plan in which it stands, empty as long as it goes on.
    """

    word = LevelWord(USUAL[0])
    called_by = ("title",)

    title: str = Field(title="priority", min_length=1, max_length=300)
    narrative: str = Field(default="", title="narrative")
    marking_id: str | None = marking_column()
    last_year: int | None = Field(default=None, title="last year", ge=FIRST_YEAR_OF_ALL, le=LAST_YEAR_OF_ALL)


class PriorityAlias(Placed, table=True):
    """Another spelling of a priority's title, and the place in the document where it is printed."""

    word = Word("spelling", "spellings")
    called_by = ("title",)
    part_of = "priority_id"

    __tablename__ = "priority_alias"

    priority_id: str = Field(foreign_key="priority.id", ondelete="CASCADE", index=True)
    title: str = Field(title="other spelling", min_length=1, max_length=300)
    printed_in: str = Field(default="", title="printed in", max_length=100)


class Theme(Placed, table=True):
    """A heading under a priority, with its narrative. A theme may hold other themes ("Resources")."""

    word = LevelWord(USUAL[1])
    called_by = ("title",)
    part_of = "priority_id"

    priority_id: str = Field(title="priority", foreign_key="priority.id", ondelete="CASCADE", index=True)
    parent_id: str | None = Field(
        default=None, title="theme above", foreign_key="theme.id", ondelete="CASCADE", index=True
    )
    title: str = Field(title="theme", min_length=1, max_length=300)
    narrative: str = Field(default="", title="narrative")
    marking_id: str | None = marking_column()


class Commitment(Placed, table=True):
    """One "We will": of a theme, or straight of a priority."""

    word = LevelWord(USUAL[2])
    called_by = ("text",)
    part_of = "theme_id"
    or_of = "priority_id"
    # No constraint of the table: an undone move puts back one of the two columns after the other.
    rules = (
        Rule("theme_id", "(theme_id IS NULL) = (priority_id IS NULL)", "it stands under nothing, or under two at once"),
    )

    theme_id: str | None = Field(default=None, title="theme", foreign_key="theme.id", ondelete="CASCADE", index=True)
    priority_id: str | None = Field(
        default=None, title="priority", foreign_key="priority.id", ondelete="CASCADE", index=True
    )
    text: str = Field(title="commitment", min_length=1, max_length=2000)


class Note(Placed, table=True):
    """A note or definition, kept once however many places print it."""

    word = Word("note", "notes")
    called_by = ("text",)

    text: str = Field(title="note", min_length=1, max_length=4000)
    marking_id: str | None = marking_column()


NOTE_PLACES = ("section_id", "priority_id", "theme_id", "commitment_id", "indicator_id")
"""The columns of a note's use of which exactly one is filled."""


class NoteUse(Placed, table=True):
    """A place that carries a note's mark: the number printed there, and where in the document."""

    word = Word("note mark", "note marks")
    called_by = ("printed_in", "number")
    part_of = "note_id"

    __tablename__ = "note_use"
    __table_args__ = (
        CheckConstraint(" + ".join(f"({name} IS NOT NULL)" for name in NOTE_PLACES) + " = 1", name="one_place"),
    )

    note_id: str = Field(foreign_key="note.id", ondelete="CASCADE", index=True)
    number: int | None = Field(default=None, title="printed number", ge=1, le=999)
    printed_in: str = Field(default="", title="printed in", max_length=100)
    section_id: str | None = Field(default=None, foreign_key="section.id", ondelete="CASCADE", index=True)
    priority_id: str | None = Field(default=None, foreign_key="priority.id", ondelete="CASCADE", index=True)
    theme_id: str | None = Field(default=None, foreign_key="theme.id", ondelete="CASCADE", index=True)
    commitment_id: str | None = Field(default=None, foreign_key="commitment.id", ondelete="CASCADE", index=True)
    indicator_id: str | None = Field(default=None, foreign_key="indicator.id", ondelete="CASCADE", index=True)
