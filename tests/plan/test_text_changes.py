"""The changes between two texts: nothing is lost of either, and what is shared stays plain."""

from hypothesis import given
from hypothesis import strategies as st

from spp_desktop.plan.text_changes import changes, near_change

WORDS = st.lists(st.sampled_from(["plan", "agreed", "with", "partners", "31/03/2009", "50%", ".", "\n", " "])).map(
    " ".join
)


@given(WORDS | st.text(), WORDS | st.text())
def test_nothing_is_lost_of_either_text(before: str, after: str) -> None:
    parts = changes(before, after)
    assert "".join(part.text for part in parts if part.kind != "new") == before
    assert "".join(part.text for part in parts if part.kind != "gone") == after
    assert all(part.text for part in parts)


def test_a_phrase_that_changes_is_marked_as_one() -> None:
    parts = changes(
        "Strategy drafted with partners and sent out for comment.",
        "Strategy agreed by all partners and sent out for comment.",
    )
    assert parts == [
        ("same", "Strategy "),
        ("gone", "drafted with"),
        ("new", "agreed by all"),
        ("same", " partners and sent out for comment."),
    ]


def test_dates_and_percentages_are_whole() -> None:
    text = "Training is to be done by {} in all three boroughs, for {} of officers."
    parts = changes(text.format("30/09/2008", "50%"), text.format("30/06/2009", "60%"))
    assert [part.text for part in parts if part.kind != "same"] == ["30/09/2008", "30/06/2009", "50%", "60%"]


def test_texts_with_little_in_common_are_not_mixed() -> None:
    assert [
        part.kind for part in changes("Put off until the programme delivers its part.", "Agreed by the board.")
    ] == [
        "gone",
        "new",
    ]


@given(
    st.lists(st.sampled_from(["Drafted by all partners.", "Agreed.", "", "Sent to the board in May."])).map("\n".join),
    st.lists(st.sampled_from(["Drafted by all partners.", "Agreed.", "", "Sent to the board in June."])).map("\n".join),
)
def test_nothing_is_lost_of_paragraphs(before: str, after: str) -> None:
    parts = changes(before, after)
    assert "".join(part.text for part in parts if part.kind != "new") == before
    assert "".join(part.text for part in parts if part.kind != "gone") == after


def test_a_long_narrative_is_compared_paragraph_by_paragraph() -> None:
    paragraphs = [" ".join(f"word{n % 97} of {number}" for n in range(200)) for number in range(300)]
    changed = [*paragraphs[:10], "A paragraph that is new.", *paragraphs[10:200], *paragraphs[201:]]
    changed[150] = changed[150].replace("word40 of", "words of", 1)
    parts = [part for part in changes("\n".join(paragraphs), "\n".join(changed)) if part.kind != "same"]
    assert [(part.kind, part.text.strip()) for part in parts] == [
        ("new", "A paragraph that is new."),
        ("gone", "word40"),
        ("new", "words"),
        ("gone", paragraphs[200]),
    ]


def test_texts_in_which_nothing_is_the_same_take_no_longer_for_that() -> None:
    first, second = ("\n".join(f"{sign} {n % 3} {sign}" for n in range(30_000)) for sign in "ab")
    assert {part.kind for part in changes(first, second)} >= {"gone", "new"}


def test_a_few_changes_in_a_long_paragraph_are_told_apart() -> None:
    words = " ".join(f"word{n}" for n in range(3000))
    changed = words.replace("word2890 ", "other ").replace("word2990 ", "another ")
    parts = changes(words, changed)
    assert [part.text for part in parts if part.kind != "same"] == ["word2890", "other", "word2990", "another"]


def test_a_change_far_from_the_beginning_is_what_the_table_shows() -> None:
    before = "Work with partners to produce a strategy by June 2008"
    assert near_change(before, before.replace("June", "July")) == "… strategy by July 2008"
    assert near_change("On track", "At risk") == "At risk"
    assert near_change("", "Two\nlines") == "Two lines"
    assert near_change(before, before) == before
