"""The plan's rules of small numbers and their exceptions, and what an edition tells of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from spp_desktop.figures.small_numbers import CountRule
from spp_desktop.plan.disclosures import SmallNumbers, SmallNumbersException
from spp_desktop.plan.kinds.spelling import fold
from spp_desktop.store import queries

RulePlace = tuple[str, str]
"""Where a rule stands: the key of an item, or "", and the name of a table or column, or ""."""


@dataclass(frozen=True)
class OpenCount:
    """A small count that is shown all the same: which, why, and who says so."""

    cell: str
    reason: str
    decided_by: str


@dataclass
class HiddenCounts:
    """What became of the counts of persons.

    Attributes:
        cells: the cells of registers that are hidden: table, key of the row, column.
        results: how many results are hidden.
        limits: under which numbers counts are hidden, of all the rules that did anything.
        bases: to which multiples counts are rounded.
        left_open: the exceptions that are in the edition.
        unknown: the exceptions that name no small number of the edition.
        unprotected: counts that can be worked out all the same, in words; nothing may be made of them.
        undecided: the indicators of which nobody has said whether they count persons, by reference.
    """

    cells: set[tuple[str, str, str]] = field(default_factory=set)
    results: int = 0
    limits: set[int] = field(default_factory=set)
    bases: set[int] = field(default_factory=set)
    left_open: list[OpenCount] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    unprotected: list[str] = field(default_factory=list)
    undecided: list[str] = field(default_factory=list)


@dataclass
class SmallRules:
    """The rules of a plan.

    Attributes:
        rules: by their places; ``None`` where numbers are left as they are.
        exceptions: by the same places, the cells that are shown, by their folded names.
        told: what is told of all.
        names: what each count is called, by its key among the counts.
    """

    rules: Mapping[RulePlace, CountRule | None]
    exceptions: Mapping[RulePlace, Mapping[str, OpenCount]]
    told: HiddenCounts = field(default_factory=HiddenCounts)
    names: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, connection: Connection) -> "SmallRules":
        """The rules of a plan."""
        rules: dict[RulePlace, CountRule | None] = {}
        exceptions: dict[RulePlace, dict[str, OpenCount]] = {}
        places: dict[str, RulePlace] = {}
        for row in queries.register(connection, SmallNumbers):
            places[row.id] = place = (row.item_key or "", row.column_name)
            method: Any = row.method
            rules[place] = CountRule(method, row.threshold, row.base) if row.persons and method != "leave" else None
        for row in queries.register(connection, SmallNumbersException):
            own = exceptions.setdefault(places[row.rule_id], {})
            own[fold(row.cell)] = OpenCount(row.cell, row.reason, row.decided_by)
        return cls(rules, exceptions)

    def without_use(self) -> list[str]:
        """The exceptions that no small number was found for: they may be misspelt."""
        every = (each for own in self.exceptions.values() for each in own.values())
        return [each.cell for each in every if each not in self.told.left_open]

    def place(self, item: str, column: str) -> RulePlace | None:
        """Where the rule of a table stands: that of the item's own table, of the item, or of such a table anywhere."""
        return next((each for each in ((item, column), (item, ""), ("", column)) if each in self.rules), None)

    def rule(self, item: str, column: str) -> CountRule | None:
        """The rule of a table; ``None`` where its numbers are left as they are, or nobody has said."""
        place = self.place(item, column)
        rule = self.rules[place] if place else None
        if rule is not None:
            (self.told.limits if rule.method == "suppress" else self.told.bases).add(
                rule.limit if rule.method == "suppress" else rule.base
            )
        return rule

    def is_open(self, item: str, column: str, cell: str) -> bool:
        """Whether a person has said that a small count is shown; it is told then."""
        exception = self.exceptions.get(self.place(item, column) or ("", ""), {}).get(fold(cell))
        if exception is not None and exception not in self.told.left_open:
            self.told.left_open.append(exception)
        return exception is not None
