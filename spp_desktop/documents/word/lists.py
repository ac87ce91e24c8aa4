"""The lists of a Word document: bullets, numbered lists that each begin anew, and the two that count headings."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from spp_desktop.documents.word.markup import root, w

LEVELS = 9
"""Lists and headings have so many levels in Word."""

WordListKind = Literal["bullets", "ordered", "headings", "lettered headings"]
KINDS: tuple[WordListKind, ...] = ("bullets", "ordered", "headings", "lettered headings")
STEP = 340
"""How far the words of a list stand behind its sign, in twentieths of a point."""


@dataclass(slots=True)
class WordLists:
    """The lists of a document, each begun where it is needed.

    Attributes:
        begun: of each list in order what kind it is and with what number it begins; its id is its place from 1.
        before: what stands before the numbers of headings with letters, by level from 0: "Appendix ".
        counted_levels: the levels of headings, from 0, that are numbered as sections are.
    """

    begun: list[tuple[WordListKind, int]] = field(default_factory=lambda: [("bullets", 1)])
    before: dict[tuple[WordListKind, int], str] = field(default_factory=dict)
    counted_levels: set[int] = field(default_factory=set)

    @property
    def bullets(self) -> int:
        """The id of the list of bullets."""
        return 1

    @property
    def sections(self) -> int:
        """The id of the list by which headings are numbered; 0 if none is."""
        return next((place for place, (kind, _) in enumerate(self.begun, 1) if kind == "headings"), 0)

    def begin(self, kind: WordListKind, start: int = 1) -> int:
        """The id of a list that begins here."""
        self.begun.append((kind, start))
        return len(self.begun)

    def part(self) -> str:
        """The part of the file that says how each list counts."""
        kinds = (w("abstractNum", *self._levels(kind), abstractNumId=place) for place, kind in enumerate(KINDS))
        lists = (
            w("num", w("abstractNumId", val=KINDS.index(kind)), _from(start, kind), numId=place)
            for place, (kind, start) in enumerate(self.begun, 1)
        )
        return root("numbering", *kinds, *lists)

    def _levels(self, kind: WordListKind) -> Iterator[str]:
        yield w("multiLevelType", val="multilevel")
        for level in range(LEVELS):
            yield self._level(kind, level)

    def _level(self, kind: WordListKind, level: int) -> str:
        """How a level counts; words begin at the same place in all headings, and ever farther in in lists."""
        shown, linked = "decimal", ""
        text = ".".join(f"%{place}" for place in range(1, level + 2))
        indent = w("ind", left=STEP * (level + 1), hanging=STEP)
        match kind:
            case "bullets":
                shown, text = "bullet", "•"
            case "ordered":
                text = f"%{level + 1}."
            case "headings" | "lettered headings":
                shown = "upperLetter" if kind == "lettered headings" and level == 0 else "decimal"
                text = self.before.get((kind, level), "") + text
                linked = w("pStyle", val=f"Heading{level + 1}") if self._links(kind, level) else ""
                indent = w("ind", left=0, hanging=0)
        return w(
            "lvl",
            w("start", val=1),
            w("numFmt", val=shown),
            linked,
            w("suff", val="tab" if kind in {"bullets", "ordered"} else "space"),
            w("lvlText", val=text),
            w("lvlJc", val="left"),
            w("pPr", indent),
            ilvl=level,
        )

    def _links(self, kind: WordListKind, level: int) -> bool:
        return kind == "headings" and level in self.counted_levels


def _from(start: int, kind: WordListKind) -> str:
    """Begins a list at a number, and not where the last one of its kind ended."""
    return "" if kind == "bullets" else w("lvlOverride", w("startOverride", val=start), ilvl=0)
