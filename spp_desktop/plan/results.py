"""Results: what was measured of an indicator, over which period, where, and of whom; and how it was counted."""

import math
from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from pydantic import FiniteFloat
from sqlalchemy import Index, text
from sqlmodel import Field, String

from spp_desktop.plan.kinds.numbers import in_words
from spp_desktop.plan.performance import Measure
from spp_desktop.plan.periods import FIRST_YEAR_OF_ALL, LAST_YEAR_OF_ALL
from spp_desktop.plan.rows import Placed, Row, at_first
from spp_desktop.plan.rules import Rule, RuleBroken, no_ring
from spp_desktop.plan.words import Word

ResultState = Literal["provisional", "final", "revised", "not available", "not applicable", "suppressed"]

NO_FIGURE: frozenset[str] = frozenset({"not available", "not applicable", "suppressed"})
"""The states of a result that has no figure: there is none, there can be none, or it is kept back."""

NO_FIGURE_SQL = ", ".join(f"'{state}'" for state in sorted(NO_FIGURE))
"""The same as they stand in brackets in SQL."""

PERCENT = 100

PERIOD_RULE = Rule("period_to", "period_to < period_from", "the period ends before it begins")


class Area(Placed, table=True):
    """A part of the force that has results of its own, such as an operational command unit (OCU).

    The force as a whole is no area: its results name none.
    """

    word = Word("area", "areas")
    called_by = ("title",)
    rules = (no_ring("area", "parent_id"),)

    title: str = Field(title="area", min_length=1, max_length=100, unique=True)
    code: str = Field(default="", title="code", max_length=20)
    kind: str = Field(default="OCU", title="kind of area", max_length=60)
    parent_id: str | None = Field(default=None, title="part of", foreign_key="area.id", ondelete="RESTRICT", index=True)


class AreaPopulation(Row, table=True):
    """How many people or households a rate of a year is counted by, in an area or (naming none) in the force."""

    word = Word("population", "populations")
    called_by = ("year",)
    part_of = "area_id"

    __tablename__ = "area_population"
    __table_args__ = (Index("one_population_a_year", text("ifnull(area_id, '')"), "counted", "year", unique=True),)
    decided_together = (("area_id", "counted", "year", "number"),)

    area_id: str | None = Field(default=None, title="area", foreign_key="area.id", ondelete="CASCADE", index=True)
    counted: Literal["people", "households"] = Field(default="people", title="counted", sa_type=String)
    year: int = Field(title="year", ge=FIRST_YEAR_OF_ALL, le=LAST_YEAR_OF_ALL)
    number: FiniteFloat = Field(title="number", gt=0)
    source: str = Field(default="", title="source", max_length=300)


class Result(Row, table=True):
    """What was measured over a period, both days included.

    Either ``value`` holds the figure, or ``numerator`` and ``denominator`` what it is made of, so that rates can be
    pooled. ``area_id`` is empty for the force; ``population`` says whose answers or cases count where it is not the
    indicator's own, such as "white" beside "minority ethnic". ``sample_size`` is the number of answers to a survey,
    ``design_effect`` how many times the variance of a simple sample it has. A result that is "not available", "not
    applicable" or "suppressed" has no figure and is no nought.
    """

    word = Word("result", "results")
    called_by = ("period_from",)
    part_of = "indicator_id"
    # ``check_result`` says the same of one result before it is written.
    rules = (
        PERIOD_RULE,
        Rule("denominator", "denominator <= 0", "what it was counted of is not above 0"),
        Rule(
            "value",
            "value IS NOT NULL AND coalesce(numerator, denominator) IS NOT NULL",
            "the figure stands twice",
        ),
        Rule(
            "state",
            f"state IN ({NO_FIGURE_SQL}) AND coalesce(value, numerator, denominator) IS NOT NULL",
            "there is a figure, though it is said not to be available",
        ),
        Rule(
            "value",
            f"state NOT IN ({NO_FIGURE_SQL}) AND coalesce(value, numerator, denominator, sample_size) IS NULL",
            "there is no figure, and it is not said why",
        ),
    )

    __table_args__ = (
        Index(
            "one_result_a_period",
            "indicator_id",
            text("ifnull(area_id, '')"),
            "population",
            "period_from",
            "period_to",
            unique=True,
        ),
    )
    decided_together = (
        (
            "value",
            "numerator",
            "denominator",
            "sample_size",
            "design_effect",
            "state",
            "indicator_id",
            "area_id",
            "population",
            "period_from",
            "period_to",
        ),
    )

    indicator_id: str = Field(foreign_key="indicator.id", ondelete="CASCADE")
    area_id: str | None = Field(default=None, title="area", foreign_key="area.id", ondelete="CASCADE", index=True)
    population: str = Field(default="", title="population", max_length=100, sa_column_kwargs=at_first(""))
    period_from: date = Field(title="from")
    period_to: date = Field(title="to")
    value: FiniteFloat | None = Field(default=None, title="result")
    numerator: FiniteFloat | None = Field(default=None, title="counted")
    denominator: FiniteFloat | None = Field(default=None, title="counted of")
    sample_size: FiniteFloat | None = Field(default=None, title="answers", gt=0)
    design_effect: FiniteFloat = Field(default=1.0, title="design effect", gt=0, sa_column_kwargs=at_first(1.0))
    state: ResultState = Field(default="final", title="state", sa_type=String)


