"""A document of every kind of block, as renderers are tried on it."""

from spp_desktop.documents.blocks import (
    Bullets,
    Contents,
    Document,
    DocumentColumn,
    DocumentFigure,
    DocumentHeading,
    DocumentTable,
    Furniture,
    Paragraph,
    TableGroup,
)
from spp_desktop.documents.inline import Badge, NoteMark, PlaceReference, PrintedWords, WebLink, line
from spp_desktop.documents.numbering import NumberedDocument, numbered
from spp_desktop.documents.picture import Label, Stroke, VectorPicture

PICTURE = VectorPicture("Burglary by month", 300, 120, (Stroke(((0, 9), (300, 90)), "result"), Label(9, 50, "Target")))
COLUMNS = (
    DocumentColumn(line("Indicator", NoteMark("counted")), 4),
    DocumentColumn(line("Result"), align="number"),
    DocumentColumn(line("Status")),
)


def every_kind() -> NumberedDocument:
    """A document of every kind of block."""
    status = Badge("On target", "green")
    groups = (
        TableGroup(((line("Burglary"), line("1,204"), line(status)),), line("Theme 1: Safer homes")),
        TableGroup(((line("Arson", NoteMark("counted")), line("7"), line("")),), line("Theme 2")),
    )
    numbers = DocumentTable(line("Numbers of the chart"), (DocumentColumn(line("Month")),), (TableGroup(()),))
    blocks = (
        DocumentHeading(line("Contents"), in_contents=False),
        Contents(),
        DocumentHeading(line("Foreword"), new_page=True),
        Paragraph(line("In short."), lead=True),
        DocumentHeading(line("Priorities"), numbered=True),
        DocumentHeading(line("Burglary"), 2, "burglary", numbered=True),
        Paragraph(
            line("See ", PlaceReference("results"), " and ", PlaceReference("chart"), ". ", NoteMark("made"))
            + line(
                PrintedWords("Bold", strong=True), " words", NoteMark("made"), " ", WebLink("here", "https://a.example")
            )
        ),
        Bullets((line("First"), line("Second"))),
        Bullets((line("Once"),), ordered=True),
        Bullets((line("Once again"),), ordered=True),
        DocumentTable(line("Results"), COLUMNS, groups, "results"),
        DocumentFigure(line("Burglary"), PICTURE, "A line that falls.", numbers, "chart"),
        DocumentHeading(line("Delivery plan"), printed_number="A", key="plan"),
        DocumentTable(line("Delivery plan"), COLUMNS[1:], (), across=True),
        DocumentHeading(line("Quality"), printed_number="C"),
        Paragraph(line("Last words, see ", PlaceReference("burglary"), " and ", PlaceReference("plan"), ".")),
    )
    return numbered(
        Document(
            "Strategic policing plan",
            "Northern Constabulary",
            blocks,
            "2008 to 2011",
            (("Data to", "30 September 2008"),),
            Furniture("RESTRICTED", "Plan", "Printed 1 October 2008"),
            {"counted": line("Counted anew."), "made": line("See ", PlaceReference("results"), ".")},
            "Its figures are made up.",
            cover=True,
        )
    )
