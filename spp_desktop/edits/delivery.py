"""What a person does to the annual delivery plan: activities, owners, milestones and updates."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, col, select

from spp_desktop.edits import date_moves, homes, knock_on, links, milestones, roles, rows
from spp_desktop.plan.delivery import Activity, ActivityOwner, ActivityUpdate, Milestone
from spp_desktop.plan.kinds.day_or_period import LastDay
from spp_desktop.plan.periods import year_name
from spp_desktop.plan.priorities import Priority
from spp_desktop.plan.role_names import role_of
from spp_desktop.plan.rows import check
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.spoken import in_words_of_plan
from spp_desktop.plan.words import listed
from spp_desktop.store import planned
from spp_desktop.store.plain import MOVED_WHY, OWNERS, SERVES, STANDS_UNDER

_REPORTED = ("status_id", "percent", "forecast", "reason")
"""What was reported of an activity, which a copy of it does not take over."""


def add_activity(
    session: Session,
    year: int,
    priority_id: str,
    text: str,
    *,
    home: str | None = None,
    ref: str | None = None,
    after: str | None = None,
    owners: Sequence[str] = (),
    serves: Sequence[str] = (),
    **values: Any,
) -> str:
    """Add an activity to a year's delivery plan and give its key.

    Args:
        session: The session of the revision.
        year: The first calendar year of the financial year.
        priority_id: The priority it serves; that of its home, where one is given.
        text: What is to be done.
        home: The key of the theme or commitment that it stands under; of a priority; nothing means its priority.
        ref: Its reference; where there is none, the next free one of the priority, such as "3.04".
        after: The activity it follows; nothing means last in its priority.
        owners: Posts, the lead first.
        serves: The keys of what it serves beside its home.
        **values: Further columns of the activity, posts in roles among them ("role:KEY").

    Raises:
        RuleBroken: if the reference is taken in that year, or a value breaks a rule.
    """
    if home:
        values |= homes.columns_of(session, home)
        priority_id = str(values.pop("priority_id"))
    ref = ref or _next_ref(session, year, priority_id)
    _check_refs(session, {"": (year, ref)})
    values, in_roles = roles.apart(values)
    columns = {"year": year, "ref": ref, "priority_id": priority_id, "text": text, **values}
    key = rows.add_placed(session, Activity, _neighbours(year, priority_id), after, **columns)
    set_owners(session, key, owners)
    roles.set_in_roles(session, {key: in_roles})
    if serves:
        links.set_served(session, "activity", {key: serves})
    return key


def set_cells(session: Session, cells: rows.CellValues, *, reason: str = "", approved_by: str = "") -> None:
    """Set any cells of any activities: what typing, pasting, filling down and changing many rows all do.

    A cell is (activity key, column, value); the column "owners" takes posts, the lead first, the column "serves"
    the keys of what it serves, the column "stands_under" the key of its home, and a column "role:KEY" the posts that
    stand in that role. An activity that changes its priority goes last there, and leaves a home of the other one; a
    home brings its priority along. References may be swapped among the activities given. A due date or forecast that
    moves is kept with its reason (``edits.date_moves``). Where the plan says so, what depends on an activity whose
    dates change moves along.

    Args:
        session: The session of the revision.
        cells: The cells.
        reason: Why dates move. Of a row in which the column "moved_why" says it, or else the reason of the status is
            set with the date, that counts.
        approved_by: Who approved the moves, where anybody did.

    Raises:
        RuleBroken: at the first cell that breaks a rule, or where dates of an activity move for the second time and no
            reason is given; nothing is then changed.
    """
    whys, cells = _apart_from_whys(cells)
    clean = {key: _clean(values) for key, values in rows.by_row(cells).items()}
    activities = {activity.id: activity for activity in rows.get_all(session, Activity, clean)}
    dated = date_moves.dates_of(activities[key] for key, values in clean.items() if date_moves.sets_a_date(values))
    given = {key: clean[key].get("reason") for key in dated if clean[key].get("reason") != activities[key].reason}
    reasons = {key: whys.get(key) or given.get(key) or reason for key in dated}
    owners = {key: values.pop(OWNERS) for key, values in clean.items() if OWNERS in values}
    serves = {key: values.pop(SERVES) or () for key, values in clean.items() if SERVES in values}
    in_roles: dict[str, dict[str, Any]] = {}
    for key, values in clean.items():
        clean[key], in_roles[key] = roles.apart(values)
        homes.settle(session, activities[key], clean[key])
    _make_room(session, clean, activities)
    _place_moved(session, clean, activities)
    rows.change_all(session, Activity, clean)
    date_moves.keep(session, Activity, dated, reasons, approved_by)
    for key, why in whys.items():
        date_moves.explain(session, key, why)
    for key, posts in owners.items():
        set_owners(session, key, posts)
    roles.set_in_roles(session, in_roles)
    if serves:
        links.set_served(session, "activity", serves)
    moved = [key for key, values in clean.items() if planned.DATES & values.keys()]
    along = knock_on.moved_along(session, moved)
    if along:
        refs = listed(activities[key].ref for key in moved)
        set_cells(session, along, reason=f"It moves along with {refs}.", approved_by=approved_by)


def set_owners(session: Session, key: str, posts: Sequence[str]) -> None:
    """Make these posts the owners of an activity: the first leads, the others are joint owners."""
    wanted = list(dict.fromkeys(posts))
    query = select(ActivityOwner).where(ActivityOwner.activity_id == key)
    owning = {owner.post_id: owner.id for owner in session.exec(query)}
    for post in owning.keys() - set(wanted):
        rows.remove(session, ActivityOwner, owning[post])
    for place, post in enumerate(wanted):
        values = {"role": "joint" if place else "lead", "position": float(place)}
        if post in owning:
            rows.change(session, ActivityOwner, owning[post], **values)
        else:
            rows.add(session, ActivityOwner, activity_id=key, post_id=post, **values)


def duplicate_activity(session: Session, key: str) -> str:
    """Copy an activity to the place behind it, under the next free reference, and give the copy's key.

    Its owners, posts in roles, dates and milestones are copied, and what it serves. What was reported (status, per cent
    complete, forecasts, what was done) is not: that belongs to the first one.
    """
    first = rows.get(session, Activity, key)
    values = first.model_dump(exclude={"id", "ref", "position", *_REPORTED})
    owners = select(ActivityOwner.post_id).where(ActivityOwner.activity_id == key)
    posts = session.exec(owners.order_by(col(ActivityOwner.role).desc(), col(ActivityOwner.position))).all()
    copy = add_activity(session, **values, after=key, owners=posts)
    for step in session.exec(select(Milestone).where(Milestone.activity_id == key).order_by(col(Milestone.position))):
        roles.copy_roles(session, step.id, _copy_step(session, copy, step))
    roles.copy_roles(session, key, copy)
    links.copy_links(session, key, copy)
    return copy


def _copy_step(session: Session, activity_id: str, step: Milestone) -> str:
    due = LastDay.of(step.due, step.due_within)
    return add_milestone(session, activity_id, step.title, due=due, owner_id=step.owner_id)


def remove_activities(session: Session, keys: Iterable[str]) -> None:
    """Remove activities, with their owners, milestones, updates and links."""
    for key in dict.fromkeys(keys):
        rows.remove(session, Activity, key)


def move_activity(session: Session, key: str, priority_id: str, after: str | None) -> None:
    """Put an activity behind another of a priority, or first there; it keeps its reference."""
    activity = rows.get(session, Activity, key)
    left = homes.left_for(session, activity, priority_id)
    siblings = _neighbours(activity.year, priority_id)
    rows.move(session, Activity, key, siblings, after, priority_id=priority_id, **left)


def follow_homes(session: Session) -> None:
    """Take activities along whose homes have come under another priority: behind those that stand there."""
    set_cells(session, [(key, "priority_id", priority) for key, priority in homes.moved(session)])


def add_milestone(session: Session, activity_id: str, title: str, *, after: str | None = None, **values: Any) -> str:
    """Add a milestone behind another, or last, and give its key."""
    siblings = col(Milestone.activity_id) == activity_id
    own, in_roles = roles.apart(values)
    kept = milestones.as_kept(session, own)
    key = rows.add_placed(session, Milestone, siblings, after, activity_id=activity_id, title=title, **kept)
    roles.set_in_roles(session, {key: in_roles})
    return key


def set_milestone(session: Session, key: str, **values: Any) -> None:
    """Set a milestone's title, dates or how it stands; "moved_why" says why dates move, "approved_by" who approved it.

    Raises:
        RuleBroken: if a value breaks a rule, or its dates move for the second time and no reason is given.
    """
    why, approved_by = values.pop(MOVED_WHY, "") or "", values.pop("approved_by", "")
    row = rows.get(session, Milestone, key)
    kept = milestones.as_kept(session, values, row)
    dated = date_moves.dates_of([row] if date_moves.sets_a_date(kept) else [])
    rows.change(session, Milestone, key, **kept)
    date_moves.keep(session, Milestone, dated, {key: why}, approved_by)


def set_milestones(session: Session, cells: rows.CellValues, *, reason: str = "", approved_by: str = "") -> None:
    """Set cells of any milestones: (milestone key, column, value); a column "role:KEY" takes posts.

    Args:
        session: The session of the revision.
        cells: The cells.
        reason: Why dates move; of a row in which the column "moved_why" says it, that counts.
        approved_by: Who approved the moves, where anybody did.

    Raises:
        RuleBroken: if a value breaks a rule, or dates move for the second time and no reason is given.
    """
    whys, cells = _apart_from_whys(cells)
    for key, values in rows.by_row(cells).items():
        own, in_roles = roles.apart(values)
        set_milestone(session, key, **own, moved_why=whys.get(key) or reason, approved_by=approved_by)
        roles.set_in_roles(session, {key: in_roles})
    for key, why in whys.items():
        date_moves.explain(session, key, why)


def _apart_from_whys(cells: rows.CellValues) -> tuple[dict[str, str], rows.CellValues]:
    """Why the dates of rows move, by key, where cells say so; and the other cells."""
    whys = {key: str(value or "").strip() for key, name, value in cells if name == MOVED_WHY}
    return whys, [cell for cell in cells if cell[1] != MOVED_WHY] if whys else cells


def remove_milestones(session: Session, keys: Iterable[str]) -> None:
    """Remove milestones."""
    for key in dict.fromkeys(keys):
        rows.remove(session, Milestone, key)


def remove_milestone(session: Session, key: str) -> None:
    """Remove a milestone."""
    rows.remove(session, Milestone, key)


def add_update(session: Session, activity_id: str, reported_on: date, **values: Any) -> str:
    """Add what was reported of an activity on a day (``done``, ``next``, ``post_id``, ``status_id``); give its key."""
    siblings = col(ActivityUpdate.activity_id) == activity_id
    return rows.add_placed(
        session, ActivityUpdate, siblings, None, activity_id=activity_id, reported_on=reported_on, **values
    )


def report(session: Session, activity_id: str, on: date, post_id: str | None, **values: Any) -> str:
    """Say what a post reports of an activity on a day, adding to what it said that day; give the update's key.

    The activity's status is kept with it, so that it can be read later how the activity stood.
    """
    u = ActivityUpdate
    query = select(u.id).where(u.activity_id == activity_id, u.reported_on == on, u.post_id == post_id)
    key = session.exec(query.order_by(col(u.position))).first()
    values = {"status_id": rows.get(session, Activity, activity_id).status_id, **values}
    if key is None:
        return add_update(session, activity_id, on, post_id=post_id, **values)
    set_update(session, key, **values)
    return key


def set_update(session: Session, key: str, **values: Any) -> None:
    """Set what was reported, or when and by whom."""
    rows.change(session, ActivityUpdate, key, **values)


def set_updates(session: Session, cells: rows.CellValues) -> None:
    """Set cells of any updates: (update key, column, value)."""
    for key, values in rows.by_row(cells).items():
        rows.change(session, ActivityUpdate, key, **values)


def remove_updates(session: Session, keys: Iterable[str]) -> None:
    """Remove what was reported on some days."""
    for key in dict.fromkeys(keys):
        rows.remove(session, ActivityUpdate, key)


def remove_update(session: Session, key: str) -> None:
    """Remove what was reported on a day."""
    rows.remove(session, ActivityUpdate, key)


def _neighbours(year: int, priority_id: str) -> ColumnElement[bool]:
    return and_(col(Activity.year) == year, col(Activity.priority_id) == priority_id)


def _clean(values: Mapping[str, Any]) -> dict[str, Any]:
    """An activity's cells, checked; a percentage may be typed with its sign."""
    beside = {name: values[name] for name in values if name in (OWNERS, SERVES, STANDS_UNDER) or role_of(name)}
    columns = {name: value for name, value in values.items() if name not in beside}
    percent = columns.get("percent")
    if isinstance(percent, str):
        columns["percent"] = percent.strip().removesuffix("%")
    return check(Activity, columns) | beside


