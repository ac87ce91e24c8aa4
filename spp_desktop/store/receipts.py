"""The plan's own record of what came back: each file received, what was decided about it, and how it ended.

Nothing here is content: a receipt says what was done with a file, and the history what that changed in the plan.
Everything is written through ``Workspace.write_beside``, or in one transaction with the revision that takes a file
in, through ``Workspace.edit(beside=...)``.
"""

import sqlite3
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields
from typing import Literal

ReceiptState = Literal["open", "applied", "superseded", "set aside"]
"""Kept for review; taken in; overtaken by a corrected version from the same sender; closed without taking it in."""

Verdict = Literal["accept", "reject"]

MOST_CONTENT = 1 << 28
"""Bytes that a received file's content may have once unpacked: a plan made to fill the memory is not believed."""

SCHEMA = (
    """CREATE TABLE receipt (
        id TEXT PRIMARY KEY, identity TEXT NOT NULL, export TEXT NOT NULL, file_name TEXT NOT NULL,
        file_hash TEXT NOT NULL, sender TEXT NOT NULL, at TEXT NOT NULL, author TEXT NOT NULL, state TEXT NOT NULL,
        closed_at TEXT NOT NULL, revision TEXT NOT NULL, outcome TEXT NOT NULL, content BLOB NOT NULL)""",
    """CREATE TABLE decision (
        receipt TEXT NOT NULL, subject TEXT NOT NULL, verdict TEXT NOT NULL, value TEXT NOT NULL,
        reason TEXT NOT NULL, at TEXT NOT NULL, author TEXT NOT NULL, PRIMARY KEY (receipt, subject))""",
)


@dataclass(frozen=True)
class Receipt:
    """A file that came back and was kept for review.

    Attributes:
        id: the receipt's key.
        identity: which export it answers, as ``returns.placement.identity_text`` writes it. Just a text here.
        export: the id of that export.
        file_name: the file's name, without its folder.
        file_hash: SHA-256 of the file, in hexadecimal.
        sender: who sent it, as the person who received it says.
        at: when it was received, an ISO time in UTC.
        author: who received it, by log-in name.
        state: what has become of it.
        closed_at: when it was closed, an ISO time in UTC; empty while it is open.
        revision: the id of the revision that took it in; empty if none did.
        outcome: what was accepted, changed, refused and why, a JSON text written when it is closed; else empty.
    """

    id: str
    identity: str
    export: str
    file_name: str
    file_hash: str
    sender: str
    at: str
    author: str
    state: ReceiptState = "open"
    closed_at: str = ""
    revision: str = ""
    outcome: str = ""


@dataclass(frozen=True)
class Decision:
    """What a person decided about one thing in a file received.

    Attributes:
        receipt: the id of the receipt it belongs to.
        subject: what it is about; unique within the receipt. Just a text here.
        verdict: whether what came back is taken in.
        value: what was put in the place of the answer, as typed; empty to take the answer as it is.
        reason: why, in the person's words; may be empty.
        at: when it was decided, an ISO time in UTC.
        author: who decided, by log-in name.
    """

    receipt: str
    subject: str
    verdict: Verdict
    value: str
    reason: str
    at: str
    author: str


_RECEIPT = ", ".join(column.name for column in fields(Receipt))
_DECISION = ", ".join(column.name for column in fields(Decision))


def add(connection: sqlite3.Connection, receipt: Receipt, content: bytes) -> None:
    """Keep a file that came back, with its content, which is packed here and unpacked by ``content``.

    Raises:
        ValueError: if the content is larger than ``MOST_CONTENT``.
    """
    if len(content) > MOST_CONTENT:
        raise ValueError(f"a file's content may have {MOST_CONTENT:,} bytes, not {len(content):,}")
    values = (*astuple(receipt), zlib.compress(content))
    marks = ", ".join("?" * len(values))
    connection.execute(f"INSERT INTO receipt ({_RECEIPT}, content) VALUES ({marks})", values)


