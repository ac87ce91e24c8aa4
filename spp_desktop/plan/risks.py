"""Risks to the plan: what may happen, how likely and how grave before and after the response, and who answers for it.

The scale is the plan's own lists. What ships is five by five, as many public bodies have it, and may be changed. The
four responses are those of HM Treasury's Orange Book.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from math import prod
from typing import Any, Literal

from sqlmodel import Field, String

from spp_desktop.plan.delivery import HexColour, Shape
from spp_desktop.plan.markings import marking_column
from spp_desktop.plan.register import Computed, Drawn, KnownRows, Page, Register, Returned, Shown, Worked
from spp_desktop.plan.rows import Placed
from spp_desktop.plan.words import Word

MOST_LEVELS = 20
"""Numbers of a scale, at most."""


def _levels(*titles: str) -> tuple[dict[str, object], ...]:
    """The rows of a scale, numbered from 1."""
    return tuple({"number": number, "title": title} for number, title in enumerate(titles, 1))


class RiskLikelihood(Placed, table=True):
    """How likely something is: a number, and its word."""

    word = Word("likelihood", "likelihoods")
    called_by = ("number", "title")
    shipped = _levels("Rare", "Unlikely", "Possible", "Likely", "Almost certain")

    __tablename__ = "risk_likelihood"

    number: int = Field(title="number", ge=1, le=MOST_LEVELS, unique=True)
    title: str = Field(title="likelihood", min_length=1, max_length=60, unique=True)
    meaning: str = Field(default="", title="meaning", max_length=500)


class RiskImpact(Placed, table=True):
    """How grave something would be for the plan: a number, and its word."""

    word = Word("impact", "impacts")
    called_by = ("number", "title")
    shipped = _levels("Negligible", "Minor", "Moderate", "Major", "Severe")

    __tablename__ = "risk_impact"

    number: int = Field(title="number", ge=1, le=MOST_LEVELS, unique=True)
    title: str = Field(title="impact", min_length=1, max_length=60, unique=True)
    meaning: str = Field(default="", title="meaning", max_length=500)


class RiskBand(Placed, table=True):
    """What a score comes to from a number upwards: a word, and its colours on a white page and on a dark one."""

    word = Word("band of scores", "bands of scores")
    called_by = ("title",)
    shipped = (
        {"from_score": 1, "title": "Low", "shape": "disc", "colour": "#1a7f37", "dark_colour": "#56d364"},
        {"from_score": 5, "title": "Medium", "shape": "triangle", "colour": "#9a5b00", "dark_colour": "#e3b341"},
        {"from_score": 15, "title": "High", "shape": "diamond", "colour": "#b42318", "dark_colour": "#ff7b72"},
    )

    __tablename__ = "risk_band"

    from_score: int = Field(title="from score", ge=1, le=MOST_LEVELS**2, unique=True)
    title: str = Field(title="band", min_length=1, max_length=60, unique=True)
    shape: Shape = Field(default="ring", title="shape", sa_type=String)
    colour: HexColour = Field(default="#5b6470", title="colour on white")
    dark_colour: HexColour = Field(default="#aab2bd", title="colour on dark")


def _level(title: str, table: str) -> Any:
    """A column that names a level of a scale."""
    return Field(default=None, title=title, foreign_key=f"{table}.id", ondelete="RESTRICT", index=True)


class Risk(Placed, table=True):
    """What may keep the plan from being delivered; inherent is before the response, residual after it."""

    word = Word("risk", "risks")
    called_by = ("ref", "text")
    decided_together = (
        ("likelihood_id", "impact_id"),
        ("residual_likelihood_id", "residual_impact_id"),
    )

    ref: str = Field(title="reference", min_length=1, max_length=20, unique=True)
    text: str = Field(title="what may happen", min_length=1, max_length=1000)
    cause: str = Field(default="", title="cause", max_length=1000)
    effect: str = Field(default="", title="effect", max_length=1000)
    likelihood_id: str | None = _level("inherent likelihood", "risk_likelihood")
    impact_id: str | None = _level("inherent impact", "risk_impact")
    owner_id: str | None = Field(default=None, title="owner", foreign_key="post.id", ondelete="RESTRICT", index=True)
    response: Literal["Treat", "Tolerate", "Transfer", "Terminate"] | None = Field(
        default=None, title="response", sa_type=String
    )
    action: str = Field(default="", title="what is done about it", max_length=2000)
    residual_likelihood_id: str | None = _level("residual likelihood", "risk_likelihood")
    residual_impact_id: str | None = _level("residual impact", "risk_impact")
    review_on: date | None = Field(default=None, title="review date")
    state: Literal["Open", "Closed"] = Field(default="Open", title="state", sa_type=String)
    marking_id: str | None = marking_column()


def band(score: int, bands: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The band that a score falls into: the highest that begins at it or below; ``None`` if none does."""
    begun = [row for row in bands if row["from_score"] <= score]
    return max(begun, key=lambda row: int(row["from_score"]), default=None)


