"""Measures a hub on PostgreSQL, on a server that is started for it.

10,000 revisions pulled, from the question to the plan's file in which they are, with an earlier version kept before:
against ``COPY`` of the same rows out of the hub, and into empty tables of the same keys and indexes. By turns.

And how long a hub takes to answer a pull of the last day where the histories of other forces stand beside it: 43 forces
with ten years each, against the one alone, by turns. What is asked and read is the same, by ``pulling.review``.
``python -m benchmarks.hub`` prints one line for each ratio.
"""

import shutil
import sqlite3
import sys
import time
from contextlib import closing
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

import psycopg

from benchmarks import Ratio, plans
from spp_desktop.hub import making, pulling
from spp_desktop.store import chain, history
from spp_desktop.store.appended import MadeElsewhere
from spp_desktop.store.history import Revision
from spp_desktop.store.workspace import Workspace
from tests.hub.server import Server, programs, started

REVISIONS = 10_000
TURNS = 3
FORCES = (1, 10, 43)
ROUNDS = 15
HISTORY = ("hub", "head", "revision", "change", "merged_revision", "merged_change")
TEN_YEARS, LAST_DAY = 15_500, 40
"""Revisions, of three changes each: about 2 million changes in 43 plans, and of one of them in a day."""
BOUND_PULL, BOUND_FORCES = 2.0, 1.5


def measure() -> list[Ratio]:
    """The two ratios; none where PostgreSQL is not installed."""
    place = programs()
    if place is None:
        return []
    with TemporaryDirectory() as made, started(place, "-c autovacuum=off") as server:
        folder = Path(made)
        sample = plans.make(folder / "sample.plan")
        return [pulled(server, folder, sample), many_forces(server, folder, sample)]


def pulled(server: Server, folder: Path, sample: Path) -> Ratio:
    """10,000 revisions pulled, against ``COPY`` of the same rows."""
    server.run("CREATE DATABASE one")
    address = server.address("one")
    ahead = gone_on(shutil.copyfile(sample, folder / "ahead.plan"), REVISIONS)
    with Workspace.open(ahead) as plan:
        making.init(plan, address)
        schema = making.schema_of(plan.read_beside(history.plan_key))
    last = _last(sample)
    times: list[tuple[float, float, float]] = []
    for turn in range(TURNS + 1):
        copied = copy_again(address, schema, last)
        laptop = shutil.copyfile(sample, folder / f"laptop {turn}.plan")
        with Workspace.open(laptop) as plan:
            began, worked = time.perf_counter(), time.process_time()
            pulling.pull(plan, address)
            times.append((time.perf_counter() - began, copied, time.process_time() - worked))
            assert plan.head()
    pull, copy, cpu = (median(column) for column in zip(*times[1:], strict=True))
    detail = f"{pull:.2f} s of which the program works {cpu:.2f} s, {copy:.2f} s, medians of {TURNS}"
    return Ratio(f"{REVISIONS:,} revisions pulled / COPY of the same rows", pull / copy, BOUND_PULL, detail)


def copy_again(address: str, schema: str, last: int) -> float:
    """How long ``COPY`` of the revisions after one and their changes takes, out and into empty tables, in seconds."""
    with closing(psycopg.connect(address)) as connection:
        connection.execute(f"SET search_path = {schema}".encode())
        connection.commit()
        for table in ("revision", "change"):
            connection.execute(f"CREATE TABLE again_{table} (LIKE {table} INCLUDING ALL)".encode())
        connection.commit()
        began = time.perf_counter()
        for table, number in (("revision", "n"), ("change", "revision")):
            with connection.cursor() as cursor:
                rows = BytesIO()
                out = f"COPY (SELECT * FROM {table} WHERE {number} > {last}) TO STDOUT"
                with cursor.copy(out.encode()) as coming:
                    for block in coming:
                        rows.write(block)
                with cursor.copy(f"COPY again_{table} FROM STDIN".encode()) as going:
                    going.write(rows.getvalue())
        connection.commit()
        spent = time.perf_counter() - began
        connection.execute("DROP TABLE again_revision, again_change")
        connection.commit()
    return spent


