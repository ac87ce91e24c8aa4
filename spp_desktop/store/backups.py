"""Earlier versions: whole copies of a plan, made before something is done to it; checked, thinned and listed."""

import hashlib
import itertools
import os
import re
import shutil
import sqlite3
import stat
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import platformdirs

from spp_desktop.store import clock, waiting
from spp_desktop.store.problems import PlanRefused

KEEP_LATEST, KEEP_DAYS, KEEP_WEEKS, KEEP_MONTHS = 10, 14, 8, 12
"""How many are kept: the newest versions, and of older ones the last of each day, week and month."""

COUNTED = ("priority", "activity", "milestone", "indicator")
"""The tables whose rows in an earlier version are counted."""

_NAME = re.compile(
    r"^(?P<stem>.*) (?P<at>\d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d)(?:-(?P<again>\d+))? (?P<reason>.+)\.plan$", re.DOTALL
)
_AT = "%Y-%m-%d %H.%M.%S"


@dataclass(frozen=True)
class Version:
    """An earlier version of a plan.

    Attributes:
        path: Its file.
        at: When it was made, by the clock of the machine that made it.
        reason: Why it was made.
        counts: The number of its rows by table; empty if they were not counted or cannot be read.
        size: The size of its file in bytes.
    """

    path: Path
    at: datetime
    reason: str
    counts: dict[str, int]
    size: int


def folder_of(plan: Path) -> Path:
    """The folder of a plan's earlier versions: beside the plan, or with the person's own data if that is read-only."""
    beside = plan.with_name(f"{plan.stem} - earlier versions")
    if beside.exists() or os.access(plan.parent, os.W_OK):
        return beside
    mark = hashlib.sha256(str(plan.absolute()).encode()).hexdigest()[:8]
    return platformdirs.user_data_path("SPP Desktop") / "earlier versions" / f"{plan.stem} {mark}"


def make(connection: sqlite3.Connection, plan: Path, reason: str) -> Path:
    """Make an earlier version of the plan as it is now, and delete older ones that need not be kept.

    Raises:
        OSError: if it could not be written; nothing is left behind then.
        sqlite3.Error: if the copy is not whole; nothing is left behind then.
    """
    target = _next(plan, reason, clock.local_now())
    _clear_unfinished(target.parent)
    copy_to(connection, target)
    delete(thinned(earlier_versions(plan, counted=False)))
    return target


def begun(plan: Path, reason: str) -> tuple[Path, bool]:
    """The file of an earlier version that is being made beside the work, until ``keep`` gives it its name.

    Returns:
        The file, which is not there yet; and whether another program was killed while it made one for this reason.

    Raises:
        OSError: if there is no folder for it.
    """
    folder = folder_of(plan)
    folder.mkdir(parents=True, exist_ok=True)
    started = _started(folder / f"{plan.stem} {_safe(reason)}.plan")
    started.unlink(missing_ok=True)
    killed = any(folder.glob(f"{_glob(plan.stem)} {_safe(reason)}.plan.*.new"))
    _clear_unfinished(folder)
    return started, killed


def keep(started: Path, plan: Path, reason: str, at: datetime) -> None:
    """Give a whole and checked copy its name among the earlier versions, and delete older ones that need not be kept.

    Raises:
        OSError: if it could not be written.
    """
    _put(started, _next(plan, reason, at))
    delete(thinned(earlier_versions(plan, counted=False)))


def _next(plan: Path, reason: str, now: datetime) -> Path:
    """The file of the next earlier version, in a folder that is there."""
    folder = folder_of(plan)
    folder.mkdir(parents=True, exist_ok=True)
    at = now.strftime(_AT)
    again = 1 + max((place[1] for place, *_ in _listed(plan) if place[0].strftime(_AT) == at), default=0)
    return folder / f"{plan.stem} {at}{f'-{again}' if again > 1 else ''} {_safe(reason)}.plan"


def delete(versions: Iterable[Version]) -> list[Version]:
    """Delete earlier versions, and give those that could not be deleted."""
    for version in (kept := list(versions)):
        for file in (version.path, *_journals_of(version.path)):
            with suppress(OSError):
                file.unlink()
    return [version for version in kept if version.path.exists()]


def made_before(connection: sqlite3.Connection, plan: Path, reason: str) -> str:
    """Make an earlier version before a change, if it can be done; else why not: a full disk stops nobody's work."""
    try:
        make(connection, plan, reason)
    except (OSError, sqlite3.Error) as problem:
        return not_made(plan, problem)
    return ""


def not_made(plan: Path, problem: Exception) -> str:
    """Why there is no earlier version before a change, in a sentence."""
    return (
        f"No earlier version of {plan.name} could be kept before this change ({problem}). The change itself is "
        "kept. Save a copy elsewhere, so that there is one to go back to."
    )


def _clear_unfinished(folder: Path) -> None:
    """Delete copies that a killed program left unfinished. Only the one writer makes copies: no other's is in use."""
    for unfinished in folder.glob("*.plan.*.new*"):
        if f".plan.{os.getpid()}.new" not in unfinished.name:
            with suppress(OSError):
                unfinished.unlink()


def copy_to(connection: sqlite3.Connection, target: Path) -> None:
    """Write a checked copy of an open plan to ``target``; a file there is replaced only once the copy is whole.

    Raises:
        OSError: if it could not be written; sqlite3.Error: if the copy is not whole, or the plan is held by another
            program. Nothing is left behind then.
    """
    started = _started(target)
    try:
        with closing(sqlite3.connect(started, timeout=waiting.WAIT)) as copy:
            for pragma in ("journal_mode=OFF", "synchronous=OFF"):  # the disk has all of it before it gets its name
                copy.execute(f"PRAGMA {pragma}")
            waiting.copy_all(connection, copy)
            demand_whole(copy)
        _put(started, target)
    except BaseException:
        for file in (started, started.with_name(f"{started.name}-journal")):  # on a full disk SQLite may leave it too
            file.unlink(missing_ok=True)
        raise


