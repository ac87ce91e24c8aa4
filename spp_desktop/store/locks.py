"""The lock of a plan: a file beside it that names the one program that has it open for writing."""

import getpass
import json
import os
import platform
import sqlite3
import tempfile
from contextlib import closing, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from spp_desktop.store import clock

SAME_START = 2.0
"""Seconds by which two readings of one process's start may differ."""


@dataclass(frozen=True)
class Holder:
    """The program that has a plan open for writing.

    Attributes:
        user: The log-in name of the person.
        machine: The name of the machine.
        process: The number of the process.
        started: When the process started, in seconds since 1970.
        since: When it took the lock, an ISO time.
    """

    user: str
    machine: str
    process: int
    started: float
    since: str

    def is_here(self) -> bool:
        """Whether that program is of this machine, which alone can tell whether it still runs."""
        return self.machine == platform.node()

    def gone(self) -> bool:
        """Whether that program certainly no longer runs; only its own machine can tell."""
        if not self.is_here():
            return False
        import psutil  # late: a plan may be read without

        try:
            process = psutil.Process(self.process)
            another = abs(process.create_time() - self.started) > SAME_START
            return another or process.status() == psutil.STATUS_ZOMBIE  # ended, though its parent has not looked yet
        except (psutil.NoSuchProcess, ValueError, OverflowError):
            return True
        except psutil.Error:
            return False

    def in_words(self) -> str:
        """The person, the machine and the time of the lock, as part of a sentence."""
        return f"{self.user} on {self.machine} since {clock.time_in_words(self.since)}"


_SOMEBODY = Holder("somebody", "an unknown machine", 0, 0.0, "an unknown time")


class LockHeld(Exception):
    """Somebody else has the plan open for writing."""

    def __init__(self, holder: Holder) -> None:
        super().__init__(holder.in_words())
        self.holder = holder


def author() -> str:
    """The name that changes are signed with: the person's log-in name."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


def lock_file(plan: Path) -> Path:
    """The path of a plan's lock file."""
    return plan.with_name(plan.name + ".lock")


def take(plan: Path, *, take_over: bool = False) -> Path:
    """Lock a plan for writing.

    Args:
        plan: The plan's file.
        take_over: Whether to replace the lock of another program, unless that certainly still runs on this machine.

    Returns:
        The lock file, for ``release``.

    Raises:
        LockHeld: if somebody else has the plan open for writing.
        OSError: if no file can be made beside the plan.
    """
    import psutil  # late: as above

    path = lock_file(plan)
    me = Holder(
        author(),
        platform.node(),
        os.getpid(),
        psutil.Process().create_time(),
        clock.local_now().isoformat(timespec="minutes"),
    )
    if take_over:
        holder = holder_of(plan)
        if holder is not None and holder.is_here() and not holder.gone():
            raise LockHeld(holder)
        path.unlink(missing_ok=True)
    try:
        with path.open("x", encoding="utf-8") as file:
            json.dump(asdict(me), file)
    except FileExistsError:
        raise LockHeld(holder_of(plan) or _SOMEBODY) from None
    except OSError:
        # A lock file left empty, as on a full disk, would shut everybody out.
        with suppress(OSError):
            path.unlink()
        raise
    return path


def taken_by(plan: Path) -> Holder | None:
    """Who has taken a plan over that this program had locked; ``None`` while the lock is its own, or cannot be seen."""
    if not lock_file(plan).exists():
        return None
    other = holder_of(plan)
    own = other is None or other is _SOMEBODY or (other.process, other.machine) == (os.getpid(), platform.node())
    return None if own else other


def release(path: Path) -> None:
    """Remove a lock file, if it is still this program's own."""
    with suppress(OSError, ValueError, TypeError, KeyError):
        lock = json.loads(path.read_text(encoding="utf-8"))
        if (lock["process"], lock["machine"]) == (os.getpid(), platform.node()):
            path.unlink()


def lockable(folder: Path) -> bool:
    """Whether files in a folder can be locked, tried on one that nobody else knows; where none can be made, they can.

    Some network drives lock nothing, and SQLite says of every file there that another program holds it.
    """
    try:
        with tempfile.TemporaryDirectory(prefix=".spp-", dir=folder) as tried:
            file = Path(tried) / "lock"
            file.touch()
            with closing(sqlite3.connect(file, timeout=0.0, isolation_level=None)) as connection:
                connection.execute("BEGIN EXCLUSIVE")
    except OSError:
        return True
    except sqlite3.Error:
        return False
    return True


def holder_of(plan: Path) -> Holder | None:
    """Who has the plan open for writing, or ``None``. The holder of a lock that cannot be read is unknown."""
    path = lock_file(plan)
    try:
        lock = json.loads(path.read_text(encoding="utf-8"))
        return Holder(
            str(lock["user"]), str(lock["machine"]), int(lock["process"]), float(lock["started"]), str(lock["since"])
        )
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError, OverflowError):
        return _SOMEBODY
