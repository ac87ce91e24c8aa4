"""The rows of a workbook that came in as they stood when it went out; of several issues, the one whose rows it has."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from spp_desktop.edits.recognising import Issue
from spp_desktop.edits.return_rows import TitlesByKey, listed, naming, read_by, renamed, titles_of
from spp_desktop.edits.sources.every import source_of
from spp_desktop.edits.sources.listed import AREAS, POSTS
from spp_desktop.edits.sources.source import IssueScope
from spp_desktop.returns.answers import Table, covered
from spp_desktop.returns.definition import Identity, Listing, PlanFacts, Return, ReturnRow
from spp_desktop.store import clock, past
from spp_desktop.store.workspace import Workspace

ListedRows = Mapping[str, Mapping[str, ReturnRow]]
"""The rows of each listing, by the listing's title, then by key."""


@dataclass(frozen=True)
class IssuedRows:
    """The rows of an issue.

    Attributes:
        issued: as they went out.
        now: as they are now, as far as that was read along; a row that is not here may still be in the plan.
        renamed: the titles by which its lists called what the plan calls otherwise now: by list, then by title.
    """

    issued: ListedRows
    now: ListedRows
    renamed: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Recognised:
    """The issue that a workbook is, with its rows as they went out."""

    issue: Issue
    rows: IssuedRows

    @property
    def identity(self) -> Identity:
        """Which issue it is."""
        return self.issue.identity

    @property
    def definition(self) -> Return:
        """Its return, with the listings that are in the file, or surely went out in it by the plan's own record.

        A return that went out before a register was sent with it has no sheet of it, and misses none. Where the record
        counts the register's rows too, the sheet was there.
        """
        there = {table.listing.title for table in self.issue.tables}
        keys = {title: set(issued) for title, issued in self.rows.issued.items()}
        export = self.issue.export
        if export is None or export.rows != len(set().union(*keys.values())):
            keys = {}
        listings = (
            listing
            for listing in self.issue.definition.listings
            if not listing.optional or listing.title in there or keys.get(listing.title)
        )
        return replace(self.issue.definition, listings=tuple(listings))

    @property
    def owner(self) -> str:
        """The post or area that it went to, by the name that the plan has for it now."""
        if self.issue.definition.to_areas:
            return self.rows.renamed.get(AREAS.name, {}).get(self.identity.owner, self.identity.owner)
        return self._post(self.identity.owner)

    @property
    def scope(self) -> IssueScope:
        """All rows of the plan, as they stand for the post and the time that the issue is about."""
        scope = replace(IssueScope.of(self.identity), everyone=True)
        return replace(scope, area=self.owner) if scope.area else replace(scope, owner=self.owner)

    @property
    def led_scope(self) -> IssueScope:
        """The same with the posts that led when it went out."""
        leads = (self.leads(listing) for listing in self.definition.listings)
        return replace(self.scope, leads={key: lead for of_listing in leads for key, lead in of_listing.items()})

    def leads(self, listing: Listing) -> dict[str, str]:
        """The posts that led the rows of a listing when they went out, by the names that the plan has for them now."""
        return {key: self._post(row.lead) for key, row in self.rows.issued[listing.title].items()}

    def tables(self) -> Iterator[tuple[Listing, Table | None]]:
        """The listings that are there to be answered, each with its table, if that is in the file."""
        tables = {table.listing.title: table for table in self.issue.tables}
        for listing in self.definition.listings:
            if not listing.only_tells:
                yield listing, tables.get(listing.title)

    def _post(self, title: str) -> str:
        return self.rows.renamed.get(POSTS.name, {}).get(title, title)


def with_rows(workspace: Workspace, plan: PlanFacts, issue: Issue) -> Recognised | None:
    """An issue with its rows as they went out; ``None`` if the plan has no such revision."""
    rows = _rows_at(workspace, plan, issue.identity.revision, [issue])
    return None if rows is None else Recognised(issue, rows[0])


def best_fitting(workspace: Workspace, plan: PlanFacts, issues: Sequence[Issue]) -> Recognised | None:
    """The issue whose rows a workbook has, by their keys or else by their words; ``None`` if it has none of them."""
    best: tuple[tuple[int, int, int, int], Recognised] | None = None
    for candidate in _all_with_rows(workspace, plan, issues):
        issue, issued = candidate.issue, candidate.rows.issued
        counts = [covered(table, issue.identity.export, issued[table.listing.title]) for table in issue.tables]
        sure, likely = (sum(numbers) for numbers in zip(*counts, strict=True))
        headed = sum(len(table.columns) for table, count in zip(issue.tables, counts, strict=True) if any(count))
        score = sure, headed, likely, -sum(map(len, issued.values()))
        if likely and (best is None or score > best[0]):
            best = score, candidate
    if best is None:
        return None
    (sure, _, _, _), recognised = best
    return replace(recognised, issue=replace(recognised.issue, notices=(_how(recognised.issue, by_keys=bool(sure)),)))


