"""The column of a table that says which files are attached to its rows."""

from typing import Any

from spp_desktop.plan.words import counted
from spp_desktop.ui.grid.columns import GridColumn

ATTACHED = "attached"
"""The name of the column."""


def attached_column() -> GridColumn:
    """How many files and pages are attached to a row: "2 files"; they are found by their names."""
    return GridColumn(
        ATTACHED, "Attached", 84, text=_counted, sort=lambda row: len(row.attached) or None,
        words=lambda row: " ".join(row.attached), tip=lambda row: "\n".join(row.attached), shown=False,
        about="The files and pages that belong to it",
    )  # fmt: skip


def _counted(row: Any) -> str:
    return counted(len(row.attached), "file") if row.attached else ""
