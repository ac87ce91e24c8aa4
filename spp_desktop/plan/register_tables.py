"""The table that hangs on a register: its dated log. Made when it is declared."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from types import new_class
from typing import Any, TypeVar

from sqlmodel import Field

from spp_desktop.plan.rows import Placed, Row
from spp_desktop.plan.words import Word

T = TypeVar("T", bound=Row)

MOST_SAID = 4000
"""Characters of an entry of a log, at most."""


@cache
def log_table(model: type[Row]) -> type[Placed]:
    """The table of the dated log of a register's rows: the day, what was said, and the post that said it."""
    name, word = str(model.__tablename__), model.word.singular
    owner = f"{name}_id"
    return _made(
        Placed,
        f"{model.__name__}Log",
        {owner: str, "logged_on": date, "text": str, "post_id": str | None},
        {
            "__tablename__": f"{name}_log",
            "__doc__": f"What was reported of a {word} on a day.",
            "word": Word("log entry", "log entries"),
            "called_by": ("logged_on",),
            "part_of": owner,
            owner: Field(title=word, foreign_key=f"{name}.id", ondelete="CASCADE", index=True),
            "logged_on": Field(title="day"),
            "text": Field(title="entry", min_length=1, max_length=MOST_SAID),
            "post_id": Field(default=None, title="by", foreign_key="post.id", ondelete="SET NULL", index=True),
        },
    )


def _made(base: type[T], name: str, types: Mapping[str, Any], body: Mapping[str, Any]) -> type[T]:
    """A table made while the program runs: a class as if it had been written down."""
    space = {"__module__": __name__, "__annotations__": dict(types), **body}
    made: type[T] = new_class(name, (base,), {"table": True}, lambda namespace: namespace.update(space))
    return made
