"""Sending a return out: what each workbook holds, who gets one, and the record that it went."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlalchemy import Connection

from spp_desktop.edits.return_rows import changed_since, facts, listed, read_by
from spp_desktop.edits.sources.every import source_of
from spp_desktop.edits.sources.listed import AREAS, POSTS
from spp_desktop.edits.sources.source import IssueScope
from spp_desktop.plan import file_names
from spp_desktop.plan.kinds.addresses import addresses_in
from spp_desktop.plan.links import DEPENDS
from spp_desktop.plan.periods import PERIODS, first_month, period_bounds, short_time_name, year_name
from spp_desktop.plan.posts import Post
from spp_desktop.plan.rows import new_key
from spp_desktop.returns.definition import (
    Content,
    Identity,
    Listing,
    PlanFacts,
    Return,
    ReturnForm,
    ReturnRow,
    Value,
    without_empty,
)
from spp_desktop.returns.due_days import due_day
from spp_desktop.returns.due_rules import DueRule
from spp_desktop.returns.file_forms import ENDINGS, write
from spp_desktop.returns.table_sheet import RowsWritten
from spp_desktop.store import clock, exports, heads, history, locks, markings, past, queries, threads
from spp_desktop.store.exports import Export
from spp_desktop.store.overview.reader import PlanReader
from spp_desktop.store.workspace import Workspace

DAYS_TO_ANSWER = 14
"""Days from the end of a quarter or month to the day an answer is due, unless the person says another day."""


def prepare(
    reader: PlanReader,
    definition: Return,
    owner: str = "",
    *,
    year: int | None = None,
    period: str | None = None,
    due: date | None = None,
    whole: bool = False,
) -> Content:
    """What a return's workbook is to hold: read from the plan, and needing it no more.

    Rows that are not reported in the period are left out, unless it is to be ``whole``.

    Without a year a return of a year or a part of one is of the plan's first; without a period, one of a half, quarter
    or month is of the year's last. A period "" is the whole year, of one that is asked for by years, too.
    """
    with reader.holding():
        plan = reader.read(facts, definition)
        identity = _identity(reader, plan, definition, owner, year=year, period=period)
        before = _before(reader, plan, definition, identity)
        tables, scope = [], replace(IssueScope.of(identity), whole=whole)
        for listing in definition.listings:
            rows = reader.read(listed, listing, plan, scope)
            told = reader.read(source_of(listing).told)
            tables.append(tuple(_with_told(listing, before, told, row) for row in rows.values()))
        needs = reader.read(_needs) if definition.form == "project" else {}
        inside = (key for rows in tables for row in rows for key in markings.keys_in(row.key))
        plan = replace(plan, marking=reader.read(markings.markings).highest(inside))
        return Content(plan, identity, tuple(tables), due, needs=needs)


def _needs(connection: Connection) -> dict[str, tuple[str, ...]]:
    """What each row of the plan depends on, by its key."""
    needs: dict[str, tuple[str, ...]] = {}
    for _, _, row, other in sorted(threads.links_between(connection, (DEPENDS,))):
        needs[row] = (*needs.get(row, ()), other)
    return needs


BLANK_ROWS = 20
"""Empty rows of a blank form."""


def blank(
    workspace: Workspace,
    definition: Return,
    owner: str = "",
    *,
    year: int | None = None,
    period: str | None = None,
    due: date | None = None,
) -> Content:
    """What a blank form of a return is to hold: no rows of the plan, and empty ones to be filled in.

    All that comes back in it is new to the plan. The year and period are as in ``prepare``.
    """
    plan = workspace.read(facts, definition)
    identity = _identity(workspace, plan, definition, owner, year=year, period=period)
    return Content(plan, identity, tuple(() for _ in definition.listings), due, blank=BLANK_ROWS)


def _identity(
    reader: PlanReader, plan: PlanFacts, definition: Return, owner: str, *, year: int | None, period: str | None
) -> Identity:
    """A new issue of a return, as the plan stands."""
    if definition.yearly and year is None:
        year = plan.years[0]
    if not period and (period is None or period not in definition.periods):
        period = PERIODS.get(definition.span, ("",))[-1]
    newest, head = reader.read_beside(history.latest), reader.read_beside(heads.text_of)
    revision = newest.id if newest else ""
    return Identity(plan.key, new_key(), definition.id, revision, owner, year, plan.title, period, head, first_month())


_TELLS = "changed"
"""The computed column that tells what has changed since the return before."""


def _with_told(
    listing: Listing, before: Mapping[str, ReturnRow] | None, told: Mapping[str, Mapping[str, Value]], row: ReturnRow
) -> ReturnRow:
    """A row with what its computed columns tell."""
    if row.key in told:
        return replace(row, values={**row.values, **told[row.key]})
    if _TELLS not in row.values:
        return row
    changed = "First return." if before is None else changed_since(listing, before, row)
    return replace(row, values={**row.values, _TELLS: changed})


def _before(
    reader: PlanReader, plan: PlanFacts, definition: Return, identity: Identity
) -> Mapping[str, ReturnRow] | None:
    """The rows as they stood when the return of the period before went out; ``None`` if none did."""
    listing = definition.listings[0]
    if all(column.field != _TELLS for column in listing.columns):
        return None
    earlier = [
        export
        for export in reader.read_beside(exports.every)
        if export.return_id == definition.id
        and export.owner in (identity.owner, "")
        and _ends(export) < _ends(identity)
    ]
    latest = max(earlier, key=lambda export: (_ends(export), export.at), default=None)
    changed = None if latest is None else reader.read_beside(past.since, latest.revision)
    if changed is None:
        return None
    scope = replace(IssueScope.of(identity), everyone=True)
    return reader.read_beside(past.read, changed, read_by([listing]), listed, listing, plan, scope)


def _ends(issue: Identity | Export) -> date:
    """The last day of what an issue is about."""
    return period_bounds(issue.year, issue.period, issue.begins)[1] if issue.year is not None else date.min


def record(workspace: Workspace, content: Content, path: Path) -> Export:
    """Write down in the plan that a workbook was issued. A plan open for reading only keeps no record."""
    identity = content.identity
    export = Export(
        identity.export,
        identity.revision,
        identity.return_id,
        identity.owner,
        identity.year,
        content.rows,
        path.name,
        hashlib.sha256(path.read_bytes()).hexdigest(),
        clock.now(),
        locks.author(),
        identity.period,
        content.due.isoformat() if content.due else "",
    )
    if not workspace.read_only:
        workspace.write_beside(exports.record, export)
    return export


def issue(
    workspace: Workspace,
    definition: Return,
    path: Path,
    *,
    owner: str | None = None,
    year: int | None = None,
    period: str | None = None,
    due: date | None = None,
    progress: RowsWritten | None = None,
) -> Content:
    """Make a return's workbook, for the whole plan or for one post, and record that it went out.

    Raises:
        returns.workbook.NotWritten: if the file cannot be made; what stood there is untouched.
        store.problems.NotKept: if the record cannot be kept; the file is then made, and can be taken in.
    """
    content = prepare(workspace, definition, owner or "", year=year, period=period, due=due)
    write(definition, content, path, progress)
    record(workspace, content, path)
    return content


def recipients(
    connection: Connection, definition: Return, year: int, period: str = "", *, whole: bool = False
) -> list[str]:
    """The posts that own any row that a return of a year lists, in the order of the plan's list of posts.

    Of a return for a role they are those that stand in it to any row; of one that goes to areas, the areas of which it
    lists any. With a period, those of a row that is reported in it; if it is to be ``whole``, any.
    """
    scope = IssueScope(year=year, period=period, whole=whole or not period, role=definition.role)
    asked = set[str]()
    for listing in definition.listings:
        source, within = source_of(listing), scope.within(listing)
        asked |= source.areas(connection, within) if definition.to_areas else source.owners(connection, within)
    return [whom for whom in everybody(connection, definition) if whom in asked]


def unowned(connection: Connection, definition: Return, year: int) -> list[str]:
    """Sentences that name the rows of a return of a year that no post owns: a return of each post leaves them out.

    Of a return for a role they are those that have no post in it, of the kinds of row of which any has one; few rows
    need have one, so that the first are named and the rest are counted.
    """
    role, whom = definition.role, definition.role_title.lower() or "owner"
    sources = list({source.name: source for source in map(source_of, definition.listings)}.values())
    if role:
        sources = [source for source in sources if source.owners(connection, IssueScope(year=year, role=role))]
    named = [(source.word, list(source.unowned(connection, year, role))) for source in sources]
    return [
        f"{word.counted(len(names))} {'has' if len(names) == 1 else 'have'} no {whom} and "
        f"{'goes' if len(names) == 1 else 'go'} to nobody: {_first_of(names) if role else ', '.join(names)}."
        for word, names in named
        if names
    ]


NAMED_AT_MOST = 12
"""So many rows without a post in a role are named; of more, how many."""


def _first_of(names: list[str]) -> str:
    """The first of some names, and how many there are more."""
    more = len(names) - NAMED_AT_MOST
    return ", ".join(names[:NAMED_AT_MOST]) + (f" and {more} more" if more > 0 else "")


def left_out(connection: Connection, definition: Return, year: int, period: str) -> str:
    """How many rows a return of a period leaves out since they are not reported in it, and why; empty if none."""
    scope, sentences = IssueScope(year=year, period=period), []
    for source in {source.name: source for source in map(source_of, definition.listings)}.values():
        rows = Counter(source.left_out(connection, scope).values())
        if rows:
            are = "is" if rows.total() == 1 else "are"
            how = " and ".join(f"{count} {often}" for often, count in sorted(rows.items()))
            sentences.append(
                f"{source.word.counted(rows.total())} {are} left out: {how}, and not reported for {period}."
            )
    return " ".join(sentences)


def usual_due(definition: Return, year: int, period: str) -> date:
    """The day by which the answer about a year or a part of it is usually due: by the return's rule, if it has one."""
    first, last = period_bounds(year, period)
    return due_day(definition.due or DueRule(DAYS_TO_ANSWER, "days"), first, last)


