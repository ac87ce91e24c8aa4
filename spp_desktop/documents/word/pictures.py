"""Pictures of a Word document: painted as PNG, with the words for who does not see them."""

from collections.abc import Sequence
from importlib.resources import files

from spp_desktop.documents.blocks import DocumentFigure
from spp_desktop.documents.inline import plain_words
from spp_desktop.documents.numbering import NumberedDocument
from spp_desktop.documents.pdf.letters import FAMILY, folder, printable
from spp_desktop.documents.pdf.printing import UnprintableDocument
from spp_desktop.documents.picture import VectorPicture
from spp_desktop.documents.svg import svg_of
from spp_desktop.documents.typeset.apart import BlockRefused, files_apart
from spp_desktop.documents.word.markup import NAMESPACES, w, xml
from spp_desktop.documents.word.pages import PageShape

PER_INCH = 220
"""Points of colour to an inch: what Word itself keeps of pictures."""
_EMU = 12_700
"""Word's unit of length in drawings, to a point."""


def pictures(document: NumberedDocument) -> list[bytes]:
    """The picture of each figure of a document as PNG.

    Raises:
        UnprintableDocument: naming the figure that cannot be painted.
    """
    figures = [block for block in document.blocks if isinstance(block, DocumentFigure)]
    try:
        return painted([figure.picture for figure in figures])
    except BlockRefused as refused:
        called = "a picture"
        if refused.place in range(len(figures)):
            failed = figures[refused.place or 0]
            called = f"{document.captions[failed.key]}, “{plain_words(failed.caption)}”,"
        raise UnprintableDocument(
            f"The Word document was not made: {called} cannot be drawn ({refused}). Nothing was written."
        ) from None


def painted(shown: Sequence[VectorPicture]) -> list[bytes]:
    """Pictures as PNG, the same bytes on each machine: with letters that come along, not those of the system.

    The family stands in quotation marks: unquoted, a name with a number is none in CSS, and its words are not drawn.

    Raises:
        BlockRefused: with the place of the picture that cannot be painted, if it is one.
    """
    if not shown:
        return []
    drawn = [printable(svg_of(picture, family=f"'{FAMILY}'")) for picture in shown]
    template = str(files("resources") / "documents" / "pictures.typ")
    told = {"runs": [{"blocks": drawn}]}
    return files_apart({"told": told, "template": template, "fonts": str(folder()), "per_inch": PER_INCH})


def drawing(figure: DocumentFigure, relation: str, number: int, page: PageShape) -> str:
    """A picture in a line of text, no wider than the page and no higher than two thirds of it.

    Args:
        figure: what is shown.
        relation: the id of the picture in the file.
        number: its place among the pictures of the file, from 1.
        page: the page on which it stands.
    """
    picture = figure.picture
    scale = min(1, page.text_width / picture.width, page.text_height * 2 / 3 / picture.height)
    size = {"cx": round(picture.width * scale * _EMU), "cy": round(picture.height * scale * _EMU)}
    description: dict[str, str | int] = {
        "id": number,
        "name": f"Picture {number}",
        "descr": figure.alternative,
        "title": picture.title,
    }
    shape = xml(
        "pic:pic",
        xml("pic:nvPicPr", xml("pic:cNvPr", **description), xml("pic:cNvPicPr")),
        xml("pic:blipFill", xml("a:blip", r_embed=relation), xml("a:stretch", xml("a:fillRect"))),
        xml(
            "pic:spPr",
            xml("a:xfrm", xml("a:off", x=0, y=0), xml("a:ext", **size)),
            xml("a:prstGeom", xml("a:avLst"), prst="rect"),
        ),
    )
    inline = xml(
        "wp:inline",
        xml("wp:extent", **size),
        xml("wp:docPr", **description),
        xml("wp:cNvGraphicFramePr", xml("a:graphicFrameLocks", noChangeAspect=1)),
        xml("a:graphic", xml("a:graphicData", shape, uri=NAMESPACES["pic"])),
        distT=0,
        distB=0,
        distL=0,
        distR=0,
    )
    return w("r", w("drawing", inline))
