"""Which issue of which return a workbook is that came in, and the rows as they stood when it went out."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from spp_desktop.edits.return_rows import TitlesByKey, listed, naming, read_by, renamed, titles_of
from spp_desktop.edits.sources.every import source_of
from spp_desktop.edits.sources.source import Scope
from spp_desktop.plan.periods import PERIODS
from spp_desktop.returns.answers import Table, covered, find_tables
from spp_desktop.returns.catalogue import every_return, return_named
from spp_desktop.returns.definition import Identity, Listing, PlanFacts, Return, ReturnRow
from spp_desktop.returns.intake import Received
from spp_desktop.returns.scan import ReturnRefused
from spp_desktop.store import clock, exports, past
from spp_desktop.store.exports import Export
from spp_desktop.store.workspace import Workspace

CANDIDATES = 40
"""How many of the latest issues a file is tried against that has lost what it says of itself."""

Listed = Mapping[str, Mapping[str, ReturnRow]]
"""The rows of each listing, by the listing's title, then by key."""


@dataclass(frozen=True)
class IssuedRows:
    """The rows of an issue.

    Attributes:
        issued: as they went out.
        now: as they are now, as far as that was read along; a row that is not here may still be in the plan.
        renamed: the titles by which its lists called what the plan calls otherwise now: by list, then by title.
    """

    issued: Listed
    now: Listed
    renamed: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Recognised:
    """Which issue of which return a workbook is, where its tables stand, and what is to be said about that."""

    definition: Return
    identity: Identity
    tables: list[Table]
    rows: IssuedRows
    notices: list[str]

    @property
    def owner(self) -> str:
        """The post that it went to, by the name that the plan has for it now."""
        return self._post(self.identity.owner)

    def leads(self, issued: Mapping[str, ReturnRow]) -> dict[str, str]:
        """The posts that led some rows when they went out, by the names that the plan has for them now."""
        return {key: self._post(row.lead) for key, row in issued.items()}

    def answered(self) -> Iterator[tuple[Listing, Table | None]]:
        """The listings that are there to be answered, each with its table, if that is in the file."""
        tables = {table.listing.title: table for table in self.tables}
        return ((each, tables.get(each.title)) for each in self.definition.listings if not each.only_tells)

    def _post(self, title: str) -> str:
        return self.rows.renamed.get("posts", {}).get(title, title)


def recognised(workspace: Workspace, plan: PlanFacts, received: Received) -> Recognised:
    """Which issue a workbook is, by the plan's own record where there is one, else by what stands in it.

    Raises:
        ReturnRefused: if it is no return of this plan.
    """
    identity = received.identity
    if identity is None:
        return _by_content(workspace, plan, received)
    if identity.plan != plan.key:
        other = f" “{identity.plan_title}”" if identity.plan_title else ""
        raise ReturnRefused(
            f"{received.name} belongs to another plan{other}, so nothing was taken in. Open that plan to take it in."
        )
    kept = workspace.read_beside(exports.find, identity.export)
    notices = []
    if kept is not None:
        recorded = replace(_identity(plan, kept), plan_title=identity.plan_title)
        if recorded != identity:
            notices.append("What the file says about itself was altered; the plan's own record was used instead.")
        identity = recorded
    else:
        notices.append("The plan has no record that this was sent out; what the file says about itself was used.")
    definition = return_named(identity.return_id)
    if definition is None:
        raise ReturnRefused(
            f"{received.name} is a return “{identity.return_id}”, which this version does not know. Update it."
        )
    tables = find_tables(definition, plan, received)
    if not tables or (kept is None and not _of_its_time(definition, identity, plan)):
        raise _not_ours(received)
    as_issued = _as_issued(workspace, plan, identity.revision, [(definition, Scope.of(identity))])
    if as_issued is None:
        raise _from_another_copy(received)
    (rows,) = as_issued
    if kept is not None and not kept.rows:  # a blank form
        rows = replace(rows, issued={listing.title: {} for listing in definition.listings})
    return Recognised(_that_went_out(definition, kept, tables, rows), identity, tables, rows, notices)


def _that_went_out(definition: Return, kept: Export | None, tables: Sequence[Table], rows: IssuedRows) -> Return:
    """A return with the listings that are in the file, or surely went out in it by the plan's own record.

    A return that went out before a register was sent with it has no sheet of it, and misses none. Where the record
    counts the register's rows too, the sheet was there.
    """
    there = {table.listing.title for table in tables}
    keys = {title: set(issued) for title, issued in rows.issued.items()}
    if kept is None or kept.rows != len(set().union(*keys.values())):
        keys = {}
    listings = [
        each for each in definition.listings if not each.optional or each.title in there or keys.get(each.title)
    ]
    return replace(definition, listings=tuple(listings))


def _of_its_time(definition: Return, identity: Identity, plan: PlanFacts) -> bool:
    """Whether what a file says of its year and period can be said of such a return."""
    known = identity.year in plan.years or (definition.any_year and identity.year is not None)
    fits = known if definition.yearly else identity.year is None
    return fits and identity.period in PERIODS.get(definition.span, ("",))


