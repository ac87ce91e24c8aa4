"""The performance plan: indicators, what is aimed at in each year and over the plan, and results."""

from datetime import date
from typing import Literal

from pydantic import FiniteFloat
from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, String

from spp_desktop.plan.identity import FIRST_YEAR_OF_ALL, LAST_YEAR_OF_ALL
from spp_desktop.plan.rows import Placed, Row

Polarity = Literal["lower", "higher", "neutral"]
"""Which way is better: fewer crimes is "lower", more detections is "higher"."""

TargetKind = Literal[
    "change on previous year", "change over plan", "level", "point change", "gap", "peer rank", "benchmark"
]
"""How a target is expressed (plan-and-returns 4.1): % change on the year before; % change over the whole plan;
a level; a change in percentage points; a gap to be narrowed; a rank or ratio among peers; benchmark and report,
which has no number."""

ResultState = Literal["provisional", "final", "revised"]


class IndicatorGroup(Placed, table=True):
    """A heading of the performance plan; a group may stand under another."""

    __tablename__ = "indicator_group"

    parent_id: str | None = Field(
        default=None, title="group above", foreign_key="indicator_group.id", ondelete="CASCADE", index=True
    )
    title: str = Field(title="group", min_length=1, max_length=200)


class Indicator(Placed, table=True):
    """What is measured.

    ``unit`` is what a result counts ("recorded crimes", "%"). ``population`` is whose answers or cases count
    ("whole community", "BME community"), empty for all. ``local_priority`` is the plan's star: to be included
    in the Assessments of Policing and Community Safety (APACS) as a local priority.
    """

    ref: str = Field(title="reference", min_length=1, max_length=20, unique=True)
    group_id: str = Field(title="group", foreign_key="indicator_group.id", ondelete="CASCADE", index=True)
    title: str = Field(title="indicator", min_length=1, max_length=300)
    unit: str = Field(default="", title="unit", max_length=60)
    polarity: Polarity = Field(default="higher", title="better", sa_type=String)
    population: str = Field(default="", title="population", max_length=100)
    source: str = Field(default="", title="source", max_length=300)
    local_priority: bool = Field(default=False, title="local priority (APACS)")
    framework_item_id: str | None = Field(
        default=None, title="national indicator", foreign_key="framework_item.id", ondelete="SET NULL"
    )


class Target(Row, table=True):
    """What is aimed at, as it was stated. It is kept as stated and never worked out from another.

    ``year`` is empty for the target over the whole plan. ``value`` is the number in what was stated (4 for
    "4%"), empty for a benchmark year.
    """

    __table_args__ = (Index("one_target_a_year", "indicator_id", text("ifnull(year, 0)"), unique=True),)

    indicator_id: str = Field(foreign_key="indicator.id", ondelete="CASCADE", index=True)
    year: int | None = Field(default=None, title="year", ge=FIRST_YEAR_OF_ALL, le=LAST_YEAR_OF_ALL)
    kind: TargetKind = Field(title="kind of target", sa_type=String)
    stated: str = Field(title="target", min_length=1, max_length=200)
    value: FiniteFloat | None = Field(default=None, title="value")


class Result(Row, table=True):
    """What was measured over a period, both days included."""

    __table_args__ = (UniqueConstraint("indicator_id", "period_from", "period_to"),)

    indicator_id: str = Field(foreign_key="indicator.id", ondelete="CASCADE", index=True)
    period_from: date = Field(title="from")
    period_to: date = Field(title="to")
    value: FiniteFloat = Field(title="result")
    state: ResultState = Field(default="final", title="state", sa_type=String)
