"""Appendix E, quality of service: what people who use the police are promised, and whether it is kept."""

from datetime import date

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
from spp_desktop.plan.markings import marking_column
from spp_desktop.plan.register import Page, Register, Returned, Shown
from spp_desktop.plan.rows import Placed
from spp_desktop.plan.words import Word


class ServicePromise(Placed, table=True):
    """A commitment to people who use the police: its standard, its measure, what is aimed at and what came of it."""

    word = Word("service commitment", "service commitments")
    called_by = ("ref", "text")

    __tablename__ = "service_promise"

    ref: str = ref_column()
    text: str = needed_words("commitment")
    standard: str = words_column("standard")
    measure: str = Field(default="", title="measure", max_length=300)
    target: str = Field(default="", title="target", max_length=200)
    result: str = Field(default="", title="result", max_length=200)
    indicator_id: str | None = linked_column("indicator of the plan", "indicator", "SET NULL")
    owner_id: str | None = post_column()
    due: date | None = Field(default=None, title="due")
    state: AppendixState = Field(default="Not started", title="state", sa_type=String)
    marking_id: str | None = marking_column()


QUALITY = Register(
    ServicePromise,
    "Quality of service",
    about="What people who use the police are promised: the standard, its measure, what is aimed at, and the result.",
    ref="ref",
    text="text",
    owner="owner_id",
    due="due",
    finished=ENDED,
    columns=(
        Shown("ref", 48, about="Its reference."),
        Shown("text", 260, about="What is promised."),
        Shown("standard", 190, about="How good the service is to be."),
        Shown("measure", 150, about="How one sees it."),
        Shown("target", 100, about="What is aimed at."),
        Shown("result", 100, about="What came of it."),
        Shown("indicator_id", 170, shown=False, about="The plan's own indicator for it, if there is one."),
        Shown("owner_id", 128, about="The post that answers for it."),
        Shown("due", 92, late=True, shown=False, about="The day by which it is to be kept."),
        Shown("state", 84, about="How it stands."),
    ),
    log=True,
    links=("priority", "theme", "commitment", "activity", "milestone", "indicator"),
    page=Page("&Quality of service", "Appendices", letter="E"),
    returned=Returned("status", ("result", "state")),
)
