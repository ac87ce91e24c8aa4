"""A plan and its hub: what is sent comes back as it was, and steps go either way without being lost or repeated."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from spp_desktop.edits import rows
from spp_desktop.hub import exchanging, making
from spp_desktop.hub.problems import HubRefused
from spp_desktop.plan.delivery import Activity
from spp_desktop.store import checking, recording
from spp_desktop.store.workspace import Workspace
from tests.hub.conftest import MadeHub, Server

Open = Callable[[str], Workspace]


def key_of(plan: Workspace, ref: str) -> str:
    """The key of an activity."""
    return str(plan.read_beside(lambda raw: raw.execute("SELECT id FROM activity WHERE ref = ?", (ref,)).fetchone()[0]))


def set_cell(plan: Workspace, ref: str, **cells: Any) -> None:
    """Set cells of an activity, as one step."""
    plan.edit(f"set {', '.join(cells)} of {ref}", rows.change, Activity, key_of(plan, ref), **cells)


def content(plan: Workspace) -> object:
    """The whole content of a plan, its history and what is kept beside it."""
    tables = [*(table.name for table in recording.recorded_tables()), "revision", "change", "head", *recording.BESIDE]
    return plan.read_beside(lambda raw: [sorted(map(repr, raw.execute(f'SELECT * FROM "{name}"'))) for name in tables])


def test_every_row_of_the_worked_sample_comes_back_as_it_was(server: Server, worked: Path) -> None:
    server.run("CREATE DATABASE worked")
    address = server.address("worked")
    with Workspace.open(worked) as plan:
        assert "holds “Strategic Policing Plan" in making.init(plan, address)
        (key,) = plan.read_beside(lambda raw: raw.execute('SELECT id FROM "plan"').fetchone())
        with closing(psycopg.connect(address)) as connection:
            connection.execute(f"SET search_path = {making.schema_of(key)}".encode())
            for name, names, there in making.rows_there(connection):
                columns = ", ".join(f'"{column}"' for column in names)
                query = f'SELECT {columns} FROM "{name}" ORDER BY id'
                assert there == plan.read_beside(lambda raw, query: raw.execute(query).fetchall(), query), name
        assert exchanging.status(plan).sentence() == f"This plan is in step with the hub “worked” on {server.folder}."
        with pytest.raises(HubRefused, match="has a hub there already"):
            making.init(plan, address)


def test_steps_go_from_one_laptop_to_the_other_as_they_were_made(hub: MadeHub, laptops: Open) -> None:
    crime, security = laptops("crime"), laptops("security")
    set_cell(crime, "1.01", percent=40, notes="Über “€”\n½", budget=1e-7)
    crime.edit("add an activity", rows.add, Activity, year=2008, ref="1.09", text="More", **_home(crime))
    crime.undo()
    crime.redo()
    set_cell(crime, "1.01", percent=41)
    crime.edit("remove 2.01", rows.remove, Activity, key_of(crime, "2.01"))
    assert exchanging.status(crime, hub.address()).ahead == 6
    assert exchanging.push(crime).startswith("6 steps were sent.")
    assert exchanging.push(crime).startswith("There is nothing to send")
    behind = exchanging.status(security, hub.address())
    assert (behind.ahead, behind.behind, behind.role) == (0, 6, "planning officer")
    heard: list[object] = []
    security.listen(heard.append)
    assert exchanging.pull(security).startswith("6 steps of the hub")
    assert heard
    assert content(security) == content(crime)
    assert exchanging.pull(security).startswith("There is nothing to take in")
    security.undo()  # what was taken in can be undone as if it had been done here, and goes back the other way
    assert exchanging.push(security).startswith("1 step was sent.")
    assert exchanging.pull(crime).startswith("1 step of the hub")
    assert content(security) == content(crime)
    for plan in (crime, security):
        assert checking.check_file(plan.path).ok


def _home(plan: Workspace) -> dict[str, Any]:
    (key,) = plan.read_beside(lambda raw: raw.execute("SELECT id FROM priority ORDER BY position").fetchone())
    return {"priority_id": key}
