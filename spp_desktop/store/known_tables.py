"""The tables of a plan's content by their names, declared when they are first asked for."""

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Table


@cache
def known_tables() -> "Mapping[str, Table]":
    """The tables, by their names; one that is declared later is among them from then on."""
    from sqlmodel import SQLModel  # late: a history is read without

    import spp_desktop.store.content  # noqa: F401 - every table is declared

    return SQLModel.metadata.tables