class Restatement(Row, table=True):
    """A final figure that was changed: what it was, what it became (both as they are written), and why.

    ``after`` is empty where the result was removed. When and by whom is said here too, for the listing; the step of
    the history in which it was made says the same. A restatement stays where its indicator or area is removed:
    ``ref_was``, ``title_was`` and ``area_was`` then say what these were called, and are empty until then.
    """

    word = Word("restatement", "restatements")
    called_by = ("period_from",)
    part_of = "indicator_id"
    rules = (PERIOD_RULE,)

    indicator_id: str | None = Field(default=None, foreign_key="indicator.id", ondelete="SET NULL", index=True)
    area_id: str | None = Field(default=None, title="area", foreign_key="area.id", ondelete="SET NULL", index=True)
    population: str = Field(default="", title="population", max_length=100)
    period_from: date = Field(title="from")
    period_to: date = Field(title="to")
    before: str = Field(title="before", max_length=200)
    after: str = Field(default="", title="after", max_length=200)
    made_on: date = Field(title="changed on")
    author: str = Field(title="changed by", min_length=1, max_length=200)
    reason: str = Field(title="reason", min_length=1, max_length=1000)
    ref_was: str = Field(default="", title="reference it had", max_length=20, sa_column_kwargs=at_first(""))
    title_was: str = Field(default="", title="indicator it was of", max_length=300, sa_column_kwargs=at_first(""))
    area_was: str = Field(default="", title="area it was of", max_length=100, sa_column_kwargs=at_first(""))


class DefinitionVersion(Row, table=True):
    """From ``starts_on`` an indicator is defined, or counted, in another way.

    Where ``breaks_series`` is set, what came before cannot be compared with what came after.
    """

    word = Word("definition", "definitions")
    called_by = ("starts_on",)
    part_of = "indicator_id"

    __tablename__ = "definition_version"

    indicator_id: str = Field(title="indicator", foreign_key="indicator.id", ondelete="CASCADE", index=True)
    starts_on: date = Field(title="from")
    definition: str = Field(default="", title="definition", max_length=2000)
    reason: str = Field(title="reason", min_length=1, max_length=1000)
    breaks_series: bool = Field(default=True, title="breaks the series")


class ResultMapping(Placed, table=True):
    """Which column of somebody's file holds what of a result, kept under a name to be used again.

    ``columns`` is a JSON object, which only ``edits`` reads and writes.
    """

    word = Word("result mapping", "result mappings")
    called_by = ("title",)
    rules = (Rule("columns", "NOT json_valid(columns)", "the choice of columns cannot be read"),)

    __tablename__ = "result_mapping"

    title: str = Field(title="name", min_length=1, max_length=100, unique=True)
    columns: str = Field(title="columns", max_length=10_000)


FIGURES = ("value", "numerator", "denominator", "sample_size")
"""The columns of a result that hold figures."""


def check_result(values: Mapping[str, Any]) -> None:
    """Look at what the columns of a result must be among themselves; each has been looked at by itself.

    What is counted may stand without what it is counted of, and either without the other, as may the answers to a
    survey without their share: people enter one after the other. Such a half has no figure until the rest is there.

    Raises:
        RuleBroken: if the period ends before it begins, no figure is given or one twice, or there is one that is said
            not to be available.
    """
    if values["period_to"] < values["period_from"]:
        raise RuleBroken("period_to", "The period ends before it begins. Check its two dates.")
    value, above, below = (values.get(name) for name in ("value", "numerator", "denominator"))
    if below is not None and below <= 0:
        raise RuleBroken("denominator", "What it is counted of must be above 0.")
    if value is not None and (above is not None or below is not None):
        raise RuleBroken("value", "Give the result, or what it is made of, and not both.")
    if values.get("state") in NO_FIGURE:
        if value is not None or above is not None or below is not None:
            state = values["state"]
            raise RuleBroken("state", f"A result that is {state} has no figure. Clear the figure or the state.")
    elif all(values.get(name) is None for name in FIGURES):
        raise RuleBroken("value", "A result needs a figure, or to be marked as not available.")


def figure(
    measure: Measure, per: float, value: float | None, numerator: float | None, denominator: float | None
) -> float | None:
    """The figure of a result: its value, or what its two numbers make in the indicator's way; ``None`` for none."""
    if value is not None or numerator is None or not denominator:
        return value
    made = numerator * (per if measure == "rate" else PERCENT) / denominator
    return made if math.isfinite(made) else None


def written(result: Mapping[str, Any], *, percent: bool = False) -> str:
    """A result as people write it: "2,336", "540 of 2,336", "85% of 1,000 answers", "not available".

    Args:
        result: The columns of a result.
        percent: Whether its value is a percentage.
    """
    if result.get("state") in NO_FIGURE:
        return str(result["state"])
    value, above, below, size = (None if result.get(name) is None else in_words(result[name]) for name in FIGURES)
    text = f"{value}%" if value and percent else value
    if above or below:
        text = f"{above or MISSING} of {below or MISSING}"
    return f"{text or MISSING} of {size} answers" if size else text or MISSING


MISSING = "(missing)"
