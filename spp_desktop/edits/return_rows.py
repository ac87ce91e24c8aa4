"""The plan's rows as a return lists them, and a return's cells as the verbs of the plan take them."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self, get_args

from sqlalchemy import Connection, Table
from sqlmodel import SQLModel

from spp_desktop.edits import result_rows
from spp_desktop.edits.performance import TARGET, WHOLE_PLAN
from spp_desktop.plan.delivery import Activity, ActivityOwner, ActivityUpdate, Milestone, Status
from spp_desktop.plan.identity import years_of
from spp_desktop.plan.performance import Indicator, IndicatorGroup, Polarity, Target
from spp_desktop.plan.periods import month_start, period_end
from spp_desktop.plan.posts import Post
from spp_desktop.plan.priorities import NoteUse, Priority
from spp_desktop.plan.results import Area, DefinitionVersion, Result
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.returns.definition import RESULTS, Identity, Line, Listing, PlanFacts, Source, Value
from spp_desktop.returns.values import shown
from spp_desktop.store import queries
from spp_desktop.store.plain import ActivityRow, IndicatorRow, MilestoneRow, UpdateRow

GROUPS = " · "

REPORTED = ("done", "next")
"""What a post reports of an activity for a period; it is kept as an update of the activity, not in the activity."""


UNSET: Mapping[Source, frozenset[str]] = {
    "activities": frozenset(),
    "milestones": frozenset({"ref"}),
    "indicators": frozenset({"group"}),
    "judgements": frozenset({"ref", "title"}),
    **dict.fromkeys(RESULTS, frozenset({"ref", "text"})),
}
"""The columns that say where a row belongs, and cannot be set from a return."""


@dataclass(frozen=True)
class Scope:
    """Which rows an issue of a return lists: of a post, a year, a quarter or month ("Q2", "M06"); empty means all.

    With ``everyone`` it lists all rows of all years, as they stand for that post and quarter; of results, all that
    could be asked for of that month. ``leads`` are the posts
    that led when a return of no one post went out, by activity: what they report is what such a return answers.
    """

    owner: str = ""
    year: int | None = None
    period: str = ""
    everyone: bool = False
    leads: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, identity: Identity) -> Self:
        """The scope of an export."""
        return cls(identity.owner, identity.year, identity.period)

    def lists(self, row: ActivityRow) -> bool:
        """Whether an activity is listed."""
        return self.everyone or not self.owner or self.owner in row.owners

    @property
    def listed_year(self) -> int | None:
        """The year to which the rows are confined, if to any."""
        return None if self.everyone else self.year

    @property
    def ends(self) -> date | None:
        """The last day of the quarter or month; ``None`` if it is about neither."""
        return None if self.year is None or not self.period else period_end(self.year, self.period)

    @property
    def month(self) -> date | None:
        """The first day of the last month it is about; ``None`` if it is about the whole plan or a year."""
        return None if self.ends is None else month_start(self.ends)


EVERYTHING = Scope()


def facts(connection: Connection) -> PlanFacts:
    """What every workbook says of the plan, and the lists that its cells are chosen from."""
    plan = queries.plan(connection)
    statuses = queries.statuses(connection)
    return PlanFacts(
        key=plan.id,
        title=plan.title,
        years=tuple(years_of(plan)),
        force=plan.force,
        marking=plan.marking,
        illustrative=plan.illustrative,
        lists={
            "statuses": tuple(status.title for status in statuses),
            "posts": tuple(post.title for post in queries.register(connection, Post)),
            "priorities": tuple(priority.title for priority in queries.register(connection, Priority)),
            "polarities": tuple(get_args(Polarity)),
            "states of a result": tuple(result_rows.STATES),
        },
        reasons=tuple(status.title for status in statuses if status.needs_reason),
        meanings={
            **result_rows.STATES,
            **{status.title: status.meaning for status in statuses if status.meaning},
        },
    )


def lines(
    connection: Connection,
    listing: Listing,
    plan: PlanFacts,
    scope: Scope = EVERYTHING,
    keys: Container[str] | None = None,
) -> dict[str, Line]:
    """The rows that a listing holds, by key: all, or those of some keys. What no row of the plan has is left empty."""
    held = {column.field: _holder(listing.source, column.field) for column in listing.columns_for(plan.years)}
    rows = _ROWS[listing.source](connection, listing, scope)
    return {
        key: Line(key, {name: _value(get(row)) for name, get in held.items()}, lead)
        for key, row, lead in rows
        if keys is None or key in keys
    }


def read_by(listings: Iterable[Listing]) -> list[Table]:
    """The tables of the plan that ``lines`` reads for some listings, and ``titles`` for any."""
    models: list[type[SQLModel]] = [
        Post,
        Priority,
        Status,
        *(model for listing in listings for model in _READ[listing.source]),
    ]
    return [SQLModel.metadata.tables[str(model.__tablename__)] for model in dict.fromkeys(models)]


_READ: Mapping[Source, tuple[type[SQLModel], ...]] = {
    "activities": (Activity, ActivityOwner, ActivityUpdate),
    "milestones": (Activity, ActivityOwner, Milestone),
    "indicators": (Indicator, IndicatorGroup, Target, NoteUse),
    "judgements": (Indicator, IndicatorGroup, Target, NoteUse),
    **dict.fromkeys(RESULTS, (Indicator, IndicatorGroup, Target, NoteUse, Area, DefinitionVersion, Result)),
}


def _activities(connection: Connection, listing: Listing, scope: Scope) -> Iterator[tuple[str, Any, str]]:
    """Each activity with its owners, and what was reported of it in the period by the post, or else by its lead."""
    reported = {}
    if any(column.field in REPORTED for column in listing.columns):
        reported = {
            (update.activity_key, update.post): update
            for update in queries.updates(connection)
            if update.reported_on == scope.ends
        }
    for row in queries.activities(connection, scope.listed_year, counted=False):
        if scope.lists(row):
            lead = _lead(row)
            post = scope.owner or scope.leads.get(row.key, lead)
            yield row.key, (row, reported.get((row.key, post))), lead


def _milestones(connection: Connection, _: Listing, scope: Scope) -> Iterator[tuple[str, Any, str]]:
    """Each milestone, behind its activity, in the activities' order."""
    listed = queries.activities(connection, scope.listed_year, counted=False)
    activities = {row.key: row for row in listed if scope.lists(row)}
    order = {key: place for place, key in enumerate(activities)}
    steps = [row for row in queries.milestones(connection, scope.listed_year) if row.activity_key in activities]
    for row in sorted(steps, key=lambda step: order[step.activity_key]):
        activity = activities[row.activity_key]
        yield row.key, (row, activity), _lead(activity)


