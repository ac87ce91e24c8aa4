"""What may come in: a file is scanned and read by a process that can be stopped, and given as plain cells."""

import json
import zlib
from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path, PurePath
from threading import Event, Thread
from typing import Any

from spp_desktop.plan.kinds.days import is_month_first
from spp_desktop.returns.apart import Apart, Kept, Stopped
from spp_desktop.returns.definition import Identity
from spp_desktop.returns.foreign import COPY_TABLES, SAVE_AGAIN, SAVE_ATTACHED, SAVE_PROJECT
from spp_desktop.returns.limits import LIMITS, FileLimits
from spp_desktop.returns.mail.enclosed import Enclosed, MailHead, MailReceived, called, from_record
from spp_desktop.returns.placement import MARK, META, identity_text, read_identity
from spp_desktop.returns.records import Record, RowsTogether
from spp_desktop.returns.scan import MAILS, Form, PasswordNeeded, ReturnRefused, look
from spp_desktop.returns.sheet_cell import MONTH_FIRST, SheetCell

__all__ = [
    "Enclosed",
    "FileReading",
    "Form",
    "MailHead",
    "MailReceived",
    "PasswordNeeded",
    "Received",
    "ReturnRefused",
    "Sheet",
    "begin",
    "kept_ready",
    "one_after_another",
    "take",
]

_SHARED, _MOST_SHARED = 40, 20_000
"""Texts up to this length are likely to stand in many cells, and are held once; and how many of them."""

_PLAIN = 2
"""Of so many parts is a cell of a record that holds a text and nothing else."""


@dataclass(frozen=True)
class Sheet:
    """A sheet as it came in: its cells by row, then by column, both counted from 1.

    Attributes:
        hidden_rows: those that a filter or a hand has hidden.
        merged: cells that were made one: the first row and column, then the last.
        comments: what is said beside cells, by row and column.
        struck: the cells of which anything is struck out.
    """

    title: str
    hidden: bool
    rows: Mapping[int, Mapping[int, SheetCell]] = field(repr=False)
    hidden_rows: frozenset[int] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    comments: Mapping[tuple[int, int], str] = field(default_factory=dict)
    struck: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True)
class Received:
    """A workbook that came in.

    ``identity`` is what it says it is, if it still says so. ``file_hash`` is the SHA-256 of the file's bytes.
    ``mail`` is the mail that enclosed it, if one did.
    ``modified_by`` and ``modified_at`` (ISO) are what it says of who saved it last; empty if it says nothing.
    """

    name: str
    sheets: tuple[Sheet, ...]
    identity: Identity | None
    notices: tuple[str, ...] = ()
    form: Form = "xlsx"
    file_hash: str = ""
    modified_by: str = ""
    modified_at: str = ""
    mail: MailHead | None = None

    @property
    def called(self) -> str:
        """Its name with that of the mail that enclosed it, as sentences have it."""
        return called(self.name, self.mail)


