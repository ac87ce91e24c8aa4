"""What of the plan may be public: what was released or withheld, by whom, and how small numbers of persons are shown.

A public edition is made by inclusion: what nothing is said of here is not in it.
"""

from datetime import date
from typing import Literal

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, String

from spp_desktop.plan.rows import Row
from spp_desktop.plan.rules import Rule
from spp_desktop.plan.words import Word

SmallNumbersMethod = Literal["leave", "suppress", "round"]
"""A small number is shown as it is, shown as [c], or rounded to a base."""

PARAGRAPHS = 7
"""Paragraphs of Part 1 of Schedule 12A to the Local Government Act 1972, as amended in March 2006."""


class Disclosure(Row, table=True):
    """That a row of the plan, or a column of a table, was released to the public, or is withheld.

    It is about a row where ``item_key`` names one, and otherwise about the column ``column_name`` of ``item_table``
    ("activity.text"). ``decided_by`` released or withheld it on the day ``decided_on``. ``revision`` is the id of the
    step of the history as of which it was released: what changed after that was not looked at. Of what is withheld,
    ``reason`` says why, ``look_again`` when that is to be looked at anew, and ``paragraph`` which paragraph of Schedule
    12A to the Local Government Act 1972 it rests on, if on one.
    """

    word = Word("disclosure", "disclosures")
    called_by = ("column_name",)
    part_of = "item_key"
    names_any = ("item_key",)
    rules = (
        Rule("item_key", "(item_key IS NULL) = (column_name = '')", "it is about nothing, or about two things at once"),
        Rule("reason", "released = 0 AND reason = ''", "it is withheld, and nothing says why"),
        Rule("revision", "released <> 0 AND revision = ''", "it is released, and nothing says as it stood when"),
        Rule("look_again", "look_again < decided_on", "it is to be looked at again before it was decided"),
    )

    __table_args__ = (Index("one_disclosure_of_each", text("ifnull(item_key, column_name)"), unique=True),)
    decided_together = (("released", "reason", "decided_by", "decided_on"),)

    item_table: str = Field(title="kind of item", min_length=1, max_length=60)
    item_key: str | None = Field(default=None, title="of", min_length=36, max_length=36)
    column_name: str = Field(default="", title="column", max_length=120)
    released: bool = Field(default=False, title="released")
    decided_by: str = Field(title="by", min_length=1, max_length=200)
    decided_on: date = Field(title="on")
    revision: str = Field(default="", title="as of the step", max_length=36)
    reason: str = Field(default="", title="reason", max_length=1000)
    look_again: date | None = Field(default=None, title="look again on")
    paragraph: int | None = Field(default=None, title="paragraph of Schedule 12A", ge=1, le=PARAGRAPHS)


class SmallNumbers(Row, table=True):
    """How small numbers are shown in one table of a public edition.

    The table is that of an item, ``item_key`` (an indicator's results, by area or not), or of a column, ``column_name``
    ("indicator.results by area", "partnership.people"). Only where ``persons`` are counted is a number kept small by
    rule: below ``threshold`` it is suppressed, or every number is rounded to a multiple of ``base``.
    """

    word = Word("small numbers rule", "small numbers rules")
    called_by = ("column_name",)
    part_of = "item_key"
    names_any = ("item_key",)
    rules = (
        Rule("item_key", "item_key IS NULL AND column_name = ''", "it is about no table"),
        Rule("persons", "persons = 0 AND method <> 'leave'", "numbers are hidden that count no persons"),
    )

    __tablename__ = "small_numbers"
    __table_args__ = (
        Index("one_small_numbers_rule_a_table", text("ifnull(item_key, '') || ' ' || column_name"), unique=True),
    )

    item_table: str = Field(title="kind of item", min_length=1, max_length=60)
    item_key: str | None = Field(default=None, title="of", min_length=36, max_length=36)
    column_name: str = Field(default="", title="table", max_length=120)
    persons: bool = Field(default=False, title="counts persons")
    method: SmallNumbersMethod = Field(default="leave", title="small numbers", sa_type=String)
    threshold: int = Field(default=5, title="suppress under", ge=1, le=1000)
    base: int = Field(default=5, title="round to", ge=1, le=1000)
    decided_by: str = Field(title="decided by", min_length=1, max_length=200)
    decided_on: date = Field(title="decided on")


class SmallNumbersException(Row, table=True):
    """A cell of a table that is shown as it is although the rule would hide it: which, why, and who says so."""

    word = Word("exception", "exceptions")
    called_by = ("cell",)
    part_of = "rule_id"

    __tablename__ = "small_numbers_exception"
    __table_args__ = (UniqueConstraint("rule_id", "cell"),)

    rule_id: str = Field(title="rule", foreign_key="small_numbers.id", ondelete="CASCADE", index=True)
    cell: str = Field(title="cell", min_length=1, max_length=200)
    reason: str = Field(title="reason", min_length=1, max_length=1000)
    decided_by: str = Field(title="decided by", min_length=1, max_length=200)
    decided_on: date = Field(title="decided on")
