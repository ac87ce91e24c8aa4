"""What stands in a hub beside the plan's tables: its history, who is who, and the doors by which steps come in.

All of it is the hub's keeper's, a role that nobody can log in as. Members may read; they write nothing by themselves.
A step comes in by ``take_step`` alone, which sees that it follows on the newest, that it is as it was sealed, and makes
what it changed in the rows: as the keeper, whom row security holds to what the member who asks may change. So what the
rows say and what the history says is the same, whatever program a member uses.
"""

from collections.abc import Iterator

from spp_desktop.hub.tables import quoted

ROLES = ("officer", "staff", "reader")
"""The roles of a hub: planning officers may all, staff officers what is of activities of their own posts."""

KEEPER = "keeper"

HISTORY = (
    """CREATE TABLE hub (
        plan_id text COLLATE "C" PRIMARY KEY, form integer NOT NULL, title text NOT NULL, made_at timestamptz NOT NULL,
        made_by text NOT NULL)""",
    """CREATE TABLE revision (
        n bigint PRIMARY KEY, id text COLLATE "C" NOT NULL UNIQUE, parent text COLLATE "C", sitting text NOT NULL,
        at text NOT NULL, author text NOT NULL, label text NOT NULL, kind text NOT NULL, reverses text,
        hash text NOT NULL, pushed_by text NOT NULL, pushed_at timestamptz NOT NULL)""",
    """CREATE TABLE change (
        revision bigint NOT NULL REFERENCES revision (n), k integer NOT NULL, action text NOT NULL,
        row_table text NOT NULL, row_id text COLLATE "C" NOT NULL, cell text NOT NULL, before text NOT NULL,
        after text NOT NULL, PRIMARY KEY (revision, k))""",
    "CREATE INDEX change_of_row ON change (row_id)",
    """CREATE TABLE merged_revision (
        merge bigint NOT NULL REFERENCES revision (n), k integer NOT NULL, id text COLLATE "C" NOT NULL,
        parent text COLLATE "C", sitting text NOT NULL, at text NOT NULL, author text NOT NULL, label text NOT NULL,
        kind text NOT NULL, reverses text, hash text NOT NULL, PRIMARY KEY (merge, k), UNIQUE (merge, id))""",
    "CREATE INDEX merged_revision_named ON merged_revision (id)",
    """CREATE TABLE merged_change (
        revision text COLLATE "C" NOT NULL, k integer NOT NULL, action text NOT NULL, row_table text NOT NULL,
        row_id text COLLATE "C" NOT NULL, cell text NOT NULL, before text NOT NULL, after text NOT NULL,
        PRIMARY KEY (revision, k))""",
    """CREATE TABLE head (
        place integer PRIMARY KEY CHECK (place = 1), n bigint NOT NULL, id text COLLATE "C" NOT NULL,
        hash text NOT NULL)""",
    "CREATE TABLE hub_file (hash text PRIMARY KEY, content bytea NOT NULL)",
    """CREATE TABLE hub_member (
        role text COLLATE "C" NOT NULL, post_id text COLLATE "C" NOT NULL, author text NOT NULL DEFAULT '',
        PRIMARY KEY (role, post_id))""",
    """CREATE TABLE hub_staff_may (
        row_table text NOT NULL, action text NOT NULL, cell text NOT NULL, PRIMARY KEY (row_table, action, cell))""",
    """CREATE TABLE hub_first_cells (row_table text PRIMARY KEY, cells jsonb NOT NULL)""",
)
"""The tables of a hub beside the plan's. ``before`` and ``after`` are JSON, as they are sealed. ``hub_member`` says for
which posts a database role stands, and under which name it signs; ``hub_staff_may`` what staff officers may do with
rows of their own; ``hub_first_cells`` what rows made before a column was there hold in it."""

