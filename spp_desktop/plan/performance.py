"""The performance plan: indicators, how they are measured, and what is aimed at in each year and over the plan."""

from datetime import date
from typing import Literal

from pydantic import FiniteFloat
from sqlalchemy import Index, text
from sqlmodel import Field, String

from spp_desktop.plan.markings import marking_column
from spp_desktop.plan.periods import FIRST_YEAR_OF_ALL, LAST_YEAR_OF_ALL, MOST_YEARS
from spp_desktop.plan.rows import Placed, Row, at_first
from spp_desktop.plan.rules import no_ring
from spp_desktop.plan.words import Word

Polarity = Literal["lower", "higher", "neutral"]
"""Which way is better: fewer crimes is "lower", more detections is "higher"."""

TargetKind = Literal[
    "level",
    "ceiling",
    "floor",
    "range",
    "change on previous year",
    "change over plan",
    "change on base year",
    "point change",
    "amount change",
    "gap",
    "peer rank",
    "grade",
    "reduce",
    "increase",
    "maintain",
    "by a date",
    "forecast",
    "benchmark",
    "to be confirmed",
    "monitor",
]
"""How a target is expressed; ``figures.targets.kinds`` says in words what each is, and how it is judged."""

Every = Literal["year", "quarter", "month"]
"""What an amount that is aimed at is of: "100 a month"."""

Measure = Literal["count", "percentage", "rate", "survey", "level", "grade", "yes/no"]
"""How results of an indicator are made, which says how they may be put together.

"count": of events; months add up. "percentage": one count of another, such as detections of crimes, pooled over
months. "rate": events per so many of a population; it adds up over months and is pooled over areas. "survey": a share
of answers, with an interval. "level": a figure that stands for itself, and is neither added nor pooled. "grade": a
step of the indicator's own scale, counted from 1 for the worst. "yes/no": 1 for yes, 0 for no.
"""

TrajectoryMethod = Literal["straight", "last year's profile"]
"""How a figure is expected to come to its target over the year."""

CutFrom = Literal["result", "target"]
"""What a yearly change is a change of: the result of the year before, or what was aimed at for it."""


RatedBy = Literal["people", "households"]


