"""The tables of Word documents: what a person sees in them is read, a row at a time, and nothing else."""

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from spp_desktop.returns import records, word_tables
from spp_desktop.returns.limits import LIMITS, FileLimits
from spp_desktop.returns.plan_tables.reading import whole
from spp_desktop.returns.records import TooMuch, Unreadable
from spp_desktop.returns.scan import ReturnRefused
from tests.word_document import W, cell, document, paragraph, row, table

Row = dict[int, str]


def sheets(*content: str, limits: FileLimits = LIMITS) -> dict[str, dict[int, Row]]:
    """The rows of each table of a document with this content: cells by column, by row, by table."""
    file = BytesIO()
    document(file, *content)
    read: dict[str, dict[int, Row]] = {}
    for record in word_tables.records(file, limits):
        if isinstance(record, dict):
            read[record["sheet"]] = {}
        else:
            read[list(read)[-1]][record[0]] = dict(record[2])
    return read


def rows(*lines: Sequence[str] | str) -> list[Row]:
    """The rows of a document with one table of these."""
    (only,) = sheets(table(lines)).values()
    return list(only.values())


def tracked(mark: str, text: str, tag: str = "t") -> str:
    """A run of text within a mark of a tracked change."""
    return f'<w:{mark} w:id="1" w:author="A"><w:r><w:{tag}>{text}</w:{tag}></w:r></w:{mark}>'


def listed(depth: int, text: str) -> str:
    """A paragraph of a list, so deep."""
    return paragraph(text, f'<w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="1"/></w:numPr></w:pPr>')


def styled(text: str, mark: str) -> str:
    """A paragraph with a mark that says of what style, or of which level, it is."""
    return paragraph(text, f"<w:pPr>{mark}</w:pPr>")


@pytest.mark.parametrize(
    ("mark", "heading"),
    [
        ('<w:pStyle w:val="Heading2"/>', "Safer homes"),
        ('<w:outlineLvl w:val="1"/>', "Safer homes"),
        ('<w:pStyle w:val="BodyText"/>', "Why it matters."),
        ('<w:outlineLvl w:val="9"/>', "Why it matters."),
    ],
)
def test_a_heading_names_the_table_below_it_and_not_what_is_said_between(mark: str, heading: str) -> None:
    read = sheets(styled("Safer homes", mark), paragraph("Why it matters."), table([["a"]]), table([["b"]]),
                  paragraph("Strong"), table([["c"]]))  # fmt: skip
    assert list(read) == [f"Table 1: {heading}", "Table 2", "Table 3: Strong"]


def test_each_table_is_a_sheet_named_by_the_line_above_it() -> None:
    read = sheets(
        paragraph("Delivery plan"), paragraph("Safer  homes"), paragraph(" "), table([["a"]]), table([["b"]]),
        paragraph("x" * 300), table([["c"]]),
    )  # fmt: skip
    assert read == {"Table 1: Safer homes": {1: {1: "a"}}, "Table 2": {1: {1: "b"}}, "Table 3": {1: {1: "c"}}}


def test_a_cell_over_several_rows_stands_in_its_first_one() -> None:
    assert rows(
        [cell("Theme", '<w:vMerge w:val="restart"/>'), "one"],
        [cell("", "<w:vMerge/>"), "two"],
        [cell("hidden", '<w:vMerge w:val="continue"/>'), "three"],
        ["Next", "four"],
    ) == [{1: "Theme", 2: "one"}, {2: "two"}, {2: "three"}, {1: "Next", 2: "four"}]


def test_a_cell_over_several_columns_stands_in_its_first_one_and_moves_the_next() -> None:
    assert rows(
        [cell("Over two", '<w:gridSpan w:val="2"/>'), "third"],
        row(["second"], '<w:gridBefore w:val="1"/>'),
        ["a", "b", "c"],
        row([cell("second, third", '<w:gridSpan w:val="2"/>'), "fourth"], '<w:gridBefore w:val="1"/>'),
    ) == [{1: "Over two", 3: "third"}, {2: "second"}, {1: "a", 2: "b", 3: "c"}, {2: "second, third", 4: "fourth"}]


def test_what_was_inserted_or_moved_here_is_read_and_what_was_deleted_or_moved_away_is_not() -> None:
    deleted = tracked("del", "31 March", "delText")
    assert rows(
        [f"<w:p>{deleted}{tracked('ins', '30 June')}</w:p>"],
        [f"<w:p>{tracked('moveFrom', 'gone')}{tracked('moveTo', 'came')}</w:p>"],
        row(["a row that was deleted"], '<w:del w:id="2" w:author="A"/>'),
        row(["a row that was inserted"], '<w:ins w:id="3" w:author="A"/>'),
        ["last"],
    ) == [{1: "30 June"}, {1: "came"}, {1: "a row that was inserted"}, {1: "last"}]


def test_a_row_keeps_its_number_whatever_was_deleted_above_it() -> None:
    deleted = row(["gone"], '<w:del w:id="2" w:author="A"/>')
    assert list(sheets(table([["a"], deleted, [""], ["d"]]))["Table 1"]) == [1, 4]


