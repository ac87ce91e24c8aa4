"""What the columns of plans' tables hold, kept in the plan by name, beside the mappings of results."""

from sqlalchemy import Connection, true
from sqlmodel import Session, col, select

from spp_desktop.edits import rows
from spp_desktop.plan.results import ResultMapping
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.returns.plan_tables.columns import PlanColumns, from_text
from spp_desktop.store import queries


def kept_columns(connection: Connection) -> dict[str, PlanColumns]:
    """What is kept, by name, in its order; what cannot be read, or is of results, is left aside."""
    kept = {}
    for row in queries.register(connection, ResultMapping):
        try:
            kept[str(row.title)] = from_text(row.columns)
        except ValueError:
            continue
    return kept


def keep_columns(session: Session, title: str, columns: PlanColumns) -> None:
    """Keep what the columns of a table hold under a name, in place of what has it.

    Raises:
        RuleBroken: if the name is empty or too long, or columns of results have it.
    """
    row = session.exec(select(ResultMapping).where(col(ResultMapping.title) == title.strip())).first()
    if row is None:
        rows.add_placed(session, ResultMapping, true(), None, title=title.strip(), columns=columns.as_text())
        return
    try:
        from_text(row.columns)
    except ValueError:
        sentence = f"Columns of results are kept as “{title.strip()}” already. Choose another name."
        raise RuleBroken("title", sentence) from None
    rows.change(session, ResultMapping, row.id, columns=columns.as_text())
