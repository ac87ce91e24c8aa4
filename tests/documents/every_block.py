"""A document in which every kind of block stands, and all that can stand in a line: for tests of renderers."""

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
from spp_desktop.documents.inline import (
    Badge,
    BadgeColour,
    ChangedWords,
    Line,
    NoteMark,
    PlaceReference,
    PrintedWords,
    TextChange,
    WebLink,
    line,
)
from spp_desktop.documents.picture import FilledBar, Label, Mark, PictureShape, Stroke, VectorPicture

MARKING = "OFFICIAL-SENSITIVE"
MONTHS = ("April 2008", "May 2008", "June 2008", "July 2008")
MINUTES = (30, 28, 29, 18)
YEARS = tuple(f"{year}/{(year + 1) % 100:02}" for year in range(1950, 2000))

_STANDING: tuple[tuple[str, BadgeColour], ...] = (
    ("Off target", "red"),
    ("Too close to call", "blue"),
    ("Close", "amber"),
    ("On target", "green"),
    ("Not judged", "grey"),
)


def _picture() -> VectorPicture:
    points = tuple((60.0 + 120 * place, 180.0 - 4 * minutes) for place, minutes in enumerate(MINUTES))
    grid = tuple(Stroke(((40, y), (470, y)), "grid") for y in (20, 60, 100, 140, 180))
    months = tuple(Label(x, 198, month, "middle", "quiet") for (x, _y), month in zip(points, MONTHS, strict=True))
    marks = tuple(
        Mark(x, y, "open dot" if minutes < 20 else "dot", "result", words=f"{minutes} minutes")
        for (x, y), minutes in zip(points, MINUTES, strict=True)
    )
    target = (Stroke(((40, 100), (470, 100)), "target", dashed=(5, 3)), Label(470, 95, "Target: 20", "end", "target"))
    shapes: tuple[PictureShape, ...] = (
        *grid,
        FilledBar(40, 204, 20, 8, "good"),
        *target,
        Stroke(points, "result", 1.8),
        *marks,
        *months,
    )
    return VectorPicture("Minutes to answer", 480, 220, shapes)


def _columns(*columns: tuple[str, float, str]) -> tuple[DocumentColumn, ...]:
    return tuple(
        DocumentColumn(line(heading), share, "number" if align == "number" else "text")
        for heading, share, align in columns
    )


def _target(number: int, name: str, standing: tuple[str, BadgeColour]) -> tuple[Line, ...]:
    figures = (line("17.3"), line("16.5"), line("not available" if standing[1] == "grey" else "16.9"))
    step, owner = line("Review of tasking by 30 November 2008"), line("ACC Territorial Policing")
    return (line(f"{number} {name}"), *figures, line(Badge(*standing)), step, owner)


def every_block(marking: str = MARKING) -> Document:
    """The document, at a marking."""
    targets = DocumentTable(
        line("Targets of two priorities, where they stand at the end of the second quarter", NoteMark("rates")),
        _columns(
            ("Indicator", 3, "text"),
            ("Baseline 2007/08", 1, "number"),
            ("Target 2008/09", 1, "number"),
            ("Result", 1, "number"),
            ("Standing", 1.2, "text"),
            ("Next step", 2, "text"),
            ("Owner", 1.5, "text"),
        ),
        (
            TableGroup(
                tuple(
                    _target(n, "Serious acquisitive crime for each 1,000 people", s) for n, s in enumerate(_STANDING)
                ),
                line("Priority 1: ", PrintedWords("Make neighbourhoods safer", strong=True)),
            ),
            TableGroup(
                (_target(9, "Answers to emergency calls", _STANDING[2]),), line("Priority 2", NoteMark("rules"))
            ),
        ),
        "targets",
        across=True,
    )
    numbers = DocumentTable(
        line("Median minutes to answer, by month"),
        _columns(("Month", 2, "text"), ("Minutes", 1, "number")),
        (TableGroup(tuple((line(month), line(str(said))) for month, said in zip(MONTHS, MINUTES, strict=True))),),
    )
    chart = DocumentFigure(
        line("Median minutes to answer an immediate call, April to July 2008", NoteMark("rates")),
        _picture(),
        "Line chart. The median fell from 30 minutes in April to 18 in July, below the target of 20.",
        numbers,
        "chart",
    )
    years = tuple((line(year), line(f"{place / 7:,.1f}")) for place, year in enumerate(YEARS, 100))
    money = DocumentTable(
        line("Money by year"), _columns(("Year", 1, "text"), ("£ million", 1, "number")), (TableGroup(years),)
    )
    taken, put = TextChange("deleted", "Amy Smith", "2008-09-20T13:00:00"), TextChange("inserted")
    said = "Local people told us that they want to see officers in their streets, and to hear what became of reports."
    return Document(
        title="Strategic policing plan",
        subtitle="2008 to 2011",
        author="Wessex Police Authority",
        facts=(("Seen by", "Performance board, 12 October 2008"), ("Data to", "30 September 2008")),
        furniture=Furniture(marking, "Strategic policing plan", "Data to 30 September 2008. Printed 1 October 2008."),
        blocks=(
            DocumentHeading(line("Contents"), in_contents=False),
            Contents(2),
            DocumentHeading(line("Foreword")),
            Paragraph(line("This plan says what is done in three years, by when, and how you can tell."), lead=True),
            Paragraph(
                line(
                    said,
                    NoteMark("rules"),
                    " See ",
                    PlaceReference("targets"),
                    ", ",
                    PlaceReference("chart"),
                    " and ",
                    PlaceReference("aims"),
                    ", ",
                    WebLink("the consultation", "https://www.example.org/asked?a=1&b=2"),
                    ", or write to ",
                    WebLink("plan@example.org", "mailto:plan@example.org"),
                    ".",
                )
            ),
            DocumentHeading(line("Our aims", NoteMark("rates")), numbered=True, key="aims", new_page=True),
            Paragraph(line("We have ", PrintedWords("two", strong=True), " aims.\nEach has targets.")),
            Bullets((line("Make neighbourhoods safer"), line("Answer quickly", NoteMark("rates")))),
            DocumentHeading(line("Where we stand"), 2, numbered=True),
            Bullets((line("first"), line("second")), ordered=True),
            targets,
            DocumentHeading(line("Calls"), 3, numbered=True),
            Paragraph(line("Text that looks like <b>markup</b> & more.")),
            Paragraph(line("Answered within ", ChangedWords(line("20"), taken), ChangedWords(line("18"), put), ".")),
            chart,
            DocumentHeading(line("Money"), printed_number="A"),
            money,
        ),
        notes={
            "rates": line("Rates are for each 1,000 people, by the estimate of 2007."),
            "rules": line("Recorded by ", WebLink("the rules of 2008", "https://example.org/rules"), "."),
        },
        illustrative="The figures of this plan are made up.",
        cover=True,
    )
