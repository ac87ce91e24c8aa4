"""A form is filled, and nothing else of its file is touched."""

import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from spp_desktop.returns.cell_places import CellPlace, address, block_of
from spp_desktop.returns.forms import opening
from spp_desktop.returns.forms.entry import CellEntry, entry_of
from spp_desktop.returns.forms.filling import filled_form, with_calculation
from spp_desktop.returns.forms.form import FormBook
from spp_desktop.returns.forms.ods_text import OdsText
from spp_desktop.returns.forms.packed import rewritten
from spp_desktop.returns.forms.sheet_text import SheetText
from spp_desktop.returns.limits import LIMITS
from tests.returns.forms import made, packages
from tests.returns.forms.made import FORMS, STALE, MadeForm

pytestmark = pytest.mark.usefixtures("read_here")


def place(text: str) -> CellPlace:
    block = block_of(text)
    assert block is not None
    return block.first


def entries(form: FormBook, filled: MadeForm) -> dict[str, dict[CellPlace, CellEntry]]:
    by_sheet: dict[str, dict[CellPlace, CellEntry]] = {}
    for (sheet, cell), value in filled.filled.items():
        by_sheet.setdefault(sheet, {})[place(cell)] = entry_of(value)
    return by_sheet


@pytest.fixture(params=FORMS)
def one_form(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[MadeForm, FormBook]:
    form = FORMS[request.param]()
    return form, opening.open_form(made.written(form, tmp_path))


def test_only_what_was_filled_is_changed(one_form: tuple[MadeForm, FormBook]) -> None:
    form, read = one_form
    content = filled_form(read, entries(read, form))
    before, after = packages.parts(form.content), packages.parts(content)
    assert list(after) == list(before)
    changed = {name for name in before if before[name] != after[name]}
    sheets = {sheet.part: sheet.title for sheet in read.sheets}
    assert changed <= {*sheets, read.book}
    packed_before, packed_after = packages.packed_parts(form.content), packages.packed_parts(content)
    assert all(packed_after[name] == packed_before[name] for name in before if name not in changed)
    for name in changed - {read.book}:
        _check_sheet(
            form,
            before[name],
            after[name],
            sheets[name],
            {cell for sheet, cell in form.filled if sheet == sheets[name]},
        )
    if read.kind != "ods" and read.book in changed:
        drop = re.compile(rb' fullCalcOnLoad="1"|<calcPr[^>]*/>')
        assert drop.sub(b"", after[read.book]) == drop.sub(b"", before[read.book])


def _check_sheet(form: MadeForm, before: bytes, after: bytes, title: str, filled: set[str]) -> None:
    """Every cell but those filled is as it was; of a formula only its result may be gone."""
    assert packages.around_cells(before) == packages.around_cells(after)
    old, new = packages.cells(before), packages.cells(after)
    assert set(new) == set(old) | filled
    style = re.compile(rb' s="(\d+)"')
    for cell in set(old) - filled:
        result = re.compile(rb"<(?:x:)?v>%d</(?:x:)?v>" % STALE)
        assert new[cell] in (old[cell], result.sub(b"", old[cell])), (title, cell)
    for cell in filled & set(old):
        assert style.findall(old[cell])[:1] == style.findall(new[cell])[:1]


def test_no_result_is_left_that_no_longer_holds(one_form: tuple[MadeForm, FormBook], tmp_path: Path) -> None:
    form, read = one_form
    path = tmp_path / f"filled{form.suffix}"
    path.write_bytes(filled_form(read, entries(read, form)))
    again = opening.open_form(path)
    for sheet, cell in form.comes_to:
        on = again.sheet(sheet)
        assert on is not None
        assert place(cell) not in on.cells or on.cells[place(cell)].kind == "formula"
    for (sheet, cell), value in form.filled.items():
        on = again.sheet(sheet)
        assert on is not None
        assert on.cells[place(cell)].value == value


def test_what_depends_on_nothing_that_was_filled_keeps_its_result(tmp_path: Path) -> None:
    form = made.units_apart()
    read = opening.open_form(made.written(form, tmp_path))
    sheet = packages.parts(filled_form(read, entries(read, form)))["xl/worksheets/sheet2.xml"]
    assert packages.cells(sheet)["B3"] == b'<c r="B3"><f>1+1</f><v>%d</v></c>' % STALE


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_works_the_sums_out_anew(tmp_path: Path) -> None:
    paths, forms = [], {}
    for name, make in FORMS.items():
        forms[name] = form = make()
        read = opening.open_form(made.written(form, tmp_path, name))
        paths.append(tmp_path / f"{name} filled{form.suffix}")
        paths[-1].write_bytes(filled_form(read, entries(read, form)))
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'office').as_uri()}", "--headless", "--norestore"]
    command += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "out"), *map(str, paths)]
    subprocess.run(command, check=True, capture_output=True, timeout=500)
    for name, form in forms.items():
        book = load_workbook(tmp_path / "out" / f"{name} filled.xlsx", data_only=True)
        for (sheet, cell), value in {**form.comes_to, **form.filled}.items():
            assert book[sheet][cell].value == value, (name, cell)