def _by_content(workspace: Workspace, plan: PlanFacts, received: Received) -> Recognised:
    """A workbook that lost what it says of itself, known by the keys of its rows, or else by their words."""
    tables = {definition.id: find_tables(definition, plan, received) for definition in every_return()}
    fitting = [export for export in workspace.read_beside(exports.every) if tables.get(export.return_id)][:CANDIDATES]
    best: tuple[tuple[int, int, int], Export, IssuedRows] | None = None
    for kept, rows in _all_issued(workspace, plan, fitting):
        counts = [covered(table, kept.id, rows.issued[table.listing.title]) for table in tables[kept.return_id]]
        sure, likely = (sum(numbers) for numbers in zip(*counts, strict=True))
        score = sure, likely, -sum(map(len, rows.issued.values()))
        if likely and (best is None or score > best[0]):
            best = score, kept, rows
    if best is None:
        raise _not_ours(received)
    (sure, _, _), kept, rows = best
    definition = return_named(kept.return_id)
    assert definition is not None
    identity = _identity(plan, kept)
    how = "the keys of its rows" if sure else "the words of its rows, each of which is to be confirmed,"
    day = f"{clock.local_day(kept.at):%d/%m/%Y}"
    name = " ".join(filter(None, (identity.when, definition.title.lower())))
    whose = f" of {kept.owner}" if kept.owner else ""
    notice = f"The file no longer says which return it is. By {how} it is the {name}{whose} that went out on {day}."
    own_tables = tables[kept.return_id]
    return Recognised(_that_went_out(definition, kept, own_tables, rows), identity, own_tables, rows, [notice])


def _identity(plan: PlanFacts, kept: Export) -> Identity:
    return Identity(plan.key, kept.id, kept.return_id, kept.revision, kept.owner, kept.year, plan.title, kept.period)


def _all_issued(workspace: Workspace, plan: PlanFacts, kept: Sequence[Export]) -> Iterable[tuple[Export, IssuedRows]]:
    """Each of some issues with its rows, the plan at each revision read once."""
    for revision in dict.fromkeys(export.revision for export in kept):
        of_revision = [export for export in kept if export.revision == revision]
        asked = [(return_named(export.return_id), Scope.of(_identity(plan, export))) for export in of_revision]
        as_issued = _as_issued(
            workspace, plan, revision, [(known, scope) for known, scope in asked if known is not None]
        )
        if as_issued is not None:
            yield from zip(of_revision, as_issued, strict=True)


_Asked = Sequence[tuple[Return, Scope]]


def _as_issued(workspace: Workspace, plan: PlanFacts, revision: str, asked: _Asked) -> list[IssuedRows] | None:
    """The rows of some returns as they went out at a revision; ``None`` if the plan has no such revision."""
    changed = workspace.read_beside(past.since, revision)
    if changed is None:
        return None
    listings = [listing for definition, _ in asked for listing in definition.listings]
    whole = not all(source_of(listing).by_activity for listing in listings)
    if whole or {table.name for table in naming(listings)} & changed.keys():
        then, titles = workspace.read_beside(past.read, changed, read_by(listings), _all_of, plan, asked)
        new_titles = renamed(titles, workspace.read(titles_of, listings))
        return [IssuedRows(issued, {}, new_titles) for issued in then]
    now = workspace.read(_rows_of, plan, asked)
    # All but what has changed went out as it is now: it is read once, and kept once.
    activities = workspace.read_beside(past.activities_of, changed)
    then = workspace.read_beside(past.read_of, changed, read_by(listings), activities, _rows_of, plan, asked)
    return [IssuedRows(_with(rows, earlier, activities), rows, {}) for rows, earlier in zip(now, then, strict=True)]


def _with(now: Listed, then: Listed, activities: Container[str]) -> Listed:
    """Rows as they are now, with those of some activities as they were."""
    return {
        title: {key: row for key, row in rows.items() if key in then[title] or key not in activities}
        | dict(then[title])
        for title, rows in now.items()
    }


def _rows_of(connection: Connection, plan: PlanFacts, asked: _Asked) -> list[Listed]:
    return [
        {listing.title: listed(connection, listing, plan, scope) for listing in definition.listings}
        for definition, scope in asked
    ]


def _all_of(connection: Connection, plan: PlanFacts, asked: _Asked) -> tuple[list[Listed], TitlesByKey]:
    listings = [listing for definition, _ in asked for listing in definition.listings]
    return _rows_of(connection, plan, asked), titles_of(connection, listings)


def _not_ours(received: Received) -> ReturnRefused:
    return ReturnRefused(
        f"{received.name} is not a return made from this plan, so nothing was taken in. "
        "Send out a return, have it filled in, and take in that file."
    )


def _from_another_copy(received: Received) -> ReturnRefused:
    return ReturnRefused(
        f"{received.name} was made from a copy of this plan that has gone its own way, so what has changed cannot "
        "be told. Take it in there, or send the return out again from this plan."
    )
