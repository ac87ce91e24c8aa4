"""Named reads of a plan, each giving plain rows that know nothing of the database."""

import json
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, false, func, select
from sqlmodel import SQLModel

import spp_desktop.store.content  # noqa: F401 - every kind of row is declared
from spp_desktop.plan.delivery import Activity, ActivityOwner, ActivityUpdate, Milestone, Status
from spp_desktop.plan.identity import Plan, goes_on, nearest_year, over_years, years_kept
from spp_desktop.plan.kinds.day_or_period import LastDay
from spp_desktop.plan.links import LINK_KINDS, RowLink
from spp_desktop.plan.performance import Indicator, IndicatorGroup, Target, TargetVersion
from spp_desktop.plan.periods import year_of
from spp_desktop.plan.posts import Post
from spp_desktop.plan.priorities import NOTE_PLACES, Commitment, Note, NoteUse, Priority, Theme
from spp_desktop.plan.results import Result
from spp_desktop.plan.rows import Row as PlanRow
from spp_desktop.plan.rows import kinds_of_row
from spp_desktop.plan.words import capital, listed
from spp_desktop.store.attached import titles_by_row
from spp_desktop.store.held_reads import given_again
from spp_desktop.store.in_roles import in_roles
from spp_desktop.store.indicator_rows import IndicatorRow
from spp_desktop.store.plain import (
    ActivityRow,
    EarlierTargetRow,
    MilestoneRow,
    Node,
    NoteRow,
    StatusRow,
    TargetRow,
    UpdateRow,
)

AS_AT = "as at"
"""What a connection's own notes hold, as an ``AsAtMark``, where the plan is seen as it stood at a moment."""


@dataclass(frozen=True)
class AsAtMark:
    """The moment at which a plan is seen: what it is called, how that is said ("as at 30 Sep 2008"), and its day.

    ``titled`` is whether the plan's title says so.
    """

    words: str
    seen: str
    day: date
    titled: bool = True


def plan(connection: Connection) -> Plan:
    """The plan's own row, detached. Of a plan that is seen as at a moment, its title says so before all else.

    Late and early are judged then by the day of that moment, unless the plan is shown as at a day of its own.
    """
    (row,) = register(connection, Plan)
    own = Plan(**row._asdict())
    mark = as_at_mark(connection)
    if mark is not None:
        own.title = f"{capital(mark.seen)}: {own.title}" if mark.titled else own.title
        own.as_at = own.as_at or mark.day
    return own


def as_at_mark(connection: Connection) -> AsAtMark | None:
    """The moment at which the plan is seen; ``None`` where it is seen as it is now."""
    mark: AsAtMark | None = connection.info.get(AS_AT)
    return mark


def put_mark(connection: Connection, mark: AsAtMark | None) -> None:
    """See the plan as at a moment from now on, on this connection; ``None``: as it is now."""
    connection.info[AS_AT] = mark


def usual_year(connection: Connection) -> int:
    """The year in the file that is shown until another is chosen, by its first calendar year: the one that runs.

    Before a plan begins, and once it is over, it is the nearest of its years that has activities.
    """
    own, year = plan(connection), _table(Activity).c.year
    now = year_of(own.today())
    if now in years_kept(own):
        return now
    filled = connection.execute(select(year).where(year.in_(years_kept(own))).distinct()).scalars()
    return min(filled, key=lambda of: (abs(of - now), of), default=nearest_year(own, now))


def years_outside(connection: Connection, model: type[PlanRow]) -> list[int]:
    """The years of rows of a kind that is planned in years, but for those of the plan and those that have passed."""
    year, known = _table(model).c[model.planned_in], years_kept(plan(connection))
    query = select(year).where(year.is_not(None), year.not_in(known)).distinct().order_by(year)
    return list(connection.execute(query).scalars())


def outside_the_plan(connection: Connection) -> dict[int, str]:
    """What is planned for years that the file does not keep, by year, in words: "37 activities and 22 targets"."""
    counts_by_year: dict[int, list[str]] = defaultdict(list)
    for model in kinds_of_row().values():
        if model.planned_in:
            year = _table(model).c[model.planned_in]
            for of in years_outside(connection, model):
                count = connection.execute(select(func.count()).where(year == of)).scalar_one()
                counts_by_year[of].append(model.word.counted(count))
    return {of: " and ".join(counts_by_year[of]) for of in sorted(counts_by_year)}


