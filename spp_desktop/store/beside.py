"""What is kept beside the content, in the sealed chain: which files went out and came in, and what was decided.

It is recorded and sealed as steps are, in revisions of a kind of their own, which are no steps: they change nothing of
what the plan says, and no undo takes them back.
"""

import sqlite3
from uuid import NAMESPACE_OID, uuid5

from spp_desktop.store import chain
from spp_desktop.store.recording import tables_beside

LABEL = "keep the records of returns"
"""What a revision is called that such records were kept in."""

BROUGHT_IN = "seal the records of returns kept until then"
"""What the revision is called that brought in the records that a plan of an older form had."""


def bring_in(connection: sqlite3.Connection) -> None:
    """Seal what a plan of a form that did not seal it has kept, and give it a head.

    The revision is made of the file alone, so that two copies of a plan have the same one, whoever brings them up to
    date, and where; a copy in memory too, of a plan that may only be read.
    """
    newest = chain.newest(connection)
    if newest is None:
        return
    for table in tables_beside(connection):
        connection.execute(
            "INSERT INTO change (revision, action, row_table, row_id, cell, before, after) "
            f"SELECT ?, 'add', '{table.name}', {table.row_key('kept')}, '', NULL, {table.whole_row('kept')} "
            f'FROM main."{table.name}" AS kept ORDER BY rowid',
            (newest.n + 1,),
        )
    if connection.execute("SELECT 1 FROM change WHERE revision = ? LIMIT 1", (newest.n + 1,)).fetchone() is None:
        chain.make_head(connection, newest)
        return
    made = newest._replace(
        n=newest.n + 1,
        id=str(uuid5(NAMESPACE_OID, newest.hash)),
        parent=newest.id,
        sitting=chain.NO_SITTING,
        author="SPP Desktop",
        label=BROUGHT_IN,
        kind="beside",
        reverses=None,
    )
    chain.add(connection, made._replace(hash=chain.seal(connection, made)))
