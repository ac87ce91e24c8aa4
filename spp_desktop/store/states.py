"""A state of a plan by its name: a moment of its history, an edition, a copy of it, or a file that left it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from spp_desktop.store import as_at, database, moments, opening, statements
from spp_desktop.store.moments import Moment
from spp_desktop.store.overview.reader import FileReader, PlanReader
from spp_desktop.store.problems import NoSuchMoment


@dataclass(frozen=True)
class PlanState:
    """A state of a plan that can be read.

    Attributes:
        words: what it is called: "30 Sep 2026", "edition 2 (…)", "now", "Copy of 1 October.plan".
        connection: to it, for reading.
        moment: the moment of the plan's history that it is; ``None`` for a copy, which may have gone on by itself.
    """

    words: str
    connection: sqlite3.Connection
    moment: Moment | None

    @property
    def reader(self) -> FileReader:
        """What reads it as any plan is read."""
        return FileReader(self.connection, statements.engine_on(self.connection))


@contextmanager
def state(plan: PlanReader, name: str) -> Iterator[PlanState]:
    """A state of a plan.

    Args:
        plan: The plan.
        name: A moment as ``moments.read_moment`` reads it; or the path of another copy of the plan, such as an earlier
            version; or of a file that left it, which stands for the moment at which it did: a return, a saved table.

    Raises:
        NoSuchMoment: if it names none; PlanRefused: if a copy cannot be read.
    """
    path = Path(name)
    if path.is_file() and is_plan(path):
        opened = opening.open_file(path.absolute(), read_only=True)
        with closing(opened.raw):
            yield PlanState(path.name, opened.raw, None)
        return
    if name.strip().casefold() == moments.NOW:
        yield PlanState(moments.NOW, plan.read_beside(lambda raw: raw), plan.read_beside(moments.now))
        return
    moment = moment_of(plan, name)
    with closing(plan.read_beside(as_at.rows_then, moment.last.n)) as connection:
        yield PlanState(moment.words, connection, moment)


def moment_of(plan: PlanReader, name: str) -> Moment:
    """The moment that a text names, or a file that left the plan then.

    Raises:
        NoSuchMoment: if it names none.
    """
    path = Path(name)
    if path.is_file():
        return plan.read_beside(moments.of_file, path)
    try:
        return plan.read_beside(moments.read_moment, name)
    except NoSuchMoment:
        if path.suffix[1:].isalpha():
            raise NoSuchMoment(f"There is no file {path.name} in {path.absolute().parent}.") from None
        raise


def is_plan(path: Path) -> bool:
    """Whether a file is a plan, as far as its first bytes say."""
    with path.open("rb") as file:
        return file.read(len(database.MAGIC)) == database.MAGIC
