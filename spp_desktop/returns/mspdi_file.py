"""A return as a project's file: MS Project's own XML (MSPDI), put in its place only once it has been read again.

Priorities are summary tasks, activities tasks below them, milestones milestones behind their activity; the posts are
resources. The elements stand in the order of Microsoft's schema (schemas.microsoft.com/project), which MS Project asks.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from uuid import UUID, uuid5
from xml.etree import ElementTree as ET

from spp_desktop.plan.file_names import marked
from spp_desktop.plan.periods import year_start
from spp_desktop.returns import mspdi
from spp_desktop.returns import mspdi_fields as fields
from spp_desktop.returns.answers import find_tables
from spp_desktop.returns.aside import NotWritten, put
from spp_desktop.returns.definition import Content, Return, ReturnRow, Value
from spp_desktop.returns.intake import received
from spp_desktop.returns.limits import LIMITS
from spp_desktop.returns.placement import row_key
from spp_desktop.returns.values import read, same
from spp_desktop.returns.words import clean

_CALENDAR = 1
_FIXED_DURATION, _AS_SOON_AS, _NOT_BEFORE = 1, 0, 4
_DAYS, _WORK = 7, 1
"""Durations are shown in days; a resource that works."""

_WHOLE = 100
Elements = Iterable[tuple[str, object]]
"""Elements by their tags in the order of the schema; what is ``None`` is left out."""


def write(definition: Return, content: Content, path: Path) -> None:
    """Make a return's file at a path. A file that stands there is replaced only by a whole one.

    Raises:
        NotWritten: if it cannot be made or kept there, or would not say the same when read again.
    """
    if path.suffix.casefold() != ".xml":
        raise NotWritten(f"{path.name} was not made: a project's file ends with .xml. Give it another name.")
    if content.blank:
        raise NotWritten(f"{path.name} was not made: a form without rows can only be a workbook.")
    made = build(content)
    put(lambda aside: aside.write_bytes(made), path, lambda aside: _compare(definition, content, aside, path))


def build(content: Content) -> bytes:
    """The file itself: the same bytes for the same content."""
    root = _Project(content).element()
    ET.indent(root, " ")
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


@dataclass(frozen=True)
class _Bar:
    """When a task is shown to be.

    Attributes:
        start: its first day.
        finish: its last day.
        agreed: the day that was agreed, if one was.
        custom: what else is to be kept of its days.
    """

    start: date
    finish: date
    agreed: date | None
    custom: Mapping[fields.ProjectField, str]

    @property
    def seconds(self) -> int:
        """The time of work from the first day to the last."""
        return ((self.finish - self.start).days + 1) * fields.DAY_HOURS * 3600


@dataclass(frozen=True)
class _Shown:
    """A task as others may depend on it: its row's key, its number, its name, and the moments of its begin and end."""

    key: str
    number: int
    name: str
    begins: str
    ends: str


