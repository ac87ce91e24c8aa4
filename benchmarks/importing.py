"""Measures taking in an extract of 100,000 results, against SQLAlchemy Core inserting and recording the same rows.

Ours goes from the file to the commit: the first rows are looked at, the whole file is read in a process of its own,
compared with the plan, and entered as one step. The time that a person would think in between is not counted.
"Entering" is the last part alone: from the rows that were counted to the commit.

The other side is one step of the same plan whose verb is a single Core ``insert`` of all the rows, prepared beforehand
as Core takes them. It is recorded by the same triggers, sealed and committed in the same way. Both take turns, each in
a plan file of its own. Keys of the prepared rows are made by ``plan.rows.new_key``, like all keys.

Of the same extract as a workbook, the looking and gathering alone, in the process that the window begins while the file
is chosen, is held against a fresh process that reads all its cells by python-calamine, which is written in Rust.

Memory is the most that a fresh process takes at any time, with all libraries that it has loaded.
"""

import csv
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path
from statistics import median
from threading import Event, Thread
from typing import Any

import psutil
from sqlalchemy import insert
from sqlmodel import Session, SQLModel

from benchmarks import CALAMINE, Ratio
from spp_desktop.edits import extract_names, importing_results, rows
from spp_desktop.edits.importing_results import Taken
from spp_desktop.edits.incoming import Incoming
from spp_desktop.plan.performance import Indicator, IndicatorGroup
from spp_desktop.plan.periods import month_end, months
from spp_desktop.plan.results import Area, Result
from spp_desktop.plan.rows import new_key
from spp_desktop.returns import extract_reading
from spp_desktop.returns.intake import kept_ready
from spp_desktop.returns.mapped import EXTRACT_LIMITS, Extract, look_at
from spp_desktop.store import queries
from spp_desktop.store.workspace import Workspace

RESULTS, FEW = 100_000, 10_000
INDICATORS, AREAS = 40, 21
MONTHS = months(date(2000, 4, 1), date(2012, 3, 1))
RUNS = 5
BOUND, MEMORY_BOUND, CALAMINE_BOUND = 1.3, 1.1, 4.0
RESULT = SQLModel.metadata.tables[str(Result.__tablename__)]


def measure() -> list[Ratio]:
    """The ratios of time for 100,000 results, and the ratio of memory of 100,000 to 10,000."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        extract = write(folder / "extract.csv", RESULTS)
        whole, entering, core = [], [], []
        for turn in range(RUNS + 1):
            came = _imported(folder / f"ours {turn}.plan", extract)
            whole.append(came[0])
            entering.append(came[1])
            core.append(_inserted(folder / f"core {turn}.plan"))
        book = _as_workbook(extract)
        read = [_read_by_both(folder / f"read {turn}.plan", book) for turn in range(RUNS + 1)]
        memory = [_memory(folder, several) for several in (RESULTS, FEW)]
    took = [median(times[1:]) for times in (whole, entering, core)]
    gathered, calamine = (median(times) for times in zip(*read[1:], strict=True))
    how = f"medians of {RUNS}, by turns"
    over = "Core's insert of the same rows, recorded and committed"
    mb = [used / 1e6 for used in memory]
    return [
        Ratio(f"{RESULTS:,} results from a .csv to committed / {over}", took[0] / took[2], BOUND,
              f"{took[0]:.2f} s over {took[2]:.2f} s, {how}"),
        Ratio(f"{RESULTS:,} results entered, once counted / {over}", took[1] / took[2], BOUND,
              f"{took[1]:.2f} s over {took[2]:.2f} s, {how}"),
        Ratio(f"{RESULTS:,} results of a .xlsx looked at and gathered / python-calamine reading it",
              gathered / calamine, CALAMINE_BOUND, f"{gathered:.2f} s over {calamine:.2f} s, {how}"),
        Ratio(f"memory of importing {RESULTS:,} results / of {FEW:,}", memory[0] / memory[1], MEMORY_BOUND,
              f"{mb[0]:.1f} MB over {mb[1]:.1f} MB at the worst moment, a fresh process each"),
    ]  # fmt: skip


def places(areas: int = AREAS) -> Iterator[tuple[int, int, date, int, int]]:
    """Made-up results: number of the indicator, number of the area, month, numerator and denominator."""
    number = 0
    for indicator in range(INDICATORS):
        for area in range(areas):
            for month in MONTHS:
                number += 1
                yield indicator, area, month, number * 7 % 97, 100 + number % 50


def write(path: Path, several: int, leave: int = 0, areas: int = AREAS) -> Path:
    """Write an extract of ``several`` results but for the first so many, and give its path; of that many areas."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["Indicator", "OCU", "Month", "Detected", "Recorded"])
        for indicator, area, month, above, below in islice(places(areas), leave, several):
            writer.writerow([f"I{indicator}", f"Area {area}", f"{month:%b-%y}", above, below])
    return path


def plan(path: Path, areas: int = AREAS) -> Workspace:
    """A plan with indicators and areas, but no results; the earlier version of this sitting is kept already."""
    workspace = Workspace.create(path, "A plan to measure on", 2008)
    workspace.edit("set up", _set_up, areas)
    return workspace


