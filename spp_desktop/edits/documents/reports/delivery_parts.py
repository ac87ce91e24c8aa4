"""What reports say of delivery: activities and milestones with their dates, what was due, what moved and why."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from spp_desktop.documents.blocks import DocumentTable
from spp_desktop.edits.documents.lacks import NO_APPROVAL, NO_DATE, NO_NEXT_STEP, NO_OWNER, NO_REASON
from spp_desktop.edits.documents.reports.report_plan import PeriodPlan, ReportedActivity, ReportPlan
from spp_desktop.edits.documents.reports.tables import (
    Cell,
    Head,
    day_or,
    grouped_table,
    number_head,
    report_table,
    status_badge,
)
from spp_desktop.figures.slippage import Slippage, slippage
from spp_desktop.plan.delivery import Milestone
from spp_desktop.plan.kinds.days import short_day
from spp_desktop.plan.words import capital, counted
from spp_desktop.store.monitored import MoveRow
from spp_desktop.store.overview.slips import SlipOfPeriod
from spp_desktop.store.plain import ActivityRow, MilestoneRow

SAME = "same"
"""What stands in the place of a forecast where nothing else is expected than was approved."""

_DATES = (Head("First date", 1), Head("Approved date", 1), Head("Forecast", 1.1))


@dataclass(frozen=True, slots=True)
class DueMilestone:
    """A milestone with its activity, and how its dates have slipped."""

    row: MilestoneRow
    activity: ActivityRow
    slip: Slippage
    moves: Sequence[MoveRow]


def moved_words(slip: Slippage) -> str:
    """How often a date was moved to a later day: "once", "twice"."""
    often = {1: "once", 2: "twice"}
    return often.get(slip.times, f"{slip.times} times")


def _dates(slip: Slippage, due: date | None, forecast: date | None) -> tuple[Cell, ...]:
    """First, approved and forecast date, the last with how often it was moved."""
    expected = day_or(forecast, SAME if due is not None else NO_DATE)
    moved = f", moved {moved_words(slip)}" if slip.times else ""
    return day_or(slip.baseline, NO_DATE), day_or(due, NO_DATE), f"{expected}{moved}"


def why_words(moves: Sequence[MoveRow], reason: str = "") -> str:
    """Why a date moved: what was said when it last moved, else why the activity stands so."""
    said_last = next((move.reason for move in reversed(moves) if move.reason.strip()), "") or reason
    return said_last.strip() or NO_REASON


def approved_words(reading: ReportPlan, moves: Sequence[MoveRow]) -> str:
    """Who approved the last move of a date, and when."""
    approved = next((move for move in reversed(moves) if move.approved_by), None)
    if approved is None:
        return NO_APPROVAL
    on = f", {short_day(approved.approved_on)}" if approved.approved_on else ""
    return f"{reading.acting.author(approved.approved_by)}{on}"


# Activities


def activity_table(
    reading: ReportPlan,
    groups: Iterable[tuple[str, Sequence[ReportedActivity]]],
    caption: str,
    *,
    key: str = "",
    owners: bool = True,
) -> DocumentTable:
    """Activities with how they stand, their dates, why, and what is next: across a page."""
    heads = (
        Head("Ref", 0.6), Head("Activity", 3.2), *([Head("Owner", 1.3)] if owners else []), Head("Now", 0.9), *_DATES,
        Head("Why it stands so", 2.2), Head("Next step", 2.4),
    )  # fmt: skip
    rows = ((title, [_activity(reading, each, owners=owners) for each in of_group]) for title, of_group in groups)
    return grouped_table(caption, heads, rows, across=True, key=key)


def _activity(reading: ReportPlan, each: ReportedActivity, *, owners: bool) -> tuple[Cell, ...]:
    needed = each.in_need(reading.stands_on)
    reason = each.reason.strip() or (why_words(each.moves) if each.moves or needed else "")
    step = "" if each.finished else each.step.words(reading.stands_on)
    return (
        each.row.ref, each.row.text, *([owner_words(reading, each.row)] if owners else []), status_badge(each),
        *_dates(each.slip, each.row.due, each.forecast), reason, step if needed or step != NO_NEXT_STEP else "",
    )  # fmt: skip


def owner_words(reading: ReportPlan, row: ActivityRow) -> str:
    """The posts that own an activity, the lead first."""
    return reading.acting.posts(row.owners) or NO_OWNER


def in_need_groups(reading: ReportPlan, every: Sequence[ReportedActivity]) -> list[tuple[str, list[ReportedActivity]]]:
    """Activities that need improvement, by how they stand: off track, at risk, and late though they stand otherwise."""
    needing = [each for each in every if each.in_need(reading.stands_on)]
    titles = {each.kind: each.status.title for each in needing if each.status is not None}
    kinds = [kind for kind in ("off track", "at risk") if kind in titles]
    groups = [(titles[kind], [each for each in needing if each.kind == kind]) for kind in kinds]
    late = [each for each in needing if each.kind not in kinds]
    return [*groups, *([("Late", late)] if late else [])]


# Milestones


def due_milestones(reading: ReportPlan, first: date, last: date) -> list[DueMilestone]:
    """The milestones that were to be reached between two days, by the date approved."""
    years = set(reading.years)
    return [
        _with_activity(reading, step, activity)
        for activity in reading.every_activity
        for step in reading.milestones.get(activity.key, ())
        if step.due is not None and first <= step.due <= last and (activity.year in years)
    ]


def _with_activity(reading: ReportPlan, step: MilestoneRow, activity: ActivityRow) -> DueMilestone:
    moves = reading.moves.get(step.key, ())
    return DueMilestone(step, activity, slippage(step.due, step.forecast, moves, step.done_on), moves)


def met(each: DueMilestone, day: date) -> bool:
    """Whether a milestone was reached by a day."""
    return each.row.done_on is not None and each.row.done_on <= day


def dropped(each: DueMilestone) -> bool:
    """Whether a milestone is no longer to be reached, by its own status or that of its activity."""
    return each.row.done_on is None and (each.row.finished or each.activity.finished)


def not_met(every: Iterable[DueMilestone], day: date) -> list[DueMilestone]:
    """Milestones that were to be reached and were not, by a day."""
    return [each for each in every if not met(each, day) and not dropped(each)]


def due_table(reading: PeriodPlan, every: Sequence[DueMilestone], caption: str) -> DocumentTable:
    """Milestones due in a period, by priority: met in time, met late, not met, and no longer to be met."""
    groups: dict[str, list[DueMilestone]] = {}
    for each in every:
        groups.setdefault(each.activity.priority, []).append(each)
    heads = (
        Head(capital(Milestone.word.plural), 3.4), number_head("Due"), number_head("Met in time"),
        number_head("Met late"), number_head("Not met"), number_head("No longer to be met", 1.2),
    )  # fmt: skip
    rows = [_due_line(reading, title, of_group) for title, of_group in groups.items()]
    if len(rows) > 1:
        rows.append(_due_line(reading, "All", every))
    return report_table(caption, heads, rows)


def _due_line(reading: PeriodPlan, title: str, every: Sequence[DueMilestone]) -> tuple[str, ...]:
    day = reading.stands_on
    reached = [each for each in every if met(each, day)]
    in_time = [each for each in reached if (each.row.done_on or date.max) <= (each.row.due or date.max)]
    left = [each for each in every if not met(each, day) and dropped(each)]
    numbers = (len(every), len(in_time), len(reached) - len(in_time), len(not_met(every, day)), len(left))
    return title, *(f"{number:,}" for number in numbers)


def missed_table(reading: ReportPlan, every: Sequence[DueMilestone], caption: str, *, key: str = "") -> DocumentTable:
    """Milestones that were scheduled and not met, with their dates, how late they are, why, and who answers."""
    heads = (
        Head("Ref", 0.6), Head(capital(Milestone.word.singular), 2.6), Head("Owner", 1.3), *_DATES,
        number_head("Days late", 0.7), Head("Why", 2.6),
    )  # fmt: skip
    return report_table(caption, heads, (_missed(reading, each) for each in every), across=True, key=key)


def _missed(reading: ReportPlan, each: DueMilestone) -> tuple[Cell, ...]:
    step, late = each.row, (reading.stands_on - (each.row.due or reading.stands_on)).days
    owner = reading.acting.post(step.owner) if step.owner else owner_words(reading, each.activity)
    dates = _dates(each.slip, step.due, step.forecast)
    return each.activity.ref, step.title, owner, *dates, f"{late:,}", why_words(each.moves, each.activity.reason)


def met_table(every: Sequence[DueMilestone], caption: str) -> DocumentTable:
    """Milestones that were met, with the day on which, held against the first and the approved date."""
    heads = (
        Head("Ref", 0.6), Head(capital(Milestone.word.singular), 3), Head("Approved date"), Head("Met on"),
        Head("Against the approved date", 1.3), Head("Against the first date", 1.3),
    )  # fmt: skip
    rows = [
        (
            each.activity.ref, each.row.title, day_or(each.row.due, NO_DATE), day_or(each.row.done_on),
            against(each.row.done_on, each.row.due), against(each.row.done_on, each.slip.baseline),
        )
        for each in every
    ]  # fmt: skip
    return report_table(caption, heads, rows)


def against(done: date | None, day: date | None) -> str:
    """How a day lies to another: "3 days late", "in time"."""
    if done is None or day is None:
        return NO_DATE
    days = (done - day).days
    return f"{counted(days, 'day')} late" if days > 0 else "in time"


# What moved


def moved_table(reading: ReportPlan, slips: Sequence[SlipOfPeriod], caption: str, *, key: str = "") -> DocumentTable:
    """What moved to a later day: first, approved and forecast date, how far, how often, why, and who approved it."""
    heads = (
        Head("Ref", 0.6), Head("What", 2.6), *_DATES, number_head("Days later", 0.7), Head("Why", 2.4),
        Head("Approved by", 1.2),
    )  # fmt: skip
    return report_table(caption, heads, (_moved(reading, slip) for slip in slips), across=True, key=key)


def _moved(reading: ReportPlan, slip: SlipOfPeriod) -> tuple[Cell, ...]:
    row = slip.row
    if row.table == "activity":
        activity = reading.by_key[row.key]
        due, forecast, what = activity.due, activity.forecast, row.name
    else:
        step = next(each for each in reading.milestones[row.activity_key] if each.key == row.key)
        due, forecast, what = step.due, step.forecast, f"{capital(Milestone.word.singular)}: {row.name}"
    return (
        row.ref, what, *_dates(row.slip, due, forecast), f"{slip.days:,}", why_words(slip.moves),
        approved_words(reading, row.moves),
    )  # fmt: skip


def lacking_steps(reading: ReportPlan, among: Iterable[ReportedActivity]) -> Iterator[str]:
    """Which of some activities need improvement and have no next step."""
    for each in reading.without_step(among):
        title = each.status.title.lower() if each.status is not None else "late"
        yield f"{each.row.ref} {each.row.text}: {title}. {NO_NEXT_STEP}."
