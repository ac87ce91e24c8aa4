"""How many people or households a rate is counted by: what the list Populations says for an area and a year."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import Connection, select
from sqlmodel import SQLModel

from spp_desktop.plan.periods import year_of
from spp_desktop.plan.results import AreaPopulation
from spp_desktop.store import measured

Counted = tuple[str, str]
"""What is counted ("people" or "households"), and the key of an area, "" for the force."""


class PopulationNumbers:
    """The populations of all areas and years.

    Args:
        numbers: By what is counted and area, the financial years (by their first calendar year) and their numbers, in
            the order of the years.
    """

    def __init__(self, numbers: Mapping[Counted, Sequence[tuple[int, float]]]) -> None:
        self._numbers = numbers

    @classmethod
    def read(cls, connection: Connection) -> "PopulationNumbers":
        """All that the plan has."""
        table = SQLModel.metadata.tables[str(AreaPopulation.__tablename__)]
        numbers: dict[Counted, list[tuple[int, float]]] = defaultdict(list)
        for row in connection.execute(select(table).order_by(table.c.year)):
            numbers[row.counted, row.area_id or measured.FORCE].append((row.year, row.number))
        return cls(numbers)

    def number(self, counted: str, area: str, day: date) -> float | None:
        """How many there are in an area in the year of a day, or in the latest year before it that is known."""
        years = self._numbers.get((counted, area), ())
        place = bisect_right(years, (year_of(day), float("inf")))
        return years[place - 1][1] if place else None


NOBODY = PopulationNumbers({})
