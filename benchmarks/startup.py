"""Measures the time until the sample plan can be read and typed in, against an empty window and Calc.

Each time is that of a whole process, from start to end, without a display (Qt's offscreen platform). The programs take
turns, after one run of each to warm up.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from pathlib import Path
from statistics import median

from benchmarks import Ratio, plans
from spp_desktop.edits import issuing
from spp_desktop.returns.catalogue.delivery_plan import DELIVERY_PLAN
from spp_desktop.store.workspace import Workspace

RUNS = 7
EMPTY = """
import os
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.show()
QTimer.singleShot(0, lambda: (window.repaint(), QTimer.singleShot(0, lambda: os._exit(0))))
app.exec()
"""
RESTING = """
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.resize(1280, 720)
window.show()
app.processEvents()
lines = open("/proc/self/smaps_rollup").read().splitlines()[1:]
sizes = {line.split()[0]: line.split()[1] for line in lines}
print(sizes["Rss:"], sizes["Pss:"])
"""


@dataclass(frozen=True)
class Cost:
    """What a program cost, from its start to its end.

    Attributes:
        seconds: how long it took.
        worked: how many seconds a processor worked for it.
        megabytes: the most memory that it, or a program that it started, had at one time.
    """

    seconds: float
    worked: float
    megabytes: float


def measure() -> list[Ratio]:
    """The ratios of the time that a person waits for the plan; Calc is left out if it is not installed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        plan = plans.make(folder / "sample.plan")
        commands = {
            "plan": [sys.executable, "-m", "spp_desktop", str(plan), "--quit-when-readable"],
            "typed": [sys.executable, "-m", "spp_desktop", str(plan), "--quit-when-typed"],
            "empty": [sys.executable, "-c", EMPTY],
            **calc(plan, folder),
        }
        costs = by_turns(commands, folder)
        memory = _memory(plan, folder)
    return [_typed_over_readable(costs), _over_empty(costs), *memory, *([_over_calc(costs)] if "calc" in costs else [])]


def calc(plan: Path, folder: Path) -> dict[str, list[str]]:
    """The command by which Calc opens the plan's delivery plan, if it is installed."""
    workbook = folder / "sample.xlsx"
    with Workspace.open(plan) as workspace:
        issuing.issue(workspace, DELIVERY_PLAN, workbook)
    if not (soffice := shutil.which("soffice")):
        return {}
    profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    convert = ["--headless", "--norestore", "--convert-to", "csv", "--outdir", str(folder), str(workbook)]
    return {"calc": [soffice, profile, *convert]}


def _typed_over_readable(costs: Mapping[str, Cost]) -> Ratio:
    typed, plan = costs["typed"].seconds, costs["plan"].seconds
    worked = f"{costs['typed'].worked * 1000:.0f} ms over {costs['plan'].worked * 1000:.0f} ms of a processor"
    detail = f"{typed * 1000:.0f} ms over {plan * 1000:.0f} ms, medians of {RUNS}, offscreen; {worked}"
    return Ratio("first letter typed and painted / sample plan's table readable", typed / plan, 1.25, detail)


def _memory(plan: Path, folder: Path) -> list[Ratio]:
    """What the window has once a first cell is typed and kept and it lies idle; none where no system tells."""
    if not Path("/proc/self/smaps_rollup").exists():
        return []
    resident: dict[str, list[tuple[int, ...]]] = {"idle": [], "empty": []}
    env = _environment(folder)
    for turn in range(3):
        copy = shutil.copy(plan, folder / f"idle {turn}.plan")
        commands = {
            "idle": [sys.executable, "-m", "spp_desktop", str(copy), "--quit-when-idle"],
            "empty": [sys.executable, "-c", RESTING],
        }
        for name, command in commands.items():
            told = subprocess.run(command, env=env, capture_output=True, text=True, check=True, timeout=60).stdout
            resident[name].append(tuple(map(int, told.split())))
    (idle, share), (empty, empty_share) = (
        tuple(median(sizes) / 1024 for sizes in zip(*resident[name], strict=True)) for name in ("idle", "empty")
    )
    detail = f"{idle:.0f} MB over {empty:.0f} MB; its share of what is shared {share:.0f} over {empty_share:.0f} MB"
    return [Ratio("memory of the window after a first edit, idle / empty PySide6 window", idle / empty, 2.2, detail)]


def _over_empty(costs: Mapping[str, Cost]) -> Ratio:
    plan, empty = costs["plan"].seconds, costs["empty"].seconds
    worked = f"{costs['plan'].worked * 1000:.0f} ms over {costs['empty'].worked * 1000:.0f} ms of a processor"
    detail = f"{plan * 1000:.0f} ms over {empty * 1000:.0f} ms, medians of {RUNS}, offscreen; {worked}"
    return Ratio("sample plan's table readable / empty PySide6 window", plan / empty, 2.5, detail)


def _over_calc(costs: Mapping[str, Cost]) -> Ratio:
    plan, office = costs["plan"].seconds, costs["calc"].seconds
    detail = (
        f"{plan * 1000:.0f} ms over {office * 1000:.0f} ms, medians of {RUNS}; "
        "Calc with --headless opens the delivery plan's workbook and writes it as CSV"
    )
    return Ratio("sample plan's table readable / Calc opening the workbook", plan / office, 1, detail)


def by_turns(commands: Mapping[str, list[str]], folder: Path) -> dict[str, Cost]:
    """The median costs of each command, after one run to warm up."""
    env = _environment(folder)
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for _ in range(RUNS + 1):
        for name, command in commands.items():
            costs[name].append(_cost(command, env))
    return {
        name: Cost(*(median(amounts) for amounts in zip(*map(astuple, every[1:]), strict=True)))
        for name, every in costs.items()
    }


def _environment(folder: Path) -> dict[str, str]:
    """The variables with which a program runs that has its home in a folder of its own, and no display."""
    home = {name: str(folder) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")}
    env = {**os.environ, **home, "QT_QPA_PLATFORM": "offscreen"}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    return env


def _cost(command: list[str], env: Mapping[str, str]) -> Cost:
    began = time.perf_counter()
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    spent = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Cost(spent, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000)
