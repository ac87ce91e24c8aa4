"""Registers that stand beside the appendices: the budget by priority, equality impact, decisions and partnerships."""

from datetime import date
from typing import Annotated, Literal

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
from spp_desktop.plan.kinds import Money
from spp_desktop.plan.markings import marking_column
from spp_desktop.plan.periods import FIRST_YEAR_OF_ALL, LAST_YEAR_OF_ALL
from spp_desktop.plan.register import Page, Register, Returned, Shown, Yearly
from spp_desktop.plan.rows import Placed, Row
from spp_desktop.plan.words import Word


class BudgetLine(Placed, table=True):
    """Resources that are expected, and what they are for. The amounts of each year stand in ``BudgetYear``."""

    word = Word("budget line", "budget lines")
    called_by = ("ref", "text")

    __tablename__ = "budget_line"

    ref: str = ref_column()
    text: str = needed_words("budget line")
    priority_id: str | None = linked_column("priority", "priority", "SET NULL")
    funded_by: str = Field(default="", title="funded by", max_length=200)
    owner_id: str | None = post_column()
    note: str = words_column("note")
    marking_id: str | None = marking_column()


class BudgetYear(Row, table=True):
    """The amounts of a budget line in one financial year, in pounds."""

    word = Word("year of a budget line", "years of budget lines")
    part_of = "line_id"
    planned_in = "year"

    __tablename__ = "budget_year"
    __table_args__ = (UniqueConstraint("line_id", "year"),)

    line_id: str = Field(title="budget line", foreign_key="budget_line.id", ondelete="CASCADE", index=True)
    year: int = Field(title="year", ge=FIRST_YEAR_OF_ALL, le=LAST_YEAR_OF_ALL)
    expected: Annotated[float | None, Money()] = Field(default=None, title="expected")
    allocated: Annotated[float | None, Money()] = Field(default=None, title="allocated")
    spent: Annotated[float | None, Money()] = Field(default=None, title="spent")


class EqualityImpact(Placed, table=True):
    """What an activity means for groups of people, and what is done about it."""

    word = Word("equality impact", "equality impacts")
    called_by = ("ref", "text")

    __tablename__ = "equality_impact"

    ref: str = ref_column()
    activity_id: str | None = linked_column("activity", "activity", "SET NULL")
    text: str = needed_words("impact")
    groups: str = Field(default="", title="groups of people", max_length=300)
    relevance: Literal["High", "Medium", "Low", "None"] | None = Field(default=None, title="relevance", sa_type=String)
    action: str = words_column("what is done about it")
    owner_id: str | None = post_column()
    due: date | None = Field(default=None, title="due")
    state: AppendixState = Field(default="Not started", title="state", sa_type=String)
    marking_id: str | None = marking_column()


class PlanDecision(Placed, table=True):
    """A decision about the plan: what, when, by whom and why."""

    word = Word("decision", "decisions")
    called_by = ("ref", "text")

    __tablename__ = "plan_decision"

    ref: str = ref_column()
    decided_on: date | None = Field(default=None, title="decided on")
    text: str = needed_words("decision")
    body_id: str | None = linked_column("decided by", "body")
    reason: str = words_column("reason")
    effect: str = words_column("effect on the plan")
    minute: str = Field(default="", title="minute", max_length=200)
    marking_id: str | None = marking_column()


class Partnership(Placed, table=True):
    """Work with a partner: what for, who leads it, and when it is looked at again."""

    word = Word("partnership", "partnerships")
    called_by = ("title",)

    title: str = Field(title="partnership", min_length=1, max_length=200, unique=True)
    body_id: str | None = linked_column("partner", "body")
    purpose: str = words_column("purpose")
    contribution: str = words_column("what each side gives")
    owner_id: str | None = post_column("lead")
    review_on: date | None = Field(default=None, title="review date")
    state: Literal["Active", "Planned", "Ended"] = Field(default="Active", title="state", sa_type=String)
    marking_id: str | None = marking_column()


_BUDGET_YEARS = Yearly(
    BudgetYear, (Shown("expected"), Shown("allocated"), Shown("spent", shown=False)), after="owner_id"
)

BUDGET = Register(
    BudgetLine,
    "Budget",
    about="The resources that are expected in each year, and to which priority they are allocated.",
    ref="ref",
    text="text",
    owner="owner_id",
    group="priority_id",
    columns=(
        Shown("ref", 48, about="Its reference."),
        Shown("text", 260, about="What the money is for."),
        Shown("priority_id", 170, shown=False, about="The priority that it serves."),
        Shown("funded_by", 130, shown=False, about="Where it comes from."),
        Shown("owner_id", 128, about="The post that answers for it."),
        Shown("note", 180, shown=False, about="What else is to be said of it."),
    ),
    yearly=_BUDGET_YEARS,
    totals=_BUDGET_YEARS.names,
    page=Page("&Budget", tab="Appendices"),
)

EQUALITY = Register(
    EqualityImpact,
    "Equality impact",
    about="What activities mean for groups of people, and what is done about it.",
    ref="ref",
    text="text",
    owner="owner_id",
    due="due",
    finished=ENDED,
    columns=(
        Shown("ref", 48, about="Its reference."),
        Shown("activity_id", 190, about="The activity that it is about."),
        Shown("text", 260, about="What it means, and for whom."),
        Shown("groups", 140, about="The groups of people concerned."),
        Shown("relevance", 84, about="How much it matters to those groups."),
        Shown("action", 180, shown=False, about="What is done about it."),
        Shown("owner_id", 128, about="The post that answers for it."),
        Shown("due", 92, late=True, about="The day by which it is to be done."),
        Shown("state", 84, about="How it stands."),
    ),
    log=True,
    page=Page("Equality &impact", tab="Appendices"),
    returned=Returned("status", ("relevance", "action", "state")),
)

DECISIONS = Register(
    PlanDecision,
    "Decisions",
    about="What was decided about the plan: when, by whom and why.",
    ref="ref",
    text="text",
    columns=(
        Shown("ref", 48, about="Its reference."),
        Shown("decided_on", 92, about="The day of the decision."),
        Shown("text", 320, about="What was decided."),
        Shown("body_id", 150, about="Who decided it."),
        Shown("reason", 200, about="Why."),
        Shown("effect", 180, shown=False, about="What it changes in the plan."),
        Shown("minute", 120, shown=False, about="Where it is minuted."),
    ),
    links=("priority", "theme", "commitment", "activity", "milestone", "indicator"),
    page=Page("De&cisions", tab="Appendices"),
)

PARTNERSHIPS = Register(
    Partnership,
    "Partnerships",
    about="Who the partners are, what the work with them is for, and who leads it.",
    text="title",
    owner="owner_id",
    due="review_on",
    finished=("state", ("Ended",)),
    columns=(
        Shown("title", 210),
        Shown("body_id", 160, about="The partner."),
        Shown("purpose", 240, about="What it is for."),
        Shown("contribution", 180, shown=False),
        Shown("owner_id", 128, about="The post that leads it."),
        Shown("review_on", 92, late=True, about="When it is looked at again."),
        Shown("state", 76, about="How it stands."),
    ),
    log=True,
    links=("priority", "theme", "commitment", "activity", "milestone", "indicator"),
    page=Page("Part&nerships", tab="Appendices"),
)
