"""Activities carried into the next year, with all that goes along: owners, roles, links, milestones not done yet."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import insert, select
from sqlmodel import Session, SQLModel, col
from sqlmodel import select as select_rows

from spp_desktop.edits import delivery, homes, roles, rows
from spp_desktop.edits.turning import dates
from spp_desktop.edits.turning.deciding import demand_free
from spp_desktop.edits.turning.fates import GOES_ON, followed
from spp_desktop.edits.turning.proposals import RowProposal
from spp_desktop.plan.delivery import Activity, ActivityOwner
from spp_desktop.plan.links import DEPENDS, RowLink, kind_called
from spp_desktop.plan.periods import year_start
from spp_desktop.plan.rows import new_key
from spp_desktop.store import queries
from spp_desktop.store.plain import MilestoneRow
from spp_desktop.store.threads import HOME
from spp_desktop.store.turned import CARRIED

_ALONG = frozenset({"measures", "threatens"})
"""The kinds of link to an activity that lead to what follows it, too: what it is measured by, and what threatens it."""

_REPEATED = ("reported", "notes", "marking_id")
"""The columns of an activity that what follows it has as well. Amounts are of a year, and what was reported is, too."""


@dataclass(frozen=True)
class Following:
    """An activity that is to be in the next year.

    Attributes:
        old: the key of the activity that it follows.
        text: what is to be done.
        ref: its reference; ``None`` for the next free one.
        due: when it is due.
        steps: whether the milestones that are not done are carried along with it.
    """

    old: str
    text: str
    ref: str | None
    due: date | None
    steps: bool = True


@dataclass
class CarriedRows:
    """What came of rows.

    Attributes:
        became: by the key of each row those that came of it, in order.
        same: by the key of each row the one that takes its place, of those of which just one came.
    """

    became: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    same: dict[str, str] = field(default_factory=dict)

    def follow(self, new: str, old: str) -> None:
        """Have a row come of another."""
        self.became[old].append(new)


def carry_on(session: Session, proposed: Sequence[RowProposal], year: int, homes_now: Mapping[str, str]) -> CarriedRows:
    """Make the next year's activities of those of a year; the old ones stay as they are.

    Args:
        session: The session of the revision.
        proposed: What becomes of the activities, each as it was decided or is proposed.
        year: The first calendar year of the year that is left.
        homes_now: What took the place of priorities, themes and commitments that leave the plan with it, by their keys.

    Raises:
        RuleBroken: if a reference is taken in the next year, or what is merged has nothing to be merged with.
    """
    carried = CarriedRows()
    steps: dict[str, list[MilestoneRow]] = defaultdict(list)
    every = queries.milestones(session.connection(), year)
    for step in every:
        if not step.over:
            steps[step.activity_key].append(step)
    for old, several in followed(session.connection(), year).items():
        carried.became[old] += several
    following = list(_following(session, [row for row in proposed if not carried.became.get(row.key)], year))
    for each, new in _made(session, following, year + 1, homes_now).items():
        carried.follow(new, following[each].old)
        if following[each].steps:
            _carry_steps(session, steps[following[each].old], new, year, carried)
    for row in proposed:
        if row.fate in GOES_ON and len(carried.became[row.key]) == 1:
            carried.same[row.key] = carried.became[row.key][0]
    for row in proposed:
        if row.fate == "merged":
            new = carried.became[row.into or ""][0]
            _join(session, row.key, new, carried)
            _carry_steps(session, steps[row.key], new, year, carried)
    left = {*(row.key for row in proposed), *(step.key for step in every)} - carried.same.keys()
    link_all(session, _links(session, carried, left))
    return carried


def _following(session: Session, proposed: Sequence[RowProposal], year: int) -> Iterator[Following]:
    """The activities that come of those of a year, in their order, each with its reference."""
    wanted = {ref for row in proposed for ref in row.refs}
    demand_free(session, year + 1, wanted)
    taken = set(session.exec(select_rows(Activity.ref).where(Activity.year == year + 1)))
    taken |= wanted
    for row in proposed:
        if row.fate not in GOES_ON | {"split"}:
            continue
        for at, text in enumerate(row.texts or (row.title,)):
            given = row.refs[at] if at < len(row.refs) else None
            ref = row.ref if given is None and at == 0 and row.ref not in taken else given
            taken |= {row.ref} if ref == row.ref else set()
            yield Following(row.key, text, ref, row.due, steps=at == 0)


def _made(
    session: Session, following: Sequence[Following], year: int, homes_now: Mapping[str, str]
) -> Mapping[int, str]:
    """The new activities by their place: those first that have a reference, so that the free ones come behind them."""
    made: dict[int, str] = {}
    for at in sorted(range(len(following)), key=lambda at: following[at].ref is None):
        each = following[at]
        old = rows.get(session, Activity, each.old)
        stands = _stands_under(session, old, homes_now)
        beside = made.get(at - 1) if each.ref is None else None
        if beside is not None and rows.get(session, Activity, beside).priority_id != stands["priority_id"]:
            beside = None
        begins = old.start if old.start is not None and old.start >= year_start(year) else None
        repeated = {name: getattr(old, name) for name in _REPEATED}
        made[at] = delivery.add_activity(
            session, year, text=each.text, ref=each.ref, after=beside, owners=_owners(session, old.id), start=begins,
            due=each.due, **stands, **repeated,
        )  # fmt: skip
        roles.copy_roles(session, old.id, made[at])
    return dict(sorted(made.items()))


def _stands_under(session: Session, old: Activity, homes_now: Mapping[str, str]) -> dict[str, Any]:
    """The columns of the home of what follows an activity: that of the activity, or what took the place of it."""
    home = old.commitment_id or old.theme_id or old.priority_id
    columns = homes.columns_of(session, homes_now.get(home, home))
    instead = homes_now.get(str(columns["priority_id"]))
    return dict(columns if instead is None else homes.columns_of(session, instead))


def _owners(session: Session, key: str) -> Sequence[str]:
    owner = ActivityOwner
    query = select_rows(owner.post_id).where(owner.activity_id == key)
    return session.exec(query.order_by(col(owner.role).desc(), col(owner.position))).all()


def _carry_steps(
    session: Session, steps: Iterable[MilestoneRow], activity: str, year: int, carried: CarriedRows
) -> None:
    """Milestones that are not done, under another activity: their dates as those of activities, and not behind it."""
    last = rows.get(session, Activity, activity).due
    for step in steps:
        due = dates.carried(step.due, step.forecast, year)[0]
        due = last if due is not None and last is not None and due > last else due
        new = delivery.add_milestone(session, activity, step.title, due=due, owner_id=step.owner_key)
        roles.copy_roles(session, step.key, new)
        carried.follow(new, step.key)
        carried.same[step.key] = new


def _join(session: Session, old: str, into: str, carried: CarriedRows) -> None:
    """Have a new activity come of an old one, too, with the owners of that beside its own."""
    carried.follow(into, old)
    delivery.set_owners(session, into, [*_owners(session, into), *_owners(session, old)])


# Links


def _links(session: Session, carried: CarriedRows, left: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """The links of what was carried: where it came from, what it is for, what is for it, and what it waits for.

    What waits for a row that is ``left`` in the old year waits for nothing of it any more.
    """
    table = SQLModel.metadata.tables[str(RowLink.__tablename__)]
    for old, several in carried.became.items():
        for new in several:
            yield CARRIED, new, old
    for kind, begin, end in session.connection().execute(select(table.c.kind, table.c.from_id, table.c.to_id)):
        if kind == DEPENDS:
            first, last = carried.same.get(begin, begin), carried.same.get(end, end)
            if (first, last) != (begin, end) and not {first, last} & set(left):
                yield kind, first, last
            continue
        known = kind_called(kind)
        if known is not None and known.copied:
            yield from ((kind, new, end) for new in carried.became.get(begin, ()))
        if kind in _ALONG:
            yield from ((kind, begin, new) for new in carried.became.get(end, ()))
    yield from _homes(session, carried)


def _homes(session: Session, carried: CarriedRows) -> Iterator[tuple[str, str, str]]:
    """What merged activities stood under, which that with which they are merged serves from then on."""
    keys = [key for key in carried.became if key not in carried.same]
    query = select_rows(Activity).where(col(Activity.id).in_(keys))
    for old in session.exec(query).all():
        home = old.commitment_id or old.theme_id or old.priority_id
        yield from ((HOME, new, home) for new in carried.became[old.id])


def link_all(session: Session, pairs: Iterable[tuple[str, str, str]]) -> None:
    """Link rows at once, those left out that are linked so already: as many as a whole year has.

    They can neither be of the wrong kind nor go round in a ring: each is that of another row, seen from what follows
    it, or leads from a new row to an old one.
    """
    session.flush()
    connection = session.connection()
    table, activity = (SQLModel.metadata.tables[str(model.__tablename__)] for model in (RowLink, Activity))
    standing = {
        (kind, *sorted((begin, end)))
        for kind, begin, end in connection.execute(select(table.c.kind, table.c.from_id, table.c.to_id))
    }
    homes_of = select(activity.c.id, activity.c.priority_id, activity.c.theme_id, activity.c.commitment_id)
    for row in connection.execute(homes_of):
        standing |= {(HOME, *sorted((row.id, home))) for home in row[1:] if home}
    new: list[dict[str, Any]] = []
    for kind, begin, end in pairs:
        pair = (kind, *sorted((begin, end)))
        if pair not in standing and begin != end:
            standing.add(pair)
            new.append({"id": new_key(), "kind": kind, "from_id": begin, "to_id": end, "note": ""})
    if new:
        connection.execute(insert(table), new)
