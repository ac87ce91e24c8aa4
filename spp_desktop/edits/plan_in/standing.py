"""What the plan has already, by what a table may call it: by references, and by words under the same parent."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row

from spp_desktop.plan.delivery import Activity, Milestone
from spp_desktop.plan.identity import years_kept
from spp_desktop.plan.kinds.spelling import fold
from spp_desktop.plan.performance import Indicator, IndicatorGroup
from spp_desktop.plan.posts import Post
from spp_desktop.plan.priorities import Commitment, Priority, PriorityAlias, Theme
from spp_desktop.store import queries

StandingRow = Row[Any]
"""A row of a table, as a named tuple of its columns."""


@dataclass(frozen=True)
class PlanStanding:
    """The plan as it stands.

    Attributes:
        years: The first calendar years of its financial years.
        year: The year whose activities are looked at.
        levels: The keys of what stands at its levels, by the key of what is above ("" at the top) and folded words.
        priority_of: The key of the priority that a theme or commitment is of, by its key.
        activities: The year's, by key.
        by_ref: Keys of the year's activities by folded reference.
        by_text: Keys of the year's activities by priority and folded words.
        owners: The posts of each activity, the lead first.
        milestones: By activity and folded words.
        posts: Keys by title.
        statuses: Keys by title.
        groups: Keys of groups of indicators by folded title.
        indicators: By key.
        indicator_by: Keys of indicators by folded reference, and by folded title.
        targets: What is aimed at, as it is stated, by indicator and year (``None`` for the whole plan).
        revision: The newest step of the plan's history.
    """

    years: tuple[int, ...]
    year: int
    levels: Mapping[tuple[str, str], str]
    priority_of: Mapping[str, str]
    activities: Mapping[str, StandingRow]
    by_ref: Mapping[str, str]
    by_text: Mapping[tuple[str, str], str]
    owners: Mapping[str, tuple[str, ...]]
    milestones: Mapping[tuple[str, str], StandingRow]
    posts: Mapping[str, str]
    statuses: Mapping[str, str]
    groups: Mapping[str, str]
    indicators: Mapping[str, StandingRow]
    indicator_by: Mapping[str, str]
    targets: Mapping[tuple[str, int | None], str]
    revision: str


def standing(connection: Connection, year: int) -> PlanStanding:
    """The plan as it stands, with the activities of a year."""
    activities = {row.id: row for row in queries.register(connection, Activity) if row.year == year}
    indicators = {row.id: row for row in queries.register(connection, Indicator)}
    levels, priority_of = _levels(connection)
    return PlanStanding(
        tuple(years_kept(queries.plan(connection))),
        year,
        levels,
        priority_of,
        activities,
        {fold(row.ref): key for key, row in reversed(activities.items())},
        {(row.priority_id, fold(row.text)): key for key, row in reversed(activities.items())},
        {row.key: row.owner_keys for row in queries.activities(connection, year, counted=False)},
        {(row.activity_id, fold(row.title)): row for row in reversed(queries.register(connection, Milestone))},
        {row.title: row.id for row in queries.register(connection, Post)},
        {row.title: row.key for row in queries.statuses(connection)},
        {fold(row.title): row.id for row in reversed(queries.register(connection, IndicatorGroup))},
        indicators,
        {
            **{fold(row.title): key for key, row in reversed(indicators.items())},
            **{fold(row.ref): key for key, row in indicators.items()},
        },
        {(row.indicator_key, row.year): row.stated for row in queries.targets(connection)},
        newest_step(connection),
    )


def newest_step(connection: Connection) -> str:
    """The newest step of the plan's history; "" if there is none."""
    query = "SELECT id FROM revision WHERE kind <> 'beside' ORDER BY n DESC LIMIT 1"
    return str(connection.exec_driver_sql(query).scalar() or "")


def _levels(connection: Connection) -> tuple[dict[tuple[str, str], str], dict[str, str]]:
    """What stands at the levels by what is above and words, the first of several alike; and the priority of each."""
    keys: dict[tuple[str, str], str] = {}
    priority_of: dict[str, str] = {}
    for row in queries.register(connection, Priority):
        keys.setdefault(("", fold(row.title)), row.id)
        priority_of[row.id] = row.id
    for row in queries.register(connection, PriorityAlias):
        keys.setdefault(("", fold(row.title)), row.priority_id)
    below: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in queries.register(connection, Theme):
        priority_of[row.id] = row.priority_id
        below[row.parent_id or row.priority_id].append((fold(row.title), row.id))
    for row in queries.register(connection, Commitment):
        above = row.theme_id or row.priority_id
        priority_of[row.id] = priority_of.get(above, "")
        below[above].append((fold(row.text), row.id))
    for above, rows in below.items():
        for words, key in rows:
            keys.setdefault((above, words), key)
    return keys, priority_of
