"""What of a plan can be released to the public: rows by themselves, what goes with them, and columns."""

from collections.abc import Iterator
from dataclasses import dataclass

from spp_desktop.plan.links import LEVELS, TEXTS, WORK
from spp_desktop.plan.registers import REGISTERS
from spp_desktop.plan.rows import kinds_of_row, title_of
from spp_desktop.plan.words import capital

NEVER = frozenset(
    {"id", "position", "marking_id", "reason", "note", "notes", "evidence", "explanation", "author", "email"}
)
"""Columns that are never released: keys, and what the house says to itself."""

WORKED = {"activity.owners": "owners, by their posts", "indicator.rag": "red, amber or green"}
"""What is kept beside a table or worked out of it, and is released as a column is, with its title."""


@dataclass(frozen=True, order=True)
class PublicItem:
    """What is released or withheld: a row of a table, or a column, "activity.text"."""

    table: str
    key: str | None = None
    column: str = ""

    @classmethod
    def of_column(cls, column: str) -> "PublicItem":
        """The item that is a column."""
        return cls(column.partition(".")[0], None, column)


def releasable_tables() -> tuple[str, ...]:
    """The tables whose rows are released by themselves: what the plan says, does and measures, and paged registers."""
    paged = (register.name for register in REGISTERS if register.page is not None)
    return tuple(dict.fromkeys((*TEXTS[:1], *LEVELS, *WORK, "indicator", *TEXTS[1:], *paged)))


def parts() -> tuple[str, ...]:
    """The tables whose rows go with the row that they are a part of, and are not released by themselves."""
    yearly = (str(register.yearly.model.__tablename__) for register in REGISTERS if register.yearly is not None)
    return ("target", "result", *yearly)


def releasable_columns() -> dict[str, str]:
    """The columns that can be released, by name ("activity.text"), each as a person calls it ("Activities: text")."""
    kinds = kinds_of_row()
    own = {
        f"{table}.{name}": title_of(kinds[table], name)
        for table in (*releasable_tables(), *parts())
        for name in _columns(table)
    }
    return {
        name: f"{capital(kinds[name.partition('.')[0]].word.plural)}: {title}" for name, title in (own | WORKED).items()
    }


def _columns(table: str) -> Iterator[str]:
    model = kinds_of_row()[table]
    above = {model.part_of, model.or_of}
    return (name for name in model.model_fields if name not in NEVER and name not in above)
