"""Mappings of forms, kept in the plan by name."""

from dataclasses import replace
from pathlib import Path

from sqlalchemy import Connection, true
from sqlmodel import Session, col, select

from spp_desktop.edits import rows
from spp_desktop.plan.forms import FormMapping
from spp_desktop.plan.kinds.spelling import fold, quoted
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.returns import aside
from spp_desktop.returns.forms.mapping import CellMapping, MappingUnread, from_text
from spp_desktop.store import queries

_MOST = 4_000_000


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


def mapping_of_file(path: Path) -> CellMapping:
    """The mapping that a file is; one without a name of its own is called as its file.

    Raises:
        MappingUnread: if it is none; says so with the name of the file, in a whole sentence.
        OSError: if it cannot be read.
    """
    with path.open("rb") as file:
        content = file.read(_MOST + 1)
    try:
        mapping = from_text(content.decode("utf-8-sig"))
    except (MappingUnread, UnicodeDecodeError) as problem:
        why = problem if isinstance(problem, MappingUnread) else "it is not written in UTF-8"
        raise MappingUnread(f"{path.name} is no mapping of a form: {why}. Nothing was changed.") from None
    return mapping if mapping.title.strip() else replace(mapping, title=path.stem)


def mapping_to_file(text: str, path: Path) -> None:
    """Write the text of a mapping to a file.

    Raises:
        NotWritten: if it cannot be kept there; what stood there is untouched.
    """

    def look_over(written: Path) -> None:
        """See that what was written is the same mapping."""
        from_text(written.read_text(encoding="utf-8"))

    aside.put(lambda written: written.write_text(text, encoding="utf-8", newline="\n"), path, look_over)


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
