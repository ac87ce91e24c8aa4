"""What a person does with attachments: adds a file or a link to a row, notes something of it, takes it away."""

import re
from collections.abc import Iterable
from datetime import date
from pathlib import PurePosixPath, PureWindowsPath

from sqlmodel import Session, col

from spp_desktop.edits import rows
from spp_desktop.plan.attachments import Attachment
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store.attached import FileFacts, is_address

_SHARE = re.compile(r"\\\\[^\\/]+\\[^\\/]+.*")


def attach_file(session: Session, row_key: str, place: str, facts: FileFacts, on: date) -> str:
    """Attach a file to a row by its place, with what it held on a day; give the attachment's key."""
    windows = "\\" in place
    title = (PureWindowsPath(place) if windows else PurePosixPath(place)).name
    return _add(session, row_key, title=title, place=place, sha256=facts.sha256, size=facts.size, looked_on=on)


def attach_link(session: Session, row_key: str, address: str, title: str = "") -> str:
    """Attach a page of the web, or what lies on a share, to a row; give the attachment's key.

    Raises:
        RuleBroken: for what is neither an address that begins with https:// or http://, nor a path such as
            that of a file on a share.
    """
    address = address.strip()
    if not is_address(address) and not _SHARE.fullmatch(address):
        raise RuleBroken(
            "place",
            "A link is an address that begins with https:// or http://, or a path on a share such as "
            "\\\\server\\share\\file.docx.",
        )
    named = title.strip() or (address if is_address(address) else PureWindowsPath(address).name or address)
    return _add(session, row_key, title=named[:255], place=address)


def _add(session: Session, row_key: str, **values: object) -> str:
    siblings = col(Attachment.row_id) == row_key
    return rows.add_placed(session, Attachment, siblings, None, row_id=row_key, **values)


def set_looked_at(session: Session, key: str, facts: FileFacts, on: date) -> None:
    """Let what a file holds now be what it is held against from now on."""
    rows.change(session, Attachment, key, sha256=facts.sha256, size=facts.size, looked_on=on)


def set_note(session: Session, key: str, note: str) -> None:
    """Say something of an attachment."""
    rows.change(session, Attachment, key, note=note)


def remove_attachments(session: Session, keys: Iterable[str]) -> None:
    """Take attachments away from their rows; the files stay where they are."""
    for key in dict.fromkeys(keys):
        rows.remove(session, Attachment, key)
