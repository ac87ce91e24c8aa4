"""The plan itself, and the narrative sections that stand around its tables."""

from datetime import date
from typing import Annotated

from sqlmodel import Field, SQLModel

from spp_desktop.plan.kinds.choices import Choice
from spp_desktop.plan.kinds.days import months_from_april
from spp_desktop.plan.markings import marking_column
from spp_desktop.plan.periods import APRIL, FIRST_YEAR_OF_ALL, LAST_YEAR_OF_ALL, MOST_YEARS, PLAN_LENGTH, years_name
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


def nearest_year(plan: Plan, year: int) -> int:
    """The year of the plan that is nearest to a year: its last one where the plan is over, its first before it begins.

    Years are first calendar years.
    """
    return min(max(year, plan.first_year), plan.first_year + plan.years - 1)


def period_name(plan: Plan) -> str:
    """The whole period: "2008-2011"; of calendar years "2009-2011"."""
    return years_name(plan.first_year, plan.years, plan.first_month)
