"""Attachments of rows, and the files that they name: whether each is there, and still holds what it held.

A file stands by its path from the plan's folder where it lies below that, so that both can move together.
"""

import hashlib
import os
import re
import sqlite3
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from sqlalchemy import Connection, select
from sqlmodel import SQLModel

from spp_desktop.plan.attachments import Attachment
from spp_desktop.store import whole_rows

AttachedState = Literal["unchanged", "changed", "missing", "page"]
"""Whether a file still holds what it held, or is not there; "page" is an address, which is not looked at."""

RUNNING = frozenset({
    ".appimage", ".application", ".bat", ".chm", ".cmd", ".com", ".command", ".cpl", ".desktop", ".exe",
    ".gadget", ".hta", ".inf", ".jar", ".js", ".jse", ".lnk", ".msc", ".msh", ".msi", ".msp", ".mst", ".pif",
    ".ps1", ".ps1xml", ".ps2", ".psc1", ".psm1", ".py", ".pyw", ".reg", ".scf", ".scr", ".sct",
    ".settingcontent-ms", ".sh", ".url", ".vb", ".vbe", ".vbs", ".wsc", ".wsf", ".wsh", ".xll",
})  # fmt: skip
"""Endings of what runs when it is opened, which is never done from here."""

_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class AttachedRow:
    """An attachment: of which row, what it is called, and where it is."""

    key: str
    row_key: str
    title: str
    place: str
    sha256: str
    size: int | None
    looked_on: date | None
    note: str

    @property
    def is_page(self) -> bool:
        """Whether it is an address of the web."""
        return is_address(self.place)


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What a file held: its size in bytes, and its SHA-256 in hexadecimal."""

    size: int
    sha256: str


def attached(connection: Connection, row_key: str | None = None) -> list[AttachedRow]:
    """The attachments of a row, in their order; without a key, of all rows."""
    a = SQLModel.metadata.tables[str(Attachment.__tablename__)]
    query = select(a).order_by(a.c.row_id, a.c.position, a.c.id)
    if row_key is not None:
        query = query.where(a.c.row_id == row_key)
    return [
        AttachedRow(r.id, r.row_id, r.title, r.place, r.sha256, r.size, r.looked_on, r.note)
        for r in connection.execute(query)
    ]


def titles_by_row(connection: Connection, keys: Collection[str] | None = None) -> dict[str, tuple[str, ...]]:
    """What is attached to rows, by the rows' keys: the names of the files and pages; of all rows, or of some."""
    a = SQLModel.metadata.tables[str(Attachment.__tablename__)]
    query = select(a.c.row_id, a.c.title).order_by(a.c.row_id, a.c.position, a.c.id)
    if keys is not None and not keys:
        return {}
    if keys is not None:
        query = query.where(a.c.row_id.in_(list(keys)))
    titles: dict[str, tuple[str, ...]] = {}
    for row, title in connection.execute(query):
        titles[row] = (*titles.get(row, ()), title)
    return titles


def keys_at(connection: Connection, keys: Collection[str]) -> list[str]:
    """The keys of the attachments of some rows, whose history is that of the rows."""
    a = SQLModel.metadata.tables[str(Attachment.__tablename__)]
    return list(connection.execute(select(a.c.id).where(a.c.row_id.in_(list(keys)))).scalars())


class RemovedFiles:
    """Which attachments were taken from rows: their history is that of the rows, too.

    The history is read once, and then only what has come since.
    """

    def __init__(self) -> None:
        self._read_to = 0
        self._by_row: dict[str, list[str]] = {}

    def of(self, connection: sqlite3.Connection, keys: Iterable[str]) -> list[str]:
        """The keys of the attachments that were ever taken from these rows."""
        (newest,) = connection.execute("SELECT coalesce(max(n), 0) FROM change").fetchone()
        if newest != self._read_to:
            self._read_on(connection)
            self._read_to = newest
        return [removed for key in keys for removed in self._by_row.get(key, ())]

    def _read_on(self, connection: sqlite3.Connection) -> None:
        name = str(Attachment.__tablename__)
        query = """SELECT row_id, before FROM step_change
            WHERE n > ? AND row_table = ? AND action = 'remove' ORDER BY n"""
        for key, before in connection.execute(query, (self._read_to, name)):
            row = whole_rows.read(name, before)
            if row is not None:
                self._by_row.setdefault(str(row["row_id"]), []).append(key)


def is_address(place: str) -> bool:
    """Whether a text is an address of the web."""
    return _ADDRESS.fullmatch(place) is not None


def place_of_file(path: Path, plan: Path) -> str:
    """How a file's place is kept: from the plan's folder if it lies below it, with strokes that every system reads."""
    path, folder = Path(os.path.abspath(path)), Path(os.path.abspath(plan.parent))  # noqa: PTH100 - no link is followed
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else str(path)


def file_at(place: str, plan: Path) -> Path:
    """The file that a kept place means."""
    return plan.parent / place


def runs(place: str) -> bool:
    """Whether opening a file would run it; Windows leaves out dots and blanks behind a name."""
    name = place.replace("\\", "/").rpartition("/")[2].partition(":")[0].rstrip(". ")
    return Path(name).suffix.lower() in RUNNING


def read_facts(path: Path, go_on: Callable[[], bool] = lambda: True) -> FileFacts:
    """What a file holds, read in pieces.

    Args:
        path: the file.
        go_on: asked before each piece; if it says no, reading ends.

    Raises:
        OSError: if it is not there, is no ordinary file, or cannot be read.
        InterruptedError: if it was not to go on.
    """
    if not path.is_file():
        raise FileNotFoundError(path)
    size, digest = 0, hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            if not go_on():
                raise InterruptedError
            size += len(piece)
            digest.update(piece)
    return FileFacts(size, digest.hexdigest())


def look_at(row: AttachedRow, plan: Path, go_on: Callable[[], bool] = lambda: True) -> AttachedState:
    """How a file that is attached stands now to what it held when it was looked at."""
    if row.is_page:
        return "page"
    try:
        facts = read_facts(file_at(row.place, plan), go_on)
    except OSError:
        return "missing"
    return "unchanged" if facts.sha256 == row.sha256 else "changed"


def in_words(row: AttachedRow, state: AttachedState) -> str:
    """How a file stands, in a sentence."""
    since = "" if row.looked_on is None else f" on {row.looked_on:%d/%m/%Y}"
    return {
        "unchanged": f"{row.title} is as it was{since}.",
        "changed": f"{row.title} has changed since it was looked at{since}.",
        "missing": f"{row.title} is not there, or cannot be read: {row.place}",
        "page": f"{row.title} is a page of the web, which is not looked at.",
    }[state]
