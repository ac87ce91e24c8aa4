"""National priorities and agreements against the plan, as its document prints them: what serves each, and the gaps."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from spp_desktop.documents.blocks import (
    DocumentBlock,
    DocumentColumn,
    DocumentHeading,
    DocumentTable,
    Paragraph,
    TableGroup,
)
from spp_desktop.documents.inline import line
from spp_desktop.edits.documents.plan_read import DocumentPlan
from spp_desktop.plan.spoken import in_words_of_plan
from spp_desktop.plan.words import capital, listed
from spp_desktop.store.national import Against, MatrixRow, NationalMatrix
from spp_desktop.store.national import matrix as read_matrix

TITLE = "National priorities and agreements, and what of this plan serves them"
NOTHING = "Nothing"


def national_priorities(plan: DocumentPlan) -> Iterator[DocumentBlock]:
    """A table of the items, each with the priorities and indicators that serve it; nothing where the plan has none."""
    sides: tuple[Against, Against] = ("priorities", "indicators")
    by_priorities, by_indicators = (plan.read(read_matrix, side) for side in sides)
    if not by_priorities.rows:
        return
    yield DocumentHeading(line(TITLE), key="national", new_page=True)
    yield _table(by_priorities, by_indicators)
    if by_priorities.for_none:
        names = listed(f"{column.ref} {column.title}" for column in by_priorities.for_none)
        serve = "serves" if len(by_priorities.for_none) == 1 else "serve"
        yield Paragraph(line(f"{names} {serve} none of them."))


def _table(by_priorities: NationalMatrix, by_indicators: NationalMatrix) -> DocumentTable:
    """The items in groups, one for each framework."""
    heads = (
        ("Ref", 0.8), ("National priority or agreement", 3.2), (in_words_of_plan("Our priorities"), 2.6),
        ("Our indicators", 1.6), ("Source", 2.4),
    )  # fmt: skip
    measured = {row.key: _named(row.served_by, by_indicators, titled=False) for row in by_indicators.rows}
    groups = []
    for framework, several in groupby(by_priorities.rows, lambda row: row.framework):
        rows = list(several)
        cells = tuple(tuple(map(line, _cells(row, by_priorities, measured[row.key]))) for row in rows)
        groups.append(TableGroup(cells, line(framework), tuple(row.key for row in rows)))
    columns = tuple(DocumentColumn(line(head), share) for head, share in heads)
    return DocumentTable(line(TITLE), columns, tuple(groups), key="national-priorities")


def _cells(row: MatrixRow, matrix: NationalMatrix, indicators: str) -> Sequence[str]:
    """The cells of an item."""
    return (
        row.code,
        f"{row.title} Target: {row.target}" if row.target else row.title,
        _named(row.served_by, matrix, titled=True) or (NOTHING if row.gap else ""),
        indicators,
        row.source if row.is_read else f"{capital(row.doubt)}. {row.source}",
    )


def _named(keys: frozenset[str], matrix: NationalMatrix, *, titled: bool) -> str:
    """The rows of the plan that serve an item, by their references, and by their titles where there is room."""
    named = [column for column in matrix.columns if column.key in keys]
    return "; ".join(f"{column.ref} {column.title}" if titled else column.ref for column in named)
