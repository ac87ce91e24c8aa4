"""A small document with everything in it that a document can hold."""

from spp_desktop.documents.blocks import (
    Bullets,
    Contents,
    Document,
    DocumentBlock,
    DocumentColumn,
    DocumentFigure,
    DocumentHeading,
    DocumentTable,
    Furniture,
    Paragraph,
    TableGroup,
)
from spp_desktop.documents.inline import Badge, Line, NoteMark, PlaceReference, WebLink, line, strong
from spp_desktop.documents.numbering import NumberedDocument, numbered
from spp_desktop.documents.picture import Label, Mark, Stroke, VectorPicture

MARKING = "OFFICIAL"


def activities(key: str, count: int, *, across: bool = False) -> DocumentTable:
    """A table of two groups with as many rows in each."""
    columns = (
        DocumentColumn(line("Ref"), 0.5),
        DocumentColumn(line("What we will do", NoteMark("counted")), 3),
        DocumentColumn(line("% complete"), 1, "number"),
        DocumentColumn(line("Status")),
    )
    groups = tuple(
        TableGroup(
            tuple(_activity(f"{group}.{n:03}", n) for n in range(1, count + 1)), line(f"Priority {group}: Safety")
        )
        for group in (1, 2)
    )
    return DocumentTable(line("Activities"), columns, groups, key, across)


def _activity(ref: str, n: int) -> tuple[Line, ...]:
    noted = (NoteMark("moved"),) if n % 3 == 1 else ()
    doing = line("Review the strategy for violent crime with partners in each district ", ref, *noted)
    return line(ref), doing, line(f"{n % 101}"), line(Badge("At risk", "amber")) if n % 2 else ()


def chart() -> VectorPicture:
    points = ((30, 80), (150, 40), (280, 60))
    return VectorPicture(
        "Violent crime",
        300,
        100,
        (
            Stroke(points, "result", 1.5),
            *(Mark(x, y, "dot", "result", words="Crimes") for x, y in points),
            Label(30, 12, "Crimes a month", strong=True),
            Label(280, 95, "March 2009", "end", "quiet"),
        ),
    )


def blocks() -> tuple[DocumentBlock, ...]:
    numbers = DocumentTable(
        line("Numbers of the chart"),
        (DocumentColumn(line("Month")), DocumentColumn(line("Crimes"), 1, "number")),
        (TableGroup(((line("January 2009"), line("1,234")), (line("March 2009"), line("987")))),),
    )
    return (
        Contents(),
        DocumentHeading(line("Foreword"), new_page=True),
        Paragraph(line("We will make communities safer."), lead=True),
        Paragraph(
            line("First office, ", *strong("in bold"), NoteMark("moved"), ": see ", PlaceReference("all"), " in ",
                 PlaceReference("done"), " and ", WebLink("the inspectorate", "https://www.example.org/2008"), ".\nOn")
        ),
        Bullets((line("Listen"), line("Answer within ", *strong("two days")))),
        Bullets((line("First"), line("Second")), ordered=True),
        DocumentHeading(line("Activities"), key="done", numbered=True),
        activities("all", 4),
        DocumentHeading(line("Across"), 2, numbered=True),
        Paragraph(line("What is wide.")),
        activities("wide", 3, across=True),
        DocumentHeading(line("Not in the contents", NoteMark("counted")), 4, in_contents=False),
        DocumentFigure(line("Violent crime", NoteMark("figure")), chart(), "Line chart: it fell by 4%.", numbers),
        Paragraph(line("Cynllun y Tŷ: dŵr, £12.4m ≥ 4% \u2013 “da”.")),
    )  # fmt: skip


def sample(*wanted: DocumentBlock, cover: bool = True, marking: str = MARKING) -> NumberedDocument:
    """The document, or one of other blocks."""
    notes = {key: line(f"Of {key}: as the rules say.") for key in ("counted", "moved", "figure", "nowhere")}
    return numbered(
        Document(
            "Policing Plan",
            "Example Constabulary",
            wanted or blocks(),
            "2008 to 2011",
            (("Seen by", "Policing Board"), ("Data to", "30 September 2008")),
            Furniture(marking, "Policing Plan", "Printed 1 October 2008"),
            notes,
            "Its figures are made up.",
            cover=cover,
        )
    )
