"""What a board report reads of the plan: a reporting period with what moved, what was due, and what waits."""

from collections.abc import Sequence
from functools import cached_property

from spp_desktop.edits.documents.reports.delivery_parts import DueMilestone, due_milestones, met, not_met
from spp_desktop.edits.documents.reports.report_plan import PeriodPlan, ReportedActivity
from spp_desktop.plan.periods import period_kind
from spp_desktop.store import slipped
from spp_desktop.store.overview.slips import SlipOfPeriod, later_in
from spp_desktop.store.slipped import SlippedRow


class BoardPlan(PeriodPlan):
    """A plan as a board report reads it."""

    @property
    def title(self) -> str:
        """What the period is called."""
        return self.period.time.title

    @cached_property
    def word(self) -> str:
        """What sort of period it is: "quarter"."""
        kind = period_kind(self.period.time.first, self.period.time.last)
        return kind if kind in {"month", "quarter", "year"} else "period"

    @cached_property
    def slipped(self) -> Sequence[SlippedRow]:
        """All that has slipped."""
        return self.plan.read(slipped.slipped)

    @cached_property
    def slips(self) -> Sequence[SlipOfPeriod]:
        """What moved to a later day since the period began, the farthest first."""
        return later_in(self.slipped, self.period.time.first, self.stands_on)

    @cached_property
    def due(self) -> Sequence[DueMilestone]:
        """The milestones that were due in the period."""
        return due_milestones(self, self.period.time.first, min(self.period.time.last, self.stands_on))

    @cached_property
    def met(self) -> Sequence[DueMilestone]:
        """Those that were met."""
        return [each for each in self.due if met(each, self.stands_on)]

    @cached_property
    def missed(self) -> Sequence[DueMilestone]:
        """Those that were not, and are still to be."""
        return not_met(self.due, self.stands_on)

    @cached_property
    def waiting(self) -> Sequence[SlippedRow]:
        """What moved a second time and waits for an approval, where the plan asks for one."""
        return [row for row in self.slipped if row.waiting(approved=self.rule.moves_approved)]


def put_off(reading: BoardPlan) -> list[tuple[str, list[ReportedActivity]]]:
    """Activities whose status is a decision, such as to defer them, by that status."""
    statuses = [row for row in reading.statuses if row.needs_reason and row.key not in reading.kinds]
    groups = [(row.title, [each for each in reading.activities if each.status == row]) for row in statuses]
    return [(title, own) for title, own in groups if own]
