"""What goes wrong with a hub is told in one sentence, and leaves the plan and the hub as they were."""

import builtins
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from spp_desktop.cli import hub as hub_commands
from spp_desktop.hub import exchanging, fetching, making, pulling, remembered, sending
from spp_desktop.hub.problems import HubRefused
from spp_desktop.plan.rows import new_key
from spp_desktop.store import chain, expunging, history
from spp_desktop.store.appended import MadeElsewhere
from spp_desktop.store.problems import PlanRefused
from spp_desktop.store.struck import StruckWord
from spp_desktop.store.workspace import Workspace
from tests.command_line import spp
from tests.hub.conftest import CRIME, LOCKED_OUT, OFFICER, STRANGER, MadeHub
from tests.hub.server import Server
from tests.hub.test_exchanging import Open, content, set_cell


def test_each_trouble_is_one_sentence_that_says_what_is_safe(hub: MadeHub, laptops: Open, plan_path: Path) -> None:
    plan = laptops("one")
    before = content(plan)
    with Workspace.create(plan_path, "Another plan", 2009) as other:
        troubles: list[tuple[str, Callable[[], object]]] = [
            ("no hub", lambda: exchanging.push(plan)),
            ("address", lambda: exchanging.push(plan, "   ")),
            ("address", lambda: exchanging.push(plan, "postgresql://a:secret@server/b")),
            ("unreachable", lambda: pulling.pull(plan, "postgresql://localhost:1/force?connect_timeout=2")),
            ("unreachable", lambda: pulling.pull(plan, "no-such-service")),
            ("password", lambda: pulling.pull(plan, hub.address(LOCKED_OUT))),
            ("no hub", lambda: pulling.pull(plan, hub.server.address("no_such_database"))),
            ("can be made", lambda: pulling.pull(plan, hub.server.address("postgres"))),
            ("no hub", lambda: pulling.pull(other, hub.address())),
            ("not allowed", lambda: pulling.pull(plan, hub.address(STRANGER))),
            ("not allowed", lambda: making.init(other, hub.address(CRIME))),
            ("another plan", lambda: making.init(plan, hub.server.address(hub.database))),
        ]
        for kind, does in troubles:
            with pytest.raises(HubRefused) as refused:
                does()
            sentence = str(refused.value)
            assert refused.value.kind == kind, sentence
            assert "secret" not in sentence
            assert "as it was" in sentence or "Nothing was changed" in sentence, sentence
    assert content(plan) == before


def test_without_the_library_a_sentence_says_how_it_comes(
    monkeypatch: pytest.MonkeyPatch, workspace: Workspace
) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name.partition(".")[0] == "psycopg":
            raise ImportError(f"No module named {name}")
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(HubRefused, match=r"install the program anew"):
        exchanging.status(workspace, "force")


def test_a_newer_form_and_another_history_are_refused(hub: MadeHub, laptops: Open) -> None:
    plan = laptops("one")
    assert exchanging.status(plan, hub.address()).ahead == 0
    hub.run("UPDATE hub SET form = 99")
    with pytest.raises(HubRefused, match="newer form than this program"):
        exchanging.push(plan)
    hub.run("UPDATE hub SET form = 2")
    with pytest.raises(HubRefused, match="a planning officer makes the hub anew"):
        exchanging.push(plan)
    hub.run("UPDATE hub SET plan_id = 'other'")
    with pytest.raises(HubRefused, match="holds another plan"):
        exchanging.push(plan)


def test_a_step_that_was_changed_on_the_hub_is_not_taken_in(
    hub: MadeHub, laptops: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "AT_ONCE", 1)
    one, two = laptops("one"), laptops("two")
    for percent in (40, 41, 42):
        set_cell(one, "1.01", percent=percent)
    exchanging.push(one, hub.address())
    before = content(two)
    hub.run("UPDATE change SET after = '90' WHERE revision = (SELECT n - 1 FROM head)")
    with pytest.raises(PlanRefused, match=r"Step \d+ .* is not as it was sealed"):
        pulling.pull(two, hub.address())
    assert content(two) == before


def test_a_step_of_what_this_program_does_not_know_is_not_taken_in(workspace: Workspace) -> None:
    before = content(workspace)
    newest = workspace.read_beside(chain.newest)
    assert newest is not None
    strange = [("set", "activityy", new_key(), "percent", None, 5)]
    step = newest._replace(n=newest.n + 1, id=new_key(), parent=newest.id, hash="")
    seal = chain.sealed(newest.hash, step, strange)
    made = MadeElsewhere(newest)
    made.add([step._replace(hash=seal)], {step.n: strange})
    with pytest.raises(PlanRefused, match="what this program does not know"):
        workspace.append(made, "before")
    assert content(workspace) == before


def test_the_address_is_remembered_with_the_person_and_not_in_the_plan(hub: MadeHub, laptops: Open) -> None:
    plan = laptops("one")
    exchanging.status(plan, hub.address())
    key = plan.read_beside(history.plan_key)
    known = remembered.of(key)
    assert known is not None
    assert known.address == hub.address()
    assert str(hub.server.folder).encode() not in plan.path.read_bytes()
    remembered._file_of(key).write_text("not what it was")
    assert remembered.of(key) is None


