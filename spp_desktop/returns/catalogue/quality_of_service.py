"""Quality of service: what people who use the police are promised, and whether it is kept.

In December 2008 the national commitment gave way to the Policing Pledge. No table of either was found; the layout is
the program's own.
"""

from spp_desktop.plan.appendices.quality import QUALITY
from spp_desktop.plan.register import Returned
from spp_desktop.returns.catalogue.registers import listing_of
from spp_desktop.returns.checks import changed_since_sent, rows_complete
from spp_desktop.returns.definition import Return
from spp_desktop.returns.due_rules import DueRule

QUALITY_OF_SERVICE = Return(
    id="quality-of-service",
    title="Quality of service",
    span="year",
    by_owner=True,
    stands_for="what people who use the police are promised",
    frequencies=("yearly",),
    due=DueRule(20),
    asked_to=2008,
    help="What people who use the police are promised, by what standard, and what came of it.",
    listings=(
        listing_of(
            QUALITY,
            Returned(
                "quality-of-service",
                ("standard", "measure", "target", "result", "due", "state"),
                spare=3,
                columns=("ref", "text", "owner_id"),
                finished=True,
            ),
            checks=(rows_complete("result"), changed_since_sent),
        ),
    ),
)
