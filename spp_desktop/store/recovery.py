"""Deals with a journal that an unfinished change left beside a plan: on a copy first, before SQLite opens the plan.

Nothing is read from a plan beside which a journal stands, not even its header, before the journal is put back in it.
"""

import errno
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Literal

from spp_desktop.store import backups, copies, database, locks
from spp_desktop.store.problems import BUSY, UNLOCKABLE, PlanRefused, not_read

Belonging = Literal["none", "own", "strange", "damaged"]
"""What a journal is: with nothing to put back; the plan's own; of another file; of a plan that is damaged."""


def check_header(path: Path) -> None:
    """Refuse a file that is no plan for this program, by its header once an unfinished change is put back in a copy.

    Raises:
        PlanRefused: as ``database.check_header``; or if the file is held by another program.
    """
    with _refused_if_held(path):
        copies.form_of(path)


def settle(path: Path, *, writing: bool) -> tuple[list[str], bool]:
    """Deal with a journal beside a plan: keep copies of both, and move away a journal that is of another file.

    Args:
        path: The plan's file.
        writing: Whether files beside the plan may be changed.

    Returns:
        Sentences for the person, and whether the plan must be read without its journal.

    Raises:
        PlanRefused: if the plan cannot be put in order; nothing has been changed then.
    """
    if not database.journals(path):
        return [], False
    with _refused_if_held(path):
        belonging = tried(path)
        if belonging == "damaged":
            raise PlanRefused(
                "damaged",
                f"{path.name} was left in the middle of a change and is damaged. Nothing was changed; "
                "open an earlier version from the File menu.",
            )
        if belonging == "none":
            return [], False
        if belonging == "own":
            return [_put_back(path)], False
        if not writing:
            return [f"Beside {path.name} lies a journal that is not its own; it was left alone."], True
        backups.set_aside(path, database.journals(path))
        for journal in database.journals(path):
            journal.unlink()
    return [
        f"Beside {path.name} lay a journal that is not its own. It was moved to the earlier versions; "
        "the plan is as it was."
    ], False


@contextmanager
def _refused_if_held(path: Path) -> Iterator[None]:
    """Within it, a plan that cannot be copied or put in order just now is refused, and it is said why.

    Raises:
        PlanRefused: if so.
    """
    try:
        yield
    except OSError as problem:
        trouble = BUSY if locks.lockable(path.parent) else UNLOCKABLE
        refusal = not_read(trouble, path.name) if problem.errno == errno.EBUSY else None
        raise refusal or PlanRefused(
            "in use",
            f"{path.name} was left in the middle of a change, which cannot be put in order now: "
            f"{problem.strerror or problem}. Nothing was changed.",
        ) from None


def _put_back(path: Path) -> str:
    """Make sure that SQLite can put an unfinished change back, keep copies, and give the sentence that says so."""
    if not database.writable(path):
        raise PlanRefused(
            "elsewhere",
            f"{path.name} was left in the middle of a change, which cannot be put back where nothing may be "
            "written. Copy it, with the journal beside it, to a folder of your own and open it there.",
        )
    try:
        backups.set_aside(path, database.journals(path))
    except OSError:
        return f"{path.name} was left in the middle of a change, which was put back; no copy of it could be kept."
    return (
        f"{path.name} was left in the middle of a change, which was put back: the last step may be missing. "
        "The file as it was found is among the earlier versions."
    )


def tried(path: Path) -> Belonging:
    """What the journal beside a plan is, by what SQLite makes of a copy of both.

    Raises:
        OSError: if no copy can be made, or another program is writing to the plan just now.
    """
    with tempfile.TemporaryDirectory() as folder:
        ordered, left_out = Path(folder) / "ordered.plan", Path(folder) / "left out.plan"
        if not copies.copied(path, ordered):
            return "none"
        copies.copied(path, left_out, journals=False)
        settled = copies.settled(ordered)
        if settled and _sealed(ordered):
            return "own"
        if copies.settled(left_out) and _sealed(left_out):
            return "strange"
        return "own" if settled else "damaged"


def as_it_stands(path: Path) -> sqlite3.Connection:
    """A copy in memory of a plan that lies where nothing can be locked, as it is at this moment.

    Raises:
        PlanRefused: if it cannot be read.
    """
    with _refused_if_held(path), database.damage_told(path), tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / path.name
        for file in (path, *database.journals(path)):
            shutil.copyfile(file, copy.with_name(file.name))
        with closing(database.connect(copy, writing=False)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_schema")
            return database.in_memory(connection)


def _sealed(copy: Path) -> bool:
    """Whether the history in a copy is as it was written, by its seals."""
    try:
        with copies.reading(copy) as connection:
            from spp_desktop.store import checking_chain  # late: seldom

            return not list(checking_chain.broken_chain(connection))
    except (sqlite3.Error, ValueError, TypeError):
        return False