class _Project:
    """A project while it is written."""

    def __init__(self, content: Content) -> None:
        self._content, self._identity, self._plan = content, content.identity, content.plan
        activities, milestones = content.tables
        self._activities = activities
        self._steps: dict[Value, list[ReturnRow]] = {}
        for row in milestones:
            self._steps.setdefault(row.values["ref"], []).append(row)
        owning = {post for row in activities for post in _titles(row.values["owners"])}
        listed = [post for post in content.plan.lists.get("posts", ()) if post in owning]
        self._posts = {post: n for n, post in enumerate([*listed, *sorted(owning - set(listed))], 1)}
        self._begins = year_start(content.identity.year or content.plan.years[0])
        self._uid = 0
        self._assigned: list[tuple[int, _Bar, int, str]] = []
        self._shown: dict[str, _Shown] = {}

    def element(self) -> ET.Element:
        """The whole of it."""
        root = ET.Element("Project", {"xmlns": fields.NAMESPACE})
        tasks = [self._linked(list(told)) for told in list(self._tasks())]
        _fill(root, self._properties())
        _several(root, "ExtendedAttributes", "ExtendedAttribute", map(_definition, fields.FIELDS))
        _several(root, "Calendars", "Calendar", self._calendars())
        _several(root, "Tasks", "Task", tasks)
        _several(root, "Resources", "Resource", self._resources())
        _several(root, "Assignments", "Assignment", self._assignments())
        return root

    def _properties(self) -> Elements:
        identity = asdict(self._identity)
        title, head = identity.pop("plan_title"), identity.pop("head")
        yield from (
            ("SaveVersion", 14),
            ("Name", fields.name_of(f"{marked(f'{title} {self._identity.when}', self._plan.marking)}.xml")),
            ("Title", title),
            ("Subject", json.dumps(identity)),
            ("Category", head),
            ("Company", self._plan.force or None),
            ("Author", self._plan.force or "SPP Desktop"),
            ("ScheduleFromStart", 1),
            ("StartDate", _begin(self._begins)),
            ("FYStartDate", 4),
            ("CurrencySymbol", "£"),
            ("CurrencyCode", "GBP"),
            ("CalendarUID", _CALENDAR),
            ("DefaultStartTime", fields.DAY_BEGINS),
            ("DefaultFinishTime", fields.DAY_ENDS),
            ("MinutesPerDay", fields.DAY_HOURS * 60),
            ("MinutesPerWeek", fields.DAY_HOURS * 60 * 7),
            ("DaysPerMonth", 30),
            ("DefaultTaskType", _FIXED_DURATION),
            ("DurationFormat", _DAYS),
            ("WorkFormat", _DAYS),
            ("HonorConstraints", 1),
            ("NewTasksEffortDriven", 0),
            ("NewTasksEstimated", 0),
            ("WeekStartDay", 1),
        )

    # Tasks

    def _tasks(self) -> Iterator[Elements]:
        """Each priority, with its activities and their milestones below it."""
        groups: dict[Value, list[ReturnRow]] = {}
        for row in self._activities:
            groups.setdefault(row.values["priority"], []).append(row)
        for number, (priority, rows) in enumerate(groups.items(), 1):
            yield list(self._heading(number, str(priority or ""), rows))
            place = 0
            for row in rows:
                place += 1
                yield list(self._activity((number, place), row))
                for step in self._steps.get(row.values["ref"], ()):
                    place += 1
                    yield list(self._milestone((number, place), step))

    def _linked(self, told: list[tuple[str, object]]) -> list[tuple[str, object]]:
        """A task with what it depends on: as a link where its dates wait for that, and in words."""
        shown = self._shown.get(str(dict(told)["GUID"]).lower())
        wanted = () if shown is None else self._content.needs.get(shown.key, ())
        needs = [self._shown[key] for key in wanted if key in self._shown]
        if shown is None or not needs:
            return told
        links = [each.number for each in needs if each.ends <= shown.begins]
        words = {fields.DEPENDS: "; ".join(each.name for each in needs), fields.LINKS: ",".join(map(str, links))}
        at = next(n for n, (tag, _) in enumerate(told) if tag == "ExtendedAttribute")
        linked = (("PredecessorLink", _link(number)) for number in links)
        return [*told[:at], *linked, *told[at:], *_fields(words)]

    def _heading(self, number: int, priority: str, rows: Sequence[ReturnRow]) -> Elements:
        bars = [_bar(row.values, self._begins) for row in rows]
        bars += [
            _step_bar(step.values, self._begins) for row in rows for step in self._steps.get(row.values["ref"], ())
        ]
        bar = _Bar(min(each.start for each in bars), max(each.finish for each in bars), None, {})
        custom = {fields.KIND: fields.PRIORITY, **_parts(priority)}
        guid = str(uuid5(UUID(self._plan.key), f"priority|{priority}"))
        told = self._task((number,), guid, priority, summary=True)
        yield from (*told, *_spans(bar), ("Milestone", 0), ("Summary", 1), *_fields(custom))

    def _activity(self, place: tuple[int, int], row: ReturnRow) -> Elements:
        values, bar = row.values, _bar(row.values, self._begins)
        text, percent = str(values["text"] or ""), int(str(values["percent"] or 0))
        owners = _titles(values["owners"])
        left_open = [*_open_days(values, "Start"), *(("% complete",) if values["percent"] is None else ())]
        custom = {
            fields.REF: str(values["ref"]),
            fields.STATUS: str(values["status"] or ""),
            fields.OWNERS: "; ".join(owners),
            fields.LEFT_OPEN: ", ".join(left_open),
            **bar.custom,
            **self._told(row, fields.ACTIVITY, text),
        }
        told = list(self._task(place, row.key, text))
        self._shown[row.key] = _Shown(row.key, self._uid, str(values["ref"]), _begin(bar.start), _end(bar.finish))
        self._assigned += [(self._uid, bar, percent, post) for post in owners]
        done = bar.seconds * percent // _WHOLE
        yield from told
        yield from _spans(bar)
        yield from (
            ("Work", _time(bar.seconds * len(owners))),
            ("EffortDriven", 0),
            ("Estimated", 0),
            ("Milestone", 0),
            ("Summary", 0),
            ("PercentComplete", percent),
            ("PercentWorkComplete", percent),
            ("ActualStart", _begin(bar.start) if percent else None),
            ("ActualFinish", _end(bar.finish) if percent == _WHOLE else None),
            ("ActualDuration", _time(done)),
            ("ActualWork", _time(done * len(owners))),
            ("RemainingDuration", _time(bar.seconds - done)),
            ("RemainingWork", _time((bar.seconds - done) * len(owners))),
            *_constraint(bar),
            ("Notes", values["reason"]),
            *_fields(custom),
        )

    def _milestone(self, place: tuple[int, int], row: ReturnRow) -> Elements:
        values, bar = row.values, _step_bar(row.values, self._begins)
        text, done = str(values["title"]), values["done_on"] is not None
        custom = {
            fields.REF: str(values["ref"]),
            fields.LEFT_OPEN: ", ".join(_open_days(values)),
            **bar.custom,
            **self._told(row, fields.MILESTONE, text),
        }
        told, moment = list(self._task(place, row.key, text)), _begin(bar.finish)
        self._shown[row.key] = _Shown(row.key, self._uid, f"{values['ref']} {text}", moment, moment)
        yield from told
        yield from (
            ("Start", _begin(bar.finish)),
            ("Finish", _begin(bar.finish)),
            ("Duration", _time(0)),
            ("DurationFormat", _DAYS),
            ("EffortDriven", 0),
            ("Estimated", 0),
            ("Milestone", 1),
            ("Summary", 0),
            ("PercentComplete", _WHOLE if done else 0),
            ("ActualStart", _begin(bar.finish) if done else None),
            ("ActualFinish", _begin(bar.finish) if done else None),
            ("ActualDuration", _time(0)),
            ("RemainingDuration", _time(0)),
            *_constraint(bar),
            *_fields(custom),
        )

    def _task(self, place: tuple[int, ...], guid: str, text: str, *, summary: bool = False) -> Elements:
        """How every task begins."""
        self._uid += 1
        number = ".".join(map(str, place))
        yield from (
            ("UID", self._uid),
            ("GUID", guid.upper()),
            ("ID", self._uid),
            ("Name", fields.name_of(clean(text))),
            ("Active", 1),
            ("Manual", 0),
            ("Type", _FIXED_DURATION),
            ("IsNull", 0),
            ("WBS", number),
            ("OutlineNumber", number),
            ("OutlineLevel", 1 if summary else len(place)),
            ("Priority", 500),
        )

    def _told(self, row: ReturnRow, kind: str, text: str) -> Mapping[fields.ProjectField, str]:
        """What says which row of the plan a task is."""
        key = row_key(row.key, self._identity, str(row.values["ref"] or ""), text)
        whole = {} if clean(text) == fields.name_of(clean(text)) else _parts(clean(text))
        return {fields.KIND: kind, fields.KEY: key, **whole}

    # Who owns them

    def _resources(self) -> Iterator[Elements]:
        for post, number in self._posts.items():
            yield (
                ("UID", number),
                ("GUID", str(uuid5(UUID(self._plan.key), f"post|{post}")).upper()),
                ("ID", number),
                ("Name", fields.resource_name(post)),
                ("Type", _WORK),
                ("IsNull", 0),
                ("Code", post),
                ("MaxUnits", len(self._activities)),  # nobody is told that an office has too much to do
                ("CalendarUID", _CALENDAR + number),
            )

    def _calendars(self) -> Iterator[Elements]:
        """A calendar on all of whose days work is done, since days that are agreed may be any; and each post's."""
        yield (
            ("UID", _CALENDAR),
            ("Name", "Every day"),
            ("IsBaseCalendar", 1),
            ("BaseCalendarUID", -1),
            ("WeekDays", [("WeekDay", _working_day(n)) for n in range(1, 8)]),
        )
        for post, number in self._posts.items():
            name = fields.resource_name(post)
            yield ("UID", _CALENDAR + number), ("Name", name), ("IsBaseCalendar", 0), ("BaseCalendarUID", _CALENDAR)

    def _assignments(self) -> Iterator[Elements]:
        for number, (task, bar, percent, post) in enumerate(self._assigned, 1):
            done = bar.seconds * percent // _WHOLE
            yield (
                ("UID", number),
                ("TaskUID", task),
                ("ResourceUID", self._posts[post]),
                ("PercentWorkComplete", percent),
                ("ActualFinish", _end(bar.finish) if percent == _WHOLE else None),
                ("ActualStart", _begin(bar.start) if percent else None),
                ("ActualWork", _time(done)),
                ("Finish", _end(bar.finish)),
                ("RemainingWork", _time(bar.seconds - done)),
                ("Start", _begin(bar.start)),
                ("Units", 1),
                ("Work", _time(bar.seconds)),
            )