def going_by_years(connection: Connection) -> tuple[str, str]:
    """What goes by the years of the plan, in words: the results, which have days; and what is filed under a year."""
    results = connection.execute(select(func.count()).select_from(_table(Result))).scalar_one()
    filed = []
    for model in kinds_of_row().values():
        if model.planned_in:
            year = _table(model).c[model.planned_in]
            count = connection.execute(select(func.count()).where(year.is_not(None))).scalar_one()
            filed += [model.word.counted(count)] * (count > 0)
    return Result.word.counted(results) if results else "", listed(filed)


@given_again
def register(connection: Connection, model: type[SQLModel]) -> list[Row[Any]]:
    """All rows of one table in their order, as named tuples of its columns."""
    table = _table(model)
    order = [table.c[name] for name in ("position", "id") if name in table.c]
    return list(connection.execute(select(table).order_by(*order)))


def row(connection: Connection, model: type[SQLModel], key: str) -> Any:
    """A row of one table by its key, as a named tuple of its columns; ``None`` if it is gone."""
    table = _table(model)
    return connection.execute(select(table).where(table.c.id == key)).first()


def statuses(connection: Connection) -> list[StatusRow]:
    """The plan's own list of statuses, in its order."""
    return [
        StatusRow(r.id, r.title, r.meaning, r.colour, r.dark_colour, r.shape, bool(r.needs_reason), bool(r.finished))
        for r in register(connection, Status)
    ]


@given_again
def activities(
    connection: Connection,
    year: int | None = None,
    key: str | None = None,
    *,
    keys: Collection[str] | None = None,
    counted: bool = True,
) -> list[ActivityRow]:
    """Activities in the order of their priorities: of a year, or one by its key, or some by theirs, or all.

    Without ``counted`` they say nothing of what hangs on them: their milestones, updates, links, files and posts
    in roles.
    """
    query = _of_activities(year, keys if key is None else [key])
    names, read = query.selected_columns.keys(), connection.execute(query).all()
    only = None if year is None and key is None and keys is None else [cells[0] for cells in read]
    owners = _owners(connection, only)
    steps = _steps(connection, only) if counted else {}
    updated = _latest_updates(connection, only) if counted else {}
    linked = _linked(connection, only) if counted else {}
    serving = served(connection, "activity", only) if counted else {}
    standing = in_roles(connection, "activity", only) if counted else {}
    files = titles_by_row(connection, only) if counted else {}
    rows = []
    for cells in read:
        row = dict(zip(names, cells, strict=True))
        posts = owners.get(row["key"], [])
        count, done, following = steps.get(row["key"], (0, 0, None))
        rows.append(ActivityRow(
            **row, owners=tuple([title for title, _ in posts]), owner_keys=tuple([post for _, post in posts]),
            milestones=count, milestones_done=done, next_milestone=following, updated=updated.get(row["key"]),
            linked=tuple(sorted(linked.get(row["key"], ()))), serves=serving.get(row["key"], ()),
            roles=standing.get(row["key"], {}), attached=files.get(row["key"], ()),
        ))  # fmt: skip
    return rows


def _of_activities(year: int | None, keys: Collection[str] | None) -> Select[Any]:
    """What ``ActivityRow`` holds of an activity, its home and its status, in the order of their priorities."""
    a, p, s = _table(Activity), _table(Priority), _table(Status)
    t, c = _table(Theme), _table(Commitment)
    query = (
        select(
            a.c.id.label("key"), p.c.id.label("priority_key"), p.c.title.label("priority"), s.c.id.label("status_key"),
            func.coalesce(s.c.title, "").label("status"), func.coalesce(s.c.finished, false()).label("finished"),
            func.coalesce(a.c.theme_id, a.c.commitment_id, p.c.id).label("home_key"),
            func.coalesce(t.c.title, c.c.text, p.c.title).label("home"), *own_columns(ActivityRow, a),
        )
        .join(p, p.c.id == a.c.priority_id)
        .outerjoin(s, s.c.id == a.c.status_id)
        .outerjoin(t, t.c.id == a.c.theme_id)
        .outerjoin(c, c.c.id == a.c.commitment_id)
        .order_by(a.c.year, p.c.position, p.c.id, a.c.position, a.c.ref)
    )  # fmt: skip
    if year is not None:
        query = query.where(a.c.year == year)
    return query if keys is None else query.where(_among(a.c.id, keys))


