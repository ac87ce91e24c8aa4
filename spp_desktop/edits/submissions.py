"""What a person does with submissions: says that a return was prepared, checked, signed and sent, and when.

Once it is sent, it has a number and nothing of it changes: what changes in the plan is a restatement of it
(``edits.restated``). Undo takes the sending back like any step; its number is not given again.
"""

import hashlib
import sqlite3
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

from sqlmodel import Session, select

from spp_desktop.edits import rows
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.submissions import SUBMISSION_STEPS, Submission, SubmissionStep
from spp_desktop.store import exports, submitted
from spp_desktop.store.exports import Export
from spp_desktop.store.submitted import SubmissionRow
from spp_desktop.store.workspace import Workspace

FROZEN = "Submission {number} was sent on {day:%d/%m/%Y}, and nothing of it changes any more. Send it again as another."


@dataclass(frozen=True)
class About:
    """What a submission is about: a return, how often it is asked for, and the time.

    Attributes:
        return_id: the id of the return.
        title: what it is called now.
        often: which of its frequencies.
        year: the first calendar year of the year; ``None`` for the whole plan.
        period: the part of the year, "Q2" or "M06"; "" for none.
    """

    return_id: str
    title: str
    often: str = ""
    year: int | None = None
    period: str = ""

    @property
    def key(self) -> tuple[str, str, int | None, str]:
        """What two that are about the same have in common."""
        return self.return_id, self.often, self.year, self.period


@dataclass(frozen=True)
class SentFile:
    """What was sent: the file's name and SHA-256, and the id of the revision as of which its figures stand."""

    name: str = ""
    sha256: str = ""
    revision: str = ""


def take_step(session: Session, about: About, step: SubmissionStep, on: date, by: str) -> str:
    """Say that a return was prepared, checked or signed on a day, and by whom; give the key of what it was said of.

    The first step begins what is to become a submission; where the latest was sent already, it begins another. A step
    that was taken is said anew.

    Raises:
        RuleBroken: if nobody is named, or the days are not in the order of the steps.
    """
    if step == "sent":
        raise ValueError("what is sent has a number and a file: see send")
    who = _named(by)
    standing = _on_its_way(session, about)
    values = {f"{step}_on": on, f"{step}_by": who}
    if standing is None:
        return rows.add(session, Submission, **_columns(about), **values)
    rows.change(session, Submission, standing.id, **values)
    return standing.id


def take_back_step(session: Session, key: str, step: SubmissionStep) -> None:
    """Say that a step was not taken; where none is left, what was to become a submission goes.

    Raises:
        RuleBroken: if it was sent already, or is no longer in the plan.
    """
    standing = rows.get(session, Submission, key)
    _demand_open(standing)
    rows.change(session, Submission, key, **{f"{step}_on": None, f"{step}_by": ""})
    if all(getattr(standing, f"{each}_on") is None for each in SUBMISSION_STEPS):
        rows.remove(session, Submission, key)


def set_note(session: Session, key: str, note: str) -> None:
    """Note something of what is on its way out.

    Raises:
        RuleBroken: if it was sent already, or is no longer in the plan.
    """
    _demand_open(rows.get(session, Submission, key))
    rows.change(session, Submission, key, note=note)


def send(session: Session, about: About, on: date, by: str, file: SentFile) -> int:
    """Say that a return was sent, and give the number of the submission that it is from now on.

    Raises:
        RuleBroken: if nobody is named, it is sent before it is ready, or nothing says as of when its figures stand.
    """
    who = _named(by)
    raw = cast("sqlite3.Connection", session.connection().connection.driver_connection)
    number = submitted.highest_number(raw) + 1
    sent = {
        "number": number, "sent_on": on, "sent_by": who, "revision": file.revision, "file_name": file.name,
        "file_hash": file.sha256, "title": about.title,
    }  # fmt: skip
    standing = _on_its_way(session, about)
    if standing is None:
        rows.add(session, Submission, **{**_columns(about), **sent})
    else:
        rows.change(session, Submission, standing.id, **sent)
    return number


def _columns(about: About) -> dict[str, object]:
    return {
        "return_id": about.return_id, "title": about.title, "often": about.often, "year": about.year,
        "period": about.period,
    }  # fmt: skip


def _named(by: str) -> str:
    if not by.strip():
        raise RuleBroken("by", "Say who did it: a name, or a post.")
    return by.strip()


def _demand_open(standing: Submission) -> None:
    if standing.sent_on is not None:
        raise RuleBroken("sent_on", FROZEN.format(number=standing.number, day=standing.sent_on))


def _on_its_way(session: Session, about: About) -> Submission | None:
    """What is to become a submission and is not sent yet."""
    s = Submission
    query = select(s).where(
        s.return_id == about.return_id, s.often == about.often, s.year == about.year, s.period == about.period
    )
    return next((row for row in session.exec(query) if row.sent_on is None), None)


def file_sent(workspace: Workspace, about: About, path: Path | None = None) -> SentFile:
    """What is written down of a file that was sent, with the revision as of which its figures stand.

    A file that the plan made is known by its hash, and its figures stand as when it was made; those of any other as
    now. Without a file it is the latest that was made of the return for everybody and was not sent yet, or none.

    Raises:
        OSError: if the file cannot be read.
    """
    issued = workspace.read_beside(exports.every)
    if path is None:
        gone = {row.file_hash for row in workspace.read(submitted.submissions) if row.sent}
        made = next((each for each in issued if _is_of(each, about) and each.file_hash not in gone), None)
        if made is None:
            return SentFile(revision=workspace.revision())
        return SentFile(made.file_name, made.file_hash, made.revision)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    made = next((each for each in issued if each.file_hash == sha256), None)
    return SentFile(path.name, sha256, made.revision if made else workspace.revision())


def _is_of(export: Export, about: About) -> bool:
    """Whether a file was made of the same return for the same time, for everybody."""
    same = (export.return_id, export.year, export.period) == (about.return_id, about.year, about.period)
    return same and not export.owner


def submission_numbered(workspace: Workspace, number: int) -> SubmissionRow | None:
    """The submission of a number; ``None`` if there is none."""
    return next((row for row in workspace.read(submitted.submissions) if row.number == number), None)
