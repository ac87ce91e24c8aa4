"""The guard of locked periods: while a period is locked, no row of it changes, through whichever door.

It is laid beside what records changes, as temporary triggers: what is typed, pasted, returned, imported, restored,
undone or done again passes them. An undo is looked at before, so that it can say which period is in its way.
"""

import sqlite3
from collections.abc import Iterable, Iterator

from spp_desktop.plan.kinds.spelling import quoted
from spp_desktop.store.problems import UndoOfLocked

SIGN = "a locked period"
"""What the triggers say, by which their refusal is known."""

LOCKED = (
    "A reporting period is locked, and what was said for it would change, so nothing was changed. Reopen the period "
    "first and say why: Plan > Reporting periods…, or spp periods --reopen."
)
"""What is said where a change would reach a locked period, and nobody has looked which."""

_IS_LOCKED = "EXISTS (SELECT 1 FROM main.reporting_period WHERE id IN ({keys}) AND state = 'locked')"
_OF_REPORTS = {"INSERT": "NEW.period_id", "UPDATE": "OLD.period_id, NEW.period_id", "DELETE": "OLD.period_id"}
_UNLESS_REOPENED = "OLD.state = 'locked' AND (NEW.state = 'locked' OR NEW.reason = '')"


def guards() -> Iterator[str]:
    """The temporary triggers that refuse a change of what was said for a locked period, or of the period itself."""
    for deed, keys in _OF_REPORTS.items():
        yield refusing("locked", "activity_report", deed, _IS_LOCKED.format(keys=keys), SIGN)
    yield refusing("locked", "reporting_period", "UPDATE", _UNLESS_REOPENED, SIGN)
    yield refusing("locked", "reporting_period", "DELETE", "OLD.state = 'locked'", SIGN)


def refusing(state: str, table: str, deed: str, when: str, sign: str) -> str:
    """A temporary trigger that refuses a deed on a table while something is in a state that lets nothing change.

    Args:
        state: What that state is called, by which the trigger is named.
        table: The table.
        deed: "INSERT", "UPDATE" or "DELETE".
        when: When it refuses, in SQL.
        sign: What it says, by which the refusal is known.
    """
    return (
        f'CREATE TEMP TRIGGER "{state}_{table}_{deed.lower()}" BEFORE {deed} ON main."{table}" WHEN {when} '
        f"BEGIN SELECT RAISE(ABORT, '{sign}'); END"
    )


def demand_unlocked(connection: sqlite3.Connection, revision: int, label: str, *, undoing: bool) -> None:
    """See that a step that is turned round changes nothing of a locked period.

    To do it again that a period was reopened is let through: that was done for a reason, which comes back with it.

    Args:
        connection: Of the plan.
        revision: The local number of the step.
        label: What the step is called.
        undoing: Whether it is undone, not done again.

    Raises:
        UndoRefused: if it would; names the period, and says to reopen it.
    """
    if connection.execute("SELECT 1 FROM reporting_period WHERE state = 'locked'").fetchone() is None:
        return
    row = connection.execute(_IN_THE_WAY, (revision, undoing, revision)).fetchone()
    if row is not None:
        raise _refused(quoted(label), *row)


def demand_not_reopened(connection: sqlite3.Connection, periods: Iterable[str]) -> None:
    """See that none of some periods, which would be as they were before, is locked.

    Raises:
        UndoRefused: if one is; names it, and says to reopen it.
    """
    for key in periods:
        row = connection.execute("SELECT title FROM reporting_period WHERE id = ? AND state = 'locked'", (key,))
        for (title,) in row.fetchall():
            raise _refused("This", title, key)


def _refused(what: str, title: str, key: str) -> UndoOfLocked:
    return UndoOfLocked(
        f"{what} changes {title}, which is locked, so it stays as it is. Reopen that period first and say why: Plan > "
        "Reporting periods…, or spp periods --reopen.",
        key,
    )


_IN_THE_WAY = """
    SELECT title, id FROM reporting_period WHERE state = 'locked' AND (
        id IN (SELECT CASE action WHEN 'add' THEN json_extract(after, '$.period_id')
                WHEN 'remove' THEN json_extract(before, '$.period_id')
                ELSE (SELECT period_id FROM activity_report WHERE activity_report.id = row_id) END
            FROM step_change WHERE revision = ? AND row_table = 'activity_report')
        OR (? AND id IN (SELECT row_id FROM step_change WHERE revision = ? AND row_table = 'reporting_period'))) LIMIT 1
"""
