"""The whole content of a plan as plain values, alike on any two machines that hold the same content.

It is made from what the tables declare, so that no table can be forgotten. Keys, history and clock times are left out;
a row is named by what a person calls it, and stands under the row that it is a part of.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import Boolean, Column, Connection
from sqlmodel import SQLModel

from spp_desktop.plan.identity import Plan
from spp_desktop.plan.links import borne_by
from spp_desktop.plan.periods import year_name
from spp_desktop.plan.rows import Placed, Row, kinds_of_row
from spp_desktop.plan.spoken import usual
from spp_desktop.plan.words import Word
from spp_desktop.store.registered import YEAR, linked_by, titles

Dump = dict[str, Any]

_Cells = tuple[Any, ...]
"""A row as SQLite keeps it, a value for each column of its table."""


def content(connection: Connection) -> Dump:
    """Everything the plan says, as values that JSON can hold, in a stable order.

    A list for each kind of row that is a part of no other, by the plural of its word ("activities"); in each row its
    columns, and lists of its parts ("milestones"). A row of one column is that column's value. A column that names a
    row holds what that is called, a year what a person calls it ("2008-2009"); one that names a row which is not in the
    plan says so, with that row's key.

    Raises:
        ValueError: if a row holds what cannot be said.
    """
    titles_of = cache(lambda model: titles(connection, model))
    any_titles = cache(lambda: _any_titles(titles_of))
    kinds = {name: _DumpedKind(model, titles_of, any_titles) for name, model in kinds_of_row().items()}
    for kind in kinds.values():
        for outer in kind.under.values():
            kinds[outer].parts.append(_key(kind.model, kinds[outer].model))
    lists: Dump = {_key(kind.model): [] for kind in kinds.values() if kind.model.part_of not in kind.under}
    values: dict[str, dict[str, Any]] = {name: {} for name in kinds}
    for name in (table.name for table in SQLModel.metadata.sorted_tables if table.name in kinds):
        kind = kinds[name]
        rows = kind.rows(connection)
        values[name] = {row[0]: kind.value(row) for row in rows}
        for row in rows:
            for column, outer in kind.under.items():
                holder = values[outer].get(row[kind.at[column]])
                if holder is not None:
                    holder[_key(kind.model, kinds[outer].model)].append(values[name][row[0]])
                    break
            else:  # what it is a part of is not in the plan, or it is a part of nothing
                lists.setdefault(_key(kind.model), []).append(values[name][row[0]])
    return {"plan": next(iter(lists.pop(_key(Plan))), {}), **lists}


def _key(model: type[Row], outer: type[Row] | None = None) -> str:
    """What a list of such rows is called: "framework_items", or "items" in a framework."""
    word = _usual(model).plural.removeprefix(f"{_usual(outer).singular} " if outer else "")
    return word.replace(" ", "_")


def _usual(model: type[Row]) -> Word:
    """What such a row is called in every plan, whatever its own words are: programs read what is dumped."""
    return usual(model.word)


class _DumpedKind:
    """A kind of row, as it is dumped.

    Attributes:
        model: its model.
        at: the place of each column among the cells of a row; the key comes first.
        under: the columns that say under which row one stands, the nearest first, with the tables of those.
        parts: what the lists of its parts are called.
    """

    def __init__(
        self,
        model: type[Row],
        titles_of: Callable[[type[Row]], Mapping[str, str]],
        any_titles: Callable[[], Mapping[str, str]],
    ) -> None:
        table, links = SQLModel.metadata.tables[str(model.__tablename__)], dict(linked_by(model))
        self.model = model
        self.at = {name: n for n, name in enumerate(["id", *(c.name for c in table.columns if c.name != "id")])}
        self.under = {name: table.name for name in links if _is_row_above(table.c[name])}
        if model.part_of in links and (model.or_of or not table.c[model.part_of].nullable):
            for name in filter(None, (model.part_of, model.or_of)):
                self.under[name] = str(links[name].__tablename__)
        self.parts: list[str] = []
        named = {name: titles_of(other) for name, other in links.items() if name not in self.under}
        named |= {name: any_titles() for name in (*model.names_any, *model.remembers)}
        self._ranks = {name: {key: n for n, key in enumerate(known, 1)} for name, known in named.items()}
        self._plain = [name for name in self.at if name not in ("id", "position", *named, *links)]
        self._shown = [
            (name.removesuffix("_id") if name in named else name, at, _reading(table.c[name], named.get(name)))
            for name, at in self.at.items()
            if name in named or name in self._plain
        ]
        required = [name for name in named if not table.c[name].nullable and not self.under]
        self._first = required[:1] if issubclass(model, Placed) else list(named)

    def rows(self, connection: Connection) -> list[_Cells]:
        """All rows, in an order that is made by what they say alone.

        Rows with places stand by the row they must name, then by year and place; others by the rows that they name, in
        the order of those, then by their columns.
        """
        columns, order = (", ".join(f'"{name}"' for name in names) for names in (self.at, self._plain or self.at))
        query = f'SELECT {columns} FROM "{self.model.__tablename__}" ORDER BY {order}'
        rows = [tuple(row) for row in connection.exec_driver_sql(query)]
        if any(bytes in set(map(type, row)) for row in rows):
            raise ValueError(f"{self.model.word.with_article} holds raw bytes")
        if issubclass(self.model, Placed):
            rows.sort(key=self._place)
        rows.sort(key=lambda row: self._named(row, self._first))
        return rows

    def value(self, row: _Cells) -> Any:
        """A row as it is dumped: its columns by name, or what its one column holds."""
        cells: Dump = {name: row[at] if reading is None else reading(row[at]) for name, at, reading in self._shown}
        if len(cells) == 1 and not self.parts:
            return next(iter(cells.values()))
        return cells | {name: [] for name in self.parts}

    def _place(self, row: _Cells) -> list[Any]:
        """What rows with places are sorted by among their like."""
        first = [row[self.at[name]] for name in (YEAR, "position") if name in self.at]
        cells = (row[self.at[name]] for name in self._plain)
        ordered = [(cell is not None, isinstance(cell, str), cell) for cell in cells]
        return [first, ordered, self._named(row, self._ranks)]

    def _named(self, row: _Cells, columns: Iterable[str]) -> list[int]:
        """The places of the rows that a row names by these columns; none comes first."""
        return [self._ranks[name].get(row[self.at[name]], 0) for name in columns]


def _any_titles(titles_of: Callable[[type[Row]], Mapping[str, str]]) -> dict[str, str]:
    """What rows are called that can be linked, by key, each with what it is: "activity 1.05 Train all constables"."""
    kinds = kinds_of_row()
    tables = [name for name in borne_by() if name in kinds]
    return {
        key: f"{kinds[name].word.singular} {title}" for name in tables for key, title in titles_of(kinds[name]).items()
    }


def _is_row_above(column: Column[Any]) -> bool:
    """Whether a column names the row of its own table that a row stands under."""
    return any(link.column.table is column.table and link.ondelete == "CASCADE" for link in column.foreign_keys)


def _reading(column: Column[Any], known: Mapping[str, str] | None) -> Callable[[Any], Any] | None:
    """How what SQLite keeps in a column is said; ``None`` for what is said as it is kept."""
    if known is not None:
        return lambda key: None if key is None else known.get(key, f"not in the plan: {key}")
    if isinstance(column.type, Boolean):
        return bool
    if column.name == YEAR:
        return lambda year: None if year is None else year_name(year)
    return None