def follow_priority(session: Session, key: str) -> None:
    """Give an activity the next reference of the priority that it serves now.

    Raises:
        RuleBroken: if the activity or its priority is no longer in the plan.
    """
    activity = rows.get(session, Activity, key)
    rows.change(session, Activity, key, ref=_next_ref(session, activity.year, activity.priority_id))


def _next_ref(session: Session, year: int, priority_id: str) -> str:
    """The reference behind the last one of a priority: its place among the priorities, and two digits.

    One that was removed is not given again: it stands in returns and minutes for what it was.
    """
    order = session.exec(select(Priority.id).order_by(col(Priority.position), col(Priority.id))).all()
    if priority_id not in order:
        raise RuleBroken("priority_id", in_words_of_plan("This priority is no longer in the plan."))
    place = f"{order.index(priority_id) + 1}."
    query = select(Activity.ref).where(Activity.year == year, col(Activity.ref).startswith(place))
    taken = list(session.exec(query))
    gone = [row["ref"] for row in rows.removed(session, Activity) if row.get("year") == year]
    taken = [*taken, *(ref for ref in gone if ref.startswith(place))]
    numbers = [int(ref.removeprefix(place)) for ref in taken if ref.removeprefix(place).isdecimal()]
    return f"{place}{max(numbers, default=0) + 1:02d}"


