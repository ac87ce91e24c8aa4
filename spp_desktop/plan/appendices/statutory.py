"""Appendix F, statutory performance indicators: three years of each, its target, and how similar forces did.

An indicator is one of a scheme: a list of the plan's own frameworks, in which it may be mapped to its like in another.
"""

from collections.abc import Mapping
from typing import Any, Literal

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, String

from spp_desktop.plan.appendices.shared_columns import figure_column, linked_column, words_column
from spp_desktop.plan.markings import marking_column
from spp_desktop.plan.periods import FIRST_YEAR_OF_ALL, LAST_YEAR_OF_ALL
from spp_desktop.plan.register import Computed, KnownRows, Page, Register, Shown, Worked
from spp_desktop.plan.rows import Placed
from spp_desktop.plan.words import Word


class StatutoryIndicator(Placed, table=True):
    """The figures of one statutory indicator for a year and the two before it."""

    word = Word("statutory indicator", "statutory indicators")
    called_by = ("number", "text")

    __tablename__ = "statutory_indicator"
    __table_args__ = (UniqueConstraint("framework_id", "number", "year"),)
    decided_together = (
        ("number", "year", "framework_id"),
        ("unit", "better", "two_before", "before", "actual", "target"),
    )

    framework_id: str | None = linked_column("scheme", "framework")
    number: str = Field(title="number", min_length=1, max_length=40)
    text: str = Field(title="description", min_length=1, max_length=500)
    unit: str = Field(default="", title="unit", max_length=60)
    better: Literal["Higher", "Lower"] = Field(default="Higher", title="better", sa_type=String)
    year: int = Field(title="year", ge=FIRST_YEAR_OF_ALL, le=LAST_YEAR_OF_ALL)
    two_before: float | None = Field(default=None, title="two years before")
    before: float | None = Field(default=None, title="the year before")
    actual: float | None = Field(default=None, title="the year")
    target: float | None = Field(default=None, title="target")
    peer_average: float | None = Field(default=None, title="average of similar forces")
    peer_rank: int | None = figure_column("rank among similar forces")
    like_id: str | None = linked_column("its like in another scheme", "framework_item", "SET NULL")
    indicator_id: str | None = linked_column("indicator of the plan", "indicator", "SET NULL")
    verified: bool = Field(default=False, title="verified")
    note: str = words_column("note")
    marking_id: str | None = marking_column()


def _met(row: Mapping[str, Any], known: KnownRows) -> Worked:
    """Whether the year's figure is as good as its target."""
    del known
    actual, target = row.get("actual"), row.get("target")
    if actual is None or target is None:
        return Worked("")
    met = actual >= target if row.get("better") == "Higher" else actual <= target
    return Worked("Met" if met else "Not met", float(met))


STATUTORY = Register(
    StatutoryIndicator,
    "Statutory indicators",
    about="The indicators that the law asks for, by scheme: three years, the target, and how similar forces did.",
    besides=(
        (
            "Fill from results",
            "*Fill from results* fills the empty figures of the rows chosen from the results of the indicator that "
            "each names in *Indicator of the plan*. Only a whole year of the force's results fills a cell. What was "
            "typed stays; where the results say something else, that is said.",
        ),
        (
            "Carry on",
            "*Carry on* begins the next year of the rows chosen, as the item that each names in *Its like in another "
            "scheme*. The figures move back by a year, and the unit, the direction and the plan's indicator go along. "
            "A row that is there already stays as it is.",
        ),
    ),
    ref="number",
    text="text",
    group="framework_id",
    columns=(
        Shown("number", 64, about="Its number in the scheme."),
        Shown("text", 280, about="What is measured."),
        Shown("framework_id", 170, shown=False, about="The scheme that it is of."),
        Shown("unit", 90, about="What a figure counts."),
        Shown("better", 72, about="Which way is better."),
        Shown("year", 92, about="The year of the figures."),
        Shown("two_before", 84, about="The figure two years before."),
        Shown("before", 84, about="The figure of the year before."),
        Shown("actual", 84, about="The figure of the year."),
        Shown("target", 84, about="What was aimed at in the year."),
        Shown("peer_average", 100, shown=False, about="What similar forces came to in the year."),
        Shown("peer_rank", 84, shown=False, about="The force's place among them, the best being 1."),
        Shown("like_id", 170, shown=False, about="The same thing in another scheme."),
        Shown("indicator_id", 170, shown=False, about="The plan's own indicator for it, if there is one."),
        Shown("verified", 90, shown=False, words=("unverified", "verified")),
        Shown("note", 180, shown=False, about="What else is to be said of it."),
    ),
    computed=(
        Computed("met", "Met?", _met, "target", width=76, about="Whether the year's figure is as good as its target."),
    ),
    page=Page("S&tatutory indicators", "Appendices", letter="F"),
)
