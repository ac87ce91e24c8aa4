"""What a mail that came in says of itself, and the files that it encloses, as plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from spp_desktop.returns.scan import ReturnRefused


@dataclass(frozen=True)
class MailHead:
    """Who sent a mail and when, by its own word, which anybody can write.

    Attributes:
        file: The name of the mail's file.
        sender: The name of who sent it; may be empty.
        address: Their address; may be empty.
        sent_at: When it was sent, an ISO time in UTC; empty if it does not say.
        subject: Its subject.
        forwarded_by: Who sent it on, the last first; empty if nobody did.
    """

    file: str
    sender: str = ""
    address: str = ""
    sent_at: str = ""
    subject: str = ""
    forwarded_by: str = ""

    @property
    def from_whom(self) -> str:
        """Who sent it, as a person reads it: "Jo Bloggs <jo@force.example>"; empty if it does not say."""
        if self.sender and self.address and self.sender.casefold() != self.address.casefold():
            return f"{self.sender} <{self.address}>"
        return self.address or self.sender


@dataclass(frozen=True)
class Enclosed:
    """A file that a mail encloses.

    Attributes:
        place: Where it stands in the mail: the number of its part, after those of the mails around it.
        name: Its own name.
        mail: The mail in which it stands.
        notices: Sentences on what else the mail encloses.
    """

    place: tuple[int, ...]
    name: str
    mail: MailHead
    notices: tuple[str, ...] = ()

    @property
    def called(self) -> str:
        """Its name with that of the mail, as sentences have it."""
        return called(self.name, self.mail)


def called(name: str, mail: MailHead | None) -> str:
    """A file's name as sentences have it: with that of the mail in which it stands, if it stands in one."""
    return name if mail is None else f"{name} (in {mail.file})"


class MailReceived(ReturnRefused):
    """A file is a mail: the workbooks that it encloses are read each by itself. There is at least one."""

    def __init__(self, name: str, enclosed: Sequence[Enclosed]) -> None:
        self.enclosed = tuple(enclosed)
        names = ", ".join(file.name for file in self.enclosed)
        super().__init__(f"{name} is a mail that encloses {names}.")


def as_record(enclosed: Sequence[Enclosed]) -> dict[str, Any]:
    """Enclosed files as the process that reads says them; ``from_record`` reads it."""
    return {"enclosed": [asdict(file) for file in enclosed]}


def from_record(record: Mapping[str, Any]) -> list[Enclosed]:
    """What ``as_record`` was given."""
    return [
        Enclosed(tuple(file["place"]), file["name"], MailHead(**file["mail"]), tuple(file["notices"]))
        for file in record["enclosed"]
    ]
