"""How somebody's tables are read, kept in the plan by name: mappings of results and the columns of plans, one list."""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection, true
from sqlmodel import Session, col, select

from spp_desktop.edits import rows
from spp_desktop.plan.results import ResultMapping
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import queries

T = TypeVar("T")


def kept(connection: Connection, from_text: Callable[[str], T]) -> dict[str, T]:
    """What is kept of one sort, by name, in its order; what cannot be read so is of the other sort, and left aside.

    Args:
        connection: Of the plan.
        from_text: Reads what is kept; raises ``ValueError`` where it is of the other sort.
    """
    readable = {}
    for row in queries.register(connection, ResultMapping):
        try:
            readable[str(row.title)] = from_text(row.columns)
        except ValueError:
            continue
    return readable


def keep(session: Session, title: str, text: str, from_text: Callable[[str], object]) -> None:
    """Keep something under a name, in place of what has it.

    Raises:
        RuleBroken: if the name is empty or too long, or has something of the other sort.
    """
    name = title.strip()
    row = session.exec(select(ResultMapping).where(col(ResultMapping.title) == name)).first()
    if row is None:
        rows.add_placed(session, ResultMapping, true(), None, title=name, columns=text)
        return
    try:
        from_text(row.columns)
    except ValueError:
        sentence = f"Columns of another sort of table are kept as “{name}” already. Choose another name."
        raise RuleBroken("title", sentence) from None
    rows.change(session, ResultMapping, row.id, columns=text)
