"""Enters national frameworks of a sample: what each is, its years, its items and how far these are known."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import Session, select

from spp_desktop.edits import asked_by_law, registers
from spp_desktop.plan.frameworks import Framework, FrameworkItem


def enter(session: Session, frameworks: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Add frameworks with their items, and give the keys of the items by their numbers.

    An item that is verified was read; of the others the data says how far they are known.
    """
    keys: dict[str, str] = {}
    for framework in frameworks:
        columns = {name: value for name, value in framework.items() if name != "items"}
        key = registers.add(session, Framework, columns)
        for item in framework["items"]:
            known = {"evidence": "read"} if item["verified"] else {}
            keys[item["code"]] = registers.add(session, FrameworkItem, {"framework_id": key, **known, **item})
    return keys


def answer(session: Session, answered_in: Mapping[str, str]) -> None:
    """Bring in the checklist of 2008, and say on which pages of the window the plan answers items of it."""
    asked_by_law.bring_in(session)
    for item in session.exec(select(FrameworkItem)).all():
        if item.code in answered_in:
            registers.change(session, FrameworkItem, item.id, answered_in=answered_in[item.code])
