"""``python -m benchmarks.run`` measures every ratio of docs/performance.md on this machine.

It ends with status 1 if a ratio is over its bound. Names of benchmarks after it run only those.
"""

import importlib.metadata
import os
import platform
import sqlite3
import sys
from collections.abc import Callable

from benchmarks import Ratio, edit, startup, table, timeline

BENCHMARKS: dict[str, Callable[[], list[Ratio]]] = {
    "startup": startup.measure,
    "edit": edit.measure,
    "table": table.measure,
    "timeline": timeline.measure,
}


def main(names: list[str]) -> int:
    """Measure, print a table as docs/performance.md holds it, and give the exit status."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    print(f"{machine()}\n\n| what | ratio | bound | measured |\n|---|---|---|---|", flush=True)
    over = 0
    for name in names or BENCHMARKS:
        for found in BENCHMARKS[name]():
            over += found.ratio > found.bound
            mark = "**over** " if found.ratio > found.bound else ""
            print(f"| {found.name} | {mark}{found.ratio:.3g} | {found.bound:.3g} | {found.detail} |", flush=True)
    return int(over > 0)


def machine() -> str:
    """What the numbers were measured on, without its name."""
    qt = importlib.metadata.version("PySide6_Essentials")
    return (
        f"{os.cpu_count()} cores {platform.machine()}, {platform.system()} {platform.release().split('-')[0]}, "
        f"Python {platform.python_version()}, PySide6 {qt}, SQLite {sqlite3.sqlite_version}"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
