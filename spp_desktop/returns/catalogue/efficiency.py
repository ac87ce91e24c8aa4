"""The efficiency plan of a year, and its quarterly monitoring with the outturn at the year's end.

Gains were to come to 9.3% of the gross revenue expenditure of 2007-08 by the end of 2010-11, without a least amount in
any one year (report to Hampshire Police Authority, 5 February 2008); the plan was made for the year and monitored each
quarter. To 2007-08 it was submitted by the end of February (report to the Metropolitan Police Authority, 16 February
2006). No form of it was found; the layouts are the program's own.
"""

from spp_desktop.plan.appendices.efficiency import EFFICIENCY, EFFICIENCY_TARGETS
from spp_desktop.plan.register import Returned
from spp_desktop.returns.catalogue.registers import listing_of
from spp_desktop.returns.checks import changed_since_sent, rows_complete
from spp_desktop.returns.definition import Return
from spp_desktop.returns.due_rules import DueRule

_FROM, _TO = 2008, 2010

EFFICIENCY_PLAN = Return(
    id="efficiency-plan",
    title="Efficiency plan",
    span="year",
    by_owner=True,
    stands_for="the efficiency plan that the authority submitted to the Home Office",
    frequencies=("yearly",),
    due=DueRule(
        -1,
        "months",
        begins=True,
        verified=True,
        source="report to the Metropolitan Police Authority of 16 February 2006, for plans to 2007-08",
    ),
    asked_from=_FROM,
    asked_to=_TO,
    help="What is to be gained by working better, by business group: each gain, and its worth in each year.",
    listings=(
        listing_of(
            EFFICIENCY,
            Returned(
                "efficiency-plan",
                ("text", "kind", "recurring", "cost", "carried", "planned", "note"),
                spare=5,
                columns=("ref", "group_id", "area_id", "owner_id"),
                finished=True,
            ),
            checks=(rows_complete("planned:{year}"), changed_since_sent),
        ),
        listing_of(EFFICIENCY_TARGETS, Returned("efficiency-plan", ()), optional=True),
    ),
)

EFFICIENCY_MONITORING = Return(
    id="efficiency-monitoring",
    title="Efficiency plan monitoring",
    span="quarter",
    by_owner=True,
    stands_for="the quarterly monitoring and the outturn of the efficiency plan",
    frequencies=("quarterly", "yearly"),
    due=DueRule(20),
    asked_from=_FROM,
    asked_to=_TO,
    help="What each gain has made so far, and what it is now expected to make in each year; for a whole year, its "
    "outturn.",
    listings=(
        listing_of(
            EFFICIENCY,
            Returned(
                "efficiency-monitoring",
                ("forecast", "actual", "state", "note"),
                columns=("ref", "text", "group_id", "kind", "owner_id", "planned"),
                finished=True,
            ),
            checks=(rows_complete("actual:{year}", "forecast:{year}"), changed_since_sent),
        ),
    ),
)
