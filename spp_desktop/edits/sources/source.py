"""What is asked of a kind of row that a return lists, on its way out, when it comes back, and when it is taken in.

A kind of row more is a declaration of a ``RowSource`` in a module of its own, and one line in ``every``.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal, NamedTuple, Self

from sqlalchemy import Connection
from sqlmodel import Session

from spp_desktop.plan.performance import Measure
from spp_desktop.plan.periods import period_bounds
from spp_desktop.plan.posts import Post
from spp_desktop.plan.reporting import is_reported
from spp_desktop.plan.role_names import role_of
from spp_desktop.plan.rows import Row
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.spoken import usual
from spp_desktop.plan.words import Word
from spp_desktop.returns.definition import Choices, Identity, Listing, PlanFacts, Value, apart
from spp_desktop.store import queries, registered

Parts = tuple[Any, ...]
"""The plain rows that say together what one listed row holds: an activity and what was reported of it."""

KeysByTitle = Mapping[str, Mapping[str, str]]
"""The keys that stand for the titles a person writes: by the name of their list, then by title."""


@dataclass(frozen=True)
class IssueScope:
    """Which rows an issue of a return lists: of a post, a year, a part of it ("H1", "Q2", "M06"); empty means all.

    With ``everyone`` it lists all rows of all years, as they stand for that post and quarter; of results, all that
    could be asked for of that month. With ``whole`` it lists rows too that are not reported in the period. ``leads``
    are the posts that led when a return of no one post went out, by activity: what they report is what such a return
    answers. ``begins`` is the month in which years began when it went out, where that may be another than now. With a
    ``role`` the post is asked about the rows to which it stands in that role, and not about those that it owns. With
    an ``area`` the rows of that area are listed. ``dated``, ``finished``, ``narrowed`` and ``indicators`` are what the
    listing itself says of which rows it lists.
    """

    owner: str = ""
    year: int | None = None
    period: str = ""
    everyone: bool = False
    whole: bool = False
    leads: Mapping[str, str] = field(default_factory=dict)
    begins: int | None = None
    role: str = ""
    area: str = ""
    dated: str = ""
    finished: bool = False
    narrowed: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()

    @classmethod
    def of(cls, identity: Identity) -> Self:
        """The scope of an export."""
        named = apart(identity.return_id)
        owner, area = ("", identity.owner) if named.areas else (identity.owner, "")
        return cls(owner, identity.year, identity.period, begins=identity.begins, role=named.role, area=area)

    def within(self, listing: Listing) -> Self:
        """The same with what a listing says of which rows it lists."""
        return replace(
            self,
            dated=listing.dated,
            finished=listing.finished,
            narrowed=listing.narrowed,
            indicators=listing.indicators,
        )

    def of_its_time(self, value: Any) -> bool:
        """Whether a row is of the time that the issue is about, by the day or first calendar year that it is of."""
        if self.everyone or not self.dated or self.bounds is None:
            return True
        if isinstance(value, date):
            first, last = self.bounds
            return first <= value <= last
        return bool(value == self.year)

    def lists(self, owners: Collection[str]) -> bool:
        """Whether a row that these posts own is listed."""
        return self.everyone or not self.owner or self.owner in owners

    def asks(self, reported: str | None) -> bool:
        """Whether what is reported so often is asked for in the period."""
        return self.everyone or self.whole or self.year is None or is_reported(reported, self.year, self.period)

    @property
    def listed_year(self) -> int | None:
        """The year to which the rows are confined, if to any."""
        return None if self.everyone else self.year

    @property
    def ends(self) -> date | None:
        """The last day of the quarter or month; ``None`` if it is about neither."""
        return None if self.year is None or not self.period else period_bounds(self.year, self.period, self.begins)[1]

    @property
    def bounds(self) -> tuple[date, date] | None:
        """The first and the last day of what it is about; ``None`` if that is the whole plan."""
        return None if self.year is None else period_bounds(self.year, self.period, self.begins)


EVERYTHING = IssueScope()


class PlanRow(NamedTuple):
    """A row as its kind reads it from the plan: its key, the plain rows it is made of, and the post that leads it."""

    key: str
    parts: Parts
    lead: str = ""


@dataclass(frozen=True)
class NameList:
    """Rows of the plan that cells name by what they are called.

    ``asking`` is the column that says whether a title asks for a reason, if the table has one; a column ``meaning``
    says what it means, a column ``finished`` whether it says that nothing is left to be done.
    """

    model: type[Row]
    asking: str = ""

    @property
    def name(self) -> str:
        """What columns of returns call the list (``ReturnColumn.choices``): "posts"."""
        return usual(self.model.word).plural

    @property
    def models(self) -> tuple[type[Row], ...]:
        """The tables that ``titles`` reads: the rows' own, and those that put its rows in their order."""
        return registered.ordered_by(self.model)

    def titles(self, connection: Connection) -> dict[str, str]:
        """What each row is called, by its key."""
        return registered.titles(connection, self.model)

    def choices(self, connection: Connection) -> Choices:
        """What cells are chosen from."""
        titles = self.titles(connection)
        if {"meaning", "finished", self.asking}.isdisjoint(self.model.model_fields):
            return Choices(tuple(titles.values()))
        rows = {titles[row.id]: row._asdict() for row in queries.register(connection, self.model)}
        return Choices(
            tuple(titles.values()),
            {title: row["meaning"] for title, row in rows.items() if row.get("meaning")},
            tuple(title for title, row in rows.items() if row.get(self.asking)),
            tuple(title for title, row in rows.items() if row.get("finished")),
        )


