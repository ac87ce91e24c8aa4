"""The plan's rows as a return lists them, and a return's cells as the verbs of the plan take them."""

from collections.abc import Mapping
from typing import Any, get_args

from sqlalchemy import Connection

from spp_desktop.edits.performance import TARGET, WHOLE_PLAN
from spp_desktop.plan.identity import years_of
from spp_desktop.plan.performance import Polarity
from spp_desktop.plan.posts import Post
from spp_desktop.plan.priorities import Priority
from spp_desktop.returns.definition import Line, PlanFacts, Return, Value
from spp_desktop.store import queries

GROUPS = " · "


def facts(connection: Connection) -> PlanFacts:
    """What every workbook says of the plan, and the lists that its cells are chosen from."""
    plan = queries.plan(connection)
    return PlanFacts(
        key=plan.id,
        title=plan.title,
        years=tuple(years_of(plan)),
        force=plan.force,
        marking=plan.marking,
        illustrative=plan.illustrative,
        lists={
            "statuses": tuple(status.title for status in queries.statuses(connection)),
            "posts": tuple(post.title for post in queries.register(connection, Post)),
            "priorities": tuple(priority.title for priority in queries.register(connection, Priority)),
            "polarities": tuple(get_args(Polarity)),
        },
    )


def lines(connection: Connection, definition: Return, owner: str = "", year: int | None = None) -> dict[str, Line]:
    """The rows that a return lists, by key: those of a year and of one post, or all."""
    columns = definition.listing.columns_for(facts(connection).years)
    found = {}
    if definition.listing.source == "activities":
        rows: list[Any] = [row for row in queries.activities(connection, year) if not owner or owner in row.owners]
    else:
        rows = list(queries.indicators(connection))
    for row in rows:
        found[row.key] = Line(row.key, {column.field: _held(row, column.field) for column in columns})
    return found


def _held(row: Any, name: str) -> Value:
    """What a row holds under a column's field."""
    if name.startswith(TARGET):
        year = name.removeprefix(TARGET)
        target = row.targets.get(None if year == WHOLE_PLAN else int(year))
        return None if target is None else str(target.stated)
    if name == "group":
        return GROUPS.join(filter(None, (row.group, row.subgroup)))
    value: Value = getattr(row, name)
    return None if value in ("", ()) else value


def references(connection: Connection) -> Mapping[str, tuple[str, Mapping[str, str]]]:
    """By field: the column that keeps it, and the keys that stand for the titles a person writes."""
    posts = {post.title: post.id for post in queries.register(connection, Post)}
    return {
        "status": ("status_id", {status.title: status.key for status in queries.statuses(connection)}),
        "priority": ("priority_id", {row.title: row.id for row in queries.register(connection, Priority)}),
        "owners": ("owners", posts),
    }


_EMPTY = {"reason": "", "unit": "", "population": "", "source": "", "owners": ()}


def stored(known: Mapping[str, tuple[str, Mapping[str, str]]], field: str, value: Value) -> tuple[str, Any]:
    """A field and its value as ``set_cells`` takes them."""
    if value is None:
        return known[field][0] if field in known else field, _EMPTY.get(field)
    if field not in known:
        return field, value
    column, keys = known[field]
    return column, [keys[title] for title in value] if isinstance(value, tuple) else keys[str(value)]
