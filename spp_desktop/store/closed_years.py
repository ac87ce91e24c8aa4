"""The guard of closed years: while a year is closed, nothing that belongs to it changes, through whichever door.

It is laid beside what records changes, as temporary triggers: what is typed, pasted, returned, imported, restored,
undone or done again passes them. Links, attachments and the from-to table stay free: they say what became of rows.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from spp_desktop.plan.kinds.days import short_day
from spp_desktop.plan.kinds.spelling import quoted
from spp_desktop.plan.periods import year_name
from spp_desktop.plan.rows import kinds_of_row
from spp_desktop.plan.turning import ClosedYear, FromTo
from spp_desktop.store import queries
from spp_desktop.store.locked_periods import refusing
from spp_desktop.store.problems import UndoOfClosed

SIGN = "a closed year"
"""What the triggers say, by which their refusal is known."""

CLOSED = (
    "A year that is closed would change, so nothing was changed. Reopen the year first and say why: Plan > Reporting "
    "periods…, or spp close-year --reopen."
)
"""What is said where a change would reach a closed year, and nobody has looked which."""

_OF_ACTIVITY = "(SELECT year FROM main.activity WHERE id = {activity_id})"
_OF_ROW = (
    "ifnull((SELECT year FROM main.activity WHERE id = {row_id}), (SELECT activity.year FROM main.milestone "
    "JOIN main.activity ON activity.id = milestone.activity_id WHERE milestone.id = {row_id}))"
)
_OF_DAY = (
    "(strftime('%Y', {period_to}) - (CAST(strftime('%m', {period_to}) AS INTEGER) < "
    '(SELECT first_month FROM main."plan")))'
)
_BELONGING: Mapping[str, str] = {
    **dict.fromkeys(("milestone", "activity_owner", "activity_update", "activity_report"), _OF_ACTIVITY),
    **dict.fromkeys(("date_move", "post_in_role", "earlier_owner"), _OF_ROW),
    **dict.fromkeys(("result", "override"), _OF_DAY),
    **dict.fromkeys(("target_version", "statutory_indicator"), "{year}"),
}
"""The year that rows belong to besides those that are planned in one: by table, with places for columns of the row."""

_FREE = {str(ClosedYear.__tablename__), str(FromTo.__tablename__)}
_SIDES = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}
_IS_CLOSED = "EXISTS (SELECT 1 FROM main.closed_year WHERE state = 'closed' AND +year IN ({years}))"
"""The + keeps SQLite from working out the year of each row to look it up: mostly no year is closed."""
_UNLESS_REOPENED = "OLD.state = 'closed' AND (NEW.state = 'closed' OR NEW.reason = '')"


@dataclass(frozen=True, slots=True)
class YearClosed:
    """A year that is closed, or was reopened: since when, by whom, and why it was reopened.

    ``year`` is its first calendar year.
    """

    year: int
    closed: bool
    since: date
    by: str
    reason: str


def every(connection: Connection) -> dict[int, YearClosed]:
    """What is known of years that were ever closed, by their first calendar years."""
    return {
        row.year: YearClosed(row.year, row.state == "closed", row.state_on, row.state_by, row.reason)
        for row in queries.register(connection, ClosedYear)
    }


def years_closed(connection: Connection) -> frozenset[int]:
    """The first calendar years of the years that are closed."""
    return frozenset(year for year, known in every(connection).items() if known.closed)


def in_words(known: YearClosed | None) -> str:
    """How a year stands: "closed since 4 May 2009 by J Smith", "reopened …: why", "open"."""
    if known is None:
        return "open"
    state = "closed since" if known.closed else "reopened on"
    why = f": {known.reason}" if known.reason else ""
    return f"{state} {short_day(known.since)} by {known.by}{why}"


def belonging() -> dict[str, str]:
    """By table the year that its rows belong to, as SQL with places for the columns of a row."""
    planned = {name: model.planned_in for name, model in kinds_of_row().items() if model.planned_in}
    return {name: f"{{{column}}}" for name, column in planned.items() if name not in _FREE} | dict(_BELONGING)


def guards() -> Iterator[str]:
    """The temporary triggers that refuse a change of what belongs to a closed year, or of the year itself."""
    for table in belonging():
        yield from _guards_of(table)
    yield refusing("closed", "closed_year", "UPDATE", _UNLESS_REOPENED, SIGN)
    yield refusing("closed", "closed_year", "DELETE", "OLD.state = 'closed'", SIGN)


def _guards_of(table: str) -> Iterator[str]:
    year = belonging()[table]
    for deed, sides in _SIDES.items():
        years = ", ".join(year.format_map(_SideColumns(side)) for side in sides)
        yield refusing("closed", table, deed, _IS_CLOSED.format(years=years), SIGN)


@contextmanager
def guarded_if_any(connection: sqlite3.Connection) -> Iterator[Callable[[str], None]]:
    """Within it the guard looks at no row while no year is closed, when it has nothing to refuse.

    It gives what is called before the first change of each table; before one of the years themselves all is guarded
    again. All belongs to one transaction: where it is taken back, the guard is there.
    """
    aside: set[str] = set()
    free = not _any_closed(connection)

    def lay_again() -> None:
        """Lay the triggers again that were taken away."""
        for table in aside:
            for statement in _guards_of(table):
                connection.execute(statement)
        aside.clear()

    def begin(table: str) -> None:
        """Leave a table unguarded, or guard all again."""
        nonlocal free
        if table == ClosedYear.__tablename__:
            free = False
            lay_again()
        elif free and table not in aside and table in belonging():
            for deed in _SIDES:
                connection.execute(f'DROP TRIGGER temp."closed_{table}_{deed.lower()}"')
            aside.add(table)

    yield begin
    lay_again()


def _any_closed(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM closed_year WHERE state = 'closed'").fetchone() is not None


class _SideColumns(dict[str, str]):
    """The columns of one side of a change, by their names."""

    def __init__(self, side: str) -> None:
        super().__init__()
        self._side = side

    def __missing__(self, name: str) -> str:
        return f'{self._side}."{name}"'


class _Recorded(dict[str, str]):
    """The columns of a row as the history recorded it, whole, by their names."""

    def __init__(self, cell: str) -> None:
        super().__init__()
        self._cell = cell

    def __missing__(self, name: str) -> str:
        return f"json_extract({self._cell}, '$.{name}')"


def demand_open(connection: sqlite3.Connection, revision: int, label: str, *, undoing: bool) -> None:
    """See that a step that is turned round changes nothing of a closed year.

    To do it again that a year was reopened is let through: that was done for a reason, which comes back with it.

    Args:
        connection: Of the plan.
        revision: The local number of the step.
        label: What the step is called.
        undoing: Whether it is undone, not done again.

    Raises:
        UndoOfClosed: if it would; names the year, and says to reopen it.
    """
    if not _any_closed(connection):
        return
    for year in _years_closed_by(connection, revision) if undoing else ():
        raise UndoOfClosed(
            f"{quoted(label)} is not undone, since a year that was closed is opened again only for a reason. Say why, "
            "and it is open: Plan > Reporting periods…, or spp close-year --reopen.",
            year,
        )
    for year in _years_touched(connection, revision):
        raise UndoOfClosed(
            f"{quoted(label)} changes {year_name(year)}, which is closed, so it stays as it is. Reopen that year first "
            "and say why: Plan > Reporting periods…, or spp close-year --reopen.",
            year,
        )


def _years_closed_by(connection: sqlite3.Connection, revision: int) -> list[int]:
    """The years that are closed now, and of whose closing a step changed something."""
    return [row[0] for row in connection.execute(_YEARS_THEMSELVES, (revision,))]


def _years_touched(connection: sqlite3.Connection, revision: int) -> Iterator[int]:
    """The closed years of which a step changed something."""
    tables = [row[0] for row in connection.execute(_TABLES, (revision,))]
    known = belonging()
    for table in tables:
        if table not in known:
            continue
        added, removed, kept = (
            known[table].format_map(columns)
            for columns in (_Recorded("after"), _Recorded("before"), _SideColumns("now"))
        )
        query = f"""SELECT year FROM closed_year WHERE state = 'closed' AND year IN (
            SELECT CASE action WHEN 'add' THEN {added} WHEN 'remove' THEN {removed}
                ELSE (SELECT {kept} FROM main."{table}" AS now WHERE now.id = change.row_id) END
            FROM step_change AS change WHERE revision = ? AND row_table = ?) LIMIT 1"""
        yield from (row[0] for row in connection.execute(query, (revision, table)))


_TABLES = "SELECT DISTINCT row_table FROM step_change WHERE revision = ?"
_YEARS_THEMSELVES = """SELECT year FROM closed_year WHERE state = 'closed' AND id IN (
    SELECT row_id FROM step_change WHERE revision = ? AND row_table = 'closed_year')"""


def demand_not_reopened(connection: sqlite3.Connection, keys: Iterable[str]) -> None:
    """See that none of some years, whose rows would be as they were before, is closed.

    Raises:
        UndoOfClosed: if one is; names it, and says to reopen it.
    """
    for key in keys:
        row = connection.execute("SELECT year FROM closed_year WHERE id = ? AND state = 'closed'", (key,)).fetchone()
        if row is not None:
            raise UndoOfClosed(
                f"This changes {year_name(row[0])}, which is closed, so it stays as it is. Reopen that year first and "
                "say why: Plan > Reporting periods…, or spp close-year --reopen.",
                row[0],
            )
