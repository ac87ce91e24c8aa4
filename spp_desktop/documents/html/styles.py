"""The style sheet of a page: what is the same for every document, its colours, what stands at the edges of paper."""

from collections.abc import Callable, Iterator
from importlib.resources import files

from spp_desktop.documents.blocks import Document
from spp_desktop.documents.colours import BADGE_COLOURS, CHANGE_COLOURS, PICTURE_COLOURS, PaperColours

PAGE_COLOURS = {
    "text": PICTURE_COLOURS["ink"],
    "faint": PICTURE_COLOURS["quiet"],
    "ground": PICTURE_COLOURS["paper"],
    "tint": PaperColours("#f2f5f8", "#1c2229"),
    "rule": PICTURE_COLOURS["grid"],
    "edge": PaperColours("#8a94a0", "#6b7683"),
    "accent": PaperColours("#12355b", "#a9cdf2"),
    "link": PaperColours("#0b5cad", "#6cb6ff"),
    "inserted": CHANGE_COLOURS["inserted"],
    "deleted": CHANGE_COLOURS["deleted"],
}
"""Colours of the page itself."""

_SYSTEM = {
    "paper": "Canvas",
    "grid": "GrayText",
    "result": "LinkText",
    "trajectory": "VisitedText",
}
"""Where a person has colours of their own: what a role in a picture is painted with; others as letters are."""


def style_sheet(document: Document, further: str) -> str:
    """The style sheet of a page.

    Args:
        document: the document; its furniture stands at the head and foot of each page of paper.
        further: rules that this page alone has.
    """
    fixed = (files("resources") / "documents" / "page.css").read_text("utf-8")
    return f"{_colours()}{fixed}{_edges(document)}{further}"


def _colours() -> str:
    """The colours of the page, of badges and of pictures: on white, on dark, and as a person has set them."""
    light, dark = (_properties(shade) for shade in (lambda pair: pair.light, lambda pair: pair.dark))
    badges = "".join(
        f".{name}{{background:var(--{name}-ground);color:var(--{name}-letters);border-color:var(--{name}-edge)}}"
        for name in BADGE_COLOURS
    )
    pictures = "".join(
        f".fill-{role}{{fill:var(--{role})}}.line-{role}{{stroke:var(--{role})}}" for role in PICTURE_COLOURS
    )
    system = "".join(f"--{role}:{_SYSTEM.get(role, 'CanvasText')};" for role in PICTURE_COLOURS)
    return (
        f":root{{color-scheme:light dark;{light}}}"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}"
        f"@media (forced-colors:active){{:root{{{system}}}}}{badges}{pictures}\n"
    )


def _properties(shade: Callable[[PaperColours], str]) -> str:
    return "".join(f"--{name}:{shade(colours)};" for name, colours in _named())


def _named() -> Iterator[tuple[str, PaperColours]]:
    yield from PAGE_COLOURS.items()
    yield from PICTURE_COLOURS.items()
    for name, badge in BADGE_COLOURS.items():
        yield f"{name}-ground", badge.ground
        yield f"{name}-letters", badge.letters
        yield f"{name}-edge", badge.edge


def _edges(document: Document) -> str:
    """What is printed in the margins of each page; on a cover the marking alone."""
    furniture = document.furniture
    boxes = {
        "top-left": _text(furniture.head),
        "top-center": _text(furniture.marking),
        "bottom-left": _text(furniture.foot),
        "bottom-center": _text(furniture.marking),
        "bottom-right": '"Page " counter(page) " of " counter(pages)',
    }
    every = "".join(f"@{box}{{content:{content}}}" for box, content in boxes.items())
    bare = "".join(f"@{box}{{content:none}}" for box in ("top-left", "bottom-left", "bottom-right"))
    return f"@page{{{every}}}\n" + (f"@page:first{{{bare}}}\n" if document.cover else "")


def _text(text: str) -> str:
    """A text as CSS has it, each sign that is no letter or figure by its number: nothing in it can end it."""
    words = "".join(sign if sign.isascii() and sign.isalnum() else f"\\{ord(sign):x} " for sign in text)
    return f'"{words}"'
