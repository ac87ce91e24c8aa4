"""What is accepted of all files, as the kinds of row take it."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from spp_desktop.edits.differences import EMPTY, Difference
from spp_desktop.edits.reviewing import Review
from spp_desktop.edits.sources.listed import POSTS
from spp_desktop.edits.sources.source import AcceptedCell, IssueScope, KeysByTitle, NewRow, RowSource
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.returns.definition import Value


@dataclass(frozen=True)
class AcceptedDifference:
    """One difference that is accepted, and the value that is to stand in the plan; of a new row, where it belongs."""

    review: Review
    difference: Difference
    value: Value


@dataclass(frozen=True)
class Accepted:
    """All that is accepted, from however many files, by kind of row."""

    cells: Mapping[RowSource, Sequence[AcceptedCell]]
    rows: Sequence[tuple[RowSource, NewRow]]


def gathered(keys: KeysByTitle, chosen: Sequence[AcceptedDifference]) -> Accepted:
    """All that is accepted, as the kinds of row take it. ``keys`` are those of the titles that cells name.

    Raises:
        RuleBroken: if one names what the plan has no more.
    """
    cells: dict[RowSource, list[AcceptedCell]] = {}
    rows = []
    for choice in chosen:
        source = choice.difference.source
        if choice.difference.kind == "new row":
            rows.append((source, _new_row(choice, keys)))
            continue
        cells.setdefault(source, []).append(_cell(choice, keys))
    return Accepted(cells, rows)


def take_in(session: Session, accepted: Accepted) -> None:
    """Put what was accepted into the plan.

    Raises:
        RuleBroken: at the first value that breaks a rule; the caller rolls all of it back.
    """
    for source, cells in accepted.cells.items():
        source.take(session, cells)
    for source, row in accepted.rows:
        source.add(session, row)


def clashing(keys: KeysByTitle, chosen: Sequence[AcceptedDifference]) -> dict[int, str]:
    """What of all that is accepted cannot be taken in beside the rest, by its place, and why in a sentence.

    That are different answers for one cell, both of them, and what names something that the plan has no more.
    """
    out: dict[int, str] = {}
    first: dict[tuple[RowSource, Hashable], int] = {}
    for n, choice in enumerate(chosen):
        try:
            if choice.difference.kind == "new row":
                _new_row(choice, keys)
                continue
            place = choice.difference.source, choice.difference.source.place_of(_cell(choice, keys))
        except RuleBroken as problem:
            out[n] = str(problem)
            continue
        earlier = chosen[first.setdefault(place, n)]
        if earlier.value != choice.value:
            out |= dict.fromkeys((first[place], n), _which(earlier, choice))
    return out


def _which(first: AcceptedDifference, second: AcceptedDifference) -> str:
    """What is asked about two answers for one cell."""
    return (
        f"Two different answers are accepted: “{first.difference.returned_text or EMPTY}” in {first.review.called} and "
        f"“{second.difference.returned_text or EMPTY}” in {second.review.called}. Refuse one of them."
    )


def _cell(choice: AcceptedDifference, keys: KeysByTitle) -> AcceptedCell:
    difference = choice.difference
    column, value = difference.source.stored(keys, difference.field, choice.value)
    scope, post = IssueScope.of(choice.review.identity), _post(choice, keys)
    return AcceptedCell(difference.key, difference.field, column, value, scope, post)


def _post(choice: AcceptedDifference, keys: KeysByTitle) -> str | None:
    """The key of the post that answers: the one the return went to, or else the row's lead."""
    return keys[POSTS.name].get(choice.review.identity.owner or choice.difference.lead)


def _new_row(choice: AcceptedDifference, keys: KeysByTitle) -> NewRow:
    """A proposed row with its columns as the plan keeps them, and where a person said that it belongs."""
    source, values = choice.difference.source, dict(choice.difference.row)
    if source.parent is not None:
        values[source.parent.field] = choice.value
    columns = dict(source.stored(keys, name, value) for name, value in values.items() if value is not None)
    return NewRow(columns, IssueScope.of(choice.review.identity), _post(choice, keys))