def _make_room(session: Session, clean: Mapping[str, dict[str, Any]], activities: Mapping[str, Activity]) -> None:
    """See that references stay single, and take those that change out of each other's way."""
    standing = {key: (activity.year, activity.ref) for key, activity in activities.items()}
    goals = {
        key: (values.get("year", standing[key][0]), values.get("ref", standing[key][1]))
        for key, values in clean.items()
    }
    changing = {key: goal for key, goal in goals.items() if goal != standing[key]}
    _check_refs(session, changing)
    if set(changing.values()) & {standing[key] for key in changing}:
        rows.change_all(session, Activity, {key: {"ref": key[:20]} for key in changing})
        for key, (_, ref) in changing.items():
            clean[key]["ref"] = ref


def _place_moved(session: Session, clean: Mapping[str, dict[str, Any]], activities: Mapping[str, Activity]) -> None:
    """Give activities that change their year or priority a place behind those already there."""
    last: dict[tuple[int, str], float] = {}
    for key, values in clean.items():
        standing = activities[key].year, activities[key].priority_id
        goal = values.get("year", standing[0]), values.get("priority_id", standing[1])
        if goal != standing:
            place = last[goal] + 1 if goal in last else rows.place_last(session, Activity, _neighbours(*goal))
            values["position"] = last[goal] = place


def _check_refs(session: Session, wanted: Mapping[str, tuple[int, str]]) -> None:
    """Whether each of these years and references would be one activity's only."""
    if not wanted:
        return
    query = select(Activity.id, Activity.year, Activity.ref).where(
        col(Activity.ref).in_({ref for _, ref in wanted.values()}), col(Activity.id).not_in(wanted)
    )
    seen = {(year, ref) for _, year, ref in session.exec(query)}
    for year, ref in wanted.values():
        if (year, ref) in seen:
            raise RuleBroken(
                "ref", f"{year_name(year)} already has an activity {ref}. Choose a reference that is not in use."
            )
        seen.add((year, ref))
