"""Documents as a force has chosen them: which document, which of its parts in what order, under a name."""

from sqlmodel import Field

from spp_desktop.plan.rows import Placed
from spp_desktop.plan.words import Word


class KeptDocument(Placed, table=True):
    """A document of one's own: ``document`` is the id of the one it is made from.

    ``parts`` are the names of its parts in their order, one a line; ``options`` are whatever else was chosen, as the
    document reads it. Empty parts are those that the document has by itself.
    """

    word = Word("kept document", "kept documents")
    called_by = ("title",)

    __tablename__ = "kept_document"

    title: str = Field(title="document", min_length=1, max_length=200, unique=True)
    document: str = Field(title="made from", min_length=1, max_length=60)
    parts: str = Field(default="", title="parts", max_length=4000)
    options: str = Field(default="", title="options", max_length=4000)
