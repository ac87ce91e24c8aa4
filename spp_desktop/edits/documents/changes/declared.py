"""What changed since an earlier state, as documents: the changes with a list of them, and the whole plan marked up."""

from collections.abc import Iterable, Iterator

from spp_desktop.documents.blocks import (
    DocumentBlock,
    DocumentColumn,
    DocumentHeading,
    DocumentTable,
    Paragraph,
    TableGroup,
)
from spp_desktop.documents.inline import Line, line
from spp_desktop.edits.documents.changes.marked_plan import MarkedPlan
from spp_desktop.edits.documents.kinds import DocumentKind, DocumentPart
from spp_desktop.edits.documents.plan_read import DocumentPlan
from spp_desktop.plan.kinds.days import short_day
from spp_desktop.plan.text_changes import near_change
from spp_desktop.plan.words import counted, listed
from spp_desktop.store import clock
from spp_desktop.store.changes_in_words import ChangeInWords
from spp_desktop.store.history import Revision
from spp_desktop.store.state_differences import DifferenceWords

FATES = {"added": "New", "removed": "Gone", "changed": "Changed"}
ROW = "row"
NOTHING = "Nothing differs between the two states."
MOST_LISTED, LONGEST = 1_000, 200
"""The most cells that the list tells of, and the most letters of each."""

_COLUMNS = (
    DocumentColumn(line("Cell"), 1.2),
    DocumentColumn(line("Before"), 3),
    DocumentColumn(line("Since"), 3),
    DocumentColumn(line("By whom, when"), 1.5),
)


def _heading(plan: DocumentPlan) -> tuple[str, str]:
    return "What changed", plan.plan.title


def _heading_of_whole(plan: DocumentPlan) -> tuple[str, str]:
    return f"{plan.plan.title}, marked up", ""


def _facts(plan: DocumentPlan) -> Iterator[tuple[str, str]]:
    yield "From", plan.reading(MarkedPlan).earlier.state
    yield "To", plan.state


def _list(plan: DocumentPlan) -> Iterator[DocumentBlock]:
    """What differs, cell by cell, as the window and the command line list it."""
    marked = plan.reading(MarkedPlan)
    yield DocumentHeading(line("What changed, as a list"), key="list")
    if not marked.differences:
        yield Paragraph(line(NOTHING))
        return
    fates = ((fate, sum(each.fate == fate for each in marked.differences)) for fate in FATES)
    yield Paragraph(line(f"{listed(f'{counted(count, ROW)} {fate}' for fate, count in fates if count)}."))
    told = marked.earlier.reader.read_beside(
        lambda first: plan.reader.read_beside(
            lambda second: list(_first(_groups(DifferenceWords(first, second), marked), MOST_LISTED + 1))
        )
    )
    yield DocumentTable(line("Cells that differ"), _COLUMNS, tuple(_first(told, MOST_LISTED)), "cells")
    if sum(len(group.rows) for group in told) > MOST_LISTED:
        yield Paragraph(line(f"The first {MOST_LISTED:,} cells are listed."))


def _groups(words: DifferenceWords, marked: MarkedPlan) -> Iterator[TableGroup]:
    """The rows that differ, each with a line for each of its cells that does."""
    for difference in marked.differences:
        lines = words.of(difference)
        steps = [marked.signed.step(change) for change in difference.changes]
        steps += steps[-1:] * (
            len(lines) - len(steps)
        )  # a row that came or went did so in one step, with all its cells
        yield TableGroup(
            tuple(_line_of(each, step) for each, step in zip(lines, steps, strict=True)),
            line(f"{FATES[difference.fate]}: {words.name(difference)}"),
        )


def _line_of(told: ChangeInWords, step: Revision | None) -> tuple[Line, ...]:
    before, after = _near(told.after, told.before), _near(told.before, told.after)
    by = "" if step is None else f"{step.author}, {short_day(clock.local_day(step.at))}"
    return line(told.cell), line(before), line(after), line(by)


def _near(other: str, text: str) -> str:
    """A text, or of a long one what stands near its first difference from another."""
    near = near_change(other, text) if other and len(text) > LONGEST else " ".join(text.split())
    return near if len(near) <= LONGEST else f"{near[: LONGEST - 1].rstrip()}…"


def _first(groups: Iterable[TableGroup], most: int) -> Iterator[TableGroup]:
    """The first groups with so many rows together at most."""
    left = most
    for group in groups:
        yield TableGroup(group.rows[:left], group.title)
        left -= len(group.rows)
        if left <= 0:
            return


def _text(plan: DocumentPlan) -> Iterator[DocumentBlock]:
    """The plan's own text where it changed, marked up."""
    blocks = list(plan.reading(MarkedPlan).excerpt())
    if blocks:
        yield DocumentHeading(line("The text, with what changed marked"), key="text", new_page=True)
        yield _key_to_marks()
        yield from blocks


def _whole(plan: DocumentPlan) -> Iterator[DocumentBlock]:
    """The whole plan, marked up."""
    yield _key_to_marks()
    yield from plan.reading(MarkedPlan).whole()


def _key_to_marks() -> Paragraph:
    """What the marks mean, said with them; it is no change itself."""
    return Paragraph(line("Words that were put in are underlined, words that were taken out are struck through."))


CHANGES = DocumentKind(
    name="changes",
    title="What changed",
    about="What changed in the plan since an earlier state: as a list, and as the plan's own text with it marked.",
    heading=_heading,
    parts=(
        DocumentPart("list", "What changed, as a list", _list),
        DocumentPart("text", "The text, with what changed marked", _text),
    ),
    asks=("since",),
    facts=_facts,
)

MARKED_UP = DocumentKind(
    name="marked-up",
    title="The plan, marked up",
    about="The whole plan as it is published, with what changed since an earlier state marked in it.",
    heading=_heading_of_whole,
    parts=(DocumentPart("whole", "The whole plan, marked up", _whole),),
    asks=("since",),
    cover=True,
    facts=_facts,
)
