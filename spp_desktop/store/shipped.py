"""The rows that a plan begins with: those that its kinds of row ship."""

import sqlite3
from collections.abc import Iterable
from typing import Any

from sqlmodel import Session, select

import spp_desktop.store.content  # noqa: F401 - every kind of row is declared
from spp_desktop.plan.identity import Plan
from spp_desktop.plan.rows import Row, check, kinds_of_row
from spp_desktop.store import history

_EARLIEST_LISTS = frozenset({"status", "judgement_rule"})
"""Lists that plans of the first three forms either began with or did without; they are left so."""


def begin(session: Session, values: dict[str, Any]) -> None:
    """Write the first rows of a new plan. ``values`` are those of the plan itself, checked."""
    session.add(Plan(**values))
    session.flush()
    ship(session, kinds_of_row().values())


def ship(session: Session, models: Iterable[type[Row]]) -> None:
    """Write the rows that the plan begins with, of these kinds."""
    plan = session.exec(select(Plan)).one().model_dump()
    for model in models:
        for n, values in enumerate(model.begun_with(plan)):
            session.add(model(**check(model, {"position": float(n), **values})))


def unknown_to(connection: sqlite3.Connection) -> list[type[Row]]:
    """The kinds that ship rows and of which a plan, being of an older form, has never had any.

    It is asked of every plan, since a program may have been killed between bringing one up to date and this.
    """
    empty = [
        (name, model)
        for name, model in kinds_of_row().items()
        if model.shipped
        and name not in _EARLIEST_LISTS
        and connection.execute(f'SELECT 1 FROM "{name}" LIMIT 1').fetchone() is None
    ]
    known = history.tables_ever_changed(connection) if empty else set()
    return [model for name, model in empty if known and name not in known]