def _score(name: str, title: str, likelihood: str, impact: str, after: str) -> Computed:
    """The column of the score that two levels come to: their numbers multiplied, and the word of its band."""

    def work_out(row: Mapping[str, Any], known: KnownRows) -> Worked:
        """The score of one risk; blank until both levels are chosen."""
        numbers = {level["id"]: int(level["number"]) for table in _SCALES for level in known[table]}
        chosen = [numbers[row[column]] for column in (likelihood, impact) if row[column] in numbers]
        if len(chosen) < len(_SCALES):
            return Worked("")
        score = prod(chosen)
        level = band(score, known["risk_band"])
        if level is None:
            return Worked(str(score), score)
        colours = (level["colour"], level["dark_colour"])
        return Worked(f"{score} {level['title']}", score, colours, level["shape"], level["title"])

    about = "Likelihood times impact, with the word of the plan's own band of scores."
    return Computed(name, title, work_out, after, (RiskLikelihood, RiskImpact, RiskBand), 108, about=about)


_RESIDUAL = ("residual_likelihood_id", "residual_impact_id")
_SCALES = ("risk_likelihood", "risk_impact")

RISKS = Register(
    Risk,
    "Risks",
    about="What may keep the plan from being delivered, and what is done about it.",
    ref="ref",
    text="text",
    owner="owner_id",
    due="review_on",
    finished=("state", ("Closed",)),
    columns=(
        Shown("ref", 48, about="The risk's reference."),
        Shown("text", 300, about="What may keep the plan from being delivered."),
        Shown("cause", 180, shown=False),
        Shown("effect", 180, shown=False),
        Shown("likelihood_id", 108, shown=False),
        Shown("impact_id", 108, shown=False),
        Shown("owner_id", 128, about="The post that answers for the risk."),
        Shown("response", 84, about="What is done with the risk: treat, tolerate, transfer or terminate it."),
        Shown("action", 180, shown=False, about="What is done now to make it less likely or less grave, and by whom."),
        Shown("residual_likelihood_id", 108, shown=False, about="How likely it is with all that is done about it."),
        Shown("residual_impact_id", 108, shown=False, about="How grave it would be with all that is done about it."),
        Shown("review_on", 92, late=True, about="When it is to be looked at again, day/month/year."),
        Shown("state", 72, about="Whether it is still open."),
    ),
    computed=(
        _score("score", "Inherent score", "likelihood_id", "impact_id", "state"),
        _score("residual_score", "Residual score", *_RESIDUAL, "state"),
    ),
    bar="residual_score",
    log=True,
    links=("priority", "theme", "commitment", "activity", "milestone", "indicator"),
    linked_as="threatens",
    page=Page("Ris&ks", tab="Annual delivery plan"),
    returned=Returned("status", ("residual_likelihood_id", "residual_impact_id", "action", "review_on")),
)

LIKELIHOODS = Register(
    RiskLikelihood,
    "Likelihoods of risks",
    (Shown("number"), Shown("title"), Shown("meaning")),
    about="The plan's own scale of how likely a risk is. A score is the likelihood's number times the impact's.",
)
IMPACTS = Register(
    RiskImpact,
    "Impacts of risks",
    (Shown("number"), Shown("title"), Shown("meaning")),
    about="The plan's own scale of how grave a risk would be.",
)
BANDS = Register(
    RiskBand,
    "Scores of risks",
    (
        Shown("from_score"),
        Shown("title"),
        Shown("shape", drawn=Drawn("colour", "dark_colour", "shape")),
        Shown("colour", drawn=Drawn("colour", "colour")),
        Shown("dark_colour", drawn=Drawn("dark_colour", "dark_colour")),
    ),
    about="What a score comes to, from a number upwards: its word, its shape and its colours.",
)