class IndicatorGroup(Placed, table=True):
    """A heading of the performance plan; a group may stand under another."""

    word = Word("group", "groups")
    called_by = ("title",)
    rules = (no_ring("indicator_group", "parent_id"),)

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

    ``measure`` says how results are made, ``numerator`` and ``denominator`` what they are made of in words, ``per`` and
    ``rated_by`` what a rate is counted by. ``trajectory``, ``profile_years`` (averaged for the profile) and
    ``cut_from`` say how targets are read; ``rule_id`` which rule gives the colour, empty for the plan's own, which is
    the first of its list. ``screened``, ``fix_after`` and ``beyond_counts`` are the settings of the control chart: see
    ``figures.control.Settings``. ``grades`` are the steps of its own scale where it is measured in grades, the best
    first, parted by semicolons. ``last_year`` is the last year in which it is reported, empty as long as it goes on.
    """

    word = Word("indicator", "indicators")
    called_by = ("ref", "title")
    decided_together = (
        ("unit", "polarity", "measure", "numerator", "denominator", "per", "rated_by", "grades"),
        ("screened", "fix_after", "beyond_counts"),
        ("trajectory", "profile_years"),
    )

    ref: str = Field(title="reference", min_length=1, max_length=20, unique=True)
    group_id: str = Field(title="group", foreign_key="indicator_group.id", ondelete="CASCADE", index=True)
    title: str = Field(title="indicator", min_length=1, max_length=300)
    unit: str = Field(default="", title="unit", max_length=60)
    polarity: Polarity = Field(title="better", sa_type=String)
    population: str = Field(default="", title="population", max_length=100)
    source: str = Field(default="", title="source", max_length=300)
    local_priority: bool = Field(default=False, title="local priority (APACS)")
    framework_item_id: str | None = Field(
        default=None, title="national indicator", foreign_key="framework_item.id", ondelete="SET NULL"
    )
    measure: Measure = Field(default="level", title="measured as", sa_type=String, sa_column_kwargs=at_first("level"))
    numerator: str = Field(default="", title="what is counted", max_length=100, sa_column_kwargs=at_first(""))
    denominator: str = Field(default="", title="what it is counted of", max_length=100, sa_column_kwargs=at_first(""))
    per: FiniteFloat = Field(default=1000, title="rate per", gt=0, sa_column_kwargs=at_first(1000))
    rated_by: RatedBy = Field(default="people", title="rated by", sa_type=String, sa_column_kwargs=at_first("people"))
    trajectory: TrajectoryMethod = Field(
        default="straight", title="way to the target", sa_type=String, sa_column_kwargs=at_first("straight")
    )
    profile_years: int = Field(default=1, title="years of the profile", ge=1, le=3, sa_column_kwargs=at_first(1))
    cut_from: CutFrom = Field(
        default="result", title="changes are of last year's", sa_type=String, sa_column_kwargs=at_first("result")
    )
    rule_id: str | None = Field(
        default=None, title="colour rule", foreign_key="judgement_rule.id", ondelete="SET NULL", index=True
    )
    screened: bool = Field(default=True, title="screen moving ranges", sa_column_kwargs=at_first(1))
    fix_after: int | None = Field(default=None, title="limits fixed after", ge=12, le=1000)
    beyond_counts: bool = Field(
        default=False, title="points beyond count towards two of three", sa_column_kwargs=at_first(0)
    )
    grades: str = Field(default="", title="grades", max_length=500, sa_column_kwargs=at_first(""))
    marking_id: str | None = marking_column()
    last_year: int | None = Field(default=None, title="last year", ge=FIRST_YEAR_OF_ALL, le=LAST_YEAR_OF_ALL)


def grades_of(text: str) -> tuple[str, ...]:
    """The grades of an indicator, the worst first, from its column ``grades``: "Good; Poor" is ("Poor", "Good")."""
    return tuple(reversed([grade for part in text.split(";") if (grade := " ".join(part.split()))]))


class Target(Row, table=True):
    """What is aimed at, as it was stated. It is kept as stated and never worked out from another.

    ``year`` is empty for the target over the whole plan. ``value`` is the number in what was stated (4 for
    "4%"), empty for a benchmark year; ``upper``, ``strict``, ``every``, ``base_year`` and ``due`` are what else stands
    in it: see ``figures.targets.stated.Stated``. ``explanation`` is what the officer says of it where the plan's own
    figures do not agree, such as why three years of 4% come to 10%. ``since`` is the day on which it became what it
    is, empty where that is not known. ``over_first`` and ``over_years`` say over which years a target over the plan is,
    where those are not the plan's own any more: it stays what it was until it is changed itself.
    """

    word = Word("target", "targets")
    called_by = ("stated",)
    part_of = "indicator_id"
    planned_in = "year"

    __table_args__ = (Index("one_target_a_year", "indicator_id", text("ifnull(year, 0)"), unique=True),)
    decided_together = (
        (
            "kind",
            "stated",
            "value",
            "upper",
            "strict",
            "every",
            "base_year",
            "due",
            "since",
            "year",
            "over_first",
            "over_years",
        ),
    )

    indicator_id: str = Field(foreign_key="indicator.id", ondelete="CASCADE", index=True)
    year: int | None = Field(default=None, title="year", ge=FIRST_YEAR_OF_ALL, le=LAST_YEAR_OF_ALL)
    kind: TargetKind = Field(title="kind of target", sa_type=String)
    stated: str = Field(title="target", min_length=1, max_length=200)
    value: FiniteFloat | None = Field(default=None, title="value")
    explanation: str = Field(default="", title="explanation", max_length=2000, sa_column_kwargs=at_first(""))
    upper: FiniteFloat | None = Field(default=None, title="upper value")
    strict: bool = Field(default=False, title="value itself misses", sa_column_kwargs=at_first(0))
    every: Every = Field(default="year", title="for each", sa_type=String, sa_column_kwargs=at_first("year"))
    base_year: int | None = Field(default=None, title="change of", ge=FIRST_YEAR_OF_ALL, le=LAST_YEAR_OF_ALL)
    due: date | None = Field(default=None, title="by")
    since: date | None = Field(default=None, title="since")
    over_first: int | None = Field(
        default=None, title="first year that it is over", ge=FIRST_YEAR_OF_ALL, le=LAST_YEAR_OF_ALL
    )
    over_years: int | None = Field(default=None, title="number of years that it is over", ge=1, le=MOST_YEARS)


class TargetVersion(Row, table=True):
    """What a target was until a day: a year's still judges what ended before that. ``year`` is empty over the plan.

    The columns are those of the target, as they were; ``since`` is empty where it was so from the beginning. ``reason``
    is why it was changed, or taken away, on the day ``until``, ``author`` who changed it, ``agreed_by`` who
    agreed to that.
    """

    word = Word("earlier target", "earlier targets")
    called_by = ("stated",)
    part_of = "indicator_id"

    __tablename__ = "target_version"
    __table_args__ = (Index("one_target_version_a_day", "indicator_id", text("ifnull(year, 0)"), "until", unique=True),)
    decided_together = (
        ("kind", "stated", "value", "upper", "strict", "every", "base_year", "due", "since", "until", "year"),
    )

    indicator_id: str = Field(foreign_key="indicator.id", ondelete="CASCADE", index=True)
    year: int | None = Field(default=None, title="year", ge=FIRST_YEAR_OF_ALL, le=LAST_YEAR_OF_ALL)
    kind: TargetKind = Field(title="kind of target", sa_type=String)
    stated: str = Field(title="target", min_length=1, max_length=200)
    value: FiniteFloat | None = Field(default=None, title="value")
    upper: FiniteFloat | None = Field(default=None, title="upper value")
    strict: bool = Field(default=False, title="value itself misses")
    every: Every = Field(default="year", title="for each", sa_type=String)
    base_year: int | None = Field(default=None, title="change of", ge=FIRST_YEAR_OF_ALL, le=LAST_YEAR_OF_ALL)
    due: date | None = Field(default=None, title="by")
    since: date | None = Field(default=None, title="since")
    until: date = Field(title="until")
    reason: str = Field(title="reason", min_length=1, max_length=1000)
    author: str = Field(title="changed by", min_length=1, max_length=200)
    agreed_by: str = Field(default="", title="agreed by", max_length=200, sa_column_kwargs=at_first(""))
    over_first: int | None = Field(
        default=None, title="first year that it is over", ge=FIRST_YEAR_OF_ALL, le=LAST_YEAR_OF_ALL
    )
    over_years: int | None = Field(default=None, title="number of years that it is over", ge=1, le=MOST_YEARS)
