"""What can hardly be meant in the delivery plan, as marks of the cells that say it."""

from collections.abc import Callable, Collection, Container, Mapping, Sequence
from datetime import date

from spp_desktop.plan.delivery_checks import (
    ActivityFacts,
    MilestoneFacts,
    Unlikely,
    of_activity,
    of_milestone,
    without_reason,
)
from spp_desktop.store.plain import ActivityRow, MilestoneRow, Proposal
from spp_desktop.ui.grid.columns import CHECK, CellMark

NO_REASON = "no reason"
"""The words behind a status whose reason is not given."""

_ACTIVITY = {"status_id": "status", "percent": "percent", "start": "start", "due": "due", "forecast": "forecast"}
"""The fields that are checked, by the columns of the delivery plan's table."""


def activity_unlikely(
    row: ActivityRow, asking: Container[str | None], years: Collection[int], proposal: Proposal | None = None
) -> list[Unlikely]:
    """What can hardly be meant of an activity.

    Args:
        row: the activity.
        asking: the keys of the statuses that ask for a reason.
        years: the first calendar years of the plan's financial years.
        proposal: how it stands by the plan's own rule; ``None`` where that says nothing.
    """
    facts = ActivityFacts(
        years=years,
        status=row.status,
        finished=row.finished,
        asks=row.status_key in asking,
        reason=row.reason,
        percent=row.percent,
        start=row.start,
        due=row.due,
        forecast=row.forecast,
    )
    other = "" if proposal is None or facts.asks else proposal.unexplained(row)
    return [*without_reason(facts), *([Unlikely(("status", "reason"), other)] if other else []), *of_activity(facts)]


def activity_marks(
    asking: Callable[[], Container[str | None]],
    years: Callable[[], Collection[int]],
    proposals: Callable[[], Mapping[str, Proposal]] = dict,
) -> Mapping[str, Callable[[ActivityRow], CellMark | None]]:
    """What gives an activity's mark in each column that has any.

    The cells of a row are asked for one after the other, so that what was last found of a row is kept.
    """
    latest: list[tuple[ActivityRow, object, list[Unlikely]]] = []

    def checked(row: ActivityRow) -> list[Unlikely]:
        """What can hardly be meant of a row."""
        keys = asking()
        if not latest or latest[0][0] is not row or latest[0][1] is not keys:
            latest[:] = [(row, keys, activity_unlikely(row, keys, years(), proposals().get(row.key)))]
        return latest[0][2]

    def mark(name: str) -> Callable[[ActivityRow], CellMark | None]:
        """The mark of the cells of one column."""
        return lambda row: _mark_of(name, checked(row))

    return {column: mark(name) for column, name in _ACTIVITY.items()}


def milestone_mark(
    name: str,
    asking: Callable[[], Container[str | None]],
    years: Callable[[], Collection[int]],
    today: Callable[[], date],
) -> Callable[[MilestoneRow], CellMark | None]:
    """What gives a milestone's mark in one column, by the plan's years and the statuses that ask for a reason."""

    def mark(row: MilestoneRow) -> CellMark | None:
        """What is the matter with what stands there."""
        facts = MilestoneFacts(
            years=years(),
            status=row.status,
            finished=row.finished,
            asks=row.status_key in asking(),
            percent=row.percent,
            due=row.due,
            forecast=row.forecast,
            done_on=row.done_on,
            today=today(),
        )
        return _mark_of(name, list(of_milestone(facts)))

    return mark


def _mark_of(name: str, unlikely: Sequence[Unlikely]) -> CellMark | None:
    """The mark of a field: for all that is unlikely and likeliest a slip in that field."""
    slips = [each for each in unlikely if each.fields[0] == name] if unlikely else []
    if not slips:
        return None
    word = NO_REASON if any("reason" in each.fields for each in slips) else CHECK
    return CellMark(word, " ".join(each.sentence for each in slips))
