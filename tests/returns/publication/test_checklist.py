"""Each rule of the checklist: kept by what is written, and broken by a workbook that somebody has spoilt on purpose."""

import re
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.table import Table, TableColumn
from openpyxl.worksheet.worksheet import Worksheet

from spp_desktop.returns.publication import seen_ods, seen_xlsx, writing
from spp_desktop.returns.publication.checklist import RULES, answers, failed, report
from tests.returns.publication.made import PUBLICATION

BY_HAND = {"P1", "P2"}
AUTOMATABLE = [rule.number for rule in RULES if rule.number not in BY_HAND]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the workbook in both forms."""
    made = tmp_path_factory.mktemp("published")
    writing.write(PUBLICATION, made, ("xlsx", "ods"))
    return made


def of_form(folder: Path, form: str) -> Path:
    return folder / f"{writing.stem(PUBLICATION)}.{form}"


def broken(path: Path, **said: object) -> set[str]:
    reader = seen_ods.seen if "ods" in path.name else seen_xlsx.seen
    book = replace(reader(path), **{"beside": ("xlsx", "ods"), **said})  # type: ignore[arg-type]
    given = answers(book)
    assert [answer.rule.number for answer in given] == [rule.number for rule in RULES]
    assert {answer.rule.number for answer in given if answer.outcome == "not automatable"} == BY_HAND
    assert all(answer.where for answer in failed(given)), "what fails says where"
    return {answer.rule.number for answer in failed(given)}


def test_the_checklist_is_whole() -> None:
    numbers = [
        f"{letter}{n}" for letter, last in zip("TNFSP", (9, 4, 8, 6, 6), strict=True) for n in range(1, last + 1)
    ]
    assert [rule.number for rule in RULES] == numbers
    assert len(AUTOMATABLE) == 31
    essential = {rule.number for rule in RULES if rule.essential}
    assert essential == {
        "T1", "T3", "T4", "T5", "T6", "T8", "N1", "F2", "F4", "F6", "S1", "S2", "S3", "S4", "P1", "P3", "P4",
    }  # fmt: skip


@pytest.mark.parametrize("form", ["xlsx", "ods"])
def test_what_is_written_keeps_every_rule(folder: Path, form: str) -> None:
    assert broken(of_form(folder, form)) == set()


# Excel workbooks, spoilt by openpyxl

DATA, TOP = "Delivery plan", 9


def on_data(spoil: Callable[[Worksheet], object]) -> Callable[[Workbook], object]:
    return lambda book: spoil(book[DATA])


def _named(sheet: Worksheet, name: str) -> None:
    (table,) = sheet.tables.values()
    table.displayName = table.name = name


def _without_table(sheet: Worksheet) -> None:
    sheet.tables.clear()


def _wider(sheet: Worksheet) -> None:
    (table,) = sheet.tables.values()
    last = sheet.max_column + 1
    table.ref = f"A{TOP}:{sheet.cell(TOP, last).coordinate[0]}{sheet.max_row}"
    table.tableColumns.append(TableColumn(id=last, name="Column8"))
    sheet.cell(TOP, last, "Column8").font = Font(name="Arial", sz=12)


def _second_table(sheet: Worksheet) -> None:
    for row, text in ((30, "Head"), (31, "Cell")):
        sheet.cell(row, 1, text).font = Font(name="Arial", sz=12)
    sheet.add_table(Table(displayName="Second_table", ref="A30:A31"))


def _footer(sheet: Worksheet) -> None:
    assert sheet.oddFooter is not None  # one in which nothing stands is false
    sheet.oddFooter.center.text = "page"


def _chart(sheet: Worksheet) -> None:
    sheet.add_chart(BarChart(), "J2")


def _moved(sheet: Worksheet) -> None:
    sheet.move_range(f"A{TOP}:G{sheet.max_row}", cols=1)
    (table,) = sheet.tables.values()
    table.ref = f"B{TOP}:H{sheet.max_row}"


def _shorthand_unsaid(sheet: Worksheet) -> None:
    for row in range(1, TOP):
        if str(sheet.cell(row, 1).value).startswith("Shorthand"):
            sheet.cell(row, 1).value = "Nothing of shorthand."


def _first(book: Workbook) -> None:
    book.active = 1


def _note_gone(book: Workbook) -> None:
    book[DATA][f"B{TOP + 1}"].value = "No note"


def _unheaded(sheet: Worksheet) -> None:
    sheet.cell(TOP, 2).value = "Reference"


def _set(address: str, value: str | None) -> Callable[[Workbook], object]:
    return on_data(lambda sheet: sheet.__setitem__(address, value))


def _styled(**said: object) -> Callable[[Workbook], object]:
    def spoil(book: Workbook) -> None:
        for name, value in said.items():
            setattr(book[DATA]["B11"], name, value)

    return spoil


XLSX: dict[str, list[Callable[[Workbook], object]]] = {
    "T1": [on_data(_without_table)],
    "T2": [on_data(partial(_named, name=name)) for name in ("Table_1", "Table1", "AB12")],
    "T3": [on_data(lambda sheet: sheet.merge_cells("B10:C10"))],
    "T4": [on_data(_wider)],
    "T5": [on_data(_unheaded)],
    "T6": [
        _styled(alignment=Alignment(wrap_text=False)),
        on_data(lambda sheet: setattr(sheet.row_dimensions[11], "height", 2)),
        on_data(lambda sheet: setattr(sheet.column_dimensions["E"], "width", 5)),
    ],
    "T7": [
        on_data(lambda sheet: setattr(sheet, "freeze_panes", "A10")),
        on_data(lambda sheet: setattr(sheet.auto_filter, "ref", "A9:G12")),
    ],
    "T8": [_set("D11", None)],
    "T9": [
        on_data(lambda sheet: setattr(sheet.row_dimensions[11], "hidden", True)),
        on_data(lambda sheet: setattr(sheet.column_dimensions["C"], "hidden", True)),
        on_data(lambda sheet: setattr(sheet, "sheet_state", "hidden")),
    ],
    "N1": [_set("B11", "Robbery*"), _set("B11", "Robbery²")],
    "N2": [_set("B11", "Robbery [Note 1]"), _set("B11", "Robbery [note 1], [note 2]"), _set("B11", "Robbery (note 1)")],
    "N3": [_set("D10", "40 [note 1]"), _set("D10", "40 [p]"), _set("B11", "Robbery [x]")],
    "N4": [_note_gone, _set("B11", "Robbery [note 9]"), lambda book: setattr(book["Notes"], "title", "Remarks")],
    "F1": [
        _styled(font=Font(name="Arial", sz=12, color="FF1B1F24")),
        _styled(font=Font(name="Arial", sz=12, i=True)),
        _styled(font=Font(name="Arial", sz=12, u="single")),
        _styled(font=Font(name="Times New Roman", sz=12)),
        _styled(font=Font(name="Arial", sz=9)),
        _styled(border=Border(top=Side(style="thin"))),
        _styled(alignment=Alignment(wrap_text=True, textRotation=90)),
    ],
    "F2": [on_data(lambda sheet: setattr(sheet["A1"], "style", "Normal"))],
    "F3": [_set("B11", "Robbery ☎")],
    "F4": [on_data(_footer)],
    "F5": [_styled(fill=PatternFill("solid", fgColor="FFEEEEEE"))],
    "F6": [on_data(lambda sheet: setattr(sheet["I12"], "fill", PatternFill("solid", fgColor="FFFF0000")))],
    "F7": [on_data(_chart)],
    "F8": [_set("F11", "=F10")],
    "S1": [on_data(lambda sheet: setattr(sheet, "title", "Sheet1")), on_data(lambda s: setattr(s, "title", " Plan"))],
    "S2": [lambda book: book.create_sheet("Empty")],
    "S3": [on_data(_shorthand_unsaid), _set("A2", "Read this."), _set("A1", None)],
    "S4": [on_data(_moved)],
    "S5": [_set("A20", "Below")],
    "S6": [on_data(_second_table)],
    "P3": [lambda book: setattr(book.properties, "title", ""), lambda book: setattr(book.properties, "language", None)],
    "P4": [
        _first,
        on_data(lambda sheet: setattr(sheet.sheet_view.selection[0], "activeCell", "B3")),
        on_data(lambda sheet: setattr(sheet.sheet_view, "zoomScale", 80)),
    ],
}
"""What is done to the workbook, by the rule that it breaks; it may break others too."""


def test_the_data_begin_where_the_tests_think(folder: Path) -> None:
    sheet = load_workbook(of_form(folder, "xlsx"))[DATA]
    assert [sheet.cell(TOP, column).value for column in (1, 2)] == ["Reference", "Activity"]
    assert sheet["B11"].value.startswith("Patrol")


@pytest.mark.parametrize("number", XLSX)
def test_each_rule_fails_on_a_workbook_broken_on_purpose(folder: Path, tmp_path: Path, number: str) -> None:
    for spoil in XLSX[number]:
        book = load_workbook(of_form(folder, "xlsx"))
        spoil(book)
        path = tmp_path / "broken.xlsx"
        book.save(path)
        assert number in broken(path)


def test_a_text_box_a_macro_and_shading_in_turn_are_seen(folder: Path, tmp_path: Path) -> None:
    """What openpyxl cannot put into a workbook, put into its package."""
    book = load_workbook(of_form(folder, "xlsx"))
    _chart(book[DATA])
    plain = tmp_path / "chart.xlsx"
    book.save(plain)
    path = _repacked(
        plain, tmp_path / "box.xlsx", "xl/drawings/drawing1.xml", lambda part: part.replace("</wsDr>", BOX)
    )
    assert {"F4"} <= broken(path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    assert {"F8"} <= broken(path)
    styled = "<tableStyleInfo name='TableStyleMedium2' showRowStripes='1'/></table>"
    part = "xl/tables/table1.xml"
    assert {"F5"} <= broken(_repacked(plain, tmp_path / "s.xlsx", part, lambda text: text.replace("</table>", styled)))


def test_what_is_offered_as_something_else_is_seen(folder: Path, tmp_path: Path) -> None:
    assert broken(of_form(folder, "xlsx"), beside=("xlsx",)) == {"P5"}
    packed = shutil.copyfile(of_form(folder, "xlsx"), tmp_path / "tables.zip")
    assert broken(packed) == {"P6"}


BOX = """<oneCellAnchor><from><col>1</col><colOff>0</colOff><row>1</row><rowOff>0</rowOff></from><ext cx="9" cy="9"/>
<sp><nvSpPr><cNvPr id="9" name="Box"/><cNvSpPr txBox="1"/></nvSpPr><spPr/></sp><clientData/></oneCellAnchor></wsDr>"""


def _repacked(path: Path, to: Path, part: str, change: Callable[[str], str]) -> Path:
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(to, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == part:
                changed = change(content.decode()).encode()
                assert changed != content, "it was changed"
                content = changed
            new.writestr(info, content)
    return to


# OpenDocument spreadsheets, spoilt as text

CONTENT, STYLES, META, SETTINGS = "content.xml", "styles.xml", "meta.xml", "settings.xml"
CELL = '<table:table-cell table:style-name="text-left" office:value-type="string"><text:p>Patrol'


def swapped(part: str, old: str, new: str) -> tuple[str, Callable[[str], str]]:
    return part, lambda text: re.sub(old, new, text, count=1, flags=re.DOTALL)


def first_cell(new: str) -> tuple[str, Callable[[str], str]]:
    """The cell of the second activity, with other words."""
    return swapped(CONTENT, re.escape(f"{CELL} 24/7") + "[^<]*</text:p>", f"{CELL[:-6]}{new}</text:p>")


def in_style(properties: str, kind: str = "text") -> tuple[str, Callable[[str], str]]:
    """The style of texts, with properties more."""
    more = f"<style:{kind}-properties {properties}/></style:style>"
    return swapped(CONTENT, r'(style:name="text-left".*?)</style:style>', rf"\1{more}")


ODS: dict[str, list[tuple[str, Callable[[str], str]]]] = {
    "T1": [swapped(CONTENT, "<table:database-range [^>]*Delivery_plan[^>]*>", "")],
    "T2": [
        swapped(CONTENT, 'table:name="Delivery_plan"', f'table:name="{name}"')
        for name in ("Table_1", "milestones_TABLE")
    ],
    "T3": [swapped(CONTENT, re.escape(CELL[:17]), f'{CELL[:17]} table:number-columns-spanned="2"')],
    "T4": [swapped(CONTENT, r"\.G12", ".H12")],
    "T5": [
        swapped(CONTENT, "<text:p>Activity</text:p>", "<text:p>Reference</text:p>"),
        (CONTENT, lambda text: re.sub("</?table:table-header-rows>", "", text)),
    ],
    "T6": [
        (CONTENT, lambda text: text.replace('fo:wrap-option="wrap"', "")),
        (CONTENT, lambda text: text.replace('use-optimal-row-height="true"', 'row-height="2pt"')),
    ],
    "T7": [
        swapped(CONTENT, 'display-filter-buttons="false"', 'display-filter-buttons="true"'),
        swapped(
            SETTINGS,
            '(config:name="Delivery plan">)',
            r'\1<config:config-item config:name="VerticalSplitMode" config:type="short">2</config:config-item>',
        ),
    ],
    "T8": [first_cell("")],
    "T9": [
        (CONTENT, lambda text: text.replace("<table:table-row ", '<table:table-row table:visibility="collapse" ')),
        (
            CONTENT,
            lambda text: text.replace("<table:table-column ", '<table:table-column table:visibility="collapse" '),
        ),
        (CONTENT, lambda text: text.replace('table:display="true"', 'table:display="false"')),
    ],
    "N1": [first_cell("Robbery†")],
    "N2": [first_cell("Robbery [notes 1]")],
    "N3": [first_cell("Robbery [p]")],
    "N4": [first_cell("Robbery [note 9]"), swapped(CONTENT, 'table:name="Notes"', 'table:name="Remarks"')],
    "F1": [
        in_style('fo:color="#1b1f24" style:use-window-font-color="false"'),
        in_style('fo:color="#1b1f24"'),
        in_style('fo:font-style="italic"'),
        in_style('style:text-underline-style="solid"'),
        in_style('style:font-name="Times"'),
        in_style('fo:font-size="8pt"'),
        in_style('fo:border="0.06pt solid #000000"', "table-cell"),
        in_style('style:rotation-angle="90"', "table-cell"),
    ],
    "F2": [(STYLES, lambda text: text.replace("Heading 1", "Big letters").replace("Heading_20_1", "Big"))],
    "F3": [first_cell("Robbery ☎")],
    "F4": [
        swapped(STYLES, '<style:footer style:display="false"/>', "<style:footer><text:p>page</text:p></style:footer>"),
        swapped(
            CONTENT,
            "</table:table>",
            '<table:shapes><draw:frame xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"><draw:text-box/>'
            "</draw:frame></table:shapes></table:table>",
        ),
        swapped(
            CONTENT, r"(<table:table-cell[^>]*>)", r"\1<office:annotation><text:p>Look</text:p></office:annotation>"
        ),
    ],
    "F5": [in_style('fo:background-color="#eeeeee"', "table-cell")],
    "F6": [
        swapped(
            CONTENT,
            "(<office:automatic-styles>)",
            r'\1<style:style style:name="red" style:family="table-cell"><style:table-cell-properties '
            'fo:background-color="#ff0000"/></style:style>',
        )
    ],
    "F7": [
        swapped(
            CONTENT,
            "</table:table>",
            '<table:shapes><draw:frame xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"><draw:image/>'
            "</draw:frame></table:shapes></table:table>",
        )
    ],
    "F8": [swapped(CONTENT, re.escape(CELL[:17]), f'{CELL[:17]} table:formula="of:=1+1"')],
    "S1": [swapped(CONTENT, 'table:name="Delivery plan"', 'table:name="Sheet 3"')],
    "S2": [swapped(CONTENT, "(<table:database-ranges>)", r'<table:table table:name="Empty"/>\1')],
    "S3": [
        swapped(CONTENT, r"Shorthand: \[x\][^<]*", "Nothing"),
        (CONTENT, lambda text: text.replace("This worksheet contains one table", "Look")),
    ],
    "S4": [swapped(CONTENT, r"(Delivery plan[^.]*)\.A9:", r"\1.B9:")],
    "S5": [swapped(CONTENT, r"\.G12", ".G11")],
    "S6": [
        swapped(
            CONTENT,
            r"(<table:database-range table:name=\"Delivery_plan\"([^>]*)>)",
            r'\1<table:database-range table:name="Other_plan"\2>',
        )
    ],
    "P3": [swapped(META, "<dc:title>.*?</dc:title>", ""), swapped(STYLES, 'fo:language="en"', "")],
    "P4": [
        swapped(SETTINGS, '(config:name="ActiveTable" config:type="string">)Cover', r"\1Notes"),
        swapped(SETTINGS, '(config:name="CursorPositionX" config:type="int">)0', r"\g<1>2"),
        swapped(SETTINGS, '(config:name="ZoomValue" config:type="int">)100', r"\g<1>80"),
    ],
}


@pytest.mark.parametrize("number", ODS)
def test_each_rule_fails_on_a_spreadsheet_broken_on_purpose(folder: Path, tmp_path: Path, number: str) -> None:
    for part, change in ODS[number]:
        path = _repacked(of_form(folder, "ods"), tmp_path / "broken.ods", part, change)
        if number == "F6":
            painted = '<table:table-row><table:table-cell table:style-name="red"/></table:table-row></table:table>'
            path = _repacked(path, tmp_path / "red.ods", *swapped(CONTENT, "</table:table>", painted))
        assert number in broken(path)


def test_every_automatable_rule_is_shown_to_fail() -> None:
    elsewhere = {"P5", "P6"}
    assert set(XLSX) | elsewhere == set(AUTOMATABLE)
    assert set(ODS) | elsewhere == set(AUTOMATABLE)


def test_the_report_names_each_rule_with_its_outcome_and_where(folder: Path, tmp_path: Path) -> None:
    lines = report("a.xlsx", answers(replace(seen_xlsx.seen(of_form(folder, "xlsx")), beside=("ods",))))
    assert lines[0] == "a.xlsx: 31 of 31 rules passed, 0 failed, 2 for a person to check."
    assert [line.split()[0] for line in lines[1:]] == [rule.number for rule in RULES]
    assert lines[1] == "  T1  passed (essential): Every table is marked up as a table."
    book = load_workbook(of_form(folder, "xlsx"))
    for row in range(10, 13):
        for column in range(1, 8):
            book[DATA].cell(row, column).font = Font(name="Times")
            book["Milestones"].cell(row, column, "x").font = Font(name="Times")
    book.save(tmp_path / "spoilt.xlsx")
    spoilt = report("b", answers(seen_xlsx.seen(tmp_path / "spoilt.xlsx")))
    assert any(re.fullmatch(r"      and \d+ more", line) for line in spoilt)
    assert "      Delivery plan: A10: letters of Times" in spoilt
