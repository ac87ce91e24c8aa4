"""Named read of how activities stand by the plan's own rule, held against the status that a person has given them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import Connection

from spp_desktop.figures.proposed_status import (
    STATUS_KINDS,
    DatedStep,
    Limits,
    StatusFacts,
    StatusKind,
    proposed_status,
)
from spp_desktop.plan.kinds.spelling import fold
from spp_desktop.plan.monitoring import DeliveryRule
from spp_desktop.store import monitored, queries
from spp_desktop.store.plain import ActivityRow, MilestoneRow, Proposal, StatusRow


class StatusRule:
    """The plan's rule with the statuses of its list that it names.

    Attributes:
        limits: from when on something is at risk, and from when on off track.
        statuses: the statuses that are proposed, by their kind; those that the list does not have are missing.
        listed: all statuses of the plan's list.
    """

    def __init__(self, rule: DeliveryRule, statuses: Sequence[StatusRow]) -> None:
        self.listed = tuple(statuses)
        self.limits = Limits(rule.at_risk_days, rule.off_track_days, rule.at_risk_points, rule.off_track_points)
        by_key, by_title = {row.key: row for row in statuses}, {fold(row.title): row for row in statuses}
        named: Mapping[StatusKind, str | None] = {
            "not started": rule.not_started_id,
            "on track": rule.on_track_id,
            "at risk": rule.at_risk_id,
            "off track": rule.off_track_id,
            "complete": rule.complete_id,
        }
        meant_by = {
            kind: by_key.get(key or "") or by_title.get(fold(STATUS_KINDS[kind])) for kind, key in named.items()
        }
        self.statuses = {kind: row for kind, row in meant_by.items() if row is not None}
        meant = {row.key for row in self.statuses.values()}
        self._decided = {row.key for row in statuses if row.needs_reason and row.key not in meant}

    @classmethod
    def of(cls, connection: Connection) -> "StatusRule":
        """The rule of a plan."""
        return cls(monitored.delivery_rule(connection), queries.statuses(connection))

    def proposal(self, row: ActivityRow, milestones: Iterable[MilestoneRow], today: date) -> Proposal | None:
        """How an activity stands by the rule; ``None`` where that is a decision, or there is nothing to go by."""
        if row.status_key in self._decided:
            return None
        steps = [DatedStep(step.title, step.due, step.forecast, step.done_on, step.over) for step in milestones]
        proposed = proposed_status(
            StatusFacts(today, row.start, row.due, row.forecast, row.percent, steps), self.limits
        )
        if proposed is None:
            return None
        status = self.statuses.get(proposed.kind)
        differs = status is not None and row.status_key is not None and row.status_key != status.key
        title = STATUS_KINDS[proposed.kind] if status is None else status.title
        return Proposal(proposed.kind, None if status is None else status.key, title, proposed.sentence, differs)


def proposals(
    connection: Connection, year: int | None = None, activity: str | None = None, *, of: Collection[str] | None = None
) -> dict[str, Proposal]:
    """How activities stand by the plan's rule, by key: those of a year, one, some, or all that it says of."""
    rule, today = StatusRule.of(connection), queries.plan(connection).today()
    steps: dict[str, list[MilestoneRow]] = defaultdict(list)
    for step in queries.milestones(connection, year, activity, of=of):
        steps[step.activity_key].append(step)
    proposed = {
        row.key: rule.proposal(row, steps.get(row.key, ()), today)
        for row in queries.activities(connection, year, activity, keys=of, counted=False)
    }
    return {key: proposal for key, proposal in proposed.items() if proposal is not None}
