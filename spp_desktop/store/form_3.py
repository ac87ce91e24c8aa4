"""What form 3 of the file made of form 2: results by area and population, and how they are judged.

The statements are those of that version, whatever later ones make of these tables.
"""

import sqlite3

from spp_desktop.store.anew import make_anew

_NEW = (
    """CREATE TABLE area (
        id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, title VARCHAR(100) NOT NULL, code VARCHAR(20) NOT NULL,
        kind VARCHAR(60) NOT NULL, PRIMARY KEY (id), UNIQUE (title)
    )""",
    """CREATE TABLE judgement_rule (
        id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, title VARCHAR(100) NOT NULL, kind VARCHAR NOT NULL,
        size FLOAT NOT NULL, version VARCHAR(100) NOT NULL, first_month INTEGER NOT NULL, PRIMARY KEY (id),
        UNIQUE (title)
    )""",
    """CREATE TABLE peer_force (
        id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, year INTEGER NOT NULL, force VARCHAR(100) NOT NULL,
        source VARCHAR(300) NOT NULL, PRIMARY KEY (id), UNIQUE (year, force)
    )""",
    """CREATE TABLE result_mapping (
        id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, title VARCHAR(100) NOT NULL, columns VARCHAR(10000) NOT NULL,
        PRIMARY KEY (id), UNIQUE (title)
    )""",
    """CREATE TABLE area_population (
        id VARCHAR(36) NOT NULL, area_id VARCHAR, counted VARCHAR NOT NULL, year INTEGER NOT NULL,
        number FLOAT NOT NULL, source VARCHAR(300) NOT NULL, PRIMARY KEY (id),
        FOREIGN KEY(area_id) REFERENCES area (id) ON DELETE CASCADE
    )""",
    "CREATE INDEX ix_area_population_area_id ON area_population (area_id)",
    "CREATE UNIQUE INDEX one_population_a_year ON area_population (ifnull(area_id, ''), counted, year)",
    """CREATE TABLE annotation (
        id VARCHAR(36) NOT NULL, indicator_id VARCHAR NOT NULL, area_id VARCHAR, on_day DATE NOT NULL,
        text VARCHAR(300) NOT NULL, author VARCHAR(200) NOT NULL, PRIMARY KEY (id),
        FOREIGN KEY(indicator_id) REFERENCES indicator (id) ON DELETE CASCADE,
        FOREIGN KEY(area_id) REFERENCES area (id) ON DELETE CASCADE
    )""",
    "CREATE INDEX ix_annotation_area_id ON annotation (area_id)",
    "CREATE INDEX ix_annotation_indicator_id ON annotation (indicator_id)",
    """CREATE TABLE definition_version (
        id VARCHAR(36) NOT NULL, indicator_id VARCHAR NOT NULL, starts_on DATE NOT NULL,
        definition VARCHAR(2000) NOT NULL, reason VARCHAR(1000) NOT NULL, breaks_series BOOLEAN NOT NULL,
        PRIMARY KEY (id), FOREIGN KEY(indicator_id) REFERENCES indicator (id) ON DELETE CASCADE
    )""",
    "CREATE INDEX ix_definition_version_indicator_id ON definition_version (indicator_id)",
    """CREATE TABLE override (
        id VARCHAR(36) NOT NULL, indicator_id VARCHAR NOT NULL, area_id VARCHAR, period_to DATE NOT NULL,
        colour VARCHAR NOT NULL, reason VARCHAR(1000) NOT NULL, author VARCHAR(200) NOT NULL, made_on DATE NOT NULL,
        PRIMARY KEY (id), FOREIGN KEY(indicator_id) REFERENCES indicator (id) ON DELETE CASCADE,
        FOREIGN KEY(area_id) REFERENCES area (id) ON DELETE CASCADE
    )""",
    "CREATE INDEX ix_override_area_id ON override (area_id)",
    "CREATE INDEX ix_override_indicator_id ON override (indicator_id)",
    "CREATE UNIQUE INDEX one_override_a_period ON override (indicator_id, ifnull(area_id, ''), period_to)",
    """CREATE TABLE peer_rate (
        id VARCHAR(36) NOT NULL, indicator_id VARCHAR NOT NULL, peer_id VARCHAR, year INTEGER NOT NULL,
        value FLOAT NOT NULL, PRIMARY KEY (id), FOREIGN KEY(indicator_id) REFERENCES indicator (id) ON DELETE CASCADE,
        FOREIGN KEY(peer_id) REFERENCES peer_force (id) ON DELETE CASCADE
    )""",
    "CREATE INDEX ix_peer_rate_indicator_id ON peer_rate (indicator_id)",
    "CREATE INDEX ix_peer_rate_peer_id ON peer_rate (peer_id)",
    "CREATE UNIQUE INDEX one_rate_a_force ON peer_rate (indicator_id, ifnull(peer_id, ''), year)",
    """CREATE TABLE rebase (
        id VARCHAR(36) NOT NULL, indicator_id VARCHAR NOT NULL, area_id VARCHAR, starts_on DATE NOT NULL,
        reason VARCHAR(1000) NOT NULL, author VARCHAR(200) NOT NULL, PRIMARY KEY (id),
        FOREIGN KEY(indicator_id) REFERENCES indicator (id) ON DELETE CASCADE,
        FOREIGN KEY(area_id) REFERENCES area (id) ON DELETE CASCADE
    )""",
    "CREATE INDEX ix_rebase_area_id ON rebase (area_id)",
    "CREATE INDEX ix_rebase_indicator_id ON rebase (indicator_id)",
    """CREATE TABLE restatement (
        id VARCHAR(36) NOT NULL, indicator_id VARCHAR NOT NULL, area_id VARCHAR, population VARCHAR(100) NOT NULL,
        period_from DATE NOT NULL, period_to DATE NOT NULL, "before" VARCHAR(200) NOT NULL,
        "after" VARCHAR(200) NOT NULL, made_on DATE NOT NULL, author VARCHAR(200) NOT NULL,
        reason VARCHAR(1000) NOT NULL, PRIMARY KEY (id),
        FOREIGN KEY(indicator_id) REFERENCES indicator (id) ON DELETE CASCADE,
        FOREIGN KEY(area_id) REFERENCES area (id) ON DELETE CASCADE
    )""",
    "CREATE INDEX ix_restatement_area_id ON restatement (area_id)",
    "CREATE INDEX ix_restatement_indicator_id ON restatement (indicator_id)",
)