class NamedIn(NamedTuple):
    """What a field of a return names rows of the plan by: the column that keeps their keys, and their list."""

    column: str
    titles: NameList


@dataclass(frozen=True)
class Parent:
    """What a new row of a kind is a part of.

    Attributes:
        field: the field that says it.
        word: what it is called.
        known: what a row's reference says of it: its value in ``field`` by what ``of_ref`` makes of the reference.
        of_ref: the part of a reference by which it is known.
        bears_ref: whether rows of the kind have no reference of their own and bear that of what they are a part of.
        choices: the list from which a person says it where the reference does not; empty if it cannot be said.
    """

    field: str
    word: Word
    known: Callable[[Connection, int | None], dict[str, str]]
    of_ref: Callable[[str], str] = str
    bears_ref: bool = False
    choices: str = ""


class ListedIn(NamedTuple):
    """What a cell of the plan keeps of a listed row: the listed row's key, and its fields; "" stands for all."""

    key: str
    fields: Sequence[str]


AskedWhy = Literal["", "asked", "waits"]
"""What a cell has to do with a reason that a change asks for: nothing, it is to hold it, or it waits for it."""


class Remark(NamedTuple):
    """What a kind of row has to say of a cell that came back.

    ``asks`` makes a question of a change; without ``usable`` something else has to be typed in its place. ``why`` says
    that it asks why another cell of the row changes, or that it waits for that and for nothing else.
    """

    field: str
    text: str
    asks: bool = True
    usable: bool = True
    why: AskedWhy = ""


@dataclass(frozen=True)
class AcceptedCell:
    """A cell that is to stand in the plan.

    Attributes:
        key: the row's key.
        field: the name by which returns know it.
        column: the column of the plan's table that keeps it.
        value: as that column holds it: keys where a person writes titles.
        scope: the issue that it answers.
        post: the key of the post that answers, if it is known.
    """

    key: str
    field: str
    column: str
    value: Any
    scope: IssueScope
    post: str | None


@dataclass(frozen=True)
class NewRow:
    """A row that the plan is to be given: its columns by name, and the issue and post from which it came."""

    columns: Mapping[str, Any]
    scope: IssueScope
    post: str | None


