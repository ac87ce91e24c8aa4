"""Three copies of a plan that people work in: whatever they do in one of them, and what they let go of by that."""

import itertools
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from spp_desktop.edits import delivery, results, rows
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store.problems import UndoRefused
from spp_desktop.store.workspace import Workspace
from tests.hub.copies_model import Model, Place, Tables, Values, rows_of, values_of
from tests.hub.server import Server
from tests.store.merging import copies

NAMES = ("A", "B", "C")
HUB = "hub"
SOME_COPY = st.sampled_from(NAMES)
SOME_ROW = st.sampled_from((0, 0, 0, 1, 1, 2, 3, 4, 5))
CELLS = ("text", "notes", "reason", "percent", "status_id", "forecast", "due")
WORKED_IN = (
    "activity", "activity_owner", "activity_update", "date_move", "milestone", "priority", "restatement", "result",
)  # fmt: skip
"""The tables that all this changes."""


def _content(plan: sqlite3.Connection) -> Tables:
    """The rows of the tables that are worked in."""
    tables: dict[str, dict[str, dict[str, Any]]] = {}
    for table in WORKED_IN:
        cursor = plan.execute(f"SELECT * FROM {table}")
        names = [column[0] for column in cursor.description]
        tables[table] = {row["id"]: row for row in (dict(zip(names, cells, strict=True)) for cells in cursor)}
    return tables


@dataclass
class Cut:
    """The line to the hub: after how many statements it is cut; 0 for never."""

    left: int = 0
    answer_lost: bool = False


