"""Named roles in which posts and bodies answer for rows of the plan, beside the one that leads: the plan's own list."""

from sqlalchemy import Index
from sqlmodel import Field

from spp_desktop.plan.rows import Placed, at_first
from spp_desktop.plan.words import Word


class NamedRole(Placed, table=True):
    """A role in which a post can stand to a row: portfolio holder, director, committee, partner body.

    ``chased`` says whether its posts are sent returns and reminders as those are that lead. ``submits`` and ``accepts``
    say what they do when reports of a period are signed off.
    """

    word = Word("role", "roles")
    called_by = ("title",)

    __tablename__ = "role"

    title: str = Field(title="role", min_length=1, max_length=60, unique=True)
    chased: bool = Field(default=False, title="sent returns")
    meaning: str = Field(default="", title="meaning", max_length=500)
    submits: bool = Field(default=False, title="submits reports", sa_column_kwargs=at_first(0))
    accepts: bool = Field(default=False, title="accepts reports", sa_column_kwargs=at_first(0))


class PostInRole(Placed, table=True):
    """A post that stands in a role to a row of the plan, whatever the kind of that row."""

    word = Word("post in a role", "posts in roles")
    called_by = ("role_id",)
    part_of = "row_id"
    one_cell = ("role_id", "post_id")
    names_any = ("row_id",)

    __tablename__ = "post_in_role"
    __table_args__ = (Index("once_in_a_role", "row_id", "role_id", "post_id", unique=True),)

    row_id: str = Field(title="of", min_length=36, max_length=36)
    role_id: str = Field(title="role", foreign_key="role.id", ondelete="RESTRICT", index=True)
    post_id: str = Field(title="post", foreign_key="post.id", ondelete="RESTRICT", index=True)
