"""What may come in: a file is scanned, then read by a process that can be stopped, into plain cells."""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from spp_desktop.returns import reader
from spp_desktop.returns.definition import Identity
from spp_desktop.returns.placement import MARK, META, identity_text, read_identity
from spp_desktop.returns.scan import LIMITS, Limits, ReturnRefused, scan
from spp_desktop.returns.values import Cell
from spp_desktop.returns.words import unescape

Form = Literal["xlsx", "xlsm", "ods", "csv"]
"""The forms in which a return may come back."""


@dataclass(frozen=True)
class Sheet:
    """A sheet as it came in: its cells by row, then by column, both counted from 1.

    ``hidden_rows`` are those that a filter or a hand has hidden.
    """

    title: str
    hidden: bool
    rows: Mapping[int, Mapping[int, Cell]] = field(repr=False)
    hidden_rows: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Received:
    """A workbook that came in.

    ``identity`` is what it says it is, if it still says so. ``file_hash`` is the SHA-256 of the file's bytes.
    ``modified_by`` and ``modified_at`` (ISO, in UTC) are what it says of who saved it last; empty if it says nothing.
    """

    name: str
    sheets: tuple[Sheet, ...]
    identity: Identity | None
    notices: tuple[str, ...] = ()
    form: Form = "xlsx"
    file_hash: str = ""
    modified_by: str = ""
    modified_at: str = ""


class Reading:
    """A file that is being read beside what the program does meanwhile."""

    def __init__(self, path: Path, limits: Limits, password: str) -> None:
        self._asked = (path, limits, password)

    def received(self) -> Received:
        """What came in, once it is read.

        Raises:
            ReturnRefused: with a sentence, if it cannot be read safely or at all. Nothing else is raised.
        """
        return take(*self._asked)

    def stop(self) -> None:
        """Give up reading."""


def begin(path: Path, limits: Limits = LIMITS, password: str = "") -> Reading:
    """Begin to read a file; ``Reading.received`` waits for what it holds."""
    return Reading(path, limits, password)


def take(path: Path, limits: Limits = LIMITS, password: str = "") -> Received:  # noqa: ARG001 - soon
    """Take in a workbook: look it over, and read its cells in a process of its own.

    Raises:
        PasswordNeeded: if it is protected, and no password was given or another one is needed.
        ReturnRefused: with a sentence, if it cannot be read safely or at all. Nothing else is raised.
    """
    notices = scan(path, limits)
    found = _read_apart(path, limits)
    if "problem" in found:
        raise ReturnRefused(
            f"{path.name} cannot be read as a workbook ({found['problem']}). Open it in Excel, save it again as "
            "Excel Workbook (.xlsx), and take in that file."
        )
    form: Form = "xlsm" if path.suffix.casefold() == ".xlsm" else "xlsx"
    file_hash = hashlib.sha256(path.read_bytes()).hexdigest()
    return replace(received(path.name, found, tuple(notices)), form=form, file_hash=file_hash)


def kept(received: Received) -> bytes:
    """What came in as bytes to be kept, so that a review can be made again without the file."""
    held = {name: getattr(received, name) for name in ("name", "notices", "form", "file_hash")}
    held |= {"modified_by": received.modified_by, "modified_at": received.modified_at}
    held["identity"] = None if received.identity is None else identity_text(received.identity)
    held["sheets"] = [
        {
            "title": sheet.title,
            "hidden": sheet.hidden,
            "hidden_rows": sorted(sheet.hidden_rows),
            "rows": [[row, [[place, *cell] for place, cell in cells.items()]] for row, cells in sheet.rows.items()],
        }
        for sheet in received.sheets
    ]
    return zlib.compress(json.dumps(held, separators=(",", ":")).encode("utf-8", "surrogatepass"), 6)


def from_kept(content: bytes) -> Received:
    """What ``kept`` was given."""
    held = json.loads(zlib.decompress(content))
    sheets = tuple(
        Sheet(
            sheet["title"],
            sheet["hidden"],
            {row: {place: Cell(*cell) for place, *cell in cells} for row, cells in sheet["rows"]},
            frozenset(sheet["hidden_rows"]),
        )
        for sheet in held["sheets"]
    )
    identity = None if held["identity"] is None else read_identity(held["identity"])
    return Received(**{**held, "sheets": sheets, "identity": identity, "notices": tuple(held["notices"])})


def received(name: str, found: Mapping[str, Any], notices: tuple[str, ...] = ()) -> Received:
    """What ``reader.read`` found in a file of this name."""
    sheets = tuple(_sheet(held) for held in found["sheets"])
    said = [found["properties"].get(MARK, "")]
    for sheet in sheets:
        cells = sheet.rows.get(1, {})
        if sheet.title == META and 2 in cells:  # noqa: PLR2004 - the second cell
            said.insert(0, str(cells[2].value))
    identity = next((known for known in map(read_identity, said) if known), None)
    return Received(
        name,
        tuple(sheet for sheet in sheets if sheet.title != META),
        identity,
        notices,
        modified_by=found.get("modified_by", ""),
        modified_at=found.get("modified_at", ""),
    )


def _sheet(held: Mapping[str, Any]) -> Sheet:
    rows: dict[int, dict[int, Cell]] = {}
    for row, column, kind, value, form, computed in held["cells"]:
        plain = unescape(value) if kind == "text" else value
        rows.setdefault(row, {})[column] = Cell(kind, plain, form, computed)
    return Sheet(held["title"], held["hidden"], rows, frozenset(held.get("hidden_rows", ())))


def _read_apart(path: Path, limits: Limits) -> Any:
    """Run the reader on a file, within its time."""
    late = ReturnRefused(f"{path.name} took longer to read than any return does, so reading was stopped.")
    with tempfile.TemporaryDirectory(prefix="spp-") as folder:
        target = Path(folder) / "cells.json"
        bounds = (limits.rows + 1_000, limits.columns, limits.memory, limits.seconds)
        command = [*_reader_command(), str(path.absolute()), str(target), *map(str, bounds)]
        try:
            subprocess.run(
                command,
                timeout=limits.seconds,
                check=False,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
            return json.loads(target.read_text(encoding="utf-8"))
        except subprocess.TimeoutExpired:
            raise late from None
        except (OSError, ValueError):
            raise ReturnRefused(
                f"{path.name} stopped the part of the program that reads workbooks, so nothing was taken in. "
                "Open it in Excel, save it again, and take in that file."
            ) from None


def _reader_command() -> list[str]:
    """How the reader is started: as a module, or in an installed program by the program itself."""
    if getattr(sys, "frozen", False):
        return [sys.executable, reader.FLAG]
    return [sys.executable, "-m", reader.__name__]


def _environment() -> dict[str, str]:
    """The reader's environment: this one, with the package where it can be found."""
    root = str(Path(__file__).parents[2])
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))}
