"""What comes in, in whatever form, is the same plain cells; and a reader that hangs or dies leaves nothing behind."""

import hashlib
import json
import tempfile
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from spp_desktop.returns import reader
from spp_desktop.returns.definition import Identity
from spp_desktop.returns.intake import Received, Sheet, begin, from_kept, kept, take
from spp_desktop.returns.limits import LIMITS, FileLimits
from spp_desktop.returns.placement import MARK, META, identity_text
from spp_desktop.returns.scan import PasswordNeeded, ReturnRefused
from spp_desktop.returns.sheet_cell import MONTH_FIRST, SheetCell
from tests.returns import ods_made

pytestmark = pytest.mark.usefixtures("read_here")

IDENTITY = Identity("a plan", "an export", "delivery", "abcdef", "ACC Crime", 2008, "Plan", "Q2")
PASSWORD = "Password1"


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.xlsx"
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Return"
    sheet.append(["Ref", "Activity"])
    sheet.append(["1.01", "Do it"])
    sheet.append(["1.02", "Do more"])
    sheet["C2"], sheet["C2"].number_format = 0.35, "0%"
    sheet.row_dimensions[3].hidden = True
    meta = book.create_sheet(META)
    meta.sheet_state = "veryHidden"
    meta.append([MARK, identity_text(IDENTITY)])
    _properties(book).append(StringProperty(name=MARK, value=identity_text(IDENTITY)))
    book.properties.lastModifiedBy = "A Jones"
    book.save(path)
    return path


def _properties(book: Any) -> Any:
    """The document's own properties, of which openpyxl's types say nothing."""
    return book.custom_doc_props


def _with(good: Path, name: str, parts: dict[str, str | bytes]) -> Path:
    """The good workbook under another name, with parts put in or replaced."""
    path = good.with_name(name)
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part not in parts:
                new.writestr(part, old.read(part))
        for part, content in parts.items():
            new.writestr(part, content)
    return path


def _sheet(good: Path, rows: str, name: str = "changed.xlsx") -> Path:
    """The good workbook with these rows on its first sheet, and a table of texts."""
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    types = zipfile.ZipFile(good).read("[Content_Types].xml").decode()
    strings = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    types = types.replace("</Types>", f'<Override PartName="/xl/sharedStrings.xml" ContentType="{strings}"/></Types>')
    texts = (
        "<si><t>plain</t></si><si><r><t>rich </t></r><r><t>text</t></r><rPh sb='0' eb='1'><t>aloud</t></rPh></si>"
        "<si><t>_x005F_x0041_ and _x0041_</t></si>"
    )
    return _with(
        good,
        name,
        {
            "xl/worksheets/sheet1.xml": f"<worksheet {space}><sheetData>{rows}</sheetData></worksheet>",
            "xl/sharedStrings.xml": f"<sst {space}>{texts}</sst>",
            "[Content_Types].xml": types,
        },
    )


def _cells(path: Path, row: int = 1) -> dict[int, SheetCell]:
    return dict(take(path).sheets[0].rows[row])


def test_a_workbook_is_read_whole(good: Path) -> None:
    found = take(good)
    (sheet,) = found.sheets
    assert (found.form, found.name, found.identity, found.notices) == ("xlsx", "good.xlsx", IDENTITY, ())
    assert found.file_hash == hashlib.sha256(good.read_bytes()).hexdigest()
    assert found.modified_by == "A Jones"
    assert found.modified_at.startswith("20")
    assert (sheet.title, sheet.hidden, sheet.hidden_rows) == ("Return", False, frozenset({3}))
    assert sheet.rows[2] == {
        1: SheetCell("text", "1.01"),
        2: SheetCell("text", "Do it"),
        3: SheetCell("number", 0.35, "0%"),
    }


def test_the_property_speaks_where_the_hidden_sheet_is_gone(good: Path) -> None:
    book = Workbook()
    _properties(book).append(StringProperty(name=MARK, value=identity_text(IDENTITY)))
    book.save(good)
    assert take(good).identity == IDENTITY


def test_what_the_file_is_is_told_before_it_is_read(good: Path, tmp_path: Path) -> None:
    reading = begin(good)
    assert reading.identity() == reading.received().identity == IDENTITY
    assert begin(tmp_path / "missing.xlsx").identity() is None
    (tmp_path / "r.csv").write_text("a,b\n")
    other = begin(tmp_path / "r.csv")
    assert other.identity() is other.received().identity is None


