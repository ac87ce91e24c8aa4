"""What a file that came in is, found out before anything parses it.

A workbook is a zip of XML parts, and either can be made to swell or to reach for other files. Nothing but Python's own
zip reader and expat sees the file until every part is known to be bounded and plain. Parts are looked through a piece
at a time, so that a scan takes no more memory than a piece.
"""

import hashlib
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO, Literal
from xml.parsers import expat

from spp_desktop.returns.foreign import (
    ASK_AGAIN,
    COPY_TABLES,
    SAVE_PROJECT,
    is_mail,
    told_by_parts,
    told_by_start,
    told_by_streams,
    where_documents_are_read,
)
from spp_desktop.returns.limits import LIMITS, FileLimits, megabytes
from spp_desktop.returns.parts import ZIP_PROBLEMS, PartNames, plain_name


class ReturnRefused(Exception):
    """A file that cannot be taken in; the text says why and what to do. The plan is untouched."""


class PasswordNeeded(ReturnRefused):
    """A file that its password opens. ``wrong``: one was given, and it is another."""

    def __init__(self, sentence: str, *, wrong: bool) -> None:
        super().__init__(sentence)
        self.wrong = wrong


Form = Literal["xlsx", "xlsm", "ods", "csv", "project", "docx"]
"""The forms in which a return may come back; a plan may also come in as a Word document."""

Package = Literal["zip", "protected", "text", "xml", "eml", "msg"]
"""What holds a return: a zip of parts, a container that a password opens, text alone, a project's XML, or a mail."""

MAILS: tuple[Package, ...] = ("eml", "msg")
"""The packages that are mails, and enclose returns."""


@dataclass(frozen=True)
class ScannedFile:
    """What a file is by its first bytes, and the SHA-256 of all of them."""

    package: Package
    file_hash: str


_ZIP = b"PK\x03\x04"
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OUTLOOK = "__properties_version1.0".encode("utf-16-le")
"""The name of a stream that every mail of Outlook has ([MS-OXMSG] 2.4), as a compound file holds it."""
_NOTES = ("~$", ".~lock.")
_TEXTS = (".csv", ".tsv", ".txt")
_PROJECT = re.compile(
    rb"(?:\s|<\?[^>]*>|<!--(?:(?!-->).)*-->)*"
    rb"(?:<!DOCTYPE\s+(?:[\w.-]+:)?Project\s|<(?:[\w.-]+:)?Project\s[^>]*schemas\.microsoft\.com/project)",
    re.DOTALL,
)
"""What a project begins with (XML 1.0, 2.8); its root may have a prefix. One that declares a type is refused later."""
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.spreadsheet"
_MERGED = re.compile(rb"""mergeCell\s[^>]*?ref\s*=\s*["']\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})""")
_DOCUMENT = "word/document.xml"
_THINGS = {
    "row": "rows", "table-row": "rows", "tr": "rows", "c": "cells", "table-cell": "cells", "tc": "cells", "si": "texts",
}  # fmt: skip
_DESCRIBE = re.compile(r"(?:.*\.rels|\[content_types\]\.xml|xl/(?:workbook|styles)\.xml|docprops/.*|meta\.xml)")
_ENCODING = re.compile(rb"^[\xef\xbb\xbf\s]*<\?xml[^>]*?encoding\s*=\s*[\"']([\w.-]+)", re.IGNORECASE)
_HEAD = 4096
_BLANK = b"\xef\xbb\xbf\xff\xfe \t\r\n\0"
"""Bytes that may stand before the first tag of a part, in any of its encodings."""

_CONTENT_TYPES, _MANIFEST = "[Content_Types].xml", "META-INF/manifest.xml"


