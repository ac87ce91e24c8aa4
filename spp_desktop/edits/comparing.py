"""What differs between a return as it was issued, as it came back, and the plan as it is now."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from spp_desktop.edits.differences import EMPTY, PARENTS, Difference, Kind
from spp_desktop.edits.return_rows import UNSET
from spp_desktop.returns.answers import Answered, Match, Table
from spp_desktop.returns.definition import Column, Line, Listing, PlanFacts, Source, Value
from spp_desktop.returns.values import Answer, same, shown
from spp_desktop.returns.words import fold
from spp_desktop.store.history import compare


@dataclass(frozen=True)
class Known:
    """What the answers of one table are held against.

    Attributes:
        plan: the plan's years, lists and so on.
        owner: the post that the return went to; empty for the whole plan.
        issued: the rows as they went out, by key.
        now: those rows as they are now, as far as they are still in the plan.
        reasons: by column that may ask for a reason, the column in which it is given.
        parents: what a new row would belong to: the priority by the beginning of a reference ("3"), or the activity's
            key by its reference.
        base: what an earlier version of the same return put into the plan, by key and field, in the place of what was
            issued; so that a corrected version is held against the one it corrects.
        answered: the answer, as text, of the earlier version that was taken in there, by key and field; what was put
            into the plan may be what a person typed in its place.
        refused: why an answer of an earlier version was refused, by key, field and answer as text.
        there: the references of all rows of the plan, by ``words_of``.
        renamed: what the plan's lists call otherwise now: by list, then by the title of then.
    """

    plan: PlanFacts
    owner: str
    issued: Mapping[str, Line]
    now: Mapping[str, Line]
    reasons: Mapping[str, str]
    parents: Mapping[str, str]
    base: Mapping[tuple[str, str], Value]
    answered: Mapping[tuple[str, str], str]
    refused: Mapping[tuple[str, str, str], str]
    renamed: Mapping[str, Mapping[str, str]]
    there: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def before(self, key: str, column: Column) -> Value:
        """What a cell is held against: what was issued, unless an earlier version was taken in there."""
        return self.named(column, self.base.get((key, column.field), self.issued[key].values.get(column.field)))

    def named(self, column: Column, value: Value) -> Value:
        """A value with what it names called as the plan calls it now."""
        names = self.renamed.get(column.choices, {})
        if isinstance(value, tuple):
            return tuple(names.get(title, title) for title in value)
        return names.get(value, value) if isinstance(value, str) else value

    def lead(self, key: str) -> str:
        """The post that led a row when it went out, as the plan calls it now."""
        lead = self.issued[key].lead
        return self.renamed.get("posts", {}).get(lead, lead)

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
        if row.key is None:
            found.append(_new_row(table, row, known))
        elif row.match != "key":
            found.append(_recognised(table, row, known))
        if row.key is not None and by_key[row.key][0] is row:
            those = by_key[row.key]
            of_row = list(_of_row(table, those, known)) if known.base or any(one.answers for one in those) else []
            found += [_asked_why(one, of_row, known) for one in of_row]
    for key, line in known.issued.items():
        if key not in by_key and key in known.now:
            found.append(_not_returned(table, line))
    return found


def _of_row(table: Table, rows: list[Answered], known: Known) -> Iterator[Difference]:
    """The differences of one row of the plan, which may stand in the file more than once."""
    key = str(rows[0].key)
    for column in _answered(table):
        if not any(column.field in row.answers for row in rows) and (key, column.field) not in known.base:
            continue
        given = [(row, _answer(row, column, known)) for row in rows]
        answers = [answer for _, answer in given if not answer.blank]
        if any(not same(column, answers[0].value, other.value) for other in answers[1:]):
            yield _twice(table, column, rows, answers, known)
            continue
        row, answer = next(((r, a) for r, a in given if not a.blank), given[0])
        one = _of_cell(table, column, row, answer, known)
        if one is not None:
            yield one


def _answer(row: Answered, column: Column, known: Known) -> Answer:
    """What a cell says: what went out in it, if the row leaves it out."""
    if column.field in row.answers:
        return row.answers[column.field]
    issued = known.issued[str(row.key)].values.get(column.field)
    return Answer(issued, blank=issued is None, typed=shown(column, issued))


def _asked_why(one: Difference, of_row: Sequence[Difference], known: Known) -> Difference:
    """What is said of a change that leaves a value without the reason it asks for: a clean one is a question."""
    of = next((field for field, reason in known.reasons.items() if reason == one.field), "")
    if of and one.kind == "change" and one.returned is None and all(other.field != of for other in of_row):
        stands = known.now[one.key].values.get(of)
        if stands in known.plan.reasons:
            said = f"“{stands}” asks for a reason, and this takes it away."
            return replace(one, kind="question", remark=_joined(one.remark, said))
    if (
        one.kind not in ("change", "conflict")
        or one.field not in known.reasons
        or one.returned not in known.plan.reasons
    ):
        return one
    field = known.reasons[one.field]
    held = known.now[one.key].values.get(field)
    other = next((other for other in of_row if other.field == field), None)
    if other is not None and other.kind != "conflict":
        held = other.returned if other.kind == "change" else None
    if held:
        return one
    said = f"“{one.returned}” asks for a reason, and none is given. Ask for it, or take it in as it is."
    kind: Kind = "question" if one.kind == "change" else one.kind
    return replace(one, kind=kind, remark=_joined(one.remark, said))


def _joined(*said: str) -> str:
    return " ".join(filter(None, said))


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
    outcome = compare(*_alike(column, before, found.returned, now))
    if known.answered.get((key, column.field)) == found.returned_text:
        return None
    if not answer.doubt and outcome in ("same", "agreed"):
        return None
    if found.gone:
        return replace(found, kind="question", remark="This row is no longer in the plan.", usable=False)
    kind, said = _asked(found, column, answer, known, conflict=outcome == "conflict")
    if kind not in ("change", "conflict") and not same(column, before, now):
        said = _joined(said, f"The plan has changed since this went out, and now holds {found.now_text or EMPTY}.")
    return replace(found, kind=kind, remark=_joined(said, answer.note, _renamed(column, answer, found)))


def _renamed(column: Column, answer: Answer, found: Difference) -> str:
    if answer.doubt or answer.value == found.returned:
        return ""
    return f"“{shown(column, answer.value)}” is now called {found.returned_text}."


def _asked(found: Difference, column: Column, answer: Answer, known: Known, *, conflict: bool) -> tuple[Kind, str]:
    """What a cell that says something else asks of a person, and why."""
    kind = _kind(column, known.issued[found.key], known.owner, conflict=conflict)
    said = _SAID.get(kind, "").format(lead=found.lead)
    reason = known.refused.get((found.key, column.field, found.returned_text))
    refused = "" if reason is None else f"The same answer was refused before: {reason or 'no reason was given'}."
    if answer.doubt:
        return "question", _joined("" if kind == "conflict" else said, answer.doubt, refused)
    if kind != "change":
        return kind, _joined(said, refused)
    if same(column, found.returned, known.named(column, found.issued)):
        return "question", "An earlier version of this return said otherwise, and was taken in. Take that back?"
    if refused:
        return "question", refused
    lead = known.now[found.key].lead
    return "change", "" if column.own or lead == found.lead else f"{lead or 'No post'} leads it now."


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
    returned = answer.value if answer.doubt else known.named(column, answer.value)
    settable = column.field not in UNSET[table.listing.source]
    return Difference(
        "change",
        table.listing.source,
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
    )


def _alike(column: Column, *values: Value) -> list[Value]:
    """The values, each that means the same as an earlier one replaced by it."""
    found: list[Value] = []
    for value in values:
        found.append(next((known for known in found if same(column, known, value)), value))
    return found


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


def _recognised(table: Table, row: Answered, known: Known) -> Difference:
    """A row of the plan that is not surely the one it seems."""
    found = Difference("match", table.listing.source, str(row.key), row.ref, row.text, place=row.place, usable=True)
    if row.match == "mixed":
        line = known.issued[str(row.key)]
        ref, text = (line.values.get(name) for name in (table.listing.ref, table.listing.text))
        said = "Its words are not those that went out beside its hidden key, as when only some columns are sorted."
        return replace(found, remark=f"{said} By that key it is {ref}, “{text}”; confirm it.")
    why = {
        "moved": "This row stands beside the hidden key of another row, as when only some columns are sorted",
        "other": "This row was copied from another issue of this return, and what it says may be older",
        "lost": "This row has no hidden key",
    }[row.match]
    return replace(found, remark=f"{why}. It was recognised by its reference and words; confirm that it is {row.ref}.")


def _new_row(table: Table, row: Answered, known: Known) -> Difference:
    """A row that the plan does not have, with what can be read of it and where it would belong."""
    columns = {column.field: column for column in _answered(table)}
    source, values = table.listing.source, dict[str, Value]()
    unread = []
    for name, answer in row.answers.items():
        if answer.doubt:
            unread.append(f"{columns[name].title} “{answer.typed}”")
        elif not answer.blank:
            values[name] = known.named(columns[name], answer.value)
    parent = PARENTS.get(source, "")
    beginning = row.ref if source == "milestones" else row.ref.partition(".")[0]
    if parent and parent not in values and beginning in known.parents:
        values[parent] = known.parents[beginning]
    like = known.there.get(_words(source, row.ref, row.text), "") if row.text else ""
    said = (
        _NEW[row.match],
        f"The plan has these words already, as {like}." if like else "",
        f"Not understood, and left out: {', '.join(unread)}." if unread else "",
    )
    usable = bool(parent and values.get(parent) and values.get(table.listing.text))
    found = Difference("new row", source, "", row.ref, row.text, place=row.place, usable=usable)
    return replace(found, remark=_joined(*said), row=tuple(values.items()))


_NEW: Mapping[Match, str] = {
    "moved": "This row stands beside the hidden key of another row, and its words are not among those that went out.",
    "new": "A row that did not go out.",
}


def words_of(listing: Listing, rows: Mapping[str, Line]) -> dict[tuple[str, str], str]:
    """The reference of each of some rows, by what tells that a new row would be the same."""
    said = [[str(line.values.get(name) or "") for name in (listing.ref, listing.text)] for line in rows.values()]
    return {_words(listing.source, ref, text): ref for ref, text in said}


def _words(source: Source, ref: str, text: str) -> tuple[str, str]:
    """What tells that two rows are one: a milestone's words may be those of many."""
    return fold(ref) if source == "milestones" else "", fold(text)


def _not_returned(table: Table, line: Line) -> Difference:
    ref, text = (str(line.values.get(name) or "") for name in (table.listing.ref, table.listing.text))
    said = "This row is not in the file. Nothing in the plan is changed by that."
    return Difference("not returned", table.listing.source, line.key, ref, text, remark=said)
