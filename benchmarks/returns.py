"""Measures receiving and comparing returns, against programs that only read the same files.

Ours is one ``receiving.review`` in a program that has the plan open and has read its activities. The file is checked
and read in a process of its own, its rows are matched and read, and all of it is compared with the plan as it was when
the return was issued and as it is now (something has changed in between). It is the first return that this program
receives, so nothing is cached; but the process that reads is there, as it is begun while a person chooses the files.

The other side is a fresh Python that opens the file with openpyxl, ``read_only``, and goes through the values of all
cells; its time is that of the whole process. openpyxl loads numpy if that is installed, as it is beside pyqtgraph, and
has no use for it; the ratio against a process that does not load it is given too.

A fresh process that reads all cells of the large file by python-calamine, which is written in Rust, is a third side.

Of forty-three returns, one for each post of a force, ours is what the window and ``spp import`` do with a batch: one
process reads, and each return is compared while the next is read. The other side is this same program, warm, in which
openpyxl reads them ``read_only``, one after another. CPU seconds are told beside.

Memory is the most that each takes, looked at from outside about every millisecond, in runs of their own. For ours it is
the growth of the program since before the return, together with the process that reads; for the other all of it.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from statistics import median
from threading import Thread

import psutil
from openpyxl import load_workbook

from benchmarks import CALAMINE, Ratio, plans
from spp_desktop.edits import delivery, issuing, receiving
from spp_desktop.returns.catalogue.delivery_plan import DELIVERY_PLAN
from spp_desktop.returns.catalogue.status_return import STATUS_RETURN
from spp_desktop.returns.definition import Return
from spp_desktop.returns.intake import kept_ready, one_after_another
from spp_desktop.returns.placement import FIRST_ROW, HEADER_ROW
from spp_desktop.store import queries
from spp_desktop.store.workspace import Workspace

RUNS = 7
LOOKS = 3
"""Runs in which memory is measured."""
MOST, CALAMINE_MOST = 1.5, 6.0
BATCH, BATCH_RUNS = 43, 5
YEAR, QUARTER, POST = 2008, "Q2", "ACC Security and Cohesion"
SMALL = 40
"""Rows of the small return."""
TIMES = 91
"""How often the large plan has the sample's 111 activities."""
ANSWERED, MOVED = 40, 40
"""About how many rows of a return are filled in, and how many have changed in the plan meanwhile, at most."""

OURS = """
import sys, time
from pathlib import Path
from spp_desktop.edits import receiving
from spp_desktop.returns.intake import kept_ready
from spp_desktop.store import queries
from spp_desktop.store.workspace import Workspace
with kept_ready(), Workspace.open(sys.argv[1]) as workspace:
    workspace.read(queries.plan)
    workspace.read(queries.activities)
    print("ready", flush=True)
    sys.stdin.readline()
    began = time.perf_counter()
    review = receiving.review(workspace, Path(sys.argv[2]))
    print(time.perf_counter() - began, len(review.differences), flush=True)
    sys.stdin.readline()
"""
BARE = """
import sys
from openpyxl import load_workbook
book = load_workbook(sys.argv[1], read_only=True)
for sheet in book.worksheets:
    for row in sheet.iter_rows(values_only=True):
        for value in row:
            pass
"""
LEAN = f"import sys; sys.modules['numpy'] = None{BARE}"


