"""The plan's document in two states as one, with what changed from the earlier to the later marked in it."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property, partial

from spp_desktop.documents.blocks import Contents, Document, DocumentBlock, DocumentHeading
from spp_desktop.documents.excerpt import excerpt
from spp_desktop.documents.marking_up import marked_up
from spp_desktop.documents.numbering import NumberedDocument, numbered
from spp_desktop.edits.documents.changes.signing import SignedChanges
from spp_desktop.edits.documents.plan.declared import PLAN
from spp_desktop.edits.documents.plan_read import DocumentPlan
from spp_desktop.store import state_differences
from spp_desktop.store.state_differences import RowDifference


class MarkedPlan:
    """Two states of a plan held against each other, for all the parts that tell of that."""

    def __init__(self, plan: DocumentPlan) -> None:
        self._plan = plan

    @property
    def earlier(self) -> DocumentPlan:
        """The earlier state; a plan that is held against none differs in nothing from itself."""
        return self._plan.earlier or self._plan

    @cached_property
    def differences(self) -> list[RowDifference]:
        """What differs, row by row."""
        return self.earlier.reader.read_beside(
            lambda first: self._plan.reader.read_beside(partial(state_differences.compare, first))
        )

    @cached_property
    def signed(self) -> SignedChanges:
        """Who made each change."""
        return SignedChanges(self._plan, self.differences)

    @cached_property
    def document(self) -> Document:
        """The document of the later state with what has changed marked."""
        return marked_up(_printed(self.earlier), _printed(self._plan), self.signed.signed)

    def whole(self) -> Iterator[DocumentBlock]:
        """All of it. Its notes are put among those of the document that is made."""
        self._plan.notes.update(self.document.notes)
        yield from self.document.blocks

    def excerpt(self) -> Iterator[DocumentBlock]:
        """What has changed, with what is needed to read it, each heading a level deeper."""
        for block in excerpt([block for block in self.whole() if not isinstance(block, Contents)]):
            if isinstance(block, DocumentHeading):
                yield replace(block, level=block.level + 1, new_page=False)
            else:
                yield block


def _printed(plan: DocumentPlan) -> NumberedDocument:
    """The plan's document in a state, but for its cover."""
    own = DocumentPlan(plan.reader, replace(plan.asked, parts=()))
    parts = [part for part in map(PLAN.part_named, PLAN.in_order(own)) if part is not None]
    blocks = tuple(block for part in parts for block in part.blocks(own))
    return numbered(Document(own.plan.title, own.plan.force, blocks, notes=own.notes))
