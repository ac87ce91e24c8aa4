"""What form 8 of the file made of form 7.

New are accepted_finding, form_mapping, submission, declared_return and asked_indicator. More columns are in framework.

Written by ``python -m spp_desktop.store.frozen``. The statements are those of that version, whatever later ones make of
these tables.
"""

import sqlite3

from spp_desktop.store.anew import make_anew

STATEMENTS: tuple[str, ...] = (
    "ALTER TABLE framework ADD COLUMN answered BOOLEAN DEFAULT 0 NOT NULL",
    """CREATE TABLE accepted_finding (
        id VARCHAR(36) NOT NULL, finding VARCHAR(200) NOT NULL, rule VARCHAR(100) NOT NULL,
        sentence VARCHAR(4000) NOT NULL, stamp VARCHAR(64) NOT NULL, reason VARCHAR(1000) NOT NULL,
        author VARCHAR(200) NOT NULL, accepted_on DATE NOT NULL, PRIMARY KEY (id), UNIQUE (finding)
    )""",
    """CREATE TABLE form_mapping (
        id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, title VARCHAR(100) NOT NULL, form VARCHAR(255) NOT NULL,
        content VARCHAR(4000000) NOT NULL, PRIMARY KEY (id), UNIQUE (title)
    )""",
    """CREATE TABLE submission (
        id VARCHAR(36) NOT NULL, number INTEGER, return_id VARCHAR(100) NOT NULL, title VARCHAR(200) NOT NULL,
        often VARCHAR(20) NOT NULL, year INTEGER, period VARCHAR(3) NOT NULL, prepared_on DATE,
        prepared_by VARCHAR(200) NOT NULL, checked_on DATE, checked_by VARCHAR(200) NOT NULL, signed_on DATE,
        signed_by VARCHAR(200) NOT NULL, sent_on DATE, sent_by VARCHAR(200) NOT NULL, revision VARCHAR(36) NOT NULL,
        file_name VARCHAR(255) NOT NULL, file_hash VARCHAR(64) NOT NULL, note VARCHAR(500) NOT NULL, PRIMARY KEY (id),
        UNIQUE (number)
    )""",
    "CREATE INDEX ix_submission_return_id ON submission (return_id)",
    """CREATE TABLE declared_return (
        id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, title VARCHAR(60) NOT NULL, lists VARCHAR(60) NOT NULL,
        columns VARCHAR(2000) NOT NULL, answered VARCHAR(2000) NOT NULL, goes_to VARCHAR NOT NULL, role_id VARCHAR,
        often VARCHAR NOT NULL, due_count INTEGER NOT NULL, due_as VARCHAR NOT NULL, first_year INTEGER,
        last_year INTEGER, meaning VARCHAR(500) NOT NULL, PRIMARY KEY (id), UNIQUE (title),
        FOREIGN KEY(role_id) REFERENCES role (id) ON DELETE RESTRICT
    )""",
    "CREATE INDEX ix_declared_return_role_id ON declared_return (role_id)",
    """CREATE TABLE asked_indicator (
        id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, return_id VARCHAR NOT NULL, indicator_id VARCHAR NOT NULL,
        PRIMARY KEY (id), UNIQUE (return_id, indicator_id),
        FOREIGN KEY(return_id) REFERENCES declared_return (id) ON DELETE CASCADE,
        FOREIGN KEY(indicator_id) REFERENCES indicator (id) ON DELETE CASCADE
    )""",
    "CREATE INDEX ix_asked_indicator_indicator_id ON asked_indicator (indicator_id)",
    "CREATE INDEX ix_asked_indicator_return_id ON asked_indicator (return_id)",
)

ANEW: dict[str, tuple[str, ...]] = {}


def bring_up(connection: sqlite3.Connection) -> None:
    """To form 8, without a change to what the plan says; foreign keys must be off."""
    for statement in STATEMENTS:
        connection.execute(statement)
    for table, statements in ANEW.items():
        make_anew(connection, table, statements)
