"""The parts of a series' chart: what is drawn, as plain values. Days are ordinals; numbers are in the results' unit."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from spp_desktop.figures.control.chart import Assurance, Icon, PointType
from spp_desktop.figures.control.rules import ControlLimits, ControlRule
from spp_desktop.figures.rag.colours import Look

LineRole = Literal["result", "mean", "limit", "target", "trajectory"]


@dataclass(frozen=True, slots=True)
class Spot:
    """A period with its result, or without one (``value`` is then ``None``), and all that is known of it.

    Attributes:
        first, last: the period, both days included.
        state: "provisional", "final", "revised", "not available"; "" where there is none.
        kind, rule: what the control chart makes of it.
        mean, limits: what that is by; ``None`` where there are none.
        aim: what the trajectory has for the period.
        counted, of: what the result is made of, where that is known.
        line: whose result it is, where there are those of several populations.
        words: all of it, in sentences.
    """

    first: date
    last: date
    value: float | None
    state: str
    kind: PointType = "common_cause"
    rule: ControlRule = "none"
    mean: float | None = None
    limits: ControlLimits | None = None
    aim: float | None = None
    counted: float | None = None
    of: float | None = None
    line: str = ""
    words: str = ""

    @property
    def middle(self) -> float:
        """The middle of the period, as an ordinal day: where it is drawn."""
        return (self.first.toordinal() + self.last.toordinal() + 1) / 2

    @property
    def hollow(self) -> bool:
        """Whether it is drawn open: it is not final yet."""
        return self.state == "provisional"


@dataclass(frozen=True, slots=True)
class ChartLine:
    """A line through (ordinal day, value) pairs; ``name`` stands at its end where there are several of its role."""

    role: LineRole
    points: tuple[tuple[float, float], ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Divider:
    """A day from which the series is counted or judged anew, and the words beside its line."""

    day: date
    label: str


@dataclass(frozen=True, slots=True)
class Flag:
    """The number of a note, at its day."""

    day: date
    number: int


@dataclass(frozen=True, slots=True)
class ChartKey:
    """What one kind of line, of point, or both together mean."""

    words: str
    line: LineRole | None = None
    point: PointType | None = None
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class SeriesChart:
    """The chart of one series, decided.

    Attributes:
        key, area_key: the indicator's key and the area's, "" for the force.
        title: what it shows, where, in what unit, and whether it is illustrative.
        name, area: the indicator's reference and title, and the area's title ("" for the force), for small charts.
        unit: what the scale counts, such as "recorded crimes".
        by: how long its periods are: "by month"; "" where they differ.
        first, last: the days at the ends of the time axis.
        low, high: the ends of the scale.
        legend: what its lines and marks mean, as far as they are there.
        said: the answers: the judgement in its sentence, the change from last year, a remark.
        notes: what is printed under it.
        look: the colour against the target. ``variation``, ``assurance``: the icons, or ``None``.
        latest: the place of the last spot with a value, or ``None``; ``latest_words`` say its figure and period.
        empty: what to do where there are no results; "" where there are.
    """

    key: str
    area_key: str
    title: str
    name: str
    area: str
    unit: str
    by: str
    first: date
    last: date
    low: float
    high: float
    spots: tuple[Spot, ...]
    lines: tuple[ChartLine, ...]
    dividers: tuple[Divider, ...]
    flags: tuple[Flag, ...]
    legend: tuple[ChartKey, ...]
    said: tuple[str, ...]
    notes: tuple[str, ...]
    look: Look
    variation: Icon | None
    assurance: Assurance | None
    latest: int | None
    latest_words: str
    empty: str
