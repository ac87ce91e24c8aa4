"""Measures filling a form of 20 sheets and 2,000 cells, against openpyxl loading and saving the same file.

Ours goes from the bytes of the form, read already, to the bytes of the filled one: the cells of the mapping are found
by their labels, what the plan has is read, and the package is written with them. The other side is ``load_workbook``
and ``save`` of the same file, and no cell of it is set: what any filling with openpyxl does at least. The form has 400
cells and a sum on each sheet beside the 2,000 that are filled, and no extension that openpyxl would drop.

"In a batch" is ten forms filled one after the other in a process of its own, from the start of Python on. A start is
such a process that reads the form and opens the plan and fills none, and a filling what one that fills one takes more.
Reading a form, which a process of its own does, is measured beside it, and held against nothing.
"""

import subprocess
import sys
import tempfile
import time
from io import BytesIO
from pathlib import Path
from statistics import median

from openpyxl import Workbook, load_workbook
from sqlmodel import Session

from benchmarks import Ratio
from spp_desktop.edits import results, rows
from spp_desktop.edits.forms.filled import fill
from spp_desktop.edits.forms.plan_book import PlanBook
from spp_desktop.plan.performance import Indicator, IndicatorGroup
from spp_desktop.plan.periods import month_end, months, year_end, year_start
from spp_desktop.returns.forms.filling import filled_form
from spp_desktop.returns.forms.form import FormBook
from spp_desktop.returns.forms.mapping import CellMapping, MappedCell
from spp_desktop.returns.forms.opening import open_form
from spp_desktop.store import queries
from spp_desktop.store.workspace import Workspace

SHEETS, ROWS, COLUMNS = 20, 10, 10
FORMS, RUNS, BATCHES = 10, 9, 5
BOUND, BATCH_BOUND = 0.5, 1.0
MONTHS = months(year_start(2008), year_end(2008))[:COLUMNS]


def measure() -> list[Ratio]:
    """The ratios of one filling and of ten in a batch, and the time of reading a form."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = write(folder / "form.xlsx")
        plan(folder / "plan.plan").close()
        began = time.perf_counter()
        form = open_form(path)
        read = time.perf_counter() - began
        ours, theirs = [], []
        with Workspace.open(folder / "plan.plan", read_only=True) as workspace:
            known = mapping(form)
            for _ in range(RUNS + 1):
                ours.append(_worked(lambda: filled(workspace, form, known)))
                theirs.append(_worked(lambda: resaved(form.content)))
        starts, singles, batches = [], [], []
        for _ in range(BATCHES):
            starts.append(_timed(lambda: _apart(folder, 0)))
            singles.append(_timed(lambda: _apart(folder, 1)))
            batches.append(_timed(lambda: _apart(folder, FORMS)))
    one, other = (median(times[1:]) for times in (ours, theirs))
    start, single, batch = (median(times) for times in (starts, singles, batches))
    alone = single - start
    what = f"a form of {SHEETS} sheets and {SHEETS * ROWS * COLUMNS:,} cells filled"
    return [
        Ratio(f"{what} / openpyxl loading and saving the same file", one / other, BOUND,
              f"{one * 1000:.0f} ms over {other * 1000:.0f} ms, medians of {RUNS}, by turns; "
              f"reading it by a process of its own took {read * 1000:.0f} ms"),
        Ratio(f"{FORMS} such forms in a batch / {FORMS} fillings and one start", batch / (FORMS * alone + start),
              BATCH_BOUND, f"{batch:.2f} s over {FORMS} times {alone:.2f} s and {start:.2f} s, medians of {BATCHES}"),
    ]  # fmt: skip


def write(path: Path) -> Path:
    """A form of sheets alike, with headings, labels and a row of sums."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for n in range(SHEETS):
        sheet = book.create_sheet(f"Sheet {n + 1}")
        sheet.append(["Measure", *(f"{month:%B %Y}" for month in MONTHS)])
        for row in range(ROWS):
            sheet.append([_title(n, row)])
        for column in range(2, COLUMNS + 2):
            letter = "ABCDEFGHIJKLMNOP"[column - 1]
            sheet.cell(ROWS + 2, column, f"=SUM({letter}2:{letter}{ROWS + 1})")
        for row in range(ROWS + 4, ROWS + 44):
            sheet.append([])
            for column in range(1, 11):
                sheet.cell(row, column, f"Note {row} {column}")
    book.save(path)
    return path


def _title(sheet: int, row: int) -> str:
    return f"Measure {sheet * ROWS + row + 1}"


def plan(path: Path) -> Workspace:
    """A plan with the results that the form asks for."""
    workspace = Workspace.create(path, "A plan to measure on", 2008)
    workspace.edit("set up", _set_up)
    return workspace


def _set_up(session: Session) -> None:
    group = rows.add(session, IndicatorGroup, title="All")
    keys = [
        rows.add(
            session, Indicator, ref=f"I{n}", title=_title(0, n), group_id=group, polarity="lower", position=float(n)
        )
        for n in range(SHEETS * ROWS)
    ]
    results.enter(
        session,
        [
            {"indicator_id": key, "period_from": month, "period_to": month_end(month), "value": float(100 + n)}
            for n, key in enumerate(keys)
            for month in MONTHS
        ],
    )


def mapping(form: FormBook) -> CellMapping:
    """What belongs into the cells of the form, by their labels."""
    cells = tuple(
        MappedCell(
            f"Sheet {sheet + 1}",
            f"indicator I{sheet * ROWS + row}: result {month:%B %Y}",
            (_title(sheet, row),),
            (f"{month:%B %Y}",),
        )
        for sheet in range(SHEETS)
        for row in range(ROWS)
        for month in MONTHS
    )
    return CellMapping("Benchmark", form.name, cells)


def filled(workspace: Workspace, form: FormBook, known: CellMapping) -> bytes:
    """The form filled from the plan."""
    filling = workspace.read(lambda connection: fill(PlanBook(connection), form, known))
    assert filling.filled == SHEETS * ROWS * COLUMNS
    return filled_form(form, filling.entries)


def resaved(content: bytes) -> bytes:
    """The form loaded and saved by openpyxl."""
    out = BytesIO()
    load_workbook(BytesIO(content)).save(out)
    return out.getvalue()


def _timed(work: object) -> float:
    assert callable(work)
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _worked(work: object) -> float:
    """The seconds for which this process worked: what others do on the machine meanwhile is not counted."""
    assert callable(work)
    began = time.process_time()
    work()
    return time.process_time() - began


def _apart(folder: Path, several: int) -> None:
    subprocess.run([sys.executable, "-m", __name__, str(folder), str(several)], check=True)


def main(folder: str, several: str) -> None:
    """Read the form of a folder, and fill it so many times from the plan beside it."""
    form = open_form(Path(folder) / "form.xlsx")
    known = mapping(form)
    with Workspace.open(Path(folder) / "plan.plan", read_only=True) as workspace:
        workspace.read(queries.plan)
        for _ in range(int(several)):
            filled(workspace, form, known)


if __name__ == "__main__":
    main(*sys.argv[1:])
