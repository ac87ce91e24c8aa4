"""Pictures of a Word document: painted as PNG, with the words for who does not see them."""

from functools import cache

from spp_desktop.documents.blocks import DocumentFigure
from spp_desktop.documents.pdf.letters import FAMILY, folder
from spp_desktop.documents.picture import VectorPicture
from spp_desktop.documents.svg import svg_of
from spp_desktop.documents.word.markup import NAMESPACES, w, xml
from spp_desktop.documents.word.pages import PageShape

PER_INCH = 220
"""Points of colour to an inch: what Word itself keeps of pictures."""
_EMU = 12_700
"""Word's unit of length in drawings, to a point."""
_PAGE = '#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.picture), format: "svg")'


def painted(picture: VectorPicture) -> bytes:
    """A picture as PNG, the same bytes on each machine: with letters that come along, not those of the system.

    The family stands in quotation marks: unquoted, a name with a number is none in CSS, and its words are not drawn.
    """
    return _png(svg_of(picture, family=f"'{FAMILY}'"))


@cache
def _png(svg: str) -> bytes:
    import typst  # its library takes long to load

    made = typst.compile(
        _PAGE.encode(),
        format="png",
        ppi=PER_INCH,
        sys_inputs={"picture": svg},
        font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder())]),
    )
    assert isinstance(made, bytes)
    return made


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
