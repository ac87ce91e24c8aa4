"""What number formats say, held against openpyxl, which reads the same standard."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from spp_desktop.returns.number_formats import BUILT_IN, FROM_1900, FROM_1904, is_lasting, is_of_days, moment

OTHERWISE = 44
"""The format whose parts openpyxl's table holds without the signs between them."""

CODES = st.lists(
    st.sampled_from([
        "d", "mm", "yy", "h", "s", '"x day"', "[Red]", "[h]", "[mm]", "[$-409]", "\\d", "_d", "0", "#", ";", "General",
        "@", "%", ".00", " ", "AM/PM", "E+00",
    ]),
    min_size=1,
    max_size=6,
).map("".join)  # fmt: skip
NUMBERS = st.one_of(
    st.integers(-3, 90_000), st.floats(-2, 70), st.floats(0, 60_000), st.floats(-1e7, 1e8),
    st.sampled_from([0.999999999999, 59.999999999, 60.0, 60.5, 61.0, 1.0]),
)  # fmt: skip


def test_the_formats_without_a_text_of_their_own() -> None:
    assert BUILT_IN.keys() == BUILTIN_FORMATS.keys()
    assert {n for n, code in BUILT_IN.items() if code != BUILTIN_FORMATS[n]} == {OTHERWISE}


@given(code=CODES)
def test_a_format_shows_days_where_openpyxl_says_so(code: str) -> None:
    assert is_of_days(code) == is_date_format(code)
    assert is_lasting(code) == is_timedelta_format(code)


def test_what_only_fills_a_cell_is_no_day() -> None:
    assert not is_of_days("0*d")
    assert is_of_days("[$-F800]dddd, mmmm dd, yyyy")


@given(number=NUMBERS, old=st.booleans())
def test_a_number_is_the_moment_that_openpyxl_says(number: float, old: bool) -> None:
    theirs, ours = (CALENDAR_MAC_1904, FROM_1904) if old else (CALENDAR_WINDOWS_1900, FROM_1900)
    for lasting in (False, True):
        try:
            told = from_excel(number, theirs, timedelta=lasting)
        except (OverflowError, ValueError) as problem:
            with pytest.raises(type(problem)):
                moment(number, ours, lasting=lasting)
        else:
            said = moment(number, ours, lasting=lasting)
            if isinstance(told, timedelta) and isinstance(said, timedelta):  # it adds up seconds as floats
                assert abs(told - said) <= timedelta(seconds=1)
            else:
                assert said == told
