"""A cell of a register typed, recorded and shown, against one of an activity; a plan with thirty registers opened.

Both cells are the words of a row in a page of 111 rows, each with its panel: from the typed text being given to the
page until it is painted again, with the step that records it committed. By turns, in one plan.

A plan with thirty registers of 100 rows more than the program has is opened, and its activities read, against the
worked sample opened so by the program as it is: processes by turns, since a program has the same tables for all plans.
"""

import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from types import new_class
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt is imported

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from sqlmodel import Field, Session

from benchmarks import Ratio, plans
from spp_desktop.edits import registers
from spp_desktop.plan import registers as declared
from spp_desktop.plan.register import Register, Shown
from spp_desktop.plan.risks import RISKS
from spp_desktop.plan.rows import Placed
from spp_desktop.plan.words import Word
from spp_desktop.store import queries
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.delivery.page import DeliveryPage
from spp_desktop.ui.grid.table_page import TablePage
from spp_desktop.ui.registers.page import RegisterPage

YEAR, ROWS = 2008, 111
CELLS = 60
REGISTERS, EACH = 30, 100
OPENINGS, PROCESSES = 7, 5
SHOWN_AGAIN, OPENED = 1.0, 1.2


def measure() -> list[Ratio]:
    """The two ratios."""
    with TemporaryDirectory() as folder:
        return [_cells(Path(folder)), _openings(Path(folder))]


def _cells(folder: Path) -> Ratio:
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    with Workspace.open(plans.make(folder / "cells.plan")) as workspace:
        workspace.edit("more risks", _more_risks, as_kind="built")
        signals = PlanSignals(workspace)
        pages: dict[str, TablePage] = {
            "risk": RegisterPage(signals, RISKS),
            "activity": DeliveryPage(signals, YEAR, date(2008, 10, 31)),
        }
        took: dict[str, list[float]] = {name: [] for name in pages}
        for page in pages.values():
            page.resize(1280, 640)
            page.model.group_by(None)
            page.show()
            app.processEvents()
            assert len(page.model.rows) == ROWS
            page.hide()
        for turn in range(CELLS + 1):
            for name, page in pages.items():
                page.show()
                app.processEvents()
                milliseconds = _typed(app, page, f"{name} {turn}")
                took[name] += [milliseconds] if turn else []  # the first keeps an earlier version, too
                page.hide()
        signals.stop()
        for page in pages.values():
            page.deleteLater()
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    ours, theirs = median(took["risk"]), median(took["activity"])
    detail = f"{ours:.1f} ms over {theirs:.1f} ms, medians of {CELLS}, by turns; {ROWS} rows each"
    return Ratio("a cell of a register typed, recorded, shown / of an activity", ours / theirs, SHOWN_AGAIN, detail)


def _more_risks(session: Session) -> None:
    existing = len(queries.register(session.connection(), RISKS.model))
    for number in range(existing, ROWS):
        registers.add(session, RISKS.model, {"ref": f"X{number}", "text": f"What may happen {number}"})


def _typed(app: QApplication, page: TablePage, text: str) -> float:
    """Milliseconds from a text given to the first row's words until it is painted."""
    index = page.model.index(0, page.model.column_of("text"))
    page.grid.setCurrentIndex(index)
    app.processEvents()
    start = time.perf_counter()
    assert page.model.setData(index, text, Qt.ItemDataRole.EditRole)
    app.processEvents()
    page.grid.viewport().repaint()
    milliseconds = (time.perf_counter() - start) * 1000
    assert page.model.index(0, page.model.column_of("text")).data() == text
    return milliseconds


def _openings(folder: Path) -> Ratio:
    took: dict[str, list[float]] = {"more": [], "as it is": []}
    for turn in range(PROCESSES):
        for name, times in took.items():
            path = folder / f"{name} {turn}.plan"
            command = [sys.executable, "-m", "benchmarks.registers", name, str(path)]
            ended = subprocess.run(command, capture_output=True, text=True, check=True)
            times.append(float(ended.stdout))
    more, as_it_is = median(took["more"]), median(took["as it is"])
    detail = f"{more:.1f} ms over {as_it_is:.1f} ms, medians of {PROCESSES} processes of {OPENINGS} each, by turns"
    name = f"a plan with {REGISTERS} registers of {EACH} rows opened / as it is"
    return Ratio(name, more / as_it_is, OPENED, detail)


def _opened(path: Path) -> float:
    """Milliseconds in which a plan is opened and its activities are read: the median of some."""
    took = []
    for _ in range(OPENINGS + 1):
        start = time.perf_counter()
        with Workspace.open(path) as workspace:
            workspace.read(queries.activities)
            took.append((time.perf_counter() - start) * 1000)
    return median(took[1:])


def _declare(number: int) -> Register:
    """A register as they usually are: a reference, words, an owner, two dates, a log and links."""
    columns: dict[str, Any] = {
        "ref": Field(title="reference", min_length=1, max_length=20, unique=True),
        "text": Field(title="text", min_length=1, max_length=1000),
        "owner_id": Field(default=None, title="owner", foreign_key="post.id", ondelete="RESTRICT", index=True),
        "due": Field(default=None, title="due"),
        "review_on": Field(default=None, title="review date"),
    }
    types = {"ref": str, "text": str, "owner_id": str | None, "due": date | None, "review_on": date | None}
    body = {
        "__module__": __name__,
        "__annotations__": types,
        "__tablename__": f"bench_{number}",
        "word": Word(f"bench row {number}", f"bench rows {number}"),
        "called_by": ("ref", "text"),
        **columns,
    }
    model: type[Placed] = new_class(f"Bench{number}", (Placed,), {"table": True}, lambda space: space.update(body))
    shown = tuple(map(Shown, types))
    return Register(
        model, f"Bench {number}", shown, ref="ref", text="text", owner="owner_id", log=True, links=("activity",)
    )


def _fill(session: Session, registers_more: list[Register]) -> None:
    for register in registers_more:
        for number in range(EACH):
            registers.add(session, register.model, {"ref": f"B{number}", "text": "What is the matter"})


def one_process(which: str, path: Path) -> float:
    """The measurement of one process: of the program with more registers, or of the program as it is."""
    more = [_declare(number) for number in range(REGISTERS)] if which == "more" else []
    declared.REGISTERS = (*declared.REGISTERS, *more)
    plans.make(path)
    with Workspace.open(path) as workspace:
        workspace.edit("fill the registers", _fill, more, as_kind="built")
    return _opened(path)


def main() -> None:
    """Print one line for each ratio; with two arguments, the measurement of one process."""
    if sys.argv[1:]:
        print(one_process(sys.argv[1], Path(sys.argv[2])))
        return
    for ratio in measure():
        print(f"{ratio.name}: {ratio.ratio:.3f} (bound {ratio.bound:.3f}; {ratio.detail})")


if __name__ == "__main__":
    main()
