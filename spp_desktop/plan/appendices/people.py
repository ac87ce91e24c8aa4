"""Appendix B, the human resources strategy: strength by group, what is done for the workforce, and its diversity.

Strength is counted at 31 March and 30 September, full-time equivalents for officers and staff, heads for special
constables and volunteers (user guide to police workforce statistics, Home Office, January 2024).
"""

from datetime import date
from typing import Literal

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, String

from spp_desktop.plan.appendices.shared_columns import (
    ENDED,
    AppendixState,
    figure_column,
    linked_column,
    needed_words,
    post_column,
    ref_column,
    words_column,
)
from spp_desktop.plan.markings import marking_column
from spp_desktop.plan.register import Page, Register, Returned, Shown
from spp_desktop.plan.rows import Placed
from spp_desktop.plan.words import Word


class WorkforceGroup(Placed, table=True):
    """A group of the workforce whose strength is counted: a rank, police staff, special constables."""

    word = Word("workforce group", "workforce groups")
    called_by = ("title",)
    shipped = tuple(
        {"title": title}
        for title in ("Police officers", "Police staff", "Police community support officers", "Special constables")
    )

    __tablename__ = "workforce_group"

    title: str = Field(title="workforce group", min_length=1, max_length=100, unique=True)


class Strength(Placed, table=True):
    """The strength of a group of the workforce on a day, and who joined and left in the twelve months before."""

    word = Word("strength figure", "strength figures")
    called_by = ("counted_on",)

    __table_args__ = (UniqueConstraint("group_id", "counted_on", "counted_in"),)
    decided_together = (("group_id", "counted_on", "counted_in"),)

    group_id: str = Field(title="workforce group", foreign_key="workforce_group.id", ondelete="RESTRICT", index=True)
    counted_on: date = Field(title="on")
    counted_in: Literal["Full-time equivalents", "Heads"] = Field(
        default="Full-time equivalents", title="counted in", sa_type=String
    )
    budgeted: float | None = figure_column("budgeted")
    actual: float | None = figure_column("actual")
    forecast: float | None = figure_column("forecast")
    long_term_sick: float | None = figure_column("long-term sick")
    female: float | None = figure_column("female")
    minority_ethnic: float | None = figure_column("minority ethnic")
    joiners: float | None = figure_column("joiners")
    leavers: float | None = figure_column("leavers")
    note: str = words_column("note")
    marking_id: str | None = marking_column()


class PeopleAction(Placed, table=True):
    """Something that is to be done for the workforce."""

    word = Word("people action", "people actions")
    called_by = ("ref", "text")

    __tablename__ = "people_action"

    ref: str = ref_column()
    objective: str = Field(default="", title="objective", max_length=300)
    text: str = needed_words("action")
    owner_id: str | None = post_column("lead")
    due: date | None = Field(default=None, title="due")
    measure: str = Field(default="", title="measure", max_length=300)
    state: AppendixState = Field(default="Not started", title="state", sa_type=String)
    progress: str = words_column("progress")
    marking_id: str | None = marking_column()


class DiversityIndicator(Placed, table=True):
    """A figure on the make-up of the workforce, such as the share of women among officers."""

    word = Word("diversity indicator", "diversity indicators")
    called_by = ("ref", "text")

    __tablename__ = "diversity_indicator"

    ref: str = ref_column()
    text: str = needed_words("indicator")
    unit: str = Field(default="%", title="unit", max_length=40)
    measured_on: date | None = Field(default=None, title="measured on")
    result: float | None = Field(default=None, title="result")
    target: float | None = Field(default=None, title="target")
    indicator_id: str | None = linked_column("indicator of the plan", "indicator", "SET NULL")
    owner_id: str | None = post_column()
    note: str = words_column("note")
    marking_id: str | None = marking_column()


STRENGTHS = Register(
    Strength,
    "Strength",
    about="How many people the force has, by group, on 31 March and 30 September.",
    besides=(
        (
            "Carry on",
            "*Carry on* begins the rows chosen for the next 31 March or 30 September, with their groups and what is "
            "budgeted: the workforce return of that day lists them then. A row that is there already stays as it is.",
        ),
    ),
    group="counted_on",
    named_by=("group_id", "counted_on"),
    columns=(
        Shown("group_id", 190, about="The rank, or the group of staff."),
        Shown("counted_on", 92, about="The day, usually 31 March or 30 September."),
        Shown("counted_in", 130, about="Full-time equivalents for officers and staff, heads for special constables."),
        Shown("budgeted", 76, about="How many there is money for."),
        Shown("actual", 76, about="How many there were on the day."),
        Shown("forecast", 76, about="How many are expected at the year's end."),
        Shown("long_term_sick", 96, about="How many of them were sick for a long time."),
        Shown("female", 76, about="How many of them were women."),
        Shown("minority_ethnic", 110, about="How many of them were of a minority ethnic group."),
        Shown("joiners", 76, about="Who joined in the twelve months before."),
        Shown("leavers", 76, about="Who left in the twelve months before."),
        Shown("note", 180, shown=False, about="What else is to be said of it."),
    ),
    page=Page("&Strength", "Appendices", letter="B"),
)

PEOPLE_ACTIONS = Register(
    PeopleAction,
    "People actions",
    about="What is to be done for the workforce: recruitment, training, health, diversity.",
    ref="ref",
    text="text",
    owner="owner_id",
    due="due",
    finished=ENDED,
    columns=(
        Shown("ref", 48, about="The action's reference."),
        Shown("objective", 160, about="What the action is for."),
        Shown("text", 300, about="What is to be done."),
        Shown("owner_id", 128, about="The post that leads it."),
        Shown("due", 92, late=True, about="The day by which it is to be done."),
        Shown("measure", 160, shown=False, about="By what one sees that it worked."),
        Shown("state", 84, about="How it stands."),
        Shown("progress", 180, shown=False, about="What has been done so far."),
    ),
    log=True,
    links=("priority", "theme", "commitment", "activity", "milestone", "indicator"),
    page=Page("&People actions", "Appendices", letter="B"),
    returned=Returned("status", ("state", "progress")),
)

DIVERSITY = Register(
    DiversityIndicator,
    "Diversity",
    about="The make-up of the workforce, measured and aimed at.",
    ref="ref",
    text="text",
    owner="owner_id",
    columns=(
        Shown("ref", 48),
        Shown("text", 320, about="What is measured."),
        Shown("unit", 60),
        Shown("measured_on", 92, about="The day of the figure."),
        Shown("result", 84),
        Shown("target", 84),
        Shown("indicator_id", 170, shown=False, about="The plan's own indicator for it, if there is one."),
        Shown("owner_id", 128, about="The post that answers for it."),
        Shown("note", 180, shown=False),
    ),
    page=Page("Di&versity", "Appendices", letter="B"),
)

WORKFORCE_GROUPS = Register(
    WorkforceGroup, "Workforce groups", (Shown("title"),), about="The groups whose strength is counted."
)
