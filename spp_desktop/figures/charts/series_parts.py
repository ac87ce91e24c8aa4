"""The parts of a series' chart as plain values. Days on lines are ordinals; numbers are in the unit of the results."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from spp_desktop.figures.control.chart import Assurance, Icon, PointType
from spp_desktop.figures.control.rules import ControlLimits, ControlRule
from spp_desktop.figures.rag.colours import Look
from spp_desktop.figures.scale import Scale

LineRole = Literal["result", "mean", "limit", "target", "trajectory"]


@dataclass(frozen=True, slots=True)
class Spot:
    """A period on the chart, with its result if there is one.

    Attributes:
        first: The first day of the period.
        last: Its last day.
        value: The result; ``None`` without one.
        state: "provisional", "final", "revised" or "not available"; "" without a result.
        kind: The kind of point that it is on the control chart.
        rule: The rule of the control chart that it breaks.
        mean: The mean that it is judged by; ``None`` without one.
        limits: The limits that it is judged by; ``None`` without any.
        aim: The value of the trajectory for the period; ``None`` without one.
        counted: The numerator of the result, if it is known.
        of: The denominator of the result, if it is known.
        line: The population that the result is of; "" for all.
        words: The period and its result in sentences.
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
        """Whether the point is drawn open, because its result is not final yet."""
        return self.state == "provisional"


@dataclass(frozen=True, slots=True)
class ChartLine:
    """A line through (ordinal day, value) pairs; ``name`` is written at its end if there are several of its role."""

    role: LineRole
    points: tuple[tuple[float, float], ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Divider:
    """A day from which the series is counted or judged anew, and the label of its line."""

    day: date
    label: str


@dataclass(frozen=True, slots=True)
class Flag:
    """The number of an annotation, drawn at its day."""

    day: date
    number: int


@dataclass(frozen=True, slots=True)
class ChartKey:
    """An entry of the legend: the meaning of a kind of line, of a kind of point, or of both together."""

    words: str
    line: LineRole | None = None
    point: PointType | None = None
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class SeriesChart:
    """The chart of one series, with everything on it decided.

    Attributes:
        key: The key of the indicator.
        area_key: The key of the area, "" for the force.
        title: What the chart shows, where, in what unit, and whether it is illustrative.
        name: The reference and title of the indicator, for small charts.
        area: The title of the area, "" for the force, for small charts.
        unit: What the scale counts, such as "recorded crimes".
        by: The length of its periods, "by month"; "" where they differ.
        first: The first day of the time axis.
        last: The last day of the time axis.
        low: The lower end of the scale.
        high: The upper end of the scale.
        spots: The periods with their results, in order.
        lines: The lines, those drawn below others first.
        dividers: The days from which the series is counted or judged anew.
        flags: The numbers of annotations at their days.
        legend: The meaning of the lines and marks that are on the chart.
        answers: Sentences: the judgement, the change from last year, a remark.
        notes: The sentences printed under it.
        look: The colour against the target.
        variation: The variation icon, or ``None``.
        assurance: The assurance icon, or ``None``.
        latest: The place of the last spot with a value, or ``None``.
        latest_words: The figure and period of that spot.
        empty: What to do where there are no results; "" where there are.
        steps: What the numbers are called, where they are steps of a scale.
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
    answers: tuple[str, ...]
    notes: tuple[str, ...]
    look: Look
    variation: Icon | None
    assurance: Assurance | None
    latest: int | None
    latest_words: str
    empty: str
    steps: Scale | None = None
