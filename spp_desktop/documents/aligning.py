"""Which parts of two states of a document are the same part: by its key, by what it says, or by most of its words."""

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import TypeVar

from spp_desktop.documents.blocks import Bullets, Contents, DocumentBlock, DocumentHeading, Paragraph
from spp_desktop.documents.inline import plain_words
from spp_desktop.plan.text_changes import matched

T = TypeVar("T")

ALIKE = 0.4
"""The share of words from which on a text counts as another one reworded."""
_AHEAD = 20
"""How many parts are looked through for one that was reworded."""
_WORD = re.compile(r"\w+")
_BY_PLACE = re.compile(r"place-\d+")
"""Keys that the numbering of a document has given; they say nothing."""


def aligned(
    before: Sequence[T], after: Sequence[T], name: Callable[[T], Hashable], is_reworded: Callable[[T, T], bool]
) -> Iterator[tuple[T | None, T | None]]:
    """The parts of two sequences in order, each with what it was before; ``None`` for what is only in the other.

    Args:
        before: the earlier parts.
        after: the later parts.
        name: parts of one name are the same part.
        is_reworded: whether a later part, of another name, is an earlier one in other words.
    """
    a = c = 0
    for at, other in matched(list(map(name, before)), list(map(name, after))):
        yield from _reworded(before[a:at], after[c:other], is_reworded)
        yield before[at], after[other]
        a, c = at + 1, other + 1
    yield from _reworded(before[a:], after[c:], is_reworded)


def _reworded(
    before: Sequence[T], after: Sequence[T], is_reworded: Callable[[T, T], bool]
) -> Iterator[tuple[T | None, T | None]]:
    """The parts of two stretches that share no name: what is gone stands before what came in its place."""
    done = 0
    come: list[tuple[T | None, T | None]] = []
    for now in after:
        ahead = range(done, min(done + _AHEAD, len(before)))
        place = next((n for n in ahead if is_reworded(before[n], now)), None)
        if place is None:
            come.append((None, now))
            continue
        yield from ((was, None) for was in before[done:place])
        yield from come
        yield before[place], now
        done, come = place + 1, []
    yield from ((was, None) for was in before[done:])
    yield from come


def aligned_blocks(
    before: Sequence[DocumentBlock], after: Sequence[DocumentBlock]
) -> Iterator[tuple[DocumentBlock | None, DocumentBlock | None]]:
    """The blocks of two states: first those with keys are known again, then what stands between them."""
    heads, others = ([n for n, block in enumerate(blocks) if _key(block)] for blocks in (before, after))
    pairs = matched([_key(before[n]) for n in heads], [_key(after[n]) for n in others])
    a = c = 0
    for at, other in ((heads[n], others[m]) for n, m in pairs):
        yield from aligned(before[a:at], after[c:other], _name, _is_reworded_block)
        yield before[at], after[other]
        a, c = at + 1, other + 1
    yield from aligned(before[a:], after[c:], _name, _is_reworded_block)


def _key(block: DocumentBlock) -> tuple[object, str] | None:
    """What a block is known by whatever it says; ``None`` for one that has no key of its own."""
    match block:
        case Paragraph() | Bullets():
            return None
        case Contents():
            return Contents, ""
        case _:
            return None if _BY_PLACE.fullmatch(block.key) else (type(block), block.key)


def _name(block: DocumentBlock) -> Hashable:
    return _key(block) or (type(block), words_of(block) if isinstance(block, Paragraph) else block)


def _is_reworded_block(was: DocumentBlock, now: DocumentBlock) -> bool:
    if type(was) is not type(now) or _key(was) or _key(now):
        return False
    return isinstance(was, Bullets) or are_alike(words_of(was), words_of(now))


def words_of(block: DocumentBlock) -> str:
    """The words of a heading or a paragraph, or of the caption of something else; "" for a list."""
    match block:
        case DocumentHeading(text=text) | Paragraph(text=text):
            return plain_words(text)
        case Bullets() | Contents():
            return ""
        case _:
            return plain_words(block.caption)


def are_alike(first: str, second: str) -> bool:
    """Whether two texts share so many words that one is the other reworded."""
    words, others = (Counter(_WORD.findall(text.casefold())) for text in (first, second))
    return (words & others).total() * 2 >= ALIKE * (words + others).total() > 0
