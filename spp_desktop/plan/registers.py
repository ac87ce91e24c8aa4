"""The registers of a plan, each a declaration. A register more is its own module and one line in ``REGISTERS``."""

from spp_desktop.plan.appendices.every import APPENDICES
from spp_desktop.plan.consultation import CONSULTATION_FINDINGS, CONSULTATION_METHODS, CONSULTATIONS
from spp_desktop.plan.delivery import Status
from spp_desktop.plan.editions import PLAN_STATES, PLANNED_REVISIONS
from spp_desktop.plan.frameworks import Framework, FrameworkItem
from spp_desktop.plan.identity import Section
from spp_desktop.plan.judging import JudgementRule, PeerForce
from spp_desktop.plan.levels import Level
from spp_desktop.plan.markings import Marking
from spp_desktop.plan.monitoring import DeliveryRule
from spp_desktop.plan.page_names import NamedPage, name_also
from spp_desktop.plan.performance import IndicatorGroup
from spp_desktop.plan.posts import Body, Post, PostHolder
from spp_desktop.plan.priorities import Note, PriorityAlias
from spp_desktop.plan.register import Drawn, Register, Shown, Yearly
from spp_desktop.plan.results import Area, AreaPopulation, DefinitionVersion
from spp_desktop.plan.risks import BANDS, IMPACTS, LIKELIHOODS, RISKS
from spp_desktop.plan.roles import NamedRole
from spp_desktop.plan.rows import Row
from spp_desktop.plan.surroundings import AREA_LEVELS, STATED_FIGURES, VALUES


def _shown(*names: str) -> tuple[Shown, ...]:
    """Columns as they are, of which nothing more is to be said."""
    return tuple(map(Shown, names))


REGISTERS: tuple[Register, ...] = (
    Register(
        Section, "Sections", _shown("number", "title"),
        about="The plan's narrative sections; their text is written in the Priorities tab.",
    ),
    Register(
        Level, "Levels", _shown("title", "plural", "written"),
        about="What stands at each level of the plan, the top one first, and what it is called. Only the last may be "
        "of sentences.",
    ),
    Register(
        Post, "Posts",
        (*_shown("title", "body_id"), Shown("email", about="Whom mail drafts to it are addressed to.")),
        about="Owners of activities are posts, not people. Mail drafts go to its e-mail; put ; between several.",
    ),
    Register(
        PostHolder, "Post holders", _shown("post_id", "name", "held_from", "held_to"), of_people=True,
        about="Who held a post, and when. An empty date is open.",
    ),
    Register(
        NamedRole, "Roles", _shown("title", "chased", "submits", "accepts", "meaning"),
        about="Roles in which posts answer for rows of the plan beside those that lead: portfolio holder, committee.",
    ),
    Register(Body, "Bodies", _shown("title", "kind"), about="Whose plan it is, its authority, its partners."),
    Register(
        Status, "Statuses",
        (
            Shown("title", 96), Shown("meaning"), Shown("shape", drawn=Drawn("colour", "dark_colour", "shape")),
            Shown("colour", drawn=Drawn("colour", "colour")),
            Shown("dark_colour", drawn=Drawn("dark_colour", "dark_colour")), *_shown("needs_reason", "finished"),
        ),
        lines=2, about="Every status has a shape and a word as well as a colour. Finished ones are never late.",
    ),
    Register(
        DeliveryRule, "Delivery rules",
        _shown(
            "title", "at_risk_days", "off_track_days", "at_risk_points", "off_track_points", "not_started_id",
            "on_track_id", "at_risk_id", "off_track_id", "complete_id", "moves_approved", "dependencies", "periods",
        ),
        about="The first is the plan's own: it proposes how an activity stands, says whether a second move of a date "
        "is to be approved, and in which periods is reported.",
    ),
    Register(
        Marking, "Protective markings",
        (*_shown("title", "meaning", "source"), Shown("verified", words=("unverified", "verified"))), lines=2,
        about="The least first. What leaves the plan bears the highest of what is inside. Most that ship are "
        "unverified: put the markings of the force's own policy in their place.",
    ),
    Register(
        Framework, "Frameworks", _shown("title", "kind", "source", "answered", "area_id", "first_year", "years"),
        about="National priorities, agreements and indicators, and what a plan is to contain. Of one that is to be "
        "answered, the checks find every item that nothing of the plan is linked to.",
    ),
    Register(
        FrameworkItem, "Framework items",
        (
            *_shown("framework_id", "code", "title", "target", "source", "evidence"),
            Shown("verified", words=("unverified", "verified")), *_shown("verified_on", "answered_in"),
        ),
        lines=2, about="An item is verified only where its words were read in the source named.",
    ),
    PLAN_STATES,
    PLANNED_REVISIONS,
    Register(IndicatorGroup, "Indicator groups", _shown("title", "parent_id")),
    Register(
        Note, "Notes and definitions", _shown("text"), lines=3,
        about="Each is kept once; changing it changes it wherever it is printed.",
    ),
    Register(
        PriorityAlias, "Priority spellings", _shown("priority_id", "title", "printed_in"),
        about="Other spellings of a priority's title, by which it is known again.",
    ),
    Register(
        Area, "Areas", _shown("title", "code", "kind", "parent_id"),
        about="Parts of the whole that have results of their own, such as districts or command units. The whole itself "
        "is not listed.",
    ),
    AREA_LEVELS,
    Register(
        AreaPopulation, "Populations", _shown("area_id", "year", "counted", "number", "source"),
        none="the whole force", named_by=("area_id", "year"),
        about="How many people or households rates are counted by, in each financial year.",
    ),
    Register(
        JudgementRule, "Colour rules", _shown("title", "kind", "size", "first_month", "version"),
        about="The first is the plan's own: it gives red, amber or green wherever an indicator names no other. A "
        "tolerance is in per cent of what is aimed at, or in points; the rule “last year” has none. A rule judges once "
        "there are results of as many months as it says.",
    ),
    Register(
        DefinitionVersion, "Definitions and breaks",
        _shown("indicator_id", "starts_on", "definition", "reason", "breaks_series"),
        lines=3, named_by=("indicator_id", "starts_on"),
        about="From when an indicator is defined, or counted, in another way. Where that breaks the series, what came "
        "before cannot be compared with what came after.",
    ),
    Register(
        PeerForce, "Most similar forces", _shown("year", "force", "source"), named_by=("force", "year"),
        about="The other forces of the group most similar to this one, for each year: groups change. This force is "
        "one of every group and is not listed.",
    ),
    VALUES,
    CONSULTATIONS,
    CONSULTATION_FINDINGS,
    CONSULTATION_METHODS,
    STATED_FIGURES,
    RISKS,
    LIKELIHOODS,
    IMPACTS,
    BANDS,
    *APPENDICES,
)  # fmt: skip
"""All registers. Those without a page of their own are the lists of *Plan > Lists…*, in this order."""


def register_of(table: str) -> Register:
    """The register whose table has this name.

    Raises:
        KeyError: if there is none.
    """
    return {register.name: register for register in REGISTERS}[table]


def yearly_of(model: type[Row]) -> Yearly | None:
    """The columns that the rows of a table have for each year; ``None`` if it has none, or is no register's."""
    return next((register.yearly for register in REGISTERS if register.model is model), None)


def _named_pages() -> dict[str, NamedPage]:
    """The pages of the registers that have one."""
    paged = ((register, register.page) for register in REGISTERS)
    return {page.slug: NamedPage(register.title, register.name) for register, page in paged if page is not None}


name_also(_named_pages)
