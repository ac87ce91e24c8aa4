"""Marks of the narrative put by keys, and texts pasted from Word, Excel and browsers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spp_desktop.plan.narrative import parse
from spp_desktop.plan.narrative_pasted import from_html, from_text
from spp_desktop.plan.narrative_typing import TypedChange, line_after, toggle_bold, toggle_bullets


def after(text: str, change: TypedChange) -> tuple[str, str]:
    """A text after a change, and what is selected then."""
    made = text[: change.start] + change.text + text[change.end :]
    return made, made[change.first : change.last]


@pytest.mark.parametrize(
    ("text", "selected", "made", "then"),
    [
        ("cut crime now", (4, 9), "cut **crime** now", "**crime**"),
        ("cut **crime** now", (6, 11), "cut crime now", "crime"),
        ("cut **crime** now", (4, 13), "cut crime now", "crime"),
        ("cut crime now", (6, 6), "cut **crime** now", "**crime**"),
        ("cut crime now", (3, 10), "cut **crime** now", " **crime** "),
        ("- one\n\n- two", (0, 12), "- **one**\n\n- **two**", "- **one**\n\n- **two**"),
        ("**one** two", (0, 11), "**one two**", "**one two**"),
        ("a  b", (2, 2), "a **** b", ""),
        ("", (0, 0), "****", ""),
    ],
)
def test_bold_is_put_and_taken(text: str, selected: tuple[int, int], made: str, then: str) -> None:
    assert after(text, toggle_bold(text, *selected)) == (made, then)


@pytest.mark.parametrize(
    ("text", "selected", "made"),
    [
        ("one\ntwo\nthree", (5, 9), "one\n- two\n- three"),
        ("one\n- two\n• three", (6, 12), "one\ntwo\nthree"),
        ("- one\ntwo", (0, 9), "- one\n- two"),
        ("", (0, 0), "- "),
    ],
)
def test_bullets_are_put_and_taken(text: str, selected: tuple[int, int], made: str) -> None:
    assert after(text, toggle_bullets(text, *selected))[0] == made


def test_enter_goes_on_with_a_list_and_ends_it() -> None:
    assert line_after("text", 4) is None
    going_on = line_after("- one", 5)
    assert going_on is not None
    assert after("- one", going_on) == ("- one\n- ", "")
    ending = line_after("- one\n- ", 8)
    assert ending is not None
    assert after("- one\n- ", ending) == ("- one\n", "")


WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p {color:red}</style>
<!--[if gte mso 9]><xml><o:x>junk</o:x></xml><![endif]--></head><body lang=EN-GB><!--StartFragment-->
<h2>Road safety<o:p></o:p></h2>
<p class=MsoNormal>The safety of our&nbsp;roads is <b style='mso-bidi-font-weight:normal'>key </b><b>to
providing</b> a “reli&shy;able” net\u00adwork.<o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;
</span></span></span><![endif]>Help reduce <del>the</del> collisions<span class=MsoCommentReference>[AB1]</span></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>Work with
partners<br>daily</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.<span>&nbsp;
</span></span>First</p>
<table><tr><td><p>Priority</p></td><td><p>Owner</p></td></tr><tr><td>Roads</td><td>ACC Operations</td></tr></table>
<p><img src="x.png"><span style='font-weight:700'>Bold[note 3]</span> end</p>
<!--EndFragment--></body></html>"""


def test_word_is_pasted_without_rubbish() -> None:
    pasted = from_html(WORD)
    assert pasted.text == (
        "**Road safety**\n\nThe safety of our\N{NO-BREAK SPACE}roads is **key to providing** a “reliable” network.\n\n"
        "- Help reduce collisions\n- Work with partners daily\n1. First\n\nPriority; Owner\nRoads; ACC Operations\n\n"
        "**Bold[note 3]** end"
    )
    assert pasted.pictures == 1
    assert parse(pasted.text)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (
            "<ul><li>one<li><b>two</b></ul><ol><li><p>first</p></li><li>second</li></ol>",
            "- one\n- **two**\n1. first\n2. second",
        ),
        (
            "<b style='font-weight:normal'><p>from <span style='font-weight:bold'>a page</span></p></b>",
            "from **a page**",
        ),
        ("plain<br>lines</p>", "plain\nlines"),
        ("<ul><li><p>one</p><p>more</p></li></ul>", "- one\n- more"),
        ("<p> <b> </b> </p>", ""),
        ("<b>a<br>b</b>", "**a**\n**b**"),
    ],
)
def test_other_pages_are_pasted(html: str, text: str) -> None:
    assert from_html(html).text == text


TAGS = [
    "<p>",
    "</p>",
    "<b>",
    "</b>",
    "<![if x]>",
    "<![odd",
    "<ol>",
    "<li>",
    "<td>",
    "<tr>",
    "<table>",
    "<br>",
    "</li>",
    "</ol>",
]
PAGES = st.lists(st.sampled_from([*TAGS, "a", " ", "&nbsp;", "<", ">", "&", "<!--", "-->", "<style>", "'"])).map(
    "".join
)


@given(PAGES | st.text(max_size=30))
def test_whatever_is_pasted_is_a_narrative(html: str) -> None:
    text = from_html(html).text
    assert text == text.strip()
    assert "\n\n\n" not in text
    parse(text)


def test_a_plain_text_has_bullets_for_the_signs_of_word() -> None:
    assert from_text("So:\r\n•\tone\no\ttwo\n·\tnet\u00adwork") == "So:\n- one\n- two\n- network"
