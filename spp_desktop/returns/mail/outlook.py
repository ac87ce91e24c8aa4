"""Mails as Outlook saves them (.msg): property sets in a compound file, as [MS-OXMSG] lays them out.

A property has a number of 16 bits and a type. A text or a block of bytes is a stream that both name; what is shorter
stands in the table of the storage. The numbers are those of [MS-OXPROPS].
"""

import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from io import BytesIO
from typing import BinaryIO

from olefile import OleFileIO

from spp_desktop.returns.limits import FileLimits
from spp_desktop.returns.mail.message import LONGEST_KIND, MailPart, Message, file_name, plain
from spp_desktop.returns.records import TooMuch

TABLE = "__properties_version1.0"
"""The stream of the properties that stand in a table ([MS-OXMSG] 2.4)."""

_ATTACHMENT = "__attach_version1.0_#"
"""The beginning of the name of an attachment's storage ([MS-OXMSG] 2.2.2)."""

_STREAM = "__substg1.0_{:04X}{:04X}"
"""The name of a stream by the number and the type of its property ([MS-OXMSG] 2.1.1)."""

_TOP, _WITHIN, _BESIDE = 32, 24, 8
"""Bytes before a table's first entry: of the mail, of a mail within it, of an attachment ([MS-OXMSG] 2.4.1)."""

_STRING, _STRING8, _BINARY, _OBJECT, _TIME, _INTEGER = 0x001F, 0x001E, 0x0102, 0x000D, 0x0040, 0x0003
"""The types of properties ([MS-OXCDATA] 2.11.1)."""

_SENDER_NAME, _SENDER_ADDRESS, _SENDER_SMTP = 0x0C1A, 0x0C1F, 0x5D01
"""PidTagSenderName, PidTagSenderEmailAddress, PidTagSenderSmtpAddress."""

_FOR_NAME, _FOR_ADDRESS, _FOR_SMTP = 0x0042, 0x0065, 0x5D02
"""PidTagSentRepresentingName, …EmailAddress, …SmtpAddress: on whose behalf it was sent."""

_SUBJECT, _CLASS = 0x0037, 0x001A
"""PidTagSubject, PidTagMessageClass."""

_SUBMITTED, _DELIVERED = 0x0039, 0x0E06
"""PidTagClientSubmitTime, PidTagMessageDeliveryTime."""

_CODE_PAGES = (0x3FFD, 0x3FDE)
"""PidTagMessageCodepage, PidTagInternetCodepage: what texts of 8 bits are written in."""

_LONG_NAME, _SHORT_NAME, _SHOWN_NAME, _KIND = 0x3707, 0x3704, 0x3001, 0x370E
"""PidTagAttachLongFilename, PidTagAttachFilename, PidTagDisplayName, PidTagAttachMimeTag."""

_DATA, _METHOD = 0x3701, 0x3705
"""PidTagAttachDataBinary, or with the type of an object PidTagAttachDataObject; PidTagAttachMethod."""

_BY_LINK = {2, 3, 4, 7}
"""The methods by which an attachment is only a link: by reference, or to the web ([MS-OXCMSG] 2.2.2.9)."""

IS_LINK = "only a link: open it in your mail program, save the file, and take in that"

_MOST_TEXT = 8_000
"""Bytes of a text that are read."""

_ENTRY = struct.Struct("<HHI8s")
"""An entry of a table: type, number, flags and value ([MS-OXMSG] 2.4.2)."""

_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
"""The moment from which times are counted, in tenths of a microsecond ([MS-DTYP] 2.3.3)."""


def read(file: BinaryIO, limits: FileLimits) -> Message:
    """A mail in a file.

    Raises:
        TooMuch: if it has more attachments than a mail has.
        ValueError: if it is a compound file, but no mail.
        Exception: of any kind that olefile meets in a damaged one.
    """
    mail = OleFileIO(file)
    if not mail.exists(TABLE):
        raise ValueError(TABLE)
    return _Storage(mail, limits, (), _TOP).message()


def of_bytes(content: bytes, limits: FileLimits) -> Message:
    """A mail in some bytes; raises what ``read`` raises."""
    return read(BytesIO(content), limits)


