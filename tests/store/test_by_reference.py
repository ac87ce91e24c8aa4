"""Steps that turn another round are recorded by naming it, and read as if they were recorded in full."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from spp_desktop.store import database, exports
from spp_desktop.store.overview import statuses
from spp_desktop.store.problems import PlanRefused
from spp_desktop.store.workspace import Workspace

ROOT = Path(__file__).parents[2]

RAW = {
    "store/chain.py": "what is sealed is what is written",
    "store/checking_chain.py": "what belongs to no step is written all the same",
    "store/history.py": "the view itself, and how many changes a step says that it has",
    "store/steps.py": "whether anything was written",
    "store/beside.py": "whether anything was written",
    "store/as_at.py": "what came later is taken out",
}
"""The modules that read the rows of the history as they are written, and why."""


@pytest.fixture
def empty() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        for statement in database.schema():
            connection.execute(statement)
        yield connection


def test_all_else_reads_the_changes_of_steps_in_the_view() -> None:
    reading = {
        path.relative_to(ROOT / "spp_desktop").as_posix()
        for path in (ROOT / "spp_desktop").rglob("*.py")
        if re.search(r"\b(FROM|JOIN) change\b", path.read_text(encoding="utf-8")) and not path.name.startswith("form_")
    }
    assert reading == RAW.keys()


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
