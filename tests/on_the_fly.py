"""A register more than the program has, for as long as a test runs: everything made from declarations must find it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from itertools import count
from types import new_class
from typing import Any, Literal

from sqlmodel import Field, SQLModel, String

from spp_desktop.plan import registers as declared
from spp_desktop.plan.register import Computed, KnownRows, Page, Register, Returned, Shown, Worked
from spp_desktop.plan.rows import Placed
from spp_desktop.plan.rules import Rule
from spp_desktop.plan.words import Word
from spp_desktop.store import database, whole_rows

_NUMBER = count(1)
RED, GREEN = ("#b42318", "#ff7b72"), ("#1a7f37", "#56d364")


@contextmanager
def findings(returned: Returned | None = None) -> Iterator[Register]:
    """Inspection findings: with a page, a log, links, a day by which they are due and a computed column.

    Only plans made while it is there hold its tables. Those that are returned ask for a reason where one is closed.
    """
    register, before = _declared(returned), declared.REGISTERS
    declared.REGISTERS = (*before, register)
    _forget()
    try:
        yield register
    finally:
        declared.REGISTERS = before
        for model in (register.log_model, register.model):
            assert model is not None
            SQLModel.metadata.remove(SQLModel.metadata.tables[str(model.__tablename__)])
        _forget()


def _forget() -> None:
    """Forget what is known of the tables there were."""
    database.known_schema.cache_clear()
    whole_rows.first_cells.cache_clear()


def _declared(returned: Returned | None) -> Register:
    types: dict[str, Any] = {
        "ref": str, "text": str, "inspection": Literal["PEEL", "HMIC"], "owner_id": str | None,
        "state": Literal["open", "in hand", "closed"], "due": date | None, "weight": int, "effect": str,
    }  # fmt: skip
    columns = {
        "ref": Field(title="reference", min_length=1, max_length=20, unique=True),
        "text": Field(title="shortcoming", min_length=1, max_length=2000),
        "inspection": Field(default="PEEL", title="inspection", sa_type=String),
        "owner_id": Field(default=None, title="owner", foreign_key="post.id", ondelete="RESTRICT", index=True),
        "state": Field(default="open", title="state", sa_type=String),
        "due": Field(default=None, title="due"),
        "weight": Field(default=1, title="weight", ge=1, le=5),
        "effect": Field(default="", title="effect", max_length=1000),
    }
    if returned is not None:
        types["reason"] = str
        columns["reason"] = Field(default="", title="reason", max_length=1000)
    body = {
        "__module__": __name__, "__annotations__": types, "__tablename__": "finding",
        "word": Word("finding", "findings"), "called_by": ("ref", "text"),
        "rules": (Rule("weight", "effect = 'none' AND weight > 1", "there is no effect, and it weighs more than 1"),),
        **columns,
    }  # fmt: skip
    # Each declaration is a class of another name: SQLAlchemy knows every one that there has been.
    model = new_class(f"Finding{next(_NUMBER)}", (Placed,), {"table": True}, lambda space: space.update(body))
    return Register(
        model,
        "Inspection findings",
        (
            Shown("ref", 56), Shown("text", 300), Shown("inspection", shown=False), Shown("owner_id", 128),
            Shown("state", 90), Shown("due", 92, late=True), Shown("weight", 64), Shown("effect", shown=False),
            *[Shown("reason")] * (returned is not None),
        ),
        about="What an inspectorate found, and what is done about it.",
        ref="ref", text="text", owner="owner_id", group="inspection", due="due", finished=("state", ("closed",)),
        log=True, links=("priority", "activity", "indicator"), page=Page("&Inspections", "Appendices"),
        computed=(Computed("urgency", "Urgency", urgency, after="weight", width=84),), bar="urgency",
        returned=returned, reason_for={"state": "reason"} if returned else {}, reasons=("closed",),
    )  # fmt: skip


def urgency(row: Mapping[str, Any], known: KnownRows) -> Worked:
    """Twice the weight of what is open, in a word."""
    del known
    points = 0 if row["state"] == "closed" else 2 * row["weight"]
    high = points > 5
    word, colours, shape = ("high", RED, "diamond") if high else ("low", GREEN, "disc")
    return Worked(f"{points} {word}", points, colours, shape, word)
