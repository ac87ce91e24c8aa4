"""Pages of a Word document: upright or across, with what stands at the head and foot of each."""

from dataclasses import dataclass

from spp_desktop.documents.blocks import Furniture
from spp_desktop.documents.word.markup import field, paragraph, root, run, w
from spp_desktop.documents.word.package import WordPackage

A4 = (595.3, 841.9)
"""Points."""
MARGIN = 62.4
"""Points: 2.2 cm."""


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
        return self.height - 2 * MARGIN


UPRIGHT = PageShape(*A4)
ACROSS = PageShape(*reversed(A4))


@dataclass(slots=True)
class WordPages:
    """The pages of a document; each section names its own head and foot, so that none is lost where pages turn."""

    package: WordPackage
    furniture: Furniture

    def section(self, shape: PageShape) -> str:
        """The properties of a section whose pages have a shape."""
        name = "-across" if shape.across else ""
        head = self.package.beside("header", self._head(), "header1")
        foot = self.package.beside("footer", self._foot(shape), f"footer{name}")
        size = {"w": round(shape.width * 20), "h": round(shape.height * 20)}
        turned = {"orient": "landscape"} if shape.across else {}
        edge = round(MARGIN * 20)
        return w(
            "sectPr",
            f'<w:headerReference w:type="default" r:id="{head}"/>',
            f'<w:footerReference w:type="default" r:id="{foot}"/>',
            w("type", val="nextPage"),
            w("pgSz", **size, **turned),
            w("pgMar", top=edge + 200, right=edge, bottom=edge + 120, left=edge, header=560, footer=480, gutter=0),
        )

    def _head(self) -> str:
        return root("hdr", *self._marking(), paragraph("Header", run(self.furniture.head)))

    def _foot(self, shape: PageShape) -> str:
        """The foot: of when it is on the left, the page on the right, whatever its width."""
        page, pages = field("PAGE", run("1")), field("NUMPAGES", run("1"))
        stop = w("tabs", w("tab", val="right", pos=round(shape.text_width * 20)))
        words = run(f"{self.furniture.foot}\tPage ") + page + run(" of ") + pages
        return root("ftr", paragraph("Footer", words, stop), *self._marking())

    def _marking(self) -> tuple[str, ...]:
        marking = self.furniture.marking
        return (paragraph("Marking", run(marking)),) if marking else ()
