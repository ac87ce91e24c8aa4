"""The sound files that are spoilt: a return as the program writes it, and the other forms it may come back in."""

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from uuid import UUID

from msoffcrypto.format.ooxml import OOXMLFile

from spp_desktop.plan.kinds import Choice, Day, Kind, Money, Percent, Several, TargetText, Whole, YesNo, by_kind
from spp_desktop.returns import mspdi_file, workbook
from spp_desktop.returns.catalogue.delivery_plan import DELIVERY_PLAN
from spp_desktop.returns.catalogue.project import PROJECT
from spp_desktop.returns.definition import Content, Identity, PlanFacts, ReturnColumn, ReturnRow, Value
from tests import word_document
from tests.returns import ods_made
from tests.returns.mail import msg_made
from tests.returns.mail.mails import SENT, made
from tests.returns.mail.msg_made import Attached, OutlookMail

PASSWORD = "Password1"
PLAN = PlanFacts(
    key="11111111-1111-4111-8111-111111111111",
    title="Plan",
    years=(2008, 2009, 2010),
    lists={
        "statuses": ("Not started", "On track", "At risk", "Off track", "Complete"),
        "posts": ("ACC Crime", "ACC Operations"),
        "priorities": ("Serious harm", "Local policing"),
        "how often": ("monthly", "yearly"),
        "what activities stand under": ("P1", "P1.1", "P1.1.1"),
        "what activities serve": ("P1", "P1.1.1"),
        "what indicators serve": ("P1", "1.05"),
        "polarities": ("lower", "higher", "neutral"),
    },
)
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_STRINGS = (
    '<Override PartName="/xl/sharedStrings.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
)


@dataclass(frozen=True)
class Seed:
    """A sound file: its name, and its content, or what it is put together from."""

    name: str
    content: bytes = b""
    parts: Mapping[str, bytes] | None = None
    password: str = ""


def seeds(folder: Path) -> list[Seed]:
    """Every one of them."""
    path = folder / "seed.xlsx"
    identity = Identity(PLAN.key, "an export", DELIVERY_PLAN.id, "abcdef0123456789", "ACC Crime", 2008, PLAN.title)
    columns = DELIVERY_PLAN.listings[0].columns_for(PLAN.years)
    lines = tuple(
        ReturnRow(str(UUID(int=n)), {column.field: _value(column, n) for column in columns}) for n in range(1, 5)
    )
    tables = (lines, *(() for _ in DELIVERY_PLAN.listings[1:]))
    workbook.write(DELIVERY_PLAN, Content(PLAN, identity, tables), path)
    own = _parts(path)
    locked = BytesIO()
    with path.open("rb") as plain:
        OOXMLFile(plain).encrypt(PASSWORD, locked)
    return [
        Seed("own.xlsx", parts=own),
        Seed("excel.xlsx", parts=_as_excel_saves(own)),
        Seed("macros.xlsm", parts=own | {"xl/vbaProject.bin": b"\1\2", "xl/externalLinks/externalLink1.xml": b"<x/>"}),
        Seed("office.ods", parts=_parts(_open_document(folder))),
        Seed("plan.docx", parts=_parts(_document(folder))),
        Seed("list.csv", content=_CSV.encode("cp1252")),
        Seed("marked.csv", content=_CSV.replace(",", ";").encode("utf-8-sig")),
        Seed("plan.xml", content=_project(lines)),
        Seed("mail.eml", content=_mail(locked.getvalue())),
        Seed("mail.msg", content=msg_made.as_bytes(_outlook())),
        Seed("locked.xlsx", content=locked.getvalue(), password=PASSWORD),
    ]


def _project(lines: tuple[ReturnRow, ...]) -> bytes:
    """A project with these activities, and a milestone of each."""
    columns = PROJECT.listings[1].columns
    steps = tuple(
        ReturnRow(str(UUID(int=n)), {**{column.field: _value(column, n % 12 + 1) for column in columns}, "ref": ref})
        for n, ref in enumerate((line.values["ref"] for line in lines), 100)
    )
    identity = Identity(PLAN.key, "an export", PROJECT.id, "abcdef0123456789", "ACC Crime", 2008, PLAN.title)
    return mspdi_file.build(Content(PLAN, identity, (lines, steps), needs={lines[0].key: (steps[1].key,)}))


