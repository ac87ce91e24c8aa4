"""How forms that somebody sends are filled, kept in the plan by name: what belongs into which of their cells."""

from sqlmodel import Field

from spp_desktop.plan.rows import Placed
from spp_desktop.plan.words import Word


class FormMapping(Placed, table=True):
    """What belongs into which cell of a form, kept under a name to be used again.

    ``form`` is the name of the blank file for which it was made. ``content`` is the mapping as its text, which a person
    can read and another force can use; only ``returns.forms`` reads it.
    """

    word = Word("form mapping", "form mappings")
    called_by = ("title",)

    __tablename__ = "form_mapping"

    title: str = Field(title="name", min_length=1, max_length=100, unique=True)
    form: str = Field(default="", title="form", max_length=255)
    content: str = Field(title="what belongs where", max_length=4_000_000)
