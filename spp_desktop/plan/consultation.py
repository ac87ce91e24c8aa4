"""Consultation: who was asked what the plan should hold and how, what they said, and what was done about it."""

from datetime import date
from typing import Literal

from sqlmodel import Field, String

from spp_desktop.plan.markings import marking_column
from spp_desktop.plan.register import Page, Register, Shown
from spp_desktop.plan.rows import Placed, at_first
from spp_desktop.plan.rules import Rule
from spp_desktop.plan.words import Word

WhoseView = Literal["community", "partners", "chief officer", "staff", "members", "others"]
"""Whose views were asked for: the Police Act 1996 section 6ZB(3) names the chief officer and the community (s.96)."""

WhatWasDone = Literal["open", "changed", "changed in part", "not changed"]
"""What became of something that was said: nothing yet, the plan was changed for it or not."""

METHODS = ("Focus group", "Panel", "Meeting", "Survey", "Youth conference", "Daily contact", "Letter")
"""Methods that a plan begins with: those that the plan of 2008-2011 names, and letters."""


class ConsultationMethod(Placed, table=True):
    """A method of consultation: the plan's own list."""

    word = Word("method of consultation", "methods of consultation")
    called_by = ("title",)
    shipped = tuple({"title": title} for title in METHODS)

    __tablename__ = "consultation_method"

    title: str = Field(title="method", min_length=1, max_length=100, unique=True)


class Consultation(Placed, table=True):
    """An event, survey or other way in which people were asked what the plan should hold.

    ``number_asked`` and ``number_answered`` count people; both are empty where nobody counted.
    """

    word = Word("consultation", "consultations")
    called_by = ("title",)
    rules = (
        Rule("held_to", "held_to < held_from", "it ends before it begins"),
        Rule("number_answered", "number_answered > number_asked", "more people answered than were asked"),
    )

    title: str = Field(title="consultation", min_length=1, max_length=300, unique=True)
    asked: str = Field(default="", title="who was asked", max_length=500)
    held_from: date | None = Field(default=None, title="from")
    held_to: date | None = Field(default=None, title="to")
    heard: str = Field(default="", title="what was heard", max_length=2000)
    source: str = Field(default="", title="source", max_length=300)
    whose: WhoseView = Field(
        default="community", title="whose views", sa_type=String, sa_column_kwargs=at_first("community")
    )
    method_id: str | None = Field(
        default=None, title="method", foreign_key="consultation_method.id", ondelete="RESTRICT", index=True
    )
    number_asked: int | None = Field(default=None, title="people asked", ge=0)
    number_answered: int | None = Field(default=None, title="people who answered", ge=0)
    marking_id: str | None = marking_column()


class ConsultationFinding(Placed, table=True):
    """Something that was said in a consultation, and what was done about it: "you said, we did".

    ``number`` is how many people said it, empty where nobody counted. What was changed for it is linked to it.
    """

    word = Word("finding of a consultation", "findings of consultations")
    called_by = ("text",)
    part_of = "consultation_id"
    rules = (Rule("done", "answer = 'not changed' AND done = ''", "nothing was changed for it, and nothing says why"),)

    __tablename__ = "consultation_finding"

    consultation_id: str | None = Field(
        default=None, title="consultation", foreign_key="consultation.id", ondelete="CASCADE", index=True
    )
    text: str = Field(title="you said", min_length=1, max_length=2000)
    number: int | None = Field(default=None, title="by how many", ge=0)
    answer: WhatWasDone = Field(default="open", title="answer", sa_type=String)
    done: str = Field(default="", title="we did, or why not", max_length=2000)
    marking_id: str | None = marking_column()


CONSULTATION_METHODS = Register(
    ConsultationMethod, "Methods of consultation", (Shown("title"),), about="In which ways people are asked."
)
CONSULTATIONS = Register(
    Consultation,
    "Consultation",
    about="How people were asked what the plan should hold, whose views were asked for, and what was heard.",
    text="title",
    group="whose",
    columns=(
        Shown("title", 240, about="The event, survey or other way in which people were asked."),
        Shown("whose", 104, about="Whose views were asked for: the community's, partners', the chief officer's."),
        Shown("method_id", 120, about="How people were asked: one of the list Methods of consultation."),
        Shown("asked", 200, about="Who was asked."),
        Shown("number_asked", 96, about="How many people were asked; empty where nobody counted."),
        Shown("number_answered", 140, about="How many of them answered; empty where nobody counted."),
        Shown("held_from", 92, about="The day on which it was held, or began."),
        Shown("held_to", 92, shown=False, about="The day on which it ended."),
        Shown("heard", 280, about="What was heard, in a few sentences. Each thing said stands in You said, we did."),
        Shown("source", 160, shown=False, about="Where that is written."),
    ),
    lines=2,
    links=("priority", "theme", "commitment", "activity", "indicator"),
    linked_as="bears on",
    page=Page("&Consultation", "Priorities"),
)
CONSULTATION_FINDINGS = Register(
    ConsultationFinding,
    "You said, we did",
    about="What people said, and what was changed for it, or why nothing was. What it changed is linked to it.",
    text="text",
    group="consultation_id",
    bar="answer",
    columns=(
        Shown("text", 300, about="What was said, in the words of those who said it as far as there are any."),
        Shown("number", 84, about="By how many people; empty where nobody counted."),
        Shown("answer", 108, about="What became of it. An open one has no answer yet."),
        Shown("done", 300, about="What was changed for it, or why nothing was."),
        Shown("consultation_id", 180, shown=False, about="Where it was said."),
    ),
    lines=2,
    links=("priority", "theme", "commitment", "activity", "indicator"),
    linked_as="bears on",
    page=Page("&You said, we did", "Priorities"),
)