class WorkedIn(RuleBasedStateMachine):
    """Three copies of one plan that are worked in, its hub where there is a server, and what each of them can know."""

    server: ClassVar[Server | None] = None
    begun: ClassVar[Path]
    keys: ClassVar[dict[str, str]]
    line: ClassVar[Cut]
    clocks: ClassVar[dict[str, int]]
    """How many days each clock is wrong; "" has the copy that is worked in."""
    numbers: ClassVar[Iterator[int]] = itertools.count()

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.plans: dict[str, Workspace] = {}
        self.models: dict[str, Model] = {}
        self.hub: Values = {}
        self.tokens, self.refs = itertools.count(1), itertools.count(1000)
        self.activities: list[str] = []
        self.milestones: list[str] = []
        self.written: set[tuple[Place, Any]] = set()
        self.let_go: set[tuple[Place, Any]] = set()
        self.versions: list[tuple[Path, Model]] = []
        self.database = f"copies_{next(self.numbers)}"
        self.clocks.clear()

    @initialize()
    def begin(self) -> None:
        for name in NAMES:
            self.plans[name] = Workspace.open(shutil.copyfile(self.begun, self._file(name)))
            self.models[name] = Model()
            self.models[name].note(self.values(name), self.tokens)
        self.activities = [self.keys[key] for key in ("a1", "a2", "a3")]
        self.milestones = [self.keys[key] for key in ("m1", "m2")]
        if self.server is not None:
            self.server.run(f"CREATE DATABASE {self.database} TEMPLATE copies")
            self.models[HUB], self.hub = self.models["A"].copy(), self.values("A")

    def _file(self, name: str) -> Path:
        return Path(self.folder.name) / f"{name} {next(self.numbers)}.plan"

    # What is done in one copy

    def values(self, name: str) -> Values:
        """What a copy holds now."""
        return values_of(self.plans[name].read_beside(_content))

    def at(self, name: str) -> Workspace:
        """A copy that is worked in now, at the time of its own clock."""
        self.clocks[""] = self.clocks.get(name, 0)
        return self.plans[name]

    @contextmanager
    def deed(self, name: str) -> Iterator[Workspace]:
        """What somebody does in a copy: what stands there no more was let go of, what is new was written."""
        before = self.values(name)
        with suppress(RuleBroken, UndoRefused):
            yield self.at(name)
        after = self.values(name)
        self.let_go |= before.items() - after.items()
        self.written |= after.items() - before.items()
        self.models[name].note(after, self.tokens)

    def activity(self, name: str, row: int) -> str:
        """An activity that a copy has; "" where it has it no more."""
        key = self.activities[row % len(self.activities)]
        return key if copies.there(self.plans[name], "activity", key) else ""

    @rule(name=SOME_COPY, row=SOME_ROW, column=st.sampled_from(CELLS))
    def edit(self, name: str, row: int, column: str) -> None:
        key, token = self.activity(name, row), next(self.tokens)
        day = date.fromordinal(date(2008, 4, 1).toordinal() + token)
        value: Any = {"percent": token % 101, "forecast": day, "due": day}.get(column, f"v{token}")
        value = self.keys[f"s{token % 3}"] if column == "status_id" else value
        if key:
            with self.deed(name) as plan:
                plan.edit("set", delivery.set_cells, [(key, column, value)], reason=f"v{token}")

    @rule(row=SOME_ROW, columns=st.lists(st.sampled_from(CELLS), min_size=3, max_size=3))
    def edit_apart(self, row: int, columns: list[str]) -> None:
        for name, column in zip(NAMES, columns, strict=True):
            self.edit(name, row, column)

    @rule(name=SOME_COPY, row=SOME_ROW, kind=st.sampled_from(["bare", "with a step", "a reference others may give"]))
    def add(self, name: str, row: int, kind: str) -> None:
        ref = str(50 + row % 3) if kind.startswith("a") else str(next(self.refs))
        with self.deed(name) as plan:
            key = plan.edit("add", delivery.add_activity, 2008, self.keys["one"], f"v{next(self.tokens)}", ref=ref)
            self.activities.append(key)
            if kind == "with a step":
                step = plan.edit("add", delivery.add_milestone, key, f"v{next(self.tokens)}")
                self.milestones.append(step)

    @rule(name=SOME_COPY, row=SOME_ROW)
    def add_milestone(self, name: str, row: int) -> None:
        if key := self.activity(name, row):
            with self.deed(name) as plan:
                self.milestones.append(plan.edit("add", delivery.add_milestone, key, f"v{next(self.tokens)}"))

    @rule(name=SOME_COPY, row=SOME_ROW, column=st.sampled_from(["title", "due", "forecast", "done_on", ""]))
    def milestone(self, name: str, row: int, column: str) -> None:
        key, token = self.milestones[row % len(self.milestones)], next(self.tokens)
        day = date.fromordinal(date(2008, 4, 1).toordinal() + token)
        if copies.there(self.plans[name], "milestone", key):
            with self.deed(name) as plan:
                if column:
                    cells = [(key, column, f"v{token}" if column == "title" else day)]
                    plan.edit("set", delivery.set_milestones, cells, reason=f"v{token}")
                else:
                    plan.edit("remove", delivery.remove_milestones, [key])

    @rule(name=SOME_COPY, row=SOME_ROW, posts=st.permutations(["p1", "p2", "p3"]), count=st.integers(0, 3))
    def own(self, name: str, row: int, posts: list[str], count: int) -> None:
        if key := self.activity(name, row):
            with self.deed(name) as plan:
                plan.edit("own", delivery.set_owners, key, [self.keys[post] for post in posts[:count]])

    @rule(name=SOME_COPY, row=SOME_ROW, after=st.none() | SOME_ROW, priority=st.sampled_from(["one", "two"]))
    def move(self, name: str, row: int, after: int | None, priority: str) -> None:
        key, behind = self.activity(name, row), None if after is None else self.activity(name, after)
        if key and behind not in (key, ""):
            with self.deed(name) as plan, suppress(KeyError, ValueError):
                plan.edit("move", delivery.move_activity, key, self.keys[priority], behind)

    @rule(name=SOME_COPY, row=SOME_ROW)
    def remove(self, name: str, row: int) -> None:
        if key := self.activity(name, row):
            with self.deed(name) as plan:
                plan.edit("remove", delivery.remove_activities, [key])

    @rule(name=SOME_COPY, month=st.integers(4, 6), figure=st.sampled_from(["value", "state", "clear"]))
    def result(self, name: str, month: int, figure: str) -> None:
        token = next(self.tokens)
        first, last = date(2008, month, 1), date(2008, month, 30 if month != 5 else 31)
        entry: dict[str, Any] = {"indicator_id": self.keys["i1"], "area_id": None, "population": ""}
        entry |= {"period_from": first, "period_to": last}
        entry |= {"state": "provisional"} if figure == "state" else {"value": None if figure == "clear" else token}
        with self.deed(name) as plan:
            plan.edit("enter", results.enter, [entry], reason="counted again")

    @rule(name=SOME_COPY, redo=st.booleans())
    def turn(self, name: str, redo: bool) -> None:
        model, before = self.models[name], self.values(name)
        plan = self.at(name)
        try:
            step = plan.redo() if redo else plan.undo()
        except UndoRefused:
            return
        after = self.values(name)
        self.let_go |= before.items() - after.items()
        if step is not None and step.id in model.merged:
            (model.undone.discard if redo else model.undone.add)(step.id)
            model.rows = rows_of(after)
        elif step is not None:
            model.note(after, self.tokens)

    @rule(name=SOME_COPY, days=st.sampled_from([-4000, 0, 2000]))
    def set_clock(self, name: str, days: int) -> None:
        self.clocks[name] = days

    @rule(name=SOME_COPY)
    def keep_version(self, name: str) -> None:
        path = self._file("version")
        self.plans[name].save_copy(path)
        self.versions.append((path, self.models[name].copy()))

    @precondition(lambda self: self.versions)
    @rule(name=SOME_COPY, which=SOME_ROW)
    def begin_from_version(self, name: str, which: int) -> None:
        """Somebody goes on in an earlier version of a copy: what was done in his own since then and is nowhere else
        is given up.
        """
        path, model = self.versions[which % len(self.versions)]
        before = self.values(name)
        self.plans[name].close()
        self.plans[name] = Workspace.open(shutil.copyfile(path, self._file(name)))
        self.models[name] = model.copy()
        others = [*(self.values(other) for other in NAMES if other != name), self.hub]
        kept = {*self.values(name).items()}.union(*(values.items() for values in others))
        self.let_go |= before.items() - kept


def begin(path: Path) -> dict[str, str]:
    """The small plan with owners and statuses, to be worked in; its keys by name."""
    keys = copies.begin(path)
    with Workspace.open(path) as plan:
        statuses = plan.read_beside(lambda raw: raw.execute("SELECT id FROM status ORDER BY position").fetchall())
        (keys["plan"],) = copies.content(plan)["plan"]
        keys |= {f"s{n}": key for n, (key,) in enumerate(statuses)}
        for n in (1, 2, 3):
            plan.edit("own", delivery.set_owners, keys[f"a{n}"], [keys[f"p{n}"], keys["p1"]])
        plan.edit("say", rows.change, copies.MODELS["activity"], keys["a1"], percent=1)
    return keys
