"""The performance plan as the plan's document prints it: a table for each group, with the targets of each year."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from spp_desktop.documents.blocks import DocumentBlock, DocumentColumn, DocumentTable, Paragraph, TableGroup
from spp_desktop.documents.inline import Line, NoteMark, line
from spp_desktop.edits.documents.lacks import NO_TARGET
from spp_desktop.edits.documents.plan.sections import PlanSections
from spp_desktop.edits.documents.plan_read import DocumentPlan
from spp_desktop.edits.documents.reports.changed_targets import changed_targets
from spp_desktop.figures.judging import cells
from spp_desktop.figures.targets.stated import STAR
from spp_desktop.plan.identity import goes_on, over_named, years_of, years_passed
from spp_desktop.plan.performance import Indicator
from spp_desktop.plan.periods import year_name
from spp_desktop.plan.rows import title_of
from spp_desktop.plan.words import capital
from spp_desktop.store import queries
from spp_desktop.store.indicator_rows import IndicatorRow

TITLE = "Performance plan"


def performance(plan: DocumentPlan) -> Iterator[DocumentBlock]:
    """What is measured, and what is aimed at in each year and over the whole plan, as it was stated."""
    first = plan.plan.first_year
    indicators = [row for row in plan.read(queries.indicators) if goes_on(row.last_year, first)]
    sections = plan.reading(PlanSections)
    begin, rest = sections.begin("performance", TITLE)
    if not indicators and not sections.number("performance"):
        return
    yield from begin
    for number, (group, rows) in enumerate(groupby(indicators, lambda row: row.group), 1):
        yield _table(plan, sections, f"performance-{number}", group, list(rows))
    starred = [row for row in indicators if row.local_priority]
    if starred:
        yield Paragraph((*line(f"{STAR} "), *_of_star(sections, starred)))
    yield from changed_targets(plan, level=2)
    yield from rest


def _table(
    plan: DocumentPlan, sections: PlanSections, key: str, group: str, rows: Sequence[IndicatorRow]
) -> DocumentTable:
    years = _years(plan, rows)
    columns = (
        DocumentColumn(line(capital(title_of(Indicator, "title"))), share=4),
        *(DocumentColumn(line(_heading(plan, year, years)), share=1.3, align="number") for year in years),
    )
    groups = tuple(
        TableGroup(
            tuple(_row(plan, sections, row, years) for row in own), line(subgroup), tuple(row.key for row in own)
        )
        for subgroup, own in ((title, list(own)) for title, own in groupby(rows, lambda row: row.subgroup))
    )
    return DocumentTable(line(group), columns, groups, key=key)


def _years(plan: DocumentPlan, rows: Sequence[IndicatorRow]) -> list[int | None]:
    """The years for which anything of a group is aimed at, ``None`` for the whole plan; if nothing is, its years.

    Those that have passed stood in the plans of then.
    """
    passed = years_passed(plan.plan)
    aimed = {year for row in rows for year in row.targets if year not in passed}
    years: list[int | None] = [*sorted(year for year in aimed if year is not None)]
    return [*years, *([None] if None in aimed else [])] or [*years_of(plan.plan)]


def _heading(plan: DocumentPlan, year: int | None, years: Sequence[int | None]) -> str:
    if year is None:
        return f"{plan.plan.years} Year Target"
    if len(years) == 1:
        return f"Targets {year_name(year)}"
    return year_name(year) if year in years_of(plan.plan) else f"{year_name(year)}, outside the plan"


def _row(
    plan: DocumentPlan, sections: PlanSections, row: IndicatorRow, years: Sequence[int | None]
) -> tuple[Line, ...]:
    marks = sections.notes.marks(row.key, numbered=row.local_priority)
    return ((*line(row.title), *marks), *(_cell(plan, row, year) for year in years))


def _cell(plan: DocumentPlan, row: IndicatorRow, year: int | None) -> Line:
    """A target as it was stated, with the mark of what is said of it."""
    target = row.targets.get(year)
    if target is None:
        return line(NO_TARGET)
    over = over_named(target, years_of(plan.plan)) if year is None else ""
    words = line(cells.stated(row.targets, year, starred=row.local_priority) + f" ({over})" * bool(over))
    if not target.explanation:
        return words
    plan.notes[target.key] = line(target.explanation)
    return (*words, NoteMark(target.key))


def _of_star(sections: PlanSections, starred: Sequence[IndicatorRow]) -> Line:
    """What the star means: the note without a number at the indicators that have it, else what the column is called."""
    for row in starred:
        numbered = sections.notes.at(row.key, numbered=True)
        for note in sections.notes.at(row.key):
            if note not in numbered:
                return sections.notes.text(note)
    return line(capital(title_of(Indicator, "local_priority")))
