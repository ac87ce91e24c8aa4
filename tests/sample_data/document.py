"""The printed plan read from its text, and the same document set again from a built plan.

Neither half knows the builder or the data files: one reads ``source.txt``, the other asks ``store.queries``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from spp_desktop.figures.targets import stated as targets
from spp_desktop.plan.identity import Section
from spp_desktop.plan.periods import year_name
from spp_desktop.plan.posts import Body
from spp_desktop.plan.priorities import PriorityAlias
from spp_desktop.store import queries
from spp_desktop.store.indicator_rows import IndicatorRow
from spp_desktop.store.plain import Node
from spp_desktop.store.workspace import Workspace

SOURCE = Path(__file__).parents[2] / "sample_data" / "published" / "source.txt"

MARKS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
NUMBERS = str.maketrans(MARKS, "0123456789")

LAYOUT = re.compile(
    r"""
      \s*                          # an empty line
    | -                            # the empty bullet in the list of contents
    | 14[ ]February[ ]2008         # the stamp of a page, inside a table
    | We[ ]will:                   # what stands over every list of commitments
    | Activity\tOwner\t?           # the header of every table of activities
    | -+\t-+                       # the rule under a table's first row
    """,
    re.VERBOSE,
)
"""Lines that lay the document out and say nothing of their own. Nothing else is left out."""


@dataclass
class Printed:
    """The text as it was printed: its lines without note marks, its notes by mark, and which line bears which mark."""

    lines: list[str]
    notes: dict[str, str]
    marks: list[tuple[int, str]]


def printed(text: str) -> Printed:
    """Read the text of the document."""
    document = Printed([], {}, [])
    for line in text.split("\n"):
        note = re.fullmatch(rf"([{MARKS}]+|\*)\.? (.*)", line)
        if note:
            mark = note[1].translate(NUMBERS)
            assert mark not in document.notes, line
            document.notes[mark] = note[2]
        elif not LAYOUT.fullmatch(line):
            plain = _plain(line)
            document.marks += [(int(mark.translate(NUMBERS)), plain) for mark in re.findall(f"[{MARKS}]+", line)]
            document.lines.append(plain)
    return document


def set_again(plan: Workspace) -> Iterator[str]:
    """The document's lines in their order, from what a plan holds."""
    tree = plan.read(queries.priority_tree)
    yield from (body.title for body in plan.read(queries.register, Body) if body.kind != "partner")
    for section in plan.read(queries.register, Section):
        if section.number.isalpha():
            continue  # the appendices stand in the list of contents only
        yield f"{section.number}. {section.title}" if section.number else section.title
        yield from unmarked(section.body)
        if section.number == "5":
            yield from (f"- **{priority.text}**" for priority in tree)
            for priority in tree:
                yield spelling(plan, priority, "section 5, heading")
                yield from _nodes(priority)
        elif section.number == "6":
            for priority in tree:
                yield f"Strategic priority\t{spelling(plan, priority, 'section 6')}"
                for activity in plan.read(queries.activities, 2008):
                    if activity.priority_key == priority.key:
                        yield f"{activity.text}\t{' '.join(activity.owners)}"
        elif section.number == "7":
            yield from _indicators(plan.read(queries.indicators))


def spelling(plan: Workspace, priority: Node, where: str) -> str:
    """A priority's title as it is spelt in one place of the document."""
    aliases = plan.read(queries.register, PriorityAlias)
    spellings = [alias.title for alias in aliases if (alias.priority_id, alias.printed_in) == (priority.key, where)]
    return spellings[0] if spellings else priority.text


def _nodes(node: Node) -> Iterator[str]:
    yield from unmarked(node.narrative)
    for child in node.children:
        if child.kind == "commitment":
            yield f"- {child.text}"
        else:
            yield child.text
            yield from _nodes(child)


def _indicators(rows: list[IndicatorRow]) -> Iterator[str]:
    """The table of indicators, its header as odd as printed: the surveys' one year stands under the third year."""
    years = "\t".join([*(year_name(year) for year in (2008, 2009, 2010)), "3 Year Target"])
    group = subgroup = ""
    for row in rows:
        one_year = None not in row.targets
        if row.group != group:
            group = row.group
            if one_year:
                yield f"{group}\t\t\tTargets {year_name(2008)}"
            elif row.subgroup:
                yield f"{group}\t{years}"
            else:
                yield from (group, f"\t{years}")
        if row.subgroup not in ("", subgroup):
            subgroup = row.subgroup
            yield subgroup
        stated = [
            targets.show(row.targets[year].stated, star=row.local_priority and year == 2008)
            for year in (2008, 2009, 2010, None)
            if year in row.targets
        ]
        yield "\t".join([row.title, *([""] * 2 if one_year else []), *stated])


def unmarked(text: str) -> list[str]:
    """The lines of a narrative, without its marks of notes and of bold words: the document has them in its own way."""
    return [line for line in re.sub(r"\*\*|\[note \d+\]", "", text).split("\n") if line]


def _plain(line: str) -> str:
    """A line without its note marks, and without the blanks that lay it out."""
    unmarked = re.sub(rf" ?[{MARKS}]+(?=\t)", "", line)
    return re.sub(f"[{MARKS}]+", "", unmarked).rstrip("\t ").lstrip(" ")
