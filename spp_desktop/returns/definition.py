"""A return as data: which columns it has, what each holds, and who may fill it in.

One declaration gives the workbook that goes out, the reading of the one that comes back, and its help page.
To add a column to a return, add one line to its module in ``catalogue``.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import groupby
from types import MappingProxyType
from typing import Literal, NamedTuple

from sqlmodel import SQLModel

from spp_desktop.plan.kinds import TEXT, Kind, Year
from spp_desktop.plan.kinds.declared import most_characters
from spp_desktop.plan.kinds.spelling import fold
from spp_desktop.plan.periods import APRIL, PERIODS, time_name, year_name
from spp_desktop.plan.spoken import LevelWords, in_words_of_plan, spoken
from spp_desktop.plan.words import Word
from spp_desktop.returns.checks import Check
from spp_desktop.returns.due_rules import SPANS, DueRule, Frequency, asked_in

NO_ROLES: Mapping[str, str] = MappingProxyType({})
"""The roles of a plan that has none."""

_PLANS_KEPT = 20
"""Plans for which the columns of a listing are kept once they are made: those of now and of earlier moments."""

Span = Literal["plan", "year", "half", "quarter", "month"]
"""What time one issue of a return is about: the whole plan, one financial year, a half, quarter or month of it."""

ReturnForm = Literal["workbook", "project"]
"""What kind of file a return goes out as: a workbook, or the XML of MS Project."""

Value = str | int | float | bool | date | tuple[str, ...] | None
"""What a cell holds. Nothing is always ``None``, never an empty text."""


@dataclass(frozen=True)
class ReturnColumn:
    """One column of a table.

    Attributes:
        field: the name by which the plan knows it; ``{year}`` stands for a year's first calendar year.
        title: its heading; ``{year}`` stands for the year's name, such as 2008-2009, and ``{years}`` for how many years
            the plan has.
        kind: the kind of cell.
        width: in characters of the sheet's font.
        editable: whether whoever has the file fills it in. A change elsewhere is a request.
        choices: the name of the plan's list that it takes its values from (``PlanFacts.lists``).
        required: whether it may never be empty.
        each_year: whether it stands once for each year of the plan.
        each_role: whether it stands once for each role of the plan; ``{role}`` stands for the role, in ``field`` for
            its key.
        computed: whether it only tells something; what comes back in it is not looked at.
        of_group: whether it says the same in every row of a group of rows.
        reason_for: the column whose value may ask for a reason, which is given here.
        reasons: the list from which that value is chosen (``PlanFacts.reasons``).
        own: whether every owner answers for themselves there; elsewhere the lead's answer counts.
        optional: whether a file lacks nothing without it, as those do that went out before it was a column.
        known_as: other headings by which it is known, such as in the usual words for levels.
        most: how many characters it may hold at most, as the table says that keeps it; ``None`` where none does.
        help: what to write there, in a sentence.
    """

    field: str
    title: str
    kind: Kind = TEXT
    width: int = 12
    editable: bool = False
    choices: str = ""
    required: bool = False
    each_year: bool = False
    each_role: bool = False
    computed: bool = False
    of_group: bool = False
    reason_for: str = ""
    reasons: str = ""
    own: bool = False
    optional: bool = False
    known_as: tuple[str, ...] = ()
    most: int | None = None
    help: str = ""


@dataclass(frozen=True)
class Listing:
    """A sheet that lists rows of the plan, one below another.

    Attributes:
        title: the sheet's title.
        source: the name of the kind of row that it lists, as ``edits.sources`` knows it.
        word: what one of its rows is called.
        ref, text: the fields by which a person tells one row from another.
        columns: its columns, in their order.
        kept_by: the tables that keep what is answered: the first that has a column says how much it may hold.
        help: what it is for, in a sentence or two.
        group: the field whose change begins a new group of rows.
        spare: how many rows stand empty below the others, for what the plan does not have yet.
        optional: whether it only goes out where the plan has rows for it.
        dated: the field that says of what time a row is, as a day or as the first calendar year: those of the time
            that the return is about are listed, and no others. Empty where rows are of no time.
        finished: whether rows go out, too, of which nothing is waited for any more.
        narrowed: words, one of which must stand in what an indicator is called, counts or comes from, or in a heading
            above it, for its results to be listed; none lists those of all.
        checks: what its rows are looked over for, before they go out and when they come in.
        beside: fields that stand in no column, and that its checks need.
        indicators: the keys of the indicators whose results are listed, for the force and every area; none lists those
            of all, as far as there are results of them.
    """

    title: str
    source: str
    word: Word
    ref: str
    text: str
    columns: tuple[ReturnColumn, ...]
    kept_by: tuple[type[SQLModel], ...] = ()
    help: str = ""
    group: str = ""
    spare: int = 0
    optional: bool = False
    dated: str = ""
    finished: bool = False
    narrowed: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    beside: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()

    def words_of(self, row: "ReturnRow") -> tuple[str, str]:
        """A row's reference and text, by which a person knows it."""
        return self._word_of(row, self.ref), self._word_of(row, self.text)

    def _word_of(self, row: "ReturnRow", name: str) -> str:
        """What stands in a cell by which a row is known; a year is called there as the plan calls its years."""
        value = row.values.get(name)
        if isinstance(value, int):  # most rows are known by texts
            kind = next((column.kind for column in self.columns if column.field == name), TEXT)
            return kind.show(value) if isinstance(kind, Year) else str(value or "")
        return str(value or "")

    @property
    def only_tells(self) -> bool:
        """Whether nothing in it is filled in, so that it is not looked at when it comes back."""
        return not any(column.editable for column in self.columns)

    def columns_for(
        self, years: tuple[int, ...], roles: Mapping[str, str] = NO_ROLES, earlier: Sequence[LevelWords] = ()
    ) -> tuple[ReturnColumn, ...]:
        """The columns for a plan of these years and roles; those of each year declared together stand together.

        They are headed in the words of the plan that is open, and known by the usual ones and its earlier ones, too.

        Args:
            years: first calendar years.
            roles: the titles of the plan's roles, by their keys.
            earlier: the words that the plan had for its levels before.
        """
        made_for = years, tuple(roles.items()), tuple(earlier), spoken()
        columns = self._columns_made.get(made_for)
        if columns is None:
            columns = self._made(years, roles, earlier)
            if len(self._columns_made) >= _PLANS_KEPT:
                self._columns_made.clear()
            self._columns_made[made_for] = columns  # a job beside the window may have made them, too
        return columns

    @cached_property
    def _columns_made(self) -> dict[Hashable, tuple[ReturnColumn, ...]]:
        """The columns for the plans that they were made for last: every file and every cell asks for them again."""
        return {}

    def _made(
        self, years: tuple[int, ...], roles: Mapping[str, str], earlier: Sequence[LevelWords]
    ) -> tuple[ReturnColumn, ...]:
        made: list[ReturnColumn] = []
        for (each_year, each_role), columns in groupby(
            self.columns, lambda column: (column.each_year, column.each_role)
        ):
            together = list(columns)
            if each_role:
                taken = {fold(column.title) for column in self.columns}
                made += [_for_role(column, *role, taken) for role in roles.items() for column in together]
            elif each_year:
                made += [_in_year(column, year) for year in years for column in together]
            else:
                made += [_in_plan(column, years) for column in together]
        return tuple(replace(_in_words(column, earlier), most=_most(column.field, self.kept_by)) for column in made)

    def columns_ever(self, plan: "PlanFacts") -> dict[str, ReturnColumn]:
        """The columns by field: those of the plan's years, and those of passed years, which issues of then had."""
        every = (*self.columns_for(plan.years, plan.roles), *self.columns_for(plan.passed, plan.roles))
        return {column.field: column for column in reversed(every)}


