"""The days of a plan as events of a calendar: when activities and milestones are due, and when returns are.

What a calendar showed that was saved before, and no longer stands, is given as cancelled: which that is, the plan's
record of the calendars says together with its history.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from sqlite3 import Connection as Raw
from uuid import UUID, uuid5

from spp_desktop.edits import known_returns, returns_calendar
from spp_desktop.edits.chasing import NamesNow, Sent, sent
from spp_desktop.edits.issuing import recipients, usual_due
from spp_desktop.edits.returns_calendar import Round
from spp_desktop.plan import file_names, words
from spp_desktop.plan.declared_returns import DeclaredReturn
from spp_desktop.plan.delivery import Activity, ActivityOwner, Milestone
from spp_desktop.plan.identity import Plan, years_kept
from spp_desktop.plan.kinds.day_or_period import period_text
from spp_desktop.plan.kinds.days import in_words
from spp_desktop.plan.periods import PERIODS, time_name
from spp_desktop.plan.posts import Post
from spp_desktop.plan.priorities import Priority
from spp_desktop.plan.rows import new_key
from spp_desktop.plan.submissions import Submission
from spp_desktop.plan.words import capital
from spp_desktop.returns.calendar_file import CalendarEvent
from spp_desktop.returns.catalogue.status_return import STATUS_RETURN
from spp_desktop.store import clock, exports, history, locks, queries, recording, row_steps
from spp_desktop.store.exports import CALENDAR, Export
from spp_desktop.store.history import StoredRow
from spp_desktop.store.markings import PlanMarkings, keys_in, markings
from spp_desktop.store.plain import ActivityRow, MilestoneRow
from spp_desktop.store.workspace import Workspace

_ACTIVITY, _OWNER, _MILESTONE, _SUBMISSION, _DECLARED = (
    str(model.__tablename__) for model in (Activity, ActivityOwner, Milestone, Submission, DeclaredReturn)
)
_DAYS = ("due", "forecast")
_NEVER = datetime.strptime("2000-01-01+0000", "%Y-%m-%d%z")
"""When something was changed of which the history knows nothing."""


@dataclass(frozen=True)
class _Known:
    """What events are made from.

    Attributes:
        plan: the plan.
        post: the title and the key of the post whose days they are; both empty for all.
        newest: the revision that last changed each row, by key.
        times: when each revision was made.
        owned: the rows that say who owns an activity, or owned it once, by activity.
        saved: the revisions at which calendars of the same days were saved.
        borne: the protective markings of the plan's rows.
    """

    plan: Plan
    post: tuple[str, str]
    newest: Mapping[str, int]
    times: Mapping[int, datetime]
    owned: Mapping[str, Collection[str]]
    saved: Collection[int]
    borne: PlanMarkings

    def event(self, key: str, day: date, title: str, lines: Iterable[str], rows: Iterable[str]) -> CalendarEvent:
        """An event of the row of this key; ``rows`` are those that its words come from."""
        sequence = max((self.newest.get(row, 0) for row in rows), default=0)
        marking = self.borne.highest([key])
        text = "\n".join(filter(None, (*lines, self.plan.title, self.plan.illustrative, marking)))
        return CalendarEvent(f"{key}@{self.plan.id}", day, title, text, sequence, self.times.get(sequence, _NEVER))

    def showed(self, began: int, ended: int) -> bool:
        """Whether a calendar was saved that shows what was there from one revision until another."""
        return any(began <= saved < ended for saved in self.saved)


def events(workspace: Workspace, post: str = "") -> list[CalendarEvent]:
    """The days of a post, by its title, or of all, in their order; the same for the same plan."""
    known = _known(workspace, post)
    activities = {
        row.key: row for row in workspace.read(queries.activities, counted=False) if not post or post in row.owners
    }
    milestones = [row for row in workspace.read(queries.milestones) if row.activity_key in activities]
    made = [
        *_of_activities(known, activities.values()),
        *_of_milestones(known, activities, milestones),
        *_of_returns(workspace, known),
        *(_of_rounds(workspace, known) if not post else ()),
    ]
    standing = {event.uid for event in made}
    made += [event for event in _cancelled(workspace, known, set(activities)) if event.uid not in standing]
    return sorted(made, key=lambda event: (event.day, event.title, event.uid))


def counted(shown: Collection[CalendarEvent]) -> str:
    """How much a calendar holds, in a few words: "43 dates, and 2 cancelled"."""
    cancelled = sum(event.cancelled for event in shown)
    dates = words.counted(len(shown) - cancelled, "date")
    return f"{dates}, and {cancelled:,} cancelled" if cancelled else dates


def name_of(plan: Plan, post: str, marking: str = "") -> str:
    """What a calendar is called, and its file without an ending: "Strategic Policing Plan: dates of ACC Crime"."""
    return file_names.marked(f"{plan.title}: dates of {post}" if post else f"{plan.title}: dates", marking)


def marking_of(workspace: Workspace, shown: Iterable[CalendarEvent]) -> str:
    """The protective marking that a calendar of these events bears; "" for none."""
    return workspace.read(markings).highest(key for event in shown for key in keys_in(event.uid))


def record(workspace: Workspace, post: str, path: Path, shown: Collection[CalendarEvent]) -> None:
    """Write down in the plan that a calendar was saved. A plan open for reading only keeps no record."""
    if workspace.read_only:
        return
    export = Export(
        new_key(),
        workspace.revision(),
        CALENDAR,
        post,
        None,
        len(shown),
        path.name,
        hashlib.sha256(path.read_bytes()).hexdigest(),
        clock.now(),
        locks.author(),
    )
    workspace.write_beside(exports.record, export)


def _known(workspace: Workspace, post: str) -> _Known:
    plan = workspace.read(queries.plan)
    keys = {row.title: row.id for row in workspace.read(queries.register, Post)}
    tables = (_ACTIVITY, _OWNER, _MILESTONE, _SUBMISSION, *recording.BESIDE)
    times = {step.n: clock.world_time(step.at) for step in workspace.read_beside(history.revisions)}
    owned: dict[str, list[str]] = {}
    ends = [row.row for row in workspace.read_beside(_ended, _OWNER)]
    for activity, key in [
        *((row.activity_id, row.id) for row in workspace.read(queries.register, ActivityOwner)),
        *((str(row["activity_id"]), str(row["id"])) for row in ends),
    ]:
        owned.setdefault(activity, []).append(key)
    names = NamesNow(workspace)
    saved = workspace.read_beside(exports.calendars)
    return _Known(
        plan,
        (post, keys.get(post, "")),
        workspace.read_beside(row_steps.newest, tables),
        {n: at for n, at in times.items() if at is not None},
        owned,
        {n for export, n in saved if names.now(export) == post},
        workspace.read(markings),
    )


def _ended(connection: Raw, table: str) -> list[row_steps.EndedRow]:
    return list(row_steps.ended(connection, table))


# What stands


def _of_activities(known: _Known, activities: Iterable[ActivityRow]) -> Iterator[CalendarEvent]:
    for row in activities:
        day = row.due or row.forecast
        if day is not None:
            head = row.status if row.finished else "Due"
            lines = (
                row.text,
                f"{capital(Priority.word.singular)}: {row.priority}",
                f"Owners: {'; '.join(row.owners) or 'none'}",
                _expected(row.due, row.forecast),
            )
            rows = (row.key, *known.owned.get(row.key, ()))
            event = known.event(row.key, day, f"{head}: {row.ref} {row.text}", lines, rows)
            yield replace(event, done=row.finished)


def _of_milestones(
    known: _Known, activities: Mapping[str, ActivityRow], milestones: Iterable[MilestoneRow]
) -> Iterator[CalendarEvent]:
    for row in milestones:
        day, activity = row.due or row.forecast, activities[row.activity_key]
        if day is not None:
            lines = (
                row.title,
                f"By the end of {period_text(day)}" if period_text(day) else "",
                f"Done on {in_words(row.done_on)}" if row.done_on else _expected(row.due, row.forecast),
                f"Activity {activity.ref}: {activity.text}",
                f"Owner: {row.owner}" if row.owner else f"Owners: {'; '.join(activity.owners) or 'none'}",
            )
            rows = (row.key, activity.key, *known.owned.get(activity.key, ()))
            event = known.event(row.key, day, f"{_head(row, activity)}: {activity.ref} {row.title}", lines, rows)
            yield replace(event, done=row.over or activity.finished)


def _head(row: MilestoneRow, activity: ActivityRow) -> str:
    """What the title of a milestone begins with: what has become of it."""
    if row.done_on is not None:
        return "Done"
    if row.finished or activity.finished:
        return row.status if row.finished else activity.status
    return "Milestone"


def _expected(due: date | None, forecast: date | None) -> str:
    """What is said of the day that is now expected, where it is another than the one agreed."""
    if forecast is None or forecast == due:
        return ""
    agreed = "" if due is None else f"Due {_on(due)}. "
    return f"{agreed}Now expected {_on(forecast)}."


def _on(day: date) -> str:
    return f"in {period_text(day)}" if period_text(day) else f"on {in_words(day)}"


def _of_returns(workspace: Workspace, known: _Known) -> Iterator[CalendarEvent]:
    """When answers are due: of what went out, and of status returns that will, on the day that is usual."""
    post, key = known.post
    groups: dict[tuple[str, str], list[Sent]] = {}
    for issue in sent(workspace, known.plan.today()):
        if issue.due is not None and not issue.replaced and post in ("", issue.owner):
            groups.setdefault((issue.return_id, issue.when), []).append(issue)
    for (return_id, when), issues in groups.items():
        open_ = [issue for issue in issues if issue.answered is None]
        days = [issue.due for issue in open_ or issues if issue.due is not None]
        head = "Return due" if open_ else "Return came back"
        lines = [f"Asked for by {in_words(issue.due)}: {issue.owner or 'all'}" for issue in open_ if issue.due]
        rows = [row for issue in issues for row in (issue.key, issue.receipt.id if issue.receipt else "")]
        title = f"{head}: {issues[0].title} {when}"
        event = known.event(_return_key(known.plan, return_id, when, key), min(days), title, lines, rows)
        yield replace(event, done=not open_)
    for year in years_kept(known.plan):
        for period in PERIODS[STATUS_RETURN.span]:
            when, asked = time_name(year, period), workspace.read(recipients, STATUS_RETURN, year, period)
            if (post in asked if post else asked) and (STATUS_RETURN.id, when) not in groups:
                uid = _return_key(known.plan, STATUS_RETURN.id, when, key)
                lines = ["The usual day; the return says the day when it goes out."]
                yield known.event(
                    uid, usual_due(STATUS_RETURN, year, period), f"Return due: {STATUS_RETURN.title} {when}", lines, ()
                )


def _of_rounds(workspace: Workspace, known: _Known) -> Iterator[CalendarEvent]:
    """When returns are to leave the house, by the calendar of returns; what was sent is done."""
    for each in returns_calendar.rounds(workspace):
        if each.due is not None and each.about.return_id != STATUS_RETURN.id:  # whose days stand there already
            name = f"{each.about.title} {each.when}"
            title = f"To be sent: {name}" if each.is_open else f"Sent: {name}"
            uid = _round_key(known, each)
            rows = [each.standing.key] if each.standing is not None else []
            event = known.event(uid, each.due, title, [f"Due {each.rule}."], rows)
            yield replace(event, done=not each.is_open)


def _round_key(known: _Known, each: Round) -> str:
    """What tells the day by which a return is to leave the house from all others."""
    return _return_key(known.plan, each.about.return_id, each.when, f"sent {each.about.often}")


def _return_key(plan: Plan, return_id: str, when: str, post: str) -> str:
    """What tells the day of a return from all others: the same before it goes out, then, and when it goes out again."""
    return str(uuid5(UUID(plan.id), f"{return_id}|{when}|{post}"))


# What no longer stands


def _cancelled(workspace: Workspace, known: _Known, activities: Collection[str]) -> Iterator[CalendarEvent]:
    """What calendars that were saved showed: what was removed since, has no day any more, or is another post's."""
    if not known.post[0]:
        yield from _removed_returns(workspace, known)
    left = _left(workspace, known, activities)
    mine = {*activities, *left}
    for model in (Activity, Milestone):
        table = str(model.__tablename__)
        gone = _Gone(
            known,
            table,
            workspace.read_beside(row_steps.first, table),
            workspace.read_beside(row_steps.emptied, table, _DAYS),
        )
        for each in workspace.read_beside(_ended, table):
            if not known.post[0] or _activity_of(each.row) in mine:
                yield from gone.event(each.row, each.ended)
        for row in workspace.read(queries.register, model):
            cells = {name: _text(value) for name, value in row._asdict().items()}
            activity = _activity_of(cells)
            if activity in mine and (activity in left or not any(cells[name] for name in _DAYS)):
                yield from gone.event(cells, left.get(activity))


