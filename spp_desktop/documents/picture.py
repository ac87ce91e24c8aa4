"""A picture as frozen values: lines, bars, marks and words on a sheet, each with the role that says its colour.

Lengths are in points, counted from the upper left corner. Whatever draws it (SVG in a page, a picture in a document)
takes its colours from the roles, so that dark and light, print and forced colours can each have their own.
"""

from dataclasses import dataclass
from typing import Literal

PictureRole = Literal[
    "ink",  # words and axes
    "quiet",  # words of less weight
    "grid",  # lines behind what is drawn, which nobody needs to see
    "result",  # what was measured
    "target",
    "trajectory",
    "mean",
    "limit",
    "good",  # green, red and amber: against a target
    "bad",
    "watch",
    "improvement",  # of a control chart: blue, orange and violet, never green and red
    "concern",
    "neither",
    "paper",  # the inside of an open mark
]
Anchor = Literal["start", "middle", "end"]
MarkShape = Literal["dot", "open dot", "diamond", "square", "triangle"]


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through points; ``dashed`` in lengths of dash and gap, () for a whole one."""

    points: tuple[tuple[float, float], ...]
    role: PictureRole
    width: float = 1
    dashed: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class FilledBar:
    """A filled rectangle: its upper left corner, its width and height."""

    left: float
    top: float
    width: float
    height: float
    role: PictureRole


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark at a point, with a size across; ``words`` tell the figure that it stands for, on hover and by voice."""

    x: float
    y: float
    shape: MarkShape
    role: PictureRole
    size: float = 6
    words: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """Words; ``y`` is the line that the letters stand on, ``x`` where they begin, have their middle or end."""

    x: float
    y: float
    text: str
    anchor: Anchor = "start"
    role: PictureRole = "ink"
    size: float = 9
    strong: bool = False


PictureShape = Stroke | FilledBar | Mark | Label


@dataclass(frozen=True, slots=True)
class VectorPicture:
    """A picture: its size and its shapes, those drawn below others first. ``title`` names it."""

    title: str
    width: float
    height: float
    shapes: tuple[PictureShape, ...]
