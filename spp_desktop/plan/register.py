"""A register as one declaration: its table, what its rows are called, and everything that is made from that.

From a ``Register`` come, each written once for all registers: the verbs that change it, its place in the window, its
return, its part of the dump, of the checks, of find, of the command line and of the documents.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from spp_desktop.plan.rows import Placed, Row, title_of
from spp_desktop.plan.rules import Rule
from spp_desktop.plan.words import Word

LISTS = "Lists"
"""The place of a register that is edited in *Plan > Lists…*, and has no page of the window."""

NO_YES = ("no", "yes")


@dataclass(frozen=True)
class Drawn:
    """What is drawn beside the words of a cell: the columns of the row that hold its colours and its shape.

    Attributes:
        colour, dark_colour: the columns of its colour on a white page and on a dark one.
        shape: the column of its shape; none for a square of the colour.
    """

    colour: str
    dark_colour: str
    shape: str = ""


@dataclass(frozen=True)
class Shown:
    """A column of a register, as it is shown.

    Attributes:
        name: the column of the model.
        width: in pixels at the usual size of letters; 0 is as wide as its kind of cell needs.
        shown: whether it is to be seen before a person chooses the columns.
        words: what the no and the yes of a column of that kind are called.
        late: whether its day is marked when it has passed and the row is not finished.
        about: what it holds, in a sentence, where its title does not say it.
        drawn: what is drawn beside its words, if anything is.
    """

    name: str
    width: int = 0
    shown: bool = True
    words: tuple[str, str] = NO_YES
    late: bool = False
    about: str = ""
    drawn: Drawn | None = None


@dataclass(frozen=True)
class Page:
    """Where a register stands in the window: the tab, and the name of its page with its key after "&"."""

    name: str
    tab: str


@dataclass(frozen=True)
class Returned:
    """How a register goes out by mail and comes back.

    Attributes:
        with_return: the id of the return whose workbook has a sheet of it.
        answered: the columns that are filled in by whoever has the file.
    """

    with_return: str
    answered: tuple[str, ...]


@dataclass(frozen=True)
class Register:
    """A table of the plan with all that is said of it.

    Attributes:
        model: its table; what a row is called stands there.
        title: what a person calls it: "Inspection findings".
        about: what it is for, in a sentence or two.
        columns: those that are shown, in their order.
        ref, text: the columns by which a person tells one row from another, as far as it has them.
        owner: the column that names the post that answers for a row, if there is one.
        group: the column under whose values the rows stand, if they are grouped.
        due: the column that holds the day by which something is to be done, if there is one.
        finished: the column and its values by which a row is no longer waited for.
        none: what a row belongs to that names nothing in a column that may be empty.
        named_by: the columns by which a row is called in a sentence; by default its reference, title, name or text.
        lines: lines of text in a row of its table.
        log: whether dated updates are kept of each row.
        links: the tables whose rows may be linked to a row: "priority", "activity", "indicator".
        page: its page of the window; ``None`` for one that stands in *Plan > Lists…*.
        returned: how it is returned, if it is.
    """

    model: type[Row]
    title: str
    columns: tuple[Shown, ...]
    about: str = ""
    ref: str = ""
    text: str = ""
    owner: str = ""
    group: str = ""
    due: str = ""
    finished: tuple[str, tuple[str, ...]] = ("", ())
    none: str = "none"
    named_by: tuple[str, ...] = ()
    lines: int = 1
    log: bool = False
    links: tuple[Literal["priority", "activity", "indicator"], ...] = ()
    page: Page | None = None
    returned: Returned | None = None
    reason_for: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name of its table, by which a program knows it."""
        return str(self.model.__tablename__)

    @property
    def word(self) -> Word:
        """What a row is called."""
        return self.model.word

    @property
    def rules(self) -> tuple[Rule, ...]:
        """What the columns of a row may not be among themselves."""
        return self.model.rules

    @property
    def placed(self) -> bool:
        """Whether a person puts its rows in their order."""
        return issubclass(self.model, Placed)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns that are shown."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Shown:
        """The column of this name.

        Raises:
            KeyError: if none of this name is shown.
        """
        return {column.name: column for column in self.columns}[name]

    def heading(self, name: str) -> str:
        """The heading of a column: its declared title with a capital."""
        title = title_of(self.model, name)
        return title[0].upper() + title[1:]

    def naming(self) -> tuple[str, ...]:
        """The columns by which a row is called in a sentence."""
        usual = (name for name in (self.ref, "title", "name", "text") if name in self.names)
        return self.named_by or (next(usual, self.names[0]),)
