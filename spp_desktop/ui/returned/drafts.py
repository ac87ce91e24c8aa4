"""Mails saved as drafts from the window, into a folder that is chosen or known."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from spp_desktop.edits import drafts
from spp_desktop.edits.issuing import Mail
from spp_desktop.returns.workbook import NotWritten
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.busy import busy
from spp_desktop.ui.common.files import ask_folder
from spp_desktop.ui.common.question import ask


def save_drafts(workspace: Workspace, mails: Sequence[Mail], folder: Path | None, parent: QWidget) -> str:
    """Save mails as drafts, and say what became of that; "" if the person gave up.

    Args:
        workspace: The plan.
        mails: The mails.
        folder: Where to; ``None`` to ask.
        parent: Where a question appears.
    """
    folder = folder or ask_folder(parent, "Where to save the mail drafts", workspace.path.parent)
    if folder is None:
        return ""
    existing = [path.name for path in (drafts.path_of(mail, folder) for mail in mails) if path.exists()]
    if existing:
        files = f"{len(existing)} mail {'draft' if len(existing) == 1 else 'drafts'}"
        if not ask(parent, f"Replace {files} in {folder}?", "Replace", detail="\n".join(existing)):
            return ""
    saved, problems = list[drafts.Saved](), list[str]()
    with busy():
        for mail in mails:
            try:
                saved.append(drafts.save(workspace, mail, folder))
            except NotWritten as problem:
                problems.append(str(problem))
    return " ".join(([drafts.in_words(saved, folder)] if saved else []) + problems)
