"""What form 6 of the file made of form 5.

New are business_group, efficiency_target, inspection_area, inspection_grade, link, workforce_group, plan_decision,
strength, budget_line, efficiency_gain, equality_impact, inspection_finding, partnership, people_action,
protective_service, budget_year, diversity_indicator, efficiency_gain_log, efficiency_year, equality_impact_log,
inspection_finding_log, partnership_log, people_action_log, protective_service_log, service_promise, statutory_indicator
and service_promise_log. More columns are in post. Rows have moved from activity_link and risk_link.

Written by ``python -m spp_desktop.store.frozen``. The statements are those of that version, whatever later ones make of
these tables.
"""

import sqlite3

from spp_desktop.store.anew import make_anew

STATEMENTS: tuple[str, ...] = (
    "ALTER TABLE post ADD COLUMN email VARCHAR(400) DEFAULT '' NOT NULL",
    """CREATE TABLE business_group (
        id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, title VARCHAR(200) NOT NULL, PRIMARY KEY (id), UNIQUE (title)
    )""",
    """CREATE TABLE efficiency_target (
        id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, base_year INTEGER NOT NULL, expenditure FLOAT NOT NULL,
        share FLOAT NOT NULL, year INTEGER NOT NULL, source VARCHAR(500) NOT NULL, PRIMARY KEY (id), UNIQUE (base_year)
    )""",
    """CREATE TABLE inspection_area (
        id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, title VARCHAR(200) NOT NULL, PRIMARY KEY (id), UNIQUE (title)
    )""",
    """CREATE TABLE inspection_grade (
        id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, title VARCHAR(60) NOT NULL, PRIMARY KEY (id), UNIQUE (title)
    )""",
    """CREATE TABLE link (
        id VARCHAR(36) NOT NULL, kind VARCHAR(40) NOT NULL, from_id VARCHAR(36) NOT NULL, to_id VARCHAR(36) NOT NULL,
        note VARCHAR(200) NOT NULL, PRIMARY KEY (id), CONSTRAINT link_leads_elsewhere CHECK (from_id <> to_id)
    )""",
    "CREATE INDEX links_from ON link (from_id, kind, to_id)",
    "CREATE INDEX links_to ON link (to_id, kind, from_id)",
    "CREATE UNIQUE INDEX one_link_a_pair ON link (kind, min(from_id, to_id), max(from_id, to_id))",
    """CREATE TABLE workforce_group (
        id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, title VARCHAR(100) NOT NULL, PRIMARY KEY (id), UNIQUE (title)
    )""",
    """CREATE TABLE plan_decision (
        id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, ref VARCHAR(20) NOT NULL, decided_on DATE,
        text VARCHAR(2000) NOT NULL, body_id VARCHAR, reason VARCHAR(2000) NOT NULL, effect VARCHAR(2000) NOT NULL,
        minute VARCHAR(200) NOT NULL, PRIMARY KEY (id), UNIQUE (ref),
        FOREIGN KEY(body_id) REFERENCES body (id) ON DELETE RESTRICT
    )""",
    "CREATE INDEX ix_plan_decision_body_id ON plan_decision (body_id)",
    """CREATE TABLE strength (
        id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, group_id VARCHAR NOT NULL, counted_on DATE NOT NULL,
        counted_in VARCHAR NOT NULL, budgeted FLOAT, actual FLOAT, forecast FLOAT, long_term_sick FLOAT, female FLOAT,
        minority_ethnic FLOAT, joiners FLOAT, leavers FLOAT, note VARCHAR(2000) NOT NULL, PRIMARY KEY (id),
        UNIQUE (group_id, counted_on, counted_in),
        FOREIGN KEY(group_id) REFERENCES workforce_group (id) ON DELETE RESTRICT
    )""",
    "CREATE INDEX ix_strength_group_id ON strength (group_id)",
    """CREATE TABLE budget_line (
        id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, ref VARCHAR(20) NOT NULL, text VARCHAR(2000) NOT NULL,
        priority_id VARCHAR, funded_by VARCHAR(200) NOT NULL, owner_id VARCHAR, note VARCHAR(2000) NOT NULL,
        PRIMARY KEY (id), UNIQUE (ref), FOREIGN KEY(priority_id) REFERENCES priority (id) ON DELETE SET NULL,
        FOREIGN KEY(owner_id) REFERENCES post (id) ON DELETE RESTRICT
    )""",
    "CREATE INDEX ix_budget_line_owner_id ON budget_line (owner_id)",
    "CREATE INDEX ix_budget_line_priority_id ON budget_line (priority_id)",
    """CREATE TABLE efficiency_gain (
        id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, ref VARCHAR(20) NOT NULL, group_id VARCHAR,
        text VARCHAR(2000) NOT NULL, kind VARCHAR NOT NULL, recurring BOOLEAN NOT NULL, cost FLOAT, carried FLOAT,
        area_id VARCHAR, owner_id VARCHAR, state VARCHAR NOT NULL, note VARCHAR(2000) NOT NULL, PRIMARY KEY (id),
        UNIQUE (ref), FOREIGN KEY(group_id) REFERENCES business_group (id) ON DELETE RESTRICT,
        FOREIGN KEY(area_id) REFERENCES inspection_area (id) ON DELETE RESTRICT,
        FOREIGN KEY(owner_id) REFERENCES post (id) ON DELETE RESTRICT
    )""",
    "CREATE INDEX ix_efficiency_gain_area_id ON efficiency_gain (area_id)",
    "CREATE INDEX ix_efficiency_gain_group_id ON efficiency_gain (group_id)",
    "CREATE INDEX ix_efficiency_gain_owner_id ON efficiency_gain (owner_id)",
    """CREATE TABLE equality_impact (
        id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, ref VARCHAR(20) NOT NULL, activity_id VARCHAR,
        text VARCHAR(2000) NOT NULL, groups VARCHAR(300) NOT NULL, relevance VARCHAR, action VARCHAR(2000) NOT NULL,
        owner_id VARCHAR, due DATE, state VARCHAR NOT NULL, PRIMARY KEY (id), UNIQUE (ref),
        FOREIGN KEY(activity_id) REFERENCES activity (id) ON DELETE SET NULL,
        FOREIGN KEY(owner_id) REFERENCES post (id) ON DELETE RESTRICT
    )""",
    "CREATE INDEX ix_equality_impact_activity_id ON equality_impact (activity_id)",
    "CREATE INDEX ix_equality_impact_owner_id ON equality_impact (owner_id)",
    """CREATE TABLE inspection_finding (
        id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, ref VARCHAR(20) NOT NULL, inspection VARCHAR(200) NOT NULL,
        inspected_on DATE, area_id VARCHAR, grade_id VARCHAR, text VARCHAR(2000) NOT NULL, source VARCHAR NOT NULL,
        answer VARCHAR(2000) NOT NULL, owner_id VARCHAR, due DATE, state VARCHAR NOT NULL,
        evidence VARCHAR(2000) NOT NULL, PRIMARY KEY (id), UNIQUE (ref),
        FOREIGN KEY(area_id) REFERENCES inspection_area (id) ON DELETE RESTRICT,
        FOREIGN KEY(grade_id) REFERENCES inspection_grade (id) ON DELETE RESTRICT,
        FOREIGN KEY(owner_id) REFERENCES post (id) ON DELETE RESTRICT
    )""",
    "CREATE INDEX ix_inspection_finding_area_id ON inspection_finding (area_id)",
    "CREATE INDEX ix_inspection_finding_grade_id ON inspection_finding (grade_id)",
    "CREATE INDEX ix_inspection_finding_owner_id ON inspection_finding (owner_id)",
    """CREATE TABLE partnership (
        id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, title VARCHAR(200) NOT NULL, body_id VARCHAR,
        purpose VARCHAR(2000) NOT NULL, contribution VARCHAR(2000) NOT NULL, owner_id VARCHAR, review_on DATE,
        state VARCHAR NOT NULL, PRIMARY KEY (id), UNIQUE (title),
        FOREIGN KEY(body_id) REFERENCES body (id) ON DELETE RESTRICT,
        FOREIGN KEY(owner_id) REFERENCES post (id) ON DELETE RESTRICT
    )""",
    "CREATE INDEX ix_partnership_body_id ON partnership (body_id)",
    "CREATE INDEX ix_partnership_owner_id ON partnership (owner_id)",
    """CREATE TABLE people_action (
        id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, ref VARCHAR(20) NOT NULL, objective VARCHAR(300) NOT NULL,
        text VARCHAR(2000) NOT NULL, owner_id VARCHAR, due DATE, measure VARCHAR(300) NOT NULL, state VARCHAR NOT NULL,
        progress VARCHAR(2000) NOT NULL, PRIMARY KEY (id), UNIQUE (ref),
        FOREIGN KEY(owner_id) REFERENCES post (id) ON DELETE RESTRICT
    )""",
    "CREATE INDEX ix_people_action_owner_id ON people_action (owner_id)",
    """CREATE TABLE protective_service (
        id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, title VARCHAR(200) NOT NULL, item_id VARCHAR, threat VARCHAR,
        capability VARCHAR, capacity VARCHAR, gap VARCHAR(2000) NOT NULL, action VARCHAR(2000) NOT NULL,
        collaboration VARCHAR(300) NOT NULL, owner_id VARCHAR, by_2009 VARCHAR, by_2011 VARCHAR, due DATE,
        state VARCHAR NOT NULL, PRIMARY KEY (id), UNIQUE (title),
        FOREIGN KEY(item_id) REFERENCES framework_item (id) ON DELETE SET NULL,
        FOREIGN KEY(owner_id) REFERENCES post (id) ON DELETE RESTRICT
    )""",
    "CREATE INDEX ix_protective_service_item_id ON protective_service (item_id)",
    "CREATE INDEX ix_protective_service_owner_id ON protective_service (owner_id)",
    """CREATE TABLE budget_year (
        id VARCHAR(36) NOT NULL, line_id VARCHAR NOT NULL, year INTEGER NOT NULL, expected FLOAT, allocated FLOAT,
        spent FLOAT, PRIMARY KEY (id), UNIQUE (line_id, year),
        FOREIGN KEY(line_id) REFERENCES budget_line (id) ON DELETE CASCADE
    )""",
    "CREATE INDEX ix_budget_year_line_id ON budget_year (line_id)",
    """CREATE TABLE diversity_indicator (
        id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, ref VARCHAR(20) NOT NULL, text VARCHAR(2000) NOT NULL,
        unit VARCHAR(40) NOT NULL, measured_on DATE, result FLOAT, target FLOAT, indicator_id VARCHAR, owner_id VARCHAR,
        note VARCHAR(2000) NOT NULL, PRIMARY KEY (id), UNIQUE (ref),
        FOREIGN KEY(indicator_id) REFERENCES indicator (id) ON DELETE SET NULL,
        FOREIGN KEY(owner_id) REFERENCES post (id) ON DELETE RESTRICT
    )""",
    "CREATE INDEX ix_diversity_indicator_indicator_id ON diversity_indicator (indicator_id)",
    "CREATE INDEX ix_diversity_indicator_owner_id ON diversity_indicator (owner_id)",
    """CREATE TABLE efficiency_gain_log (
        id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, efficiency_gain_id VARCHAR NOT NULL, logged_on DATE NOT NULL,
        text VARCHAR(4000) NOT NULL, post_id VARCHAR, PRIMARY KEY (id),
        FOREIGN KEY(efficiency_gain_id) REFERENCES efficiency_gain (id) ON DELETE CASCADE,
        FOREIGN KEY(post_id) REFERENCES post (id) ON DELETE SET NULL
    )""",
    "CREATE INDEX ix_efficiency_gain_log_efficiency_gain_id ON efficiency_gain_log (efficiency_gain_id)",
    "CREATE INDEX ix_efficiency_gain_log_post_id ON efficiency_gain_log (post_id)",
    """CREATE TABLE efficiency_year (
        id VARCHAR(36) NOT NULL, gain_id VARCHAR NOT NULL, year INTEGER NOT NULL, planned FLOAT, forecast FLOAT,
        actual FLOAT, PRIMARY KEY (id), UNIQUE (gain_id, year),
        FOREIGN KEY(gain_id) REFERENCES efficiency_gain (id) ON DELETE CASCADE
    )""",
    "CREATE INDEX ix_efficiency_year_gain_id ON efficiency_year (gain_id)",
    """CREATE TABLE equality_impact_log (
        id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, equality_impact_id VARCHAR NOT NULL, logged_on DATE NOT NULL,
        text VARCHAR(4000) NOT NULL, post_id VARCHAR, PRIMARY KEY (id),
        FOREIGN KEY(equality_impact_id) REFERENCES equality_impact (id) ON DELETE CASCADE,
        FOREIGN KEY(post_id) REFERENCES post (id) ON DELETE SET NULL
    )""",
    "CREATE INDEX ix_equality_impact_log_equality_impact_id ON equality_impact_log (equality_impact_id)",
    "CREATE INDEX ix_equality_impact_log_post_id ON equality_impact_log (post_id)",
    """CREATE TABLE inspection_finding_log (
        id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, inspection_finding_id VARCHAR NOT NULL,
        logged_on DATE NOT NULL, text VARCHAR(4000) NOT NULL, post_id VARCHAR, PRIMARY KEY (id),
        FOREIGN KEY(inspection_finding_id) REFERENCES inspection_finding (id) ON DELETE CASCADE,
        FOREIGN KEY(post_id) REFERENCES post (id) ON DELETE SET NULL
    )""",
    "CREATE INDEX ix_inspection_finding_log_inspection_finding_id ON inspection_finding_log (inspection_finding_id)",
    "CREATE INDEX ix_inspection_finding_log_post_id ON inspection_finding_log (post_id)",
    """CREATE TABLE partnership_log (
        id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, partnership_id VARCHAR NOT NULL, logged_on DATE NOT NULL,
        text VARCHAR(4000) NOT NULL, post_id VARCHAR, PRIMARY KEY (id),
        FOREIGN KEY(partnership_id) REFERENCES partnership (id) ON DELETE CASCADE,
        FOREIGN KEY(post_id) REFERENCES post (id) ON DELETE SET NULL
    )""",
    "CREATE INDEX ix_partnership_log_partnership_id ON partnership_log (partnership_id)",
    "CREATE INDEX ix_partnership_log_post_id ON partnership_log (post_id)",
    """CREATE TABLE people_action_log (
        id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, people_action_id VARCHAR NOT NULL, logged_on DATE NOT NULL,
        text VARCHAR(4000) NOT NULL, post_id VARCHAR, PRIMARY KEY (id),
        FOREIGN KEY(people_action_id) REFERENCES people_action (id) ON DELETE CASCADE,
        FOREIGN KEY(post_id) REFERENCES post (id) ON DELETE SET NULL
    )""",
    "CREATE INDEX ix_people_action_log_people_action_id ON people_action_log (people_action_id)",
    "CREATE INDEX ix_people_action_log_post_id ON people_action_log (post_id)",
    """CREATE TABLE protective_service_log (
        id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, protective_service_id VARCHAR NOT NULL,
        logged_on DATE NOT NULL, text VARCHAR(4000) NOT NULL, post_id VARCHAR, PRIMARY KEY (id),
        FOREIGN KEY(protective_service_id) REFERENCES protective_service (id) ON DELETE CASCADE,
        FOREIGN KEY(post_id) REFERENCES post (id) ON DELETE SET NULL
    )""",
    "CREATE INDEX ix_protective_service_log_post_id ON protective_service_log (post_id)",
    "CREATE INDEX ix_protective_service_log_protective_service_id ON protective_service_log (protective_service_id)",
    """CREATE TABLE service_promise (
        id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, ref VARCHAR(20) NOT NULL, text VARCHAR(2000) NOT NULL,
        standard VARCHAR(2000) NOT NULL, measure VARCHAR(300) NOT NULL, target VARCHAR(200) NOT NULL,
        result VARCHAR(200) NOT NULL, indicator_id VARCHAR, owner_id VARCHAR, due DATE, state VARCHAR NOT NULL,
        PRIMARY KEY (id), UNIQUE (ref), FOREIGN KEY(indicator_id) REFERENCES indicator (id) ON DELETE SET NULL,
        FOREIGN KEY(owner_id) REFERENCES post (id) ON DELETE RESTRICT
    )""",
    "CREATE INDEX ix_service_promise_indicator_id ON service_promise (indicator_id)",
    "CREATE INDEX ix_service_promise_owner_id ON service_promise (owner_id)",
    """CREATE TABLE statutory_indicator (
        id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, framework_id VARCHAR, number VARCHAR(40) NOT NULL,
        text VARCHAR(500) NOT NULL, unit VARCHAR(60) NOT NULL, better VARCHAR NOT NULL, year INTEGER NOT NULL,
        two_before FLOAT, "before" FLOAT, actual FLOAT, target FLOAT, peer_average FLOAT, peer_rank INTEGER,
        like_id VARCHAR, indicator_id VARCHAR, verified BOOLEAN NOT NULL, note VARCHAR(2000) NOT NULL, PRIMARY KEY (id),
        UNIQUE (framework_id, number, year), FOREIGN KEY(framework_id) REFERENCES framework (id) ON DELETE RESTRICT,
        FOREIGN KEY(like_id) REFERENCES framework_item (id) ON DELETE SET NULL,
        FOREIGN KEY(indicator_id) REFERENCES indicator (id) ON DELETE SET NULL
    )""",
    "CREATE INDEX ix_statutory_indicator_framework_id ON statutory_indicator (framework_id)",
    "CREATE INDEX ix_statutory_indicator_indicator_id ON statutory_indicator (indicator_id)",
    "CREATE INDEX ix_statutory_indicator_like_id ON statutory_indicator (like_id)",
    """CREATE TABLE service_promise_log (
        id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, service_promise_id VARCHAR NOT NULL, logged_on DATE NOT NULL,
        text VARCHAR(4000) NOT NULL, post_id VARCHAR, PRIMARY KEY (id),
        FOREIGN KEY(service_promise_id) REFERENCES service_promise (id) ON DELETE CASCADE,
        FOREIGN KEY(post_id) REFERENCES post (id) ON DELETE SET NULL
    )""",
    "CREATE INDEX ix_service_promise_log_post_id ON service_promise_log (post_id)",
    "CREATE INDEX ix_service_promise_log_service_promise_id ON service_promise_log (service_promise_id)",
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