def _indicators(connection: Connection, _: Listing, __: Scope) -> Iterator[tuple[str, Any, str]]:
    for row in queries.indicators(connection):
        yield row.key, (row,), ""


def _results(connection: Connection, listing: Listing, scope: Scope) -> Iterator[tuple[str, Any, str]]:
    found = result_rows.rows(connection, listing.source, scope.month, every=scope.everyone)
    for key, row in found.items():
        yield key, (row,), ""


_ROWS: Mapping[Source, Callable[[Connection, Listing, Scope], Iterator[tuple[str, Any, str]]]] = {
    "activities": _activities,
    "milestones": _milestones,
    "indicators": _indicators,
    "judgements": _indicators,
    **dict.fromkeys(RESULTS, _results),
}


def _lead(row: ActivityRow) -> str:
    return row.owners[0] if row.owners else ""


_MADE_OF: Mapping[Source, tuple[type, ...]] = {
    "activities": (ActivityRow, UpdateRow),
    "milestones": (MilestoneRow, ActivityRow),
    "indicators": (IndicatorRow,),
    "judgements": (IndicatorRow,),
    **dict.fromkeys(RESULTS, (result_rows.ResultLine,)),
}
"""The plain rows that say together what one row of a listing holds, as ``_ROWS`` gives them."""


def _holder(source: Source, name: str) -> Callable[[tuple[Any, ...]], Value]:
    """What gives a column's field of such rows: the first of them that has such a field at all."""
    if name.startswith(TARGET):
        said = name.removeprefix(TARGET)
        year = None if said == WHOLE_PLAN else int(said)
        return lambda rows: str(rows[0].targets[year].stated) if year in rows[0].targets else None
    if name == "group":
        return lambda rows: GROUPS.join(filter(None, (rows[0].group, rows[0].subgroup)))
    place = next((n for n, made in enumerate(_MADE_OF[source]) if name in made.__slots__), None)  # type: ignore[attr-defined]  # plain rows have them
    return lambda rows: None if place is None else getattr(rows[place], name, None)


def _value(held: Value) -> Value:
    """Nothing is always ``None``."""
    return None if held in ("", ()) else held


def said_since(listing: Listing, before: Mapping[str, Line], line: Line) -> str:
    """What has changed in one row since an earlier state of the plan, in words; for the column that tells it."""
    was = before.get(line.key)
    if was is None:
        return "New in the plan."
    changed = [
        f"{column.title}: {shown(column, was.values[column.field]) or 'empty'} → "
        f"{shown(column, line.values[column.field]) or 'empty'}"
        for column in listing.columns
        if not (column.own or column.computed) and was.values[column.field] != line.values[column.field]
    ]
    return "\n".join(changed) or "No change."


def titles(connection: Connection) -> dict[str, dict[str, str]]:
    """The titles that cells are chosen from, by the name of their list, then by key."""
    return {
        "statuses": {status.key: status.title for status in queries.statuses(connection)},
        "posts": {post.id: post.title for post in queries.register(connection, Post)},
        "priorities": {row.id: row.title for row in queries.register(connection, Priority)},
    }


def renamed(then: Mapping[str, Mapping[str, str]], now: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """What is called otherwise now: by list, then by the title of then."""
    return {
        name: {title: now[name][key] for key, title in known.items() if now[name].get(key, title) != title}
        for name, known in then.items()
    }


def references(connection: Connection) -> Mapping[str, tuple[str, Mapping[str, str]]]:
    """By field: the column that keeps it, and the keys that stand for the titles a person writes."""
    keys = {name: {title: key for key, title in known.items()} for name, known in titles(connection).items()}
    return {
        "status": ("status_id", keys["statuses"]),
        "priority": ("priority_id", keys["priorities"]),
        "owners": ("owners", keys["posts"]),
    }


_EMPTY = {"reason": "", "unit": "", "population": "", "source": "", "owners": (), "done": "", "next": ""}


def stored(known: Mapping[str, tuple[str, Mapping[str, str]]], field: str, value: Value) -> tuple[str, Any]:
    """A field and its value as ``set_cells`` takes them.

    Raises:
        RuleBroken: if it names something that is no longer in the plan's list.
    """
    if value is None:
        return known[field][0] if field in known else field, _EMPTY.get(field)
    if field not in known:
        return field, value
    column, keys = known[field]
    named = value if isinstance(value, tuple) else (str(value),)
    gone = next((title for title in named if title not in keys), None)
    if gone is not None:
        raise RuleBroken(field, f"“{gone}” is no longer in the plan's list. Read the file again; nothing was taken in.")
    return column, [keys[title] for title in named] if isinstance(value, tuple) else keys[named[0]]
