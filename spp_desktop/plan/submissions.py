"""Submissions: what was sent of a return for a period, who prepared, checked, signed and sent it, and when."""

from datetime import date
from typing import Literal

from sqlmodel import Field

from spp_desktop.plan.periods import FIRST_YEAR_OF_ALL, LAST_YEAR_OF_ALL
from spp_desktop.plan.rows import Row
from spp_desktop.plan.rules import Rule
from spp_desktop.plan.words import Word

SubmissionStep = Literal["prepared", "checked", "signed", "sent"]
"""What is done of a return until it is out of the house."""

SUBMISSION_STEPS: tuple[SubmissionStep, ...] = ("prepared", "checked", "signed", "sent")
"""The steps in their order."""


class Submission(Row, table=True):
    """One return of one period on its way out, or sent: each step with its day and who took it.

    ``number`` is given when it is sent; from then on nothing of it changes. ``return_id`` is that of the catalogue or
    of a return declared in the plan; ``title`` is what it was called. ``often`` says which of its several frequencies
    it was, ``year`` and ``period`` of what time: "Q2", "M06", or "" for the whole year. ``revision`` is the id of the
    step of the history as of which its figures stand, ``file_name`` and ``file_hash`` (SHA-256, hexadecimal) the file.
    """

    word = Word("submission", "submissions")
    called_by = ("number", "title")
    rules = (
        Rule("number", "sent_on IS NOT NULL AND number IS NULL", "it is sent, and has no number"),
        Rule("number", "sent_on IS NULL AND number IS NOT NULL", "it has a number, and no day says when it was sent"),
        Rule("revision", "sent_on IS NOT NULL AND revision = ''", "it is sent, and nothing says with which figures"),
        Rule("checked_on", "checked_on < prepared_on", "it is checked before it is prepared"),
        Rule("signed_on", "signed_on < ifnull(checked_on, prepared_on)", "it is signed before it is checked"),
        Rule(
            "sent_on", "sent_on < coalesce(signed_on, checked_on, prepared_on)", "it is sent before it is ready to go"
        ),
    )

    number: int | None = Field(default=None, title="number", ge=1, unique=True)
    return_id: str = Field(title="return", min_length=1, max_length=100, index=True)
    title: str = Field(title="called", min_length=1, max_length=200)
    often: str = Field(default="", title="how often", max_length=20)
    year: int | None = Field(default=None, title="year", ge=FIRST_YEAR_OF_ALL, le=LAST_YEAR_OF_ALL)
    period: str = Field(default="", title="period", max_length=3)
    prepared_on: date | None = Field(default=None, title="prepared on")
    prepared_by: str = Field(default="", title="prepared by", max_length=200)
    checked_on: date | None = Field(default=None, title="checked on")
    checked_by: str = Field(default="", title="checked by", max_length=200)
    signed_on: date | None = Field(default=None, title="signed on")
    signed_by: str = Field(default="", title="signed by", max_length=200)
    sent_on: date | None = Field(default=None, title="sent on")
    sent_by: str = Field(default="", title="sent by", max_length=200)
    revision: str = Field(default="", title="as of the step", max_length=36)
    file_name: str = Field(default="", title="file", max_length=255)
    file_hash: str = Field(default="", title="fingerprint", max_length=64)
    note: str = Field(default="", title="note", max_length=500)
