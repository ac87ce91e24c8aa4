"""What a person does to a return that came by mail: answers by row and column, rows, sheets; done by openpyxl."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Self

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from spp_desktop.edits import delivery, issuing, receiving
from spp_desktop.edits.differences import Difference
from spp_desktop.edits.reviewing import Review
from spp_desktop.plan.posts import Post
from spp_desktop.returns.catalogue.status_return import STATUS_RETURN
from spp_desktop.returns.definition import Content, Return
from spp_desktop.returns.placement import HELP, MARK, META
from spp_desktop.store import queries
from spp_desktop.store.plain import ActivityRow, MilestoneRow
from spp_desktop.store.workspace import Workspace

KEY = 1
YEAR, QUARTER, ENDS = 2008, "Q2", date(2008, 9, 30)


class Filled:
    """A workbook that is open to be filled in; it is saved, under another name if one is given, when that is done.

    Rows are named by what stands in them: the reference of an activity, the words of a milestone.
    """

    def __init__(self, path: Path, target: Path | None = None, definition: Return = STATUS_RETURN) -> None:
        self.book: Workbook = load_workbook(path)
        self._target = target or path
        self._definition = definition

    def __enter__(self) -> Self:
        return self

    def __exit__(self, problem: object, *_: object) -> None:
        if problem is None:
            self.book.save(self._target)

    def sheet(self, title: str = "") -> Worksheet:
        """The sheet of a listing, the first one's if none is said."""
        found = self.book[title or self._definition.listings[0].title]
        assert isinstance(found, Worksheet)
        return found

    def headings(self, sheet: str = "") -> tuple[int, Mapping[str, int]]:
        """The row of the headings, and the column of each field."""
        known = next(one for one in self._definition.listings if one.title == (sheet or self.sheet().title))
        fields = {column.title: column.field for column in known.columns_for((YEAR, YEAR + 1, YEAR + 2))}
        for place, row in enumerate(self.sheet(sheet).iter_rows(max_row=40), 1):
            found = {fields.get(str(cell.value), str(cell.value)): cell.column or 0 for cell in row if cell.value}
            if {known.ref, known.text} - {""} <= found.keys():
                return place, found
        raise AssertionError("no headings")

    def row(self, name: str, sheet: str = "") -> int:
        """The row in which this reference, or these words, stand first."""
        top, _ = self.headings(sheet)
        for place, row in enumerate(self.sheet(sheet).iter_rows(min_row=top + 1), top + 1):
            if any(cell.value == name for cell in row):
                return place
        raise AssertionError(f"no row {name}")

    def rows(self, sheet: str = "") -> list[int]:
        """The rows that went out."""
        top, _ = self.headings(sheet)
        held = self.sheet(sheet)
        return [row for row in range(top + 1, held.max_row + 1) if held.cell(row, KEY).value]

    def put(self, name: str, sheet: str = "", **answers: Any) -> None:
        """Answer in a row, by field."""
        self.put_at(self.row(name, sheet), sheet, **answers)

    def put_at(self, row: int, sheet: str = "", **answers: Any) -> None:
        """Answer in a row, by its number."""
        _, columns = self.headings(sheet)
        for field, value in answers.items():
            self.sheet(sheet).cell(row, columns[field]).value = value

    def copy(self, name: str, sheet: str = "", **answers: Any) -> int:
        """Copy a row, with its key, below the last one, and answer in the copy; give its number."""
        held, source = self.sheet(sheet), self.row(name, sheet)
        target = self.rows(sheet)[-1] + 1
        for cell in list(held[source]):
            held.cell(target, cell.column or 0).value = cell.value
        self.put_at(target, sheet, **answers)
        return target

    def delete(self, name: str, sheet: str = "") -> None:
        """Delete a row."""
        self.sheet(sheet).delete_rows(self.row(name, sheet))

    def strip(self) -> None:
        """Take away all that says which return it is, but the keys of the rows."""
        del self.book[META]
        held: Any = self.book
        if MARK in held.custom_doc_props.names:
            del held.custom_doc_props[MARK]
        for sheet in self.book.worksheets:
            sheet.data_validations.dataValidation.clear()

    def strip_keys(self) -> None:
        """Take away the keys of the rows as well."""
        self.strip()
        for sheet in self.book.worksheets:
            if sheet.title != HELP:
                sheet.delete_cols(KEY)


def sent(workspace: Workspace, path: Path, owner: str = "ACC Crime", quarter: str = QUARTER) -> Content:
    """Issue the status return of a quarter."""
    return issuing.issue(workspace, STATUS_RETURN, path, owner=owner, year=YEAR, period=quarter)


def received(workspace: Workspace, path: Path, **answers: Mapping[str, Any]) -> Review:
    """Fill in answers, by reference without its point and by field, and receive the file."""
    with Filled(path) as book:
        for name, values in answers.items():
            book.put(f"{name[1]}.{name[2:]}", **values)
    return receiving.review(workspace, path)


def found(review: Review) -> list[tuple[str, str, str, object]]:
    """What differs: kind, reference, field, answer."""
    return [(one.kind, one.ref, one.field, one.returned) for one in review.differences]


def only(review: Review) -> Difference:
    """The one thing that differs."""
    (one,) = review.differences
    return one


def of(review: Review, field: str, ref: str = "1.01") -> Difference:
    """The one thing that differs in a cell."""
    (one,) = [one for one in review.differences if (one.ref, one.field) == (ref, field)]
    return one


def activity(workspace: Workspace, ref: str = "1.01") -> ActivityRow:
    """An activity of the plan."""
    (row,) = [row for row in workspace.read(queries.activities) if row.ref == ref]
    return row


def milestone(workspace: Workspace, ref: str = "1.01") -> MilestoneRow:
    """The first milestone of an activity of the plan."""
    return next(row for row in workspace.read(queries.milestones) if row.activity_key == activity(workspace, ref).key)


def reports(workspace: Workspace, ref: str = "1.01") -> list[tuple[date, str, str, str, str]]:
    """What was reported of an activity: day, post, status, what was done, what is next."""
    rows = workspace.read(queries.updates, activity(workspace, ref).key)
    return [(row.reported_on, row.post, row.status, row.done, row.next) for row in rows]


def set_cells(workspace: Workspace, name: str = "1.01", /, **values: Any) -> None:
    """Change an activity in the plan, as somebody typing there does."""
    key = activity(workspace, name).key
    workspace.edit("type", delivery.set_cells, [(key, field, value) for field, value in values.items()])


def set_status(workspace: Workspace, title: str, ref: str = "1.01") -> None:
    """Change an activity's status in the plan."""
    (key,) = [status.key for status in workspace.read(queries.statuses) if status.title == title]
    set_cells(workspace, ref, status_id=key)


def set_owners(workspace: Workspace, *titles: str, ref: str = "1.01") -> None:
    """Give an activity these owners, the lead first."""
    keys = {post.title: post.id for post in workspace.read(queries.register, Post)}
    set_cells(workspace, ref, owners=[keys[title] for title in titles])
