"""The common steps of all verbs: add a row, set its cells, remove it, put it in its place."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, bindparam, func, literal_column
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel, col, select

from spp_desktop.edits.lost_finals import leave_restatements
from spp_desktop.plan.identity import period_name, years_kept
from spp_desktop.plan.periods import year_name
from spp_desktop.plan.results import Area
from spp_desktop.plan.rows import GAP_TOO_SMALL, Placed, Row, between, check, heading_of, new_key, title_of
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.surroundings import AreaLevel
from spp_desktop.store import dependents, queries
from spp_desktop.store.naming import own_name

R = TypeVar("R", bound=Row)
P = TypeVar("P", bound=Placed)

CellValues = Sequence[tuple[str, str, Any]]
"""Cells to set: (row key, column name, value)."""


def get(session: Session, model: type[R], key: str) -> R:
    """The row of this key.

    Raises:
        RuleBroken: if somebody has removed it meanwhile.
    """
    row = session.get(model, key)
    if row is None:
        raise RuleBroken("id", f"This {model.word.singular} is no longer in the plan.")
    return row


def add(session: Session, model: type[Row], **values: Any) -> str:
    """Add a row and give its key. Columns that are not given take what is usual in the plan, or else their defaults.

    Raises:
        RuleBroken: if a value breaks a rule of the row, or a column that must be filled is missing.
    """
    for name, field in model.model_fields.items():
        if field.is_required() and name not in values:
            raise RuleBroken(name, f"“{heading_of(model, name)}” of {model.word.with_article} may not be empty.")
    usual = _USUAL[model](session) if model in _USUAL else {}
    clean = check(model, {**usual, **values})
    _keep_to_the_plan(session, model, clean)
    clean.setdefault("id", new_key())
    session.add(model(**clean))
    _write(session, model)
    keep_rules(session, model, [clean["id"]])
    return str(clean["id"])


def _usual_area(session: Session) -> Mapping[str, Any]:
    """The kind of a new area: that of the last one, or else the first of the plan's levels of areas; "" for neither."""
    last = session.exec(select(Area.kind).order_by(col(Area.position).desc())).first()
    first = session.exec(select(AreaLevel.title).order_by(col(AreaLevel.position))).first()
    return {"kind": first or "" if last is None else last}


_USUAL: Mapping[type[Row], Callable[[Session], Mapping[str, Any]]] = {Area: _usual_area}
"""What columns of new rows hold in the plan that is open, where nobody says it."""


def change(session: Session, model: type[Row], key: str, **values: Any) -> None:
    """Set cells of a row.

    Raises:
        RuleBroken: if a value breaks a rule of the row, or the row is gone.
    """
    row = get(session, model, key)
    clean = check(model, values)
    _keep_to_the_plan(session, model, clean)
    for name, value in clean.items():
        setattr(row, name, value)
    _write(session, model)
    keep_rules(session, model, [key])


def get_all(session: Session, model: type[R], keys: Collection[str]) -> Sequence[R]:
    """The rows of these keys.

    Raises:
        RuleBroken: if somebody has removed one of them meanwhile.
    """
    rows = session.exec(select(model).where(col(model.id).in_(keys))).all()
    if len(rows) < len(set(keys)):
        raise RuleBroken("id", f"One {model.word.singular} of these is no longer in the plan.")
    return rows


def change_all(session: Session, model: type[Row], cells: Mapping[str, Mapping[str, Any]]) -> None:
    """Set checked cells of many rows, one statement for all rows that set the same columns.

    Args:
        session: The session of the revision.
        model: The table.
        cells: For each row's key its columns and values, as ``check`` gave them.

    Raises:
        RuleBroken: if two rows would be the same where they may not, or a row breaks a rule of its kind.
    """
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for key, values in cells.items():
        if values:
            _keep_to_the_plan(session, model, values)
            alike.setdefault(tuple(sorted(values)), []).append({**values, "row_key": key})
    table = SQLModel.metadata.tables[str(model.__tablename__)]
    _write(session, model)
    for names, many in alike.items():
        statement = table.update().where(table.c.id == bindparam("row_key"))
        with sentences(model):
            session.connection().execute(statement.values({name: bindparam(name) for name in names}), many)
    session.expire_all()
    keep_rules(session, model, cells)


def add_placed(
    session: Session, model: type[P], siblings: ColumnElement[bool], after: str | None, **values: Any
) -> str:
    """Add a row behind a sibling, or behind all of them where ``after`` is ``None``, and give its key."""
    position = place_last(session, model, siblings) if after is None else place_after(session, model, siblings, after)
    return add(session, model, position=position, **values)


def move(
    session: Session, model: type[P], key: str, siblings: ColumnElement[bool], after: str | None, **values: Any
) -> None:
    """Put a row behind one of its siblings, or before all of them where ``after`` is ``None``."""
    change(session, model, key, position=place_after(session, model, siblings, after), **values)


