"""Turns errors of the database and the disk into sentences: a change could not be written, a row not read.

SQLAlchemy, whose errors are among them, is loaded when there is one: a plan is read without it.
"""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import locked_periods, locks
from spp_desktop.store.problems import (
    BUSY,
    CHANGE,
    DAMAGED,
    UNLOCKABLE,
    UNREADABLE,
    NotKept,
    PlanRefused,
    Trouble,
    not_kept,
    not_read,
    trouble_of,
)

UNFIT = (ValueError, TypeError)
"""What is raised by a cell that does not hold what cells of its kind hold."""
UNFIT_HISTORY = (*UNFIT, LookupError, AttributeError)
"""The same of a step of the history, in which a row is one text."""


@contextmanager
def losses_told(file: Path, lost: str = CHANGE, *, name: str = "") -> Iterator[None]:
    """A context in which errors of writing to a file are raised as sentences.

    Args:
        file: The file.
        lost: What has become of what was to be written: "this change is not kept".
        name: What the file is called, if not by its name.

    Raises:
        RuleBroken: if the database refused a value.
        NotKept: if a change could not be written.
    """
    name = name or file.name
    try:
        yield
    except _of_database() as problem:
        error = _of_driver(problem)
        if isinstance(error, sqlite3.IntegrityError):
            raise _rule_broken(error) from problem
        if not isinstance(error, sqlite3.Error):
            raise NotKept("unreadable", str(error)) from problem
        raise not_kept(_trouble(error, file) or error, name, lost) from problem
    except UnicodeEncodeError as problem:
        raise RuleBroken("", "This text holds half a character, which cannot be kept. Type it again.") from problem
    except OSError as problem:
        raise NotKept(
            "full" if problem.errno == errno.ENOSPC else "unreadable",
            f"{name} could not be written: {problem.strerror or problem}. The plan is as it was; try another place.",
        ) from problem


@contextmanager
def damage_told(file: Path, unfit: tuple[type[Exception], ...] = UNFIT) -> Iterator[None]:
    """A context in which errors of reading a file are raised as a sentence.

    What a read refuses of what it was given is no damage, and is raised as it is.

    Args:
        file: The file.
        unfit: What is raised where the file holds what cannot stand there.

    Raises:
        PlanRefused: if a part of the file cannot be read: it is damaged, or held, unlockable or out of reach.
    """
    try:
        yield
    except (*_of_database(), *unfit) as problem:
        if isinstance(problem, RuleBroken):
            raise
        reason = _of_driver(problem)
        if isinstance(reason, sqlite3.Error):
            refusal = held_refusal(reason, file)
            if refusal is not None:
                raise refusal from problem
        raise PlanRefused(
            "damaged", f"Part of {file.name} cannot be read ({reason}). {DAMAGED.when_reading}"
        ) from problem


@contextmanager
def damaged_step_told(file: Path, label: str) -> Iterator[None]:
    """A context in which what a step of the history cannot have recorded is raised as a sentence.

    Raises:
        NotKept: if the step is damaged in the history of the file.
    """
    try:
        yield
    except UNFIT_HISTORY as problem:
        if isinstance(problem, RuleBroken):
            raise
        raise NotKept(
            "damaged",
            f"The history of {file.name} is damaged where it tells of “{label}”, so this step cannot be undone or put "
            f"back. Nothing was changed. {DAMAGED.when_reading}",
        ) from problem


def held_refusal(error: sqlite3.Error, file: Path) -> PlanRefused | None:
    """The refusal to read a file that is held, unlockable or out of reach; ``None`` for one with another trouble."""
    return not_read(_trouble(error, file) or error, file.name)


def _of_database() -> tuple[type[Exception], ...]:
    """What SQLite raises, and what SQLAlchemy raises in its place."""
    from sqlalchemy.exc import DBAPIError

    return DBAPIError, sqlite3.Error


def _of_driver(problem: Exception) -> BaseException | None:
    """What SQLite raised, of what SQLAlchemy raised in its place."""
    from sqlalchemy.exc import DBAPIError

    return problem.orig if isinstance(problem, DBAPIError) else problem


def _trouble(error: sqlite3.Error, file: Path) -> Trouble | None:
    """What an error says of a file.

    SQLite calls it busy, too, where the system cannot lock anything, and damaged, too, where Linux answers a read with
    EIO, as of a share that has gone away.
    """
    trouble = trouble_of(error)
    if trouble is DAMAGED and not _in_sight(file):
        return UNREADABLE
    return UNLOCKABLE if trouble is BUSY and not locks.lockable(file.parent) else trouble


def _in_sight(file: Path) -> bool:
    """Whether a file is there, so far as its folder can be seen."""
    try:
        file.stat()
    except OSError:
        return False
    return True


def _rule_broken(error: sqlite3.IntegrityError) -> RuleBroken:
    from spp_desktop.store import closed_years  # late: a plan is read without what it needs

    words = str(error)
    if words == locked_periods.SIGN:
        return RuleBroken("period_id", locked_periods.LOCKED)
    if words == closed_years.SIGN:
        return RuleBroken("year", closed_years.CLOSED)
    if words.startswith("UNIQUE"):
        return RuleBroken(
            words.rpartition(".")[2], "Something else in the plan already has this, so nothing was changed."
        )
    if words.startswith("FOREIGN KEY"):
        return RuleBroken("", "Something in the plan still belongs to this, so nothing was changed.")
    return RuleBroken("", f"This would break a rule of the plan, so nothing was changed ({words}).")