STAFF_MAY: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("activity", "set", ("status_id", "percent", "forecast", "reason")),
    (
        "milestone",
        "set",
        (
            *("position", "title", "due", "forecast", "done_on", "due_within", "forecast_within"),
            *("owner_id", "status_id", "percent", "evidence"),
        ),
    ),
    ("milestone", "add", ("",)),
    ("milestone", "remove", ("",)),
    ("activity_update", "set", ("position", "reported_on", "post_id", "status_id", "done", "next")),
    ("activity_update", "add", ("",)),
    ("activity_update", "remove", ("",)),
    (
        "activity_report",
        "set",
        ("status_id", "percent", "forecast", "reason", "done", "next", "carried", "submitted_on", "submitted_by"),
    ),
    ("activity_report", "add", ("",)),
    ("date_move", "add", ("",)),
    ("date_move", "set", ("now", "moved_on", "moved_by", "reason")),
    ("date_move", "remove", ("",)),
    ("link", "remove", ("",)),
    ("attachment", "remove", ("",)),
    ("post_in_role", "remove", ("",)),
    ("export", "add", ("",)),
)
"""What staff officers may do, by table and action, with which cells; of rows, only what is of their own posts.

A date that moves is recorded with the date. What hangs on a milestone goes with it. What leaves is recorded."""

_WHO = """
CREATE FUNCTION is_officer() RETURNS boolean LANGUAGE sql STABLE {path} AS
    $$ SELECT pg_has_role(session_user, '{schema}_officer', 'USAGE') $$;
CREATE FUNCTION is_staff() RETURNS boolean LANGUAGE sql STABLE {path} AS
    $$ SELECT pg_has_role(session_user, '{schema}_staff', 'USAGE') $$;
CREATE FUNCTION is_own(text) RETURNS boolean LANGUAGE sql STABLE {path} AS
    $$ SELECT is_staff() AND EXISTS (
        SELECT 1 FROM activity_owner AS owner JOIN hub_member AS member ON member.post_id = owner.post_id
        WHERE owner.activity_id = $1 AND member.role = session_user) $$;
CREATE FUNCTION is_of_own(text) RETURNS boolean LANGUAGE sql STABLE {path} AS
    $$ SELECT is_own($1) OR is_own((SELECT activity_id FROM milestone WHERE id = $1))
        OR is_own((SELECT activity_id FROM activity_update WHERE id = $1)) $$;
CREATE FUNCTION hangs_on_own(text) RETURNS boolean LANGUAGE sql STABLE {path} AS
    $$ SELECT is_of_own($1) AND NOT is_own($1) $$;
CREATE FUNCTION is_open(text) RETURNS boolean LANGUAGE sql STABLE {path} AS
    $$ SELECT EXISTS (SELECT 1 FROM reporting_period WHERE id = $1 AND state <> 'locked') $$
"""

_TAKE_STEP = """
CREATE FUNCTION take_step(statement text, hash text, lines text[]) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER {path} AS
$$
#variable_conflict use_column
DECLARE
    step jsonb := statement::jsonb;
    newest head%ROWTYPE;
    number bigint;
    said record;
BEGIN
    IF NOT (is_officer() OR is_staff()) THEN
        RAISE EXCEPTION 'Your role on the hub only reads, so nothing was sent. Your plan keeps it.'
            USING ERRCODE = 'SP003';
    END IF;
    SELECT * INTO newest FROM head FOR UPDATE;
    IF step ->> 0 IS DISTINCT FROM newest.hash OR step ->> 2 IS DISTINCT FROM newest.id THEN
        RAISE EXCEPTION 'The hub has newer steps than this plan. Nothing was sent, and nothing is lost: take in first.'
            USING ERRCODE = 'SP001';
    END IF;
    IF jsonb_array_length(step) <> 9 OR take_step.hash <>
        encode(sha256(convert_to(statement || array_to_string(lines, ''), 'UTF8')), 'hex') THEN
        RAISE EXCEPTION 'A step is not as it was sealed, so the hub took nothing. Check the file of this plan.'
            USING ERRCODE = 'SP002';
    END IF;
    IF NOT is_officer() THEN
        PERFORM demand_of_staff(step);
    END IF;
    number := newest.n + 1;
    INSERT INTO revision VALUES (number, step ->> 1, step ->> 2, step ->> 3, step ->> 4, step ->> 5, step ->> 6,
        step ->> 7, step ->> 8, take_step.hash, session_user, now());
    INSERT INTO change SELECT number, k, line ->> 0, line ->> 1, line ->> 2, line ->> 3, (line -> 4)::text,
        (line -> 5)::text
        FROM (SELECT k, text::json AS line FROM unnest(lines) WITH ORDINALITY AS each (text, k)) AS lined;
    FOR said IN SELECT * FROM changes_together(number) LOOP
        PERFORM make_change(said.action, said.row_table, said.row_id, said.befores, said.afters, step ->> 6);
    END LOOP;
    UPDATE head SET n = number, id = step ->> 1, hash = take_step.hash;
    RETURN number;
END
$$
"""

