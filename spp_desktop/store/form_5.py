"""What form 5 of the file made of form 4.

New are head. More columns are in restatement.

Written by ``python -m spp_desktop.store.frozen``. The statements are those of that version, whatever later ones make of
these tables.
"""

import sqlite3

from spp_desktop.store.anew import make_anew

STATEMENTS: tuple[str, ...] = (
    """CREATE TABLE head (
        n INTEGER PRIMARY KEY, id TEXT NOT NULL, parent TEXT, sitting TEXT NOT NULL, at TEXT NOT NULL,
        author TEXT NOT NULL, label TEXT NOT NULL, kind TEXT NOT NULL, reverses TEXT, hash TEXT NOT NULL
    )""",
)

ANEW: dict[str, tuple[str, ...]] = {
    "restatement": (
        """CREATE TABLE restatement (
            id VARCHAR(36) NOT NULL, indicator_id VARCHAR, area_id VARCHAR, population VARCHAR(100) NOT NULL,
            period_from DATE NOT NULL, period_to DATE NOT NULL, "before" VARCHAR(200) NOT NULL,
            "after" VARCHAR(200) NOT NULL, made_on DATE NOT NULL, author VARCHAR(200) NOT NULL,
            reason VARCHAR(1000) NOT NULL, ref_was VARCHAR(20) DEFAULT '' NOT NULL,
            title_was VARCHAR(300) DEFAULT '' NOT NULL, area_was VARCHAR(100) DEFAULT '' NOT NULL, PRIMARY KEY (id),
            FOREIGN KEY(indicator_id) REFERENCES indicator (id) ON DELETE SET NULL,
            FOREIGN KEY(area_id) REFERENCES area (id) ON DELETE SET NULL
        )""",
        "CREATE INDEX ix_restatement_area_id ON restatement (area_id)",
        "CREATE INDEX ix_restatement_indicator_id ON restatement (indicator_id)",
    ),
}


def bring_up(connection: sqlite3.Connection) -> None:
    """To form 5, without a change to what the plan says; foreign keys must be off."""
    for statement in STATEMENTS:
        connection.execute(statement)
    for table, statements in ANEW.items():
        make_anew(connection, table, statements)
