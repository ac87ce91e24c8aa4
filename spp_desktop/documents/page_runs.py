"""Which pages of a document stand and which lie across, where there are pages: by turns, as its wide tables ask."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spp_desktop.documents.blocks import Bullets, DocumentBlock, DocumentHeading, DocumentTable, Paragraph

MOST_UPRIGHT = 6
"""The most columns of a table on a page that stands; one with more asks for a page that lies across."""
_BEFORE_A_TABLE = 3
"""As many paragraphs between its heading and a table that lies across go with it on its page."""


@dataclass(frozen=True, slots=True)
class PageRun:
    """Blocks on pages that all stand, or all lie ``across``."""

    across: bool
    blocks: tuple[DocumentBlock, ...]


def page_runs(blocks: Sequence[DocumentBlock]) -> Iterator[PageRun]:
    """The blocks of pages that stand and of those that lie across, by turns.

    What leads to a table that lies across, its heading and a few paragraphs, lies across with it.
    """
    across = [isinstance(block, DocumentTable) and block.across for block in blocks]
    for place in [place for place, lies in enumerate(across) if lies]:
        for before in _leading_to(blocks, place):
            across[before] = True
    start = 0
    for place in range(1, len(blocks) + 1):
        if place == len(blocks) or across[place] != across[start]:
            yield PageRun(across[start], tuple(blocks[start:place]))
            start = place


def _leading_to(blocks: Sequence[DocumentBlock], place: int) -> range:
    """The places of the heading of a table and of what stands between them; none if that is much, or other things."""
    before = place
    while before and place - before < _BEFORE_A_TABLE and isinstance(blocks[before - 1], Paragraph | Bullets):
        before -= 1
    if not before or not isinstance(blocks[before - 1], DocumentHeading):
        return range(0)
    while before and isinstance(blocks[before - 1], DocumentHeading):
        before -= 1
    return range(before, place)
