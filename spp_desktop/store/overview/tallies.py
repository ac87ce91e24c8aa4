"""What a part of the overview says, as plain values: a small table of numbers, each with the rows that it counts.

A number is the length of the list behind it and nothing else, so that the two cannot differ.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date


@dataclass(frozen=True, slots=True)
class RowBehind:
    """A row that a number counts.

    Attributes:
        kind: what it is: the name of its table, or "step" (of the history), "gone" (a row that a step removed),
            "finding" (of the checks), "issue" (of a return that went out), "round" (a return of a period).
        key: its key among those of its kind.
        ref: its reference, where it has one.
        text: its words.
        owner: who answers for it, the lead first.
        state: how it stands, in a word.
        day: the day that it is about: when it is due, or when something happened to it.
        words: why it is counted here, and what else is to be known of it.
        part_of: the key of what it is shown with, where it has no place of its own: of a milestone its activity, of a
            target its indicator, of a row that is gone the step that removed it.
        about: the keys of the rows of the plan that it is about, where that is neither itself nor what it is part of:
            of a finding its rows, of an issue the post that it went to, by name.
    """

    kind: str
    key: str
    ref: str = ""
    text: str = ""
    owner: str = ""
    state: str = ""
    day: date | None = None
    words: str = ""
    part_of: str = ""
    about: tuple[str, ...] = ()

    @property
    def stands_for(self) -> tuple[str, ...]:
        """The keys of the rows of the plan by which it is one post's; none for what is of the whole plan."""
        return self.about if self.kind in _OF_NO_ROW else (self.key, self.part_of)


_OF_NO_ROW = frozenset({"step", "round", "finding", "issue"})

RowsBehind = Sequence[RowBehind]
"""The rows behind a number."""


@dataclass(frozen=True, slots=True)
class TallyMark:
    """The shape and the colours, on white and on dark, that stand beside a word: never alone."""

    shape: str
    colour: str
    dark_colour: str


@dataclass(frozen=True, slots=True)
class TallyHead:
    """What one column of numbers counts.

    Attributes:
        title: in a word or two.
        mark: how that word is drawn elsewhere.
        alert: whether a number above nought is to be noticed. The title says why.
        total: whether it counts what the columns before it count together.
    """

    title: str
    mark: TallyMark | None = None
    alert: bool = False
    total: bool = False


@dataclass(frozen=True, slots=True)
class TallyLine:
    """A line of numbers: of what, and the rows behind each, by column."""

    title: str
    cells: tuple[RowsBehind, ...]
    mark: TallyMark | None = None


@dataclass(frozen=True, slots=True)
class TallyTable:
    """What a part of the overview says.

    Attributes:
        heads: the columns; one without a title where a line has one number.
        lines: the lines of numbers.
        note: what must be known of them, such as the days between which something is counted.
        named: the rows that are named on the page itself, the gravest first.
        empty: why there is nothing to count, in place of lines.
    """

    heads: tuple[TallyHead, ...] = ()
    lines: tuple[TallyLine, ...] = ()
    note: str = ""
    named: RowsBehind = ()
    empty: str = ""


def listed_lines(*lines: tuple[str, RowsBehind], marks: tuple[TallyMark | None, ...] = ()) -> tuple[TallyLine, ...]:
    """Lines of one number each, with the marks that belong to them, if any do."""
    return tuple(TallyLine(title, (rows,), marks[at] if marks else None) for at, (title, rows) in enumerate(lines))


def confined(table: TallyTable, holds: Callable[[Collection[str]], bool]) -> TallyTable:
    """A table of those rows alone that are to be counted; lines of several numbers that count none go.

    Args:
        table: the table.
        holds: whether rows of these keys are counted.
    """

    def kept(rows: RowsBehind) -> RowsBehind:
        """Those rows that are counted."""
        return tuple(row for row in rows if holds(row.stands_for))

    lines = [replace(line, cells=tuple(map(kept, line.cells))) for line in table.lines]
    if len(table.heads) > 1:
        lines = [line for line in lines if any(line.cells)]
    return replace(table, lines=tuple(lines), named=kept(table.named))


ONE = (TallyHead(""),)
"""The head of a table whose lines have one number each."""


@dataclass(frozen=True, slots=True)
class CountedTime:
    """A time for which something is counted: its first and last day, and what it is called."""

    first: date
    last: date
    title: str


@dataclass(frozen=True, slots=True)
class OverviewAsk:
    """What the overview is to be of.

    Attributes:
        year: the first calendar year of the financial year whose activities are counted by status.
        since: from this day on it is counted what changed; ``None`` for the first day of the period that runs.
        within: so many days ahead what is due is counted.
    """

    year: int
    since: date | None = None
    within: int = 30
