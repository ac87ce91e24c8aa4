"""Measures the time until the sample plan can be read, against an empty window and against LibreOffice Calc.

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
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.show()
QTimer.singleShot(0, lambda: (window.repaint(), QTimer.singleShot(0, app.quit)))
app.exec()
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
            "empty": [sys.executable, "-c", EMPTY],
            **calc(plan, folder),
        }
        costs = by_turns(commands, folder)
    return [_over_empty(costs), *([_over_calc(costs)] if "calc" in costs else [])]


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


def _over_empty(costs: Mapping[str, Cost]) -> Ratio:
    plan, empty = costs["plan"].seconds, costs["empty"].seconds
    detail = f"{plan * 1000:.0f} ms over {empty * 1000:.0f} ms, medians of {RUNS}, offscreen"
    return Ratio("sample plan's table readable / empty PySide6 window", plan / empty, 3.5, detail)


def _over_calc(costs: Mapping[str, Cost]) -> Ratio:
    plan, office = costs["plan"].seconds, costs["calc"].seconds
    detail = (
        f"{plan * 1000:.0f} ms over {office * 1000:.0f} ms, medians of {RUNS}; "
        "Calc with --headless opens the delivery plan's workbook and writes it as CSV"
    )
    return Ratio("sample plan's table readable / Calc opening the workbook", plan / office, 1, detail)


def by_turns(commands: Mapping[str, list[str]], folder: Path) -> dict[str, Cost]:
    """The median costs of each command, after one run to warm up."""
    home = {name: str(folder) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")}
    env = {**os.environ, **home, "QT_QPA_PLATFORM": "offscreen"}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for _ in range(RUNS + 1):
        for name, command in commands.items():
            costs[name].append(_cost(command, env))
    return {
        name: Cost(*(median(amounts) for amounts in zip(*map(astuple, every[1:]), strict=True)))
        for name, every in costs.items()
    }


def _cost(command: list[str], env: Mapping[str, str]) -> Cost:
    began = time.perf_counter()
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    spent = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Cost(spent, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000)
