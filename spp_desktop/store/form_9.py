"""What form 9 of the file made of form 8.

New are date_move, disclosure, kept_document, marking, reporting_period, small_numbers, delivery_rule,
small_numbers_exception and activity_report. More columns are in role, note, plan_decision, priority, section, strength,
budget_line, efficiency_gain, indicator, inspection_finding, partnership, people_action, protective_service, risk,
theme, diversity_indicator, service_promise, statutory_indicator, activity, equality_impact and milestone.

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
    """CREATE TABLE disclosure (
        id VARCHAR(36) NOT NULL, item_table VARCHAR(60) NOT NULL, item_key VARCHAR(36),
        column_name VARCHAR(120) NOT NULL, released BOOLEAN NOT NULL, decided_by VARCHAR(200) NOT NULL,
        decided_on DATE NOT NULL, revision VARCHAR(36) NOT NULL, reason VARCHAR(1000) NOT NULL, look_again DATE,
        paragraph INTEGER, PRIMARY KEY (id)
    )""",
    "CREATE UNIQUE INDEX one_disclosure_of_each ON disclosure (ifnull(item_key, column_name))",
    """CREATE TABLE kept_document (
        id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, title VARCHAR(200) NOT NULL, document VARCHAR(60) NOT NULL,
        parts VARCHAR(4000) NOT NULL, options VARCHAR(4000) NOT NULL, PRIMARY KEY (id), UNIQUE (title)
    )""",
    """CREATE TABLE marking (
        id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, title VARCHAR(60) NOT NULL, meaning VARCHAR(500) NOT NULL,
        source VARCHAR(500) NOT NULL, verified BOOLEAN NOT NULL, PRIMARY KEY (id), UNIQUE (title)
    )""",
    """CREATE TABLE reporting_period (
        id VARCHAR(36) NOT NULL, title VARCHAR(60) NOT NULL, starts DATE NOT NULL, ends DATE NOT NULL,
        state VARCHAR NOT NULL, state_on DATE, state_by VARCHAR(200) NOT NULL, reason VARCHAR(1000) NOT NULL,
        PRIMARY KEY (id), UNIQUE (title)
    )""",
    """CREATE TABLE small_numbers (
        id VARCHAR(36) NOT NULL, item_table VARCHAR(60) NOT NULL, item_key VARCHAR(36),
        column_name VARCHAR(120) NOT NULL, persons BOOLEAN NOT NULL, method VARCHAR NOT NULL,
        threshold INTEGER NOT NULL, base INTEGER NOT NULL, decided_by VARCHAR(200) NOT NULL, decided_on DATE NOT NULL,
        PRIMARY KEY (id)
    )""",
    "CREATE UNIQUE INDEX one_small_numbers_rule_a_table ON small_numbers (ifnull(item_key, '') || ' ' || column_name)",
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
    """CREATE TABLE small_numbers_exception (
        id VARCHAR(36) NOT NULL, rule_id VARCHAR NOT NULL, cell VARCHAR(200) NOT NULL, reason VARCHAR(1000) NOT NULL,
        decided_by VARCHAR(200) NOT NULL, decided_on DATE NOT NULL, PRIMARY KEY (id), UNIQUE (rule_id, cell),
        FOREIGN KEY(rule_id) REFERENCES small_numbers (id) ON DELETE CASCADE
    )""",
    "CREATE INDEX ix_small_numbers_exception_rule_id ON small_numbers_exception (rule_id)",
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

ANEW: dict[str, tuple[str, ...]] = {
    "note": (
        """CREATE TABLE note (
            id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, text VARCHAR(4000) NOT NULL, marking_id VARCHAR,
            PRIMARY KEY (id), FOREIGN KEY(marking_id) REFERENCES marking (id) ON DELETE RESTRICT
        )""",
        "CREATE INDEX ix_note_marking_id ON note (marking_id)",
    ),
    "plan_decision": (
        """CREATE TABLE plan_decision (
            id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, ref VARCHAR(20) NOT NULL, decided_on DATE,
            text VARCHAR(2000) NOT NULL, body_id VARCHAR, reason VARCHAR(2000) NOT NULL, effect VARCHAR(2000) NOT NULL,
            minute VARCHAR(200) NOT NULL, marking_id VARCHAR, PRIMARY KEY (id), UNIQUE (ref),
            FOREIGN KEY(body_id) REFERENCES body (id) ON DELETE RESTRICT,
            FOREIGN KEY(marking_id) REFERENCES marking (id) ON DELETE RESTRICT
        )""",
        "CREATE INDEX ix_plan_decision_body_id ON plan_decision (body_id)",
        "CREATE INDEX ix_plan_decision_marking_id ON plan_decision (marking_id)",
    ),
    "priority": (
        """CREATE TABLE priority (
            id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, title VARCHAR(300) NOT NULL, narrative VARCHAR NOT NULL,
            marking_id VARCHAR, PRIMARY KEY (id), FOREIGN KEY(marking_id) REFERENCES marking (id) ON DELETE RESTRICT
        )""",
        "CREATE INDEX ix_priority_marking_id ON priority (marking_id)",
    ),
    "section": (
        """CREATE TABLE section (
            id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, number VARCHAR(10) NOT NULL, title VARCHAR(300) NOT NULL,
            body VARCHAR NOT NULL, marking_id VARCHAR, PRIMARY KEY (id),
            FOREIGN KEY(marking_id) REFERENCES marking (id) ON DELETE RESTRICT
        )""",
        "CREATE INDEX ix_section_marking_id ON section (marking_id)",
    ),
    "strength": (
        """CREATE TABLE strength (
            id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, group_id VARCHAR NOT NULL, counted_on DATE NOT NULL,
            counted_in VARCHAR NOT NULL, budgeted FLOAT, actual FLOAT, forecast FLOAT, long_term_sick FLOAT,
            female FLOAT, minority_ethnic FLOAT, joiners FLOAT, leavers FLOAT, note VARCHAR(2000) NOT NULL,
            marking_id VARCHAR, PRIMARY KEY (id), UNIQUE (group_id, counted_on, counted_in),
            FOREIGN KEY(group_id) REFERENCES workforce_group (id) ON DELETE RESTRICT,
            FOREIGN KEY(marking_id) REFERENCES marking (id) ON DELETE RESTRICT
        )""",
        "CREATE INDEX ix_strength_group_id ON strength (group_id)",
        "CREATE INDEX ix_strength_marking_id ON strength (marking_id)",
    ),
    "budget_line": (
        """CREATE TABLE budget_line (
            id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, ref VARCHAR(20) NOT NULL, text VARCHAR(2000) NOT NULL,
            priority_id VARCHAR, funded_by VARCHAR(200) NOT NULL, owner_id VARCHAR, note VARCHAR(2000) NOT NULL,
            marking_id VARCHAR, PRIMARY KEY (id), UNIQUE (ref),
            FOREIGN KEY(priority_id) REFERENCES priority (id) ON DELETE SET NULL,
            FOREIGN KEY(owner_id) REFERENCES post (id) ON DELETE RESTRICT,
            FOREIGN KEY(marking_id) REFERENCES marking (id) ON DELETE RESTRICT
        )""",
        "CREATE INDEX ix_budget_line_marking_id ON budget_line (marking_id)",
        "CREATE INDEX ix_budget_line_owner_id ON budget_line (owner_id)",
        "CREATE INDEX ix_budget_line_priority_id ON budget_line (priority_id)",
    ),
    "efficiency_gain": (
        """CREATE TABLE efficiency_gain (
            id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, ref VARCHAR(20) NOT NULL, group_id VARCHAR,
            text VARCHAR(2000) NOT NULL, kind VARCHAR NOT NULL, recurring BOOLEAN NOT NULL, cost FLOAT, carried FLOAT,
            area_id VARCHAR, owner_id VARCHAR, state VARCHAR NOT NULL, note VARCHAR(2000) NOT NULL, marking_id VARCHAR,
            PRIMARY KEY (id), UNIQUE (ref), FOREIGN KEY(group_id) REFERENCES business_group (id) ON DELETE RESTRICT,
            FOREIGN KEY(area_id) REFERENCES inspection_area (id) ON DELETE RESTRICT,
            FOREIGN KEY(owner_id) REFERENCES post (id) ON DELETE RESTRICT,
            FOREIGN KEY(marking_id) REFERENCES marking (id) ON DELETE RESTRICT
        )""",
        "CREATE INDEX ix_efficiency_gain_area_id ON efficiency_gain (area_id)",
        "CREATE INDEX ix_efficiency_gain_group_id ON efficiency_gain (group_id)",
        "CREATE INDEX ix_efficiency_gain_marking_id ON efficiency_gain (marking_id)",
        "CREATE INDEX ix_efficiency_gain_owner_id ON efficiency_gain (owner_id)",
    ),
    "indicator": (
        """CREATE TABLE indicator (
            id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, ref VARCHAR(20) NOT NULL, group_id VARCHAR NOT NULL,
            title VARCHAR(300) NOT NULL, unit VARCHAR(60) NOT NULL, polarity VARCHAR NOT NULL,
            population VARCHAR(100) NOT NULL, source VARCHAR(300) NOT NULL, local_priority BOOLEAN NOT NULL,
            framework_item_id VARCHAR, measure VARCHAR DEFAULT 'level' NOT NULL,
            numerator VARCHAR(100) DEFAULT '' NOT NULL, denominator VARCHAR(100) DEFAULT '' NOT NULL,
            per FLOAT DEFAULT 1000 NOT NULL, rated_by VARCHAR DEFAULT 'people' NOT NULL,
            trajectory VARCHAR DEFAULT 'straight' NOT NULL, profile_years INTEGER DEFAULT 1 NOT NULL,
            cut_from VARCHAR DEFAULT 'result' NOT NULL, rule_id VARCHAR, screened BOOLEAN DEFAULT 1 NOT NULL,
            fix_after INTEGER, beyond_counts BOOLEAN DEFAULT 0 NOT NULL, grades VARCHAR(500) DEFAULT '' NOT NULL,
            marking_id VARCHAR, PRIMARY KEY (id), UNIQUE (ref),
            FOREIGN KEY(group_id) REFERENCES indicator_group (id) ON DELETE CASCADE,
            FOREIGN KEY(framework_item_id) REFERENCES framework_item (id) ON DELETE SET NULL,
            FOREIGN KEY(rule_id) REFERENCES judgement_rule (id) ON DELETE SET NULL,
            FOREIGN KEY(marking_id) REFERENCES marking (id) ON DELETE RESTRICT
        )""",
        "CREATE INDEX ix_indicator_group_id ON indicator (group_id)",
        "CREATE INDEX ix_indicator_marking_id ON indicator (marking_id)",
        "CREATE INDEX ix_indicator_rule_id ON indicator (rule_id)",
    ),
    "inspection_finding": (
        """CREATE TABLE inspection_finding (
            id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, ref VARCHAR(20) NOT NULL,
            inspection VARCHAR(200) NOT NULL, inspected_on DATE, area_id VARCHAR, grade_id VARCHAR,
            text VARCHAR(2000) NOT NULL, source VARCHAR NOT NULL, answer VARCHAR(2000) NOT NULL, owner_id VARCHAR,
            due DATE, state VARCHAR NOT NULL, evidence VARCHAR(2000) NOT NULL, marking_id VARCHAR, PRIMARY KEY (id),
            UNIQUE (ref), FOREIGN KEY(area_id) REFERENCES inspection_area (id) ON DELETE RESTRICT,
            FOREIGN KEY(grade_id) REFERENCES inspection_grade (id) ON DELETE RESTRICT,
            FOREIGN KEY(owner_id) REFERENCES post (id) ON DELETE RESTRICT,
            FOREIGN KEY(marking_id) REFERENCES marking (id) ON DELETE RESTRICT
        )""",
        "CREATE INDEX ix_inspection_finding_area_id ON inspection_finding (area_id)",
        "CREATE INDEX ix_inspection_finding_grade_id ON inspection_finding (grade_id)",
        "CREATE INDEX ix_inspection_finding_marking_id ON inspection_finding (marking_id)",
        "CREATE INDEX ix_inspection_finding_owner_id ON inspection_finding (owner_id)",
    ),
    "partnership": (
        """CREATE TABLE partnership (
            id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, title VARCHAR(200) NOT NULL, body_id VARCHAR,
            purpose VARCHAR(2000) NOT NULL, contribution VARCHAR(2000) NOT NULL, owner_id VARCHAR, review_on DATE,
            state VARCHAR NOT NULL, marking_id VARCHAR, PRIMARY KEY (id), UNIQUE (title),
            FOREIGN KEY(body_id) REFERENCES body (id) ON DELETE RESTRICT,
            FOREIGN KEY(owner_id) REFERENCES post (id) ON DELETE RESTRICT,
            FOREIGN KEY(marking_id) REFERENCES marking (id) ON DELETE RESTRICT
        )""",
        "CREATE INDEX ix_partnership_body_id ON partnership (body_id)",
        "CREATE INDEX ix_partnership_marking_id ON partnership (marking_id)",
        "CREATE INDEX ix_partnership_owner_id ON partnership (owner_id)",
    ),
    "people_action": (
        """CREATE TABLE people_action (
            id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, ref VARCHAR(20) NOT NULL, objective VARCHAR(300) NOT NULL,
            text VARCHAR(2000) NOT NULL, owner_id VARCHAR, due DATE, measure VARCHAR(300) NOT NULL,
            state VARCHAR NOT NULL, progress VARCHAR(2000) NOT NULL, marking_id VARCHAR, PRIMARY KEY (id), UNIQUE (ref),
            FOREIGN KEY(owner_id) REFERENCES post (id) ON DELETE RESTRICT,
            FOREIGN KEY(marking_id) REFERENCES marking (id) ON DELETE RESTRICT
        )""",
        "CREATE INDEX ix_people_action_marking_id ON people_action (marking_id)",
        "CREATE INDEX ix_people_action_owner_id ON people_action (owner_id)",
    ),
    "protective_service": (
        """CREATE TABLE protective_service (
            id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, title VARCHAR(200) NOT NULL, item_id VARCHAR,
            threat VARCHAR, capability VARCHAR, capacity VARCHAR, gap VARCHAR(2000) NOT NULL,
            action VARCHAR(2000) NOT NULL, collaboration VARCHAR(300) NOT NULL, owner_id VARCHAR, by_2009 VARCHAR,
            by_2011 VARCHAR, due DATE, state VARCHAR NOT NULL, marking_id VARCHAR, PRIMARY KEY (id), UNIQUE (title),
            FOREIGN KEY(item_id) REFERENCES framework_item (id) ON DELETE SET NULL,
            FOREIGN KEY(owner_id) REFERENCES post (id) ON DELETE RESTRICT,
            FOREIGN KEY(marking_id) REFERENCES marking (id) ON DELETE RESTRICT
        )""",
        "CREATE INDEX ix_protective_service_item_id ON protective_service (item_id)",
        "CREATE INDEX ix_protective_service_marking_id ON protective_service (marking_id)",
        "CREATE INDEX ix_protective_service_owner_id ON protective_service (owner_id)",
    ),
    "risk": (
        """CREATE TABLE risk (
            id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, ref VARCHAR(20) NOT NULL, text VARCHAR(1000) NOT NULL,
            cause VARCHAR(1000) NOT NULL, effect VARCHAR(1000) NOT NULL, likelihood_id VARCHAR, impact_id VARCHAR,
            owner_id VARCHAR, response VARCHAR, action VARCHAR(2000) NOT NULL, residual_likelihood_id VARCHAR,
            residual_impact_id VARCHAR, review_on DATE, state VARCHAR NOT NULL, marking_id VARCHAR, PRIMARY KEY (id),
            UNIQUE (ref), FOREIGN KEY(likelihood_id) REFERENCES risk_likelihood (id) ON DELETE RESTRICT,
            FOREIGN KEY(impact_id) REFERENCES risk_impact (id) ON DELETE RESTRICT,
            FOREIGN KEY(owner_id) REFERENCES post (id) ON DELETE RESTRICT,
            FOREIGN KEY(residual_likelihood_id) REFERENCES risk_likelihood (id) ON DELETE RESTRICT,
            FOREIGN KEY(residual_impact_id) REFERENCES risk_impact (id) ON DELETE RESTRICT,
            FOREIGN KEY(marking_id) REFERENCES marking (id) ON DELETE RESTRICT
        )""",
        "CREATE INDEX ix_risk_impact_id ON risk (impact_id)",
        "CREATE INDEX ix_risk_likelihood_id ON risk (likelihood_id)",
        "CREATE INDEX ix_risk_marking_id ON risk (marking_id)",
        "CREATE INDEX ix_risk_owner_id ON risk (owner_id)",
        "CREATE INDEX ix_risk_residual_impact_id ON risk (residual_impact_id)",
        "CREATE INDEX ix_risk_residual_likelihood_id ON risk (residual_likelihood_id)",
    ),
    "theme": (
        """CREATE TABLE theme (
            id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, priority_id VARCHAR NOT NULL, parent_id VARCHAR,
            title VARCHAR(300) NOT NULL, narrative VARCHAR NOT NULL, marking_id VARCHAR, PRIMARY KEY (id),
            FOREIGN KEY(priority_id) REFERENCES priority (id) ON DELETE CASCADE,
            FOREIGN KEY(parent_id) REFERENCES theme (id) ON DELETE CASCADE,
            FOREIGN KEY(marking_id) REFERENCES marking (id) ON DELETE RESTRICT
        )""",
        "CREATE INDEX ix_theme_marking_id ON theme (marking_id)",
        "CREATE INDEX ix_theme_parent_id ON theme (parent_id)",
        "CREATE INDEX ix_theme_priority_id ON theme (priority_id)",
    ),
    "diversity_indicator": (
        """CREATE TABLE diversity_indicator (
            id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, ref VARCHAR(20) NOT NULL, text VARCHAR(2000) NOT NULL,
            unit VARCHAR(40) NOT NULL, measured_on DATE, result FLOAT, target FLOAT, indicator_id VARCHAR,
            owner_id VARCHAR, note VARCHAR(2000) NOT NULL, marking_id VARCHAR, PRIMARY KEY (id), UNIQUE (ref),
            FOREIGN KEY(indicator_id) REFERENCES indicator (id) ON DELETE SET NULL,
            FOREIGN KEY(owner_id) REFERENCES post (id) ON DELETE RESTRICT,
            FOREIGN KEY(marking_id) REFERENCES marking (id) ON DELETE RESTRICT
        )""",
        "CREATE INDEX ix_diversity_indicator_indicator_id ON diversity_indicator (indicator_id)",
        "CREATE INDEX ix_diversity_indicator_marking_id ON diversity_indicator (marking_id)",
        "CREATE INDEX ix_diversity_indicator_owner_id ON diversity_indicator (owner_id)",
    ),
    "service_promise": (
        """CREATE TABLE service_promise (
            id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, ref VARCHAR(20) NOT NULL, text VARCHAR(2000) NOT NULL,
            standard VARCHAR(2000) NOT NULL, measure VARCHAR(300) NOT NULL, target VARCHAR(200) NOT NULL,
            result VARCHAR(200) NOT NULL, indicator_id VARCHAR, owner_id VARCHAR, due DATE, state VARCHAR NOT NULL,
            marking_id VARCHAR, PRIMARY KEY (id), UNIQUE (ref),
            FOREIGN KEY(indicator_id) REFERENCES indicator (id) ON DELETE SET NULL,
            FOREIGN KEY(owner_id) REFERENCES post (id) ON DELETE RESTRICT,
            FOREIGN KEY(marking_id) REFERENCES marking (id) ON DELETE RESTRICT
        )""",
        "CREATE INDEX ix_service_promise_indicator_id ON service_promise (indicator_id)",
        "CREATE INDEX ix_service_promise_marking_id ON service_promise (marking_id)",
        "CREATE INDEX ix_service_promise_owner_id ON service_promise (owner_id)",
    ),
    "statutory_indicator": (
        """CREATE TABLE statutory_indicator (
            id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, framework_id VARCHAR, number VARCHAR(40) NOT NULL,
            text VARCHAR(500) NOT NULL, unit VARCHAR(60) NOT NULL, better VARCHAR NOT NULL, year INTEGER NOT NULL,
            two_before FLOAT, "before" FLOAT, actual FLOAT, target FLOAT, peer_average FLOAT, peer_rank INTEGER,
            like_id VARCHAR, indicator_id VARCHAR, verified BOOLEAN NOT NULL, note VARCHAR(2000) NOT NULL,
            marking_id VARCHAR, PRIMARY KEY (id), UNIQUE (framework_id, number, year),
            FOREIGN KEY(framework_id) REFERENCES framework (id) ON DELETE RESTRICT,
            FOREIGN KEY(like_id) REFERENCES framework_item (id) ON DELETE SET NULL,
            FOREIGN KEY(indicator_id) REFERENCES indicator (id) ON DELETE SET NULL,
            FOREIGN KEY(marking_id) REFERENCES marking (id) ON DELETE RESTRICT
        )""",
        "CREATE INDEX ix_statutory_indicator_framework_id ON statutory_indicator (framework_id)",
        "CREATE INDEX ix_statutory_indicator_indicator_id ON statutory_indicator (indicator_id)",
        "CREATE INDEX ix_statutory_indicator_like_id ON statutory_indicator (like_id)",
        "CREATE INDEX ix_statutory_indicator_marking_id ON statutory_indicator (marking_id)",
    ),
    "activity": (
        """CREATE TABLE activity (
            id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, year INTEGER NOT NULL, ref VARCHAR(20) NOT NULL,
            priority_id VARCHAR NOT NULL, text VARCHAR(2000) NOT NULL, status_id VARCHAR, percent INTEGER, start DATE,
            due DATE, forecast DATE, reason VARCHAR(2000) NOT NULL, theme_id VARCHAR, commitment_id VARCHAR,
            reported VARCHAR, budget FLOAT, notes VARCHAR(4000) DEFAULT '' NOT NULL, marking_id VARCHAR,
            PRIMARY KEY (id), UNIQUE (year, ref), CHECK (percent BETWEEN 0 AND 100),
            FOREIGN KEY(priority_id) REFERENCES priority (id) ON DELETE CASCADE,
            FOREIGN KEY(status_id) REFERENCES status (id) ON DELETE RESTRICT,
            FOREIGN KEY(theme_id) REFERENCES theme (id) ON DELETE SET NULL,
            FOREIGN KEY(commitment_id) REFERENCES commitment (id) ON DELETE SET NULL,
            FOREIGN KEY(marking_id) REFERENCES marking (id) ON DELETE RESTRICT
        )""",
        "CREATE INDEX ix_activity_commitment_id ON activity (commitment_id)",
        "CREATE INDEX ix_activity_marking_id ON activity (marking_id)",
        "CREATE INDEX ix_activity_priority_id ON activity (priority_id)",
        "CREATE INDEX ix_activity_status_id ON activity (status_id)",
        "CREATE INDEX ix_activity_theme_id ON activity (theme_id)",
        "CREATE INDEX ix_activity_year ON activity (year)",
    ),
    "equality_impact": (
        """CREATE TABLE equality_impact (
            id VARCHAR(36) NOT NULL, position FLOAT NOT NULL, ref VARCHAR(20) NOT NULL, activity_id VARCHAR,
            text VARCHAR(2000) NOT NULL, groups VARCHAR(300) NOT NULL, relevance VARCHAR, action VARCHAR(2000) NOT NULL,
            owner_id VARCHAR, due DATE, state VARCHAR NOT NULL, marking_id VARCHAR, PRIMARY KEY (id), UNIQUE (ref),
            FOREIGN KEY(activity_id) REFERENCES activity (id) ON DELETE SET NULL,
            FOREIGN KEY(owner_id) REFERENCES post (id) ON DELETE RESTRICT,
            FOREIGN KEY(marking_id) REFERENCES marking (id) ON DELETE RESTRICT
        )""",
        "CREATE INDEX ix_equality_impact_activity_id ON equality_impact (activity_id)",
        "CREATE INDEX ix_equality_impact_marking_id ON equality_impact (marking_id)",
        "CREATE INDEX ix_equality_impact_owner_id ON equality_impact (owner_id)",
    ),
}


def bring_up(connection: sqlite3.Connection) -> None:
    """To form 9, without a change to what the plan says; foreign keys must be off."""
    for statement in STATEMENTS:
        connection.execute(statement)
    for table, statements in ANEW.items():
        make_anew(connection, table, statements)
