"""What a person types, pastes or fills into the cells of the preview of a year's end: each cell as a decision."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from spp_desktop.edits.rows import CellValues, by_row
from spp_desktop.edits.turning import deciding
from spp_desktop.edits.turning.fates import open_fates
from spp_desktop.plan.kinds import Doubt
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.turning import WhatBecomes
from spp_desktop.store import link_faults, threads
from spp_desktop.store.references import References

_AS_IT_IS = ("fate", "reason", "due", "target")
"""The columns whose values are decided as they are typed."""


def set_cells(session: Session, cells: CellValues, year: int) -> None:
    """Decide of rows what is typed in their cells; what is not typed stays as it was decided, or is as proposed.

    Args:
        session: The session of the revision.
        cells: The columns are "fate", "reason", "due", "target", "refs" and "becomes": words, several of them one a
            line, or the reference of the row that it is merged with.
        year: The year that is left, by its first calendar year.

    Raises:
        RuleBroken: as ``deciding.decide``, or if a reference names no row; nothing is then kept.
    """
    for key, typed in by_row(cells).items():
        given = {name: value for name, value in typed.items() if name in _AS_IT_IS}
        if "refs" in typed:
            given["refs"] = _lines(str(typed["refs"] or "").replace(";", "\n"))
        if "becomes" in typed:
            given = {**_becomes(session, key, _lines(str(typed["becomes"] or "")), typed.get("fate"), year), **given}
        deciding.decide(session, [key], given.pop("fate", None), **given, year=year)


def _becomes(
    session: Session, key: str, lines: tuple[str, ...], fate: WhatBecomes | None, year: int
) -> Mapping[str, Any]:
    """What is decided where words are typed as what a row becomes."""
    decided = open_fates(session.connection(), year).get(key)
    fate = fate or (decided.fate if decided is not None else None)
    if fate == "merged":
        return {"into": _named(session, key, "; ".join(lines), year)}
    if not lines:
        return {"fate": "kept", "refs": ()} if fate in {"changed", "split"} else {}
    words: dict[str, Any] = {"fate": "changed" if len(lines) == 1 else "split", "texts": lines}
    fewer = decided is not None and len(decided.refs) > len(lines)
    return words | {"refs": ()} if fewer else words


def _named(session: Session, key: str, text: str, year: int) -> str:
    """The key of the row that a reference names among those of a row's kind.

    Raises:
        RuleBroken: if it names none, or several.
    """
    table = link_faults.tables_of(deciding.raw(session), [key]).get(key, "")
    rows = References(threads.rows(session.connection(), tables=[table]).values(), year).read(text)
    if isinstance(rows, Doubt):
        raise RuleBroken("becomes", rows.sentence)
    if len(rows) != 1:
        raise RuleBroken("becomes", "Type the reference of the one row that it is merged with.")
    return rows[0].key


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for part in text.splitlines() if (line := " ".join(part.split())))