def test_how_a_paragraph_or_a_cell_stood_before_a_tracked_change_says_nothing() -> None:
    before = '<w:pPrChange w:id="1"><w:pPr><w:numPr><w:ilvl w:val="3"/></w:numPr></w:pPr></w:pPrChange>'
    spanned = '<w:tcPrChange w:id="2"><w:tcPr><w:gridSpan w:val="4"/><w:vMerge/></w:tcPr></w:tcPrChange>'
    changed = cell(paragraph("Now", f"<w:pPr>{before}</w:pPr>"), spanned)
    assert rows([changed, "second"]) == [{1: "Now", 2: "second"}]


def test_paragraphs_and_breaks_are_lines_and_a_list_says_its_depth() -> None:
    broken = "<w:p><w:r><w:t>one</w:t><w:br/><w:t>two</w:t><w:tab/><w:t>x</w:t><w:noBreakHyphen/></w:r></w:p>"
    assert rows(["First\n\nSecond"], [cell(broken)], [cell(listed(0, "top") + listed(2, "deep"))]) == [
        {1: "First\nSecond"}, {1: "one\ntwo\tx-"}, {1: "top\n    deep"},
    ]  # fmt: skip


NUMBERING = f"""<w:numbering xmlns:w="{W}">
<w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimalZero"/><w:lvlText w:val="%1.%2"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="3"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%3)"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="9">
<w:lvl w:ilvl="0"><w:start w:val="26"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%1)"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="7"/>
<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="8"/></w:num><w:num w:numId="4"><w:abstractNumId w:val="9"/></w:num>
</w:numbering>"""
STYLES = f"""<w:styles xmlns:w="{W}">
<w:style w:styleId="Lettered"><w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="Own"><w:basedOn w:val="Lettered"/></w:style></w:styles>"""


def test_numbers_that_word_counts_by_itself_stand_before_their_paragraphs() -> None:
    def of(listed: int, depth: int, text: str) -> str:
        return paragraph(
            text, f'<w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{listed}"/></w:numPr></w:pPr>'
        )

    content = table([
        [cell(of(1, 0, "Safer homes")), cell(styled("ends the alphabet", '<w:pStyle w:val="Own"/>'))],
        [cell(of(1, 1, "")), cell(styled("goes on", '<w:pStyle w:val="Lettered"/>'))],
        [cell(of(1, 1, "") + of(1, 2, "deep")), cell(of(3, 0, "a bullet"))],
        [cell(of(1, 0, "Safer streets")), cell(of(0, 0, "no list"))],
        [cell(of(2, 0, "Begun anew")), cell(of(2, 1, ""))],
    ])  # fmt: skip
    file = document(BytesIO(), content, more={"word/numbering.xml": NUMBERING, "word/styles.xml": STYLES})
    read = [dict(record[2]) for record in word_tables.records(file, LIMITS) if isinstance(record, list)]
    assert read == [
        {1: "1. Safer homes", 2: "(z) ends the alphabet"},
        {1: "1.01", 2: "(aa) goes on"},
        {1: "1.02\n    III) deep", 2: "a bullet"},
        {1: "2. Safer streets", 2: "no list"},
        {1: "5. Begun anew", 2: "5.01"},
    ]


def test_a_table_within_a_cell_is_lines_of_that_cell() -> None:
    inner = table([[cell("in, left", '<w:gridSpan w:val="3"/>'), "in, right"], row(["below"], '<w:del w:id="1"/>')])
    outer = cell(paragraph("Before") + inner + paragraph("Behind"))
    assert sheets(paragraph("Above"), table([[outer, "beside"], ["next"]])) == {
        "Table 1: Above": {1: {1: "Before\nin, left\nin, right\nbelow\nBehind", 2: "beside"}, 2: {1: "next"}}
    }


def test_words_beside_a_box_of_text_are_read_with_those_in_it() -> None:
    box = "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>in the box</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
    beside = f"<w:p><w:r><w:t>Before</w:t></w:r>{box}<w:r><w:t>behind</w:t></w:r></w:p>"
    assert rows([beside]) == [{1: "Before\nin the box\nbehind"}]


def test_fields_give_what_they_show_and_what_older_versions_see_is_left() -> None:
    field = "<w:r><w:instrText>DATE</w:instrText></w:r><w:r><w:t>31/03/2009</w:t></w:r>"
    other = '<mc:AlternateContent xmlns:mc="urn:mc"><mc:Choice/><mc:Fallback><w:p><w:r><w:t>old</w:t></w:r></w:p>'
    control = f"<w:sdt><w:sdtContent>{cell('chosen')}</w:sdtContent></w:sdt>"
    assert rows([f"<w:p>{field}</w:p>"], row([cell(f"<w:p>{other}</mc:Fallback></mc:AlternateContent></w:p>"), "b"]),
                f"<w:tr>{control}</w:tr>") == [{1: "31/03/2009"}, {2: "b"}, {1: "chosen"}]  # fmt: skip


words = st.text(st.characters(categories=["L", "N", "P", "S"], include_characters=" "), max_size=12).map(str.strip)
cells = st.lists(words.filter(bool), max_size=3).map("\n".join)


