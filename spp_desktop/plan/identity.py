"""The plan itself, and the narrative sections that stand around its tables."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Protocol

from sqlmodel import Field, SQLModel

from spp_desktop.plan.kinds.choices import Choice
from spp_desktop.plan.kinds.days import months_from_april
from spp_desktop.plan.markings import marking_column
from spp_desktop.plan.periods import (
    APRIL,
    FIRST_YEAR_OF_ALL,
    LAST_YEAR_OF_ALL,
    MOST_YEARS,
    PLAN_LENGTH,
    first_month,
    year_end,
    years_name,
)
from spp_desktop.plan.rows import Placed, Row, at_first
from spp_desktop.plan.words import Word


class Plan(Row, table=True):
    """The one row that says which plan this is.

    ``first_year`` is the calendar year in which the first year begins. ``marking`` is a title of the plan's list of
    protective markings: what leaves the plan bears it, or a higher one that is inside. ``illustrative`` is empty, or
    says in a sentence what in this plan is made up; it is then shown on screen and printed in every file made from the
    plan. ``as_at`` is empty, or the day by which a plan that is not worked on any more is to be read. ``first_month``
    is the month in which its years begin: 4 for April, 1 for calendar years. ``kept_from`` is the first of the years
    that have passed and stay in the file; it is empty as long as no year was turned.
    """

    word = Word("plan", "plans")
    called_by = ("title",)
    decided_together = (
        ("first_year", "years", "first_month", "kept_from"),
        ("title", "force"),
    )

    title: str = Field(title="title", min_length=1, max_length=300)
    force: str = Field(default="", title="force", max_length=200)
    first_year: int = Field(title="first year", ge=FIRST_YEAR_OF_ALL, le=LAST_YEAR_OF_ALL)
    years: int = Field(default=PLAN_LENGTH, title="number of years", ge=1, le=MOST_YEARS)
    first_month: Annotated[int, Choice(listed=months_from_april)] = Field(
        default=APRIL, title="first month of a year", ge=1, le=12, sa_column_kwargs=at_first(APRIL)
    )
    marking: str = Field(default="", title="marking", max_length=60)
    illustrative: str = Field(default="", title="illustrative note", max_length=500)
    source: str = Field(default="", title="source", max_length=500)
    as_at: date | None = Field(default=None, title="shown as at")
    kept_from: int | None = Field(default=None, title="first year kept", ge=FIRST_YEAR_OF_ALL, le=LAST_YEAR_OF_ALL)

    def today(self) -> date:
        """The day that late and early are judged by: the day the plan is shown as at, or the real one."""
        return self.as_at or date.today()


class TargetOver(Protocol):
    """A target over the plan, that says over which years where these are not the plan's own."""

    @property
    def over_first(self) -> int | None: ...  # noqa: D102 - Target says it
    @property
    def over_years(self) -> int | None: ...  # noqa: D102 - Target says it


class Section(Placed, table=True):
    """A narrative section as printed: its number, its heading and its text, paragraphs parted by blank lines."""

    word = Word("section", "sections")
    called_by = ("title",)

    number: str = Field(default="", title="number", max_length=10)
    title: str = Field(title="heading", min_length=1, max_length=300)
    body: str = Field(default="", title="text")
    marking_id: str | None = marking_column()


def years_of(plan: SQLModel) -> list[int]:
    """The first calendar years of the plan's years."""
    assert isinstance(plan, Plan)
    return list(range(plan.first_year, plan.first_year + plan.years))


def years_kept(plan: SQLModel) -> list[int]:
    """The first calendar years of all years that stand in the file: those that have passed, and the plan's own."""
    assert isinstance(plan, Plan)
    return list(range(min(plan.kept_from or plan.first_year, plan.first_year), plan.first_year + plan.years))


def years_passed(plan: SQLModel) -> list[int]:
    """The first calendar years of the years that have passed and stay in the file."""
    assert isinstance(plan, Plan)
    return [year for year in years_kept(plan) if year < plan.first_year]


def plan_years_in(plan: SQLModel, year: int) -> list[int]:
    """The years of the plan as it was in a year: in one that has passed, those of the plan that began with it.

    A plan of 2009-2012 in which 2008 has passed had the years 2008 to 2010 then: it moves on by one year at a time and
    keeps its length. In its own years, and in any other that is not kept, they are its own.
    """
    assert isinstance(plan, Plan)
    first = year if year in years_passed(plan) else plan.first_year
    return list(range(first, first + plan.years))


def over_years(plan: SQLModel, first: int | None, years: int | None) -> list[int]:
    """The years that a target over the plan is over: its own where it names them, else those of the plan."""
    assert isinstance(plan, Plan)
    return years_of(plan) if first is None else list(range(first, first + (years or plan.years)))


def over_named(target: TargetOver, shown: Sequence[int], usual: Sequence[int] = ()) -> str:
    """The years that a target over the plan is over, "2008-2011", where they are not those shown.

    Args:
        target: The target.
        shown: The years that are shown beside it, by their first calendar years.
        usual: The plan's own years, where those that are shown are others.
    """
    first, years = target.over_first, target.over_years
    own = list(usual or shown) if first is None else list(range(first, first + (years or len(shown))))
    return "" if own == list(shown) else years_name(own[0], len(own), first_month())


def day_in(plan: SQLModel, year: int) -> date:
    """The day by which a year is judged: the last one of a year that has passed, and today in the plan's own years."""
    assert isinstance(plan, Plan)
    return min(plan.today(), year_end(year)) if year in years_passed(plan) else plan.today()


def goes_on(last_year: int | None, year: int) -> bool:
    """Whether what has a last year, such as a priority or an indicator, still stands in a year."""
    return last_year is None or year <= last_year


def nearest_year(plan: Plan, year: int) -> int:
    """The year in the file that is nearest to a year: the plan's last one where it is over, the first before it begins.

    Years are first calendar years.
    """
    kept = years_kept(plan)
    return min(max(year, kept[0]), kept[-1])


def period_name(plan: Plan) -> str:
    """The whole period: "2008-2011"; of calendar years "2009-2011"."""
    return years_name(plan.first_year, plan.years, plan.first_month)
