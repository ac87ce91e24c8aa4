"""What people write as targets: every usual phrase is read right or asked about, and none with another meaning."""

# ruff: noqa: E501 - a phrase and what is made of it stand on one line

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spp_desktop.figures.targets.kinds import KINDS, kind_named
from spp_desktop.figures.targets.reading import LONGEST, read
from spp_desktop.figures.targets.stated import Stated, Subject, Unclear, with_kind
from spp_desktop.plan.performance import Polarity, TargetKind

CRIMES = Subject("lower", "recorded crimes", "count", year=2008)
COMPLAINTS = Subject("lower", "complaints", "count", year=2008)
ARRESTS = Subject("higher", "arrests", "count", year=2008)
CALLS = Subject("neutral", "calls", "count", year=2008)
SATISFACTION = Subject("higher", "%", "survey", year=2008)
PERCEPTION = Subject("lower", "%", "survey", year=2008)
SICKNESS = Subject("lower", "working days lost", "level", year=2008)
ANSWERS = Subject("lower", "minutes", "level", year=2008)
RISK = Subject("lower", "", "level", year=2008)
SAVINGS = Subject("higher", "£m", "level", year=2008)
BURGLARY = Subject("lower", "per 1,000 households", "rate", per=1000, year=2008)
OVER_PLAN = Subject("lower", "recorded crimes", "count", over_plan=True, years=(2008, 2009, 2010))
GRADED = Subject("higher", "", "grade", grades=("Inadequate", "Requires improvement", "Good", "Outstanding"), year=2008)
YES_NO = Subject("higher", "", "yes/no", grades=("No", "Yes"), year=2008)

