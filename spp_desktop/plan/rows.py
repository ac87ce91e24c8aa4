"""What every row of a plan has in common: a key of its own, and rules checked before it is written."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any, ClassVar
from unicodedata import category
from uuid import uuid4

from pydantic import FiniteFloat, ValidationError
from sqlalchemy import Table
from sqlalchemy import text as sql_text
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from spp_desktop.plan.kinds.choices import Link
from spp_desktop.plan.kinds.declared import kind_of, types_of
from spp_desktop.plan.kinds.kind import Long, Text
from spp_desktop.plan.rules import Rule, RuleBroken
from spp_desktop.plan.spoken import LevelWord, in_words_of_plan
from spp_desktop.plan.words import Word

GAP_TOO_SMALL = 1e-6
"""Two neighbours closer than this are renumbered before anything is put between them."""

_UNSEEN = frozenset({"Cc", "Zl", "Zp"})
"""The categories of Unicode of characters that control: tabs, ends of lines and the like."""
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that turn round the order in which those beside them are shown."""
_KNOWN_UNSEEN = {"\t": "a tab", "\n": "an end of a line", "\r": "an end of a line"}


def new_key() -> str:
    """A key that no other row of any copy of any plan has, so that copies can be merged."""
    return str(uuid4())


class Row(SQLModel):
    """A row of a plan. ``id`` is a UUID; nothing depends on SQLite's own row numbers.

    Everything that is said of rows anywhere (in questions, refusals, reports, the history, the dump) is made of what
    their class declares:

    Attributes:
        word: what such a row is called.
        called_by: the columns by which a person tells it from others, the first that is filled. A row that has none
            is nothing by itself: it joins the row it is a part of to another.
        part_of: the column that names the row it is a part of, if it is of one.
        or_of: the column that names what it is a part of where that one is empty.
        one_cell: where rows are no more than what stands in one cell of what they are a part of, the column that says
            in which cell, and the one whose value stands there.
        falls_to: by a column that says where it stands, and is emptied where that goes, the column that says it then.
        names_any: the columns that hold the key of a row of any kind, which no foreign key holds on to.
        remembers: the columns that hold the key of a row of any kind that may be gone since: nothing holds on to it.
        decided_together: the columns that belong together: where two copies of a plan differ in them, they are decided
            as one. Every other column is decided by itself.
        planned_in: the column that names the year of the plan that it is for, if it is for one.
        rules: what its columns may not be among themselves.
        shipped: the rows that a plan begins with, in their order.
    """

    model_config = {"defer_build": True}
    """What checks a kind's values is built when one is first checked: most sittings check few of a hundred kinds."""

    word: ClassVar[Word]
    called_by: ClassVar[tuple[str, ...]] = ()
    part_of: ClassVar[str] = ""
    or_of: ClassVar[str] = ""
    falls_to: ClassVar[Mapping[str, str]] = MappingProxyType({})
    one_cell: ClassVar[tuple[str, str] | None] = None
    names_any: ClassVar[tuple[str, ...]] = ()
    remembers: ClassVar[tuple[str, ...]] = ()
    decided_together: ClassVar[tuple[tuple[str, ...], ...]] = ()
    planned_in: ClassVar[str] = ""
    rules: ClassVar[tuple[Rule, ...]] = ()
    shipped: ClassVar[tuple[Mapping[str, object], ...]] = ()

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Have SQLAlchemy get each kind ready by itself, when a row of it is first asked for, and not a hundred."""
        super().__init_subclass__(**kwargs)
        cls._sa_registry = registry(metadata=cls.metadata)

    @classmethod
    def above(cls, cells: Mapping[str, Any]) -> str:
        """The column in which these cells of a row name what it is a part of; "" if they name nothing."""
        columns = (cls.part_of, cls.or_of)
        return next((name for name in columns if name and cells.get(name) is not None), "")

    @classmethod
    def begun_with(cls, plan: Mapping[str, Any]) -> Sequence[Mapping[str, object]]:
        """The rows that a plan whose own row has these cells begins with, in their order."""
        del plan
        return cls.shipped

    id: str = Field(default_factory=new_key, primary_key=True, min_length=36, max_length=36)


class Placed(Row):
    """A row with a place among its neighbours: smaller positions come first."""

    position: FiniteFloat = Field(default=0.0)


def kinds_of_row() -> Mapping[str, type[Row]]:
    """Every kind of row of a plan, by the name of its table: by module, and as each module declares them."""
    return _kinds_in(tuple(SQLModel.metadata.tables.values()))


@lru_cache(maxsize=4)
def _kinds_in(tables: tuple[Table, ...]) -> Mapping[str, type[Row]]:
    """Those of tables. To name each row of a plan asks for them so often that they are looked for only once."""
    models = sorted(_kinds_of(Row), key=lambda model: model.__module__)
    named = {str(model.__tablename__): model for model in models}
    declared = {table.name for table in tables}
    return MappingProxyType({name: model for name, model in named.items() if name in declared})


def hanging_on_any() -> list[type[Row]]:
    """The kinds whose rows hang on rows of any other kind, which no foreign key can hold on to: links, attachments."""
    return [model for model in kinds_of_row().values() if model.names_any]


def _kinds_of(model: type[Row]) -> Iterator[type[Row]]:
    for kind in model.__subclasses__():
        yield kind
        yield from _kinds_of(kind)


def at_first(value: str | float) -> dict[str, Any]:
    """What rows of plans made before a column was there hold in it: the column's keyword arguments.

    It is kept with the column, so that the rows in a history written before it are read as whole ones.
    """
    return {"server_default": sql_text(f"'{value}'" if isinstance(value, str) else str(value))}


def between(before: float | None, after: float | None) -> float:
    """A position between two neighbours; ``None`` stands for no neighbour on that side."""
    if before is None:
        return 1.0 if after is None else after - 1.0
    return before + 1.0 if after is None else (before + after) / 2


def check(model: type[SQLModel], values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as the model would hold them, checked one field at a time.

    Table classes of SQLModel check nothing when they are built or assigned to, so every verb
    checks here first. Only the fields given are checked. Text as a person types it will do, read as the kind of cell
    that the column is: "31/03/2009" for a day, "40" for a number, nothing at all for a field that may be empty.

    Raises:
        RuleBroken: naming the field, with a sentence that says what may stand there.
    """
    if not values:
        return {}
    unknown = set(values) - set(model.model_fields)
    if unknown:
        raise RuleBroken(min(unknown), f"There is no column called {min(unknown)} here.")
    clean, blank = {}, model.model_construct()
    for name, value in values.items():
        typed = _read(model, name, value.strip()) if isinstance(value, str) else value
        if isinstance(typed, str):
            _demand_seen(model, name, typed)
        try:
            clean[name] = model.__pydantic_validator__.validate_assignment(blank, name, typed).__dict__[name]
        except ValidationError as problem:
            raise RuleBroken(name, _sentence(model, name, problem)) from None
    return clean