class FileReading:
    """A file that is being read, while the program goes on with other things."""

    def __init__(self, path: Path, limits: FileLimits, password: str, enclosed: Enclosed | None = None) -> None:
        self._path, self._limits, self._password, self._enclosed = path, limits, password, enclosed
        self._name = path.name if enclosed is None else enclosed.called
        self._found: Received | ReturnRefused | None = None
        self._told = Event()
        self._said: Identity | None = None
        self._thread = Thread(target=self._work, name=f"reading {path.name}", daemon=True)
        try:
            self._look = look(path, limits)
            self._apart = Apart(limits.memory, limits.seconds)
            self._thread.start()
        except (ReturnRefused, OSError) as problem:
            self._found = problem if isinstance(problem, ReturnRefused) else _broken(path.name, SAVE_AGAIN)
            self._told.set()

    def wait(self) -> None:
        """Wait until it is read, or known why not."""
        if self._thread.is_alive():
            self._thread.join()

    def received(self) -> Received:
        """What came in, once it is read.

        Raises:
            PasswordNeeded: if it is protected, and no password was given or another one is needed.
            MailReceived: if it is a mail; what it encloses is then to be read.
            ReturnRefused: with a sentence, if it cannot be read safely or at all. Nothing else is raised.
        """
        self.wait()
        if isinstance(self._found, Received):
            return self._found
        raise self._found or _broken(self._path.name, SAVE_AGAIN)

    def identity(self) -> Identity | None:
        """What the document's own property says the file is, as soon as that is read: long before the last row.

        It serves to look up beforehand what the file will be held against. ``Received.identity`` is what counts.
        """
        self._told.wait()
        return self._said

    def stop(self) -> None:
        """Give up reading."""
        if self._thread.is_alive():
            self._apart.stop()

    def _work(self) -> None:
        name = self._name
        late, again = (SAVE_ATTACHED, SAVE_ATTACHED) if self._look.package in MAILS else (COPY_TABLES, SAVE_AGAIN)
        try:
            self._found = self._read()
        except ReturnRefused as refused:
            self._found = refused
        except Stopped as stopped:
            self._found = _late(name, self._limits.seconds, late) if stopped.late else _broken(name, again)
        except Exception:  # noqa: BLE001 - whatever a file brings about, the person reads a sentence
            self._found = _broken(name, again)
        finally:
            self._told.set()
            self._apart.close()

    def _read(self) -> Received:
        name, package, enclosed = self._name, self._look.package, self._enclosed
        if package == "protected" and not self._password:
            raise PasswordNeeded(f"{name} is protected by a password.", wrong=False)
        asked: dict[str, Any] = {
            "path": str(self._path.absolute()),
            "name": name,
            "package": package,
            "password": self._password,
            "limits": asdict(self._limits),
            "together": True,
        }
        self._password = ""
        if enclosed is not None:
            asked |= {"place": enclosed.place, "suffix": PurePath(enclosed.name).suffix}
        whole = received(name, map(self._overheard, self._apart.records(asked)))
        if enclosed is None:
            return replace(whole, file_hash=self._look.file_hash)
        return replace(whole, name=enclosed.name, notices=(*enclosed.notices, *whole.notices), mail=enclosed.mail)

    def _overheard(self, record: Record) -> Record:
        """The same record, when what it says of the file's identity has been told."""
        if isinstance(record, dict) and "about" in record and not self._told.is_set():
            self._said = read_identity(record["about"].get("properties", {}).get(MARK, ""))
            self._told.set()
        return record


def begin(path: Path, limits: FileLimits = LIMITS, password: str = "", enclosed: Enclosed | None = None) -> FileReading:
    """Begin to look a file over and to read it, or a file that it encloses; ``Reading.received`` waits for the rest."""
    return FileReading(path, limits, password, enclosed)


def take(path: Path, limits: FileLimits = LIMITS, password: str = "", enclosed: Enclosed | None = None) -> Received:
    """Take in a workbook: look it over, and read its cells in a process of its own.

    Raises:
        MailReceived: if it is a mail; what it encloses is then to be taken.
        PasswordNeeded: if it is protected, and no password was given or another one is needed.
        ReturnRefused: with a sentence, if it cannot be read safely or at all. Nothing else is raised.
    """
    return begin(path, limits, password, enclosed).received()


def kept_ready(limits: FileLimits = LIMITS) -> Kept:
    """Have a process ready for the files that are to come, until what this gives is closed."""
    return Kept(limits.memory, limits.seconds)


def one_after_another(
    paths: Sequence[Path], limits: FileLimits = LIMITS, password: str = ""
) -> Generator[tuple[Path, FileReading], None, None]:
    """Several files, each when it is read: while the caller sees to it, the next is read already."""
    ahead: FileReading | None = None
    with kept_ready(limits):
        try:
            for n, path in enumerate(paths, 1):
                reading, ahead = ahead or begin(path, limits, password), None
                reading.wait()
                if n < len(paths):
                    ahead = begin(paths[n], limits, password)
                yield path, reading
        finally:
            if ahead is not None:
                ahead.stop()


def _late(name: str, seconds: float, advice: str) -> ReturnRefused:
    return ReturnRefused(
        f"{name} took longer to read than any return does (at most {seconds:g} seconds), so reading was stopped. "
        f"{advice}"
    )


def _broken(name: str, advice: str) -> ReturnRefused:
    return ReturnRefused(
        f"{name} stopped the part of the program that reads workbooks, so nothing was taken in. {advice}"
    )


