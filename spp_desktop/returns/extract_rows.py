"""The rows of an extract, read through a mapping of its columns, a block at a time.

A row that cannot be read is named with its cell and why; it is never read as something that it may have meant. What
stands in many cells alike is read once.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import repeat
from typing import Any, NamedTuple, cast

from spp_desktop.plan.kinds import Doubt, Rate
from spp_desktop.plan.kinds.days import read_day
from spp_desktop.plan.kinds.spelling import fold
from spp_desktop.plan.periods import month_end
from spp_desktop.returns.blocks import BlockCell, parts, shown
from spp_desktop.returns.column_mapping import FIGURE_ROLES, ColumnMapping, Role
from spp_desktop.returns.period_text import (
    NoPeriod,
    PeriodColumn,
    period_of_day,
    period_of_parts,
    period_of_text,
)

_MOST_KNOWN = 50_000
_EXACT_DIGITS, _ISO_DAY, _SHOWN, _LONGEST = 12, 10, 60, 100
_YEARS_BEFORE, _YEARS_AFTER = 20, 10
_STATES = {
    "provisional": "provisional", "prov": "provisional", "p": "provisional", "final": "final", "f": "final",
    "revised": "revised", "r": "revised", "not available": "not available",
}  # fmt: skip

FIGURE = Rate(no_figure="choose “not available” as the state")
"""The kind of cell that holds a figure; a share is so many per cent."""

Span = tuple[str, str]
"""The first and the last day of a period, as ISO texts."""


class Unread(NamedTuple):
    """A cell, and with it its row, that cannot be read: its column (0 for the whole row), and why in a sentence."""

    column: int
    said: str


class Line(NamedTuple):
    """One result as an extract gives it: its figures, of what it is, and where it stands. Days are ISO texts."""

    indicator: str
    area: str
    population: str
    first: str
    last: str
    value: float | None
    numerator: float | None
    denominator: float | None
    sample_size: float | None
    design_effect: float | None
    state: str
    row: int
    column: int


@dataclass
class Batch:
    """Rows of a file: what was read, what was not and where, and how many rows had no figure at all.

    ``lines`` may be gone through once. ``rows`` counts all rows; ``hidden`` those that a filter or a hand has hidden,
    which come in like others.
    """

    lines: Iterable[Line | tuple[Any, ...]] = ()
    unread: list[tuple[int, Unread]] = field(default_factory=list)
    rows: int = 0
    empty: int = 0
    hidden: int = 0


class Known(dict[Any, Any]):
    """What cells say, each read when it is first met."""

    def __init__(self, read: Callable[[Any], Any]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, key: Any) -> Any:
        found = self._read(key)
        if len(self) < _MOST_KNOWN:
            self[key] = found
        return found


class BlockReader:
    """Reads the blocks of one sheet.

    Args:
        mapping: What its columns hold.
        headings: Its headings.
        first_year: The first year of the plan; periods far from it are taken for slips of the keyboard.

    Attributes:
        columns: The columns that a block must hold, in this order.
    """

    def __init__(self, mapping: ColumnMapping, headings: Sequence[str], first_year: int) -> None:
        placed, across = mapping.placed(headings)
        self._across = [(place, (period.first.isoformat(), period.last.isoformat())) for place, period in across]
        self.columns = tuple(sorted({*placed.values(), *(place for place, _ in across)}))
        self._at = {place: n for n, place in enumerate(self.columns)}
        self._roles = placed
        self._result_place = next((placed[role] for role in _FIGURES if role in placed), 0)
        self._periods = Periods(placed, first_year)
        self._state = mapping.state
        self._numbers = {role: Known(_number(placed[role])) for role in _FIGURES if role in placed}
        self._positive = _POSITIVE.keys() & placed.keys()
        self._under = Known(_number(0))
        self._said: dict[Role, Known] = {
            role: Known(_text(placed.get(role, 0), wanted)) for role, wanted in _WANTED.items()
        }
        self._states = Known(_state(placed.get("state", 0), mapping.state))

    def read(self, block: dict[str, Any]) -> Batch:
        """What the rows of a block say."""
        cells, rows = block["cells"], block["rows"]
        batch = Batch(rows=len(rows), hidden=block["hidden"])
        said = [self._column(known, role, cells, rows, "") for role, known in self._said.items()]
        states = self._column(self._states, "state", cells, rows, self._state)
        if self._across:
            batch.lines = self._lines_across(batch, block, [*said, states])
            return batch
        figures = [self._column(self._numbers.get(role), role, cells, rows, None) for role in _FIGURES]
        spans = self._periods.read(cells, self._at)
        place = self._result_place
        if self._plain(said, figures, spans, states):
            firsts, lasts = zip(*spans, strict=True)
            batch.lines = zip(*said, firsts, lasts, *figures, states, rows, repeat(place), strict=False)
        else:
            each = zip(rows, zip(*said, strict=True), spans, zip(*figures, strict=True), states, strict=True)
            batch.lines = self._lines(batch, each)
        return batch

    def _column(
        self, known: "Known | None", role: Role, cells: list[list[BlockCell]], rows: Sequence[int], otherwise: Any
    ) -> list[Any]:
        """What the cells of a column say; the same for all rows, where there is no such column."""
        if known is None or role not in self._roles:
            return [otherwise] * len(rows)
        return list(map(known.__getitem__, cells[self._at[self._roles[role]]]))

    def _plain(
        self, said: Sequence[list[Any]], figures: Sequence[list[Any]], spans: list[Any], states: list[Any]
    ) -> bool:
        """Whether all rows are whole, so that none need be looked at by itself."""
        if not spans or any(set(map(type, column)) != {str} for column in (*said, states)):
            return False
        used = [column for role, column in zip(_FIGURES, figures, strict=True) if role in self._roles]
        if set(map(type, spans)) != {tuple} or any(set(map(type, column)) != {float} for column in used):
            return False
        above_nought = [column for role, column in zip(_FIGURES, figures, strict=True) if role in self._positive]
        return "not available" not in states and all(min(column) > 0 for column in above_nought)

    def _lines(self, batch: Batch, rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
        """Each row that can be read, as a ``Line`` is made; the others are counted and named."""
        for row, said, span, figures, state in rows:
            if figures[:-1] == _NO_FIGURES and state != "not available":
                batch.empty += 1
            elif unread := self._wrong(said, span, figures, state):
                batch.unread.append((row, unread))
            else:
                yield (*said, *span, *figures, state, row, self._result_place)

    def _lines_across(
        self, batch: Batch, block: dict[str, Any], said: Sequence[list[Any]]
    ) -> Iterator[tuple[Any, ...]]:
        """Results of rows that have one under each period."""
        cells, rows = block["cells"], block["rows"]
        effects = self._column(self._numbers.get("design_effect"), "design_effect", cells, rows, None)
        columns = [(place, span, list(map(self._under.__getitem__, cells[self._at[place]])))
                   for place, span in self._across]  # fmt: skip
        for n, row in enumerate(rows):
            figures = [(place, span, column[n]) for place, span, column in columns if column[n] is not None]
            *texts, state = (column[n] for column in said)
            if not figures:
                batch.empty += 1
            elif unread := self._wrong(texts, (), (None, None, None, None, effects[n]), state):
                batch.unread.append((row, unread))
            else:
                for place, span, figure in figures:
                    if type(figure) is float and state != "not available":
                        yield (*texts, *span, figure, None, None, None, effects[n], state, row, place)
                    else:
                        batch.unread.append((row, _at(figure, place)))

    def _wrong(self, said: Sequence[Any], span: Sequence[Any], figures: Sequence[Any], state: Any) -> Unread | None:
        """Why a row cannot be read; ``None`` if it can."""
        found = next((one for one in (*figures, *said, span, state) if isinstance(one, Unread)), None)
        if found is not None:
            return found
        value, above, below, *_ = figures
        roles = self._roles
        if "numerator" in roles and "denominator" in roles and (above is None) != (below is None):
            blank: Role = "denominator" if below is None else "numerator"
            return Unread(roles[blank], "Only half of the result is there: the other half is blank.")
        for role, figure in zip(_FIGURES, figures, strict=True):
            if role in _POSITIVE and figure is not None and figure <= 0:
                return Unread(roles[role], f"{_POSITIVE[role]} must be above 0.")
        if state == "not available" and any(one is not None for one in (value, above, below)):
            return Unread(roles["state"], "A result that is not available has no figure.")
        return None


_WANTED: dict[Role, str] = {"indicator": "indicator", "area": "area", "population": ""}
_FIGURES: tuple[Role, ...] = (*FIGURE_ROLES, "design_effect")
_NO_FIGURES = (None,) * len(FIGURE_ROLES)
_POSITIVE: dict[Role, str] = {
    "denominator": "What it is counted of",
    "sample_size": "The number of answers",
    "design_effect": "The design effect",
}


def _at(figure: Any, place: int) -> Unread:
    said = figure.said if isinstance(figure, Unread) else "A result that is not available has no figure."
    return Unread(place, said)


def readable(cell: BlockCell, place: int) -> str | Unread:
    """A cell's text; why not, if it holds an error, or a formula whose result is not in the file."""
    if cell is None:
        return ""
    kind, value, _ = parts(cell)
    if kind == "error":
        return Unread(place, f"The cell holds the error {value}.")
    if kind == "formula":
        return Unread(
            place, "The cell holds a formula whose result is not in the file. Open the file in Excel and save it."
        )
    return shown(cell)