def _set_up(session: Session, areas: int) -> None:
    group = rows.add(session, IndicatorGroup, title="All")
    for n in range(INDICATORS):
        rows.add(
            session, Indicator, ref=f"I{n}", title=f"Indicator {n}", group_id=group, polarity="lower", position=float(n)
        )
    for n in range(areas):
        rows.add(session, Area, title=f"Area {n}", position=float(n))


def come_in(workspace: Workspace, extract: Path, *, sums: bool = False) -> tuple[Taken, float]:
    """Take an extract in as the window does; gives what came in, and the seconds of entering it."""
    incoming = counted(workspace, extract, sums=sums)
    began = time.perf_counter()
    label = importing_results.label(incoming)
    taken = workspace.edit(label, importing_results.take, incoming, as_kind="import")
    spent = time.perf_counter() - began
    incoming.close()
    return taken, spent


def counted(workspace: Workspace, extract: Path, *, sums: bool = False) -> Incoming:
    """The results of an extract, read and held against the plan."""
    reading = extract_reading.proposed(look_at(extract), workspace.read(extract_names.plan_names))
    reading = reading.changed(replace(reading.mapping, sums=sums))
    chosen = reading.chosen(workspace.read(extract_names.first_year))
    names = workspace.read(extract_names.keys_by_name, chosen.mapping)
    incoming = importing_results.gather(Extract(extract), chosen, names, several_sheets=False)
    workspace.read(importing_results.weigh, incoming)
    return incoming


def _imported(path: Path, extract: Path) -> tuple[float, float]:
    with plan(path) as workspace:
        began = time.perf_counter()
        taken, entering = come_in(workspace, extract)
        whole = time.perf_counter() - began
    assert taken.added == RESULTS
    return whole, entering


def _as_workbook(extract: Path) -> Path:
    """The same extract as a workbook, with figures as numbers; gives its path."""
    from openpyxl import Workbook  # late: it is no part of what importing takes of memory

    book, path = Workbook(write_only=True), extract.with_suffix(".xlsx")
    sheet = book.create_sheet("Extract")
    with extract.open(newline="", encoding="utf-8") as file:
        for n, row in enumerate(csv.reader(file)):
            sheet.append([*row[:3], *(map(int, row[3:]) if n else row[3:])])
    book.save(path)
    return path


def _read_by_both(path: Path, book: Path) -> tuple[float, float]:
    """Seconds that looking at a workbook and gathering its results takes, and that calamine takes to read it."""
    with plan(path) as workspace, kept_ready(EXTRACT_LIMITS):
        workspace.read(extract_names.plan_names)
        began = time.perf_counter()
        reading = extract_reading.proposed(look_at(book), workspace.read(extract_names.plan_names))
        chosen = reading.chosen(workspace.read(extract_names.first_year))
        names = workspace.read(extract_names.keys_by_name, chosen.mapping)
        incoming = importing_results.gather(Extract(book), chosen, names, several_sheets=False)
        ours = time.perf_counter() - began
        assert importing_results.label(incoming).startswith(f"import {RESULTS:,}")
        incoming.close()
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", CALAMINE, str(book)], check=True)
    return ours, time.perf_counter() - began


def _inserted(path: Path) -> float:
    with plan(path) as workspace:
        indicators = [row.id for row in workspace.read(queries.register, Indicator)]
        areas = [row.id for row in workspace.read(queries.register, Area)]
        prepared = [
            _row(indicators[indicator], areas[area], month, above, below)
            for indicator, area, month, above, below in islice(places(), RESULTS)
        ]
        began = time.perf_counter()
        workspace.edit(f"insert {RESULTS:,} results", _insert, prepared, as_kind="import")
        return time.perf_counter() - began


def _row(indicator: str, area: str, month: date, above: int, below: int) -> dict[str, Any]:
    place = {"id": new_key(), "indicator_id": indicator, "area_id": area, "population": ""}
    days = {"period_from": month, "period_to": month_end(month)}
    figures = {"value": None, "numerator": float(above), "denominator": float(below), "sample_size": None}
    return {**place, **days, **figures, "design_effect": 1.0, "state": "provisional"}


def _insert(session: Session, prepared: list[dict[str, Any]]) -> None:
    session.connection().execute(insert(RESULT), prepared)


def _memory(folder: Path, several: int) -> int:
    """The most bytes that a fresh process takes when it imports ``several`` results."""
    extract = write(folder / f"{several}.csv", several)
    command = [sys.executable, "-m", __name__, str(folder / f"{several}.plan"), str(extract)]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main(path: str, extract: str, sums: str = "0") -> None:
    """Import an extract into a new plan, and print the most bytes that this process took."""
    process, over, most = psutil.Process(), Event(), 0

    def look() -> None:
        nonlocal most
        while not over.wait(0.002):
            most = max(most, process.memory_info().rss)

    looking = Thread(target=look)
    looking.start()
    with plan(Path(path)) as workspace:
        come_in(workspace, Path(extract), sums=sums == "1")
    over.set()
    looking.join()
    print(most)


if __name__ == "__main__":
    main(*sys.argv[1:])
