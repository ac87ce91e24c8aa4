"""What a person does with years: closes one once its last reporting period is locked, and reopens it with a reason."""

from datetime import date
from typing import Any

from sqlalchemy import Connection
from sqlmodel import Session, select

from spp_desktop.edits import rows
from spp_desktop.plan.identity import Plan, years_kept
from spp_desktop.plan.periods import year_end, year_name, year_start
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.turning import ClosedYear
from spp_desktop.plan.words import listed
from spp_desktop.store import closed_years, monitored, queries
from spp_desktop.store.locks import author

NO_PERIODS = "There is no reporting period of {0}, so nothing says whether reporting on it is done."
"""What is asked about before a year without reporting periods is closed."""


def why_not(connection: Connection, year: int) -> str:
    """Why a year cannot be closed yet, in a sentence; "" where it can, be it once a person is asked."""
    plan, name = queries.plan(connection), year_name(year)
    if year not in years_kept(plan):
        return f"{name} is no year of the plan."
    if year in closed_years.years_closed(connection):
        return f"{name} is closed already."
    if plan.today() <= year_end(year):
        return f"{name} is not over."
    left = [row.title for row in _periods(connection, year) if not row.locked]
    return (
        f"{listed(left)} {'is' if len(left) == 1 else 'are'} not locked. Lock what is reported first." if left else ""
    )


def has_periods(connection: Connection, year: int) -> bool:
    """Whether the plan has a reporting period of a year."""
    return bool(_periods(connection, year))


def _periods(connection: Connection, year: int) -> list[monitored.PeriodRow]:
    first, last = year_start(year), year_end(year)
    return [row for row in monitored.periods(connection) if row.starts <= last and row.ends >= first]


def close_year(session: Session, year: int, by: str = "", *, without_periods: bool = False) -> None:
    """Close a year: from then on nothing that belongs to it changes unless it is reopened for a reason.

    Args:
        session: The session of the revision.
        year: The first calendar year of the year.
        by: Who sees to it; whoever signs the step where nobody is named.
        without_periods: Whether it is meant although the plan has no reporting period of that year.

    Raises:
        RuleBroken: if it is not over, one of its reporting periods is not locked, it is closed already, or it has no
            such period and nobody was asked; says which.
    """
    connection = session.connection()
    why = why_not(connection, year)
    if why:
        raise RuleBroken("year", why)
    if not without_periods and not has_periods(connection, year):
        raise RuleBroken("year", f"{NO_PERIODS.format(year_name(year))} Say that it is to be closed all the same.")
    known = _row(session, year)
    values = {"state": "closed", "reason": "", **_signed(session, by)}
    if known is None:
        rows.add(session, ClosedYear, year=year, **values)
    else:
        rows.change(session, ClosedYear, known.id, **values)


def reopen_year(session: Session, year: int, reason: str, by: str = "") -> None:
    """Let what belongs to a closed year change again, for a reason that is kept.

    Args:
        session: The session of the revision.
        year: The first calendar year of the year.
        reason: Why.
        by: Who sees to it; whoever signs the step where nobody is named.

    Raises:
        RuleBroken: without a reason, or if it is not closed.
    """
    known = _row(session, year)
    if known is None or known.state != "closed":
        raise RuleBroken("year", f"{year_name(year)} is not closed, so there is nothing to reopen.")
    if not reason.strip():
        raise RuleBroken("reason", f"{year_name(year)} is closed. Say why it is reopened.")
    rows.change(session, ClosedYear, known.id, state="reopened", reason=reason.strip(), **_signed(session, by))


def _row(session: Session, year: int) -> ClosedYear | None:
    return session.exec(select(ClosedYear).where(ClosedYear.year == year)).first()


def _signed(session: Session, by: str) -> dict[str, Any]:
    on: date = session.exec(select(Plan)).one().today()
    return {"state_on": on, "state_by": by.strip() or author()}
