"""Returns that a person declares in the plan: what each lists, what is answered in it, by whom and how often."""

from typing import Literal

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, String

from spp_desktop.plan.periods import FIRST_YEAR_OF_ALL, LAST_YEAR_OF_ALL
from spp_desktop.plan.rows import Placed
from spp_desktop.plan.rules import Rule
from spp_desktop.plan.words import Word

RESULTS = "result"
"""What stands in ``DeclaredReturn.lists`` for results of chosen indicators; all else is the name of a register."""

AskedOften = Literal["monthly", "quarterly", "half-yearly", "yearly", "on completion"]
"""How often a declared return is asked for."""

DueAs = Literal["days", "working days", "months"]
"""What is counted from the end of a period to the day by which a return is due (``returns.due_rules``)."""

GoesTo = Literal["everybody", "owners", "areas"]
"""Who gets one workbook each: nobody apart, the posts that own its rows (or stand in a role to them), or the areas."""

COLUMNS_APART = "; "
"""What stands between the names of columns."""


class DeclaredReturn(Placed, table=True):
    """A return that a person declared, without a programmer.

    ``lists`` is the name of the register whose rows it lists, or ``RESULTS``. ``columns`` and ``answered`` are names of
    its columns, in their order; of results they are empty. It is due so many of ``due_as`` behind the end of a period
    as ``due_count`` says. With ``role_id`` it goes to the posts in that role.
    """

    word = Word("declared return", "declared returns")
    called_by = ("title",)
    rules = (
        Rule("role_id", "role_id IS NOT NULL AND goes_to <> 'owners'", "it names a role, but does not go to posts"),
        Rule("goes_to", "goes_to = 'areas' AND lists <> 'result'", "only results go to areas"),
        Rule("last_year", "last_year < first_year", "it ends before it begins"),
    )

    __tablename__ = "declared_return"

    title: str = Field(title="return", min_length=1, max_length=60, unique=True)
    lists: str = Field(title="lists", min_length=1, max_length=60)
    columns: str = Field(default="", title="columns", max_length=2000)
    answered: str = Field(default="", title="filled in", max_length=2000)
    goes_to: GoesTo = Field(default="everybody", title="goes to", sa_type=String)
    role_id: str | None = Field(default=None, title="role", foreign_key="role.id", ondelete="RESTRICT", index=True)
    often: AskedOften = Field(default="monthly", title="how often", sa_type=String)
    due_count: int = Field(default=14, title="due after", ge=-366, le=366)
    due_as: DueAs = Field(default="days", title="counted in", sa_type=String)
    first_year: int | None = Field(default=None, title="from year", ge=FIRST_YEAR_OF_ALL, le=LAST_YEAR_OF_ALL)
    last_year: int | None = Field(default=None, title="to year", ge=FIRST_YEAR_OF_ALL, le=LAST_YEAR_OF_ALL)
    meaning: str = Field(default="", title="what it is for", max_length=500)

    @property
    def column_names(self) -> tuple[str, ...]:
        """The names of its columns, in their order."""
        return names_in(self.columns)

    @property
    def answered_names(self) -> tuple[str, ...]:
        """The names of those that are filled in."""
        return names_in(self.answered)


class AskedIndicator(Placed, table=True):
    """An indicator whose results a declared return asks for."""

    word = Word("indicator asked for", "indicators asked for")
    part_of = "return_id"

    __tablename__ = "asked_indicator"
    __table_args__ = (UniqueConstraint("return_id", "indicator_id"),)

    return_id: str = Field(title="return", foreign_key="declared_return.id", ondelete="CASCADE", index=True)
    indicator_id: str = Field(title="indicator", foreign_key="indicator.id", ondelete="CASCADE", index=True)


def names_in(text: str) -> tuple[str, ...]:
    """The names of columns that stand in a text."""
    return tuple(name for part in text.split(COLUMNS_APART.strip()) if (name := part.strip()))