def _removed_returns(workspace: Workspace, known: _Known) -> Iterator[CalendarEvent]:
    """The days of declared returns that were removed, where a calendar showed them."""
    for each in workspace.read_beside(_ended, _DECLARED):
        definition = known_returns.as_declared(each.row)
        for year in years_kept(known.plan):
            if not known.showed(each.began, each.ended) or not definition.asked_in(year):
                continue
            for due_round in returns_calendar.rounds_of(definition, year):
                if due_round.due is not None:
                    title = f"To be sent: {definition.title} {due_round.when}"
                    event = known.event(_round_key(known, due_round), due_round.due, title, (), ())
                    at = known.times.get(each.ended, _NEVER)
                    yield replace(event, sequence=each.ended, changed=at, cancelled=True)


def _activity_of(row: StoredRow) -> str:
    """The activity that a row is, or is a step of."""
    return str(row.get("activity_id") or row["id"])


def _left(workspace: Workspace, known: _Known, activities: Collection[str]) -> dict[str, int]:
    """The activities that were the post's and are not, each with the revision that took it away."""
    ended = [each for each in workspace.read_beside(_ended, _OWNER) if each.row["post_id"] == known.post[1]]
    return {
        str(each.row["activity_id"]): each.ended for each in ended if str(each.row["activity_id"]) not in activities
    }


