"""What stands in the place of a word that was removed for good, and what texts with it may have been before."""

import re

REMOVED = "removed"
_MARK = re.compile(r"\[removed(?: (\d{1,3}))?\]")

ROOMS = ("[{}]", "[…]", "…", "")
"""The forms of a mark, the next where a cell has no room for one, or does not take it; at last the cell is emptied."""


def mark_named(number: int) -> str:
    """The mark of a spelling: the first, or one that is told from it."""
    return REMOVED if number == 1 else f"{REMOVED} {number}"


def numbers_in(text: str) -> set[int]:
    """The numbers of the marks that stand in a text already."""
    return {int(number or 1) for number in _MARK.findall(text)}


def may_have_been(text: str, earlier: str) -> bool:
    """Whether a text is what an earlier one may have become when a word was removed from it."""
    if text == earlier:
        return True
    parts = _MARK.split(text)[::2]
    return len(parts) > 1 and re.fullmatch(".+?".join(map(re.escape, parts)), earlier, re.DOTALL) is not None
