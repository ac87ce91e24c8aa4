"""The annual delivery plan: activities, the posts that own them, milestones and status updates."""

from datetime import date
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import FiniteFloat, StringConstraints
from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, String

from spp_desktop.plan.kinds.numbers import Money
from spp_desktop.plan.markings import marking_column
from spp_desktop.plan.periods import FIRST_YEAR_OF_ALL, LAST_YEAR_OF_ALL
from spp_desktop.plan.rows import Placed, at_first
from spp_desktop.plan.rules import Rule
from spp_desktop.plan.words import Word

Shape = Literal["ring", "disc", "triangle", "diamond", "tick", "bars", "cross"]
"""Every status has a shape as well as a colour and a word."""

OwnerRole = Literal["lead", "joint"]

Reported = Literal["monthly", "quarterly", "half-yearly", "yearly"]
"""How often what is done is reported on, where that is not with each return that goes out."""

Within = Literal["month", "quarter", "year"]
"""The period that a day is the last day of, where it stands for that: "Q3 2009-10"."""

HexColour = Annotated[str, StringConstraints(pattern="^#[0-9a-fA-F]{6}$")]


class Status(Placed, table=True):
    """A status that an activity can have: the plan's own list, with what each means and how it looks.

    ``finished`` statuses (complete, withdrawn) are never late. Colours are ``#rrggbb``, one for a white
    page and one for a dark one.
    """

    word = Word("status", "statuses")
    called_by = ("title",)
    shipped = (
        {
            "title": "Not started",
            "shape": "ring",
            "colour": "#5b6470",
            "dark_colour": "#aab2bd",
            "meaning": "No work has been done yet.",
        },
        {
            "title": "On track",
            "shape": "disc",
            "colour": "#1a7f37",
            "dark_colour": "#56d364",
            "meaning": "Work goes as planned; the due date will be met.",
        },
        {
            "title": "At risk",
            "shape": "triangle",
            "colour": "#9a5b00",
            "dark_colour": "#e3b341",
            "needs_reason": True,
            "meaning": "The due date may be missed unless something is done.",
        },
        {
            "title": "Off track",
            "shape": "diamond",
            "colour": "#b42318",
            "dark_colour": "#ff7b72",
            "needs_reason": True,
            "meaning": "The due date was missed, or will be.",
        },
        {
            "title": "Complete",
            "shape": "tick",
            "colour": "#0b5cad",
            "dark_colour": "#6cb6ff",
            "finished": True,
            "meaning": "All that was promised has been done.",
        },
        {
            "title": "Deferred",
            "shape": "bars",
            "colour": "#6f42c1",
            "dark_colour": "#c297ff",
            "needs_reason": True,
            "meaning": "Put off by decision to a later date.",
        },
        {
            "title": "Withdrawn",
            "shape": "cross",
            "colour": "#57606a",
            "dark_colour": "#8b949e",
            "needs_reason": True,
            "finished": True,
            "meaning": "No longer to be done, by decision.",
        },
    )

    title: str = Field(title="status", min_length=1, max_length=60, unique=True)
    meaning: str = Field(default="", title="meaning", max_length=500)
    colour: HexColour = Field(default="#5b6470", title="colour on white")
    dark_colour: HexColour = Field(default="#aab2bd", title="colour on dark")
    shape: Shape = Field(default="ring", title="shape", sa_type=String)
    needs_reason: bool = Field(default=False, title="reason required")
    finished: bool = Field(default=False, title="finished")