@given_again
def milestones(
    connection: Connection,
    year: int | None = None,
    activity: str | None = None,
    *,
    of: Collection[str] | None = None,
    files: bool = False,
) -> list[MilestoneRow]:
    """Milestones in their activities' order: of a year's activities, of one or some, or all; with their ``files``."""
    m, a, p, s = _table(Milestone), _table(Activity), _table(Post), _table(Status)
    query = (
        select(m, p.c.title.label("owner"), s.c.title.label("status"), s.c.finished)
        .join(a, a.c.id == m.c.activity_id)
        .outerjoin(p, p.c.id == m.c.owner_id)
        .outerjoin(s, s.c.id == m.c.status_id)
        .order_by(a.c.ref, m.c.position, m.c.id)
    )
    if year is not None:
        query = query.where(a.c.year == year)
    if activity is not None:
        query = query.where(a.c.id == activity)
    if of is not None:
        query = query.where(_among(a.c.id, of))
    rows = connection.execute(query).all()
    only = None if activity is None and of is None else [row.id for row in rows]
    standing, own_files = in_roles(connection, "milestone", only), titles_by_row(connection, only) if files else {}
    return [
        MilestoneRow(
            r.id, r.activity_id, r.title, LastDay.of(r.due, r.due_within), LastDay.of(r.forecast, r.forecast_within),
            r.done_on, r.owner_id, r.owner or "", r.status_id, r.status or "", bool(r.finished), r.percent,
            standing.get(r.id, {}), own_files.get(r.id, ()), r.evidence,
        )
        for r in rows
    ]  # fmt: skip


@given_again
def updates(connection: Connection, activity: str | None = None) -> list[UpdateRow]:
    """What was reported, the newest first: of one activity, or all."""
    u, p, s = _table(ActivityUpdate), _table(Post), _table(Status)
    query = (
        select(u, p.c.title.label("post"), s.c.title.label("status"))
        .outerjoin(p, p.c.id == u.c.post_id)
        .outerjoin(s, s.c.id == u.c.status_id)
        .order_by(u.c.reported_on.desc(), u.c.position.desc(), u.c.id)
    )
    if activity is not None:
        query = query.where(u.c.activity_id == activity)
    return [
        UpdateRow(r.id, r.activity_id, r.reported_on, r.post or "", r.status or "", r.done, r.next)
        for r in connection.execute(query)
    ]


def served(connection: Connection, table: str, keys: Collection[str] | None = None) -> dict[str, tuple[str, ...]]:
    """What rows of a table are for, by key: the keys of what they serve, measure and the like; not their home.

    Args:
        connection: Of the plan.
        table: The table.
        keys: Which rows; ``None`` for all.
    """
    upward = ", ".join(f"'{kind.name}'" for kind in LINK_KINDS if kind.upward)
    which = "" if keys is None else " AND from_id IN (SELECT value FROM json_each(?))"
    query = (
        f'SELECT from_id, to_id FROM link JOIN "{table}" AS own ON own.id = from_id WHERE kind IN ({upward}){which} '
        "ORDER BY link.rowid"
    )
    above: dict[str, list[str]] = defaultdict(list)
    for key, other in connection.exec_driver_sql(query, () if keys is None else (json.dumps(list(keys)),)):
        above[key].append(other)
    return {key: tuple(others) for key, others in above.items()}


def indicators(connection: Connection, key: str | None = None) -> list[IndicatorRow]:
    """Indicators in the order of their groups, each with its targets: all, or one by its key."""
    i = _table(Indicator)
    query = select(i).order_by(i.c.position, i.c.id)
    if key is not None:
        query = query.where(i.c.id == key)
    groups = {row.id: row for row in register(connection, IndicatorGroup)}
    order = {group: place for place, group in enumerate(_group_order(groups))}
    aims: dict[str, dict[int | None, TargetRow]] = defaultdict(dict)
    for target in targets(connection, key):
        aims[target.indicator_key][target.year] = target
    numbers = _note_numbers(connection, "indicator_id")
    only = None if key is None else [key]
    serving, standing = served(connection, "indicator", only), in_roles(connection, "indicator", only)
    rows = sorted(connection.execute(query).all(), key=lambda row: (order[row.group_id], row.position))
    names = [column.name for column in own_columns(IndicatorRow, i)]
    described = []
    for row in rows:
        own = groups[row.group_id]
        above = groups.get(own.parent_id)
        described.append(IndicatorRow(
            key=row.id, group_key=row.group_id, group=above.title if above else own.title,
            subgroup=own.title if above else "", notes=tuple(numbers.get(row.id, ())), rule_key=row.rule_id,
            targets=dict(aims.get(row.id, {})), serves=serving.get(row.id, ()), roles=standing.get(row.id, {}),
            **{name: getattr(row, name) for name in names},
        ))  # fmt: skip
    return described


