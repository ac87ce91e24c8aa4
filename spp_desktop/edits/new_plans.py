"""A new plan: its file, and the levels that it is begun with."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import true
from sqlmodel import Session

from spp_desktop.edits import levels, rows
from spp_desktop.plan.level_text import NewLevel, read_levels
from spp_desktop.plan.levels import Level
from spp_desktop.store import queries
from spp_desktop.store.workspace import Workspace


def begin(path: Path | str, title: str, first_year: int, named: str = "", **columns: Any) -> None:
    """Make the file of an empty plan.

    Args:
        path: Where it is to be; nothing may be there yet.
        title: The title of the plan.
        first_year: The year in which its first year begins.
        named: Its levels, as ``plan.level_text`` reads them; those of every new plan where nothing is typed.
        columns: Other columns of the plan, by name.

    Raises:
        RuleBroken: if the levels or a column cannot be so; no file is then made.
        PlanRefused: if the file cannot be made.
        NotKept: if the disk does not take it.
    """
    wanted = read_levels(named) if named.strip() else ()
    with Workspace.create(path, title, first_year, **columns) as workspace:
        if wanted and [tuple(level) for level in wanted] != workspace.read(_levels):
            workspace.edit("name the levels", name_levels, wanted, as_kind="built")


def name_levels(session: Session, wanted: Sequence[NewLevel]) -> None:
    """Give a plan in which nothing stands at any level yet its own levels, from the top, in place of those it has.

    Raises:
        RuleBroken: if something stands at a level, or a plan cannot have these levels.
    """
    levels.demand_nothing_stands(session)
    for row in queries.register(session.connection(), Level):
        rows.remove(session, Level, row.id)
    for level in wanted:
        rows.add_placed(session, Level, true(), None, **level._asdict())
    levels.demand_sound(session)


def _levels(connection: Any) -> list[tuple[str, str, str]]:
    return [(row.title, row.plural, row.written) for row in queries.register(connection, Level)]
