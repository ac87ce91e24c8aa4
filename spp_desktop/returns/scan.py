"""What a file that came in is, found out before anything parses it.

A workbook is a zip of XML parts, and either can be made to swell or to reach for other files. Nothing but Python's own
zip reader and expat sees the file until every part is known to be bounded and plain.
"""

import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from xml.parsers import expat


class ReturnRefused(Exception):
    """A file that cannot be taken in; the text says why and what to do. The plan is untouched."""


class PasswordNeeded(ReturnRefused):
    """A file that its password opens. ``wrong``: one was given, and it is another."""

    def __init__(self, said: str, *, wrong: bool) -> None:
        super().__init__(said)
        self.wrong = wrong


@dataclass(frozen=True)
class Limits:
    """What a file that comes in may at most be. Sizes are in bytes, time in seconds.

    ``ratio`` is how many times a part may swell when it is unpacked, beyond ``small`` bytes.
    """

    file: int = 30_000_000
    parts: int = 2_000
    part: int = 48_000_000
    all_parts: int = 96_000_000
    ratio: int = 150
    small: int = 1_000_000
    rows: int = 20_000
    cells: int = 600_000
    strings: int = 400_000
    merged: int = 100_000
    columns: int = 200
    seconds: float = 30.0
    memory: int = 1_500_000_000


LIMITS = Limits()

_ZIP = b"PK\x03\x04"
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_STRICT = b"http://purl.oclc.org/ooxml/"
_MERGED = re.compile(rb"""mergeCell\s[^>]*?ref\s*=\s*["']\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})""")
_STARTS = {
    "rows": re.compile(rb"<(?:\w+:)?row[\s/>]"),
    "cells": re.compile(rb"<(?:\w+:)?c[\s/>]"),
    "strings": re.compile(rb"<(?:\w+:)?si[\s/>]"),
}
_CHUNK = 1 << 20
_CONTENT_TYPES = "[Content_Types].xml"
_AGAIN = "Ask for it again, saved as Excel Workbook (.xlsx)."


def scan(path: Path, limits: Limits = LIMITS) -> list[str]:
    """Look a file over, and give sentences on what will be left aside, such as macros.

    Raises:
        ReturnRefused: if it is no workbook, or one that is damaged, protected, or made to do harm.
    """
    name = path.name
    _check_signature(path, limits)
    try:
        with zipfile.ZipFile(path) as archive:
            parts = _listed(archive, name, limits)
            return _notices(_look_through(archive, parts, name, limits))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
        raise ReturnRefused(
            f"{name} is incomplete or damaged, as when a download is cut off. Ask for it again."
        ) from None


def _check_signature(path: Path, limits: Limits) -> None:
    """What the first bytes say."""
    name = path.name
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(_CHUNK)
    except OSError as problem:
        raise ReturnRefused(f"{name} cannot be read: {problem.strerror or 'no access'}.") from None
    if not head:
        raise ReturnRefused(f"{name} is empty (0 bytes). Ask for it again.")
    if size > limits.file:
        raise ReturnRefused(f"{name} is far larger than a return ({size / 1e6:.0f} MB), so it was not opened.")
    if head.startswith(_OLE):
        if _ENCRYPTED in head or _ENCRYPTED in path.read_bytes():
            raise ReturnRefused(
                f"{name} is protected by a password. Open it in Excel, take the password off "
                "(File, Info, Protect Workbook), save it, and take in that file."
            )
        raise ReturnRefused(f"{name} is in the old Excel form (.xls). Open it and save it as Excel Workbook (.xlsx).")
    if not head.startswith(_ZIP):
        raise ReturnRefused(f"{name} is not an Excel workbook. {_AGAIN}")


def _listed(archive: zipfile.ZipFile, name: str, limits: Limits) -> list[zipfile.ZipInfo]:
    """The parts that the file declares, if their number, names and sizes are bearable."""
    parts = archive.infolist()
    names = [part.filename for part in parts]
    if "mimetype" in names:
        raise ReturnRefused(
            f"{name} is an OpenDocument file. In LibreOffice choose Save As, Excel 2007-365 (.xlsx), "
            "and take in that file."
        )
    if _CONTENT_TYPES not in names:
        raise ReturnRefused(f"{name} is a zip file, but not an Excel workbook. {_AGAIN}")
    if len(names) > limits.parts or sum(part.file_size for part in parts) > limits.all_parts:
        raise _swells(name)
    if len({part.casefold() for part in names}) != len(names) or any(_unsafe(part) for part in names):
        raise ReturnRefused(f"{name} is not put together as a workbook is, so it was not opened. {_AGAIN}")
    for part in parts:
        if part.flag_bits & 1:
            raise ReturnRefused(f"{name} holds parts that are encrypted, so it was not opened. {_AGAIN}")
        swollen = part.file_size > max(limits.small, part.compress_size * limits.ratio)
        if part.file_size > limits.part or swollen:
            raise _swells(name)
    return parts


