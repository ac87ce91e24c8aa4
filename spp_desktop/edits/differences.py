"""What differs between a return as it was issued, as it came back, and the plan as it is now."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from spp_desktop.edits.return_rows import UNSET
from spp_desktop.returns.answers import Answered, Table
from spp_desktop.returns.definition import Column, Line, PlanFacts, Source, Value
from spp_desktop.returns.values import Answer, same, shown
from spp_desktop.store.history import compare

Kind = Literal[
    "change",
    "conflict",
    "disagreement",
    "request",
    "question",
    "duplicate",
    "match",
    "new row",
    "not returned",
    "no answer",
]
"""What a difference asks of a person. Only a "change" asks nothing; a "no answer" is only counted.

"conflict": the plan has changed there since. "disagreement": a joint owner answers otherwise than the lead.
"request": a locked cell was changed. "duplicate": one row came back twice with different answers. "match": a row is
known by its words only. "new row": a row that the plan does not have.
"""

TOLD: frozenset[Kind] = frozenset({"not returned", "no answer"})
"""What a person is told of, and cannot decide."""

EMPTY = "empty"

PARENTS: Mapping[Source, str] = {"activities": "priority", "milestones": "activity_id"}
"""What a new row of each kind belongs to. Indicators are added in the performance plan only."""


@dataclass(frozen=True)
class Difference:
    """One thing that a return says otherwise than the plan did when it went out.

    Attributes:
        kind: what it asks of a person.
        source: which rows of the plan it is about.
        key: the row's key; empty for a row that the plan does not have.
        ref: the row's reference.
        text: the row's words, by which a person knows it.
        field: the column; empty where a whole row is meant.
        column: the column's heading.
        issued: what the workbook said when it went out; ``issued_text`` as a person reads it.
        returned: what came back. Of a question it is what was meant at best.
        now: what the plan holds.
        remark: what a rule made of what was typed, or why a person is asked.
        place: where in the file.
        usable: whether what came back can be taken in as it is.
        waits: whether the row is known by its words only, which must be confirmed first.
        lead: the post that leads the row, if it is one that has owners.
        answers: the answers of a row that came back more than once, as texts.
        row: the values of a row that the plan does not have, by field.
    """

    kind: Kind
    source: Source
    key: str
    ref: str
    text: str
    field: str = ""
    column: str = ""
    issued: Value = None
    returned: Value = None
    now: Value = None
    issued_text: str = ""
    returned_text: str = ""
    now_text: str = ""
    remark: str = ""
    place: str = ""
    usable: bool = False
    waits: bool = False
    lead: str = ""
    answers: tuple[str, ...] = ()
    row: tuple[tuple[str, Value], ...] = ()

    @property
    def subject(self) -> str:
        """What it is about, the same whenever the same file is read: a row and a column."""
        own_row = self.key and self.kind != "match"
        return f"{self.source}|{self.key if own_row else self.place}|{self.field}"

    @property
    def row_subject(self) -> str:
        """The subject of the match that a difference waits for."""
        return f"{self.source}|{self.place}|"

    @property
    def sentence(self) -> str:
        """All of it in one line: "1.01 Status: Complete (was empty)."."""
        if not self.field:
            return f"{self.ref or self.place}: {self.remark}"
        answered = f"{self.ref} {self.column}: {self.returned_text or EMPTY} (was {self.issued_text or EMPTY})"
        since = f"; the plan now holds {self.now_text or EMPTY}" if self.kind == "conflict" else ""
        return f"{answered}{since}. {self.remark}".strip()

    @property
    def asks(self) -> bool:
        """Whether it wants a person's eye before anything is done."""
        return self.kind != "change" or self.waits

    @property
    def decidable(self) -> bool:
        """Whether a person can accept or refuse it."""
        return self.kind not in TOLD


