"""The quarterly results: what was measured of each indicator in the quarter, for the force and for its areas."""

from dataclasses import replace

from spp_desktop.returns.catalogue.monthly_results import MONTHLY_RESULTS

QUARTERLY_RESULTS = replace(
    MONTHLY_RESULTS,
    id="quarterly-results",
    title="Quarterly results",
    span="quarter",
    stands_for="results by quarter, such as the Home Office and the inspectorate read",
    frequencies=("quarterly",),
    help="What was measured in the quarter, of each indicator, for the force and its areas. An indicator that has "
    "figures by months is asked for each of the three, any other for the quarter, or for the twelve months to its end.",
)
