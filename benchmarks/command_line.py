"""Measures what ``spp --help`` and ``spp history`` cost, each against a Python that does nothing.

Whole processes by turns, after one run of each to warm up: the seconds for which a processor worked.
"""

import sys
import tempfile
from pathlib import Path

from benchmarks import Ratio, plans
from benchmarks.startup import RUNS, by_turns

BOUNDS = {"--help": 3, "history": 10}


def measure() -> list[Ratio]:
    """The ratios, of the sample plan's history."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        plan = plans.make(folder / "sample.plan")
        spp = [sys.executable, "-m", "spp_desktop.cli"]
        commands = {
            "nothing": [sys.executable, "-c", "pass"],
            "--help": [*spp, "--help"],
            "history": [*spp, "history", str(plan)],
        }
        costs = by_turns(commands, folder)
    nothing = costs["nothing"].worked
    return [
        Ratio(
            f"spp {word} / python -c pass",
            costs[word].worked / nothing,
            bound,
            f"{costs[word].worked * 1000:.0f} ms over {nothing * 1000:.0f} ms of a processor, medians of {RUNS}",
        )
        for word, bound in BOUNDS.items()
    ]