@dataclass(frozen=True)
class Known:
    """What the answers of one table are held against.

    Attributes:
        plan: the plan's years, lists and so on.
        owner: the post that the return went to; empty for the whole plan.
        issued: the rows as they went out, by key.
        now: the rows as they are now.
        reasons: by column that may ask for a reason, the column in which it is given.
        parents: what a new row would belong to: the priority by the beginning of a reference ("3"), or the activity's
            key by its reference.
        base: what an earlier version of the same return put into the plan, by key and field, in the place of what was
            issued; so that a corrected version is held against the one it corrects.
        refused: why an answer of an earlier version was refused, by key, field and answer as text.
    """

    plan: PlanFacts
    owner: str
    issued: Mapping[str, Line]
    now: Mapping[str, Line]
    reasons: Mapping[str, str]
    parents: Mapping[str, str]
    base: Mapping[tuple[str, str], Value]
    refused: Mapping[tuple[str, str, str], str]

    def before(self, key: str, column: Column) -> Value:
        """What a cell is held against: what was issued, unless an earlier version was taken in there."""
        return self.base.get((key, column.field), self.issued[key].values.get(column.field))

    def held(self, key: str, column: Column) -> Value:
        """What the plan holds now."""
        return self.now[key].values.get(column.field) if key in self.now else None


def differences(table: Table, rows: Sequence[Answered], known: Known) -> list[Difference]:
    """All that differs in one table, in the order of the file, with what did not come back at the end."""
    found: list[Difference] = []
    by_key: dict[str, list[Answered]] = {}
    for row in rows:
        if row.key is not None:
            by_key.setdefault(row.key, []).append(row)
    for row in rows:
        if row.match != "key":
            found.append(_unmatched(table, row, known))
        if row.key is not None and by_key[row.key][0] is row:
            of_row = list(_of_row(table, by_key[row.key], known))
            found += [_asked_why(one, of_row, known) for one in of_row]
    for key, line in known.issued.items():
        if key not in by_key:
            found.append(_not_returned(table, line))
    return found


def _of_row(table: Table, rows: list[Answered], known: Known) -> Iterator[Difference]:
    """The differences of one row of the plan, which may stand in the file more than once."""
    for column in _answered(table):
        given = [(row, row.answers[column.field]) for row in rows]
        answers = [answer for _, answer in given if not answer.blank]
        if any(not same(column, answers[0].value, other.value) for other in answers[1:]):
            yield _twice(table, column, rows, answers, known)
            continue
        row, answer = next(((r, a) for r, a in given if not a.blank), given[0])
        one = _of_cell(table, column, row, answer, known)
        if one is not None:
            yield one


def _asked_why(one: Difference, of_row: Sequence[Difference], known: Known) -> Difference:
    """A change to a value that asks for a reason, which is nowhere given: a question."""
    if one.kind != "change" or one.field not in known.reasons or one.returned not in known.plan.reasons:
        return one
    given = next((other.returned for other in of_row if other.field == known.reasons[one.field]), None)
    held = known.now[one.key].values.get(known.reasons[one.field])
    if given or held:
        return one
    said = f"“{one.returned}” asks for a reason, and none is given. Ask for it, or take it in as it is."
    return replace(one, kind="question", remark=" ".join(filter(None, (said, one.remark))))


def _answered(table: Table) -> list[Column]:
    """The columns of a table that are there to be answered."""
    return [column for column in table.columns.values() if not column.computed]


def _of_cell(table: Table, column: Column, row: Answered, answer: Answer, known: Known) -> Difference | None:
    key = str(row.key)
    before, now = known.before(key, column), known.held(key, column)
    found = _cell(table, column, row, answer, known)
    if answer.blank:
        if known.issued[key].values.get(column.field) is None:
            return None
        return replace(found, kind="no answer", remark="The cell is empty, which is no answer; the plan stays.")
    if answer.doubt:
        return replace(found, kind="question", remark=answer.doubt, returned_text=answer.typed, usable=answer.usable)
    outcome = compare(*(_Meant(column, value) for value in (before, answer.value, now)))
    if outcome in ("same", "agreed"):
        return None
    if key not in known.now:
        return replace(found, kind="question", remark="This row is no longer in the plan.", usable=False)
    kind, said = _asked(found, column, known, conflict=outcome == "conflict")
    return replace(found, kind=kind, remark=" ".join(filter(None, (said, answer.note))))


def _asked(found: Difference, column: Column, known: Known, *, conflict: bool) -> tuple[Kind, str]:
    """What a cell that says something else asks of a person, and why."""
    kind = _kind(column, known.issued[found.key], known.owner, conflict=conflict)
    if kind != "change":
        return kind, _SAID[kind].format(lead=found.lead)
    if same(column, found.returned, found.issued):
        return "question", "An earlier version of this return said otherwise, and was taken in. Take that back?"
    refused = known.refused.get((found.key, column.field, found.returned_text))
    if refused is not None:
        return "question", f"The same answer was refused before: {refused or 'no reason was given'}."
    return "change", ""


