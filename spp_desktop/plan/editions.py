"""A plan's way from draft to issue, its numbered editions, and what has changed of what an edition holds."""

from datetime import date
from typing import Literal

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, String

from spp_desktop.plan.periods import FIRST_YEAR_OF_ALL, LAST_YEAR_OF_ALL, MOST_YEARS
from spp_desktop.plan.register import Register, Shown
from spp_desktop.plan.rows import Placed, Row
from spp_desktop.plan.rules import Rule
from spp_desktop.plan.words import Word

LeftAs = Literal["document", "workbook", "data", "return"]
"""As what a file left the house with an edition."""


class StateOfPlan(Placed, table=True):
    """A state that a plan passes on its way: the plan's own list.

    ``issues`` says that a plan in this state is out: an edition is made of it. ``post_id`` is
    the post that may move the plan to it; where it is empty, anybody may. The list that ships follows the Police
    Act 1996 section 6ZB, as in force on 14 March 2008: the chief officer drafts and submits, the authority consults,
    amends and issues before the beginning of the year. A plan that is changed afterwards is varied.
    """

    word = Word("state of the plan", "states of the plan")
    called_by = ("title",)
    shipped = (
        {"title": "Draft", "meaning": "Prepared by the chief officer."},
        {"title": "Submitted", "meaning": "Handed to the authority by the chief officer."},
        {"title": "Consulted on", "meaning": "Those who are to be asked were asked, and what they said is in the log."},
        {"title": "Amended", "meaning": "Changed since it was submitted; the chief officer was consulted on that."},
        {"title": "Issued", "meaning": "The authority has approved its content.", "issues": True},
        {"title": "Varied", "meaning": "Changed after it was issued, by decision.", "issues": True},
    )

    __tablename__ = "plan_state"

    title: str = Field(title="state", min_length=1, max_length=60, unique=True)
    meaning: str = Field(default="", title="meaning", max_length=500)
    issues: bool = Field(default=False, title="the plan is out")
    post_id: str | None = Field(
        default=None, title="moved to by", foreign_key="post.id", ondelete="RESTRICT", index=True
    )


class PlanVersion(Row, table=True):
    """The plan as it came to a state: numbered, dated and signed. It is never changed, only followed by another.

    ``revision`` is the id of the step of the history as of which it stands; ``post_id`` the post for which it was
    signed.
    """

    word = Word("version", "versions")
    called_by = ("number",)

    __tablename__ = "plan_version"

    number: int = Field(title="number", ge=1, unique=True)
    state_id: str = Field(title="state", foreign_key="plan_state.id", ondelete="RESTRICT", index=True)
    dated: date = Field(title="dated")
    signed_by: str = Field(title="signed by", min_length=1, max_length=200)
    post_id: str | None = Field(default=None, title="signed as", foreign_key="post.id", ondelete="RESTRICT", index=True)
    note: str = Field(default="", title="note", max_length=2000)
    revision: str = Field(title="as of the step", min_length=36, max_length=36)


class Edition(Row, table=True):
    """A numbered, frozen state of the plan as it was issued, with the files that left with it.

    ``revision`` is the id of the step of the history as of which all its figures and texts stand: they are not kept
    apart, the history gives them. ``first_year`` and ``years`` are the plan's own then.
    """

    word = Word("edition", "editions")
    called_by = ("number", "title")

    number: int = Field(title="number", ge=1, unique=True)
    title: str = Field(title="called", min_length=1, max_length=200)
    issued_on: date = Field(title="issued on")
    issued_by: str = Field(title="issued by", min_length=1, max_length=200)
    approved_by: str = Field(default="", title="approved by", max_length=200)
    version_id: str | None = Field(
        default=None, title="version", foreign_key="plan_version.id", ondelete="SET NULL", index=True
    )
    first_year: int = Field(title="first year", ge=FIRST_YEAR_OF_ALL, le=LAST_YEAR_OF_ALL)
    years: int = Field(title="number of years", ge=1, le=MOST_YEARS)
    note: str = Field(default="", title="note", max_length=2000)
    revision: str = Field(title="as of the step", min_length=36, max_length=36)


