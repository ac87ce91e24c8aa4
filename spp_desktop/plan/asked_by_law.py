"""What the law of 2008 has a policing plan contain, as a framework that a plan can bring in and make its own.

It is no complete list: regulation 3 of the Policing Plan Regulations 2008 was not read in full. Each item names its
source and says how far its words were read there; what is from memory alone is a thing to look up.
"""

from dataclasses import dataclass

from spp_desktop.plan.frameworks import Evidence, FrameworkKind

TITLE = "What a policing plan is to contain"
CONTENTS: FrameworkKind = "contents of a plan"
FIRST_YEAR = 2008

ACT = "Police Act 1996 s.6ZB{}, as in force on 14 March 2008"
REGULATIONS = "Policing Plan Regulations 2008 (SI 2008/312)"
QUOTED = (
    "SI 2008/312, as quoted by the Metropolitan Police Authority, finance and resources committee, 18 March 2010, "
    "report 7"
)
DEFINED = "Defined in SI 2008/312, regulation 2; the provision itself was not read"
SOURCE = (
    f"Police Act 1996 section 6ZB, as in force on 14 March 2008, and the {REGULATIONS}. No complete list: the "
    "regulations were not read in full"
)


@dataclass(frozen=True)
class LegalItem:
    """Something that a plan is to contain.

    Attributes:
        code: by which it is called here; the numbers are this program's own.
        title: what is asked, in words of this program.
        source: where that was read, or why it is thought so.
        evidence: how far its words were read.
    """

    code: str
    title: str
    source: str
    evidence: Evidence = "read"


ITEMS: tuple[LegalItem, ...] = (
    LegalItem("PP1", "The authority's policing objectives for the year", ACT.format("(1)(a)")),
    LegalItem("PP2", "How the area is to be policed over the three years that begin with it", ACT.format("(1)(b)")),
    LegalItem(
        "PP3", "Objectives consistent with the strategic priorities of the Secretary of State",
        "Police Act 1996 s.6ZB(2) with s.37A, as in force on 14 March 2008",
    ),
    LegalItem(
        "PP4", "The chief officer consulted, and the views of the community considered",
        "Police Act 1996 s.6ZB(3) with s.96, as in force on 14 March 2008",
    ),
    LegalItem("PP5", "Planned increases in efficiency and productivity, and how they are to come about", QUOTED),
    LegalItem(
        "PP6", "Matters from HMIC inspections or raised by the Secretary of State, and how they are addressed", QUOTED
    ),
    LegalItem("PP7", "Protective services in the plan's years", DEFINED, "inferred"),
    LegalItem("PP8", "Local improvement targets that bear on the plan", DEFINED, "inferred"),
    LegalItem(
        "PP9", "Quality of service, and results of the statutory indicators",
        "Named by section 2 of West Midlands' plan of 2008-2011 as a Home Office requirement; no regulation was read",
        "inferred",
    ),
    LegalItem("PP10", "Issued before the beginning of the year", ACT.format("(1)")),
    LegalItem(
        "PP11", "Drafted by the chief officer, who is consulted before a plan that differs from the draft is issued",
        ACT.format("(4)"),
    ),
    LegalItem(
        "PP12", "To be looked up: the resources that are expected, and what they are allocated to",
        "Police Act 1996 s.8, which s.6ZB replaced, asked for it; whether the regulations do was not read",
        "from memory",
    ),
    LegalItem("PP13", "To be looked up: co-operation with other forces", "No source was read", "from memory"),
    LegalItem(
        "PP14", "To be looked up: how the plan is published, and that a copy goes to the Secretary of State",
        "Police Act 1964 s.4B asked for a copy of the plans before; whether the regulations do was not read",
        "from memory",
    ),
)  # fmt: skip
"""Every item, those of the Act and the regulations first that a plan answers by what it holds."""
