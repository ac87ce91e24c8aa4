"""Steps of a scale: found by their names, told by them, typed by them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spp_desktop.figures import counts
from spp_desktop.figures.scale import YES_NO, Scale, scale_of
from spp_desktop.figures.typed_figure import Typed, read

GRADES = Scale(("Inadequate", "Requires improvement", "Good", "Outstanding"))
NAMES = st.lists(st.text("abcdefgh ", min_size=1).map(str.strip).filter(bool), min_size=1, max_size=9, unique=True)


@given(NAMES, st.sampled_from((0, 1)))
def test_each_step_is_found_by_its_name_and_called_by_it(names: list[str], first: int) -> None:
    scale = Scale(tuple(" ".join(name.split()) for name in names), first)
    for name in scale.names:
        step = scale.step(f" {name.upper()} ")
        assert step is not None
        assert scale.has(step)
        assert scale.name(step).casefold() == name.casefold()
    low, high = scale.ends
    assert (low, high - low) == (first - 0.5, len(names))


@given(st.floats(-10, 10))
def test_a_number_that_is_no_step_stays_a_number(number: float) -> None:
    assert GRADES.has(number) == (number in {1, 2, 3, 4})
    assert (GRADES.name(number) in GRADES.names) == GRADES.has(number)


def test_grades_are_kept_the_best_first_and_counted_from_the_worst() -> None:
    assert scale_of("grade", "Outstanding; Good; Requires improvement ;Inadequate;") == GRADES
    assert (scale_of("yes/no", ""), scale_of("level", "Good; Poor")) == (YES_NO, None)
    assert [YES_NO.step(word) for word in ("no", "YES", "maybe")] == [0, 1, None]


@given(st.integers(1, 4), st.integers(1, 4))
def test_a_change_is_told_from_step_to_step(now: int, before: int) -> None:
    told = GRADES.change(counts.change_in_level(now, before, "higher"))
    names = f"{GRADES.name(now)} after {GRADES.name(before)}"
    up, down = f"up, which is better: {names}", f"down, which is worse: {names}"
    assert told == (f"no change: {names}" if now == before else up if now > before else down)


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("good", Typed(3)),
        ("  Requires   Improvement ", Typed(2)),
        ("Good p", Typed(3, state="provisional")),
        ("Outstanding [r]", Typed(4, state="revised")),
        ("x", Typed(state="not available")),
        ("", Typed()),
    ],
)
def test_a_grade_is_typed_by_its_name(text: str, typed: Typed) -> None:
    assert read(text, GRADES) == typed


@pytest.mark.parametrize("text", ["3", "excellent", "Good or better", "-", "Good; Outstanding"])
def test_what_is_no_grade_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="Choose from: Outstanding, Good, Requires improvement, Inadequate"):
        read(text, GRADES)


def test_a_grade_that_is_not_available_is_refused() -> None:
    with pytest.raises(ValueError, match="has a figure and says that there is none"):
        read("Good [x]", GRADES)


def test_an_indicator_without_grades_takes_none_yet() -> None:
    with pytest.raises(ValueError, match=r"it has none yet\. Write them on the page “Measure” first"):
        read("Good", Scale(()))