def _in_words(column: ReturnColumn, earlier: Sequence[LevelWords]) -> ReturnColumn:
    """A column in the words of the plan that is open; in other words it is known, too."""
    title = in_words_of_plan(column.title)
    other = {in_words_of_plan(column.title, words) for words in (LevelWords(), *earlier)} - {title}
    return replace(column, title=title, help=in_words_of_plan(column.help), known_as=tuple(sorted(other)))


def _most(name: str, models: Sequence[type[SQLModel]]) -> int | None:
    return next((most_characters(model, name) for model in models if name in model.model_fields), None)


def _in_year(column: ReturnColumn, year: int) -> ReturnColumn:
    return replace(
        column,
        field=column.field.format(year=year),
        title=column.title.format(year=year_name(year)),
        help=column.help.format(year=year_name(year)),
    )


def _for_role(column: ReturnColumn, key: str, role: str, taken: set[str]) -> ReturnColumn:
    """A column of a role, headed otherwise than those whose headings are taken."""
    title = column.title.replace("{role}", role)
    while fold(title) in taken:
        title = f"{title} (role)"
    taken.add(fold(title))
    return replace(
        column, field=column.field.replace("{role}", key), title=title, help=column.help.replace("{role}", role.lower())
    )


def _in_plan(column: ReturnColumn, years: tuple[int, ...]) -> ReturnColumn:
    return replace(column, title=column.title.format(years=len(years))) if "{" in column.title else column


