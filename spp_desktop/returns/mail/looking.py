"""What a mail encloses, looked into within bounds by the process that reads: which of its parts may be a return."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import PurePath
from typing import BinaryIO, Literal

from spp_desktop.returns.foreign import SAVE_ATTACHED
from spp_desktop.returns.limits import FileLimits
from spp_desktop.returns.mail import mime, outlook
from spp_desktop.returns.mail.enclosed import Enclosed, MailHead
from spp_desktop.returns.mail.message import MailPart, Message
from spp_desktop.returns.records import Unreadable
from spp_desktop.returns.scan import ReturnRefused

MailForm = Literal["eml", "msg"]

_READERS: Mapping[str, Callable[[BinaryIO, FileLimits], Message]] = {"eml": mime.read, "msg": outlook.read}

_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".xltx", ".ods", ".csv", ".xml", ".mpp")
"""The endings of files that are read as returns, those of MS Project too, or refused with what to do instead."""

_WORKBOOK_KINDS = ("spreadsheet", "ms-excel", "text/csv")
"""Parts of the media types of such files, for those whose name has lost its ending."""

_MAILS = {".eml": mime.of_bytes, ".msg": outlook.of_bytes}
_SIGNED = "multipart/signed"
"""The type under which Outlook keeps a mail that is signed and can be read: the whole of it ([MS-OXOSMIME] 2.1.3.2)."""

_SEALED = (
    ("pkcs7-mime", "encrypted"),
    ("smime.p7m", "encrypted"),
    ("pgp-encrypted", "encrypted"),
    ("rpmsg", "protected so that it opens only for those it was sent to"),
)
"""What stands in the type or the name of a part in which a whole mail is locked up, and what the mail then is."""

_WINMAIL = ("ms-tnef", "winmail.dat")
_NO_FILE = ("pkcs7-signature", "pgp-signature", "smime.p7s", "application/applefile")
"""What stands in the type or the name of parts of which nothing is said: signatures, and what a Mac keeps beside a
file under the same name (AppleDouble, RFC 1740)."""
_HINTS = {
    ".zip": "unpack it, and take in the workbook in it",
    ".plan": "a plan: save it from the mail, and open it",
}
"""What to do with files that are left aside, by their endings."""

_MOST_NAMED = 5
"""How many of the parts that are left aside are named."""


def opened(file: BinaryIO, form: str, name: str, limits: FileLimits) -> Message:
    """A mail in a file of this form and name.

    Raises:
        ReturnRefused: with a sentence, if it is damaged.
        TooMuch: if it is made of more than a mail is.
    """
    try:
        return _READERS[form](file, limits)
    except (MemoryError, Unreadable):
        raise
    except Exception:  # noqa: BLE001 - a damaged file raises whatever it likes, and none of it means anything to a person
        raise ReturnRefused(f"{name} cannot be read as a mail: something in it is damaged. {SAVE_ATTACHED}") from None


def enclosed(message: Message, name: str, limits: FileLimits) -> list[Enclosed]:
    """The files of a mail that may be returns, also in mails that it forwards; at least one.

    Raises:
        ReturnRefused: with a sentence, if there is none.
    """
    look = _Look(name, limits)
    files = list(look.into(message, MailHead(name), ()))
    if not files:
        raise ReturnRefused(look.why_none())
    return [replace(files[0], notices=look.notices()), *files[1:]]


def content_at(message: Message, place: tuple[int, ...], limits: FileLimits) -> bytes:
    """The bytes of the file at a place.

    Raises:
        LookupError: if there is none.
    """
    *around, last = place
    for number in around:
        inner = _inside(message.parts[number], limits)
        if inner is None:
            raise LookupError(place)
        message = inner()
    content = message.parts[last].content
    if content is None:
        raise LookupError(place)
    return content()


class _Look:
    """One look into a mail, and what is left aside in it."""

    def __init__(self, name: str, limits: FileLimits) -> None:
        self._name, self._limits = name, limits
        self._parts = 0
        self._aside: list[str] = []
        self._sealed = ""
        self._winmail = False

    def into(self, message: Message, around: MailHead, place: tuple[int, ...]) -> Iterator[Enclosed]:
        """The files in a mail, and in the mails in it."""
        head = _head(message, around)
        for number, part in enumerate(message.parts):
            self._parts += 1
            here = (*place, number)
            told = f"{part.kind} {part.name.casefold()}"
            inner = _inside(part, self._limits)
            if self._parts > self._limits.mail_parts or any(mark in told for mark in _NO_FILE):
                continue
            if inner is not None and len(here) <= self._limits.mail_depth:
                yield from self._within(inner, part, head, here)
            elif inner is not None:
                self._aside.append(f"{part.name or 'a mail'} (too deep in other mails)")
            elif any(mark in told for mark in _WINMAIL):
                self._winmail = True
            elif sealed := next((word for mark, word in _SEALED if mark in told), ""):
                self._sealed = sealed
            elif part.content is not None and _may_be_return(part):
                yield Enclosed(here, part.name or f"attachment {number + 1}", head)
            else:
                self._aside.append(_named(part))

    def _within(
        self, inner: Callable[[], Message], part: MailPart, head: MailHead, place: tuple[int, ...]
    ) -> Iterator[Enclosed]:
        try:
            message = inner()
        except (MemoryError, Unreadable):
            raise
        except Exception:  # noqa: BLE001 - as in ``opened``
            self._aside.append(f"{part.name or 'a mail'} (damaged)")
        else:
            yield from self.into(message, head, place)

    def notices(self) -> tuple[str, ...]:
        """Sentences on what is left aside."""
        told = [f"{self._name} also encloses {self._listed()}: left aside."] if self._aside else []
        if self._winmail:
            told.append(f"{self._name} also encloses a winmail.dat, which was not looked into.")
        return tuple(told)

    def _listed(self) -> str:
        more = len(self._aside) - _MOST_NAMED
        return ", ".join(self._aside[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")

    def why_none(self) -> str:
        """Why there is nothing to be read, and what to do, in a sentence or two."""
        if self._sealed:
            return f"{self._name} is a mail that is {self._sealed}, so it cannot be read here. {SAVE_ATTACHED}"
        if self._winmail:
            return (
                f"{self._name} encloses its files in a winmail.dat, which only Outlook opens. Open the mail in "
                "Outlook, save the workbook that is attached, and take in that; or ask for it again, sent as HTML."
            )
        if self._aside:
            return (
                f"{self._name} is a mail with no workbook attached, only {self._listed()}. Ask for the workbook itself."
            )
        return (
            f"{self._name} is a mail with nothing attached. If its text has a link to the workbook, save what it leads "
            "to, and take in that; otherwise ask for the workbook."
        )


def _named(part: MailPart) -> str:
    """A part that is left aside, with what to do about it."""
    hint = part.why_not or _HINTS.get(PurePath(part.name).suffix.casefold(), "")
    return f"{part.name or part.kind or 'a part'}{f' ({hint})' if hint else ''}"


def _head(message: Message, around: MailHead) -> MailHead:
    """What a mail says of itself; one within another that does not say who sent it is the one around it."""
    if not (message.sender or message.address) and around.from_whom:
        return around
    by = "; ".join(filter(None, (around.from_whom, around.forwarded_by)))
    return MailHead(around.file, message.sender, message.address, message.sent_at, message.subject, by)


def _inside(part: MailPart, limits: FileLimits) -> Callable[[], Message] | None:
    """What gives the mail that a part is; ``None`` if it is none."""
    content = part.content
    if part.message is not None or content is None:
        return part.message
    if part.kind == _SIGNED:
        return lambda: mime.of_bytes(content(), limits)
    reader = _MAILS.get(PurePath(part.name).suffix.casefold())
    return None if reader is None else lambda: reader(content(), limits)


def _may_be_return(part: MailPart) -> bool:
    """Whether a part may be a return, by its name; by its type, where the name has no ending."""
    ending = PurePath(part.name).suffix.casefold()
    return ending in _WORKBOOKS or (
        ending in ("", ".dat", ".bin") and any(kind in part.kind for kind in _WORKBOOK_KINDS)
    )
