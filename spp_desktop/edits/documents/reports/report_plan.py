"""The plan as reports read it: indicators judged, activities with how they stand and what is next, moved dates."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TypeVar

from sqlalchemy import Connection

from spp_desktop.edits.documents import choices
from spp_desktop.edits.documents.choices import PeriodOffered
from spp_desktop.edits.documents.lacks import NO_NEXT_STEP
from spp_desktop.edits.documents.plan_read import DocumentPlan
from spp_desktop.edits.documents.reports.acting import ActingPosts
from spp_desktop.figures.judging.judged import Judged, judge
from spp_desktop.figures.judging.series import Series
from spp_desktop.figures.proposed_status import StatusKind
from spp_desktop.figures.slippage import Slippage, slippage
from spp_desktop.plan.identity import goes_on
from spp_desktop.plan.kinds.days import MONTHS, in_words, short_day
from spp_desktop.plan.monitoring import DeliveryRule
from spp_desktop.plan.periods import year_of
from spp_desktop.store import judged as judged_read
from spp_desktop.store import monitored, queries
from spp_desktop.store.indicator_rows import IndicatorRow
from spp_desktop.store.monitored import MoveRow, ReportRow
from spp_desktop.store.plain import ActivityRow, MilestoneRow, StatusRow, UpdateRow
from spp_desktop.store.proposed import StatusRule

_A_DAY = re.compile(rf"\d (?:{'|'.join(MONTHS)})")
"""Words that name a day of their own."""
STANDS = frozenset({"closed", "locked"})
"""The states of a period in which what was reported for it stands."""


@dataclass(frozen=True, slots=True)
class NextStep:
    """What is to be done next, and by when; "" where it is not said."""

    text: str = ""
    day: date | None = None

    def words(self, today: date) -> str:
        """It in words, with its date: "First draft written, by 20 Nov 2008"."""
        if not self.text:
            return NO_NEXT_STEP
        text = self.text.rstrip(". ")
        if self.day is None or in_words(self.day) in text or short_day(self.day) in text:
            return text
        if _A_DAY.search(text):
            return f"{text}; now expected {short_day(self.day)}"
        return f"{text}, {'by' if self.day >= today else 'which was due on'} {short_day(self.day)}"


@dataclass(frozen=True, slots=True)
class ReportedActivity:
    """An activity as a report tells of it.

    Attributes:
        row: the activity.
        status: its status; ``None`` for none.
        kind: what that status means by the plan's rule; "" for a decision, such as to defer it, and for none.
        forecast: the day on which it is expected; ``None`` where that is the day agreed.
        reason: why it stands so.
        done: what was reported as done.
        step: what is next.
        slip: how its dates have slipped.
        moves: every move of its dates.
    """

    row: ActivityRow
    status: StatusRow | None
    kind: StatusKind | str
    forecast: date | None
    reason: str
    done: str
    step: NextStep
    slip: Slippage
    moves: Sequence[MoveRow]

    @property
    def finished(self) -> bool:
        """Whether nothing of it is left to be done."""
        return self.status is not None and self.status.finished

    def late(self, today: date) -> bool:
        """Whether its date has passed and it is not finished."""
        return self.row.due is not None and self.row.due < today and not self.finished

    def in_need(self, today: date) -> bool:
        """Whether it needs improvement: it is off track, at risk or late."""
        return self.kind in {"off track", "at risk"} or self.late(today)


R = TypeVar("R", bound="ReportPlan")
T = TypeVar("T")


class ReportPlan:
    """A plan as it stands today. ``PeriodPlan`` reads it as it stood for a reporting period."""

    def __init__(self, plan: DocumentPlan) -> None:
        self.plan = plan
        self.acting = ActingPosts(plan)

    @property
    def as_at(self) -> date:
        """The day up to which results are judged: by the periods that had ended."""
        return self.plan.today

    @property
    def stands_on(self) -> date:
        """The day on which activities stand as they are told of, by which late and early are judged."""
        return self.plan.today

    @property
    def years(self) -> Sequence[int]:
        """The years whose activities are told of, by their first calendar years."""
        return [self.plan.read(queries.usual_year)]

    # Indicators

    @cached_property
    def rows(self) -> Mapping[str, IndicatorRow]:
        """The indicators that go on in its years in their printed order, by key."""
        first = min(self.years)
        return {row.key: row for row in self.plan.read(queries.indicators) if goes_on(row.last_year, first)}

    @cached_property
    def judged(self) -> Sequence[Judged]:
        """The indicators judged for the force."""
        return [judge(series, self.as_at) for series in self._series]

    @cached_property
    def _series(self) -> Sequence[Series]:
        return [self._by_posts(series) for series in self.plan.read(_gathered) if series.indicator.key in self.rows]

    def judged_on(self, day: date) -> Sequence[Judged]:
        """The indicators judged by the periods that had ended by another day."""
        return [judge(series, day) for series in self._series]

    def _by_posts(self, series: Series) -> Series:
        """A series that names posts, where it named people."""
        author, officer = self.acting.author, self.acting.post_of
        return replace(
            series,
            overrides={day: replace(each, author=author(each.author)) for day, each in series.overrides.items()},
            annotations=tuple(each._replace(author=officer(each.author)) for each in series.annotations),
            rebases=tuple(replace(each, author=officer(each.author)) for each in series.rebases),
        )

    # Activities

    @cached_property
    def statuses(self) -> Sequence[StatusRow]:
        """The plan's own list of statuses."""
        return self.plan.read(queries.statuses)

    @cached_property
    def kinds(self) -> Mapping[str, StatusKind]:
        """What statuses mean by the plan's rule, by their keys; those that are decisions are not among them."""
        rule = StatusRule(self.rule, self.statuses)
        return {row.key: kind for kind, row in rule.statuses.items()}

    @cached_property
    def rule(self) -> DeliveryRule:
        """How the plan monitors its delivery."""
        return self.plan.read(monitored.delivery_rule)

    @cached_property
    def every_activity(self) -> Sequence[ActivityRow]:
        """The activities of all years."""
        return self.plan.read(queries.activities)

    @cached_property
    def by_key(self) -> Mapping[str, ActivityRow]:
        """The activities of all years, by key."""
        return {row.key: row for row in self.every_activity}

    @cached_property
    def milestones(self) -> Mapping[str, Sequence[MilestoneRow]]:
        """The milestones by the key of their activity, in their order."""
        steps: dict[str, list[MilestoneRow]] = defaultdict(list)
        for row in self.plan.read(queries.milestones):
            steps[row.activity_key].append(row)
        return dict(steps)

    @cached_property
    def moves(self) -> Mapping[str, Sequence[MoveRow]]:
        """Every move of a date, by the key of the activity or milestone."""
        return self.plan.read(monitored.moves)

    @cached_property
    def reports(self) -> Mapping[str, ReportRow]:
        """What was said of activities for the period, by their keys."""
        return {}

    @property
    def reports_stand(self) -> bool:
        """Whether activities stand as they were reported for the period, and not as they stand today."""
        return False

    @cached_property
    def updates(self) -> Mapping[str, UpdateRow]:
        """What was reported last of activities, by their keys."""
        known = [row for row in self.plan.read(queries.updates) if row.reported_on <= self.stands_on]
        return {row.activity_key: row for row in reversed(known)}

    @cached_property
    def activities(self) -> Sequence[ReportedActivity]:
        """The activities of the years told of."""
        return [self._reported(row) for row in self.every_activity if row.year in self.years]

    def _reported(self, row: ActivityRow) -> ReportedActivity:
        report, update = self.reports.get(row.key), self.updates.get(row.key)
        stood = report if self.reports_stand and report is not None and monitored.took_over(report) else None
        status_key, forecast, reason = row.status_key, row.forecast, row.reason
        if stood is not None:
            status_key, forecast, reason = stood.status_key, stood.forecast, stood.reason
        status = next((each for each in self.statuses if each.key == status_key), None)
        done = (report.done if report else "") or (update.done if update else "")
        told = (report.next if report else "") or (update.next if update else "")
        moves = self.moves.get(row.key, ())
        ended = status is not None and status.finished
        step = NextStep() if ended else self._step(row, told)
        kind = self.kinds.get(status_key or "", "")
        slip = slippage(row.due, forecast, moves)
        return ReportedActivity(row, status, kind, forecast, reason, done, step, slip, moves)

    def _step(self, row: ActivityRow, told: str) -> NextStep:
        """What was said to be next, or else the next milestone; with the date of that, or of the activity."""
        left = [step for step in self.milestones.get(row.key, ()) if not step.over]
        left.sort(key=lambda step: step.forecast or step.due or date.max)
        day = (left[0].forecast or left[0].due) if left else row.forecast or row.due
        return NextStep(told or (left[0].title if left else ""), day)

    @cached_property
    def _served_by(self) -> Mapping[str, Sequence[ReportedActivity]]:
        """The activities that serve rows of the plan's levels below the top, by the keys of those."""
        served: dict[str, list[ReportedActivity]] = defaultdict(list)
        for each in self.activities:
            for key in {each.row.home_key, *each.row.serves, each.row.key}:
                served[key].append(each)
        return dict(served)

    @cached_property
    def _tops(self) -> frozenset[str]:
        return frozenset(node.key for node in self.plan.read(queries.priority_tree))

    def serving(self, indicator: str) -> list[ReportedActivity]:
        """The activities not finished that an indicator measures, or that serve what it measures.

        What serves no more than the same priority is not among them: of that nobody said that it moves the indicator.
        """
        keys = [key for key in self.rows[indicator].serves if key not in self._tops]
        every = {each.row.key: each for key in keys for each in self._served_by.get(key, ())}
        return [each for each in every.values() if not each.finished]

    def without_step(self, among: Iterable[ReportedActivity]) -> list[ReportedActivity]:
        """Those of some activities that need improvement and of which nobody has said what is next."""
        return [each for each in among if each.in_need(self.stands_on) and not each.step.text]


