"""A plan fetched from its hub to a machine that has no copy of it: made anew from the hub's history alone."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from spp_desktop.hub import remembered, sending
from spp_desktop.hub.problems import HubRefused
from spp_desktop.hub.reaching import address_of, reached, where
from spp_desktop.hub.tables import quoted
from spp_desktop.plan.words import counted
from spp_desktop.store import appended, database, losses, upgrades
from spp_desktop.store.changed import Moved, unheard

if TYPE_CHECKING:
    from spp_desktop.hub.reaching import HubConnection


class PlanOnHub(NamedTuple):
    """A plan that a database holds the hub of: its schema, its key, the form of its file, its title."""

    schema: str
    key: str
    form: int
    title: str


def fetch(address: str, path: Path, title: str = "", moved: Moved = unheard) -> str:
    """Make a plan's file from its hub, and give a sentence that says so.

    Args:
        address: Of the hub.
        path: Where the file is made; nothing stands there yet.
        title: The plan's title, where the database holds several that this person may see.
        moved: Hears how far it is.

    Raises:
        HubRefused: if the hub cannot be reached, or holds no such plan; PlanRefused, NotKept: if the file cannot be
            made. Nothing is left of it then.
    """
    address, path = address_of(address), path.absolute()
    with database.made_whole(path) as started:
        moved("Asking the hub", 0, 1)
        with reached(address) as connection, connection.transaction():
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            plan = _chosen(_there(connection), title, address)
            connection.execute(f"SET LOCAL search_path = {quoted(plan.schema)}, pg_temp".encode())
            made = sending.read(connection, None)
        moved("Making the plan", 0, len(made.revisions))
        with losses.losses_told(path, "no plan is made"), _written(started) as raw:
            appended.append(raw, made)
    remembered.remember(plan.key, address, path, made.revisions[-1].n)
    return f"{path.name} is made of “{plan.title}” in {where(address)}: {counted(len(made.revisions), 'step')}."


@contextmanager
def _written(path: Path) -> Iterator[sqlite3.Connection]:
    """A file that is being made, for one transaction."""
    with closing(sqlite3.connect(path, isolation_level=None)) as raw, database.transaction(raw):
        yield raw


def _there(connection: "HubConnection") -> list[PlanOnHub]:
    """The plans of which a database holds a hub that this person may see."""
    schemas = connection.execute(
        "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'spp\\_%' AND has_schema_privilege(oid, 'USAGE') "
        "AND to_regclass(nspname || '.hub') IS NOT NULL ORDER BY nspname"
    ).fetchall()
    plans = []
    for (schema,) in schemas:
        row = connection.execute(f"SELECT plan_id, form, title FROM {quoted(schema)}.hub".encode()).fetchone()
        if row is not None:
            plans.append(PlanOnHub(schema, *row))
    return plans


def _chosen(plans: list[PlanOnHub], title: str, address: str) -> PlanOnHub:
    """The plan of a title, or the only one.

    Raises:
        HubRefused: if there is none, or several to choose from, or its form is another.
    """
    meant = [plan for plan in plans if title in ("", plan.title, plan.schema)]
    if len(meant) != 1:
        names = ", ".join(f"“{plan.title}” ({plan.schema})" for plan in plans)
        sentence = (
            f"Say which plan of {where(address)} is meant: {names}. Nothing was made."
            if plans
            else f"There is no plan for you in {where(address)}, so nothing was made. Ask to be let in there."
        )
        raise HubRefused("no hub", sentence)
    if meant[0].form != upgrades.VERSION:
        raise HubRefused(
            "another form",
            f"“{meant[0].title}” is kept there in form {meant[0].form}, and this program knows {upgrades.VERSION}, so "
            "no plan was made. Use the program of the same version as the others.",
        )
    return meant[0]
