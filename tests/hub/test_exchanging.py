"""A plan and its hub: what is sent comes back as it was, and steps go either way without being lost or repeated."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

import psycopg
import pytest

from spp_desktop.edits import closed_years, rows
from spp_desktop.hub import exchanging, fetching, making, pulling, sending
from spp_desktop.hub.problems import HubRefused
from spp_desktop.plan.delivery import Activity
from spp_desktop.store import checking, history, receipts, recording
from spp_desktop.store.merging.items import MergeDecision
from spp_desktop.store.receipts import Decision, Receipt
from spp_desktop.store.workspace import Workspace
from tests.hub.conftest import CRIME, OFFICER, SECURITY, MadeHub
from tests.hub.server import Server

Open = Callable[[str], Workspace]


def key_of(plan: Workspace, ref: str) -> str:
    """The key of an activity."""
    return str(plan.read_beside(lambda raw: raw.execute("SELECT id FROM activity WHERE ref = ?", (ref,)).fetchone()[0]))


def set_cell(plan: Workspace, ref: str, **cells: Any) -> None:
    """Set cells of an activity, as one step."""
    plan.edit(f"set {', '.join(cells)} of {ref}", rows.change, Activity, key_of(plan, ref), **cells)


def content(plan: Workspace) -> object:
    """The whole content of a plan, its history and what is kept beside it."""
    tables = [*(table.name for table in recording.recorded_tables()), "revision", "head", *recording.BESIDE]
    queries = [f'SELECT * FROM "{name}"' for name in (*tables, "merged_revision")]
    changes = "SELECT {} revision, action, row_table, row_id, cell, before, after FROM {} ORDER BY revision, n"
    queries += [changes.format("n,", name) for name in ("change", "step_change")]
    queries.append(changes.format("", "merged_change"))
    return plan.read_beside(lambda raw: [sorted(map(repr, raw.execute(query))) for query in queries])


def test_every_row_of_the_worked_sample_comes_back_as_it_was(server: Server, worked: Path) -> None:
    server.run("CREATE DATABASE worked")
    address = server.address("worked")
    with Workspace.open(worked) as plan:
        assert "holds “Strategic Policing Plan" in making.init(plan, address)
        key = plan.read_beside(history.plan_key)
        with closing(psycopg.connect(address)) as connection:
            connection.execute(f"SET search_path = {making.schema_of(key)}".encode())
            for name, names, there in making.rows_there(connection):
                columns = ", ".join(f'"{column}"' for column in names)
                query = f'SELECT {columns} FROM "{name}" ORDER BY id'
                assert there == plan.read_beside(lambda raw, query: raw.execute(query).fetchall(), query), name
        assert exchanging.status(plan).sentence() == f"This plan is in step with the hub “worked” on {server.folder}."
        with pytest.raises(HubRefused, match="has a hub there already"):
            making.init(plan, address)


def test_steps_go_from_one_laptop_to_the_other_as_they_were_made(
    hub: MadeHub, laptops: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "AT_ONCE", 2)
    crime, security = laptops("crime"), laptops("security")
    set_cell(crime, "1.01", percent=40, notes="Über “€”\n½", budget=1e-7)
    crime.edit("add an activity", rows.add, Activity, year=2008, ref="1.09", text="More", **_home(crime))
    crime.undo()
    crime.redo()
    set_cell(crime, "1.01", percent=41)
    crime.edit("remove 2.01", rows.remove, Activity, key_of(crime, "2.01"))
    assert exchanging.status(crime, hub.address()).ahead == 6
    assert exchanging.push(crime).startswith("6 steps were sent.")
    assert exchanging.push(crime).startswith("There is nothing to send")
    behind = exchanging.status(security, hub.address())
    assert (behind.ahead, behind.behind, behind.role) == (0, 6, "planning officer")
    heard: list[object] = []
    security.listen(heard.append)
    assert pulling.pull(security).startswith("6 steps of the hub")
    assert heard
    assert content(security) == content(crime)
    assert pulling.pull(security).startswith("There is nothing to take in")
    security.undo()  # what was taken in can be undone as if it had been done here, and goes back the other way
    assert exchanging.push(security).startswith("1 step was sent.")
    assert pulling.pull(crime).startswith("1 step of the hub")
    assert content(security) == content(crime)
    for plan in (crime, security):
        assert checking.check_file(plan.path).ok


def test_a_row_that_comes_takes_nobodys_place(hub: MadeHub, laptops: Open) -> None:
    """The last row of a table is changed, and another comes behind it."""
    crime, security = laptops("crime"), laptops("security")
    set_cell(crime, "2.01", percent=5)
    crime.edit("add an activity", rows.add, Activity, year=2008, ref="1.09", text="More", **_home(crime))
    exchanging.push(crime, hub.address())
    assert pulling.pull(security, hub.address()).startswith("2 steps of the hub")
    assert content(security) == content(crime)


def test_what_a_merge_let_stand_comes_to_a_laptop_that_takes_in_both_at_once(hub: MadeHub, laptops: Open) -> None:
    crime, security, late = laptops("crime"), laptops("security"), laptops("late")
    set_cell(crime, "1.01", percent=40)
    crime.edit("remove 2.01", rows.remove, Activity, key_of(crime, "2.01"))
    exchanging.push(crime, hub.address())
    set_cell(security, "1.01", percent=50)
    set_cell(security, "2.01", percent=50)
    reviewed = pulling.review(security, hub.address())
    assert reviewed.merge is not None
    decided = {item.subject: MergeDecision("ours") for item in reviewed.merge.asked}
    assert len(decided) == 2
    pulling.take(security, reviewed, decided)
    exchanging.push(security)
    pulling.pull(late, hub.address())
    assert content(late) == content(security)


def test_what_belongs_to_a_year_that_was_closed_meanwhile_waits(hub: MadeHub, laptops: Open) -> None:
    crime, security = laptops("crime"), laptops("security")
    set_cell(security, "1.02", percent=60)
    crime.edit("close", closed_years.close_year, 2008, without_periods=True)
    exchanging.push(crime, hub.address())
    assert pulling.pull(security, hub.address()).startswith("1 step of the hub")
    assert security.read_beside(
        lambda raw: raw.execute("SELECT percent FROM activity WHERE ref = '1.02'").fetchone()
    ) == (None,)
    assert exchanging.push(security).startswith("1 step was sent.")
    pulling.pull(crime, hub.address())
    assert content(security) == content(crime)


def _home(plan: Workspace) -> dict[str, Any]:
    (key,) = plan.read_beside(lambda raw: raw.execute("SELECT id FROM priority ORDER BY position").fetchone())
    return {"priority_id": key}


def test_a_laptop_with_steps_of_its_own_sends_them_as_one(hub: MadeHub, laptops: Open) -> None:
    crime, security, third = laptops("crime"), laptops("security"), laptops("third")
    set_cell(crime, "1.01", percent=40)
    set_cell(crime, "1.01", percent=45)
    exchanging.push(crime, hub.address(CRIME))
    set_cell(security, "1.02", percent=60, reason="More than half")
    set_cell(security, "1.02", percent=70)
    security.undo()
    with pytest.raises(HubRefused, match=r"2 steps of the hub .* are newer than this plan\. Nothing was sent"):
        exchanging.push(security, hub.address(SECURITY))
    told = pulling.pull(security)
    assert told.endswith("What this plan has by itself is one step now: send it.")
    assert exchanging.status(security).sentence().startswith("1 step of this plan is not in the hub")
    assert exchanging.push(security).startswith("1 step was sent.")  # a staff officer sends nothing of others'
    for plan in (crime, third):
        pulling.pull(plan, hub.address(OFFICER))
        assert content(plan) == content(security)
    (came,) = hub.run("SELECT count(*) FROM merged_revision")[0]
    assert came == 3
    assert [step.author for step in third.history()] == [step.author for step in security.history()]
    assert third.undo_label == "merge 3 steps of security.plan"
    third.undo()
    assert exchanging.push(third).startswith("1 step was sent.")
    for plan in (crime, security):
        pulling.pull(plan, hub.address(OFFICER))
        assert content(plan) == content(third)
        assert checking.check_file(plan.path).ok
    assert fetching.fetch(hub.address(), hub.folder / "new.plan")
    with Workspace.open(hub.folder / "new.plan") as made:
        assert content(made) == content(third)


def test_what_both_changed_is_asked_and_a_decision_is_not_asked_again(hub: MadeHub, laptops: Open) -> None:
    crime, security = laptops("crime"), laptops("security")
    set_cell(crime, "1.01", text="As ACC Crime has it")
    exchanging.push(crime, hub.address())
    set_cell(security, "1.01", text="As ACC Security has it")
    set_cell(security, "1.02", percent=5)
    before = content(security)
    with pytest.raises(HubRefused, match="1 question is to be decided first") as refused:
        pulling.pull(security)
    assert (refused.value.kind, content(security)) == ("conflict", before)
    reviewed = pulling.review(security)
    assert reviewed.merge is not None
    (asked,) = reviewed.merge.asked
    assert (asked.ours, asked.theirs) == ({"text": "As ACC Crime has it"}, {"text": "As ACC Security has it"})
    pulling.take(security, reviewed, {asked.subject: MergeDecision("theirs")})
    assert exchanging.push(security).startswith("1 step was sent.")
    assert pulling.pull(crime).startswith("1 step of the hub")
    assert content(crime) == content(security)
    assert crime.read_beside(lambda raw: raw.execute("SELECT text FROM activity WHERE ref = '1.01'").fetchone()) == (
        "As ACC Security has it",
    )


def test_records_of_files_go_along(hub: MadeHub, laptops: Open) -> None:
    one, two = laptops("one"), laptops("two")
    receipt = Receipt("r1", "", "e1", "a.xlsx", "0" * 64, "ACC", "2026-01-01T00:00:00Z", "me")
    one.write_beside(receipts.add, receipt, b"what came back")
    one.write_beside(receipts.decide, [Decision("r1", "Überall|1", "accept", "", "", "2026-01-01T00:00:00Z", "me")])
    exchanging.push(one, hub.address())
    two.write_beside(receipts.add, Receipt(**{**asdict(receipt), "id": "r2"}), b"what came back to the other")
    two.write_beside(receipts.set_sender, "r2", "ACC Security")
    set_cell(two, "1.01", percent=5)
    pulling.pull(two)
    exchanging.push(two)
    pulling.pull(one)
    assert content(one) == content(two)
    assert one.read_beside(receipts.content, "r2") == b"what came back to the other"
    assert two.read_beside(receipts.content, "r1") == b"what came back"
    assert checking.check_file(two.path).ok


def test_steps_that_may_not_be_sent_are_sent_as_what_they_come_to(hub: MadeHub, laptops: Open) -> None:
    crime = laptops("crime")
    set_cell(crime, "1.01", percent=40)
    set_cell(crime, "1.02", percent=60)
    crime.undo()
    with pytest.raises(HubRefused, match="as-one"):
        exchanging.push(crime, hub.address(CRIME))
    pulling.take(crime, pulling.review(crime, as_one=True), {})
    assert exchanging.push(crime).startswith("1 step was sent.")
    assert hub.run("SELECT ref, percent FROM activity ORDER BY ref") == [("1.01", 40), ("1.02", None), ("2.01", None)]
