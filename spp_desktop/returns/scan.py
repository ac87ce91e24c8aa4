"""What a file that came in is, found out before anything parses it.

A workbook is a zip of XML parts, and either can be made to swell or to reach for other files. Nothing but Python's own
zip reader and expat sees the file until every part is known to be bounded and plain. Parts are looked through a piece
at a time, so that a scan takes no more memory than a piece.
"""

import hashlib
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Literal
from xml.parsers import expat

from spp_desktop.returns.foreign import ASK_AGAIN, told_by_parts, told_by_start, told_by_streams


class ReturnRefused(Exception):
    """A file that cannot be taken in; the text says why and what to do. The plan is untouched."""


class PasswordNeeded(ReturnRefused):
    """A file that its password opens. ``wrong``: one was given, and it is another."""

    def __init__(self, sentence: str, *, wrong: bool) -> None:
        super().__init__(sentence)
        self.wrong = wrong


@dataclass(frozen=True)
class FileLimits:
    """What a file that comes in may at most be. Sizes are in bytes.

    Attributes:
        file: the size of the file itself.
        parts: how many parts it may be packed of.
        part: the size of one part, unpacked.
        all_parts: the size of all parts together, unpacked.
        ratio: how many times a part may swell when it is unpacked, beyond ``small`` bytes.
        small: the size up to which a part may swell as it likes.
        rows, cells, strings: how many of each all sheets may have together.
        merged: how many cells may be merged.
        columns: how many columns are shown of a file.
        sheets: how many sheets it may have.
        depth: how deep tags may stand in tags.
        names: how many different tags a part may have.
        described: the size of a part that is read whole, such as the list of sheets.
        lowest: the number of the last row that a sheet can have.
        alike: how often a row or cell that holds something may be said to stand there again.
        piece: how much of a part is looked at at a time; no tag may be longer.
        all_text: what all cells may say together; a text is kept once in a file, and may be named by every cell.
        seconds: how long reading may take.
        memory: what the process that reads may take.
    """

    file: int = 30_000_000
    parts: int = 2_000
    part: int = 48_000_000
    all_parts: int = 96_000_000
    ratio: int = 150
    small: int = 1_000_000
    rows: int = 20_000
    cells: int = 300_000
    strings: int = 400_000
    merged: int = 100_000
    columns: int = 200
    sheets: int = 250
    depth: int = 1_000
    names: int = 5_000
    described: int = 8_000_000
    lowest: int = 1_048_576
    alike: int = 1_000
    piece: int = 1 << 18
    all_text: int = 40_000_000
    seconds: float = 20.0
    memory: int = 250_000_000


LIMITS = FileLimits()

Form = Literal["xlsx", "xlsm", "ods", "csv"]
"""The forms in which a return may come back."""

Package = Literal["zip", "protected", "text"]
"""What holds a return: a zip of parts, a container that a password opens, or text alone."""


@dataclass(frozen=True)
class Look:
    """What a file is by its first bytes, and the SHA-256 of all of them."""

    package: Package
    file_hash: str


_ZIP = b"PK\x03\x04"
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_NOTES = ("~$", ".~lock.")
_TEXTS = (".csv", ".tsv", ".txt")
_STRICT = b"http://purl.oclc.org/ooxml/"
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.spreadsheet"
_MERGED = re.compile(rb"""mergeCell\s[^>]*?ref\s*=\s*["']\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})""")
_THINGS = {"row": "rows", "table-row": "rows", "c": "cells", "table-cell": "cells", "si": "strings"}
_DESCRIBE = re.compile(
    r"(?:.*\.rels|\[Content_Types\]\.xml|xl/(?:workbook|styles)\.xml|docProps/.*|meta\.xml)", re.IGNORECASE
)
_ENCODING = re.compile(rb"^[\xef\xbb\xbf\s]*<\?xml[^>]*?encoding\s*=\s*[\"']([\w.-]+)", re.IGNORECASE)
_HEAD = 4096
_BLANK = b"\xef\xbb\xbf\xff\xfe \t\r\n\0"
"""Bytes that may stand before the first tag of a part, in any of its encodings."""

_CONTENT_TYPES = "[Content_Types].xml"
_ZIP_PROBLEMS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)


def look(path: Path, limits: FileLimits = LIMITS) -> Look:
    """What the first bytes of a file say.

    Raises:
        ReturnRefused: if it cannot be read, or is nothing that a return comes back as.
    """
    name = path.name
    if name.startswith(_NOTES):
        raise ReturnRefused(f"{name} is only a note that another program makes while a file is open. Take in the file.")
    if path.exists() and not path.is_file():
        raise ReturnRefused(f"{name} is a folder or a device, not a file. Take in the files that are in it.")
    try:
        size = path.stat().st_size
        if size > limits.file:
            raise ReturnRefused(f"{name} is far larger than a return ({size / 1e6:.0f} MB), so it was not opened.")
        with path.open("rb") as file:
            file_hash = hashlib.file_digest(file, "sha256").hexdigest()
            file.seek(0)
            head = file.read(_HEAD)
            content = head + file.read() if head.startswith(_OLE) else head
    except FileNotFoundError:
        raise ReturnRefused(f"There is no file {name} in {path.absolute().parent}.") from None
    except OSError as problem:
        raise ReturnRefused(f"{name} cannot be read: {problem.strerror or 'no access'}.") from None
    if not content:
        raise ReturnRefused(f"{name} is empty (0 bytes). Ask for it again.")
    return Look(_package(name, path.suffix.casefold(), content), file_hash)


