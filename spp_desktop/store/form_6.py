"""What form 6 of the file made of form 5.

New are link. Rows have moved from activity_link and risk_link.

Written by ``python -m spp_desktop.store.frozen``. The statements are those of that version, whatever later ones make of
these tables.
"""

import sqlite3

from spp_desktop.store.anew import make_anew

STATEMENTS: tuple[str, ...] = (
    """CREATE TABLE link (
        id VARCHAR(36) NOT NULL, kind VARCHAR(40) NOT NULL, from_id VARCHAR(36) NOT NULL, to_id VARCHAR(36) NOT NULL,
        note VARCHAR(200) NOT NULL, PRIMARY KEY (id), CONSTRAINT link_leads_elsewhere CHECK (from_id <> to_id)
    )""",
    "CREATE INDEX ix_link_from_id ON link (from_id)",
    "CREATE INDEX ix_link_to_id ON link (to_id)",
    "CREATE UNIQUE INDEX one_link_a_pair ON link (kind, min(from_id, to_id), max(from_id, to_id))",
    """INSERT OR IGNORE INTO link (id, kind, from_id, to_id,
        note) SELECT id, 'same as', activity_id, other_id, iif(kind = 'same activity', '',
        kind) FROM activity_link ORDER BY rowid""",
    "DROP TABLE activity_link",
    """INSERT OR IGNORE INTO link (id, kind, from_id, to_id,
        note) SELECT id, 'threatens', risk_id, coalesce(priority_id, activity_id,
        indicator_id), '' FROM risk_link ORDER BY rowid""",
    "DROP TABLE risk_link",
)

ANEW: dict[str, tuple[str, ...]] = {}


def bring_up(connection: sqlite3.Connection) -> None:
    """To form 6, without a change to what the plan says; foreign keys must be off."""
    for statement in STATEMENTS:
        connection.execute(statement)
    for table, statements in ANEW.items():
        make_anew(connection, table, statements)
