"""Tables of reports, made of headings and cells with little ado."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from spp_desktop.documents.blocks import Alignment, DocumentColumn, DocumentTable, TableGroup
from spp_desktop.documents.inline import Badge, BadgeColour, Line, line
from spp_desktop.edits.documents.reports.report_plan import ReportedActivity
from spp_desktop.figures.judging.judged import Judged
from spp_desktop.figures.rag.colours import State
from spp_desktop.plan.kinds.days import short_day
from spp_desktop.store.overview.plan import NO_STATUS

Cell = str | Badge | Line
"""What a cell is given as: words, a word on a colour, or a whole line."""


class Head(NamedTuple):
    """A column: its heading, how much of the width it takes, and on which side it stands."""

    title: str
    share: float = 1
    align: Alignment = "text"


def number_head(title: str, share: float = 1) -> Head:
    """A column of numbers."""
    return Head(title, share, "number")


def report_table(
    caption: str, heads: Sequence[Head], rows: Iterable[Sequence[Cell]], *, across: bool = False, key: str = ""
) -> DocumentTable:
    """A table whose rows all belong together."""
    return grouped_table(caption, heads, [("", rows)], across=across, key=key)


def grouped_table(
    caption: str,
    heads: Sequence[Head],
    groups: Iterable[tuple[str, Iterable[Sequence[Cell]]]],
    *,
    across: bool = False,
    key: str = "",
) -> DocumentTable:
    """A table whose rows stand in groups, each with a title; groups without rows are left out."""
    made = [(title, [tuple(map(_line, row)) for row in rows]) for title, rows in groups]
    return DocumentTable(
        line(caption),
        tuple(DocumentColumn(line(head.title), head.share, head.align) for head in heads),
        tuple(TableGroup(tuple(rows), line(title)) for title, rows in made if rows),
        key,
        across,
    )


def _line(cell: Cell) -> Line:
    return cell if isinstance(cell, tuple) else line(cell)


_COLOURS: dict[State, BadgeColour] = {
    "red": "red",
    "amber": "amber",
    "green": "green",
    "too close to call": "blue",
}


def colour_of(state: State) -> BadgeColour:
    """The colour that stands behind the word of a state."""
    return _COLOURS.get(state, "grey")


def rag_badge(judged: Judged) -> Badge:
    """How an indicator stands, as the window's table has it: "Red", "Green, by override"."""
    by = ", by override" if judged.judgement.override else ""
    return Badge(judged.look.word + by, colour_of(judged.judgement.state))


_STATUSES: dict[str, BadgeColour] = {"on track": "green", "at risk": "amber", "off track": "red", "complete": "blue"}


def status_colour(kind: str) -> BadgeColour:
    """The colour that stands behind a status of the plan's list, by what it means."""
    return _STATUSES.get(kind, "grey")


def status_badge(activity: ReportedActivity) -> Badge:
    """The status of an activity."""
    title = NO_STATUS if activity.status is None else activity.status.title
    return Badge(title, status_colour(activity.kind))


def day_or(day: date | None, missing: str = "") -> str:
    """A day as the tables write it, or what is said where there is none."""
    return missing if day is None else short_day(day)
