"""Workbooks of rarer programs are read as Excel opens them; what is refused is refused in words."""

import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.packaging.custom import StringProperty

from spp_desktop.returns.definition import Identity
from spp_desktop.returns.intake import take
from spp_desktop.returns.placement import MARK, META, identity_text
from spp_desktop.returns.scan import ReturnRefused
from spp_desktop.returns.sheet_cell import SheetCell
from tests.returns import ods_made, rare_writers
from tests.returns.rare_writers import REWRITES, Rewrite, rewritten

pytestmark = pytest.mark.usefixtures("read_here")

IDENTITY = Identity("a plan", "an export", "delivery", "abcdef", "ACC Crime", 2008, "Plan", "Q2")
SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def usual(tmp_path: Path) -> Path:
    """A return as openpyxl writes it, with a cell of each kind and a hidden sheet."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Return"
    sheet.append(["Ref", "Activity", "Status"])
    sheet.append(["1.10", "Do it & more", "Done", 0.35, date(2009, 3, 31), True])
    sheet["D2"].number_format, sheet["E2"].number_format = "0%", "dd/mm/yyyy"
    sheet["A3"], sheet["B3"] = "1.02", " spaced "
    sheet.row_dimensions[3].hidden = True
    meta = book.create_sheet(META)
    meta.sheet_state = "veryHidden"
    meta.append([MARK, identity_text(IDENTITY)])
    properties: Any = book
    properties.custom_doc_props.append(StringProperty(name=MARK, value=identity_text(IDENTITY)))
    book.properties.lastModifiedBy = "A Jones"
    path = tmp_path / "usual.xlsx"
    book.save(path)
    return path


def assert_same(rare: Path, usual: Path) -> None:
    """See that a file is written otherwise, and says the same."""
    assert rare.read_bytes() != usual.read_bytes()
    came, other = take(rare), take(usual)
    assert came.sheets == other.sheets
    assert [sheet.title for sheet in came.sheets] == ["Return"]
    assert (came.identity, came.form, came.modified_by, came.notices) == (IDENTITY, "xlsx", "A Jones", ())
    assert came.modified_at == other.modified_at


@pytest.mark.parametrize("rewrite", REWRITES, ids=lambda rewrite: rewrite.__name__)
def test_it_says_what_the_usual_one_says(rewrite: Rewrite, usual: Path, tmp_path: Path) -> None:
    rewrite(usual, tmp_path / "rare.xlsx")
    assert_same(tmp_path / "rare.xlsx", usual)


def test_cells_may_stand_without_their_places(usual: Path, tmp_path: Path) -> None:
    rare_writers.without_places(usual, tmp_path / "rare.xlsx")
    assert_same(tmp_path / "rare.xlsx", usual)


@pytest.mark.parametrize("rewrite", [rare_writers.empty_styles, rare_writers.without_styles])
def test_a_style_that_says_nothing_leaves_the_value(rewrite: Rewrite, usual: Path, tmp_path: Path) -> None:
    rewrite(usual, tmp_path / "rare.xlsx")
    rows = take(tmp_path / "rare.xlsx").sheets[0].rows
    assert [cell.value for cell in rows[2].values()] == ["1.10", "Do it & more", "Done", 0.35, 39903, True]
    assert rows[2][4] == SheetCell("number", 0.35)


def test_a_comment_is_its_words_and_nothing_of_how_it_is_shown(usual: Path, tmp_path: Path) -> None:
    """LibreOffice writes into each comment where its box stands."""
    book = load_workbook(usual)
    sheet: Any = book["Return"]
    sheet["B2"].comment = Comment("ask Ann", "J Smith")
    book.save(usual)
    box = b"<Choice><commentPr><anchor><from><col>2</col><row>16</row></from></anchor></commentPr></Choice></comment>"
    with zipfile.ZipFile(usual) as old, zipfile.ZipFile(tmp_path / "boxed.xlsx", "w") as new:
        (part,) = [name for name in old.namelist() if "comments" in name and name.endswith(".xml")]
        for name in old.namelist():
            written = old.read(name)
            new.writestr(name, written.replace(b"</comment>", box) if name == part else written)
    assert take(tmp_path / "boxed.xlsx").sheets[0].comments == {(2, 2): "ask Ann"}


def _with_cell(usual: Path, target: Path, cell: str) -> dict[int, SheetCell]:
    """The cells of a row of which the third is this one."""

    def content(part: str, text: str) -> str:
        return re.sub(r'<c r="C2".*?</c>', cell, text) if part == SHEET else text

    rewritten(usual, target, content=content)
    return dict(take(target).sheets[0].rows[2])


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ('<c r="C2" t="d"><v>soon</v></c>', SheetCell("other", "soon", "")),
        ('<c r="C2" t="d"><v>2009-02-30</v></c>', SheetCell("other", "2009-02-30", "")),
        ('<c r="C2" t="d"><v>2009-03-31T00:00:00.000Z</v></c>', SheetCell("date", "2009-03-31", "")),
        ('<c r="C2"><v>1,5</v></c>', SheetCell("other", "1,5", "")),
        ('<c r="C2" t="odd"><v>1</v></c>', SheetCell("other", "1", "")),
        ('<c r="C2" t="b"><v>maybe</v></c>', SheetCell("other", "maybe", "")),
        ('<c r="C2" t="" s="x"><v>5</v></c>', SheetCell("number", 5)),
        ('<c r="C2" s="999"><v>5</v></c>', SheetCell("number", 5)),
        ('<c r="c2" t="inlineStr"><v>1.0</v><is><t>Done</t></is></c>', SheetCell("text", "Done")),
        ('<c r="C2" t="inlineStr"><v>Done</v></c>', SheetCell("text", "Done")),
        ('<c r="C2"><is><t>Done</t></is></c>', SheetCell("text", "Done")),
        ('<c r="C2" t="str"><is><t>Done</t></is><v>1.0</v></c>', SheetCell("text", "1.0")),
        ('<c r="C2"><is><t>Done</t></is><v>1.0</v></c>', SheetCell("number", 1)),
    ],
)
def test_an_odd_cell_says_what_stands_there_and_keeps_no_other_from_being_read(
    cell: str, said: SheetCell, usual: Path, tmp_path: Path
) -> None:
    found = _with_cell(usual, tmp_path / "rare.xlsx", cell)
    assert found.pop(3) == said
    assert [value for _, value, *_ in found.values()] == ["1.10", "Do it & more", 0.35, "2009-03-31", True]


def test_a_table_of_texts_that_nothing_names_may_be_missing(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append([1, 2.5])
    book.save(tmp_path / "numbers.xlsx")
    rare_writers.shared_texts(tmp_path / "numbers.xlsx", tmp_path / "shared.xlsx")
    rewritten(tmp_path / "shared.xlsx", tmp_path / "rare.xlsx", drop="xl/sharedStrings.xml")
    assert take(tmp_path / "rare.xlsx").sheets == take(tmp_path / "numbers.xlsx").sheets


@pytest.mark.parametrize(
    ("drop", "said"),
    [
        ("xl/sharedStrings.xml", "a cell in row 1 is to show text 0 of the file, and the part that holds texts is not"),
        (SHEET, "its sheet “Return” is not in the file"),
        ("xl/_rels/workbook.xml.rels", "its sheet “Return” is not in the file"),
    ],
)
def test_what_is_not_in_the_file_is_named(drop: str, said: str, usual: Path, tmp_path: Path) -> None:
    rare_writers.shared_texts(usual, tmp_path / "shared.xlsx")
    rewritten(tmp_path / "shared.xlsx", tmp_path / "rare.xlsx", drop=drop)
    with pytest.raises(ReturnRefused) as refused:
        take(tmp_path / "rare.xlsx")
    assert str(refused.value).startswith(f"rare.xlsx cannot be read as a workbook: {said}")
    assert str(refused.value).endswith(
        ". Open it in Excel, save it again as Excel Workbook (.xlsx), and take in that file."
    )


def test_an_open_document_without_its_mimetype_is_known_by_its_list_of_parts(tmp_path: Path) -> None:
    path = ods_made.write(tmp_path / "r.ods", ods_made.table(ods_made.row(ods_made.text("1.01"))))
    said = 'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"'

    def content(part: str, text: str) -> str:
        return f"<manifest {said.replace('manifest:', '')}/>" if part.startswith("META-INF") else text

    rewritten(path, tmp_path / "bare.ods", content=content, drop="mimetype")
    found = take(tmp_path / "bare.ods")
    assert (found.form, found.sheets) == ("ods", take(path).sheets)
    rewritten(path, tmp_path / "other.ods", drop="mimetype")
    with pytest.raises(ReturnRefused, match="not an Excel workbook"):
        take(tmp_path / "other.ods")


def test_one_bad_number_of_an_open_document_keeps_no_other_from_being_read(tmp_path: Path) -> None:
    bad = '<table:table-cell office:value-type="float" office:value="x"><text:p>about 5</text:p></table:table-cell>'
    path = ods_made.write(tmp_path / "r.ods", ods_made.table(ods_made.row(bad, ods_made.text("1.01"))))
    assert dict(take(path).sheets[0].rows[1]) == {1: SheetCell("other", "about 5", ""), 2: SheetCell("text", "1.01")}


def test_what_is_read_does_not_hang_on_the_order_of_the_parts(usual: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(usual) as old, zipfile.ZipFile(tmp_path / "rare.xlsx", "w") as new:
        for part in reversed(old.namelist()):
            new.writestr(part, old.read(part))
    assert_same(tmp_path / "rare.xlsx", usual)