_DEMAND_OF_STAFF = """
CREATE FUNCTION demand_of_staff(step jsonb) RETURNS void LANGUAGE plpgsql {path} AS
$$
BEGIN
    IF step ->> 7 NOT IN ('edit', 'undo', 'redo', 'import', 'beside', 'merged') THEN
        RAISE EXCEPTION 'A step of this kind is the planning officer''s: “%”. Nothing was sent.', step ->> 6
            USING ERRCODE = 'SP003';
    END IF;
    IF EXISTS (SELECT 1 FROM hub_member WHERE role = session_user AND author <> '' AND author <> step ->> 5) THEN
        RAISE EXCEPTION 'The step “%” is signed by %, and you sign under another name. Nothing was sent.',
            step ->> 6, step ->> 5 USING ERRCODE = 'SP003';
    END IF;
END
$$
"""

_CHANGES_TOGETHER = """
CREATE FUNCTION changes_together(bigint)
    RETURNS TABLE (action text, row_table text, row_id text, befores jsonb, afters jsonb) LANGUAGE sql STABLE {path} AS
$$
    WITH read AS (
        SELECT k AS mark, 0 AS place, action, row_table, row_id, cell, before, after FROM change
        WHERE revision = $1 AND action IN ('add', 'set', 'remove')
        UNION ALL SELECT mark.k, made.k, made.action, made.row_table, made.row_id, made.cell, made.before, made.after
        FROM change AS mark JOIN revision AS turned ON turned.id = mark.row_id
            JOIN change AS made ON made.revision = turned.n
        WHERE mark.revision = $1 AND mark.action = 'turned' AND mark.cell = 'again'
            AND made.action IN ('add', 'set', 'remove')
        UNION ALL SELECT mark.k, -made.k,
            CASE made.action WHEN 'add' THEN 'remove' WHEN 'remove' THEN 'add' ELSE 'set' END,
            made.row_table, made.row_id, made.cell, made.after, made.before
        FROM change AS mark JOIN revision AS turned ON turned.id = mark.row_id
            JOIN change AS made ON made.revision = turned.n
        WHERE mark.revision = $1 AND mark.action = 'turned' AND mark.cell = 'back'
            AND made.action IN ('add', 'set', 'remove')
    ), numbered AS (
        SELECT *, row_number() OVER (ORDER BY mark, place) AS k FROM read
    ), parted AS (
        SELECT *, k - row_number() OVER (PARTITION BY action, row_table, row_id ORDER BY k) AS together FROM numbered
    )
    SELECT action, row_table, row_id,
        CASE WHEN action = 'set' THEN jsonb_object_agg(cell, before::jsonb ORDER BY k DESC)
            ELSE min(before)::jsonb END,
        CASE WHEN action = 'set' THEN jsonb_object_agg(cell, after::jsonb ORDER BY k) ELSE min(after)::jsonb END
    FROM parted GROUP BY action, row_table, row_id, together ORDER BY min(k)
$$
"""

