"""The strategic policing plan as a document: made from the published sample, it holds every word of the seed."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from sample_data import build
from spp_desktop.documents.blocks import Bullets, Contents, DocumentBlock, DocumentHeading, DocumentTable, Paragraph
from spp_desktop.documents.inline import NoteMark, plain_words
from spp_desktop.documents.numbering import NumberedDocument
from spp_desktop.edits import judging, performance, priorities, registers
from spp_desktop.edits.documents.every import document_named
from spp_desktop.edits.documents.making import made
from spp_desktop.edits.documents.plan.contents import ELSEWHERE
from spp_desktop.edits.documents.plan.declared import PLAN
from spp_desktop.edits.documents.plan_read import DocumentAsk
from spp_desktop.plan.identity import Section
from spp_desktop.plan.posts import Post, PostHolder
from spp_desktop.plan.surroundings import CoreValue
from spp_desktop.store import queries
from spp_desktop.store.workspace import Workspace

SEED = Path(__file__).parents[3] / "sample_data" / "published" / "source.txt"
PRINTED = date(2008, 10, 1)

FURNITURE = ("14 February 2008",)
"""Lines of the seed that are no words of the plan: the stamp on its pages."""

OURS = {
    ELSEWHERE: "The seed lists its appendices without holding them; the document says so.",
    "Ref": "The seed prints no references of activities.",
    "Indicator": "The first column of the seed's tables of targets has no heading.",
}
"""Words of the document that the seed does not have, with why."""

RESTS_ON = ("consultation", "national", "law")
"""Parts that the printed plan does not have: consultation, national priorities, and what the law asks, as lists."""

PUNCTUATION = "-*.,:;'\"()\N{EN DASH}\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}"
"""What stands around words."""

_NOTE = re.compile(r"^[⁰¹²³⁴⁵⁶⁷⁸⁹]+\.? (.*)$", re.MULTILINE)
_CONTENTS = re.compile(r"(?<=^CONTENTS\n).*?(?=^ ?- APPENDIX A)", re.MULTILINE | re.DOTALL)


def document(plan: Workspace, **asked: tuple[str, ...]) -> NumberedDocument:
    """The plan as a document."""
    kind = document_named("plan")
    assert kind is not None
    return made(plan, kind, DocumentAsk(PRINTED, **asked))  # type: ignore[arg-type]


def words(text: str) -> list[str]:
    """Words as they are printed, without punctuation around them; a star alone is one."""
    stripped = (word if word == "*" else word.strip(PUNCTUATION) for word in text.split())
    return [word for word in stripped if word]


def lines_printed(made_of: NumberedDocument) -> Iterator[str]:
    """Every line in its order; the table of contents, which is worked out, is left out."""
    yield made_of.document.subtitle
    for block in made_of.blocks:
        yield from _lines(block)


def _lines(block: DocumentBlock) -> Iterator[str]:
    match block:
        case DocumentHeading(text=text, printed_number=number):
            yield f"{number} {plain_words(text)}"
        case Paragraph(text=text):
            yield plain_words(text)
        case Bullets(items=items):
            yield from map(plain_words, items)
        case DocumentTable():
            yield plain_words(block.caption)
            headings = [plain_words(column.heading) for column in block.columns]
            yield from headings
            for group in block.groups:
                yield plain_words(group.title)
                for row in group.rows:
                    yield from map(plain_words, row[headings[0] == "Ref" :])
        case Contents():
            pass


def test_the_published_plan_as_a_document_holds_every_word_of_the_seed_in_its_order(
    published: Path,
) -> None:
    seed = SEED.read_text(encoding="utf-8")
    with Workspace.open(published) as plan:
        printed = document(plan, parts=tuple(part.name for part in PLAN.parts if part.name not in RESTS_ON))
    seed_notes = [" ".join(words(text)) for text in _NOTE.findall(seed)]
    for line_of_page in FURNITURE:
        seed = seed.replace(f"\n{line_of_page}\n", "\n")
    seed = _CONTENTS.sub("", _NOTE.sub("", seed))
    seed = re.sub(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+", " ", seed)
    every = list(lines_printed(printed))
    assert set(OURS) <= set(every)
    ours = [text for text in every if text not in OURS]
    assert words("\n".join(ours)) == words(seed)
    assert [" ".join(words(plain_words(note.text))) for note in printed.notes] == list(dict.fromkeys(seed_notes))


def test_notes_stand_once_where_the_plan_prints_them_and_share_a_number(published: Path) -> None:
    with Workspace.open(published) as plan:
        printed = document(plan)
    marked = {
        plain_words(block.text): [printed.number_of(part.note) for part in block.text if isinstance(part, NoteMark)]
        for block in printed.blocks
        if isinstance(block, DocumentHeading | Paragraph)
    }
    assert marked["TO PROTECT OUR COMMUNITIES FROM SERIOUS HARM"] == [1]
    assert marked["PERFORMANCE INDICATORS AND TARGETS"] == [5]
    assert marked["Resources"] == []  # its mark is typed in the text, at the end of the third paragraph
    assert next(marks for text, marks in marked.items() if text.endswith("in the best way possible.")) == [4]
    assert [note.marks for note in printed.notes] == [3, 3, 1, 1, 1, 1]


def test_what_the_plan_rests_on_stands_in_parts_of_its_own(worked: Path) -> None:
    with Workspace.open(worked) as plan:
        printed = document(plan, parts=RESTS_ON)
    events, said, national, asked = (block for block in printed.blocks if isinstance(block, DocumentTable))
    assert [plain_words(group.title) for group in events.groups] == [
        "Views of the community", "Views of partners", "Views of the chief officer"
    ]  # fmt: skip
    survey = [plain_words(cell) for cell in events.groups[0].rows[-1]]
    assert survey[0] == "Illustrative survey of residents"
    assert plain_words(events.groups[0].rows[3][0]) == "Consultation meetings"
    assert plain_words(events.groups[0].rows[6][0]).endswith("contact with the public")
    assert plain_words(events.groups[2].rows[0][0]) == "Illustrative views of the chief officer (letter)"
    assert survey[2:4] == ["3,000 asked, 1,184 answered", "1 Oct 2007 to 16 Nov 2007"]
    by_title = {plain_words(group.title): group for group in said.groups}
    rows = by_title["Illustrative survey of residents (views of the community)"].rows
    assert [plain_words(cell) for cell in rows[1]] == [
        "Do more about violence in the city at night.", "388", "Changed in part",
        "The alcohol and licensing strategy begins with the city centres; smaller towns follow in the next year.",
        "P1 To protect our communities from serious harm; 1.02 Produce and implement an alcohol/licensing strategy to "
        "reduce violent crime. This will include a multi-agency approach to problem solving",
    ]  # fmt: skip
    served = {plain_words(row[0]): [plain_words(cell) for cell in row[2:4]] for row in national.rows}
    assert served["SPP4"] == ["P7 To create additional capacity and capability for operational delivery", ""]
    assert served["PSA 25"] == ["Nothing", ""]
    answers = {plain_words(row[0]): [plain_words(cell) for cell in row[2:]] for row in asked.rows}
    assert answers["PP1"] == [
        "Annual delivery plan", "Read in its source: Police Act 1996 s.6ZB(1)(a), as in force on 14 March 2008"
    ]  # fmt: skip
    assert answers["PP13"] == ["Not answered", "Unverified: from memory. No source was read"]


@pytest.mark.parametrize("name", ["council", "fire"])
def test_another_plan_has_its_own_words_and_no_empty_parts(name: build.SampleName, tmp_path: Path) -> None:
    build.build(tmp_path / "other.plan", name)
    with Workspace.open(tmp_path / "other.plan") as plan:
        printed = document(plan)
    headings = [plain_words(block.text) for block in printed.blocks if isinstance(block, DocumentHeading)]
    captions = [plain_words(block.caption) for block in printed.blocks if isinstance(block, DocumentTable)]
    expected = {
        "council": ("Ambitions", "Ambition: A home for everyone", "Budget"),
        "fire": ("Pillars", "Pillar: Prevent", "Risks"),
    }[name]
    assert {expected[0], expected[2]} <= {*headings}
    assert expected[1] in captions
    assert not any("priorit" in text.lower() for text in (*headings, *captions))
    assert "We will:" not in list(lines_printed(printed))
    assert len({*headings}) == len(headings)


def test_parts_stand_in_the_order_of_the_sections_that_head_them(workspace: Workspace) -> None:
    for number, title in (("1", "Foreword"), ("2", "Our performance"), ("3", "Delivery in 2008"), ("4", "Our money")):
        workspace.edit("add a section", registers.add, Section, number=number, title=title)
    workspace.edit("add an appendix", registers.add, Section, number="A", title="Savings", body="**None** yet.")
    workspace.edit("add a value", registers.add, CoreValue, title="Fairness", meaning="To all")
    printed = document(workspace)
    headings = [
        f"{block.printed_number} {plain_words(block.text)}".strip()
        for block in printed.blocks
        if isinstance(block, DocumentHeading) and block.level == 1
    ]
    assert headings == [
        "Contents", "1 Foreword", "Values", "Priorities", "2 Our performance", "3 Delivery in 2008", "4 Our money",
        "Appendix A Savings",
    ]  # fmt: skip
    tables = [plain_words(block.caption) for block in printed.blocks if isinstance(block, DocumentTable)]
    assert tables == ["Reductions", "Strategic priority: Serious harm", "Strategic priority: Local policing"]
    assert [plain_words(block.text) for block in printed.blocks if isinstance(block, Paragraph)][-1] == "None yet."


def test_people_stand_beside_their_posts_only_where_that_is_asked_for(workspace: Workspace) -> None:
    post = next(row.id for row in workspace.read(queries.register, Post) if row.title == "ACC Crime")
    workspace.edit("name who holds it", registers.add, PostHolder, post_id=post, name="A. Example")
    kind = document_named("plan")
    assert kind is not None
    for with_names in (False, True):
        printed = made(workspace, kind, DocumentAsk(PRINTED, parts=("delivery",), with_names=with_names))
        words_printed = " ".join(lines_printed(printed))
        assert ("ACC Crime (A. Example)" in words_printed) is with_names
        assert ("A. Example" in words_printed) is with_names


def test_targets_are_as_stated_with_what_is_said_of_them_and_one_word_for_none(workspace: Workspace) -> None:
    (row,) = workspace.read(queries.indicators)
    workspace.edit("star it", performance.set_indicator, row.key, local_priority=True)
    workspace.edit("aim over the plan", performance.set_target, row.key, None, "10%")
    workspace.edit("explain", judging.explain_target, row.key, "Agreed in **2007**.")
    workspace.edit("aim later", performance.set_target, row.key, 2010, "3%")
    workspace.edit("shorten the plan", registers.set_plan, years=2)
    workspace.edit("add one", performance.add_indicator, row.group_key, ref="R2", title="Fires", polarity="lower")
    group = workspace.edit("add a group", performance.add_group, "Later")
    workspace.edit("add one", performance.add_indicator, group, ref="R3", title="Floods", polarity="lower")
    printed = document(workspace, parts=("performance",))
    first, second = (block for block in printed.blocks if isinstance(block, DocumentTable))
    assert [plain_words(column.heading) for column in first.columns] == [
        "Indicator", "2008-2009", "2010-2011, outside the plan", "2 Year Target"
    ]  # fmt: skip
    assert [[plain_words(cell) for cell in cells] for cells in first.rows] == [
        ["Most serious violence", "4% *", "3%", "10%"], ["Fires", "no target", "no target", "no target"]
    ]  # fmt: skip
    assert [plain_words(cell) for cell in second.rows[0]] == ["Floods", *["no target"] * 2]
    assert plain_words(printed.blocks[-1].text) == "* Local priority (APACS)"  # type: ignore[union-attr]
    assert [plain_words(note.text) for note in printed.notes] == ["Agreed in **2007**."]


def test_notes_that_mark_one_another_are_printed_once_each(workspace: Workspace) -> None:
    (row,) = workspace.read(queries.indicators)
    texts = ("See [note 2] and [note 1]", "See [note 1]")
    for text in texts:
        workspace.edit("add a note", priorities.mark_new_note, text, indicator_id=row.key)
    assert [plain_words(note.text) for note in document(workspace).notes] == ["See [2] and [1]", "See [1]"]
