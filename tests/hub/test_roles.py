"""What a role may do on a hub, whatever program it uses: every way round is tried with bare statements.

A changed client can sign and seal what it likes: what it sends is made here by hand, well sealed, and it is the hub
alone that refuses.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import errors

from spp_desktop.edits import delivery, links, reporting_periods, reports, rows
from spp_desktop.hub import exchanging, making, members, pulling
from spp_desktop.hub.problems import HubRefused
from spp_desktop.plan.delivery import ActivityUpdate, Milestone
from spp_desktop.plan.posts import Post
from spp_desktop.plan.rows import new_key
from spp_desktop.store import chain, history
from spp_desktop.store.history import Revision
from spp_desktop.store.workspace import Workspace
from tests.hub.conftest import CRIME, OFFICER, READER, SECURITY, STRANGER, MadeHub, posts
from tests.hub.server import Server
from tests.hub.test_exchanging import Open, key_of, set_cell

Change = tuple[str, str, str, str, Any, Any]


def sent(hub: MadeHub, role: str, *changes: Change, **said: Any) -> None:
    """Send changes as one step, as a changed client would: sealed as they should be, unless it says otherwise."""
    with psycopg.connect(hub.address(role)) as connection:
        connection.execute(f"SET search_path = {hub.schema}".encode())
        n, key, seal = connection.execute("SELECT n, id, hash FROM head").fetchone() or (0, "", "")
        step = {"parent": key, "author": role, "label": "a step", "kind": "edit", **said}
        seal = step.pop("seal", seal)
        made = Revision(n + 1, new_key(), step["parent"], "s", "2026-01-01", step["author"], step["label"],
                        step["kind"], None, "")  # fmt: skip
        lines = [chain.line_of(change) for change in changes]
        statement = chain.statement_of(seal, made)
        hash_ = step.get("hash") or chain.sealed(seal, made, changes)
        connection.execute("SELECT take_step(%s, %s, %s)", (statement, hash_, lines))


def was(hub: MadeHub, table: str, key: str) -> dict[str, Any]:
    """A row on the hub, in the storage types of a file."""
    (row,) = hub.run(f"SELECT to_jsonb(each) FROM {table} AS each WHERE id = '{key}'")[0]
    return {name: int(cell) if isinstance(cell, bool) else cell for name, cell in row.items()}


@pytest.fixture
def keys(hub: MadeHub) -> dict[str, str]:
    """The keys of activities by their references, and of their milestones by those with an m."""
    activities = dict(hub.run("SELECT ref, id FROM activity"))
    steps = hub.run("SELECT ref || 'm', milestone.id FROM milestone JOIN activity ON activity.id = activity_id")
    return {**activities, **dict(steps)}


def test_a_staff_officer_sends_what_is_of_his_own_posts_activities(hub: MadeHub, laptops: Open) -> None:
    crime = laptops("crime")  # 1.01 and 2.01 are of ACC Crime, 1.02 is of ACC Security
    set_cell(crime, "1.01", percent=50, reason="Half done")
    step = crime.edit("add a milestone", rows.add, Milestone, activity_id=key_of(crime, "1.01"), title="Second step")
    crime.edit("say more", rows.change, Milestone, step, title="Another", percent=10)
    crime.undo()
    crime.edit("report", rows.add, ActivityUpdate, activity_id=key_of(crime, "2.01"), reported_on="2008-07-01")
    crime.edit("remove it", rows.remove, Milestone, step)
    address = hub.address(CRIME)
    assert exchanging.status(crime, address).role == "staff officer"
    assert exchanging.push(crime, address).startswith("6 steps were sent.")
    assert hub.run("SELECT percent, reason FROM activity WHERE ref = '1.01'") == [(50, "Half done")]
    assert {pushed for (pushed,) in hub.run("SELECT pushed_by FROM revision WHERE n > 2")} == {CRIME}


def test_what_is_anothers_stays_with_the_sender_and_nothing_of_it_arrives(hub: MadeHub, laptops: Open) -> None:
    crime = laptops("crime")
    before = hub.run("SELECT * FROM revision ORDER BY n")
    set_cell(crime, "1.01", percent=50)
    set_cell(crime, "1.02", percent=60)
    with pytest.raises(HubRefused, match=r"“set percent of 1\.02” changes activity that you may not") as refused:
        exchanging.push(crime, hub.address(CRIME))
    assert refused.value.kind == "not allowed"
    assert hub.run("SELECT * FROM revision ORDER BY n") == before
    assert hub.run("SELECT count(*) FROM activity WHERE percent IS NOT NULL") == [(0,)]
    assert crime.undo_label == "set percent of 1.02"
    assert exchanging.push(crime, hub.address(OFFICER)).startswith("2 steps were sent.")


def test_a_staff_officer_takes_away_the_links_of_milestones_but_not_of_activities(hub: MadeHub, laptops: Open) -> None:
    officer, crime = laptops("officer"), laptops("crime")
    own = key_of(officer, "1.01")
    kept = officer.edit("link them", links.join, "depends on", own, key_of(officer, "2.01"))
    step = officer.edit("add a milestone", rows.add, Milestone, activity_id=own, title="Second step")
    officer.edit("link it", links.join, "depends on", step, key_of(officer, "2.01"))
    exchanging.push(officer, hub.address(OFFICER))
    pulling.pull(crime, hub.address(CRIME))
    crime.edit("remove it", rows.remove, Milestone, step)
    exchanging.push(crime, hub.address(CRIME))
    assert hub.run("SELECT id FROM link") == [(kept,)]
    crime.edit("part them", links.part, kept)
    with pytest.raises(HubRefused, match="changes link that you may not change"):
        exchanging.push(crime, hub.address(CRIME))


def test_no_changed_client_of_a_staff_officer_gets_round_it(hub: MadeHub, keys: dict[str, str]) -> None:
    own, others = keys["1.01"], keys["1.02"]
    sent(hub, CRIME, ("set", "activity", own, "percent", None, 5))  # what is sent so arrives, if it may
    milestone, theirs = was(hub, "milestone", keys["1.01m"]), was(hub, "milestone", keys["1.02m"])
    fresh = {**milestone, "id": new_key(), "activity_id": others}
    post = was(hub, "activity_owner", hub.run(f"SELECT id FROM activity_owner WHERE activity_id = '{own}'")[0][0])
    tried: dict[str, list[Change]] = {
        "another ACC's row": [("set", "activity", others, "percent", None, 5)],
        "another ACC's milestone": [("set", "milestone", keys["1.02m"], "percent", None, 5)],
        "another column": [("set", "activity", own, "text", was(hub, "activity", own)["text"], "Less")],
        "another row by a key of his own": [("set", "activity", own, "id", own, others)],
        "another ACC's milestone taken over": [("set", "milestone", keys["1.02m"], "activity_id", others, own)],
        "a milestone given to another": [("set", "milestone", keys["1.01m"], "activity_id", own, others)],
        "a milestone added to another": [("add", "milestone", fresh["id"], "", None, json.dumps(fresh))],
        "a milestone removed from another": [("remove", "milestone", theirs["id"], "", json.dumps(theirs), None)],
        "a row under another key": [("add", "milestone", new_key(), "", None, json.dumps(fresh))],
        "himself made an owner": [
            (
                "add",
                "activity_owner",
                fresh["id"],
                "",
                None,
                json.dumps({**post, "id": fresh["id"], "activity_id": others}),
            )
        ],
        "a whole activity": [("remove", "activity", own, "", json.dumps(was(hub, "activity", own)), None)],
        "the posts": [("set", "post", post["post_id"], "title", "ACC Crime", "ACC Everything")],
        "the hub's own table": [("set", "hub_member", CRIME, "post_id", "", "")],
        "the history": [("set", "revision", "1", "author", "x", "y")],
        "what is not there": [("set", "activity", own, "percent", 77, 5)],
        "hidden among what he may": [
            ("set", "activity", own, "percent", 5, 6),
            ("set", "activity", others, "percent", None, 6),
        ],
    }
    for way, changes in tried.items():
        with pytest.raises(psycopg.Error) as refused:
            sent(hub, CRIME, *changes)
        assert refused.value.sqlstate in ("SP002", "SP003", "42501"), (way, refused.value)
    assert hub.run("SELECT ref, percent FROM activity ORDER BY ref") == [("1.01", 5), ("1.02", None), ("2.01", None)]
    assert was(hub, "milestone", theirs["id"]) == theirs


def test_no_changed_client_rewrites_the_history_or_signs_for_another(hub: MadeHub, keys: dict[str, str]) -> None:
    change = ("set", "activity", keys["1.01"], "percent", None, 5)
    (first,) = hub.run("SELECT id FROM revision WHERE n = 1")[0]
    said: list[tuple[str, dict[str, Any], str]] = [
        (CRIME, {"parent": first}, "SP001"),
        (OFFICER, {"parent": first}, "SP001"),
        (OFFICER, {"seal": "0" * 64}, "SP001"),
        (OFFICER, {"hash": "0" * 64}, "SP002"),
        (CRIME, {"kind": "built"}, "SP003"),
        (CRIME, {"kind": "expunged"}, "SP003"),
        (SECURITY, {"author": "the planning officer"}, "SP003"),
    ]
    with pytest.raises(psycopg.Error, match="a table that the hub does not know"):
        sent(hub, OFFICER, ("set", "activityy", keys["1.01"], "percent", None, 5))
    hub.run(f"UPDATE hub_member SET author = '{SECURITY}' WHERE role = '{SECURITY}'")
    for role, step, state in said:
        with pytest.raises(psycopg.Error) as refused:
            sent(hub, role, change, **step)
        assert refused.value.sqlstate == state, (role, step, refused.value)
    sent(hub, SECURITY, ("set", "activity", keys["1.02"], "percent", None, 5))
    for role in (CRIME, OFFICER, READER):
        for statement in (
            "INSERT INTO revision SELECT n + 1, 'x', id, '', '', 'x', 'x', 'edit', NULL, 'x', 'x', now() FROM head",
            "UPDATE revision SET author = 'x'",
            "DELETE FROM revision",
            "INSERT INTO change VALUES (1, 99, 'set', 'activity', 'x', 'percent', '1', '2')",
            "UPDATE change SET after = '1'",
            "UPDATE head SET n = 1",
            "UPDATE activity SET percent = 1",
            "INSERT INTO hub_staff_may VALUES ('post', 'set', 'title')",
            "DELETE FROM hub_file",
            "SELECT make_change('set', 'activity', 'x', '{}', '{}', '')",
            "TRUNCATE change",
            "DROP TABLE change",
            "ALTER TABLE activity DISABLE ROW LEVEL SECURITY",
            "CREATE TABLE mine (n integer)",
            "SET ROLE postgres",
            f"SET ROLE {hub.schema}_keeper",
        ):
            with pytest.raises(errors.InsufficientPrivilege):
                hub.run(statement, role=role)
    for role in (CRIME, READER):
        with pytest.raises(errors.InsufficientPrivilege):
            hub.run(f"INSERT INTO hub_member SELECT '{role}', id, '' FROM post", role=role)
        with pytest.raises(errors.InsufficientPrivilege):
            hub.run(f"GRANT {hub.schema}_officer TO {role}", role=role)


def test_readers_only_read_and_strangers_do_not_even_that(hub: MadeHub, laptops: Open, keys: dict[str, str]) -> None:
    reader, stranger = laptops("reader"), laptops("stranger")
    sent(hub, OFFICER, ("set", "activity", keys["1.02"], "percent", None, 5))
    assert pulling.pull(reader, hub.address(READER)).startswith("1 step of the hub")
    set_cell(reader, "1.01", percent=1)
    with pytest.raises(HubRefused, match="no right"):
        exchanging.push(reader)
    with pytest.raises(HubRefused, match="no right") as refused:
        pulling.pull(stranger, hub.address(STRANGER))
    assert refused.value.kind == "not allowed"


def test_a_planning_officer_lets_others_in_and_puts_them_out(hub: MadeHub, laptops: Open) -> None:
    officer = laptops("officer")
    assert exchanging.status(officer, hub.address(OFFICER)).role == "planning officer"
    assert members.let_in(officer, STRANGER, "staff officer", posts=["ACC Crime"], author="sam").startswith(
        "“stranger”"
    )
    known = {member.name: member for member in members.every(officer)}
    assert known[STRANGER] == (STRANGER, "staff officer", ("ACC Crime",), "sam")
    assert known[READER].role == "reader"
    with pytest.raises(HubRefused, match="no post “ACC Nothing”"):
        members.let_in(officer, STRANGER, "staff officer", posts=["ACC Nothing"])
    with pytest.raises(HubRefused, match="for which posts"):
        members.let_in(officer, STRANGER, "staff officer")
    members.put_out(officer, STRANGER)
    assert STRANGER not in {member.name for member in members.every(officer)}
    hub.run("CREATE ROLE leaver")
    members.let_in(officer, "leaver", "reader")
    hub.run("DROP ROLE leaver")
    members.put_out(officer, "leaver")
    assert "leaver" not in {member.name for member in members.every(officer)}
    with pytest.raises(HubRefused, match="no right"):
        members.let_in(laptops("crime"), STRANGER, "reader", address=hub.address(CRIME))


def test_who_is_no_superuser_makes_a_hub_and_lets_other_officers_in(server: Server, tmp_path: Path) -> None:
    server.run("CREATE DATABASE planning", "REVOKE ALL ON DATABASE planning FROM PUBLIC")
    server.run("CREATE ROLE akhan LOGIN CREATEROLE", "CREATE ROLE jsmith LOGIN", "CREATE ROLE blee LOGIN")
    server.run(
        "GRANT CONNECT, CREATE ON DATABASE planning TO akhan", "GRANT CONNECT ON DATABASE planning TO jsmith, blee"
    )
    with Workspace.create(tmp_path / "own.plan", "A plan of its own", 2008) as plan:
        plan.edit("a post", rows.add, Post, title="ACC Crime")
        making.init(plan, server.address("planning", "akhan"))
        server.run("ALTER ROLE akhan NOCREATEROLE", "REVOKE CREATE ON DATABASE planning FROM akhan")
        members.let_in(plan, "jsmith", "staff officer", posts=["ACC Crime"])
        members.let_in(plan, "blee", "planning officer")
        members.let_in(plan, "jsmith", "reader", address=server.address("planning", "blee"))
        assert [member[:2] for member in members.every(plan)] == [
            ("akhan", "planning officer"), ("blee", "planning officer"), ("jsmith", "reader"),
        ]  # fmt: skip
        plan.edit("retitle", rows.change, Post, posts(plan)["ACC Crime"], title="ACC")
        assert exchanging.push(plan, server.address("planning", "blee")).startswith("1 step was sent.")
        members.put_out(plan, "akhan", address=server.address("planning", "blee"))  # whoever let in, another puts out
        assert [member.name for member in members.every(plan)] == ["blee", "jsmith"]
        keeper = f"{making.schema_of(plan.read_beside(history.plan_key))}_keeper"
    with pytest.raises(psycopg.Error, match="permission denied to set role"):
        server.run(f"SET ROLE {keeper}", role="akhan", database="planning")


def test_what_a_staff_officer_does_all_year_may_be_sent(hub: MadeHub, laptops: Open) -> None:
    officer, crime = laptops("officer"), laptops("crime")
    year = [("Q1 2008-09", date(2008, 4, 1), date(2008, 6, 30)), ("Q2 2008-09", date(2008, 7, 1), date(2008, 9, 30))]
    periods = [officer.edit("a period", reporting_periods.add_period, *period) for period in year]
    officer.edit("open", reporting_periods.open_period, periods[0])
    exchanging.push(officer, hub.address(OFFICER))
    pulling.pull(crime, hub.address(CRIME))
    key, post = key_of(crime, "1.01"), posts(crime)["ACC Crime"]
    (status,) = hub.run("SELECT id FROM status WHERE title = 'At risk'")[0]
    (step,) = hub.run(f"SELECT id FROM milestone WHERE activity_id = '{key}'")[0]
    cells = [(key, "status_id", status), (key, "reason", "Nobody is free"), (key, "forecast", date(2009, 3, 1))]
    crime.edit("set the status", delivery.set_cells, cells, reason="Nobody is free")
    crime.edit("report", delivery.report, key, date(2008, 6, 1), post, done="Some of it", next="The rest")
    crime.edit("move a milestone", delivery.set_milestones, [(step, "forecast", date(2008, 9, 1))], reason="Late")
    crime.edit("add one", delivery.add_milestone, key, "Second step", due=date(2008, 12, 1))
    crime.edit("say it", reports.set_texts, periods[0], [(key, "done", "This quarter")])
    crime.edit("submit", reports.submit, periods[0], [key])
    crime.edit("remove one", delivery.remove_milestone, step)
    assert exchanging.push(crime).startswith("7 steps were sent.")
    pulling.pull(officer)
    officer.edit("close", reporting_periods.close_period, periods[0])
    officer.edit("lock", reporting_periods.lock_period, periods[0])
    exchanging.push(officer, hub.address(OFFICER))
    (report,) = hub.run("SELECT id FROM activity_report")[0]
    with pytest.raises(psycopg.Error) as refused:  # the program would not let him, a changed one is not let either
        sent(hub, CRIME, ("set", "activity_report", report, "done", "This quarter", "Something else"))
    assert refused.value.sqlstate == "SP003"


def test_a_staff_officer_reports_while_the_planning_officer_renumbers(hub: MadeHub, laptops: Open) -> None:
    officer, crime = laptops("officer"), laptops("crime")
    swapped = [(key_of(officer, ref), "ref", other) for ref, other in (("1.01", "1.02"), ("1.02", "1.01"))]
    officer.edit("renumber", delivery.set_cells, swapped)
    set_cell(crime, "1.01", percent=30)
    set_cell(crime, "2.01", percent=60)
    assert exchanging.push(crime, hub.address(CRIME)).startswith("2 steps were sent.")
    with pytest.raises(HubRefused, match="take in first"):
        exchanging.push(officer, hub.address(OFFICER))
    pulling.pull(officer)
    assert exchanging.push(officer).startswith("1 step was sent.")
    pulling.pull(crime)
    query = "SELECT ref, percent, text FROM activity ORDER BY ref"
    wanted = [("1.01", None, "Do what 1.02 says"), ("1.02", 30, "Do what 1.01 says"), ("2.01", 60, "Do what 2.01 says")]
    for plan in (officer, crime):
        assert plan.read_beside(lambda raw: raw.execute(query).fetchall()) == wanted
    assert hub.run(query) == wanted
