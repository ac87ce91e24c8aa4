"""What form 11 of the file made of form 10.

New are step_change.

Written by ``python -m spp_desktop.store.frozen``. The statements are those of that version, whatever later ones make of
these tables.
"""

import sqlite3

from spp_desktop.store.anew import make_anew

STATEMENTS: tuple[str, ...] = (
    "CREATE INDEX change_by_reference ON change (revision) WHERE action = 'turned'",
    """CREATE VIEW step_change (n, revision, action, row_table, row_id, cell, before, after) AS SELECT n, revision,
        action, row_table, row_id, cell, before, after FROM change WHERE action IN ('add', 'set', 'remove') UNION
        ALL SELECT CAST(mark.n - 1 - made.n + (SELECT min(n) FROM change WHERE revision = made.revision) AS
        INTEGER), mark.revision, CAST(CASE made.action WHEN 'add' THEN 'remove' WHEN 'remove' THEN 'add' ELSE 'set'
        END AS TEXT), made.row_table, made.row_id, made.cell, made.after, made.before FROM change AS mark JOIN
        revision AS turned ON turned.id = mark.row_id JOIN change AS made ON made.revision = turned.n WHERE
        mark.action = 'turned' AND mark.cell = 'back' AND made.action IN ('add', 'set', 'remove') UNION ALL SELECT
        CAST(mark.n - 1 + made.n - (SELECT max(n) FROM change WHERE revision = made.revision) AS INTEGER),
        mark.revision, made.action, made.row_table, made.row_id, made.cell, made.before, made.after FROM change AS
        mark JOIN revision AS turned ON turned.id = mark.row_id JOIN change AS made ON made.revision = turned.n
        WHERE mark.action = 'turned' AND mark.cell = 'again' AND made.action IN ('add', 'set', 'remove')""",
)

ANEW: dict[str, tuple[str, ...]] = {}


def bring_up(connection: sqlite3.Connection) -> None:
    """To form 11, without a change to what the plan says; foreign keys must be off."""
    for statement in STATEMENTS:
        connection.execute(statement)
    for table, statements in ANEW.items():
        make_anew(connection, table, statements)