class Activity(Placed, table=True):
    """One line of the annual delivery plan of a year.

    ``due`` is the date agreed, ``forecast`` the date now expected. ``percent`` is per cent complete, 0 to
    100. ``reason`` says why the status is what it is. It stands under its priority, or, where ``theme_id`` or
    ``commitment_id`` is filled, under that one of the priority's. ``budget`` is in pounds.
    """

    word = Word("activity", "activities")
    called_by = ("ref", "text")
    falls_to = MappingProxyType({"theme_id": "priority_id", "commitment_id": "priority_id"})
    planned_in = "year"

    __table_args__ = (UniqueConstraint("year", "ref"), CheckConstraint("percent BETWEEN 0 AND 100"))
    rules = (
        Rule(
            "commitment_id",
            "theme_id IS NOT NULL AND commitment_id IS NOT NULL",
            "it stands both under a heading and under a sentence of the plan",
        ),
        Rule(
            "priority_id",
            "priority_id <> (SELECT home.priority_id FROM theme AS home WHERE home.id = activity.theme_id)",
            "it stands under a heading of another priority than its own",
        ),
        Rule(
            "priority_id",
            "priority_id <> (SELECT ifnull(home.priority_id, above.priority_id) FROM commitment AS home "
            "LEFT JOIN theme AS above ON above.id = home.theme_id WHERE home.id = activity.commitment_id)",
            "it stands under a sentence of another priority than its own",
        ),
    )
    decided_together = (
        ("status_id", "percent", "due", "forecast", "reason"),
        ("year", "ref"),
        ("priority_id", "theme_id", "commitment_id"),
    )

    year: int = Field(title="year", ge=FIRST_YEAR_OF_ALL, le=LAST_YEAR_OF_ALL, index=True)
    ref: str = Field(title="reference", min_length=1, max_length=20)
    priority_id: str = Field(title="priority", foreign_key="priority.id", ondelete="CASCADE", index=True)
    text: str = Field(title="activity", min_length=1, max_length=2000)
    status_id: str | None = Field(
        default=None, title="status", foreign_key="status.id", ondelete="RESTRICT", index=True
    )
    percent: int | None = Field(default=None, title="% complete", ge=0, le=100)
    start: date | None = Field(default=None, title="start")
    due: date | None = Field(default=None, title="due")
    forecast: date | None = Field(default=None, title="forecast")
    reason: str = Field(default="", title="reason", max_length=2000)
    theme_id: str | None = Field(default=None, title="theme", foreign_key="theme.id", ondelete="SET NULL", index=True)
    commitment_id: str | None = Field(
        default=None, title="commitment", foreign_key="commitment.id", ondelete="SET NULL", index=True
    )
    reported: Reported | None = Field(default=None, title="reported", sa_type=String)
    budget: Annotated[FiniteFloat | None, Money(least=0)] = Field(default=None, title="budget", ge=0)
    notes: str = Field(default="", title="notes", max_length=4000, sa_column_kwargs=at_first(""))
    marking_id: str | None = marking_column()


class ActivityOwner(Placed, table=True):
    """A post that owns an activity. The lead comes first; joint owners follow."""

    word = Word("activity owner", "activity owners")
    part_of = "activity_id"

    __tablename__ = "activity_owner"
    __table_args__ = (UniqueConstraint("activity_id", "post_id"),)

    activity_id: str = Field(foreign_key="activity.id", ondelete="CASCADE", index=True)
    post_id: str = Field(title="owner", foreign_key="post.id", ondelete="RESTRICT", index=True)
    role: OwnerRole = Field(default="lead", title="role", sa_type=String)


class Milestone(Placed, table=True):
    """A step of an activity: when it is due, when it is now expected, and when it was done.

    ``due_within`` and ``forecast_within`` say of which period each is the last day, if it stands for that. ``owner_id``
    is empty where the activity's own owners answer for it. ``evidence`` says what shows that it was done; files and
    links are attached to it.
    """

    word = Word("milestone", "milestones")
    called_by = ("title",)
    part_of = "activity_id"
    decided_together = (("status_id", "percent", "due", "due_within", "forecast", "forecast_within", "done_on"),)

    activity_id: str = Field(title="activity", foreign_key="activity.id", ondelete="CASCADE", index=True)
    title: str = Field(title="milestone", min_length=1, max_length=300)
    due: date | None = Field(default=None, title="due")
    forecast: date | None = Field(default=None, title="forecast")
    done_on: date | None = Field(default=None, title="done on")
    due_within: Within | None = Field(default=None, title="due within", sa_type=String)
    forecast_within: Within | None = Field(default=None, title="forecast within", sa_type=String)
    owner_id: str | None = Field(default=None, title="owner", foreign_key="post.id", ondelete="RESTRICT", index=True)
    status_id: str | None = Field(
        default=None, title="status", foreign_key="status.id", ondelete="RESTRICT", index=True
    )
    percent: int | None = Field(default=None, title="% complete", ge=0, le=100)
    evidence: str = Field(default="", title="evidence", max_length=4000, sa_column_kwargs=at_first(""))


class ActivityUpdate(Placed, table=True):
    """What was reported of an activity on a day: what was done, what is next, and the status then."""

    word = Word("update", "updates")
    called_by = ("reported_on",)
    part_of = "activity_id"

    __tablename__ = "activity_update"
    decided_together = (("status_id", "done", "next", "reported_on"),)

    activity_id: str = Field(foreign_key="activity.id", ondelete="CASCADE", index=True)
    reported_on: date = Field(title="date")
    post_id: str | None = Field(default=None, title="reported by", foreign_key="post.id", ondelete="SET NULL")
    status_id: str | None = Field(default=None, title="status", foreign_key="status.id", ondelete="RESTRICT")
    done: str = Field(default="", title="what was done", max_length=4000)
    next: str = Field(default="", title="what is next", max_length=4000)