def received(name: str, records: Iterable[Record | RowsTogether]) -> Received:
    """What the records of a file of this name say.

    Raises:
        MailReceived: if they tell what a mail encloses.
        ReturnRefused: if they end with a problem.
    """
    gathered = _Gathered(name)
    for record in records:
        if isinstance(record, list):
            gathered.row(*record)
        elif isinstance(record, RowsTogether):
            gathered.rows(record)
        else:
            gathered.take(record)
    return gathered.received()


class _Gathered:
    """What has been read of a file so far."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._about: dict[str, Any] = {"properties": {}}
        self._sheets: list[Sheet] = []
        self._rows: dict[int, dict[int, SheetCell]] = {}
        self._hidden: set[int] = set()
        self._cells: dict[Any, SheetCell] = {}
        self._from_1904 = False
        self._enclosed: list[Enclosed] = []

    def take(self, record: dict[str, Any]) -> None:
        """Anything but a row."""
        if "sheet" in record:
            self._close_sheet()
            self._rows, self._hidden = {}, set()
            self._sheets.append(Sheet(record["sheet"], record["hidden"], self._rows))
        elif "numbers" in record:
            self.rows(RowsTogether(**record))
        elif "marks" in record:
            self._sheets[-1] = _marked(self._sheets[-1], record["marks"])
        elif "about" in record:
            self._about |= record["about"]
            self._from_1904 = bool(record["about"].get("from_1904"))
        elif "form" in record or "file_hash" in record:
            self._about |= record
        elif "enclosed" in record:
            self._enclosed = from_record(record)
        elif record["end"] == "password":
            raise PasswordNeeded(record["said"], wrong=record["wrong"])
        elif record["end"] != "whole":
            raise self._refusal(record["end"], record["said"], record.get("advice", ""))

    def _close_sheet(self) -> None:
        if self._sheets and self._hidden:
            self._sheets[-1] = replace(self._sheets[-1], hidden_rows=frozenset(self._hidden))

    def _refusal(self, end: str, sentence: str, advice: str) -> ReturnRefused:
        if end == "refused":
            return ReturnRefused(sentence)
        project = self._about.get("form") == "project"
        kind, again = ("project", SAVE_PROJECT) if project else ("workbook", SAVE_AGAIN)
        return ReturnRefused(
            f"{self._name} cannot be read as a {kind}: {sentence}. {again if project else advice or again}"
        )

    def row(self, row: int, hidden: bool, cells: list[list[Any]]) -> None:
        """A row with what stands in it; equal short cells are held once."""
        row_cells = self._rows[row] = {}
        if hidden:
            self._hidden.add(row)
        known = self._cells
        for told in cells:
            text = told[1] if len(told) == _PLAIN else None
            key = text if text is not None else tuple(told[1:])
            cell = known.get(key)
            if cell is None:
                cell = self._cell(*key) if text is None else SheetCell("text", text)
                if (text is None or len(text) <= _SHARED) and len(known) < _MOST_SHARED:
                    known[key] = cell
            row_cells[told[0]] = cell

    def rows(self, together: RowsTogether) -> None:
        """Several rows with what stands in them; as ``row``."""
        known, columns = self._cells, list[list[SheetCell | None]]()
        for column in together.cells:
            cells = list[SheetCell | None]()
            for told in column:
                if told is None:
                    cells.append(None)
                    continue
                key = told if isinstance(told, str) else tuple(told)
                cell = known.get(key)
                if cell is None:
                    cell = SheetCell("text", key) if isinstance(key, str) else self._cell(*key)
                    if (not isinstance(key, str) or len(key) <= _SHARED) and len(known) < _MOST_SHARED:
                        known[key] = cell
                cells.append(cell)
            columns.append(cells)
        places = together.places
        for number, *row in zip(together.numbers, *columns, strict=True):
            cells_of_row = {place: cell for place, cell in zip(places, row, strict=True) if cell is not None}
            if cells_of_row:
                self._rows[number] = cells_of_row

    def _cell(self, kind: Any, value: Any, form: str, computed: bool) -> SheetCell:
        return SheetCell(kind, value, form, computed, self._from_1904 and kind == "number")

    def _mark_days(self) -> None:
        """Say of every text that is as short as a day that days in this file are written month first."""
        known: dict[int, SheetCell] = {}

        def dated(cell: SheetCell) -> SheetCell:
            """The same cell, marked if it is such a text; cells that are one stay one."""
            if id(cell) not in known:
                short = cell.kind == "text" and len(str(cell.value)) <= _SHARED
                known[id(cell)] = cell._replace(format=MONTH_FIRST) if short else cell
            return known[id(cell)]

        self._sheets = [
            replace(sheet, rows={row: {at: dated(cells[at]) for at in cells} for row, cells in sheet.rows.items()})
            for sheet in self._sheets
        ]

    def received(self) -> Received:
        """All of it."""
        if self._enclosed:
            raise MailReceived(self._name, self._enclosed)
        self._close_sheet()
        if any(cell.kind == "text" and is_month_first(str(cell.value)) for cell in self._cells.values()):
            self._mark_days()
        identities = [self._about["properties"].get(MARK, "")]
        for sheet in self._sheets:
            cells = sheet.rows.get(1, {})
            if sheet.title == META and 2 in cells:  # noqa: PLR2004 - the second cell
                identities.insert(0, str(cells[2].value))
        return Received(
            self._name,
            tuple(sheet for sheet in self._sheets if sheet.title != META),
            next((known for known in map(read_identity, identities) if known), None),
            (*self._about.get("notices", ()), *self._about.get("told", ())),
            form=self._about.get("form", "xlsx"),
            file_hash=self._about.get("file_hash", ""),
            modified_by=self._about.get("modified_by", ""),
            modified_at=self._about.get("modified_at", ""),
        )


def _marked(sheet: Sheet, marks: Mapping[str, Any]) -> Sheet:
    """A sheet with what stands in it beside its values."""
    return replace(
        sheet,
        merged=tuple((first, left, last, right) for first, left, last, right in marks.get("merged", ())),
        comments={(row, column): text for row, column, text in marks.get("comments", ())},
        struck=frozenset((row, column) for row, column in marks.get("struck", ())),
    )


def _marks_of(sheet: Sheet) -> dict[str, Any]:
    """What ``_marked`` was given."""
    return {
        "merged": sheet.merged,
        "comments": [[*place, text] for place, text in sheet.comments.items()],
        "struck": sorted(sheet.struck),
    }


def kept(received: Received) -> bytes:
    """What came in as bytes to be kept, so that a review can be made again without the file."""
    kept_values = {name: getattr(received, name) for name in ("name", "notices", "form", "file_hash")}
    kept_values |= {"modified_by": received.modified_by, "modified_at": received.modified_at}
    kept_values["mail"] = None if received.mail is None else asdict(received.mail)
    kept_values["identity"] = None if received.identity is None else identity_text(received.identity)
    kept_values["sheets"] = [
        {
            "title": sheet.title,
            "hidden": sheet.hidden,
            "hidden_rows": sorted(sheet.hidden_rows),
            "marks": _marks_of(sheet),
            "rows": [[row, [[place, *cell] for place, cell in cells.items()]] for row, cells in sheet.rows.items()],
        }
        for sheet in received.sheets
    ]
    return zlib.compress(json.dumps(kept_values, separators=(",", ":")).encode(), 6)


def from_kept(content: bytes) -> Received:
    """What ``kept`` was given."""
    kept_values = json.loads(zlib.decompress(content))
    sheets = tuple(
        _marked(
            Sheet(
                sheet["title"],
                sheet["hidden"],
                {row: {place: SheetCell(*cell) for place, *cell in cells} for row, cells in sheet["rows"]},
                frozenset(sheet["hidden_rows"]),
            ),
            sheet.get("marks", {}),
        )
        for sheet in kept_values["sheets"]
    )
    identity = None if kept_values["identity"] is None else read_identity(kept_values["identity"])
    read = {"sheets": sheets, "identity": identity, "notices": tuple(kept_values["notices"])}
    return Received(**{**kept_values, **read, "mail": _mail(kept_values)})


def mail_of(content: bytes) -> MailHead | None:
    """The mail that enclosed what ``kept`` was given; ``None`` if none did."""
    return _mail(json.loads(zlib.decompress(content)))


def _mail(kept_values: Mapping[str, Any]) -> MailHead | None:
    """The mail of what is kept, which versions before there were mails do not tell."""
    told = kept_values.get("mail")
    return None if told is None else MailHead(**told)
