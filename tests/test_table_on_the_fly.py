"""A table added on the fly is found wherever tables are: nothing but its declaration is needed.

What is made from the declarations is tested here, each in its own test: ``plan`` is the small plan with findings of
``tests.on_the_fly`` in it, open for writing; ``workspace``, ``published`` and ``worked`` are plans of this module's
own, which have the tables of findings too.
"""

import json
import lzma
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlmodel import Session, SQLModel

from spp_desktop.edits import links, registers, rows
from spp_desktop.plan.delivery import Activity
from spp_desktop.plan.posts import Post
from spp_desktop.plan.register import Register
from spp_desktop.plan.rows import Row, kinds_of_row
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import changes_in_words, checking, dependents, dump, frozen, past, queries, upgrades
from spp_desktop.store.workspace import Workspace
from tests.conftest import set_up_small_plan
from tests.on_the_fly import findings
from tests.store.conftest import sql


@dataclass(frozen=True)
class Plan:
    """A plan with findings in it.

    Attributes:
        workspace: the small plan, open.
        finding, entry: the tables of findings and of their logs.
        first: the key of finding F1 of a post of its own, with an entry in its log and a link to activity 1.01.
        second: the key of finding F2, which names nothing.
        post, activity: the keys of what F1 names.
    """

    workspace: Workspace
    finding: type[Row]
    entry: type[Row]
    first: str
    second: str
    post: str
    activity: str

    def wrong(self) -> list[str]:
        """What a check of the plan's file finds wrong; the plan is closed for it."""
        self.workspace.close()
        return [line for line in checking.check_file(self.workspace.path).lines if line.startswith(("In the", "The "))]


@pytest.fixture(scope="module")
def register() -> Iterator[Register]:
    with findings() as declared:
        yield declared


