"""Three laptops and a hub, edited and exchanged at random, with lines cut: nothing accepted is lost, all agree."""

import itertools
import shutil
import tempfile
from pathlib import Path
from typing import Any, ClassVar

import psycopg
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from spp_desktop.edits import rows
from spp_desktop.hub import exchanging, making, pulling
from spp_desktop.hub.problems import HubRefused
from spp_desktop.store import checking_chain
from spp_desktop.store.merging.items import MergeDecision
from spp_desktop.store.problems import UndoRefused
from spp_desktop.store.workspace import Workspace
from tests.depth import by_night, depth
from tests.hub.server import Server
from tests.store.merging import copies

NAMES = ("A", "B", "C")
CELLS = ("text", "notes", "reason")
_numbers = itertools.count()


class Exchanges(RuleBasedStateMachine):
    """Three laptops with copies of one plan, and its hub."""

    server: ClassVar[Server]
    begun: ClassVar[Path]
    keys: ClassVar[dict[str, str]]
    machines: ClassVar[list["Exchanges"]] = []

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.plans: dict[str, Workspace] = {}
        self.database = f"machine_{next(_numbers)}"
        self.tokens = itertools.count(1)
        self.written: dict[tuple[str, str], list[str]] = {}
        self.undone: set[str] = set()
        self.left = 0
        self.machines.append(self)

    @initialize()
    def begin(self) -> None:
        self.server.run(f"CREATE DATABASE {self.database} TEMPLATE machine")
        for name in NAMES:
            path = Path(self.folder.name) / f"{name}.plan"
            self.plans[name] = Workspace.open(shutil.copyfile(self.begun, path))

    @property
    def address(self) -> str:
        return self.server.address(self.database)

    names = st.sampled_from(NAMES)
    activities = st.sampled_from(["a1", "a2", "a3"])

    @rule(name=names, row=activities, cell=st.sampled_from(CELLS))
    def edit(self, name: str, row: str, cell: str) -> None:
        plan, key = self.plans[name], self.keys[row]
        if copies.there(plan, "activity", key):
            value = f"v{next(self.tokens)}"
            cells: dict[str, Any] = {cell: value}
            plan.edit(value, rows.change, copies.MODELS["activity"], key, **cells)
            self.written.setdefault((key, cell), []).append(value)

    @rule(name=names, row=activities)
    def add_milestone(self, name: str, row: str) -> None:
        if copies.there(self.plans[name], "activity", self.keys[row]):
            copies.add(self.plans[name], "milestone", activity_id=self.keys[row], title=f"v{next(self.tokens)}")

    @rule(name=names, row=activities)
    def remove(self, name: str, row: str) -> None:
        if copies.there(self.plans[name], "activity", self.keys[row]):
            copies.remove(self.plans[name], "activity", self.keys[row])

    @rule(name=names, redo=st.booleans())
    def turn(self, name: str, redo: bool) -> None:
        plan = self.plans[name]
        label = plan.redo_label if redo else plan.undo_label
        if label is None or label.startswith("merge "):
            return
        try:
            _ = plan.redo() if redo else plan.undo()
        except UndoRefused:
            return
        (self.undone.discard if redo else self.undone.add)(label)

    @rule(name=names, cut=st.integers(0, 25), side=st.sampled_from(["ours", "theirs"]))
    def exchange(self, name: str, cut: int, side: str) -> None:
        """Pull and push, with the line cut at one of the statements; with 0 it holds."""
        self.left = cut
        try:
            self._exchange(self.plans[name], side)
        except HubRefused as refused:
            if refused.kind != "cut off":
                raise
        finally:
            self.left = 0

    def _exchange(self, plan: Workspace, side: Any) -> None:
        reviewed = pulling.review(plan, self.address)
        asked = reviewed.merge.asked if reviewed.merge is not None else ()
        pulling.take(plan, reviewed, {item.subject: MergeDecision(side) for item in asked})
        exchanging.push(plan, self.address)

    def demand_agreed(self) -> None:
        """See that all are in step in the end, the hub's rows too, and that nothing that one wrote alone is lost."""
        for _ in range(2):
            for plan in self.plans.values():
                self._exchange(plan, "ours")
        first, *others = (copies.content(plan) for plan in self.plans.values())
        assert all(other == first for other in others)
        (key,) = first["plan"]
        with psycopg.connect(self.address) as connection:
            connection.execute(f"SET search_path = {making.schema_of(key)}".encode())
            for table, columns, there in making.rows_there(connection):
                wanted = [tuple(row[column] for column in columns) for row in first.get(table, {}).values()]
                assert sorted(map(repr, there)) == sorted(map(repr, wanted)), table
        every = {value for values in self.written.values() for value in values}
        for (row, cell), values in self.written.items():
            if row in first.get("activity", {}):
                now = first["activity"][row][cell]
                assert not str(now).startswith("v") or now in every
                assert len(values) > 1 or values[0] in self.undone or now == values[0], f"{values[0]} is lost"
        for plan in self.plans.values():
            assert list(plan.read_beside(checking_chain.broken_chain)) == []

    def teardown(self) -> None:
        try:
            if self.plans:
                self.demand_agreed()
        finally:
            for plan in self.plans.values():
                plan.close()
            self.folder.cleanup()
            self.server.run(f"DROP DATABASE IF EXISTS {self.database} WITH (FORCE)")


@by_night
def test_three_laptops_and_a_hub_lose_nothing_and_agree(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Exchanges.server, Exchanges.begun = server, tmp_path / "begun.plan"
    Exchanges.keys = copies.begin(Exchanges.begun)
    server.run("CREATE DATABASE machine")
    with Workspace.open(Exchanges.begun) as plan:
        making.init(plan, server.address("machine"))
    machines = Exchanges.machines

    def cut(statement: Any) -> Any:
        """A way to send a statement, before which the line is cut when it is time for that."""

        def sent(cursor: Any, *words: Any, **more: Any) -> Any:
            machine = machines[-1] if machines else None
            if machine is not None and machine.left:
                machine.left -= 1
                if machine.left == 0:
                    server.run(f"SELECT pg_terminate_backend({cursor.connection.info.backend_pid}, 5000)")
            return statement(cursor, *words, **more)

        return sent

    for name in ("execute", "copy"):
        monkeypatch.setattr(psycopg.Cursor, name, cut(getattr(psycopg.Cursor, name)))
    tried = settings(max_examples=depth(3, 100), stateful_step_count=25, deadline=None)
    run_state_machine_as_test(Exchanges, settings=tried)
