"""Where a word that is removed from a plan still stands, or may: its earlier versions, files that left it.

What is found is named, and left alone: these files are no part of the plan.
"""

import html
import re
import sqlite3
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from spp_desktop.returns.limits import LIMITS
from spp_desktop.returns.parts import ZIP_PROBLEMS
from spp_desktop.store import backups, clock, database, exports, expunging, places
from spp_desktop.store.backups import Version
from spp_desktop.store.copies import reading
from spp_desktop.store.exports import Export
from spp_desktop.store.history import SEALS, RecordedChange, changes, revisions
from spp_desktop.store.recording import BESIDE
from spp_desktop.store.struck import StruckWord

MOST_FILES = 2_000
"""Files of folders that are looked through."""
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class StillHolding:
    """What still holds a word, or may.

    Attributes:
        versions: earlier versions that hold it.
        files: files in the folders looked through that hold it, or have it in their names.
        unread: earlier versions and files that could not be looked through.
        sent: the plan's own records of files that went out and may hold it, wherever these are now.
    """

    versions: tuple[Version, ...]
    files: tuple[Path, ...]
    unread: tuple[Path, ...]
    sent: tuple[Export, ...]

    def lines(self) -> Iterator[str]:
        """It for a person, a line for each."""
        for version in self.versions:
            yield f"The earlier version of {clock.time_in_words(version.at)} ({version.reason}) holds it."
        for file in self.files:
            yield f"The file {file} holds it."
        for export in self.sent:
            day = f"{clock.local_day(export.at):%d/%m/%Y}"
            whose = f" to {export.owner}" if export.owner else ""
            yield f"{export.file_name} went out{whose} on {day}, and may hold it."
        for file in self.unread:
            yield f"{file} could not be looked through."


def look(connection: sqlite3.Connection, plan: Path, word: StruckWord, folders: Sequence[Path] = ()) -> StillHolding:
    """Look for a word in the earlier versions of a plan, in files beside it, and in what the plan says of files.

    Args:
        connection: Of the plan, before the word is removed.
        plan: The plan's file; the folder that it lies in is looked through, but not the folders in it.
        word: The word.
        folders: More folders, which are looked through with all that is in them.
    """
    unread: list[Path] = []
    versions = []
    with suppress(OSError):
        versions = [
            each for each in backups.earlier_versions(plan, counted=False) if _holds_it(each.path, word, unread)
        ]
    beside = [file for file in plan.parent.glob("*") if file != plan]
    others = [file for folder in folders for file in folder.rglob("*")]
    files = [file for file in dict.fromkeys([*beside, *others][:MOST_FILES]) if _file_holds(file, plan, word, unread)]
    known = {each.path for each in versions}
    return StillHolding(
        tuple(versions),
        tuple(file for file in files if file not in known),
        tuple(dict.fromkeys(unread)),
        tuple(went_out_with(connection, word)),
    )


def _file_holds(file: Path, plan: Path, word: StruckWord, unread: list[Path]) -> bool:
    if not file.is_file() or places.is_away(file):
        return False
    own = file.name.startswith(plan.name)  # its lock, its journal
    return not own and (word.is_in(file.stem) or _holds_it(file, word, unread))


def _holds_it(file: Path, word: StruckWord, unread: list[Path]) -> bool:
    """Whether a file holds a word, as far as it can be looked through."""
    try:
        with file.open("rb") as opened:
            start = opened.read(len(database.MAGIC))
            if file.stat().st_size > LIMITS.file and not start.startswith(database.MAGIC):
                unread.append(file)
                return False
        if start.startswith(database.MAGIC):
            with reading(file) as copy:
                return expunging.holds(copy, word)
        if start.startswith(b"PK"):
            return _packed_holds(file, word)
        return any(word.is_in(text) for text in _texts(file.read_bytes()))
    except (OSError, sqlite3.Error, ValueError, *ZIP_PROBLEMS):
        unread.append(file)
        return False


def _packed_holds(file: Path, word: StruckWord) -> bool:
    room = LIMITS.all_parts
    with zipfile.ZipFile(file) as archive:
        for info in archive.infolist()[: LIMITS.parts]:
            if room <= 0 or info.file_size > LIMITS.part:
                continue
            room -= info.file_size
            for text in _texts(archive.read(info)):
                plain = (html.unescape(_TAG.sub(between, text)) for between in ("", " "))
                if word.is_in(html.unescape(text)) or any(map(word.is_in, plain)):
                    return True
    return False


def _texts(content: bytes) -> Iterator[str]:
    """The text of some bytes, however it is written in them."""
    yield content.decode("utf-8", "replace")
    if b"\x00" in content:
        yield from (content.decode(code, "replace") for code in ("utf-16-le", "utf-16-be"))


def went_out_with(connection: sqlite3.Connection, word: StruckWord) -> Iterator[Export]:
    """The plan's records of files that may hold a word, the newest first.

    Those that went out while it stood in rows, and the next of the same return to the same post, which tells what has
    changed since the one before.
    """
    stood = _steps_with(connection, word)
    had_it: dict[tuple[str, str], bool] = {}
    holding: list[Export] = []
    for (key,) in connection.execute("SELECT id FROM export ORDER BY at, rowid").fetchall():
        export = exports.find(connection, key)
        if export is None:
            continue
        of_same = export.return_id, export.owner
        if export.revision in stood or had_it.get(of_same) or word.is_in(export.file_name):
            holding.append(export)
        had_it[of_same] = export.revision in stood
    return iter(holding[::-1])


def _steps_with(connection: sqlite3.Connection, word: StruckWord) -> set[str]:
    """The ids of the steps behind which a word stood in a row of the plan."""
    cells: set[tuple[str, str]] = set()
    stood: set[str] = set()
    for step in revisions(connection):
        for change in changes(connection, step.n):
            if change.table not in (*BESIDE, SEALS):
                _follow(change, word, cells)
        if cells:
            stood.add(step.id)
    return stood


def _follow(change: RecordedChange, word: StruckWord, cells: set[tuple[str, str]]) -> None:
    """Take in what a change did to the cells in which a word stands."""
    if change.action == "set":
        cells.discard((change.row, change.cell))
        if word.is_in(change.after):
            cells.add((change.row, change.cell))
        return
    cells.difference_update([cell for cell in cells if cell[0] == change.row])
    row = change.after if change.action == "add" else None
    cells.update((change.row, column) for column, value in (row or {}).items() if word.is_in(value))
