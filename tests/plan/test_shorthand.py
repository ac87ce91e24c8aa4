"""Marks behind figures and headings, and signs that stand where no figure does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spp_desktop.plan.shorthand import absence, figure_unmarked, unmarked


@pytest.mark.parametrize(
    ("text", "bare", "marks", "state"),
    [
        ("Jun 2009 [p]", "Jun 2009", ("p",), "provisional"),
        ("2006/07 (p)", "2006/07", ("p",), "provisional"),
        ("2008/09*", "2008/09", ("*",), None),
        ("Burglary [note 1][note 2]", "Burglary", ("note 1", "note 2"), None),
        ("Recorded crime (1)(2)", "Recorded crime", ("1", "2"), None),
        ("1,234 (r)", "1,234", ("r",), "revised"),
        ("Totals (Prov.)", "Totals", ("prov",), "provisional"),
        ("serious harm⁹", "serious harm", ("9",), None),
        ("[x]", "[x]", (), None),
        ("Rate (%)", "Rate (%)", (), None),
        ("FTE (headcount)", "FTE (headcount)", (), None),
        ("", "", (), None),
    ],
)
def test_a_text_is_parted_from_its_marks(text: str, bare: str, marks: tuple[str, ...], state: str | None) -> None:
    parted = unmarked(text)
    assert (parted.text, parted.marks, parted.state) == (bare, marks, state)


@pytest.mark.parametrize(
    ("text", "bare", "state"),
    [("2336p", "2336", "provisional"), ("12.5 r", "12.5", "revised"), ("45%p [note 2]", "45%", "provisional"),
     ("1,200", "1,200", None), ("Q1 2", "Q1 2", None), ("soup", "soup", None)],
)  # fmt: skip
def test_a_figure_may_have_its_letter_right_behind_it(text: str, bare: str, state: str | None) -> None:
    parted = figure_unmarked(text)
    assert (parted.text, parted.state) == (bare, state)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("..", "not available"), (":", "not available"), ("-", "not available"), ("\N{EN DASH}", "not available"),
        ("n/a", "not available"), ("N/A [note 1]", "not available"), ("[x]", "not available"), ("[X]", "not available"),
        ("[z]", "not applicable"), (".", "not applicable"), ("*", "suppressed"), ("[c]", "suppressed"),
        ("0", None), ("-5", None), ("x", None), ("soon", None), ("", None),
    ],
)  # fmt: skip
def test_signs_say_why_there_is_no_figure(text: str, why: str | None) -> None:
    assert absence(text) == why


@given(st.text(max_size=40))
def test_any_text_is_parted_into_what_it_was(text: str) -> None:
    parted = unmarked(text)
    assert text.strip().startswith(parted.text)
    assert unmarked(parted.text).text == parted.text or len(parted.marks) == 6
