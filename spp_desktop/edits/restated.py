"""What differs between submissions, and between a submission and the plan now: restatements, with who made them.

The figures of a submission are not kept apart: the plan's history gives them as they were at its revision.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from sqlalchemy import Connection
from sqlmodel import SQLModel

from spp_desktop.edits import known_returns
from spp_desktop.edits.return_rows import facts, listed, read_by
from spp_desktop.edits.sources.every import source_of
from spp_desktop.edits.sources.result_rows import key_of_stored
from spp_desktop.edits.sources.source import IssueScope, RowSource
from spp_desktop.plan.identity import Plan
from spp_desktop.plan.kinds.spelling import fold
from spp_desktop.plan.performance import TargetVersion
from spp_desktop.plan.results import Restatement
from spp_desktop.returns.definition import Listing, PlanFacts, Return, ReturnColumn, ReturnRow
from spp_desktop.returns.values import same, shown
from spp_desktop.store import clock, history, past, submitted
from spp_desktop.store.history import RecordedChange, Revision
from spp_desktop.store.submitted import SubmissionRow
from spp_desktop.store.workspace import Workspace

RowsOfSheet = Mapping[str, ReturnRow]
"""The rows of a sheet, by key."""

DifferingKind = Literal["cell", "gone", "new"]
"""Whether a cell is another, or a row is only on the first or only on the second side."""


class NoFigures(Exception):
    """The figures of a submission cannot be had; the text says why."""


@dataclass(frozen=True)
class Differing:
    """One cell that differs, or a row that is on one side only.

    Attributes:
        kind: which of these.
        listing: the sheet that the row is on.
        ref, text: what the row is called.
        column: the heading of the cell; "" for a row.
        was, now: what stands there on the two sides, as people write it; "" for nothing. Of a row, its figures.
        key, field: the row's key and the cell's field, by which two are known to be one.
        source: the name of its kind of row.
    """

    kind: DifferingKind
    listing: str
    ref: str
    text: str
    column: str
    was: str
    now: str
    key: str
    field: str
    source: str

    @property
    def words(self) -> str:
        """What the row is called: its reference, and its text where that says more."""
        return " ".join(dict.fromkeys(filter(None, (self.ref, self.text))))


@dataclass(frozen=True)
class Restated:
    """A figure that was submitted and is another now.

    Attributes:
        differing: which, what it was and what it is.
        submissions: the numbers of those that are affected.
        when: when it was changed last, in the person's own time; "" if the history does not say it.
        who: who changed it.
        step: what that step of the history is called.
        why: the reason that was given; "" if none was.
    """

    differing: Differing
    submissions: tuple[int, ...]
    when: str = ""
    who: str = ""
    step: str = ""
    why: str = ""


@dataclass(frozen=True)
class Restatements:
    """What has changed of figures that were submitted, and of which submissions that cannot be said, in sentences."""

    restated: tuple[Restated, ...]
    unknown: tuple[str, ...] = ()


def restatements(workspace: Workspace, number: int | None = None) -> Restatements:
    """What has changed of figures that were submitted: of one submission, or of all.

    A change that several submissions are affected by is listed once. The submissions come in their order.
    """
    changes: dict[tuple[Differing, str], Restated] = {}
    unknown, plan = [], workspace.read(facts)
    for row in workspace.read(submitted.submissions):
        if row.number is None or number not in (None, row.number):
            continue
        try:
            submission = Submitted.read(workspace, row, plan)
        except NoFigures as problem:
            unknown.append(str(problem))
            continue
        listings = [listing for listing in submission.definition.listings if submission.may_differ(listing)]
        steps = _StepsSince(workspace, submission)
        for differing in _differences(
            plan, listings, submission.sheets(workspace, listings), submission.now(workspace)
        ):
            step = steps.of(differing)
            place = differing, step.id if step else ""
            if place in changes:
                changes[place] = replace(changes[place], submissions=(*changes[place].submissions, row.number))
            else:
                changes[place] = steps.told(Restated(differing, (row.number,)), step)
    return Restatements(tuple(changes.values()), tuple(unknown))


def compared(workspace: Workspace, submission: SubmissionRow, other: SubmissionRow) -> list[Differing]:
    """What differs between two submissions of one return; rows of other periods are known by what they are called.

    Raises:
        NoFigures: if they are of two returns, or the figures of one cannot be had.
    """
    if submission.return_id != other.return_id:
        raise NoFigures(
            f"Submission {submission.number} is of “{submission.title}” and {other.number} of “{other.title}”: "
            "only submissions of one return can be compared."
        )
    plan = workspace.read(facts)
    first, second = (Submitted.read(workspace, each, plan) for each in (submission, other))
    then, now = (each.sheets(workspace, each.definition.listings) for each in (first, second))
    if (submission.year, submission.period) != (other.year, other.period):
        then, now = (_by_words(first.definition, rows) for rows in (then, now))
    return list(
        _differences(plan, first.definition.listings, then, lambda listing, _keys: (now.get(listing.title, {}), {}))
    )


def _by_words(definition: Return, sheets: Mapping[str, RowsOfSheet]) -> dict[str, RowsOfSheet]:
    """The rows of each sheet by what they are called."""
    return {
        listing.title: {" ".join(map(fold, listing.words_of(row))): row for row in sheets[listing.title].values()}
        for listing in definition.listings
        if listing.title in sheets
    }


_PLAN = SQLModel.metadata.tables[str(Plan.__tablename__)]

RowsNow = Callable[[Listing, RowsOfSheet], tuple[RowsOfSheet, RowsOfSheet]]
"""The rows that a listing lists on the second side, and those of the given ones that are there without being listed."""


@dataclass(frozen=True)
class Submitted:
    """A submission with what its figures are read by.

    Attributes:
        row: the submission.
        definition: its return, as it was declared then.
        scope: which rows it lists.
        changed: the rows of the plan that have changed since, as they were then.
        plan: what is known of the plan now.
    """

    row: SubmissionRow
    definition: Return
    scope: IssueScope
    changed: past.RowsThen
    plan: PlanFacts

    @classmethod
    def read(cls, workspace: Workspace, row: SubmissionRow, plan: PlanFacts) -> "Submitted":
        """What a submission is.

        Raises:
            NoFigures: if the plan knows no such return or revision.
        """
        changed = workspace.read_beside(past.since, row.revision)
        if changed is None:
            raise NoFigures(
                f"The figures of submission {row.number} stand as of a step that is not in this plan's history."
            )
        tables = [*known_returns.TABLES, _PLAN]
        definition, begins = workspace.read_beside(past.read, changed, tables, _declared, row.return_id, plan)
        if definition is None:
            raise NoFigures(f"Submission {row.number} is of “{row.title}”, a return that is not known here.")
        scope = IssueScope(year=row.year, period=row.period, begins=begins)
        return cls(row, definition, scope, changed, plan)

    def may_differ(self, listing: Listing) -> bool:
        """Whether anything has changed since of what a listing is read from."""
        return any(table.name in self.changed for table in read_by([listing]))

    def sheets(self, workspace: Workspace, listings: Sequence[Listing]) -> dict[str, RowsOfSheet]:
        """The rows of some listings as they were, by the listings' titles."""
        if not listings:
            return {}
        return workspace.read_beside(
            past.read, self.changed, read_by(listings), _all_listed, listings, self.plan, self.scope
        )

    def now(self, workspace: Workspace) -> RowsNow:
        """What gives the rows as they are now."""

        def rows(listing: Listing, then: RowsOfSheet) -> tuple[RowsOfSheet, RowsOfSheet]:
            """Those listed, and those of before that are there, though they are not listed any more."""
            listed_now = workspace.read(listed, listing, self.plan, self.scope)
            left = then.keys() - listed_now.keys()
            everyone = replace(self.scope, everyone=True)
            return listed_now, workspace.read(listed, listing, self.plan, everyone, left) if left else {}

        return rows


