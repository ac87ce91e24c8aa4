"""Measures undoing and redoing an import of 100,000 results, against taking it in, and how the file grows by both.

Taking in goes from the rows that were counted to the commit, as the window does it. Undo and redo are the plan's own,
with all that they look at, seal and keep. Each is the median of several turns on one plan; CPU seconds stand beside.
The file is measured after the import and after the last redo.
"""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from benchmarks import Ratio
from benchmarks.importing import RESULTS, counted, plan, write
from spp_desktop.edits import importing_results
from spp_desktop.store import measured
from spp_desktop.store.workspace import Workspace

TURNS, TAKEN = 5, 3
BOUND, GROWTH_BOUND = 0.4, 1.05


def measure() -> list[Ratio]:
    """The ratios of undo and redo to taking in, and of the file after them to the file before."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        extract = write(folder / "extract.csv", RESULTS)
        taken = []
        for turn in range(TAKEN - 1):
            with plan(folder / f"{turn}.plan") as workspace:
                taken.append(_taken(workspace, extract))
        with plan(folder / "undone.plan") as workspace:
            taken.append(_taken(workspace, extract))
            before = workspace.path.stat().st_size
            turned = [(_timed(workspace.undo), _timed(workspace.redo)) for _ in range(TURNS)]
            assert len(workspace.read(measured.results)) == RESULTS
            grown = workspace.path.stat().st_size / before
    wall, cpu = (median(times[n] for times in taken) for n in (0, 1))
    ratios = []
    for what, times in (("undo", [undo for undo, _ in turned]), ("redo", [redo for _, redo in turned])):
        own_wall, own_cpu = (median(each[n] for each in times) for n in (0, 1))
        detail = f"{own_wall:.2f} s over {wall:.2f} s, medians of {TURNS} and {len(taken)}; CPU {own_cpu / cpu:.2f}"
        ratios.append(
            Ratio(f"{what} of an import of {RESULTS:,} results / taking it in", own_wall / wall, BOUND, detail)
        )
    growth = f"after {TURNS} times undo and redo: {(grown - 1) * 100:.2f} % more"
    return [*ratios, Ratio("the file after undo and redo of an import / before", grown, GROWTH_BOUND, growth)]


def _taken(workspace: Workspace, extract: Path) -> tuple[float, float]:
    """The seconds of taking in what was counted, and the CPU's."""
    incoming = counted(workspace, extract)
    label = importing_results.label(incoming)
    times = _timed(lambda: workspace.edit(label, importing_results.take, incoming, as_kind="import"))
    incoming.close()
    return times


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    """The seconds that something takes, and the CPU's."""
    began, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - began, time.process_time() - cpu