def _package(name: str, suffix: str, content: bytes) -> Package:
    """What a file is by its first bytes; by all of them, where it is in the form of Office 97."""
    if content.startswith(_ZIP):
        return "zip"
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            return "protected"
        raise ReturnRefused(f"{name} {told_by_streams(content)}")
    told = told_by_start(content[:_HEAD])
    if told:
        raise ReturnRefused(f"{name} {told}")
    if suffix in _TEXTS:
        return "text"
    raise ReturnRefused(f"{name} is not an Excel workbook. {ASK_AGAIN}")


def scan(source: Path | BinaryIO, name: str, limits: FileLimits = LIMITS) -> tuple[Form, list[str]]:
    """Look over a zip of parts: which form of workbook it is, and sentences on what is left aside, such as macros.

    Raises:
        ReturnRefused: if it is no workbook, or one that is damaged, protected, or made to do harm.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            parts = _listed(archive, name, limits)
            open_document = _is_open_document(archive, name)
            aside = _look_through(archive, parts, name, limits)
    except _ZIP_PROBLEMS:
        raise ReturnRefused(
            f"{name} is incomplete or damaged, as when a download is cut off. Ask for it again."
        ) from None
    return "ods" if open_document else "xlsm" if _MACROS in aside else "xlsx", sorted(aside)


def _listed(archive: zipfile.ZipFile, name: str, limits: FileLimits) -> list[zipfile.ZipInfo]:
    """The parts that the file declares, if their number, names and sizes are bearable."""
    parts = archive.infolist()
    names = [part.filename for part in parts]
    if len(names) > limits.parts or sum(part.file_size for part in parts) > limits.all_parts:
        raise _swells(name)
    if len({part.casefold() for part in names}) != len(names) or any(_unsafe(part) for part in names):
        raise ReturnRefused(f"{name} is not put together as a workbook is, so it was not opened. {ASK_AGAIN}")
    told = told_by_parts(names)
    if told:
        raise ReturnRefused(f"{name} {told}")
    for part in parts:
        if part.flag_bits & 1:
            raise ReturnRefused(f"{name} holds parts that are encrypted, so it was not opened. {ASK_AGAIN}")
        swollen = part.file_size > max(limits.small, part.compress_size * limits.ratio)
        described = part.file_size > limits.described and _DESCRIBE.fullmatch(part.filename)
        if part.file_size > limits.part or swollen or described:
            raise _swells(name)
    return parts


def _unsafe(part: str) -> bool:
    path = PurePosixPath(part)
    return path.is_absolute() or ".." in path.parts or "\\" in part or ":" in part or "\0" in part


def _swells(name: str) -> ReturnRefused:
    return ReturnRefused(f"{name} would unpack to far more than a return holds, so it was not opened. {ASK_AGAIN}")


def _is_open_document(archive: zipfile.ZipFile, name: str) -> bool:
    """Whether it is an OpenDocument spreadsheet; one of Excel's otherwise."""
    names = archive.namelist()
    if "mimetype" not in names:
        if _CONTENT_TYPES not in names:
            raise ReturnRefused(f"{name} is a zip file, but not an Excel workbook. {ASK_AGAIN}")
        return False
    if not archive.read("mimetype").startswith(_OPEN_DOCUMENT) or "content.xml" not in names:
        raise ReturnRefused(f"{name} is an OpenDocument file, but not a spreadsheet. {ASK_AGAIN}")
    if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise ReturnRefused(
            f"{name} is protected by a password. In LibreOffice choose Save As without “Save with password”, and "
            "take in that file."
        )
    return True


_MACROS = "The file holds macros. They were not run and nothing of them is kept."
_LINKS = "The file holds links to other files. They were not followed."


def _look_through(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], name: str, limits: FileLimits) -> set[str]:
    """Unpack each part within its declared size, and refuse what no return holds. Gives what is left aside."""
    aside: set[str] = set()
    counts = dict.fromkeys(_THINGS.values(), 0)
    most = {"rows": limits.rows, "cells": limits.cells, "strings": limits.strings}
    merged = 0
    for part in parts:
        if part.filename.endswith("vbaProject.bin") or part.filename.startswith("Basic/"):
            aside.add(_MACROS)
        if "externalLinks/" in part.filename:
            aside.add(_LINKS)
        check = _XmlCheck(name, part.filename, limits)
        for piece in _pieces(archive, part, name, limits.piece):
            if not check.goes_on(piece):
                break
            for thing, several in check.counted().items():
                counts[thing] += several
                if counts[thing] > most[thing]:
                    raise ReturnRefused(
                        f"{name} has more than {most[thing]:,} {thing}, so it was not read. If rows below "
                        "its tables are empty, delete them, save it, and take it in again."
                    )
            merged += _merged(piece)
            if merged > limits.merged:
                raise ReturnRefused(f"{name} merges more cells than a return has, so it was not read. {ASK_AGAIN}")
        check.end()
    return aside


