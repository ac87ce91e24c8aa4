"""What has changed in a marked-up document, with enough around it to be read; what is left out is said."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spp_desktop.documents.blocks import (
    Bullets,
    Contents,
    DocumentBlock,
    DocumentHeading,
    DocumentTable,
    Paragraph,
    TableGroup,
)
from spp_desktop.documents.inline import ChangedWords, Line, line
from spp_desktop.documents.numbering import lines_of_block
from spp_desktop.plan.words import counted

LEFT_OUT = "[…]"
"""What stands where text without changes is left out."""


def excerpt(blocks: Sequence[DocumentBlock]) -> Iterator[DocumentBlock]:
    """The blocks in which something changed, below their headings, each with a paragraph before and behind it.

    Of a table only the rows in which something changed are kept.
    """
    kept = _kept(blocks)
    last = -1
    for place in sorted(kept):
        block = blocks[place]
        skipped = any(not isinstance(each, DocumentHeading) for each in blocks[last + 1 : place])
        if skipped and not isinstance(block, DocumentHeading) and last >= 0:
            yield Paragraph(line(LEFT_OUT))
        yield from _of_table(block) if isinstance(block, DocumentTable) else [block]
        last = place


def _kept(blocks: Sequence[DocumentBlock]) -> set[int]:
    kept: set[int] = set()
    above: list[int] = []
    for place, block in enumerate(blocks):
        if isinstance(block, DocumentHeading):
            above = [each for each in above if _level(blocks[each]) < block.level] + [place]
        if isinstance(block, Contents) or not any(map(has_changed, lines_of_block(block))):
            continue
        kept.update((*above, place))
        beside = (each for each in (place - 1, place + 1) if 0 <= each < len(blocks))
        kept.update(each for each in beside if isinstance(blocks[each], Paragraph | Bullets))
    return kept


def _level(block: DocumentBlock) -> int:
    return block.level if isinstance(block, DocumentHeading) else 0


def has_changed(text: Line) -> bool:
    """Whether anything was put into a line or taken out of it."""
    return any(isinstance(part, ChangedWords) for part in text)


def _of_table(table: DocumentTable) -> Iterator[DocumentBlock]:
    groups = []
    for group in table.groups:
        places = [n for n, row in enumerate(group.rows) if any(map(has_changed, row))]
        if places or has_changed(group.title):
            keys = tuple(group.keys[n] for n in places) if group.keys else ()
            groups.append(TableGroup(tuple(group.rows[n] for n in places), group.title, keys))
    left = len(table.rows) - sum(len(group.rows) for group in groups)
    if left:
        yield Paragraph(
            line(f"{counted(left, 'row')} of the next table without a change {'is' if left == 1 else 'are'} left out.")
        )
    yield replace(table, groups=tuple(groups))
