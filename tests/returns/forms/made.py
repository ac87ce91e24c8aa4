"""Forms like those that come in, made for tests: none is anybody's real form.

Each is made by openpyxl and then given by hand what openpyxl does not write: results kept with formulas (wrong ones, so
that a stale one is seen), extensions, parts that nothing knows, shared formulas, a calculation chain.
"""

import re
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

OFFENCES = ("Burglary", "Robbery", "Violence with injury")
STALE = 999
"""What stands in every formula of these forms as its result."""

GREY, BOLD, OPEN = PatternFill("solid", fgColor="FFD9D9D9"), Font(bold=True), Protection(locked=False)


Cells = Mapping[tuple[str, str], Any]
"""What stands, or is to stand, in cells: by the title of their sheet and their address."""


class MadeForm(NamedTuple):
    """A form with what a test puts into it, and what its formulas then come to: by sheet and cell."""

    content: bytes
    filled: Cells
    comes_to: Cells
    suffix: str = ".xlsx"


def with_parts(content: bytes, change: Callable[[str, bytes], bytes], more: Mapping[str, bytes] | None = None) -> bytes:
    """A package with its parts changed, and others added, packed as it was."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info, change(info.filename, old.read(info)))
        for name, part in (more or {}).items():
            new.writestr(name, part)
    return out.getvalue()


def saved(book: Workbook, *, replacing: Mapping[str, tuple[str, str]] | None = None) -> bytes:
    """A workbook's bytes, with a wrong result kept with each formula."""
    out = BytesIO()
    book.save(out)

    def change(name: str, part: bytes) -> bytes:
        if not name.startswith("xl/worksheets/sheet"):
            return part
        text = re.sub(r"(</f>)<v ?/>", rf"\g<1><v>{STALE}</v>", part.decode())
        old, new = (replacing or {}).get(name, ("", ""))
        assert old in text
        return (text.replace(old, new, 1) if old else text).encode()

    return with_parts(out.getvalue(), change)


def _sheet(title: str = "Crime") -> tuple[Workbook, Worksheet]:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = title
    return book, sheet


def two_row_headings() -> MadeForm:
    """Headings of two rows, the upper ones merged over years; groups of rows merged at the left; sums below."""
    book, sheet = _sheet()
    sheet.merge_cells("A1:F1")
    sheet["A1"] = "Crime and detections (illustrative layout)"
    for start, title in (("C", "Recorded"), ("E", "Detected")):
        sheet[f"{start}3"] = title
    sheet.merge_cells("C3:D3")
    sheet.merge_cells("E3:F3")
    for column, year in zip("CDEF", ("2007-08", "2008-09") * 2, strict=True):
        sheet[f"{column}4"] = year
        sheet[f"{column}4"].font = BOLD
    sheet["A5"] = "Acquisitive"
    sheet.merge_cells("A5:A6")
    for row, title in enumerate(OFFENCES, 5):
        sheet[f"B{row}"] = title
    sheet["B8"] = "Total"
    for column in "CDEF":
        sheet[f"{column}8"] = f"=SUM({column}5:{column}7)"
    filled = {("Crime", "D5"): 4, ("Crime", "D6"): 5.5, ("Crime", "F7"): 7}
    return MadeForm(saved(book), filled, {("Crime", "D8"): 9.5, ("Crime", "F8"): 7})


def units_apart() -> MadeForm:
    """A unit in a column of its own, shares in cells that show per cent, and a total on another sheet."""
    book, sheet = _sheet("Measures")
    for column, title in zip("ABCD", ("Measure", "Unit", "2007-08", "2008-09"), strict=True):
        sheet[f"{column}2"] = title
    for row, (title, unit) in enumerate((("Detection rate", "%"), ("Burglary", "number"), ("Cost", "£")), 3):
        sheet[f"A{row}"], sheet[f"B{row}"] = title, unit
    sheet["D3"].number_format = "0.0%"
    summary = book.create_sheet("Summary")
    summary["A1"], summary["B1"] = "Burglaries twice", "=Measures!D4*2"
    summary["A2"], summary["B2"] = "Rate and one", "=Measures!$D$3+1"
    summary["A3"], summary["B3"] = "Nothing of ours", "=1+1"
    filled = {("Measures", "D3"): 0.25, ("Measures", "D4"): 1200}
    return MadeForm(saved(book), filled, {("Summary", "B1"): 2400, ("Summary", "B2"): 1.25})


