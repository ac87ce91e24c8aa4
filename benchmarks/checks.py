"""The checks of a plan 100 times the size against those of one plan, and one cell checked again against its edit.

The large plan has the activities 100 times over, each copy with a word of its own, so that every one of them is nearly
the same as 99 others.
"""

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from sqlmodel import Session

from benchmarks import Ratio, plans
from spp_desktop.edits import delivery
from spp_desktop.store import queries
from spp_desktop.store.changed import Changed
from spp_desktop.store.checks.every import PlanChecks
from spp_desktop.store.workspace import Workspace

COPIES = 100
ROUNDS = 5
EDITS = 40
WHOLE, AGAIN = 120.0, 5.0
"""The most that the checks of the large plan may take of those of one, and a cell checked again of its edit."""


def measure() -> list[Ratio]:
    """The two ratios."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        one, many = plans.make(folder / "one.plan"), plans.make(folder / "many.plan", COPIES)
        with Workspace.open(one) as small, Workspace.open(many) as large:
            large.edit("words of their own", _reword, as_kind="built")
            took: dict[str, list[float]] = {"one": [], "many": []}
            for _ in range(ROUNDS + 1):
                took["one"].append(_timed(lambda: small.read(PlanChecks().run)))
                took["many"].append(_timed(lambda: large.read(PlanChecks().run)))
            few, all_of = (median(times[1:]) for times in took.values())
            detail = f"{all_of * 1000:.0f} ms over {few * 1000:.0f} ms, medians of {ROUNDS}, by turns"
            whole = Ratio("checks of a plan 100 times the size / of one plan", all_of / few, WHOLE, detail)
            return [whole, _again(large)]


def _reword(session: Session) -> None:
    session.connection().exec_driver_sql("UPDATE activity SET text = text || ' in unit' || rowid")


def _again(workspace: Workspace) -> Ratio:
    """One cell checked again, over its edit, in the large plan: by turns a status and the words."""
    checks = PlanChecks()
    workspace.read(checks.run)
    key = workspace.read(queries.activities)[0].key
    heard: list[Changed] = []
    unlisten = workspace.listen(heard.append)
    edited, again = [], []
    for turn in range(EDITS + 1):
        cell = (key, "text", f"Other words {turn}") if turn % 2 else (key, "percent", turn % 100)
        edited.append(_timed(partial(workspace.edit, "change", delivery.set_cells, [cell])))
        again.append(_timed(partial(workspace.read, checks.again, heard[-1].rows)))
    unlisten()
    looked, kept = median(again[1:]), median(edited[1:])
    detail = f"{looked * 1000:.1f} ms over {kept * 1000:.1f} ms, medians of {EDITS}, by turns"
    return Ratio("one cell of 11,100 activities checked again / edited", looked / kept, AGAIN, detail)


def _timed(does: Callable[[], object]) -> float:
    begun = time.perf_counter()
    does()
    return time.perf_counter() - begun