def test_macros_are_left_aside(good: Path) -> None:
    found = take(_with(good, "good.xlsm", {"xl/vbaProject.bin": b"\1\2"}))
    assert found.form == "xlsm"
    assert "macros" in found.notices[0]
    assert found.sheets == take(good).sheets


def test_every_kind_of_cell_is_read(good: Path) -> None:
    rows = (
        '<row r="1"><c r="A1" t="s"><v>1</v></c><c t="inlineStr"><is><t>in</t><t>line</t></is></c><c r="D1" t="b"><v>1'
        '</v></c><c r="E1" t="e"><v>#REF!</v></c><c r="F1" t="d"><v>2009-03-31T00:00:00</v></c><c r="G1"><v>1E5</v></c>'
        '<c r="H1"><f>1+1</f><v>2</v></c><c r="I1"><f>A9</f><v/></c><c r="J1" t="str"><f>A9</f><v></v></c>'
        '<c r="K1" t="str"><f>A1</f><v>so</v></c><c r="L1"><v>1e999</v></c><c r="M1" t="s"><v>2</v></c>'
        '<c r="N1"/></row>'
    )
    cells = _cells(_sheet(good, rows))
    assert cells == {
        1: SheetCell("text", "rich text"),
        2: SheetCell("text", "inline"),
        4: SheetCell("yes/no", True, ""),
        5: SheetCell("error", "#REF!", ""),
        6: SheetCell("date", "2009-03-31", ""),
        7: SheetCell("number", 100000, "General"),
        8: SheetCell("number", 2, "General", computed=True),
        9: SheetCell("formula", "=", ""),
        11: SheetCell("text", "so", "General", computed=True),
        12: SheetCell("other", "1e999", ""),
        13: SheetCell("text", "_x0041_ and A"),
    }


def test_days_are_counted_as_the_workbook_counts_them(good: Path) -> None:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.worksheets[0]["A1"], book.worksheets[0]["A1"].number_format = 38441, "dd/mm/yyyy"
    book.worksheets[0]["B1"] = 38441
    book.worksheets[0]["C1"], book.worksheets[0]["C1"].number_format = 1e12, "dd/mm/yyyy"
    book.worksheets[0]["D1"], book.worksheets[0]["D1"].number_format = 0.5, "[h]:mm"
    book.save(good)
    cells = _cells(good)
    assert cells[1] == SheetCell("date", "2009-03-31", "")
    assert cells[2] == SheetCell("number", 38441, "General", from_1904=True)
    assert (cells[3].kind, cells[4].kind) == ("error", "other")


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="2"/><row r="2"/>',
        '<row r="2"/><row r="1"/>',
        '<row r="0"/>',
        '<row r="101"/>',
        '<row r="x"/>',
        '<row><c r="12"><v>1</v></c></row>',
        '<row><c r="ABCD1"><v>1</v></c></row>',
        '<row><c t="s"><v>-1</v></c></row>',
        '<row><c t="s"><v>99</v></c></row>',
        f"<row><c><v>{'9' * 70_000}</v></c></row>",
        f'<row><c t="str"><v>{"x" * 70_000}</v></c></row>',
    ],
)
def test_a_damaged_sheet_is_refused_in_a_sentence(good: Path, rows: str) -> None:
    with pytest.raises(ReturnRefused, match="cannot be read as a workbook"):
        take(_sheet(good, rows), FileLimits(lowest=100))


def test_a_text_that_every_cell_names_does_not_fill_the_memory(good: Path) -> None:
    rows = "".join('<row><c t="s"><v>2</v></c></row>' for _ in range(40))
    with pytest.raises(
        ReturnRefused, match=r"more text in all its cells than a return does \(at most 1,000\). Copy its tables"
    ):
        take(_sheet(good, rows), FileLimits(all_text=1_000))
    cell = f'<c t="str"><v>{"x" * 30_000}</v></c>'
    with pytest.raises(ReturnRefused, match="more text in a row"):
        take(_sheet(good, f"<row>{cell * 40}</row>"), FileLimits(ratio=10**6))


def test_a_stray_cell_far_away_costs_nothing(good: Path) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="900"><c r="CV900"><v>2</v></c></row>'
    found = take(_sheet(good, rows), FileLimits(rows=10, cells=20)).sheets[0].rows
    assert {row: list(cells) for row, cells in found.items()} == {1: [1], 900: [100]}


