"""The year turned: what becomes of each row when a year ends or a plan is replaced, years closed, owners of before."""

from datetime import date
from typing import Literal

from sqlalchemy import Index, text
from sqlmodel import Field, String

from spp_desktop.plan.delivery import OwnerRole
from spp_desktop.plan.periods import FIRST_YEAR_OF_ALL, LAST_YEAR_OF_ALL
from spp_desktop.plan.rows import Placed, Row
from spp_desktop.plan.rules import Rule
from spp_desktop.plan.words import Word

WhatBecomes = Literal["kept", "changed", "merged", "split", "closed", "dropped"]
"""What becomes of a row: carried forward as it is or changed, joined with another, parted, complete, withdrawn."""

ClosedState = Literal["closed", "reopened"]


class FromTo(Row, table=True):
    """What becomes of a row of the plan when a year ends, or when the plan is replaced: a line of the from-to table.

    It is kept as soon as a person decides it, and ``applied_on`` is empty until the year is turned; then the rows that
    came of it are linked to it as "carried from". ``row_id`` is no link: a row that is removed later keeps its line;
    ``title`` is what it was called. A row has one line a year, and another for each plan that was replaced within it.
    ``year`` is the first calendar year of the year that it is left in. ``texts`` are the words of what follows where
    they change, one row a line; ``refs`` their references, one a line. ``into_id`` is the row of the same year that it
    is merged with. Of an indicator ``target`` is the next year's target as it is stated, and ``baseline`` last year's
    result in words.
    """

    word = Word("from-to entry", "from-to entries")
    called_by = ("title",)
    remembers = ("row_id", "into_id")
    planned_in = "year"
    rules = (
        Rule("reason", "fate IN ('dropped', 'split', 'merged') AND reason = ''", "nothing says why"),
        Rule("into_id", "fate = 'merged' AND into_id IS NULL", "nothing says what it is merged with"),
    )

    __tablename__ = "from_to"
    __table_args__ = (Index("one_fate_a_year", "row_id", "year", text("ifnull(applied_on, '')"), unique=True),)
    decided_together = (("fate", "reason", "into_id", "target", "baseline"),)

    row_table: str = Field(title="kind of row", min_length=1, max_length=60)
    row_id: str = Field(title="row", min_length=36, max_length=36)
    title: str = Field(default="", title="called", max_length=2100)
    year: int = Field(title="year", ge=FIRST_YEAR_OF_ALL, le=LAST_YEAR_OF_ALL)
    fate: WhatBecomes = Field(title="what becomes of it", sa_type=String)
    reason: str = Field(default="", title="reason", max_length=2000)
    texts: str = Field(default="", title="becomes", max_length=8000)
    refs: str = Field(default="", title="references", max_length=400)
    due: date | None = Field(default=None, title="due")
    into_id: str | None = Field(default=None, title="merged with", min_length=36, max_length=36)
    target: str = Field(default="", title="target", max_length=200)
    baseline: str = Field(default="", title="baseline", max_length=200)
    decided_by: str = Field(default="", title="decided by", max_length=200)
    decided_on: date | None = Field(default=None, title="decided on")
    applied_on: date | None = Field(default=None, title="done on")


class ClosedYear(Row, table=True):
    """A year of the plan that is closed: what belongs to it changes only once it is reopened, for a reason.

    ``year`` is its first calendar year; ``state_on`` and ``state_by`` say since when and by whom it is so.
    """

    word = Word("closed year", "closed years")
    called_by = ("year",)
    planned_in = "year"
    rules = (Rule("reason", "state = 'reopened' AND reason = ''", "it is reopened, and nothing says why"),)

    __tablename__ = "closed_year"
    decided_together = (("state", "state_on", "state_by", "reason"),)

    year: int = Field(title="year", ge=FIRST_YEAR_OF_ALL, le=LAST_YEAR_OF_ALL, unique=True)
    state: ClosedState = Field(default="closed", title="state", sa_type=String)
    state_on: date = Field(title="since")
    state_by: str = Field(title="by", min_length=1, max_length=200)
    reason: str = Field(default="", title="why reopened", max_length=1000)


class EarlierOwner(Placed, table=True):
    """A post that owned a row of the plan until a day, whatever the kind of that row.

    ``owned_as`` is "lead" or "joint" of an activity; ``role_id`` the named role in which it stood, if it was one.
    ``until`` is the last day on which it did. ``reason`` says why it moved, ``author`` who moved it.
    """

    word = Word("earlier owner", "earlier owners")
    called_by = ("until",)
    part_of = "row_id"
    names_any = ("row_id",)

    __tablename__ = "earlier_owner"
    __table_args__ = (Index("owners_before", "row_id", "until"),)

    row_id: str = Field(title="of", min_length=36, max_length=36)
    post_id: str = Field(title="post", foreign_key="post.id", ondelete="RESTRICT", index=True)
    owned_as: OwnerRole = Field(default="lead", title="as", sa_type=String)
    role_id: str | None = Field(
        default=None, title="named role", foreign_key="role.id", ondelete="SET NULL", index=True
    )
    until: date = Field(title="until")
    reason: str = Field(default="", title="reason", max_length=1000)
    author: str = Field(title="moved by", min_length=1, max_length=200)
