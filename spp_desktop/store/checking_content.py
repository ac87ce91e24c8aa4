"""What a check of a plan's file says of rows whose columns do not fit together, or hold words that mean nothing."""

import sqlite3
from collections.abc import Collection, Iterator
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from sqlmodel import SQLModel

from spp_desktop.plan.rows import Placed, Row
from spp_desktop.store.naming import plain, row_named, shown

UNFIT = (
    ("result", "period_to < period_from", "the period ends before it begins"),
    ("restatement", "period_to < period_from", "the period ends before it begins"),
    ("result", "denominator <= 0", "what it was counted of is not above 0"),
    ("result", "value IS NOT NULL AND coalesce(numerator, denominator) IS NOT NULL", "the figure stands twice"),
    (
        "result",
        "state = 'not available' AND coalesce(value, numerator, denominator) IS NOT NULL",
        "there is a figure, though it is said not to be available",
    ),
    (
        "result",
        "state <> 'not available' AND coalesce(value, numerator, denominator, sample_size) IS NULL",
        "there is no figure, and it is not said why",
    ),
    ("result_mapping", "NOT json_valid(columns)", "the choice of columns cannot be read"),
)
"""What may not be, by table: as SQL, and as it is said; see ``plan.results.check_result``."""


def faults(connection: sqlite3.Connection, here: Collection[str]) -> Iterator[str]:
    """What does not fit in the rows of these tables."""
    for table, wrong, said in UNFIT:
        if table in here:
            for row in _rows(connection, table, wrong):
                yield f"In the {row_named(connection, table, row)} {said}."
    for model in Row.__subclasses__() + Placed.__subclasses__():
        table = str(model.__tablename__)
        if table in here and table in SQLModel.metadata.tables:
            yield from _strange_words(connection, model, table)


def _strange_words(connection: sqlite3.Connection, model: type[SQLModel], table: str) -> Iterator[str]:
    """Cells that hold none of the words that their column knows."""
    for name, field in model.model_fields.items():
        words = _words(field.annotation)
        if words:
            among = ", ".join(f"'{word.replace(chr(39), chr(39) * 2)}'" for word in words)
            for row in _rows(connection, table, f'typeof("{name}") = \'text\' AND "{name}" NOT IN ({among})'):
                word, called = shown(row[name]), row_named(connection, table, row)
                yield f"In the {called} the {plain(name)} is {word}, which this program does not know."


def _words(annotation: Any) -> tuple[str, ...]:
    """The words of a ``Literal``; none for a column that holds something else."""
    kinds = get_args(annotation) if get_origin(annotation) in (Union, UnionType) else (annotation,)
    return tuple(word for kind in kinds if get_origin(kind) is Literal for word in get_args(kind))


def _rows(connection: sqlite3.Connection, table: str, where: str) -> Iterator[dict[str, Any]]:
    cursor = connection.execute(f'SELECT * FROM "{table}" WHERE {where} ORDER BY rowid')
    names = [column[0] for column in cursor.description]
    for row in cursor:
        yield dict(zip(names, row, strict=True))
