"""A return as plain rows of texts, to be shown on a screen before it goes out."""

from dataclasses import dataclass

from spp_desktop.returns.definition import Content, Return
from spp_desktop.returns.values import shown


@dataclass(frozen=True)
class Heading:
    """A column's heading, and whether the column is filled in by whoever has the file."""

    title: str
    is_open: bool


@dataclass(frozen=True)
class Table:
    """One of a return's tables as a person reads it."""

    title: str
    headings: tuple[Heading, ...]
    rows: tuple[tuple[str, ...], ...]


def preview(definition: Return, content: Content) -> list[Table]:
    """What each table of a workbook will say. The empty rows of a blank form are rows of empty texts."""
    found = []
    for listing, lines in zip(definition.listings, content.tables, strict=True):
        columns = listing.columns_for(content.plan.years)
        empty = 0 if listing.only_tells else content.blank or listing.spare
        headings = tuple(
            Heading(column.title, column.editable or bool(empty and content.blank and not column.computed))
            for column in columns
        )
        rows = tuple(tuple(shown(column, line.values.get(column.field)) for column in columns) for line in lines)
        found.append(Table(listing.title, headings, rows + (("",) * len(columns),) * empty))
    return found
