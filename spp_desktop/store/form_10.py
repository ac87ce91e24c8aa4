"""What form 10 of the file made of form 9.

New are closed_year, consultation_method, from_to, planned_revision, explained_change, consultation_finding,
earlier_owner, plan_state, plan_version, edition and edition_file. More columns are in plan, consultation, framework,
priority, framework_item, indicator, target and target_version.

Written by ``python -m spp_desktop.store.frozen``. The statements are those of that version, whatever later ones make of
these tables.
"""

import sqlite3

from spp_desktop.store.anew import make_anew

STATEMENTS: tuple[str, ...] = (
    """ALTER TABLE "plan" ADD COLUMN kept_from INTEGER""",
    "ALTER TABLE priority ADD COLUMN last_year INTEGER",
    "ALTER TABLE framework_item ADD COLUMN verified_on DATE",
    "ALTER TABLE framework_item ADD COLUMN evidence VARCHAR DEFAULT 'from memory' NOT NULL",
    "ALTER TABLE framework_item ADD COLUMN target VARCHAR(500) DEFAULT '' NOT NULL",
    "ALTER TABLE framework_item ADD COLUMN answered_in VARCHAR(200) DEFAULT '' NOT NULL",
    "ALTER TABLE indicator ADD COLUMN last_year INTEGER",
    "ALTER TABLE target ADD COLUMN over_first INTEGER",
    "ALTER TABLE target ADD COLUMN over_years INTEGER",
    """CREATE TABLE closed_year (
        id VARCHAR(36) NOT NULL, year INTEGER NOT NULL, state VARCHAR NOT NULL, state_on DATE NOT NULL,
        state_by VARCHAR(200) NOT NULL, reason VARCHAR(1000) NOT NULL, PRIMARY KEY (id), UNIQUE (year)
    )""",
    """CREATE TABLE consultation_method (
        id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, title VARCHAR(100) NOT NULL, PRIMARY KEY (id), UNIQUE (title)
    )""",
    """CREATE TABLE from_to (
        id VARCHAR(36) NOT NULL, row_table VARCHAR(60) NOT NULL, row_id VARCHAR(36) NOT NULL,
        title VARCHAR(2100) NOT NULL, year INTEGER NOT NULL, fate VARCHAR NOT NULL, reason VARCHAR(2000) NOT NULL,
        texts VARCHAR(8000) NOT NULL, refs VARCHAR(400) NOT NULL, due DATE, into_id VARCHAR(36),
        target VARCHAR(200) NOT NULL, baseline VARCHAR(200) NOT NULL, decided_by VARCHAR(200) NOT NULL, decided_on DATE,
        applied_on DATE, PRIMARY KEY (id)
    )""",
    "CREATE UNIQUE INDEX one_fate_a_year ON from_to (row_id, year, ifnull(applied_on, ''))",
    """CREATE TABLE planned_revision (
        id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, title VARCHAR(300) NOT NULL, announced_on DATE NOT NULL,
        expected DATE, why VARCHAR(2000) NOT NULL, announced_by VARCHAR(200) NOT NULL, PRIMARY KEY (id)
    )""",
    """CREATE TABLE explained_change (
        id VARCHAR(36) NOT NULL, row_table VARCHAR(60) NOT NULL, row_id VARCHAR(36) NOT NULL,
        column_name VARCHAR(60) NOT NULL, step VARCHAR(36) NOT NULL, reason VARCHAR(1000) NOT NULL,
        approved_by VARCHAR(200) NOT NULL, approved_on DATE, planned_id VARCHAR, PRIMARY KEY (id),
        UNIQUE (row_id, column_name, step), FOREIGN KEY(planned_id) REFERENCES planned_revision (id) ON DELETE SET NULL
    )""",
    "CREATE INDEX ix_explained_change_planned_id ON explained_change (planned_id)",
    """CREATE TABLE consultation_finding (
        id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, consultation_id VARCHAR, text VARCHAR(2000) NOT NULL,
        number INTEGER, answer VARCHAR NOT NULL, done VARCHAR(2000) NOT NULL, marking_id VARCHAR, PRIMARY KEY (id),
        FOREIGN KEY(consultation_id) REFERENCES consultation (id) ON DELETE CASCADE,
        FOREIGN KEY(marking_id) REFERENCES marking (id) ON DELETE RESTRICT
    )""",
    "CREATE INDEX ix_consultation_finding_consultation_id ON consultation_finding (consultation_id)",
    "CREATE INDEX ix_consultation_finding_marking_id ON consultation_finding (marking_id)",
    """CREATE TABLE earlier_owner (
        id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, row_id VARCHAR(36) NOT NULL, post_id VARCHAR NOT NULL,
        owned_as VARCHAR NOT NULL, role_id VARCHAR, until DATE NOT NULL, reason VARCHAR(1000) NOT NULL,
        author VARCHAR(200) NOT NULL, PRIMARY KEY (id), FOREIGN KEY(post_id) REFERENCES post (id) ON DELETE RESTRICT,
        FOREIGN KEY(role_id) REFERENCES role (id) ON DELETE SET NULL
    )""",
    "CREATE INDEX ix_earlier_owner_post_id ON earlier_owner (post_id)",
    "CREATE INDEX ix_earlier_owner_role_id ON earlier_owner (role_id)",
    "CREATE INDEX owners_before ON earlier_owner (row_id, until)",
    """CREATE TABLE plan_state (
        id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, title VARCHAR(60) NOT NULL, meaning VARCHAR(500) NOT NULL,
        issues BOOLEAN NOT NULL, post_id VARCHAR, PRIMARY KEY (id), UNIQUE (title),
        FOREIGN KEY(post_id) REFERENCES post (id) ON DELETE RESTRICT
    )""",
    "CREATE INDEX ix_plan_state_post_id ON plan_state (post_id)",
    """CREATE TABLE plan_version (
        id VARCHAR(36) NOT NULL, number INTEGER NOT NULL, state_id VARCHAR NOT NULL, dated DATE NOT NULL,
        signed_by VARCHAR(200) NOT NULL, post_id VARCHAR, note VARCHAR(2000) NOT NULL, revision VARCHAR(36) NOT NULL,
        PRIMARY KEY (id), UNIQUE (number), FOREIGN KEY(state_id) REFERENCES plan_state (id) ON DELETE RESTRICT,
        FOREIGN KEY(post_id) REFERENCES post (id) ON DELETE RESTRICT
    )""",
    "CREATE INDEX ix_plan_version_post_id ON plan_version (post_id)",
    "CREATE INDEX ix_plan_version_state_id ON plan_version (state_id)",
    """CREATE TABLE edition (
        id VARCHAR(36) NOT NULL, number INTEGER NOT NULL, title VARCHAR(200) NOT NULL, issued_on DATE NOT NULL,
        issued_by VARCHAR(200) NOT NULL, approved_by VARCHAR(200) NOT NULL, version_id VARCHAR,
        first_year INTEGER NOT NULL, years INTEGER NOT NULL, note VARCHAR(2000) NOT NULL, revision VARCHAR(36) NOT NULL,
        PRIMARY KEY (id), UNIQUE (number), FOREIGN KEY(version_id) REFERENCES plan_version (id) ON DELETE SET NULL
    )""",
    "CREATE INDEX ix_edition_version_id ON edition (version_id)",
    """CREATE TABLE edition_file (
        id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, edition_id VARCHAR NOT NULL, left_as VARCHAR NOT NULL,
        title VARCHAR(300) NOT NULL, document VARCHAR(100) NOT NULL, file_name VARCHAR(255) NOT NULL,
        file_hash VARCHAR(64) NOT NULL, size INTEGER, PRIMARY KEY (id),
        FOREIGN KEY(edition_id) REFERENCES edition (id) ON DELETE CASCADE
    )""",
    "CREATE INDEX ix_edition_file_edition_id ON edition_file (edition_id)",
)