def not_asked(definition: Return, year: int) -> str:
    """What is said of a year in which a return is not asked for; "" if it is."""
    if definition.asked_in(year):
        return ""
    first, last = (None if at is None else year_name(at) for at in (definition.asked_from, definition.asked_to))
    when = " ".join(filter(None, (first and f"from {first}", last and f"to {last}")))
    title = definition.title.lower()
    return f"The {title} is asked for {when}, and not for {year_name(year)}. It can be sent all the same."


def file_name(definition: Return, identity: Identity, whom: Iterable[str] = (), marking: str = "") -> str:
    """What a workbook is called so that a person can tell it: "2008-09 Q2 status return - ACC Crime.xlsx".

    Args:
        definition: The return.
        identity: Which issue of it the workbook is.
        whom: All to whom it may go, in the order of the plan's list: no two of them get one file.
        marking: The protective marking that it bears; "" for none.
    """
    when = short_time_name(identity.year, identity.period)
    title = definition.title[0].lower() + definition.title[1:] if when else definition.title
    name = " ".join(filter(None, (when, title)))
    owner = file_names.parts([*whom, identity.owner])[identity.owner] if identity.owner else ""
    return file_names.marked(f"{name} - {owner}" if owner else name, marking) + ENDINGS[definition.form]


def all_posts(connection: Connection) -> list[str]:
    """The posts of a plan, in the order of its list."""
    return list(POSTS.titles(connection).values())