def _number(place: int) -> Callable[[BlockCell], float | Unread | None]:
    """A reader of the numbers in a column: nothing for a blank; a share is so many per cent."""

    def read(cell: BlockCell) -> float | Unread | None:
        """The number of one cell, or why it is none."""
        if cell is None:
            return None
        kind, value, form = parts(cell)
        if kind == "number":
            return float(f"{value * 100:.{_EXACT_DIGITS}g}") if "%" in form else float(value)
        text = readable(cell, place)
        if isinstance(text, Unread):
            return text
        if not fold(text):
            return None
        value = FIGURE.read(text)
        return Unread(place, value.sentence) if isinstance(value, Doubt) else float(value)

    return read


def _text(place: int, wanted: str) -> Callable[[BlockCell], str | Unread]:
    """A reader of the texts in a column; where one is ``wanted``, a blank is none; else it is as long as it may be."""

    def read(cell: BlockCell) -> str | Unread:
        """The text of one cell, or why it will not do."""
        text = readable(cell, place)
        if wanted:
            return text or Unread(place, f"There is a figure, but no {wanted}.")
        if not isinstance(text, Unread) and len(text) > _LONGEST:
            return Unread(place, f"“{text[:_SHOWN]}…” is too long for the name of a population.")
        return text

    return read


