"""Measures editions of a plan of ten years: one seen as it was issued, and what has changed of what all of them hold.

The plan is the worked sample with ten times its activities; 40 times one after the other 660 results come in, some
activities and results are changed, and an edition is issued: 1,110 activities, 26,400 results more, 40 editions. A
plain read opens the plan, and reads its activities and indicators and judges every series of the force, as its pages
do. The same is then done as edition 3, which opens the plan, sees it as edition 3, and reads that. What has changed of
what editions hold is found for all 40 of them, and for the last alone. ``python -m benchmarks.editions`` prints one
line for each ratio.
"""

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from sqlalchemy import Connection, insert, select, update
from sqlmodel import Session, SQLModel

from benchmarks import Ratio, best, plans
from spp_desktop.edits import edition_restatements
from spp_desktop.edits import editions as issuing
from spp_desktop.edits.editions import NewEdition
from spp_desktop.plan.performance import Indicator
from spp_desktop.plan.results import Result
from spp_desktop.store import as_at, queries, states
from spp_desktop.store.judged import judged
from spp_desktop.store.workspace import Workspace

EDITIONS, RESULTS, TIMES = 40, 26_400, 10
CHANGED = 20
"""Activities, and results, that are changed before each edition."""
TURNS = 5

_RESULT = SQLModel.metadata.tables[str(Result.__tablename__)]
_INDICATOR = SQLModel.metadata.tables[str(Indicator.__tablename__)]


def measure() -> list[Ratio]:
    """As edition 3 against a plain read; what has changed of all editions against the same of the last."""
    with TemporaryDirectory() as folder:
        path = grown(plans.make(Path(folder) / "a.plan", TIMES))
        plain, third = best(lambda: _read(path, ""), TURNS), best(lambda: _read(path, "edition 3"), TURNS)
        with Workspace.open(path, read_only=True) as workspace:
            last = best(lambda: edition_restatements.restatements(workspace, EDITIONS - 1), TURNS)
            every = best(lambda: edition_restatements.restatements(workspace), TURNS)
            count = len(edition_restatements.restatements(workspace).restated)
    how = f"best of {TURNS}"
    return [
        Ratio(f"as edition 3 of {EDITIONS}, {RESULTS:,} results / a plain read of the plan", third / plain, 3,
              f"{third:.0f} ms over {plain:.0f} ms, {how}"),
        Ratio(f"restatements of {EDITIONS} editions ({count:,}) / a plain read of the plan", every / plain, 3,
              f"{every:.0f} ms over {plain:.0f} ms, {how}; of the last but one alone {last:.0f} ms"),
    ]  # fmt: skip


def _read(path: Path, name: str) -> None:
    with Workspace.open(path, read_only=True) as workspace:
        if not name:
            workspace.read(_pages)
            return
        with as_at.opened(workspace, states.moment_of(workspace, name)) as then:
            then.read(_pages)


def _pages(connection: Connection) -> None:
    queries.activities(connection)
    queries.indicators(connection)
    assert judged(connection, date(2011, 4, 1))


def grown(path: Path) -> Path:
    """A plan with so many editions and results more."""
    with Workspace.open(path) as workspace:
        for turn in range(EDITIONS):
            workspace.edit(f"results {turn}", _enter, turn)
            workspace.edit(f"changes {turn}", _change, turn)
            workspace.edit(f"issue edition {turn + 1}", issuing.issue, NewEdition(date(2008, 4, 1), "Benchmark"))
    return path


def _enter(session: Session, turn: int) -> None:
    connection = session.connection()
    indicators = list(connection.execute(select(_INDICATOR.c.id).order_by(_INDICATOR.c.ref)).scalars())
    first = date(2008, 4, 1) + timedelta(days=31 * turn)
    rows = [
        {
            "id": str(uuid4()), "indicator_id": indicators[n % len(indicators)], "area_id": None,
            "population": f"group {n // len(indicators)}", "period_from": first,
            "period_to": first + timedelta(days=30),
            "value": float(n), "numerator": None, "denominator": None, "sample_size": None, "design_effect": 1.0,
            "state": "final",
        }
        for n in range(RESULTS // EDITIONS)
    ]  # fmt: skip
    connection.execute(insert(_RESULT), rows)


def _change(session: Session, turn: int) -> None:
    connection = session.connection()
    for table, column in ((plans.ACTIVITY, "text"), (_RESULT, "value")):
        keys = list(connection.execute(select(table.c.id).order_by(table.c.id).limit(CHANGED).offset(turn)).scalars())
        value = f"What is done in turn {turn}" if column == "text" else float(turn)
        connection.execute(update(table).where(table.c.id.in_(keys)).values({column: value}))


def main() -> None:
    """Print one line for each ratio."""
    for ratio in measure():
        print(f"{ratio.name}: {ratio.ratio:.3f} (bound {ratio.bound:.3f}; {ratio.detail})")


if __name__ == "__main__":
    main()
