"""A PostgreSQL server of one's own, for tests and benches: on a socket in a folder that goes with it."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg


def programs() -> Path | None:
    """The folder of PostgreSQL's own programs; ``None`` where it is not installed."""
    if sys.platform == "win32":
        return None
    on_path = shutil.which("initdb")
    places = [Path(on_path).parent] if on_path else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((place for place in places if (place / "initdb").exists()), None)


@dataclass(frozen=True)
class Server:
    """A PostgreSQL server that was started here."""

    folder: Path

    def address(self, database: str, role: str = "postgres") -> str:
        """The address of a database as a role."""
        return f"postgresql://{role}@/{database}?host={self.folder}"

    def run(self, *statements: str, database: str = "postgres", role: str = "postgres") -> list[tuple[Any, ...]]:
        """Run statements as a role; what the last one gives."""
        with closing(psycopg.connect(self.address(database, role), autocommit=True)) as connection:
            *first, last = statements
            for statement in first:
                connection.execute(statement.encode())
            cursor = connection.execute(last.encode())
            return cursor.fetchall() if cursor.description else []


@contextmanager
def started(place: Path, *settings: str, asking: str = "") -> Iterator[Server]:
    """A server, as long as the context lasts. PostgreSQL does not run as root: there another user does it.

    Args:
        place: The folder of PostgreSQL's programs.
        settings: Its settings, as they are given when it is started: "-c fsync=off".
        asking: A role that is let in only with a password.
    """
    other = "postgres" if os.getuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="spp") as made:  # the name of a socket has to be short
        folder = Path(made)
        if other:
            shutil.chown(folder, other)
        data = folder / "data"

        def run(*words: str) -> None:
            subprocess.run(words, check=True, capture_output=True, user=other, cwd=folder)

        initdb = ("-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "--no-sync", "-D", str(data))
        run(str(place / "initdb"), *initdb)
        if asking:
            rules = data / "pg_hba.conf"
            rules.write_text(f"local all {asking} scram-sha-256\n{rules.read_text()}")
        options = [f"-k {folder}", "-c listen_addresses=", "-c max_connections=30", *settings]
        control = (str(place / "pg_ctl"), "-D", str(data), "-w")
        run(*control, "-l", str(folder / "log"), "-o", " ".join(options), "start")
        try:
            yield Server(folder)
        finally:
            run(*control, "-m", "immediate", "stop")
