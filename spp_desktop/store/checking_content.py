"""Checks the rows of a plan's file: columns that do not fit together, and words that the program does not know."""

import sqlite3
from collections.abc import Collection, Iterator, Mapping
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from spp_desktop.plan.periods import year_name
from spp_desktop.plan.rows import Row, kinds_of_row
from spp_desktop.plan.rules import Rule
from spp_desktop.store.naming import plain, row_named, shown


def faults(connection: sqlite3.Connection, present: Collection[str]) -> Iterator[str]:
    """The faults in the rows of these tables, by the rules and words that their kinds declare."""
    kinds = {table: model for table, model in kinds_of_row().items() if table in present}
    for table, row, rule in broken_rows(connection, kinds):
        yield f"In the {row_named(connection, table, row)} {rule.sentence}."
    for table, model in kinds.items():
        yield from _strange_words(connection, model, table)


def broken_rows(
    connection: sqlite3.Connection, kinds: Mapping[str, type[Row]]
) -> Iterator[tuple[str, dict[str, Any], Rule]]:
    """The rows of some kinds that break a rule that their kind declares: the table, the row by columns, the rule."""
    for table, model in kinds.items():
        for rule in model.rules:
            for row in _rows(connection, table, rule.broken):
                yield table, row, rule


def outside_the_plan(connection: sqlite3.Connection, present: Collection[str]) -> Iterator[str]:
    """The rows of these tables that are for a year which is not the plan's; they are no fault, and are on no return."""
    own = next(_rows(connection, "plan", "1"))
    first, last = own.get("kept_from") or own["first_year"], own["first_year"] + own["years"] - 1
    for table, model in kinds_of_row().items():
        if table in present and model.planned_in:
            year = model.planned_in
            for row in _rows(connection, table, f'"{year}" NOT BETWEEN {int(first)} AND {int(last)}'):
                called = row_named(connection, table, row)
                yield f"The {called} is for {year_name(row[year])}, which is not a year of the plan."


def _strange_words(connection: sqlite3.Connection, model: type[Row], table: str) -> Iterator[str]:
    """Cells whose text is none of the words of their column."""
    for name, field in model.model_fields.items():
        words = _words(field.annotation)
        if words:
            among = ", ".join(f"'{word.replace(chr(39), chr(39) * 2)}'" for word in words)
            for row in _rows(connection, table, f'typeof("{name}") = \'text\' AND "{name}" NOT IN ({among})'):
                word, called = shown(row[name]), row_named(connection, table, row)
                yield f"In the {called} the {plain(name)} is {word}, which this program does not know."


def _words(annotation: Any) -> tuple[str, ...]:
    """The words of a ``Literal`` type; none for a column of another type."""
    kinds = get_args(annotation) if get_origin(annotation) in (Union, UnionType) else (annotation,)
    return tuple(word for kind in kinds if get_origin(kind) is Literal for word in get_args(kind))


def _rows(connection: sqlite3.Connection, table: str, where: str) -> Iterator[dict[str, Any]]:
    cursor = connection.execute(f'SELECT * FROM "{table}" WHERE {where} ORDER BY rowid')
    names = [column[0] for column in cursor.description]
    for row in cursor:
        yield dict(zip(names, row, strict=True))
