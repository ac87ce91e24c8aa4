"""Mappings of forms, kept in the plan by name."""

from sqlalchemy import Connection, true
from sqlmodel import Session, col, select

from spp_desktop.edits import rows
from spp_desktop.plan.forms import FormMapping
from spp_desktop.plan.kinds.spelling import fold, quoted
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.returns.forms.mapping import CellMapping, MappingUnread, from_text
from spp_desktop.store import queries


def kept_forms(connection: Connection) -> dict[str, CellMapping]:
    """The mappings that are kept and can be read, by name, in their order."""
    kept = {}
    for row in queries.register(connection, FormMapping):
        try:
            kept[str(row.title)] = from_text(row.content)
        except MappingUnread:
            continue
    return kept


def kept_text(connection: Connection, title: str) -> str:
    """The text of a mapping.

    Raises:
        RuleBroken: if none is kept under this name.
    """
    rows_kept = queries.register(connection, FormMapping)
    row = next((row for row in rows_kept if fold(row.title) == fold(title)), None)
    if row is None:
        names = ", ".join(str(each.title) for each in rows_kept)
        known = f"Those that are kept: {names}." if names else "None is kept yet."
        raise RuleBroken("title", f"No form mapping is kept under the name {quoted(title)}. {known}")
    return str(row.content)


def keep_form(session: Session, mapping: CellMapping) -> None:
    """Keep a mapping under its name, in place of the one that has it.

    Raises:
        RuleBroken: if the name is empty or too long.
    """
    values = {"form": mapping.form, "content": mapping.as_text()}
    row = session.exec(select(FormMapping).where(col(FormMapping.title) == mapping.title.strip())).first()
    if row is None:
        rows.add_placed(session, FormMapping, true(), None, title=mapping.title.strip(), **values)
    else:
        rows.change(session, FormMapping, row.id, **values)


def remove_form(session: Session, title: str) -> None:
    """Keep a mapping no longer."""
    row = session.exec(select(FormMapping).where(col(FormMapping.title) == title)).first()
    if row is not None:
        rows.remove(session, FormMapping, row.id)