def indicator_groups(connection: Connection) -> list[tuple[str, str]]:
    """The headings of the performance plan in printed order: each group's key, and its title behind the one above."""
    groups = {row.id: row for row in register(connection, IndicatorGroup)}
    return [
        (key, f"{groups[own.parent_id].title} · {own.title}" if own.parent_id else own.title)
        for key, own in ((key, groups[key]) for key in _group_order(groups))
    ]


def targets(connection: Connection, indicator: str | None = None) -> list[TargetRow]:
    """Targets by indicator and year, the one over the plan last: of one indicator, or all."""
    t = _table(Target)
    query = select(t).order_by(t.c.indicator_id, t.c.year.is_(None), t.c.year)
    if indicator is not None:
        query = query.where(t.c.indicator_id == indicator)
    return [_target(row, row.explanation) for row in connection.execute(query)]


def earlier_targets(connection: Connection, indicator: str | None = None) -> list[EarlierTargetRow]:
    """What targets were before they were changed, by indicator and year, the first one first: of one, or all.

    Those over the plan come last.
    """
    t = _table(TargetVersion)
    query = select(t).order_by(t.c.indicator_id, t.c.year.is_(None), t.c.year, t.c.until)
    if indicator is not None:
        query = query.where(t.c.indicator_id == indicator)
    return [
        EarlierTargetRow(_target(row), row.until, row.reason, row.author, row.agreed_by)
        for row in connection.execute(query)
    ]


def aimed_over(own: Plan, row: IndicatorRow) -> tuple[int, ...]:
    """The years that the target of an indicator over the plan is over; none where it has none."""
    target = row.targets.get(None)
    return () if target is None else tuple(over_years(own, target.over_first, target.over_years))


def _target(row: Any, explanation: str = "") -> TargetRow:
    return TargetRow(
        row.id, row.indicator_id, row.year, row.kind, row.stated, row.value, explanation, row.upper, bool(row.strict),
        row.every, row.base_year, row.due, row.since, row.over_first, row.over_years,
    )  # fmt: skip


@given_again
def priority_tree(connection: Connection, *, own: bool = False) -> list[Node]:
    """Priorities, with their themes (which may nest) and commitments; under each row its commitments come first.

    With ``own`` only the priorities of the plan's own years: those that had ended before them are left out.
    """
    commitments = defaultdict(list)
    for r in register(connection, Commitment):
        above = r.theme_id or r.priority_id
        commitments[above].append(Node(r.id, "commitment", r.text, "", above, ()))
    themes = defaultdict(list)
    for r in register(connection, Theme):
        themes[r.parent_id or r.priority_id].append(r)

    def grown(row: Any, kind: str, above: str | None) -> Node:
        """A row with all that stands under it."""
        below = [grown(theme, "theme", row.id) for theme in themes[row.id]]
        last_year = row.last_year if kind == "priority" else None
        return Node(row.id, kind, row.title, row.narrative, above, (*commitments[row.id], *below), last_year)

    priorities = register(connection, Priority)
    if own:
        first = plan(connection).first_year
        priorities = [row for row in priorities if goes_on(row.last_year, first)]
    return [grown(row, "priority", None) for row in priorities]


def notes_at(connection: Connection, place: str, key: str) -> list[NoteRow]:
    """The notes printed at one place; ``place`` is one of ``plan.priorities.NOTE_PLACES``."""
    assert place in NOTE_PLACES
    n, u = _table(Note), _table(NoteUse)
    query = (
        select(n.c.id, u.c.id.label("use"), u.c.number, n.c.text, u.c.printed_in)
        .join(u, u.c.note_id == n.c.id)
        .where(u.c[place] == key)
        .order_by(u.c.position, u.c.number)
    )
    return [NoteRow(r.id, r.use, r.number, r.text, r.printed_in) for r in connection.execute(query)]


