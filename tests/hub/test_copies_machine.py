"""Three copies of a plan and a hub, worked in, merged and exchanged at random: nothing is lost, and all agree."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import Phase, settings
from hypothesis.errors import FlakyFailure
from hypothesis.stateful import run_state_machine_as_test

from spp_desktop.hub import exchanging, making, sending
from spp_desktop.hub.problems import HubRefused
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import clock, history
from spp_desktop.store.merging import applying as store_applying
from spp_desktop.store.merging import hanging, knowledge, record, returns_brought, two_copies
from spp_desktop.store.merging.items import MergeRefused
from spp_desktop.store.problems import PlanRefused
from spp_desktop.store.workspace import Workspace
from tests.depth import NIGHTLY, by_night, depth
from tests.hub.copies_machine import Copies
from tests.hub.copies_worked_in import Cut, begin
from tests.hub.server import Server, programs

SETTINGS = settings(
    max_examples=depth(4, 150),
    stateful_step_count=25,
    deadline=None,
    derandomize=not NIGHTLY,
    phases=[Phase.reuse, Phase.generate, Phase.shrink],  # to explain would have every line of it watched
)


def cut_by(line: Cut, server: Server, statement: Callable[..., Any]) -> Callable[..., Any]:
    """A way to send a statement, before which the line is cut when it is time for that."""

    def sent(cursor: Any, *words: Any, **more: Any) -> Any:
        if line.left:
            line.left -= 1
            if line.left == 0:
                server.run(f"SELECT pg_terminate_backend({cursor.connection.info.backend_pid}, 5000)")
        return statement(cursor, *words, **more)

    return sent


def lost_by(line: Cut, close: Callable[..., None]) -> Callable[..., None]:
    """A way to close a line whose last answer is lost when it is time for that."""

    def closed(connection: Any) -> None:
        close(connection)
        if line.answer_lost:
            line.answer_lost = False
            raise psycopg.OperationalError("server closed the connection unexpectedly")

    return closed


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> type[Copies]:
    """The machine without a hub, set to begin."""

    class Machine(Copies):
        begun, keys = tmp_path / "begun.plan", begin(tmp_path / "begun.plan")
        line, clocks = Cut(), dict[str, int]()

    def now() -> str:
        return (datetime.now(UTC) + timedelta(days=Machine.clocks.get("", 0))).isoformat()

    monkeypatch.setattr(clock, "now", now)
    for name in ("back_up", "_back_up_before"):  # earlier versions of copies that go are of no use
        monkeypatch.setattr(Workspace, name, lambda *_, **__: None)
    return Machine


@pytest.fixture
def with_hub(machine: type[Copies], server: Server, monkeypatch: pytest.MonkeyPatch) -> type[Copies]:
    """The machine with a hub."""
    machine.server = server
    server.run("DROP DATABASE IF EXISTS copies WITH (FORCE)")
    server.run("CREATE DATABASE copies")
    with Workspace.open(machine.begun) as plan:
        making.init(plan, server.address("copies"))
    for name in ("execute", "copy"):
        monkeypatch.setattr(psycopg.Cursor, name, cut_by(machine.line, server, getattr(psycopg.Cursor, name)))
    monkeypatch.setattr(psycopg.Connection, "close", lost_by(machine.line, psycopg.Connection.close))
    return machine


def test_copies_and_a_hub_lose_nothing_and_agree(with_hub: type[Copies]) -> None:
    run_state_machine_as_test(with_hub, settings=SETTINGS)


@pytest.mark.skipif(programs() is not None, reason="PostgreSQL is installed: the machine with a hub does all of this")
def test_copies_lose_nothing_and_agree(machine: type[Copies]) -> None:
    run_state_machine_as_test(machine, settings=SETTINGS)


def _always(answer: Any) -> Any:
    return lambda *_, **__: answer


def _apart(_: str, columns: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """The groups of cells, each cell by itself."""
    return tuple((name,) for name in columns)


def _one_at_a_time(plan: Any, meeting: Any, moved: Any, whole: Callable[..., int] = exchanging._send) -> int:
    """Send steps with an end to the transaction after the first of them."""
    common = meeting.common
    revisions = history.revisions(plan, common.n)
    for (step, along), _ in zip(sending.sealed_steps(plan, common, revisions), range(1), strict=False):
        meeting.connection.execute("SELECT take_step(%s, %s, %s)", step)
        for brought in along:
            meeting.connection.execute("SELECT bring_along(%s, %s, %s)", brought)
        meeting.connection.execute("COMMIT")
        meeting.connection.execute("BEGIN")
    if not revisions:
        return 0
    rest = exchanging.HubMeeting(meeting.connection, meeting.address, meeting.plan, meeting.head, revisions[0])
    return whole(plan, rest, moved) + 1


def _all_but_the_newest(connection: Any, after: int, whole: Callable[..., Any] = sending.read) -> Any:
    """Read the steps of a hub without the newest."""
    made = whole(connection, after)
    return type(made)(made.revisions[:-1], made.changes, made.files, made.brought, made.brought_changes)


MERGING: dict[str, tuple[Any, str, Any]] = {
    "the copy always wins": (two_copies.TwoCopies, "_taken", staticmethod(_always("theirs"))),
    "what was changed counts as taken back": (two_copies, "is_taken_back", _always(True)),
    "to remove always wins": (two_copies, "_comes_to_nothing", _always(True)),
    "decisions are not marked": (record, "mark", _always(None)),
    "an undo of a merge is forgotten": (knowledge, "standing_of", lambda steps: {step.id for step in steps}),
    "steps do not come along": (record, "keep", _always(None)),
    "nothing is asked about what hangs on a removed row": (hanging, "ask_above", _always(None)),
    "a group is decided cell by cell": (two_copies, "groups_of", _apart),
    "records of returns stay behind": (returns_brought, "bring", _always(None)),
}
"""Faults that merging might have, each planted in it."""

EXCHANGING: dict[str, tuple[Any, str, Any]] = {
    "a push is not one transaction": (exchanging, "_send", _one_at_a_time),
    "a pull skips the newest step": (sending, "read", _all_but_the_newest),
    "a pull drops what the plan has by itself": (store_applying, "take_in", _always(None)),
    "a pull leaves what merges brought along": (sending, "_brought", _always(([], {}))),
    "the hub has what merges brought along not": (sending, "_along", _always([])),
}
"""Faults that the exchange with a hub might have."""


def test_faults_are_planted_in_what_is_there() -> None:
    planted = {**MERGING, **EXCHANGING}
    assert not [fault for fault, (place, name, _) in planted.items() if not hasattr(place, name)]


CAUGHT = (AssertionError, RuleBroken, MergeRefused, PlanRefused, HubRefused, FlakyFailure, ExceptionGroup)
SOUGHT = settings(SETTINGS, max_examples=200, phases=[Phase.generate], database=None, print_blob=False)


@by_night
@pytest.mark.parametrize("fault", MERGING)
def test_a_fault_of_merging_is_caught(machine: type[Copies], fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(*MERGING[fault])
    with pytest.raises(CAUGHT):
        run_state_machine_as_test(machine, settings=SOUGHT)


@by_night
@pytest.mark.parametrize("fault", EXCHANGING)
def test_a_fault_of_the_exchange_is_caught(with_hub: type[Copies], fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(*EXCHANGING[fault])
    with pytest.raises(CAUGHT):
        run_state_machine_as_test(with_hub, settings=SOUGHT)
