"""The kind of cell that a column of a table is, from its declaration."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Gt, Le, MaxLen
from pydantic import StringConstraints
from pydantic.fields import FieldInfo
from sqlmodel import SQLModel

from spp_desktop.plan.kinds.choices import Link, YesNo, of_words
from spp_desktop.plan.kinds.days import Day, Year
from spp_desktop.plan.kinds.kind import Kind, Long, Text
from spp_desktop.plan.kinds.numbers import Number, Percent, Whole

YEARS = ("year", "first_year")
"""Columns that hold the first calendar year of a financial year."""

PERCENT = "percent"
"""The column that holds whole per cent."""

LONG = 400
"""A text that may have more characters than these has several lines."""


@cache
def kind_of(model: type[SQLModel], name: str) -> Kind:
    """The kind of cell that a column of a table is.

    A column may declare its kind itself, as in ``cost: Annotated[float | None, Money()]``; else its link, its type, its
    name and its limits say it. A ``Link`` names its table only: who shows it gives it the rows that may be chosen.

    Raises:
        KeyError: if the model has no column of this name.
    """
    field = model.model_fields[name]
    declared = next((mark for mark in field.metadata if isinstance(mark, Kind)), None)
    if declared is not None:
        return declared
    table = _linked(model, name)
    return Link(table=table) if table else _of_types(field, name)


def types_of(field: FieldInfo) -> tuple[Any, ...]:
    """The types that a column may hold: those of ``float | None``, for one, and what stands in ``Annotated``."""
    annotation = field.annotation
    parts = get_args(annotation) if get_origin(annotation) in (Union, UnionType) else (annotation,)
    return tuple(get_args(part)[0] if get_origin(part) is Annotated else part for part in parts)


def _linked(model: type[SQLModel], name: str) -> str:
    """The name of the table that a column names a row of; empty if it does not."""
    table = SQLModel.metadata.tables.get(str(model.__tablename__))
    keys = () if table is None else table.c[name].foreign_keys
    return next((key.target_fullname.partition(".")[0] for key in keys), "")


def _of_types(field: FieldInfo, name: str) -> Kind:
    types = types_of(field)
    words = next((get_args(part) for part in types if get_origin(part) is Literal), ())
    if words:
        return of_words(words)
    return next((made(field, name) for known, made in _MADE.items() if known in types), Text())


def _of_whole(field: FieldInfo, name: str) -> Kind:
    """The kind of a column of whole numbers."""
    if name in YEARS:
        return Year()
    return Percent() if name == PERCENT else Whole(**_limits(field))


def most_characters(model: type[SQLModel], name: str) -> int | None:
    """How many characters a column may hold at most; ``None`` where nothing is said of that."""
    return _most(model.model_fields[name])


def _most(field: FieldInfo) -> int | None:
    return next((mark.max_length for mark in field.metadata if isinstance(mark, MaxLen)), None)


def _of_text(field: FieldInfo, _name: str) -> Kind:
    """The kind of a column of words: many lines where it may hold many characters, and no pattern says which."""
    most = _most(field)
    shaped = any(isinstance(mark, StringConstraints) and mark.pattern for mark in field.metadata)
    return Text() if shaped or (most is not None and most <= LONG) else Long()


def _limits(field: FieldInfo) -> dict[str, Any]:
    """The limits of a number, as its kind names them."""
    named: dict[str, Any] = {}
    for mark in field.metadata:
        if isinstance(mark, Ge):
            named["least"] = mark.ge
        elif isinstance(mark, Gt):
            named["above"] = mark.gt
        elif isinstance(mark, Le):
            named["most"] = mark.le
    return named


_MADE: Mapping[type, Callable[[FieldInfo, str], Kind]] = {
    bool: lambda _field, _name: YesNo(),
    date: lambda _field, _name: Day(),
    int: _of_whole,
    float: lambda field, _name: Number(**_limits(field)),
    str: _of_text,
}
