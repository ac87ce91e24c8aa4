"""What became of rows as a year was turned, or a plan replaced: the from-to table in documents, and lineage."""

from collections import Counter
from collections.abc import Iterator, Sequence

from spp_desktop.documents.blocks import DocumentBlock, DocumentHeading, DocumentTable, Paragraph
from spp_desktop.documents.inline import line
from spp_desktop.edits.documents.kinds import DocumentKind, DocumentPart
from spp_desktop.edits.documents.plan_read import DocumentPlan
from spp_desktop.edits.documents.reports.shared_parts import ConfinedPlan
from spp_desktop.edits.documents.reports.tables import Head, report_table
from spp_desktop.edits.turning.lineage import LineageRow, lineages
from spp_desktop.plan.delivery import Activity
from spp_desktop.plan.periods import year_name
from spp_desktop.plan.words import capital, listed
from spp_desktop.store.naming import word_of
from spp_desktop.store.turned import FATES, FromToRow, from_to

TITLE = "From-to table"
NONE = "Nothing is said yet of what became of rows."
_HEADS = (Head("From", 4), Head("What became of it", 1.1), Head("To", 4), Head("Why", 3))
_MEASURED = (*_HEADS, Head("Baseline", 1.2), Head("Next target", 1.2))


def from_to_tables(plan: DocumentPlan, level: int = 1) -> Iterator[DocumentBlock]:
    """What became of rows, a table for each year that was left and each kind of row; nothing where nothing is done.

    They stand below a heading of a level; below none, where that is 0.
    """
    rows = plan.read(from_to, done=True)
    if rows and level:
        yield DocumentHeading(line(TITLE), level, key="from-to", new_page=True)
    for year in sorted({row.year for row in rows}, reverse=True):
        of_year = [row for row in rows if row.year == year]
        yield DocumentHeading(line(f"Left in {year_name(year)}"), level + 1, key=f"from-to-{year}")
        yield Paragraph(line(_counted(of_year)))
        for table in dict.fromkeys(row.table for row in of_year):
            yield _table(year, table, [row for row in of_year if row.table == table])


def _counted(rows: Sequence[FromToRow]) -> str:
    """How many rows became what, in a sentence."""
    counts = Counter(row.fate for row in rows)
    told = (f"{counts[fate]:,} {words.title.lower()}" for fate, words in FATES.items() if counts[fate])
    return f"Of {len(rows):,} rows: {listed(told)}."


def _table(year: int, table: str, rows: Sequence[FromToRow]) -> DocumentTable:
    measured = any(row.target or row.baseline for row in rows)
    cells = (
        (
            row.called, FATES[row.fate].title, row.becomes, row.reason,
            *((row.baseline, row.target) if measured else ()),
        )
        for row in rows
    )  # fmt: skip
    caption = f"{capital(word_of(table).plural)} of {year_name(year)}: what became of them"
    return report_table(caption, _MEASURED if measured else _HEADS, cells, across=True, key=f"from-to-{year}-{table}")


# The document


def _heading(plan: DocumentPlan) -> tuple[str, str]:
    return TITLE, plan.plan.title


def _all(plan: DocumentPlan) -> Iterator[DocumentBlock]:
    blocks = list(from_to_tables(plan, 0))
    yield from blocks or [Paragraph(line(NONE))]


FROM_TO = DocumentKind(
    "from-to",
    "From-to table",
    "What became of each row of a year that was left, or of a plan that was replaced: kept, changed, split, and why.",
    _heading,
    (DocumentPart("from-to", "From-to table", _all),),
)
"""What became of each row."""


# Lineage in reports


def carried_words(row: LineageRow) -> str:
    """What a row came from, in words: "carried forward from 3.04 of 2008-2009: it was not finished"."""
    verbs = {"changed": "changed from", "split": "split from", "merged": "merged from"}
    verb = verbs.get(row.fate or "", "carried forward from")
    of = f" of {year_name(row.row.year)}" if row.row.year is not None else ""
    why = f": {row.reason}" if row.reason else ""
    return f"{verb} {row.row.ref or row.row.text}{of}{why}"


def carried(reading: ConfinedPlan) -> Iterator[DocumentBlock]:
    """Which of its activities of the year were carried forward, from what and why; nothing where none was."""
    own = {each.row.key: each.row for each in reading.own_activities}
    known = {key: each for key, each in reading.plan.read(lineages, own.keys()).items() if each.before}
    if not known:
        return
    yield DocumentHeading(line("Carried forward"))
    heads = (Head("Ref", 0.6), Head(capital(Activity.word.singular), 3), Head("Came from", 4))
    rows = [
        (row.ref, row.text, "\n".join(capital(carried_words(each)) for each in reversed(known[key].before)))
        for key, row in own.items()
        if key in known
    ]
    yield report_table("What was carried forward, from what, and why", heads, rows)
