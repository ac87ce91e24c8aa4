"""Several who push at once, lines that are cut, programs that are killed: nothing is lost, nothing is there twice."""

import random
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from spp_desktop.hub import exchanging, fetching, pulling
from spp_desktop.hub.problems import HubRefused
from spp_desktop.store import checking
from spp_desktop.store.workspace import Workspace
from tests.depth import depth
from tests.hub.conftest import CRIME, SECURITY, MadeHub
from tests.hub.pusher import titles_of
from tests.hub.test_exchanging import Open, content, key_of, set_cell

PUSHES = depth(2, 500)
"""How often each of two programs pushes."""


def test_two_programs_that_push_at_once_and_are_killed_lose_and_repeat_nothing(hub: MadeHub, laptops: Open) -> None:
    chance = random.Random(19)
    by_who = {CRIME: "1.01", SECURITY: "1.02"}
    with hub.laptop("third") as plan:
        words = {who: (who, key_of(plan, ref), str(PUSHES)) for who, ref in by_who.items()}
    for who in by_who:
        hub.laptop(who).close()

    def begun(who: str) -> "subprocess.Popen[bytes]":
        path = str(hub.folder / f"{who}.plan")
        return subprocess.Popen([sys.executable, "-m", "tests.hub.pusher", path, hub.address(who), *words[who]])

    running = {who: begun(who) for who in by_who}
    kills = depth(1, 60)
    while running:
        for who, program in list(running.items()):
            try:
                ended = program.wait(chance.uniform(0.0, 2.0) if kills else None)
            except subprocess.TimeoutExpired:
                kills -= 1
                program.kill()
                program.wait()
                running[who] = begun(who)
            else:
                assert ended == 0
                del running[who]
    wanted = {who: [f"{who} {number}" for number in range(PUSHES)] for who in by_who}
    assert fetching.fetch(hub.address(), hub.folder / "new.plan")
    with Workspace.open(hub.folder / "new.plan") as made:
        assert {who: sorted(titles_of(made, who), key=_number) for who in by_who} == wanted
        assert checking.check_file(made.path).ok
        for who in by_who:
            with Workspace.open(hub.folder / f"{who}.plan", take_over=True) as plan:
                pulling.pull(plan, hub.address(who))
                assert content(plan) == content(made)


def _number(title: str) -> int:
    return int(title.rpartition(" ")[2])


def test_a_line_cut_at_any_moment_loses_and_repeats_nothing(
    hub: MadeHub, laptops: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = laptops("one"), laptops("two")
    left = 0

    def cut(statement: Callable[..., Any]) -> Callable[..., Any]:
        """A way to send a statement, before which the line is cut when it is time for that."""

        def sent(cursor: Any, *words: Any, **more: Any) -> Any:
            nonlocal left
            left -= 1
            if left == 0:
                hub.server.run(f"SELECT pg_terminate_backend({cursor.connection.info.backend_pid}, 5000)")
            return statement(cursor, *words, **more)

        return sent

    def done_in_spite(does: Callable[[Workspace], str], plan: Workspace) -> int:
        """Do something, with the line cut at one more of its statements each time, until none of them is cut."""
        nonlocal left
        for moment in range(1, 100):
            before = content(plan), hub.run("SELECT n, id, hash FROM head")
            left = moment
            kind = _refused(does, plan)
            left = 0
            if not kind:
                return moment
            assert kind == "cut off"
            assert (content(plan), hub.run("SELECT n, id, hash FROM head")) == before
        raise AssertionError("it never ended")

    set_cell(one, "1.01", percent=40)
    set_cell(one, "1.01", percent=50)
    exchanging.status(one, hub.address())
    exchanging.status(two, hub.address())
    for name in ("execute", "copy"):
        monkeypatch.setattr(psycopg.Cursor, name, cut(getattr(psycopg.Cursor, name)))
    assert done_in_spite(exchanging.push, one) > 4
    assert done_in_spite(pulling.pull, two) > 3
    assert content(one) == content(two)


def test_a_push_that_is_cut_off_leaves_nothing_of_the_plan_being_read(
    hub: MadeHub, laptops: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = laptops("one"), laptops("two")
    for percent in (40, 50, 60, 70):
        set_cell(one, "1.01", percent=percent)
    set_cell(two, "1.02", percent=60)
    with monkeypatch.context() as patch:
        statement = psycopg.Cursor.execute

        def cut(cursor: Any, query: Any, *words: Any, **more: Any) -> Any:
            if "take_step" in str(query):
                cursor.connection.pgconn.finish()
            return statement(cursor, query, *words, **more)

        patch.setattr(psycopg.Cursor, "execute", cut)
        with pytest.raises(HubRefused) as refused:
            exchanging.push(one, hub.address())
    exchanging.push(two, hub.address())
    assert pulling.pull(one).startswith("1 step of the hub")  # while what was refused is still known
    assert refused.value.kind == "cut off"


def _refused(does: Callable[[Workspace], str], plan: Workspace) -> str:
    """Do something; the kind of the refusal, if it is refused."""
    try:
        does(plan)
    except HubRefused as refusal:
        return refusal.kind
    return ""


def test_an_answer_that_is_lost_repeats_nothing(hub: MadeHub, laptops: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    one = laptops("one")
    set_cell(one, "1.01", percent=40)
    exchanging.status(one, hub.address())
    with monkeypatch.context() as patch:

        def close(connection: Any) -> None:
            connection.pgconn.finish()
            raise psycopg.OperationalError("server closed the connection unexpectedly")

        patch.setattr(psycopg.Connection, "close", close)
        with pytest.raises(HubRefused, match=r"was cut off\. .* what arrived is not sent twice"):
            exchanging.push(one)
    assert exchanging.push(one).startswith("There is nothing to send")
    assert hub.run("SELECT count(*) FROM revision WHERE label = 'set percent of 1.01'") == [(1,)]
