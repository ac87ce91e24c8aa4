"""The overview of a plan on one page of A4: the parts of the window's overview, as far as there is room for them.

Letters are never made smaller. What has no room is named at the foot of the page.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, partial
from math import ceil

from spp_desktop.documents.blocks import Bullets, DocumentBlock, Paragraph
from spp_desktop.documents.charts.frame import width_of
from spp_desktop.documents.inline import line, strong
from spp_desktop.documents.pdf.letters import printable
from spp_desktop.edits.documents.kinds import DocumentKind, DocumentPart
from spp_desktop.edits.documents.plan_read import DocumentPlan
from spp_desktop.edits.documents.reports.tables import Head, number_head, report_table
from spp_desktop.edits.overview.parts import PARTS, OverviewPart, part_named
from spp_desktop.plan.periods import year_name
from spp_desktop.plan.words import listed
from spp_desktop.store import markings, monitored, queries
from spp_desktop.store.checks import every as checks
from spp_desktop.store.overview.plan import OverviewPlan
from spp_desktop.store.overview.tallies import OverviewAsk, RowBehind, TallyHead, TallyTable
from spp_desktop.store.proposed import StatusRule
from spp_desktop.store.workspace import Workspace

LINES = 45.0
"""The lines of text that a page has room for below a title with one line under it."""
_LEFT_OUT, _FACT, _MARKED, _SUBTITLE = 2.5, 1.5, 2.0, 1.4
"""What is kept for the line that says what was left out, and what a fact more, a marking, and each line more below the
title take."""
_BOX = 1.5
"""The lines that a box takes besides those of its words."""
_GAP, _CELL, _CAPTION = 0.5, 0.4, 1.4
"""The room around a paragraph, in a row of a table, and what a caption takes, in lines."""
_LETTERS, _LARGER, _ACROSS = 12.0, 17.0, 440.0
"""The size of letters on the page and below the title, and the length of a line, in points."""
_NAMED = 2
"""The rows that a part names at most, the gravest first."""
_WORDS = 60
"""The letters of a row's words that are printed at most."""
_DATED = frozenset({"overdue", "due"})
"""The parts whose rows are told with when they are due."""
_TITLE_SHARE = 7.0
"""How many columns of numbers the first column of a table is as wide as."""
_ORDER = (
    "by priority", "indicators", "by owner", "overdue", "due", "slipped", "changed", "returns", "checks", "by rule",
)  # fmt: skip
"""The parts as they stand on the page until a person chooses: what is worth most first."""
_PARTS = sorted(PARTS, key=lambda part: (*_ORDER, part.name).index(part.name))
_GRAVE = ("indicators", "overdue", "slipped", "due", "by rule")
"""The parts whose rows are named, the gravest first."""
NOT_BESIDE = "known to the open plan alone"