_SAID: Mapping[Kind, str] = {
    "conflict": "The plan has changed since this went out.",
    "request": "This cell was not to be filled in.",
    "disagreement": "{lead} leads, and their answer counts.",
}


def _kind(column: Column, line: Line, owner: str, *, conflict: bool) -> Kind:
    if not column.editable:
        return "request"
    if owner and line.lead not in ("", owner) and not column.own:
        return "disagreement"
    return "conflict" if conflict else "change"


def _cell(table: Table, column: Column, row: Answered, answer: Answer, known: Known) -> Difference:
    """What a cell says in its three states; of no kind yet."""
    key = str(row.key)
    issued, now = known.issued[key].values.get(column.field), known.held(key, column)
    return Difference(
        "change",
        table.listing.source,
        key,
        row.ref,
        row.text,
        column.field,
        column.title,
        issued,
        answer.value,
        now,
        shown(column, issued),
        shown(column, answer.value),
        shown(column, now),
        "",
        row.place,
        usable=column.field not in UNSET[table.listing.source],
        waits=row.match != "key",
        lead=known.issued[key].lead,
    )


@dataclass(frozen=True, eq=False)
class _Meant:
    """A value that equals another of the same meaning."""

    column: Column
    value: Value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Meant) and same(self.column, self.value, other.value)

    def __hash__(self) -> int:
        return hash(self.column)


def _twice(table: Table, column: Column, rows: list[Answered], answers: Sequence[Answer], known: Known) -> Difference:
    both = tuple(dict.fromkeys(answer.typed for answer in answers))
    places = " and ".join(row.place for row in rows)
    return replace(
        _cell(table, column, rows[0], answers[0], known),
        kind="duplicate",
        returned_text=" / ".join(both),
        answers=both,
        usable=False,
        waits=False,
        remark=f"This row is in the file more than once with different answers ({places}). Say which holds.",
    )


def _unmatched(table: Table, row: Answered, known: Known) -> Difference:
    """A row that is known by its words only, or not at all."""
    found = Difference("match", table.listing.source, row.key or "", row.ref, row.text, place=row.place)
    if row.key is None:
        said = {
            "moved": "This row stands beside the hidden key of another row, and its words are not in the plan.",
            "new": "A row that the plan does not have.",
        }[row.match if row.match == "moved" else "new"]
        values = {name: answer.value for name, answer in row.answers.items() if not (answer.doubt or answer.blank)}
        parent, prefix = PARENTS.get(table.listing.source, ""), row.ref.partition(".")[0]
        if parent and parent not in values and (row.ref in known.parents or prefix in known.parents):
            values[parent] = known.parents.get(row.ref) or known.parents[prefix]
        usable = bool(parent and values.get(parent) and values.get(table.listing.text))
        return replace(found, kind="new row", remark=said, row=tuple(values.items()), usable=usable)
    why = {
        "moved": "This row stands beside the hidden key of another row, as when only some columns are sorted",
        "lost": "This row has no hidden key",
    }[row.match]
    said = f"{why}. It was recognised by its reference and words; confirm that it is {row.ref}."
    return replace(found, remark=said, usable=True)


def _not_returned(table: Table, line: Line) -> Difference:
    ref, text = (str(line.values.get(name) or "") for name in (table.listing.ref, table.listing.text))
    said = "This row is not in the file. Nothing in the plan is changed by that."
    return Difference("not returned", table.listing.source, line.key, ref, text, remark=said)


_COUNTED: tuple[tuple[Kind, str, str], ...] = (
    ("change", "change", "changes"),
    ("conflict", "conflict", "conflicts"),
    ("disagreement", "answer that differs from the lead's", "answers that differ from the lead's"),
    ("request", "change to a locked cell", "changes to locked cells"),
    ("question", "question", "questions"),
    ("duplicate", "row answered twice", "rows answered twice"),
    ("match", "row to be recognised", "rows to be recognised"),
    ("new row", "new row", "new rows"),
    ("not returned", "row not returned", "rows not returned"),
    ("no answer", "cell left empty", "cells left empty"),
)


def summary(found: Sequence[Difference]) -> str:
    """What was found, counted, in one line."""
    counts = Counter(one.kind for one in found)
    said = [f"{counts[kind]} {one if counts[kind] == 1 else many}" for kind, one, many in _COUNTED if counts[kind]]
    return (", ".join(said) if counts.keys() - {"no answer"} else ", ".join(["No changes", *said])) + "."
