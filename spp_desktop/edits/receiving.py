"""A workbook that came back, held against the plan: as issued, as returned, as it is now. Nothing is changed here."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from spp_desktop.edits.as_issued import Recognised, best_fitting, with_rows
from spp_desktop.edits.comparing import PlanSide, answered, differences, words_of
from spp_desktop.edits.differences import Difference, DifferenceKind, joined, summary
from spp_desktop.edits.earlier import Earlier, received_before, still_decided
from spp_desktop.edits.recognising import FIGURES_GO, NOT_OURS, holds_figures, issue_named, issues_fitting
from spp_desktop.edits.return_checks import answered_table
from spp_desktop.edits.return_rows import facts, listed, with_lists
from spp_desktop.edits.reviewing import Review
from spp_desktop.edits.sources.every import source_of
from spp_desktop.edits.sources.source import IssueScope, RowSource
from spp_desktop.edits.who_changed import with_changes
from spp_desktop.plan.kinds.spelling import quoted
from spp_desktop.plan.periods import year_name
from spp_desktop.plan.register import of_year
from spp_desktop.returns.answers import Answered, Table, missing, read_rows, totals
from spp_desktop.returns.beside import Aside, asides, of_other_sheets
from spp_desktop.returns.definition import Listing, PlanFacts, Value
from spp_desktop.returns.intake import Enclosed, FileReading, Received, begin, from_kept
from spp_desktop.returns.limits import LIMITS
from spp_desktop.returns.placement import HELP, address
from spp_desktop.returns.scan import ReturnRefused
from spp_desktop.store import clock, closed_years, exports, queries, receipts
from spp_desktop.store.collector import waiting_collector
from spp_desktop.store.receipts import Receipt
from spp_desktop.store.workspace import Workspace

_ANOTHER_COPY = (
    "{} was made from a copy of this plan that has gone its own way, so what has changed cannot be told. "
    "Take it in there, or send the return out again from this plan."
)

_WHOLE_PLAN = IssueScope(everyone=True)


def review(workspace: Workspace, path: Path, password: str = "", enclosed: Enclosed | None = None) -> Review:
    """Read a workbook, or one that a mail encloses, and hold it against the plan. Changes nothing.

    Raises:
        MailReceived: if it is a mail; each file that it encloses is then to be reviewed.
        ReturnRefused: with a sentence, if it cannot be read or is no return of this plan; ``PasswordNeeded`` if it is
            protected and the password is missing or wrong.
    """
    return reviewed(workspace, begin(path, LIMITS, password, enclosed))


def reviewed(workspace: Workspace, reading: FileReading) -> Review:
    """A workbook that is being read, held against the plan when it is read.

    Raises:
        MailReceived, ReturnRefused: as ``review``.
    """
    with workspace.holding(), waiting_collector():
        plan = workspace.read(facts)  # while the file is looked through and read, as what follows
        likely = workspace.read_beside(exports.latest_year)
        if likely is not None:
            workspace.read(queries.activities, likely, counted=False)
        identity = reading.identity()
        if identity is not None and identity.year is not None:
            workspace.read(queries.activities, identity.year, counted=False)
        return _held_against(workspace, plan, reading.received())


def gone_on_with(workspace: Workspace, receipt: str) -> Review:
    """The review of a file that is kept, remade from what was read of it.

    Raises:
        ReturnRefused: if it is no return of this plan any more; KeyError: if there is no such receipt; ValueError: if
            what is kept of it is damaged.
    """
    return held_against(workspace, from_kept(workspace.read_beside(receipts.content, receipt)))


def held_against(workspace: Workspace, received: Received) -> Review:
    """A workbook that was read, held against the plan as issued and as it is now.

    Raises:
        ReturnRefused: if it is no return of this plan.
    """
    with workspace.holding(), waiting_collector():
        return _held_against(workspace, workspace.read(facts), received)


def _as_issued(workspace: Workspace, plan: PlanFacts, received: Received) -> PlanFacts:
    """What workbooks say of the plan, with the years that it had when this one was issued."""
    identity = received.identity
    export = None if identity is None else workspace.read_beside(exports.find, identity.export)
    if export is None or export.first_year == plan.years[0]:
        return plan
    years = tuple(range(export.first_year, export.first_year + len(plan.years)))
    return replace(plan, years=years, passed=plan.kept)


def _held_against(workspace: Workspace, plan: PlanFacts, received: Received) -> Review:
    plan = _as_issued(workspace, plan, received)
    recognised = _recognised(workspace, plan, received)
    plan = workspace.read(with_lists, replace(plan, year=recognised.identity.year), recognised.issue.definition)
    earlier = received_before(workspace, received.file_hash, recognised.identity.export)
    seen = Review(received, recognised.definition, replace(recognised.identity, owner=recognised.owner))
    if earlier.receipt is not None and earlier.receipt.state in ("applied", "superseded"):
        return replace(
            seen, notices=(*received.notices, _done_with(received.called, earlier.receipt)), receipt=earlier.receipt
        )
    notices = [*received.notices, *recognised.issue.notices, *earlier.notices]
    tables, lacking = list[tuple[Table, list[Answered]]](), list[Difference]()
    for listing, table in recognised.tables():
        lacking += _lacking(plan, listing, table)
        if table is not None:
            notices += _touched(table)
            tables.append((table, _rows(plan, recognised, table)))
    if received.identity is None:  # a table copied out of the workbook may leave out what it does not answer
        notices += [each.remark for each in lacking]
        lacking = []
    answers = {name: text for table, rows in tables for name, text in _answers(table, rows).items()}
    earlier = replace(earlier, answers=answers)
    differing = [each for table in tables for each in _of_table(workspace, plan, recognised, *table, earlier)]
    differing += [*lacking, *_of_other_sheets(received, recognised)]
    notices += [*_not_read(received, recognised.issue.tables), *_not_over(workspace, recognised)]
    checked = {
        table.listing.title: answered_table(workspace, plan, recognised, table, rows)
        for table, rows in tables
        if table.listing.checks
    }
    decisions, differing = still_decided(workspace, plan, recognised, earlier.decisions, differing)
    added = earlier.added
    differing = [each for each in differing if each.kind != "new row" or each.subject not in added]
    differing = with_changes(workspace, recognised.identity.revision, recognised.led_scope, differing)
    differing = [_kept_back(each, earlier.kept_back.get(each.subject, "")) for each in differing]
    differing = list(_kept_by_locks(workspace, recognised, differing))
    return replace(
        seen,
        differences=tuple(each for each in differing if each.kind != "no answer"),
        left_empty=tuple(each for each in differing if each.kind == "no answer"),
        notices=tuple(notices),
        summary=summary(differing),
        receipt=None if earlier.receipt is None else replace(earlier.receipt, state="open"),
        decisions=decisions,
        answers=answers,
        checked=checked,
        told=tuple(_told_of_answers(workspace, differing)),
    )


def _recognised(workspace: Workspace, plan: PlanFacts, received: Received) -> Recognised:
    """The issue that a workbook is, with its rows as they went out."""
    identity = received.identity
    if identity is None:
        fitting = issues_fitting(plan, received, workspace.read_beside(exports.every))
        figures = FIGURES_GO if holds_figures(received) else ""
        recognised, why_not = best_fitting(workspace, plan, fitting), joined(NOT_OURS, figures)
    else:
        issue = issue_named(plan, received, identity, workspace.read_beside(exports.find, identity.export))
        recognised, why_not = with_rows(workspace, plan, issue), _ANOTHER_COPY
    if recognised is None:
        raise ReturnRefused(why_not.format(received.called))
    return recognised


def _kept_back(difference: Difference, why: str) -> Difference:
    """A difference that was accepted and broke a rule of the plan, asked about; any other as it is."""
    if not why:
        return difference
    kind: DifferenceKind = "question" if difference.kind == "change" else difference.kind
    return replace(difference, kind=kind, remark=joined(why, difference.remark))


def _kept_by_locks(
    workspace: Workspace, recognised: Recognised, differing: Sequence[Difference]
) -> Iterator[Difference]:
    """The differences, with those asked about that a lock of the plan keeps out as long as it is there.

    Of a row that several posts own only the answers of its lead stand behind the lock.
    """
    owner = recognised.owner
    sources = {each.source for each in differing}
    known = {source: workspace.read(source.locked, recognised.led_scope) for source in sources}
    closed = workspace.read(closed_years.years_closed)
    for each in differing:
        if (of := _year_of(recognised, each)) in closed and each.decidable:
            yield _kept_back(each, _OF_CLOSED.format(year_name(of or 0)))
            continue
        fields, why = known[each.source]
        leads = not owner or each.lead in ("", owner)
        yield _kept_back(each, why) if leads and each.decidable and each.field in fields else each


_OF_CLOSED = "{0} is closed. Reopen it first and say why: Plan > Reporting periods…, or spp close-year --reopen."


def _year_of(recognised: Recognised, difference: Difference) -> int | None:
    """The year that a difference belongs to: that of its column, or of the whole file."""
    of_column = of_year(difference.field or "")
    return recognised.identity.year if of_column is None else of_column[1]


def _told_of_answers(workspace: Workspace, differing: Sequence[Difference]) -> list[str]:
    """What the kinds of rows say of all their answers together."""
    answers: dict[RowSource, dict[str, dict[str, Value]]] = {}
    for each in differing:
        if each.key and each.field and each.usable:
            answers.setdefault(each.source, {}).setdefault(each.key, {})[each.field] = each.returned
    return [told for source, rows in answers.items() if (told := workspace.read(source.told_of_answers, rows))]


def _done_with(file: str, receipt: Receipt) -> str:
    """What is said of a file with which everything has been done already."""
    when = f"{clock.local_day(receipt.at):%d/%m/%Y}"
    if receipt.state == "superseded":
        return f"{file} was received on {when}; a later version has taken its place."
    return f"{file} was received on {when} and taken in; there is nothing left to decide."


# One table


def _rows(plan: PlanFacts, recognised: Recognised, table: Table) -> list[Answered]:
    """The rows of a table that came back."""
    issued = recognised.rows.issued[table.listing.title]
    return read_rows(table, _as_listed(plan, recognised), recognised.identity.export, issued)


def _answers(table: Table, rows: Sequence[Answered]) -> dict[str, str]:
    return answered(source_of(table.listing), table, rows)


def _of_table(  # noqa: PLR0917 - both sides of one table
    workspace: Workspace,
    plan: PlanFacts,
    recognised: Recognised,
    table: Table,
    rows: Sequence[Answered],
    earlier: Earlier,
) -> list[Difference]:
    """What differs in one table."""
    plan_side = _plan_side(workspace, plan, recognised, table, earlier)
    if any(row.key is None for row in rows):
        plan_side = _with_parents(workspace, plan, recognised, table, plan_side)
    beside = [_aside(plan_side.source, aside) for aside in asides(table, rows)]
    return _hidden_said([*differences(table, rows, plan_side), *beside], table)


def _lacking(plan: PlanFacts, listing: Listing, table: Table | None) -> list[Difference]:
    """The table, or the columns to be filled in, that should be in the file and are not."""
    source = source_of(listing)
    if table is None:
        why = f"The table “{listing.title}” is not in the file; nothing of it was returned."
        return [_aside(source, Aside(listing.title, why))]
    return [
        _aside(source, Aside(table.sheet.title, _NO_COLUMN.format(column.title), column=column.title))
        for column in missing(table, plan)
    ]


_NO_COLUMN = "The column “{}” is not in the file."


def _aside(source: RowSource, aside: Aside) -> Difference:
    """Something that answers nothing, as a difference that a person is told of."""
    return Difference(
        "aside", source, "", aside.ref, aside.row, column=aside.column, remark=aside.text, cell=aside.place
    )


def _touched(table: Table) -> list[str]:
    """What is said of headings that were touched by hand, and of rows that are no answers."""
    taken = [
        f"The {f'heading {quoted(heading)}' if heading else 'column without a heading'} was taken for "
        f"“{table.columns[place].title}”."
        for place, heading in {**table.touched, **table.doubtful}.items()
    ]
    places = [f"{table.sheet.title}!{address(row, min(table.columns))}" for row in totals(table)]
    return taken + [f"The row at {place} holds totals, and was not read." for place in places]


def _as_listed(plan: PlanFacts, recognised: Recognised) -> PlanFacts:
    """What a file's cells were chosen from: the plan's lists, and what they called otherwise when it went out."""
    lists = {name: (*plan.lists[name], *titles) for name, titles in recognised.rows.renamed.items()}
    return replace(plan, lists={**plan.lists, **lists})


def _plan_side(
    workspace: Workspace, plan: PlanFacts, recognised: Recognised, table: Table, earlier: Earlier
) -> PlanSide:
    """What the answers of a table are held against."""
    listing, rows = table.listing, recognised.rows
    issued, now = rows.issued[listing.title], rows.now.get(listing.title, {})
    others = issued.keys() - now.keys()
    if others:
        scope = replace(recognised.scope, leads=recognised.leads(listing))
        now = {**now, **workspace.read(listed, listing, plan, scope, others)}
    versions = earlier.of_table(listing, plan)
    source = source_of(listing)
    around = workspace.read(source.around)
    return PlanSide(source, plan, recognised.identity.owner, issued, now, rows.renamed, versions, around=around)


def _with_parents(
    workspace: Workspace, plan: PlanFacts, recognised: Recognised, table: Table, plan_side: PlanSide
) -> PlanSide:
    """The same with what tells where a new row belongs, and whether the plan has it already."""
    source, listing = plan_side.source, table.listing
    parents = workspace.read(source.parent.known, recognised.identity.year) if source.parent else {}
    there = words_of(source, listing, workspace.read(listed, listing, plan, _WHOLE_PLAN))
    return replace(plan_side, parents=parents, there=there)


def _hidden_said(differing: Sequence[Difference], table: Table) -> list[Difference]:
    """The differences of one table, with a remark on those in rows that a filter hid."""
    hidden = {f"{table.sheet.title}!{address(row, min(table.columns))}" for row in table.sheet.hidden_rows}
    return [
        replace(difference, remark=joined(difference.remark, "It stands in a hidden row."))
        if difference.place in hidden
        else difference
        for difference in differing
    ]


# The file as a whole


def _of_other_sheets(received: Received, recognised: Recognised) -> list[Difference]:
    """The comments on sheets that are not read."""
    source = source_of(recognised.issue.definition.listings[0])
    read = [table.sheet for table in recognised.issue.tables]
    return [_aside(source, aside) for aside in of_other_sheets(received, read)]


def _not_read(received: Received, tables: Sequence[Table]) -> list[str]:
    read = {table.sheet.title for table in tables}
    return [f"The sheet “{sheet.title}” was not read." for sheet in received.sheets if sheet.title not in {HELP, *read}]


def _not_over(workspace: Workspace, recognised: Recognised) -> list[str]:
    """What is said of results of a month that is not over on the plan's day."""
    ends, today = recognised.scope.ends, workspace.read(queries.plan).today()
    if not recognised.definition.any_year or ends is None or ends < today:
        return []
    return [f"{recognised.identity.when} is not over yet: what it says may still change."]
