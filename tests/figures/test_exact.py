"""Numbers as they were written."""

import math
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spp_desktop.figures.exact import even, exact, in_one_unit, shown


@pytest.mark.parametrize(
    ("value", "is_"),
    [
        (0.1, Fraction(1, 10)),
        (21.85, Fraction(2185, 100)),
        (5.0, 5),
        (1e-7, Fraction(1, 10**7)),
        (Decimal("0.1"), Fraction(1, 10)),
        (Fraction(1, 3), Fraction(1, 3)),
        (7, 7),
    ],
)
def test_a_number_is_the_decimal_it_is_shown_as(value: Any, is_: Any) -> None:
    assert exact(value) == is_


@pytest.mark.parametrize("value", ["5", None, math.nan, math.inf, Decimal("NaN"), Decimal("Infinity"), [1]])
def test_what_is_no_number_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match="is not a number"):
        exact(value)
    with pytest.raises(ValueError, match="is not a number"):
        in_one_unit([1.5, value])


@pytest.mark.parametrize(
    ("values", "unit"),
    [
        ([], ([], 1)),
        ([3, 4.0], ([3, 4], 1)),
        ([23.5, -24, -0.05], ([2350, -2400, -5], 100)),
        ([1e-7, 2.5], ([1, 25_000_000], 10_000_000)),
        ([Decimal("0.1"), Fraction(1, 3)], ([3, 10], 30)),
        ([2**60, 0.5], ([2**61, 1], 2)),
    ],
)
def test_numbers_in_one_small_unit(values: Any, unit: Any) -> None:
    numbers, scale = in_one_unit(values)
    assert [Fraction(number, scale) for number in numbers] == [Fraction(number, unit[1]) for number in unit[0]]


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False) | st.integers() | st.decimals(-9, 9) | st.fractions()))
def test_one_unit_loses_nothing(values: list[Any]) -> None:
    numbers, scale = in_one_unit(values)
    assert [Fraction(number, scale) for number in numbers] == [exact(value) for value in values]


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        ("2317.44", 0, "2,317"),
        ("0.80088", 1, "0.8"),
        ("0.5", 0, "1"),
        ("-0.5", 0, "\N{MINUS SIGN}1"),
        ("-0.04", 1, "0"),
        ("22.0", 1, "22"),
        ("1234567.05", 2, "1,234,567.05"),
        ("10", 0, "10"),
    ],
)
def test_numbers_as_people_write_them(value: str, places: int, text: str) -> None:
    assert shown(Fraction(value), places) == text


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [("33", 1, "33.0"), ("94.05", 1, "94.1"), ("1234.5", 2, "1,234.50"), ("-0.04", 1, "0.0"), ("2.5", 0, "3")],
)
def test_numbers_of_a_column_have_all_their_decimals(value: str, places: int, text: str) -> None:
    assert even(Fraction(value), places) == text
