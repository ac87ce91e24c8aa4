"""The cells of an extract's rows, each read by what its column holds: figures with their marks, texts, states, days.

A cell that cannot be read is ``Unread``, with its column and why; it is never read as something that it may have meant.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from spp_desktop.plan.kinds import Doubt, Rate
from spp_desktop.plan.kinds.days import read_day
from spp_desktop.plan.kinds.spelling import fold, quoted
from spp_desktop.plan.periods import month_end
from spp_desktop.plan.results import ResultState
from spp_desktop.plan.shorthand import FORECASTS, STATES, Absence, absence, figure_unmarked
from spp_desktop.returns.blocks import BlockCell, parts, shown
from spp_desktop.returns.period_text import NoPeriod, period_of_text

_MOST_KNOWN = 50_000
_EXACT_DIGITS, _ISO_DAY, _SHOWN, _LONGEST = 12, 10, 60, 100
_PERCENT = 100.0
_STATES: Mapping[str, ResultState] = {
    **STATES, "final": "final", "f": "final", "not available": "not available",
    "suppressed": "suppressed", "c": "suppressed",
}  # fmt: skip

FIGURE = Rate(no_figure="choose “not available” as the state")
"""The kind of cell that holds a figure; a share is so many per cent."""


class Unread(NamedTuple):
    """A cell, and with it its row, that cannot be read: its column (0 for the whole row), and why in a sentence."""

    column: int
    sentence: str


class Marked(NamedTuple):
    """A figure with a mark behind it that says its state."""

    value: float
    state: ResultState


class Absent(NamedTuple):
    """No figure, and the sign that says why."""

    why: Absence
    sign: str


Figure = float | Marked | Absent | Unread | None


class Known(dict[Any, Any]):
    """What cells say, each read when it is first met."""

    def __init__(self, read: Callable[[Any], Any]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, key: Any) -> Any:
        meaning = self._read(key)
        if len(self) < _MOST_KNOWN:
            self[key] = meaning
        return meaning


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


def figures(place: int, times: float = 1.0) -> Callable[[BlockCell], Figure]:
    """A reader of the figures in a column: nothing for a blank; a share is so many per cent.

    Args:
        place: The column, counted from 1.
        times: What figures are multiplied by; a share that is written in per cent is none of one.
    """

    def scaled(value: float, *, share: bool) -> float:
        """The figure as the plan holds it."""
        if times == 1.0 or (share and times == _PERCENT):
            return value
        return float(f"{value * times:.{_EXACT_DIGITS}g}")

    def read(cell: BlockCell) -> Figure:
        """The figure of one cell, or why there is none."""
        if cell is None:
            return None
        kind, value, form = parts(cell)
        if kind == "number":
            share = "%" in form
            return scaled(float(f"{value * 100:.{_EXACT_DIGITS}g}") if share else float(value), share=share)
        text = readable(cell, place)
        if isinstance(text, Unread):
            return text
        return _of_text(text, place, scaled) if fold(text) else None

    return read


def _of_text(text: str, place: int, scaled: Callable[..., float]) -> Figure:
    """The figure that a text says."""
    why = absence(text)
    if why is not None:
        return Absent(why, text.strip())
    bare = figure_unmarked(text)
    if FORECASTS & set(bare.marks):
        return Unread(place, f"{quoted(text)} is a forecast, and no result.")
    value = FIGURE.read(bare.text)
    if isinstance(value, Doubt):
        return Unread(place, value.sentence)
    number = scaled(float(value), share="%" in bare.text)
    return number if bare.state is None else Marked(number, bare.state)


def texts(place: int, wanted: str) -> Callable[[BlockCell], str | Unread]:
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


def states(place: int, usual: str) -> Callable[[BlockCell], str | Unread]:
    """A reader of a column of states; a blank is the usual one."""

    def read(cell: BlockCell) -> str | Unread:
        """The state of one cell, or why it is none."""
        text = readable(cell, place)
        if isinstance(text, Unread):
            return text
        return (_STATES.get(fold(text).strip("[]()."), "") if text else usual) or Unread(
            place, f"“{text[:_SHOWN]}” is no state; write provisional, final, revised, not available or suppressed."
        )

    return read


def day_of(cell: str | float, text: str, place: int) -> tuple[date, date] | Unread:
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