def _pieces(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str, size: int) -> Iterator[bytes]:
    """A part's content, unpacked no further than it declared, in pieces that part no tag."""
    left, rest = part.file_size, b""
    with archive.open(part) as stream:
        while content := stream.read(size):
            left -= len(content)
            if left < 0 or len(rest) > size:  # no tag of a workbook is as long as a piece
                raise _swells(name)
            piece = rest + content
            start = piece.rfind(b"<")
            cut = start if start > piece.rfind(b">") else len(piece)
            rest = piece[cut:]
            if cut:
                yield piece[:cut]
    if rest:
        yield rest


def _merged(piece: bytes) -> int:
    """The cells that are merged in a piece."""
    return sum(
        (_number(right) - _number(left) + 1) * (int(bottom) - int(top) + 1)
        for left, top, right, bottom in (_MERGED.findall(piece) if b"mergeCell" in piece else ())
    )


def _number(letters: bytes) -> int:
    total = 0
    for letter in letters:
        total = total * 26 + letter - ord("A") + 1
    return total


class _Doctype(Exception):
    """A document type was declared."""


def _refuse_doctype(*_: object) -> None:
    raise _Doctype


class _XmlCheck:
    """Refuses a part that declares a document type, in which entities can be hidden, or that is not well formed."""

    def __init__(self, name: str, part: str, limits: FileLimits) -> None:
        self._name, self._part, self._limits = name, part, limits
        self._parser: expat.XMLParserType | None = None
        self._ended: list[str] = []
        self._known: set[str] = set()
        self._open = 0

    def goes_on(self, piece: bytes) -> bool:
        """Look at the next piece; whether the rest of the part is to be looked at too."""
        if self._parser is None:
            if not piece.strip(_BLANK):
                return True  # what stands before the first tag does not say yet what the part is
            if not _is_xml(piece) or (self._part.endswith(".vml") and b"<!DOCTYPE" not in piece):
                return False  # Excel's old drawings are not always well formed, and nothing here reads them
            self._check_start(piece)
            self._parser = expat.ParserCreate()
            self._parser.StartDoctypeDeclHandler = _refuse_doctype
            self._parser.EndElementHandler = self._ended.append
        self._parse(piece, last=False)
        return True

    def counted(self) -> dict[str, int]:
        """How many rows, cells and texts ended since the last time."""
        names = set(self._ended)
        counts = {name: self._ended.count(name) for name in names if name.rpartition(":")[2] in _THINGS}
        self._known |= names
        self._open -= len(self._ended)
        self._ended.clear()
        if self._open > self._limits.depth or len(self._known) > self._limits.names:
            raise ReturnRefused(f"{self._name} is not put together as a workbook is, so it was not opened. {ASK_AGAIN}")
        found = dict.fromkeys(_THINGS.values(), 0)
        for name, several in counts.items():
            found[_THINGS[name.rpartition(":")[2]]] += several
        return found

    def end(self) -> None:
        """Say that the part is over."""
        if self._parser is not None:
            self._parse(b"", last=True)

    def _check_start(self, piece: bytes) -> None:
        told = _ENCODING.match(piece)
        wide = not piece.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") or b"\0" in piece[:4]
        if (wide or (told and told[1].lower() not in (b"utf-8", b"us-ascii"))) and not self._spare:
            raise ReturnRefused(
                f"{self._name} is written in an encoding that Excel does not use, so it was not opened. {ASK_AGAIN}"
            )
        if _STRICT in piece and "workbook" in self._part:
            raise ReturnRefused(
                f"{self._name} is saved as Strict Open XML. Open it in Excel and save it as Excel Workbook (.xlsx)."
            )

    @property
    def _spare(self) -> bool:
        """Whether the part is one that other programs leave in a workbook, and that nothing here reads."""
        return self._part.startswith("customXml/")

    def _parse(self, piece: bytes, *, last: bool) -> None:
        assert self._parser is not None
        self._open += piece.count(b"<") - piece.count(b"</")  # at most as many tags begin; those that end are told
        try:
            self._parser.Parse(piece, last)
        except _Doctype:
            raise ReturnRefused(
                f"{self._name} declares a document type in its part {self._part}, which no workbook needs and harm "
                "can hide in. It was not opened."
            ) from None
        except (expat.ExpatError, LookupError, ValueError):
            raise ReturnRefused(f"{self._name} is damaged in its part {self._part}. {ASK_AGAIN}") from None


def _is_xml(content: bytes) -> bool:
    """Whether a part is XML in any of its encodings, whatever its name."""
    return content.lstrip(_BLANK).startswith((b"<", b"\x4c\x6f\xa7\x94"))