_MAKE_CHANGE = """
CREATE FUNCTION make_change(action text, of_table text, key text, befores jsonb, afters jsonb, label text)
    RETURNS void LANGUAGE plpgsql {path} AS
$$
#variable_conflict use_variable
DECLARE
    first jsonb := (SELECT cells FROM hub_first_cells AS first WHERE first.row_table = of_table);
    listed text;
    done bigint;
BEGIN
    IF NOT is_officer() THEN
        PERFORM demand_may(action, of_table, afters, label);
    END IF;
    IF first IS NULL THEN
        IF of_table NOT IN ('export', 'receipt', 'decision', 'revision') THEN
            RAISE EXCEPTION 'The step “%” is of a table that the hub does not know (%). Nothing was sent.',
                label, of_table USING ERRCODE = 'SP002';
        END IF;
        RETURN;  -- what is kept beside the content, which stands in the history alone
    END IF;
    IF action = 'add' THEN
        IF jsonb_typeof(afters) <> 'string' OR key IS DISTINCT FROM (afters #>> '{{}}')::jsonb ->> 'id' THEN
            RAISE EXCEPTION 'The step “%” adds a row under another key than its own. Nothing was sent.', label
                USING ERRCODE = 'SP002';
        END IF;
        EXECUTE format('INSERT INTO %I SELECT * FROM jsonb_populate_record(NULL::%I, $1)', of_table, of_table)
            USING first || (afters #>> '{{}}')::jsonb;
    ELSIF action = 'remove' THEN
        EXECUTE format(
            'DELETE FROM %1$I AS gone WHERE id = $1 '
            'AND gone.* IS NOT DISTINCT FROM jsonb_populate_record(NULL::%1$I, $2)', of_table
        ) USING key, first || (befores #>> '{{}}')::jsonb;
    ELSE
        SELECT string_agg(quote_ident(cell), ', ') INTO listed FROM jsonb_object_keys(afters) AS cell;
        EXECUTE format(
            'UPDATE %1$I SET (%2$s) = (SELECT %2$s FROM jsonb_populate_record(NULL::%1$I, $2)) WHERE id = $1 '
            'AND NOT EXISTS (SELECT 1 FROM jsonb_populate_record(NULL::%1$I, $3) AS was '
            'WHERE ROW(%3$s) IS DISTINCT FROM ROW(%4$s))',
            of_table, listed,
            (SELECT string_agg(format('%I.%I', of_table, cell), ', ') FROM jsonb_object_keys(afters) AS cell),
            (SELECT string_agg('was.' || quote_ident(cell), ', ') FROM jsonb_object_keys(afters) AS cell)
        ) USING key, afters, befores;
    END IF;
    GET DIAGNOSTICS done = ROW_COUNT;
    IF done <> 1 THEN
        RAISE EXCEPTION 'The step “%” changes % that you may not change, or that is not as the step says. Nothing was '
            'sent, and your plan keeps it.', label, of_table USING ERRCODE = 'SP003';
    END IF;
END
$$
"""

_DEMAND_MAY = """
CREATE FUNCTION demand_may(action text, of_table text, afters jsonb, label text) RETURNS void LANGUAGE plpgsql {path} AS
$$
#variable_conflict use_variable
DECLARE
    strange text;
BEGIN
    SELECT cells.cell INTO strange
    FROM jsonb_object_keys(CASE WHEN action = 'set' THEN afters ELSE '{{"": 0}}'::jsonb END) AS cells (cell)
    WHERE NOT EXISTS (SELECT 1 FROM hub_staff_may AS may
        WHERE may.row_table = of_table AND may.action = demand_may.action AND may.cell = cells.cell) LIMIT 1;
    IF strange IS NOT NULL THEN
        RAISE EXCEPTION 'The step “%” changes what staff officers may not (%, %). Nothing was sent, your plan keeps '
            'it: send the planning officer a copy.', label, of_table, strange USING ERRCODE = 'SP003';
    END IF;
END
$$
"""

_KEEP_FILE = """
CREATE FUNCTION keep_file(content bytea) RETURNS void LANGUAGE sql SECURITY DEFINER {path} AS
$$
    INSERT INTO hub_file SELECT encode(sha256(content), 'hex'), content WHERE is_officer() OR is_staff()
    ON CONFLICT DO NOTHING
$$
"""

_BRING_ALONG = """
CREATE FUNCTION bring_along(statement text, hash text, lines text[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER {path} AS
$$
#variable_conflict use_column
DECLARE
    step jsonb := statement::jsonb;
    merge bigint;
BEGIN
    SELECT made.n INTO merge FROM head JOIN revision AS made ON made.n = head.n
        WHERE made.kind = 'merged' AND made.pushed_by = session_user AND made.pushed_at = now();
    IF merge IS NULL OR jsonb_array_length(step) <> 9 OR bring_along.hash <>
        encode(sha256(convert_to(statement || array_to_string(lines, ''), 'UTF8')), 'hex') THEN
        RAISE EXCEPTION 'A step that a merge brings along is not as it was sealed, so the hub took nothing.'
            USING ERRCODE = 'SP002';
    END IF;
    INSERT INTO merged_change SELECT step ->> 1, k, line ->> 0, line ->> 1, line ->> 2, line ->> 3,
        (line -> 4)::text, (line -> 5)::text
        FROM (SELECT k, text::json AS line FROM unnest(lines) WITH ORDINALITY AS each (text, k)) AS lined
        WHERE NOT EXISTS (SELECT 1 FROM merged_revision WHERE id = step ->> 1);
    INSERT INTO merged_revision SELECT merge, 1 + (SELECT count(*) FROM merged_revision AS other
        WHERE other.merge = head.n), step ->> 1, step ->> 2, step ->> 3, step ->> 4, step ->> 5, step ->> 6,
        step ->> 7, step ->> 8, bring_along.hash FROM head;
END
$$
"""