def everybody(connection: Connection, definition: Return) -> list[str]:
    """All to whom a return may go, in the order of the plan's list: areas where it goes to areas, else posts."""
    return list(AREAS.titles(connection).values()) if definition.to_areas else all_posts(connection)


def counted(definition: Return, content: Content) -> str:
    """What a workbook holds, in a few words: "21 activities, 52 milestones"."""
    definition, content = without_empty(definition, content)
    return ", ".join(
        listing.word.counted(len(table))
        for listing, table in zip(definition.listings, content.tables, strict=True)
        if not listing.only_tells
    )


@dataclass(frozen=True)
class Mail:
    """The text of a mail, to be copied into whatever program sends it, or saved as a draft (``edits.drafts``).

    Attributes:
        to: The post that it goes to; empty for the owners of the whole plan.
        addresses: The addresses of that post, as far as the plan knows any.
        subject: Its subject.
        body: Its text.
        name: What its draft is called, without the ending.
        issue: The id of the export whose workbook goes with it; empty if none does.
        workbook: Where that workbook was written, if that is known.
        body_with_workbook: The text where the workbook goes with it, if that is another.
    """

    to: str
    subject: str
    body: str
    name: str = ""
    issue: str = ""
    workbook: Path | None = None
    body_with_workbook: str = ""
    addresses: tuple[str, ...] = ()

    @property
    def to_line(self) -> str:
        """To whom it goes, in a line: the addresses, or else the post."""
        return "; ".join(self.addresses) or self.to or "the owners"