def _mail(workbook: bytes) -> bytes:
    """A mail with a table, a workbook and another mail."""
    inner = made(("list.csv", _CSV.encode("cp1252")))
    mail = made(("Tŵr.csv", _CSV.encode()), ("locked.xlsx", workbook[:2_000]), ("logo.png", b"\x89PNG"))
    mail.add_attachment(inner)
    return mail.as_bytes()


def _outlook() -> OutlookMail:
    """A mail of Outlook with a table and another mail."""
    inner = OutlookMail("Siân", "", SENT, "Inner", [Attached("list.csv", _CSV.encode())])
    attached = [Attached("Tŵr.csv", _CSV.encode(), "text/csv"), Attached("", inner), Attached("x.xlsx", method=7)]
    return OutlookMail("Kim", "kim@force.example", SENT, "Outer", attached)


_CSV = (
    "ACTIVITY RETURN\r\nRef,Activity,Due,Status,% complete\r\n"
    '1.01,"Do it, now",31/03/2009,On track,35%\r\n1.02,"Say ""more""",tbc,Green,£5\r\n'
)


def _value(column: ReturnColumn, number: int) -> Value:
    """Something that a column may hold."""
    listed = PLAN.lists.get(column.choices, ())
    values: dict[type[Kind], Value] = {
        Kind: f"Text {number} of {column.title}",
        Money: 1200.0 * number,
        Day: date(2009, number, 28),
        Percent: number * 10,
        Whole: number,
        Choice: listed[number % len(listed)] if listed else None,
        Several: listed[:1] or None,
        YesNo: number % 2 == 0,
        TargetText: f"{number}.5%",
    }
    return by_kind(values, column.kind)


def _parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _as_excel_saves(own: Mapping[str, bytes]) -> dict[str, bytes]:
    """The workbook with a table of texts, days of 1904, formulas, errors and hidden rows."""
    rows = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
        '<row r="2" hidden="1"><c r="A2" s="1"><v>38441</v></c><c r="B2" t="e"><v>#REF!</v></c>'
        '<c r="C2"><f>1+1</f><v>2</v></c><c r="D2" t="b"><v>1</v></c>'
        '<c r="E2"><f>A1</f></c><c r="F2" t="d"><v>2009-03-31</v></c></row>'
    )
    texts = "<si><t>_x0041_ text</t></si><si><r><t>rich</t></r><rPh><t>aloud</t></rPh></si>"
    merged = '<mergeCells><mergeCell ref="A5:B6"/></mergeCells>'
    return dict(own) | {
        "xl/worksheets/sheet1.xml": f"<worksheet {_MAIN}><sheetData>{rows}</sheetData>{merged}</worksheet>".encode(),
        "xl/sharedStrings.xml": f"<sst {_MAIN}>{texts}</sst>".encode(),
        "[Content_Types].xml": own["[Content_Types].xml"].replace(b"</Types>", _STRINGS.encode()),
        "xl/workbook.xml": own["xl/workbook.xml"].replace(b"<workbookPr", b'<workbookPr date1904="1"', 1),
    }


def _document(folder: Path) -> Path:
    over, deleted = '<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>', '<w:del w:id="1" w:author="A"/>'
    inner = word_document.cell(word_document.paragraph("lines") + word_document.table([["within"]]))
    lines = [["Ref", "Activity"], [word_document.cell("Theme", over)], word_document.row(["1.01", inner], deleted)]
    heading, table = word_document.paragraph("Delivery plan"), word_document.table(lines)
    return word_document.document(folder / "seed.docx", heading, table)


def _open_document(folder: Path) -> Path:
    cells = (
        ods_made.text("1.01"),
        '<table:table-cell office:value-type="percentage" office:value="0.35"><text:p>35%</text:p></table:table-cell>',
        '<table:table-cell office:value-type="date" office:date-value="2009-03-31"/>',
        '<table:table-cell table:number-columns-repeated="3"/>',
        '<table:table-cell table:formula="of:=1" office:value-type="float" office:value="1"/>',
        '<table:table-cell office:value-type="string"><office:annotation><text:p>x</text:p></office:annotation>'
        '<text:p>a<text:s text:c="2"/>b</text:p></table:table-cell>',
    )
    rows = (ods_made.row(*cells, more='table:number-rows-repeated="2"'), ods_made.row(*cells))
    return ods_made.write(folder / "seed.ods", ods_made.table(*rows), meta="<dc:creator>A Jones</dc:creator>")