@dataclass(frozen=True)
class _Gone:
    """What makes events of rows of a table that stand no longer.

    Attributes:
        known: what all events are made from.
        table: the table.
        began: the revisions that added its rows, by key.
        emptied: the days that were taken out of its rows last, and by which revision, by key.
    """

    known: _Known
    table: str
    began: Mapping[str, int]
    emptied: Mapping[str, tuple[str, int]]

    def event(self, row: StoredRow, ended: int | None) -> Iterator[CalendarEvent]:
        """The event of a row, cancelled, if a calendar showed it before it ended; ``None`` if only its day was."""
        key, day = str(row["id"]), row.get("due") or row.get("forecast")
        newest = self.known.newest.get(key, 0)
        sequence = max(ended or 0, newest)
        if not day and key in self.emptied:
            day, ended = self.emptied[key]
        if not day or not self.known.showed(self.began.get(key, 0), ended or newest):
            return
        is_activity = self.table == _ACTIVITY
        what = f"{row['ref']} {row['text']}" if is_activity else str(row["title"])
        title = f"{'Due' if is_activity else 'Milestone'}: {what}"
        event = self.known.event(key, date.fromisoformat(str(day)), title, (what,), ())
        yield replace(event, sequence=sequence, changed=self.known.times.get(sequence, _NEVER), cancelled=True)


def _text(value: object) -> object:
    """A cell as the history holds it."""
    return value.isoformat() if isinstance(value, date) else value
