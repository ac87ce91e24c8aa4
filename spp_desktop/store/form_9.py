"""What form 9 of the file made of form 8.

New are date_move, reporting_period, delivery_rule and activity_report. More columns are in role and milestone.

Written by ``python -m spp_desktop.store.frozen``. The statements are those of that version, whatever later ones make of
these tables.
"""

import sqlite3

from spp_desktop.store.anew import make_anew

STATEMENTS: tuple[str, ...] = (
    "ALTER TABLE role ADD COLUMN submits BOOLEAN DEFAULT 0 NOT NULL",
    "ALTER TABLE role ADD COLUMN accepts BOOLEAN DEFAULT 0 NOT NULL",
    "ALTER TABLE milestone ADD COLUMN evidence VARCHAR(4000) DEFAULT '' NOT NULL",
    """CREATE TABLE date_move (
        id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, row_id VARCHAR(36) NOT NULL, which VARCHAR NOT NULL,
        was DATE NOT NULL, now DATE, moved_on DATE NOT NULL, moved_by VARCHAR(200) NOT NULL,
        reason VARCHAR(1000) NOT NULL, approved_on DATE, approved_by VARCHAR(200) NOT NULL, PRIMARY KEY (id)
    )""",
    "CREATE INDEX moves_of_a_row ON date_move (row_id, which)",
    """CREATE TABLE reporting_period (
        id VARCHAR(36) NOT NULL, title VARCHAR(60) NOT NULL, starts DATE NOT NULL, ends DATE NOT NULL,
        state VARCHAR NOT NULL, state_on DATE, state_by VARCHAR(200) NOT NULL, reason VARCHAR(1000) NOT NULL,
        PRIMARY KEY (id), UNIQUE (title)
    )""",
    """CREATE TABLE delivery_rule (
        id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, title VARCHAR(100) NOT NULL, at_risk_days INTEGER NOT NULL,
        off_track_days INTEGER NOT NULL, at_risk_points INTEGER NOT NULL, off_track_points INTEGER NOT NULL,
        not_started_id VARCHAR, on_track_id VARCHAR, at_risk_id VARCHAR, off_track_id VARCHAR, complete_id VARCHAR,
        moves_approved BOOLEAN NOT NULL, dependencies VARCHAR NOT NULL, periods VARCHAR NOT NULL, PRIMARY KEY (id),
        UNIQUE (title), FOREIGN KEY(not_started_id) REFERENCES status (id) ON DELETE SET NULL,
        FOREIGN KEY(on_track_id) REFERENCES status (id) ON DELETE SET NULL,
        FOREIGN KEY(at_risk_id) REFERENCES status (id) ON DELETE SET NULL,
        FOREIGN KEY(off_track_id) REFERENCES status (id) ON DELETE SET NULL,
        FOREIGN KEY(complete_id) REFERENCES status (id) ON DELETE SET NULL
    )""",
    """CREATE TABLE activity_report (
        id VARCHAR(36) NOT NULL, activity_id VARCHAR NOT NULL, period_id VARCHAR NOT NULL, status_id VARCHAR,
        percent INTEGER, forecast DATE, reason VARCHAR(2000) NOT NULL, done VARCHAR(4000) NOT NULL,
        next VARCHAR(4000) NOT NULL, carried BOOLEAN NOT NULL, submitted_on DATE, submitted_by VARCHAR(200) NOT NULL,
        accepted_on DATE, accepted_by VARCHAR(200) NOT NULL, returned_on DATE, returned_by VARCHAR(200) NOT NULL,
        remark VARCHAR(2000) NOT NULL, PRIMARY KEY (id), UNIQUE (activity_id, period_id),
        FOREIGN KEY(activity_id) REFERENCES activity (id) ON DELETE CASCADE,
        FOREIGN KEY(period_id) REFERENCES reporting_period (id) ON DELETE RESTRICT,
        FOREIGN KEY(status_id) REFERENCES status (id) ON DELETE RESTRICT
    )""",
    "CREATE INDEX ix_activity_report_activity_id ON activity_report (activity_id)",
    "CREATE INDEX ix_activity_report_period_id ON activity_report (period_id)",
    "CREATE INDEX ix_activity_report_status_id ON activity_report (status_id)",
)

ANEW: dict[str, tuple[str, ...]] = {}


def bring_up(connection: sqlite3.Connection) -> None:
    """To form 9, without a change to what the plan says; foreign keys must be off."""
    for statement in STATEMENTS:
        connection.execute(statement)
    for table, statements in ANEW.items():
        make_anew(connection, table, statements)
