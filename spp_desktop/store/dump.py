"""The whole content of a plan as plain values, alike on any two machines that hold the same content.

Keys, history and clock times are left out; rows are named by what a person calls them.
"""

from typing import Any

from sqlalchemy import Connection, Row
from sqlmodel import SQLModel

from spp_desktop.plan.frameworks import Framework, FrameworkItem
from spp_desktop.plan.identity import Section
from spp_desktop.plan.performance import Indicator
from spp_desktop.plan.periods import year_name
from spp_desktop.plan.posts import Body, Post, PostHolder
from spp_desktop.plan.priorities import NOTE_PLACES, Commitment, Note, NoteUse, Priority, PriorityAlias, Theme
from spp_desktop.store import dump_measured, plain, queries

Content = dict[str, Any]

_UNSAID = {"id", "position"}


def content(connection: Connection) -> Content:
    """Everything the plan says, as values that JSON can hold, in a stable order."""
    return {
        "plan": {name: _value(value) for name, value in queries.plan(connection) if name not in _UNSAID},
        "sections": [_said(row) for row in queries.register(connection, Section)],
        "bodies": [_said(row) for row in queries.register(connection, Body)],
        "posts": _posts(connection),
        "statuses": [_plain(row, "key") for row in queries.statuses(connection)],
        "frameworks": _frameworks(connection),
        "priorities": _priorities(connection),
        "notes": _notes(connection),
        "activities": _activities(connection),
        "indicators": _indicators(connection),
        **dump_measured.lists(connection),
    }


def _posts(connection: Connection) -> list[Content]:
    bodies = {row.id: row.title for row in queries.register(connection, Body)}
    holders = queries.register(connection, PostHolder)
    return [
        {
            "title": post.title,
            "body": bodies.get(post.body_id, ""),
            "holders": [_said(row, "post_id") for row in holders if row.post_id == post.id],
        }
        for post in queries.register(connection, Post)
    ]


def _frameworks(connection: Connection) -> list[Content]:
    items = queries.register(connection, FrameworkItem)
    return [
        {**_said(framework), "items": [_said(row, "framework_id") for row in items if row.framework_id == framework.id]}
        for framework in queries.register(connection, Framework)
    ]


def _priorities(connection: Connection) -> list[Content]:
    aliases = queries.register(connection, PriorityAlias)
    return [
        {
            "title": priority.text,
            "narrative": priority.narrative,
            "aliases": [_said(row, "priority_id") for row in aliases if row.priority_id == priority.key],
            "themes": [_theme(node) for node in priority.children],
        }
        for priority in queries.priority_tree(connection)
    ]


def _theme(theme: plain.Node) -> Content:
    return {
        "title": theme.text,
        "narrative": theme.narrative,
        "commitments": [node.text for node in theme.children if node.kind == "commitment"],
        "themes": [_theme(node) for node in theme.children if node.kind == "theme"],
    }


def _notes(connection: Connection) -> list[Content]:
    names: dict[str, str] = {}
    models: tuple[tuple[type[SQLModel], str], ...] = (
        (Section, "title"), (Priority, "title"), (Theme, "title"), (Commitment, "text"), (Indicator, "title"),
    )  # fmt: skip
    for model, name in models:
        names |= {row.id: getattr(row, name) for row in queries.register(connection, model)}
    uses: dict[str, list[Content]] = {}
    for use in queries.register(connection, NoteUse):
        column = next(place for place in NOTE_PLACES if getattr(use, place))
        uses.setdefault(use.note_id, []).append(
            {
                "number": use.number,
                "printed_in": use.printed_in,
                "place": column.removesuffix("_id"),
                "at": names[getattr(use, column)],
            }
        )
    return [
        {"text": note.text, "uses": sorted(uses.get(note.id, []), key=lambda use: (use["number"] or 0, use["at"]))}
        for note in queries.register(connection, Note)
    ]


def _activities(connection: Connection) -> list[Content]:
    steps: dict[str, list[Content]] = {}
    for step in queries.milestones(connection):
        steps.setdefault(step.activity_key, []).append(_plain(step, "key", "activity_key"))
    reports: dict[str, list[Content]] = {}
    for report in queries.updates(connection):
        reports.setdefault(report.activity_key, []).append(_plain(report, "key", "activity_key"))
    return [
        {
            "ref": row.ref,
            "text": row.text,
            "priority": row.priority,
            "year": year_name(row.year),
            "owners": list(row.owners),
            "status": row.status,
            "percent": row.percent,
            "start": _value(row.start),
            "due": _value(row.due),
            "forecast": _value(row.forecast),
            "reason": row.reason,
            "milestones": steps.get(row.key, []),
            "updates": reports.get(row.key, []),
            "links": list(row.linked),
        }
        for row in queries.activities(connection)
    ]


def _indicators(connection: Connection) -> list[Content]:
    judged = dump_measured.of_indicators(connection)
    national = {row.id: f"{row.code} {row.title}" for row in queries.register(connection, FrameworkItem)}
    items = {row.id: row.framework_item_id for row in queries.register(connection, Indicator)}
    return [
        {
            "ref": row.ref,
            "title": row.title,
            "group": row.group,
            "subgroup": row.subgroup,
            "unit": row.unit,
            "polarity": row.polarity,
            "population": row.population,
            "source": row.source,
            "local_priority": row.local_priority,
            "national_indicator": national.get(items[row.key] or "", ""),
            "notes": list(row.notes),
            "targets": [_target(target) for target in row.targets.values()],
            **judged[row.key],
        }
        for row in queries.indicators(connection)
    ]


def _target(target: plain.TargetRow) -> Content:
    period = "plan" if target.year is None else year_name(target.year)
    said = {"period": period, "kind": target.kind, "stated": target.stated, "value": target.value}
    return {**said, "explanation": target.explanation}


def _said(row: Row[Any], *left_out: str) -> Content:
    """A row of a register without keys and places."""
    return {name: _value(value) for name, value in row._asdict().items() if name not in {*_UNSAID, *left_out}}


def _plain(row: Any, *left_out: str) -> Content:
    """A plain row of the queries without its keys."""
    return {name: _value(getattr(row, name)) for name in row.__slots__ if name not in left_out}


def _value(value: Any) -> Any:
    """A date as its ISO text; anything else as it is."""
    return value.isoformat() if hasattr(value, "isoformat") else value
