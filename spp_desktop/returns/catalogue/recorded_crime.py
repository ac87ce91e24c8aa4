"""Recorded crime: the counts of the month, for the force and for its areas.

That it was asked for monthly is said by the annual data requirement for 2009-2010 (House of Commons, written answer of
23 February 2009). No form of it was found; the layout is the program's own.
"""

from dataclasses import replace

from spp_desktop.plan.words import Word
from spp_desktop.returns.catalogue.monthly_results import MONTHLY_RESULTS
from spp_desktop.returns.due_rules import DueRule

_WORDS = ("recorded crime", "recorded offence")

RECORDED_CRIME = replace(
    MONTHLY_RESULTS,
    id="recorded-crime",
    title="Recorded crime",
    stands_for="recorded crime in the annual data requirement",
    frequencies=("monthly",),
    due=DueRule(14, "days"),
    help="The crimes recorded in the month, for the force and its areas.",
    listings=(
        replace(
            MONTHLY_RESULTS.listings[0],
            title="Recorded crime",
            word=Word("count", "counts"),
            narrowed=_WORDS,
            help="One row for each indicator that counts recorded crimes: its name, unit, source or heading says "
            "“recorded crime” or “recorded offence”. It is asked for of the force, and of each area that it has "
            "figures of.",
        ),
    ),
)