def of_plan(kind: type[R], tell: Callable[[R], Iterator[T]]) -> Callable[[DocumentPlan], Iterator[T]]:
    """What is told of a plan as a report reads it, given the plan: what a part of the report says.

    Args:
        kind: as what the report reads the plan.
        tell: tells it.
    """
    return lambda plan: tell(plan.reading(kind))


class PeriodPlan(ReportPlan):
    """A plan as it stood for the reporting period that is asked for, or as it stands where that still runs."""

    @cached_property
    def period(self) -> PeriodOffered:
        """The period.

        Raises:
            KeyError: if the plan has none of the key asked for.
        """
        return self.plan.read(choices.period_of, self.plan.asked.period)

    @cached_property
    def before(self) -> PeriodOffered | None:
        """The period before it; ``None`` if there is none."""
        known = self.plan.read(choices.periods)
        return next((each for each in known if each.time.last < self.period.time.first), None)

    @property
    def as_at(self) -> date:
        """The last day of the period, or today where that is earlier."""
        return min(self.plan.today, self.period.time.last)

    @property
    def stands_on(self) -> date:
        """The last day of a period that is closed; of another today."""
        return self.as_at if self.reports_stand else self.plan.today

    @property
    def years(self) -> Sequence[int]:
        """The years that the period lies in."""
        return range(year_of(self.period.time.first), year_of(self.period.time.last) + 1)

    @cached_property
    def reports(self) -> Mapping[str, ReportRow]:
        """What was said of activities for the period, by their keys."""
        return self.plan.read(monitored.reports_by_activity, self.period.key)

    @cached_property
    def reports_stand(self) -> bool:
        """Whether the period is closed or locked."""
        known = {row.key: row.state for row in self.plan.read(monitored.periods)}
        return known.get(self.period.key, "open") in STANDS

    def within(self, day: date | None) -> bool:
        """Whether a day lies in the period."""
        return day is not None and self.period.time.first <= day <= self.period.time.last


def _gathered(connection: Connection) -> Sequence[Series]:
    """The series of the force."""
    return list(judged_read.gathered(connection))
