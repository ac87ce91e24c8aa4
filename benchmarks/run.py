"""``python -m benchmarks.run`` measures every ratio of docs/performance.md on this machine.

It ends with status 1 if a ratio is over its bound. Names of benchmarks after it run only those.
"""

import os
import platform
import sqlite3
import sys
from importlib import import_module
from importlib.metadata import version

from benchmarks import Ratio

BENCHMARKS = (
    *("startup", "installed", "command_line", "edit", "registers", "returns", "judging", "table", "working"),
    *("timeline", "wall", "thread", "checks", "performance_tab", "importing", "summing", "history", "any_day", "forms"),
    *("documents", "editions", "ten_years", "long_history", "first_edit", "hub", "merging", "exporting"),
    *("undoing", "standstill"),
)
"""The modules of this package with a ``measure``. Each is imported just before it runs, so none pays for another."""


def main(names: list[str]) -> int:
    """Measure, print a table as docs/performance.md holds it, and give the exit status."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    print(f"{machine()}\n\n| what | ratio | bound | measured |\n|---|---|---|---|", flush=True)
    over = 0
    for name in names or BENCHMARKS:
        ratios: list[Ratio] = import_module(f"benchmarks.{name}").measure()
        for ratio in ratios:
            over += ratio.ratio > ratio.bound
            mark = "**over** " if ratio.ratio > ratio.bound else ""
            print(f"| {ratio.name} | {mark}{ratio.ratio:.3g} | {ratio.bound:.3g} | {ratio.detail} |", flush=True)
    return int(over > 0)


def machine() -> str:
    """The machine that the numbers were measured on, without its name."""
    qt = version("PySide6_Essentials")
    return (
        f"{os.cpu_count()} cores {platform.machine()}, {platform.system()} {platform.release().split('-')[0]}, "
        f"Python {platform.python_version()}, PySide6 {qt}, SQLite {sqlite3.sqlite_version}"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
