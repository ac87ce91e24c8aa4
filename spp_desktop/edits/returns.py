"""Sending a return out and taking it in again: the same steps for the window and the command line."""

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlmodel import Session

from spp_desktop.edits import delivery, performance
from spp_desktop.edits.differences import Difference, differences, summary
from spp_desktop.edits.return_rows import facts, lines, references, stored
from spp_desktop.edits.rows import Cells
from spp_desktop.plan.rows import new_key
from spp_desktop.returns.answers import Table, find_table, missing, read_rows, revisions_said
from spp_desktop.returns.catalogue import RETURNS
from spp_desktop.returns.definition import Content, Identity, PlanFacts, Return, Source
from spp_desktop.returns.intake import Received, take
from spp_desktop.returns.scan import ReturnRefused
from spp_desktop.returns.workbook import write
from spp_desktop.store import exports, locks, past
from spp_desktop.store.exports import Export
from spp_desktop.store.workspace import Workspace

Setter = Callable[[Session, Cells], None]

SETTERS: Mapping[Source, Setter] = {"activities": delivery.set_cells, "indicators": performance.set_cells}
"""The verb that sets cells of the rows that a return lists."""


@dataclass(frozen=True)
class Review:
    """What a workbook that came in says, held against the plan. Nothing has been changed.

    ``left_empty`` are cells that were emptied, which is no answer. ``notices`` are sentences on the file as a
    whole; ``summary`` counts what was found.
    """

    definition: Return
    file: str
    identity: Identity
    differences: tuple[Difference, ...]
    left_empty: tuple[Difference, ...]
    notices: tuple[str, ...]
    summary: str

    @property
    def clean(self) -> tuple[Difference, ...]:
        """The differences that ask no decision of a person."""
        return tuple(one for one in self.differences if one.kind == "change")

    @property
    def undecided(self) -> tuple[Difference, ...]:
        """The differences that ask for one."""
        return tuple(one for one in self.differences if one.kind != "change")


def prepare(workspace: Workspace, definition: Return, owner: str = "", year: int | None = None) -> Content:
    """What a return's workbook is to hold: read from the plan, and needing it no more."""
    plan = workspace.read(facts)
    if definition.yearly and year is None:
        year = plan.years[0]
    identity = Identity(plan.key, new_key(), definition.id, workspace.revision(), owner, year, plan.title)
    return Content(plan, identity, tuple(workspace.read(lines, definition, owner, year).values()))


def record(workspace: Workspace, content: Content, path: Path) -> Export:
    """Write down in the plan that a workbook was issued. A plan open for reading only keeps no record."""
    said = content.identity
    export = Export(
        said.export,
        said.revision,
        said.return_id,
        said.owner,
        said.year,
        len(content.lines),
        path.name,
        hashlib.sha256(path.read_bytes()).hexdigest(),
        datetime.now(UTC).isoformat(),
        locks.author(),
    )
    if not workspace.read_only:
        workspace.write_beside(exports.record, export)
    return export


def issue(
    workspace: Workspace, definition: Return, path: Path, owner: str | None = None, year: int | None = None
) -> Content:
    """Make a return's workbook, for the whole plan or for one post, and record that it went out.

    Without a year a yearly return is of the plan's first.

    Raises:
        returns.workbook.NotWritten: if the file cannot be made; what stood there is untouched.
        store.problems.NotKept: if the record cannot be kept; the file is then made, and can be taken in.
    """
    content = prepare(workspace, definition, owner or "", year)
    write(definition, content, path)
    record(workspace, content, path)
    return content


def review(workspace: Workspace, path: Path) -> Review:
    """Read a workbook and hold it against the plan. Changes nothing.

    Raises:
        ReturnRefused: with a sentence, if it cannot be read or is no return of this plan.
    """
    return held_against(workspace, take(path))


def held_against(workspace: Workspace, received: Received) -> Review:
    """A workbook that was read, held against the plan as issued and as it is now.

    Raises:
        ReturnRefused: if it is no return of this plan.
    """
    plan = workspace.read(facts)
    identity, table, notices = _recognised(workspace, plan, received)
    definition = _definition(identity.return_id, received)
    tables = workspace.as_at(identity.revision)
    assert tables is not None
    issued = past.read(tables, lines, definition, identity.owner, identity.year)
    columns = definition.listing.columns_for(plan.years)
    rows = read_rows(definition, plan, table, issued)
    found = differences(definition, columns, issued, rows, workspace.read(lines, definition))
    notices += [f"The column “{column.title}” is not in the file." for column in missing(table, columns)]
    notices += [
        f"The sheet “{sheet.title}” was not read."
        for sheet in received.sheets
        if sheet is not table.sheet and sheet.title not in _OWN_SHEETS
    ]
    return Review(
        definition,
        received.name,
        identity,
        tuple(one for one in found if one.kind != "no answer"),
        tuple(one for one in found if one.kind == "no answer"),
        (*received.notices, *notices),
        summary(found),
    )