def look(path: Path, limits: FileLimits = LIMITS, *, documents: bool = False) -> ScannedFile:
    """What the first bytes of a file say; ``documents``: whether it may be a Word document.

    Raises:
        ReturnRefused: if it cannot be read, or is nothing that a return comes back as.
    """
    name = path.absolute().name
    if name.startswith(_NOTES):
        raise ReturnRefused(f"{name} is only a note that another program makes while a file is open. Take in the file.")
    if path.exists() and not path.is_file():
        raise ReturnRefused(f"{name} is a folder or a device, not a file. Take in the files that are in it.")
    try:
        _check_length(name, path.stat().st_size, limits)
        with path.open("rb") as file:
            file_hash = hashlib.file_digest(file, "sha256").hexdigest()
            file.seek(0)
            head = file.read(_HEAD)
            content = head + file.read() if head.startswith(_OLE) else head
    except FileNotFoundError:
        raise ReturnRefused(f"There is no file {name} in {path.absolute().parent}.") from None
    except OSError as problem:
        raise ReturnRefused(f"{name} cannot be read: {problem.strerror or 'no access'}.") from None
    return ScannedFile(_package(name, path.suffix.casefold(), content, documents=documents), file_hash)


def look_at(content: bytes, name: str, suffix: str, limits: FileLimits = LIMITS) -> ScannedFile:
    """What the bytes of a file say that is enclosed in another; ``name`` is what sentences call it.

    Raises:
        ReturnRefused: as ``look``.
    """
    _check_length(name, len(content), limits)
    return ScannedFile(_package(name, suffix.casefold(), content, documents=False), hashlib.sha256(content).hexdigest())


def _check_length(name: str, size: int, limits: FileLimits) -> None:
    if size > limits.file:
        raise ReturnRefused(
            f"{name} is far larger than a return ({megabytes(size)}; at most {megabytes(limits.file)} is read), so "
            f"it was not opened. {COPY_TABLES}"
        )


def _package(name: str, suffix: str, content: bytes, *, documents: bool) -> Package:
    """What a file is by its first bytes; by all of them, where it is in the form of Office 97."""
    if not content:
        raise ReturnRefused(f"{name} is empty (0 bytes). Ask for it again.")
    if content.startswith(_ZIP):
        return "zip"
    if content.startswith(_OLE):
        if _OUTLOOK in content:
            return "msg"
        if _ENCRYPTED in content:
            return "protected"
        told = told_by_streams(content)
        raise ReturnRefused(f"{name} {where_documents_are_read(told) if documents else told}")
    if _PROJECT.match(content[:_HEAD].lstrip(_BLANK)):
        return "xml"
    told = told_by_start(content[:_HEAD])
    if told:
        raise ReturnRefused(f"{name} {where_documents_are_read(told) if documents else told}")
    if suffix in _TEXTS:
        return "text"
    if suffix == ".eml" or is_mail(content[:_HEAD]):
        return "eml"
    if documents:
        raise ReturnRefused(f"{name} is neither a workbook nor a Word document. Choose another file.")
    raise ReturnRefused(f"{name} is not an Excel workbook. {ASK_AGAIN}")