def test_a_password_opens_a_protected_workbook_and_is_kept_nowhere(
    good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    locked = tmp_path / "locked.xlsx"
    with good.open("rb") as plain, locked.open("wb") as file:
        OOXMLFile(plain).encrypt(PASSWORD, file)
    with pytest.raises(PasswordNeeded) as needed:
        take(locked)
    assert not needed.value.wrong
    with pytest.raises(PasswordNeeded, match=r"does not open locked\.xlsx") as needed:
        take(locked, password="other")
    assert needed.value.wrong
    reading = begin(locked, password=PASSWORD)
    found = reading.received()
    assert (found.sheets, found.form, found.identity) == (take(good).sheets, "xlsx", IDENTITY)
    assert found.file_hash == hashlib.sha256(locked.read_bytes()).hexdigest()
    assert PASSWORD not in repr(found) + repr(vars(reading))
    assert not list((tmp_path / "temporary").iterdir())


def test_what_a_password_opens_is_scanned_too(good: Path, tmp_path: Path) -> None:
    bad = _with(good, "bad.xlsx", {"xl/odd.xml": "<!DOCTYPE x><x/>"})
    with bad.open("rb") as plain, (tmp_path / "locked.xlsm").open("wb") as file:
        OOXMLFile(plain).encrypt(PASSWORD, file)
    with pytest.raises(ReturnRefused, match="document type"):
        take(tmp_path / "locked.xlsm", password=PASSWORD)


def test_a_protected_file_that_is_damaged_is_refused(good: Path, tmp_path: Path) -> None:
    with good.open("rb") as plain:
        whole = BytesIO()
        OOXMLFile(plain).encrypt(PASSWORD, whole)
    (tmp_path / "cut.xlsx").write_bytes(whole.getvalue()[:6000])
    with pytest.raises(ReturnRefused, match=r"cut\.xlsx"):
        take(tmp_path / "cut.xlsx", password=PASSWORD)


def test_a_password_for_a_file_that_needs_none_is_not_used(good: Path) -> None:
    assert take(good, password="anything") == take(good)


def test_an_open_document_is_read_with_its_identity(tmp_path: Path) -> None:
    said = identity_text(IDENTITY).replace('"', "&quot;")
    meta = ods_made.table(ods_made.row(ods_made.text(MARK), ods_made.text(said)), name=META)
    twice = ods_made.text("twice").replace("-cell ", '-cell table:number-columns-repeated="2" ', 1)
    many = '<table:table-cell table:number-columns-repeated="16384"/>'
    rows = ods_made.table(
        ods_made.row(many, more='table:number-rows-repeated="3"'),
        ods_made.row(
            '<table:table-cell table:number-columns-repeated="2"/>',
            ods_made.text("one<text:s text:c='2'/>two<text:tab/>three</text:p><text:p>four"),
            '<table:table-cell office:value-type="percentage" office:value="0.045"><text:p>4.50%</text:p>'
            "</table:table-cell>",
            '<table:table-cell office:value-type="date" office:date-value="2009-03-31"/>',
            '<table:table-cell office:value-type="float" office:value="35"><text:p>35</text:p></table:table-cell>',
            '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>',
            '<table:table-cell office:value-type="time" office:time-value="PT10H"/>',
            '<table:table-cell table:formula="of:=1" office:value-type="float" office:value="1"/>',
            '<table:table-cell table:formula="of:=1"/>',
            '<table:table-cell calcext:value-type="error" office:value-type="string" office:string-value="">'
            "<text:p>#REF!</text:p></table:table-cell>",
            "<table:covered-table-cell office:value-type='string'><text:p>merged away</text:p>"
            "</table:covered-table-cell>",
            '<table:table-cell office:value-type="string"><office:annotation><text:p>aside</text:p>'
            "</office:annotation><text:p>said</text:p></table:table-cell>",
            '<table:table-cell office:value-type="float" office:value="INF"/>',
            more='table:visibility="filter"',
        ),
        ods_made.row(twice),
        more='table:style-name="shut"',
    )
    properties = (
        f"<meta:user-defined meta:name='{MARK}'>{identity_text(IDENTITY)}</meta:user-defined>"
        "<dc:creator>A Jones</dc:creator><dc:date>2009-01-02T03:04:05</dc:date>"
    )
    found = take(ods_made.write(tmp_path / "r.ods", rows, meta, meta=properties))
    (sheet,) = found.sheets
    assert (found.form, found.identity, found.modified_by) == ("ods", IDENTITY, "A Jones")
    assert found.modified_at == "2009-01-02T03:04:05"
    assert (sheet.hidden, sheet.hidden_rows, list(sheet.rows)) == (True, frozenset({4}), [4, 5])
    assert sheet.rows[4] == {
        3: SheetCell("text", "one  two\tthree\nfour"),
        4: SheetCell("number", 0.045, "0.00%"),
        5: SheetCell("date", "2009-03-31", ""),
        6: SheetCell("number", 35, "General"),
        7: SheetCell("yes/no", True, ""),
        8: SheetCell("other", "PT10H", ""),
        9: SheetCell("number", 1, "General", computed=True),
        10: SheetCell("formula", "=", ""),
        11: SheetCell("error", "#REF!", ""),
        13: SheetCell("text", "said"),
        14: SheetCell("other", "INF", ""),
    }
    assert sheet.rows[5] == {1: SheetCell("text", "twice"), 2: SheetCell("text", "twice")}
    only = take(ods_made.write(tmp_path / "p.ods", rows, meta=properties))
    assert only.identity == IDENTITY


def test_an_open_document_may_count_from_1904(tmp_path: Path) -> None:
    before = '<table:calculation-settings><table:null-date table:date-value="1904-01-01"/></table:calculation-settings>'
    number = '<table:table-cell office:value-type="float" office:value="38441"/>'
    path = ods_made.write(tmp_path / "r.ods", ods_made.table(ods_made.row(number)), before=before)
    assert _cells(path)[1].from_1904


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (ods_made.row(ods_made.text("x"), more='table:number-rows-repeated="21"'), "more rows alike"),
        (ods_made.row(ods_made.text("x"), more='table:number-rows-repeated="20"') * 3, "more rows than a return does"),
        (
            ods_made.row(ods_made.text("x").replace("cell ", 'cell table:number-columns-repeated="21" ', 1)),
            "more cells alike",
        ),
        (ods_made.row(more='table:number-rows-repeated="60"') * 2, "more rows than a sheet"),
        (ods_made.row(more='table:number-rows-repeated="101"'), "more rows than a sheet"),
        (ods_made.row(more='table:number-rows-repeated="0"'), "more rows than a sheet"),
        (ods_made.row(ods_made.text('<text:s text:c="65537"/>')), "more text in a cell"),
        (
            ods_made.row(ods_made.text("x"), more='table:number-rows-repeated="x"'),
            "something in it is damaged. Open it",
        ),
    ],
)
def test_an_open_document_that_says_more_than_it_holds_is_refused(tmp_path: Path, row: str, said: str) -> None:
    path = ods_made.write(tmp_path / "r.ods", ods_made.table(row))
    with pytest.raises(ReturnRefused, match=said):
        take(path, FileLimits(rows=50, alike=20, lowest=100))