def _started(target: Path) -> Path:
    """What a file is called until it is whole."""
    return target.with_name(f"{target.name}.{os.getpid()}.new")


def _put(started: Path, target: Path) -> None:
    """Give a whole file its name, once the disk has all of it; and wait until the disk has the name too."""
    with started.open("rb+") as file:
        os.fsync(file.fileno())
    started.replace(target)
    if os.name == "posix":
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            with suppress(OSError):  # some drives cannot do that for a folder
                os.fsync(folder)
        finally:
            os.close(folder)


def demand_whole(copy: sqlite3.Connection) -> None:
    """See that a copy is whole.

    Raises:
        sqlite3.DatabaseError: if it is not.
    """
    verdict = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
    if verdict != "ok":
        raise sqlite3.DatabaseError(verdict)


def set_aside(plan: Path, journals: Iterable[Path]) -> Path:
    """Copy a plan and its journals to the earlier versions, before SQLite puts them in order. Returns the copy.

    Raises:
        OSError: if they could not be copied; nothing is left behind then.
    """
    folder = folder_of(plan)
    folder.mkdir(parents=True, exist_ok=True)
    at = clock.local_now().strftime(_AT)
    return _copy_beside(plan, folder / f"{plan.stem} {at} as found.plan", journals)


def _copy_beside(plan: Path, target: Path, journals: Iterable[Path]) -> Path:
    """Copy a plan and the journals beside it under another name, which they get when all are copied; the plan last.

    Raises:
        OSError: if they could not be copied; nothing is left behind then.
    """
    started = _started(target)
    endings = [*(file.name.removeprefix(plan.name) for file in journals), ""]
    copies = [(started.with_name(started.name + end), target.with_name(target.name + end)) for end in endings]
    try:
        for ending, (copy, _) in zip(endings, copies, strict=True):
            shutil.copy2(plan.with_name(plan.name + ending), copy)
            copy.chmod(copy.stat().st_mode | stat.S_IWUSR)
        for copy, named in copies:
            _put(copy, named)
    except OSError:
        for file in itertools.chain(*copies):
            file.unlink(missing_ok=True)
        raise
    return target


def earlier_versions(plan: Path, *, counted: bool = True) -> list[Version]:
    """The earlier versions of a plan, the newest first; rows are counted only if asked for, and if they can be read."""
    versions = []
    for place, path, reason in sorted(_listed(plan), reverse=True):
        with suppress(OSError):  # it may have gone meanwhile
            size = path.stat().st_size
            versions.append(Version(path, place[0], reason, _counts(path) if counted else {}, size))
    return versions


def _listed(plan: Path) -> Iterator[tuple[tuple[datetime, int], Path, str]]:
    """The earlier versions of a plan by their names: the second, and which one of that second; the file; the reason."""
    for path in folder_of(plan).glob(f"{_glob(plan.stem)} *.plan"):
        match = _NAME.match(path.name)
        at = _moment(match["at"]) if match and match["stem"] == plan.stem else None
        if match and at:
            yield (at, int(match["again"] or 1)), path, match["reason"]


def _moment(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, _AT)  # noqa: DTZ007 - the person's own clock
    except ValueError:
        return None


def open_as_copy(version: Version, target: Path) -> Path:
    """Copy an earlier version to ``target``; the version itself and the plan of today stay as they are.

    Raises:
        PlanRefused: if there is a file of that name already, or it cannot be written.
    """
    if target.exists():
        raise PlanRefused("exists", f"There is a file {target.name} there already; choose another name.")
    try:
        _copy_beside(version.path, target, _journals_of(version.path))
    except OSError as problem:
        raise PlanRefused("elsewhere", f"{target.name} cannot be written: {problem.strerror or problem}.") from None
    return target


def _journals_of(version: Path) -> list[Path]:
    """The copies of journals that were set aside with a plan."""
    beside = (version.with_name(version.name + ending) for ending in ("-journal", "-wal"))
    return [file for file in beside if file.exists()]


def thinned(versions: list[Version]) -> list[Version]:
    """The versions that need not be kept, of versions sorted newest first."""
    kept = set(range(min(KEEP_LATEST, len(versions))))
    for key, most in (("%Y-%m-%d", KEEP_DAYS), ("%G-%V", KEEP_WEEKS), ("%Y-%m", KEEP_MONTHS)):
        periods: dict[str, int] = {}
        for n, version in enumerate(versions):
            periods.setdefault(version.at.strftime(key), n)
        kept |= set(list(periods.values())[:most])
    return [version for n, version in enumerate(versions) if n not in kept]


def _counts(path: Path) -> dict[str, int]:
    """The number of rows by table in a version, with an unfinished change that stands beside it put back in a copy."""
    try:
        with tempfile.TemporaryDirectory() as folder:
            if _journals_of(path):
                path = _copy_beside(path, Path(folder) / path.name, _journals_of(path))
                uri = f"{path.as_uri()}?mode=rw"
            else:
                uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
            with closing(sqlite3.connect(uri, uri=True)) as connection:
                return {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in COUNTED}
    except (OSError, sqlite3.Error):
        return {}


def _safe(reason: str) -> str:
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]', "-", reason)[:60]


def _glob(text: str) -> str:
    return re.sub(r"([*?[])", r"[\1]", text)
