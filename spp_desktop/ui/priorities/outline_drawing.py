"""The priorities, themes and commitments as they are printed and saved: an outline with the narrative of each."""

from collections.abc import Iterator, Sequence

from spp_desktop.plan.narrative import words_alone
from spp_desktop.ui.pictures.drawing import Band, Canvas, Drawing, Flow, lead_of, space, words_bands
from spp_desktop.ui.priorities.kinds import HEADING, TreeItem

INDENT = 16.0
"""How much further in an item stands than what it stands under, in pixels."""
SIZES = {HEADING: 14, "section": 13, "priority": 14, "theme": 12, "commitment": 12}
"""The sizes of titles in pixels. All but commitments are bold."""


def outline_drawing(title: str, root: TreeItem, notes: Sequence[str]) -> Drawing:
    """The drawing of a tree."""
    items = [item for item in root.below() if item is not root and (item.key or item.kind == HEADING)]
    words = " ".join([f"{title}.", *notes, *(f"{_called(item)}." for item in items)])
    return Drawing(title, words, lambda canvas: [_laid_out(title, root, items, notes, canvas)], upright=True)


def _called(item: TreeItem) -> str:
    return " ".join(filter(None, (item.mark, item.text))).rstrip(".")


def _laid_out(title: str, root: TreeItem, items: Sequence[TreeItem], notes: Sequence[str], canvas: Canvas) -> Flow:
    bands = [band for item in items for band in _item(item, root, canvas)]
    return Flow(lead_of(title, notes, canvas), (), tuple(bands))


def _item(item: TreeItem, root: TreeItem, canvas: Canvas) -> Iterator[Band]:
    """The bands of an item: room above it, its title, and its narrative in paragraphs."""
    depth = sum(1 for above in item.above() if above is not root) - 1
    ink, indent, bold = canvas.ink, depth * INDENT, item.kind != "commitment"
    yield space(8.0 if bold else 3.0)
    leads = bool(item.body or item.children)
    title = " ".join(filter(None, (item.mark, item.text)))
    if not bold:
        title = f"•  {title}"
    yield from words_bands(title, canvas.width, ink.text, size=SIZES[item.kind], bold=bold, stays=leads, indent=indent)
    for paragraph in filter(None, (part.strip() for part in words_alone(item.body).split("\n"))):
        yield space(3.0)
        yield from words_bands(paragraph, canvas.width, ink.text, indent=indent + INDENT / 2)