READ: list[tuple[str, Subject, TargetKind, float | None, dict[str, Any]]] = [
    # The figure itself
    ("0", COMPLAINTS, "level", 0, {}),
    ("6", RISK, "level", 6, {}),
    ("zero", COMPLAINTS, "level", 0, {}),
    ("12,000", CRIMES, "level", 12_000, {}),
    ("two hundred", CRIMES, "level", 200, {}),
    ("a dozen", COMPLAINTS, "level", 12, {}),
    ("45%", SATISFACTION, "level", 45, {}),
    ("eighty-five per cent", SATISFACTION, "level", 85, {}),
    ("90% of 999 calls answered within 10 seconds", SATISFACTION, "level", 90, {}),
    ("9.2 days", SICKNESS, "level", 9.2, {}),
    ("£2.5m", SAVINGS, "level", 2.5, {}),
    ("£350k", SAVINGS, "level", 0.35, {}),
    ("reduce to 1,200", CRIMES, "level", 1200, {}),
    ("increase from 70% to 75%", SATISFACTION, "level", 75, {}),
    ("maintain at 85%", SATISFACTION, "level", 85, {}),
    ("100 a month", CRIMES, "level", 100, {"every": "month"}),
    ("25 per quarter", COMPLAINTS, "level", 25, {"every": "quarter"}),
    ("12.5 per 1,000 households", BURGLARY, "level", 12.5, {}),
    # No more than, at least
    ("no more than 1,200", CRIMES, "ceiling", 1200, {}),
    ("at most 36", COMPLAINTS, "ceiling", 36, {}),
    ("at or below 9.2 days", SICKNESS, "ceiling", 9.2, {}),
    ("within 8 minutes", ANSWERS, "ceiling", 8, {}),
    ("≤ 40", COMPLAINTS, "ceiling", 40, {}),
    ("up to 30", COMPLAINTS, "ceiling", 30, {}),
    ("12 or fewer", COMPLAINTS, "ceiling", 12, {}),
    ("not to exceed 50", COMPLAINTS, "ceiling", 50, {}),
    ("under 1,200", CRIMES, "ceiling", 1200, {"strict": True}),
    ("fewer than ten", COMPLAINTS, "ceiling", 10, {"strict": True}),
    ("no more than 100 a month", CALLS, "ceiling", 100, {"every": "month"}),
    ("at least 85%", SATISFACTION, "floor", 85, {}),
    ("85% or better", SATISFACTION, "floor", 85, {}),
    ("≥ 1,000", ARRESTS, "floor", 1000, {}),
    ("over 85%", SATISFACTION, "floor", 85, {"strict": True}),
    ("minimum of 40", ARRESTS, "floor", 40, {}),
    ("better than 1,300", CRIMES, "ceiling", 1300, {"strict": True}),
    ("no worse than 85%", SATISFACTION, "floor", 85, {}),
    ("improve on 83.4%", SATISFACTION, "floor", 83.4, {"strict": True}),
    ("1,000 plus", ARRESTS, "floor", 1000, {}),
    ("50 (floor)", CALLS, "floor", 50, {}),
    ("limit: 50", CALLS, "ceiling", 50, {}),
    ("1,200 (max)", CRIMES, "ceiling", 1200, {}),
    ("100 pcm", CRIMES, "level", 100, {"every": "month"}),
    ("25 per qtr", COMPLAINTS, "level", 25, {"every": "quarter"}),
    # Between two numbers
    ("between 40 and 50", CALLS, "range", 40, {"upper": 50}),
    ("70-75%", SATISFACTION, "range", 70, {"upper": 75}),
    ("1,100 to 1,200", CRIMES, "range", 1100, {"upper": 1200}),
    ("£2-3m", SAVINGS, "range", 2, {"upper": 3}),
    # Changes
    ("4%", CRIMES, "change on previous year", 4, {}),
    ("five per cent (about 2,300 fewer victims)", CRIMES, "change on previous year", 5, {}),
    ("4% reduction", CRIMES, "change on previous year", 4, {}),
    ("-4%", CRIMES, "change on previous year", 4, {}),
    ("increase by 10%", ARRESTS, "change on previous year", 10, {}),
    ("reduce by half", CRIMES, "change on previous year", 50, {}),
    ("no more than 4% increase", CRIMES, "change on previous year", -4, {}),
    (
        "A reduction of at least 5% compared to the previous year in the number of RTCs causing fatalities or serious injury",
        CRIMES,
        "change on previous year",
        5,
        {},
    ),
    ("10%", OVER_PLAN, "change over plan", 10, {}),
    ("Reduce total recorded crime by 10% over three years", OVER_PLAN, "change over plan", 10, {}),
    ("10% below 2005-06", CRIMES, "change on base year", 10, {"base_year": 2005}),
    ("15% reduction (2005/06 baseline)", CRIMES, "change on base year", 15, {"base_year": 2005}),
    ("+2%pts", SATISFACTION, "point change", 2, {}),
    ("5 percentage point reduction", PERCEPTION, "point change", -5, {}),
    ("narrow the gap by 1 point", PERCEPTION, "point change", -1, {}),
    ("200 fewer", CRIMES, "amount change", -200, {}),
    ("increase by fifty", ARRESTS, "amount change", 50, {}),
    ("an additional 100 arrests", ARRESTS, "amount change", 100, {}),
    ("an extra 10%", ARRESTS, "change on previous year", 10, {}),
    # Gaps, places, grades
    ("gap of 3.8%pts", PERCEPTION, "gap", 3.8, {}),
    ("gap no more than 5 points", PERCEPTION, "gap", 5, {}),
    ("top quartile", CRIMES, "peer rank", None, {}),
    ("best or second best in MSF", CRIMES, "peer rank", 2, {}),
    ("Good", GRADED, "grade", 3, {}),
    ("at least Requires improvement", GRADED, "grade", 2, {}),
    ("maintain Good", GRADED, "grade", 3, {}),
    ("no worse than Good", GRADED, "grade", 3, {}),
    ("Yes", YES_NO, "grade", 1, {}),
    # Without a number
    ("reduce", CRIMES, "reduce", None, {}),
    ("year on year reduction", CRIMES, "reduce", None, {}),
    ("improve", SATISFACTION, "increase", None, {}),
    ("Continued growth", ARRESTS, "increase", None, {}),
    ("maintain", SATISFACTION, "maintain", None, {}),
    ("no increase", CRIMES, "maintain", None, {}),
    ("all OCUs by March 2010", CALLS, "by a date", None, {"due": date(2010, 3, 31)}),
    ("95% by 30th September 2008", SATISFACTION, "by a date", 95, {"due": date(2008, 9, 30)}),
    ("Benchmark & report of performance", SATISFACTION, "benchmark", None, {}),
    ("Baseline to be established", CRIMES, "benchmark", None, {}),
    ("TBC", CRIMES, "to be confirmed", None, {}),
    ("Target to be set", CRIMES, "to be confirmed", None, {}),
    ("monitor", CALLS, "monitor", None, {}),
    ("No target set", CALLS, "monitor", None, {}),
    ("forecast 1,300", CRIMES, "forecast", 1300, {}),
    ("1,200 (forecast)", CRIMES, "forecast", 1200, {}),
    ("est. 1,300", CRIMES, "forecast", 1300, {}),
]
ASKED: list[tuple[str, Subject, str, tuple[TargetKind, ...]]] = [
    ("22%", PERCEPTION, "may be the figure itself or a change in per cent of the year before", ("level", "change on previous year")),
    ("10%", ARRESTS, "may be a change in per cent of the year before or something else", ("change on previous year",)),
    ("increase by 5%", SATISFACTION, "may be a change in percentage points or", ("point change", "change on previous year")),
    ("increase by 10%", CRIMES, "says that more is aimed at, and less is better", ("change on previous year",)),
    ("5 percentage point reduction", SATISFACTION, "says that less is aimed at, and more is better", ("point change",)),
    ("no more than 20%", SATISFACTION, "says that less is aimed at, and more is better", ("ceiling",)),
    ("2 percentage points", PERCEPTION, "does not say which way", ()),
    ("reduce by a third", CRIMES, "has a number in words that are not understood", ()),
    ("4% (TBC)", CRIMES, "has a number, and is still open", ("to be confirmed",)),
    ("within 8 minutes", SICKNESS, "is in minutes, and results of this indicator are in working days lost", ()),
    ("12.5 per 100,000", BURGLARY, "is a rate per 100,000, and this indicator is one per 1,000", ()),
    ("£2.5m", CRIMES, "is money, and results of this indicator are in recorded crimes", ()),
    ("4% of victims", CRIMES, "is a share of something, and results of this indicator are in recorded crimes", ()),
    ("90% of last year", CRIMES, "is so many per cent of a year's figure", ()),
    ("top 10%", CRIMES, "says more than one thing", ()),
    ("100 per week", CRIMES, "is for each week or day", ()),
    ("0.85", SATISFACTION, "may be 85% or 0.85%", ()),
    ("145%", SATISFACTION, "is more than 100% of those who answer", ()),
    ("85% by March 2011", SATISFACTION, "is for 31 Mar 2011. Write it under that year", ()),
    ("10% over three years", CRIMES, "is over several years. Write it under the target over the plan", ()),
    ("all OCUs by 2010", CRIMES, "seems to name a year", ()),
    ("8 minutes 30 seconds", ANSWERS, "has more than one number", ()),
    ("20-25% reduction", CRIMES, "is a change between two numbers", ()),
    ("-200", CRIMES, "may be a change by that number or the figure itself", ("amount change", "level")),
    ("+4%", CRIMES, "says that more is aimed at, and less is better", ("change on previous year",)),
    ("4% a year", OVER_PLAN, "is for each year. Write it under each year of the plan", ()),
    ("8m", ANSWERS, "may be thousands or millions, and results are in minutes", ()),
    ("2,500,000", SAVINGS, "says no unit, and results are in £m", ()),
    ("% 3", CRIMES, "has a % away from its number", ()),
    ("above Requires improvement", GRADED, "is none of the grades of this indicator", ()),
    ("move from Requires improvement to Good", GRADED, "is none of the grades of this indicator", ()),
    ("Amazing", GRADED, "Choose from: Outstanding, Good, Requires improvement, Inadequate", ()),
    ("as soon as possible", CRIMES, "is not a target. Write a number such as 4%", ()),
]  # fmt: skip