_LET_IN = """
CREATE FUNCTION put_out(name text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER {path} AS
$$
DECLARE
    part text;
BEGIN
    IF NOT is_officer() THEN
        RAISE EXCEPTION 'Only planning officers let others into the hub, and put them out. Nothing was changed.'
            USING ERRCODE = 'SP003';
    END IF;
    DELETE FROM hub_member WHERE role = put_out.name;
    FOREACH part IN ARRAY ARRAY['{schema}_officer', '{schema}_staff', '{schema}_reader'] LOOP
        CONTINUE WHEN to_regrole(quote_ident(name)) IS NULL; -- a role that is gone is in no other
        EXECUTE format('REVOKE %I FROM %I', part, name);
        IF pg_has_role(name, part, 'USAGE') AND EXISTS (
            SELECT 1 FROM pg_auth_members WHERE roleid = to_regrole(part) AND member = to_regrole(quote_ident(name))
        ) THEN
            RAISE EXCEPTION '“%” was let in by the database administrator, past the hub, who alone can put them out. '
                'Nothing was changed.', name USING ERRCODE = 'SP003';
        END IF;
    END LOOP;
END
$$;
CREATE FUNCTION let_in(name text, part text, posts text[], author text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER {path} AS
$$
BEGIN
    PERFORM put_out(name);
    EXECUTE format('GRANT %I TO %I', '{schema}_' || part, name);
    INSERT INTO hub_member SELECT name, post, let_in.author FROM unnest(posts) AS post;
END
$$
"""
"""Members are let in and put out by the keeper, who grants the roles and may take them back whoever asked for it: since
PostgreSQL 16 nobody takes back what another granted. Whoever made the hub is no member of the keeper."""

_OWN_ROWS: tuple[tuple[str, str, str], ...] = (
    ("activity", "UPDATE", "is_own(id)"),
    ("milestone", "ALL", "is_own(activity_id)"),
    ("activity_update", "ALL", "is_own(activity_id)"),
    ("activity_report", "ALL", "is_own(activity_id) AND is_open(period_id)"),
    ("date_move", "ALL", "is_of_own(row_id)"),
    ("link", "DELETE", "hangs_on_own(from_id) OR hangs_on_own(to_id)"),
    ("attachment", "DELETE", "hangs_on_own(row_id)"),
    ("post_in_role", "DELETE", "hangs_on_own(row_id)"),
)
"""Which rows are a staff officer's own, by table, and for which commands that counts."""


def functions(schema: str) -> Iterator[str]:
    """The statements that make a hub's functions."""
    path = f"SET search_path = {schema}, pg_temp"
    steps = (_DEMAND_OF_STAFF, _CHANGES_TOGETHER, _DEMAND_MAY, _MAKE_CHANGE, _TAKE_STEP, _BRING_ALONG, _KEEP_FILE)
    for text in (_WHO, *steps, _LET_IN):
        yield text.format(schema=schema, path=path)


def row_security(table: str) -> Iterator[str]:
    """The statements that hold everybody, the keeper too, to what the one who asks may change of a table's rows."""
    name = quoted(table)
    yield f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY"
    yield f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY"
    yield f"CREATE POLICY all_read ON {name} FOR SELECT USING (true)"
    yield f"CREATE POLICY officers_write ON {name} USING (is_officer())"
    for own, command, rule in _OWN_ROWS:
        if own == table:
            yield f"CREATE POLICY staff_write_own ON {name} FOR {command} USING ({rule})"


def grants(schema: str) -> Iterator[str]:
    """The statements by which members may read everything, write nothing, and knock at the doors."""
    every = ", ".join(f"{schema}_{role}" for role in ROLES)
    writers = f"{schema}_officer, {schema}_staff"
    yield f"GRANT USAGE ON SCHEMA {schema} TO {every}"
    yield f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {every}"
    yield f"REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA {schema} FROM PUBLIC"
    yield f"GRANT EXECUTE ON FUNCTION is_officer(), is_staff() TO {every}"
    open_to_writers = "take_step(text, text, text[]), bring_along(text, text, text[]), keep_file(bytea)"
    yield f"GRANT EXECUTE ON FUNCTION {open_to_writers} TO {writers}"
    yield f"GRANT EXECUTE ON FUNCTION let_in(text, text, text[], text), put_out(text) TO {schema}_officer"
