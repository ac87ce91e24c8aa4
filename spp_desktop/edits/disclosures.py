"""What a person does with what may be public: releases rows and columns, withholds them, takes either back."""

import sqlite3
from collections.abc import Collection, Iterable
from datetime import date
from typing import cast

from sqlmodel import Session, col, select

from spp_desktop.edits import rows
from spp_desktop.plan.disclosures import Disclosure
from spp_desktop.plan.kinds.spelling import quoted
from spp_desktop.plan.releasable import PublicItem, releasable_columns, releasable_tables
from spp_desktop.plan.rows import kinds_of_row
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import history
from spp_desktop.store.naming import word_of


def release(session: Session, items: Collection[PublicItem], by: str, on: date | None = None) -> None:
    """Release rows and columns to the public, as they stand now. What was released before is released anew.

    Args:
        session: The session of the revision.
        items: The rows and columns.
        by: Who releases them: a name, or a post.
        on: The day; ``None`` for today.

    Raises:
        RuleBroken: if nobody is named, or something is no longer in the plan or can never be public.
    """
    raw = cast("sqlite3.Connection", session.connection().connection.driver_connection)
    newest = history.latest(raw)
    values = {"released": True, "revision": newest.id if newest else "", "reason": "", "look_again": None}
    _decide(session, items, by, on, {**values, "paragraph": None})


def withhold(
    session: Session,
    items: Collection[PublicItem],
    reason: str,
    by: str,
    on: date | None = None,
    *,
    look_again: date | None = None,
    paragraph: int | None = None,
) -> None:
    """Withhold rows and columns from the public, whatever they are a part of.

    Args:
        session: The session of the revision.
        items: The rows and columns.
        reason: Why.
        by: Who decided it: a name, or a post.
        on: The day; ``None`` for today.
        look_again: When that is to be looked at anew, if it is.
        paragraph: The paragraph of Schedule 12A to the Local Government Act 1972 that it rests on, if on one.

    Raises:
        RuleBroken: without a reason or a name, or if something is no longer in the plan or can never be public.
    """
    if not reason.strip():
        raise RuleBroken("reason", "Say why it is withheld.")
    values = {"released": False, "revision": "", "reason": reason.strip(), "look_again": look_again}
    _decide(session, items, by, on, {**values, "paragraph": paragraph})


def withdraw(session: Session, items: Collection[PublicItem]) -> None:
    """Take back what was decided of rows and columns: they are neither released nor withheld by themselves then.

    Raises:
        RuleBroken: if nothing was decided of any of them.
    """
    known = _known(session, items)
    if not known:
        raise RuleBroken("item_key", "Nothing was released or withheld here, so there is nothing to take back.")
    for key in known.values():
        rows.remove(session, Disclosure, key)


def _decide(
    session: Session, items: Collection[PublicItem], by: str, on: date | None, values: dict[str, object]
) -> None:
    if not by.strip():
        raise RuleBroken("decided_by", "Say who decided it: a name, or a post.")
    signed = {"decided_by": by.strip(), "decided_on": on or date.today(), **values}
    known = _known(session, items)
    for item in items:
        _demand_releasable(session, item)
        if item in known:
            rows.change(session, Disclosure, known[item], **signed)
        else:
            named = {"item_table": item.table, "item_key": item.key, "column_name": item.column}
            rows.add(session, Disclosure, **named, **signed)


def _demand_releasable(session: Session, item: PublicItem) -> None:
    if item.key is None:
        if item.column not in releasable_columns():
            raise RuleBroken("column_name", f"{quoted(item.column)} is no column that can be public.")
    elif item.table not in releasable_tables():
        raise RuleBroken("item_table", f"{word_of(item.table).with_article.capitalize()} cannot be public by itself.")
    else:
        rows.get(session, kinds_of_row()[item.table], item.key)


def _known(session: Session, items: Iterable[PublicItem]) -> dict[PublicItem, str]:
    """The keys of what was decided of items so far."""
    names = {item.key or item.column: item for item in items}
    query = select(Disclosure).where(
        col(Disclosure.item_key).in_(list(names)) | col(Disclosure.column_name).in_(list(names))
    )
    return {names[row.item_key or row.column_name]: row.id for row in session.exec(query)}