def test_there_are_77_phrases_and_two_or_more_of_each_kind() -> None:
    assert len(READ) >= 77
    kinds = [kind for _, _, kind, _, _ in READ]
    assert {kind for kind in KINDS if kinds.count(kind) < 2} == set()


@pytest.mark.parametrize(("text", "subject", "kind", "value", "more"), READ)
def test_a_usual_phrase_is_read_as_it_is_meant(
    text: str, subject: Subject, kind: TargetKind, value: float | None, more: dict[str, Any]
) -> None:
    assert read(text, subject) == Stated(text, value, kind, star=False, **more)


@pytest.mark.parametrize(("text", "subject", "sentence", "kinds"), ASKED)
def test_what_may_mean_several_things_is_asked_about(
    text: str, subject: Subject, sentence: str, kinds: tuple[TargetKind, ...]
) -> None:
    with pytest.raises(Unclear) as asked:
        read(text, subject)
    assert sentence in str(asked.value)
    assert asked.value.kinds == kinds


@pytest.mark.parametrize(("text", "subject", "_", "kinds"), [one for one in ASKED if one[3]])
def test_what_is_chosen_of_what_was_asked_is_taken(
    text: str, subject: Subject, _: str, kinds: tuple[TargetKind, ...]
) -> None:
    for kind in kinds:
        chosen = read(text, subject, kind)
        assert chosen.kind == kind
        assert read(with_kind(text, kind), subject) == chosen