@pytest.mark.skipif(shutil.which("ssconvert") is None, reason="Gnumeric is not installed")
def test_gnumeric_works_the_sums_out_anew(tmp_path: Path) -> None:
    form = made.two_row_headings()
    read = opening.open_form(made.written(form, tmp_path))
    (tmp_path / "filled.xlsx").write_bytes(filled_form(read, entries(read, form)))
    command = ["ssconvert", str(tmp_path / "filled.xlsx"), str(tmp_path / "out.csv")]
    subprocess.run(command, check=True, capture_output=True, timeout=100)
    assert (tmp_path / "out.csv").read_text().splitlines()[7] == f",Total,{STALE},9.5,{STALE},7"


def test_days_are_counted_from_1904_where_the_workbook_does(tmp_path: Path) -> None:
    read = opening.open_form(made.written(made.of_1904(), tmp_path))
    assert read.from_1904
    sheet = read.sheets[0]
    assert read.style(sheet, (1, 2)).shows == "date"
    day = date(2009, 3, 31)
    (tmp_path / "filled.xlsx").write_bytes(
        filled_form(read, {"Dates": {(1, 2): entry_of(day, dated=True), (3, 2): entry_of(day)}})
    )
    again = opening.open_form(tmp_path / "filled.xlsx").sheets[0]
    assert again.cells[1, 2].value == "2009-03-31"
    assert again.cells[3, 2].value == "31 March 2009"
    assert (2, 2) not in again.cells or again.cells[2, 2].kind == "formula"


def test_how_a_form_looks_and_what_it_asks(tmp_path: Path) -> None:
    read = opening.open_form(made.written(made.protected(), tmp_path))
    sheet, lists = read.sheets
    assert sheet.protected
    assert lists.hidden
    assert [read.is_locked(sheet, (1, column)) for column in (1, 2)] == [True, False]
    assert read.style(sheet, (1, 2)).fill == "#D9D9D9"
    (force,), (sex,), (whole,) = (list(sheet.rules_at((row, 2))) for row in (1, 2, 3))
    assert read.listed(sheet, force) == ("West Midlands", "Warwickshire")
    assert read.listed(sheet, sex) == ("M", "F")
    assert (whole.kind, whole.first, whole.second) == ("whole", "0", "100000")
    named = opening.open_form(made.written(made.defined_names(), tmp_path))
    assert [(each.name, each.sheet, each.block.address) for each in named.names] == [
        ("Force_Code", "Cover", "B1"), ("Strength", "Cover", "B2")
    ]  # fmt: skip
    table = opening.open_form(made.written(made.table_with_totals(), tmp_path)).sheets[0].tables[0]
    assert (table.block.address, table.headings, table.totals) == ("A3:C7", 1, 1)


def test_how_an_open_document_looks_and_what_it_asks(tmp_path: Path) -> None:
    read = opening.open_form(made.written(made.open_document(), tmp_path))
    (sheet,) = read.sheets
    assert (sheet.title, sheet.protected) == ("Staff & sums", True)
    assert [read.is_locked(sheet, (2, column)) for column in (1, 3)] == [True, False]
    assert read.style(sheet, (3, 3)).fill == "#D9D9D9"
    (sex,) = sheet.rules_at((6, 2))
    assert read.listed(sheet, sex) == ("M", "F")
    assert [(each.name, each.sheet, each.block.address) for each in read.names] == [("Group_sex", "Staff & sums", "B6")]


