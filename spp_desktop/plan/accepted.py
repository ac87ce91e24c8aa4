"""Findings of the plan's checks that a person has accepted: why, who, and when."""

from datetime import date

from sqlmodel import Field

from spp_desktop.plan.rows import Row
from spp_desktop.plan.words import Word


class AcceptedFinding(Row, table=True):
    """A finding that is meant to be so. It stays accepted until one of its rows, or what is found of them, changes.

    ``finding`` is by which it is known (``store.checks.rule.PlanFinding.key``), ``rule`` the name of its rule,
    ``sentence`` what was found when it was accepted, ``stamp`` a hash of that and of all cells of its rows.
    """

    word = Word("accepted finding", "accepted findings")
    called_by = ("sentence",)

    __tablename__ = "accepted_finding"

    finding: str = Field(title="finding", min_length=1, max_length=200, unique=True)
    rule: str = Field(title="rule", min_length=1, max_length=100)
    sentence: str = Field(title="what was found", min_length=1, max_length=4000)
    stamp: str = Field(title="stamp", min_length=64, max_length=64)
    reason: str = Field(title="reason", min_length=1, max_length=1000)
    author: str = Field(title="accepted by", min_length=1, max_length=200)
    accepted_on: date = Field(title="accepted on")
