"""Random edits, undo, redo, closing and opening on a real file, held against a plain dictionary at every step."""

import copy
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlmodel import Session

from spp_desktop.edits import restoring as restoring_
from spp_desktop.edits import rows
from spp_desktop.plan.delivery import Activity, Milestone
from spp_desktop.plan.priorities import Commitment, Priority, Theme
from spp_desktop.plan.rows import Row
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import as_at, chain, checking, checking_chain, history, moments, receipts
from spp_desktop.store.changed import Changed
from spp_desktop.store.receipts import Decision, Receipt
from spp_desktop.store.workspace import Workspace
from tests.depth import depth
from tests.store.conftest import sql

Tables = dict[str, dict[str, dict[str, Any]]]

RECEIPT = "r1"
"""The file that came back, about which something is decided now and then."""

MODELS: dict[str, type[Row]] = {
    "priority": Priority,
    "theme": Theme,
    "commitment": Commitment,
    "activity": Activity,
    "milestone": Milestone,
}
BELOW = [
    ("priority", "theme", "priority_id"),
    ("theme", "theme", "parent_id"),
    ("theme", "commitment", "theme_id"),
    ("priority", "activity", "priority_id"),
    ("activity", "milestone", "activity_id"),
]
WORDS = {"priority": "title", "theme": "title", "commitment": "text", "activity": "text", "milestone": "title"}

texts = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"]), min_size=1, max_size=20)
numbers = st.floats(-1e280, 1e280)
"""On Windows, whose compilers know no longer number than a double, SQLite reads larger ones as their neighbours."""
days = st.none() | st.dates(date(1999, 1, 1), date(2100, 1, 1))


