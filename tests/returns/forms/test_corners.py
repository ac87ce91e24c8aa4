"""What forms refer to, what they let be given, how their cells are named, and which files are none."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.styles import PatternFill
from openpyxl.styles.colors import Color

from spp_desktop.returns.cell_places import Block, CellPlace, block_of
from spp_desktop.returns.forms import opening
from spp_desktop.returns.forms.entry import entry_of
from spp_desktop.returns.forms.form import CellRule, FormBook, FormSheet
from spp_desktop.returns.forms.labels import SheetLabels
from spp_desktop.returns.forms.mapping import MappedCell
from spp_desktop.returns.forms.naming import cell_at
from spp_desktop.returns.forms.ods_text import OdsText
from spp_desktop.returns.forms.opening import open_form
from spp_desktop.returns.forms.references import (
    KnownNames,
    Reference,
    in_excel,
    in_open_formula,
    without_table_parts,
)
from spp_desktop.returns.forms.rules import broken_rule
from spp_desktop.returns.forms.sheet_text import SheetText
from spp_desktop.returns.limits import FileLimits
from spp_desktop.returns.scan import PasswordNeeded, ReturnRefused
from tests.returns.forms import made

pytestmark = pytest.mark.usefixtures("read_here")

KNOWN = KnownNames(
    {"total": "Sheet2!$B$2", "loop": "loop", "rate": "=Total*2"}, {"gains": Reference("G", Block(3, 1, 7, 3))}
)


def addresses(formula: str, moved: CellPlace = (0, 0)) -> list[str] | None:
    seen = in_excel(without_table_parts(formula, KNOWN), "S", KNOWN, moved)
    return None if seen is None else [f"{sheet}!{block.address}" for sheet, block in seen]


@pytest.mark.parametrize(
    ("formula", "refers"),
    [
        ("A1+$B$2*3", ["S!A1", "S!B2"]),
        ("SUM('Sheet 1'!A1:B2,Sheet2!C3)", ["Sheet 1!A1:B2", "Sheet2!C3"]),
        ('IF(A1="B2:C9",TRUE,1E5)', ["S!A1"]),
        ("SUM(A:A)", ["S!A1:A1048576"]),
        ("SUM($2:$3)", ["S!A2:XFD3"]),
        ("Rate+Total", ["Sheet2!B2", "Sheet2!B2"]),
        ("SUBTOTAL(109,Gains[Planned])+Gains", ["G!A3:C7", "G!A3:C7"]),
        ("[1]Other!A1+B1", ["S!B1"]),
        ("Unknown+1", None),
        ("Loop", None),
        ("INDIRECT(A1)", None),
        ("SUM(Jan:Dec!A1)", None),
        ("A1#", None),
        ("Nothing[Planned]", None),
        ("LOG10(A1)", ["S!A1"]),
    ],
)
def test_what_a_formula_refers_to(formula: str, refers: list[str] | None) -> None:
    assert addresses(formula) == refers


def test_a_shared_formula_moves_with_its_cell() -> None:
    assert addresses("A1+$B$2+B$3+$C4+SUM(A:B)+SUM(2:3)", (2, 1)) == [
        "S!B3", "S!B2", "S!C3", "S!C6", "S!B1:C1048576", "S!A4:XFD5"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("formula", "refers"),
    [
        ("of:=SUM([.B2:.B5];[$Other.$C$1])", ["S!B2:B5", "Other!C1"]),
        ("of:=[$'It''s'.A1:.B2]*2", ["It's!A1:B2"]),
        ('of:=IF([.A1]="[.B9]";TRUE();1)', ["S!A1"]),
        ("of:=Name+1", None),
        ("of:=OFFSET([.A1];1;1)", None),
        ("of:=['file:///x'#$S.A1]", None),
        ("of:=SUM([$A.A1:$B.B2])", None),
    ],
)
def test_what_an_open_formula_refers_to(formula: str, refers: list[str] | None) -> None:
    seen = in_open_formula(formula, "S", KNOWN)
    assert (None if seen is None else [f"{sheet}!{block.address}" for sheet, block in seen]) == refers


@pytest.mark.parametrize(
    ("kind", "comparing", "first", "second", "value", "told"),
    [
        ("whole", "between", "0", "10", 5, ""),
        ("whole", "between", "0", "10", 11, "11 is not from 0 to 10"),
        ("whole", "between", "0", "10", 5.5, "not a whole number"),
        ("whole", "between", "0", "10", "five", "“five” is no number"),
        ("decimal", "notBetween", "0", "10", 5, "5 is not below 0 or above 10"),
        ("decimal", "greaterThan", "3", "", 3, "3 is not above 3"),
        ("decimal", "greaterThanOrEqual", "3", "", 3, ""),
        ("decimal", "greaterThan", "A1", "", 3, ""),
        ("textLength", "lessThanOrEqual", "3", "", "abcd", "has 4 letters; the form asks for at most 3"),
        ("list", "", "Nowhere", "", "x", ""),
        ("custom", "", "A1>1", "", "x", ""),
    ],
)
def test_what_a_form_lets_be_given(  # noqa: PLR0917 - a rule, a value and what is told
    kind: str, comparing: str, first: str, second: str, value: object, told: str
) -> None:
    rule = CellRule((Block(1, 1, 1, 1),), kind, comparing, first, second)
    sheet = FormSheet("S", "part", False, False, {}, {}, rules=(rule,))
    form = FormBook("f", "xlsx", b"", (sheet,))
    sentence = broken_rule(form, sheet, (1, 1), entry_of(value))  # type: ignore[arg-type]
    assert told in sentence
    assert bool(told) == bool(sentence)
    assert broken_rule(form, sheet, (2, 2), entry_of("x")) == ""


def test_a_cell_that_is_pointed_at_is_found_again(tmp_path: Path) -> None:
    def named(form: FormBook, cell: str, rows: int = 1) -> MappedCell:
        block = block_of(cell)
        assert block is not None
        return cell_at(form, SheetLabels(form.sheets[0]), block.first, "plan: title", rows)

    crime = open_form(made.written(made.two_row_headings(), tmp_path))
    cell = named(crime, "D6")
    assert (cell.row, cell.column, cell.under) == (("Acquisitive", "Robbery"), ("Recorded", "2008-09"), "")
    nowhere = named(crime, "H20")
    assert (nowhere.row, nowhere.column, nowhere.at) == ((), (), Block(20, 8, 20, 8))
    gains = open_form(made.written(made.table_with_totals(), tmp_path))
    column = named(gains, "B4", 3)
    assert (column.column, column.below, column.at) == (("Planned",), 1, Block(4, 2, 6, 2))
    assert named(gains, "B5").below == 2
    names = open_form(made.written(made.defined_names(), tmp_path))
    assert (named(names, "B1").name, named(names, "B1").row) == ("Force_Code", ("Force code",))
    assert named(names, "C2").right == 2


def test_fills_of_all_sorts_are_told(tmp_path: Path) -> None:
    book, sheet = made._sheet()
    colours = (Color(rgb="FF112233"), Color(indexed=2), Color(theme=4, tint=0.5), Color(theme=4, tint=-0.5))
    for column, colour in enumerate(colours, 1):
        sheet.cell(1, column, "x").fill = PatternFill("solid", fgColor=colour)
    sheet.column_dimensions["B"].hidden = True
    sheet.row_dimensions[3].height = 30
    sheet.sheet_format.defaultColWidth = 12
    path = tmp_path / "form.xlsx"
    path.write_bytes(made.saved(book))
    form = open_form(path)
    fills = [form.style(form.sheets[0], (1, column)).fill for column in (1, 2, 3, 4)]
    assert fills[:2] == ["#112233", "#FF0000"]
    assert all(len(fill) == 7 for fill in fills[2:])
    assert form.sheets[0].heights == {3: 30.0}
    assert [each.hidden for each in form.sheets[0].columns if each.first == 2] == [True]


def test_what_is_no_form_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mail = tmp_path / "a.eml"
    mail.write_bytes(
        b"From: a@b.example\r\nTo: c@d.example\r\nSubject: x\r\nDate: Mon, 1 Jan 2024 10:00:00 +0000\r\n\r\nHello\r\n"
    )
    with pytest.raises(ReturnRefused, match="is a mail"):
        open_form(mail)
    text = tmp_path / "a.csv"
    text.write_text("a,b")
    with pytest.raises(ReturnRefused, match="no workbook"):
        open_form(text)
    with pytest.raises(PasswordNeeded, match="protected by a password"):
        open_form(_protected(tmp_path))
    form = made.written(made.of_1904(), tmp_path)
    with pytest.raises(ReturnRefused, match="far larger"):
        open_form(form, FileLimits(file=10))
    monkeypatch.setattr(opening, "Apart", _never)
    with pytest.raises(ReturnRefused, match="could not be read"):
        open_form(form)


def _never(*_: object) -> None:
    raise OSError


def _protected(folder: Path) -> Path:
    path = folder / "protected.xlsx"
    path.write_bytes(
        bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(99)
    )
    return path


def test_rows_and_cells_take_the_style_of_their_row_or_column() -> None:
    part = (
        b'<worksheet xmlns="m"><cols><col min="2" max="3" width="9" style="7"/></cols><sheetData>'
        b'<row r="2" s="5" customFormat="1" spans="1:2"/><row r="4"><c r="A4"/></row></sheetData></worksheet>'
    )
    filled = {(2, 2): entry_of(1), (4, 3): entry_of(2), (9, 1): entry_of(3)}
    edited = SheetText(part, from_1904=False).edited(filled, {(4, 1)})
    assert b'<row r="2" s="5" customFormat="1" spans="1:2"><c r="B2" s="5"><v>1</v></c></row>' in edited
    assert b'<row r="4"><c r="A4"/><c r="C4" s="7"><v>2</v></c></row><row r="9"><c r="A9"><v>3</v></c></row>' in edited
    empty = SheetText(b'<worksheet xmlns="m"><sheetData/></worksheet>', from_1904=False).edited(
        {(1, 1): entry_of("a")}, set()
    )
    assert b'<sheetData><row r="1"><c r="A1" t="inlineStr">' in empty
    with pytest.raises(ValueError, match="no place"):
        SheetText(b'<worksheet xmlns="m"></worksheet>', from_1904=False).edited({(1, 1): entry_of("a")}, set())


def test_an_open_document_keeps_comments_and_grows_below() -> None:
    content = (
        b'<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        b'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        b'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        b'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
        b'<table:table table:name="S"><table:table-row><table:table-cell office:value-type="string"><office:annotation>'
        b"<text:p>why</text:p></office:annotation><text:p>old</text:p></table:table-cell></table:table-row></table:table>"
        b"</office:document-content>"
    )
    filled = {(1, 1): entry_of("a\tb\n  c"), (3, 2): entry_of(4, share=True), (2, 1): entry_of(True)}
    edited = OdsText(content).edited({"S": filled}, {}).decode()
    assert "<office:annotation><text:p>why</text:p></office:annotation><text:p>a<text:tab/>b</text:p>" in edited
    assert '<text:s text:c="2"/>c' in edited
    assert 'office:value-type="percentage" office:value="0.04" calcext:value-type="percentage"><text:p>4%' in edited
    assert "old" not in edited
    with pytest.raises(ValueError, match="cannot be found"):
        OdsText(content).edited({"T": filled}, {})
    with pytest.raises(ValueError, match="not known"):
        OdsText(b"<x/>")


def test_values_as_cells_take_them() -> None:
    assert entry_of(1234.5, texts=True) == ("1,234.5", "1,234.5", False)
    assert entry_of(4, share=True) == (0.04, "4%", True)
    assert entry_of(4.0).is_number
    assert not entry_of(True).is_number


def test_a_workbook_of_odd_parts_is_read(tmp_path: Path) -> None:
    out = BytesIO()
    book = Workbook()
    book.save(out)
    path = tmp_path / "odd.xlsx"
    path.write_bytes(made.with_parts(out.getvalue(), lambda name, part: part))
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
    assert open_form(path).sheets[0].size == (1, 1)
