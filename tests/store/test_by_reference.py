"""Steps that turn another round are recorded by naming it, and read as if they were recorded in full."""

import json
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext
from datetime import date
from itertools import groupby
from pathlib import Path

import pytest
from sqlmodel import Session

from spp_desktop.edits import delivery, links, rows
from spp_desktop.plan.delivery import Activity
from spp_desktop.plan.performance import Indicator, IndicatorGroup
from spp_desktop.plan.priorities import Priority, Theme
from spp_desktop.plan.results import Result
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import by_reference, chain, checking, database, exports, history, queries, turning_round
from spp_desktop.store.by_reference import Turning
from spp_desktop.store.overview import statuses
from spp_desktop.store.problems import PlanRefused
from spp_desktop.store.workspace import Workspace

ROOT = Path(__file__).parents[2]

RAW = {
    "store/chain.py": "what is sealed is what is written",
    "store/checking_chain.py": "what belongs to no step is written all the same",
    "store/history.py": "the view itself, and how many changes a step says that it has",
    "store/sitting_copy.py": "how much was written",
    "store/steps.py": "whether anything was written",
    "store/beside.py": "whether anything was written",
    "store/turned_back.py": "what came later is taken out",
    "store/row_steps.py": "which steps turned one round that changed a row",
    "store/by_reference.py": "what a mark names",
    "store/turning_round.py": "the changes of the step that a mark names",
    "store/appended.py": "the number of the last row",
    "store/attached.py": "whether anything was written",
    "store/merging": "what another copy is given is what is written",
    "hub": "what is sent is what is written; and the same view in PostgreSQL",
}
"""The modules and packages that read the rows of the history as they are written, and why."""


@pytest.fixture
def empty() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        for statement in database.schema():
            connection.execute(statement)
        yield connection


def test_all_else_reads_the_changes_of_steps_in_the_view() -> None:
    paths = (
        path.relative_to(ROOT / "spp_desktop")
        for path in (ROOT / "spp_desktop").rglob("*.py")
        if re.search(r"\b(FROM|JOIN) change\b", path.read_text(encoding="utf-8")) and not path.name.startswith("form_")
    )
    assert [path for path in paths if path.as_posix() not in RAW and path.parent.as_posix() not in RAW] == []


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM step_change WHERE revision = ? ORDER BY n",
        "SELECT DISTINCT row_table FROM step_change WHERE revision = ?",
        "SELECT * FROM step_change WHERE row_id = ?",
        "SELECT max(revision) FROM step_change WHERE row_id = ?",
        "SELECT n FROM step_change WHERE row_id IN (SELECT value FROM json_each(?)) ORDER BY n",
        "SELECT 1 FROM revision WHERE n IN (SELECT revision FROM step_change WHERE row_id IN (?, ?))",
        statuses._SET,
        f"{exports._OF_PLAN} SELECT * FROM of_plan",
    ],
)
def test_the_view_is_searched_by_step_and_by_row(empty: sqlite3.Connection, query: str) -> None:
    ways = [row[3] for row in empty.execute(f"EXPLAIN QUERY PLAN {query}", ("",) * query.count("?"))]
    assert len(ways) > 5
    assert [way for way in ways if re.match("SCAN (change|made|mark|turned)", way) or "AUTOMATIC" in way] == []


def test_a_plan_whose_view_is_another_is_refused(closed: Path) -> None:
    with closing(sqlite3.connect(closed)) as connection:
        connection.execute("DROP VIEW step_change")
        connection.execute("CREATE VIEW step_change AS SELECT * FROM change WHERE 0")
    with pytest.raises(PlanRefused, match="“step_change” is missing or was changed"):
        Workspace.open(closed)


