"""The workforce on 31 March and 30 September: strength by group, with who joined and left.

The two days, and what is counted in full-time equivalents and what in heads, are those of the Home Office's user guide
to police workforce statistics (January 2024). No form of 2008 was found; the layout is the program's own.
"""

from spp_desktop.plan.appendices.people import STRENGTHS
from spp_desktop.plan.register import Returned
from spp_desktop.returns.catalogue.registers import listing_of
from spp_desktop.returns.checks import changed_since_sent, no_more_than, rows_complete
from spp_desktop.returns.definition import Return
from spp_desktop.returns.due_rules import DueRule

WORKFORCE = Return(
    id="workforce",
    title="Workforce",
    span="half",
    any_year=True,
    stands_for="police strength on 31 March and 30 September",
    frequencies=("half-yearly",),
    due=DueRule(20),
    help="How many people the force has on the last day of the half year, by group: full-time equivalents of "
    "officers and staff, heads of special constables; and who joined and left in the twelve months before.",
    listings=(
        listing_of(
            STRENGTHS,
            Returned(
                "workforce",
                (
                    "budgeted",
                    "actual",
                    "forecast",
                    "long_term_sick",
                    "female",
                    "minority_ethnic",
                    "joiners",
                    "leavers",
                    "note",
                ),
                spare=10,
                columns=("group_id", "counted_on", "counted_in"),
                dated="counted_on",
            ),
            checks=(
                rows_complete("actual"),
                *(no_more_than(some, "actual") for some in ("female", "minority_ethnic", "long_term_sick")),
                changed_since_sent,
            ),
        ),
    ),
)
