"""Mails saved as drafts, which mail programs open ready to be sent, with the workbook that each is about."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from spp_desktop.edits.issuing import Mail
from spp_desktop.returns.carried_head import NotHeld, carried
from spp_desktop.returns.mail.draft import ENDING, MailDraft, write
from spp_desktop.store import clock, exports
from spp_desktop.store.exports import Export
from spp_desktop.store.workspace import Workspace

MOST_FOLDERS = 500
"""How many folders beside the plan are looked through for a workbook that went out."""


@dataclass(frozen=True)
class Saved:
    """A draft that was saved.

    Attributes:
        path: where.
        whole: whether the workbook that it is about is attached to it.
        addressed: whether it names whom it goes to.
    """

    path: Path
    whole: bool
    addressed: bool = False


def path_of(mail: Mail, folder: Path) -> Path:
    """Where the draft of a mail is saved in a folder."""
    return folder / f"{mail.name}{ENDING}"


def save(workspace: Workspace, mail: Mail, folder: Path) -> Saved:
    """Save a mail as a draft in a folder.

    The workbook is attached if it is found as it went out, by the plan's own record: where it was written, or in a
    folder beside the plan. That it went out is recorded already, and the draft holds the very same file. The draft
    bears the time of the issue, so that one issue gives the same draft again; a reminder bears the present time.

    Raises:
        NotWritten: if it cannot be kept there; what stood there is untouched.
    """
    export = workspace.read_beside(exports.find, mail.issue) if mail.issue else None
    workbook = mail.workbook if export is None else _as_issued(export, _places(workspace, mail, export, folder))
    reminds = bool(mail.body_with_workbook)
    body = mail.body_with_workbook if workbook and reminds else mail.body
    at = clock.now() if export is None or reminds else export.at
    path = path_of(mail, folder)
    key = "/".join((mail.issue, mail.name, at if reminds else ""))
    moment, head = clock.world_time(at) or clock.local_now(), _head(workspace, workbook)
    write(MailDraft(key, moment, mail.subject, body, head, workbook, mail.addresses), path)
    return Saved(path, workbook is not None or not mail.issue, bool(mail.addresses))


def _head(workspace: Workspace, workbook: Path | None) -> str:
    """The head that the attached workbook carries, so that the draft of one issue says the same each time."""
    if workbook is not None:
        with suppress(NotHeld):
            for head in carried(workbook).heads:
                return head.text()
    return workspace.head()


def _places(workspace: Workspace, mail: Mail, export: Export, folder: Path) -> Iterator[Path]:
    """Where a workbook that went out may stand."""
    if mail.workbook is not None:
        yield mail.workbook
    home = workspace.path.parent
    yield from (folder / export.file_name, home / export.file_name)
    with suppress(OSError):
        for n, beside in enumerate(home.iterdir()):
            if n == MOST_FOLDERS:
                return
            yield beside / export.file_name


def _as_issued(export: Export, places: Iterator[Path]) -> Path | None:
    """The first of some files that is the one that went out, to the byte."""
    for place in places:
        with suppress(OSError):
            if place.is_file() and hashlib.sha256(place.read_bytes()).hexdigest() == export.file_hash:
                return place
    return None


def in_words(saved: Sequence[Saved], folder: Path) -> str:
    """What was saved and what is left to do, in two or three sentences."""
    several = len(saved) > 1
    drafts = f"{len(saved)} mail drafts" if several else f"“{saved[0].path.name}”"
    opens = "Each opens" if several else "It opens"
    first = f"Saved {drafts} in {folder}. {opens} in Outlook and Thunderbird as a mail to be sent."
    return " ".join(filter(None, (first, _nobody(saved), _bare(saved))))


def _which(some: int, saved: Sequence[Saved], has: str, have: str) -> str:
    """Those of some drafts that a sentence is about, with its verb."""
    if some == len(saved):
        return f"They {have}" if some > 1 else f"It {has}"
    return f"{some} of them {has if some == 1 else have}"


def _nobody(saved: Sequence[Saved]) -> str:
    """What is to be done about the drafts that name nobody they go to."""
    some = sum(not draft.addressed for draft in saved)
    to_do = "nobody to send it to: type whom, or enter the post's e-mail in Plan > Lists… > Posts."
    return f"{_which(some, saved, 'names', 'name')} {to_do}" if some else ""


def _bare(saved: Sequence[Saved]) -> str:
    """What is to be known of the drafts without the workbook that they are about."""
    some = sum(not draft.whole for draft in saved)
    why = "no workbook attached: the file that went out is not where it was written, or was changed since."
    return f"{_which(some, saved, 'has', 'have')} {why}" if some else ""