def test_a_protected_open_document_says_what_to_do(good: Path, tmp_path: Path) -> None:
    path = ods_made.write(tmp_path / "r.ods", ods_made.table())
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(tmp_path / "locked.ods", "w") as new:
        for part in old.namelist():
            new.writestr(part, "<m><encryption-data/></m>" if part.startswith("META") else old.read(part))
    with pytest.raises(ReturnRefused, match="without “Save with password”"):
        take(tmp_path / "locked.ods")


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_text_with_separators_is_read_as_it_stands(tmp_path: Path, encoding: str, separator: str) -> None:
    rows = [
        ["POLICING PLAN; all, of it"],
        [],
        ["Ref", "Activity", "Due", "Cost"],
        ["1.10", 'Do "it", then; more\nof it', "31/03/2009", "£5"],
        ["=1+1", "", "35%", "caf\xe9"],
    ]
    text = "\r\n".join(separator.join(f'"{said.replace(chr(34), chr(34) * 2)}"' for said in row) for row in rows)
    path = tmp_path / "return.csv"
    path.write_bytes(text.encode(encoding))
    found = take(path)
    (sheet,) = found.sheets
    assert (found.form, found.identity, list(sheet.rows)) == ("csv", None, [1, 3, 4, 5])
    assert [cell.value for cell in sheet.rows[4].values()] == ["1.10", 'Do "it", then; more\nof it', "31/03/2009", "£5"]
    assert {place: cell.value for place, cell in sheet.rows[5].items()} == {1: "=1+1", 3: "35%", 4: "caf\xe9"}


