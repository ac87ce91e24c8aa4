"""Checks of the delivery plan, one activity at a time: who owns it, when it is due, and what is said of it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial

from spp_desktop.figures.slippage import Slippage, slippage
from spp_desktop.plan.delivery_checks import ActivityFacts, MilestoneFacts, Unlikely, of_milestone, without_reason
from spp_desktop.plan.delivery_checks import of_activity as unlikely_activity
from spp_desktop.plan.kinds.days import in_words
from spp_desktop.plan.kinds.spelling import fold
from spp_desktop.plan.periods import month_of_year, year_end, year_of, year_start
from spp_desktop.plan.reporting import is_reported
from spp_desktop.plan.words import listed
from spp_desktop.store.checks.facts import CheckedPlan, of_activity
from spp_desktop.store.checks.hits import CheckedRow, RuleHit, in_own_words
from spp_desktop.store.checks.levels import MARK
from spp_desktop.store.checks.rule import CheckRule, Severity
from spp_desktop.store.monitored import PeriodRow, ReportRow
from spp_desktop.store.plain import ActivityRow, MilestoneRow

_EVERY = {"monthly": 1, "quarterly": 3, "half-yearly": 6, "yearly": 12}
"""The months of a reporting period, by how often an activity is reported on."""

_USUALLY = "quarterly"

SLIPPED_OFTEN = 3
"""So many times expected later than before is asked about: a choice of this program, and no standard."""

OfActivity = Callable[[ActivityRow, CheckedPlan], Iterable[str]]


def _each(sentences: OfActivity) -> Callable[[CheckedPlan], Iterator[RuleHit]]:
    """What finds something in each activity by itself."""

    def find(plan: CheckedPlan) -> Iterator[RuleHit]:
        """What is found, activity by activity; what is said of one is one finding."""
        for row in plan.activities:
            said_of = " ".join(sentences(row, plan))
            if said_of:
                yield RuleHit(said_of, of_activity(row))

    return find


def _rule(name: str, title: str, about: str, severity: Severity, sentences: OfActivity) -> CheckRule:
    return CheckRule(name, f"Activities: {title}", about, severity, "activity", _each(sentences))


def _no_owner(row: ActivityRow, plan: CheckedPlan) -> Iterator[str]:
    del plan
    if not row.owners:
        yield "No post owns it."


def _no_lead(row: ActivityRow, plan: CheckedPlan) -> Iterator[str]:
    owners, leads = plan.leads.get(row.key, (0, 0))
    if owners > 1 and leads != 1:
        who = "none of them leads" if not leads else f"{leads} of them lead"
        yield f"{owners} posts own it, and {who}."


def _no_date(row: ActivityRow, plan: CheckedPlan) -> Iterator[str]:
    del plan
    if row.due is None and not row.finished:
        yield "It has no due date."


def _no_update(row: ActivityRow, plan: CheckedPlan) -> Iterator[str]:
    reported = row.updated is not None or any(map(_says, plan.reports.get(row.key, {}).values()))
    if not reported and not row.finished and _last_period(row, plan.today) is not None:
        yield "Nothing was ever reported of it."


def _no_link(row: ActivityRow, plan: CheckedPlan) -> Iterator[str]:
    if not row.serves and row.home_key == row.priority_key and row.key not in plan.serving_milestones:
        yield in_own_words("Neither it nor a milestone of it is linked to what it serves within its priority.")


def _says(report: ReportRow) -> bool:
    """Whether anything was said for a period: a text, or that it stands as it does."""
    return bool(report.done or report.next or report.submitted_on)


def _not_updated(row: ActivityRow, plan: CheckedPlan) -> Iterator[str]:
    asked = [period for period in plan.periods if row.year in period.years and period.ends <= plan.today]
    if asked:
        yield from _silent(row, plan, asked[-1])
        return
    period = _last_period(row, plan.today)
    if row.updated is not None and not row.finished and period is not None and row.updated < period[0]:
        first, last = map(in_words, period)
        yield f"The last report is of {in_words(row.updated)}: none in the period from {first} to {last}."


def _silent(row: ActivityRow, plan: CheckedPlan, period: PeriodRow) -> Iterator[str]:
    """Where nothing was said of an activity for a reporting period that has ended, and nothing since it began."""
    report = plan.reports.get(row.key, {}).get(period.key)
    reported = (report is not None and _says(report)) or (row.updated is not None and row.updated >= period.starts)
    whole = is_reported(row.reported, year_of(period.ends), f"M{month_of_year(period.ends) + 1:02d}")
    if not reported and whole and not row.finished and (row.updated is not None or plan.reports.get(row.key)):
        yield f"Nothing was said of it for {period.title}."


def _last_period(row: ActivityRow, today: date) -> tuple[date, date] | None:
    """The last period of an activity's year that it is reported on in and that has ended; ``None`` before the first."""
    months = _EVERY[row.reported or _USUALLY]
    ended = None
    first = year_start(row.year)
    for _ in range(12 // months):
        after = date(first.year + (first.month - 1 + months) // 12, (first.month - 1 + months) % 12 + 1, 1)
        if after > today:
            break
        ended = first, date.fromordinal(after.toordinal() - 1)
        first = after
    return ended


def _facts(row: ActivityRow, plan: CheckedPlan) -> ActivityFacts:
    return ActivityFacts(
        years=plan.kept, status=row.status, finished=row.finished, asks=row.status_key in plan.asking,
        reason=row.reason, percent=row.percent, start=row.start, due=row.due, forecast=row.forecast,
    )  # fmt: skip


def _unlikely(first: Sequence[str], row: ActivityRow, plan: CheckedPlan) -> Iterator[str]:
    """What can hardly be meant of an activity, where the likeliest slip lies in one of these fields."""
    return _of(first, unlikely_activity(_facts(row, plan)))


def _of(first: Sequence[str], several: Iterable[Unlikely]) -> Iterator[str]:
    return (unlikely.sentence for unlikely in several if unlikely.fields[0] in first and _belongs(unlikely, first))


def _belongs(unlikely: Unlikely, first: Sequence[str]) -> bool:
    """Whether it is of this rule: a single day that is far is of the rule on days, two that disagree are not."""
    return (len(unlikely.fields) == 1) == (len(first) > 1)


def _late_in_green(row: ActivityRow, plan: CheckedPlan) -> Iterator[str]:
    good = row.status and not row.finished and row.status_key not in plan.asking
    if good and row.due is not None and row.forecast is not None and row.forecast > row.due:
        yield (
            f"“{row.status}” stands beside a forecast of {in_words(row.forecast)}, which is after the due date, "
            f"{in_words(row.due)}."
        )


def _no_reason(row: ActivityRow, plan: CheckedPlan) -> Iterator[str]:
    return (unlikely.sentence for unlikely in without_reason(_facts(row, plan)))


def _complete_without_day(row: ActivityRow, plan: CheckedPlan) -> Iterator[str]:
    complete = row.finished and row.status_key not in plan.asking
    done = any(milestone.done_on for milestone in plan.milestones.get(row.key, ()))
    reports = plan.reports.get(row.key, {}).values()
    done |= any(report.status_key == row.status_key and report.submitted_on for report in reports)
    if complete and row.updated is None and not done:
        yield f"“{row.status}”, and neither a report nor a milestone says since when."


def _copied(row: ActivityRow, plan: CheckedPlan) -> Iterator[str]:
    reported = plan.reports.get(row.key, {})
    told = [
        (period, reported[period.key])
        for period in plan.periods
        if period.key in reported and reported[period.key].done
    ][-2:]
    if len(told) > 1:
        (earlier, then), (latest, now) = told
        if now.carried or fold(now.done) == fold(then.done):
            yield f"What is said for {latest.title} is word for word what was said for {earlier.title}."
        return
    reports = plan.updates.get(row.key, ())[:2]
    if len(reports) > 1 and fold(reports[0].done) and fold(reports[0].done) == fold(reports[1].done):
        newest, before = (in_words(report.reported_on) for report in reports)
        yield f"What was reported on {newest} is word for word what was reported on {before}."


def _differs(row: ActivityRow, plan: CheckedPlan) -> Iterator[str]:
    proposal = plan.status_rule.proposal(row, plan.milestones.get(row.key, ()), plan.today)
    if proposal is not None and row.status_key not in plan.asking and (why := proposal.unexplained(row)):
        yield why


def _slipped_often(row: ActivityRow, plan: CheckedPlan) -> Iterator[str]:
    for what, slip in _slips(row, plan):
        if slip.times >= SLIPPED_OFTEN:
            yield f"{what}: {slip.sentence}"


def _slips(row: ActivityRow, plan: CheckedPlan) -> Iterator[tuple[str, Slippage]]:
    """How an activity and its milestones have slipped."""
    yield "The activity", slippage(row.due, row.forecast, plan.moves.get(row.key, ()))
    for step in plan.milestones.get(row.key, ()):
        moves = plan.moves.get(step.key, ())
        yield f"Milestone “{step.title}”", slippage(step.due, step.forecast, moves, step.done_on)


def _not_approved(row: ActivityRow, plan: CheckedPlan) -> Iterator[str]:
    if not plan.delivery_rule.moves_approved:
        return
    names = {row.key: "the activity"} | {
        step.key: f"milestone “{step.title}”" for step in plan.milestones.get(row.key, ())
    }
    for key, name in names.items():
        waiting = [move for move in plan.moves.get(key, ())[1:] if not move.approved_by]
        if waiting:
            days = listed(in_words(move.moved_on) for move in waiting)
            yield f"Nobody has approved that dates of {name} moved again on {days}."


def _marked(row: ActivityRow, plan: CheckedPlan) -> Iterator[str]:
    del plan
    marks = MARK.findall(row.text)
    if marks:
        yield f"A mark of a note ({', '.join(marks)}) stands in its text, and no note is printed at an activity."


def _each_milestone(
    sentences: Callable[[MilestoneRow, ActivityRow, CheckedPlan], Iterable[str]],
) -> Callable[[CheckedPlan], Iterator[RuleHit]]:
    def find(plan: CheckedPlan) -> Iterator[RuleHit]:
        """What is found, milestone by milestone."""
        for row in plan.activities:
            for milestone in plan.milestones.get(row.key, ()):
                said_of = " ".join(sentences(milestone, row, plan))
                if said_of:
                    own = CheckedRow("milestone", milestone.key, row.ref)
                    yield RuleHit(f"Milestone “{milestone.title}”: {said_of}", (*of_activity(row), own))

    return find


def _outside(milestone: MilestoneRow, row: ActivityRow, plan: CheckedPlan) -> Iterator[str]:
    del plan
    if milestone.due is None:
        return
    if row.due is not None and milestone.due > row.due:
        yield f"it is due on {in_words(milestone.due)}, after its activity, {in_words(row.due)}."
    elif row.start is not None and milestone.due < row.start:
        yield f"it is due on {in_words(milestone.due)}, before its activity begins, {in_words(row.start)}."
    elif not year_start(row.year) <= milestone.due <= year_end(row.year):
        yield f"it is due on {in_words(milestone.due)}, outside the year of its activity."


def _no_day(milestone: MilestoneRow, row: ActivityRow, plan: CheckedPlan) -> Iterator[str]:
    del row, plan
    if milestone.due is None and not milestone.over:
        yield "it has no due date."


def _done_no_day(milestone: MilestoneRow, row: ActivityRow, plan: CheckedPlan) -> Iterator[str]:
    del row
    if milestone.finished and milestone.done_on is None and milestone.status_key not in plan.asking:
        yield f"“{milestone.status}”, and no day says when it was done."


def _unlikely_milestone(milestone: MilestoneRow, row: ActivityRow, plan: CheckedPlan) -> Iterator[str]:
    del row
    facts = MilestoneFacts(
        years=plan.kept, status=milestone.status, finished=milestone.finished,
        asks=milestone.status_key in plan.asking, percent=milestone.percent, due=milestone.due,
        forecast=milestone.forecast, done_on=milestone.done_on, today=plan.today,
    )  # fmt: skip
    return (unlikely.sentence for unlikely in of_milestone(facts))


def _milestones(
    name: str, title: str, about: str, severity: Severity,
    sentences: Callable[[MilestoneRow, ActivityRow, CheckedPlan], Iterable[str]],
) -> CheckRule:  # fmt: skip
    return CheckRule(name, f"Milestones: {title}", about, severity, "activity", _each_milestone(sentences))


RULES: tuple[CheckRule, ...] = (
    _rule("activity without owner", "no owner", "An activity that no post owns.", "missing", _no_owner),
    _rule(
        "joint owners without lead", "no lead", "Several posts own it, and not exactly one of them leads.", "missing",
        _no_lead,
    ),
    _rule("activity without date", "no date", "An activity that is not finished has no due date.", "missing", _no_date),
    _rule(
        "activity without update", "no report",
        "A reporting period of its year has ended, it is not finished, and nothing was ever reported of it.", "missing",
        _no_update,
    ),
    _rule(
        "activity without link", "for nothing",
        "It stands straight under its priority, and neither it nor a milestone of it is linked to anything it serves.",
        "missing", _no_link,
    ),
    _rule(
        "status not updated", "not reported on in time",
        "Nothing was said of it for the last reporting period that has ended; in a plan that has none, nothing was "
        "reported in or after the last quarter, or what its column Reported says.",
        "missing", _not_updated,
    ),
    _rule(
        "percent against status", "% against status", "The per cent complete and the status do not go together.",
        "wrong", partial(_unlikely, ("percent",)),
    ),
    _rule("start after due", "start after due", "It begins after it is due.", "wrong", partial(_unlikely, ("start",))),
    _rule(
        "late forecast with good status", "late beside a good status",
        "The forecast is later than the due date, and the status is one that asks for no reason.", "wrong",
        _late_in_green,
    ),
    _rule(
        "day far from the plan", "a day far from the plan",
        "A start, due date or forecast lies more than two years before the plan or five behind it.", "question",
        partial(_unlikely, ("start", "due", "forecast")),
    ),
    _rule(
        "status without reason", "no reason", "The status is one that asks for a reason, and none is given.", "missing",
        _no_reason,
    ),
    _rule(
        "complete without day", "complete, no day",
        "The status says that all is done, and neither a report nor a done milestone says since when.", "missing",
        _complete_without_day,
    ),
    _rule(
        "text copied from last report", "report copied",
        "What is said for a reporting period, or the newest report, says word for word what the one before it said.",
        "question", _copied,
    ),
    _rule(
        "status other than proposed", "another status than the rule's",
        "The status is not the one that the plan's rule proposes, and no reason is given. By how many days and points "
        "is set in Plan > Lists… > Delivery rules.", "question", _differs,
    ),
    _rule(
        "slipped often", "slipped time and again",
        f"It, or a milestone of it, was expected later than before {SLIPPED_OFTEN} times or more. A choice of this "
        "program, and no standard.", "question", _slipped_often,
    ),
    _rule(
        "move without approval", "moved, not approved",
        "Dates of it, or of a milestone, have moved a second time, the plan says that this is to be approved (Plan > "
        "Lists… > Delivery rules), and nobody has.", "missing", _not_approved,
    ),
    _rule(
        "mark in an activity", "a mark without a note",
        "A superscript number, as of a note, stands in its text.", "wrong", _marked,
    ),
    _milestones(
        "milestone outside its activity", "outside its activity",
        "It is due after its activity, before that begins, or outside that year.", "wrong", _outside,
    ),
    _milestones(
        "milestone without date", "no date", "A milestone that is not done has no due date.", "missing", _no_day,
    ),
    _milestones(
        "milestone complete without day", "complete, no day", "Its status says that it is done, and no day says when.",
        "missing", _done_no_day,
    ),
    _milestones(
        "milestone hardly meant", "hardly meant",
        "Its day done, status and per cent do not go together, or a day is far from the plan or has not come yet.",
        "wrong", _unlikely_milestone,
    ),
)  # fmt: skip
