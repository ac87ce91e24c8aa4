"""National frameworks and indicator schemes that a plan answers to, kept as editable data.

Nothing here is law: each item says where its words were read, and whether anybody checked them.
"""

from sqlmodel import Field

from spp_desktop.plan.rows import Placed, at_first
from spp_desktop.plan.words import Word


class Framework(Placed, table=True):
    """A set of national priorities, agreements or indicators, such as the Public Service Agreements.

    ``answered`` says that the plan is to answer every item of it, as it is what the law has a plan contain: an item to
    which nothing of the plan is linked is then found by the checks.
    """

    word = Word("framework", "frameworks")
    called_by = ("title",)

    title: str = Field(title="framework", min_length=1, max_length=200)
    source: str = Field(default="", title="source", max_length=500)
    answered: bool = Field(default=False, title="to be answered", sa_column_kwargs=at_first(0))


class FrameworkItem(Placed, table=True):
    """One entry of a framework. ``verified`` is true only where the words were read in the source named."""

    word = Word("framework item", "framework items")
    called_by = ("code", "title")
    part_of = "framework_id"

    __tablename__ = "framework_item"

    framework_id: str = Field(title="framework", foreign_key="framework.id", ondelete="CASCADE", index=True)
    code: str = Field(title="number", min_length=1, max_length=40)
    title: str = Field(title="title", min_length=1, max_length=500)
    source: str = Field(default="", title="source", max_length=500)
    verified: bool = Field(default=False, title="verified")
