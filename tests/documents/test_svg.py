"""A picture as SVG: every shape and word in it, its colours readable, nothing that was typed read as markup."""

from typing import get_args
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from spp_desktop.documents.colours import BADGE_COLOURS, PAPER, PICTURE_COLOURS
from spp_desktop.documents.inline import BadgeColour
from spp_desktop.documents.picture import FilledBar, Label, Mark, MarkShape, PictureRole, Stroke, VectorPicture
from spp_desktop.documents.svg import escaped, svg_in_page, svg_of
from tests.documents.contrasts import contrast

NAMES = {"s": "http://www.w3.org/2000/svg"}
MARKS = tuple(
    Mark(30.0 * place, 60, shape, "result", words=f"{shape}: {place}")
    for place, shape in enumerate(get_args(MarkShape), 1)
)
PICTURE = VectorPicture(
    "Response times",
    480,
    220.5,
    (
        Stroke(((0, 0), (-0.001, 12.345), (480, 1 / 3)), "target", dashed=(4, 2)),
        FilledBar(10, 20, 30, 40, "good"),
        *MARKS,
        Label(5, 9, "< 10 & more", "end", strong=True),
    ),
)


def test_a_file_holds_every_shape_with_its_own_colours() -> None:
    root = ET.fromstring(svg_of(PICTURE, "It falls.", "Noto Sans, sans-serif"))
    assert root.attrib["viewBox"] == "0 0 480 220.5"
    assert root.attrib["font-family"] == "Noto Sans, sans-serif"
    assert [root.findtext(f"s:{tag}", "", NAMES) for tag in ("title", "desc")] == ["Response times", "It falls."]
    stroke = root.find("s:polyline", NAMES)
    assert stroke is not None
    assert stroke.attrib["points"] == "0,0 0,12.35 480,0.33"
    assert (stroke.attrib["stroke"], stroke.attrib["fill"]) == (PICTURE_COLOURS["target"].light, "none")
    drawn = [element for element in root if element.findtext("s:title", None, NAMES) is not None]
    assert [element.findtext("s:title", "", NAMES) for element in drawn] == [mark.words for mark in MARKS]
    assert root.findtext("s:text", "", NAMES) == "< 10 & more"
    assert "class=" not in svg_of(PICTURE)


def test_in_a_page_it_is_named_and_described_and_has_no_colour_of_its_own() -> None:
    root = ET.fromstring(svg_in_page(PICTURE, "It falls.", "figure-1"))
    by_id = {element.attrib["id"]: element.text for element in root.iter() if "id" in element.attrib}
    assert [by_id[name] for name in root.attrib["aria-labelledby"].split()] == ["Response times", "It falls."]
    assert root.attrib["role"] == "img"
    assert not [
        element for element in root.iter() if "#" in element.attrib.get("fill", "") + str(element.get("stroke"))
    ]
    assert {element.get("class") for element in root.iter("circle")} == {"fill-result", "fill-paper line-result"}


@given(st.text(), st.text())
def test_whatever_was_typed_is_words(one: str, other: str) -> None:
    picture = VectorPicture(one, 1, 1, (Label(0, 0, other), Mark(0, 0, "dot", "bad", words=one)))
    for made in (svg_of(picture, other, one), svg_in_page(picture, other, "x")):
        tags = {element.tag.split("}")[-1] for element in ET.fromstring(made).iter()}
        assert tags <= {"svg", "title", "desc", "text", "circle"}


def test_every_colour_can_be_read_on_its_paper() -> None:
    """axe-core fails no word of a picture for its contrast."""
    assert round(contrast("#ffffff", "#000000"), 2) == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48
    assert set(PICTURE_COLOURS) == set(get_args(PictureRole))
    assert set(BADGE_COLOURS) == set(get_args(BadgeColour))
    for role in set(PICTURE_COLOURS) - {"grid", "paper"}:
        assert contrast(PICTURE_COLOURS[role].light, PAPER.light) >= 4.5, role
        assert contrast(PICTURE_COLOURS[role].dark, PAPER.dark) >= 4.5, role
    for colours in BADGE_COLOURS.values():
        for on in ("light", "dark"):
            ground = getattr(colours.ground, on)
            assert contrast(getattr(colours.letters, on), ground) >= 4.5
            assert contrast(getattr(colours.edge, on), getattr(PAPER, on)) >= 3


def test_controls_part_words_or_are_left_out() -> None:
    assert escaped("a\x0bb\x7f\x9f\u202ec\x85d\ufffe") == "a bc d"
