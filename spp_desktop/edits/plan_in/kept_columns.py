"""What the columns of plans' tables hold, kept in the plan by name, beside the mappings of results."""

from sqlalchemy import Connection
from sqlmodel import Session

from spp_desktop.edits import kept_mappings
from spp_desktop.returns.plan_tables.columns import PlanColumns, from_text


def kept_columns(connection: Connection) -> dict[str, PlanColumns]:
    """What is kept, by name, in its order; what cannot be read, or is of results, is left aside."""
    return kept_mappings.kept(connection, from_text)


def keep_columns(session: Session, title: str, columns: PlanColumns) -> None:
    """Keep what the columns of a table hold under a name, in place of what has it.

    Raises:
        RuleBroken: if the name is empty or too long, or columns of results have it.
    """
    kept_mappings.keep(session, title, columns.as_text(), from_text)
