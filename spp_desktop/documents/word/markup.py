"""Elements of WordprocessingML as text: names and attributes with their prefixes, and words that any XML can hold.

Word refuses a file in which the properties of a paragraph do not stand in the order of its schema; ``paragraph`` puts
them into it (ECMA-376, part 1, 17.3.1.26).
"""

import re

from spp_desktop.documents.svg import escaped

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
}
"""The namespaces of what stands in a document, by the prefixes that are used here."""

_ORDER = (
    *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "widowControl", "numPr", "pBdr", "shd", "tabs"),
    *("suppressAutoHyphens", "spacing", "ind", "contextualSpacing", "jc", "outlineLvl", "rPr", "sectPr"),
)
"""The properties of a paragraph that are used here, in the order of the schema."""

_BREAKS = re.compile("(\r\n|\r|\n|\t)")


def xml(name: str, /, *inside: str, **attributes: str | float) -> str:
    """An element; ``r_id`` is the attribute r:id. What stands inside is markup already."""
    written = "".join(f' {key.replace("_", ":")}="{escaped(str(value))}"' for key, value in attributes.items())
    content = "".join(inside)
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def w(name: str, /, *inside: str, **attributes: str | float) -> str:
    """An element of WordprocessingML, whose attributes have its prefix, too."""
    return xml(f"w:{name}", *inside, **{f"w_{key}": value for key, value in attributes.items()})


def root(name: str, *inside: str) -> str:
    """A whole part of the file, with the namespaces that it may use."""
    written = {f"xmlns_{prefix}": address for prefix, address in NAMESPACES.items()}
    return part(xml(f"w:{name}", *inside, **written))


def part(content: str) -> str:
    """A part of the file with its first line."""
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{content}'


def run(text: str, style: str = "") -> str:
    """Words in a style of characters; their line breaks and tabs are those of Word."""
    properties = w("rPr", w("rStyle", val=style)) if style else ""
    return w("r", properties, *map(_piece, _BREAKS.split(text))) if text else ""


def _piece(text: str) -> str:
    if not text:
        return ""
    if text == "\t":
        return w("tab")
    return w("br") if _BREAKS.fullmatch(text) else f'<w:t xml:space="preserve">{escaped(text)}</w:t>'


def field(instruction: str, result: str) -> str:
    """A field that Word works out, with the runs that it shows until then."""
    begin, end = field_ends(instruction)
    return begin + result + end


def field_ends(instruction: str) -> tuple[str, str]:
    """What stands before and behind what a field shows, which may be in several paragraphs."""
    begin, separate, end = (w("r", w("fldChar", fldCharType=kind)) for kind in ("begin", "separate", "end"))
    return begin + w("r", f'<w:instrText xml:space="preserve"> {escaped(instruction)} </w:instrText>') + separate, end


def paragraph(style: str, inside: str, *properties: str) -> str:
    """A paragraph of a style, with properties of its own in any order."""
    named = [*properties, w("pStyle", val=style)] if style else list(properties)
    ordered = sorted(named, key=lambda each: _ORDER.index(re.split("[ />]", each, maxsplit=1)[0][3:]))
    return w("p", w("pPr", *ordered) if ordered else "", inside)