@dataclass(frozen=True, eq=False)
class RowSource(ABC):
    """A kind of row that returns list. Two are the same if they have one name.

    Attributes:
        name: what returns, receipts, decisions and the subjects of differences call it, in files that went out too.
        word: what a row is called.
        models: the tables that ``rows`` reads, those of ``names`` apart.
        names: the fields whose cells name rows of the plan, by field.
        unset: the fields that say where a row belongs, and cannot be set from a return.
        empties: what empties a column, where that is not ``None``.
        parent: what a new row is a part of, if it is of anything.
        takes_new: whether a return can propose a row that the plan does not have.
        by_activity: whether a row is one activity with what hangs on it, so that of an earlier state only the
            activities that have changed need be read.
        kept: the table in which the plan keeps some of what is listed, beside the listed rows themselves, if any.
        measures: the ways of measuring whose results it lists, if it lists results.
    """

    name: str
    word: Word
    models: tuple[type[Row], ...]
    names: Mapping[str, NamedIn] = field(default_factory=dict)
    unset: frozenset[str] = frozenset()
    empties: Mapping[str, Any] = field(default_factory=dict)
    parent: Parent | None = None
    takes_new: bool = False
    by_activity: bool = False
    kept: type[Row] | None = None
    measures: tuple[Measure, ...] = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RowSource) and other.name == self.name

    def __hash__(self) -> int:
        return hash(self.name)

    # Going out

    @abstractmethod
    def rows(self, connection: Connection, fields: Collection[str], scope: IssueScope) -> Iterator[PlanRow]:
        """The rows that an issue lists, in their order; ``fields`` are those that are asked for."""

    @abstractmethod
    def getter(self, name: str) -> Callable[[Parts], Value]:
        """What gives a field of a row."""

    def told(self, connection: Connection) -> Mapping[str, Mapping[str, Value]]:
        """What is worked out of each row, for columns that only tell something: by key, then by field."""
        del connection
        return {}

    def owners(self, connection: Connection, scope: IssueScope) -> set[str]:
        """The posts that the rows of an issue to all belong to, or that stand in its role to them, by their titles."""
        del connection, scope
        return set()

    def areas(self, connection: Connection, scope: IssueScope) -> set[str]:
        """The areas of which an issue to all lists any row, by their titles."""
        del connection, scope
        return set()

    def left_out(self, connection: Connection, scope: IssueScope) -> Mapping[str, str]:
        """The rows that are not reported in the period of an issue: how often each is, by its reference."""
        del connection, scope
        return {}

    def unowned(self, connection: Connection, year: int | None, role: str = "") -> Sequence[str]:
        """What each row of a year is called that belongs to no post, or has none in a role, and so goes to nobody."""
        del connection, year, role
        return ()

    def lists(self) -> Mapping[str, Choices]:
        """What cells are chosen from that is the same in every plan, by the name of the list."""
        return {}

    # Coming back

    def words_of(self, ref: str, text: str) -> tuple[str, str]:
        """What tells that two rows are one, of a reference and words as ``returns.words.fold`` gives them.

        The words alone, unless those of many rows may be the same.
        """
        return (ref if self.bears_ref else "", text)

    def lacks(self, values: Mapping[str, Value]) -> str:
        """What a proposed row must say and does not, in a word; empty if it says all. ``values`` are by field."""
        parent = self.parent
        return parent.word.singular if parent is not None and not values.get(parent.field) else ""

    def around(self, connection: Connection) -> Mapping[str, Any]:
        """What the remarks on a row rest on beside what is listed of it, by key."""
        del connection
        return {}

    def listed_in(self, row: Mapping[str, Any], cell: str, scope: IssueScope) -> ListedIn | None:
        """What a cell of the table ``kept`` keeps of a listed row of an issue; ``None`` if it is of none.

        ``row`` is as the history has it, with the title of its post as "post"; ``cell`` is "" for all of its cells.
        """
        del row, cell, scope
        return None

    def remarks(
        self, returned: Mapping[str, Value], now: Mapping[str, Value], plan: PlanFacts, around: Any = None
    ) -> Sequence[Remark]:
        """What is to be said of a row's cells that came back, by field, beside what the plan holds: one for a field.

        ``around`` is what the method of that name gives of the row.
        """
        del returned, now, plan, around
        return ()

    def refusal(self, connection: Connection, key: str, cells: Mapping[str, Value]) -> tuple[str, str]:
        """The field of a row's cells that cannot be accepted beside the others, and why; empty if all can."""
        del connection, key, cells
        return "", ""

    def locked(self, connection: Connection, scope: IssueScope) -> tuple[Collection[str], str]:
        """The fields of which nothing of an issue can be taken in now, whatever a row says, and why; none usually."""
        del connection, scope
        return (), ""

    def told_of_answers(self, connection: Connection, answers: Mapping[str, Mapping[str, Value]]) -> str:
        """What is said of all answers together, by row and field; "" where nothing is."""
        del connection, answers
        return ""

    def heads(self, connection: Connection, year: int | None) -> Mapping[str, str]:
        """The words of the rows under which a review puts what belongs to them, by their references, in their order."""
        del connection, year
        return {}

    def named_in(self, name: str) -> NamedIn | None:
        """What a field names rows of the plan by, if it does; a role's cell names posts."""
        return NamedIn(name, NameList(Post)) if role_of(name) else self.names.get(name)

    @property
    def bears_ref(self) -> bool:
        """Whether its rows bear the reference of what they are a part of."""
        return self.parent is not None and self.parent.bears_ref

    # Taken in

    def stored(self, keys: KeysByTitle, name: str, value: Value) -> tuple[str, Any]:
        """The column in which a field is kept, and a value as it holds it.

        Raises:
            RuleBroken: if it names something that is no longer in the plan's list.
        """
        named = self.named_in(name)
        column = named.column if named else name
        if value is None:
            return column, self.empties.get(column)
        if named is None:
            return column, value
        known = keys[named.titles.name]
        titles = value if isinstance(value, tuple) else (str(value),)
        gone = next((title for title in titles if title not in known), None)
        if gone is not None:
            raise RuleBroken(name, f"“{gone}” is no longer in the plan's list. Choose another, or refuse it.")
        return column, [known[title] for title in titles] if isinstance(value, tuple) else known[titles[0]]

    def place_of(self, cell: AcceptedCell) -> Hashable:
        """What two accepted cells have in common that would overwrite each other."""
        return cell.key, cell.field

    @abstractmethod
    def take(self, session: Session, cells: Sequence[AcceptedCell]) -> None:
        """Put accepted cells into the plan.

        Raises:
            RuleBroken: at the first value that breaks a rule; the caller rolls all of it back.
        """

    def add(self, session: Session, row: NewRow) -> None:
        """Give the plan a row that a return proposed.

        Raises:
            RuleBroken: if a value breaks a rule, or the kind of row takes no new ones from returns.
        """
        del session, row
        raise RuleBroken("id", f"A return cannot add {self.word.with_article}. Add it in the plan itself.")
