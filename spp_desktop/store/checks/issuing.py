"""Checks of a plan's way: whether it was issued in time, and whether what is out is still what it says."""

from collections.abc import Iterator
from typing import Any

from spp_desktop.plan.kinds.days import in_words
from spp_desktop.plan.periods import year_name, year_start
from spp_desktop.plan.words import Word
from spp_desktop.store import versions
from spp_desktop.store.checks.facts import CheckedPlan
from spp_desktop.store.checks.hits import CheckedRow, RuleHit
from spp_desktop.store.checks.public import ANY_CELL
from spp_desktop.store.checks.rule import CheckRule
from spp_desktop.store.versions import VersionRow

VERSION = "plan_version"
"""The table of versions, as which findings of these rules are shown."""

SAID = Word("text or figure", "texts and figures")


def _late(plan: CheckedPlan) -> Iterator[RuleHit]:
    """The plan first issued when its first year had begun, or not yet. Who keeps no versions is not told."""
    known = versions.versions(plan.connection)
    if not known:
        return
    raw: Any = plan.connection.connection.driver_connection
    own = plan.plan.first_year
    begins, year = year_start(own), year_name(own)
    issued = (row for row in known if row.issues and versions.first_year_as_of(raw, row.revision) == own)
    first = next(issued, None)
    if first is not None and first.dated >= begins:
        yield RuleHit(
            f"It was issued on {in_words(first.dated)}, and {year} began on {in_words(begins)}.", (_row(first),)
        )
    elif first is None and plan.today >= begins:
        yield RuleHit(
            f"{year} began on {in_words(begins)}, and no version of the plan for it is issued: the newest is "
            f"“{known[-1].state}”.",
            (_row(known[-1]),),
        )


def _changed(plan: CheckedPlan) -> Iterator[RuleHit]:
    """A plan that is out and says something else since."""
    newest = next(reversed(versions.versions(plan.connection)), None)
    if newest is None or not newest.issues:
        return
    raw: Any = plan.connection.connection.driver_connection
    count = versions.said_otherwise(raw, newest.revision)
    if count:
        other = f"{SAID.counted(count)} of it {'is' if count == 1 else 'are'}"
        since = in_words(newest.dated)
        yield RuleHit(f"It is “{newest.state}” since {since}, and {other} other now.", (_row(newest),))


def _row(version: VersionRow) -> CheckedRow:
    return CheckedRow(VERSION, version.key, f"version {version.number}")


RULES: tuple[CheckRule, ...] = (
    CheckRule(
        "issued after its year began", "Versions: issued after its year began",
        "A plan is issued before the beginning of its first year, 1 April for a force (Police Act 1996 s.6ZB(1), as in "
        "force on 14 March 2008, read in the Police and Justice Act 2006, schedule 2). It was issued later, or is not "
        "issued yet. Only a plan whose versions are kept is looked at.", "question", "plan", _late,
        frozenset({VERSION, "plan_state"}),
    ),
    CheckRule(
        "changed since it was issued", "Versions: changed since it was issued",
        "The plan is out, and texts or figures of what it says it will do are other now than in its newest version, "
        "without its having been moved on since, such as to “Varied”. How it goes (statuses, forecasts, results) does "
        "not count.", "question", "plan", _changed, frozenset({VERSION, "plan_state", ANY_CELL, *versions.SAID}),
    ),
)  # fmt: skip
