"""Mails that tests take in, of both forms, and what is asked of them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest

from spp_desktop.returns.intake import Enclosed, MailReceived, Received, take
from spp_desktop.returns.limits import LIMITS, FileLimits
from spp_desktop.returns.scan import ReturnRefused
from tests.returns.mail import msg_made
from tests.returns.mail.msg_made import Attached, OutlookMail

SHEET = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SENT = datetime(2008, 10, 14, 9, 32, tzinfo=UTC)
SIAN, ADDRESS = "Siân Ŵyn", "sian.wyn@force.example"


def eml(path: Path, *attached: tuple[str, bytes], sender: str = f"{SIAN} <{ADDRESS}>", kind: str = SHEET) -> Path:
    """A mail with some files attached, as a mail program writes it."""
    path.write_bytes(made(*attached, sender=sender, kind=kind).as_bytes())
    return path


def made(*attached: tuple[str, bytes], sender: str = f"{SIAN} <{ADDRESS}>", kind: str = SHEET) -> EmailMessage:
    """The mail itself."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = sender
    mail["Subject"] = "Re: Status return"
    mail["Date"] = SENT
    mail.set_content("Here it is, with kind regards.")
    for name, content in attached:
        mail.add_attachment(content, maintype="application", subtype=kind, filename=name)
    return mail


def msg(path: Path, *attached: tuple[str, bytes]) -> Path:
    """The same as Outlook saves it."""
    files = [Attached(name, content) for name, content in attached]
    return msg_made.write(path, OutlookMail(SIAN, ADDRESS, SENT, "Re: Status return", files))


def raw(path: Path, *lines: str | bytes) -> Path:
    """A mail of just these lines."""
    path.write_bytes(b"\r\n".join(line.encode() if isinstance(line, str) else line for line in lines))
    return path


def enclosed(path: Path, limits: FileLimits = LIMITS) -> Sequence[Enclosed]:
    """The files that a mail encloses."""
    with pytest.raises(MailReceived) as mail:
        take(path, limits)
    files = mail.value.enclosed
    assert str(mail.value) == f"{path.name} is a mail that encloses {', '.join(file.name for file in files)}."
    return files


def taken(path: Path, limits: FileLimits = LIMITS) -> list[Received]:
    """All that a mail encloses, read."""
    return [take(path, limits, enclosed=file) for file in enclosed(path, limits)]


def refused(path: Path, limits: FileLimits = LIMITS, inside: Enclosed | None = None) -> str:
    """Why a mail, or a file in it, is not taken in."""
    with pytest.raises(ReturnRefused) as refusal:
        take(path, limits, enclosed=inside)
    assert not isinstance(refusal.value, MailReceived)
    return str(refusal.value)


def sentence_on(path: Path) -> str:
    """What is said of a file that may be no mail any more, or of one that it encloses; empty if all of it is read."""
    try:
        take(path)
    except MailReceived as mail:
        try:
            for inside in mail.enclosed:
                take(path, enclosed=inside)
        except ReturnRefused as refusal:
            return str(refusal)
    except ReturnRefused as refusal:
        return str(refusal)
    return ""
