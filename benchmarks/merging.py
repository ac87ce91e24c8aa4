"""Measures merging: two copies that made 36,000 changes each, against SQLite applying the changes as bare statements.

The plan is the worked sample with 6,000 activities. One copy sets six cells of each, the other six others, 50 changes a
step. Merging lasts from two open files until the step is kept: histories read and held against each other, seals of
what comes along verified, rows set, the copy's 720 steps with their changes kept, the step sealed. The bare statements
are the 72,000 changes of both, one UPDATE each, in one transaction on the plan that both were copied from, with the
same triggers, which record every change. Both are measured in CPU seconds of one process, by turns, as the disk has no
part in what is compared. ``python -m benchmarks.merging`` prints one line for each ratio.
"""

import shutil
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import Ratio, plans
from spp_desktop.store import chain, database, recording, steps
from spp_desktop.store.merging.applying import take_in
from spp_desktop.store.merging.comparing import compare
from spp_desktop.store.merging.sides import FileSide

TIMES = 54
CELLS = (
    ("text", "status_id", "percent", "due", "forecast", "reason"),
    ("notes", "budget", "reported", "start", "position", "ref"),
)
"""The cells that each copy sets; none of them belongs together with one of the other's."""
A_STEP = 50
TURNS = 3
BOUND = 2.0


def measure() -> list[Ratio]:
    """Merging against bare statements."""
    with TemporaryDirectory() as folder:
        begun = plans.make(Path(folder) / "begun.plan", TIMES)
        copies = [_changed(begun, Path(folder) / f"{n}.plan", n) for n in (0, 1)]
        merged, bare = [], []
        for turn in range(TURNS + 1):
            took = [
                _merged(copies[0], copies[1], Path(folder) / "merged.plan"),
                _bare(begun, copies, Path(folder) / "bare.plan"),
            ]
            if turn:
                merged.append(took[0])
                bare.append(took[1])
        count, brought = sum(map(_count, copies)), _count(copies[1])
    how = f"CPU, best of {TURNS}, by turns"
    detail = f"{min(merged):.2f} s over {min(bare):.2f} s; {brought:,} of the changes come in, {how}"
    name = f"two copies merged / their {count:,} changes as bare statements"
    return [Ratio(name, min(merged) / min(bare), BOUND, detail)]


def _value(column: str, n: int) -> object:
    """Something else for a cell of the activity of a number."""
    of_column = {
        "percent": n % 100, "budget": float(n), "position": n + 0.5, "status_id": None, "reported": "monthly",
        "due": f"2009-0{1 + n % 9}-1{n % 10}", "start": f"2008-0{1 + n % 9}-1{n % 10}",
        "forecast": f"2009-0{1 + n % 9}-2{n % 9}", "ref": f"R{n}",
    }  # fmt: skip
    return of_column.get(column, f"what is said of it now, in the words of {column} {n}")


def _changed(begun: Path, path: Path, which: int) -> Path:
    """A copy of a plan with the changes of one of the two, so many a step."""
    shutil.copyfile(begun, path)
    with closing(database.connect(path, writing=True)) as raw:
        recording.start_recording(raw)
        keys = [key for (key,) in raw.execute("SELECT id FROM activity ORDER BY id")]
        cells = [(key, column, _value(column, n)) for n, key in enumerate(keys) for column in CELLS[which]]
        with database.transaction(raw):
            for at in range(0, len(cells), A_STEP):
                newest = chain.newest(raw)
                assert newest is not None
                raw.execute("INSERT INTO recording VALUES (?)", (newest.n + 1,))
                for key, column, value in cells[at : at + A_STEP]:
                    raw.execute(f'UPDATE activity SET "{column}" = ? WHERE id = ?', (value, key))
                steps.close(raw, newest, sitting="benchmark", label=f"set cells {at}", kind="edit", reverses=None)
                raw.execute("DELETE FROM recording")
    return path


def _count(path: Path) -> int:
    """How many changes were made in a copy beyond the beginning."""
    with closing(database.connect(path, writing=False)) as raw:
        query = "SELECT count(*) FROM change WHERE revision IN (SELECT n FROM revision WHERE sitting = 'benchmark')"
        return int(raw.execute(query).fetchone()[0])


def _merged(ours: Path, theirs: Path, target: Path) -> float:
    """The seconds that merging takes."""
    shutil.copyfile(ours, target)
    with (
        closing(database.connect(target, writing=True)) as plan,
        closing(database.connect(theirs, writing=False)) as other,
    ):
        recording.start_recording(plan)
        began = time.process_time()
        merge = compare(FileSide(plan, "ours"), FileSide(other, "theirs"))
        assert not merge.asked
        with database.transaction(plan):
            newest = chain.newest(plan)
            assert newest is not None
            plan.execute("INSERT INTO recording VALUES (?)", (newest.n + 1,))
            take_in(plan, merge, {})
            steps.close(plan, newest, sitting="merging", label="merge", kind="merged", reverses=None)
            plan.execute("DELETE FROM recording")
        return time.process_time() - began


def _bare(begun: Path, copies: Sequence[Path], target: Path) -> float:
    """The seconds that SQLite takes for the changes of both as bare statements."""
    shutil.copyfile(begun, target)
    changes = []
    for copy in copies:
        with closing(database.connect(copy, writing=False)) as other:
            query = """SELECT cell, after, row_id FROM change
                WHERE revision IN (SELECT n FROM revision WHERE sitting = 'benchmark') ORDER BY n"""
            changes += other.execute(query).fetchall()
    with closing(database.connect(target, writing=True)) as plan:
        recording.start_recording(plan)
        began = time.process_time()
        with database.transaction(plan):
            _apply(plan, changes)
        return time.process_time() - began


def _apply(plan: sqlite3.Connection, changes: list[tuple[str, object, str]]) -> None:
    (last,) = plan.execute("SELECT max(n) FROM revision").fetchone()
    plan.execute("INSERT INTO recording VALUES (?)", (last + 1,))
    for cell, after, key in changes:
        plan.execute(f'UPDATE activity SET "{cell}" = ? WHERE id = ?', (after, key))
    plan.execute("DELETE FROM recording")


if __name__ == "__main__":
    for ratio in measure():
        print(f"{ratio.name}: {ratio.ratio:.2f} (bound {ratio.bound:.3g}; {ratio.detail})")