def _state(place: int, usual: str) -> Callable[[BlockCell], str | Unread]:
    """A reader of a column of states; a blank is the usual one."""

    def read(cell: BlockCell) -> str | Unread:
        """The state of one cell, or why it is none."""
        text = readable(cell, place)
        if isinstance(text, Unread):
            return text
        return (_STATES.get(fold(text), "") if text else usual) or Unread(
            place, f"“{text[:_SHOWN]}” is no state; write provisional, final, revised or not available."
        )

    return read


class Periods:
    """Reads the periods of rows, in the way in which their columns say them."""

    def __init__(self, columns: dict[Role, int], first_year: int) -> None:
        self._years = range(first_year - _YEARS_BEFORE, first_year + _YEARS_AFTER)
        part: Role | None = next((role for role in ("month", "quarter") if role in columns), None)
        if "from" in columns and "to" in columns:
            self._places: tuple[int, ...] = (columns["from"], columns["to"])
            read: Callable[[Any], Any] = self._between
        elif "year" in columns and part is not None:
            self._places = (columns["year"], columns[part])
            read = self._of_parts
        else:
            role: Role | None = next((role for role in ("month", "quarter", "year", "period") if role in columns), None)
            self._places = () if role is None else (columns[role],)
            part, read = role, self._alone
        self._kind = cast("PeriodColumn", "any" if part in (None, "period") else part)
        self._known = Known(read)

    def read(self, cells: list[list[BlockCell]], at: dict[int, int]) -> list[Span | Unread]:
        """The period of each row of a block."""
        columns = [cells[at[place]] for place in self._places]
        keys: Iterable[Any] = columns[0] if len(columns) == 1 else zip(*columns, strict=True)
        return list(map(self._known.__getitem__, keys))

    def _alone(self, cell: BlockCell) -> Span | Unread:
        """A period that stands in one cell."""
        place = self._places[0]
        text = self._wanted(cell, place, "period" if self._kind == "any" else self._kind)
        if isinstance(text, Unread):
            return text
        try:
            kind, value, _ = parts(cast("str | float", cell))
            if kind == "date":
                return self._checked(*period_of_day(date.fromisoformat(value[:_ISO_DAY]), self._kind), place)
            return self._checked(*period_of_text(text, self._kind), place)
        except NoPeriod as problem:
            return Unread(place, str(problem))

    def _of_parts(self, key: tuple[BlockCell, BlockCell]) -> Span | Unread:
        """A period whose year, and whose month or quarter, stand in two cells."""
        year = self._wanted(key[0], self._places[0], "year")
        part = self._wanted(key[1], self._places[1], self._kind)
        if isinstance(year, Unread):
            return year
        if isinstance(part, Unread):
            return part
        try:
            return self._checked(*period_of_parts(year, part, self._kind), self._places[1])
        except NoPeriod as problem:
            return Unread(self._places[1], str(problem))

    def _between(self, key: tuple[BlockCell, BlockCell]) -> Span | Unread:
        """A period whose first and last days stand in two cells."""
        ends: list[tuple[date, date]] = []
        for cell, place, what in zip(key, self._places, ("first day", "last day"), strict=True):
            text = self._wanted(cell, place, what)
            found = text if isinstance(text, Unread) else _day(cast("str | float", cell), text, place)
            if isinstance(found, Unread):
                return found
            ends.append(found)
        return self._checked(ends[0][0], ends[1][1], self._places[1])

    def _wanted(self, cell: BlockCell, place: int, what: str) -> str | Unread:
        return readable(cell, place) or Unread(place, f"There is a figure, but no {what}.")

    def _checked(self, first: date, last: date, place: int) -> Span | Unread:
        """A period as ISO texts, if it is near the years of the plan."""
        if last < first:
            return Unread(place, "The period ends before it begins.")
        if first.year not in self._years or last.year not in self._years:
            return Unread(place, f"{first:%d/%m/%Y} to {last:%d/%m/%Y} is far from the years of the plan.")
        return first.isoformat(), last.isoformat()


def _day(cell: str | float, text: str, place: int) -> tuple[date, date] | Unread:
    """The day in a cell, twice; the first and the last, where it holds a month."""
    kind, value, _ = parts(cell)
    if kind == "date":
        day = date.fromisoformat(value[:_ISO_DAY])
        return day, day
    read = read_day(text)
    if not isinstance(read, Doubt):
        return read, read
    try:
        first = period_of_text(text, "month").first
    except NoPeriod:
        return Unread(place, read.sentence)
    return first, month_end(first)