def counts(connection: Connection) -> dict[str, int]:
    """How much a plan holds: the number of its rows of each kind that a person can name, by the table's name."""
    return {
        name: connection.execute(select(func.count()).select_from(_table(model))).scalar_one()
        for name, model in kinds_of_row().items()
        if model.called_by and model is not Plan
    }


def own_columns(plain: type[ActivityRow | IndicatorRow], table: Any) -> list[Any]:
    """The columns of a table that a plain row holds under their own names."""
    return [table.c[name] for name in plain.__annotations__ if name in table.c]


def _table(model: type[SQLModel]) -> Any:
    return SQLModel.metadata.tables[str(model.__tablename__)]


def _listed(keys: Collection[str]) -> Any:
    """Keys as what a statement asks for, however many they are."""
    return func.json_each(json.dumps(list(keys))).table_valued("value").select()


def _among(column: Any, keys: Collection[str]) -> Any:
    """Whether a column holds one of some keys; of a few SQLite sees that they are few, and looks each up."""
    return column.in_(list(keys) if len(keys) <= 200 else _listed(keys))  # noqa: PLR2004 - where listing costs more


def _owners(connection: Connection, only: Collection[str] | None) -> dict[str, list[tuple[str, str]]]:
    o, p = _table(ActivityOwner), _table(Post)
    query = select(o.c.activity_id, p.c.title, p.c.id).join(p, p.c.id == o.c.post_id)
    query = query.order_by(o.c.role.desc(), o.c.position, p.c.title)
    if only is not None:
        query = query.where(o.c.activity_id.in_(_listed(only)))
    owners = defaultdict(list)
    for activity, title, post in connection.execute(query):
        owners[activity].append((title, post))
    return owners


def _steps(connection: Connection, only: Collection[str] | None) -> dict[str, tuple[int, int, date | None]]:
    m, s = _table(Milestone), _table(Status)
    left = and_(m.c.done_on.is_(None), func.ifnull(s.c.finished, 0) == 0)
    waiting = func.min(func.ifnull(m.c.forecast, m.c.due)).filter(left)
    query = (
        select(m.c.activity_id, func.count(), func.count(m.c.done_on), waiting)
        .outerjoin(s, s.c.id == m.c.status_id)
        .group_by(m.c.activity_id)
    )
    if only is not None:
        query = query.where(m.c.activity_id.in_(_listed(only)))
    return {
        activity: (count, done, date.fromisoformat(following) if isinstance(following, str) else following)
        for activity, count, done, following in connection.execute(query)
    }


def _latest_updates(connection: Connection, only: Collection[str] | None) -> dict[str, date]:
    u = _table(ActivityUpdate)
    query = select(u.c.activity_id, func.max(u.c.reported_on)).group_by(u.c.activity_id)
    if only is not None:
        query = query.where(u.c.activity_id.in_(_listed(only)))
    return dict(connection.execute(query).all())


def _linked(connection: Connection, only: Collection[str] | None) -> dict[str, set[str]]:
    """The references of the activities that activities are linked to, by whatever kind of link."""
    link, a = _table(RowLink), _table(Activity)
    own, refs = a.alias("own"), defaultdict(set)
    for here, there in ((link.c.from_id, link.c.to_id), (link.c.to_id, link.c.from_id)):
        query = select(here, a.c.ref).join(a, a.c.id == there).join(own, own.c.id == here)
        if only is not None:
            query = query.where(here.in_(_listed(only)))
        for activity, ref in connection.execute(query):
            refs[activity].add(ref)
    return refs


def _note_numbers(connection: Connection, place: str) -> dict[str, list[int]]:
    u = _table(NoteUse)
    numbers = defaultdict(list)
    query = select(u.c[place], u.c.number).where(u.c[place].is_not(None)).order_by(u.c.number)
    for key, number in connection.execute(query):
        if number is not None:
            numbers[key].append(number)
    return numbers


def _group_order(groups: dict[str, Row[Any]]) -> list[str]:
    """The groups' keys, each followed by the groups under it."""
    below = defaultdict(list)
    for key, row in groups.items():
        below[row.parent_id].append(key)

    def walk(parent: str | None) -> list[str]:
        """The groups under a group, or under none, each before those below it."""
        return [key for child in below[parent] for key in (child, *walk(child))]

    return walk(None)