_INDICATOR = (
    """CREATE TABLE indicator (
        id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, ref VARCHAR(20) NOT NULL, group_id VARCHAR NOT NULL,
        title VARCHAR(300) NOT NULL, unit VARCHAR(60) NOT NULL, polarity VARCHAR NOT NULL,
        population VARCHAR(100) NOT NULL, source VARCHAR(300) NOT NULL, local_priority BOOLEAN NOT NULL,
        framework_item_id VARCHAR, measure VARCHAR DEFAULT 'level' NOT NULL, numerator VARCHAR(100) DEFAULT '' NOT NULL,
        denominator VARCHAR(100) DEFAULT '' NOT NULL, per FLOAT DEFAULT 1000 NOT NULL,
        rated_by VARCHAR DEFAULT 'people' NOT NULL, trajectory VARCHAR DEFAULT 'straight' NOT NULL,
        profile_years INTEGER DEFAULT 1 NOT NULL, cut_from VARCHAR DEFAULT 'result' NOT NULL, rule_id VARCHAR,
        screened BOOLEAN DEFAULT 1 NOT NULL, fix_after INTEGER, beyond_counts BOOLEAN DEFAULT 0 NOT NULL,
        PRIMARY KEY (id), UNIQUE (ref), FOREIGN KEY(group_id) REFERENCES indicator_group (id) ON DELETE CASCADE,
        FOREIGN KEY(framework_item_id) REFERENCES framework_item (id) ON DELETE SET NULL,
        FOREIGN KEY(rule_id) REFERENCES judgement_rule (id) ON DELETE SET NULL
    )""",
    "CREATE INDEX ix_indicator_group_id ON indicator (group_id)",
    "CREATE INDEX ix_indicator_rule_id ON indicator (rule_id)",
)

_RESULT = (
    """CREATE TABLE result (
        id VARCHAR(36) NOT NULL, indicator_id VARCHAR NOT NULL, area_id VARCHAR,
        population VARCHAR(100) DEFAULT '' NOT NULL, period_from DATE NOT NULL, period_to DATE NOT NULL, value FLOAT,
        numerator FLOAT, denominator FLOAT, sample_size FLOAT, design_effect FLOAT DEFAULT (1.0) NOT NULL,
        state VARCHAR NOT NULL, PRIMARY KEY (id), FOREIGN KEY(indicator_id) REFERENCES indicator (id) ON DELETE CASCADE,
        FOREIGN KEY(area_id) REFERENCES area (id) ON DELETE CASCADE
    )""",
    "CREATE INDEX ix_result_area_id ON result (area_id)",
    "CREATE UNIQUE INDEX one_result_a_period "
    "ON result (indicator_id, ifnull(area_id, ''), population, period_from, period_to)",
)


def bring_up(connection: sqlite3.Connection) -> None:
    """To form 3, without a change to what the plan says; foreign keys must be off.

    Indicators keep the measure "level": a level is never summed, so that nothing is worked out from their results which
    nobody asked for.
    """
    for statement in _NEW:
        connection.execute(statement)
    make_anew(connection, "indicator", _INDICATOR)
    connection.execute("ALTER TABLE target ADD COLUMN explanation VARCHAR(2000) DEFAULT '' NOT NULL")
    make_anew(connection, "result", _RESULT)
