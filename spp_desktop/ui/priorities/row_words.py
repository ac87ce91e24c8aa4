"""What the rows of the tree of priorities are called, in the words of the plan: headings go by their depth."""

from spp_desktop.plan.spoken import LevelWord, spoken
from spp_desktop.plan.words import Word
from spp_desktop.ui.priorities.kinds import HEADING, KINDS, TreeItem, short

HEADINGS = ("priority", "theme")
"""The kinds of rows that are headings of the plan."""


def word_of(item: TreeItem) -> Word:
    """What a row is called: a heading below the top level by how deep it stands."""
    if item.kind not in HEADINGS:
        word = KINDS[item.kind].word
        return spoken().sentence or word if isinstance(word, LevelWord) else word
    return spoken().heading(sum(above.kind in HEADINGS for above in item.above()) - 1)


def word_below(item: TreeItem, kind: str) -> Word:
    """What rows of a kind are called that stand under one."""
    if kind not in HEADINGS or item.kind == HEADING:
        return KINDS[kind].word
    return spoken().heading(sum(above.kind in HEADINGS for above in item.above()))


def named(item: TreeItem) -> str:
    """A row in the label of a step: "theme Serving victims"."""
    return f"{word_of(item).singular} {short(item.text)}"
