"""In which periods an activity is reported on."""

import pytest

from spp_desktop.plan.periods import QUARTERS, quarter_name
from spp_desktop.plan.reporting import is_reported


@pytest.mark.parametrize(
    ("reported", "quarters"),
    [
        (None, [1, 2, 3, 4]),
        ("monthly", [1, 2, 3, 4]),
        ("quarterly", [1, 2, 3, 4]),
        ("half-yearly", [2, 4]),
        ("yearly", [4]),
    ],
)
def test_the_quarters_of_each(reported: str | None, quarters: list[int]) -> None:
    """Half-yearly is reported with Q2 and Q4, yearly with Q4; with a return of the whole year all is."""
    assert [n for n in QUARTERS if is_reported(reported, 2008, quarter_name(n))] == quarters
    assert is_reported(reported, 2008, "")
