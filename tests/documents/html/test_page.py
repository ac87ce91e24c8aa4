"""A document as HTML: every word once and in order, real tables, no markup made of what was typed, nothing loaded."""

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spp_desktop.documents.blocks import (
    Bullets,
    Contents,
    Document,
    DocumentBlock,
    DocumentColumn,
    DocumentHeading,
    DocumentTable,
    Furniture,
    Paragraph,
    TableGroup,
)
from spp_desktop.documents.html import rendered
from spp_desktop.documents.inline import Badge, NoteMark, WebLink, line, plain_words
from spp_desktop.documents.numbering import lines_of, numbered
from tests.documents.every_block import MARKING, every_block
from tests.documents.seen_html import Element, SeenPage, seen_in


def seen(*blocks: DocumentBlock) -> SeenPage:
    return seen_in(rendered(numbered(Document("Plan", "Force", blocks))))


def test_a_page_holds_what_the_document_says() -> None:
    page = seen_in(rendered(numbered(every_block())))
    assert (page.language, page.title) == ("en-GB", "Strategic policing plan: 2008 to 2011")
    assert page.headings == [
        (1, "Strategic policing plan"), (2, "Contents"), (2, "Foreword"), (2, "1 Our aims"), (3, "1.1 Where we stand"),
        (4, "1.1.1 Calls"), (2, "A Money"), (2, "Notes"),
    ]  # fmt: skip
    assert page.contents == ["Foreword", "1 Our aims", "1.1 Where we stand", "A Money"]
    assert page.items == ["Make neighbourhoods safer", "Answer quickly", "first", "second"]
    targets, numbers, money = page.tables
    assert targets.caption.startswith("Table 1: Targets of two priorities")
    assert targets.headings[:3] == ("Indicator", "Baseline 2007/08", "Target 2008/09")
    assert [title for title, _rows in targets.groups] == ["Priority 1: Make neighbourhoods safer", "Priority 2"]
    assert targets.rows[4][3:5] == ("not available", "Not judged")
    assert numbers.rows == [("April 2008", "30"), ("May 2008", "28"), ("June 2008", "29"), ("July 2008", "18")]
    assert money.caption == "Table 2: Money by year"
    assert [caption[:9] for caption, _said in page.figures] == ["Figure 1:"]
    assert page.marks == [1, 2, 2, 2, 1, 2]
    assert page.notes == ["Recorded by the rules of 2008.", "Rates are for each 1,000 people, by the estimate of 2007."]
    assert page.marking == [MARKING, MARKING]


def test_all_words_stand_in_the_order_of_the_document() -> None:
    document = numbered(every_block())
    made = document.document
    front = [made.title, made.subtitle, made.illustrative, *(word for fact in made.facts for word in fact)]
    lines = [" ".join(plain_words(text).split()) for text in lines_of(made)]
    notes = ["Notes", *(plain_words(note.text) for note in document.notes)]
    counted = re.compile(
        r"^(Table|Figure) \d+: |^\d[\d.]* (?=Our aims|Where|Calls)|^A (?=Money)|^The numbers of Figure 1$"
    )
    words = [counted.sub("", said) for said in seen_in(rendered(document)).words]
    assert list(filter(None, words)) == [*front, *filter(None, lines[1:]), *notes]  # "Contents" heads the list of links