class OverviewSheet:
    """What is put on the page: the numbers of every part first, then, as far as there is room, the rows they name."""

    def __init__(self, plan: DocumentPlan) -> None:
        self._plan = plan

    @cached_property
    def overview(self) -> OverviewPlan:
        """The plan as the overview counts it."""
        year = self._plan.read(queries.usual_year)
        return OverviewPlan(self._plan.reader, OverviewAsk(year), self._plan.read(checks.check))

    @cached_property
    def asking(self) -> frozenset[str]:
        """The titles of the statuses that ask for attention."""
        statuses = StatusRule(self._plan.read(monitored.delivery_rule), self.overview.statuses).statuses
        return frozenset(row.title for kind, row in statuses.items() if kind in {"off track", "at risk"})

    @cached_property
    def names(self) -> Sequence[str]:
        """The parts that are wanted, in their order."""
        return self._plan.asked.parts or tuple(part.name for part in _PARTS)

    @cached_property
    def _tables(self) -> Mapping[str, TallyTable]:
        """What the parts say, as far as they can be read."""
        wanted = [part for name in self.names if (part := part_named(name)) is not None]
        return {part.name: part.read(self.overview) for part in wanted if self.can_read(part)}

    def can_read(self, part: OverviewPart) -> bool:
        """Whether a part is known here: some are to an open plan alone."""
        return part.beside or isinstance(self._plan.reader, Workspace)

    @property
    def _room(self) -> float:
        """The lines that there are below all that stands at the head of the page."""
        plan, asked = self._plan, self._plan.asked
        boxed, below = plan.plan.illustrative, _heading(plan)[1]
        taken = _LEFT_OUT + _FACT * (bool(asked.edition) + bool(asked.seen_by))
        taken += lines_of(plan.plan.force) - 1
        taken += _SUBTITLE * (lines_of(below, size=_LARGER) - 1) + (lines_of(boxed) + _BOX if boxed else 0)
        return LINES - taken - _MARKED * bool(plan.read(markings.markings).highest(None))

    @cached_property
    def blocks(self) -> Mapping[str, Sequence[DocumentBlock]]:
        """What is printed of each part; nothing of those that have no room."""
        left = self._room
        made: dict[str, Sequence[DocumentBlock]] = {}
        for name, table in self._tables.items():
            blocks, lines = self._numbers(_title(name), table)
            if lines <= left:
                made[name], left = blocks, left - lines
        for name in filter(made.__contains__, _GRAVE):
            items = [_words(name, row) for row in self._tables[name].named[:_NAMED]]
            lines = sum(map(lines_of, items)) + _GAP
            if items and lines <= left:
                made[name], left = [*made[name], Bullets(tuple(map(line, items)))], left - lines
        return made

    def _numbers(self, title: str, table: TallyTable) -> tuple[list[DocumentBlock], float]:
        """The numbers of a part, and how many lines they take."""
        if len(table.heads) > 1 and title == _title(self.names[0]):
            return self._matrix(title, table)
        counts = "; ".join(self._counts(table))
        told = table.empty or f"{counts}. {table.note}".strip()
        return [Paragraph(line(*strong(f"{title}: "), told))], lines_of(f"{title}: {told}") + _GAP

    def _counts(self, table: TallyTable) -> Iterator[str]:
        """The numbers of a part, line by line: "Red 2"; of several columns all, and what of it asks for attention."""
        for row in table.lines:
            pairs = list(zip(table.heads, row.cells, strict=True))
            whole = [len(cell) for head, cell in pairs if head.total or len(pairs) == 1]
            told = [f"{len(cell):,} {head.title.lower()}" for head, cell in pairs if cell and self._asks(head)]
            count = whole[0] if whole else sum(len(cell) for _, cell in pairs)
            yield f"{row.title} {count:,}" + (f" ({', '.join(told)})" if told and len(pairs) > 1 else "")

    def _asks(self, head: TallyHead) -> bool:
        """Whether a column counts what asks for attention."""
        return head.title in self.asking or head.alert

    def _matrix(self, title: str, table: TallyTable) -> tuple[list[DocumentBlock], float]:
        """A table of the numbers that ask for attention, beside all."""
        shown = [at for at, head in enumerate(table.heads) if head.total or self._asks(head)]
        heads = [Head(title, _TITLE_SHARE), *(number_head(table.heads[at].title) for at in shown)]
        rows = [(row.title, *(f"{len(row.cells[at]):,}" for at in shown)) for row in table.lines]
        width = _ACROSS * _TITLE_SHARE / (_TITLE_SHARE + len(shown))
        lines = _CAPTION + 1 + _CELL + sum(lines_of(row.title, width) + _CELL for row in table.lines)
        return [report_table(" ".join(filter(None, (title, table.note))), heads, rows)], lines + _GAP

    @cached_property
    def left_out(self) -> list[str]:
        """The parts that are not printed, and why those that are not known here."""
        parts = [part for name in self.names if (part := part_named(name)) is not None]
        return [
            f"“{part.title}”" if self.can_read(part) else f"“{part.title}” ({NOT_BESIDE})"
            for part in parts
            if part.name not in self.blocks
        ]


def _title(name: str) -> str:
    part = part_named(name)
    return name if part is None else part.title


def lines_of(text: str, width: float = _ACROSS, size: float = _LETTERS) -> int:
    """About how many lines words take in a width, by the size of their letters; both in points."""
    return sum(max(1, ceil(width_of(part, size) / width)) for part in printable(text).split("\n"))


def _heading(plan: DocumentPlan) -> tuple[str, str]:
    year = plan.reading(OverviewSheet).overview.asked.year
    return "Where we stand", f"{plan.plan.title}, activities of {year_name(year)}"


def _blocks(part: OverviewPart, plan: DocumentPlan) -> Iterator[DocumentBlock]:
    page = plan.reading(OverviewSheet)
    yield from page.blocks.get(part.name, ())
    if part.name == page.names[-1] and page.left_out:
        yield Paragraph(line(f"Left out, so that this stays one page: {listed(page.left_out)}."))


def _words(name: str, row: RowBehind) -> str:
    """A row that is named: its words, cut where they are long, and when it is due."""
    text = f"{row.ref} {row.text}".strip()
    if len(text) > _WORDS:
        text = f"{text[:_WORDS].rsplit(' ', 1)[0]}…"
    return f"{text}, {row.words}" if name in _DATED else text


OVERVIEW = DocumentKind(
    "overview",
    "Overview on one page",
    "Where the plan stands, on one page of A4; what has no room is named.",
    _heading,
    tuple(DocumentPart(part.name, part.title, partial(_blocks, part)) for part in _PARTS),
    one_page=True,
)
"""The overview on one A4."""