def protected() -> MadeForm:
    """A protected sheet of which some cells are open, with a list of its own and one in a hidden sheet."""
    book, sheet = _sheet("Return")
    sheet["A1"], sheet["B1"] = "Force", None
    sheet["A2"], sheet["A3"], sheet["A4"] = "Sex", "Officers", "Twice the officers"
    sheet["B4"] = "=B3*2"
    for place in ("B1", "B2", "B3"):
        sheet[place].protection = OPEN
        sheet[place].fill = GREY
    lists = book.create_sheet("Lists")
    lists.sheet_state = "hidden"
    for row, name in enumerate(("West Midlands", "Warwickshire"), 1):
        lists[f"A{row}"] = name
    force = DataValidation("list", formula1="Lists!$A$1:$A$2")
    force.add("B1")
    sex = DataValidation("list", formula1='"M,F"')
    sex.add("B2")
    whole = DataValidation("whole", operator="between", formula1="0", formula2="100000")
    whole.add("B3")
    for rule in (force, sex, whole):
        sheet.add_data_validation(rule)
    sheet.protection.sheet = True
    sheet.protection.password = "illustrative"
    filled = {("Return", "B1"): "West Midlands", ("Return", "B2"): "M", ("Return", "B3"): 8000}
    return MadeForm(saved(book), filled, {("Return", "B4"): 16000})


def defined_names() -> MadeForm:
    """Cells that have names, and formulas that go by them."""
    book, sheet = _sheet("Cover")
    sheet["A1"], sheet["A2"], sheet["A4"] = "Force code", "Strength", "Share"
    sheet["B4"] = "=Strength/Whole"
    book.defined_names["Force_Code"] = DefinedName("Force_Code", attr_text="Cover!$B$1")
    book.defined_names["Strength"] = DefinedName("Strength", attr_text="Cover!$B$2")
    book.defined_names["Whole"] = DefinedName("Whole", attr_text="1000+1000")
    return MadeForm(saved(book), {("Cover", "B1"): "F41", ("Cover", "B2"): 500}, {("Cover", "B4"): 0.25})


def table_with_totals() -> MadeForm:
    """A table with a row of totals, which names its columns."""
    book, sheet = _sheet("Gains")
    for column, title in zip("ABC", ("Gain", "Planned", "Actual"), strict=True):
        sheet[f"{column}3"] = title
    sheet["A7"] = "Total"
    sheet["B7"], sheet["C7"] = "=SUBTOTAL(109,Gains[Planned])", "=SUBTOTAL(109,Gains[Actual])"
    table = Table(displayName="Gains", ref="A3:C7", totalsRowCount=1)
    table._initialise_columns()  # type: ignore[attr-defined]
    for column, title in zip(table.tableColumns, ("Gain", "Planned", "Actual"), strict=True):
        column.name = title
        if title != "Gain":
            column.totalsRowFunction = "sum"
        else:
            column.totalsRowLabel = "Total"
    sheet.add_table(table)
    filled = {("Gains", f"{column}{row}"): row * 10 for column in "BC" for row in (4, 5, 6)}
    names = {("Gains", f"A{row}"): f"Gain {row}" for row in (4, 5, 6)}
    return MadeForm(saved(book), {**filled, **names}, {("Gains", "B7"): 150, ("Gains", "C7"): 150})


def of_1904() -> MadeForm:
    """A workbook that counts its days from 1904."""
    book, sheet = _sheet("Dates")
    book.epoch = CALENDAR_MAC_1904
    sheet["A1"], sheet["A2"], sheet["A3"] = "Sent on", "A week later", "Completed on"
    for place in ("B1", "B2"):
        sheet[place].number_format = "dd/mm/yyyy"
    sheet["B2"] = "=B1+7"
    return MadeForm(saved(book), {}, {})


