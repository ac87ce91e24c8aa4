"""Activities of a year by status: of each priority, and of each post that leads; and how each came to its status."""

import json
from collections import defaultdict
from collections.abc import Callable, Sequence

from sqlalchemy import Connection

from spp_desktop.plan.kinds.days import short_day
from spp_desktop.plan.periods import year_name
from spp_desktop.store import clock
from spp_desktop.store.overview.plan import NO_STATUS, NOBODY, OverviewPlan, behind, mark_of
from spp_desktop.store.overview.tallies import RowBehind, TallyHead, TallyLine, TallyTable
from spp_desktop.store.plain import ActivityRow, UpdateRow

LATE, ALL = "Late", "All"

_SET = """SELECT row_id, change.before, at, author, kind, max(change.n) FROM change
    JOIN revision ON revision.n = change.revision
    WHERE row_table = 'activity' AND action = 'set' AND cell = 'status_id'
    AND row_id IN (SELECT value FROM json_each(?)) GROUP BY row_id"""


def by_priority(plan: OverviewPlan) -> TallyTable:
    """Activities of the year by status and priority."""
    return _table(plan, lambda row: row.priority)


def by_owner(plan: OverviewPlan) -> TallyTable:
    """Activities of the year by status and the post that leads, in the order of the posts' names; nobody's last."""
    return _table(plan, lambda row: row.owners[0] if row.owners else NOBODY, sort=True)


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
    return {
        row.key: behind(row, _why(row, came.get(row.key), titles, plan.reported.get(row.key))) for row in plan.of_year
    }


def _why(
    row: ActivityRow, came: tuple[str | None, str] | None, titles: dict[str, str], report: UpdateRow | None
) -> str:
    """Why an activity has its status: since when, by whom, what it was before, the reason given, what was reported."""
    since = ""
    if came is not None:
        before, words = came
        since = f"{words} (was {titles.get(before or '', NO_STATUS)})"
    reported = ""
    if report is not None:
        by = f" by {report.post}" if report.post else ""
        reported = f"reported {short_day(report.reported_on)}{by}: {' '.join((report.done or report.status).split())}"
    return "; ".join(filter(None, (since, " ".join(row.reason.split()), reported)))
