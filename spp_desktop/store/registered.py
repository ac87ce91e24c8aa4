"""Named reads of registers: their rows by the names of their columns, and what rows of any table are called."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, get_args

from sqlalchemy import Column, Connection, Table, or_, select
from sqlmodel import SQLModel

from spp_desktop.plan.links import RowLink
from spp_desktop.plan.periods import year_name
from spp_desktop.plan.register import Register, Worked, in_year
from spp_desktop.plan.rows import Row, kinds_of_row
from spp_desktop.store.attached import keys_at, titles_by_row
from spp_desktop.store.held_reads import given_again
from spp_desktop.store.in_roles import in_roles

YEAR = "year"
"""A column that holds the first calendar year of a financial year."""


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A row of a register.

    Attributes:
        key: its key.
        values: what it holds, by the names of its columns; the posts in roles by those of their cells.
        titles: for the columns that name a row of another table, what that row is called.
        worked: what its computed columns say, by their names.
        attached: the names of the files attached to it.
    """

    key: str
    values: Mapping[str, Any]
    titles: Mapping[str, str] = field(default_factory=dict)
    worked: Mapping[str, Worked] = field(default_factory=dict)
    attached: tuple[str, ...] = ()


Titles = Mapping[str, Mapping[str, str]]
"""What may be named in columns: by the column's name, what the rows of the other table are called, by their keys."""


def named_rows(connection: Connection, register: Register) -> Titles:
    """What the columns shown of a register may name, each as it is called, in the order in which it is chosen."""
    linked = {name: other for name, other in linked_by(register.model).items() if name in register.names}
    read = {other: titles(connection, other) for other in set(linked.values())}
    return {name: read[other] for name, other in linked.items()}


def register_rows(
    connection: Connection,
    register: Register,
    only: Mapping[str, Any] | None = None,
    named: Titles | None = None,
    *,
    files: bool = False,
) -> list[RegisterRow]:
    """Rows of a register: as a person has put them, or sorted by the columns shown where rows have no places.

    Args:
        connection: Of the plan.
        register: The register.
        only: What the rows are to hold in some of its columns; of all rows, nothing.
        named: What ``named_rows`` gives, where it is read already.
        files: Whether it is read what is attached to them.
    """
    table = _table(register.model)
    order = [table.c[name] for name in ("position", "id") if name in table.c]
    which = [table.c[name] == value for name, value in (only or {}).items()]
    read = [row._asdict() for row in connection.execute(select(table).where(*which).order_by(*order))]
    of_years = _of_years(connection, register)
    standing = in_roles(connection, register.name) if register.links else {}
    read = [{**values, **of_years.get(values["id"], {}), **standing.get(values["id"], {})} for values in read]
    named = named_rows(connection, register) if named is None else named
    known = {str(model.__tablename__): _in_order(connection, _table(model)) for model in read_by(register)}
    own_files = titles_by_row(connection) if files else {}
    rows = [
        RegisterRow(
            values["id"],
            values,
            {name: names.get(values[name], "") for name, names in named.items()},
            {column.name: column.work_out(values, known) for column in register.computed},
            own_files.get(values["id"], ()),
        )
        for values in read
    ]
    if not register.placed:
        places = {name: _places(register.model, name, named.get(name)) for name in register.names}
        rows.sort(key=lambda row: [_place(places[name], row.values[name]) for name in register.names])
    return rows


def _of_years(connection: Connection, register: Register) -> dict[str, dict[str, Any]]:
    """What the rows of a register hold in the columns of each year, by their keys."""
    yearly = register.yearly
    if yearly is None:
        return {}
    known: dict[str, dict[str, Any]] = {}
    for row in connection.execute(select(_table(yearly.model))).mappings():
        own = known.setdefault(row[yearly.model.part_of], {})
        own |= {in_year(name, row[YEAR]): row[name] for name in yearly.names}
    return known


def read_by(register: Register) -> set[type[Row]]:
    """The tables that the computed columns of a register read."""
    return {model for column in register.computed for model in column.reads}


def late(register: Register, row: RegisterRow, today: date) -> bool:
    """Whether the day by which something was to be done has passed, and the row is still waited for."""
    day, (column, ended) = row.values.get(register.due), register.finished
    if not isinstance(day, date) or day >= today:
        return False
    return not column or (row.titles.get(column) or row.values.get(column)) not in ended


