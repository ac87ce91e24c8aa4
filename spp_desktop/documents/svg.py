"""A picture as SVG: in a page, whose style sheet colours it, and as a file with colours of its own.

In a page each shape has the classes ``fill-ROLE`` and ``line-ROLE``, so that dark, forced colours and print each have
theirs. The file is for renderers that know neither style sheets nor what a person prefers: it has the colours for white
paper.
"""

import re
from collections.abc import Callable, Iterator
from html import escape

from spp_desktop.documents.colours import PICTURE_COLOURS
from spp_desktop.documents.picture import (
    FilledBar,
    Label,
    Mark,
    MarkShape,
    PictureRole,
    PictureShape,
    Stroke,
    VectorPicture,
)

_Paint = Callable[[PictureRole | None, PictureRole | None], str]
"""Gives the attributes that colour a shape: of the role of its inside and that of its line, ``None`` for neither."""

_BLANKS = re.compile(r"[\v\f\x1c-\x1f\x85\u2028\u2029]")
"""What parts words and stands in neither HTML nor XML, such as the line break of a cell that came from Word."""
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2029\u202f-\u2065\u206a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What neither can hold, and marks of direction, which would turn around the words behind them; PDFs lack them, too."""

_CORNERS: dict[MarkShape, tuple[tuple[float, float], ...]] = {
    "diamond": ((0, -0.6), (0.6, 0), (0, 0.6), (-0.6, 0)),
    "square": ((-0.45, -0.45), (0.45, -0.45), (0.45, 0.45), (-0.45, 0.45)),
    "triangle": ((0, -0.6), (0.55, 0.4), (-0.55, 0.4)),
}
"""Corners of the marks that are not round, as shares of their size; all of about the same weight to the eye."""


def escaped(text: str) -> str:
    """A text as it stands in HTML or XML, in an element as in an attribute, without what neither can hold."""
    return escape(_UNPRINTABLE.sub("", _BLANKS.sub(" ", text)))


def svg_of(picture: VectorPicture, alternative: str = "", family: str = "sans-serif") -> str:
    """A picture as a file of SVG, with the colours for white paper; its unit of length is the point.

    Args:
        picture: what is drawn.
        alternative: what it says in words; "" where whatever holds it says so.
        family: the family of its letters, or several, separated by commas.
    """
    described = f"<title>{escaped(picture.title)}</title>" + (
        f"<desc>{escaped(alternative)}</desc>" if alternative else ""
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {_sized(picture)} font-family="{escaped(family)}">'
        f"{described}{''.join(_drawn(picture, _fixed))}</svg>"
    )


def svg_in_page(picture: VectorPicture, alternative: str, name: str) -> str:
    """A picture as it stands in a page, named by its title and described by what it says in words.

    Args:
        picture: what is drawn.
        alternative: what it says in words.
        name: begins the ids of its title and description; no other picture of the page has it.
    """
    title, described = f"{escaped(name)}-title", f"{escaped(name)}-words"
    return (
        f'<svg class="picture" role="img" aria-labelledby="{title} {described}" {_sized(picture, "pt")}>'
        f'<title id="{title}">{escaped(picture.title)}</title><desc id="{described}">{escaped(alternative)}</desc>'
        f"{''.join(_drawn(picture, _classed))}</svg>"
    )


def _sized(picture: VectorPicture, unit: str = "") -> str:
    width, height = _length(picture.width), _length(picture.height)
    return f'viewBox="0 0 {width} {height}" width="{width}{unit}" height="{height}{unit}"'


def _fixed(fill: PictureRole | None, line: PictureRole | None) -> str:
    painted = f'fill="{PICTURE_COLOURS[fill].light if fill else "none"}"'
    return f'{painted} stroke="{PICTURE_COLOURS[line].light}"' if line else painted


def _classed(fill: PictureRole | None, line: PictureRole | None) -> str:
    names = " ".join([*([f"fill-{fill}"] if fill else ()), *([f"line-{line}"] if line else ())])
    return f'class="{names}"' if fill else f'fill="none" class="{names}"'


def _drawn(picture: VectorPicture, paint: _Paint) -> Iterator[str]:
    for shape in picture.shapes:
        yield _element(shape, paint)


def _element(shape: PictureShape, paint: _Paint) -> str:
    match shape:
        case Stroke():
            dashes = f' stroke-dasharray="{" ".join(map(_length, shape.dashed))}"' if shape.dashed else ""
            return (
                f'<polyline points="{_points(shape.points)}" {paint(None, shape.role)} '
                f'stroke-width="{_length(shape.width)}" stroke-linejoin="round"{dashes}/>'
            )
        case FilledBar():
            return (
                f'<rect x="{_length(shape.left)}" y="{_length(shape.top)}" width="{_length(shape.width)}" '
                f'height="{_length(shape.height)}" {paint(shape.role, None)}/>'
            )
        case Mark():
            return _mark(shape, paint)
        case Label():
            weight = ' font-weight="700"' if shape.strong else ""
            return (
                f'<text x="{_length(shape.x)}" y="{_length(shape.y)}" font-size="{_length(shape.size)}"{weight} '
                f'text-anchor="{shape.anchor}" {paint(shape.role, None)}>{escaped(shape.text)}</text>'
            )


def _mark(mark: Mark, paint: _Paint) -> str:
    """A mark; its words stand in it as a title, which a browser shows below the pointer."""
    words = f"<title>{escaped(mark.words)}</title>" if mark.words else ""
    if mark.shape in _CORNERS:
        corners = ((mark.x + x * mark.size, mark.y + y * mark.size) for x, y in _CORNERS[mark.shape])
        return f'<polygon points="{_points(tuple(corners))}" {paint(mark.role, None)}>{words}</polygon>'
    at = f'cx="{_length(mark.x)}" cy="{_length(mark.y)}"'
    if mark.shape == "dot":
        return f'<circle {at} r="{_length(mark.size / 2)}" {paint(mark.role, None)}>{words}</circle>'
    line = mark.size / 5
    return (
        f'<circle {at} r="{_length((mark.size - line) / 2)}" {paint("paper", mark.role)} '
        f'stroke-width="{_length(line)}">{words}</circle>'
    )


def _points(points: tuple[tuple[float, float], ...]) -> str:
    return " ".join(f"{_length(x)},{_length(y)}" for x, y in points)


def _length(length: float) -> str:
    """A length with two places at most: 12, 0.5, never -0."""
    return f"{round(length, 2) + 0:.2f}".rstrip("0").rstrip(".")
