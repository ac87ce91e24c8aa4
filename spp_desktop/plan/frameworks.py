"""National frameworks and indicator schemes that a plan answers to, kept as editable data.

Nothing here is law: each item says where its words were read, and whether anybody checked them.
"""

from datetime import date
from typing import Annotated, Literal

from sqlmodel import Field, String

from spp_desktop.plan.page_names import PageOfWindow
from spp_desktop.plan.periods import FIRST_YEAR_OF_ALL, LAST_YEAR_OF_ALL, MOST_YEARS
from spp_desktop.plan.rows import Placed, at_first
from spp_desktop.plan.words import Word

FrameworkKind = Literal[
    "priorities", "agreements", "requirement", "indicators", "local agreement", "contents of a plan", "other"
]
"""What a framework is: national priorities, public service agreements, the strategic policing requirement, national
measures, a local area agreement, what the law has a plan contain."""

Evidence = Literal["read", "read in part", "from memory", "inferred"]
"""How far an item is known: its words were read in the source named; they are cut off there; nobody has looked them up;
they follow from something else."""


class Framework(Placed, table=True):
    """A set of national priorities, agreements or indicators, such as the Public Service Agreements.

    ``answered`` says that the plan is to answer every item of it, as it is what the law has a plan contain: an item to
    which nothing of the plan is linked is then found by the checks. A local area agreement names its area and years.
    """

    word = Word("framework", "frameworks")
    called_by = ("title",)

    title: str = Field(title="framework", min_length=1, max_length=200)
    source: str = Field(default="", title="source", max_length=500)
    answered: bool = Field(default=False, title="to be answered", sa_column_kwargs=at_first(0))
    kind: FrameworkKind = Field(default="other", title="kind", sa_type=String, sa_column_kwargs=at_first("other"))
    area_id: str | None = Field(default=None, title="area", foreign_key="area.id", ondelete="SET NULL", index=True)
    first_year: int | None = Field(default=None, title="first year", ge=FIRST_YEAR_OF_ALL, le=LAST_YEAR_OF_ALL)
    years: int | None = Field(default=None, title="number of years", ge=1, le=MOST_YEARS)


class FrameworkItem(Placed, table=True):
    """One entry of a framework. ``verified`` is true only where the words were read in the source named.

    ``target`` is what an agreement aims at, as it is stated. ``answered_in`` is the name of a page of the window on
    which the plan answers it as a whole, such as that of an appendix; single rows that answer it are linked to it.
    """

    word = Word("framework item", "framework items")
    called_by = ("code", "title")
    part_of = "framework_id"

    __tablename__ = "framework_item"

    framework_id: str = Field(title="framework", foreign_key="framework.id", ondelete="CASCADE", index=True)
    code: str = Field(title="number", min_length=1, max_length=40)
    title: str = Field(title="title", min_length=1, max_length=500)
    source: str = Field(default="", title="source", max_length=500)
    verified: bool = Field(default=False, title="verified")
    verified_on: date | None = Field(default=None, title="verified on")
    evidence: Evidence = Field(
        default="from memory", title="evidence", sa_type=String, sa_column_kwargs=at_first("from memory")
    )
    target: str = Field(default="", title="target", max_length=500, sa_column_kwargs=at_first(""))
    answered_in: Annotated[str, PageOfWindow()] = Field(
        default="", title="answered in", max_length=200, sa_column_kwargs=at_first("")
    )