_OWN_SHEETS = ("How to fill this in",)


def _recognised(workspace: Workspace, plan: PlanFacts, received: Received) -> tuple[Identity, Table, list[str]]:
    """Which export a workbook is, by the plan's own record where there is one, and where its table stands."""
    said = received.identity
    if said is not None and said.plan != plan.key:
        other = f" “{said.plan_title}”" if said.plan_title else ""
        raise ReturnRefused(
            f"{received.name} belongs to another plan{other}, so nothing was taken in. Open that plan to take it in."
        )
    if said is None:
        return _by_keys(workspace, plan, received)
    kept = workspace.read_beside(exports.find, said.export)
    notices = []
    if kept is not None:
        held = Identity(plan.key, kept.id, kept.return_id, kept.revision, kept.owner, kept.year, said.plan_title)
        if held != said:
            notices.append("What the file says about itself was altered; the plan's own record was used instead.")
        said = held
    if workspace.as_at(said.revision) is None:
        raise _from_another_copy(received)
    table = find_table(_definition(said.return_id, received).listing, plan, received)
    if table is None:
        raise _not_ours(received)
    return said, table, notices


def _by_keys(workspace: Workspace, plan: PlanFacts, received: Received) -> tuple[Identity, Table, list[str]]:
    """A workbook that lost what it says of itself, known by its headings and by the keys of its rows."""
    tables = ((definition, find_table(definition.listing, plan, received)) for definition in RETURNS)
    fitting = [(definition, table) for definition, table in tables if table is not None and table.keys is not None]
    if not fitting:
        raise _not_ours(received)
    definition, table = max(fitting, key=lambda one: len(one[1].columns))
    said = revisions_said(table)
    issues = [kept for kept in workspace.read_beside(exports.every) if kept.return_id == definition.id]
    kept = next((one for one in issues if one.revision[:8] in said), None)
    if kept is None or len(said) != 1:
        raise _from_another_copy(received)
    identity = Identity(plan.key, kept.id, definition.id, kept.revision, kept.owner, kept.year, plan.title)
    return identity, table, ["The file no longer says which return it is; it was recognised by the keys of its rows."]


def _definition(key: str, received: Received) -> Return:
    found = next((one for one in RETURNS if one.id == key), None)
    if found is None:
        raise ReturnRefused(f"{received.name} is a return “{key}”, which this version does not know. Update it.")
    return found


def _not_ours(received: Received) -> ReturnRefused:
    return ReturnRefused(
        f"{received.name} is a workbook, but not a return made from this plan, so nothing was taken in. "
        "Export a return, fill it in, and take in that file."
    )


def _from_another_copy(received: Received) -> ReturnRefused:
    return ReturnRefused(
        f"{received.name} was made from a copy of this plan that has gone its own way, so what has changed cannot "
        "be told. Take it in there, or export the return again from this plan."
    )


def apply(workspace: Workspace, reviewed: Review, chosen: Collection[Difference]) -> int:
    """Take in the differences chosen, as one revision, and give how many. An earlier version is kept first.

    Raises:
        RuleBroken: if a value may not stand there; NotKept: if it cannot be written. Nothing is changed then.
    """
    accepted = [one for one in chosen if one.applicable]
    if not accepted:
        return 0
    cells = _stored(workspace, accepted)
    workspace.back_up(f"before taking in {reviewed.file}")
    count = f"{len(accepted)} change{'' if len(accepted) == 1 else 's'}"
    label = f"take in {count} from {reviewed.file}"
    workspace.edit(label, take_in, reviewed.definition.listing.source, cells, as_kind="import")
    return len(accepted)


def take_in(session: Session, source: Source, cells: Cells) -> None:
    """Set the cells that were accepted from a return.

    Raises:
        RuleBroken: at the first cell that breaks a rule; nothing is then changed.
    """
    SETTERS[source](session, cells)


def _stored(workspace: Workspace, accepted: Sequence[Difference]) -> Cells:
    known = workspace.read(references)
    return [(one.key, *stored(known, one.field, one.returned)) for one in accepted]