def measure() -> list[Ratio]:
    """The ratios for a status return of 40 rows and for a delivery plan of about 10,000."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        small, large = folder / "small.plan", folder / "large.plan"
        plans.make(small)
        plans.make(large, TIMES)
        batch = _batch(small, folder)
        cases = [_sent(small, STATUS_RETURN, owner=POST, period=QUARTER), _sent(large, DELIVERY_PLAN)]
        ratios = [ratio for plan, file, rows in cases for ratio in _compared(plan, file, rows)]
        return [*ratios, _against_calamine(*cases[1]), batch]


def _against_calamine(plan: Path, file: Path, rows: int) -> Ratio:
    ours, theirs = [], []
    for _ in range(RUNS + 1):
        ours.append(_received(plan, file))
        theirs.append(_timed([sys.executable, "-c", CALAMINE, str(file)]))
    took, other = (median(times[1:]) * 1000 for times in (ours, theirs))
    how = f"{took:.0f} ms over {other:.0f} ms, medians of {RUNS}, by turns"
    return Ratio(f"a return of {rows:,} rows received / python-calamine reading it", took / other, CALAMINE_MOST, how)


def _batch(plan: Path, folder: Path) -> Ratio:
    """The ratio for a return to each of many posts."""
    with Workspace.open(plan) as workspace:
        posts, files = workspace.read(issuing.recipients, STATUS_RETURN, YEAR), list[Path]()
        for n in range(BATCH):
            files.append(folder / f"{n}.xlsx")
            owner = posts[n % len(posts)]
            issuing.issue(workspace, STATUS_RETURN, files[-1], owner=owner, year=YEAR, period=QUARTER)
        ours, theirs = [], []
        with kept_ready():
            for _ in range(BATCH_RUNS + 1):
                ours.append(_both(partial(_reviewed, workspace, files)))
                theirs.append(_both(partial(_opened, files)))
    (took, worked), (other, other_worked) = (tuple(map(median, zip(*each[1:], strict=True))) for each in (ours, theirs))
    return Ratio(
        f"{BATCH} returns received / openpyxl in one warm process reading them", took / other, MOST,
        f"{took:.2f} s over {other:.2f} s, medians of {BATCH_RUNS}, by turns; of this program's processor time "
        f"{worked:.2f} s over {other_worked:.2f} s",
    )  # fmt: skip


def _both(deed: Callable[[], object]) -> tuple[float, float]:
    """Seconds that a deed takes, and those of the processor that this program has for it."""
    began, worked = time.perf_counter(), time.process_time()
    deed()
    return time.perf_counter() - began, time.process_time() - worked


def _reviewed(workspace: Workspace, files: Sequence[Path]) -> None:
    with workspace.holding():
        for _, reading in one_after_another(files):
            receiving.reviewed(workspace, reading)


def _opened(files: Sequence[Path]) -> None:
    for file in files:
        book = load_workbook(file, read_only=True)
        for sheet in book.worksheets:
            for _ in sheet.iter_rows(values_only=True):
                pass
        book.close()


def _sent(plan: Path, definition: Return, owner: str = "", period: str = "") -> tuple[Path, Path, int]:
    """A return that went out from a plan and came back filled in, while the plan has moved on."""
    file = plan.with_suffix(".xlsx")
    with Workspace.open(plan) as workspace:
        activities = [row for row in workspace.read(queries.activities, YEAR) if owner in (*row.owners, "")]
        content = issuing.prepare(workspace, definition, owner, year=YEAR, period=period)
        for n in range(SMALL - content.rows):
            workspace.edit("add a milestone", delivery.add_milestone, activities[0].key, f"Step {n}")
        content = issuing.issue(workspace, definition, file, owner=owner, year=YEAR, period=period)
        moved = [(row.key, "reason", "Looked at again.") for row in activities[:MOVED]]
        workspace.edit("look again", delivery.set_cells, moved)
    book = load_workbook(file)
    sheet = book[definition.listings[0].title]
    places = {cell.value: int(cell.column or 0) for cell in sheet[HEADER_ROW]}
    filled = range(FIRST_ROW, FIRST_ROW + len(content.tables[0]), max(1, len(content.tables[0]) // ANSWERED))
    for n, row in enumerate(filled):
        sheet.cell(row, places["% complete"]).value = n % 100 / 100
        sheet.cell(row, places["Reason"]).value = f"Answer {n}"
    book.save(file)
    return plan, file, content.rows


def _compared(plan: Path, file: Path, rows: int) -> list[Ratio]:
    times: dict[str, list[float]] = {"ours": [], BARE: [], LEAN: []}
    for _ in range(RUNS + 1):
        times["ours"].append(_received(plan, file))
        for program in (BARE, LEAN):
            times[program].append(_timed([sys.executable, "-c", program, str(file)]))
    took = {name: median(seconds[1:]) * 1000 for name, seconds in times.items()}
    grown = median(_grown(plan, file) for _ in range(LOOKS)) / 1e6
    taken = {program: median(_taken(program, file) for _ in range(LOOKS)) / 1e6 for program in (BARE, LEAN)}
    time_said = f"{took['ours']:.0f} ms over {took[BARE]:.0f} ms, medians of {RUNS}, by turns"
    memory_said = f"{grown:.0f} MB over {taken[BARE]:.0f} MB, medians of {LOOKS}"
    name = f"a return of {rows:,} rows received and compared / openpyxl reading it"
    lean = "; without numpy {:.2f}"
    return [
        Ratio(f"{name}, time", took["ours"] / took[BARE], MOST, time_said + lean.format(took["ours"] / took[LEAN])),
        Ratio(f"{name}, memory", grown / taken[BARE], MOST, memory_said + lean.format(grown / taken[LEAN])),
    ]


def _timed(command: Sequence[str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, check=True)
    return time.perf_counter() - began


def _program(plan: Path, file: Path) -> "subprocess.Popen[str]":
    """A program that has the plan open and waits for a line of input, then receives the file."""
    command = [sys.executable, "-c", OURS, str(plan), str(file)]
    program = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert program.stdout is not None
    assert program.stdout.readline() == "ready\n"
    return program


def _received(plan: Path, file: Path) -> float:
    """Seconds that a program takes to receive the file."""
    with _program(plan, file) as program:
        output, _ = program.communicate("\n\n")
    seconds, differences = output.split()
    assert int(differences) > 0
    return float(seconds)


def _grown(plan: Path, file: Path) -> int:
    """Bytes that a program and the process that reads take more, at the worst moment, than the program did before."""
    with _program(plan, file) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        process = psutil.Process(program.pid)
        before, own = process.memory_info().rss, process.cmdline()

        def look() -> int:
            # Until it is a program of its own, a new process only shares what ours has.
            others = [child for child in process.children() if child.cmdline() != own]
            return process.memory_info().rss - before + sum(child.memory_info().rss for child in others)

        program.stdin.write("\n")
        program.stdin.flush()
        most = _most(look, program.stdout.readline)
        program.communicate("\n")
    return most


def _taken(source: str, file: Path) -> int:
    """Bytes that a process takes, at the worst moment, that only reads the file."""
    with subprocess.Popen([sys.executable, "-c", source, str(file)]) as program:
        process = psutil.Process(program.pid)
        return _most(lambda: process.memory_info().rss, program.wait)


def _most(look: Callable[[], int], wait: Callable[[], object]) -> int:
    """The most that ``look`` gives until the wait is over."""
    waiting = Thread(target=wait)
    waiting.start()
    most = 0
    while waiting.is_alive():
        with suppress(psutil.Error):  # a process may end while it is looked at
            most = max(most, look())
        time.sleep(0.001)
    waiting.join()
    return most
