"""A register as one declaration: its table, what its rows are called, and everything that is made from that.

From a ``Register`` come, each written once for all registers: the verbs that change it, its place in the window, its
return, its part of the dump, of the checks, of find, of the command line and of the documents.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from spp_desktop.plan.register_tables import log_table
from spp_desktop.plan.rows import Placed, Row, heading_of
from spp_desktop.plan.rules import Rule
from spp_desktop.plan.spoken import texts_of_program
from spp_desktop.plan.words import Word

LISTS = "Lists"
"""The place of a register that is edited in *Plan > Lists…*, and has no page of the window."""

NONE = "none"
"""What a row belongs to that names nothing, where its register has no words of its own for that."""

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


@texts_of_program("about")
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


MARKING = Shown(
    "marking_id", 150, shown=False, about="The protective marking that it bears itself, where it is not the plan's own."
)
"""The column of a row's protective marking, last of all."""


@dataclass(frozen=True)
class Worked:
    """What a computed column says of a row.

    Attributes:
        text: the words or figure shown.
        sort: what the row is sorted by; ``None`` sorts it with the blanks.
        colours: the colours of the shape beside the words, on a white page and on a dark one; "" for no shape.
        shape: that shape, one of the shapes of statuses.
        band: what it is counted as in the head of a group, and what rows are grouped and filtered by, where that is
            less than the text: "high" of "16 high".
    """

    text: str
    sort: float | str | None = None
    colours: tuple[str, str] = ("", "")
    shape: str = "disc"
    band: str = ""


@dataclass(frozen=True)
class Yearly:
    """Columns that a row has once for each year of the plan: "2008-2009: planned". Their values are rows of a table.

    Attributes:
        model: that table; it has the column of the row it is a part of, ``year``, and the columns shown.
        columns: those shown, in their order within each year.
        after: the column behind which those of all years stand.
    """

    model: type[Row]
    columns: tuple[Shown, ...]
    after: str

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its columns."""
        return tuple(column.name for column in self.columns)


def in_year(name: str, year: int) -> str:
    """The name of a column of one year, among those of its row: "planned:2008"."""
    return f"{name}:{year}"


def of_year(name: str) -> tuple[str, int] | None:
    """The column and the year that such a name means; ``None`` where it is the name of a plain column."""
    column, _, year = name.partition(":")
    return (column, int(year)) if year.isdecimal() else None


KnownRows = Mapping[str, Sequence[Mapping[str, Any]]]
"""Rows of other tables that a computed column needs, by the table's name; what they hold is by their columns' names."""


@texts_of_program("title", "about")
@dataclass(frozen=True)
class Computed:
    """A column that is worked out of the rest of its row, and cannot be typed in.

    Attributes:
        name: by which a program knows it.
        title: its heading.
        work_out: what it says of a row, given by the names of its columns, and of the tables it reads.
        after: the column it stands behind; "" for the first place.
        reads: the tables that it reads besides its own.
        width: in pixels at the usual size of letters; 0 is as wide as its kind of cell needs.
        shown: whether it is to be seen before a person chooses the columns.
        about: what it says, in a sentence, where its title does not say it.
        numbers: whether it says numbers, which stand at the right.
    """

    name: str
    title: str
    work_out: Callable[[Mapping[str, Any], KnownRows], Worked]
    after: str = ""
    reads: tuple[type[Row], ...] = ()
    width: int = 0
    shown: bool = True
    about: str = ""
    numbers: bool = False


@dataclass(frozen=True)
class Page:
    """Where a register stands in the window.

    Attributes:
        name: the name of its page, with its key after "&".
        tab: the tab that it is in.
        letter: the letter of the appendix that it is, or is a part of; "" for one that stands beside them.
    """

    name: str
    tab: str
    letter: str = ""

    @property
    def slug(self) -> str:
        """The name by which a program knows it: "efficiency-plan"."""
        return self.name.replace("&", "").replace(",", "").lower().replace(" ", "-")


@dataclass(frozen=True)
class Returned:
    """How a register goes out by mail and comes back.

    Attributes:
        with_return: the id of the return whose workbook has a sheet of it.
        answered: the columns that are filled in by whoever has the file.
        spare: how many empty rows stand below the others, for what the plan does not have yet.
        columns: the columns, computed and yearly ones among them, that stand in the sheet where those are not the ones
            shown at first; what is answered, and what a row needs, stands there always.
        dated: the column that says of what time a row is, as a day or a year: only rows of the time that the return is
            about go out. Empty where rows are of no time.
        finished: whether rows go out, too, of which nothing is waited for any more.
    """

    with_return: str
    answered: tuple[str, ...]
    spare: int = 0
    columns: tuple[str, ...] = ()
    dated: str = ""
    finished: bool = False

    def has(self, column: str, *, shown: bool) -> bool:
        """Whether a column stands in the sheet; ``shown`` is whether it is to be seen at first in the window."""
        return column in self.answered or (column in self.columns if self.columns else shown)


@texts_of_program("title", "about")
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
        links: the tables to whose rows a row may be linked, such as "priority", "activity", "indicator".
        linked_as: the kind of those links: one of ``plan.links.LINK_KINDS``.
        computed: columns that are worked out of the rest of a row.
        yearly: columns that stand once for each year of the plan, if there are any.
        totals: the columns whose sum the head of a group says, those of each year among them by their own names.
        bar: the column, computed or chosen from a list, by whose values the bar in the head of a group is parted.
        log_model: the table of its log, if it has one.
        of_people: whether its rows name people, so that it is published only where it is asked for by its own name.
        page: its page of the window; ``None`` for one that stands in *Plan > Lists…*.
        returned: how it is returned, if it is.
        reason_for: by the column that may ask for a reason, the column in which it is given.
        reasons: the values of the former that ask for one.
        besides: what else its page of the documentation tells: headings, each with what stands below it.
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
    none: str = NONE
    named_by: tuple[str, ...] = ()
    lines: int = 1
    log: bool = False
    links: tuple[str, ...] = ()
    linked_as: str = "concerns"
    page: Page | None = None
    returned: Returned | None = None
    computed: tuple[Computed, ...] = ()
    yearly: Yearly | None = None
    totals: tuple[str, ...] = ()
    bar: str = ""
    reason_for: Mapping[str, str] = field(default_factory=dict)
    reasons: tuple[str, ...] = ()
    besides: tuple[tuple[str, str], ...] = ()
    of_people: bool = False
    log_model: type[Placed] | None = field(init=False)

    def __post_init__(self) -> None:
        """Make the table that hangs on it, so that every plan made from now on has it; show the marking of its rows.

        Raises:
            ValueError: if it names a column that it does not have.
        """
        if "marking_id" in self.model.model_fields and "marking_id" not in self.names:
            object.__setattr__(self, "columns", (*self.columns, MARKING))
        named = {
            *self.names,
            *filter(None, (self.owner, self.due, self.group)),
            *(worked.after for worked in self.computed),
            self.yearly.after if self.yearly is not None else "",
        }
        of_years = self.yearly.names if self.yearly is not None else ()
        missing = named - {"", *self.model.model_fields} | set(self.totals) - {*self.model.model_fields, *of_years}
        if missing:
            raise ValueError(f"{self.title}: there is no column called {min(missing)}.")
        object.__setattr__(self, "log_model", log_table(self.model) if self.log else None)

    @cached_property
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
        return heading_of(self.model, name)

    def naming(self) -> tuple[str, ...]:
        """The columns by which a row is called in a sentence."""
        usual = (name for name in (self.ref, "title", "name", "text") if name in self.names)
        return self.named_by or (next(usual, self.names[0]),)
