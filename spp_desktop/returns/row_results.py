"""The results of an extract's rows: the figures of each with the marks behind them, its period, and what is amiss."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from spp_desktop.plan.results import NO_FIGURE
from spp_desktop.returns.blocks import BlockCell
from spp_desktop.returns.column_mapping import FIGURE_ROLES, ColumnMapping, FigureColumns, Role
from spp_desktop.returns.row_cells import Absent, Known, Marked, Unread, figures
from spp_desktop.returns.row_periods import DaySpan, RowPeriods

FIGURES: tuple[Role, ...] = (*FIGURE_ROLES, "design_effect")
"""The figures of a result, in the order in which they are kept."""

NO_FIGURES = (None,) * len(FIGURE_ROLES)
POSITIVE: Mapping[Role, str] = {
    "denominator": "What it is counted of",
    "sample_size": "The number of answers",
    "design_effect": "The design effect",
}
"""Figures that must be above 0, and what they are called in a sentence."""

_SCALED: frozenset[Role] = frozenset({"value", "numerator", "denominator"})
_SHARES = 100.0


class RowResult:
    """One result of each row: its columns, how their cells are read, and its periods.

    Args:
        of: The columns that hold it.
        mapping: What the columns of the extract hold.
        columns: All columns, counted from 1, by what they hold.
        at: The place of each column in a block.
        first_year: The first year of the plan.

    Attributes:
        places: The columns of its figures, and of what stands beside those of every result.
        place: The column by which it is found in the file.
        counts_rows: Whether no column holds a figure, and each row counts one.
        spans_by_row: Whether rows say its period.
    """

    def __init__(
        self,
        of: FigureColumns,
        mapping: ColumnMapping,
        columns: Mapping[Role, int],
        at: Mapping[int, int],
        first_year: int,
    ) -> None:
        self.of, self._at = of, at
        beside: dict[Role, int] = {role: place for role, place in columns.items() if role == "design_effect"}
        self.places: dict[Role, int] = {**of.columns, **beside}
        self.place = next((of.columns[role] for role in FIGURES if role in of.columns), 0)
        self.state_place = self.place if of.period is not None else columns.get("state", self.place)
        self.counts_rows = not of.columns
        self._numbers = {
            role: Known(figures(place, mapping.times if _is_scaled(role, mapping.times) else 1.0))
            for role, place in self.places.items()
        }
        self._periods = RowPeriods(columns, of, mapping.period, first_year)
        self.spans_by_row = self._periods.always is None

    def read(self, cells: list[list[BlockCell]], count: int) -> "BlockResults":
        """The figures and periods of each row of a block."""
        columns: list[list[Any]] = []
        for role in FIGURES:
            if role in self.places:
                column = cells[self._at[self.places[role]]]
                columns.append(list(map(self._numbers[role].__getitem__, column)))
            else:
                columns.append([1.0 if self.counts_rows and role == "value" else None] * count)
        own = [cells[self._at[place]] for place in self.of.columns.values()]
        return BlockResults(self, columns, self._periods.read(cells, self._at, count), own)


class BlockResults(NamedTuple):
    """What the rows of a block say of one of their results: figures by role, periods, and its cells as they stand."""

    result: RowResult
    figures: list[list[Any]]
    spans: list[DaySpan | Unread]
    cells: list[list[BlockCell]]

    def of_row(self, n: int) -> "RowFigures":
        """What one row says."""
        return RowFigures(
            self.result,
            tuple([column[n] for column in self.figures]),
            self.spans[n],
            [column[n] for column in self.cells],
        )


class RowFigures(NamedTuple):
    """What one row says of one of its results: its figures as they are read, its period, its cells as they stand."""

    result: RowResult
    figures: tuple[Any, ...]
    span: DaySpan | Unread
    cells: list[BlockCell]

    @property
    def blank(self) -> bool:
        """Whether there is nothing."""
        return self.figures[:-1] == NO_FIGURES

    @property
    def absence(self) -> Absent | None:
        """The sign that stands in place of its figure, or of a part of it; that of the answers to a survey is none."""
        return next((figure for figure in self.figures[:_OF_FIGURE] if type(figure) is Absent), None)

    @property
    def values(self) -> tuple[float | None, ...]:
        """The figures as numbers."""
        return tuple([
            figure.value if type(figure) is Marked else None if type(figure) is Absent else figure
            for figure in self.figures
        ])  # fmt: skip

    @property
    def state(self) -> str | None:
        """The state that a mark behind a figure gives."""
        return next((figure.state for figure in self.figures if type(figure) is Marked), None)

    def wrong(self, state: str) -> Unread | None:
        """Why it cannot be read, in a row of this state; ``None`` if it can."""
        unread = next((figure for figure in self.figures if isinstance(figure, Unread)), None)
        if unread is not None:
            return unread
        value, above, below, *_ = self.values
        places = self.result.places
        if "numerator" in places and "denominator" in places and (above is None) != (below is None):
            blank: Role = "denominator" if below is None else "numerator"
            return Unread(places[blank], "Only half of the result is there: the other half is blank.")
        for role, figure in zip(FIGURES, self.values, strict=True):
            if role in POSITIVE and figure is not None and figure <= 0:
                return Unread(places[role], f"{POSITIVE[role]} must be above 0.")
        if state in NO_FIGURE and any(figure is not None for figure in (value, above, below)):
            return Unread(self.result.state_place, f"A result that is {state} has no figure.")
        return None


_OF_FIGURE = 3
"""Of a result's figures so many, the first, make it what it is."""


def _is_scaled(role: Role, times: float) -> bool:
    """Whether figures of a column are multiplied: shares of one are results, and not what they are made of."""
    return role == "value" if times == _SHARES else role in _SCALED
