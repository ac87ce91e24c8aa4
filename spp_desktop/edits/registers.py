"""What a person does to the registers of a plan (posts, statuses, areas, colour rules) and to the plan itself.

One set of verbs serves them all: which registers there are is data, ``plan.registers.REGISTERS``. What a list keeps to
as a whole is data too, ``list_rules.LIST_RULES``.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Table, true
from sqlalchemy import select as sql_select
from sqlmodel import Session, SQLModel, select

from spp_desktop.edits import links, list_rules, markings, roles, rows
from spp_desktop.plan.identity import Plan
from spp_desktop.plan.register import Register, of_year
from spp_desktop.plan.registers import yearly_of
from spp_desktop.plan.role_names import role_of
from spp_desktop.plan.rows import Placed, Row, check
from spp_desktop.plan.rules import RuleBroken

_NUMBERED = re.compile(r"(.*?)(\d*)", re.DOTALL)
"""A text and the number at its end."""


def set_plan(session: Session, **values: Any) -> None:
    """Set the plan's title, force, years, marking, illustrative note or source.

    Raises:
        RuleBroken: if a value breaks a rule, or the marking is not on the plan's list.
    """
    if values.get("marking"):
        values["marking"] = markings.listed_as(session, values["marking"])
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
    given = {**(columns or {}), **values}
    plain = {name: value for name, value in given.items() if _is_own(name)}
    with list_rules.kept(session, model):
        if issubclass(model, Placed):
            behind = after or list_rules.place_of(session, model, plain)
            key = rows.add_placed(session, model, true(), behind, **plain)
        else:
            key = rows.add(session, model, **plain)
    _set_others(session, model, [(key, name, value) for name, value in given.items() if name not in plain])
    return key


def change(session: Session, model: type[Row], key: str, **values: Any) -> None:
    """Set cells of a row of a list.

    Raises:
        RuleBroken: if a value breaks a rule, or another row has it already.
    """
    with list_rules.kept(session, model):
        rows.change(session, model, key, **values)


def set_cells(session: Session, model: type[Row], cells: rows.CellValues) -> None:
    """Set any cells (row key, column, value) of a list: what typing, pasting and filling down all do.

    Raises:
        RuleBroken: at the first cell that breaks a rule, or if another row has the same; nothing is then changed.
    """
    plain = [cell for cell in cells if _is_own(cell[1])]
    clean = {key: check(model, values) for key, values in rows.by_row(plain).items()}
    rows.get_all(session, model, {key for key, _, _ in cells})
    with list_rules.kept(session, model):
        rows.change_all(session, model, clean)
    _set_others(session, model, [cell for cell in cells if not _is_own(cell[1])])


def _is_own(name: str) -> bool:
    """Whether a column is of the row itself: neither of a year nor of a role."""
    return of_year(name) is None and not role_of(name)


def _set_others(session: Session, model: type[Row], cells: rows.CellValues) -> None:
    """Set cells that are kept beside the rows: those of each year, and the posts in roles."""
    _set_of_years(session, model, [cell for cell in cells if not role_of(cell[1])])
    in_roles = [cell for cell in cells if role_of(cell[1])]
    roles.set_in_roles(session, {key: roles.apart(values)[1] for key, values in rows.by_row(in_roles).items()})


def check_columns(model: type[Row], values: Mapping[str, Any]) -> dict[str, Any]:
    """Columns of a row as they would be kept, those of each year and of roles among them.

    Raises:
        RuleBroken: if a value breaks a rule.
    """
    plain = check(model, {name: value for name, value in values.items() if _is_own(name)})
    plain |= roles.apart(values)[1]
    yearly = yearly_of(model)
    for name in (name for name in values if name not in plain):
        column, _ = of_year(name) or (name, 0)
        assert yearly is not None
        try:
            plain[name] = check(yearly.model, {column: values[name]})[column]
        except RuleBroken as broken:
            raise RuleBroken(name, str(broken)) from None
    return plain


def _set_of_years(session: Session, model: type[Row], cells: rows.CellValues) -> None:
    """Set cells of the columns that rows have for each year; where nothing is left of a year, its row goes.

    Raises:
        RuleBroken: at the first cell that breaks a rule.
    """
    yearly = yearly_of(model)
    if yearly is None or not cells:
        return
    clean = {key: check_columns(model, values) for key, values in rows.by_row(cells).items()}
    table, owner = _table(yearly.model), yearly.model.part_of
    query = sql_select(table).where(table.c[owner].in_(clean))
    kept = {(row[owner], row["year"]): row for row in session.connection().execute(query).mappings()}
    changes: dict[tuple[str, int], dict[str, Any]] = {}
    for key, values in clean.items():
        for name, value in values.items():
            column, year = of_year(name) or (name, 0)
            changes.setdefault((key, year), {})[column] = value
    for (key, year), values in changes.items():
        row = kept.get((key, year))
        left = {**{name: row[name] if row is not None else None for name in yearly.names}, **values}
        if row is None and any(value is not None for value in left.values()):
            rows.add(session, yearly.model, **{owner: key, "year": year}, **values)
        elif row is not None and all(value is None for value in left.values()):
            rows.remove(session, yearly.model, row["id"])
        elif row is not None:
            rows.change(session, yearly.model, row["id"], **values)


def move(session: Session, model: type[Placed], key: str, after: str | None) -> None:
    """Put a row of a list behind another, or first where ``after`` is ``None``."""
    with list_rules.kept(session, model):
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
    """Copy a row to the place behind it, with its posts in roles and what it is linked to, and give the copy's key.

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
    roles.copy_roles(session, key, copy)
    links.copy_links(session, key, copy)
    _copy_years(session, model, key, copy)
    return copy


def _copy_years(session: Session, model: type[Row], key: str, copy: str) -> None:
    """Give a copy of a row what the row has for each year."""
    yearly = yearly_of(model)
    if yearly is None:
        return
    table, owner = _table(yearly.model), yearly.model.part_of
    for kept in session.connection().execute(sql_select(table).where(table.c[owner] == key)).mappings().all():
        others = {name: value for name, value in kept.items() if name not in ("id", owner)}
        rows.add(session, yearly.model, **{owner: copy}, **others)


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
    with list_rules.kept(session, model):
        rows.remove(session, model, key, reason)
