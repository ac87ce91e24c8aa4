"""Every return that a plan knows: those of the catalogue, and those that a person declared in it."""

from collections.abc import Mapping

from sqlalchemy import Connection
from sqlmodel import SQLModel

from spp_desktop.plan.declared_returns import AskedIndicator, DeclaredReturn
from spp_desktop.returns import catalogue
from spp_desktop.returns.definition import NO_ROLES, Return

TABLES = [SQLModel.metadata.tables[str(model.__tablename__)] for model in (DeclaredReturn, AskedIndicator)]
"""The tables of the plan that ``every`` and ``named`` read."""


def every(connection: Connection) -> list[Return]:
    """All returns in the order in which a person is shown them: those declared in the plan come last."""
    del connection
    return catalogue.every_return()


def named(connection: Connection, key: str, roles: Mapping[str, str] = NO_ROLES) -> Return | None:
    """The return of this id, if there is one, as ``returns.catalogue.return_named`` gives it."""
    del connection
    return catalogue.return_named(key, roles)
