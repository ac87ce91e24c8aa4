"""Makes a hub: a schema of its own in the database, its roles, and the plan as it is, in one transaction."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from spp_desktop.hub import doors, remembered, tables
from spp_desktop.hub.doors import KEEPER, ROLES
from spp_desktop.hub.problems import HubRefused
from spp_desktop.hub.reaching import address_of, reached, where
from spp_desktop.hub.sending import brought_of, changes_of, files_of, lines_of
from spp_desktop.plan.words import counted
from spp_desktop.store import chain, checking_chain, history, upgrades, whole_rows
from spp_desktop.store.changed import Moved, unheard
from spp_desktop.store.merging import record
from spp_desktop.store.recording import recorded_tables

if TYPE_CHECKING:
    from sqlalchemy import Table

    from spp_desktop.hub.reaching import HubConnection
    from spp_desktop.store.workspace import Workspace


def schema_of(plan: str) -> str:
    """The schema of a plan on a hub, from the key of the plan's own row: no other plan has it."""
    return f"spp_{plan.replace('-', '')[:12]}"


def init(workspace: "Workspace", address: str, moved: Moved = unheard, *, anew: bool = False) -> str:
    """Make the hub of a plan, with all that the plan holds, and give a sentence that says so.

    Whoever does it must be let make schemas and roles there; he is a planning officer of it from then on.

    Args:
        workspace: The plan.
        address: Of the hub.
        moved: Hears how far it is.
        anew: Whether a hub that the plan has there is made anew, as after a word was removed for good, or for a newer
            form. Its members stay. The plan must have every step of it, so that nothing is lost.

    Raises:
        HubRefused: if it cannot be made; the database is then as it was.
    """
    address = address_of(address)
    for fault in workspace.read_beside(lambda plan: list(checking_chain.broken_chain(plan))):
        sentence = f"The history of this plan does not fit its seals, so no hub is made of it. {fault}"
        raise HubRefused("altered", sentence)
    with reached(address) as connection, connection.transaction():
        rows = workspace.read_beside(_make, connection, moved, anew=anew)
    plan, title = workspace.read_beside(identity_of)
    newest = workspace.read_beside(chain.newest)
    remembered.remember(plan, address, workspace.path, newest.n if newest is not None else 0)
    hub = where(address)
    return (
        f"{hub[0].upper()}{hub[1:]} holds “{title}” now: {counted(rows, 'row')}, with the whole history. You are a "
        "planning officer of it, and may let others in."
    )


def identity_of(plan: sqlite3.Connection) -> tuple[str, str]:
    """The key of a plan and its title."""
    key, title = plan.execute('SELECT id, title FROM "plan"').fetchone()
    return str(key), str(title)


def may_make(connection: "HubConnection") -> bool:
    """Whether somebody may make a hub in a database: schemas, and roles."""
    query = """SELECT has_database_privilege(current_database(), 'CREATE') AND (rolcreaterole OR rolsuper)
        FROM pg_roles WHERE rolname = current_user"""
    return bool((connection.execute(query).fetchone() or (False,))[0])


def _make(plan: sqlite3.Connection, connection: "HubConnection", moved: Moved, *, anew: bool) -> int:
    """Make all of it, and give how many rows the plan has."""
    key, title = identity_of(plan)
    schema = schema_of(key)
    there = connection.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", (schema,)).fetchone()
    if there is not None and not anew:
        raise HubRefused(
            "another plan",
            f"“{title}” has a hub there already. Nothing was changed: take in from it, then send.",
        )
    _make_roles(connection, schema)
    kept = _taken_away(plan, connection, schema) if there is not None else []
    _run(connection, (f"CREATE SCHEMA {schema} AUTHORIZATION {schema}_{KEEPER}",))
    _run(connection, (f"SET LOCAL ROLE {schema}_{KEEPER}", f"SET LOCAL search_path = {schema}, pg_temp"))
    known = recorded_tables()
    _run(connection, doors.HISTORY)
    _run(connection, (statement for table in known for statement in tables.made(table)))
    rows = _load(plan, connection, known, moved)
    _run(connection, (statement for table in known for statement in tables.links(table)))
    _run(connection, doors.functions(schema))
    _run(connection, (statement for table in known for statement in doors.row_security(table.name)))
    _run(connection, doors.grants(schema))
    hub = "INSERT INTO hub VALUES (%s, %s, %s, now(), session_user)"
    connection.execute(hub, (key, upgrades.VERSION, title))
    _copy(connection, "hub_member", ("role", "post_id", "author"), kept)
    let_in = f"GRANT {schema}_officer TO SESSION_USER"
    _run(connection, (let_in, "RESET ROLE", f"REVOKE {schema}_{KEEPER} FROM CURRENT_USER"))
    return rows