# Days


def _bar(values: Mapping[str, Value], begins: date) -> _Bar:
    """When an activity is shown to be: until the day now expected, or else the one agreed."""
    start, due, forecast = (_day(values[name]) for name in ("start", "due", "forecast"))
    finish = forecast or due or start or begins
    custom = _kept(forecast, None if forecast or due else finish)
    if start is not None and start > finish:
        return _Bar(finish, finish, due, {**custom, fields.START: _begin(start)})
    return _Bar(start or finish, finish, due, custom)


def _step_bar(values: Mapping[str, Value], begins: date) -> _Bar:
    """When a milestone is shown to be: on the day on which it was done, or is expected, or is due."""
    due, forecast, done = (_day(values[name]) for name in ("due", "forecast", "done_on"))
    day = done or forecast or due or begins
    return _Bar(day, day, due, _kept(forecast, None if done or forecast or due else day))


def _kept(forecast: date | None, stands_in: date | None) -> dict[fields.ProjectField, str]:
    days = {fields.FORECAST: forecast, fields.STAND_IN: stands_in}
    return {known: _begin(day) for known, day in days.items() if day is not None}


def _open_days(values: Mapping[str, Value], *more: str) -> list[str]:
    """The headings of the days that the plan does not know."""
    return [heading for heading in (*more, "Due", "Forecast") if values[heading.lower()] is None]


