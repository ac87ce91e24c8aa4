"""Every document that can be made of a plan: one entry for each, in the window as on the command line."""

from spp_desktop.edits.documents.changes.declared import CHANGES, MARKED_UP
from spp_desktop.edits.documents.kinds import DocumentKind
from spp_desktop.edits.documents.plan.declared import PLAN
from spp_desktop.edits.documents.reports.board import BOARD
from spp_desktop.edits.documents.reports.indicator import INDICATOR
from spp_desktop.edits.documents.reports.overview import OVERVIEW
from spp_desktop.edits.documents.reports.portfolio import PORTFOLIO
from spp_desktop.edits.documents.reports.priority import PRIORITY
from spp_desktop.edits.documents.reports.turned import FROM_TO

DOCUMENTS: tuple[DocumentKind, ...] = (
    *(PLAN, BOARD, INDICATOR, PORTFOLIO, PRIORITY, OVERVIEW),
    *(CHANGES, MARKED_UP),
    FROM_TO,
)
"""Every document, in the order in which they are offered."""


def document_named(name: str) -> DocumentKind | None:
    """The document of an id; ``None`` if there is none."""
    return next((kind for kind in DOCUMENTS if kind.name == name), None)