class _Storage:
    """A storage with properties: the mail, an attachment of it, or a mail within it."""

    def __init__(self, mail: OleFileIO, limits: FileLimits, path: tuple[str, ...], head: int, pages: str = "") -> None:
        self._mail, self._limits, self._path = mail, limits, path
        table = self._stream(TABLE)[head:] if mail.exists([*path, TABLE]) else b""
        self._table = {number: (kind, value) for kind, number, _, value in _ENTRY.iter_unpack(_whole(table))}
        self._pages = self._code_page() or pages or "cp1252"

    def message(self) -> Message:
        """It as a mail."""
        names = (self.text(_FOR_NAME) or self.text(_SENDER_NAME), self.text(_SENDER_NAME))
        return Message(
            plain(names[0]),
            plain(self._address()),
            self._time(_SUBMITTED) or self._time(_DELIVERED),
            plain(self.text(_SUBJECT)),
            tuple(self._attachments()),
        )

    def _address(self) -> str:
        """The address of who sent it; that of an Exchange directory ("/O=…") says nothing to a person."""
        known = map(self.text, (_FOR_SMTP, _FOR_ADDRESS, _SENDER_SMTP, _SENDER_ADDRESS))
        return next((address for address in known if "@" in address and not address.startswith("/")), "")

    def _attachments(self) -> Iterator[MailPart]:
        below = sorted(
            path[-1]
            for path in self._mail.listdir(streams=False, storages=True)
            if tuple(path[:-1]) == self._path and path[-1].startswith(_ATTACHMENT)
        )
        if len(below) > self._limits.mail_parts:
            raise TooMuch("parts than a mail has", self._limits.mail_parts)
        for name in below:
            yield _Storage(self._mail, self._limits, (*self._path, name), _BESIDE, self._pages).part()

    def part(self) -> MailPart:
        """It as an attachment."""
        name = file_name(next(filter(None, map(self.text, (_LONG_NAME, _SHORT_NAME, _SHOWN_NAME))), ""))
        kind = plain(self.text(_KIND), LONGEST_KIND).casefold()
        data, mail = _STREAM.format(_DATA, _BINARY), _STREAM.format(_DATA, _OBJECT)
        inside = (*self._path, mail)
        if self._mail.exists([*inside, TABLE]):
            return MailPart(name, kind, message=partial(self._within, inside))
        if self._mail.exists([*self._path, data]):
            return MailPart(name, kind, content=partial(self._stream, data))
        link = self._integer(_METHOD) in _BY_LINK
        return MailPart(name, kind, why_not=IS_LINK if link else "with nothing in it that can be read")

    def _within(self, path: tuple[str, ...]) -> Message:
        return _Storage(self._mail, self._limits, path, _WITHIN, self._pages).message()

    def text(self, number: int) -> str:
        """The text of a property in either form; empty if it has none."""
        for kind, code in ((_STRING, "utf-16-le"), (_STRING8, self._pages)):
            name = _STREAM.format(number, kind)
            if self._mail.exists([*self._path, name]):
                return self._stream(name, _MOST_TEXT).decode(code, "replace").rstrip("\0")
        return ""

    def _stream(self, name: str, most: int = -1) -> bytes:
        return bytes(self._mail.openstream([*self._path, name]).read(most))

    def _time(self, number: int) -> str:
        kind, value = self._table.get(number, (0, b""))
        if kind != _TIME:
            return ""
        try:
            return (
                (_EPOCH + timedelta(microseconds=int.from_bytes(value, "little") // 10))
                .replace(microsecond=0)
                .isoformat()
            )
        except OverflowError:
            return ""

    def _integer(self, number: int) -> int:
        kind, value = self._table.get(number, (0, b""))
        return int.from_bytes(value[:4], "little") if kind == _INTEGER else 0

    def _code_page(self) -> str:
        """The name of the coding of texts of 8 bits; empty if it is not said or not known."""
        for number in filter(None, map(self._integer, _CODE_PAGES)):
            name = {65001: "utf-8", 20127: "ascii", 28591: "latin-1"}.get(number, f"cp{number}")
            try:
                "".encode(name)
            except LookupError:
                continue
            return name
        return ""


def _whole(table: bytes) -> bytes:
    """The entries of a table that are whole."""
    return table[: len(table) - len(table) % _ENTRY.size]
