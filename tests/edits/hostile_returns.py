"""Returns as they come back wrong, each made from the product's own: what people, programs and gateways do to a file.

Each function takes the return that went out and the place where the spoilt one is to be put. The names are those of
the corpus of hostile workbooks that these remake for the product's own layout; those without a number are its own.
"""

import csv
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Mapping
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

from spp_desktop.returns.placement import HELP, MARK, META
from tests.edits.filling import KEY, Filled
from tests.returns import rare_writers

Spoil = Callable[[Path, Path], None]
Part = Callable[[str], str]

PASSWORD = "Password1"
FIRST, SECOND, THIRD, NINTH = "1.2", "1.3", "1.4", "2.5"
REFS = ("1.2", "1.3", "1.4", "1.5", "2.1", "2.2", "2.3", "2.4", "2.5", "3.1", "3.2", "3.3")
ACTIVITIES, MILESTONES = "xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml"
MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"

FORMULA_LIKE = (
    '=HYPERLINK("https://example.invalid/","click")',
    "=other|'topic'!A1",
    "+44 20 7946 0000 called",
    "-2 officers short",
    "@neighbourhood team",
    "\t=1+1",
    "=",
    "'quoted",
    "-",
    "+",
    "=== see below ===",
    "\n=1+1",
)
DATES = (
    *("31/03/2009", "31.3.09", "March 2009", "03/04/2009", "end of Q3", "tbc", "2009-02-30", "31st March 2009"),
    *("Mar-09", "31/03/09", "2009-03-31", "30/06"),
)
PERCENTAGES = ("4%", 4, 0.04, "100", 1, 1.5, "50 %", "half", "N/A", -0.05, 1.04, "~60%")
NUMBERS = (
    *("0.5", "\N{NO-BREAK SPACE}0.5", "0.5\N{NO-BREAK SPACE}", "1,0", "'0.5", "0,5", "5e-1"),
    *("\u0660\u066b\u0665", "\N{VULGAR FRACTION ONE HALF}", "0.5.", "0.50 ", "\t0.5"),
)
STATUSES = (
    *("On track", "On\N{NO-BREAK SPACE}track", "on track ", "ON TRACK", "On\N{ZERO WIDTH SPACE}track"),
    *("On\N{HYPHEN}track", "On  track", "\N{ZERO WIDTH NO-BREAK SPACE}On track"),
    "\N{CYRILLIC CAPITAL LETTER O}n track",
    "\N{FULLWIDTH LATIN CAPITAL LETTER O}\N{FULLWIDTH LATIN SMALL LETTER N} track",
    *("On track\n", "\N{LEFT DOUBLE QUOTATION MARK}On track\N{RIGHT DOUBLE QUOTATION MARK}"),
)


def rewritten(path: Path, target: Path, parts: Mapping[str, Part], more: Mapping[str, bytes] | None = None) -> None:
    """A workbook with some of its parts rewritten, and others put in: what no library would write."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name in parts:
                content = parts[name](content.decode()).encode()
            new.writestr(name, content)
        for name, held in (more or {}).items():
            new.writestr(name, held)


def cell(where: str, content: str, kind: str = "") -> Part:
    """A part of a sheet in which a cell holds this XML; its style stays."""
    said = f' t="{kind}"' if kind else ""

    def part(xml: str) -> str:
        found = re.compile(rf'<c r="{where}"((?: s="\d+")?)[^>]*?(?:/>|>.*?</c>)', re.DOTALL)
        made, times = found.subn(lambda held: f'<c r="{where}"{held[1]}{said}>{content}</c>', xml, count=1)
        assert times == 1, where
        return made

    return part


def address(path: Path, ref: str, field: str) -> str:
    """Where an activity's cell stands in the return that went out."""
    book = Filled(path)
    return f"{get_column_letter(book.headings()[1][field])}{book.row(ref)}"


def _values(sheet: Worksheet, row: int) -> list[Any]:
    return [held.value for held in sheet[row]]


