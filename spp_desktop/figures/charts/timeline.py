"""The timeline as plain values: its dates, labels, shapes and colours. It is drawn elsewhere.

A day is drawn at its own place, and a period covers its first and its last day. Colours come in pairs, one for a white
page and one for a dark page.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal, Protocol

from spp_desktop.plan.delivery import Activity, Milestone
from spp_desktop.plan.kinds.day_or_period import period_text
from spp_desktop.plan.kinds.days import short_day, short_month
from spp_desktop.plan.periods import first_month, months, months_between, year_start
from spp_desktop.plan.words import listed

NO_DATES = "No dates yet: type a due date or add a milestone in the panel."
NO_LANES = "No activities are shown, so there is nothing to draw."
ALL_FAR = "The dates here are all more than a hundred years from the plan: nothing is drawn until they are set right."
NO_STATUS = "No status"
FIRST_AGREED = "first agreed"
"""What the day is called that was agreed before another was."""
REACH = 100
"""The years before and after those of its activities that a timeline reaches: one slip must not make all else a dot."""
NEAR = timedelta(days=183)
"""The timeline reaches to today if today is no further than this from the dates of its activities."""

MarkState = Literal["done", "late", "slipping", "ahead"]
Colours = tuple[str, str]

MARK_LOOKS: Mapping[MarkState, tuple[str, Colours]] = {
    "done": ("tick", ("#0b5cad", "#6cb6ff")),
    "late": ("cross", ("#b42318", "#ff7b72")),
    "slipping": ("diamond", ("#9a5b00", "#e3b341")),
    "ahead": ("diamond", ("#3d4652", "#c9d1d9")),
}
"""The shape and colours of a milestone in each state; one that slips also has a line to the day now expected."""

TICK_STEPS = (1, 3, 6, 12, 24, 60, 120, 240, 600)
"""The possible numbers of months between two ticks of a date axis, which are counted from the first month of a year."""


class _Status(Protocol):
    @property
    def key(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def colour(self) -> str: ...
    @property
    def dark_colour(self) -> str: ...
    @property
    def shape(self) -> str: ...


class _Activity(Protocol):
    @property
    def key(self) -> str: ...
    @property
    def year(self) -> int: ...
    @property
    def ref(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def status_key(self) -> str | None: ...
    @property
    def finished(self) -> bool: ...
    @property
    def start(self) -> date | None: ...
    @property
    def due(self) -> date | None: ...
    @property
    def forecast(self) -> date | None: ...


class _Milestone(Protocol):
    @property
    def key(self) -> str: ...
    @property
    def activity_key(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def due(self) -> date | None: ...
    @property
    def forecast(self) -> date | None: ...
    @property
    def done_on(self) -> date | None: ...
    @property
    def finished(self) -> bool: ...
    @property
    def status(self) -> str: ...


@dataclass(frozen=True, slots=True)
class MilestoneMark:
    """The mark of a milestone on its lane.

    Attributes:
        key: The key of the milestone.
        title: The title of the milestone.
        state: Its state, which decides how the mark looks.
        day: Where it is drawn: the day it was done, else is due, else is expected.
        slips_to: The later day now expected, or ``None``.
        words: The state and its days in words.
        agreed_first: The day that was agreed first, where another is agreed now.
    """

    key: str
    title: str
    state: MarkState
    day: date
    slips_to: date | None
    words: str
    agreed_first: date | None = None


@dataclass(frozen=True, slots=True)
class Lane:
    """One activity on the timeline, as a bar with marks.

    Attributes:
        key: The key of the activity.
        ref: The reference of the activity.
        label: The text of the activity.
        begin: The first day of the bar: the stated start, else the first day of the activity's year, or ``end`` if that
            is earlier; ``None`` if nothing is drawn.
        end: The last day of the bar: the due date, else the forecast; ``None`` without either.
        start_stated: Whether a start was stated; a bar without one is thin.
        slips_to: A forecast later than the due date, or ``None``; always ``None`` if the activity is finished.
        finished: Whether the activity is finished.
        late: Whether it is due before today and not finished.
        status: The title of its status.
        shape: The shape of its status.
        colours: The colours of its status, for a white and a dark page.
        marks: The marks of its milestones, by day.
        furthest: The last day drawn in the lane, or ``None``.
        contradicts: The references of what it depends on and is nevertheless planned before.
        agreed_first: The day that was agreed first, where another is agreed now.
    """

    key: str
    ref: str
    label: str
    begin: date | None
    end: date | None
    start_stated: bool
    slips_to: date | None
    finished: bool
    late: bool
    status: str
    shape: str
    colours: Colours
    marks: tuple[MilestoneMark, ...]
    furthest: date | None
    contradicts: tuple[str, ...] = ()
    agreed_first: date | None = None

    @property
    def waits_until(self) -> date | None:
        """The day to which an arrow leads from what it depends on: its stated start, else the last day of its bar."""
        return self.begin if self.start_stated and self.begin is not None else self.end

    @property
    def before(self) -> str:
        """What its dates contradict, in words: "before 1.11, which it needs"; "" for nothing."""
        return f"before {listed(self.contradicts)}, which it needs" if self.contradicts else ""

    def words(self) -> str:
        """The lane in a few words: "3.04: On track, due 31 Mar 2009, 2 milestones"."""
        parts = [self.status]
        if self.end is not None:
            parts.append(f"due {short_day(self.end)}")
        if self.late:
            parts.append("late")
        if self.slips_to is not None:
            parts.append(f"now expected {short_day(self.slips_to)}")
        if self.agreed_first is not None:
            parts.append(f"{FIRST_AGREED} {short_day(self.agreed_first)}")
        if self.contradicts:
            parts.append(self.before)
        if self.marks:
            parts.append(Milestone.word.counted(len(self.marks)))
        return f"{self.ref}: {', '.join(parts)}"


@dataclass(frozen=True, slots=True)
class Timeline:
    """Activities with their dates.

    Attributes:
        lanes: One lane for each activity, in the order given.
        today: The day that counts as today.
        first: The first day of the first quarter with a date, those out of reach apart.
        last: The last day of the last quarter with such a date.
        empty: Why there is nothing to see, or "".
        needs: What depends on what, by the numbers of their lanes: the one that depends, and the one that it needs.
    """

    lanes: tuple[Lane, ...]
    today: date
    first: date
    last: date
    empty: str
    needs: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Tick:
    """A tick on a date axis, at the first day of a month; ``strong`` if a year of the plan begins there."""

    day: date
    label: str
    strong: bool


def ticks(first: date, last: date, most: int) -> list[Tick]:
    """About ``most`` ticks at most between two days: months if they fit, else quarters, half years or years."""
    begins, span = first_month(), months_between(first, last)
    step = next((step for step in TICK_STEPS if span / step <= max(most, 1)), TICK_STEPS[-1])
    return [
        Tick(day, short_month(day), day.month == begins)
        for day in months(first, last)
        if first <= day and (day.year * 12 + day.month - begins) % step == 0
    ]


def timeline(
    activities: Iterable[_Activity],
    milestones: Iterable[_Milestone],
    statuses: Iterable[_Status],
    today: date,
    needs: Iterable[tuple[str, str]] = (),
    *,
    agreed_first: Mapping[str, date] | None = None,
) -> Timeline:
    """The timeline of activities, in the order given, with their milestones; others' milestones are left out.

    ``needs`` are the keys of activities of which one depends on another, that one first. ``agreed_first`` are the days
    that were agreed first of activities and milestones, by their keys.
    """
    return KeptLanes(milestones, statuses, today, agreed_first=agreed_first).timeline(activities, needs)


@dataclass(frozen=True, slots=True)
class _KeptLane:
    """A lane with the activity that it was made of, and the first and the last day stated in it, if any is."""

    row: _Activity
    lane: Lane
    first: date | None
    last: date | None


class KeptLanes:
    """The lanes of activities, each made once, and timelines of those that are shown.

    Args:
        milestones: the milestones of all activities that may be shown.
        statuses: the statuses of the plan.
        today: the day that counts as today.
        agreed_first: the days that were agreed first of activities and milestones, by their keys.
    """

    def __init__(
        self,
        milestones: Iterable[_Milestone],
        statuses: Iterable[_Status],
        today: date,
        *,
        agreed_first: Mapping[str, date] | None = None,
    ) -> None:
        self.today = today
        self._looks, self._agreed = {status.key: status for status in statuses}, dict(agreed_first or {})
        self._steps: dict[str, list[MilestoneMark]] = defaultdict(list)
        self._kept: dict[str, _KeptLane] = {}
        self._take(milestones)

    def renew(self, keys: Iterable[str], milestones: Iterable[_Milestone], agreed_first: Mapping[str, date]) -> None:
        """Make the lanes of some activities anew, of the milestones that they have now; all other lanes stay."""
        for key in keys:
            self._kept.pop(key, None)
            for mark in self._steps.pop(key, ()):
                self._agreed.pop(mark.key, None)
            self._agreed.pop(key, None)
        self._agreed |= agreed_first
        self._take(milestones)

    def timeline(self, activities: Iterable[_Activity], needs: Iterable[tuple[str, str]] = ()) -> Timeline:
        """The timeline of activities, in the order given; ``needs`` are the keys of those of which one waits."""
        rows, kept, shown = list(activities), self._kept, []
        for row in rows:
            known = kept.get(row.key)
            if known is None or known.row is not row:
                known = kept[row.key] = self._made(row)
            shown.append(known)
        lanes = tuple([known.lane for known in shown])
        ends = _ends(shown, {row.year for row in rows})
        if ends is not None and self.today - ends[0] >= -NEAR and self.today - ends[1] <= NEAR:
            ends = min(ends[0], self.today), max(ends[1], self.today)
        first, last = _whole_quarters(*(ends or (self.today, self.today)))
        stated = ends is None and any(known.first for known in shown)
        empty = "" if ends else ALL_FAR if stated else NO_DATES if lanes else NO_LANES
        asked = list(needs)
        places = {lane.key: place for place, lane in enumerate(lanes)} if asked else {}
        pairs = tuple((places[key], places[other]) for key, other in asked if key in places and other in places)
        return Timeline(_contradicting(lanes, pairs), self.today, first, last, empty, pairs)

    def _take(self, milestones: Iterable[_Milestone]) -> None:
        for milestone in milestones:
            mark = _mark(milestone, self.today, self._agreed.get(milestone.key))
            if mark is not None:
                self._steps[milestone.activity_key].append(mark)

    def _made(self, row: _Activity) -> _KeptLane:
        marks = tuple(self._steps.get(row.key, ()))
        lane = _lane(row, marks, self._looks, self.today, self._agreed.get(row.key))
        days = _dates(lane)
        return _KeptLane(row, lane, min(days, default=None), max(days, default=None))


def _ends(shown: Sequence[_KeptLane], years: Collection[int]) -> tuple[date, date] | None:
    """The first and the last day stated in lanes within reach of the years of their activities; ``None`` for none."""
    firsts = [known.first for known in shown if known.first is not None]
    lasts = [known.last for known in shown if known.last is not None]
    if not firsts or not lasts:
        return None
    begin, end = min(years) - REACH, max(years) + 1 + REACH
    first, last = min(firsts), max(lasts)
    if first.year < begin or last.year > end:  # somebody slipped: day by day
        within = [day for known in shown for day in _dates(known.lane) if begin <= day.year <= end]
        return (min(within), max(within)) if within else None
    return first, last


def _contradicting(lanes: tuple[Lane, ...], needs: Iterable[tuple[int, int]]) -> tuple[Lane, ...]:
    """Lanes with what each is planned before although it depends on it.

    What begins, or where no start is stated is expected, before the other is to be done, contradicts that.
    """
    before: dict[int, list[str]] = defaultdict(list)
    for own, other in needs:
        lane, needed = lanes[own], lanes[other]
        day = lane.begin if lane.start_stated else lane.slips_to or lane.end
        ready = needed.slips_to or needed.end
        if day is not None and ready is not None and day < ready and not (lane.finished or needed.finished):
            before[own].append(needed.ref)
    every = list(lanes)
    for n, refs in before.items():
        every[n] = replace(every[n], contradicts=tuple(refs))
    return tuple(every)


def _mark(milestone: _Milestone, today: date, baseline: date | None) -> MilestoneMark | None:
    due, forecast, done_on = milestone.due, milestone.forecast, milestone.done_on
    day, over = done_on or due or forecast, done_on is not None or milestone.finished
    if day is None:
        return None
    slips_to = forecast if not over and forecast is not None and forecast > day else None
    state: MarkState = "done" if over else "late" if day < today else "slipping" if slips_to else "ahead"
    if done_on is not None:
        words = f"done {short_day(done_on)}" + (f", due {_when(due)}" if due and due != done_on else "")
    elif over:
        words = f"{milestone.status.lower()}, due {_when(day)}"
    else:
        verb = "expected" if due is None else "was due" if state == "late" else "due"
        words = ("late: " if state == "late" else "") + f"{verb} {_when(day)}"
        words += f", now expected {_when(slips_to)}" if slips_to else ""
    agreed_first = baseline if baseline != due else None
    words += f", {FIRST_AGREED} {short_day(agreed_first)}" if agreed_first else ""
    return MilestoneMark(milestone.key, milestone.title, state, day, slips_to, words, agreed_first)


def _when(day: date) -> str:
    """A day as tables write it, or the period that it is the last day of: a mark stands at the end of its period."""
    return period_text(day) or short_day(day)


def _lane(
    row: _Activity, marks: tuple[MilestoneMark, ...], looks: Mapping[str, _Status], today: date, baseline: date | None
) -> Lane:
    look = looks.get(row.status_key or "")
    end = row.due or row.forecast
    begin = row.start or (min(year_start(row.year), end) if end else None)
    slips = row.forecast if row.due and row.forecast and row.forecast > row.due and not row.finished else None
    return Lane(
        key=row.key,
        ref=row.ref,
        label=row.text,
        begin=begin,
        end=end,
        start_stated=row.start is not None,
        slips_to=slips,
        finished=row.finished,
        late=row.due is not None and row.due < today and not row.finished,
        status=look.title if look else NO_STATUS,
        shape=look.shape if look else "ring",
        colours=(look.colour, look.dark_colour) if look else ("#5b6470", "#aab2bd"),
        marks=tuple(sorted(marks, key=lambda mark: mark.day)),
        furthest=max(_mark_days(marks) + [day for day in (end, slips) if day], default=None),
        agreed_first=baseline if baseline != row.due else None,
    )


def moved_days(lane: Lane) -> list[tuple[date, date, bool]]:
    """The days that were agreed first, each with that which is agreed now, and whether it is the end of the lane."""
    marks = [(mark.agreed_first, mark.day, False) for mark in lane.marks if mark.agreed_first is not None]
    if lane.agreed_first is None or lane.end is None:
        return marks
    return [(lane.agreed_first, lane.end, True), *marks]


def _dates(lane: Lane) -> list[date]:
    days = [lane.begin, lane.end, lane.slips_to, lane.agreed_first]
    return [day for day in days if day] + _mark_days(lane.marks)


def _mark_days(marks: tuple[MilestoneMark, ...]) -> list[date]:
    return [day for mark in marks for day in (mark.day, mark.slips_to, mark.agreed_first) if day]


def _whole_quarters(first: date, last: date) -> tuple[date, date]:
    begins, ends = (first.month - 1) // 3 * 3 + 1, (last.month - 1) // 3 * 3 + 3
    return date(first.year, begins, 1), date(last.year, ends, 31 if ends in (3, 12) else 30)


def describe(chart: Timeline) -> str:
    """The timeline in sentences, for screen readers."""
    if chart.empty:
        return chart.empty
    marks = [mark for lane in chart.lanes for mark in lane.marks]
    late = sum(lane.late for lane in chart.lanes)
    missed = sum(mark.state == "late" for mark in marks)
    due = sum(lane.end is not None for lane in chart.lanes)
    against = sum(bool(lane.contradicts) for lane in chart.lanes)
    contradicted = f" {against} planned before what it depends on." if against else ""
    return (
        f"Timeline from {short_day(chart.first)} to {short_day(chart.last)}, today {short_day(chart.today)}. "
        f"{Activity.word.counted(len(chart.lanes))}, {due} with a date, {late} late. "
        f"{Milestone.word.counted(len(marks))}, {sum(mark.state == 'done' for mark in marks)} done, {missed} late."
        f"{contradicted}"
    )


def table(chart: Timeline) -> list[tuple[str, str, date | str | None, str]]:
    """The dates behind the timeline: a row of headings, then rows of reference, title, date and state in words."""
    rows: list[tuple[str, str, date | str | None, str]] = [("Reference", "What", "Date", "State")]
    for lane in chart.lanes:
        first = f"{FIRST_AGREED} {short_day(lane.agreed_first)}" if lane.agreed_first else ""
        state = ", ".join(filter(None, (lane.status, "late" * lane.late, first, lane.before)))
        rows.append((lane.ref, lane.label, lane.end, state))
        rows += [(lane.ref, mark.title, mark.day, mark.words) for mark in lane.marks]
    return rows
