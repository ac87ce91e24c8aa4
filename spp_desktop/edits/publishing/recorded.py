"""The plan's record of what was published: each file by its hash, and the step of the history as of which it stands."""

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from spp_desktop.plan.kinds.days import in_words
from spp_desktop.plan.rows import new_key
from spp_desktop.plan.words import counted
from spp_desktop.returns.publication.publication import Publication
from spp_desktop.store import clock, exports, locks
from spp_desktop.store.exports import PUBLICATION, Export
from spp_desktop.store.workspace import Workspace


def record(workspace: Workspace, publication: Publication, revision: str, files: Sequence[Path]) -> None:
    """Write down in the plan which files were published. A plan open for reading only keeps no record.

    Args:
        workspace: The plan.
        publication: What was published.
        revision: The id of the plan's newest revision when it was read.
        files: The files, as they were written.
    """
    rows = sum(len(table.rows) for table in publication.tables)
    record_files(workspace, revision, files, publication.published, rows)


def record_files(workspace: Workspace, revision: str, files: Sequence[Path], day: date, rows: int = 0) -> None:
    """Write down in the plan which files left it on a day; ``rows`` is how many rows of the plan they list."""
    if workspace.read_only:
        return
    at = clock.now()
    for path in files:
        written = hashlib.sha256(path.read_bytes()).hexdigest()
        export = Export(
            new_key(), revision, PUBLICATION, "", None, rows, path.name, written, at, locks.author(),
            due=day.isoformat(),
        )  # fmt: skip
        workspace.write_beside(exports.record, export)


def last(workspace: Workspace) -> str:
    """What was published last, when and by whom, in a sentence; "" where nothing was."""
    known = workspace.read_beside(exports.published)
    if not known:
        return ""
    first, *more = sorted(each.file_name for each in known if each.at == known[0].at)
    others = f" and {counted(len(more), 'file')} more" if more else ""
    return f"Last written on {in_words(clock.local_day(known[0].at))} by {known[0].author}: {first}{others}."