def with_addresses(workspace: Workspace, mails: Iterable[Mail]) -> list[Mail]:
    """Some mails, each with the addresses that the plan has for the post that it goes to."""
    known = {post.title: addresses_in(post.email) for post in workspace.read(queries.register, Post)}
    return [replace(mail, addresses=known.get(mail.to, ())) for mail in mails]


def _addressed(definition: Return, owner: str) -> str:
    if definition.to_areas:
        return f"To {owner}"
    whole = "To the office of the owners" if definition.by_owner else "To all who answer for it"
    return f"To the office of {owner}" if owner else whole


_REPLY: Mapping[ReturnForm, tuple[str, str]] = {
    "workbook": (
        "fill in the boxed cells, save it, and attach it to your reply.",
        "A cell left empty is read as no answer. Rows may be filtered; rows that are missing are asked for again. The "
        "first sheet says what goes where.",
    ),
    "project": (
        "open it in MS Project, change it there, save it as XML, and attach it to your reply.",
        "The deadline of a task is the day that was agreed, its finish the day now expected. Tasks that are missing "
        "are asked for again.",
    ),
}
"""What is asked of whoever gets a file of each kind: what to do, and what to know."""


def marked(subject: str, marking: str) -> str:
    """The subject of a mail that bears a marking, which stands first: mail programs cut a subject at its end."""
    return f"[{marking}] {subject}" if marking else subject


def covering_mail(definition: Return, content: Content, workbook: Path) -> Mail:
    """The mail that a workbook goes out with."""
    identity = content.identity
    due = f" by {content.due:%A %d %B %Y}".replace(" 0", " ") if content.due else ""
    title = " ".join(filter(None, (definition.title, identity.when)))
    when = f" for {identity.when}" if identity.when else ""
    body = "\n".join(
        (
            _addressed(definition, identity.owner),
            "",
            f"Please find attached the {definition.title.lower()}{when} of {content.plan.title} "
            f"({counted(definition, content)}).",
            f"Reply with this file{due}: {_REPLY[definition.form][0]}",
            "",
            _REPLY[definition.form][1],
            "",
            f"File: {workbook.name}",
            *((content.plan.illustrative,) if content.plan.illustrative else ()),
        )
    )
    subject = f"{title}: {content.plan.title}{due and f' - please return{due}'}"
    return Mail(identity.owner, marked(subject, content.plan.marking), body, workbook.stem, identity.export, workbook)
