"""Adds illustrative rows of registers from ``registers/NAME.toml``: a register needs a file of rows, and no code."""

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from sqlmodel import Session

from spp_desktop.edits import links, registers
from spp_desktop.plan.register import Register
from spp_desktop.plan.registers import REGISTERS
from spp_desktop.plan.rows import Row, kinds_of_row
from spp_desktop.store import registered
from spp_desktop.store.workspace import Workspace


def work(workspace: Workspace) -> None:
    """Add the rows of every register that has a file to a plan, one step for each register."""
    folder = files("sample_data").joinpath("registers")
    for register in REGISTERS:
        file = folder.joinpath(f"{register.name}.toml")
        if file.is_file():
            rows = tomllib.loads(file.read_text(encoding="utf-8"))["row"]
            label = f"enter illustrative {register.word.plural}"
            workspace.edit(label, enter, register, rows, as_kind="built")


def enter(session: Session, register: Register, rows: list[dict[str, Any]]) -> None:
    """A verb: add rows to a register, each with its log and its links; other rows are named by title or reference."""
    for row in rows:
        log, linked = row.pop("log", ()), row.pop("links", {})
        key = registers.add(session, register.model, _columns(session, register.model, row))
        for entry in log:
            assert register.log_model is not None
            columns = _columns(session, register.log_model, entry)
            registers.add(session, register.log_model, {register.log_model.part_of: key, **columns})
        for table, names in linked.items():
            for name in names:
                links.join(session, register.linked_as, key, _key(session, kinds_of_row()[table], name))


def _columns(session: Session, model: type[Row], row: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a row; names of other rows become their keys."""
    linked = registered.linked_by(model)
    return {
        (f"{name}_id" if f"{name}_id" in linked else name): (
            _key(session, linked[f"{name}_id"], value) if f"{name}_id" in linked else value
        )
        for name, value in row.items()
    }


def _key(session: Session, model: type[Row], name: str) -> str:
    """The key of the row with this title or reference.

    Raises:
        LookupError: if there is no such row, or more than one.
    """
    titles = registered.titles(session.connection(), model)
    keys = [key for key, title in titles.items() if title == name or title.startswith(f"{name} ")]
    if len(keys) != 1:
        raise LookupError(f"{len(keys)} rows of {model.word.plural} are called “{name}”.")
    return keys[0]
