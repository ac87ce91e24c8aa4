"""What a result may hold, what its figure is, and how it is written."""

from datetime import date
from typing import Any

import pytest

from spp_desktop.plan.kinds.numbers import in_words
from spp_desktop.plan.results import check_result, figure, written
from spp_desktop.plan.rules import RuleBroken

APRIL = {"period_from": date(2008, 4, 1), "period_to": date(2008, 4, 30)}


@pytest.mark.parametrize(
    "columns",
    [
        {"value": 0.0},
        {"numerator": 540.0, "denominator": 2336.0},
        {"numerator": 540.0},
        {"denominator": 2336.0},
        {"sample_size": 1000.0},
        {"state": "not available"},
        {"state": "not applicable"},
        {"state": "suppressed"},
    ],
)
def test_a_result_may_hold_a_figure_half_of_one_or_none_that_is_said_not_to_be_there(columns: dict[str, Any]) -> None:
    given = {**APRIL, **columns}
    check_result(given)
    assert given == {**APRIL, **columns}, "looking at a result leaves it as it is"


@pytest.mark.parametrize(
    ("columns", "field"),
    [
        ({}, "value"),
        ({"value": 1.0, "denominator": 2.0}, "value"),
        ({"denominator": 0.0}, "denominator"),
        ({"denominator": 5.0, "state": "not available"}, "state"),
        ({"value": 5.0, "state": "suppressed"}, "state"),
        ({"value": 1.0, "period_to": date(2008, 3, 31)}, "period_to"),
    ],
)
def test_what_does_not_fit_is_refused(columns: dict[str, Any], field: str) -> None:
    with pytest.raises(RuleBroken) as broken:
        check_result({**APRIL, **columns})
    assert broken.value.field == field


def test_half_a_result_has_no_figure() -> None:
    assert figure("percentage", 1000, None, 540, None) is None
    assert figure("percentage", 1000, None, None, 2336) is None
    assert figure("percentage", 1000, None, 540, 2336) == pytest.approx(23.1164, abs=1e-4)
    assert figure("rate", 1000, None, 1250, 260_000) == pytest.approx(4.807692, abs=1e-6)


@pytest.mark.parametrize(
    ("columns", "percent", "said"),
    [
        ({"value": 2336.0}, False, "2,336"),
        ({"value": 23.1}, True, "23.1%"),
        ({"value": 0.0}, False, "0"),
        ({"numerator": 540.0, "denominator": 2336.0}, True, "540 of 2,336"),
        ({"numerator": 540.0}, True, "540 of (missing)"),
        ({"denominator": 2336.0}, False, "(missing) of 2,336"),
        ({"value": 85.0, "sample_size": 1000.0}, True, "85% of 1,000 answers"),
        ({"sample_size": 1000.0}, True, "(missing) of 1,000 answers"),
        ({"state": "not available"}, True, "not available"),
    ],
)
def test_a_result_is_written_as_people_write_it(columns: dict[str, Any], percent: bool, said: str) -> None:
    assert written(columns, percent=percent) == said


def test_numbers_keep_every_place() -> None:
    assert [in_words(value) for value in (1234567.25, -3.0, 0.1, 1e300)] == [
        "1,234,567.25",
        "\N{MINUS SIGN}3",
        "0.1",
        "1e+300",
    ]