def scan(
    source: Path | BinaryIO, name: str, limits: FileLimits = LIMITS, *, documents: bool = False
) -> tuple[Form, list[str]]:
    """Look over a zip of parts: which form of workbook it is, and sentences on what is left aside, such as macros.

    Args:
        source: The file.
        name: What sentences call it.
        limits: What it may at most be.
        documents: Whether it may be a Word document.

    Raises:
        ReturnRefused: if it is no workbook, or one that is damaged, protected, or made to do harm.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            document = documents and _DOCUMENT in PartNames(archive)
            parts = _listed(archive, name, limits, known=document)
            open_document = not document and _is_open_document(archive, name)
            aside = _look_through(archive, parts, name, limits, _AS_DOCUMENT if document else _AS_WORKBOOK)
    except ZIP_PROBLEMS:
        raise ReturnRefused(
            f"{name} is incomplete or damaged, as when a download is cut off. Ask for it again."
        ) from None
    if document:
        return "docx", sorted(aside)
    return "ods" if open_document else "xlsm" if _MACROS in aside else "xlsx", sorted(aside)


def scan_xml(source: BinaryIO, name: str, limits: FileLimits = LIMITS) -> None:
    """Look through a file of XML, a piece at a time.

    Raises:
        ReturnRefused: if it declares a document type, is damaged, or nests deeper than a return does.
    """
    check = _XmlCheck(name, "Project", limits, _AS_PROJECT)
    for piece in _whole_tags(source, name, "Project", limits.piece):
        check.goes_on(piece)
        check.counted()
    check.end()


def _listed(archive: zipfile.ZipFile, name: str, limits: FileLimits, *, known: bool) -> list[zipfile.ZipInfo]:
    """The parts that the file declares, if their number, names and sizes are bearable.

    ``known``: what it is, is known already.
    """
    parts = archive.infolist()
    names = [plain_name(part.filename) for part in parts]
    whole = sum(part.file_size for part in parts)
    if len(names) > limits.parts:
        raise _swells(name, f"{len(names):,} parts; at most {limits.parts:,} are read")
    if whole > limits.all_parts:
        raise _swells(name, f"{megabytes(whole)}; at most {megabytes(limits.all_parts)} is read")
    if len(set(names)) != len(names) or any(map(_unsafe, names)):
        raise ReturnRefused(f"{name} is not put together as a workbook is, so it was not opened. {ASK_AGAIN}")
    told = "" if known else told_by_parts(names)
    if told:
        raise ReturnRefused(f"{name} {told}")
    for part in parts:
        if part.flag_bits & 1:
            raise ReturnRefused(f"{name} holds parts that are encrypted, so it was not opened. {ASK_AGAIN}")
        _check_size(part, name, limits)
    return parts


def _check_size(part: zipfile.ZipInfo, name: str, limits: FileLimits) -> None:
    """Refuse a part that is too large, or swells too much, for what it is."""
    described = limits.described if _DESCRIBE.fullmatch(plain_name(part.filename)) else limits.part
    most = min(limits.part, described)
    if part.file_size > most:
        raise _swells(
            name, f"its part {part.filename} has {megabytes(part.file_size)}; at most {megabytes(most)} is read"
        )
    if part.file_size > max(limits.small, part.compress_size * limits.ratio):
        raise _swells(name, f"its part {part.filename} swells more than {limits.ratio} times")


def _unsafe(part: str) -> bool:
    path = PurePosixPath(part.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in part or "\0" in part


def _swells(name: str, what: str) -> ReturnRefused:
    return ReturnRefused(
        f"{name} would unpack to far more than a return holds ({what}), so it was not opened. {COPY_TABLES}"
    )


def _is_open_document(archive: zipfile.ZipFile, name: str) -> bool:
    """Whether it is an OpenDocument spreadsheet; one of Excel's otherwise.

    What it is, it says in a part of its own; where that is gone, its list of parts says it too.
    """
    parts = PartNames(archive)
    manifest = parts.read(_MANIFEST)
    declared = parts.read("mimetype") if "mimetype" in parts else manifest if _CONTENT_TYPES not in parts else b""
    if "mimetype" not in parts and _OPEN_DOCUMENT not in declared:
        if _CONTENT_TYPES not in parts:
            raise ReturnRefused(f"{name} is a zip file, but not an Excel workbook. {ASK_AGAIN}")
        return False
    if _OPEN_DOCUMENT not in declared or "content.xml" not in parts:
        raise ReturnRefused(f"{name} is an OpenDocument file, but not a spreadsheet. {ASK_AGAIN}")
    if b"encryption-data" in manifest:
        raise ReturnRefused(
            f"{name} is protected by a password. In LibreOffice choose Save As without “Save with password”, and "
            "take in that file."
        )
    return True


_MACROS = "The file holds macros. They were not run and nothing of them is kept."
_LINKS = "The file holds links to other files. They were not followed."


def _look_through(
    archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], name: str, limits: FileLimits, told: "_Told"
) -> set[str]:
    """Unpack each part within its declared size, and refuse what no return holds. Gives what is left aside."""
    aside: set[str] = set()
    counts = dict.fromkeys(_THINGS.values(), 0)
    most = {"rows": limits.rows, "cells": limits.cells, "texts": limits.strings}
    merged = 0
    for part in parts:
        known_as = plain_name(part.filename)
        if known_as.endswith("vbaproject.bin") or known_as.startswith("basic/"):
            aside.add(_MACROS)
        if "externallinks/" in known_as:
            aside.add(_LINKS)
        check = _XmlCheck(name, part.filename, limits, told)
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
                raise ReturnRefused(
                    f"{name} merges more cells than a return has (at most {limits.merged:,}), so it was not read. "
                    f"{COPY_TABLES}"
                )
        check.end()
    return aside


def _pieces(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str, size: int) -> Iterator[bytes]:
    """A part's content, unpacked no further than it declared, in pieces that part no tag."""
    left = part.file_size
    with archive.open(part) as stream:
        for piece in _whole_tags(stream, name, part.filename, size):
            left -= len(piece)
            if left < 0:
                raise _swells(name, f"its part {part.filename} holds more than it declares")
            yield piece


