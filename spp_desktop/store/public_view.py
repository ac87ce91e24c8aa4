"""The plan as the public may see it: another plan in memory, made by putting in what was released, and nothing else.

Of a row that is public those columns are put in that were released; of what such a column names (a status, a post, an
area) what it is called. Which plan it is, is said in any edition: its title, force and years, and what of it is made
up. All else is not there to be read: no history, no words of the house, no earlier version. So whatever documents and
tables are made of this plan, they can hold nothing that is withheld.
"""

import json
import sqlite3
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from pydantic_core import PydanticUndefined
from sqlalchemy import Connection
from sqlmodel import SQLModel

from spp_desktop.plan.releasable import parts, releasable_tables
from spp_desktop.plan.rows import Row, kinds_of_row
from spp_desktop.store import naming, queries, statements
from spp_desktop.store.disclosed import released_columns, released_rows
from spp_desktop.store.overview.reader import FileReader, PlanReader

PublicCells = dict[str, Any]
"""The cells of a row, by column."""

OWNERS, COLOURS = "activity.owners", "indicator.rag"
"""What is released as a column is, and is kept beside its table or worked out of it."""

IDENTITY = ("id", "title", "force", "first_year", "years", "first_month", "illustrative", "as_at")
"""What an edition says of the plan itself."""

WORKED_WITH: Mapping[str, tuple[str, ...]] = {
    "indicator": ("measure", "per", "polarity"),
    "target": ("kind",),
    "result": ("state",),
    "note_use": ("number",),
    "override": ("period_to", "colour", "made_on"),
    "definition_version": ("starts_on", "breaks_series"),
    "activity_owner": ("role",),
}
"""Columns without words of anybody's, that figures are worked out with; they are printed only if they were released."""

NOT_SAID = "the reason is not in this edition"
INSTEAD: Mapping[str, Mapping[str, str]] = {
    "override": {"author": "the force", "reason": NOT_SAID},
    "definition_version": {"reason": NOT_SAID},
}
"""What stands for the words of the house where a figure cannot be understood without it."""

NEEDED: Mapping[str, tuple[str, ...]] = {"result": ("value", "numerator", "denominator")}
"""Columns that can be blank, and without which a row would say that there is no figure where there is one."""

TELLING_APART: Mapping[str, tuple[str, ...]] = {"result": ("area_id", "population"), "target": ("year",)}
"""Columns that, left blank, would make a row say something else: rows that have one unreleased are left out."""


@dataclass
class PublicRows:
    """What is put into an edition.

    Attributes:
        tables: the rows of each table, in the order of the plan, with all columns; what is not public is blank.
        columns: the columns that were released.
        missing: for each table that has public rows and is not in the edition, the columns that it cannot do without.
        hanging: how many public rows are left out of each table, because what they stand under is not public.
    """

    tables: dict[str, list[PublicCells]] = field(default_factory=dict)
    columns: frozenset[str] = frozenset()
    missing: dict[str, tuple[str, ...]] = field(default_factory=dict)
    hanging: dict[str, int] = field(default_factory=dict)

    def keys(self, tables: Collection[str] | None = None) -> list[str]:
        """The keys of the rows of some tables, or of all that are released by themselves or as a part."""
        wanted = (*releasable_tables(), *parts()) if tables is None else tables
        return [row["id"] for table in wanted for row in self.tables.get(table, ())]


def public_rows(connection: Connection, without: Collection[str] = ()) -> PublicRows:
    """What of a plan is public, as it stands now.

    Args:
        connection: Of the plan.
        without: Keys of rows that are left out all the same.
    """
    made = PublicRows(columns=released_columns(connection))
    for table, keys in released_rows(connection).items():
        wanted = keys - set(without)
        missing = _missing(table, made.columns)
        if wanted and missing:
            made.missing[table] = missing
        elif wanted:
            unsaid = _unsaid(table, made.columns)
            made.tables[table] = _rows(connection, f"{table}.id", wanted, _kept(table, made.columns), unsaid)
    _put_beside(connection, made)
    _follow(connection, made)
    made.tables["plan"] = _rows(connection, "plan.id", [queries.plan(connection).id], frozenset(IDENTITY))
    return made


@contextmanager
def public_view(public: PublicRows) -> Iterator[PlanReader]:
    """The plan that holds these rows, to be read like any other."""
    raw = sqlite3.connect(":memory:", check_same_thread=False)
    engine = statements.engine_on(raw)
    try:
        for table in SQLModel.metadata.tables.values():
            names = [column.name for column in table.columns]
            columns, marks = ", ".join(f'"{name}"' for name in names), ", ".join("?" * len(names))
            raw.execute(f'CREATE TABLE "{table.name}" ({columns})')
            rows = ([row[name] for name in names] for row in public.tables.get(table.name, ()))
            raw.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', rows)
        raw.commit()
        raw.execute("PRAGMA query_only=ON")
        yield FileReader(raw, engine)
    finally:
        engine.dispose()
        raw.close()


# Which columns


def _kept(table: str, released: frozenset[str]) -> frozenset[str]:
    """The columns of a table that are put in: those released, and those that say where a row stands."""
    model = kinds_of_row()[table]
    own = {name for name in model.model_fields if f"{table}.{name}" in released}
    standing = {"id", "position", model.part_of, model.or_of, *_within_itself(table)}
    return frozenset(own | (standing & set(model.model_fields)) | set(WORKED_WITH.get(table, ())))


def _within_itself(table: str) -> set[str]:
    """The columns that name the row of the same table that a row stands under."""
    return {name for name, other in _links(table).items() if other == table}


