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


def measure() -> list[Ratio]:
    """The ratios of the time that a person waits for the plan; Calc is left out if it is not installed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        plan, workbook = plans.make(folder / "sample.plan"), folder / "sample.xlsx"
        with Workspace.open(plan) as workspace:
            issuing.issue(workspace, DELIVERY_PLAN, workbook)
        commands = {
            "plan": [sys.executable, "-m", "spp_desktop", str(plan), "--quit-when-readable"],
            "empty": [sys.executable, "-c", EMPTY],
        }
        if soffice := shutil.which("soffice"):
            profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
            convert = ["--headless", "--norestore", "--convert-to", "csv", "--outdir", str(folder), str(workbook)]
            commands["calc"] = [soffice, profile, *convert]
        spent = _by_turns(commands, folder)
    return [_over_empty(spent), *([_over_calc(spent)] if "calc" in spent else [])]


def _over_empty(spent: Mapping[str, float]) -> Ratio:
    detail = f"{spent['plan'] * 1000:.0f} ms over {spent['empty'] * 1000:.0f} ms, medians of {RUNS}, offscreen"
    return Ratio("sample plan's table readable / empty PySide6 window", spent["plan"] / spent["empty"], 3.5, detail)


def _over_calc(spent: Mapping[str, float]) -> Ratio:
    detail = (
        f"{spent['plan'] * 1000:.0f} ms over {spent['calc'] * 1000:.0f} ms, medians of {RUNS}; "
        "Calc with --headless opens the delivery plan's workbook and writes it as CSV"
    )
    return Ratio("sample plan's table readable / Calc opening the workbook", spent["plan"] / spent["calc"], 1, detail)


def _by_turns(commands: Mapping[str, list[str]], folder: Path) -> dict[str, float]:
    """The median time of each command in seconds."""
    home = {name: str(folder) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")}
    env = {**os.environ, **home, "QT_QPA_PLATFORM": "offscreen"}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    spent: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(RUNS + 1):
        for name, command in commands.items():
            began = time.perf_counter()
            subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL)
            spent[name].append(time.perf_counter() - began)
    return {name: median(times[1:]) for name, times in spent.items()}