@pytest.fixture(scope="module")
def small_plan(register: Register, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("small") / "plan.plan"
    with Workspace.create(path, "A small plan", 2008) as made:
        made.edit("set up a small plan", set_up_small_plan, as_kind="built")
    return path


@pytest.fixture(scope="module")
def samples(register: Register, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("samples")


@pytest.fixture
def plan(register: Register, workspace: Workspace) -> Plan:
    activity = workspace.read(queries.activities)[0].key
    finding, entry = register.model, register.log_model
    assert entry is not None

    def add(session: Session) -> tuple[str, str, str]:
        """All of it as one step."""
        post = registers.add(session, Post, title="Inspector")
        first = registers.add(session, finding, ref="F1", text="Count again", owner_id=post, due="31/03/2009")
        second = registers.add(session, finding, ref="F2", text="Write it down")
        rows.add(session, entry, finding_id=first, logged_on="01/07/2008", text="Begun", post_id=post)
        links.join(session, register.linked_as, first, activity)
        return first, second, post

    first, second, post = workspace.edit("enter findings", add)
    return Plan(workspace, finding, entry, first, second, post, activity)


def test_they_are_kinds_of_row(plan: Plan) -> None:
    assert [kinds_of_row()[name] for name in ("finding", "finding_log")] == [plan.finding, plan.entry]


def test_they_are_in_the_dump(plan: Plan) -> None:
    content = json.loads(json.dumps(plan.workspace.read(dump.content)))
    first, second = content["findings"]
    assert first == {
        "ref": "F1", "text": "Count again", "inspection": "PEEL", "owner": "Inspector", "state": "open",
        "due": "2009-03-31", "weight": 1, "effect": "",
        "log_entries": [{"logged_on": "2008-07-01", "text": "Begun", "post": "Inspector"}],
    }  # fmt: skip
    assert (second["ref"], second["owner"], second["log_entries"]) == ("F2", None, [])
    leads = {"from": "finding F1 Count again", "to": "activity 1.01 Do what 1.01 says (2008-2009)"}
    assert content["links"] == [{"kind": "concerns", "note": "", **leads}]


def test_they_are_counted(plan: Plan) -> None:
    counts = plan.workspace.read(queries.counts)
    assert (counts["finding"], counts["finding_log"]) == (2, 1)
    assert "2 findings" in dependents.in_words(counts)


def test_they_are_recorded_told_and_undone(plan: Plan) -> None:
    workspace = plan.workspace
    before = workspace.read(dump.content)
    workspace.edit("close F2", registers.change, plan.finding, plan.second, state="closed", due="1/8/2008", effect="-")
    lines = workspace.read_beside(changes_in_words.of_step, workspace.history()[0].n)
    assert [(line.row, line.cell, line.before, line.after) for line in lines] == [
        ("finding F2", "state", "open", "closed"),
        ("finding F2", "due", "", "01/08/2008"),
        ("finding F2", "effect", "", "-"),
    ]
    workspace.undo()
    assert workspace.read(dump.content) == before
    workspace.edit("remove F1", rows.remove, plan.finding, plan.first)
    assert [row["ref"] for row in workspace.read(dump.content)["findings"]] == ["F2"]
    workspace.undo()
    assert workspace.read(dump.content) == before
    workspace.undo()
    assert workspace.read(dump.content)["findings"] == []
    workspace.redo()
    assert workspace.read(dump.content) == before
    assert plan.wrong() == []


def test_they_are_read_as_they_were(plan: Plan) -> None:
    then = plan.workspace.revision()
    plan.workspace.edit("reword", registers.change, plan.finding, plan.second, text="Write it all down")
    changed = plan.workspace.read_beside(past.since, then)
    assert changed is not None
    tables = [SQLModel.metadata.tables["finding"]]
    read = plan.workspace.read_beside(past.read, changed, tables, queries.register, plan.finding)
    assert [row.text for row in read] == ["Count again", "Write it down"]


@pytest.mark.parametrize(
    ("harm", "sentence"),
    [
        (
            "UPDATE finding SET effect='none', weight=4 WHERE ref='F2'",
            "In the finding “F2” there is no effect, and it weighs more than 1.",
        ),
        (
            "UPDATE finding SET state='lost' WHERE ref='F2'",
            "In the finding “F2” the state is “lost”, which this program does not know.",
        ),
        (
            "UPDATE finding_log SET logged_on='soon'",
            "In the log entry “soon” of finding “F1” the logged on holds “soon” where a date belongs.",
        ),
        (
            "UPDATE finding SET weight='much' WHERE ref='F2'",
            "In the finding “F2” the weight holds “much” where a number belongs.",
        ),
    ],
)
def test_they_are_checked(plan: Plan, harm: str, sentence: str) -> None:
    plan.workspace.edit("harm", sql, harm)
    assert plan.wrong() == [sentence]


def test_their_links_are_checked(plan: Plan) -> None:
    plan.workspace.close()
    with closing(sqlite3.connect(plan.workspace.path, isolation_level=None)) as connection:
        connection.execute("UPDATE finding SET owner_id='gone' WHERE ref='F2'")
    assert plan.wrong()[0] == "The finding “F2” belongs to a post that is not in the plan (owner holds “gone”)."
    with Workspace.open(plan.workspace.path) as again:
        assert "a finding belongs to a post that is not there" in again.notices[0]


def test_what_they_need_stays_and_what_they_are_linked_to_may_go(plan: Plan) -> None:
    workspace = plan.workspace
    with pytest.raises(RuleBroken, match="“Inspector” is used by 1 finding, so it stays"):
        workspace.edit("remove", registers.remove, Post, plan.post)
    assert workspace.read(dependents.lost_with, Activity, plan.activity) == "1 milestone and 1 link"
    left = workspace.read(dependents.left_without, Activity, plan.activity)
    assert left == "1 finding refers to it and stays without it."
    assert workspace.read(dependents.lost_with, plan.finding, plan.first, plan.second) == "1 link and 1 log entry"
    workspace.edit("remove", rows.remove, Activity, plan.activity)
    assert workspace.read(dump.content)["links"] == []


def test_what_they_may_not_be_is_said(plan: Plan) -> None:
    workspace = plan.workspace
    with pytest.raises(RuleBroken, match="“Shortcoming” of a finding may not be empty"):
        workspace.edit("add", registers.add, plan.finding, ref="F3")
    with pytest.raises(RuleBroken, match="There is already a finding with this reference"):
        workspace.edit("add", registers.add, plan.finding, ref="F2", text="Again")
    broken = "there is no effect, and it weighs more than 1"
    with pytest.raises(RuleBroken, match=f"In the finding “F3” {broken}"):
        workspace.edit("add", registers.add, plan.finding, ref="F3", text="Done", effect="none", weight=2)
    workspace.edit("say", registers.change, plan.finding, plan.second, effect="none")
    with pytest.raises(RuleBroken, match=f"In the finding “F2” {broken}") as refused:
        workspace.edit("weigh", registers.change, plan.finding, plan.second, weight=2)
    assert refused.value.field == "weight"
    cells = [(plan.first, "weight", 3), (plan.second, "weight", 3)]
    with pytest.raises(RuleBroken, match=f"In the finding “F2” {broken}"):
        workspace.edit("weigh", registers.set_cells, plan.finding, cells)
    workspace.edit("weigh", registers.set_cells, plan.finding, [*cells, (plan.second, "effect", "Some")])
    workspace.edit("remove", registers.remove, plan.finding, plan.second)
    with pytest.raises(RuleBroken, match="This finding is no longer in the plan"):
        workspace.edit("change", registers.change, plan.finding, plan.second, text="Gone")


def test_the_next_form_of_the_file_holds_them(register: Register) -> None:
    oldest = lzma.decompress((Path(__file__).parent / "store" / "form_1.plan.xz").read_bytes())
    made = frozen.freeze(upgrades.VERSION + 1, oldest)
    assert register.name in made.new
    assert made.new == ["finding", "finding_log"]