def _put(sheet: Worksheet, row: int, values: list[Any], start: int = 1) -> None:
    for column, value in enumerate(values, start):
        sheet.cell(row, column).value = value


def _in_each(field: str, answers: tuple[Any, ...], form: str = "") -> Spoil:
    """Answers in one column, an activity after another."""

    def spoil(path: Path, target: Path) -> None:
        with Filled(path, target) as book:
            for ref, answer in zip(REFS, answers, strict=True):
                book.put(ref, **{field: answer})
                held = book.sheet().cell(book.row(ref), book.headings()[1][field])
                if isinstance(answer, str):
                    held.data_type = "s"
                if form:
                    held.number_format = form

    return spoil


# The corpus


def p01_control_unchanged(path: Path, target: Path) -> None:
    shutil.copyfile(path, target)


def p02_control_three_edits(path: Path, target: Path) -> None:
    with Filled(path, target) as book:
        book.put(FIRST, status="Complete", percent=1.0)
        book.put(SECOND, done="Wards A-C live; D in November.")


def p10_password_protected(path: Path, target: Path) -> None:
    with target.open("wb") as made:
        OOXMLFile(BytesIO(path.read_bytes())).encrypt(PASSWORD, made)


def p11_macros(path: Path, target: Path) -> None:
    types = {
        "[Content_Types].xml": lambda xml: xml.replace(MAIN, "application/vnd.ms-excel.sheet.macroEnabled.main+xml")
    }
    rewritten(path, target, types, {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 macros"})


def p12_external_link_formula(path: Path, target: Path) -> None:
    link = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink"
    parts = {
        ACTIVITIES: cell(address(path, FIRST, "status"), "<f>[1]Sheet1!$A$1</f><v>Late</v>", "str"),
        "xl/_rels/workbook.xml.rels": lambda xml: xml.replace(
            "</Relationships>",
            f'<Relationship Id="rId99" Type="{link}" Target="externalLinks/externalLink1.xml"/></Relationships>',
        ),
        "[Content_Types].xml": lambda xml: xml.replace(
            "</Types>",
            '<Override PartName="/xl/externalLinks/externalLink1.xml" ContentType="application/vnd.openxmlformats-'
            'officedocument.spreadsheetml.externalLink+xml"/></Types>',
        ),
    }
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    rewritten(path, target, parts, {"xl/externalLinks/externalLink1.xml": f"<externalLink {space}/>".encode()})


def p14_dimension_too_large(path: Path, target: Path) -> None:
    said = '<dimension ref="A1:CV900"/>'
    rewritten(path, target, {ACTIVITIES: lambda xml: re.sub("<dimension[^>]*/>", said, xml)})


def p15_strict_ooxml(path: Path, target: Path) -> None:
    rare_writers.strict(path, target)


def _by_libreoffice(path: Path, target: Path) -> None:
    folder = target.parent / "saved"
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to"]
    command += [target.suffix[1:], "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=500)
    (folder / f"{path.stem}{target.suffix}").rename(target)


def p16_saved_as_ods(path: Path, target: Path) -> None:
    _by_libreoffice(path, target)


def p17_saved_as_csv_uk(path: Path, target: Path) -> None:
    book = Filled(path)
    top, columns = book.headings()
    with target.open("w", encoding="cp1252", errors="replace", newline="") as file:
        lines = csv.writer(file)
        for row in range(1, book.rows()[-1] + 1):
            held = [book.sheet().cell(row, column) for column in range(2, max(columns.values()) + 1)]
            said = [_shown(one.value, one.number_format) for one in held]
            if row == book.row(FIRST):
                said[columns["status"] - 2], said[columns["done"] - 2] = "Late", "\N{POUND SIGN} on budget"
            lines.writerow(said if row >= top else said[:1])


def _shown(value: object, form: str) -> str:
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y}"
    return f"{value:.0%}" if isinstance(value, float | int) and "%" in form else str(value or "")


def p18_libreoffice_resaved(path: Path, target: Path) -> None:
    _by_libreoffice(path, target)


def p19_sorted_whole_rows(path: Path, target: Path) -> None:
    with Filled(path, target) as book:
        book.put(NINTH, status="Late")
        rows, text = book.rows(), book.headings()[1]["text"]
        held = sorted((_values(book.sheet(), row) for row in rows), key=lambda values: str(values[text - 1]))
        for row, values in zip(rows, held, strict=True):
            _put(book.sheet(), row, values)


def p20_sorted_visible_columns_only(path: Path, target: Path) -> None:
    with Filled(path, target) as book:
        rows, text = book.rows(), book.headings()[1]["text"]
        held = sorted((_values(book.sheet(), row)[KEY:] for row in rows), key=lambda values: str(values[text - 2]))
        for row, values in zip(rows, held, strict=True):
            _put(book.sheet(), row, values, KEY + 1)


def p21_filtered_hidden_rows(path: Path, target: Path) -> None:
    with Filled(path, target) as book:
        book.put(THIRD, status="Late")
        for ref in (SECOND, THIRD, "2.1"):
            book.sheet().row_dimensions[book.row(ref)].hidden = True


def p22_rows_deleted(path: Path, target: Path) -> None:
    with Filled(path, target) as book:
        for ref in (SECOND, "2.2", "3.3"):
            book.delete(ref)


def p23_row_inserted(path: Path, target: Path) -> None:
    with Filled(path, target) as book:
        row = book.row("2.1")
        book.sheet().insert_rows(row)
        book.put_at(row, ref="1.6", text="Vetting backlog", due="end of June 2009", status="Not started", percent=0)


def p24_row_duplicated_different(path: Path, target: Path) -> None:
    with Filled(path, target) as book:
        book.copy(FIRST, status="Complete")


def p25_sheet_renamed_extra_first(path: Path, target: Path) -> None:
    with Filled(path, target) as book:
        book.sheet().title = "Supt Jones"
        book.book.create_sheet("Notes", 0)["A1"] = "Please see my comments on sheet 2"
        book.book.active = 0


def p26_hidden_sheet_stripped(path: Path, target: Path) -> None:
    with Filled(path, target) as book:
        book.put(FIRST, status="Late")
        book.strip()


p27_dates_as_text = _in_each("forecast", DATES, "@")
p28_percent_forms = _in_each("percent", PERCENTAGES, "General")
p29_numbers_as_text = _in_each("percent", NUMBERS, "@")
p30_status_spelling_unicode = _in_each("status", STATUSES)
p31_formula_like_text = _in_each("done", FORMULA_LIKE)


def p32_formulas_no_cached_values(path: Path, target: Path) -> None:
    with Filled(path, target) as book:
        book.put(FIRST, status='=IF(G5>0.5,"On track","Late")')
        book.put(SECOND, percent="=3/4")
        book.put(THIRD, forecast="=TODAY()")
        book.put("1.5", done='="Done "&TEXT(TODAY(),"dd/mm")')


def p33_error_cells(path: Path, target: Path) -> None:
    with Filled(path, target) as book:
        book.put(FIRST, status="#REF!")
        book.put(SECOND, percent="#DIV/0!")
        book.put(THIRD, forecast="#N/A")
        book.put("1.5", done="#NAME?")


def p34_locked_cells_edited(path: Path, target: Path) -> None:
    with Filled(path, target) as book:
        book.sheet().protection.sheet = False
        book.put(FIRST, text="Reduce domestic burglary by 3%")
        book.put(SECOND, due=date(2010, 3, 31))
        book.put("2.4", owners="Supt B Smith")


def p35_other_plan(path: Path, target: Path) -> None:
    """A return of another plan, whose rows happen to have the same keys."""
    with Filled(path, target) as book:
        said = book.book[META]["B1"]
        said.value = json.dumps({**json.loads(str(said.value)), "plan": "of another force", "plan_title": "Their Plan"})
        held: Any = book.book
        del held.custom_doc_props[MARK]


# Further layouts


def header_pushed_down(path: Path, target: Path) -> None:
    with Filled(path, target) as book:
        for title in ("", "Milestones"):
            book.sheet(title).insert_rows(1, 15)
            book.sheet(title)["B3"] = "From: the office of Supt Jones"


def columns_moved_and_inserted(path: Path, target: Path) -> None:
    """The answers in front, a column of notes, and the hidden key at the end."""
    with Filled(path, target) as book:
        book.put(FIRST, status="Late")
        sheet, (top, columns) = book.sheet(), book.headings()
        cut = columns["status"] - 1
        table = {row: _values(sheet, row)[: max(columns.values())] for row in (top, *book.rows())}
        for row, (key, *held) in table.items():
            note = "ours" if row > top else "Our notes"
            _put(sheet, row, [None, *held[cut - 1 :], note, *held[: cut - 1], key])


def sheets_added_and_reordered(path: Path, target: Path) -> None:
    with Filled(path, target) as book:
        book.put(FIRST, status="Late")
        book.book.copy_worksheet(book.sheet())
        book.book.move_sheet("Milestones", -2)
        book.book.create_sheet("Chart data")["A1"] = 3


def pasted_into_a_new_file(path: Path, target: Path) -> None:
    """The visible cells of each table, headings and all, pasted as values."""
    book, pasted = Filled(path), Workbook()
    pasted.remove(pasted.worksheets[0])
    for title in ("Activities", "Milestones"):
        source, sheet = book.sheet(title), pasted.create_sheet(title)
        for row in (book.headings(title)[0], *book.rows(title)):
            sheet.append(_values(source, row)[KEY:])
    sheet = pasted.worksheets[0]
    sheet.cell(2, book.headings()[1]["status"] - KEY).value = "Late"
    pasted.save(target)


def sorted_by_reference_and_words_only(path: Path, target: Path) -> None:
    """Only two columns were marked and sorted: every answer stands beside the words of another row."""
    with Filled(path, target) as book:
        rows, (_, columns) = book.rows(), book.headings()
        held = [[book.sheet().cell(row, columns[name]).value for name in ("ref", "text")] for row in rows]
        for row, (ref, text) in zip(rows, reversed(held), strict=True):
            book.put_at(row, ref=ref, text=text)


def keys_filled_down(path: Path, target: Path) -> None:
    with Filled(path, target) as book:
        for row in book.rows():
            book.sheet().cell(row, KEY).value = book.sheet().cell(book.rows()[0], KEY).value


def two_header_rows(path: Path, target: Path) -> None:
    with Filled(path, target) as book:
        top, _ = book.headings()
        row = book.row("2.1")
        book.sheet().insert_rows(row)
        _put(book.sheet(), row, _values(book.sheet(), top))
        book.sheet().cell(row, KEY).value = None


def merged_answers(path: Path, target: Path) -> None:
    """One answer written across three rows: the two that are merged away say nothing."""
    with Filled(path, target) as book:
        column, row = book.headings()[1]["done"], book.row(FIRST)
        book.put(FIRST, done="All three are on hold")
        book.sheet().merge_cells(start_row=row, end_row=row + 2, start_column=column, end_column=column)


def headings_with_odd_spaces(path: Path, target: Path) -> None:
    with Filled(path, target) as book:
        top, columns = book.headings()
        for column in columns.values():
            held = book.sheet().cell(top, column)
            held.value = f" {str(held.value).replace(' ', '  ')}\N{NO-BREAK SPACE}\n"


def heading_retyped(path: Path, target: Path) -> None:
    with Filled(path, target) as book:
        top, columns = book.headings()
        book.put(FIRST, status="Late", percent=0.9)
        book.sheet().cell(top, columns["status"]).value = "RAG"


def both_tables_on_one_sheet(path: Path, target: Path) -> None:
    with Filled(path, target) as book:
        book.put(FIRST, status="Late")
        sheet, steps = book.sheet(), book.sheet("Milestones")
        place = book.rows()[-1] + 3
        for offset, row in enumerate((book.headings("Milestones")[0], *book.rows("Milestones"))):
            _put(sheet, place + offset, _values(steps, row))
        book.put_at(place + 1, forecast=None)
        sheet.cell(place + 1, book.headings("Milestones")[1]["done_on"]).value = date(2008, 9, 1)
        del book.book["Milestones"]


def calendar_of_1904(path: Path, target: Path) -> None:
    with Filled(path, target) as book:
        book.book.epoch = CALENDAR_MAC_1904
        book.put(FIRST, forecast=date(2009, 3, 31))
        book.put(SECOND, forecast=(date(2009, 3, 31) - date(1904, 1, 1)).days)
        book.sheet().cell(book.row(SECOND), book.headings()[1]["forecast"]).number_format = "General"


def many_empty_formatted_rows(path: Path, target: Path) -> None:
    rows = "".join(f'<row r="{n}"><c r="B{n}" s="1"/><c r="C{n}" s="1"/></row>' for n in range(500, 2000))
    rewritten(path, target, {ACTIVITIES: lambda xml: xml.replace("</sheetData>", f"{rows}</sheetData>")})


def one_cell_far_out(path: Path, target: Path) -> None:
    far = '<row r="900"><c r="CV900" t="inlineStr"><is><t>x</t></is></c></row>'
    rewritten(path, target, {ACTIVITIES: lambda xml: xml.replace("</sheetData>", f"{far}</sheetData>")})


def rich_text_and_comments(path: Path, target: Path) -> None:
    with Filled(path, target) as book:
        book.sheet().cell(book.row(SECOND), book.headings()[1]["status"]).comment = Comment("Really?", "Supt Jones")
        book.put(FIRST, done="placeholder")
    where = address(target, FIRST, "done")
    rich = "<is><r><t xml:space='preserve'>Trained </t></r><r><rPr><b/></rPr><t>40</t></r></is>"
    spoilt = target.with_name("rich.xlsx")
    rewritten(target, spoilt, {ACTIVITIES: cell(where, rich, "inlineStr")})
    spoilt.replace(target)


def wrong_kinds_of_value(path: Path, target: Path) -> None:
    with Filled(path, target) as book:
        book.put(FIRST, status=True, percent=datetime(2009, 3, 31), forecast=datetime(2009, 3, 31, 14, 30))  # noqa: DTZ001 - a cell's
        book.put(SECOND, forecast=0.5, status=3, done=False)


def a_total_and_a_remark_below(path: Path, target: Path) -> None:
    with Filled(path, target) as book:
        last = book.rows()[-1]
        book.put_at(last + 2, ref="Total: 12 activities")
        book.put_at(last + 4, text="NB: the figures for 2.1 are provisional")


def copied_as_a_template(path: Path, target: Path) -> None:
    with Filled(path, target) as book:
        book.copy("3.3", ref="3.4", text="Victims' survey", status="Not started", percent=0.1)


def all_answers_emptied(path: Path, target: Path) -> None:
    with Filled(path, target) as book:
        for ref in REFS:
            book.put(ref, status=None, percent=None, forecast=None, done="  ", next="\N{NO-BREAK SPACE}")


def table_left_out(path: Path, target: Path) -> None:
    with Filled(path, target) as book:
        del book.book["Milestones"], book.book[HELP]


def words_retyped(path: Path, target: Path) -> None:
    """The words of one row retyped with odd spaces and capitals: it is still the same row."""
    with Filled(path, target) as book:
        book.put(FIRST, text="REDUCE domestic  burglary by 4%", status="Late")
        book.sheet().cell(book.row(FIRST), KEY).value = None


def columns_hidden(path: Path, target: Path) -> None:
    with Filled(path, target) as book:
        for name in ("B", "C", "F"):
            book.sheet().column_dimensions[name].hidden = True
        book.sheet().sheet_state = "hidden"