def test_a_separator_may_be_named(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("sep=;\na;b,c\n")
    assert take(tmp_path / "r.csv").sheets[0].rows[2] == {1: SheetCell("text", "a"), 2: SheetCell("text", "b,c")}


def test_american_days_are_marked_as_such(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("Ref,Due\n1,03/31/2009\n2,02/03/2009\n")
    cells = [row[2] for row in take(tmp_path / "r.csv").sheets[0].rows.values()]
    assert [cell.format for cell in cells] == [MONTH_FIRST] * 3
    (tmp_path / "r.csv").write_text("Ref,Due\n1,31/03/2009\n2,02/03/2009\n")
    assert take(tmp_path / "r.csv").sheets[0].rows[3][2] == SheetCell("text", "02/03/2009")


@pytest.mark.parametrize(
    "content", [b"a,b\0c\n", bytes(range(256)), b"\xff\xfea", b'"' + b"x" * 70_000, b"\x81\x8d\x8f"]
)
def test_what_is_no_text_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "r.csv").write_bytes(content)
    with pytest.raises(ReturnRefused, match=r"r\.csv cannot be read"):
        take(tmp_path / "r.csv")


def _answered(path: Path, **more: Any) -> list[Any]:
    """What the reader says, in this process."""
    asked = {"path": str(path), "name": path.name, "package": "zip", "password": "", "limits": vars(LIMITS) | more}
    out = BytesIO()
    reader.answer(asked, out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_the_reader_says_how_it_ended(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _answered(good)[-1]["end"] == "whole"
    assert "more than 1 rows" in _answered(good, rows=1)[-1]["said"]
    assert "more than 3 cells" in _answered(good, cells=3)[-1]["said"]
    assert "more sheets than" in _answered(good, sheets=1)[-1]["said"]
    for raised, said in (
        (MemoryError(), "it needs more memory than a return does (at most 250 MB)"),
        (KeyError("x"), "something in it is damaged"),
    ):
        monkeypatch.setattr(reader, "records", lambda *_, raised=raised: (_ for _ in ()).throw(raised))
        assert _answered(good)[-1]["said"] == said


VALUES = st.text(st.characters(exclude_categories=["Cs"])) | st.booleans() | st.floats(allow_nan=False)
CELLS = st.builds(
    SheetCell,
    st.sampled_from(["text", "number", "date", "error"]),
    st.text(st.characters(exclude_categories=["Cs"]))
    | st.booleans()
    | st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=5),
    st.booleans(),
    st.booleans(),
)
SHEETS = st.builds(
    Sheet,
    st.text(max_size=5),
    st.booleans(),
    st.dictionaries(st.integers(1, 99), st.dictionaries(st.integers(1, 9), CELLS, min_size=1)),
    st.frozensets(st.integers(1, 99)),
)


@given(st.lists(SHEETS, max_size=3), st.none() | st.just(IDENTITY), st.lists(st.text(), max_size=2))
def test_what_is_kept_is_the_same_again(sheets: list[Sheet], identity: Identity | None, notices: list[str]) -> None:
    found = Received("a.xlsx", tuple(sheets), identity, tuple(notices), "ods", "abc", "A Jones", "2009-01-02T03:04:05")
    again = from_kept(kept(found))
    assert again == found
    assert [repr(sheet.rows) for sheet in again.sheets] == [repr(sheet.rows) for sheet in found.sheets]


def test_what_stands_beside_the_values_of_an_open_document_comes_along(tmp_path: Path) -> None:
    struck = (
        '<style:style style:name="out" style:family="table-cell">'
        '<style:text-properties style:text-line-through-style="solid"/></style:style>'
    )
    note = (
        "<office:annotation><dc:creator>Jones</dc:creator><text:p>Only till <text:span>March</text:span></text:p>"
        "<text:p>not after</text:p></office:annotation>"
    )
    cells = (
        ods_made.text("noted").replace("<text:p>", f"{note}<text:p>", 1),
        ods_made.text("over two").replace("-cell ", '-cell table:number-rows-spanned="2" ', 1),
        ods_made.text("gone").replace("-cell ", '-cell table:style-name="out" ', 1),
    )
    below = "<table:table-cell/><table:covered-table-cell/>", ods_made.text("stays")
    path = ods_made.write(
        tmp_path / "beside.ods", ods_made.table(ods_made.row(*cells), ods_made.row(*below)), more_styles=struck
    )
    (sheet,) = take(path).sheets
    assert {place: str(cell.value) for place, cell in sheet.rows[1].items()} == {1: "noted", 2: "over two", 3: "gone"}
    assert sheet.comments == {(1, 1): "Only till March\nnot after"}
    assert sheet.merged == ((1, 2, 2, 2),)
    assert sheet.struck == {(1, 3)}
    assert from_kept(kept(take(path))).sheets == (sheet,)
