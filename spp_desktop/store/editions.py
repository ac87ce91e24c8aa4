"""Named reads of editions: the numbered states of a plan that were issued, and the files that left with them."""

import sqlite3
from dataclasses import dataclass, fields
from datetime import date

from sqlalchemy import Connection, select
from sqlmodel import SQLModel

from spp_desktop.plan.editions import Edition, ExplainedChange, FileOfEdition, LeftAs, PlannedRevision, PlanVersion
from spp_desktop.plan.submissions import Submission
from spp_desktop.store import history


@dataclass(frozen=True)
class EditionRow:
    """An edition. Its columns are those of ``plan.editions.Edition``."""

    key: str
    number: int
    title: str
    issued_on: date
    issued_by: str
    approved_by: str
    version_id: str | None
    first_year: int
    years: int
    note: str
    revision: str


@dataclass(frozen=True)
class FileThatLeft:
    """A file that left with an edition. Its columns are those of ``plan.editions.FileOfEdition``."""

    key: str
    edition_id: str
    left_as: LeftAs
    title: str
    document: str
    file_name: str
    file_hash: str
    size: int | None


def editions(connection: Connection) -> list[EditionRow]:
    """All editions, by their numbers."""
    table = SQLModel.metadata.tables[str(Edition.__tablename__)]
    columns = (table.c.id, *(table.c[field.name] for field in fields(EditionRow) if field.name != "key"))
    return [EditionRow(*row) for row in connection.execute(select(*columns).order_by(table.c.number))]


def edition_numbered(connection: Connection, number: int) -> EditionRow | None:
    """The edition of a number; ``None`` if there is none."""
    return next((row for row in editions(connection) if row.number == number), None)


def last_edition(connection: Connection) -> EditionRow | None:
    """The edition that was issued last; ``None`` before the first."""
    return next(reversed(editions(connection)), None)


def files(connection: Connection, edition: str | None = None) -> list[FileThatLeft]:
    """The files that left with an edition, by its key, in their order; without one, with all."""
    table = SQLModel.metadata.tables[str(FileOfEdition.__tablename__)]
    columns = (table.c.id, *(table.c[field.name] for field in fields(FileThatLeft) if field.name != "key"))
    query = select(*columns).order_by(table.c.edition_id, table.c.position, table.c.id)
    if edition is not None:
        query = query.where(table.c.edition_id == edition)
    return [FileThatLeft(*row) for row in connection.execute(query)]


def highest_number(connection: sqlite3.Connection) -> int:
    """The highest number that an edition was ever given, also one whose issue was undone; 0 before the first."""
    query = f"""SELECT ifnull(max(n), 0) FROM (
        SELECT number AS n FROM edition
        UNION ALL SELECT {history.cell_of_row("add", "number")} FROM step_change
            WHERE row_table = 'edition' AND action = 'add')"""
    return int(connection.execute(query).fetchone()[0])


def sent_since(connection: sqlite3.Connection, revision: str) -> set[str]:
    """The keys of the submissions that were sent after a step; of all, where the history has no such step."""
    step = history.revision_named(connection, revision)
    query = f"""SELECT row_id FROM step_change WHERE row_table = ? AND revision > ?
        AND (action = 'set' AND cell = 'number' OR {history.cell_of_row("add", "number")} IS NOT NULL)"""
    after = step.n if step else 0
    return {key for (key,) in connection.execute(query, (str(Submission.__tablename__), after))}


_RECORDS = frozenset(
    str(model.__tablename__)
    for model in (Edition, FileOfEdition, PlanVersion, PlannedRevision, ExplainedChange, Submission)
)
"""The tables of what is said of the plan's states, and of what left the house: they are nothing that the plan says."""


def has_changed_since(connection: sqlite3.Connection, revision: str) -> bool:
    """Whether the plan says anything else than it did at a step; also where the history has no such step."""
    step = history.revision_named(connection, revision)
    if step is None:
        return True
    return any(
        history.current_row(connection, table, key) != then
        for table, rows in history.rows_as_at(connection, step.n).items()
        if table not in _RECORDS
        for key, then in rows.items()
    )
