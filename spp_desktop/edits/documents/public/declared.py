"""The document of a public edition: the plan's own parts, made of what was released, with its tables and figures."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from spp_desktop.documents.blocks import (
    Bullets,
    DocumentBlock,
    DocumentColumn,
    DocumentFigure,
    DocumentHeading,
    DocumentTable,
    Paragraph,
    TableGroup,
)
from spp_desktop.documents.charts.series import alternative, series_picture
from spp_desktop.documents.inline import Line, line
from spp_desktop.documents.page_runs import MOST_UPRIGHT
from spp_desktop.edits.documents.kinds import DocumentKind, DocumentPart
from spp_desktop.edits.documents.plan.contents import contents
from spp_desktop.edits.documents.plan.priorities import priorities
from spp_desktop.edits.documents.plan.sections import PlanSections, narrative
from spp_desktop.edits.documents.plan_read import DocumentPlan
from spp_desktop.edits.documents.public.released_tables import Released
from spp_desktop.edits.publishing.performance import RESULTS
from spp_desktop.figures.charts.series_chart import series_chart
from spp_desktop.figures.charts.series_parts import SeriesChart, Spot
from spp_desktop.figures.judging import cells
from spp_desktop.figures.judging.judged import Judged, scale_in
from spp_desktop.figures.rag.words import period_words
from spp_desktop.plan.priorities import Priority
from spp_desktop.plan.words import capital
from spp_desktop.returns.publication.publication import SHORTHAND, Publication
from spp_desktop.returns.publication.sheets import NOTES, AccessibleSheet, sheets_of, shown
from spp_desktop.store.judged import judged
from spp_desktop.store.public_view import COLOURS

WIDE_AT = 40
"""Characters from which a column of a table is a wide one."""
GROUPED: Mapping[str, Callable[[], tuple[str, ...]]] = {
    "Delivery_plan": lambda: ("Year", capital(Priority.word.singular)),
    "Milestones_table": lambda: ("Year", "Activity reference"),
}
"""Columns of tables that stand above their rows in a document, by the names of the tables in the workbook."""
SHORTHAND_OF_STATES = {"suppressed": "[c]", "not available": "[x]", "not applicable": "[z]"}
TITLE = "Public edition"


@dataclass(frozen=True)
class EditionContent:
    """What an edition is made of besides the plan as the public may see it.

    Attributes:
        publication: its tables.
        released: the columns that were released.
        told: what it says of itself: what is withheld, how small numbers are shown.
    """

    publication: Publication
    released: Released
    told: tuple[DocumentBlock, ...]


def public_document(content: EditionContent) -> DocumentKind:
    """The document of an edition."""

    def about(_plan: DocumentPlan) -> Iterator[DocumentBlock]:
        """What the edition holds, and what not."""
        yield DocumentHeading(line("About this edition"), key="about", new_page=True)
        yield from content.told

    def tables(_plan: DocumentPlan) -> Iterator[DocumentBlock]:
        """The tables, as the workbook has them; results are figures instead."""
        yield from _tables(content.publication)

    def figures(plan: DocumentPlan) -> Iterator[DocumentBlock]:
        """A figure of each indicator that has results."""
        yield from _figures(plan, with_colours=COLOURS in content.released)

    return DocumentKind(
        name="public",
        title=TITLE,
        about="What was released of the plan, and nothing else.",
        heading=lambda plan: (plan.plan.title, TITLE),
        parts=(
            DocumentPart("contents", "Table of contents", contents),
            DocumentPart("about", "About this edition", about),
            DocumentPart("front", "What stands before the sections", lambda plan: PlanSections(plan).printed("front")),
            DocumentPart("sections", "Narrative sections", narrative),
            DocumentPart("priorities", "Priorities", priorities),
            DocumentPart("tables", "Tables", tables),
            DocumentPart("results", "Results", figures),
        ),
        cover=True,
        inside=lambda _plan: (),
    )


def _tables(publication: Publication) -> Iterator[DocumentBlock]:
    own = replace(publication, tables=tuple(table for table in publication.tables if table.name != RESULTS))
    notes, data = _notes_and_data(own)
    if data:
        yield DocumentHeading(line("Tables"), key="tables", new_page=True)
    for sheet in data:
        yield DocumentHeading(line(sheet.name), level=2, key=f"table-of-{sheet.table}")
        for below in sheet.lines[2:]:
            if below.text != f"Protective marking: {publication.marking}":
                yield Paragraph(line(below.text))
        yield _table(sheet)
    if notes is not None and notes.rows:
        yield DocumentHeading(line("Notes to the tables"), level=2, key="notes-to-tables")
        yield Bullets(tuple(line(" ".join(map(shown, row))) for row in notes.rows))


def _notes_and_data(publication: Publication) -> tuple[AccessibleSheet | None, list[AccessibleSheet]]:
    sheets = sheets_of(publication)
    tables = publication.of_form("workbook")
    notes = next((sheet for sheet in sheets if sheet.name == NOTES), None)
    return notes, sheets[len(sheets) - len(tables) :]


def _table(sheet: AccessibleSheet) -> DocumentTable:
    """A sheet of the workbook as a table of the document: the same headings, the same words."""
    above = GROUPED[sheet.table]() if sheet.table in GROUPED else ()
    by = [at for at, column in enumerate(sheet.columns) if column.heading in above]
    places = [at for at in range(len(sheet.columns)) if at not in by]
    columns = tuple(
        DocumentColumn(
            line(column.heading), 4 if column.width > WIDE_AT else 1.2, "number" if column.side == "right" else "text"
        )
        for column in (sheet.columns[at] for at in places)
    )
    groups = tuple(
        TableGroup(tuple(tuple(line(shown(row[at])) for at in places) for row in rows), line(title))
        for title, rows in groupby(sheet.rows, lambda row: ", ".join(shown(row[at]) for at in by))
    )
    caption = line(sheet.lines[0].text)
    return DocumentTable(caption, columns, groups, key=sheet.table, across=len(columns) > MOST_UPRIGHT)


def _figures(plan: DocumentPlan, *, with_colours: bool) -> Iterator[DocumentBlock]:
    drawn = [(each, series_chart(each, plan.plan.illustrative)) for each in plan.read(judged, plan.today)]
    drawn = [(each, chart) for each, chart in drawn if chart.latest is not None]
    if drawn:
        yield DocumentHeading(line("Results"), key="results", new_page=True)
    for each, chart in drawn:
        indicator = each.series.indicator
        yield DocumentHeading(
            line(f"{indicator.ref} {indicator.title}".strip()), level=2, key=f"results-{indicator.key}"
        )
        told = chart if with_colours else replace(chart, answers=())
        for answer in told.answers:
            yield Paragraph(line(answer))
        caption = line(" ".join(chart.title.split()))
        words = " ".join(alternative(told).split())
        yield DocumentFigure(caption, series_picture(told), words, _numbers(each, chart))


def _numbers(each: Judged, chart: SeriesChart) -> DocumentTable:
    of_whom = any(spot.line for spot in chart.spots)
    columns = [DocumentColumn(line("Period"), 2), DocumentColumn(line("Result"), 1.5, "number")]
    if of_whom:
        columns.insert(1, DocumentColumn(line("Of whom"), 1.5))
    rows = tuple(_row(each, spot, of_whom=of_whom) for spot in chart.spots)
    name = each.series.indicator.ref or chart.name
    return DocumentTable(line(f"Numbers of {name}"), tuple(columns), (TableGroup(rows),))


def _row(each: Judged, spot: Spot, *, of_whom: bool) -> tuple[Line, ...]:
    words = SHORTHAND_OF_STATES.get(spot.state, "[x]")
    if spot.value is not None:
        words = cells.number(spot.value, each.series.indicator.unit, scale_in(each))
        words += f" ({spot.state})" if spot.state != "final" else ""
    period = line(period_words(spot.first, spot.last))
    return (period, line(spot.line), line(words)) if of_whom else (period, line(words))


def shorthand_told() -> Paragraph:
    """What the shorthand in square brackets means."""
    meanings = "; ".join(f"[{letter}] = {meaning}" for letter, meaning in SHORTHAND.items())
    return Paragraph(line(f"Shorthand: {meanings}."))
