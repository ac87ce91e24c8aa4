"""What is published, as values: tables with what is said of their columns, and what is said of all of them together."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

PublishedValue = str | int | float | bool | date | tuple[str, ...] | None
"""What a cell is about: words, a number, yes or no, a day, several words, or nothing."""

Datatype = Literal["string", "number", "integer", "boolean", "date"]
"""What a column holds, by the names that CSVW gives (Metadata Vocabulary for Tabular Data, 5.11)."""

RowDone = Callable[[], None]
"""Called for each row that is written; what it raises stops the writing."""

PublicationForm = Literal["workbook", "data"]
"""The accessible workbook, or the machine-readable set."""

Shorthand = Literal["c", "x", "z"]
"""What stands in a cell of the workbook that has nothing to say: see ``SHORTHAND``."""

SHORTHAND: Mapping[Shorthand, str] = {
    "c": "confidential: withheld so that no person can be known by a small number",
    "x": "not available: the plan does not say",
    "z": "not applicable",
}
"""Of the Government Analysis Function's shorthand, what these tables need, and what it means here."""


@dataclass(frozen=True)
class Licence:
    """On what terms what is published may be used. ``sentence`` says it on the cover; ``url`` is empty for none."""

    name: str
    title: str
    url: str
    sentence: str


LICENCES: tuple[Licence, ...] = (
    Licence(
        "ogl-3",
        "Open Government Licence v3.0",
        "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
        "You may use and re-use this information free of charge in any format, under the terms of the Open Government "
        "Licence v3.0.",
    ),
    Licence(
        "cc-by-4",
        "Creative Commons Attribution 4.0",
        "https://creativecommons.org/licenses/by/4.0/",
        "You may share and adapt this information if you name its source, under the terms of the Creative Commons "
        "Attribution 4.0 licence.",
    ),
    Licence("none", "No licence", "", "No licence is given for the use of this information."),
)
"""The licences that can be chosen, the usual one of public bodies first."""


def licence_named(name: str) -> Licence:
    """The licence of this name.

    Raises:
        KeyError: if there is none.
    """
    return {licence.name: licence for licence in LICENCES}[name]


@dataclass(frozen=True)
class PublishedColumn:
    """A column of a table.

    Attributes:
        name: what programs call it; the same in each release: "period_from".
        heading: what people call it, without its unit: "From".
        datatype: what it holds.
        unit: of its numbers, such as "£" or "%"; it stands in round brackets behind the heading.
        about: what it holds, in a sentence, where its heading does not say it.
        blank: why a cell of it has nothing to say.
        required: whether each row says something in it.
        several: whether a cell holds several texts.
        wide: whether it holds sentences.
        plain_numbers: whether its numbers are written without commas, as years are.
        alike_by: the column whose rows alike have numbers of the same places, where not all of the column have.
    """

    name: str
    heading: str
    datatype: Datatype = "string"
    unit: str = ""
    about: str = ""
    blank: Shorthand = "x"
    required: bool = False
    several: bool = False
    wide: bool = False
    plain_numbers: bool = False
    alike_by: str = ""

    @property
    def whole_heading(self) -> str:
        """The heading with the unit behind it: "Budget (£)"."""
        return f"{self.heading} ({self.unit})" if self.unit else self.heading

    @property
    def is_number(self) -> bool:
        """Whether its cells are numbers."""
        return self.datatype in ("number", "integer")


@dataclass(frozen=True)
class ForeignKey:
    """Columns of a table that name a row of another one, which is published beside it."""

    columns: tuple[str, ...]
    table: str
    there: tuple[str, ...]


@dataclass(frozen=True)
class PublishedTable:
    """A table.

    Attributes:
        name: what programs call it, and its file: "delivery_plan"; letters, digits and low lines.
        title: what it is, of whom and when.
        sheet: the name of its worksheet.
        about: what it holds, in a sentence or two.
        columns: its columns.
        rows: what stands in each column.
        key: the columns that tell one row from all others.
        links: what names rows of other tables.
        notes: texts of notes to what stands in a row and column, by both, each counted from 0.
        forms: in which forms it is published.
        hidden: the cells that are withheld as confidential, by row and column, each counted from 0; they hold nothing.
    """

    name: str
    title: str
    sheet: str
    about: str
    columns: tuple[PublishedColumn, ...]
    rows: Sequence[Sequence[PublishedValue]]
    key: tuple[str, ...]
    links: tuple[ForeignKey, ...] = ()
    notes: Mapping[tuple[int, int], tuple[str, ...]] = field(default_factory=dict)
    forms: tuple[PublicationForm, ...] = ("workbook", "data")
    hidden: frozenset[tuple[int, int]] = frozenset()

    def place(self, name: str) -> int:
        """Where the column of this name stands, counted from 0."""
        return [column.name for column in self.columns].index(name)


@dataclass(frozen=True)
class Publication:
    """Tables that are published together, and what is said of them all.

    Attributes:
        title: of the plan.
        force: whose plan it is; "" where the plan does not say.
        period: the years of the plan: "2008-2011".
        published: the day of release.
        licence: on what terms it may be used.
        contact: who answers questions, in words; "" for nobody.
        illustrative: what in the plan is made up, in a sentence; "" for nothing.
        marking: the plan's protective marking; "" for none.
        source: where the plan is from.
        stands_at: the day by which the plan is read, if it is not the day of release.
        tables: the tables.
    """

    title: str
    force: str
    period: str
    published: date
    licence: Licence
    contact: str
    illustrative: str
    marking: str
    source: str
    stands_at: date | None
    tables: tuple[PublishedTable, ...]

    def of_form(self, form: PublicationForm) -> tuple[PublishedTable, ...]:
        """The tables that are published in a form."""
        return tuple(table for table in self.tables if form in table.forms)

    @property
    def whole_title(self) -> str:
        """What the publication is called."""
        whose = f", {self.force}" if self.force and self.force not in self.title else ""
        return f"{self.title}{whose}: tables"