def _demand_seen(model: type[SQLModel], name: str, typed: str) -> None:
    """Refuse letters that cannot be seen in a name by which a row is told from all others.

    Raises:
        RuleBroken: if there are any.
    """
    table = SQLModel.metadata.tables.get(str(model.__tablename__))
    if table is None or not table.c[name].unique:
        return
    unseen = next((letter for letter in typed if letter in _TURNING or category(letter) in _UNSEEN), "")
    if unseen:
        kind = _KNOWN_UNSEEN.get(unseen, "a control character")
        near = "".join(
            "·" if letter == unseen else letter for letter in typed if letter == unseen or letter.isprintable()
        )
        raise RuleBroken(
            name,
            f"{heading_of(model, name)} holds {kind}, which cannot be seen, at the dot in “{near[:80]}”. "
            "Type it again without that.",
        )


def title_of(model: type[SQLModel], name: str) -> str:
    """The column's name as a person says it: its declared title in the plan's own words, or its name with spaces."""
    title = model.model_fields[name].title or name.removesuffix("_id").replace("_", " ")
    if issubclass(model, Row) and not isinstance(model.word, LevelWord) and title in model.word.singular:
        return title  # the commitment of a service commitment is no level
    return in_words_of_plan(title)


def heading_of(model: type[SQLModel], name: str) -> str:
    """The column's title with a capital, as it heads the column."""
    title = title_of(model, name)
    return title[0].upper() + title[1:]


def _read(model: type[SQLModel], name: str, text: str) -> Any:
    """What a person's text stands for in a column; links and texts stand for themselves."""
    kind = kind_of(model, name)
    if not text:
        return None if type(None) in types_of(model.model_fields[name]) else text
    as_it_is = type(kind) in (Text, Long) or isinstance(kind, Link)
    return text if as_it_is else kind.require(text, name, title_of(model, name))


def _sentence(model: type[SQLModel], name: str, problem: ValidationError) -> str:
    """What pydantic found wrong, said as a person would."""
    error = problem.errors()[0]
    what = heading_of(model, name)
    limits = error.get("ctx", {})
    known = {
        "string_too_short": f"“{what}” may not be empty.",
        "string_too_long": f"{what} may have at most {limits.get('max_length')} characters.",
        "greater_than_equal": f"{what} may not be below {limits.get('ge')}.",
        "greater_than": f"{what} must be above {limits.get('gt')}.",
        "less_than_equal": f"{what} may not be above {limits.get('le')}.",
        "string_pattern_mismatch": f"{what} must be written as #rrggbb, such as #1a7f37.",
        "finite_number": f"{what} must be an ordinary number.",
        "value_error": str(limits.get("error", "")),
    }
    kinds = {
        "date": f"{what} must be a date such as 31/03/2009.",
        "int": f"{what} must be a whole number.",
        "float": f"{what} must be a number.",
        "bool": f"{what} must be yes or no.",
        "string": f"{what} must be text.",
        "literal": f"{what} must be one of: {limits.get('expected', '')}.",
    }
    return known.get(error["type"]) or kinds.get(error["type"].split("_")[0]) or f"{what} cannot be read."
