"""A publication made for tests: each kind of column, notes, signs, blanks, and a second table that names the first."""

from datetime import date

from spp_desktop.returns.publication.publication import (
    LICENCES,
    ForeignKey,
    Publication,
    PublishedColumn,
    PublishedTable,
)

ACTIVITIES = PublishedTable(
    "delivery_plan",
    "Annual delivery plan: A plan, A force",
    "Delivery plan",
    "What is to be done. And by when.",
    (
        PublishedColumn("reference", "Reference", required=True),
        PublishedColumn("activity", "Activity", wide=True, required=True),
        PublishedColumn("owners", "Owners", several=True),
        PublishedColumn("complete", "Complete", "integer", "%"),
        PublishedColumn("due", "Due", "date"),
        PublishedColumn("budget", "Budget", "number", "£"),
        PublishedColumn("joint", "Joint", "boolean"),
        PublishedColumn("never", "Never filled"),
    ),
    [
        (
            "1.01",
            "=Reduce burglary* and\nrobbery",
            ("ACC Crime", "ACC Security"),
            40,
            date(2009, 3, 31),
            1234.5,
            True,
            None,
        ),
        ("1.02", "Patrol 24/7 → always [x]", (), None, date(1899, 1, 1), 2000, False, None),
        ("1.03", "A third", ("ACC Crime",), 7, None, None, True, ""),
    ],
    ("reference",),
    notes={(2, 1): ("Agreed with partners.", "Agreed again.")},
)
MILESTONES = PublishedTable(
    "milestones",
    "Milestones: A plan, A force",
    "Milestones",
    "Steps of activities.",
    (
        PublishedColumn("activity", "Activity", required=True),
        PublishedColumn("milestone", "Milestone", required=True),
        PublishedColumn("share", "Share", "number", blank="z"),
    ),
    [("1.01", "First", 0.125), ("1.02", "Second", None)],
    ("activity", "milestone"),
    (ForeignKey(("activity",), "delivery_plan", ("reference",)),),
)
PUBLICATION = Publication(
    title="A plan",
    force="A force",
    period="2008-2011",
    published=date(2008, 11, 3),
    licence=LICENCES[0],
    contact="Planning, 0121 000 0000",
    illustrative="Illustrative: all is made up. Nothing is real.",
    marking="",
    source="The plan as printed",
    stands_at=date(2008, 10, 31),
    tables=(ACTIVITIES, MILESTONES),
)