def find(connection: sqlite3.Connection, key: str) -> Receipt | None:
    """One receipt, if this plan has it."""
    return next(iter(_those(connection, "WHERE id = ?", key)), None)


def every(connection: sqlite3.Connection) -> list[Receipt]:
    """All receipts, the newest first."""
    return _those(connection, "")[::-1]


def by_hash(connection: sqlite3.Connection, file_hash: str) -> list[Receipt]:
    """Each time that this very file was received, the newest first."""
    return _those(connection, "WHERE file_hash = ?", file_hash)[::-1]


def of_export(connection: sqlite3.Connection, export: str) -> list[Receipt]:
    """What came back for one export, the oldest first."""
    return _those(connection, "WHERE export = ?", export)


def _those(connection: sqlite3.Connection, where: str, *values: str) -> list[Receipt]:
    query = f"SELECT {_RECEIPT} FROM receipt {where} ORDER BY at, rowid"
    return [Receipt(*row) for row in connection.execute(query, values)]


def content(connection: sqlite3.Connection, key: str) -> bytes:
    """What a received file held, as it was given to ``add``.

    Raises:
        KeyError: if there is no such receipt; ValueError: if what is kept cannot be unpacked.
    """
    row = connection.execute("SELECT content FROM receipt WHERE id = ?", (key,)).fetchone()
    if row is None:
        raise KeyError(key)
    return unpacked(row[0])


def unpacked(packed: bytes) -> bytes:
    """A received file's content out of its packing.

    Raises:
        ValueError: if it is damaged, cut short, or larger than ``MOST_CONTENT``.
    """
    unpacking = zlib.decompressobj()
    try:
        held = unpacking.decompress(packed, MOST_CONTENT)
    except (zlib.error, TypeError) as problem:
        raise ValueError(f"its packing is damaged ({problem})") from None
    if not unpacking.eof:
        raise ValueError("it is cut short, or far too large")
    return held


def close(  # noqa: PLR0917 - all that the end of a receipt says
    connection: sqlite3.Connection, key: str, state: ReceiptState, at: str, revision: str, outcome: str
) -> None:
    """Write down what has become of a receipt; its decisions stay.

    Raises:
        KeyError: if there is no such receipt.
    """
    query = "UPDATE receipt SET state = ?, closed_at = ?, revision = ?, outcome = ? WHERE id = ?"
    _demand_one(connection.execute(query, (state, at, revision, outcome, key)), key)


def set_sender(connection: sqlite3.Connection, key: str, sender: str) -> None:
    """Say who sent a file.

    Raises:
        KeyError: if there is no such receipt.
    """
    _demand_one(connection.execute("UPDATE receipt SET sender = ? WHERE id = ?", (sender, key)), key)


def _demand_one(done: sqlite3.Cursor, key: str) -> None:
    if done.rowcount != 1:
        raise KeyError(key)


def decide(connection: sqlite3.Connection, decisions: Sequence[Decision]) -> None:
    """Keep decisions, each in the place of an earlier one about the same thing."""
    marks = ", ".join("?" * len(fields(Decision)))
    query = f"INSERT OR REPLACE INTO decision ({_DECISION}) VALUES ({marks})"
    connection.executemany(query, [astuple(decision) for decision in decisions])


def undecide(connection: sqlite3.Connection, receipt: str, subjects: Iterable[str]) -> None:
    """Forget what was decided about these things of one receipt, where anything was."""
    query = "DELETE FROM decision WHERE receipt = ? AND subject = ?"
    connection.executemany(query, [(receipt, subject) for subject in subjects])


def decisions(connection: sqlite3.Connection, receipt: str) -> dict[str, Decision]:
    """What was decided about one receipt, by its subject."""
    query = f"SELECT {_DECISION} FROM decision WHERE receipt = ?"
    return {row[1]: Decision(*row) for row in connection.execute(query, (receipt,))}
