"""One writer: a file beside the plan that names who has it open for writing."""

import getpass
import json
import os
import platform
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

from spp_desktop.store import clock

SAME_START = 2.0
"""Seconds by which a process's start may differ between two readings of it."""


@dataclass(frozen=True)
class Holder:
    """Who has a plan open for writing. ``started`` is when that program started, in seconds of the epoch."""

    user: str
    machine: str
    process: int
    started: float
    since: str

    def gone(self) -> bool:
        """Whether the program that took the lock certainly runs no more: only known on its own machine."""
        if self.machine != platform.node():
            return False
        try:
            return abs(psutil.Process(self.process).create_time() - self.started) > SAME_START
        except (psutil.NoSuchProcess, ValueError, OverflowError):
            return True
        except psutil.Error:
            return False

    def said(self) -> str:
        """Who and where and since when, as part of a sentence."""
        return f"{self.user} on {self.machine} since {clock.time_in_words(self.since)}"


_SOMEBODY = Holder("somebody", "an unknown machine", 0, 0.0, "an unknown time")


class Held(Exception):
    """Somebody else has the plan open for writing."""

    def __init__(self, holder: Holder) -> None:
        super().__init__(holder.said())
        self.holder = holder


def author() -> str:
    """The name under which changes are signed: the person's log-in name."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


def lock_file(plan: Path) -> Path:
    """The file that says who has a plan."""
    return plan.with_name(plan.name + ".lock")


def take(plan: Path, *, take_over: bool = False) -> Path:
    """Take the plan for writing, and give the lock's file, to be handed to ``release``.

    With ``take_over`` a lock is replaced, unless its holder certainly still runs on this machine.

    Raises:
        Held: if somebody else has it.
        OSError: if no file can be made there.
    """
    path = lock_file(plan)
    me = Holder(
        author(),
        platform.node(),
        os.getpid(),
        psutil.Process().create_time(),
        clock.here().isoformat(timespec="minutes"),
    )
    if take_over:
        holder = holder_of(plan)
        if holder is not None and holder.machine == me.machine and not holder.gone():
            raise Held(holder)
        path.unlink(missing_ok=True)
    try:
        with path.open("x", encoding="utf-8") as file:
            json.dump(asdict(me), file)
    except FileExistsError:
        raise Held(holder_of(plan) or _SOMEBODY) from None
    except OSError:
        # A lock that could not be written, as on a full disk, would shut everybody out.
        with suppress(OSError):
            path.unlink()
        raise
    return path


def release(path: Path) -> None:
    """Give the plan free again, if the lock is still this program's own."""
    with suppress(OSError, ValueError, TypeError, KeyError):
        said = json.loads(path.read_text(encoding="utf-8"))
        if (said["process"], said["machine"]) == (os.getpid(), platform.node()):
            path.unlink()


def holder_of(plan: Path) -> Holder | None:
    """Who has the plan, or ``None``. A lock that cannot be read is held by somebody unknown."""
    path = lock_file(plan)
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        return Holder(
            str(said["user"]), str(said["machine"]), int(said["process"]), float(said["started"]), str(said["since"])
        )
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError, OverflowError):
        return _SOMEBODY
