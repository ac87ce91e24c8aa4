"""What a person does to the golden thread: join rows of the plan, and part them again."""

import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import cast

from sqlmodel import Session, select

from spp_desktop.edits import rows
from spp_desktop.plan.links import Joins, LinkKind, RowLink, joins, kind_called
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import link_faults, queries, threads
from spp_desktop.store.naming import word_of


def join(session: Session, kind: str, from_id: str, to_id: str, note: str = "") -> str:
    """Link a row to another, and give the link's key.

    Args:
        session: The session of the revision.
        kind: The name of one of ``plan.links.LINK_KINDS``.
        from_id: The key of the row that it begins at, of whatever table.
        to_id: The key of the row that it leads to.
        note: What is said of the link.

    Raises:
        RuleBroken: if one of the two is gone, they are one, are linked so already, cannot be linked so, or would stand
            in a ring.
    """
    known = _known_kind(kind)
    tables = _tables(session, (from_id, to_id))
    _demand_fit(session, known, (from_id, to_id), tables, joins())
    if from_id == to_id:
        raise RuleBroken("to_id", f"{_called(session, tables, from_id)} cannot be linked to itself.")
    if _already(session, known, from_id, to_id, tables):
        first, second = (_called(session, tables, key) for key in (from_id, to_id))
        raise RuleBroken("to_id", f"{first} and {_small(second)} are linked as “{known.name}” already.")
    key = rows.add(session, RowLink, kind=known.name, from_id=from_id, to_id=to_id, note=note)
    _demand_sound(session, [key])
    return key


def join_all(session: Session, pairs: Iterable[tuple[str, str, str]]) -> list[str]:
    """Link rows to others, passing over those that are linked so already; the keys of the new links.

    Args:
        session: The session of the revision.
        pairs: The kind of each link, and the keys of the rows it begins at and leads to.

    Raises:
        RuleBroken: as ``join``; nothing is then linked.
    """
    made = []
    for kind, from_id, to_id in dict.fromkeys(pairs):
        tables = _tables(session, (from_id, to_id))
        if not _already(session, _known_kind(kind), from_id, to_id, tables):
            made.append(join(session, kind, from_id, to_id))
    return made


def part(session: Session, key: str) -> None:
    """Take a link away, by its own key.

    Raises:
        RuleBroken: if it is gone.
    """
    rows.remove(session, RowLink, key)


def part_all(session: Session, keys: Iterable[str]) -> None:
    """Take links away, by their own keys.

    Raises:
        RuleBroken: if one is gone.
    """
    for key in dict.fromkeys(keys):
        part(session, key)


def set_served(session: Session, table: str, cells: Mapping[str, Sequence[str]]) -> None:
    """Say what rows are for: link them to these, and no longer to others.

    The home of an activity counts as served without a link, and is passed over.

    Args:
        session: The session of the revision.
        table: The table of the rows.
        cells: The keys of what each row is for, by its own key.

    Raises:
        RuleBroken: if a row cannot be for another; nothing is then changed.
    """
    before = queries.served(session.connection(), table, cells)
    wanted = {key: list(dict.fromkeys(others)) for key, others in cells.items()}
    tables = _tables(session, {*wanted, *(other for others in wanted.values() for other in others)})
    known = joins()
    for key, others in wanted.items():
        for other in (other for other in before.get(key, ()) if other not in others):
            query = select(RowLink.id, RowLink.kind).where(RowLink.from_id == key, RowLink.to_id == other)
            upward = [link for link, kind in session.exec(query) if (named := kind_called(kind)) and named.upward]
            part_all(session, upward)
        for other in (other for other in others if other not in before.get(key, ())):
            kind = known.upward(tables.get(key, ""), tables.get(other, ""))
            if kind is None:
                raise RuleBroken("serves", _cannot_serve(session, tables, key, other))
            join_all(session, [(kind.name, key, other)])


def copy_links(session: Session, key: str, copy: str) -> None:
    """Link a copy of a row as the row is, by the kinds of link that are copied."""
    query = select(RowLink.kind, RowLink.to_id).where(RowLink.from_id == key)
    pairs = [(name, copy, other) for name, other in session.exec(query) if (kind := kind_called(name)) and kind.copied]
    join_all(session, pairs)


def _known_kind(name: str) -> LinkKind:
    kind = kind_called(name)
    if kind is None:
        raise RuleBroken("kind", f"“{name}” is no kind of link. It is one of: {', '.join(_names())}.")
    return kind


def _names() -> list[str]:
    return sorted({kind.name for kinds in joins().kinds.values() for kind in kinds})


def _raw(session: Session) -> sqlite3.Connection:
    return cast("sqlite3.Connection", session.connection().connection.driver_connection)


def _tables(session: Session, keys: Collection[str]) -> dict[str, str]:
    session.flush()
    return link_faults.tables_of(_raw(session), keys)


def _called(session: Session, tables: Mapping[str, str], key: str) -> str:
    """A row in a sentence, its first letter a capital: "The activity “1.05”"."""
    return f"The {link_faults.row_called(_raw(session), tables[key], key)}"


def _small(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]


def _demand_fit(
    session: Session, kind: LinkKind, ends: tuple[str, str], tables: Mapping[str, str], known: Joins
) -> None:
    """See that two rows are there and can be linked so."""
    if any(key not in tables for key in ends):
        raise RuleBroken("to_id", "A row that is to be linked is no longer in the plan.")
    if kind not in known.between(tables[ends[0]], tables[ends[1]]):
        called = [link_faults.row_called(_raw(session), tables[key], key) for key in ends]
        raise RuleBroken("to_id", link_faults.cannot(kind, tables[ends[0]], tables[ends[1]], called))


def _already(session: Session, kind: LinkKind, from_id: str, to_id: str, tables: Mapping[str, str]) -> bool:
    """Whether two rows are linked so, whichever of them it was made from; an activity's home is."""
    session.flush()
    query = "SELECT 1 FROM link WHERE kind = ? AND (from_id, to_id) IN (VALUES (?, ?), (?, ?))"
    raw = _raw(session)
    if raw.execute(query, (kind.name, from_id, to_id, to_id, from_id)).fetchone() is not None:
        return True
    home = "SELECT 1 FROM activity WHERE id = ? AND ? IN (priority_id, theme_id, commitment_id)"
    return (
        kind.name == threads.HOME
        and tables.get(from_id) == "activity"
        and raw.execute(home, (from_id, to_id)).fetchone() is not None
    )


def _demand_sound(session: Session, keys: Sequence[str]) -> None:
    """See that new links make no ring."""
    fault = next(link_faults.faults(_raw(session), keys), "")
    if fault:
        raise RuleBroken("to_id", f"This cannot be linked so. {fault}")


def _cannot_serve(session: Session, tables: Mapping[str, str], key: str, other: str) -> str:
    if other not in tables or key not in tables:
        return "A row that is to be linked is no longer in the plan."
    this, that = word_of(tables[key]).with_article, word_of(tables[other]).with_article
    first, second = _called(session, tables, key), _small(_called(session, tables, other))
    return f"{first} cannot serve {second}: {this} does not serve {that}. Nothing was linked."