def remove(session: Session, model: type[Row], key: str, reason: str = "") -> None:
    """Remove a row, and with it what hangs on it. A final figure that goes with it leaves its restatement.

    Args:
        session: The session of the revision.
        model: The table.
        key: The row.
        reason: Why it goes; needed where a final figure goes with it.

    Raises:
        RuleBroken: if the row is gone, or is used by rows that need it (says how many of which kind), or a final figure
            goes without a reason.
    """
    row = get(session, model, key)
    _write(session, model)
    kept = dependents.why_kept(session.connection(), model, key)
    if kept:
        raise RuleBroken("id", kept)
    leave_restatements(session.connection(), model, [key], reason)
    session.delete(row)
    _write(session, model)


def removed(session: Session, model: type[Row]) -> Iterator[dict[str, Any]]:
    """The rows of a kind that were removed, as they were then; not those whose adding was undone."""
    query = (
        "SELECT change.before FROM step_change AS change LEFT JOIN revision ON revision.n = change.revision "
        "WHERE change.row_table = ? AND change.action = 'remove' AND ifnull(revision.kind, '') <> 'undo'"
    )
    for (before,) in session.connection().exec_driver_sql(query, (str(model.__tablename__),)):
        yield json.loads(before)


def place_after(session: Session, model: type[P], siblings: ColumnElement[bool], after: str | None) -> float:
    """The position behind a sibling, or before all of them where ``after`` is ``None``.

    Siblings that stand too close together to put anything between them are renumbered.
    """
    rows = _in_order(session, model, siblings)
    at = next((n + 1 for n, row in enumerate(rows) if row.id == after), 0)
    before = rows[at - 1].position if at else None
    behind = rows[at].position if at < len(rows) else None
    if before is not None and behind is not None and behind - before < GAP_TOO_SMALL:
        for n, row in enumerate(rows):
            row.position = float(n + (n >= at))
        session.flush()
        return float(at)
    return between(before, behind)


def place_last(session: Session, model: type[P], siblings: ColumnElement[bool]) -> float:
    """The position behind all siblings."""
    rows = _in_order(session, model, siblings)
    return between(rows[-1].position if rows else None, None)


def _write(session: Session, model: type[Row]) -> None:
    with sentences(model):
        session.flush()


def keep_rules(session: Session, model: type[Row], keys: Iterable[str]) -> None:
    """See that rows that were just written keep the rules that their kind declares of its columns among themselves.

    Raises:
        RuleBroken: if one does not; says which and why, and names the column of the rule.
    """
    if not model.rules:
        return
    table = SQLModel.metadata.tables[str(model.__tablename__)]
    written = func.json_each(json.dumps(list(keys))).table_valued("value")
    rows = table.select().where(table.c.id.in_(written.select()))
    for rule in model.rules:
        broken = session.connection().execute(rows.where(literal_column(f"({rule.broken})"))).mappings().first()
        if broken is not None:
            name = own_name(model, dict(broken))
            what = f"{model.word.singular} “{name}”" if name else model.word.singular
            raise RuleBroken(rule.column, f"In the {what} {rule.sentence}.")


def _keep_to_the_plan(session: Session, model: type[Row], values: Mapping[str, Any]) -> None:
    """See that nothing is filed into a year that the plan does not have, and no page shows; passed years are kept.

    Raises:
        RuleBroken: naming the column of the year, and which years the plan has.
    """
    year = values.get(model.planned_in) if model.planned_in else None
    if year is None:
        return
    plan = queries.plan(session.connection())
    if year not in years_kept(plan):
        raise RuleBroken(
            model.planned_in,
            f"{year_name(year)} is no year of the plan, which is for {period_name(plan)}. Nothing was filed there; the "
            "plan's years are set in Plan > Lists….",
        )


@contextmanager
def sentences(model: type[Row]) -> Iterator[None]:
    """Say in a sentence which row there is already; what else the database refuses, the workspace says.

    Raises:
        RuleBroken: if two rows would be the same where they may not.
    """
    try:
        yield
    except IntegrityError as problem:
        rule, _, where = str(problem.orig).partition(" constraint failed")
        if rule != "UNIQUE":
            raise
        name = where.rpartition(".")[2] if "." in where else "id"
        alike = {"title": "of this name", "id": "like this"}.get(name) or f"with this {title_of(model, name)}"
        raise RuleBroken(name, f"There is already {model.word.with_article} {alike}.") from problem


def _in_order(session: Session, model: type[P], siblings: ColumnElement[bool]) -> Sequence[P]:
    return session.exec(select(model).where(siblings).order_by(col(model.position), col(model.id))).all()


def by_row(cells: CellValues) -> Mapping[str, dict[str, Any]]:
    """Cells grouped by row, the last value of a cell standing."""
    rows: dict[str, dict[str, Any]] = {}
    for key, name, value in cells:
        rows.setdefault(key, {})[name] = value
    return rows
