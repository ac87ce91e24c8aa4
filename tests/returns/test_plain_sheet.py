"""A plain sheet gives every value back, and keeps the rules of accessible spreadsheets."""

import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from spp_desktop.plan.kinds.kind import AsCell
from spp_desktop.returns import plain_sheet, workbook
from spp_desktop.returns.intake import take
from spp_desktop.returns.plain_sheet import NotWritten, PlainSheet, PlainValue, unlike, write
from spp_desktop.returns.words import LONGEST, REPLACED, clean
from tests.depth import depth

TEXTS = st.text(st.characters(codec=None), max_size=40) | st.sampled_from(
    ["=1+1", "@cmd", "+44 20", "-2", "'quoted", "_x0041_", "#REF!", "a\r\nb", "\ud800", "\x07", "007", "1e5", " "]
)
VALUES: st.SearchStrategy[PlainValue] = st.one_of(
    st.none(),
    TEXTS,
    st.integers(-(10**15), 10**15),
    st.floats(-plain_sheet.MOST, plain_sheet.MOST),
    st.dates(date(1900, 3, 1)),
)
SHEETS = st.builds(
    PlainSheet, TEXTS, st.lists(TEXTS, max_size=3), st.lists(st.lists(VALUES, min_size=1, max_size=4), max_size=5)
)


def _expected(value: PlainValue) -> object:
    if isinstance(value, str):
        return clean(value) or None
    if isinstance(value, date):
        return value.isoformat()
    return None if value is None else pytest.approx(value, rel=1e-14)


@settings(max_examples=depth(5, 300), deadline=None)
@given(sheets=st.lists(SHEETS, min_size=1, max_size=3))
def test_every_value_comes_back(tmp_path_factory: pytest.TempPathFactory, sheets: list[PlainSheet]) -> None:
    path = tmp_path_factory.mktemp("plain") / "made.xlsx"
    write(path, sheets)
    found = take(path)
    assert len(found.sheets) == len(sheets)
    for sheet, came in zip(sheets, found.sheets, strict=True):
        if not sheet.rows:
            continue
        noted = [note for note in sheet.notes if clean(note)]
        more = sum(said in [cells[1].value for cells in came.rows.values() if 1 in cells] for said in ADDED)
        first = 2 + len(noted) + more
        wide = max(map(len, sheet.rows))
        assert len(came.rows[first]) == wide, "every heading has words"
        for number, row in enumerate(sheet.rows[1:], first + 1):
            held = came.rows.get(number, {})
            for column, value in enumerate(row, 1):
                cell = held.get(column)
                assert (None if cell is None else cell.value) == _expected(value)


ADDED = ("This sheet holds one table.", "Some cells are empty because there is nothing to show in them.")


@pytest.fixture
def made(tmp_path: Path) -> Path:
    path = tmp_path / "robbery.xlsx"
    rows: list[list[PlainValue]] = [
        ["Month", "Robberies", "Rate", "rate", None, "Year"],
        [date(2008, 4, 1), 1234, 1.5, 0.25, "=1+1", 2008],
        [date(2008, 5, 1), None, 2, 12345.125, "@x", 2009],
    ]
    write(
        path,
        [
            PlainSheet("Robbery: by month", ["Illustrative.", "A note."], rows),
            PlainSheet("Robbery: by month", [], rows),
        ],
    )
    return path


def test_it_is_laid_out_as_accessible_spreadsheets_are(made: Path) -> None:
    book = load_workbook(made)
    assert book.sheetnames == ["Robbery by month", "Robbery by month (2)"]
    sheet = book.worksheets[0]
    assert sheet["A1"].value == "Robbery: by month"
    assert sheet["A1"].style == "Headline 1"
    assert [sheet.cell(row, 1).value for row in (2, 3)] == ["Illustrative.", "A note."]
    (table,) = sheet.tables.values()
    assert table.ref == "A6:F8"
    assert table.autoFilter is None
    assert [column.name for column in table.tableColumns] == [cell.value for cell in sheet[6]]
    assert [cell.value for cell in sheet[6]] == ["Month", "Robberies", "Rate", "rate (2)", "Column 5", "Year"]
    assert not sheet.merged_cells.ranges
    assert sheet.freeze_panes is None
    assert sheet.max_row == 8, "nothing stands below the table"
    assert re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", table.displayName)
    assert book.properties.title == "Robbery: by month"
    assert book.properties.language == "en-GB"
    names = [one for place in book.worksheets for one in place.tables]
    assert len(set(names)) == len(names)


def test_numbers_are_numbers_and_text_is_text(made: Path) -> None:
    sheet = load_workbook(made).worksheets[0]
    assert [cell.data_type for cell in sheet[7]] == ["d", "n", "n", "n", "s", "n"]
    assert sheet["E7"].value == "=1+1"
    assert sheet["E7"].quotePrefix
    assert [sheet.cell(8, place).number_format for place in (3, 4, 6)] == ["#,##0.0", "#,##0.000", "0"]
    assert sheet["B7"].number_format == "#,##0"


