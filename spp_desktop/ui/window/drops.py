"""What is dropped on the window: files, or what a mail program hands over in a way of its own."""

from pathlib import Path

from PySide6.QtCore import QMimeData

PLAN = ".plan"
PLANS = {PLAN, ".zip"}
"""Files that are opened, or refused with what to do: a plan may come in a packed file."""

SHEETS = {".xlsx", ".xlsm", ".ods", ".csv", ".xml", ".eml", ".msg"}
"""The endings of files that may hold returns."""

NO_PLAN = "{} is no plan. Open the plan that it belongs to first; then drop it here again to take it in."

NO_FILE = (
    "What you dropped is not a file yet: mail programs hand over a message, or what is attached to it, in ways of "
    "their own. Save the message or its attachment into a folder, and drop that here."
)

_PROMISES = ("FileGroupDescriptor", "RenPrivateMessages", "x-moz-message", "x-moz-file-promise")
"""Parts of the names under which mail programs promise messages and attachments: Outlook's, by the Windows shell
(CFSTR_FILEDESCRIPTOR) and its own, and Thunderbird's. Qt gives the promise and no content."""

_PLACES = ("mailbox", "mailbox-message", "imap", "imap-message", "cid")
"""The schemes of addresses within a mail program."""


def files_of(data: QMimeData) -> list[Path]:
    """The files on this machine that are dragged."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def is_promise(data: QMimeData) -> bool:
    """Whether what is dragged comes from a mail program and is no file."""
    if files_of(data):
        return False
    named = any(promise.casefold() in name.casefold() for name in data.formats() for promise in _PROMISES)
    return named or any(url.scheme() in _PLACES for url in data.urls())
