"""Any register as a published table, made from its declaration."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Table, UniqueConstraint
from sqlmodel import SQLModel

from spp_desktop.edits.publishing.common import PlanRead
from spp_desktop.plan.identity import years_of
from spp_desktop.plan.kinds import Day, Kind, Link, Long, Money, Number, Percent, Whole, Year, YesNo
from spp_desktop.plan.kinds.addresses import Addresses
from spp_desktop.plan.kinds.declared import kind_of
from spp_desktop.plan.periods import year_name
from spp_desktop.plan.register import MARKING, NO_YES, Computed, Register, Shown, in_year
from spp_desktop.plan.registers import REGISTERS
from spp_desktop.plan.rows import Row, heading_of
from spp_desktop.plan.words import capital
from spp_desktop.returns.publication.publication import (
    Datatype,
    ForeignKey,
    PublishedColumn,
    PublishedTable,
    PublishedValue,
)
from spp_desktop.store import registered
from spp_desktop.store.registered import RegisterRow

ROW = PublishedColumn("row", "Row", "integer", about="The number of the row in this table.", required=True)
"""The column that tells rows apart which nothing else tells apart in every plan."""

_DATATYPES: tuple[tuple[type[Kind], Datatype, str], ...] = (
    (Money, "number", "£"), (Percent, "integer", "%"), (Year, "string", ""), (Whole, "integer", ""),
    (Number, "number", ""), (Day, "date", ""),
)  # fmt: skip
"""What columns hold by their kind, and in what unit: the first that fits."""


@dataclass(frozen=True)
class _PublishedValues:
    """A column as it is published, and what gives its value of a row."""

    column: PublishedColumn
    value: Callable[[RegisterRow], PublishedValue]


def table(read: PlanRead, register: Register) -> PublishedTable:
    """The rows of a register, with the columns that it shows and those that are worked out."""
    key = key_of(register)
    lines = list(_lines(read, register))
    rows: list[tuple[PublishedValue, ...]] = [
        tuple(line.value(row) for line in lines) for row in registered.register_rows(read.connection, register)
    ]
    columns = tuple(line.column for line in lines)
    named = tuple(published_name(name) for name in key)
    if not key:
        columns, rows = (ROW, *columns), [(number, *row) for number, row in enumerate(rows, 1)]
        named = (ROW.name,)
    return PublishedTable(
        register.name, read.title(capital(register.title)), register.title, register.about, columns, rows, named,
        tuple(_links(register)),
    )  # fmt: skip


def published_name(name: str) -> str:
    """The name of a column as it is published: "owner" for "owner_id"."""
    return name.removesuffix("_id")


def key_of(register: Register) -> tuple[str, ...]:
    """The columns shown that tell one row from all others in every plan; none where there are no such."""
    own = _table(register.model)
    for name in register.names:
        if own.c[name].unique and not own.c[name].nullable:
            return (name,)
    for constraint in own.constraints:
        names = tuple(column.name for column in constraint.columns) if isinstance(constraint, UniqueConstraint) else ()
        if names and all(name in register.names and not own.c[name].nullable for name in names):
            return names
    return ()


def _links(register: Register) -> Iterator[ForeignKey]:
    """The columns that always name a row of another register, by what is its key when it is published.

    A column that may be blank is no such link: validators differ in whether a blank keeps one.
    """
    known = {other.model: other for other in REGISTERS}
    own = _table(register.model)
    for name, model in registered.linked_by(register.model).items():
        other = known.get(model)
        always = name in register.names and not own.c[name].nullable
        if other is not None and always and key_of(other) == model.called_by:
            yield ForeignKey((published_name(name),), other.name, tuple(map(published_name, model.called_by)))


def _lines(read: PlanRead, register: Register) -> Iterator[_PublishedValues]:
    """The columns in their order, with those that are worked out and those of each year behind the ones they follow."""
    behind: dict[str, list[_PublishedValues]] = {}
    for worked in register.computed:
        behind.setdefault(worked.after, []).append(_worked_out(register, worked))
    if register.yearly is not None:
        behind.setdefault(register.yearly.after, []).extend(_of_years(read, register))
    yield from behind.pop("", ())
    for shown in register.columns:
        addresses = isinstance(kind_of(register.model, shown.name), Addresses)  # whom mail goes to is no matter for all
        if not addresses and shown is not MARKING:  # the highest stands above the table
            yield _declared(register.model, shown)
        yield from behind.pop(shown.name, ())
    for left in behind.values():
        yield from left


def _declared(model: type[Row], shown: Shown, name: str = "", heading: str = "") -> _PublishedValues:
    """A column of a table; one of a year has a name and heading of its own."""
    kind, own = kind_of(model, shown.name), name or shown.name
    datatype, unit = _datatype(kind, shown)
    column = PublishedColumn(
        published_name(shown.name) if not name else name.replace(":", "_"),
        heading or heading_of(model, shown.name),
        datatype,
        unit,
        shown.about,
        wide=isinstance(kind, Long),
        plain_numbers=isinstance(kind, Whole) and not isinstance(kind, Percent),
    )
    return _PublishedValues(column, lambda row: _value(kind, shown, row, own))


def _datatype(kind: Kind, shown: Shown) -> tuple[Datatype, str]:
    if isinstance(kind, YesNo):
        return ("boolean" if shown.words == NO_YES else "string"), ""
    return next(((datatype, unit) for known, datatype, unit in _DATATYPES if isinstance(kind, known)), ("string", ""))


def _value(kind: Kind, shown: Shown, row: RegisterRow, name: str) -> PublishedValue:
    value: Any = row.values.get(name)
    if isinstance(kind, Link):
        return row.titles.get(name) or None
    if value is None or value == "":
        return None
    if isinstance(kind, YesNo):
        return bool(value) if shown.words == NO_YES else capital(shown.words[bool(value)])
    if isinstance(kind, Year):
        return kind.show(value)
    return (
        value if isinstance(value, int | float | date) and _datatype(kind, shown)[0] != "string" else kind.show(value)
    )


def _of_years(read: PlanRead, register: Register) -> Iterator[_PublishedValues]:
    assert register.yearly is not None
    for year in years_of(read.plan):
        for shown in register.yearly.columns:
            title = heading_of(register.yearly.model, shown.name)
            heading = f"{year_name(year)}: {title[:1].lower()}{title[1:]}"
            yield _declared(register.yearly.model, shown, in_year(shown.name, year), heading)


def _worked_out(register: Register, worked: Computed) -> _PublishedValues:
    """A column that is worked out: numbers as numbers, all else as its words."""
    if not worked.numbers:
        return _PublishedValues(
            PublishedColumn(worked.name, worked.title, about=worked.about),
            lambda row: row.worked[worked.name].text or None,
        )
    of = worked.name.rpartition("_")[0]
    yearly = register.yearly
    is_money = yearly is not None and of in yearly.names and isinstance(kind_of(yearly.model, of), Money)
    column = PublishedColumn(worked.name, worked.title, "number", "£" if is_money else "", worked.about)
    return _PublishedValues(column, lambda row: _number(row, worked.name))


def _number(row: RegisterRow, name: str) -> PublishedValue:
    sort = row.worked[name].sort
    return sort if isinstance(sort, int | float) else None


def _table(model: type[SQLModel]) -> Table:
    return SQLModel.metadata.tables[str(model.__tablename__)]