ILLUSTRATIVE = "illustrative layout"
"""What is said of the layout of a return that stands for one to somebody outside: their own form was not seen."""

_AS = "@"
"""What stands between the id of a return and the key of the role whose posts it goes to."""

_BY_AREA = "#areas"
"""What stands behind the id of a return that goes to areas, each with its own rows."""


class ReturnId(NamedTuple):
    """What the id of a return says.

    Attributes:
        known: the id as the catalogue has it.
        role: the key of the role whose posts it goes to; "" where it goes to owners, or to nobody in particular.
        areas: whether it goes to areas; whoever it goes to is then the title of an area, and not of a post.
    """

    known: str
    role: str = ""
    areas: bool = False


def apart(return_id: str) -> ReturnId:
    """What the id of a return says, part by part."""
    if return_id.endswith(_BY_AREA):
        return ReturnId(return_id.removesuffix(_BY_AREA), areas=True)
    known, _, role = return_id.partition(_AS)
    return ReturnId(known, role)


@dataclass(frozen=True)
class Return:
    """A workbook that goes out and may come back.

    It goes out to the posts that own its rows, or, as ``for_role`` gives it, to those that stand in a role to them; as
    ``for_areas`` gives it, to each area with its own rows.

    Attributes:
        id: the name that a program knows it by.
        title: what a person calls it.
        listings: its sheets, in their order.
        help: what it is for, in a sentence.
        span: what time one issue of it is about.
        by_owner: whether one can be made for one post alone.
        by_area: whether one can be made for one area alone.
        any_year: whether it is of what was measured, which may be in a year before the plan's or behind them.
        stands_for: what return to somebody outside the plan it stands for, in a few words: its layout is then the
            program's own, and is said to be illustrative wherever it is seen. Empty for a return within the force.
        form: what kind of file it is.
        role: the key of the role whose posts it goes to; empty where it goes to those that own its rows.
        role_title: what that role is called.
        usual_role: the key of the role whose posts it goes to unless others are chosen; "" for those that own its rows.
        frequencies: how often it is asked for, the usual first; none for one that goes out when the plan's own people
            want it.
        due: by when an answer is due, where that is said.
        asked_from, asked_to: the first and the last year in which it is asked for, as first calendar years; ``None``
            where there is no limit.
    """

    id: str
    title: str
    listings: tuple[Listing, ...]
    help: str
    span: Span = "plan"
    by_owner: bool = False
    by_area: bool = False
    any_year: bool = False
    stands_for: str = ""
    form: ReturnForm = "workbook"
    role: str = ""
    role_title: str = ""
    usual_role: str = ""
    frequencies: tuple[Frequency, ...] = ()
    due: DueRule | None = None
    asked_from: int | None = None
    asked_to: int | None = None

    def asked_in(self, year: int) -> bool:
        """Whether it is asked for in a year, given by its first calendar year."""
        return asked_in(year, self.asked_from, self.asked_to)

    def for_role(self, key: str, title: str) -> "Return":
        """The same return as it goes to the posts in a role of the plan, which is a return of its own."""
        named = f"{self.title} as {title[:1].lower()}{title[1:]}" if title else self.title
        return replace(self, id=f"{self.id}{_AS}{key}", title=named, role=key, role_title=title)

    def for_areas(self) -> "Return":
        """The same return as it goes to areas, which is a return of its own."""
        return replace(self, id=f"{self.id}{_BY_AREA}", title=f"{self.title} by area", by_owner=False)

    @property
    def to_areas(self) -> bool:
        """Whether it goes to areas, each with its own rows."""
        return apart(self.id).areas

    @property
    def parted(self) -> bool:
        """Whether one goes to each of several, with their own rows: to posts, or to areas."""
        return self.by_owner or self.to_areas

    @property
    def layout(self) -> str:
        """What is said of its layout wherever it is seen: "illustrative layout"; empty for one within the force."""
        return ILLUSTRATIVE if self.stands_for else ""

    @property
    def periods(self) -> tuple[str, ...]:
        """The parts of a year that one issue may be about, the usual first: "Q1" to "Q4"; "" for a year, or the plan.

        One that is asked for in several frequencies may be about parts of several lengths.
        """
        spans = dict.fromkeys((self.span, *(SPANS[frequency] for frequency in self.frequencies)))
        return tuple(dict.fromkeys(period for span in spans for period in PERIODS.get(span, ("",))))

    @property
    def yearly(self) -> bool:
        """Whether one issue is about one year, or a part of it."""
        return self.span != "plan"


