"""Checks the records of returns sent out and received, which a plan's file keeps beside its content."""

import sqlite3
from collections.abc import Iterator
from typing import Any, get_args

from spp_desktop.plan.words import counted
from spp_desktop.store import exports, receipts
from spp_desktop.store.naming import shown


def summary(connection: sqlite3.Connection) -> str:
    """A sentence on how many files were sent out and received."""
    sent, received, waiting = (
        connection.execute(query).fetchone()[0]
        for query in (
            f"SELECT count(*) FROM export WHERE return_id NOT IN {exports.NO_RETURNS}",
            f"SELECT count(*) FROM receipt WHERE export <> '{receipts.MERGE}'",  # a copy that is merged is no return
            f"SELECT count(*) FROM receipt WHERE export <> '{receipts.MERGE}' AND state = 'open'",
        )
    )
    sentence = f"{_number(sent, 'return')} {_were(sent)} sent out from it and {_number(received, 'file')} received"
    sentence = sentence[0].upper() + sentence[1:]
    return (
        f"{sentence}, of which {waiting:,} {_were(waiting, 'is', 'are')} still to be reviewed."
        if waiting
        else f"{sentence}."
    )


def _number(count: int, what: str) -> str:
    return counted(count, what) if count else f"no {what}s"


def _were(count: int, singular: str = "was", plural: str = "were") -> str:
    return singular if count == 1 else plural


def faults(connection: sqlite3.Connection) -> Iterator[str]:
    """The faults in the records of files sent out and received."""
    yield from _of_unknown_steps(connection)
    yield from _strange_words(connection)
    yield from _without_a_receipt(connection)
    for name, packed in connection.execute("SELECT file_name, content FROM receipt ORDER BY at, rowid"):
        try:
            receipts.unpacked(packed)
        except ValueError as problem:
            yield f"What the file {shown(name)} held when it was received cannot be read: {problem}."


def _of_unknown_steps(connection: sqlite3.Connection) -> Iterator[str]:
    missing = "AND revision NOT IN (SELECT id FROM revision) AND revision NOT IN (SELECT id FROM merged_revision)"
    for (name,) in connection.execute(f"SELECT file_name FROM export WHERE true {missing} ORDER BY at, id"):
        yield f"The file {shown(name)} was sent out at a step that is not in the history."
    for (name,) in connection.execute(f"SELECT file_name FROM receipt WHERE revision <> '' {missing} ORDER BY at, id"):
        yield f"The file {shown(name)} was taken in by a step that is not in the history."


def _strange_words(connection: sqlite3.Connection) -> Iterator[str]:
    for name, state in _others(connection, "SELECT file_name, state FROM receipt", receipts.ReceiptState):
        yield f"The file {shown(name)}, which was received, stands as {shown(state)}, which this program does not know."
    query = "SELECT file_name, verdict FROM decision JOIN receipt ON receipt.id = decision.receipt"
    for name, verdict in _others(connection, query, receipts.Verdict):
        yield f"In the file {shown(name)} something was decided as {shown(verdict)}, which this program does not know."


def _others(connection: sqlite3.Connection, query: str, words: Any) -> Iterator[tuple[Any, Any]]:
    """The rows (name, word) of a query whose word is not among the words of a ``Literal`` type."""
    return ((name, word) for name, word in connection.execute(query) if word not in get_args(words))


def _without_a_receipt(connection: sqlite3.Connection) -> Iterator[str]:
    query = """SELECT receipt, count(*) FROM decision WHERE receipt NOT IN (SELECT id FROM receipt)
        GROUP BY receipt ORDER BY receipt"""
    for key, count in connection.execute(query):
        belong = _were(count, "belongs", "belong")
        yield f"{counted(count, 'decision')} {belong} to a received file that is not in the plan ({shown(key)})."