@pytest.mark.parametrize(
    ("text", "kind", "sentence"),
    [
        ("4", "change on previous year", "cannot be meant as “% change on the year before”"),
        ("4%", "level", "is in per cent, and results of this indicator are in recorded crimes"),
        ("no more than 40", "floor", "cannot be meant as “At least”"),
        ("40", "range", "cannot be meant as “Between two numbers”"),
        ("40", "grade", "is no grade"),
        ("40", "by a date", "names no day"),
        ("10%", "change on base year", "does not say which year it is a change of"),
        ("10%", "change over plan", "stands under a year"),
        ("increase", "reduce", "says the opposite of reduce"),
        ("40", "reduce", "has a number, and reduce has none"),
        ("2.5", "peer rank", "is no place among forces"),
    ],
)
def test_a_kind_that_the_words_cannot_have_is_refused(text: str, kind: TargetKind, sentence: str) -> None:
    with pytest.raises(Unclear, match=sentence):
        read(text, CRIMES, kind)


def test_beside_other_years_a_plain_number_is_as_they_are_or_asked_about() -> None:
    beside_changes = Subject("lower", "recorded crimes", "count", usual="change on previous year", year=2009)
    assert read("3%", beside_changes).kind == "change on previous year"
    assert read("at least 3%", beside_changes) == Stated("at least 3%", 3, "change on previous year", star=False)
    with pytest.raises(Unclear, match="may be a change in per cent of the year before or the figure itself"):
        read("3", beside_changes)
    beside_levels = Subject("lower", "%", "survey", usual="level", year=2009)
    assert read("21%", beside_levels).kind == "level"
    with pytest.raises(Unclear, match="may be a change in percentage points or"):
        read("-2%", beside_levels)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_known_by_each_of_its_names(kind: TargetKind) -> None:
    words = KINDS[kind]
    assert {kind_named(name) for name in (kind, words.title, words.title.upper(), words.beside)} == {kind}
    assert words.judged.endswith(".")


def test_a_kind_in_square_brackets_stands_before_or_behind_the_star() -> None:
    for text in ("22% [level] *", "22% * [Level]"):
        assert read(text, PERCEPTION) == Stated("22%", 22, "level", star=True)


def test_a_long_text_is_no_target() -> None:
    with pytest.raises(Unclear, match="is longer than the 200 characters"):
        read("reduce " * LONGEST, CRIMES)


# Every kind, whatever its number

POLARITIES = st.sampled_from(("lower", "higher", "neutral"))
NUMBERS = st.integers(0, 10**7)
PHRASES: dict[TargetKind, tuple[str, ...]] = {
    "level": ("{0:,}", "{0}", "{0:,} a year", "maintain {0}"),
    "ceiling": ("no more than {0:,}", "at most {0}", "up to {0}", "{0} or less", "maximum of {0}", "not exceeding {0}"),
    "floor": ("at least {0:,}", "no fewer than {0}", "{0} or more", "minimum {0}", "{0}+"),
}


@pytest.mark.parametrize("kind", PHRASES)
@given(number=NUMBERS, polarity=POLARITIES, phrase=st.data())
def test_a_bounded_number_is_bounded_so_or_asked_about(
    kind: TargetKind, number: int, polarity: Polarity, phrase: Any
) -> None:
    text = phrase.draw(st.sampled_from(PHRASES[kind])).format(number)
    subject = Subject(polarity, "calls", "count", year=2008)
    against = (kind, polarity) in {("ceiling", "higher"), ("floor", "lower")}
    if against:
        with pytest.raises(Unclear):
            read(text, subject)
    assert read(text, subject, kind if against else None) == Stated(text, number, kind, star=False)


@given(NUMBERS, NUMBERS, POLARITIES, st.sampled_from(("between {} and {}", "{} to {}", "{}-{}", "{:,} – {:,}")))  # noqa: RUF001 - a dash as people write it
def test_a_range_has_its_two_ends(one: int, other: int, polarity: Polarity, phrase: str) -> None:
    low, high = sorted((one, other))
    subject = Subject(polarity, "calls", "count", year=2008)
    text = phrase.format(low, high)
    try:
        said = read(text, subject)
    except Unclear:
        assert low == high or "-" in text  # such as 2008-09, a year
        return
    assert (said.kind, said.value, said.upper) == ("range", low, high)