@dataclass(frozen=True)
class Choices:
    """A list that cells are chosen from.

    ``meanings`` say what a title means, where that is said; ``asking`` are the titles that ask for a reason,
    ``finished`` those that say that nothing is left to be done.
    """

    titles: tuple[str, ...]
    meanings: Mapping[str, str] = field(default_factory=dict)
    asking: tuple[str, ...] = ()
    finished: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlanFacts:
    """What a workbook says of the plan that it comes from, and the lists that its cells are chosen from.

    ``years`` are first calendar years; ``year`` is the first one of the financial year that a workbook is about, if it
    is about one: a day without a year is of that. ``lists`` are titles by the names that columns give in ``choices``,
    ``reasons`` those among them that ask for a reason, such as the status “Off track”. ``meanings`` say in a sentence
    what a listed value means, where the plan says so. ``finished`` are the titles, by list, that say that nothing is
    left to be done. ``today`` is the day that the plan is judged by, where that is known. ``roles`` are
    the titles of the plan's roles, by their keys, and ``earlier_words`` those that it had for its levels before.
    ``force_code`` is the code of the force in tables of the Home Office; empty where it is not known.
    ``declared`` are the returns that a person declared in the plan. ``passed`` are the years before the plan's own that
    stay in the file, by their first calendar years.
    """

    key: str
    title: str
    years: tuple[int, ...]
    force: str = ""
    marking: str = ""
    illustrative: str = ""
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    reasons: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    meanings: Mapping[str, str] = field(default_factory=dict)
    year: int | None = None
    finished: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    today: date | None = None
    roles: Mapping[str, str] = field(default_factory=dict)
    earlier_words: tuple[LevelWords, ...] = ()
    force_code: str = ""
    declared: "tuple[Return, ...]" = ()
    passed: tuple[int, ...] = ()

    @property
    def kept(self) -> tuple[int, ...]:
        """The first calendar years of all years that the plan's file keeps."""
        return tuple(sorted({*self.passed, *self.years}))

    def asking(self, column: ReturnColumn) -> tuple[str, ...]:
        """The values that ask for the reason which is given in a column; none if it gives none."""
        return self.reasons.get(column.reasons, ())


@dataclass(frozen=True)
class Identity:
    """Which export a workbook is: of which plan, at which revision, which return, for whom, which year and period.

    ``period`` is a quarter or month of the year, such as "Q2" or "M06", or empty. ``head`` is the head of the plan's
    sealed chain when it went out (``returns.chain_head``); empty where that is not known. ``begins`` is the month in
    which the plan's years began then: its period is one of such a year. Read from a file it is only what the file says
    about itself; the plan's own record is believed over it.
    """

    plan: str
    export: str
    return_id: str
    revision: str
    owner: str = ""
    year: int | None = None
    plan_title: str = ""
    period: str = ""
    head: str = ""
    begins: int = APRIL

    @property
    def when(self) -> str:
        """The time it is about, as a person writes it: "2008-2009 Q2", "September 2008"."""
        return time_name(self.year, self.period, self.begins)


@dataclass(frozen=True)
class ReturnRow:
    """One row of a return's table: the key of the plan's row, its values by field, and the post that leads it."""

    key: str
    values: Mapping[str, Value]
    lead: str = ""


@dataclass(frozen=True)
class Content:
    """All that one workbook holds: the rows of each of the return's listings, in their order.

    ``due`` is the day by which an answer is wanted. A blank form lists no rows, and has ``blank`` empty ones in each
    table instead. ``needs`` are the keys of the rows that a row depends on, for a file that shows that.
    """

    plan: PlanFacts
    identity: Identity
    tables: tuple[tuple[ReturnRow, ...], ...]
    due: date | None = None
    blank: int = 0
    needs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """How many rows of the plan it lists, each once."""
        return len({row.key for table in self.tables for row in table})


def without_empty(definition: Return, content: Content) -> tuple[Return, Content]:
    """A return and what its workbook holds, without the optional listings that have no rows: they do not go out."""
    kept = [
        (listing, table)
        for listing, table in zip(definition.listings, content.tables, strict=True)
        if table or not listing.optional
    ]
    return (
        replace(definition, listings=tuple(listing for listing, _ in kept)),
        replace(content, tables=tuple(table for _, table in kept)),
    )
