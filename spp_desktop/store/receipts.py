"""The plan's own record of the files that came back: what was decided about each, and what became of it.

None of this is content of the plan: a receipt says what was done with a file, and the history says what that changed.
Everything is written through ``Workspace.write_beside``, or through ``Workspace.edit(beside=...)`` in one transaction
with the revision that takes a file in.
"""

import sqlite3
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields
from typing import Literal

ReceiptState = Literal["open", "applied", "superseded", "set aside"]
"""Kept for review; taken in; replaced by a corrected version from the same sender; closed without being taken in."""

Verdict = Literal["accept", "reject"]

MERGE = "merge"
"""What the receipt of another copy of the plan, which was merged, has for its identity and its export."""

MOST_CONTENT = 1 << 28
"""The most bytes of a received file's content when unpacked, so that no plan can be made to fill the memory."""

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
        id: The key of the receipt.
        identity: The issue that it answers, as ``returns.placement.identity_text`` writes it; a mere text here.
        export: The id of the export of that issue.
        file_name: The name of the file, without its folder.
        file_hash: The SHA-256 of the file, in hexadecimal.
        sender: Who sent it, by the word of the person who received it.
        at: When it was received, an ISO time in UTC.
        author: The log-in name of the person who received it.
        state: What has become of it.
        closed_at: When it was closed, an ISO time in UTC; empty while it is open.
        revision: The id of the revision that took it in; empty if none did.
        outcome: A JSON text of what was accepted, changed, refused and why; empty until it is closed.
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
    """A person's decision about one difference in a received file.

    Attributes:
        receipt: The id of the receipt that it belongs to.
        subject: The difference that it is about, unique within the receipt; a mere text here.
        verdict: Whether the answer that came back is taken in.
        value: The text typed in place of the answer; empty to take the answer as it is.
        reason: The reason in the person's words; may be empty.
        at: When it was decided, an ISO time in UTC.
        author: The log-in name of the person who decided.
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
    """Keep the receipt of a file with the file's content, which is packed; ``content`` unpacks it.

    Raises:
        ValueError: if the content is larger than ``MOST_CONTENT``.
    """
    if len(content) > MOST_CONTENT:
        raise ValueError(f"a file's content may have {MOST_CONTENT:,} bytes, not {len(content):,}")
    values = (*astuple(receipt), zlib.compress(content))
    marks = ", ".join("?" * len(values))
    connection.execute(f"INSERT INTO receipt ({_RECEIPT}, content) VALUES ({marks})", values)


def find(connection: sqlite3.Connection, key: str) -> Receipt | None:
    """A receipt by its key; ``None`` if this plan has none."""
    return next(iter(_select(connection, "WHERE id = ?", key)), None)


def every(connection: sqlite3.Connection) -> list[Receipt]:
    """All receipts, the newest first."""
    return _select(connection, "")[::-1]


def by_hash(connection: sqlite3.Connection, file_hash: str) -> list[Receipt]:
    """The receipts of files with this SHA-256, the newest first."""
    return _select(connection, "WHERE file_hash = ?", file_hash)[::-1]


def of_export(connection: sqlite3.Connection, export: str) -> list[Receipt]:
    """The receipts of files that answer an export, the oldest first."""
    return _select(connection, "WHERE export = ?", export)


def _select(connection: sqlite3.Connection, where: str, *values: str) -> list[Receipt]:
    query = f"SELECT {_RECEIPT} FROM receipt {where} ORDER BY at, rowid"
    return [Receipt(*row) for row in connection.execute(query, values)]


def content(connection: sqlite3.Connection, key: str) -> bytes:
    """The content of a received file, as it was given to ``add``.

    Raises:
        KeyError: if there is no such receipt.
        ValueError: if the content cannot be unpacked.
    """
    row = connection.execute("SELECT content FROM receipt WHERE id = ?", (key,)).fetchone()
    if row is None:
        raise KeyError(key)
    return unpacked(row[0])


def unpacked(packed: bytes) -> bytes:
    """A received file's content, unpacked.

    Raises:
        ValueError: if it is damaged, cut short, or larger than ``MOST_CONTENT``.
    """
    unpacking = zlib.decompressobj()
    try:
        received = unpacking.decompress(packed, MOST_CONTENT)
    except (zlib.error, TypeError) as problem:
        raise ValueError(f"its packing is damaged ({problem})") from None
    if not unpacking.eof:
        raise ValueError("it is cut short, or far too large")
    return received


def close(  # noqa: PLR0917 - all that the end of a receipt says
    connection: sqlite3.Connection, key: str, state: ReceiptState, at: str, revision: str, outcome: str
) -> None:
    """Record what has become of a received file; its decisions are kept.

    Args:
        connection: The plan.
        key: The id of the receipt.
        state: What has become of it.
        at: When, an ISO time in UTC.
        revision: The id of the revision that took it in; empty if none did.
        outcome: A JSON text of what was accepted, changed, refused and why.

    Raises:
        KeyError: if there is no such receipt.
    """
    query = "UPDATE receipt SET state = ?, closed_at = ?, revision = ?, outcome = ? WHERE id = ?"
    _demand_one(connection.execute(query, (state, at, revision, outcome, key)), key)


def set_sender(connection: sqlite3.Connection, key: str, sender: str) -> None:
    """Record who sent a file.

    Raises:
        KeyError: if there is no such receipt.
    """
    _demand_one(connection.execute("UPDATE receipt SET sender = ? WHERE id = ?", (sender, key)), key)


def set_file(connection: sqlite3.Connection, key: str, file_hash: str, sender: str) -> None:
    """Record which file it is after all, by its SHA-256, and who sent it.

    Raises:
        KeyError: if there is no such receipt.
    """
    query = "UPDATE receipt SET file_hash = ?, sender = ? WHERE id = ?"
    _demand_one(connection.execute(query, (file_hash, sender, key)), key)


def _demand_one(done: sqlite3.Cursor, key: str) -> None:
    if done.rowcount != 1:
        raise KeyError(key)


def decide(connection: sqlite3.Connection, decisions: Sequence[Decision]) -> None:
    """Record decisions; each replaces an earlier one on the same subject."""
    marks = ", ".join("?" * len(fields(Decision)))
    query = f"INSERT OR REPLACE INTO decision ({_DECISION}) VALUES ({marks})"
    connection.executemany(query, [astuple(decision) for decision in decisions])


def undecide(connection: sqlite3.Connection, receipt: str, subjects: Iterable[str]) -> None:
    """Delete the decisions of a receipt on these subjects, if there are any."""
    query = "DELETE FROM decision WHERE receipt = ? AND subject = ?"
    connection.executemany(query, [(receipt, subject) for subject in subjects])


def decisions(connection: sqlite3.Connection, receipt: str) -> dict[str, Decision]:
    """The decisions of a receipt by subject."""
    query = f"SELECT {_DECISION} FROM decision WHERE receipt = ?"
    return {row[1]: Decision(*row) for row in connection.execute(query, (receipt,))}
