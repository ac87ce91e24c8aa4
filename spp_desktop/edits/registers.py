"""What a person does to the registers of a plan (posts, statuses, areas, colour rules) and to the plan itself.

One set of verbs serves them all: which registers there are is data, ``plan.registers.REGISTERS``.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Table, true
from sqlalchemy import select as sql_select
from sqlmodel import Session, SQLModel, select

from spp_desktop.edits import links, rows
from spp_desktop.plan.identity import Plan
from spp_desktop.plan.register import Register
from spp_desktop.plan.rows import Placed, Row, check

_NUMBERED = re.compile(r"(.*?)(\d*)", re.DOTALL)
"""A text and the number at its end."""


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


def set_cells(session: Session, model: type[Row], cells: rows.CellValues) -> None:
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


def put(session: Session, model: type[Row], cells: rows.CellValues, added: Sequence[Mapping[str, Any]]) -> list[str]:
    """Set cells of rows of a list and add rows behind all others, as a block that is pasted does; the new keys.

    Args:
        session: the session of the revision.
        model: the list.
        cells: row key, column, value.
        added: the columns of each new row.

    Raises:
        RuleBroken: at the first value that breaks a rule, or if a row would be the same as another.
    """
    set_cells(session, model, cells)
    return [add(session, model, values) for values in added]


def duplicate(session: Session, register: Register, key: str) -> str:
    """Copy a row to the place behind it, with what it is linked to, and give the copy's key.

    What no two rows may share is numbered on. What was reported of the row is not copied: that belongs to it.

    Raises:
        RuleBroken: if the row is gone, or a copy cannot be told from it.
    """
    model = register.model
    values = rows.get(session, model, key).model_dump(exclude={"id", "position"})
    for column in _table(model).columns:
        if column.unique and isinstance(values.get(column.name), str):
            taken = set(session.connection().execute(sql_select(column)).scalars())
            values[column.name] = _numbered_on(values[column.name], taken)
    copy = add(session, model, values, after=key)
    links.copy_links(session, key, copy)
    return copy


def duplicate_all(session: Session, register: Register, keys: Iterable[str]) -> list[str]:
    """Copy rows to the places behind them, and give the copies' keys.

    Raises:
        RuleBroken: if one is gone, or its copy cannot be told from it; nothing is then copied.
    """
    return [duplicate(session, register, key) for key in keys]


def report(session: Session, register: Register, key: str, text: str, day: date, *, post_id: str | None = None) -> str:
    """Put an entry into the log of a row, and give the entry's key.

    Args:
        session: the session of the revision.
        register: a register with a log.
        key: the row that it is about.
        text: what is reported.
        day: the day for which it is said.
        post_id: the post that says it, if that is known.

    Raises:
        RuleBroken: if the row is gone, or the text is empty or too long.
    """
    assert register.log_model is not None
    rows.get(session, register.model, key)
    entry = {register.log_model.part_of: key, "text": text, "logged_on": day, "post_id": post_id}
    return add(session, register.log_model, entry)


def _table(model: type[SQLModel]) -> Table:
    return SQLModel.metadata.tables[str(model.__tablename__)]


def _numbered_on(text: str, taken: Collection[str]) -> str:
    """A text that is not among those taken: "R7" becomes "R8", "ACC Crime" becomes "ACC Crime 2"."""
    stem, digits = _NUMBERED.fullmatch(text).groups()  # type: ignore[union-attr]  # every text matches
    if not digits:
        stem = f"{stem} "
    number = int(digits or 1)
    while (made := f"{stem}{str(number).zfill(len(digits))}") in taken or number == int(digits or 1):
        number += 1
    return made


def remove_all(session: Session, model: type[Row], keys: Iterable[str], reason: str = "") -> None:
    """Remove rows of a list, with what hangs on them.

    Raises:
        RuleBroken: if rows that need one still use it, or a final figure goes without a reason; nothing is then
            removed.
    """
    for key in keys:
        remove(session, model, key, reason)


def remove(session: Session, model: type[Row], key: str, reason: str = "") -> None:
    """Remove a row of a list, with what hangs on it; ``reason`` is needed where a final figure goes with it.

    Raises:
        RuleBroken: if rows that need it still use it (says how many of which kind), or a final figure goes without a
            reason.
    """
    rows.remove(session, model, key, reason)