def test_every_link_within_leads_to_one_place() -> None:
    page = seen_in(rendered(numbered(every_block()))).page
    ids = [element.attributes["id"] for element in page.every() if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    links = [element.attributes["href"] for element in page.every("a")]
    assert {link[1:] for link in links if link.startswith("#")} <= set(ids)
    names = " ".join(element.attributes.get("aria-labelledby", "") for element in page.every())
    assert set(names.split()) <= set(ids)
    back = [element for element in page.every("span") if "back" in element.classes]
    assert [len(list(each.every("a"))) for each in back] == [2, 4]


def test_tables_are_real_tables() -> None:
    page = seen_in(rendered(numbered(every_block()))).page
    table = page.first("table")
    scopes = [cell.attributes.get("scope") for cell in table.every("th")]
    assert scopes == ["col"] * 7 + ["rowgroup"] + ["row"] * 5 + ["rowgroup", "row"]
    assert len(list(table.every("tbody"))) == 2
    boxes = [each.attributes for each in page.every("div") if "table" in each.classes]
    assert [(box["tabindex"], box["aria-labelledby"]) for box in boxes] == [
        ("0", caption.attributes["id"]) for caption in page.every("caption")
    ]
    assert [row.first("th").attributes.get("colspan") for row in table.every("tr")].count("7") == 2


def test_a_figure_begins_with_its_caption_and_holds_its_numbers() -> None:
    figure = seen_in(rendered(numbered(every_block()))).page.first("figure")
    parts = [child.tag for child in figure.children if isinstance(child, Element)]
    assert parts == ["figcaption", "svg", "details"]
    assert "open" in figure.first("details").attributes


def test_nothing_is_loaded_and_the_style_sheet_is_the_one_that_may_be_used() -> None:
    file = rendered(numbered(every_block())).decode()
    style = re.search("<style>(.*)</style>", file, re.DOTALL)
    assert style is not None
    digest = b64encode(sha256(style[1].encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in file
    assert not re.search(r"<(script|link|img|iframe|object|form)\b|url\(|@import|\bon\w+=| style=| src=", file)


@settings(max_examples=25, deadline=None)
@given(st.text(min_size=1), st.text(), st.text())
def test_what_was_typed_is_words_wherever_it_stands(first: str, second: str, third: str) -> None:
    table = DocumentTable(
        line(first, NoteMark(second)),
        (DocumentColumn(line(first)), DocumentColumn(line(second), 2, "number")),
        (TableGroup(((line(third), line(Badge(first, "red"), WebLink(second, third))),), line(second)),),
        key=third,
    )
    heading = DocumentHeading(line(second), key=f"{third} ", printed_number=third)
    blocks = (heading, Contents(), Paragraph(line(first)), Bullets((line(third),)), table)
    made = Document(
        first, second, blocks, third, ((first, second),), Furniture(third, first, second), {second: line(first)}, third
    )
    file = rendered(numbered(made))
    page = seen_in(file)
    tags = {element.tag for element in page.page.every()}
    assert tags <= {
        "html", "head", "meta", "title", "style", "body", "header", "main", "footer", "nav", "section", "div", "span",
        "h1", "h2", "p", "br", "ul", "ol", "li", "dl", "dt", "dd", "a", "sup", "strong", "wbr", "table", "caption",
        "colgroup", "col", "thead", "tbody", "tr", "th", "td",
    }  # fmt: skip
    assert {element.attributes.get("href", "#")[0] for element in page.page.every("a")} == {"#"}
    assert file.count(b"</style>") == 1


@pytest.mark.parametrize(
    ("address", "leads"),
    [
        ("https://example.org/a?b=1#c", True),
        ("HTTP://example.org", True),
        ("mailto:plan@example.org", True),
        ("https://example.org/a b", True),
        ("https://example.org/a\nb", False),
        ("./the%20plan%20[1].pdf", False),
        ("./the%20plan%20(1).pdf", True),
        ("./../plan.pdf", False),
        ("javascript:alert(1)", False),
        ("java\tscript:alert(1)", False),
        (" https://example.org", False),
        ("https:///etc", False),
        ("//example.org", False),
        ("file:///etc/passwd", False),
        ("data:text/html,x", False),
    ],
)
def test_only_addresses_of_the_web_of_mail_and_of_files_beside_are_links(address: str, leads: bool) -> None:
    page = seen(Paragraph(line(WebLink("here", address))))
    main = page.page.first("main")
    assert [link.attributes["href"] for link in main.every("a")] == ([address.replace(" ", "%20")] if leads else [])
    assert leads or page.paragraphs == [" ".join(f"here ({address})".split())]


def test_what_is_not_there_leaves_nothing_behind() -> None:
    plain = replace(every_block(), blocks=(Bullets(()), Contents(), Paragraph(line("Words"))), facts=(), subtitle="")
    page = seen_in(rendered(numbered(replace(plain, illustrative="", furniture=Furniture(), notes={}, cover=False))))
    assert (page.marking, page.notes, page.contents) == ([], [], [])
    assert page.words == ["Strategic policing plan", "Words"]
    assert not list(page.page.every("nav", "dl", "ul", "section"))


def test_a_word_too_long_for_a_column_may_be_broken_and_stays_a_word() -> None:
    long = "https://www.example.org/a/very/long/address?with=figures&more"
    page = seen(Paragraph(line(long, "\nshort words that are many and stay whole")))
    assert page.paragraphs == [f"{long} short words that are many and stay whole"]
    assert len(list(page.page.every("wbr"))) == 2


def test_deep_headings_say_how_deep_they_are() -> None:
    page = seen(*(DocumentHeading(line(f"Level {level}"), level) for level in range(1, 8)), Contents(9))
    assert [level for level, _words in page.headings] == list(range(1, 9))
    assert page.contents == [f"Level {level}" for level in range(1, 8)]