def test_what_no_workbook_can_hold_is_said_and_leaves_what_stood_there(tmp_path: Path) -> None:
    path = tmp_path / "stood.xlsx"
    path.write_text("stood")
    for bad in ("x" * (LONGEST + 1), float("nan"), float("inf"), 1.7e308, -(10**308)):
        with pytest.raises(NotWritten, match=r"stood\.xlsx was not made"):
            write(path, [PlainSheet("One", [], [["A"], [bad]])])
    with pytest.raises(NotWritten, match="nothing to put into it"):
        write(path, [])
    assert path.read_text() == "stood"
    assert [one.name for one in tmp_path.iterdir()] == ["stood.xlsx"]


def test_a_place_that_cannot_be_written_to_is_told_as_of_returns(tmp_path: Path) -> None:
    with pytest.raises(workbook.NotWritten, match="could not be written"):
        write(tmp_path / "none" / "one.xlsx", [PlainSheet("One", [], [["A"], [1]])])


def test_a_file_that_would_not_read_the_same_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain_sheet, "_same", lambda *_: False)
    with pytest.raises(NotWritten, match="row 1 of “One” would not read the same again"):
        write(tmp_path / "one.xlsx", [PlainSheet("One", [], [["A"], [1]])])
    assert not list(tmp_path.iterdir())


def test_lone_surrogates_are_shown_as_replaced(tmp_path: Path) -> None:
    path = tmp_path / "one.xlsx"
    write(path, [PlainSheet("\ud800", [], [["\ud800"], ["a\ud800b"], [True], [date(1800, 1, 2)]])])
    sheet = load_workbook(path).worksheets[0]
    assert [sheet.cell(row, 1).value for row in (3, 4, 5, 6)] == [REPLACED, f"a{REPLACED}b", "Yes", "02/01/1800"]


@given(names=st.lists(st.sampled_from(["a", "A", "a (2)", "b", "x" * 40, "X" * 31]), max_size=12))
def test_no_two_names_are_alike(names: list[str]) -> None:
    found = unlike(names, 31)
    assert len({name.casefold() for name in found}) == len(names)
    assert all(len(name) <= 31 for name in found)


def test_a_row_is_as_high_as_its_texts_and_grows(tmp_path: Path) -> None:
    rows = [["Ref", "What"], ["1", "word " * 40], ["2", "short"], ["3", "a\nb\nc"]]
    write(tmp_path / "one.xlsx", [PlainSheet("One", [], rows)])
    xml = zipfile.ZipFile(tmp_path / "one.xlsx").read("xl/worksheets/sheet1.xml").decode()
    heights = {int(row): float(height) for row, height in re.findall(r'<row r="(\d+)"[^>]* ht="([\d.]+)"', xml)}
    assert heights[5] == heights[3]
    assert heights[4] > 3 * heights[5] - 10
    assert heights[5] < heights[6] < heights[4] + 10
    assert "customHeight" not in xml


def test_a_wide_table_is_made_narrower_until_it_can_be_read_on_a_page(tmp_path: Path) -> None:
    texts = ["some long words " * 10] * 6
    for count in (2, 6):
        write(tmp_path / "one.xlsx", [PlainSheet("One", [], [[f"Heading {n}" for n in range(count)], texts[:count]])])
        sheet = load_workbook(tmp_path / "one.xlsx").worksheets[0]
        widths = [dimension.width for dimension in sheet.column_dimensions.values()]
        assert widths == ([60] * 2 if count == 2 else [32] * 6)


def test_the_name_of_a_sheet_is_cut_between_words(tmp_path: Path) -> None:
    titles = ("PI01 Reduce serious violence, West Midlands, recorded crimes", "Robbery")
    write(tmp_path / "one.xlsx", [PlainSheet(title, [], [["A"], [1]]) for title in (*titles, titles[0])])
    book = load_workbook(tmp_path / "one.xlsx")
    names = ["PI01 Reduce serious violence…", "Robbery", "PI01 Reduce serious… (2)"]
    assert book.sheetnames == names
    assert [sheet["A1"].value for sheet in book.worksheets] == [titles[0], titles[1], titles[0]]


def test_a_cell_may_have_a_format_of_its_own(tmp_path: Path) -> None:
    rows: list[list[PlainValue]] = [
        ["A"],
        [AsCell(0.045, "0.0%")],
        [AsCell("=x", "@")],
        [AsCell(None)],
        [1.5],
        [AsCell(3.0)],
    ]
    write(tmp_path / "one.xlsx", [PlainSheet("One", [], rows)])
    sheet = load_workbook(tmp_path / "one.xlsx").worksheets[0]
    column = [sheet.cell(row, 1) for row in range(5, 10)]
    assert [cell.value for cell in column] == [0.045, "=x", None, 1.5, 3]
    assert [cell.number_format for cell in column] == ["0.0%", "General", "General", "#,##0.0", "#,##0.0"]
