"""Named reads of submissions: what was sent of a return, and what is on its way out."""

import sqlite3
from dataclasses import dataclass, fields
from datetime import date

from sqlalchemy import Connection, select
from sqlmodel import SQLModel

from spp_desktop.plan.submissions import SUBMISSION_STEPS, Submission, SubmissionStep
from spp_desktop.store import history


@dataclass(frozen=True)
class SubmissionRow:
    """A submission, or what is to become one. Its columns are those of ``plan.submissions.Submission``."""

    key: str
    number: int | None
    return_id: str
    title: str
    often: str
    year: int | None
    period: str
    prepared_on: date | None
    prepared_by: str
    checked_on: date | None
    checked_by: str
    signed_on: date | None
    signed_by: str
    sent_on: date | None
    sent_by: str
    revision: str
    file_name: str
    file_hash: str
    note: str

    @property
    def sent(self) -> bool:
        """Whether it is out of the house, so that nothing of it changes any more."""
        return self.sent_on is not None

    @property
    def about(self) -> tuple[str, str, int | None, str]:
        """What it is about: the return, how often that was asked for, the year and the period."""
        return self.return_id, self.often, self.year, self.period

    def taken(self, step: SubmissionStep) -> tuple[date, str] | None:
        """When a step was taken and by whom; ``None`` if it was not."""
        on = getattr(self, f"{step}_on")
        return None if on is None else (on, getattr(self, f"{step}_by"))

    @property
    def latest(self) -> SubmissionStep | None:
        """The last step that was taken."""
        return next((step for step in reversed(SUBMISSION_STEPS) if self.taken(step) is not None), None)


def submissions(connection: Connection) -> list[SubmissionRow]:
    """All of them: those sent by their numbers, then those on their way out by what they are about."""
    table = SQLModel.metadata.tables[str(Submission.__tablename__)]
    names = [column.name for column in fields(SubmissionRow) if column.name != "key"]
    order = (table.c.number.is_(None), table.c.number, table.c.return_id, table.c.year, table.c.period, table.c.id)
    columns = (table.c.id, *(table.c[name] for name in names))
    return [SubmissionRow(*row) for row in connection.execute(select(*columns).order_by(*order))]


def highest_number(connection: sqlite3.Connection) -> int:
    """The highest number that was ever given, also to one whose sending was undone; 0 before the first."""
    query = f"""SELECT ifnull(max(n), 0) FROM (
        SELECT number AS n FROM submission
        UNION ALL SELECT CAST(after AS INTEGER) FROM step_change WHERE row_table = 'submission' AND cell = 'number'
        UNION ALL SELECT {history.cell_of_row("add", "number")} FROM step_change
            WHERE row_table = 'submission' AND action = 'add')"""
    return int(connection.execute(query).fetchone()[0])
