"""What form 4 of the file made of form 3.

New are risk_band, risk_impact, risk_likelihood, risk, risk_link, risk_log and target_version. More columns are in
indicator and target.

Written by ``python -m spp_desktop.store.frozen``. The statements are those of that version, whatever later ones make of
these tables.
"""

import sqlite3

from spp_desktop.store.anew import make_anew

STATEMENTS: tuple[str, ...] = (
    "ALTER TABLE indicator ADD COLUMN grades VARCHAR(500) DEFAULT '' NOT NULL",
    "ALTER TABLE target ADD COLUMN upper FLOAT",
    "ALTER TABLE target ADD COLUMN strict BOOLEAN DEFAULT 0 NOT NULL",
    "ALTER TABLE target ADD COLUMN every VARCHAR DEFAULT 'year' NOT NULL",
    "ALTER TABLE target ADD COLUMN base_year INTEGER",
    "ALTER TABLE target ADD COLUMN due DATE",
    "ALTER TABLE target ADD COLUMN since DATE",
    """CREATE TABLE risk_band (
        id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, from_score INTEGER NOT NULL, title VARCHAR(60) NOT NULL,
        shape VARCHAR NOT NULL, colour VARCHAR NOT NULL, dark_colour VARCHAR NOT NULL, PRIMARY KEY (id),
        UNIQUE (from_score), UNIQUE (title)
    )""",
    """CREATE TABLE risk_impact (
        id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, number INTEGER NOT NULL, title VARCHAR(60) NOT NULL,
        meaning VARCHAR(500) NOT NULL, PRIMARY KEY (id), UNIQUE (number), UNIQUE (title)
    )""",
    """CREATE TABLE risk_likelihood (
        id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, number INTEGER NOT NULL, title VARCHAR(60) NOT NULL,
        meaning VARCHAR(500) NOT NULL, PRIMARY KEY (id), UNIQUE (number), UNIQUE (title)
    )""",
    """CREATE TABLE risk (
        id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, ref VARCHAR(20) NOT NULL, text VARCHAR(1000) NOT NULL,
        cause VARCHAR(1000) NOT NULL, effect VARCHAR(1000) NOT NULL, likelihood_id VARCHAR, impact_id VARCHAR,
        owner_id VARCHAR, response VARCHAR, action VARCHAR(2000) NOT NULL, residual_likelihood_id VARCHAR,
        residual_impact_id VARCHAR, review_on DATE, state VARCHAR NOT NULL, PRIMARY KEY (id), UNIQUE (ref),
        FOREIGN KEY(likelihood_id) REFERENCES risk_likelihood (id) ON DELETE RESTRICT,
        FOREIGN KEY(impact_id) REFERENCES risk_impact (id) ON DELETE RESTRICT,
        FOREIGN KEY(owner_id) REFERENCES post (id) ON DELETE RESTRICT,
        FOREIGN KEY(residual_likelihood_id) REFERENCES risk_likelihood (id) ON DELETE RESTRICT,
        FOREIGN KEY(residual_impact_id) REFERENCES risk_impact (id) ON DELETE RESTRICT
    )""",
    "CREATE INDEX ix_risk_impact_id ON risk (impact_id)",
    "CREATE INDEX ix_risk_likelihood_id ON risk (likelihood_id)",
    "CREATE INDEX ix_risk_owner_id ON risk (owner_id)",
    "CREATE INDEX ix_risk_residual_impact_id ON risk (residual_impact_id)",
    "CREATE INDEX ix_risk_residual_likelihood_id ON risk (residual_likelihood_id)",
    """CREATE TABLE risk_link (
        id VARCHAR(36) NOT NULL, risk_id VARCHAR NOT NULL, priority_id VARCHAR, activity_id VARCHAR,
        indicator_id VARCHAR, PRIMARY KEY (id), CONSTRAINT risk_link_names_one CHECK ((priority_id IS NOT NULL) +
        (activity_id IS NOT NULL) + (indicator_id IS NOT NULL) = 1), UNIQUE (risk_id, priority_id),
        UNIQUE (risk_id, activity_id), UNIQUE (risk_id, indicator_id),
        FOREIGN KEY(risk_id) REFERENCES risk (id) ON DELETE CASCADE,
        FOREIGN KEY(priority_id) REFERENCES priority (id) ON DELETE CASCADE,
        FOREIGN KEY(activity_id) REFERENCES activity (id) ON DELETE CASCADE,
        FOREIGN KEY(indicator_id) REFERENCES indicator (id) ON DELETE CASCADE
    )""",
    "CREATE INDEX ix_risk_link_activity_id ON risk_link (activity_id)",
    "CREATE INDEX ix_risk_link_indicator_id ON risk_link (indicator_id)",
    "CREATE INDEX ix_risk_link_priority_id ON risk_link (priority_id)",
    "CREATE INDEX ix_risk_link_risk_id ON risk_link (risk_id)",
    """CREATE TABLE risk_log (
        id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, risk_id VARCHAR NOT NULL, logged_on DATE NOT NULL,
        text VARCHAR(4000) NOT NULL, post_id VARCHAR, PRIMARY KEY (id),
        FOREIGN KEY(risk_id) REFERENCES risk (id) ON DELETE CASCADE,
        FOREIGN KEY(post_id) REFERENCES post (id) ON DELETE SET NULL
    )""",
    "CREATE INDEX ix_risk_log_post_id ON risk_log (post_id)",
    "CREATE INDEX ix_risk_log_risk_id ON risk_log (risk_id)",
    """CREATE TABLE target_version (
        id VARCHAR(36) NOT NULL, indicator_id VARCHAR NOT NULL, year INTEGER NOT NULL, kind VARCHAR NOT NULL,
        stated VARCHAR(200) NOT NULL, value FLOAT, upper FLOAT, strict BOOLEAN NOT NULL, every VARCHAR NOT NULL,
        base_year INTEGER, due DATE, since DATE, until DATE NOT NULL, reason VARCHAR(1000) NOT NULL,
        author VARCHAR(200) NOT NULL, PRIMARY KEY (id),
        FOREIGN KEY(indicator_id) REFERENCES indicator (id) ON DELETE CASCADE
    )""",
    "CREATE INDEX ix_target_version_indicator_id ON target_version (indicator_id)",
    "CREATE UNIQUE INDEX one_target_version_a_day ON target_version (indicator_id, year, until)",
)

ANEW: dict[str, tuple[str, ...]] = {}


def bring_up(connection: sqlite3.Connection) -> None:
    """To form 4, without a change to what the plan says; foreign keys must be off."""
    for statement in STATEMENTS:
        connection.execute(statement)
    for table, statements in ANEW.items():
        make_anew(connection, table, statements)
