"""Who acts: bodies, the posts in them, and the people who held those posts. All of it is the plan's own data."""

from datetime import date
from typing import Annotated

from sqlmodel import Field

from spp_desktop.plan.kinds.addresses import Addresses
from spp_desktop.plan.rows import Placed, at_first
from spp_desktop.plan.words import Word


class Body(Placed, table=True):
    """An organisation named in the plan: the force, its authority, a partner."""

    word = Word("body", "bodies")
    called_by = ("title",)

    title: str = Field(title="body", min_length=1, max_length=200)
    kind: str = Field(default="", title="kind of body", max_length=100)


class Post(Placed, table=True):
    """A post that can own an activity, such as "ACC Crime". Owners are posts, not people."""

    word = Word("post", "posts")
    called_by = ("title",)

    title: str = Field(title="post", min_length=1, max_length=200, unique=True)
    body_id: str | None = Field(default=None, title="body", foreign_key="body.id", ondelete="SET NULL", index=True)
    email: Annotated[str, Addresses()] = Field(
        default="", title="e-mail", max_length=400, sa_column_kwargs=at_first("")
    )


class PostHolder(Placed, table=True):
    """Who held a post, and from when to when; an empty date is open."""

    word = Word("post holder", "post holders")
    called_by = ("name",)
    part_of = "post_id"

    __tablename__ = "post_holder"

    post_id: str = Field(foreign_key="post.id", ondelete="CASCADE", index=True)
    name: str = Field(title="name", min_length=1, max_length=200)
    held_from: date | None = Field(default=None, title="from")
    held_to: date | None = Field(default=None, title="to")