@contextmanager
def in_full(connection: sqlite3.Connection, made: Turning) -> Iterator[Callable[[str], None]]:
    """Record what is changed within it by the triggers, each change by itself; nobody counts these records."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(turning_round, "_all_or_none", lambda *_: nullcontext())
        yield lambda table: None


def turned(path: Path, turn: Callable[[Workspace], object]) -> list[tuple[object, ...]]:
    """The changes of the step that something makes on a plan, as they are read."""
    with Workspace.open(path) as workspace:
        turn(workspace)
        step = chain.newest(workspace._raw)
        assert step is not None
        (written,) = workspace._raw.execute("SELECT count(*) FROM change WHERE revision = ?", (step.n,)).fetchone()
        columns = "action, row_table, row_id, cell, before, after"
        read = workspace._raw.execute(f"SELECT n, {columns} FROM step_change WHERE revision = ? ORDER BY n", (step.n,))
        numbers, *changes = zip(*read.fetchall(), strict=True)
        assert (numbers[-1] - numbers[0] + 1, len(set(numbers))) == (len(numbers), len(numbers))
        assert history.numbers_of_changes(workspace._raw)[step.n] == len(numbers)
        assert history.replay(workspace._raw)["activity"] == history.tables_now(workspace._raw)["activity"]
        assert written in (1, len(numbers))
        together = groupby(zip(*changes, strict=True), lambda change: change[:3])  # cells set at once: in any order
        return [change for _, several in together for change in sorted(several, key=str)]


def changed_every_way(workspace: Workspace) -> str:
    """Rows added, changed, moved, removed with what hangs on them, and a number and a text that are hard to keep."""
    first, second, third = (row.key for row in workspace.read(queries.activities))
    with workspace._revision("all at once", "edit"), Session(workspace._file.engine) as session:
        rows.change(session, Activity, first, text="a\0b", percent=30)
        rows.change(session, Activity, second, position=0.1 + 0.2)
        delivery.add_milestone(session, first, "One")
        links.join(session, "depends on", first, second)
        delivery.remove_activities(session, [third])
        priority = rows.add(session, Priority, title="P", position=2.5)
        rows.add(session, Theme, priority_id=priority, title="T", position=3.0)
    return workspace.revision()


@pytest.mark.parametrize("at_once", [2, 1000])
def test_what_is_read_is_what_would_have_been_recorded(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(turning_round, "AT_ONCE", at_once)
    step = changed_every_way(workspace)
    workspace.close()
    wanted: list[tuple[object, ...]] = []

    def put_back(plan: Workspace) -> None:
        plan.revert(step)

    for turn in (Workspace.undo, Workspace.redo, put_back, Workspace.undo, Workspace.redo, Workspace.undo):
        copy = Path(shutil.copy(workspace.path, workspace.path.with_name("copy.plan")))
        with monkeypatch.context() as patch:
            patch.setattr(by_reference, "recorded", in_full)
            wanted = turned(copy, turn)
        assert turned(workspace.path, turn) == wanted
    assert checking.check_file(workspace.path).ok
    with closing(sqlite3.connect(workspace.path)) as connection:
        marks = connection.execute("SELECT row_table, row_id, cell, before, after FROM change WHERE action = 'turned'")
        ways = ["back", "again", "back", "again", "back", "again"]
        assert marks.fetchall() == [("revision", step, way, None, len(wanted)) for way in ways]


def test_a_change_that_no_step_names_fails_while_one_is_turned_round(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed_every_way(workspace)
    before = workspace.read_beside(history.tables_now)

    def otherwise(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute("UPDATE plan SET title = 'Another'")

    monkeypatch.setattr(turning_round, "make", otherwise)
    with pytest.raises(RuleBroken, match="NOT NULL"):
        workspace.undo()
    monkeypatch.undo()
    assert workspace.read_beside(history.tables_now) == before
    workspace.edit("go on", rows.change, Activity, workspace.read(queries.activities)[0].key, text="Go on")
    assert len(workspace.changes_of(workspace.history()[0])) == 1


def test_cancelled_between_portions_nothing_is_changed(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turning_round, "AT_ONCE", 2)
    changed_every_way(workspace)
    before, size = workspace.read_beside(history.tables_now), len(workspace.history())
    told: list[tuple[str, int, int]] = []

    def stop(what: str, done: int, total: int) -> None:
        told.append((what, done, total))
        if done > 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        workspace.undo(stop)
    assert [done for _, done, _ in told] == sorted({done for _, done, _ in told})
    assert (workspace.read_beside(history.tables_now), len(workspace.history())) == (before, size)
    workspace.undo()
    assert workspace.undo_label != "all at once"


@pytest.mark.parametrize(
    ("numbers", "population", "by_python"),
    [
        ((0.1, 12345.678, -0.25, 7.0), "all", False),
        ((1 / 3, 0.1 + 0.2, 1.7976931348623157e308, 5e-324), "all", None),
        ((0.1, 7.0), "a\0b", True),
    ],
)
def test_numbers_and_texts_come_back_to_their_end(
    workspace: Workspace,
    monkeypatch: pytest.MonkeyPatch,
    numbers: Sequence[float],
    population: str,
    by_python: bool | None,
) -> None:
    """SQLite reads what it would write so again, and Python the rest; which that is depends on SQLite's build."""
    (group, *_) = workspace.read(queries.register, IndicatorGroup)

    def add(session: Session) -> None:
        key = rows.add(session, Indicator, group_id=group.id, ref="N1", title="Numbers", polarity="lower")
        for n, number in enumerate(numbers):
            day = date(2008 + n, 4, 1)
            about = {"indicator_id": key, "population": population, "period_from": day, "period_to": day}
            rows.add(session, Result, **about, value=number)

    workspace.edit("numbers", add)
    kept = workspace.read_beside(history.tables_now)
    workspace.undo()
    assert workspace.read_beside(history.tables_now) != kept
    texts = list[str]()
    own = json.loads

    def counted(text: str) -> object:
        texts.append(text)
        return own(text)

    monkeypatch.setattr("spp_desktop.store.turning_round.json.loads", counted)
    workspace.redo()
    monkeypatch.undo()
    assert workspace.read_beside(history.tables_now) == kept
    of_results = sum('"period_from"' in text for text in texts)
    assert by_python is None or of_results == 1 + by_python * len(numbers)
