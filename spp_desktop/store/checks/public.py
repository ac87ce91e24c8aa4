"""Checks of protective markings and of what is public: one function each."""

from collections.abc import Iterator
from typing import Any

from spp_desktop.plan.kinds.days import in_words
from spp_desktop.plan.releasable import PublicItem, parts, releasable_tables
from spp_desktop.plan.words import counted
from spp_desktop.store import disclosed, markings
from spp_desktop.store.checks.facts import CheckedPlan
from spp_desktop.store.checks.hits import CheckedRow, RuleHit
from spp_desktop.store.checks.rule import CheckRule
from spp_desktop.store.naming import row_of

ANY_CELL = "cells of activities"
"""What a rule of the whole plan reads that looks at more of activities than their words and where they stand."""

DECISION = "disclosure"
"""The table of what was released or withheld, as which the decision about a column is shown."""

_TOLD = 2
"""Changes that are told one by one."""


def _marked_higher(plan: CheckedPlan) -> Iterator[RuleHit]:
    """Rows that bear a higher marking of their own than the plan."""
    known = markings.markings(plan.connection)
    for table in sorted(markings.marked_tables()):
        query = (
            f'SELECT own.id, marking.title FROM "{table}" AS own JOIN marking ON marking.id = own.marking_id '
            "ORDER BY own.position, own.id"
        )
        for key, title in plan.select(query):
            if known.rank(title) > known.rank(known.own):
                borne = f"the plan only {known.own}" if known.own else "the plan bears no marking"
                yield RuleHit(
                    f"It is marked {title}, and {borne}: what it is in bears {title}.", (_row(plan, table, key),)
                )


def _changed_since(plan: CheckedPlan) -> Iterator[RuleHit]:
    """Released rows that have changed since they were released."""
    changed = disclosed.changed_since_release(plan.connection)
    for row in disclosed.disclosures(plan.connection):
        if row.key in changed:
            changes = changed[row.key]
            told = "; ".join(change.told for change in changes[:_TOLD])
            more = f", and {counted(len(changes) - _TOLD, 'more change')}" if len(changes) > _TOLD else ""
            when = f"It was released on {in_words(row.decided_on)} by {row.decided_by}"
            yield RuleHit(
                f"{when} and has changed since: {told}{more}.", (_row(plan, row.item.table, str(row.item.key)),)
            )


def _look_again(plan: CheckedPlan) -> Iterator[RuleHit]:
    """What is withheld and was to be looked at again by now."""
    for row in disclosed.disclosures(plan.connection):
        if row.due(plan.today) and row.look_again is not None:
            yield RuleHit(
                f"{_subject(row.item, row.title)} withheld by {row.decided_by} on {in_words(row.decided_on)} "
                f"({row.reason}), to be looked at again on {in_words(row.look_again)}.",
                (_of_item(plan, row.item, row.key),),
            )


def _subject(item: PublicItem, title: str) -> str:
    return "It is" if item.key is not None else f"“{title}” is"


def _of_item(plan: CheckedPlan, item: PublicItem, decision: str) -> CheckedRow:
    return CheckedRow(DECISION, decision, "") if item.key is None else _row(plan, item.table, item.key)


def _row(plan: CheckedPlan, table: str, key: str) -> CheckedRow:
    """A row with the reference or number by which a person knows it."""
    if table in ("priority", "theme", "commitment"):
        return plan.row_of_level(table, key)
    raw: Any = plan.connection.connection.driver_connection
    cells = row_of(raw, table, key) or {}
    return CheckedRow(table, key, str(cells.get("ref") or cells.get("number") or ""))


_RELEASED = frozenset({*releasable_tables(), *parts(), DECISION, ANY_CELL}) - {"result"}

RULES: tuple[CheckRule, ...] = (
    CheckRule(
        "marked higher than the plan", "Markings: higher than the plan's own",
        "Something bears a higher protective marking than the plan, so that whatever it is in does, too. Mark the plan "
        "so, or keep it apart.", "question", "plan", _marked_higher,
        frozenset({*markings.marked_tables(), "marking", ANY_CELL}),
    ),
    CheckRule(
        "released and changed since", "Public: changed since it was released",
        "What was released to the public has changed since in a cell that may be public, or in a part of it. Look at "
        "it and release it again. Results do not count: they come in all the time.", "question", "plan", _changed_since,
        _RELEASED,
    ),
    CheckRule(
        "withheld and due", "Public: to be looked at again",
        "What is withheld from the public was to be looked at again by now: release it, or withhold it until another "
        "day.", "question", "plan", _look_again, frozenset({DECISION}),
    ),
)  # fmt: skip
