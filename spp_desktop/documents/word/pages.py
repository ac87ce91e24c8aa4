"""Pages of a Word document: upright or across, with what stands at the head and foot of each."""

from collections.abc import Iterator
from dataclasses import dataclass

from spp_desktop.documents.blocks import Document
from spp_desktop.documents.word.markup import field, paragraph, root, run, w
from spp_desktop.documents.word.package import WordPackage

A4 = (595.3, 841.9)
"""Points."""
MARGIN, TOP, BOTTOM, EDGE = 70.9, 85, 79.4, 36
"""Points: the margin on either side, above and below, and how far head and foot are from the edge of the paper."""


@dataclass(frozen=True, slots=True)
class PageShape:
    """How the pages of a section lie, in points."""

    width: float
    height: float

    @property
    def across(self) -> bool:
        """Whether they are wider than they are high."""
        return self.width > self.height

    @property
    def text_width(self) -> float:
        """The width of the text on them."""
        return self.width - 2 * MARGIN

    @property
    def text_height(self) -> float:
        """The height of the text on them."""
        return self.height - TOP - BOTTOM


UPRIGHT = PageShape(*A4)
ACROSS = PageShape(*reversed(A4))


@dataclass(slots=True)
class WordPages:
    """The pages of a document; each section names its own head and foot, so that none is lost where pages turn."""

    package: WordPackage
    document: Document

    def section(self, shape: PageShape, *, bare: bool = False) -> str:
        """The properties of a section whose pages have a shape; ``bare`` ones have nothing but the marking."""
        name = "-bare" if bare else "-across" if shape.across else ""
        head = self.package.beside("header", root("hdr", *self._head(shape, bare)), f"header{name}")
        foot = self.package.beside("footer", root("ftr", *self._foot(shape, bare)), f"footer{name}")
        size = {"w": round(shape.width * 20), "h": round(shape.height * 20)}
        turned = {"orient": "landscape"} if shape.across else {}
        side, edge = round(MARGIN * 20), EDGE * 20
        return w(
            "sectPr",
            f'<w:headerReference w:type="default" r:id="{head}"/>',
            f'<w:footerReference w:type="default" r:id="{foot}"/>',
            w("type", val="nextPage"),
            w("pgSz", **size, **turned),
            w(
                "pgMar",
                top=round(TOP * 20),
                right=side,
                bottom=round(BOTTOM * 20),
                left=side,
                header=edge,
                footer=edge,
                gutter=0,
            ),
        )

    def _head(self, shape: PageShape, bare: bool) -> Iterator[str]:
        """The head: what the document is on the left, whose it is on the right."""
        yield from self._marking()
        if not bare:
            words = "\t".join(filter(None, (self.document.furniture.head, self.document.author)))
            yield paragraph("Header", run(words), _right_edge(shape))
        elif not self.document.furniture.marking:
            yield paragraph("", "")

    def _foot(self, shape: PageShape, bare: bool) -> Iterator[str]:
        """The foot: of when it is on the left, the page on the right."""
        if not bare:
            page, pages = field("PAGE", run("1")), field("NUMPAGES", run("1"))
            words = run(f"{self.document.furniture.foot}\tPage ") + page + run(" of ") + pages
            yield paragraph("Footer", words, _right_edge(shape))
        elif not self.document.furniture.marking:
            yield paragraph("", "")
        yield from self._marking()

    def _marking(self) -> Iterator[str]:
        if self.document.furniture.marking:
            yield paragraph("Marking", run(self.document.furniture.marking))


def _right_edge(shape: PageShape) -> str:
    """A tab to the right edge of the text, wherever that is on the page."""
    return w("tabs", w("tab", val="right", pos=round(shape.text_width * 20)))
