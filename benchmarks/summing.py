"""Measures an extract of 300,000 rows added up to 10,000 results, against one of 100,000 results as they stand.

Both go from the file to the commit, as ``benchmarks.importing`` describes, and are told for each row of the file; by
turns, each into a plan file of its own. Once from a .csv file and once from an Excel workbook.

Memory is the most that a fresh process takes at any time, with all libraries that it has loaded.
"""

import csv
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

from openpyxl import Workbook

from benchmarks import Ratio, importing

ROWS, FIGURES, PLAIN = 300_000, 10_000, importing.RESULTS
RUNS = 3
BOUND, MEMORY_BOUND = 1.0, 1.1
HEADINGS = ("Indicator", "OCU", "Month", "Part", "Detected", "Recorded")


def measure() -> list[Ratio]:
    """The ratios of time for each row, by form of file, and the ratio of memory."""
    ratios = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for form in (".csv", ".xlsx"):
            parts = write(folder / f"parts{form}", _parts())
            plain = write(folder / f"plain{form}", _plain())
            times: dict[str, list[float]] = {"summed": [], "plain": []}
            for turn in range(RUNS + 1):
                times["summed"].append(
                    _came_in(folder / f"summed {turn}{form}.plan", parts, sums=True, several=FIGURES)
                )
                times["plain"].append(_came_in(folder / f"plain {turn}{form}.plan", plain, sums=False, several=PLAIN))
            summed, whole = (median(times[which][1:]) for which in ("summed", "plain"))
            ratios.append(
                Ratio(
                    f"{ROWS:,} rows of a {form} added up to {FIGURES:,} results / {PLAIN:,} results, each row",
                    (summed / ROWS) / (whole / PLAIN),
                    BOUND,
                    f"{summed:.2f} s over {whole:.2f} s, medians of {RUNS}, by turns",
                )
            )
        mb = [
            _memory(folder, path, sums=sums) / 1e6
            for path, sums in ((folder / "parts.csv", 1), (folder / "plain.csv", 0))
        ]
    ratios.append(
        Ratio(
            f"memory of {ROWS:,} rows added up / of {PLAIN:,} results",
            mb[0] / mb[1],
            MEMORY_BOUND,
            f"{mb[0]:.1f} MB over {mb[1]:.1f} MB at the worst moment, a fresh process each",
        )
    )
    return ratios


def _plain() -> Iterator[list[Any]]:
    for indicator, area, month, above, below in islice(importing.places(), PLAIN):
        yield [f"I{indicator}", f"Area {area}", f"{month:%b-%y}", "All parts of it", above, below]


def _parts() -> Iterator[list[Any]]:
    """Rows of each result, one after the other for all results, as a table by part of offence has them."""
    for part in range(ROWS // FIGURES):
        for indicator, area, month, above, below in islice(importing.places(), FIGURES):
            yield [f"I{indicator}", f"Area {area}", f"{month:%b-%y}", f"Part {part}", above, below]


def write(path: Path, table: Iterator[list[Any]]) -> Path:
    """A table as a file of the form that its name says."""
    if path.suffix == ".csv":
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(HEADINGS)
            writer.writerows(table)
        return path
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Data")
    sheet.append(HEADINGS)
    for row in table:
        sheet.append(row)
    book.save(path)
    return path


def _came_in(path: Path, extract: Path, *, sums: bool, several: int) -> float:
    with importing.plan(path) as workspace:
        began = time.perf_counter()
        taken, _ = importing.come_in(workspace, extract, sums=sums)
        spent = time.perf_counter() - began
    assert taken.added == several
    return spent


def _memory(folder: Path, extract: Path, *, sums: int) -> int:
    """Bytes that a fresh process takes that takes in an extract."""
    command = [sys.executable, "-m", importing.__name__, str(folder / f"memory {sums}.plan"), str(extract), str(sums)]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
