"""A plan's tables as PostgreSQL has them: made of the same declarations as those of the file.

What SQLite says in its own way is said in standard SQL; texts sort as SQLite sorts them. A rule about two rows is
looked at when a transaction ends, so that rows can change places. No row takes others along: that is in the history.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Column, Index, Table
    from sqlalchemy.sql.elements import ColumnElement

_LATER = "DEFERRABLE INITIALLY DEFERRED"
_TEXT = 'text COLLATE "C"'
_TYPES = {"Integer": "bigint", "Float": "double precision", "Boolean": "boolean", "Date": "date"}
_IN_STANDARD = (
    (re.compile(r"\bmin\("), "least("),
    (re.compile(r"\bmax\("), "greatest("),
    (re.compile(r"\((\w+ IS NOT NULL)\)"), r"(CASE WHEN \1 THEN 1 ELSE 0 END)"),
)
_FIRST_DAY = "DATE '0001-01-01'"
_OR_ELSE = re.compile(r"ifnull\((\w+), ('')\)")


def quoted(name: str) -> str:
    """A name in quotes, as standard SQL has them."""
    return '"' + name.replace('"', '""') + '"'


def type_of(column: "Column[object]") -> str:
    """The type of a column on a hub."""
    return _TYPES.get(type(column.type).__name__, _TEXT)


def made(table: "Table") -> Iterator[str]:
    """The statements that make a table, with its rules."""
    from sqlalchemy import CheckConstraint, UniqueConstraint

    lines = [_column(column) for column in table.columns]
    lines.append(f"PRIMARY KEY ({', '.join(quoted(column.name) for column in table.primary_key)})")
    for rule in sorted(table.constraints, key=lambda rule: str(rule.name)):
        if isinstance(rule, UniqueConstraint):
            lines.append(f"UNIQUE ({', '.join(quoted(column.name) for column in rule.columns)}) {_LATER}")
        elif isinstance(rule, CheckConstraint):
            lines.append(f"CHECK ({_standard(table, str(rule.sqltext))})")
    yield f"CREATE TABLE {quoted(table.name)} ({', '.join(lines)})"
    for index in sorted(table.indexes, key=lambda index: str(index.name)):
        yield _index(table, index)


def links(table: "Table") -> Iterator[str]:
    """The statements that hold rows of a table to those that they name, once all tables are there."""
    for link in sorted(table.foreign_keys, key=lambda link: link.parent.name):
        outer = link.column
        yield (
            f"ALTER TABLE {quoted(table.name)} ADD FOREIGN KEY ({quoted(link.parent.name)}) "
            f"REFERENCES {quoted(outer.table.name)} ({quoted(outer.name)}) {_LATER}"
        )


def _column(column: "Column[object]") -> str:
    return f"{quoted(column.name)} {type_of(column)}{'' if column.nullable else ' NOT NULL'}"


def _index(table: "Table", index: "Index") -> str:
    parts = ", ".join(_indexed(table, part) for part in index.expressions)
    unique = "UNIQUE " if index.unique else ""
    return f"CREATE {unique}INDEX {quoted(str(index.name))} ON {quoted(table.name)} ({parts})"


def _indexed(table: "Table", part: "ColumnElement[object] | str") -> str:
    from sqlalchemy import Column

    return quoted(part.name) if isinstance(part, Column) else f"({_standard(table, str(part))})"


def _standard(table: "Table", text: str) -> str:
    """An expression of SQLite's in standard SQL."""

    def or_else(match: re.Match[str]) -> str:
        """What stands for an empty cell: of days, the first of all."""
        empty = _FIRST_DAY if type_of(table.columns[match[1]]) == "date" else match[2]
        return f"coalesce({quoted(match[1])}, {empty})"

    text = _OR_ELSE.sub(or_else, text).replace("ifnull(", "coalesce(")
    for pattern, standard in _IN_STANDARD:
        text = pattern.sub(standard, text)
    return text
