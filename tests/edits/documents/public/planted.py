"""A plan with a word of its own in every text that is not released, made so that few words are found anywhere else."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from typing import Any, Literal, get_args, get_origin

from sqlmodel import Session, SQLModel, select

from spp_desktop.edits import disclosures, rows
from spp_desktop.plan.disclosures import Disclosure, SmallNumbers, SmallNumbersException
from spp_desktop.plan.identity import Plan
from spp_desktop.plan.kinds import Long, Text
from spp_desktop.plan.kinds.addresses import Addresses
from spp_desktop.plan.kinds.declared import kind_of
from spp_desktop.plan.releasable import PublicItem, releasable_columns, releasable_tables
from spp_desktop.plan.rows import Row, kinds_of_row
from spp_desktop.store import naming
from spp_desktop.store.public_view import COLOURS, OWNERS, _missing
from spp_desktop.store.workspace import Workspace

LETTERS = "bcdfghjkmn"
NOTHING = object()
MARKED = "note_use.section_id"
"""The place at which notes are marked."""
BEFORE = "a word of before: {}"
SKIPPED = (Disclosure, SmallNumbers, SmallNumbersException, Plan)


@dataclass(frozen=True)
class RowOf:
    """Stands for the key of a row of a table."""

    table: str


KEY = RowOf("activity")

SAID = ("level.title", "level.plural")
"""What the plan calls its levels is said in any edition."""

GIVEN: dict[str, dict[str, Any]] = {
    "milestone": {"done_on": None, "status_id": None, "due_within": None, "forecast_within": None},
    "activity": {"year": 2008, "theme_id": None, "commitment_id": None, "percent": 40},
    "result": {"value": 40.0, "numerator": None, "denominator": None, "state": "final", "population": ""},
    "indicator": {"measure": "count", "grades": ""},
    "result_mapping": {"columns": "{}"},
    "target": {"year": 2008, "kind": "level", "value": 40.0, "upper": None},
    "note_use": {"number": 1},
    "accepted_finding": {"stamp": "0" * 64},
    "attachment": {"row_id": KEY, "sha256": ""},
    "date_move": {"row_id": KEY, "approved_by": ""},
    "post_in_role": {"row_id": KEY},
    "link": {"from_id": KEY, "to_id": RowOf("milestone"), "kind": "serves"},
    "submission": {"period": "Q1"},
    "closed_year": {"state": "reopened"},
    "edition": {"years": 3, "revision": "0" * 36},
    "plan_version": {"revision": "0" * 36},
    "edition_file": {"file_hash": "0" * 64},
    "explained_change": {"row_id": KEY, "step": "0" * 36, "column_name": ""},
    "earlier_owner": {"row_id": KEY},
    "from_to": {"row_id": KEY, "into_id": None},
}
"""What cells must be so that a row is a sound one, by table."""

COLOURED = ("colour", "dark_colour")
"""Texts that are colours, in whatever table."""


@dataclass
class Planted:
    """Words by where they were planted.

    Attributes:
        words: "table.column" and what kind of place it is, by the word.
        public: rows that are released, by table.
    """

    words: dict[str, str] = field(default_factory=dict)
    public: dict[str, list[str]] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def word(self, where: str) -> str:
        """A new word, planted somewhere: ten letters that stand in no language."""
        number = next(self.numbers)
        made = "qzxqzx" + "".join(LETTERS[int(digit)] for digit in f"{number:04d}")
        self.words[made] = where
        return made


def texts(model: type[Row]) -> list[str]:
    """The columns of a table that hold words of people."""
    own = SQLModel.metadata.tables[str(model.__tablename__)].columns
    return [
        name
        for name in model.model_fields
        if name != "id" and not own[name].foreign_keys and type(kind_of(model, name)) in (Text, Long, Addresses)
    ]


def released_columns() -> list[str]:
    """Columns that are released: those that a row must have, and every second one of the others."""
    needed = {name for table in kinds_of_row() for name in _every_missing(table)}
    others = [name for name in releasable_columns() if name not in needed]
    return [*(name for name in releasable_columns() if name in needed), *others[::2], OWNERS, COLOURS]


def _every_missing(table: str) -> set[str]:
    released: set[str] = set()
    while table in (*releasable_tables(), "target", "result", "efficiency_year", "budget_year"):
        more = set(_missing(table, frozenset(released)))
        if not more:
            break
        released |= more
    return released & set(releasable_columns())


def plant(workspace: Workspace) -> Planted:
    """Fill a plan: of each table a row that is public, if any of it can be, and one that is not."""
    planted = Planted()
    workspace.edit(f"planted {planted.word('history: label')}", _fill, planted)
    workspace.edit("release", _release, planted)
    planted.words = {word: where for word, where in planted.words.items() if where not in SAID}
    return planted


def _fill(session: Session, planted: Planted) -> None:
    filling = _Filling(session, planted)
    for table, model in kinds_of_row().items():
        if model not in SKIPPED:
            for public in (True, False):
                key = filling.row(table, public=public)
                if public and table in releasable_tables():
                    planted.public.setdefault(table, []).append(key)
    rows.change(session, Plan, session.exec(select(Plan.id)).one(), source=planted.word("plan.source"))


class _Filling:
    """Makes rows, and those that they name."""

    def __init__(self, session: Session, planted: Planted) -> None:
        self._session, self._planted = session, planted
        self._columns, self._lists = set(released_columns()), _lists()
        self._made: dict[tuple[str, bool], str] = {}

    def row(self, table: str, *, public: bool) -> str:
        """The key of the public row of a table, or of the other one, made if need be."""
        if (table, public) not in self._made:
            model = kinds_of_row()[table]
            found = {name: self._cell(model, name, public=public) for name in model.model_fields}
            values = {name: cell for name, cell in found.items() if cell is not NOTHING}
            earlier = {
                name: BEFORE.format(self._planted.word(f"{table}.{name}: earlier")) for name in _long(model, values)
            }
            self._made[table, public] = rows.add(self._session, model, **{**values, **earlier})
            rows.change(self._session, model, self._made[table, public], **{name: values[name] for name in earlier})
        return self._made[table, public]

    def _cell(self, model: type[Row], name: str, *, public: bool) -> Any:
        """What a cell of a row is given; ``NOTHING`` where it is left as it is."""
        table = str(model.__tablename__)
        column = SQLModel.metadata.tables[table].columns[name]
        if name in GIVEN.get(table, {}):
            cell = GIVEN[table][name]
            return self.row(cell.table, public=public) if isinstance(cell, RowOf) else cell
        if column.foreign_keys:
            other = naming.table_named_by(table, name)
            needed = not column.nullable or name in (model.part_of, "group_id") or f"{table}.{name}" == MARKED
            return self.row(other, public=public) if needed and other != table else NOTHING
        if name in texts(model):
            return "#1a7f37" if name in COLOURED else self._text(model, name, public=public)
        if model.model_fields[name].is_required():
            return _plain(model, name, column.type.python_type, public=public)
        return NOTHING

    def _text(self, model: type[Row], name: str, *, public: bool) -> str:
        where = f"{model.__tablename__}.{name}"
        named = model.__tablename__ in self._lists and name in model.called_by
        shown = public and (where in self._columns or named)
        word = f"Open{next(self._planted.numbers)}" if shown else self._planted.word(where)
        return f"{word}@force.example" if isinstance(kind_of(model, name), Addresses) else word


def _lists() -> set[str]:
    """The tables whose rows are called by their names where a released column names them."""
    named = {naming.table_named_by(*name.split(".")) for name in released_columns()}
    return named - set(releasable_tables()) | {"post", "indicator_group"}


def _long(model: type[Row], values: dict[str, Any]) -> list[str]:
    """The texts of a row that have room for a word of before."""
    own = SQLModel.metadata.tables[str(model.__tablename__)].columns
    return [
        name
        for name in texts(model)
        if name in values
        and not isinstance(kind_of(model, name), Addresses)
        and (getattr(own[name].type, "length", None) or 999) > 60
        and name not in (*COLOURED, *GIVEN.get(str(model.__tablename__), {}))
    ]


def _plain(model: type[Row], name: str, kind: type, *, public: bool) -> Any:
    """What stands in a cell that must hold something and is no text: the public row has another than its fellow."""
    annotation = model.model_fields[name].annotation
    if get_origin(annotation) is Literal:
        return get_args(annotation)[0]
    if kind is date:
        return date(2008, 4, 1) + timedelta(days=public)
    return {str: "", bool: False}.get(kind, (2008 if "year" in name else 11) + public)


def _release(session: Session, planted: Planted) -> None:
    columns = [PublicItem.of_column(name) for name in dict.fromkeys(released_columns())]
    items = [PublicItem(table, key) for table, keys in planted.public.items() for key in keys]
    disclosures.release(session, [*columns, *items], planted.word("disclosure.decided_by of what is released"))
