"""Measures seeing a plan as at a moment: a plan with 20,000 revisions, against opening the plan; and a judged tab then.

Each revision sets a cell of an activity or the value of a result of the worked sample: as an edit records and seals it,
but all of them in one transaction, so that they are made in seconds. The moments are the beginning, a quarter, half and
three quarters of the way, and the end. A plain load opens the plan for reading and closes it again, as each command
does before and behind what it reads. The judged tab is what the performance tab reads: the indicators, and each series
of the force judged. ``python -m benchmarks.any_day`` prints one line for each ratio.
"""

import sqlite3
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection

from benchmarks import Ratio, best, plans
from spp_desktop.store import as_at, chain, database, moments, queries, recording, steps
from spp_desktop.store.judged import judged
from spp_desktop.store.workspace import Workspace

REVISIONS = 20_000
MOMENTS = (0.0, 0.25, 0.5, 0.75, 1.0)
TURNS = 7


def measure() -> list[Ratio]:
    """The slowest moment against a plain load, and the slowest judged tab then against the same tab now."""
    with TemporaryDirectory() as folder:
        path = grown(plans.make(Path(folder) / "a.plan"), REVISIONS)
        load = best(lambda: Workspace.open(path, read_only=True).close(), TURNS)
        with Workspace.open(path, read_only=True) as workspace:
            every = [step for step in workspace.history() if step.kind != "built"]
            assert len(every) == REVISIONS
            today = workspace.read(queries.plan).today()
            now = best(lambda: workspace.read(_tab, today), TURNS)
            seen, tabs = [], []
            for share in MOMENTS:
                moment = moments.of_step(every[::-1][round(share * (REVISIONS - 1))])
                seen.append(best(partial(_see, workspace, moment), TURNS))
                with as_at.opened(workspace, moment) as then:
                    tabs.append(best(partial(then.read, _tab, today), TURNS))
            by_day = best(lambda: workspace.read_beside(moments.read_moment, f"{every[-1].at}"), TURNS)
    how = f"best of {TURNS}; the slowest of {len(MOMENTS)} moments, from the first step to the last"
    ms = ", ".join(f"{took:.0f}" for took in seen)
    return [
        Ratio(f"as at one of {REVISIONS:,} revisions / a plain load of the plan", max(seen) / load, 3,
              f"{max(seen):.0f} ms ({ms}) over {load:.0f} ms, {how}; its time read: {by_day:.0f} ms"),
        Ratio("a judged tab as at then / the same tab now", max(tabs) / now, 2,
              f"{max(tabs):.1f} ms over {now:.1f} ms, {how}"),
    ]  # fmt: skip


def _see(workspace: Workspace, moment: moments.Moment) -> None:
    as_at.opened(workspace, moment).close()


def grown(path: Path, count: int) -> Path:
    """A plan with so many steps more, each of one cell."""
    with closing(database.connect(path, writing=True)) as raw:
        recording.start_recording(raw)
        with database.transaction(raw):
            _steps(raw, count)
    return path


def _steps(raw: sqlite3.Connection, count: int) -> None:
    """Set cells by turns, each as a step of its own."""
    activities = [key for (key,) in raw.execute("SELECT id FROM activity ORDER BY id")]
    results = [key for (key,) in raw.execute("SELECT id FROM result WHERE value IS NOT NULL ORDER BY id")]
    for n in range(count):
        newest = chain.newest(raw)
        assert newest is not None
        raw.execute("INSERT INTO recording VALUES (?)", (newest.n + 1,))
        if n % 2:
            key = results[n % len(results)]
            raw.execute("UPDATE result SET value = value + 1 WHERE id = ?", (key,))
        else:
            key = activities[n % len(activities)]
            raw.execute("UPDATE activity SET text = ? WHERE id = ?", (f"What is to be done, said in way {n}", key))
        steps.close(raw, newest, sitting="benchmark", label=f"set a cell {n}", kind="edit", reverses=None)
        raw.execute("DELETE FROM recording")


def _tab(connection: Connection, today: date) -> None:
    queries.indicators(connection)
    assert judged(connection, today)


def main() -> None:
    """Print one line for each ratio."""
    for ratio in measure():
        print(f"{ratio.name}: {ratio.ratio:.3f} (bound {ratio.bound:.3f}; {ratio.detail})")


if __name__ == "__main__":
    main()
