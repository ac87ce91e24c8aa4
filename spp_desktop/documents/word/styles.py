"""The styles of a Word document, as a table: a person who goes on editing changes a style, and all of its kind follows.

Lengths are in points. Letters are Arial, which every Windows has, and of which other systems have one as wide.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from spp_desktop.documents.colours import BADGE_COLOURS, PICTURE_COLOURS
from spp_desktop.documents.inline import BadgeColour
from spp_desktop.documents.word.lists import LEVELS, WordLists
from spp_desktop.documents.word.markup import root, w

FONT = "Arial"
SIZE = 12
"""In which people read without effort; tables are a little smaller."""
TABLE_SIZE = 11
INK = PICTURE_COLOURS["ink"].light[1:]
QUIET = PICTURE_COLOURS["quiet"].light[1:]
ACCENT, GROUND, RULE = "12355B", "EEF2F6", "C9D0D8"
"""Headings and the head of a table; the ground of what heads a group of rows; the lines between rows."""

TABLE = "PlanTable"
_HEADING_SIZES = (18, 15, 13, 12, 12, 12, 12, 12, 12)


@dataclass(frozen=True, slots=True)
class WordStyle:
    """A style of paragraphs or of characters.

    Attributes:
        name: what Word calls it; its own names are written small.
        based: the id of the style that it is made of.
        size, strong, ink, raised: its letters; ``None`` and "" for those of the style below it.
        before, after: the space above and below.
        left: how far its lines stand in.
        keep: whether it stays on one page with what follows.
        outline: its level among the headings from 0; ``None`` for none.
        alignment: "" for that of the style below it.
        following: the id of the style of the next paragraph that is typed; "" for the same.
        more: further properties of its paragraphs, in the order of the schema before its spacing.
    """

    name: str
    based: str = "Normal"
    size: float | None = None
    strong: bool | None = None
    ink: str = ""
    raised: bool = False
    before: float | None = None
    after: float | None = None
    left: float | None = None
    keep: bool = False
    outline: int | None = None
    alignment: Literal["", "left", "center", "right"] = ""
    following: str = ""
    more: str = ""


def heading_style(level: int, *, listed: bool = True) -> str:
    """The id of the style of headings of a level from 1; ``listed`` ones stand in the table of contents."""
    return f"{'' if listed else 'Unlisted'}Heading{min(level, LEVELS)}"


def badge_style(colour: BadgeColour) -> str:
    """The id of the style of words on a colour."""
    return f"Badge{colour.capitalize()}"


def _line(side: str) -> str:
    """A line above or below a paragraph."""
    return w("pBdr", w(side, val="single", sz=4, space=4, color=RULE))


PARAGRAPHS: Mapping[str, WordStyle] = {
    "Normal": WordStyle("Normal", "", ink=INK, after=6),
    "Title": WordStyle("Title", size=30, strong=True, ink=ACCENT, before=6, after=6, keep=True, following="Subtitle"),
    "Subtitle": WordStyle("Subtitle", size=17, ink=QUIET, after=14, following="Normal"),
    "Publisher": WordStyle("Publisher", size=13, ink=QUIET, after=6),
    "Illustrative": WordStyle(
        "Illustrative", before=6, after=14, more=w("shd", val="clear", color="auto", fill=GROUND)
    ),
    "DocumentFact": WordStyle("Document Fact", after=4),
    "Lead": WordStyle("Lead Paragraph", size=14, ink=ACCENT, after=10, following="Normal"),
    "ListBullet": WordStyle("List Bullet", after=3),
    "ListNumber": WordStyle("List Number", after=3),
    "Caption": WordStyle("caption", strong=True, ink=ACCENT, before=12, after=4, keep=True, following="Normal"),
    "Picture": WordStyle("Picture", after=6),
    "TableText": WordStyle("Table Text", size=TABLE_SIZE, before=2, after=2),
    "TableNumber": WordStyle("Table Number", "TableText", alignment="right"),
    "TableHeading": WordStyle("Table Heading", "TableText", strong=True, ink=ACCENT, keep=True),
    "TableGroup": WordStyle("Table Group", "TableText", strong=True, keep=True),
    "Header": WordStyle("header", size=10, ink=QUIET, after=0, more=_line("bottom")),
    "Footer": WordStyle("footer", size=10, ink=QUIET, after=0, more=_line("top")),
    "Marking": WordStyle("Protective Marking", strong=True, before=4, after=4, alignment="center"),
    "FootnoteText": WordStyle("footnote text", size=10, after=3),
    "SectionEnd": WordStyle("Section End", size=1, before=0, after=0),
}
CHARACTERS: Mapping[str, WordStyle] = {
    "Strong": WordStyle("Strong", "", strong=True),
    "Hyperlink": WordStyle("Hyperlink", "", ink=PICTURE_COLOURS["result"].light[1:]),
    "FootnoteReference": WordStyle("footnote reference", "", raised=True),
}


def part(language: str, lists: WordLists, width: float) -> str:
    """The part of the file that holds the styles.

    Args:
        language: of the text, as BCP 47 names it.
        lists: what the document counts: headings of which some are numbered are numbered by their style.
        width: of the text on a page, at whose right the page numbers of the contents stand.
    """
    letters = w("rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs=FONT)
    defaults = w("rPr", letters, *_sizes(SIZE), w("lang", val=language, eastAsia=language, bidi="ar-SA"))
    spaced = w("pPr", w("spacing", after=0, line=259, lineRule="auto"))
    return root(
        "styles",
        w("docDefaults", w("rPrDefault", defaults), w("pPrDefault", spaced)),
        *(_style("paragraph", key, style) for key, style in PARAGRAPHS.items()),
        *(_style("paragraph", key, style) for key, style in _headings(lists)),
        *(_style("paragraph", f"TOC{level}", _contents(level, width)) for level in range(1, LEVELS + 1)),
        _named("character", "DefaultParagraphFont", "Default Paragraph Font", default=True),
        *(_style("character", key, style) for key, style in CHARACTERS.items()),
        *map(_badge, BADGE_COLOURS),
        _named("numbering", "NoList", "No List", default=True),
        *_tables(),
    )


def _headings(lists: WordLists) -> Iterator[tuple[str, WordStyle]]:
    for level, size in enumerate(_HEADING_SIZES, 1):
        counted = lists.sections and level - 1 in lists.counted_levels
        number = w("numPr", w("ilvl", val=level - 1), w("numId", val=lists.sections)) if counted else ""
        space = max(22 - 5 * (level - 1), 9)
        yield (
            heading_style(level),
            WordStyle(
                f"heading {level}",
                size=size,
                strong=True,
                ink=ACCENT,
                before=space,
                after=max(8 - 2 * (level - 1), 4),
                keep=True,
                outline=level - 1,
                following="Normal",
                more=number,
            ),
        )
        unnumbered = w("numPr", w("numId", val=0)) if counted else ""
        yield (
            heading_style(level, listed=False),
            WordStyle(
                f"Unlisted Heading {level}",
                heading_style(level),
                outline=level - 1,
                following="Normal",
                more=unnumbered,
            ),
        )


def _contents(level: int, width: float) -> WordStyle:
    stop = w("tabs", w("tab", val="right", leader="dot", pos=round(width * 20)))
    return WordStyle(
        f"toc {level}",
        strong=level == 1,
        before=6 if level == 1 else 0,
        after=2,
        left=14 * (level - 1),
        following="Normal",
        more=stop,
    )


def _style(kind: str, key: str, style: WordStyle) -> str:
    return _named(
        kind,
        key,
        style.name,
        w("basedOn", val=style.based) if style.based else "",
        w("next", val=style.following) if style.following else "",
        w("qFormat"),
        w("pPr", *_of_paragraph(style)) if kind == "paragraph" else "",
        w("rPr", *_of_letters(style)),
        default=key == "Normal",
    )


def _named(kind: str, key: str, name: str, *inside: str, default: bool = False) -> str:
    attributes = {"default": "1"} if default else {}
    return w("style", w("name", val=name), *inside, type=kind, styleId=key, **attributes)


def _of_paragraph(style: WordStyle) -> Iterator[str]:
    if style.keep:
        yield w("keepNext")
        yield w("keepLines")
    yield style.more
    spaces = {"before": style.before, "after": style.after}
    spaced = {key: round(space * 20) for key, space in spaces.items() if space is not None}
    if spaced:
        yield w("spacing", **spaced)
    if style.left is not None:
        yield w("ind", left=round(style.left * 20))
    if style.alignment:
        yield w("jc", val=style.alignment)
    if style.outline is not None:
        yield w("outlineLvl", val=style.outline)


def _of_letters(style: WordStyle) -> Iterator[str]:
    if style.strong is not None:
        yield w("b", val=int(style.strong))
    if style.ink:
        yield w("color", val=style.ink)
    if style.size is not None:
        yield from _sizes(style.size)
    if style.name == "Hyperlink":
        yield w("u", val="single")
    if style.raised:
        yield w("vertAlign", val="superscript")


def _sizes(points: float) -> tuple[str, str]:
    """The size of letters, which Word keeps in halves of a point, for each kind of script."""
    return w("sz", val=round(points * 2)), w("szCs", val=round(points * 2))


def _badge(colour: BadgeColour) -> str:
    painted = BADGE_COLOURS[colour]
    letters = (
        w("b", val=1),
        w("color", val=painted.letters.light[1:]),
        w("bdr", val="single", sz=18, space=0, color=painted.ground.light[1:]),
        w("shd", val="clear", color="auto", fill=painted.ground.light[1:]),
    )
    return _named("character", badge_style(colour), f"Badge {colour.capitalize()}", w("qFormat"), w("rPr", *letters))


def _tables() -> Iterator[str]:
    """The style of tables: a line below each row, and two stronger ones round the head."""
    edges = ("top", 0), ("left", 5), ("bottom", 0), ("right", 5)
    margins = w("tblCellMar", *(w(side, w=round(points * 20), type="dxa") for side, points in edges))
    yield _named("table", "TableNormal", "Normal Table", w("tblPr", w("tblInd", w=0, type="dxa")), default=True)
    lines = (w(side, val="single", sz=4, space=0, color=RULE) for side in ("bottom", "insideH"))
    strong_lines = (w(side, val="single", sz=8, space=0, color=ACCENT) for side in ("top", "bottom"))
    head = w("tcPr", w("tcBorders", *strong_lines), w("vAlign", val="bottom"))
    yield _named(
        "table",
        TABLE,
        "Plan Table",
        w("basedOn", val="TableNormal"),
        w("qFormat"),
        w("tblPr", w("tblBorders", *lines), margins),
        w("tblStylePr", w("rPr", w("b")), head, type="firstRow"),
    )
