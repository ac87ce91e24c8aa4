"""What a person does to the plan's lists (posts, statuses, frameworks, areas, colour rules) and to the plan itself.

One set of verbs serves them all: which lists there are is data, ``store.queries.REGISTERS``.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, true
from sqlalchemy import select as sql_select
from sqlmodel import Session, SQLModel, select

from spp_desktop.edits import rows
from spp_desktop.plan.identity import Plan
from spp_desktop.plan.rows import Placed, Row, check
from spp_desktop.plan.rules import RuleBroken

_USERS = {
    "activity": ("activity", "activities"),
    "activity_owner": ("activity", "activities"),
    "activity_update": ("update", "updates"),
}
"""What a person calls the rows that may need a list's row: one of them, several of them."""


def set_plan(session: Session, **values: Any) -> None:
    """Set the plan's title, force, years, marking, illustrative note or source."""
    rows.change(session, Plan, session.exec(select(Plan.id)).one(), **values)


def add(
    session: Session,
    model: type[Row],
    columns: Mapping[str, Any] | None = None,
    *,
    after: str | None = None,
    **values: Any,
) -> str:
    """Add a row to a list, behind another or last where rows have places, and give its key.

    Its columns are given as a mapping, by name, or both; a name such as ``kind``, which ``Workspace.edit`` takes
    for itself, belongs in the mapping.

    Raises:
        RuleBroken: if a value breaks a rule, or there is such a row already.
    """
    values = {**(columns or {}), **values}
    if not issubclass(model, Placed):
        return rows.add(session, model, **values)
    return rows.add_placed(session, model, true(), after, **values)


def change(session: Session, model: type[Row], key: str, **values: Any) -> None:
    """Set cells of a row of a list.

    Raises:
        RuleBroken: if a value breaks a rule, or another row has it already.
    """
    rows.change(session, model, key, **values)


def set_cells(session: Session, model: type[Placed], cells: rows.Cells) -> None:
    """Set any cells (row key, column, value) of a list: what typing, pasting and filling down all do.

    Raises:
        RuleBroken: at the first cell that breaks a rule, or if another row has the same; nothing is then changed.
    """
    clean = {key: check(model, values) for key, values in rows.by_row(cells).items()}
    rows.get_all(session, model, clean)
    rows.change_all(session, model, clean)


def move(session: Session, model: type[Placed], key: str, after: str | None) -> None:
    """Put a row of a list behind another, or first where ``after`` is ``None``."""
    rows.move(session, model, key, true(), after)


def remove(session: Session, model: type[Row], key: str) -> None:
    """Remove a row of a list, with what hangs on it.

    Raises:
        RuleBroken: if activities or updates still use it; says how many.
    """
    row = rows.get(session, model, key)
    used = _used_by(session, model, key)
    if used:
        counted = " and ".join(f"{n} {_USERS[table][n > 1]}" for table, n in used.items())
        title = getattr(row, "title", "This")
        raise RuleBroken("id", f"“{title}” is used by {counted}, so it stays. Give them another one first.")
    rows.remove(session, model, key)


def _used_by(session: Session, model: type[SQLModel], key: str) -> dict[str, int]:
    """How many rows of each table would keep the database from removing a row."""
    counts: dict[str, int] = {}
    table = SQLModel.metadata.tables[str(model.__tablename__)]
    for user in SQLModel.metadata.sorted_tables:
        for link in user.foreign_keys:
            if link.column.table is table and link.ondelete == "RESTRICT":
                query = sql_select(func.count()).select_from(user).where(link.parent == key)
                counts[user.name] = session.connection().execute(query).scalar_one()
    return {name: n for name, n in counts.items() if n}
