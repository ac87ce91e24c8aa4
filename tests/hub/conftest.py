"""What the tests of hubs stand on: a PostgreSQL server that they start themselves, and the hub of the small plan."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from spp_desktop.hub import making, members
from spp_desktop.store import history
from spp_desktop.store.workspace import Workspace
from tests.hub.server import Server, programs, started

OFFICER, CRIME, SECURITY = "officer", "crime", "security"
READER, STRANGER, LOCKED_OUT = "reader", "stranger", "locked_out"
"""Who can log in at the server: LOCKED_OUT only with a password that nobody has."""

_numbers = count()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A server that this session of tests starts and stops: on a socket in a folder of its own, with nothing kept."""
    place = programs()
    if place is None:
        pytest.skip("PostgreSQL is not installed here")
    with started(place, "-c fsync=off", asking=LOCKED_OUT) as running:
        running.run(*(f"CREATE ROLE {role} LOGIN" for role in (OFFICER, CRIME, SECURITY, READER, STRANGER)))
        running.run(f"CREATE ROLE {LOCKED_OUT} LOGIN PASSWORD 'never told'")
        yield running


@dataclass(frozen=True)
class MadeHub:
    """The hub of the small plan, in a database of its own, and a copy of that plan for each who works with it."""

    server: Server
    database: str
    folder: Path
    plan: Path
    schema: str

    def address(self, role: str = OFFICER) -> str:
        """Its address as a role."""
        return self.server.address(self.database, role)

    def run(self, *statements: str, role: str = "postgres") -> list[tuple[Any, ...]]:
        """Run statements in its schema as a role; what the last one gives."""
        path = f"SET search_path = {self.schema}, pg_temp"
        return self.server.run(path, *statements, database=self.database, role=role)

    def laptop(self, name: str) -> Workspace:
        """A copy of the plan as the hub was made of it, open under a name."""
        return Workspace.open(shutil.copyfile(self.plan, self.folder / f"{name}.plan"))


def posts(plan: Workspace) -> dict[str, str]:
    """The keys of the posts of a plan by their titles."""
    return dict(plan.read_beside(lambda raw: raw.execute("SELECT title, id FROM post").fetchall()))


@pytest.fixture(scope="session")
def small_hub(server: Server, small_plan: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database in which the hub of the small plan was made, with its members; it is only copied."""
    server.run("CREATE DATABASE made_once")
    copy = shutil.copyfile(small_plan, tmp_path_factory.mktemp("hub") / "plan.plan")
    address = server.address("made_once")
    with Workspace.open(copy) as plan:
        making.init(plan, address)
        members.let_in(plan, OFFICER, "planning officer", address=address)
        members.let_in(plan, CRIME, "staff officer", posts=["ACC Crime"], address=address)
        members.let_in(plan, SECURITY, "staff officer", posts=["ACC Security"], address=address)
        members.let_in(plan, READER, "reader", address=address)
    return "made_once"


@pytest.fixture
def hub(server: Server, small_hub: str, small_plan: Path, tmp_path: Path) -> Iterator[MadeHub]:
    """The hub of the small plan, for one test."""
    database = f"hub_{next(_numbers)}"
    server.run(f"CREATE DATABASE {database} TEMPLATE {small_hub}")
    with Workspace.open(shutil.copyfile(small_plan, tmp_path / "key.plan"), read_only=True) as plan:
        key = plan.read_beside(history.plan_key)
    yield MadeHub(server, database, tmp_path, small_plan, making.schema_of(key))
    server.run(f"DROP DATABASE {database} WITH (FORCE)")


@pytest.fixture
def laptops(hub: MadeHub) -> Iterator[Callable[[str], Workspace]]:
    """Opens copies of the plan by their names, and closes them in the end."""
    opened: list[Workspace] = []

    def open_copy(name: str) -> Workspace:
        opened.append(hub.laptop(name))
        return opened[-1]

    yield open_copy
    for workspace in opened:
        workspace.close()