class Plan(RuleBasedStateMachine):
    """A plan's file, and what a dictionary says should be in it."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "random.plan"
        self.tables: Tables = {name: {} for name in MODELS}
        self.done: list[Tables] = []
        self.undone: list[Tables] = []
        self.remembered: list[tuple[str, Tables, dict[str, Decision]]] = []
        self.heard: list[Changed] = []
        self.decided: dict[str, Decision] = {}

    @initialize()
    def begin(self) -> None:
        self.workspace = Workspace.create(self.path, "Random", 2008)
        came = Receipt(RECEIPT, "{}", "", "back.xlsx", "h", "", "2008-10-01", "me")
        self.workspace.write_beside(receipts.add, came, b"[]")
        self.workspace.listen(self.heard.append)
        self.refs = 0

    def key(self, table: str, data: st.DataObject) -> str:
        return data.draw(st.sampled_from(list(self.tables[table])), label=table)

    def add(self, table: str, **values: Any) -> None:
        self.heard.clear()
        key = self.workspace.edit(f"add {table}", rows.add, MODELS[table], **values)
        self.step()
        stored = {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
        self.tables[table][key] = stored
        assert self.heard[0].rows == {table: frozenset({key})}

    def step(self) -> None:
        self.done.append(copy.deepcopy(self.tables))
        self.undone.clear()

    @rule(title=texts, position=numbers)
    def add_priority(self, title: str, position: float) -> None:
        self.add("priority", title=title, position=position)

    @precondition(lambda self: self.tables["priority"])
    @rule(data=st.data(), title=texts, under=st.booleans())
    def add_theme(self, data: st.DataObject, title: str, under: bool) -> None:
        priority, parent = self.key("priority", data), None
        if under and self.tables["theme"]:
            parent = self.key("theme", data)
        self.add("theme", priority_id=priority, parent_id=parent, title=title)

    @precondition(lambda self: self.tables["theme"])
    @rule(data=st.data(), text=texts)
    def add_commitment(self, data: st.DataObject, text: str) -> None:
        self.add("commitment", theme_id=self.key("theme", data), text=text)

    @precondition(lambda self: self.tables["priority"])
    @rule(data=st.data(), text=texts, due=days, percent=st.none() | st.integers(0, 100))
    def add_activity(self, data: st.DataObject, text: str, due: date | None, percent: int | None) -> None:
        self.refs += 1
        values: dict[str, Any] = {"year": 2008, "ref": f"{self.refs}", "text": text, "due": due, "percent": percent}
        self.add("activity", priority_id=self.key("priority", data), **values)

    @precondition(lambda self: self.tables["activity"])
    @rule(data=st.data(), title=texts, due=days)
    def add_milestone(self, data: st.DataObject, title: str, due: date | None) -> None:
        self.add("milestone", activity_id=self.key("activity", data), title=title, due=due)

    @precondition(lambda self: any(self.tables.values()))
    @rule(data=st.data(), text=texts, position=numbers)
    def change(self, data: st.DataObject, text: str, position: float) -> None:
        table = data.draw(st.sampled_from([name for name in MODELS if self.tables[name]]))
        key = self.key(table, data)
        values: dict[str, Any] = {WORDS[table]: text, "position": position}
        before = self.workspace.revision()
        self.workspace.edit(f"change {table}", rows.change, MODELS[table], key, **values)
        if self.workspace.revision() != before:
            self.step()
        self.tables[table][key].update(values)

    @rule(percent=st.none() | st.integers(0, 100), below=st.integers(0, 10))
    def change_in_bulk(self, percent: int | None, below: int) -> None:
        said = "NULL" if percent is None else str(percent)
        before = self.workspace.revision()
        self.workspace.edit("change many", sql, f"UPDATE activity SET percent={said} WHERE CAST(ref AS INT) < {below}")
        if self.workspace.revision() != before:
            self.step()
        for row in self.tables["activity"].values():
            if int(row["ref"]) < below:
                row["percent"] = percent

    @precondition(lambda self: any(self.tables.values()))
    @rule(data=st.data(), bulk=st.booleans())
    def remove(self, data: st.DataObject, bulk: bool) -> None:
        table = data.draw(st.sampled_from([name for name in MODELS if self.tables[name]]))
        key = self.key(table, data)
        if bulk:
            self.workspace.edit(f"remove {table}", sql, f"DELETE FROM {table} WHERE id='{key}'")
        else:
            self.workspace.edit(f"remove {table}", rows.remove, MODELS[table], key)
        self.step()
        self.take_out(table, key)

    def take_out(self, table: str, key: str) -> None:
        if self.tables[table].pop(key, None) is None:
            return
        for above, below, column in BELOW:
            if above == table:
                for child in [k for k, row in self.tables[below].items() if row.get(column) == key]:
                    self.take_out(below, child)

    @rule(title=texts, again=texts)
    def add_several_in_one_step(self, title: str, again: str) -> None:
        def several(session: Session) -> tuple[str, str]:
            priority = rows.add(session, Priority, title=title)
            theme = rows.add(session, Theme, priority_id=priority, title=title)
            rows.change(session, Priority, priority, title=again)
            rows.remove(session, Theme, rows.add(session, Theme, priority_id=priority, title=again))
            rows.change(session, Theme, theme, title=again)
            return priority, theme

        priority, theme = self.workspace.edit("add several", several)
        self.step()
        self.tables["priority"][priority] = {"title": again}
        self.tables["theme"][theme] = {"title": again, "priority_id": priority, "parent_id": None}

    @precondition(lambda self: self.tables["activity"])
    @rule(data=st.data())
    def fail(self, data: st.DataObject) -> None:
        key, before = self.key("activity", data), self.workspace.revision()
        self.heard.clear()

        def half(session: Session) -> None:
            rows.change(session, Activity, key, text="never to be seen")
            sql(session, "DELETE FROM priority")
            raise RuleBroken("text", "No.")

        with pytest.raises(RuleBroken):
            self.workspace.edit("fail", half)
        assert (self.workspace.revision(), self.heard) == (before, [])

    @rule()
    def undo(self) -> None:
        step = self.workspace.undo()
        assert (step is None) == (not self.done)
        if self.done:
            self.undone.append(self.tables)
            self.tables = self.done.pop()

    @rule()
    def redo(self) -> None:
        step = self.workspace.redo()
        assert (step is None) == (not self.undone)
        if self.undone:
            self.done.append(self.tables)
            self.tables = self.undone.pop()

    @rule(subject=texts, reason=texts, taken_back=st.booleans())
    def decide(self, subject: str, reason: str, taken_back: bool) -> None:
        """Write beside the content what no undo takes back and no step says."""
        before = self.workspace.revision(), self.workspace.undo_label, self.workspace.redo_label
        if taken_back:
            self.workspace.write_beside(receipts.undecide, RECEIPT, [subject])
            self.decided.pop(subject, None)
        else:
            decision = Decision(RECEIPT, subject, "accept", "", reason, "2008-10-02", "me")
            self.workspace.write_beside(receipts.decide, [decision])
            self.decided[subject] = decision
        assert (self.workspace.revision(), self.workspace.undo_label, self.workspace.redo_label) == before

    @rule()
    def close_and_open(self) -> None:
        self.workspace.close()
        self.workspace = Workspace.open(self.path)
        self.workspace.listen(self.heard.append)
        assert not self.workspace.notices

    @rule()
    def remember(self) -> None:
        self.remembered.append((self.newest(), copy.deepcopy(self.tables), dict(self.decided)))

    def newest(self) -> str:
        """The id of the newest revision, of whatever kind."""
        newest = self.workspace.read_beside(chain.newest)
        assert newest is not None
        return newest.id

    @precondition(lambda self: self.remembered)
    @rule(data=st.data())
    def restore(self, data: st.DataObject) -> None:
        """Have the plan be as it was, as a step like any other."""
        revision, tables, _ = data.draw(st.sampled_from(self.remembered))
        with as_at.opened(self.workspace, self.workspace.read_beside(moments.read_moment, revision)) as then:
            restoring = restoring_.proposed(self.workspace, then)
        before = self.workspace.revision()
        self.workspace.edit(restoring.label, restoring_.restore, restoring)
        assert (self.workspace.revision() == before) == (not restoring.differences)
        if restoring.differences:
            self.step()
        self.tables = copy.deepcopy(tables)

    @invariant()
    def the_same(self) -> None:
        if hasattr(self, "workspace"):
            self.demand_same(self.workspace.read_beside(history.tables_now), self.tables)
            assert self.workspace.read_beside(receipts.decisions, RECEIPT) == self.decided
            assert self.workspace.read_beside(chain.head) == self.workspace.read_beside(chain.newest)

    def demand_same(self, held: Tables, meant: Tables) -> None:
        for table, kept in meant.items():
            found = held.get(table, {})
            assert {
                key: {name: found[key][name] for name in cells} for key, cells in kept.items() if key in found
            } == kept
            assert set(found) == set(kept)

    def teardown(self) -> None:
        if hasattr(self, "workspace"):
            for revision, tables, decided in self.remembered:
                held = self.workspace.as_at(revision)
                assert held is not None
                self.demand_same(held, tables)
                moment = self.workspace.read_beside(moments.read_moment, revision)
                with as_at.opened(self.workspace, moment) as then:
                    assert then.read_beside(history.tables_now) == held
                    assert then.read_beside(receipts.decisions, RECEIPT) == decided
                    assert not list(then.read_beside(checking_chain.broken_chain))
            self.workspace.close()
            report = checking.check_file(self.path)
            assert report.ok, report.lines
        self.folder.cleanup()


TestPlan = Plan.TestCase
TestPlan.settings = settings(max_examples=depth(12, 200), stateful_step_count=depth(25, 60))
