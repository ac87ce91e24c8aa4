"""Measures the start and the memory of the installed window, against the source tree's and against LibreOffice Calc.

It takes the Debian package that ``make deb`` left in ``dist/``, unpacked and compiled as installing it does, and runs
it by this machine's own Python. All take turns, as in ``startup``. Without a package, or without the Python that it is
for, nothing is measured.
"""

import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from benchmarks import Ratio, plans
from benchmarks.startup import RUNS, Cost, by_turns, calc
from installers import debian
from installers.wheels import ROOT
from spp_desktop import __version__

START = "import sys; sys.path.insert(0, {home!r}); from spp_desktop.app import main; main()"


def measure() -> list[Ratio]:
    """The ratios of time and memory; Calc is left out if it is not installed."""
    release = next((release for release in debian.RELEASES.values() if _runs(release.python)), None)
    if release is None:
        return []
    package = ROOT / "dist" / f"spp-desktop_{__version__}+deb{release.number}_amd64.deb"
    if not package.exists():
        return []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run(["dpkg-deb", "--extract", package, folder], check=True)
        home = folder / debian.HOME
        subprocess.run([_python(release.python), "-m", "compileall", "-q", home], check=True)
        plan = plans.make(folder / "sample.plan")
        look = [str(plan), "--quit-when-readable"]
        commands = {
            "installed": [_python(release.python), "-I", "-c", START.format(home=str(home)), *look],
            "source": [sys.executable, "-m", "spp_desktop", *look],
            **calc(plan, folder),
        }
        return _ratios(by_turns(commands, folder))


def _ratios(costs: Mapping[str, Cost]) -> list[Ratio]:
    ratios = []
    others = {"source": ("the source tree's", 1.1), "calc": ("Calc opening the workbook", 1)}
    for other in (name for name in others if name in costs):
        what, bound = others[other]
        ours, theirs = costs["installed"], costs[other]
        time = (
            f"{ours.seconds * 1000:.0f} ms over {theirs.seconds * 1000:.0f} ms, medians of {RUNS}, by turns, offscreen"
        )
        memory = f"{ours.megabytes:.0f} MB over {theirs.megabytes:.0f} MB, medians of {RUNS}"
        ratios.append(
            Ratio(f"installed window, plan readable / {what}, time", ours.seconds / theirs.seconds, bound, time)
        )
        ratios.append(Ratio(f"the same, memory / {what}", ours.megabytes / theirs.megabytes, bound, memory))
    return ratios


def _python(version: str) -> str:
    return f"/usr/bin/python{version}"


def _runs(version: str) -> bool:
    return Path(_python(version)).exists()
