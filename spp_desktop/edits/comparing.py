"""What differs between a return as it was issued, as it came back, and the plan as it is now."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from spp_desktop.edits.differences import EMPTY, Difference, DifferenceKind, joined
from spp_desktop.edits.sources.listed import POSTS
from spp_desktop.edits.sources.source import Remark, RowSource
from spp_desktop.plan.kinds.spelling import fold
from spp_desktop.plan.rules import no_reason
from spp_desktop.returns.answers import Answered, Match, Table
from spp_desktop.returns.definition import Listing, PlanFacts, ReturnColumn, ReturnRow, Value
from spp_desktop.returns.values import Answer, same, shown
from spp_desktop.store.history import compare


@dataclass(frozen=True)
class EarlierVersions:
    """What earlier versions of the same return came to in one table, by key and field.

    Attributes:
        taken: what was put into the plan, in the place of what was issued; so that a corrected version is held against
            the one it corrects.
        answered: the answer that was taken in there, as text; what was put into the plan may be what a person typed in
            its place.
        refused: why an answer was refused, by that answer as text too.
        corrected: where this version corrects the one that was taken in, so that a cell as issued takes that back. In
            another copy, with other rows filled in, an untouched cell says nothing.
    """

    taken: dict[tuple[str, str], Value]
    answered: dict[tuple[str, str], str]
    refused: dict[tuple[str, str, str], str]
    corrected: set[tuple[str, str]]


@dataclass(frozen=True)
class PlanSide:
    """The plan's side of a comparison: what the answers of one table are held against.

    Attributes:
        source: the kind of row that it lists.
        plan: the plan's years, lists and so on.
        owner: the post that the return went to; empty for the whole plan.
        issued: the rows as they went out, by key.
        now: those rows as they are now, as far as they are still in the plan.
        renamed: what the plan's lists call otherwise now: by list, then by the title of then.
        earlier: what earlier versions of the same return came to.
        around: what the source's remarks rest on beside what is listed (``RowSource.around``).
        parents: what a new row is a part of, by what its reference says (``sources.Parent.known``).
        there: the references of all rows of the plan, by ``words_of``.
    """

    source: RowSource
    plan: PlanFacts
    owner: str
    issued: Mapping[str, ReturnRow]
    now: Mapping[str, ReturnRow]
    renamed: Mapping[str, Mapping[str, str]]
    earlier: EarlierVersions
    parents: Mapping[str, str] = field(default_factory=dict)
    around: Mapping[str, Any] = field(default_factory=dict)
    there: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def before(self, key: str, column: ReturnColumn) -> Value:
        """What a cell is held against: what was issued, unless an earlier version was taken in there."""
        return self.named(
            column, self.earlier.taken.get((key, column.field), self.issued[key].values.get(column.field))
        )

    def named(self, column: ReturnColumn, value: Value) -> Value:
        """A value with what it names called as the plan calls it now."""
        names = self.renamed.get(column.choices, {})
        if isinstance(value, tuple):
            return tuple(names.get(title, title) for title in value)
        return names.get(value, value) if isinstance(value, str) else value

    def lead(self, key: str) -> str:
        """The post that led a row when it went out, as the plan calls it now."""
        lead = self.issued[key].lead
        return self.renamed.get(POSTS.name, {}).get(lead, lead)

    def in_plan(self, key: str, column: ReturnColumn) -> Value:
        """What the plan holds now."""
        return self.now[key].values.get(column.field) if key in self.now else None


def differences(table: Table, rows: Sequence[Answered], known: PlanSide) -> list[Difference]:
    """All that differs in one table, in the order of the file, with what did not come back at the end."""
    differing: list[Difference] = []
    by_key: dict[str, list[Answered]] = {}
    for row in rows:
        if row.key is not None:
            by_key.setdefault(row.key, []).append(row)
    for row in rows:
        if row.key is None:
            differing.append(_new_row(table, row, known))
            continue
        if row.match != "key":
            differing.append(_recognised(table, row, known))
        if by_key[row.key][0] is row:
            differing += _of_row(table, by_key[row.key], known)
    for key, listed in known.issued.items():
        if key not in by_key and key in known.now:
            differing.append(_not_returned(table, listed, known))
    return differing


def _of_row(table: Table, rows: list[Answered], known: PlanSide) -> list[Difference]:
    """The differences of one row of the plan, with what its kind has to say of them together."""
    if not (known.earlier.corrected or any(row.answers for row in rows)):
        return []
    cells = list(_cells(table, rows, known))
    reasons = {column.reason_for: column for column in _answerable(table) if column.reason_for}
    asked = [_asked_why(cell, cells, reasons, known) for cell in cells]
    return list(_remarked(table, asked, known)) if asked else []


def _cells(table: Table, rows: list[Answered], known: PlanSide) -> Iterator[Difference]:
    """The cells of one row of the plan that say something else; the row may stand in the file more than once."""
    key = str(rows[0].key)
    for column in _answerable(table):
        if not any(column.field in row.answers for row in rows) and (key, column.field) not in known.earlier.corrected:
            continue
        given = [(row, _answer(row, column, known)) for row in rows]
        answers = [answer for _, answer in given if not answer.blank]
        if any(not same(column, answers[0].value, other.value) for other in answers[1:]):
            yield _twice(column, rows, answers, known)
            continue
        row, answer = next(((r, a) for r, a in given if not a.blank), given[0])
        difference = _of_cell(column, row, answer, known)
        if difference is not None:
            yield difference


def _answer(row: Answered, column: ReturnColumn, known: PlanSide) -> Answer:
    """What a cell says: what went out in it, if the row leaves it out."""
    if column.field in row.answers:
        return row.answers[column.field]
    issued = known.issued[str(row.key)].values.get(column.field)
    return Answer(issued, blank=issued is None, typed=shown(column, issued))


def _asked_why(
    difference: Difference, of_row: Sequence[Difference], reasons: Mapping[str, ReturnColumn], known: PlanSide
) -> Difference:
    """What is said of a change that leaves a value without the reason it asks for: a clean one is a question.

    ``reasons`` are the columns in which reasons are given, by the column that may ask for one.
    """
    takes_away = _reason_taken_away(difference, of_row, reasons, known)
    if takes_away:
        return replace(difference, kind="question", remark=joined(difference.remark, takes_away))
    reason = reasons.get(difference.field)
    if difference.kind not in ("change", "conflict") or reason is None:
        return difference
    if difference.returned not in known.plan.asking(reason):
        return difference
    given = known.in_plan(difference.key, reason)
    other = next((other for other in of_row if other.field == reason.field), None)
    if other is not None and other.kind != "conflict":
        given = other.returned if other.kind == "change" else None
    if given:
        return difference
    asks = f"{no_reason(difference.returned)} Ask for it, or take it in as it is."
    return _with_remark(difference, asks, asks=True)


def _reason_taken_away(
    difference: Difference, of_row: Sequence[Difference], reasons: Mapping[str, ReturnColumn], known: PlanSide
) -> str:
    """What is said of a reason that is emptied while the value stays that asks for it; empty if that is not so."""
    if difference.kind != "change" or difference.returned is not None:
        return ""
    asking = next((name for name, reason in reasons.items() if reason.field == difference.field), "")
    if not asking or any(other.field == asking for other in of_row):
        return ""
    stands = known.now[difference.key].values.get(asking)
    return (
        f"“{stands}” asks for a reason, and this takes it away." if stands in known.plan.asking(reasons[asking]) else ""
    )


def _with_remark(difference: Difference, text: str, *, asks: bool) -> Difference:
    """A difference with something said of it; a change that is asked about is a question."""
    kind: DifferenceKind = "question" if asks and difference.kind == "change" else difference.kind
    return replace(difference, kind=kind, remark=joined(difference.remark, text))


def _remarked(table: Table, of_row: Sequence[Difference], known: PlanSide) -> Iterator[Difference]:
    """The cells of a row with what its kind has to say of them; what it asks about another cell is a question.

    The reason for which a cell waits is asked for first.
    """
    standing = [difference for difference in of_row if difference.usable or difference.kind == "change"]
    first = (standing or of_row)[0]
    returned = {difference.field: difference.returned for difference in standing}
    now = known.now.get(first.key)
    around = known.around.get(first.key)
    of_kind = known.source.remarks(returned, now.values, known.plan, around) if now else ()
    remarks = {remark.field: remark for remark in of_kind}
    came = {difference.field for difference in of_row}
    apart = [remark for remark in remarks.values() if remark.asks and remark.field not in came]
    yield from (_asked_apart(table, first, remark, known) for remark in apart if remark.why)
    for difference in of_row:
        remark = remarks.get(difference.field)
        if remark is None:
            yield difference
        else:
            usable = difference.usable and remark.usable
            why = remark.why if difference.kind in ("change", "conflict") else ""
            yield replace(_with_remark(difference, remark.text, asks=remark.asks), usable=usable, why=why)
    yield from (_asked_apart(table, first, remark, known) for remark in apart if not remark.why)


def _asked_apart(table: Table, of_row: Difference, remark: Remark, known: PlanSide) -> Difference:
    """A question about a cell of a row that did not come back with anything else."""
    columns = table.listing.columns_for(known.plan.years, known.plan.roles)
    title = next(column.title for column in columns if column.field == remark.field)
    return Difference(
        "question", known.source, of_row.key, of_row.ref, of_row.text, remark.field, title, remark=remark.text,
        place=of_row.place, waits=of_row.waits, why=remark.why,
    )  # fmt: skip


def answered(source: RowSource, table: Table, rows: Sequence[Answered]) -> dict[str, str]:
    """What rows say otherwise than they went out: the answers as texts, by what a difference would be about."""
    columns = {column.field: column for column in _answerable(table)}
    texts = {}
    for row in rows:
        if row.key is None:
            texts[f"{source.name}|{row.place}|"] = row.text
            continue
        for name, answer in row.answers.items():
            if name in columns and not answer.blank:
                text = answer.typed if answer.doubt else shown(columns[name], answer.value)
                texts[f"{source.name}|{row.key}|{name}"] = text
    return texts


def _answerable(table: Table) -> list[ReturnColumn]:
    """The columns of a table that are there to be answered."""
    return [column for column in table.columns.values() if not column.computed]


def _of_cell(column: ReturnColumn, row: Answered, answer: Answer, known: PlanSide) -> Difference | None:
    key = str(row.key)
    before, now = known.before(key, column), known.in_plan(key, column)
    difference = _cell(column, row, answer, known)
    if answer.blank:
        if known.issued[key].values.get(column.field) is None:
            return None
        return replace(difference, kind="no answer", remark="The cell is empty, which is no answer; the plan stays.")
    outcome = compare(*_alike(column, before, difference.returned, now))
    if known.earlier.answered.get((key, column.field)) == difference.returned_text:
        return None
    if not answer.doubt and outcome in ("same", "agreed"):
        return None
    if difference.gone:
        return replace(difference, kind="question", remark="This row is no longer in the plan.", usable=False)
    kind, why = _asked(difference, column, answer, known, conflict=outcome == "conflict")
    if kind not in ("change", "conflict") and not same(column, before, now):
        why = joined(why, f"The plan has changed since this went out, and now holds {difference.now_text or EMPTY}.")
    return replace(difference, kind=kind, remark=joined(why, answer.note, _renamed(column, answer, difference)))


def _renamed(column: ReturnColumn, answer: Answer, difference: Difference) -> str:
    if answer.doubt or answer.value == difference.returned:
        return ""
    return f"“{shown(column, answer.value)}” is now called {difference.returned_text}."


def _asked(
    difference: Difference, column: ReturnColumn, answer: Answer, known: PlanSide, *, conflict: bool
) -> tuple[DifferenceKind, str]:
    """What a cell that says something else asks of a person, and why."""
    kind = _kind(column, known.issued[difference.key], known.owner, conflict=conflict)
    why = _WHY.get(kind, "").format(lead=difference.lead)
    reason = known.earlier.refused.get((difference.key, column.field, difference.returned_text))
    refused = "" if reason is None else f"The same answer was refused before: {reason or 'no reason was given'}."
    if answer.doubt:
        return "question", joined("" if kind == "conflict" else why, answer.doubt, refused)
    if kind != "change":
        return kind, joined(why, refused)
    if same(column, difference.returned, known.named(column, difference.issued)):
        return "question", "An earlier version of this return said otherwise, and was taken in. Take that back?"
    if refused:
        return "question", refused
    lead = known.now[difference.key].lead
    return "change", "" if column.own or lead == difference.lead else f"{lead or 'No post'} leads it now."


_WHY: Mapping[DifferenceKind, str] = {
    "conflict": "The plan has changed since this went out.",
    "request": "This cell was not to be filled in.",
    "disagreement": "{lead} leads, and their answer counts.",
}


def _kind(column: ReturnColumn, issued: ReturnRow, owner: str, *, conflict: bool) -> DifferenceKind:
    if not column.editable:
        return "request"
    if owner and issued.lead not in ("", owner) and not column.own:
        return "disagreement"
    return "conflict" if conflict else "change"


def _cell(column: ReturnColumn, row: Answered, answer: Answer, known: PlanSide) -> Difference:
    """What a cell says in its three states; of no kind yet."""
    key = str(row.key)
    issued, now = known.issued[key].values.get(column.field), known.in_plan(key, column)
    returned = answer.value if answer.doubt else known.named(column, answer.value)
    settable = column.field not in known.source.unset
    return Difference(
        "change",
        known.source,
        key,
        row.ref,
        row.text,
        column.field,
        column.title,
        issued,
        returned,
        now,
        shown(column, issued),
        answer.typed if answer.doubt else shown(column, returned),
        shown(column, now),
        "",
        row.place,
        usable=settable and (answer.usable or not answer.doubt),
        waits=row.match != "key",
        lead=known.lead(key),
        gone=key not in known.now,
        cell=row.where(column.field),
    )


def _alike(column: ReturnColumn, *values: Value) -> list[Value]:
    """The values, each that means the same as an earlier one replaced by it."""
    distinct: list[Value] = []
    for value in values:
        distinct.append(next((known for known in distinct if same(column, known, value)), value))
    return distinct


def _twice(column: ReturnColumn, rows: list[Answered], answers: Sequence[Answer], known: PlanSide) -> Difference:
    both = tuple(dict.fromkeys(answer.typed for answer in answers))
    places = " and ".join(row.where(column.field) for row in rows)
    return replace(
        _cell(column, rows[0], answers[0], known),
        kind="duplicate",
        returned_text=" / ".join(both),
        answers=both,
        usable=False,
        waits=False,
        remark=f"This row is in the file more than once with different answers ({places}). Say which holds.",
    )


def _recognised(table: Table, row: Answered, known: PlanSide) -> Difference:
    """A row of the plan that is not surely the one it seems."""
    difference = Difference("match", known.source, str(row.key), row.ref, row.text, place=row.place, usable=True)
    if row.match == "mixed":
        ref, text = table.listing.words_of(known.issued[str(row.key)])
        why = "Its words are not those that went out beside its hidden key, as when only some columns are sorted."
        return replace(difference, remark=f"{why} By that key it is {ref}, “{text}”; confirm it.")
    why = {
        "moved": "This row stands beside the hidden key of another row, as when only some columns are sorted",
        "other": "This row was copied from another issue of this return, and what it says may be older",
        "lost": "This row has no hidden key",
    }[row.match]
    return replace(
        difference, remark=f"{why}. It was recognised by its reference and words; confirm that it is {row.ref}."
    )


def _new_row(table: Table, row: Answered, known: PlanSide) -> Difference:
    """A row that the plan does not have, with what can be read of it and what it would be a part of."""
    columns = {column.field: column for column in _answerable(table)}
    source, values = known.source, dict[str, Value]()
    unread = []
    for name, answer in row.answers.items():
        if answer.doubt:
            unread.append(f"{columns[name].title} “{answer.typed}”")
        elif not answer.blank:
            values[name] = known.named(columns[name], answer.value)
    if source.parent is not None and source.parent.field not in values:
        parent = known.parents.get(source.parent.of_ref(row.ref))
        values |= {source.parent.field: parent} if parent else {}
    like = known.there.get(source.words_of(fold(row.ref), fold(row.text)), "") if row.text else ""
    remark = joined(
        _NEW[row.match],
        f"The plan has these words already, as {like}." if like else "",
        f"Not understood, and left out: {', '.join(unread)}." if unread else "",
        *_asked_of_new(table, values, known),
    )
    usable = source.takes_new and bool(values.get(table.listing.text)) and not source.lacks(values)
    difference = Difference("new row", source, "", row.ref, row.text, place=row.place, usable=usable)
    return replace(difference, remark=remark, row=tuple(values.items()))


def _asked_of_new(table: Table, values: Mapping[str, Value], known: PlanSide) -> Iterator[str]:
    """What is asked of the cells of a new row: a reason that is not given, and what its kind has to say of them."""
    for column in _answerable(table):
        value = values.get(column.reason_for)
        if value in known.plan.asking(column) and not values.get(column.field):
            yield no_reason(value)
    if known.source.takes_new:
        yield from (remark.text for remark in known.source.remarks(values, {}, known.plan) if remark.asks)


_NEW: Mapping[Match, str] = {
    "moved": "This row stands beside the hidden key of another row, and its words are not among those that went out.",
    "new": "A row that did not go out.",
}


def words_of(source: RowSource, listing: Listing, rows: Mapping[str, ReturnRow]) -> dict[tuple[str, str], str]:
    """The reference of each of some rows, by what tells that a new row would be the same."""
    words = (listing.words_of(row) for row in rows.values())
    return {source.words_of(fold(ref), fold(text)): ref for ref, text in words}


def _not_returned(table: Table, issued: ReturnRow, known: PlanSide) -> Difference:
    ref, text = table.listing.words_of(issued)
    why = "This row is not in the file. Nothing in the plan is changed by that."
    return Difference("not returned", known.source, issued.key, ref, text, remark=why)
