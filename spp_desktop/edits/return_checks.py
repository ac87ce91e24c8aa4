"""The checks of a return carried out: on what is about to go out, and on what came in, with what it answers."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from spp_desktop.edits.as_issued import Recognised
from spp_desktop.edits.return_rows import listed, read_by
from spp_desktop.edits.sources.source import IssueScope
from spp_desktop.plan.kinds.spelling import quoted
from spp_desktop.returns.answers import Answered, Table
from spp_desktop.returns.checks import CheckedCells, CheckedTable
from spp_desktop.returns.definition import Content, Identity, Listing, PlanFacts, Return, ReturnRow
from spp_desktop.store import exports, past
from spp_desktop.store.workspace import Workspace


def before_sending(workspace: Workspace, definition: Return, content: Content) -> list[str]:
    """What is amiss in a return as it would go out now, in sentences; nothing of a blank form."""
    if content.blank or not any(listing.checks for listing in definition.listings):
        return []
    before = _sent_before(workspace, definition, content)
    nothing = [
        f"{quoted(listing.title)} has no row of this time yet; its blank lines are there to be filled in."
        for listing, rows in zip(definition.listings, content.tables, strict=True)
        if listing.dated and not rows
    ]
    return nothing + [
        sentence
        for listing, rows in zip(definition.listings, content.tables, strict=True)
        if listing.checks
        for sentence in looked_over(
            listing, _table(content.plan, listing, content.identity, rows, before.get(listing.title, ()))
        )
    ]


def looked_over(listing: Listing, table: CheckedTable) -> list[str]:
    """What the checks of a listing say of its rows."""
    return [sentence for check in listing.checks for sentence in check(table)]


def answered_table(
    workspace: Workspace, plan: PlanFacts, recognised: Recognised, table: Table, rows: Sequence[Answered]
) -> CheckedTable:
    """The rows that a sheet which came in is about, as they would be if all that it answers were taken in.

    Of what went to an area those of all areas and of the force are there, too, since they are to add up.
    """
    listing, identity = table.listing, recognised.identity
    scope = replace(recognised.scope, everyone=False, area="")
    now = workspace.read(listed, listing, plan, scope)
    made = _table(plan, listing, identity, tuple(now.values()))
    return replace(
        made.with_answers({row.key: _given(row) for row in rows if row.key is not None}),
        own=frozenset(recognised.rows.issued[listing.title]),
    )


def _given(row: Answered) -> CheckedCells:
    """What a row of a file answers, by field, as far as it is understood."""
    return {name: answer.value for name, answer in row.answers.items() if not (answer.blank or answer.doubt)}


def _table(
    plan: PlanFacts,
    listing: Listing,
    identity: Identity,
    rows: Sequence[ReturnRow],
    before: Sequence[ReturnRow] = (),
) -> CheckedTable:
    columns = listing.columns_for(plan.years, plan.roles)
    return CheckedTable(
        listing.title,
        listing.ref,
        listing.text,
        {column.field: column.title for column in columns},
        frozenset(column.field for column in columns if column.editable),
        {row.key: row.values for row in rows},
        {row.key: row.values for row in before},
        identity.year,
    )


def _sent_before(workspace: Workspace, definition: Return, content: Content) -> Mapping[str, Sequence[ReturnRow]]:
    """The rows of each listing as they were when the return was last sent about the same period to the same."""
    identity = content.identity
    sent = [
        export
        for export in workspace.read_beside(exports.issued, definition.id, identity.year, identity.period)
        if (export.owner, export.begins) == (identity.owner, identity.begins)
    ]
    changed = workspace.read_beside(past.since, sent[0].revision) if sent else None
    if changed is None:
        return {}
    scope = IssueScope.of(identity)
    return {
        listing.title: tuple(
            workspace.read_beside(past.read, changed, read_by([listing]), listed, listing, content.plan, scope).values()
        )
        for listing in definition.listings
        if listing.checks
    }