def _spans(bar: _Bar) -> Elements:
    return (
        ("Start", _begin(bar.start)),
        ("Finish", _end(bar.finish)),
        ("Duration", _time(bar.seconds)),
        ("DurationFormat", _DAYS),
    )


def _constraint(bar: _Bar) -> Elements:
    """That a task begins on its day, and by when it was agreed."""
    return (
        ("ConstraintType", _NOT_BEFORE),
        ("CalendarUID", _CALENDAR),
        ("ConstraintDate", _begin(bar.start)),
        ("Deadline", _end(bar.agreed) if bar.agreed else None),
        ("IgnoreResourceCalendar", 1),
    )


def _day(value: Value) -> date | None:
    return value if isinstance(value, date) else None


def _begin(day: date) -> str:
    return f"{day.isoformat()}T{fields.DAY_BEGINS}"


def _end(day: date) -> str:
    return f"{day.isoformat()}T{fields.DAY_ENDS}"


def _time(seconds: int) -> str:
    return f"PT{seconds // 3600}H{seconds // 60 % 60}M{seconds % 60}S"


# Elements


def _titles(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _parts(text: str) -> dict[fields.ProjectField, str]:
    """A text in parts that fields can hold; none begins or ends with a space, which a program might take off."""
    parts: dict[fields.ProjectField, str] = {}
    for known in fields.WHOLE:
        end = min(len(text), fields.LONGEST_NAME)
        while 1 < end < len(text) and (text[end - 1].isspace() or text[end].isspace()):
            end -= 1
        parts[known], text = text[:end], text[end:]
    return parts


def _fields(custom: Mapping[fields.ProjectField, str]) -> Elements:
    """The custom fields that hold anything, in their order."""
    for known in fields.FIELDS:
        if custom.get(known):
            yield "ExtendedAttribute", (("FieldID", known.number), ("Value", custom[known]))


def _link(number: int) -> Elements:
    """That a task begins once another has ended."""
    return ("PredecessorUID", number), ("Type", 1), ("CrossProject", 0), ("LinkLag", 0), ("LagFormat", _DAYS)


def _definition(known: fields.ProjectField) -> Elements:
    return ("FieldID", known.number), ("FieldName", known.name), ("Alias", known.alias)


def _working_day(number: int) -> Elements:
    """A day of the week: 1 is Sunday."""
    hours = ((fields.DAY_BEGINS, "12:00:00"), ("13:00:00", fields.DAY_ENDS))
    times = [("WorkingTime", (("FromTime", begins), ("ToTime", ends))) for begins, ends in hours]
    return ("DayType", number), ("DayWorking", 1), ("WorkingTimes", times)


def _several(root: ET.Element, tag: str, each: str, items: Iterable[Elements]) -> None:
    group = ET.SubElement(root, tag)
    for told in items:
        _fill(ET.SubElement(group, each), told)


def _fill(element: ET.Element, told: Elements) -> None:
    """Put elements into one, and theirs into them."""
    for tag, value in told:
        if isinstance(value, tuple | list):
            _fill(ET.SubElement(element, tag), value)
        elif value is not None:
            ET.SubElement(element, tag).text = clean(str(value))


# Reading again


def _compare(definition: Return, content: Content, aside: Path, path: Path) -> None:
    """Read what was written, and see that every cell says what it should."""
    came = received(path.name, mspdi.records(BytesIO(aside.read_bytes()), LIMITS))
    tables = {table.listing.title: table for table in find_tables(definition, content.plan, came)}
    for listing, lines in zip(definition.listings, content.tables, strict=True):
        table = tables[listing.title]
        rows = {key.key: table.sheet.rows[n] for n in table.rows if (key := table.key_of(n)) is not None}
        for line in lines:
            for place, column in table.columns.items():
                value = line.values.get(column.field)
                answer = read(column, rows.get(line.key, {}).get(place), content.plan, value)
                if answer.doubt or not same(column, answer.value, value):
                    raise NotWritten(
                        f"{path.name} was not made: the {column.title.lower()} of {line.values.get(listing.ref)} would "
                        "not read the same again. What stood there is untouched."
                    )
    if came.identity != content.identity:
        raise NotWritten(f"{path.name} was not made: it would not say which return it is. Try again.")
