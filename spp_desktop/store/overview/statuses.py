"""Activities of a year by status: of each priority, and of each post that leads; and how each came to its status."""

import json
from collections import defaultdict
from collections.abc import Callable, Sequence

from sqlalchemy import Connection

from spp_desktop.plan.kinds.days import short_day
from spp_desktop.plan.periods import year_name
from spp_desktop.store import clock
from spp_desktop.store.overview.plan import NO_STATUS, NOBODY, OverviewPlan, behind, mark_of
from spp_desktop.store.overview.tallies import (
    ONE,
    RowBehind,
    TallyHead,
    TallyLine,
    TallyTable,
    listed_lines,
)
from spp_desktop.store.plain import ActivityRow, Proposal

LATE, ALL = "Late", "All"
AS_PROPOSED, EXPLAINED = "As the rule has it", "Set otherwise, with a reason"
UNEXPLAINED, NONE_PROPOSED = "Set otherwise, no reason given", "No status, or none proposed"
AGAINST_RULE = (AS_PROPOSED, EXPLAINED, UNEXPLAINED, NONE_PROPOSED)
"""How a status stands to what the plan's rule proposes."""

_SET = """WITH was_set AS MATERIALIZED (SELECT row_id, before, revision, n FROM step_change
        WHERE row_table = 'activity' AND action = 'set' AND cell = 'status_id'
        AND row_id IN (SELECT value FROM json_each(?)))
    SELECT row_id, before, at, author, kind, max(was_set.n) FROM was_set
    JOIN revision ON revision.n = was_set.revision GROUP BY row_id"""


def by_priority(plan: OverviewPlan) -> TallyTable:
    """Activities of the year by status and priority."""
    return _table(plan, lambda row: row.priority)


def by_owner(plan: OverviewPlan) -> TallyTable:
    """Activities of the year by status and the post that leads, in the order of the posts' names; nobody's last."""
    return _table(plan, lambda row: row.owners[0] if row.owners else NOBODY, sort=True)


def against_rule(plan: OverviewPlan) -> TallyTable:
    """Activities of the year whose status is what the plan's rule proposes, and those that a person set otherwise."""
    if not plan.of_year:
        return TallyTable(empty=f"No activities in {year_name(plan.asked.year)} yet.")
    rows = _rows_behind(plan)
    groups: dict[str, list[RowBehind]] = {title: [] for title in AGAINST_RULE}
    for row in plan.of_year:
        groups[_against_rule(row, plan.proposals.get(row.key))].append(rows[row.key])
    lines = [(title, tuple(group)) for title, group in groups.items()]
    named = tuple(groups[UNEXPLAINED])
    return TallyTable(ONE, listed_lines(*lines), "By dates, milestones and % complete.", named)


def _against_rule(row: ActivityRow, proposal: Proposal | None) -> str:
    """How the status of an activity stands to what the plan's rule proposes."""
    if proposal is None or not row.status:
        return NONE_PROPOSED
    if not proposal.differs:
        return AS_PROPOSED
    return EXPLAINED if row.reason.strip() else UNEXPLAINED


def came_to(connection: Connection, keys: Sequence[str]) -> dict[str, tuple[str | None, str]]:
    """How activities came to their status: the key of the one before, and since when and by whom, in words.

    One that has had its status since it was entered is not among them, nor is one that a sample was built with.
    """
    return {
        key: (before, f"since {short_day(clock.local_day(at))}, by {author}")
        for key, before, at, author, kind, _ in connection.exec_driver_sql(_SET, (json.dumps(list(keys)),))
        if kind != "built" and clock.moment(at) is not None
    }


def _table(plan: OverviewPlan, group: Callable[[ActivityRow], str], *, sort: bool = False) -> TallyTable:
    if not plan.of_year:
        return TallyTable(empty=f"No activities in {year_name(plan.asked.year)} yet.")
    statuses = [(row.key, TallyHead(row.title, mark_of(row))) for row in plan.statuses]
    columns: list[tuple[str | None, TallyHead]] = [*statuses]
    if any(row.status_key is None for row in plan.of_year):
        columns.append((None, TallyHead(NO_STATUS)))
    rows = _rows_behind(plan)
    groups: dict[str, list[ActivityRow]] = defaultdict(list)
    for row in plan.of_year:
        groups[group(row)].append(row)
    titles = sorted(groups, key=lambda title: (title == NOBODY, title)) if sort else list(groups)
    lines = [_line(plan, title, groups[title], [key for key, _ in columns], rows) for title in titles]
    if len(lines) > 1:
        lines.append(_line(plan, ALL, plan.of_year, [key for key, _ in columns], rows))
    heads = (*(head for _, head in columns), TallyHead(ALL, total=True), TallyHead(LATE, alert=True))
    return TallyTable(heads, tuple(lines))


def _line(
    plan: OverviewPlan,
    title: str,
    activities: Sequence[ActivityRow],
    statuses: Sequence[str | None],
    rows: dict[str, RowBehind],
) -> TallyLine:
    cells = [tuple(rows[row.key] for row in activities if row.status_key == key) for key in statuses]
    late = tuple(rows[row.key] for row in activities if row.late(plan.today))
    return TallyLine(title, (*cells, tuple(rows[row.key] for row in activities), late))


def _rows_behind(plan: OverviewPlan) -> dict[str, RowBehind]:
    """The activities of the year with how each came to its status, by key."""
    came = plan.reader.read(came_to, [row.key for row in plan.of_year])
    titles = {row.key: row.title for row in plan.statuses}
    return {row.key: behind(row, _why(plan, row, came.get(row.key), titles)) for row in plan.of_year}


def _why(plan: OverviewPlan, row: ActivityRow, came: tuple[str | None, str] | None, titles: dict[str, str]) -> str:
    """Why an activity has its status: what it was before, the reason given, what was reported, what the rule says."""
    since = ""
    if came is not None:
        before, words = came
        since = f"{words} (was {titles.get(before or '', NO_STATUS)})"
    report, reported = plan.reported.get(row.key), ""
    if report is not None:
        by = f" by {report.post}" if report.post else ""
        said_then = " ".join((report.done or report.status).split()).rstrip(".")
        reported = f"reported {short_day(report.reported_on)}{by}: {said_then}"
    reason, rule = " ".join(row.reason.split()).rstrip("."), _by_rule(plan.proposals.get(row.key))
    return "; ".join(filter(None, (since, reason, reported, rule)))


def _by_rule(proposal: Proposal | None) -> str:
    """What the plan's rule says of an activity."""
    if proposal is None:
        return ""
    return f"the plan's rule{' would have it otherwise' if proposal.differs else ''}: {proposal.sentence}"
