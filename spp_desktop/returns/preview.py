"""A return as plain rows of texts, to be shown on a screen before it goes out."""

from dataclasses import dataclass

from spp_desktop.returns.definition import Content, Return, without_empty
from spp_desktop.returns.values import shown


@dataclass(frozen=True)
class Heading:
    """A column's heading, its width in characters, and whether it is filled in by whoever has the file."""

    title: str
    width: int
    is_open: bool


@dataclass(frozen=True)
class PreviewTable:
    """One of a return's tables as a person reads it. ``listed`` of its rows are the plan's, those behind are empty."""

    title: str
    headings: tuple[Heading, ...]
    rows: tuple[tuple[str, ...], ...]
    listed: int


def preview(definition: Return, content: Content) -> list[PreviewTable]:
    """What each table of a workbook will say. The empty rows of a blank form are rows of empty texts."""
    tables = []
    definition, content = without_empty(definition, content)
    for listing, listed in zip(definition.listings, content.tables, strict=True):
        columns = listing.columns_for(content.plan.years, content.plan.roles)
        empty = 0 if listing.only_tells else content.blank or listing.spare
        headings = tuple(
            Heading(
                column.title, column.width, column.editable or bool(empty and content.blank and not column.computed)
            )
            for column in columns
        )
        rows = tuple(tuple(shown(column, row.values.get(column.field)) for column in columns) for row in listed)
        tables.append(PreviewTable(listing.title, headings, rows + (("",) * len(columns),) * empty, len(rows)))
    return tables