CELLS = st.dictionaries(
    st.tuples(st.integers(1, 9), st.integers(1, 6)),
    st.one_of(st.integers(-9, 9), st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=9), st.booleans()),
    max_size=12,
)


@given(st.sets(st.tuples(st.integers(1, 7), st.integers(1, 5))), CELLS, st.booleans())
def test_any_cells_of_any_sheet(
    there: set[CellPlace], filled: dict[CellPlace, str | float | bool], implied: bool
) -> None:
    """Cells that were there stay in their places, and those filled come between them in order."""
    rows: dict[int, list[int]] = {}
    for row, column in sorted(there):
        rows.setdefault(row, []).append(column)
    implied = implied and all(columns == list(range(1, len(columns) + 1)) for columns in rows.values())
    body = "".join(
        f'<row r="{row}" spans="1:5">'
        + "".join(f"<c{'' if implied else f' r={chr(34)}{address((row, n))}{chr(34)}'}><v>{n}</v></c>" for n in columns)
        + "</row>"
        for row, columns in rows.items()
    )
    part = f'<worksheet xmlns="m"><dimension ref="A1:B2"/><sheetData>{body}</sheetData></worksheet>'.encode()
    edited = SheetText(part, from_1904=False).edited({at: entry_of(value) for at, value in filled.items()}, set())
    numbers = [int(number) for number in re.findall(rb'<row r="(\d+)"', edited)]
    assert numbers == sorted({row for row, _ in {*there, *filled}})
    if not implied:
        assert {place(cell) for cell in packages.cells(edited)} == {*there, *filled}
        for row in re.findall(rb"<row.*?</row>", edited, re.DOTALL):
            columns = [place(cell.decode())[1] for cell in re.findall(rb'<c r="([A-Z]+\d+)"', row)]
            assert columns == sorted(columns)


@given(CELLS)
def test_any_cells_of_an_open_document(filled: dict[CellPlace, str | float | bool]) -> None:
    part = packages.parts(made.open_document().content)["content.xml"]
    edited = OdsText(part).edited({"Staff & sums": {at: entry_of(value) for at, value in filled.items()}}, {})
    out = made.with_parts(made.open_document().content, lambda name, old: edited if name == "content.xml" else old)
    cells = _read(out)
    for at, value in filled.items():
        entry = entry_of(value)
        if entry.value != "":
            assert cells[at] == (entry.value if not isinstance(entry.value, float) else pytest.approx(entry.value))
    assert cells.get((5, 1), "Total") == "Total" or (5, 1) in filled


def _read(content: bytes) -> dict[CellPlace, object]:
    from io import BytesIO

    from spp_desktop.returns import reader

    seen: dict[CellPlace, object] = {}
    for record in reader.records(BytesIO(content), "ods", LIMITS):
        if isinstance(record, list):
            seen |= {(record[0], cell[0]): cell[1] if len(cell) == 2 else cell[2] for cell in record[2]}
    return seen


def test_settings_of_calculation_are_put_where_they_belong() -> None:
    assert with_calculation(b'<workbook><sheets/><calcPr calcId="1" fullCalcOnLoad="0"/></workbook>') == (
        b'<workbook><sheets/><calcPr fullCalcOnLoad="1" calcId="1"/></workbook>'
    )
    assert with_calculation(b"<x:workbook><x:sheets><x:sheet/></x:sheets><x:extLst/></x:workbook>") == (
        b'<x:workbook><x:sheets><x:sheet/></x:sheets><x:calcPr fullCalcOnLoad="1"/><x:extLst/></x:workbook>'
    )
    with pytest.raises(ValueError, match="sheets"):
        with_calculation(b"<workbook/>")


def test_a_package_that_cannot_be_copied_is_refused() -> None:
    content = bytearray(made.of_1904().content)
    assert rewritten(bytes(content), {}) == bytes(content)
    end = content.rfind(b"PK\x01\x02")
    content[end + 24 : end + 28] = b"\xff\xff\xff\xff"
    with pytest.raises(ValueError, match="list of its parts"):
        rewritten(bytes(content), {})
