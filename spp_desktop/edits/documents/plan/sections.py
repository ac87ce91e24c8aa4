"""The narrative sections of a plan, parted as its document is: which belong to which part, and how they are printed.

A section belongs to the part whose heading it is, or else to that of the section before it. So a document has the
sections in the plan's own order, whatever stands in them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from spp_desktop.documents.blocks import Bullets, DocumentBlock, DocumentHeading
from spp_desktop.documents.inline import line
from spp_desktop.edits.documents.notes import PlanNotes
from spp_desktop.edits.documents.plan_read import DocumentPlan
from spp_desktop.plan.identity import Section
from spp_desktop.plan.spoken import spoken
from spp_desktop.plan.surroundings import CoreValue
from spp_desktop.store import queries

SectionsPart = Literal["front", "contents", "sections", "priorities", "delivery", "performance", "appendices"]

_MOVABLE = frozenset({"sections", "priorities", "delivery", "performance"})
"""Parts whose order is that of the sections which head them."""
_CONTENTS = frozenset({"contents", "table of contents", "list of contents"})


@dataclass
class PlanSections:
    """The sections of a plan."""

    plan: DocumentPlan
    notes: PlanNotes = field(init=False)

    def __post_init__(self) -> None:
        """Read the notes with it."""
        self.notes = self.plan.reading(PlanNotes)

    @cached_property
    def by_part(self) -> dict[SectionsPart, list[Any]]:
        """The sections of each part, in the plan's order."""
        parted: dict[SectionsPart, list[Any]] = {}
        rows = self.plan.read(queries.register, Section)
        headings = _headings(rows)
        part: SectionsPart = "front"
        for row in rows:
            if row.title.strip().casefold() in _CONTENTS:
                parted.setdefault("contents", []).append(row)
                continue
            if row.number.strip():
                part = headings.get(row.id, "sections" if part == "front" else part)
            parted.setdefault(part, []).append(row)
        return parted

    def printed(self, part: SectionsPart) -> Iterator[DocumentBlock]:
        """All sections of a part."""
        for row in self.by_part.get(part, ()):
            yield from self.section(row)

    def section(self, row: Any, *, first: bool = False) -> Iterator[DocumentBlock]:
        """A section: its heading with its number, and its text; the first numbered one of a part begins a page."""
        number = row.number.strip()
        yield DocumentHeading(
            (*line(row.title), *self.notes.marks(row.id, besides=row.body)), key=f"section-{row.id}",
            printed_number=number, new_page=bool(number) and first, in_contents=bool(number), row=row.id,
        )  # fmt: skip
        yield from self.notes.blocks(row.id, row.body)

    def in_order(self, declared: Sequence[str]) -> list[str]:
        """The names of parts so that those which sections of the plan head stand in the order of these."""
        headed = [part for part in self.by_part if part in _MOVABLE]
        own = iter(headed)
        return [next(own) if name in headed else name for name in declared]

    def begin(self, part: SectionsPart, title: str) -> tuple[list[DocumentBlock], list[DocumentBlock]]:
        """What stands above a part: the section that heads it, else a heading; and the sections that follow it."""
        rows = self.by_part.get(part, [])
        if not rows:
            return [DocumentHeading(line(title), key=part, new_page=True)], []
        return list(self.section(rows[0], first=True)), [block for row in rows[1:] for block in self.section(row)]

    def number(self, part: SectionsPart) -> str:
        """The number of the section that heads a part; "" where there is none."""
        rows = self.by_part.get(part, [])
        return rows[0].number.strip() if rows else ""


def _headings(rows: list[Any]) -> dict[str, SectionsPart]:
    """The sections that head the parts which hold tables, by their keys: known by the words of their titles."""
    top = spoken().headings[0].plural
    known: tuple[tuple[SectionsPart, str], ...] = (
        ("delivery", r"\bdelivery plan\b"), ("performance", r"\bperformance plan\b"),
        ("priorities", rf"\b(?:priorities|{re.escape(top)})\b"), ("delivery", r"\bdelivery\b"),
        ("performance", r"\bperformance\b"),
    )  # fmt: skip
    headings: dict[str, SectionsPart] = {}
    for row in rows:
        if is_appendix(row):
            headings[row.id] = "appendices"
    for part, words in known:
        if part in headings.values():
            continue
        for row in rows:
            if row.number.strip() and row.id not in headings and re.search(words, row.title, re.IGNORECASE):
                headings[row.id] = part
                break
    return headings


def is_appendix(row: Any) -> bool:
    """Whether a section is an appendix: its number is a letter."""
    number = row.number.strip()
    return len(number) == 1 and number.isalpha()


def front(plan: DocumentPlan) -> Iterator[DocumentBlock]:
    """What stands before the numbered sections."""
    return plan.reading(PlanSections).printed("front")


def narrative(plan: DocumentPlan) -> Iterator[DocumentBlock]:
    """The sections before the priorities. Values that no text of them names stand behind the section of the values."""
    sections = plan.reading(PlanSections)
    rows = sections.by_part.get("sections", [])
    text = " ".join(row.body for row in rows)
    left = [row for row in plan.read(queries.register, CoreValue) if row.title not in text]
    home = next((row for row in rows if re.search(r"\bvalues\b", row.title, re.IGNORECASE)), None)
    for row in rows:
        yield from sections.section(row, first=row is rows[0])
        if row is home and left:
            yield _values(left)
    if left and home is None:
        yield DocumentHeading(line("Values"), key="values", new_page=True)
        yield _values(left)


def _values(rows: list[Any]) -> DocumentBlock:
    items = tuple(line(": ".join(filter(None, (row.title, row.meaning)))) for row in rows)
    return Bullets(items, keys=tuple(row.id for row in rows))