ANEW: dict[str, tuple[str, ...]] = {
    "consultation": (
        """CREATE TABLE consultation (
            id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, title VARCHAR(300) NOT NULL, asked VARCHAR(500) NOT NULL,
            held_from DATE, held_to DATE, heard VARCHAR(2000) NOT NULL, source VARCHAR(300) NOT NULL,
            whose VARCHAR DEFAULT 'community' NOT NULL, method_id VARCHAR, number_asked INTEGER,
            number_answered INTEGER, marking_id VARCHAR, PRIMARY KEY (id), UNIQUE (title),
            FOREIGN KEY(method_id) REFERENCES consultation_method (id) ON DELETE RESTRICT,
            FOREIGN KEY(marking_id) REFERENCES marking (id) ON DELETE RESTRICT
        )""",
        "CREATE INDEX ix_consultation_marking_id ON consultation (marking_id)",
        "CREATE INDEX ix_consultation_method_id ON consultation (method_id)",
    ),
    "framework": (
        """CREATE TABLE framework (
            id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, title VARCHAR(200) NOT NULL, source VARCHAR(500) NOT NULL,
            answered BOOLEAN DEFAULT 0 NOT NULL, kind VARCHAR DEFAULT 'other' NOT NULL, area_id VARCHAR,
            first_year INTEGER, years INTEGER, PRIMARY KEY (id),
            FOREIGN KEY(area_id) REFERENCES area (id) ON DELETE SET NULL
        )""",
        "CREATE INDEX ix_framework_area_id ON framework (area_id)",
    ),
    "target_version": (
        """CREATE TABLE target_version (
            id VARCHAR(36) NOT NULL, indicator_id VARCHAR NOT NULL, year INTEGER, kind VARCHAR NOT NULL,
            stated VARCHAR(200) NOT NULL, value FLOAT, upper FLOAT, strict BOOLEAN NOT NULL, every VARCHAR NOT NULL,
            base_year INTEGER, due DATE, since DATE, until DATE NOT NULL, reason VARCHAR(1000) NOT NULL,
            author VARCHAR(200) NOT NULL, agreed_by VARCHAR(200) DEFAULT '' NOT NULL, over_first INTEGER,
            over_years INTEGER, PRIMARY KEY (id), FOREIGN KEY(indicator_id) REFERENCES indicator (id) ON DELETE CASCADE
        )""",
        "CREATE INDEX ix_target_version_indicator_id ON target_version (indicator_id)",
        "CREATE UNIQUE INDEX one_target_version_a_day ON target_version (indicator_id, ifnull(year, 0), until)",
    ),
}


def bring_up(connection: sqlite3.Connection) -> None:
    """To form 10, without a change to what the plan says; foreign keys must be off."""
    for statement in STATEMENTS:
        connection.execute(statement)
    for table, statements in ANEW.items():
        make_anew(connection, table, statements)