def lookups() -> MadeForm:
    """A hidden sheet in which things are looked up, one of them by a formula that picks its cells."""
    book, sheet = _sheet("Entry")
    sheet["A1"], sheet["A2"], sheet["A3"], sheet["A4"] = "Code", "Name", "Picked", "Twice"
    sheet["B2"] = "=VLOOKUP(B1,Codes!$A$1:$B$3,2,FALSE)"
    sheet["B3"] = '=INDIRECT("B"&1)'
    sheet["B4"] = "=LEN(B2)*2"
    codes = book.create_sheet("Codes")
    codes.sheet_state = "veryHidden"
    for row, (code, name) in enumerate((("F40", "West Mercia"), ("F41", "West Midlands"), ("F42", "None")), 1):
        codes[f"A{row}"], codes[f"B{row}"] = code, name
    comes_to = {("Entry", "B2"): "West Midlands", ("Entry", "B3"): "F41", ("Entry", "B4"): 26}
    return MadeForm(saved(book), {("Entry", "B1"): "F41"}, comes_to)


_X14 = (
    '<extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
    'uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}"><x14:conditionalFormattings><x14:conditionalFormatting '
    'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:cfRule type="dataBar" '
    'id="{00000000-0003-0000-0000-000000000001}"><x14:dataBar minLength="0" maxLength="100" gradient="0"><x14:cfvo '
    'type="autoMin"/><x14:cfvo type="autoMax"/><x14:negativeFillColor rgb="FFFF0000"/><x14:axisColor '
    'rgb="FF000000"/></x14:dataBar></x14:cfRule><xm:sqref>B2:B4</xm:sqref></x14:conditionalFormatting>'
    "</x14:conditionalFormattings></ext></extLst>"
)


def extended() -> MadeForm:
    """Extensions of Excel 2010 and later, ignored errors, a part that nothing knows, rich text, a calculation chain."""
    book, sheet = _sheet("Bars")
    sheet["A1"], sheet["B1"] = "Offence", "2008-09"
    for row, title in enumerate(OFFENCES, 2):
        sheet[f"A{row}"] = title
        sheet[f"B{row}"].alignment = Alignment(horizontal="right")
    sheet["B5"] = "=SUM(B2:B4)"
    ending = '<ignoredErrors><ignoredError sqref="B2:B4" numberStoredAsText="1"/></ignoredErrors>' + _X14
    content = saved(book, replacing={"xl/worksheets/sheet1.xml": ("</worksheet>", ending + "</worksheet>")})
    chain = (
        b'<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><c r="B5" i="1"/></calcChain>'
    )
    rel = (
        '<Relationship Id="rIdChain" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"'
        ' Target="calcChain.xml"/>'
    )
    kind = (
        '<Override PartName="/xl/calcChain.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"/>'
    )

    def change(name: str, part: bytes) -> bytes:
        if name == "xl/_rels/workbook.xml.rels":
            return part.replace(b"</Relationships>", rel.encode() + b"</Relationships>")
        if name == "[Content_Types].xml":
            xml = b'<Default Extension="dat" ContentType="application/octet-stream"/>'
            return part.replace(b"</Types>", xml + kind.encode() + b"</Types>")
        return part

    more = {"xl/calcChain.xml": chain, "custom/unknown.dat": bytes(range(256)) * 3}
    filled = {("Bars", "B2"): 10, ("Bars", "B3"): 20}
    return MadeForm(with_parts(content, change, more), filled, {("Bars", "B5"): 30})


def shared_and_array() -> MadeForm:
    """Formulas that many cells share, one that fills several cells, and names of tags with a prefix."""
    book, sheet = _sheet("Sums")
    for row in range(2, 5):
        sheet[f"A{row}"] = f"Row {row}"
    content = saved(book)

    def change(name: str, part: bytes) -> bytes:
        if name != "xl/worksheets/sheet1.xml":
            return part
        text = part.decode()
        for row in range(2, 5):
            shared = '<f t="shared" ref="D2:D4" si="0">B2*2</f>' if row == 2 else '<f t="shared" si="0"/>'
            array = '<f t="array" ref="E2:E4">B2:B4*3</f>' if row == 2 else ""
            cells = f'<c r="D{row}">{shared}<v>{STALE}</v></c><c r="E{row}">{array}<v>{STALE}</v></c>'
            text = re.sub(rf'(<row r="{row}".*?)</row>', rf"\g<1>{cells}</row>", text, flags=re.DOTALL)
        text = re.sub(r"<(/?)(\w)", r"<\1x:\2", text)
        return text.replace("<x:worksheet xmlns=", "<x:worksheet xmlns:x=").encode()

    filled = {("Sums", "B2"): 1, ("Sums", "B3"): 2, ("Sums", "B4"): 3}
    comes_to = {("Sums", f"{column}{row}"): (row - 1) * by for column, by in (("D", 2), ("E", 3)) for row in (2, 3, 4)}
    return MadeForm(with_parts(content, change), filled, comes_to)


_ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" \
xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" \
xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" \
xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" \
xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" \
xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" office:version="1.2"><office:automatic-styles>\
<style:style style:name="grey" style:family="table-cell"><style:table-cell-properties fo:background-color="#d9d9d9" \
style:cell-protect="none"/></style:style></office:automatic-styles><office:body><office:spreadsheet>\
<table:content-validations><table:content-validation table:name="sex" table:condition="of:cell-content-is-in-list(\
&quot;M&quot;;&quot;F&quot;)"/></table:content-validations>\
<table:table table:name="Staff &amp; sums" table:protected="true"><table:table-column \
table:number-columns-repeated="4"/>\
<table:table-row><table:table-cell office:value-type="string"><text:p>Group</text:p></table:table-cell>\
<table:table-cell office:value-type="string"><text:p>2007-08</text:p></table:table-cell><table:table-cell \
office:value-type="string"><text:p>2008-09</text:p></table:table-cell><table:table-cell/></table:table-row>\
<table:table-row table:number-rows-repeated="3"><table:table-cell office:value-type="string"><text:p>Row</text:p>\
</table:table-cell><table:table-cell table:style-name="grey" table:number-columns-repeated="3"/></table:table-row>\
<table:table-row><table:table-cell office:value-type="string"><text:p>Total</text:p></table:table-cell>\
<table:table-cell/><table:table-cell table:formula="of:=SUM([.C2:.C4])" office:value-type="float" office:value="999">\
<text:p>999</text:p></table:table-cell></table:table-row>\
<table:table-row><table:table-cell office:value-type="string"><text:p>Sex</text:p></table:table-cell>\
<table:table-cell table:content-validation-name="sex"/></table:table-row>\
<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="4"/>\
</table:table-row></table:table><table:named-expressions><table:named-range table:name="Group_sex" \
table:base-cell-address="$'Staff &amp; sums'.$A$1" table:cell-range-address="$'Staff &amp; sums'.$B$6"/>\
</table:named-expressions></office:spreadsheet></office:body></office:document-content>"""

_MANIFEST = """<?xml version="1.0" encoding="UTF-8"?><manifest:manifest \
xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2"><manifest:file-entry \
manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/><manifest:file-entry \
manifest:full-path="content.xml" manifest:media-type="text/xml"/><manifest:file-entry \
manifest:full-path="Configurations2/unknown.dat" manifest:media-type=""/></manifest:manifest>"""


def open_document() -> MadeForm:
    """An OpenDocument spreadsheet whose rows and cells are said once for several."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", _ODS)
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
        archive.writestr("Configurations2/unknown.dat", bytes(range(256)))
    sheet = "Staff & sums"
    filled = {(sheet, "C2"): 1.5, (sheet, "C4"): 20, (sheet, "B3"): "two  words", (sheet, "B6"): "M", (sheet, "D9"): 5}
    return MadeForm(out.getvalue(), filled, {(sheet, "C5"): 21.5}, ".ods")


FORMS: Mapping[str, Callable[[], MadeForm]] = {
    each.__name__: each
    for each in (
        two_row_headings, units_apart, protected, defined_names, table_with_totals, of_1904, lookups, extended,
        shared_and_array, open_document,
    )
}  # fmt: skip


def written(form: MadeForm, folder: Path, name: str = "form") -> Path:
    """The form as a file."""
    path = folder / f"{name}{form.suffix}"
    path.write_bytes(form.content)
    return path
