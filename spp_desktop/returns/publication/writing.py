"""A publication written into a folder: each file aside, read again, and only then put in its place; then the report.

What the checklist says is said of the files as they were read again.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import Literal

from spp_desktop.plan import file_names
from spp_desktop.returns.aside import NotWritten, put
from spp_desktop.returns.publication import (
    accessible_ods,
    accessible_xlsx,
    checklist,
    machine_readable,
    seen_ods,
    seen_xlsx,
)
from spp_desktop.returns.publication.checklist import RuleAnswer
from spp_desktop.returns.publication.publication import Publication
from spp_desktop.returns.publication.seen import SeenBook
from spp_desktop.returns.publication.sheets import AccessibleSheet, SheetValue, sheets_of, shown

FileForm = Literal["xlsx", "ods", "csv"]
"""The kinds of file: a workbook of either kind, or values with metadata."""

WORKBOOKS: tuple[FileForm, ...] = ("xlsx", "ods")
FORMS: tuple[FileForm, ...] = (*WORKBOOKS, "csv")
REPORT_ENDING = " - accessibility check.txt"

WritingProgress = Callable[[str, int, int], None]
"""Told which file is being written, how many rows of it are done, and of how many; what it raises stops the writing."""

READERS: Mapping[FileForm, Callable[[Path], SeenBook]] = {"xlsx": seen_xlsx.seen, "ods": seen_ods.seen}


@dataclass(frozen=True)
class Published:
    """What was written: the files, and what each workbook says to the checklist, by the file's name."""

    files: list[Path] = field(default_factory=list)
    checks: dict[str, list[RuleAnswer]] = field(default_factory=dict)

    def lines(self) -> list[str]:
        """The report on all workbooks."""
        lines: list[str] = []
        for name, given in self.checks.items():
            lines += [*checklist.report(name, given), ""]
        return lines

    def failures(self) -> list[tuple[str, RuleAnswer]]:
        """The rules that a workbook breaks, each with the file's name."""
        return [(name, answer) for name, given in self.checks.items() for answer in checklist.failed(given)]


def stem(publication: Publication) -> str:
    """What the workbooks of a publication are called, without an ending."""
    name = f"{file_names.part(publication.title)} - tables {publication.published.isoformat()}"
    return file_names.marked(name, publication.marking)


def data_folder(publication: Publication) -> str:
    """What the folder of the machine-readable set is called."""
    name = f"{file_names.part(publication.title)} - data {publication.published.isoformat()}"
    return file_names.marked(name, publication.marking)


def paths(publication: Publication, folder: Path, forms: Sequence[FileForm]) -> list[Path]:
    """The files that are written into a folder, in their order."""
    books = [form for form in WORKBOOKS if form in forms]
    made = [folder / f"{stem(publication)}.{form}" for form in books]
    made += [folder / f"{stem(publication)}{REPORT_ENDING}"] if books else []
    if "csv" in forms:
        own = folder / data_folder(publication)
        tables = publication.of_form("data")
        made += [*(own / machine_readable.file_name(table) for table in tables), own / machine_readable.METADATA]
    return made


def write(
    publication: Publication,
    folder: Path,
    forms: Sequence[FileForm],
    head: str = "",
    progress: WritingProgress | None = None,
) -> Published:
    """Write a publication into a folder, which is made if need be. Whole files take the places of those that are there.

    Raises:
        NotWritten: if a file cannot be made or kept there, or would not say the same when read again.
        Exception: whatever ``progress`` raises to stop the writing; the files that are whole stay.
    """
    if not any(table.rows for table in publication.tables):
        raise NotWritten("Nothing was written: none of the tables that are chosen holds anything.")
    _make(folder)
    writing = _Writing(publication, head, progress)
    books = [form for form in WORKBOOKS if form in forms]
    if books:
        writing.workbooks(folder, books)
    if "csv" in forms:
        writing.data(folder / data_folder(publication))
    return writing.done


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise NotWritten(
            f"The folder {folder} cannot be made: {problem.strerror or problem}. Nothing was written; choose another."
        ) from None