def _declared(connection: Connection, return_id: str, plan: PlanFacts) -> tuple[Return | None, int]:
    """A return, and the month in which the plan's years begin."""
    begins = connection.exec_driver_sql('SELECT first_month FROM "plan"').scalar_one()
    return known_returns.named(connection, return_id, plan.roles), int(begins)


def _all_listed(
    connection: Connection, listings: Sequence[Listing], plan: PlanFacts, scope: IssueScope
) -> dict[str, RowsOfSheet]:
    return {listing.title: listed(connection, listing, plan, scope) for listing in listings}


def _differences(
    plan: PlanFacts, listings: Sequence[Listing], then: Mapping[str, RowsOfSheet], now: RowsNow
) -> Iterator[Differing]:
    """What differs between the rows of two times, sheet by sheet: cells, rows that are gone, rows that are new."""
    for listing in listings:
        columns = [column for column in listing.columns_for(plan.years, plan.roles) if not column.computed]
        before = then.get(listing.title, {})
        listed_now, there = now(listing, before)
        for key, row in before.items():
            other = listed_now.get(key) or there.get(key)
            if other is None:
                yield _whole(listing, columns, key, row, "gone")
            else:
                yield from _cells(listing, columns, key, (row, other))
        for key, row in listed_now.items():
            if key not in before:
                yield _whole(listing, columns, key, row, "new")


