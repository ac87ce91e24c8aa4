"""Lines of the from-to table made by hand: what became of a row where a plan is replaced in the middle of a year."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, or_, select

from spp_desktop.edits import links, rows
from spp_desktop.plan.links import LEVELS, RowLink
from spp_desktop.plan.periods import year_name
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.turning import FromTo, WhatBecomes
from spp_desktop.store import threads
from spp_desktop.store.locks import author
from spp_desktop.store.naming import word_of
from spp_desktop.store.turned import CARRIED, FATES, carried_into

TABLES = (*LEVELS, "activity", "indicator")
"""The tables of the rows of which a line can be made by hand."""

_FOLLOWED: dict[WhatBecomes, tuple[int, int]] = {"changed": (1, 1), "merged": (1, 1), "split": (2, 999)}
"""How many rows come of a row at least and at most, by what becomes of it; of others, none."""


@dataclass(frozen=True)
class HandEntry:
    """A line of the from-to table as a person makes it.

    Attributes:
        row: the key of the row that it is about.
        year: the first calendar year of the year that it is left in.
        fate: what became of it.
        reason: why.
        into: the keys of the rows that came of it, of the same table.
    """

    row: str
    year: int
    fate: WhatBecomes
    reason: str = ""
    into: tuple[str, ...] = ()


def enter(session: Session, entry: HandEntry, today: date) -> str:
    """Make a line; its key. It is done at once.

    It takes the place of one that was made of the row on the same day, or that is decided and not done yet.

    Raises:
        RuleBroken: if the row is gone, what became of it does not fit the rows that came of it, or it is what was done
            as the year was turned.
    """
    known = threads.rows(session.connection(), {entry.row, *entry.into})
    if any(key not in known for key in (entry.row, *entry.into)):
        raise RuleBroken("row_id", "A row that is named here is no longer in the plan. Nothing was kept.")
    demand_not_turned(session, entry.row, entry.year)
    row = known[entry.row]
    _demand_followed(entry, row.table, {known[key].table for key in entry.into})
    values = {
        "row_table": row.table, "row_id": entry.row, "title": row.title, "year": entry.year, "fate": entry.fate,
        "reason": entry.reason.strip(), "into_id": entry.into[0] if entry.fate == "merged" else None,
        "decided_by": author(), "decided_on": today, "applied_on": today,
    }  # fmt: skip
    mine = select(FromTo.id).where(FromTo.row_id == entry.row, FromTo.year == entry.year)
    key = session.exec(mine.where(or_(col(FromTo.applied_on).is_(None), FromTo.applied_on == today))).first()
    if key is None:
        key = rows.add(session, FromTo, **values)
    else:
        rows.change(session, FromTo, key, **values)
    _part(session, entry.row, but=entry.into)
    links.join_all(session, [(CARRIED, after, entry.row) for after in entry.into])
    return key


def take_back(session: Session, keys: Collection[str]) -> None:
    """Take lines away that were made by hand, and the links of what came of their rows.

    Raises:
        RuleBroken: if one is gone, or says what was done as the year was turned.
    """
    for key in keys:
        line = rows.get(session, FromTo, key)
        demand_not_turned(session, line.row_id, line.year)
        _part(session, line.row_id)
        rows.remove(session, FromTo, key)


def demand_not_turned(session: Session, row: str, year: int) -> None:
    """See that nothing came of a row in a later year: that stands in the from-to table as it was done.

    Raises:
        RuleBroken: if something did.
    """
    connection = session.connection()
    after = carried_into(connection, [row]).get(row, ())
    later = next((each for each in threads.rows(connection, after).values() if each.year and each.year > year), None)
    if later is not None:
        raise RuleBroken(
            "row_id", f"What became of it was done as {year_name(year)} was rolled over: it is {later.title}. Its line "
            "stands; undo the roll-over, or change what came of it.",
        )  # fmt: skip


def _demand_followed(entry: HandEntry, table: str, others: Collection[str]) -> None:
    """See that as many rows come of a row as what became of it says, and rows of its own kind.

    Raises:
        RuleBroken: if not.
    """
    word = word_of(table)
    if table not in TABLES:
        raise RuleBroken("row_id", f"No line can be made for {word.with_article}.")
    least, most = _FOLLOWED.get(entry.fate, (0, 0))
    if not least <= len(entry.into) <= most:
        wanted = {(0, 0): "no row comes of it", (1, 1): "one row comes of it"}.get(
            (least, most), "two rows or more come of it"
        )
        title = FATES[entry.fate].title.lower()
        raise RuleBroken("into_id", f"Where {word.with_article} is {title}, {wanted}; {len(entry.into)} are named.")
    if set(others) - {table} or entry.row in entry.into:
        raise RuleBroken("into_id", f"What comes of {word.with_article} is another {word.singular}.")


def _part(session: Session, key: str, but: Collection[str] = ()) -> None:
    """Take away the links of what came of a row, but those to these rows."""
    query = select(RowLink.id).where(RowLink.kind == CARRIED, RowLink.to_id == key)
    links.part_all(session, session.exec(query.where(col(RowLink.from_id).not_in(list(but)))).all())