def parts_of(connection: Connection, register: Register, key: str) -> list[str]:
    """The keys of the entries of a row's log, of its files and of its links, whose history is its own."""
    keys = keys_at(connection, [key])
    if register.log_model is not None:
        table = _table(register.log_model)
        keys += connection.execute(select(table.c.id).where(table.c[register.log_model.part_of] == key)).scalars()
    links = _table(RowLink)
    keys += connection.execute(select(links.c.id).where(or_(links.c.from_id == key, links.c.to_id == key))).scalars()
    return keys


def linked_by(model: type[Row]) -> dict[str, type[Row]]:
    """The columns of a table that name a row of another one, with that one."""
    kinds = kinds_of_row()
    return {
        column.name: kinds[link.column.table.name] for column in _table(model).columns for link in column.foreign_keys
    }


@given_again
def titles(connection: Connection, model: type[Row], keys: Collection[str] | None = None) -> dict[str, str]:
    """What rows of a table are called, by their keys: in its order, the rows of one owner beside each other.

    Args:
        connection: Of the plan.
        model: The kind of row.
        keys: Which rows; ``None`` for all.
    """
    return {values["id"]: called(model, values) for values in _in_order(connection, _table(model), keys)}


def ordered_by(model: type[Row]) -> tuple[type[Row], ...]:
    """The tables that ``titles`` reads for a table: its own, and those of the rows that its rows must belong to."""
    owner = _owner(_table(model))
    return (model,) if owner is None else (model, *ordered_by(linked_by(model)[owner.name]))


def called(model: type[Row], values: Mapping[str, Any]) -> str:
    """What a row is called, where it is chosen from a list: "R1 Most serious violence"."""
    words = [str(values[name]) for name in model.called_by if values[name] not in (None, "")]
    year = f" ({year_name(values[YEAR])})" if YEAR in values and YEAR not in model.called_by else ""
    return " ".join(words) + year


def _in_order(connection: Connection, table: Table, keys: Collection[str] | None = None) -> list[dict[str, Any]]:
    """Rows of a table: by what they must belong to, by year, under the row above them, by place and name."""
    which = [] if keys is None else [table.c.id.in_(keys)]
    rows = {row.id: row._asdict() for row in connection.execute(select(table).where(*which))}
    owner = _owner(table)
    owners: dict[str, int] = {}
    if owner is not None:
        (link,) = owner.foreign_keys
        owners = {values["id"]: n for n, values in enumerate(_in_order(connection, link.column.table))}
    above = next((c.name for c in table.columns if _leads_to(c, table)), "")
    names = kinds_of_row()[table.name].called_by

    def path(values: Mapping[str, Any], depth: int = 0) -> list[tuple[float, str, str]]:
        """The place of a row behind those of the rows above it; a ring of rows, which no verb makes, ends."""
        parent = rows.get(values.get(above)) if depth < len(rows) else None
        own = (values.get("position", 0.0), " ".join(str(values[name]) for name in names), values["id"])
        return [*(path(parent, depth + 1) if parent else []), own]

    def place(values: Mapping[str, Any]) -> tuple[Any, ...]:
        """What a row is sorted by."""
        rank = owners.get(values[owner.name], 0) if owner is not None else 0
        return rank, values.get(YEAR, 0), path(values)

    return sorted(rows.values(), key=place)


def _owner(table: Table) -> Column[Any] | None:
    """The column that names the row that a row must belong to, if it must."""
    return next((column for column in table.columns if column.foreign_keys and not column.nullable), None)


def _leads_to(column: Column[Any], table: Table) -> bool:
    return any(link.column.table is table for link in column.foreign_keys)


def _places(model: type[Row], name: str, known: Mapping[str, str] | None) -> dict[Any, int]:
    """The order of what a column may hold, where it holds one of a list."""
    kinds = (model.model_fields[name].annotation, *get_args(model.model_fields[name].annotation))
    listed = known if known is not None else [value for kind in kinds for value in get_args(kind)]
    return {value: n for n, value in enumerate(listed)}


def _place(places: Mapping[Any, int], value: Any) -> tuple[bool, Any]:
    """Where a value stands among those of its column; what names nothing comes first."""
    return value is not None, places.get(value, value) if value is not None else 0


def _table(model: type[SQLModel]) -> Table:
    return SQLModel.metadata.tables[str(model.__tablename__)]
