"""The narrative's few marks: what is typed is read, written again as it is read, and what is no mark stays text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spp_desktop.plan.narrative import (
    NarrativeList,
    NarrativeNote,
    NarrativeParagraph,
    NarrativeWords,
    note_mark,
    numbers_in,
    parse,
    parse_line,
    words_alone,
    write,
)

TYPED = """We will **reduce crime**[note 3] together
and:
- one **bold** bullet

• another[note 12]
Then more."""


def test_a_text_is_read_as_paragraphs_bullets_bold_words_and_notes() -> None:
    assert parse(TYPED) == (
        NarrativeParagraph((
            NarrativeWords("We will "), NarrativeWords("reduce crime", strong=True), NarrativeNote(3),
            NarrativeWords(" together\nand:"),
        )),
        NarrativeList((
            (NarrativeWords("one "), NarrativeWords("bold", strong=True), NarrativeWords(" bullet")),
            (NarrativeWords("another"), NarrativeNote(12)),
        )),
        NarrativeParagraph((NarrativeWords("Then more."),)),
    )  # fmt: skip
    assert numbers_in(TYPED + note_mark(3)) == (3, 12)
    assert words_alone(TYPED).startswith("We will reduce crime together\nand:\n\n• one bold bullet\n• another\n\nThen")


@pytest.mark.parametrize(
    "text",
    [
        "4 ** 2 ** 1", "**", "****", "a **b", "[note x]", "[note 0]", "[note 1234]", "note 3", "-5 %", "-", "a\\b",
        "Use * for a star", "1. first", "\N{EN DASH}", "C:\\plans\\2008",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_mark_stays_text(text: str) -> None:
    assert parse(text) == (NarrativeParagraph((NarrativeWords(text),)),)
    assert words_alone(text) == text


@pytest.mark.parametrize(
    ("typed", "read"),
    [(r"\**no\**", "**no**"), (r"\[note 3]", "[note 3]"), (r"\- no bullet", "- no bullet"), (r"\\- x", r"\- x")],
)
def test_a_backslash_says_that_a_mark_is_text(typed: str, read: str) -> None:
    assert parse_line(typed) == (NarrativeWords(read),)
    assert write(parse(typed)) == typed


MARKS = st.sampled_from(["**", "[note 3]", "[Note 12]", "- ", "• ", "\\", "\n", "\n\n", " ", "*", "-", "a", "Be", "]"])


@given(st.lists(MARKS, max_size=14).map("".join) | st.text(max_size=20))
def test_what_is_read_is_written_so_that_the_same_is_read(text: str) -> None:
    narrative = parse(text)
    assert parse(write(narrative)) == narrative
