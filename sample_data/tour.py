"""What the tour of five minutes needs: a copy of the worked sample, and a return that has come back to it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from sample_data.build import build
from spp_desktop.edits import delivery, issuing
from spp_desktop.returns.catalogue import with_registers
from spp_desktop.returns.catalogue.status_return import STATUS_RETURN
from spp_desktop.returns.definition import Content, ReturnRow, Value
from spp_desktop.returns.workbook import write
from spp_desktop.store import queries
from spp_desktop.store.workspace import Workspace

PLAN = "A tour of five minutes.plan"
POST = "ACC Security and Cohesion"
YEAR, QUARTER, DUE = 2008, "Q2", date(2008, 10, 14)
ANSWERS: Mapping[str, Mapping[str, Value]] = {
    "3.01": {"percent": 90, "done": "Two more teams were trained in September."},
    "3.03": {"percent": 75},
    "3.05": {"next": "A review with partners in November."},
}
"""What the return answers, by the references of activities and the fields of its columns. All of it is made up."""
MEANWHILE = ("3.03", 65)
"""The activity whose share done was changed in the plan after the return had gone out, and to what."""


def lay_out(folder: Path) -> Path:
    """Make the copy in a folder, and beside it the return as it came back. Returns the place of the copy.

    Raises:
        PlanRefused, NotKept, returns.workbook.NotWritten: if it cannot be made there.
    """
    plan = folder / PLAN
    build(plan, "worked")
    with Workspace.open(plan) as workspace:
        definition = with_registers(STATUS_RETURN)
        content = issuing.prepare(workspace, definition, POST, year=YEAR, period=QUARTER, due=DUE)
        file = folder / issuing.file_name(definition, content.identity)
        write(definition, content, file)
        issuing.record(workspace, content, file)
        write(definition, _answered(content), file)
        ref, percent = MEANWHILE
        key = next(row.key for row in workspace.read(queries.activities, YEAR) if row.ref == ref)
        workspace.edit(f"change % complete of {ref} to {percent}%", delivery.set_cells, [(key, "percent", percent)])
    return plan


def _answered(content: Content) -> Content:
    """What a return holds once the office has filled it in."""

    def filled(row: ReturnRow) -> ReturnRow:
        """A row with its answers, if it has any."""
        return replace(row, values={**row.values, **ANSWERS.get(str(row.values.get("ref")), {})})

    activities, *others = content.tables
    return replace(content, tables=(tuple(map(filled, activities)), *others))