class _Writing:
    """A publication as it is being written. ``done`` is what is whole."""

    def __init__(self, publication: Publication, head: str, progress: WritingProgress | None) -> None:
        self._publication, self._head, self._progress = publication, head, progress
        self.done = Published()

    def _counted(self, name: str, rows: int) -> Callable[[], None]:
        """What is called for each row of a file that is written."""
        numbers = count(1)

        def row_done() -> None:
            """Tell that one more row is written."""
            if self._progress is not None:
                self._progress(f"Writing {name}", next(numbers), rows)

        return row_done

    def workbooks(self, folder: Path, books: Sequence[FileForm]) -> None:
        """Write the workbook in each form, and the report on all of them."""
        sheets = sheets_of(self._publication)
        for form in books:
            path = folder / f"{stem(self._publication)}.{form}"
            put(partial(self._save, sheets, form), path, partial(self._look_over, sheets, form, path, books))
            self.done.files.append(path)
        report = folder / f"{stem(self._publication)}{REPORT_ENDING}"
        text = "\n".join(self.done.lines())
        put(lambda aside: aside.write_text(text, encoding="utf-8"), report, lambda _: None)
        self.done.files.append(report)

    def _save(self, sheets: Sequence[AccessibleSheet], form: FileForm, aside: Path) -> None:
        """Write the workbook aside."""
        row_done = self._counted(f".{form}", sum(len(sheet.rows) for sheet in sheets))
        if form == "ods":
            accessible_ods.write(self._publication, sheets, self._head, aside, row_done)
        else:
            accessible_xlsx.build(self._publication, sheets, self._head, row_done).save(aside)

    def _look_over(
        self, sheets: Sequence[AccessibleSheet], form: FileForm, path: Path, books: Sequence[FileForm], aside: Path
    ) -> None:
        """Read the workbook again, hold it against what it is to say, and against the checklist."""
        book = READERS[form](aside)
        _compare(sheets, book, path)
        self.done.checks[path.name] = checklist.answers(replace(book, name=path.name, beside=tuple(books)))

    def data(self, folder: Path) -> None:
        """Write the values of each table, and what is said of them."""
        _make(folder)
        publication = self._publication
        tables = [machine_readable.whole(publication, table) for table in publication.of_form("data")]
        for table in tables:
            path = folder / machine_readable.file_name(table)
            _put_text(path, machine_readable.values(table, self._counted(path.name, len(table.rows))))
            self.done.files.append(path)
        path = folder / machine_readable.METADATA
        _put_text(path, machine_readable.metadata(publication, tables, self._head))
        self.done.files.append(path)


def _put_text(path: Path, text: str) -> None:
    """Put a text in a file as it stands, and see that it says the same when read again."""

    def look_over(aside: Path) -> None:
        """See that it says what it should."""
        if aside.read_bytes() != text.encode():
            raise NotWritten(
                f"{path.name} was not made: it would not read the same again. What stood there is untouched."
            )

    put(lambda aside: aside.write_bytes(text.encode()), path, look_over)


def _compare(sheets: Sequence[AccessibleSheet], book: SeenBook, path: Path) -> None:
    """See that every cell says what it should."""
    for sheet, came in zip(sheets, book.sheets, strict=True):
        rows: list[Sequence[SheetValue]] = [(line.text,) for line in sheet.lines]
        rows += [[column.heading for column in sheet.columns], *sheet.rows] if sheet.table else []
        for row, values in enumerate(rows, 1):
            for place, value in enumerate(values, 1):
                if shown(value).split() != came.text(row, place).split():
                    raise NotWritten(
                        f"{path.name} was not made: row {row} of “{sheet.name}” would not read the same again. "
                        "What stood there is untouched."
                    )
