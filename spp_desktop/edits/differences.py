"""What differs between a return as it was issued, as it came back, and the plan as it is now."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from spp_desktop.returns.answers import Answered
from spp_desktop.returns.definition import Column, Line, Return, Value
from spp_desktop.returns.values import Answer, same, shown
from spp_desktop.returns.words import clean
from spp_desktop.store.history import compare

Kind = Literal["change", "conflict", "question", "request", "duplicate", "new row", "not returned", "no answer"]
"""What a difference asks of a person. Only a "change" asks nothing; a "no answer" is only counted."""

EMPTY = "empty"

APPLICABLE: frozenset[Kind] = frozenset({"change", "conflict", "request"})


@dataclass(frozen=True)
class Difference:
    """One thing that a return says otherwise than the plan did when it went out.

    ``field`` and ``column`` (its heading) are empty where a whole row is meant. ``remark`` says what a rule made of
    what was typed, or why a person is asked. ``place`` is where in the file.
    The three states are values; ``issued_text`` and the like are those values as a person reads them.
    """

    kind: Kind
    key: str
    ref: str
    field: str
    column: str
    issued: Value
    returned: Value
    now: Value
    issued_text: str
    returned_text: str
    now_text: str
    remark: str
    place: str = ""

    @property
    def sentence(self) -> str:
        """All of it in one line: "1.01 Status: Complete (was empty)."."""
        if not self.field:
            return f"{self.ref or self.place}: {self.remark}"
        answered = f"{self.ref} {self.column}: {self.returned_text or EMPTY} (was {self.issued_text or EMPTY})"
        since = f"; the plan now holds {self.now_text or EMPTY}" if self.kind == "conflict" else ""
        return f"{answered}{since}. {self.remark}".strip()

    @property
    def applicable(self) -> bool:
        """Whether it can be taken in by choosing it."""
        return self.kind in APPLICABLE


def differences(
    definition: Return,
    columns: Sequence[Column],
    issued: Mapping[str, Line],
    rows: Sequence[Answered],
    now: Mapping[str, Line],
) -> list[Difference]:
    """All that differs, in the order of the file, with what did not come back at the end."""
    found: list[Difference] = []
    by_key: dict[str, list[Answered]] = {}
    for row in rows:
        if row.match == "key" and row.key is not None:
            by_key.setdefault(row.key, []).append(row)
    for row in rows:
        if row.match != "key" or row.key is None:
            found.append(_unmatched(row, issued))
        elif by_key[row.key][0] is row:
            found += _of_row(columns, issued[row.key], by_key[row.key], now.get(row.key))
    seen = {row.key for row in rows}
    ref = definition.listing.ref
    for key, line in issued.items():
        if key not in seen:
            found.append(_whole("not returned", key, str(line.values[ref]), "This row is not in the file.", ""))
    return found


def _of_row(columns: Sequence[Column], issued: Line, rows: list[Answered], now: Line | None) -> Iterator[Difference]:
    """The differences of one row of the plan, which may stand in the file more than once."""
    for column in columns:
        given = [(row, row.answers[column.field]) for row in rows if column.field in row.answers]
        if not given:
            continue
        answers = [answer for _, answer in given if not answer.blank]
        if any(not same(column, answers[0].value, other.value) for other in answers[1:]):
            yield _twice(column, issued, answers, rows, now)
            continue
        row, answer = next(((r, a) for r, a in given if not a.blank), given[0])
        one = _of_cell(column, issued, row, answer, now)
        if one is not None:
            yield one


def _of_cell(column: Column, issued: Line, row: Answered, answer: Answer, now: Line | None) -> Difference | None:
    was = issued.values.get(column.field)
    holds = now.values.get(column.field) if now is not None else None
    if answer.blank:
        kind: Kind = "no answer"
        if was is None:
            return None
        sentence = "The cell is empty, which is no answer; the plan keeps what it holds."
    elif answer.doubt:
        kind, sentence = "question", answer.doubt
    elif now is None:
        if same(column, answer.value, was):
            return None
        kind, sentence = "question", "This row is no longer in the plan."
    else:
        outcome = compare(*(_Meant(column, value) for value in (was, answer.value, holds)))
        if outcome in ("same", "agreed"):
            return None
        kind, sentence = _kind(column, conflict=outcome == "conflict"), answer.note
        sentence = " ".join(filter(None, (_SAID[kind], sentence)))
    return _difference(kind, column, row, (was, answer.value, holds), sentence, key=issued.key, typed=answer.typed)


_SAID = {
    "change": "",
    "conflict": "The plan has changed since this went out.",
    "request": "This cell was not to be filled in.",
}


def _kind(column: Column, *, conflict: bool) -> Kind:
    if conflict:
        return "conflict"
    return "change" if column.editable else "request"


@dataclass(frozen=True, eq=False)
class _Meant:
    """A value that equals another of the same meaning."""

    column: Column
    value: Value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Meant) and same(self.column, self.value, other.value)

    def __hash__(self) -> int:
        return hash(self.column)


def _difference(
    kind: Kind,
    column: Column,
    row: Answered,
    states: tuple[Value, Value, Value],
    sentence: str,
    *,
    key: str,
    typed: str,
) -> Difference:
    issued, returned, now = states
    text = typed if kind == "question" else shown(column, returned)
    return Difference(
        kind,
        key,
        row.ref,
        column.field,
        column.title,
        issued,
        returned,
        now,
        shown(column, issued),
        text,
        shown(column, now),
        sentence,
        row.place,
    )


def _twice(column: Column, issued: Line, answers: list[Answer], rows: list[Answered], now: Line | None) -> Difference:
    both = " / ".join(dict.fromkeys(answer.typed for answer in answers))
    places = " and ".join(row.place for row in rows)
    sentence = f"This row is in the file more than once with different answers ({places})."
    holds = now.values.get(column.field) if now is not None else None
    states = issued.values.get(column.field), answers[0].value, holds
    found = _difference("duplicate", column, rows[0], states, sentence, key=issued.key, typed=both)
    return Difference(**{**found.__dict__, "returned_text": both})


def _unmatched(row: Answered, issued: Mapping[str, Line]) -> Difference:
    key = row.key or ""
    if row.match == "new":
        said = f"A row that the plan does not have: {clean(row.text)[:200] or row.ref}"
        return _whole("new row", key, row.ref, said, row.place)
    why = {
        "moved": "This row stands beside the hidden key of another row, as when only some columns are sorted",
        "lost": "This row has lost its hidden key",
        "key": "",
    }[row.match]
    known = "; it was recognised by its reference and words" if key in issued else ""
    return _whole("question", key, row.ref, f"{why}{known}. Its answers were not taken in.", row.place)


def _whole(kind: Kind, key: str, ref: str, sentence: str, place: str) -> Difference:
    return Difference(kind, key, ref, "", "", None, None, None, "", "", "", sentence, place)


_COUNTED: tuple[tuple[Kind, str, str], ...] = (
    ("change", "change", "changes"),
    ("conflict", "conflict", "conflicts"),
    ("request", "change to a locked cell", "changes to locked cells"),
    ("question", "question", "questions"),
    ("duplicate", "row answered twice", "rows answered twice"),
    ("new row", "new row", "new rows"),
    ("not returned", "row not returned", "rows not returned"),
    ("no answer", "cell left empty", "cells left empty"),
)


def summary(found: Sequence[Difference]) -> str:
    """What was found, counted, in one line."""
    counts = Counter(one.kind for one in found)
    said = [f"{counts[kind]} {one if counts[kind] == 1 else many}" for kind, one, many in _COUNTED if counts[kind]]
    return (", ".join(said) if counts.keys() - {"no answer"} else ", ".join(["No changes", *said])) + "."
