"""Attachments by reference: files that belong to rows of the plan and are not kept in it."""

from datetime import date

from sqlmodel import Field

from spp_desktop.plan.rows import Placed
from spp_desktop.plan.words import Word


class Attachment(Placed, table=True):
    """A file or page that belongs to a row of the plan, whatever the kind of that row.

    The file itself stays where it is. ``place`` is its path or address, ``sha256`` the fingerprint of what it held on
    ``looked_on`` in hexadecimal, by which it is told whether it still holds that; both are empty for a web page.
    """

    word = Word("attachment", "attachments")
    called_by = ("title",)
    part_of = "row_id"
    names_any = ("row_id",)

    row_id: str = Field(title="of", min_length=36, max_length=36, index=True)
    title: str = Field(title="file", min_length=1, max_length=255)
    place: str = Field(title="where", min_length=1, max_length=1000)
    sha256: str = Field(default="", title="fingerprint", max_length=64)
    size: int | None = Field(default=None, title="bytes", ge=0)
    looked_on: date | None = Field(default=None, title="looked at on")
    note: str = Field(default="", title="note", max_length=500)