def _missing(table: str, released: frozenset[str]) -> tuple[str, ...]:
    """The columns without which a row of a table would not be known, or would say what is not so."""
    model, kept = kinds_of_row()[table], _kept(table, released)
    if model.called_by and not kept & set(model.called_by):
        return (f"{table}.{model.called_by[-1]}",)
    needed = (
        name
        for name in model.model_fields
        if name not in kept and (name in NEEDED.get(table, ()) or not _can_be_blank(model, name))
    )
    return tuple(f"{table}.{name}" for name in needed)


def _can_be_blank(model: type[Row], name: str) -> bool:
    column = SQLModel.metadata.tables[str(model.__tablename__)].columns[name]
    return bool(column.nullable) or (
        not column.foreign_keys and (_at_first(model, name) is not None or _is_text(column))
    )


def _unsaid(table: str, released: frozenset[str]) -> list[str]:
    """The columns that tell rows of a table apart and were not released."""
    return [name for name in TELLING_APART.get(table, ()) if f"{table}.{name}" not in released]


def _is_text(column: Any) -> bool:
    return column.type.python_type is str


def _at_first(model: type[Row], name: str) -> Any:
    own = model.model_fields[name].default
    return None if own is PydanticUndefined else own


def _blank(model: type[Row], name: str) -> Any:
    """What stands in a column that is not public."""
    instead = INSTEAD.get(str(model.__tablename__), {}).get(name)
    if instead is not None:
        return instead
    column = SQLModel.metadata.tables[str(model.__tablename__)].columns[name]
    if column.nullable:
        return None
    return "" if (first := _at_first(model, name)) is None else first


# Which rows


def _rows(
    connection: Connection,
    where: str,
    values: Collection[str],
    kept: frozenset[str],
    unsaid: Collection[str] = (),
) -> list[PublicCells]:
    """Rows that have one of some values in a column ("result.indicator_id"); what is not kept of them is blank.

    Those that have anything in an ``unsaid`` column are left out.
    """
    table, _, column = where.partition(".")
    model = kinds_of_row()[table]
    query = f'SELECT * FROM "{table}" WHERE "{column}" IN (SELECT value FROM json_each(?)) ORDER BY rowid'
    every = connection.exec_driver_sql(query, (json.dumps(list(values)),)).mappings()
    return [
        {name: row[name] if name in kept else _blank(model, name) for name in model.model_fields}
        for row in every
        if not any(row[name] for name in unsaid)
    ]


def _put_beside(connection: Connection, made: PublicRows) -> None:
    """Put in what hangs on public rows and is released with them: the marks of notes, owners, colours."""

    def beside(table: str, column: str, of: str, unsaid: Collection[str] = ()) -> None:
        """Put in the rows of a table that are a part of public rows."""
        kept = _kept(table, frozenset()) | set(_links(table))
        made.tables[table] = _rows(connection, f"{table}.{column}", made.keys((of,)), kept, unsaid)

    beside("note_use", "note_id", "note")
    beside("definition_version", "indicator_id", "indicator")
    if OWNERS in made.columns:
        beside("activity_owner", "activity_id", "activity")
    if COLOURS in made.columns:
        beside("override", "indicator_id", "indicator", ("area_id",))
        rules = [key for (key,) in connection.exec_driver_sql("SELECT id FROM judgement_rule")]
        made.tables["judgement_rule"] = _rows(connection, "judgement_rule.id", rules, _named_by("judgement_rule"))


def _named_by(table: str) -> frozenset[str]:
    """The columns of a row that another one names: what it is called, its place, and what is no text."""
    model = kinds_of_row()[table]
    own = SQLModel.metadata.tables[table].columns
    plain = {column.name for column in own if not column.foreign_keys and not _is_text(column)}
    choices = {name for name in model.model_fields if _is_text(own[name]) and _is_choice(model, name)}
    return frozenset(
        {"id", *model.called_by, *plain, *choices, *_within_itself(table), *filter(None, (model.part_of,))}
    )


def _is_choice(model: type[Row], name: str) -> bool:
    """Whether a text is one of a few that the program knows, so that nobody's words are in it."""
    return "Literal" in str(model.model_fields[name].annotation)


def _links(table: str) -> Mapping[str, str]:
    """The columns of a table that name a row, each with the table of that row."""
    own = SQLModel.metadata.tables[table].columns
    return {column.name: naming.table_named_by(table, column.name) for column in own if column.foreign_keys}


def _follow(connection: Connection, made: PublicRows) -> None:
    """See that what public rows name is there: of lists by what it is called; what is withheld is named no more."""
    while True:
        known = {table: {row["id"] for row in rows} for table, rows in made.tables.items()}
        wanted: dict[str, set[str]] = {}
        dropped = False
        for table, rows in made.tables.items():
            stays = [row for row in rows if _is_whole(table, row, known, wanted)]
            if len(stays) < len(rows):
                dropped = True
                made.hanging[table] = made.hanging.get(table, 0) + len(rows) - len(stays)
                made.tables[table] = stays
        for table, keys in wanted.items():
            made.tables.setdefault(table, []).extend(_rows(connection, f"{table}.id", keys, _named_by(table)))
        if not wanted and not dropped:
            return


def _is_whole(table: str, row: PublicCells, known: Mapping[str, set[str]], wanted: dict[str, set[str]]) -> bool:
    """Whether a row can stand: what it names and cannot do without is there, or is a list that can be put in."""
    columns, model = SQLModel.metadata.tables[table].columns, kinds_of_row()[table]
    standing = {model.part_of, model.or_of, *_within_itself(table)}
    for name, other in _links(table).items():
        key = row[name]
        if not key or key in known.get(other, ()):
            continue
        if other not in (*releasable_tables(), *parts()):
            wanted.setdefault(other, set()).add(key)
        elif table in (*releasable_tables(), *parts()) and columns[name].nullable and name not in standing:
            row[name] = None
        else:
            return False
    return True