def _whole_tags(stream: IO[bytes], name: str, part: str, size: int) -> Iterator[bytes]:
    """A stream in pieces that part no tag."""
    rest = b""
    while content := stream.read(size):
        if len(rest) > size:  # no tag of a workbook is as long as a piece
            raise _swells(name, f"a tag in its part {part} has more than {megabytes(size)}")
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


@dataclass(frozen=True)
class _Told:
    """What sentences call a file of a kind, the program that writes it, and what they say is to be done."""

    kind: str
    program: str
    advice: str


_AS_WORKBOOK = _Told("workbook", "Excel", ASK_AGAIN)
_AS_DOCUMENT = _Told(
    "document", "Word", "Open it in Word, save it again as Word Document (.docx), and choose that file."
)
_AS_PROJECT = _Told("project", "MS Project", SAVE_PROJECT)


class _XmlCheck:
    """Refuses a part that declares a document type, in which entities can be hidden, or that is not well formed."""

    def __init__(self, name: str, part: str, limits: FileLimits, told: _Told) -> None:
        self._name, self._part, self._limits, self._told = name, part, limits, told
        self._where = f" in its part {part}" if told is not _AS_PROJECT else ""
        self._parser: expat.XMLParserType | None = None
        self._ended: list[str] = []
        self._known: set[str] = set()
        self._open = 0

    def goes_on(self, piece: bytes) -> bool:
        """Look at the next piece; whether the rest of the part is to be looked at too."""
        if self._parser is None:
            if not piece.strip(_BLANK):
                return True  # what stands before the first tag does not say yet what the part is
            if not _is_xml(piece) or (plain_name(self._part).endswith(".vml") and b"<!DOCTYPE" not in piece):
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
            raise ReturnRefused(
                f"{self._name} is not put together as a {self._told.kind} is, so it was not opened:{self._where} "
                f"tags stand more than {self._limits.depth:,} deep, or are of more than {self._limits.names:,} kinds. "
                f"{self._told.advice}"
            )
        totals = dict.fromkeys(_THINGS.values(), 0)
        for name, several in counts.items():
            totals[_THINGS[name.rpartition(":")[2]]] += several
        return totals

    def end(self) -> None:
        """Say that the part is over."""
        if self._parser is not None:
            self._parse(b"", last=True)

    def _check_start(self, piece: bytes) -> None:
        told = _ENCODING.match(piece)
        wide = not piece.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") or b"\0" in piece[:4]
        if (wide or (told and told[1].lower() not in (b"utf-8", b"us-ascii"))) and not self._spare:
            raise ReturnRefused(
                f"{self._name} is written in an encoding that {self._told.program} does not use, so it was not opened. "
                f"{self._told.advice}"
            )

    @property
    def _spare(self) -> bool:
        """Whether the part is one that other programs leave in a workbook, and that nothing here reads."""
        return plain_name(self._part).startswith("customxml/")

    def _parse(self, piece: bytes, *, last: bool) -> None:
        assert self._parser is not None
        self._open += piece.count(b"<") - piece.count(b"</")  # at most as many tags begin; those that end are told
        try:
            self._parser.Parse(piece, last)
        except _Doctype:
            raise ReturnRefused(
                f"{self._name} declares a document type{self._where}, which no {self._told.kind} needs and harm can "
                f"hide in, so it was not opened. {self._told.advice}"
            ) from None
        except (expat.ExpatError, LookupError, ValueError):
            raise ReturnRefused(f"{self._name} is damaged{self._where}. {self._told.advice}") from None


def _is_xml(content: bytes) -> bool:
    """Whether a part is XML in any of its encodings, whatever its name."""
    return content.lstrip(_BLANK).startswith((b"<", b"\x4c\x6f\xa7\x94"))
