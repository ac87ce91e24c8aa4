"""Appendix D, findings of inspections: what was recommended, what the authority answers, and how it stands.

A policing plan says how the authority intends to address what arises from an inspection or is raised by the Secretary
of State (Policing Plan Regulations 2008, quoted by the Metropolitan Police Authority, 18 March 2010).
"""

from datetime import date
from typing import Literal

from sqlmodel import Field, String

from spp_desktop.plan.appendices.shared_columns import (
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

AREAS = (
    "Fairness and equality",
    "Neighbourhood policing and problem solving",
    "Customer service and accessibility",
    "Professional standards",
    "Volume crime reduction",
    "Critical incidents and major crime",
    "Serious and organised criminality",
    "Volume crime investigation",
    "Forensic performance",
    "Criminal justice processes",
    "Reducing anti-social behaviour",
    "Protecting vulnerable people",
    "Contact management",
    "Specialist operational support",
    "Strategic roads policing",
    "Human resource management",
    "Training",
    "Race and diversity",
    "Finance and physical resources",
    "Information management",
    "National intelligence model",
    "Leadership",
    "Performance management and continuous improvement",
)
"""Areas of HM Inspectorate's baseline assessment, as in that of Hampshire Constabulary, October 2006."""

GRADES = ("Excellent", "Good", "Fair", "Poor")
"""The grades of the same assessment; those of later years may be added to the plan's list."""


class InspectionArea(Placed, table=True):
    """An area that inspections look at."""

    word = Word("inspection area", "inspection areas")
    called_by = ("title",)
    shipped = tuple({"title": title} for title in AREAS)

    __tablename__ = "inspection_area"

    title: str = Field(title="inspection area", min_length=1, max_length=200, unique=True)


class InspectionGrade(Placed, table=True):
    """A grade that inspections give."""

    word = Word("inspection grade", "inspection grades")
    called_by = ("title",)
    shipped = tuple({"title": title} for title in GRADES)

    __tablename__ = "inspection_grade"

    title: str = Field(title="grade", min_length=1, max_length=60, unique=True)


class InspectionFinding(Placed, table=True):
    """A recommendation, or an area for improvement, and what is done about it."""

    word = Word("recommendation", "recommendations")
    called_by = ("ref", "text")

    __tablename__ = "inspection_finding"

    ref: str = ref_column()
    inspection: str = Field(default="", title="inspection", max_length=200)
    inspected_on: date | None = Field(default=None, title="inspected on")
    area_id: str | None = linked_column("area", "inspection_area")
    grade_id: str | None = linked_column("grade", "inspection_grade")
    text: str = needed_words("recommendation")
    source: Literal["Inspectorate", "Secretary of State"] = Field(
        default="Inspectorate", title="raised by", sa_type=String
    )
    answer: str = words_column("the authority's response")
    owner_id: str | None = post_column("lead")
    due: date | None = Field(default=None, title="due")
    state: Literal["Open", "In hand", "Closed", "Not accepted"] = Field(default="Open", title="state", sa_type=String)
    evidence: str = words_column("evidence")
    marking_id: str | None = marking_column()


FINDINGS = Register(
    InspectionFinding,
    "Findings of inspections",
    about="What inspections found, how the authority answers it, and how it stands.",
    ref="ref",
    text="text",
    owner="owner_id",
    due="due",
    finished=("state", ("Closed", "Not accepted")),
    columns=(
        Shown("ref", 56, about="The recommendation's reference."),
        Shown("inspection", 150, about="The inspection, as it is called."),
        Shown("inspected_on", 92, shown=False, about="The day of the report."),
        Shown("area_id", 150, shown=False, about="The area that was looked at."),
        Shown("grade_id", 84, shown=False, about="The grade that was given."),
        Shown("text", 300, about="What was recommended."),
        Shown("source", 120, shown=False, about="Who raised it."),
        Shown("answer", 200, about="What the authority intends to do."),
        Shown("owner_id", 128, about="The post that leads it."),
        Shown("due", 92, late=True, about="The day by which it is to be done."),
        Shown("state", 96, about="How it stands."),
        Shown("evidence", 180, shown=False, about="What shows that it is done."),
    ),
    log=True,
    links=("priority", "theme", "commitment", "activity", "milestone", "indicator"),
    page=Page("&Findings", "Appendices", letter="D"),
    returned=Returned("status", ("answer", "due", "state", "evidence")),
)

INSPECTION_AREAS = Register(
    InspectionArea,
    "Inspection areas",
    (Shown("title"),),
    about="Areas that inspections look at: as shipped, those of the baseline assessment of Hampshire, October 2006.",
)
INSPECTION_GRADES = Register(
    InspectionGrade, "Inspection grades", (Shown("title"),), about="The grades that inspections give."
)
