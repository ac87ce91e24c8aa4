"""Somebody's extract, read through a mapping of its columns: a look at its first rows, then all of them as they come.

Nothing of a row is kept here once it is given on, so that a file of a million rows takes no more memory than a small
one. A row that cannot be read is named with its cell and why; it is never read as something that it may have meant.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from spp_desktop.returns.apart import Apart, Stopped
from spp_desktop.returns.blocks import shown, told
from spp_desktop.returns.cell_places import letters
from spp_desktop.returns.column_mapping import AS_TITLED, ColumnMapping
from spp_desktop.returns.extract_rows import Batch, BlockReader
from spp_desktop.returns.foreign import SAVE_ATTACHED
from spp_desktop.returns.limits import LIMITS, FileLimits
from spp_desktop.returns.records import Record
from spp_desktop.returns.scan import MAILS, PasswordNeeded, ReturnRefused, look
from spp_desktop.returns.sheet_tables import SheetTable
from spp_desktop.returns.whole_table import WholeTable

EXTRACT_LIMITS = replace(
    LIMITS,
    file=300_000_000,
    part=700_000_000,
    all_parts=900_000_000,
    rows=1_100_000,
    cells=40_000_000,
    strings=1_000_000,
    all_text=3_000_000_000,
    seconds=900.0,
    memory=400_000_000,
)
"""What an extract may at most be: more rows than a return has, each given on as soon as it is read."""

LOOKED_AT = 200
"""Rows of each sheet that are looked at before a file is read."""


@dataclass(frozen=True)
class SheetLook:
    """The beginning of a sheet: the numbers of its first rows, and their cells as texts, empty ones too."""

    title: str
    hidden: bool
    numbers: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class FileLook:
    """The beginning of each sheet of a file that holds anything, and what is to be said of the file."""

    name: str
    sheets: tuple[SheetLook, ...]
    notices: tuple[str, ...]


def where(sheet: str, row: int, column: int) -> str:
    """A cell, or a row, as a person finds it: "Extract!C12", "row 12"."""
    place = f"{letters(column)}{row}" if column else f"row {row}"
    return f"{sheet}!{place}" if sheet and column else f"{sheet}, {place}" if sheet else place


class Extract:
    """A file that is being read in a process of its own, row after row.

    Args:
        path: The file.
        first: How many rows of each sheet are wanted; ``None`` for all.
        password: What opens it, if it is protected.
        limits: What it may at most be.
        documents: Whether it may be a Word document, of which the tables are read.

    Raises:
        ReturnRefused: if it is nothing that can be read.
    """

    def __init__(
        self,
        path: Path,
        first: int | None = None,
        password: str = "",
        limits: FileLimits = EXTRACT_LIMITS,
        *,
        documents: bool = False,
    ) -> None:
        self.name = path.name
        self.notices: list[str] = []
        extract = look(path, limits, documents=documents)
        if extract.package in MAILS:
            raise ReturnRefused(f"{path.name} is a mail. {SAVE_ATTACHED}")
        if extract.package == "protected" and not password:
            raise PasswordNeeded(
                f"{path.name} is protected by a password. Open it in Excel, save it without one, and import that file.",
                wrong=False,
            )
        self._asked = {
            "path": str(path.absolute()), "name": path.name, "package": extract.package, "password": password,
            "limits": asdict(limits), "first": first, "documents": documents, "file_hash": extract.file_hash,
        }  # fmt: skip
        self._limits = limits
        self._apart: Apart | None = None
        self._stopped = False

    def records(self, wanted: Mapping[str, Any] | None = None) -> Iterator[Record]:
        """The records of its sheets and rows, as ``returns.records`` describes them, or as blocks of what is wanted.

        Args:
            wanted: The sheet, the row after which rows are wanted, and the columns: see ``returns.blocks.blocks``.

        Raises:
            PasswordNeeded, ReturnRefused: with a sentence, if it cannot be read safely or at all.
        """
        try:
            apart = self._apart = Apart(self._limits.memory, self._limits.seconds)
        except OSError:
            raise self._broken() from None
        if self._stopped:
            apart.stop()
        try:
            for record in apart.records({**self._asked, "wanted": wanted}):
                if isinstance(record, list) or "sheet" in record or "rows" in record:
                    yield record
                elif "end" in record:
                    self._ended(record["end"], str(record.get("said", "")), str(record.get("advice", "")))
                else:
                    self.notices += record.get("notices", ())
        except Stopped as stopped:
            late = (
                f"{self.name} took longer than {self._limits.seconds / 60:.0f} minutes to read, so reading was stopped."
            )
            raise (ReturnRefused(late) if stopped.late else self._broken()) from None
        finally:
            apart.close()

    def stop(self) -> None:
        """Give up reading, from any thread."""
        self._stopped = True
        if self._apart is not None:
            self._apart.stop()

    def _ended(self, end: str, sentence: str, advice: str) -> None:
        if end == "password":
            raise PasswordNeeded(sentence, wrong=True)
        if end == "refused":
            raise ReturnRefused(sentence)
        if end != "whole":
            save = "Open it in Excel, save it again as Excel Workbook (.xlsx), and import that file."
            raise ReturnRefused(f"{self.name} cannot be read: {sentence}. {advice or save}")

    def _broken(self) -> ReturnRefused:
        return ReturnRefused(
            f"{self.name} stopped the part of the program that reads files, so nothing was taken in. Open it in "
            "Excel, save it again, and import that file."
        )


def look_at(path: Path, password: str = "", limits: FileLimits = EXTRACT_LIMITS) -> FileLook:
    """The first rows of each sheet of a file.

    Raises:
        PasswordNeeded, ReturnRefused: with a sentence, if it cannot be read safely or at all.
    """
    extract = Extract(path, LOOKED_AT, password, limits)
    read: list[tuple[str, bool, list[int], list[dict[int, str]]]] = []
    for record in extract.records():
        if isinstance(record, dict):
            read.append((record["sheet"], record["hidden"], [], []))
        else:
            read[-1][2].append(record[0])
            read[-1][3].append({cell[0]: shown(told(cell)) for cell in record[2]})
    sheets = tuple(
        SheetLook(title, hidden, tuple(numbers), _filled(rows)) for title, hidden, numbers, rows in read if rows
    )
    if not sheets:
        raise ReturnRefused(f"{path.name} holds no rows. Ask for it again.")
    return FileLook(path.name, sheets, tuple(extract.notices))


def _filled(rows: Sequence[dict[int, str]]) -> tuple[tuple[str, ...], ...]:
    width = min(max(max(row) for row in rows), LIMITS.columns)
    return tuple(tuple(row.get(place, "") for place in range(1, width + 1)) for row in rows)


@dataclass(frozen=True)
class Chosen:
    """What is to be read of a file: a table of a sheet, below the row of its headings, through a mapping.

    Attributes:
        sheet: The sheet's name.
        heading_row: The number of its row of headings, the last one where they are several.
        headings: The heading of each column; "" outside of the table.
        mapping: What its columns hold; what the titles say stands in it as they say it.
        first_year: The first year of the plan.
        last_row: The number of the table's last row; 0 where it was not seen.
    """

    sheet: str
    heading_row: int
    headings: tuple[str, ...]
    mapping: ColumnMapping
    first_year: int
    last_row: int = 0


def chosen(look: SheetLook, table: SheetTable, mapping: ColumnMapping, whole: WholeTable, first_year: int) -> Chosen:
    """A table of a sheet, to be read through a mapping."""
    titled = {name: getattr(whole, name) for name in ("period", "area") if getattr(mapping, name) == AS_TITLED}
    ends = table.at + len(table.body)
    last_row = look.numbers[ends] if ends + 1 < len(look.rows) else 0
    return Chosen(look.title, look.numbers[table.at], table.headings, replace(mapping, **titled), first_year, last_row)


def read(extract: Extract, chosen: Chosen) -> Iterator[Batch]:
    """All rows below the headings, so many at once.

    Raises:
        PasswordNeeded, ReturnRefused: with a sentence, if the file cannot be read safely or at all.
    """
    reader = BlockReader(chosen.mapping, chosen.headings, chosen.first_year, chosen.last_row)
    asked = {"sheet": chosen.sheet, "after": chosen.heading_row, "columns": reader.columns, "texts": reader.texts}
    for record in extract.records(asked):
        if isinstance(record, dict) and "rows" in record:
            yield reader.read(record)
