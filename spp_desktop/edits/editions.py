"""What a person does with editions: issues one, and adds a file to the record of what left with it.

An edition is the plan as it stood at a step of its history; nothing of it changes once it is issued. Only its record
may grow: a file that left with it and was not named yet. Undo takes the issue back like any step; its number is not
given again. What changes in the plan afterwards is a restatement of it (``edits.edition_restatements``).
"""

import hashlib
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import cast

from sqlmodel import Session, col

from spp_desktop.edits import rows
from spp_desktop.plan.editions import Edition, FileOfEdition, LeftAs
from spp_desktop.plan.identity import Plan
from spp_desktop.plan.kinds.days import short_day
from spp_desktop.plan.periods import time_name
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import editions, history, queries, submitted, versions
from spp_desktop.store.submitted import SubmissionRow
from spp_desktop.store.versions import VersionRow
from spp_desktop.store.workspace import Workspace


@dataclass(frozen=True)
class LeavingFile:
    """A file that leaves with an edition.

    Attributes:
        left_as: what it is: a document, a workbook, data, or a return that was sent.
        document: the id of the document or return that it was made from; "" where it was made elsewhere.
        title: what it is called.
        file_name: its name, without a folder.
        file_hash: the SHA-256 of its bytes, in hexadecimal.
        size: the number of its bytes; ``None`` where only its hash is known.
    """

    left_as: LeftAs
    document: str
    title: str
    file_name: str
    file_hash: str
    size: int | None = None


@dataclass(frozen=True)
class NewEdition:
    """What is said of an edition that is issued.

    Attributes:
        issued_on: the day.
        issued_by: who issued it: a name, or a post.
        approved_by: who approved its content; "" where that is not said.
        title: what it is called; "" for "Edition 2".
        note: anything else.
        version_id: the version of the plan that it is; ``None`` for none.
        revision: the id of the step as of which it stands; "" for the newest one.
        files: what leaves with it, in order.
    """

    issued_on: date
    issued_by: str
    approved_by: str = ""
    title: str = ""
    note: str = ""
    version_id: str | None = None
    revision: str = ""
    files: Sequence[LeavingFile] = field(default=())


def usual_title(number: int) -> str:
    """What an edition is called where nobody calls it otherwise: "Edition 2"."""
    return f"Edition {number}"


def next_number(plan: Workspace) -> int:
    """The number of the edition that is issued next."""
    return plan.read_beside(editions.highest_number) + 1


def nothing_new(plan: Workspace) -> str:
    """That the plan says what the last edition says, in a sentence; "" where it does not, or there is none.

    Such an edition may be issued all the same; who issues it is told.
    """
    last = plan.read(editions.last_edition)
    if last is None or plan.read_beside(editions.has_changed_since, last.revision):
        return ""
    return f"Nothing of the plan has changed since edition {last.number}, issued on {short_day(last.issued_on)}."


def version_issued(plan: Workspace) -> VersionRow | None:
    """The version that an edition of now is: the newest, where the plan is out by it and says nothing else since."""
    newest = next(reversed(plan.read(versions.versions)), None)
    if newest is None or not newest.issues or plan.read_beside(versions.said_otherwise, newest.revision):
        return None
    return newest


def issue(session: Session, said_of_it: NewEdition) -> int:
    """NewEdition an edition of the plan as it stands, and give its number.

    Raises:
        RuleBroken: if nobody is named, the plan has no step yet, or it is said to stand as of a step that it has not.
    """
    raw = _raw(session)
    if not said_of_it.issued_by.strip():
        raise RuleBroken("issued_by", "Say who issues the edition: a name, or a post.")
    step = history.revision_named(raw, said_of_it.revision) if said_of_it.revision else history.latest(raw)
    if step is None:
        raise RuleBroken(
            "revision", "The plan's history has no step as of which the edition could stand. Nothing was issued."
        )
    number = editions.highest_number(raw) + 1
    plan: Plan = queries.plan(session.connection())
    key = rows.add(
        session, Edition, number=number, title=said_of_it.title.strip() or usual_title(number),
        issued_on=said_of_it.issued_on, issued_by=said_of_it.issued_by.strip(),
        approved_by=said_of_it.approved_by.strip(), note=said_of_it.note, version_id=said_of_it.version_id,
        first_year=plan.first_year, years=plan.years, revision=step.id,
    )  # fmt: skip
    for file in said_of_it.files:
        _add_file(session, key, file)
    return number


def add_file(session: Session, edition: str, file: LeavingFile) -> str:
    """Add a file to the record of what left with an edition, by the edition's key; give the key of the new line.

    It is the one thing of an edition that may change after it was issued: what left with it and was not named.

    Raises:
        RuleBroken: if there is no such edition, or the same file is in its record already.
    """
    issued = rows.get(session, Edition, edition)
    known = editions.files(session.connection(), edition)
    if any((each.file_name, each.file_hash) == (file.file_name, file.file_hash) for each in known):
        raise RuleBroken("file_name", f"{file.file_name} is in the record of edition {issued.number} already.")
    return _add_file(session, edition, file)


def _add_file(session: Session, edition: str, file: LeavingFile) -> str:
    return rows.add_placed(
        session, FileOfEdition, col(FileOfEdition.edition_id) == edition, None, edition_id=edition,
        left_as=file.left_as, title=file.title, document=file.document, file_name=file.file_name,
        file_hash=file.file_hash, size=file.size,
    )  # fmt: skip


def leaving(path: Path, left_as: LeftAs = "document", document: str = "", title: str = "") -> LeavingFile:
    """A file as it is recorded of an edition.

    Raises:
        OSError: if it cannot be read.
    """
    data = path.read_bytes()
    return LeavingFile(left_as, document, title or path.stem, path.name, hashlib.sha256(data).hexdigest(), len(data))


def returns_leaving(plan: Workspace) -> list[LeavingFile]:
    """The returns that were sent since the last edition, as they are recorded of the next one; before it, of the first.

    Those of which no file is known are left out: there is nothing to be recognised by.
    """
    last = plan.read(editions.last_edition)
    keys = plan.read_beside(editions.sent_since, last.revision if last else "")
    recorded = {(each.document, each.file_hash) for each in plan.read(editions.files)}
    sent = [row for row in plan.read(submitted.submissions) if row.sent and row.key in keys and row.file_hash]
    return [_of_submission(row) for row in sent if (row.return_id, row.file_hash) not in recorded]


def _of_submission(row: SubmissionRow) -> LeavingFile:
    when = time_name(row.year, row.period)
    title = f"Submission {row.number}: {row.title}{when and f', {when}'}"
    return LeavingFile("return", row.return_id, title, row.file_name or f"submission {row.number}", row.file_hash)


def _raw(session: Session) -> sqlite3.Connection:
    return cast("sqlite3.Connection", session.connection().connection.driver_connection)
