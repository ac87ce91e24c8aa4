"""What the tests of the store stand on: a small plan that is closed, and ways to harm a file."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlmodel import Session

from spp_desktop.store.workspace import Workspace


def put_over(path: Path, newer: Path) -> None:
    """Put another file in the place of a plan, as programs do that keep folders in step: whole, under its name."""
    if sys.platform == "win32":
        pytest.skip("Windows lets nobody replace a file that is open")
    newer.replace(path)


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


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 2 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], check=False, capture_output=True
    )
    if not mounted or mounted.returncode:
        pytest.skip("a disk of 2 MB can only be mounted by root on Linux")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(folder: Path, leave: int) -> Path:
    """Fill a disk but for so many bytes."""
    block = folder / "block"
    free = os.statvfs(folder)
    block.write_bytes(b"\0" * (free.f_bavail * free.f_frsize - leave))
    return block
