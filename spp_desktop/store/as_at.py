"""The plan as it stood at a moment: opened like any other plan, for reading only, and told from the plan as it is now.

It is a copy of the plan in which everything that was done after the moment is taken back: the rows, what is kept beside
them, and the history, which ends at the moment. So whatever reads a plan reads this one, at the speed of any other. The
copy is in memory and has no file: it is no conflicting copy, nothing is remembered of it, and nobody can check it.
"""

import sqlite3
from contextlib import suppress
from typing import NoReturn

from spp_desktop.plan.words import counted
from spp_desktop.store import database, history, naming, own_words, statements, turned_back
from spp_desktop.store.losses import damage_told
from spp_desktop.store.moments import Moment
from spp_desktop.store.plan_file import PlanOnDisk
from spp_desktop.store.problems import NotKept, PlanRefused
from spp_desktop.store.queries import AS_AT, AsAtMark
from spp_desktop.store.workspace import Workspace


def rows_then(plan: sqlite3.Connection, revision: int) -> sqlite3.Connection:
    """A copy of a plan in memory as it was when a revision had just been made; its history ends with that revision.

    Args:
        plan: A connection to the plan.
        revision: The local number of the revision.
    """
    copy = database.in_memory(plan)
    try:
        copy.execute("PRAGMA foreign_keys=OFF")
        copy.execute("PRAGMA secure_delete=OFF")  # nothing of it is on any disk
        turned_back.to(copy, revision)
        copy.execute("PRAGMA foreign_keys=ON")
        copy.execute("PRAGMA query_only=ON")
    except BaseException:
        copy.close()
        raise
    return copy


class _InMemory(PlanOnDisk):
    """A plan in memory in the place of a plan's file: nobody else reaches it, so it never changes."""

    def __init__(self, plan: Workspace, raw: sqlite3.Connection, moment: Moment) -> None:
        self.path = plan.path.with_name(f"{plan.path.stem} as at {moment.file_words}{plan.path.suffix}")
        self.place, self.taken, self.lock, self.holder = plan.place, "", None, None
        self.raw = raw
        self._engine = statements.engine_on(raw)
        with self.engine.connect() as connection:
            connection.info[AS_AT] = AsAtMark(moment.words, moment.seen, moment.day)
        self.notices = [told(plan, moment)]

    def see(self) -> None:
        """Speak as the plan said then."""
        own_words.go_by(self.raw)

    def is_changed(self) -> bool:
        """Nobody changes it."""
        return False

    def is_another(self) -> bool:
        """No file stands under its name."""
        return False

    def reached_again(self) -> str:
        """It is never out of reach."""
        return ""


class PastWorkspace(Workspace):
    """A plan as it stood at a moment, open for reading only. Made by ``opened``; to be closed like any other.

    Its ``path`` is the name that a copy of it would have beside the plan; there is no file of that name. Its
    ``notices`` say at which moment it is seen, and so does its title, wherever that is shown, printed or written.

    Attributes:
        origin: the plan that it is a moment of.
        moment: the moment.
    """

    def __init__(self, origin: Workspace, moment: Moment) -> None:
        with damage_told(origin.path):
            raw = origin.read_beside(rows_then, moment.last.n)
        super().__init__(_InMemory(origin, raw, moment))
        self.moment = moment
        self.origin = origin

    def close(self) -> None:
        """Let go of it, and speak as the plan says now, if that is still open."""
        self._listeners.clear()
        self._heeding.clear()
        self._file.close()
        with suppress(PlanRefused):
            self.origin.read_beside(_speak)

    def look(self, copies: object = ()) -> bool:
        """What has been never changes."""
        del copies
        return False

    def back_up(self, reason: str) -> NoReturn:
        """Refuse: what has been is in the history of the plan."""
        del reason
        raise NotKept("read-only", f"{self.notices[0]} No earlier version is made of it.")


def _speak(plan: sqlite3.Connection) -> None:
    plan.execute("SELECT 1")  # it may be closed
    own_words.go_by(plan)


def opened(plan: Workspace, moment: Moment) -> PastWorkspace:
    """A plan as it stood at a moment, open for reading only.

    While it is open, the program speaks as the plan said then; once it is closed, as the plan says now.

    Raises:
        PlanRefused: if the plan's file is damaged where it is read.
    """
    return PastWorkspace(plan, moment)


def moment_of(plan: Workspace) -> Moment | None:
    """The moment at which an open plan is seen; ``None`` where it is seen as it is now."""
    return plan.moment if isinstance(plan, PastWorkspace) else None


def plan_now(plan: Workspace) -> Workspace:
    """The plan as it is now, whichever moment of it an open plan is."""
    return plan.origin if isinstance(plan, PastWorkspace) else plan


def told(plan: Workspace, moment: Moment) -> str:
    """What is said of a plan that is seen as it stood at a moment."""
    latest = plan.read_beside(history.latest_until, moment.last.n)
    since = plan.read_beside(history.steps_after, moment.last.n)
    step = f" The latest step then was {naming.step_named(latest)}." if latest else ""
    left = f"{counted(since, 'step')} {'has' if since == 1 else 'have'} been made since" if since else "none came since"
    return f"You see {plan.path.name} {moment.seen}.{step} It is for reading only; {left}."
