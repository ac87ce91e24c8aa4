"""Findings of inspections: what was recommended, how the authority addresses it, and how it stands.

A policing plan says how the authority intends to address what arises from an inspection or is raised by the Secretary
of State (Policing Plan Regulations 2008, quoted by the Metropolitan Police Authority, 18 March 2010). No form of it was
found; the layout is the program's own.
"""

from spp_desktop.plan.appendices.inspections import FINDINGS
from spp_desktop.plan.register import Returned
from spp_desktop.returns.catalogue.registers import listing_of
from spp_desktop.returns.checks import changed_since_sent, rows_complete
from spp_desktop.returns.definition import Return
from spp_desktop.returns.due_rules import DueRule

INSPECTION_FINDINGS = Return(
    id="inspection-findings",
    title="Findings of inspections",
    span="year",
    by_owner=True,
    stands_for="what the authority does about findings of the inspectorate",
    frequencies=("yearly", "on completion"),
    due=DueRule(20),
    help="What inspections found, how the authority answers it, and how it stands; for the year, or when an "
    "inspection is completed.",
    listings=(
        listing_of(
            FINDINGS,
            Returned(
                "inspection-findings",
                ("grade_id", "answer", "due", "state", "evidence"),
                spare=5,
                columns=("ref", "inspection", "inspected_on", "area_id", "text", "source", "owner_id"),
                finished=True,
            ),
            checks=(rows_complete("answer"), changed_since_sent),
        ),
    ),
)
