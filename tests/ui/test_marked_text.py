"""Texts with their changes marked: more than colours, nothing but text, and on one line near what has changed."""

from spp_desktop.ui.common.marked_text import marked, near_change


def test_texts_that_share_nothing_are_not_mixed() -> None:
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


def test_a_change_far_from_the_beginning_is_what_the_table_shows() -> None:
    before = "Work with partners to produce a strategy by June 2008"
    assert near_change(before, before.replace("June", "July")) == "… strategy by July 2008"
    assert near_change("On track", "At risk") == "At risk"
    assert near_change("", "Two\nlines") == "Two lines"
    assert near_change(before, before) == before
