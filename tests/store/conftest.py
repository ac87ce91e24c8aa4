"""What the tests of the store stand on: a small plan that is closed, and ways to harm a file."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlmodel import Session

from spp_desktop.store.workspace import Workspace


def sql(session: Session, statement: str) -> None:
    """A verb: run one statement, as bulk changes do."""
    session.connection().exec_driver_sql(statement)


@pytest.fixture
def closed(workspace: Workspace) -> Path:
    """The small plan's file, with one more step in its history, open nowhere."""
    workspace.edit("retitle the plan", sql, "UPDATE plan SET force='X'")
    workspace.close()
    return workspace.path


@pytest.fixture
def harm() -> Callable[..., None]:
    """Run statements on a file as another program would: no checks, no triggers of ours, foreign keys off."""

    def run(path: Path, *statements: str) -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            for statement in statements:
                connection.execute(statement)

    return run


def bytes_in(path: Path, old: bytes, new: bytes) -> None:
    """Change bytes of a file on disk, all places alike."""
    assert len(old) == len(new)
    held = path.read_bytes()
    assert old in held
    path.write_bytes(held.replace(old, new))
