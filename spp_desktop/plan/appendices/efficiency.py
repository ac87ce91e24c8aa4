"""Appendix A, the business improvement and efficiency plan: what is to be gained, by business group and by year.

To 2010-11 forces were to make cumulative, compounded, net cashable gains worth 9.3% of the gross revenue expenditure of
2007-08 (a report to Hampshire Police Authority of 5 February 2008, and one to the Metropolitan Police Authority of
18 June 2009); 1.03 cubed is 1.0927.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, String

from spp_desktop.plan.appendices.shared_columns import (
    ENDED,
    AppendixState,
    linked_column,
    needed_words,
    post_column,
    ref_column,
    words_column,
)
from spp_desktop.plan.kinds import Money, Year
from spp_desktop.plan.markings import marking_column
from spp_desktop.plan.periods import FIRST_YEAR_OF_ALL, LAST_YEAR_OF_ALL
from spp_desktop.plan.register import (
    Computed,
    KnownRows,
    Page,
    Register,
    Returned,
    Shown,
    Worked,
    Yearly,
    of_year,
)
from spp_desktop.plan.rows import Placed, Row
from spp_desktop.plan.words import Word

NATIONAL_PERCENT = 9.3
"""What is to be gained by the end of 2010-11, in per cent of the gross revenue expenditure of 2007-08."""


class BusinessGroup(Placed, table=True):
    """A part of the force under which its efficiency gains are listed."""

    word = Word("business group", "business groups")
    called_by = ("title",)

    __tablename__ = "business_group"

    title: str = Field(title="business group", min_length=1, max_length=200, unique=True)


class EfficiencyTarget(Placed, table=True):
    """What is to be gained by a year's end, as a share of what was spent in an earlier year."""

    word = Word("efficiency target", "efficiency targets")
    called_by = ("base_year",)

    __tablename__ = "efficiency_target"

    base_year: Annotated[int, Year()] = Field(
        title="year of the expenditure", ge=FIRST_YEAR_OF_ALL, le=LAST_YEAR_OF_ALL, unique=True
    )
    expenditure: Annotated[float, Money()] = Field(title="gross revenue expenditure", gt=0)
    share: float = Field(default=NATIONAL_PERCENT, title="to be gained, in per cent of it", gt=0, le=100)
    year: int = Field(title="by the end of", ge=FIRST_YEAR_OF_ALL, le=LAST_YEAR_OF_ALL)
    source: str = Field(default="", title="source", max_length=500)


class EfficiencyGain(Placed, table=True):
    """A line of the efficiency plan. The amounts of each year stand in ``EfficiencyYear``."""

    word = Word("efficiency gain", "efficiency gains")
    called_by = ("ref", "text")

    __tablename__ = "efficiency_gain"

    ref: str = ref_column()
    group_id: str | None = linked_column("business group", "business_group")
    text: str = needed_words("gain")
    kind: Literal["Cashable", "Not cashable"] = Field(default="Cashable", title="kind", sa_type=String)
    recurring: bool = Field(default=True, title="recurring")
    cost: Annotated[float | None, Money()] = Field(default=None, title="one-off cost", ge=0)
    carried: Annotated[float | None, Money()] = Field(default=None, title="carried forward")
    area_id: str | None = linked_column("area supported", "inspection_area")
    owner_id: str | None = post_column()
    state: AppendixState = Field(default="Not started", title="state", sa_type=String)
    note: str = words_column("note")
    marking_id: str | None = marking_column()


class EfficiencyYear(Row, table=True):
    """What an efficiency gain is worth in one financial year, in pounds: planned, forecast and made."""

    word = Word("year of a gain", "years of gains")
    part_of = "gain_id"
    planned_in = "year"

    __tablename__ = "efficiency_year"
    __table_args__ = (UniqueConstraint("gain_id", "year"),)

    gain_id: str = Field(title="efficiency gain", foreign_key="efficiency_gain.id", ondelete="CASCADE", index=True)
    year: int = Field(title="year", ge=FIRST_YEAR_OF_ALL, le=LAST_YEAR_OF_ALL)
    planned: Annotated[float | None, Money()] = Field(default=None, title="planned")
    forecast: Annotated[float | None, Money()] = Field(default=None, title="forecast")
    actual: Annotated[float | None, Money()] = Field(default=None, title="actual")


def _sum(name: str, title: str) -> Computed:
    """The column of what a gain comes to over all years."""

    def work_out(row: Mapping[str, Any], known: KnownRows) -> Worked:
        """The sum of one gain; blank where no year has an amount."""
        del known
        amounts = [
            value for column, value in row.items() if (of_year(column) or ("", 0))[0] == name and value is not None
        ]
        return Worked(Money().show(sum(amounts)), sum(amounts)) if amounts else Worked("")

    return Computed(
        f"{name}_sum",
        f"{title}, all years",
        work_out,
        "owner_id",
        width=108,
        shown=False,
        about="All years together.",
        numbers=True,
    )


YEARLY = Yearly(
    EfficiencyYear,
    (Shown("planned"), Shown("forecast", shown=False), Shown("actual")),
    after="state",
)

EFFICIENCY = Register(
    EfficiencyGain,
    "Efficiency plan",
    about="What is to be gained by working better, by business group: what is planned for each year, and made. The "
    "chart says what cashable gains come to by the end of each year, beside the efficiency target.",
    ref="ref",
    text="text",
    owner="owner_id",
    group="group_id",
    finished=ENDED,
    columns=(
        Shown("ref", 48, about="The gain's reference."),
        Shown("text", 260, about="What is done otherwise, and what that saves."),
        Shown("group_id", 150, shown=False, about="The part of the force that makes the gain."),
        Shown("kind", 96, about="Cashable: the money can be taken out and used elsewhere."),
        Shown("recurring", 72, shown=False, about="Whether the gain is made again in each later year."),
        Shown("cost", 92, shown=False, about="What it costs once to make the gain."),
        Shown("carried", 92, shown=False, about="What earlier years made beyond their target, and is carried forward."),
        Shown("area_id", 150, shown=False, about="The area of inspection that the gain supports."),
        Shown("owner_id", 128, about="The post that answers for the gain."),
        Shown("state", 84, about="How it stands."),
        Shown("note", 180, shown=False, about="What else is to be said of it."),
    ),
    computed=(_sum("planned", "Planned"), _sum("actual", "Actual")),
    yearly=YEARLY,
    totals=YEARLY.names,
    log=True,
    links=("priority", "theme", "commitment", "activity", "milestone", "indicator"),
    page=Page("&Efficiency plan", "Appendices", letter="A"),
    returned=Returned("status", ("forecast", "actual", "state", "note")),
)

BUSINESS_GROUPS = Register(
    BusinessGroup, "Business groups", (Shown("title"),), about="The parts of the force that make efficiency gains."
)

EFFICIENCY_TARGETS = Register(
    EfficiencyTarget,
    "Efficiency targets",
    (
        Shown("base_year", about="The year in which that was spent of which a share is to be gained."),
        Shown("expenditure", about="What was spent in that year, in pounds."),
        Shown("share", about="What is to be gained, in per cent of it."),
        Shown("year", about="The year by whose end it is to be gained."),
        Shown("source", about="Where that is said."),
    ),
    about="What is to be gained, as a share of what was spent in an earlier year. Nationally it was 9.3% of 2007-2008 "
    "by the end of 2010-2011.",
    named_by=("base_year",),
)