def _unsafe(part: str) -> bool:
    path = PurePosixPath(part)
    return path.is_absolute() or ".." in path.parts or "\\" in part or ":" in part or "\0" in part


def _swells(name: str) -> ReturnRefused:
    return ReturnRefused(f"{name} would unpack to far more than a return holds, so it was not opened. {_AGAIN}")


def _look_through(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], name: str, limits: Limits) -> set[str]:
    """Unpack each part within its declared size, and refuse what no return holds. Gives what is left aside."""
    aside: set[str] = set()
    counts = dict.fromkeys(_STARTS, 0)
    for part in parts:
        content = _unpacked(archive, part, name)
        if part.filename.endswith("vbaProject.bin"):
            aside.add("macros")
        if "externalLinks/" in part.filename:
            aside.add("links")
        if part.filename.endswith("workbook.bin"):
            raise ReturnRefused(f"{name} is a binary workbook (.xlsb). Open it and save it as Excel Workbook (.xlsx).")
        if not _is_xml(content):
            continue
        _check_xml(content, name, part.filename)
        if _STRICT in content and "workbook" in part.filename:
            raise ReturnRefused(
                f"{name} is saved as Strict Open XML. Open it in Excel and save it as Excel Workbook (.xlsx)."
            )
        for thing, start in _STARTS.items():
            counts[thing] += sum(1 for _ in start.finditer(content))
            if counts[thing] > getattr(limits, thing):
                raise ReturnRefused(f"{name} has more than {getattr(limits, thing):,} {thing}, so it was not read.")
        _check_merged(content, name, limits)
    return aside


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> bytes:
    """A part's content, unpacked no further than it declared."""
    with archive.open(part) as stream:
        content = stream.read(part.file_size + 1)
    if len(content) > part.file_size:
        raise _swells(name)
    return content


def _is_xml(content: bytes) -> bool:
    """Whether a part is XML in any of its encodings, whatever its name."""
    start = content[:64].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")
    return start.startswith((b"<", b"\x4c\x6f\xa7\x94"))


def _check_xml(content: bytes, name: str, part: str) -> None:
    """Refuse a part that declares a document type, in which entities can be hidden, or that is not well formed."""
    if not content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") or b"\0" in content[:4]:
        raise ReturnRefused(f"{name} is written in an encoding that Excel does not use, so it was not opened. {_AGAIN}")
    declared = content[: content.find(b"?>") + 2].lower() if content[:64].lstrip().startswith(b"<?xml") else b""
    encoding = re.search(rb"encoding\s*=\s*[\"']([\w.-]+)", declared)
    if encoding and encoding[1] not in (b"utf-8", b"us-ascii"):
        raise ReturnRefused(f"{name} is written in an encoding that Excel does not use, so it was not opened. {_AGAIN}")
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(content, True)
    except _Doctype:
        raise ReturnRefused(
            f"{name} declares a document type in its part {part}, which no workbook needs and harm can hide in. "
            "It was not opened."
        ) from None
    except (expat.ExpatError, LookupError, ValueError):
        raise ReturnRefused(f"{name} is damaged in its part {part}. {_AGAIN}") from None


class _Doctype(Exception):
    """A document type was declared."""


def _refuse_doctype(*_: object) -> None:
    raise _Doctype


def _check_merged(content: bytes, name: str, limits: Limits) -> None:
    area = 0
    for left, top, right, bottom in _MERGED.findall(content):
        area += (_number(right) - _number(left) + 1) * (int(bottom) - int(top) + 1)
        if area > limits.merged:
            raise ReturnRefused(f"{name} merges more cells than a return has, so it was not read. {_AGAIN}")


def _number(letters: bytes) -> int:
    total = 0
    for letter in letters:
        total = total * 26 + letter - ord("A") + 1
    return total


def _notices(aside: set[str]) -> list[str]:
    said = {
        "macros": "The file holds macros. They were not run and nothing of them is kept.",
        "links": "The file holds links to other files. They were not followed.",
    }
    return [said[thing] for thing in sorted(aside)]
