"""What form 7 of the file made of form 6.

New are area_level, attachment, consultation, core_value, level, role, stated_figure and post_in_role. More columns are
in area, plan, commitment, activity and milestone.

Written by ``python -m spp_desktop.store.frozen``. The statements are those of that version, whatever later ones make of
these tables.
"""

import sqlite3

from spp_desktop.store.anew import make_anew

STATEMENTS: tuple[str, ...] = (
    """CREATE TABLE area_level (
        id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, title VARCHAR(60) NOT NULL, plural VARCHAR(60) NOT NULL,
        stated INTEGER, source VARCHAR(300) NOT NULL, PRIMARY KEY (id), UNIQUE (title)
    )""",
    """CREATE TABLE attachment (
        id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, row_id VARCHAR(36) NOT NULL, title VARCHAR(255) NOT NULL,
        place VARCHAR(1000) NOT NULL, sha256 VARCHAR(64) NOT NULL, size INTEGER, looked_on DATE,
        note VARCHAR(500) NOT NULL, PRIMARY KEY (id)
    )""",
    "CREATE INDEX ix_attachment_row_id ON attachment (row_id)",
    """CREATE TABLE consultation (
        id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, title VARCHAR(300) NOT NULL, asked VARCHAR(500) NOT NULL,
        held_from DATE, held_to DATE, heard VARCHAR(2000) NOT NULL, source VARCHAR(300) NOT NULL, PRIMARY KEY (id),
        UNIQUE (title)
    )""",
    """CREATE TABLE core_value (
        id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, title VARCHAR(300) NOT NULL, meaning VARCHAR(2000) NOT NULL,
        source VARCHAR(300) NOT NULL, PRIMARY KEY (id), UNIQUE (title)
    )""",
    """CREATE TABLE level (
        id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, title VARCHAR(40) NOT NULL, plural VARCHAR(40) NOT NULL,
        written VARCHAR NOT NULL, PRIMARY KEY (id), UNIQUE (title)
    )""",
    """CREATE TABLE role (
        id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, title VARCHAR(60) NOT NULL, chased BOOLEAN NOT NULL,
        meaning VARCHAR(500) NOT NULL, PRIMARY KEY (id), UNIQUE (title)
    )""",
    """CREATE TABLE stated_figure (
        id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, title VARCHAR(300) NOT NULL, number FLOAT,
        unit VARCHAR(60) NOT NULL, year INTEGER, words VARCHAR(500) NOT NULL, source VARCHAR(300) NOT NULL,
        PRIMARY KEY (id)
    )""",
    """CREATE TABLE post_in_role (
        id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, row_id VARCHAR(36) NOT NULL, role_id VARCHAR NOT NULL,
        post_id VARCHAR NOT NULL, PRIMARY KEY (id), FOREIGN KEY(role_id) REFERENCES role (id) ON DELETE RESTRICT,
        FOREIGN KEY(post_id) REFERENCES post (id) ON DELETE RESTRICT
    )""",
    "CREATE INDEX ix_post_in_role_post_id ON post_in_role (post_id)",
    "CREATE INDEX ix_post_in_role_role_id ON post_in_role (role_id)",
    "CREATE UNIQUE INDEX once_in_a_role ON post_in_role (row_id, role_id, post_id)",
)

ANEW: dict[str, tuple[str, ...]] = {
    "area": (
        """CREATE TABLE area (
            id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, title VARCHAR(100) NOT NULL, code VARCHAR(20) NOT NULL,
            kind VARCHAR(60) NOT NULL, parent_id VARCHAR, PRIMARY KEY (id), UNIQUE (title),
            FOREIGN KEY(parent_id) REFERENCES area (id) ON DELETE RESTRICT
        )""",
        "CREATE INDEX ix_area_parent_id ON area (parent_id)",
    ),
    "plan": (
        """CREATE TABLE "plan" (
            id VARCHAR(36) NOT NULL, title VARCHAR(300) NOT NULL, force VARCHAR(200) NOT NULL,
            first_year INTEGER NOT NULL, years INTEGER NOT NULL, first_month INTEGER DEFAULT 4 NOT NULL,
            marking VARCHAR(60) NOT NULL, illustrative VARCHAR(500) NOT NULL, source VARCHAR(500) NOT NULL, as_at DATE,
            PRIMARY KEY (id)
        )""",
    ),
    "commitment": (
        """CREATE TABLE commitment (
            id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, theme_id VARCHAR, priority_id VARCHAR,
            text VARCHAR(2000) NOT NULL, PRIMARY KEY (id),
            FOREIGN KEY(theme_id) REFERENCES theme (id) ON DELETE CASCADE,
            FOREIGN KEY(priority_id) REFERENCES priority (id) ON DELETE CASCADE
        )""",
        "CREATE INDEX ix_commitment_priority_id ON commitment (priority_id)",
        "CREATE INDEX ix_commitment_theme_id ON commitment (theme_id)",
    ),
    "activity": (
        """CREATE TABLE activity (
            id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, year INTEGER NOT NULL, ref VARCHAR(20) NOT NULL,
            priority_id VARCHAR NOT NULL, text VARCHAR(2000) NOT NULL, status_id VARCHAR, percent INTEGER, start DATE,
            due DATE, forecast DATE, reason VARCHAR(2000) NOT NULL, theme_id VARCHAR, commitment_id VARCHAR,
            reported VARCHAR, budget FLOAT, notes VARCHAR(4000) DEFAULT '' NOT NULL, PRIMARY KEY (id),
            UNIQUE (year, ref), CHECK (percent BETWEEN 0 AND 100),
            FOREIGN KEY(priority_id) REFERENCES priority (id) ON DELETE CASCADE,
            FOREIGN KEY(status_id) REFERENCES status (id) ON DELETE RESTRICT,
            FOREIGN KEY(theme_id) REFERENCES theme (id) ON DELETE SET NULL,
            FOREIGN KEY(commitment_id) REFERENCES commitment (id) ON DELETE SET NULL
        )""",
        "CREATE INDEX ix_activity_commitment_id ON activity (commitment_id)",
        "CREATE INDEX ix_activity_priority_id ON activity (priority_id)",
        "CREATE INDEX ix_activity_status_id ON activity (status_id)",
        "CREATE INDEX ix_activity_theme_id ON activity (theme_id)",
        "CREATE INDEX ix_activity_year ON activity (year)",
    ),
    "milestone": (
        """CREATE TABLE milestone (
            id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, activity_id VARCHAR NOT NULL, title VARCHAR(300) NOT NULL,
            due DATE, forecast DATE, done_on DATE, due_within VARCHAR, forecast_within VARCHAR, owner_id VARCHAR,
            status_id VARCHAR, percent INTEGER, PRIMARY KEY (id),
            FOREIGN KEY(activity_id) REFERENCES activity (id) ON DELETE CASCADE,
            FOREIGN KEY(owner_id) REFERENCES post (id) ON DELETE RESTRICT,
            FOREIGN KEY(status_id) REFERENCES status (id) ON DELETE RESTRICT
        )""",
        "CREATE INDEX ix_milestone_activity_id ON milestone (activity_id)",
        "CREATE INDEX ix_milestone_owner_id ON milestone (owner_id)",
        "CREATE INDEX ix_milestone_status_id ON milestone (status_id)",
    ),
}


def bring_up(connection: sqlite3.Connection) -> None:
    """To form 7, without a change to what the plan says; foreign keys must be off."""
    for statement in STATEMENTS:
        connection.execute(statement)
    for table, statements in ANEW.items():
        make_anew(connection, table, statements)
