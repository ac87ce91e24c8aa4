"""The common steps of all verbs: add a row, set its cells, remove it, put it in its place."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement
from sqlmodel import Session, SQLModel, col, select

from spp_desktop.plan.rows import GAP_TOO_SMALL, Placed, Row, RuleBroken, between, check, new_key

R = TypeVar("R", bound=Row)
P = TypeVar("P", bound=Placed)


def get(session: Session, model: type[R], key: str) -> R:
    """The row of this key.

    Raises:
        RuleBroken: if somebody has removed it meanwhile.
    """
    row = session.get(model, key)
    if row is None:
        raise RuleBroken("id", f"This {_said(model)} is no longer in the plan.")
    return row


def add(session: Session, model: type[Row], **values: Any) -> str:
    """Add a row and give its key. Columns that are not given take their defaults.

    Raises:
        RuleBroken: if a value breaks a rule of the row, or a column that must be filled is missing.
    """
    for name, field in model.model_fields.items():
        if field.is_required() and name not in values:
            raise RuleBroken(name, f"A {_said(model)} needs its {field.title or name}.")
    clean = check(model, values)
    clean.setdefault("id", new_key())
    session.add(model(**clean))
    session.flush()
    return str(clean["id"])


def change(session: Session, model: type[Row], key: str, **values: Any) -> None:
    """Set cells of a row.

    Raises:
        RuleBroken: if a value breaks a rule of the row, or the row is gone.
    """
    row = get(session, model, key)
    for name, value in check(model, values).items():
        setattr(row, name, value)
    session.flush()


def remove(session: Session, model: type[Row], key: str) -> None:
    """Remove a row, and with it what hangs on it."""
    session.delete(get(session, model, key))
    session.flush()


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


def _in_order(session: Session, model: type[P], siblings: ColumnElement[bool]) -> Sequence[P]:
    return session.exec(select(model).where(siblings).order_by(col(model.position), col(model.id))).all()


def _said(model: type[SQLModel]) -> str:
    """The row's kind as a person says it: "activity owner"."""
    return str(model.__tablename__).replace("_", " ")


Cells = Sequence[tuple[str, str, Any]]
"""Cells to set: (row key, column name, value)."""


def by_row(cells: Cells) -> Mapping[str, dict[str, Any]]:
    """Cells grouped by row, the last value of a cell standing."""
    rows: dict[str, dict[str, Any]] = {}
    for key, name, value in cells:
        rows.setdefault(key, {})[name] = value
    return rows
