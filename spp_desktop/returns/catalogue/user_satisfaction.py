"""The user satisfaction survey: shares of answers with the number of people who answered, by quarter.

That it was asked for quarterly, with figures over twelve months, on first contact, actions, follow-up, treatment and
the service as a whole, is said of the Home Office's survey of users (answer laid before Parliament). No form of it was
found; the layout is the program's own.
"""

from dataclasses import replace

from spp_desktop.returns.catalogue.monthly_results import MONTHLY_RESULTS
from spp_desktop.returns.due_rules import DueRule

USER_SATISFACTION = replace(
    MONTHLY_RESULTS,
    id="user-satisfaction",
    title="User satisfaction survey",
    span="quarter",
    stands_for="the user satisfaction survey in the annual data requirement",
    frequencies=("quarterly",),
    due=DueRule(20),
    help="What people who used the police answered: the share that was satisfied, and how many answered.",
    listings=(
        replace(
            MONTHLY_RESULTS.listings[2],
            title="User satisfaction",
            narrowed=("satisf",),
            help="One row for each indicator that is a share of answers and speaks of satisfaction in its name, source "
            "or heading, and for each population that it has results of: for the quarter, or for the twelve months to "
            "its end, as the results so far are.",
        ),
    ),
)
