"""Turns errors of the database and the disk into sentences: a change could not be written, a row not read.

It is apart from ``problems`` because it needs SQLAlchemy, which the first look at a plan does not wait for.
"""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store.problems import NotKept, PlanRefused, not_kept


@contextmanager
def losses_told(name: str) -> Iterator[None]:
    """A context in which errors of writing to the file of this name are raised as sentences.

    Raises:
        RuleBroken: if the database refused a value.
        NotKept: if a change could not be written.
    """
    try:
        yield
    except (DBAPIError, sqlite3.Error) as problem:
        error = problem.orig if isinstance(problem, DBAPIError) else problem
        if isinstance(error, sqlite3.IntegrityError):
            raise _rule_broken(error) from problem
        raise (
            not_kept(error, name) if isinstance(error, sqlite3.Error) else NotKept("unreadable", str(error))
        ) from problem
    except UnicodeEncodeError as problem:
        raise RuleBroken("", "This text holds half a character, which cannot be kept. Type it again.") from problem
    except OSError as problem:
        raise NotKept(
            "full" if problem.errno == errno.ENOSPC else "unreadable",
            f"{name} could not be written: {problem.strerror or problem}. The plan is as it was; try another place.",
        ) from problem


@contextmanager
def damage_told(name: str) -> Iterator[None]:
    """A context in which errors of reading the file of this name are raised as a sentence.

    Raises:
        PlanRefused: if a part of the file is damaged and cannot be read.
    """
    try:
        yield
    except (DBAPIError, sqlite3.Error, ValueError, TypeError) as problem:
        reason = problem.orig if isinstance(problem, DBAPIError) else problem
        raise PlanRefused(
            "damaged",
            f"Part of {name} cannot be read ({reason}). Check the plan from the Help menu to see where.",
        ) from problem


def _rule_broken(error: sqlite3.IntegrityError) -> RuleBroken:
    words = str(error)
    if words.startswith("UNIQUE"):
        return RuleBroken(
            words.rpartition(".")[2], "Something else in the plan already has this, so nothing was changed."
        )
    if words.startswith("FOREIGN KEY"):
        return RuleBroken("", "Something in the plan still belongs to this, so nothing was changed.")
    return RuleBroken("", f"This would break a rule of the plan, so nothing was changed ({words}).")
