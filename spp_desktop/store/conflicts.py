"""Copies of a plan that a folder kept in step makes where two people changed one at once: told by name and content."""

import re
import sqlite3
from collections.abc import Collection
from contextlib import closing
from pathlib import Path

from spp_desktop.plan.words import counted
from spp_desktop.store import clock
from spp_desktop.store.database import ENDING

_MARKS = (
    r" ?[(\[][^)\]]*(?i:conflict)[^)\]]*[)\]]",  # Dropbox, Nextcloud: "plan (Jane's conflicted copy 2009-03-31).plan"
    r"[._](?:sync-)?(?i:conflict).*",  # Syncthing, ownCloud: "plan.sync-conflict-20090331-101500-ABCDEFG.plan"
    r"-[A-Z][A-Z0-9-]{2,14}",  # OneDrive, with the name of the machine: "plan-LAPTOP2.plan"
    r" ?\(\d{1,3}\)",  # Google Drive: "plan (1).plan"
    r" \d{1,2}",  # iCloud: "plan 2.plan"
)
_MARKED = re.compile("|".join(_MARKS))

PATIENCE = 2_000_000
"""SQLite's own steps after which reading another copy is given up."""


def conflicting(path: Path, connection: sqlite3.Connection) -> list[tuple[Path, str]]:
    """The copies beside a plan that hold steps which it lacks, each with a sentence about it.

    Args:
        path: The plan's file.
        connection: Of the plan.
    """
    try:
        others = [file for file in path.parent.iterdir() if file.suffix == ENDING and _marked(path.stem, file.stem)]
    except OSError:
        return []
    if not others:
        return []
    (key,) = connection.execute('SELECT id FROM "plan"').fetchone() or ("",)
    steps = {step for (step,) in connection.execute("SELECT id FROM revision")}
    sentences = ((other, _sentence(path, other, key, steps)) for other in sorted(others))
    return [(other, sentence) for other, sentence in sentences if sentence]


def _marked(stem: str, other: str) -> bool:
    """Whether one of two names is the other with a mark of a folder kept in step behind it."""
    shorter, longer = sorted((stem, other), key=len)
    mark = longer.removeprefix(shorter)
    return mark != longer and _MARKED.fullmatch(mark) is not None


def _sentence(path: Path, other: Path, plan_key: str, steps: Collection[str]) -> str:
    """What a copy holds that the plan does not; "" for no copy of it, or one with nothing of its own."""
    try:
        own = _steps_of_its_own(other, plan_key, steps)
        if not own:
            return ""
        author, at, label = own[-1]
        number, when = counted(len(own), "step"), clock.time_in_words(at)
    except (sqlite3.Error, ValueError, TypeError):
        return ""
    return (
        f"Beside {path.name} lies {other.name}, another copy of this plan, as a folder that is kept in step leaves "
        "it where two people changed one plan at once. "
        f"It holds {number} that {path.name} lacks, the last “{label}” by {author}, {when}."
    )


def _steps_of_its_own(other: Path, plan_key: str, steps: Collection[str]) -> list[tuple[str, str, str]]:
    """The steps of another file that are not among some: who, when and what; none if it is no copy of the plan."""
    uri = f"{other.absolute().as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as connection:
        connection.execute("PRAGMA trusted_schema=OFF")
        connection.set_progress_handler(lambda: 1, PATIENCE)
        if connection.execute('SELECT id FROM "plan"').fetchone() != (plan_key,):
            return []
        query = "SELECT id, author, at, label FROM revision WHERE kind <> 'beside' ORDER BY n"
        return [(author, at, label) for key, author, at, label in connection.execute(query) if key not in steps]
