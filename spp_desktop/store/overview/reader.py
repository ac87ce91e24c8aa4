"""What the overview reads a plan through: the workspace that is open, or the file beside it, for a job."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from sqlalchemy import Connection, Engine

from spp_desktop.store import database, held_reads, statements
from spp_desktop.store.losses import damage_told

P = ParamSpec("P")
T = TypeVar("T")


class PlanReader(Protocol):
    """Gives what named reads give: an open workspace does."""

    def read(self, query: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What a named read of the content gives."""

    def read_beside(
        self, read: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """What a named read of the history, and of what is kept beside the content, gives."""

    def holding(self) -> AbstractContextManager[None]:
        """Hold what named reads give that are made again and again, until this ends."""


class FileReader:
    """Reads a plan's file through a connection of its own."""

    def __init__(self, connection: sqlite3.Connection, engine: Engine) -> None:
        self._raw, self._engine = connection, engine

    def read(self, query: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What a named read of the content gives."""
        with self._engine.connect() as connection:
            return query(connection, *args, **kwargs)

    def read_beside(
        self, read: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """What a named read of the history, and of what is kept beside the content, gives."""
        return read(self._raw, *args, **kwargs)

    @contextmanager
    def holding(self) -> Iterator[None]:
        """Hold what named reads give that are made again and again, until this ends."""
        with self._engine.connect() as connection, held_reads.holding(connection):
            yield


@contextmanager
def file_reader(path: Path) -> Iterator[FileReader]:
    """A reader of a plan's file, for a job beside the window.

    Raises:
        PlanRefused: if the file cannot be read.
    """
    connection = database.connect(path, writing=False)
    engine = statements.engine_on(connection)
    try:
        with damage_told(path):
            yield FileReader(connection, engine)
    finally:
        engine.dispose()
        connection.close()