@given(st.lists(st.lists(cells, min_size=3, max_size=3), min_size=1, max_size=6))
def test_what_is_written_is_read(lines: list[list[str]]) -> None:
    expected = {
        number: {column: text for column, text in enumerate(line, 1) if text}
        for number, line in enumerate(lines, 1)
        if any(line)
    }
    assert sheets(table(lines)) == {"Table 1": expected}


def test_what_is_more_than_a_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Unreadable, match="more than 7 deep"):
        sheets(table([["a"]]), limits=replace(LIMITS, depth=7))
    monkeypatch.setattr(word_tables, "MOST_TEXT", 20)
    assert rows(["x" * 20]) == [{1: "x" * 20}]
    with pytest.raises(TooMuch, match="text in a paragraph than is read"):
        rows(["x" * 21])
    with pytest.raises(TooMuch, match="text in a cell than is read"):
        rows(["x" * 11 + "\n" + "y" * 11])
    monkeypatch.setattr(records, "MOST_IN_ROW", 30)
    with pytest.raises(TooMuch, match="text in a row"):
        rows(["x" * 16, "y" * 16])


def test_columns_beyond_those_that_are_shown_are_left() -> None:
    line = [cell("a", '<w:gridSpan w:val="9999"/>'), "b"]
    assert sheets(table([["1", "2", "3"], line]), limits=replace(LIMITS, columns=2)) == {
        "Table 1": {1: {1: "1", 2: "2"}, 2: {1: "a"}}
    }


def test_a_document_type_is_refused(tmp_path: Path) -> None:
    plain = document(tmp_path / "plain.docx", table([["a"]]))
    with ZipFile(plain) as archive:
        body = archive.read("word/document.xml").decode()
    typed = document(tmp_path / "typed.docx", more={"word/document.xml": body.replace("?>", "?><!DOCTYPE d>", 1)})
    with typed.open("rb") as file, pytest.raises(Unreadable, match="declares a document type"):
        list(word_tables.records(file, LIMITS))


@pytest.mark.usefixtures("read_here")
class TestFiles:
    """Documents as somebody chooses them."""

    @pytest.mark.parametrize(
        ("most", "words"), [({"rows": 2}, "more than 2 rows"), ({"cells": 3}, "more than 3 cells")]
    )
    def test_more_rows_or_cells_than_are_read(self, most: dict[str, int], words: str, tmp_path: Path) -> None:
        path = document(tmp_path / "plan.docx", table([["a", "b"]] * 3))
        with pytest.raises(ReturnRefused, match=words):
            whole(path, limits=replace(LIMITS, **most))

    def test_a_document_without_a_table(self, tmp_path: Path) -> None:
        path = document(tmp_path / "letter.docx", paragraph("Dear all"))
        with pytest.raises(ReturnRefused) as refused:
            whole(path)
        assert str(refused.value) == "letter.docx holds no table with anything in it. Choose another file."

    def test_a_document_that_was_cut_off(self, tmp_path: Path) -> None:
        path = document(tmp_path / "plan.docx", table([["a"]]))
        path.write_bytes(path.read_bytes()[:-40])
        assert refusal(path) == "plan.docx is incomplete or damaged, as when a download is cut off. Ask for it again."

    def test_a_document_whose_text_is_cut_off(self, tmp_path: Path) -> None:
        path = document(tmp_path / "plan.docx", more={"word/document.xml": "<w:document xmlns:w='w'><w:tbl>"})
        assert refusal(path) == (
            "plan.docx is damaged in its part word/document.xml. Open it in Word, save it again as Word Document "
            "(.docx), and choose that file."
        )

    def test_a_renamed_document_and_a_renamed_workbook_are_what_they_are(self, tmp_path: Path) -> None:
        renamed = document(tmp_path / "plan.xlsx", table([["Ref", "Action"]]))
        assert whole(renamed).sheets[0].rows == (("Ref", "Action"),)
        book = Workbook()
        assert book.active is not None
        book.active.append(["Ref", "Action"])
        book.save(tmp_path / "book.xlsx")
        assert whole((tmp_path / "book.xlsx").rename(tmp_path / "book.docx")).sheets[0].rows == (("Ref", "Action"),)

    @pytest.mark.parametrize(("content", "said"), [
        (b"Ref, Action", "is neither a workbook nor a Word document. Choose another file."),
        (b"{\\rtf1 Ref}", "is a text document (.rtf). Open it in Word, save it as Word Document (.docx), "
         "and take in that file."),
        (b"%PDF-1.4", "is a PDF, from which nothing can be read safely. Ask for the workbook itself."),
    ])  # fmt: skip
    def test_something_else_renamed_to_a_document(self, content: bytes, said: str, tmp_path: Path) -> None:
        path = tmp_path / "plan.docx"
        path.write_bytes(content)
        assert refusal(path) == f"plan.docx {said}"


def refusal(path: Path) -> str:
    """The sentence in which a file is refused."""
    with pytest.raises(ReturnRefused) as refused:
        whole(path)
    return str(refused.value)
