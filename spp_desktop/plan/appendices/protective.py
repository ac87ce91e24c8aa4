"""Appendix C, protective services: threat, capability and capacity of each, what is lacking, and what is done about it.

Which services these are is said by the Policing Plan Regulations 2008 (SI 2008/312), regulation 2; the sample plan has
them as a framework. Significant improvement was asked for by 2009, and the threshold standards of the Association of
Chief Police Officers by 2011 (National Community Safety Plan 2008-11, page 38).
"""

from datetime import date
from typing import Literal

from sqlmodel import Field, String

from spp_desktop.plan.appendices.shared_columns import ENDED, AppendixState, linked_column, post_column, words_column
from spp_desktop.plan.markings import marking_column
from spp_desktop.plan.register import Page, Register, Returned, Shown
from spp_desktop.plan.rows import Placed
from spp_desktop.plan.words import Word

Grade = Literal["High", "Medium", "Low"]
Met = Literal["Met", "Expected", "At risk", "Not met"]


class ProtectiveService(Placed, table=True):
    """A protective service as it was assessed, and its improvement."""

    word = Word("protective service", "protective services")
    called_by = ("title",)

    __tablename__ = "protective_service"

    title: str = Field(title="service", min_length=1, max_length=200, unique=True)
    item_id: str | None = linked_column("named in", "framework_item", "SET NULL")
    threat: Grade | None = Field(default=None, title="threat", sa_type=String)
    capability: Grade | None = Field(default=None, title="capability", sa_type=String)
    capacity: Grade | None = Field(default=None, title="capacity", sa_type=String)
    gap: str = words_column("gap")
    action: str = words_column("action")
    collaboration: str = Field(default="", title="collaboration", max_length=300)
    owner_id: str | None = post_column("lead")
    by_2009: Met | None = Field(default=None, title="improved by 2009", sa_type=String)
    by_2011: Met | None = Field(default=None, title="standard met by 2011", sa_type=String)
    due: date | None = Field(default=None, title="due")
    state: AppendixState = Field(default="Not started", title="state", sa_type=String)
    marking_id: str | None = marking_column()


PROTECTIVE_SERVICES = Register(
    ProtectiveService,
    "Protective services",
    about="How great the threat is that each service meets, what the force can do and how much of it, what is lacking, "
    "and what is done about it.",
    text="title",
    owner="owner_id",
    due="due",
    finished=ENDED,
    lines=3,
    columns=(
        Shown("title", 170, about="The service."),
        Shown("item_id", 150, shown=False, about="Where it is named."),
        Shown("threat", 76, about="How great the threat is."),
        Shown("capability", 84, about="Whether the force can do what is needed."),
        Shown("capacity", 84, about="Whether it can do enough of it."),
        Shown("gap", 190, about="What is lacking."),
        Shown("action", 210, about="What is done about it."),
        Shown("collaboration", 150, shown=False, about="With whom."),
        Shown("owner_id", 128, about="The post that leads it."),
        Shown("by_2009", 100, about="Significant improvement where need is high, by 2009."),
        Shown("by_2011", 100, about="The threshold standard, by 2011."),
        Shown("due", 92, shown=False, late=True, about="The day by which it is to be done."),
        Shown("state", 84, about="How it stands."),
    ),
    log=True,
    links=("priority", "theme", "commitment", "activity", "milestone", "indicator"),
    page=Page("Pr&otective services", "Appendices", letter="C"),
    returned=Returned("status", ("capability", "capacity", "gap", "action", "by_2009", "by_2011", "state")),
)