class FileOfEdition(Placed, table=True):
    """A file that left with an edition: a document, a workbook, data, or a return that was sent.

    ``document`` is the id of the document or return that it was made from, ``file_hash`` the SHA-256 of its bytes in
    hexadecimal, ``size`` their number.
    """

    word = Word("file of an edition", "files of editions")
    called_by = ("file_name",)
    part_of = "edition_id"

    __tablename__ = "edition_file"

    edition_id: str = Field(title="edition", foreign_key="edition.id", ondelete="CASCADE", index=True)
    left_as: LeftAs = Field(default="document", title="what it is", sa_type=String)
    title: str = Field(default="", title="called", max_length=300)
    document: str = Field(default="", title="made from", max_length=100)
    file_name: str = Field(title="file", min_length=1, max_length=255)
    file_hash: str = Field(title="fingerprint", min_length=64, max_length=64)
    size: int | None = Field(default=None, title="bytes", ge=0)


class PlannedRevision(Placed, table=True):
    """A revision of published figures or texts that is announced ahead: what, why, and when it is to be expected.

    It is linked to the rows that it is about. A restatement of one of them behind ``announced_on`` is a planned one.
    That revisions are announced ahead, explained and marked follows the Home Office's policy of 24 September 2020.
    """

    word = Word("planned revision", "planned revisions")
    called_by = ("title",)
    rules = (Rule("expected", "expected < announced_on", "it is expected before it is announced"),)

    __tablename__ = "planned_revision"

    title: str = Field(title="what is revised", min_length=1, max_length=300)
    announced_on: date = Field(title="announced on")
    expected: date | None = Field(default=None, title="expected by")
    why: str = Field(default="", title="why", max_length=2000)
    announced_by: str = Field(default="", title="announced by", max_length=200)


class ExplainedChange(Row, table=True):
    """Why something that an edition holds is another now, and who approved that.

    ``row_table``, ``row_id`` and ``column_name`` say which cell; ``column_name`` is empty where the whole row came or
    went. ``step`` is the id of the step of the history that made it what it is now: a later change asks anew.
    ``row_id`` is no link: the row may be gone.
    """

    word = Word("explained change", "explained changes")
    called_by = ("reason",)

    remembers = ("row_id",)

    __tablename__ = "explained_change"
    __table_args__ = (UniqueConstraint("row_id", "column_name", "step"),)

    row_table: str = Field(title="kind of row", min_length=1, max_length=60)
    row_id: str = Field(title="row", min_length=36, max_length=36)
    column_name: str = Field(default="", title="column", max_length=60)
    step: str = Field(title="changed by the step", min_length=36, max_length=36)
    reason: str = Field(title="reason", min_length=1, max_length=1000)
    approved_by: str = Field(default="", title="approved by", max_length=200)
    approved_on: date | None = Field(default=None, title="approved on")
    planned_id: str | None = Field(
        default=None, title="planned revision", foreign_key="planned_revision.id", ondelete="SET NULL", index=True
    )


PLAN_STATES = Register(
    StateOfPlan, "States of the plan", tuple(map(Shown, ("title", "meaning", "issues", "post_id"))), lines=2,
    about="The states that a plan passes from the first draft to its issue, in their order, and who moves it to each.",
)  # fmt: skip
PLANNED_REVISIONS = Register(
    PlannedRevision, "Planned revisions",
    tuple(map(Shown, ("title", "announced_on", "expected", "why", "announced_by"))),
    lines=2, links=("indicator", "activity", "priority", "theme", "commitment"),
    about="Revisions of what an edition holds, announced ahead. A change of a row that is linked here is planned.",
)  # fmt: skip
