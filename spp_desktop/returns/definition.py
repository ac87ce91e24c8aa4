"""A return as data: which columns it has, what each holds, and who may fill it in.

One declaration gives the workbook that goes out, the reading of the one that comes back, and its help page.
To add a column to a return, add one line to its module in ``catalogue``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from spp_desktop.plan.periods import year_name

Kind = Literal["text", "long text", "date", "whole number", "percent", "choice", "choices", "yes/no", "target"]
"""What a column holds. "percent" is a whole number of per cent, 0 to 100. "choices" are several of a list, the
lead first, parted by semicolons. "target" is what a person states: "4%", "Benchmark & report of performance"."""

Source = Literal["activities", "indicators"]
"""Which rows of the plan a table lists."""

Value = str | int | bool | date | tuple[str, ...] | None
"""What a cell holds. Nothing is always ``None``, never an empty text."""


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes:
        field: the name by which the plan knows it; ``{year}`` stands for a year's first calendar year.
        title: its heading; ``{year}`` stands for the year's name, such as 2008-2009.
        width: in characters of the sheet's font.
        editable: whether whoever has the file fills it in. A change elsewhere is a request.
        choices: the name of the plan's list that it takes its values from (``PlanFacts.lists``).
        required: whether it may never be empty.
        each_year: whether it stands once for each year of the plan.
        help: what to write there, in a sentence.
    """

    field: str
    title: str
    kind: Kind = "text"
    width: int = 12
    editable: bool = False
    choices: str = ""
    required: bool = False
    each_year: bool = False
    help: str = ""


@dataclass(frozen=True)
class Listing:
    """A sheet that lists rows of the plan, one below another.

    ``ref`` and ``text`` name the fields by which a person tells one row from another.
    """

    title: str
    source: Source
    ref: str
    text: str
    columns: tuple[Column, ...]

    def columns_for(self, years: tuple[int, ...]) -> tuple[Column, ...]:
        """The columns for a plan of these years."""
        return tuple(
            _in_year(column, year) if year else column
            for column in self.columns
            for year in (years if column.each_year else (0,))
        )


def _in_year(column: Column, year: int) -> Column:
    return replace(
        column,
        field=column.field.format(year=year),
        title=column.title.format(year=year_name(year)),
        help=column.help.format(year=year_name(year)),
    )


@dataclass(frozen=True)
class Return:
    """A workbook that goes out and may come back.

    ``yearly`` returns hold one year's rows; ``by_owner`` says that one can be made for one post alone.
    """

    id: str
    title: str
    listing: Listing
    help: str
    yearly: bool = False
    by_owner: bool = False


@dataclass(frozen=True)
class PlanFacts:
    """What a workbook says of the plan that it comes from, and the lists that its cells are chosen from.

    ``years`` are first calendar years. ``lists`` are titles by the names that columns give in ``choices``.
    """

    key: str
    title: str
    years: tuple[int, ...]
    force: str = ""
    marking: str = ""
    illustrative: str = ""
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Identity:
    """Which export a workbook is: of which plan, at which revision, which return, for whom and which year.

    Read from a file it is only what the file says about itself; the plan's own record is believed over it.
    """

    plan: str
    export: str
    return_id: str
    revision: str
    owner: str = ""
    year: int | None = None
    plan_title: str = ""


@dataclass(frozen=True)
class Line:
    """One row of a table: the key of the plan's row, and its values by field."""

    key: str
    values: Mapping[str, Value]


@dataclass(frozen=True)
class Content:
    """All that one workbook holds."""

    plan: PlanFacts
    identity: Identity
    lines: tuple[Line, ...]

    @property
    def rows(self) -> int:
        """How many rows of the plan it lists."""
        return len(self.lines)
