"""The changes between two texts: nothing is lost of either, and what is shared stays plain."""

from hypothesis import given
from hypothesis import strategies as st

from spp_desktop.ui.review.text_changes import MOST_WORDS, changes, marked, near_change

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
    assert marked("On track", "Off track", "#a00", "#0a0").count("<span") == 1


def test_marks_are_more_than_colours_and_text_is_only_text() -> None:
    html = marked(
        "We meet <b>monthly</b> with all partners.", "We meet <i>weekly</i> with all partners.\nYes", "#a00", "#0a0"
    )
    assert "line-through" in html
    assert "underline" in html
    assert "<b>" not in html
    assert "&lt;" in html
    assert "<br>Yes" in html


def test_very_long_texts_are_still_told_apart() -> None:
    words = " ".join(f"word{n}" for n in range(MOST_WORDS * 2))
    changed = words.replace("word2890 ", "other ").replace("word2990 ", "another ")
    parts = changes(words, changed)
    assert parts[0].kind == "same"
    assert "".join(part.text for part in parts if part.kind != "gone") == changed


def test_a_change_far_from_the_beginning_is_what_the_table_shows() -> None:
    before = "Work with partners to produce a strategy by June 2008"
    assert near_change(before, before.replace("June", "July")) == "… strategy by July 2008"
    assert near_change("On track", "At risk") == "At risk"
    assert near_change("", "Two\nlines") == "Two lines"
    assert near_change(before, before) == before
