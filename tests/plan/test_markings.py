"""The list of protective markings that a plan begins with, and where the plan's own marking stands in it."""

import pytest

from spp_desktop.plan.markings import SCHEMES, Marking, with_own
from spp_desktop.plan.rows import check

OLD = ["NOT PROTECTIVELY MARKED", "PROTECT", "RESTRICTED", "CONFIDENTIAL", "SECRET", "TOP SECRET"]
NEW = ["OFFICIAL", "OFFICIAL-SENSITIVE", "SECRET", "TOP SECRET"]


@pytest.mark.parametrize(
    ("own", "first_year", "titles"),
    [
        ("", 2008, OLD),
        ("", 2013, OLD),
        ("", 2014, NEW),
        ("RESTRICTED", 2008, OLD),
        ("Restricted", 2008, [*OLD[:2], "Restricted", *OLD[3:]]),
        ("RESTRICTED", 2016, OLD),  # the scheme that has it, not that of its time
        ("OFFICIAL-SENSITIVE", 2008, NEW),
        ("SECRET", 2008, OLD),
        ("SECRET", 2016, NEW),
        ("RESTRICTED - POLICY", 2008, [*OLD[:3], "RESTRICTED - POLICY", *OLD[3:]]),
        ("OFFICIAL [PUBLIC]", 2016, [NEW[0], "OFFICIAL [PUBLIC]", *NEW[1:]]),
        ("Eyes only", 2008, [*OLD, "Eyes only"]),
    ],
)
def test_the_list_that_a_plan_begins_with(own: str, first_year: int, titles: list[str]) -> None:
    assert [row["title"] for row in with_own(own, first_year)] == titles
    assert Marking.begun_with({"marking": own, "first_year": first_year}) == with_own(own, first_year)


def test_what_ships_says_what_was_read_and_what_was_not() -> None:
    for scheme in SCHEMES:
        rows = [check(Marking, row) for row in scheme]
        assert [row["title"] for row in rows if row["verified"]] == [scheme[0]["title"]]
        assert all(row["source"] for row in rows)
