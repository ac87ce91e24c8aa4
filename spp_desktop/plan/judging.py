"""How results are judged, and what people say of them: colour rules, overrides, rebases, annotations, peers."""

from datetime import date
from typing import Literal

from pydantic import FiniteFloat
from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, String

from spp_desktop.plan.periods import FIRST_YEAR_OF_ALL, LAST_YEAR_OF_ALL
from spp_desktop.plan.rows import Placed, Row
from spp_desktop.plan.words import Word

RuleKind = Literal["tolerance in per cent", "tolerance in points", "last year"]
"""The two rules that are known: see ``figures.rag.Tolerance`` (of the aim, or in its unit) and ``LastYear``."""


class JudgementRule(Placed, table=True):
    """A rule that gives red, amber or green. The first of the list is the plan's own.

    ``size`` is the tolerance, in per cent of the aim or in its unit; the rule "last year" has none. ``version`` is
    what the plan calls the rule and since when. ``first_month`` is the months of results from which it judges.
    """

    word = Word("colour rule", "colour rules")
    called_by = ("title",)
    # Reports of the time show no standard bands: 5% is a usual choice, and no law.
    shipped = (
        {"title": "5% tolerance", "kind": "tolerance in per cent", "size": 5.0},
        {"title": "Better than last year (Metropolitan Police 2011)", "kind": "last year", "size": 0.0},
    )

    __tablename__ = "judgement_rule"

    title: str = Field(title="rule", min_length=1, max_length=100, unique=True)
    kind: RuleKind = Field(default="tolerance in per cent", title="kind of rule", sa_type=String)
    size: FiniteFloat = Field(default=5, title="tolerance", ge=0)
    version: str = Field(default="", title="version", max_length=100)
    first_month: int = Field(default=1, title="judges from month", ge=1, le=12)


class Override(Row, table=True):
    """A colour that a person gives instead of the rule's, for the period that ends on ``period_to`` and no other."""

    word = Word("override", "overrides")
    called_by = ("period_to",)
    part_of = "indicator_id"

    __table_args__ = (
        Index("one_override_a_period", "indicator_id", text("ifnull(area_id, '')"), "period_to", unique=True),
    )
    decided_together = (("colour", "reason", "author"),)

    indicator_id: str = Field(foreign_key="indicator.id", ondelete="CASCADE", index=True)
    area_id: str | None = Field(default=None, title="area", foreign_key="area.id", ondelete="CASCADE", index=True)
    period_to: date = Field(title="period to")
    colour: Literal["green", "amber", "red"] = Field(title="colour", sa_type=String)
    reason: str = Field(title="reason", min_length=1, max_length=1000)
    author: str = Field(title="given by", min_length=1, max_length=200)
    made_on: date = Field(title="given on")


class Rebase(Row, table=True):
    """From the month that begins on ``starts_on``, a control chart is made anew."""

    word = Word("rebase", "rebases")
    called_by = ("starts_on",)
    part_of = "indicator_id"

    indicator_id: str = Field(foreign_key="indicator.id", ondelete="CASCADE", index=True)
    area_id: str | None = Field(default=None, title="area", foreign_key="area.id", ondelete="CASCADE", index=True)
    starts_on: date = Field(title="from")
    reason: str = Field(title="reason", min_length=1, max_length=1000)
    author: str = Field(title="author", min_length=1, max_length=200)


class Annotation(Row, table=True):
    """What the officer writes beside a day of a chart."""

    word = Word("annotation", "annotations")
    called_by = ("text",)
    part_of = "indicator_id"

    indicator_id: str = Field(foreign_key="indicator.id", ondelete="CASCADE", index=True)
    area_id: str | None = Field(default=None, title="area", foreign_key="area.id", ondelete="CASCADE", index=True)
    on_day: date = Field(title="day")
    text: str = Field(title="annotation", min_length=1, max_length=300)
    author: str = Field(title="author", min_length=1, max_length=200)


class PeerForce(Placed, table=True):
    """Another force of the group most similar to this one in a year. Groups change, and have this force in them too."""

    word = Word("force", "forces")
    called_by = ("force",)

    __tablename__ = "peer_force"
    __table_args__ = (UniqueConstraint("year", "force"),)

    year: int = Field(title="year", ge=FIRST_YEAR_OF_ALL, le=LAST_YEAR_OF_ALL)
    force: str = Field(title="force", min_length=1, max_length=100)
    source: str = Field(default="", title="source", max_length=300)


class PeerRate(Row, table=True):
    """What an indicator came to in a year in a force of the group; ``peer_id`` is empty for this force."""

    word = Word("peer rate", "peer rates")
    called_by = ("year",)
    part_of = "indicator_id"

    __tablename__ = "peer_rate"
    __table_args__ = (Index("one_rate_a_force", "indicator_id", text("ifnull(peer_id, '')"), "year", unique=True),)

    indicator_id: str = Field(foreign_key="indicator.id", ondelete="CASCADE", index=True)
    peer_id: str | None = Field(default=None, foreign_key="peer_force.id", ondelete="CASCADE", index=True)
    year: int = Field(title="year", ge=FIRST_YEAR_OF_ALL, le=LAST_YEAR_OF_ALL)
    value: FiniteFloat = Field(title="result")