def many_forces(server: Server, folder: Path, sample: Path) -> Ratio:
    """A pull of the last day answered by a hub with 43 forces, against the same with one; by turns."""
    yesterday = gone_on(shutil.copyfile(sample, folder / "yesterday.plan"), TEN_YEARS)
    today = gone_on(shutil.copyfile(yesterday, folder / "today.plan"), LAST_DAY)
    schema = hubs_of_forces(server, today)
    times: dict[int, list[float]] = {forces: [] for forces in FORCES}
    with Workspace.open(yesterday) as plan:
        for _ in range(ROUNDS + 1):
            for forces, spent in times.items():
                began = time.perf_counter()
                pulling.review(plan, server.address(f"forces_{forces}"))
                spent.append((time.perf_counter() - began) * 1000)
    least = {forces: min(spent[1:]) for forces, spent in times.items()}
    (changes,) = server.run(f"SELECT count(*) FROM {schema}.change", database="forces_1")[0]
    curve = ", ".join(f"{forces} forces {spent:.1f} ms" for forces, spent in least.items())
    detail = f"{curve}, best of {ROUNDS}; {changes * FORCES[-1]:,} changes in all"
    name = f"the last day answered by a hub of {FORCES[-1]} forces / of one"
    return Ratio(name, least[FORCES[-1]] / least[FORCES[0]], BOUND_FORCES, detail)


def hubs_of_forces(server: Server, today: Path) -> str:
    """Make a database for each number of forces, each of the one before it, and give the schema of the first force."""
    server.run(f"CREATE DATABASE forces_{FORCES[0]}")
    with Workspace.open(today) as plan:
        making.init(plan, server.address(f"forces_{FORCES[0]}"))
        schema = making.schema_of(plan.read_beside(history.plan_key))
    for fewer, forces in pairwise(FORCES):
        server.run(f"CREATE DATABASE forces_{forces} TEMPLATE forces_{fewer}")
        for other in range(fewer, forces):
            add_force(server.address(f"forces_{forces}"), schema, other)
    for forces in FORCES:
        server.run("ANALYZE", database=f"forces_{forces}")
    return schema


def add_force(address: str, schema: str, other: int) -> None:
    """Add another force's history beside the first: a schema with the same tables of it, keys, indexes and rows."""
    with psycopg.connect(address) as connection:
        for table in HISTORY:
            there, here = f"force_{other}.{table}", f"{schema}.{table}"
            if table == HISTORY[0]:
                connection.execute(f"CREATE SCHEMA force_{other}".encode())
            connection.execute(f"CREATE TABLE {there} (LIKE {here} INCLUDING ALL)".encode())
            connection.execute(f"INSERT INTO {there} SELECT * FROM {here}".encode())


def gone_on(path: Path, number: int) -> Path:
    """A plan with so many revisions more, each of three cells of activities."""
    with Workspace.open(path) as plan:
        newest = plan.read_beside(chain.newest)
        assert newest is not None
        cells = plan.read_beside(lambda raw: raw.execute("SELECT id, percent FROM activity ORDER BY id").fetchall())
        plan.append(made(newest, dict(cells), number), "before a bench")
    return path


def made(newest: Revision, cells: dict[str, Any], number: int) -> MadeElsewhere:
    """Revisions that follow on one, sealed as they would be had they been made in a plan."""
    keys, elsewhere = list(cells), MadeElsewhere(newest)
    revisions, changes = [], {}
    for turn in range(number):
        several: list[tuple[str, str, str, str, object, object]] = []
        for place in range(3):
            key = keys[(turn * 3 + place) % len(keys)]
            now = (turn + place) % 101 if (turn + place) % 101 != cells[key] else 50
            several.append(("set", "activity", key, "percent", cells[key], now))
            cells[key] = now
        step = newest._replace(n=newest.n + 1, id=str(uuid4()), parent=newest.id, label="set % complete")
        step = step._replace(kind="edit", reverses=None)
        seal = chain.sealed(newest.hash, step, several)
        newest = step._replace(hash=seal)
        revisions.append(newest)
        changes[newest.n] = several
    elsewhere.add(revisions, changes)
    return elsewhere


def _last(path: Path) -> int:
    """The number of the newest revision of a plan."""
    with closing(sqlite3.connect(path)) as raw:
        return int(raw.execute("SELECT max(n) FROM revision").fetchone()[0])


def main() -> int:
    """Print a line for each ratio, and give the exit status."""
    ratios = measure()
    for ratio in ratios:
        print(f"{ratio.name}: {ratio.ratio:.2f} (bound {ratio.bound:g}; {ratio.detail})")
    return int(any(ratio.ratio > ratio.bound for ratio in ratios))


if __name__ == "__main__":
    sys.exit(main())
