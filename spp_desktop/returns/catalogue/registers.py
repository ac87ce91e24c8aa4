"""Registers as sheets of a return: a listing made from the declaration of each register that goes out with it."""

from datetime import date
from typing import Any, Literal, get_args, get_origin

from sqlmodel import SQLModel

from spp_desktop.plan import registers
from spp_desktop.plan.register import Register
from spp_desktop.plan.rows import Row, kinds_of_row, title_of
from spp_desktop.returns.definition import Column, Kind, Listing

_LONG = 300
"""Characters beyond which a text takes several lines."""

_LONGEST_TITLE = 31
"""Characters of a sheet's title that Excel takes."""

_WIDTHS: dict[Kind, int] = {"long text": 32, "date": 12, "choice": 14, "text": 14}
_USUAL_WIDTH, _REF_WIDTH = 10, 7

_KINDS: dict[type, Kind] = {bool: "yes/no", date: "date", int: "whole number", float: "number"}


def listings_of(return_id: str) -> tuple[Listing, ...]:
    """A listing of each register that is returned with this return, in the registers' order."""
    return tuple(
        _listing(register)
        for register in registers.REGISTERS
        if register.returned is not None and register.returned.with_return == return_id
    )


def _listing(register: Register) -> Listing:
    assert register.returned is not None
    return Listing(
        title=register.title[:_LONGEST_TITLE],
        source=register.name,
        word=register.word,
        ref=register.ref,
        text=register.text or register.naming()[-1],
        columns=tuple(_column(register, column.name) for column in register.columns),
        help=register.about,
        group=register.group,
        spare=register.returned.spare,
        optional=True,
    )


def _column(register: Register, name: str) -> Column:
    assert register.returned is not None
    kind = _kind(register.model, name)
    asks = next((field for field, reason in register.reason_for.items() if reason == name), "")
    return Column(
        name,
        register.heading(name),
        kind,
        _REF_WIDTH if name == register.ref else _WIDTHS.get(kind, _USUAL_WIDTH),
        editable=name in register.returned.answered,
        choices=list_name(register, name) if kind == "choice" else "",
        required=required(register.model, name),
        reason_for=asks,
        reasons=list_name(register, asks) if asks else "",
        help=register.column(name).about,
    )


def named_model(register: Register, name: str) -> type[Row] | None:
    """The table whose rows a column names; ``None`` if it names none."""
    table = SQLModel.metadata.tables[register.name]
    return next((kinds_of_row()[link.column.table.name] for link in table.c[name].foreign_keys), None)


def words_of(register: Register, name: str) -> tuple[str, ...]:
    """The words from which a column takes its values by its declaration; none if it does not."""
    annotation = register.model.model_fields[name].annotation
    parts = (annotation, *get_args(annotation))
    return next((get_args(part) for part in parts if get_origin(part) is Literal), ())


def list_name(register: Register, name: str) -> str:
    """What the list is called from which a column takes its values (``Column.choices``)."""
    model = named_model(register, name)
    if model is not None:
        return model.word.plural
    return f"words for the {title_of(register.model, name)} of {register.word.with_article}"


def _kind(model: type[Row], name: str) -> Kind:
    """What a column of a register holds."""
    field: Any = model.model_fields[name]
    table = SQLModel.metadata.tables[str(model.__tablename__)]
    types = (field.annotation, *get_args(field.annotation))
    if table.c[name].foreign_keys or any(get_origin(part) is Literal for part in types):
        return "choice"
    known = next((kind for part, kind in _KINDS.items() if part in types), None)
    longest = next((limit.max_length for limit in field.metadata if hasattr(limit, "max_length")), 0)
    return known or ("long text" if longest > _LONG else "text")


def required(model: type[Row], name: str) -> bool:
    """Whether a column may never be empty."""
    field: Any = model.model_fields[name]
    least = next((limit.min_length for limit in field.metadata if hasattr(limit, "min_length")), 0)
    optional = type(None) in get_args(field.annotation)
    return not optional and (field.is_required() or bool(least) or field.annotation is not str)
