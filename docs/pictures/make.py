"""The pictures of the documents that need returns on their way: run by ``make pictures``, with a plan to use up.

It sends out a quarter's returns, has two of them filled in as their staff officers would, receives them, takes one in
and leaves the other to be reviewed.
"""

import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import openpyxl

from spp_desktop.edits import delivery, issuing, keeping, receiving, taking
from spp_desktop.returns.catalogue import with_registers
from spp_desktop.returns.catalogue.status_return import STATUS_RETURN
from spp_desktop.store import queries
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.window import pictures

HERE = Path(__file__).parent
YEAR, QUARTER, DUE = 2008, "Q2", date(2008, 10, 14)
CRIME: Mapping[tuple[str, str], str] = {
    ("1.01", "What was done"): "The strategy was agreed with all partners on 8 September.",
    ("1.01", "% complete"): "60%",
    ("1.05", "Forecast date"): "end of Q3",
    ("1.05", "Reason"): "National guidance, without which this cannot be finished, is now promised for December.",
    ("1.07", "Status"): "Off track",
    ("1.08", "% complete"): "70%",
    ("1.09", "Due"): "30/11/2008",
}
OPERATIONS: Mapping[tuple[str, str], str] = {("5.06", "What is next"): "A review with partners in November."}


def main(plan: Path) -> None:
    """Make a plan with returns on their way, and take the pictures."""
    folder = plan.parent / "returns"
    with Workspace.open(plan) as workspace:
        definition = with_registers(STATUS_RETURN)
        for post in workspace.read(issuing.recipients, definition, YEAR):
            content = issuing.prepare(workspace, definition, post, year=YEAR, period=QUARTER, due=DUE)
            folder.mkdir(exist_ok=True)
            file = folder / issuing.file_name(STATUS_RETURN, content.identity)
            issuing.issue(workspace, STATUS_RETURN, file, owner=post, year=YEAR, period=QUARTER, due=DUE)
        key = next(row.key for row in workspace.read(queries.activities, YEAR) if row.ref == "1.08")
        workspace.edit("change % complete of 1.08 to 65%", delivery.set_cells, [(key, "percent", 65)])
        taken = receiving.review(workspace, _filled(folder, "ACC Operations", OPERATIONS))
        taking.apply(workspace, [taken])
        keeping.keep(workspace, receiving.review(workspace, _filled(folder, "ACC Crime", CRIME)))
    pictures.take(plan, "returns", HERE / "returns.png")
    pictures.take_review(plan, HERE / "review.png")
    pictures.take_chart(plan, "PI06", HERE / "chart.png")


def _filled(folder: Path, post: str, answers: Mapping[tuple[str, str], str]) -> Path:
    """A return as it comes back: each answer by reference and heading."""
    file = next(path for path in folder.iterdir() if path.stem.endswith(post))
    book = openpyxl.load_workbook(file)
    sheet = book["Activities"]
    header = next(row for row in sheet.iter_rows() if "Ref" in [cell.value for cell in row])
    places = {str(cell.value): place for place, cell in enumerate(header) if cell.value}
    for row in sheet.iter_rows(min_row=int(header[0].row or 0) + 1):
        for heading, place in places.items():
            answer = answers.get((str(row[places["Ref"]].value), heading))
            if answer is not None:
                row[place].value = answer
    book.save(file)
    return file


if __name__ == "__main__":
    main(Path(sys.argv[1]))
