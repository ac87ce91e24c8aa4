"""Mails as they travel the Internet (.eml): RFC 5322, and MIME as RFC 2045 to 2047 and 2231 have it, faults and all.

The standard library takes the mail apart in its older policy, which leaves header fields as they stand: they are
decoded here, within bounds.
"""

import re
from collections.abc import Iterator
from datetime import UTC
from email.header import decode_header, make_header
from email.message import Message as MimeMessage
from email.parser import BytesParser
from email.policy import compat32
from email.utils import parseaddr, parsedate_to_datetime
from io import BytesIO
from typing import BinaryIO

from spp_desktop.returns.limits import FileLimits
from spp_desktop.returns.mail.message import LONGEST, LONGEST_KIND, MailPart, Message, file_name, plain
from spp_desktop.returns.records import TooMuch, Unreadable

_MOST_HEADER = 8 * LONGEST
"""Characters of a header field that are looked at."""

_MOST_BLANK = 1_000
"""Bytes in which the head is to begin."""

_MOST_FIELDS = 1_000
"""Fields of a head that are read."""

_ADDRESS = re.compile(r"<([^<>\s]+@[^<>\s]+)>")
_OLD_ATTACHMENT = re.compile(r"^begin [0-7]{3,4} (\S[^\r\n]*)\r?$", re.MULTILINE)
"""The first line of a file within a text, as programs wrote it before MIME (POSIX, uuencode)."""

_UUENCODED = ("x-uuencode", "uuencode", "uue", "x-uue")
_CODINGS = ("", "7bit", "8bit", "binary", "quoted-printable", "base64", *_UUENCODED)
_PACKED = (b"PK", b"\xd0\xcf")
"""The first bytes of what shows itself whether it is whole: a zip, a compound file."""

IN_ITS_TEXT = "in its text, in an old form (uuencode): save it in your mail program, and take in that file"


def read(file: BinaryIO, limits: FileLimits) -> Message:
    """A mail in a file.

    Raises:
        TooMuch: if it is made of more parts than one is.
        ValueError: if it has no head, as when it was saved in letters of two bytes.
        Exception: of any kind that the library meets in a damaged one.
    """
    parts = 0

    def made(*_: object, **__: object) -> MimeMessage:
        """A part more of the mail, within the limit."""
        nonlocal parts
        parts += 1
        if parts > limits.mail_parts:
            raise TooMuch("parts than a mail has", limits.mail_parts)
        return _BoundedMessage(policy=compat32)

    _skip_to_head(file)
    mail = BytesParser(made, policy=compat32).parse(file)
    if not len(mail):
        raise ValueError
    return _message(mail)


def _skip_to_head(file: BinaryIO) -> None:
    """Go to where the head begins: some programs put a mark of UTF-8 or blank lines before it."""
    start = file.read(_MOST_BLANK)
    file.seek(len(start) - len(start.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n \t")))


class _BoundedMessage(MimeMessage):
    """A message whose head is kept within bounds: the library takes some fields apart at the square of their length."""

    def set_raw(self, name: str, value: str) -> None:
        """Add a field as the parser read it; what is longer than any is cut, and what is beyond any number left out."""
        if len(self) < _MOST_FIELDS:
            super().set_raw(name, value[:_MOST_HEADER])


def _message(mail: MimeMessage) -> Message:
    whom = _header(mail, "From") or _header(mail, "Sender")
    name, address = parseaddr(whom)
    if "@" not in address:
        bare = _ADDRESS.search(whom)
        name, address = (whom[: bare.start()].strip(' "'), bare[1]) if bare else (whom, "")
    parts = tuple(part for leaf in _leaves(mail) for part in _parts(leaf))
    return Message(_words(name), plain(address), _sent_at(mail), _words(_header(mail, "Subject")), parts)


def _leaves(mail: MimeMessage) -> Iterator[MimeMessage]:
    """The parts of a mail that are no bundles of others; a mail within it is one."""
    content = mail.get_payload()
    if mail.get_content_maintype() == "multipart" and isinstance(content, list):
        for part in content:
            if isinstance(part, MimeMessage):
                yield from _leaves(part)
    else:
        yield mail


def _parts(leaf: MimeMessage) -> Iterator[MailPart]:
    _mend(leaf)
    kind, name = (
        plain(leaf.get_content_type(), LONGEST_KIND),
        file_name(_words(leaf.get_filename() or "", _MOST_HEADER)),
    )
    content = leaf.get_payload()
    if isinstance(content, list):
        inner = next((part for part in content if isinstance(part, MimeMessage)), None)
        if inner is not None and kind == "message/rfc822":
            yield MailPart(name, kind, message=lambda: _message(inner))
        return
    if kind.startswith("multipart/"):
        yield MailPart(name, kind, why_not="damaged, so that its parts cannot be told apart")
        return
    if not name and kind.startswith("text/") and leaf.get_content_disposition() != "attachment":
        if isinstance(content, str):
            yield from (MailPart(file_name(old[1]), why_not=IN_ITS_TEXT) for old in _OLD_ATTACHMENT.finditer(content))
        return
    yield MailPart(name, kind, content=lambda: _decoded(leaf))


def _decoded(leaf: MimeMessage) -> bytes:
    """The bytes of a part.

    Raises:
        Unreadable: if its coding is damaged, or not known. A packed workbook tells itself whether it is whole.
    """
    coding = _header(leaf, "Content-Transfer-Encoding").casefold()
    if coding not in _CODINGS:
        raise _Damaged(f"it is coded in a way that is not known here ({plain(coding, 20)})")
    coded, content = leaf.get_payload(), leaf.get_payload(decode=True)
    content = content if isinstance(content, bytes) else b""
    coded_still = coding in _UUENCODED and content == str(coded).encode("ascii", "surrogateescape")
    if (leaf.defects or coded_still) and not content.startswith(_PACKED):
        raise _Damaged("it was damaged on its way through the mail")
    return content


class _Damaged(Unreadable):
    """A part of a mail that cannot be decoded."""

    advice = "Ask for it again."


def _mend(leaf: MimeMessage) -> None:
    """Let the library read what it would leave as it stands: blanks behind a coding's name, and bytes beyond ASCII."""
    for name in ("Content-Type", "Content-Disposition", "Content-Transfer-Encoding"):
        if name in leaf:
            leaf.replace_header(name, _header(leaf, name))


def _header(mail: MimeMessage, name: str) -> str:
    """A header field as it stands, with its bytes beyond ASCII read as UTF-8, or else as Windows does."""
    text = next((str(value) for key, value in mail.raw_items() if key.casefold() == name.casefold()), "")
    content = text[:_MOST_HEADER].encode("utf-8", "surrogateescape")
    try:
        return content.decode("utf-8").strip()
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace").strip()


def _words(text: str, longest: int = LONGEST) -> str:
    """A text whose encoded words (RFC 2047) are read; as it stands where they cannot be."""
    try:
        return plain(str(make_header(decode_header(text))), longest)
    except (LookupError, ValueError):
        return plain(text, longest)


def _sent_at(mail: MimeMessage) -> str:
    try:
        return parsedate_to_datetime(_header(mail, "Date")).replace(microsecond=0).astimezone(UTC).isoformat()
    except (ValueError, TypeError, OverflowError, IndexError):
        return ""


def of_bytes(content: bytes, limits: FileLimits) -> Message:
    """A mail in some bytes; raises what ``read`` raises."""
    return read(BytesIO(content), limits)
