"""The columns of a table as their beginning is seen: what heads each, and what stands in it."""

from collections.abc import Callable
from functools import cached_property

from spp_desktop.returns.headings import named
from spp_desktop.returns.known_terms import HeadingSort, heading_sort
from spp_desktop.returns.period_text import SeenPeriods, seen
from spp_desktop.returns.sheet_tables import SheetTable, cell_sort


class TableColumn:
    """One column of a table.

    Attributes:
        place: Where it is, counted from 0.
        name: By what a mapping knows it.
        heading: Its heading as it stands.
    """

    def __init__(self, place: int, name: str, table: SheetTable) -> None:
        self.place, self.name = place, name
        self.heading = table.headings[place]
        self._table = table

    @cached_property
    def sort(self) -> HeadingSort | None:
        """What its heading is known as."""
        return heading_sort(self.heading)

    @cached_property
    def texts(self) -> list[str]:
        """What stands in it, without blanks."""
        return self._table.column(self.place)

    @cached_property
    def words(self) -> list[str]:
        """Its cells that are words."""
        return [text for text in self.texts if cell_sort(text) == "text"]

    @cached_property
    def has_figures(self) -> bool:
        """Whether most of its cells are figures."""
        return sum(cell_sort(text) in ("figure", "when") for text in self.texts) * 2 > len(self.texts)

    @cached_property
    def periods(self) -> SeenPeriods:
        """Its cells as periods."""
        return seen(self.texts)

    def known(self, is_name: Callable[[str], object]) -> int:
        """How many different texts of it are such names."""
        return sum(bool(is_name(text)) for text in set(self.texts))


def columns_of(table: SheetTable) -> list[TableColumn]:
    """The columns of a table that have a heading or hold anything."""
    every = [TableColumn(place, name, table) for place, name in enumerate(named(table.headings))]
    return [column for column in every if column.heading.strip() or column.texts]
