"""Statutory performance indicators of a year: its figures and the two years' before, the target, and similar forces.

Which indicators there are is said by SI 2005/470 and, for 2008-2009, by SI 2008/659. No form of the return was found;
the layout is the program's own.
"""

from spp_desktop.plan.appendices.statutory import STATUTORY
from spp_desktop.plan.register import Returned
from spp_desktop.returns.catalogue.registers import listing_of
from spp_desktop.returns.checks import changed_since_sent, rows_complete
from spp_desktop.returns.definition import Return
from spp_desktop.returns.due_rules import DueRule

STATUTORY_INDICATORS = Return(
    id="statutory-indicators",
    title="Statutory indicators",
    span="year",
    any_year=True,
    stands_for="the statutory performance indicators",
    frequencies=("yearly",),
    due=DueRule(3, "months"),
    asked_from=2005,
    help="The indicators that the law asks for, by scheme: the year, the two before it, and what was aimed at.",
    listings=(
        listing_of(
            STATUTORY,
            Returned(
                "statutory-indicators",
                ("two_before", "before", "actual", "target", "peer_average", "peer_rank", "note"),
                spare=5,
                columns=("number", "text", "framework_id", "unit", "better", "year", "met"),
                dated="year",
            ),
            checks=(rows_complete("actual"), changed_since_sent),
        ),
    ),
)