def _cells(
    listing: Listing, columns: list[ReturnColumn], key: str, rows: tuple[ReturnRow, ReturnRow]
) -> Iterator[Differing]:
    """The cells of a row that mean something else on the two sides."""
    ref, text = listing.words_of(rows[0])
    for column in columns:
        was, now = (row.values.get(column.field) for row in rows)
        if not same(column, was, now):
            told = shown(column, was), shown(column, now)
            yield Differing("cell", listing.title, ref, text, column.title, *told, key, column.field, listing.source)


def _whole(listing: Listing, columns: list[ReturnColumn], key: str, row: ReturnRow, kind: DifferingKind) -> Differing:
    """A row that is on one side only, with what is filled in of it."""
    filled = [
        f"{column.title}: {figure}"
        for column in columns
        if column.editable and (figure := shown(column, row.values.get(column.field)))
    ]
    figures = "; ".join(filled)
    sides = (figures, "") if kind == "gone" else ("", figures)
    return Differing(kind, listing.title, *listing.words_of(row), "", *sides, key, "", listing.source)


class _StepsSince:
    """The steps of the history by which figures came to be others than a submission has."""

    def __init__(self, workspace: Workspace, submission: Submitted) -> None:
        self._workspace, self._revision = workspace, submission.row.revision
        self._scope = submission.scope
        self._sources = {listing.source: source_of(listing) for listing in submission.definition.listings}
        self._kept: dict[str, dict[tuple[str, str], Revision]] = {}
        self._changes: dict[int, list[RecordedChange]] = {}

    def of(self, differing: Differing) -> Revision | None:
        """The latest step that made a figure another; ``None`` if the history does not say it."""
        source = self._sources[differing.source]
        if differing.source not in self._kept:
            read = self._workspace.read_beside
            kept = read(_kept_elsewhere, source, self._revision, self._scope) if source.kept is not None else {}
            self._kept[differing.source] = kept
        kept = self._kept[differing.source]
        kept_steps = [step for name in (differing.field, "") if (step := kept.get((differing.key, name)))]
        kept_steps = kept_steps or [step for (key, _), step in kept.items() if key == differing.key]
        if kept_steps:
            return max(kept_steps, key=lambda step: step.n)
        named = source.named_in(differing.field)
        cell = named.column if named else differing.field
        return self._workspace.read_beside(_latest, self._revision, differing.key, cell)

    def told(self, restated: Restated, step: Revision | None) -> Restated:
        """A restatement with when it was made, by whom and why."""
        if step is None:
            return restated
        why = self._reason(restated.differing, step)
        return replace(restated, when=clock.local_time(step.at), who=step.author, step=step.label, why=why)

    def _reason(self, differing: Differing, step: Revision) -> str:
        """The reason that was given for a figure in a step; "" if none was."""
        if step.n not in self._changes:
            self._changes[step.n] = self._workspace.changes_of(step)
        reasons = {
            _REASONED[change.table](change.after): str(change.after["reason"])
            for change in self._changes[step.n]
            if change.action == "add" and change.table in _REASONED
        }
        alone = next(iter(reasons.values())) if len(set(reasons.values())) == 1 else ""
        return reasons.get(differing.key, alone)


_REASONED: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    str(Restatement.__tablename__): key_of_stored,
    str(TargetVersion.__tablename__): lambda row: str(row["indicator_id"]),
}
"""The tables that keep why a figure was changed: of which listed row, by its key."""


def _kept_elsewhere(
    connection: sqlite3.Connection, source: RowSource, revision: str, scope: IssueScope
) -> dict[tuple[str, str], Revision]:
    """The latest steps since a revision that changed rows in which the plan keeps what is listed of others."""
    steps: dict[tuple[str, str], Revision] = {}
    table = str(source.kept and source.kept.__tablename__)
    for step, row, cell in history.cells_changed_since(connection, table, revision):
        place = source.listed_in({**row, "post": ""}, cell, scope)
        if place is not None:
            steps |= dict.fromkeys(((place.key, name) for name in place.fields), step)
    return steps


def _latest(connection: sqlite3.Connection, revision: str, key: str, cell: str) -> Revision | None:
    """The latest step since a revision that set a cell of a row; else one that added, removed or joined the row."""
    then = history.revision_named(connection, revision)
    after = then.n if then else 0
    for step, change in history.row_history(connection, [key]):
        if step.n > after and (change.action != "set" or change.cell == cell):
            return step
    query = (
        "SELECT max(revision) FROM step_change WHERE revision > ? AND action <> 'set' "
        "AND instr(ifnull(after, before), ?) > 0"
    )
    (number,) = connection.execute(query, (after, f'"{key}"')).fetchone()
    return next((step for step in history.revisions(connection, after) if step.n == number), None)
