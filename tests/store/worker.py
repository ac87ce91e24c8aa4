"""A program that is killed at its work: for each line it reads, a child opens the plan and edits until it is killed.

The libraries are loaded once, so that a kill costs no start-up. Each edit that was kept is told on a line of its own.
"""

import itertools
import os
import sqlite3
import sys

from sqlmodel import Session

from spp_desktop.edits import rows
from spp_desktop.plan.delivery import Activity
from spp_desktop.plan.posts import Body
from spp_desktop.plan.rows import new_key
from spp_desktop.store import queries, receipts
from spp_desktop.store.history import Revision
from spp_desktop.store.receipts import Decision, Receipt
from spp_desktop.store.workspace import Workspace

BULK = 150


def say(line: str) -> None:
    """Tell whoever started this."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


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


def work(path: str, run: str) -> None:
    """Edit until killed."""
    with Workspace.open(path, take_over=True) as workspace:
        priority = workspace.read(queries.priority_tree)[0].key
        for n in itertools.count():
            title = f"{run}-{n}"
            if n % 6 == 2:
                workspace.edit(f"import {title}", add_many, title, priority)
            elif n % 6 == 3:
                take_in(workspace, title)
            elif n % 6 == 5:
                workspace.back_up("asked for")
                continue
            else:
                workspace.edit(f"add {title}", rows.add, Body, title=title)
            say(title)


def main() -> None:
    """Start a child for each line, and say when it has died."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            work(sys.argv[1], line.strip())
        say(f"started {child}")
        os.waitpid(child, 0)
        say("dead")


if __name__ == "__main__":
    main()
