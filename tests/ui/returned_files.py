"""Returns as they come back: issued from a plan, then filled in by openpyxl as a person would in Excel."""

from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from spp_desktop.edits import issuing, receiving
from spp_desktop.edits.reviewing import Review
from spp_desktop.returns.catalogue.status_return import STATUS_RETURN
from spp_desktop.returns.placement import FIRST_COLUMN, FIRST_ROW, HEADER_ROW, KEY_COLUMN
from spp_desktop.store.workspace import Workspace


def issue(workspace: Workspace, folder: Path, owner: str) -> Path:
    """Send out the status return of the second quarter of 2008, and give its place."""
    path = folder / f"2008-09 Q2 status return - {owner}.xlsx"
    issuing.issue(workspace, STATUS_RETURN, path, owner=owner, year=2008, period="Q2")
    return path


class Filled:
    """A status return that went out from a plan, open to be filled in."""

    def __init__(self, workspace: Workspace, path: Path) -> None:
        self.path = path
        self.book = load_workbook(self.path)
        self._workspace = workspace

    def put(self, ref: str, heading: str, value: Any, sheet: str = "Activities", nth: int = 0) -> None:
        """Fill in a cell of the row of this reference, of several such rows the one of this number."""
        table = self.table(sheet)
        table.cell(self.rows(ref, sheet)[nth], self.column(heading, sheet)).value = value

    def add(self, sheet: str = "Activities", **values: Any) -> None:
        """Write a row below the table; headings are given with underscores."""
        table = self.table(sheet)
        row = table.max_row + 1
        for heading, value in values.items():
            table.cell(row, self.column(heading.replace("_", " "), sheet), value)

    def copy(self, ref: str, **values: Any) -> None:
        """Put a copy of an activity's row below the table, key and all, with other answers."""
        table = self.table("Activities")
        row, target = self.rows(ref, "Activities")[0], table.max_row + 1
        for column in range(1, table.max_column + 1):
            table.cell(target, column, table.cell(row, column).value)
        for heading, value in values.items():
            table.cell(target, self.column(heading.replace("_", " "), "Activities"), value)

    def lose_key(self, ref: str) -> None:
        """Take an activity's hidden key away."""
        self.table("Activities").cell(self.rows(ref, "Activities")[0], KEY_COLUMN).value = None

    def drop(self, ref: str) -> None:
        """Delete an activity's row."""
        self.table("Activities").delete_rows(self.rows(ref, "Activities")[0])

    def review(self) -> Review:
        """Save the file, and hold it against the plan."""
        self.book.save(self.path)
        return receiving.review(self._workspace, self.path)

    def refs(self, sheet: str = "Activities") -> list[str]:
        """The references in the file."""
        table = self.table(sheet)
        return [str(table.cell(row, FIRST_COLUMN).value) for row in range(FIRST_ROW, table.max_row + 1)]

    def table(self, sheet: str) -> Worksheet:
        """The sheet of this title."""
        worksheet = self.book[sheet]
        assert isinstance(worksheet, Worksheet)
        return worksheet

    def rows(self, ref: str, sheet: str) -> list[int]:
        """The rows of this reference."""
        return [n for n, text in enumerate(self.refs(sheet), FIRST_ROW) if text == ref]

    def column(self, heading: str, sheet: str) -> int:
        """The column under this heading."""
        titles = [str(cell.value) for cell in self.table(sheet)[HEADER_ROW]]
        return next(n for n, title in enumerate(titles, 1) if title.casefold() == heading.casefold())
