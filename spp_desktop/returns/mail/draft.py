"""A mail that is written but not sent, as a file: mail programs open it as a draft, with its workbook attached.

It goes to the addresses that the plan has; where it has none, whoever sends it has them in their own book.
``X-Unsent: 1`` is what makes Outlook open an .eml file for editing; Thunderbird keeps to it too. All else is RFC 5322
and MIME, with lines that end in CRLF.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.headerregistry import ContentDispositionHeader, ContentTypeHeader
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from spp_desktop.returns.aside import NotWritten, put

ENDING = ".eml"
_PROJECT = ("application", "xml")
HEAD = "X-SPP-Head"
"""The header field that holds the head of the plan's sealed chain."""

WORKBOOK = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")
"""The media type of a workbook (ECMA-376 part 1, annex A)."""

_WHOLE_LINES = SMTP.clone(max_line_length=None)


@dataclass(frozen=True)
class MailDraft:
    """What a draft is made of.

    Attributes:
        key: What tells it from every other; the same key and content are the same bytes.
        at: The moment it bears as its date, with its zone.
        subject: Its subject, one line.
        body: Its text.
        head: The head of the plan's sealed chain, which every file carries that leaves the plan.
        workbook: The workbook that is attached; ``None`` for a mail alone.
        to: The addresses that it goes to.
    """

    key: str
    at: datetime
    subject: str
    body: str
    head: str
    workbook: Path | None = None
    to: tuple[str, ...] = ()


class _Named(EmailPolicy):
    """The policy of a draft: the name of the attached file in forms that every mail program reads, never cut in parts.

    A name beyond ASCII stands as RFC 2231 says in ``filename*``, and as an encoded word of RFC 2047 in the ``name`` of
    the type, as Outlook writes it itself. RFC 2231's continuations (``filename*0*``) are not read everywhere.
    """

    def fold_binary(self, name: str, value: Any) -> bytes:
        """A header as it is written."""
        if isinstance(value, ContentTypeHeader) and not str(value.params.get("name", "")).isascii():
            words = Header(value.params["name"], "utf-8", header_name=name).encode(linesep=self.linesep)
            return f'{name}: {value.content_type};{self.linesep} name="{words}"{self.linesep}'.encode("ascii")
        whole = name == HEAD or isinstance(value, ContentTypeHeader | ContentDispositionHeader)
        return _WHOLE_LINES.fold_binary(name, value) if whole else super().fold_binary(name, value)


_POLICY = _Named(linesep="\r\n")


def as_bytes(draft: MailDraft) -> bytes:
    """The draft as its file holds it.

    Raises:
        OSError: if the workbook cannot be read.
    """
    mark = hashlib.sha256(draft.key.encode()).hexdigest()[:32]
    mail = EmailMessage(policy=_POLICY)
    mail["X-Unsent"] = "1"
    if draft.to:
        mail["To"] = ", ".join(draft.to)
    mail["Subject"] = " ".join(draft.subject.split())
    mail["Date"] = format_datetime(draft.at)
    mail[HEAD] = draft.head
    mail["Message-ID"] = f"<{mark}@spp-desktop.invalid>"
    mail.set_content(draft.body + "\n", cte="quoted-printable")
    if draft.workbook is not None:
        main, sub = _PROJECT if draft.workbook.suffix == ".xml" else WORKBOOK
        mail.add_attachment(draft.workbook.read_bytes(), maintype=main, subtype=sub, filename=draft.workbook.name)
        for part in mail.iter_attachments():
            part.set_param("name", draft.workbook.name)
        mail.set_boundary(f"=_{mark}")  # "=_" stands in no quoted-printable text (RFC 2045, 6.7) and in no base64
    return mail.as_bytes()


def write(draft: MailDraft, path: Path) -> None:
    """Write the draft aside, read it again, and put it where it was asked for.

    Raises:
        NotWritten: if it cannot be kept there, or the workbook cannot be read; what stood there is untouched.
    """
    try:
        content = as_bytes(draft)
    except OSError as problem:
        name = draft.workbook.name if draft.workbook else path.name
        raise NotWritten(
            f"{name} could not be read ({problem.strerror or problem}), so no draft was made of it."
        ) from None
    put(lambda aside: aside.write_bytes(content), path, lambda aside: _compare(content, aside, path))


def _compare(content: bytes, aside: Path, path: Path) -> None:
    if aside.read_bytes() != content:
        raise NotWritten(f"{path.name} could not be read again as it was written. What stood there is untouched.")
