"""What form 11 of the file made of form 10.

New are step_change, merged_revision and merged_change.

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
    """CREATE TABLE merged_revision (
        n INTEGER PRIMARY KEY, id TEXT NOT NULL, parent TEXT, sitting TEXT NOT NULL, at TEXT NOT NULL,
        author TEXT NOT NULL, label TEXT NOT NULL, kind TEXT NOT NULL, reverses TEXT, hash TEXT NOT NULL,
        merge INTEGER NOT NULL, UNIQUE (merge, id)
    )""",
    """CREATE TABLE merged_change (
        n INTEGER PRIMARY KEY, revision TEXT NOT NULL, action TEXT NOT NULL, row_table TEXT NOT NULL,
        row_id TEXT NOT NULL, cell TEXT NOT NULL, before, after
    )""",
    "CREATE INDEX merged_change_of_revision ON merged_change (revision)",
    "CREATE INDEX merged_revision_named ON merged_revision (id)",
    """CREATE INDEX change_marked ON change (revision) WHERE action = 'merged' OR action = 'decided' OR action =
        'waiting'""",
    """CREATE TRIGGER merged_revision_is_never_changed BEFORE UPDATE ON merged_revision BEGIN SELECT RAISE(ABORT,
        'history is only ever added to'); END""",
    """CREATE TRIGGER merged_revision_is_never_removed BEFORE DELETE ON merged_revision BEGIN SELECT RAISE(ABORT,
        'history is only ever added to'); END""",
    """CREATE TRIGGER merged_change_is_never_changed BEFORE UPDATE ON merged_change BEGIN SELECT RAISE(ABORT,
        'history is only ever added to'); END""",
    """CREATE TRIGGER merged_change_is_never_removed BEFORE DELETE ON merged_change BEGIN SELECT RAISE(ABORT,
        'history is only ever added to'); END""",
)

ANEW: dict[str, tuple[str, ...]] = {}


def bring_up(connection: sqlite3.Connection) -> None:
    """To form 11, without a change to what the plan says; foreign keys must be off."""
    for statement in STATEMENTS:
        connection.execute(statement)
    for table, statements in ANEW.items():
        make_anew(connection, table, statements)