def _how(issue: Issue, *, by_keys: bool) -> str:
    """What is said of a file that lost what it says of itself: how it was known, and as what."""
    assert issue.export is not None
    how = "the keys of its rows" if by_keys else "the words of its rows, each of which is to be confirmed,"
    name = " ".join(filter(None, (issue.identity.when, issue.definition.title.lower())))
    whose = f" of {issue.export.owner}" if issue.export.owner else ""
    day = f"{clock.local_day(issue.export.at):%d/%m/%Y}"
    return f"The file no longer says which return it is. By {how} it is the {name}{whose} that went out on {day}."


def _all_with_rows(workspace: Workspace, plan: PlanFacts, issues: Sequence[Issue]) -> Iterator[Recognised]:
    """Issues with their rows, the plan at each revision read once."""
    for revision in dict.fromkeys(issue.identity.revision for issue in issues):
        of_revision = [issue for issue in issues if issue.identity.revision == revision]
        for issue, rows in zip(of_revision, _rows_at(workspace, plan, revision, of_revision) or (), strict=False):
            yield Recognised(issue, rows)


def _rows_at(workspace: Workspace, plan: PlanFacts, revision: str, issues: Sequence[Issue]) -> list[IssuedRows] | None:
    """The rows of some issues as they went out at a revision; ``None`` if the plan has no such revision."""
    changed = workspace.read_beside(past.since, revision)
    if changed is None:
        return None
    listings = [listing for issue in issues for listing in issue.definition.listings]
    if not {table.name for table in read_by(listings)} & changed.keys():  # all went out as it is now
        return [
            IssuedRows(_of_blank(issue, rows), rows, {})
            for issue, rows in zip(issues, workspace.read(_rows, plan, issues), strict=True)
        ]
    whole = not all(source_of(listing).by_activity for listing in listings)
    if whole or {table.name for table in naming(listings)} & changed.keys():
        then, titles = workspace.read_beside(past.read, changed, read_by(listings), _rows_and_titles, plan, issues)
        new_titles = renamed(titles, workspace.read(titles_of, listings))
        return [
            IssuedRows(_of_blank(issue, issued), {}, new_titles) for issue, issued in zip(issues, then, strict=True)
        ]
    now = workspace.read(_rows, plan, issues)
    # All but what has changed went out as it is now: it is read once, and kept once.
    activities = workspace.read_beside(past.activities_of, changed)
    then = workspace.read_beside(past.read_of, changed, read_by(listings), activities, _rows, plan, issues)
    return [
        IssuedRows(_of_blank(issue, _with(rows, earlier, activities)), rows, {})
        for issue, rows, earlier in zip(issues, now, then, strict=True)
    ]


def _of_blank(issue: Issue, issued: ListedRows) -> ListedRows:
    """The rows that went out: none in a blank form."""
    blank = issue.export is not None and not issue.export.rows
    return {title: {} for title in issued} if blank else issued


def _with(now: ListedRows, then: ListedRows, activities: Container[str]) -> ListedRows:
    """Rows as they are now, with those of some activities as they were."""
    return {
        title: {key: row for key, row in rows.items() if key in then[title] or key not in activities}
        | dict(then[title])
        for title, rows in now.items()
    }


def _rows(connection: Connection, plan: PlanFacts, issues: Sequence[Issue]) -> list[ListedRows]:
    return [
        {listing.title: _listed_in(connection, listing, plan, issue) for listing in issue.definition.listings}
        for issue in issues
    ]


def _listed_in(connection: Connection, listing: Listing, plan: PlanFacts, issue: Issue) -> dict[str, ReturnRow]:
    """The rows of a listing that went out: those reported in the period, and others that the file nevertheless has."""
    scope = IssueScope.of(issue.identity)
    rows = listed(connection, listing, plan, scope)
    tables = [table for table in issue.tables if table.listing.title == listing.title]
    keys = {key.key for table in tables for row in table.rows if (key := table.key_of(row)) is not None} - rows.keys()
    return rows | listed(connection, listing, plan, replace(scope, whole=True), keys) if keys else rows


def _rows_and_titles(
    connection: Connection, plan: PlanFacts, issues: Sequence[Issue]
) -> tuple[list[ListedRows], TitlesByKey]:
    listings = [listing for issue in issues for listing in issue.definition.listings]
    return _rows(connection, plan, issues), titles_of(connection, listings)