def test_by_hand(server: Server, small_plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub_commands, "_SHORTEST", 0)  # marks are made longer until they differ
    server.run("CREATE DATABASE by_hand")
    plan, copy = tmp_path / "a.plan", tmp_path / "b.plan"
    plan.write_bytes(small_plan.read_bytes())
    address = server.address("by_hand")
    assert spp("hub", "init", address, plan).status == 0
    assert spp("hub", "fetch", address, copy).out.startswith("b.plan is made of “A small plan”")
    with Workspace.open(plan) as one, Workspace.open(copy) as two:
        assert content(one) == content(two)
        set_cell(two, "1.01", percent=5)
    assert spp("hub", "status", copy).status == 1
    assert spp("hub", "push", copy).out.startswith("1 step was sent.")
    assert spp("hub", "pull", plan).out.startswith("1 step of the hub")
    with Workspace.open(plan) as one, Workspace.open(copy) as two:
        for both, percent in ((one, 10), (two, 20)):
            for ref in ("1.01", "1.02"):
                set_cell(both, ref, percent=percent)
    assert spp("hub", "push", copy).status == 0
    asked = spp("hub", "pull", plan)
    assert (asked.status, "on the hub % complete “20%”; in this plan % complete “10%”" in asked.err) == (1, True)
    first, second = re.findall(r"^\[(\w+)\]", asked.err, re.MULTILINE)
    twice = spp("hub", "pull", plan, "--hub", first, "--mine", first)
    assert (twice.status, f"Both sides were said to stand for {first}." in twice.err) == (2, True)
    left = spp("hub", "pull", plan, "--hub", first, "--mine", "of none")
    assert (left.status, re.findall(r"^\[(\w+)\]", left.err, re.MULTILINE)) == (1, [second])
    assert "has the mark of none. Nothing was changed" in left.err
    assert spp("hub", "pull", plan, "--hub", first, "--keep", "mine").out.endswith("is one step now: send it.\n")
    with Workspace.open(plan) as one:
        rows = one.read_beside(lambda raw: raw.execute("SELECT percent FROM activity ORDER BY ref").fetchall())
    assert sorted(rows[:2]) == [(10,), (20,)]
    assert spp("hub", "push", plan).status == 0
    told = spp("hub", "status", plan, "--json")
    assert (told.status, told.data["ahead"], told.data["behind"], told.data["role"]) == (0, 0, 0, "planning officer")
    assert spp("hub", "role", plan, STRANGER, "staff", "--post", "ACC Crime").status == 0
    assert f"{STRANGER}  staff officer  ACC Crime" in spp("hub", "role", plan).out
    assert json.loads(spp("hub", "role", plan, "--json").out)
    assert spp("hub", "role", plan, STRANGER, "none").status == 0
    assert spp("hub", "role", plan, STRANGER, "king").status == 2
    other = "CREATE TABLE spp_other.hub AS SELECT 'x' AS plan_id, 1 AS form, 'Another plan' AS title"
    server.run("CREATE SCHEMA spp_other", other, database="by_hand")
    refused = spp("hub", "fetch", address, tmp_path / "c.plan")
    assert (refused.status, "Say which plan" in refused.err) == (2, True)
    assert not (tmp_path / "c.plan").exists()


def test_a_hub_is_made_anew_of_a_plan_that_has_all_of_it(hub: MadeHub, laptops: Open) -> None:
    one, two = laptops("one"), laptops("two")
    address = hub.server.address(hub.database)
    set_cell(one, "1.01", percent=40)
    exchanging.push(one, address)
    with pytest.raises(HubRefused, match="steps that this plan does not have"):
        making.init(two, address, anew=True)
    standing = hub.run("SELECT role, post_id, author FROM hub_member ORDER BY 1, 2")
    making.init(one, address, anew=True)
    assert hub.run("SELECT role, post_id, author FROM hub_member ORDER BY 1, 2") == standing
    assert pulling.pull(two, hub.address(OFFICER)).startswith("1 step")
    assert fetching.fetch(address, hub.folder / "new.plan").startswith("new.plan is made")


def test_a_word_that_was_removed_for_good_leaves_the_hub_when_it_is_made_anew(hub: MadeHub, laptops: Open) -> None:
    one, two = laptops("one"), laptops("two")
    address = hub.server.address(hub.database)
    set_cell(one, "1.01", text="Ask Mr Quillfeather")
    exchanging.push(one, address)
    pulling.pull(two, address)
    expunging.expunge(one, StruckWord("Quillfeather"), "a name of no office")
    for does in (exchanging.push, pulling.pull, exchanging.status):
        with pytest.raises(HubRefused, match="removed for good from this plan, and the hub still holds it") as refused:
            does(one)
        assert refused.value.kind == "altered"
    making.init(one, address, anew=True)
    assert hub.run("SELECT count(*) FROM change WHERE after LIKE '%Quillfeather%'") == [(0,)]
    assert hub.run("SELECT count(*) FROM activity WHERE text LIKE '%Quillfeather%'") == [(0,)]
    set_cell(one, "1.01", percent=5)
    exchanging.push(one, address)
    with pytest.raises(HubRefused, match="removed for good from the hub, and this plan still holds it"):
        pulling.pull(two, address)
