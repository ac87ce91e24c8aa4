"""The plan as the checks read it: each list is read once, when a rule first asks for it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import Connection

from spp_desktop.plan.identity import Plan, goes_on, years_kept, years_of
from spp_desktop.plan.monitoring import DeliveryRule
from spp_desktop.plan.performance import Indicator
from spp_desktop.plan.results import NO_FIGURE_SQL, DefinitionVersion
from spp_desktop.store import closed_years, monitored, queries, threads
from spp_desktop.store.checks.alike import AlikeTexts
from spp_desktop.store.checks.hits import CheckedRow
from spp_desktop.store.indicator_rows import IndicatorRow
from spp_desktop.store.monitored import MoveRow, PeriodRow, ReportRow
from spp_desktop.store.plain import ActivityRow, MilestoneRow, Node, UpdateRow
from spp_desktop.store.proposed import StatusRule


class CheckedPlan:
    """What there is to check: the whole plan, or one activity or one indicator of it.

    Attributes:
        connection: of the plan.
        activity, indicator: the key of the only activity or indicator that is looked at; ``None`` for all.
    """

    def __init__(
        self,
        connection: Connection,
        activity: str | None = None,
        indicator: str | None = None,
        alike: AlikeTexts | None = None,
    ) -> None:
        self.connection = connection
        self.activity = activity
        self.indicator = indicator
        self._alike = alike

    @cached_property
    def plan(self) -> Plan:
        """The plan's own row."""
        return queries.plan(self.connection)

    @cached_property
    def years(self) -> list[int]:
        """The first calendar years of its years."""
        return years_of(self.plan)

    @cached_property
    def kept(self) -> list[int]:
        """The first calendar years of its years and of those that have passed."""
        return years_kept(self.plan)

    @cached_property
    def today(self) -> date:
        """The day by which late and early are judged."""
        return self.plan.today()

    @cached_property
    def activities(self) -> list[ActivityRow]:
        """The activities that are looked at, in the order of their years and priorities; none of a closed year."""
        every = queries.activities(self.connection, None, self.activity)
        closed = closed_years.years_closed(self.connection)
        return [row for row in every if row.year not in closed]

    @cached_property
    def alike(self) -> AlikeTexts:
        """The words of all activities, gathered by what is alike; those of an earlier look where it was given."""
        return self._alike or AlikeTexts((row.key, row.text) for row in self.activities)

    @cached_property
    def milestones(self) -> Mapping[str, Sequence[MilestoneRow]]:
        """Their milestones, by activity."""
        by_activity: dict[str, list[MilestoneRow]] = defaultdict(list)
        for row in queries.milestones(self.connection, None, self.activity):
            by_activity[row.activity_key].append(row)
        return by_activity

    @cached_property
    def updates(self) -> Mapping[str, Sequence[UpdateRow]]:
        """What was reported of them, by activity, the newest first."""
        by_activity: dict[str, list[UpdateRow]] = defaultdict(list)
        for row in queries.updates(self.connection, self.activity):
            by_activity[row.activity_key].append(row)
        return by_activity

    @cached_property
    def periods(self) -> Sequence[PeriodRow]:
        """The reporting periods that have been opened, the earliest first."""
        return [row for row in monitored.periods(self.connection) if row.state != "planned"]

    @cached_property
    def reports(self) -> Mapping[str, Mapping[str, ReportRow]]:
        """What was said of the activities for reporting periods: by activity, then by period."""
        by_activity: dict[str, dict[str, ReportRow]] = defaultdict(dict)
        for row in monitored.reports(self.connection, None, self.activity):
            by_activity[row.activity_key][row.period_key] = row
        return by_activity

    @cached_property
    def moves(self) -> Mapping[str, Sequence[MoveRow]]:
        """The dates that have moved, by activity or milestone."""
        only = None
        if self.activity is not None:
            only = [self.activity, *(row.key for rows in self.milestones.values() for row in rows)]
        return monitored.moves(self.connection, only)

    @cached_property
    def delivery_rule(self) -> DeliveryRule:
        """How the plan monitors its delivery."""
        return monitored.delivery_rule(self.connection)

    @cached_property
    def status_rule(self) -> StatusRule:
        """By what the plan proposes how activities stand."""
        return StatusRule.of(self.connection)

    @cached_property
    def leads(self) -> Mapping[str, tuple[int, int]]:
        """How many posts own each activity, and how many of them lead it."""
        where, cells = self._only("activity_id", self.activity)
        query = f"SELECT activity_id, count(*), sum(role = 'lead') FROM activity_owner{where} GROUP BY activity_id"
        return {key: (owners, leads) for key, owners, leads in self.connection.exec_driver_sql(query, cells)}

    @cached_property
    def serving_milestones(self) -> frozenset[str]:
        """The activities of which a milestone serves something."""
        serving = queries.served(self.connection, "milestone")
        return frozenset(
            activity for activity, rows in self.milestones.items() if any(row.key in serving for row in rows)
        )

    @cached_property
    def asking(self) -> frozenset[str]:
        """The keys of the statuses that ask for a reason."""
        return frozenset(row.key for row in queries.statuses(self.connection) if row.needs_reason)

    @cached_property
    def indicators(self) -> list[IndicatorRow]:
        """The indicators that are looked at, in printed order."""
        return [
            row
            for row in queries.indicators(self.connection, self.indicator)
            if goes_on(row.last_year, self.plan.first_year)
        ]

    @cached_property
    def breaks(self) -> Mapping[str, Sequence[Any]]:
        """The definitions that break a series, by indicator, the first one first."""
        by_indicator: dict[str, list[Any]] = defaultdict(list)
        for row in queries.register(self.connection, DefinitionVersion):
            if row.breaks_series:
                by_indicator[row.indicator_id].append(row)
        return {key: sorted(rows, key=lambda row: row.starts_on) for key, rows in by_indicator.items()}

    @cached_property
    def measured(self) -> Mapping[str, tuple[date, date]]:
        """The first and the last day that results of an indicator for the force are of, by indicator."""
        where, cells = self._only("indicator_id", self.indicator)
        query = (
            "SELECT indicator_id, min(period_from), max(period_to) FROM result "
            f"{where or ' WHERE true'} AND area_id IS NULL AND state NOT IN ({NO_FIGURE_SQL}) GROUP BY indicator_id"
        )
        return {
            key: (date.fromisoformat(first), date.fromisoformat(last))
            for key, first, last in self.connection.exec_driver_sql(query, cells)
        }

    @cached_property
    def same_as(self) -> frozenset[tuple[str, str]]:
        """The keys of rows that are linked as the same, either way."""
        pairs = self.select("SELECT from_id, to_id FROM link WHERE kind = 'same as'")
        return frozenset(pair for begins, ends in pairs for pair in ((begins, ends), (ends, begins)))

    @cached_property
    def tree(self) -> list[Node]:
        """The priorities with what stands below them."""
        return queries.priority_tree(self.connection, own=True)

    @cached_property
    def places(self) -> Mapping[str, str]:
        """The references of the rows of the plan's levels, by key."""
        return threads.places(self.connection)

    def row_of_level(self, table: str, key: str) -> CheckedRow:
        """A row of the plan's levels, with its reference."""
        return CheckedRow(table, key, self.places.get(key, ""))

    def select(self, query: str, *cells: object) -> list[Any]:
        """The rows that a statement in SQL gives."""
        return list(self.connection.exec_driver_sql(query, cells))

    @staticmethod
    def _only(column: str, key: str | None) -> tuple[str, tuple[str, ...]]:
        return ("", ()) if key is None else (f" WHERE {column} = ?", (key,))


def of_activity(row: ActivityRow, *others: CheckedRow) -> tuple[CheckedRow, ...]:
    """The rows of a finding about an activity."""
    return (CheckedRow("activity", row.key, row.ref), *others)


def of_indicator(row: IndicatorRow, *others: CheckedRow) -> tuple[CheckedRow, ...]:
    """The rows of a finding about an indicator."""
    return (CheckedRow(str(Indicator.__tablename__), row.key, row.ref), *others)
