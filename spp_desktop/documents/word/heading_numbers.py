"""The numbers of headings as lists that Word counts, wherever its count gives the number that the document has.

Whoever adds a heading then has it numbered on. A number that no list gives ("3b", "2.4" behind "2.2") is written as
words. A letter that is not the next one (the plan has an appendix A and a C) begins its list anew from there.
"""

import re
from dataclasses import dataclass, field

from spp_desktop.documents.blocks import DocumentHeading
from spp_desktop.documents.word.lists import LEVELS, WordListKind, WordLists

_NUMBER = re.compile(r"(?P<before>(?:.*[^\w.])?)(?P<first>[A-Z]|[1-9]\d{0,3})(?P<rest>(?:\.[1-9]\d{0,3})*)")


@dataclass(frozen=True, slots=True)
class CountedNumber:
    """A number that Word counts: the id of its list, and its level there from 0."""

    list_id: int
    level: int


@dataclass(slots=True)
class HeadingNumbers:
    """How the headings of a document are counted, asked for in its order; ``lists`` is told of it."""

    lists: WordLists
    _counts: dict[WordListKind, list[int]] = field(default_factory=dict)
    _ids: dict[WordListKind, int] = field(default_factory=dict)

    def of(self, heading: DocumentHeading) -> CountedNumber | None:
        """How Word counts a heading; ``None`` if it has no number, or one that Word would not give it."""
        match = _NUMBER.fullmatch(heading.printed_number)
        if match is None:
            return None
        first, rest = match["first"], [int(each) for each in match["rest"].split(".")[1:]]
        kind: WordListKind = "lettered headings" if first.isalpha() else "headings"
        numbers = [ord(first) - ord("A") + 1 if first.isalpha() else int(first), *rest]
        level = len(numbers) - 1
        if level + 1 != min(heading.level, LEVELS) or not self._follows(kind, numbers):
            return None
        if self.lists.before.setdefault((kind, level), match["before"]) != match["before"]:
            return None
        if level == 0 and (kind not in self._ids or numbers[0] != self._counts[kind][0] + 1):
            self._ids[kind] = self.lists.begin(kind, numbers[0])
        self._counts[kind] = numbers
        if kind == "headings":
            self.lists.counted_levels.add(level)
        return CountedNumber(self._ids[kind], level)

    def _follows(self, kind: WordListKind, numbers: list[int]) -> bool:
        """Whether a number is the next one below those that stand above it; those of the first level may leap."""
        *above, last = numbers
        counts = self._counts.get(kind, [])
        following = counts[len(above)] + 1 if len(counts) > len(above) else 1
        return not above or (counts[: len(above)] == above and last == following)
