import pytest
from hypothesis import given
from hypothesis import strategies as st

from spp_desktop.figures.targets.reading import read
from spp_desktop.figures.targets.stated import Stated, Subject, show
from spp_desktop.plan.performance import Polarity, TargetKind


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4% *", Stated("4%", 4, "level", star=True)),
        ("4%*", Stated("4%", 4, "level", star=True)),
        ("45%", Stated("45%", 45, "level", star=False)),
        (" 45 % ", Stated("45 %", 45, "level", star=False)),
        ("12,000", Stated("12,000", 12000, "level", star=False)),
        ("£3.6m", Stated("£3.6m", 3_600_000, "level", star=False)),
        ("at least 85%", Stated("at least 85%", 85, "floor", star=False)),
        ("-4", Stated("-4", -4, "level", star=False)),
        ("+2%pts", Stated("+2%pts", 2, "point change", star=False)),
        ("-1 pt", Stated("-1 pt", -1, "point change", star=False)),
        ("−1.5 percentage points", Stated("−1.5 percentage points", -1.5, "point change", star=False)),  # noqa: RUF001 - a minus sign as Word sets it
        ("+2 pp *", Stated("+2 pp", 2, "point change", star=True)),
        ("gap of 3.8%pts", Stated("gap of 3.8%pts", 3.8, "gap", star=False)),
        ("top quartile", Stated("top quartile", None, "peer rank", star=False)),
        ("1st quartile", Stated("1st quartile", None, "peer rank", star=False)),
        ("2nd", Stated("2nd", 2, "peer rank", star=False)),
        ("best in MSF", Stated("best in MSF", 1, "peer rank", star=False)),
        ("best or second best in MSF", Stated("best or second best in MSF", 2, "peer rank", star=False)),
        (
            "Benchmark & report of performance",
            Stated("Benchmark & report of performance", None, "benchmark", star=False),
        ),
        ("BENCHMARK 2008", Stated("BENCHMARK 2008", None, "benchmark", star=False)),
    ],
)
def test_what_people_write(text: str, expected: Stated) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "usual", "polarity", "kind", "value"),
    [
        ("4%", None, "lower", "change on previous year", 4),
        ("-4%", None, "lower", "change on previous year", 4),
        ("+4%", "change on previous year", "lower", "change on previous year", -4),
        ("4% reduction", None, "lower", "change on previous year", 4),
        ("11%", "change over plan", "lower", "change over plan", 11),
        ("-3%", "change on previous year", "higher", "change on previous year", -3),
        ("22%", "level", "lower", "level", 22),
        ("3", "peer rank", "higher", "peer rank", 3),
        ("70%", "benchmark", "higher", "level", 70),
        ("5%", "benchmark", "lower", "change on previous year", 5),
        ("+2%pts", "level", "higher", "point change", 2),
    ],
)
def test_a_plain_number_is_of_the_usual_kind(
    text: str, usual: TargetKind | None, polarity: Polarity, kind: TargetKind, value: float
) -> None:
    said = read(text, Subject(polarity, usual=usual))
    assert (said.kind, said.value) == (kind, value)


@pytest.mark.parametrize("text", ["", " ", "*", "lots", "as soon as possible", "our benchmark"])
def test_words_without_a_number_are_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a target\. Write a number such as 4%"):
        read(text)


@pytest.mark.parametrize("text", ["70% 75%", "4% in 2008", "1,5"])
def test_two_numbers_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="more than one number"):
        read(text)


def test_a_target_is_shown_as_people_write_it() -> None:
    assert show("4%", star=True) == "4% *"
    assert show("45%", star=False) == "45%"


@given(
    st.text(max_size=30) | st.from_regex(r"[-+−–]?\d{1,3}(\.\d)?( ?%)?( ?pts)?( ?\*)?", fullmatch=True),  # noqa: RUF001 - minus signs as people paste them
    st.sampled_from(["level", "change on previous year", "change over plan", None]),
    st.sampled_from(["lower", "higher", "neutral"]),
)
def test_what_is_shown_reads_back_as_the_same_target(text: str, usual: TargetKind | None, polarity: Polarity) -> None:
    subject = Subject(polarity, usual=usual)
    try:
        said = read(text, subject)
    except ValueError:
        return
    assert read(show(said.stated, said.star), subject) == said
    assert said.stated in text


@given(st.integers(0, 100), st.booleans())
def test_a_number_is_the_number_written(number: int, star: bool) -> None:
    assert read(show(f"{number}%", star)) == Stated(f"{number}%", number, "level", star)
