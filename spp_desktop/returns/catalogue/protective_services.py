"""Protective services: what was assessed of each, what is lacking, and whether the standards are met.

Which services these are is said by SI 2008/312, regulation 2; that improvement was asked for by 2009 and the threshold
standards by 2011, by the National Community Safety Plan 2008-11. No form of it was found; the layout is the program's
own.
"""

from spp_desktop.plan.appendices.protective import PROTECTIVE_SERVICES
from spp_desktop.plan.register import Returned
from spp_desktop.returns.catalogue.registers import listing_of
from spp_desktop.returns.checks import changed_since_sent, rows_complete
from spp_desktop.returns.definition import Return
from spp_desktop.returns.due_rules import DueRule

PROTECTIVE = Return(
    id="protective-services",
    title="Protective services",
    span="year",
    by_owner=True,
    stands_for="protective services as the Policing Plan Regulations 2008 name them",
    frequencies=("yearly",),
    due=DueRule(20),
    asked_from=2008,
    asked_to=2010,
    help="How each protective service was assessed, what is lacking and what is done, and whether the standards of "
    "2009 and 2011 are met.",
    listings=(
        listing_of(
            PROTECTIVE_SERVICES,
            Returned(
                "protective-services",
                (
                    "threat",
                    "capability",
                    "capacity",
                    "gap",
                    "action",
                    "collaboration",
                    "by_2009",
                    "by_2011",
                    "due",
                    "state",
                ),
                spare=3,
                columns=("title", "item_id", "owner_id"),
                finished=True,
            ),
            checks=(*map(rows_complete, ("threat", "capability", "capacity")), changed_since_sent),
        ),
    ),
)