def _taken_away(plan: sqlite3.Connection, connection: "HubConnection", schema: str) -> list[tuple[Any, ...]]:
    """Take a hub away, and give the posts that its members stand for.

    Raises:
        HubRefused: if the hub has a step that the plan does not have.
    """
    (newest,) = connection.execute(f"SELECT id FROM {schema}.head FOR UPDATE".encode()).fetchone() or ("",)
    if history.revision_named(plan, newest) is None:
        raise HubRefused(
            "newer steps", "The hub has steps that this plan does not have. Nothing was changed; take in first."
        )
    kept = connection.execute(f"SELECT role, post_id, author FROM {schema}.hub_member".encode()).fetchall()
    connection.execute(f"DROP SCHEMA {schema} CASCADE".encode())
    return kept


def _run(connection: "HubConnection", statements: Iterable[str]) -> None:
    for statement in statements:
        connection.execute(statement.encode())


def _make_roles(connection: "HubConnection", schema: str) -> None:
    """Make the roles of a hub. The keeper lets others in; whoever makes the hub is the keeper until it is made."""
    made = [f"{schema}_{role}" for role in (KEEPER, *ROLES)]
    there = connection.execute("SELECT rolname FROM pg_roles WHERE rolname = ANY (%s)", (made,)).fetchall()
    left = {name for (name,) in there}
    _run(connection, (f"CREATE ROLE {name} NOLOGIN" for name in made if name not in left))
    _run(connection, (f"GRANT {schema}_{role} TO {schema}_{KEEPER} WITH ADMIN OPTION" for role in ROLES))
    _run(connection, (f"GRANT {schema}_{KEEPER} TO CURRENT_USER",))


def _load(plan: sqlite3.Connection, connection: "HubConnection", known: "Sequence[Table]", moved: Moved) -> int:
    """Copy the rows of a plan, its history and the files that rows hold, and give how many rows there are."""
    rows = 0
    for number, table in enumerate(known):
        moved("Sending the rows", number, len(known))
        names = [column.name for column in table.columns]
        columns = ", ".join(map(tables.quoted, names))
        rows += _copy(connection, table.name, names, plan.execute(f'SELECT {columns} FROM "{table.name}"'))
        first = "INSERT INTO hub_first_cells VALUES (%s, %s::jsonb)"
        connection.execute(first, (table.name, json.dumps(whole_rows.first_cells(table))))
    moved("Sending the history", 0, 1)
    revisions = history.revisions(plan)
    number_of = "n, id, parent, sitting, at, author, label, kind, reverses, hash, pushed_by, pushed_at"
    who, at = connection.execute("SELECT session_user, now()::text").fetchone() or ("", "")
    _copy(connection, "revision", number_of.split(", "), ((*each, who, at) for each in revisions))
    change = ("revision", "k", "action", "row_table", "row_id", "cell", "before", "after")
    _copy(connection, "change", change, lines_of(changes_of(plan, 0)))
    brought = [(merge, place, *step[1:]) for merge, place, step in brought_of(plan)]
    _copy(connection, "merged_revision", ("merge", "k", *number_of.split(", ")[1:10]), brought)
    steps = list(dict.fromkeys(each[2] for each in brought))
    along = sorted(record.brought_changes(plan, steps), key=itemgetter(0))
    _copy(connection, "merged_change", change, lines_of(along))
    newest = revisions[-1]
    connection.execute("INSERT INTO head VALUES (1, %s, %s, %s)", (newest.n, newest.id, newest.hash))
    for content in files_of(plan):
        connection.execute("INSERT INTO hub_file VALUES (encode(sha256(%s), 'hex'), %s)", (content, content))
    may = ((table, action, cell) for table, action, cells in doors.STAFF_MAY for cell in cells)
    _copy(connection, "hub_staff_may", ("row_table", "action", "cell"), may)
    return rows


def _copy(connection: "HubConnection", table: str, names: Sequence[str], rows: Iterable[Iterable[Any]]) -> int:
    """Copy rows into a table, and give how many they were."""
    columns, number = ", ".join(map(tables.quoted, names)), 0
    statement = f"COPY {tables.quoted(table)} ({columns}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement.encode()) as copy:
        for row in rows:
            copy.write_row(tuple(row))
            number += 1
    return number


def rows_there(connection: "HubConnection") -> Iterator[tuple[str, Sequence[str], list[tuple[Any, ...]]]]:
    """The rows of a plan on its hub as a file has them: of each table, its name, its columns, and its rows."""
    from datetime import date

    for table in recorded_tables():
        names = [column.name for column in table.columns]
        columns = ", ".join(map(tables.quoted, names))
        cursor = connection.execute(f"SELECT {columns} FROM {tables.quoted(table.name)} ORDER BY id".encode())
        yield (
            table.name,
            names,
            [
                tuple(
                    cell.isoformat() if isinstance(cell, date) else int(cell) if isinstance(cell, bool) else cell
                    for cell in row
                )
                for row in cursor
            ],
        )
