"""What a program is at when it is killed or the power goes: each task tells step by step what is kept now."""

import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from pathlib import Path

from sqlmodel import Session

from spp_desktop.edits import rows
from spp_desktop.plan.delivery import Activity
from spp_desktop.plan.posts import Body
from spp_desktop.plan.rows import new_key
from spp_desktop.store import queries, receipts, turning_round
from spp_desktop.store.expunging import expunge
from spp_desktop.store.history import Revision
from spp_desktop.store.receipts import Decision, Receipt
from spp_desktop.store.struck import StruckWord
from spp_desktop.store.workspace import Workspace

BULK = 150
"""The rows of one import."""

VERSION = "version "
"""What is told of an earlier version begins so; all else that is told is the id of a step."""

Task = Callable[[Path, str], Iterator[str]]


def add_many(session: Session, title: str, priority: str) -> None:
    """As an import does: many rows through Core, and one that says they are there."""
    rows.add(session, Body, title=title)
    table = Activity.metadata.tables["activity"]
    many = [
        {
            "id": new_key(),
            "position": float(n),
            "year": 2009,
            "ref": f"{title}.{n}",
            "priority_id": priority,
            "text": "x",
        }
        for n in range(BULK)
    ]
    session.connection().execute(table.insert().values(reason=""), many)


def take_in(workspace: Workspace, title: str) -> None:
    """As a review does: keep a file that came back, then take it in and close its receipt in one."""
    received = Receipt(title, "{}", "x", "a.xlsx", title, "", "2008-10-01", "me")
    workspace.write_beside(receipts.add, received, os.urandom(50_000))
    workspace.write_beside(receipts.decide, [Decision(title, "all", "accept", "", "", "2008-10-01", "me")])

    def finish(connection: sqlite3.Connection, made: Revision) -> None:
        receipts.close(connection, title, "applied", made.at, made.id, "{}")

    workspace.edit(f"take in {title}", rows.add, Body, title=title, beside=finish)


def editing(path: Path, run: str) -> Iterator[str]:
    """Rows added and reworded."""
    with Workspace.open(path, take_over=True) as workspace:
        for n in count():
            title = f"{run}-{n}"
            if n % 3 == 2:
                workspace.edit(f"reword {title}", reword, title)
            else:
                workspace.edit(f"add {title}", rows.add, Body, title=title)
            yield workspace.revision()


def reword(session: Session, text: str) -> None:
    """Another text for every activity of a year."""
    session.connection().exec_driver_sql("UPDATE activity SET text = ? WHERE year = 2008", (text,))


def importing(path: Path, run: str) -> Iterator[str]:
    """Many rows at once, and files that came back."""
    with Workspace.open(path, take_over=True) as workspace:
        priority = workspace.read(queries.priority_tree)[0].key
        for n in count():
            title = f"{run}-{n}"
            if n % 2:
                take_in(workspace, title)
            else:
                workspace.edit(f"import {title}", add_many, title, priority)
            yield workspace.revision()


def undoing(path: Path, run: str) -> Iterator[str]:
    """Steps made, undone, done again and put back, in many portions each."""
    turning_round.AT_ONCE = 7
    with Workspace.open(path, take_over=True) as workspace:
        priority = workspace.read(queries.priority_tree)[0].key
        for n in count():
            title = f"{run}-{n}"
            workspace.edit(f"import {title}", add_many, title, priority)
            step = workspace.revision()
            yield step
            for turn in (workspace.undo, workspace.redo, lambda step=step: workspace.revert(step)):
                turn()
                yield workspace.revision()


def backing_up(path: Path, run: str) -> Iterator[str]:
    """Earlier versions kept between edits."""
    with Workspace.open(path, take_over=True) as workspace:
        for n in count():
            workspace.edit(f"reword {run}-{n}", reword, f"{run}-{n}")
            yield workspace.revision()
            yield VERSION + workspace.back_up("asked for").name


def expunging(path: Path, run: str) -> Iterator[str]:
    """A word that comes into every activity of a year, and is removed for good."""
    with Workspace.open(path, take_over=True) as workspace:
        for n in count():
            workspace.edit(f"reword {run}-{n}", reword, f"Ask Quill{n}feather")
            yield workspace.revision()
            expunge(workspace, StruckWord(f"Quill{n}feather"), "asked to")
            yield workspace.revision()


def upgrading(path: Path, run: str) -> Iterator[str]:
    """A plan of an older form opened, and then edited."""
    with Workspace.open(path, take_over=True) as workspace:
        yield workspace.revision()
        for n in count():
            workspace.edit(f"reword {run}-{n}", reword, f"{run}-{n}")
            yield workspace.revision()


TASKS: Mapping[str, Task] = {
    task.__name__.replace("_", " "): task for task in (editing, importing, upgrading, undoing, backing_up, expunging)
}
