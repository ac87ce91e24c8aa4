"""Every return that a plan knows: those of the catalogue, and those that a person declared in it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, select
from sqlmodel import SQLModel

from spp_desktop.edits.sources.every import sources
from spp_desktop.edits.sources.result_rows import measure_of
from spp_desktop.plan.declared_returns import RESULTS, AskedIndicator, DeclaredReturn
from spp_desktop.plan.performance import Indicator
from spp_desktop.plan.registers import REGISTERS
from spp_desktop.returns import catalogue
from spp_desktop.returns.catalogue.declared import declared_return, register_listing, results_listings
from spp_desktop.returns.definition import NO_ROLES, Return, apart

_DECLARED, _ASKED, _INDICATOR = (
    SQLModel.metadata.tables[str(model.__tablename__)] for model in (DeclaredReturn, AskedIndicator, Indicator)
)

TABLES = [_DECLARED, _ASKED, _INDICATOR]
"""The tables of the plan that ``every``, ``declared`` and ``named`` read."""


def every(connection: Connection) -> list[Return]:
    """All returns in the order in which a person is shown them: those declared in the plan come last."""
    return [*catalogue.every_return(), *declared(connection)]


def declared(connection: Connection) -> tuple[Return, ...]:
    """The returns that are declared in the plan, in their order, as far as this program knows what they list."""
    rows = connection.execute(select(_DECLARED).order_by(_DECLARED.c.position, _DECLARED.c.id)).all()
    return tuple(_made(connection, rows)) if rows else ()


def named(connection: Connection, key: str, roles: Mapping[str, str] = NO_ROLES) -> Return | None:
    """The return of this id, if there is one; of one that goes to posts in a role or to areas, as it goes to them."""
    return among(declared(connection), key, roles)


def among(declared_in_plan: tuple[Return, ...], key: str, roles: Mapping[str, str] = NO_ROLES) -> Return | None:
    """The same where the returns that are declared in the plan are known."""
    known = next((each for each in declared_in_plan if each.id == apart(key).known), None)
    return catalogue.return_named(key, roles) if known is None else catalogue.as_sent(known, key, roles)


def as_declared(row: Mapping[str, Any]) -> Return:
    """A declared return by the cells of its row, without what it lists: when it is asked for and due."""
    due, years = (row["due_count"], row["due_as"]), (row["first_year"], row["last_year"])
    return declared_return(
        row["id"], row["title"], (), row["goes_to"], row["often"], due, years, row["meaning"],
        of_results=row["lists"] == RESULTS,
    )  # fmt: skip


def _made(connection: Connection, rows: Sequence[Row[*tuple[Any, ...]]]) -> Iterator[Return]:
    """The returns that rows declare."""
    asked: dict[str, list[Any]] = {row.id: [] for row in rows}
    joined = _ASKED.join(_INDICATOR, _ASKED.c.indicator_id == _INDICATOR.c.id)
    columns = (_ASKED.c.return_id, _INDICATOR.c.id, _INDICATOR.c.measure, _INDICATOR.c.unit)
    for each in connection.execute(select(*columns).select_from(joined).order_by(_ASKED.c.position, _ASKED.c.id)):
        asked[each.return_id].append(each)
    registers = {register.name for register in REGISTERS}
    for row in rows:
        of_results = row.lists == RESULTS
        if of_results:
            measures = {measure_of(each.measure, each.unit) for each in asked[row.id]}
            names = [name for name, source in sources().items() if measures & set(source.measures)]
            listings = results_listings(names, tuple(each.id for each in asked[row.id]))
        elif row.lists in registers:
            listings = (register_listing(row.lists, row.columns, row.answered),)
        else:
            continue
        due, years = (row.due_count, row.due_as), (row.first_year, row.last_year)
        made = declared_return(
            row.id, row.title, listings, row.goes_to, row.often, due, years, row.meaning, of_results=of_results
        )
        yield replace(made, usual_role=row.role_id or "")