@given(
    st.integers(1, 99), POLARITIES, st.sampled_from(("reduce by {}%", "{}% reduction", "-{}%", "{}% fewer", "cut {}%"))
)
def test_a_fall_in_per_cent_never_aims_upwards(number: int, polarity: Polarity, phrase: str) -> None:
    text = phrase.format(number)
    subject = Subject(polarity, "calls", "count", year=2008)
    try:
        said = read(text, subject)
    except Unclear:
        assert polarity != "lower"
        said = read(text, subject, "change on previous year")
    assert said.kind == "change on previous year"
    assert said.value == (number if polarity == "lower" else -number)


@given(st.integers(1, 99), POLARITIES, st.booleans(), st.booleans())
def test_a_change_by_a_number_goes_the_way_it_says(number: int, polarity: Polarity, down: bool, points: bool) -> None:
    text = f"{'reduce' if down else 'increase'} by {number}{' percentage points' if points else ''}"
    subject = Subject(polarity, "%" if points else "calls", "survey" if points else "count", year=2008)
    kind: TargetKind = "point change" if points else "amount change"
    wrong = polarity == ("higher" if down else "lower")
    if wrong:
        with pytest.raises(Unclear, match="is better for this indicator"):
            read(text, subject)
    said = read(text, subject, kind if wrong else None)
    assert (said.kind, said.value) == (kind, -number if down else number)


@given(st.integers(1, 99), st.integers(1990, 2006))
def test_a_base_year_is_the_one_that_is_named(number: int, year: int) -> None:
    text = f"{number}% below {year}-{(year + 1) % 100:02d}"
    said = read(text, CRIMES)
    assert (said.kind, said.value, said.base_year) == ("change on base year", number, year)


@given(st.dates(date(2008, 4, 1), date(2009, 3, 30)))
def test_a_day_is_the_one_that_is_named(day: date) -> None:
    for written in (f"{day.day} {day:%B %Y}", f"{day:%d/%m/%Y}", f"{day.day}th {day:%b} {day.year}"):
        said = read(f"1,000 by {written}", CRIMES)
        assert (said.kind, said.value, said.due) == ("by a date", 1000, day)


@given(st.integers(1, 99), st.integers(1, 9), st.sampled_from(("k", " thousand", "m", " million", "bn")))
def test_thousands_and_millions_are_counted_out(whole: int, tenth: int, scale: str) -> None:
    size = {"k": 10**3, " thousand": 10**3, "m": 10**6, " million": 10**6, "bn": 10**9}[scale]
    for unit, of in (("£", 1), ("£000", 10**3), ("£m", 10**6)):
        said = read(f"£{whole}.{tenth}{scale}", Subject("higher", unit, "level", year=2008))
        assert said.value == pytest.approx((whole + tenth / 10) * size / of)


@given(
    st.sampled_from([text for text, *_ in READ]), POLARITIES, st.sampled_from([CRIMES, SATISFACTION, RISK, BURGLARY])
)
def test_a_usual_phrase_of_anything_is_never_kept_in_per_cent_of_last_year_without_one(
    text: str, polarity: Polarity, subject: Subject
) -> None:
    try:
        said = read(text, Subject(polarity, subject.unit, subject.measure, year=2008))
    except Unclear:
        return
    if said.kind in {"change on previous year", "change over plan", "change on base year"}:
        assert any(sign in text for sign in ("%", "per cent", "half"))
    if said.value is not None and said.kind not in {"grade", "peer rank"}:
        assert any(character.isdigit() for character in text) or abs(said.value) in {0, 10, 12, 50, 85, 200, 5}


@given(st.text(alphabet="0123456789%.,- abcdefghilmnoprstuvy£+()¤¶[]", max_size=40), POLARITIES)
def test_whatever_is_written_is_read_or_asked_about(text: str, polarity: Polarity) -> None:
    for subject in (
        Subject(polarity),
        Subject(polarity, "%", "survey", year=2008),
        Subject(polarity, "calls", "count"),
    ):
        try:
            said = read(text, subject)
        except Unclear:
            continue
        assert said.stated in text
        assert said.stated == said.stated.strip()
        assert (said.kind == "range") == (said.upper is not None)
        assert (said.kind == "by a date") == (said.due is not None)
