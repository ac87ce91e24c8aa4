"""The levels of a new plan in one line: read as people write them, shown as they are typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spp_desktop.plan.level_text import MOST_LEVELS, READY, NewLevel, plural_of, read_levels, shown_levels
from spp_desktop.plan.levels import Level
from spp_desktop.plan.rules import RuleBroken

OBJECTIVES = (
    NewLevel("Outcome", "Outcomes"),
    NewLevel("Objective", "Objectives"),
    NewLevel("Measure", "Measures", "sentence"),
)
NAMES = st.text("abcdefghijklmnopqrstuvwxyzßéABYZ019 -&()'", min_size=1, max_size=24)


@pytest.mark.parametrize(
    "text",
    [
        "Outcome / Objective / Measure*",
        "outcome>objective>measure (sentences)",
        "  Outcome /Objective > Measure  (Sentence) ",
    ],
)
def test_levels_are_read_as_people_write_them(text: str) -> None:
    assert read_levels(text) == OBJECTIVES


def test_the_first_ready_set_is_what_every_plan_is_made_with() -> None:
    shipped = [{"written": "heading", **values} for values in Level.shipped]
    assert [level._asdict() for level in read_levels(READY[0])] == shipped
    assert [shown_levels(read_levels(text)) for text in READY] == list(READY)


@given(st.lists(NAMES, min_size=1, max_size=MOST_LEVELS), st.booleans())
def test_what_is_shown_is_read_as_it_was(names: list[str], sentences: bool) -> None:
    try:
        levels = read_levels("/".join(names) + "*" * sentences)
    except RuleBroken:
        return
    assert read_levels(shown_levels(levels)) == levels
    assert len(levels) == len(names)
    assert {level.written for level in levels[:-1]} <= {"heading"}


@pytest.mark.parametrize(
    ("title", "plural"),
    [
        ("Priority", "Priorities"), ("Outcome", "Outcomes"), ("Promise", "Promises"), ("Pillar", "Pillars"),
        ("Key aim", "Key aims"), ("Way", "Ways"), ("Focus", "Focuses"), ("Line of enquiry", "Lines of enquiry"),
        ("Area for action", "Areas for action"), ("KPI", "KPIs"), ("Y", "Ys"),
    ],
)  # fmt: skip
def test_plurals_are_those_of_english(title: str, plural: str) -> None:
    assert plural_of(title) == plural


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "A level has no name."),
        ("Outcome // Measure", "A level has no name."),
        ("Outcome / *", "A level has no name."),
        ("Aim / aim", "Two levels are called “Aim”."),
        ("A/B/C/D/E/F/G", "A plan begins with at most 6 levels, and these are 7."),
        ("Pillar / Promise* / Step", "Only the last level may be one of sentences: nothing stands under “Promise”."),
        ("Promise*", "“Promise” is the top level, which is one of headings. Leave the * out."),
        ("Aim / " + "x" * 40, f"“X{'x' * 39}” is too long for the name of a level"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        read_levels(text)
    assert str(refused.value).startswith(sentence)
