"""Figures as people type them, and the government's shorthand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spp_desktop.figures.typed_figure import Typed, read
from spp_desktop.plan.kinds.numbers import in_words


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("2,336", Typed(2336)),
        ("  2336 ", Typed(2336)),
        ("2 336", Typed(2336)),
        ("2\N{NO-BREAK SPACE}336\N{NARROW NO-BREAK SPACE}000", Typed(2336000)),
        ("23.1%", Typed(23.1, percent=True)),
        ("23.1 %p", Typed(23.1, percent=True, state="provisional")),
        ("2336p", Typed(2336, state="provisional")),
        ("2,336 [p]", Typed(2336, state="provisional")),
        ("2,336 [R]", Typed(2336, state="revised")),
        ("-3", Typed(-3)),
        ("\N{MINUS SIGN}3.5", Typed(-3.5)),
        (".5", Typed(0.5)),
        ("0", Typed(0)),
        ("1.5e3", Typed(1500)),
        ("x", Typed(state="not available")),
        ("[X]", Typed(state="not available")),
        ("n/a", Typed(state="not available")),
        ("[z]", Typed(state="not applicable")),
        ("Not applicable", Typed(state="not applicable")),
        ("c", Typed(state="suppressed")),
        ("[C]", Typed(state="suppressed")),
        ("", Typed()),
        (" \N{NO-BREAK SPACE}", Typed()),
    ],
)
def test_a_figure_is_read_as_it_is_typed(text: str, typed: Typed) -> None:
    assert read(text) == typed
    assert read(text).blank == (not text.strip(" \N{NO-BREAK SPACE}"))


@pytest.mark.parametrize("dash", ["-", "--", "\N{EN DASH}", " \N{EM DASH} ", "\N{MINUS SIGN}"])
def test_a_dash_is_refused_because_it_may_mean_two_things(dash: str) -> None:
    with pytest.raises(ValueError, match="Type 0 for nought, x for not available"):
        read(dash)


@pytest.mark.parametrize("text", ["soon", "12,34,567", "1.2.3", "p", "%", "=1+1", "2 3", "١٢", "1-2"])
def test_what_is_no_figure_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match="is not a figure; write it as 2,336"):
        read(text)


def test_a_comma_that_groups_no_thousands_is_refused_with_what_may_be_meant() -> None:
    with pytest.raises(ValueError, match="a comma groups thousands") as refused:
        read("1,23p")
    sentence = "“1,23” is not a figure: a comma groups thousands, as in 1,200. Write 1.23 if that is meant."
    assert str(refused.value) == sentence


def test_where_a_word_says_that_there_is_no_figure_it_is_said_how_to_say_so() -> None:
    with pytest.raises(ValueError, match="If there is no figure, type x; if there was nothing to count, write 0"):
        read("tbc")


def test_a_figure_that_is_said_not_to_be_there_is_refused() -> None:
    with pytest.raises(ValueError, match="Type one or the other"):
        read("5x")
    with pytest.raises(ValueError, match="too large"):
        read("9" * 400)


@given(st.floats(-1e14, 1e14).map(lambda value: round(value, 4)))
def test_a_number_as_it_is_written_is_read_as_the_same(value: float) -> None:
    assert read(in_words(value)).number == value
