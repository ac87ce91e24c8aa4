"""A check of the plan as one declaration: what it looks for, how grave that is, and the function that finds it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from spp_desktop.plan.spoken import texts_of_program
from spp_desktop.store.checks.facts import CheckedPlan
from spp_desktop.store.checks.hits import CheckedRow, RuleHit

Severity = Literal["wrong", "missing", "question"]
"""How grave a finding is: the plan contradicts itself; something is not there; it may well be meant."""

SEVERITIES: Mapping[Severity, str] = {
    "wrong": "Contradicts itself",
    "missing": "Missing",
    "question": "Worth a look",
}
"""What each is called on screen, the gravest first."""

OneOf = Literal["activity", "indicator", "plan"]
"""What a rule looks at by itself: one activity with its milestones and updates, one indicator, or the whole plan."""


@texts_of_program("title", "about")
@dataclass(frozen=True)
class CheckRule:
    """A rule of the plan's consistency.

    Attributes:
        name: by which a program knows it; it never changes.
        title: what a list of its findings is headed with.
        about: when something is found, and by which figure or source where there is one.
        severity: how grave it is.
        of: what it looks at by itself: where one activity or indicator has changed, it alone is looked at again.
        find: finds, in the plan as it was read, what breaks the rule.
        reads: the tables whose change has it look again, where it looks at the whole plan.
        shown_as: the kind of item as which the first row of a finding is shown, where that is not its own table's.
    """

    name: str
    title: str
    about: str
    severity: Severity
    of: OneOf
    find: Callable[[CheckedPlan], Iterator[RuleHit]]
    reads: frozenset[str] = frozenset()
    shown_as: str = ""


@dataclass(frozen=True, slots=True)
class PlanFinding:
    """Something that a rule found.

    Attributes:
        rule: the rule.
        sentence: what is the matter, in one sentence.
        rows: the rows it is about, the one to go to first; none where it is about the plan as a whole.
    """

    rule: CheckRule
    sentence: str
    rows: tuple[CheckedRow, ...]

    @property
    def key(self) -> str:
        """By which it is known: its rule, and a hash of its rows' keys. No rule finds two things in the same rows."""
        keys = " ".join(sorted(row.key for row in self.rows))
        return f"{self.rule.name}:{sha256(keys.encode()).hexdigest()[:32]}"

    @property
    def refs(self) -> str:
        """The references of its rows, as they stand in one cell."""
        return ", ".join(dict.fromkeys(row.ref for row in self.rows if row.ref))
