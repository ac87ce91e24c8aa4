"""Texts with their changes marked: more than colours, and nothing but text."""

from spp_desktop.ui.common.marked_text import marked


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
