"""Files that are no return, or made to do harm, are refused in a sentence before anything parses them."""

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from spp_desktop.returns.intake import take
from spp_desktop.returns.limits import LIMITS, FileLimits
from spp_desktop.returns.scan import Form, PasswordNeeded, ReturnRefused, _unsafe, look, scan
from tests.returns import over_limits
from tests.returns.over_limits import OVER_LIMITS

pytestmark = pytest.mark.usefixtures("read_here")

SPOILT = Path(__file__).parent / "spoilt"

SAID = {
    "p07_text_renamed.xlsx": "not an Excel workbook",
    "p08_zero_bytes.xlsx": "empty",
    "p09_truncated.xlsx": "incomplete or damaged",
}


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return over_limits.workbook(tmp_path / "good.xlsx")


def _changed(good: Path, part: str, content: bytes, *, drop: str = "") -> Path:
    """The good workbook with one part put in or replaced."""
    return over_limits.with_part(good, good.with_name("changed.xlsx"), part, content, drop=drop)


def _scan(path: Path, limits: FileLimits = LIMITS) -> tuple[Form, list[str]]:
    return scan(path, path.name, limits)


def _looked_over(path: Path) -> None:
    assert look(path).package == "zip"
    _scan(path)


@pytest.mark.parametrize("name", sorted(SAID))
def test_a_spoilt_file_is_refused_before_it_is_parsed(name: str) -> None:
    with pytest.raises(ReturnRefused, match=SAID[name]) as refused:
        _looked_over(SPOILT / name)
    assert name in str(refused.value)


@pytest.mark.parametrize("name", sorted(SAID))
def test_a_spoilt_file_is_refused_in_a_sentence(name: str) -> None:
    with pytest.raises(ReturnRefused, match=SAID[name]) as refused:
        take(SPOILT / name)
    assert name in str(refused.value)


def test_every_spoilt_file_is_tried() -> None:
    assert {file.name for file in SPOILT.iterdir()} == set(SAID)


@pytest.mark.parametrize("name", OVER_LIMITS)
def test_what_is_more_than_a_limit_is_refused_before_it_is_parsed(name: str, tmp_path: Path) -> None:
    over = OVER_LIMITS[name]
    path = over_limits.write(over, tmp_path)
    with pytest.raises(ReturnRefused, match=over.said) as refused:
        _scan(path, replace(LIMITS, **over.limits))
    assert path.name in str(refused.value)


@pytest.mark.parametrize("name", OVER_LIMITS)
def test_what_is_more_than_a_limit_is_refused_in_a_sentence(name: str, tmp_path: Path) -> None:
    over = OVER_LIMITS[name]
    path = over_limits.write(over, tmp_path)
    with pytest.raises(ReturnRefused, match=over.said) as refused:
        take(path, replace(LIMITS, **over.limits))
    assert path.name in str(refused.value)


@pytest.mark.parametrize("name", [name for name, over in OVER_LIMITS.items() if over.limits])
def test_what_is_within_the_limits_is_read(name: str, tmp_path: Path) -> None:
    assert take(over_limits.write(OVER_LIMITS[name], tmp_path)).form == "xlsx"


def test_the_limits_of_the_program_are_those_that_were_measured() -> None:
    """Raising one of them lets in what the reading process was not measured with."""
    assert (LIMITS.part, LIMITS.all_parts, LIMITS.ratio) == (48_000_000, 96_000_000, 150)
    assert (LIMITS.rows, LIMITS.cells, LIMITS.merged) == (20_000, 300_000, 100_000)
    assert (LIMITS.depth, LIMITS.names, LIMITS.alike, LIMITS.lowest) == (1_000, 5_000, 1_000, 1_048_576)
    assert (LIMITS.seconds, LIMITS.memory) == (20.0, 250_000_000)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8", "utf-16-le", "latin-1"])
def test_a_document_type_is_refused_in_any_encoding_and_part(good: Path, encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY a "b">]><x/>'
    for part in ("docProps/core.xml", "xl/odd.bin"):
        with pytest.raises(ReturnRefused, match=r"document type|encoding"):
            _scan(_changed(good, part, text.encode(encoding)))


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (b" " * 100, "document type"),
        (b"\r\n" * 2000, "document type"),
        (b"<!-- a short remark -->", "document type"),
        (b"<!-- " + b"a long remark " * 300 + b"-->", "document type|unpack to far more"),
        (b"<?remark " + b"of many words " * 300 + b"?>", "document type|unpack to far more"),
    ],
)
def test_a_document_type_is_refused_whatever_stands_before_it(good: Path, before: bytes, said: str) -> None:
    content = before + b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'
    with pytest.raises(ReturnRefused, match=said):
        _scan(_changed(good, "docProps/custom.xml", content), FileLimits(piece=1000))


LOWERED = FileLimits(rows=30, cells=50, merged=100, described=3000, depth=300, names=200, piece=1000)


@pytest.mark.parametrize(
    ("part", "content", "said"),
    [
        ("xl/../inside.xml", b"<x/>", "not put together"),
        ("XL/WORKBOOK.XML", b"<x/>", "not put together"),
        ("xl/workbook.bin", b"\1", "xlsb"),
        ("mimetype", b"application/vnd.oasis.opendocument.text", "not a spreadsheet"),
        ("xl/broken.xml", b"<x><y></x>", "damaged in its part"),
        ("xl/sheet.xml", b"<s>" + b"<row/>" * 40 + b"</s>", "more than 30 rows"),
        ("xl/sheet.xml", b"<s>" + b"<c r='A1'/>" * 60 + b"</s>", "more than 50 cells"),
        ("xl/sheet.xml", b'<s><mergeCell ref="A1:Z99"/></s>', "merges more"),
        ("xl/sheet.xml", b"<s xmlns:x='y'>" + b"<x:row\n/>" * 40 + b"</s>", "more than 30 rows"),
        ("xl/sheet.xml", b"<a>" * 700 + b"</a>" * 700, "not put together"),
        ("xl/sheet.xml", b"<a>/><![CDATA[</a></a>]]>" * 400 + b"</a>" * 400, "not put together"),
        ("xl/sheet.xml", b"<a>" * 700, r"not put together|damaged"),
        ("xl/sheet.xml", b"<s>" + b"".join(b"<a%d/>" % n for n in range(250)) + b"</s>", "not put together"),
        ("xl/workbook.xml", b"<a>" + b"<b/>" * 1000 + b"</a>", "unpack to far more"),
        ("xl/sheet.xml", b"<a b='" + b"c" * 3000 + b"'/>", "unpack to far more"),
    ],
)
def test_what_no_return_holds_is_refused(good: Path, part: str, content: bytes, said: str) -> None:
    _scan(good, LOWERED)
    with pytest.raises(ReturnRefused, match=said):
        _scan(_changed(good, part, content), LOWERED)


@pytest.mark.parametrize("part", ["/x.xml", "xl/../../x.xml", "xl\\..\\..\\x.xml", "\\x.xml", "c:x.xml"])
def test_a_part_may_not_be_named_as_one_outside(part: str) -> None:
    assert _unsafe(part)
    assert not _unsafe("xl/x.xml")
    assert not _unsafe("xl\\x.xml")


OLE = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600)

KINDS = {
    "old.xls": (OLE, "old Excel form"),
    "letter.xlsx": (OLE + "WordDocument".encode("utf-16-le"), "Word document"),
    "mail.xlsx": (OLE + "__substg1.0".encode("utf-16-le"), "is a mail"),
    "plan.mpp": (OLE + "TBkndTask".encode("utf-16-le"), "Save As, XML Format"),
    "report.pdf": (b"%PDF-1.7\n", "is a PDF"),
    "photo.xlsx": (b"\x89PNG\r\n\x1a\n", "is a picture"),
    "photo.jpg": (b"\xff\xd8\xff\xe0", "is a picture"),
    "web.gsheet": (b'{"url": "https://example.invalid", "doc_id": "1"}', "only a link to a sheet on the web"),
    "web.url": (b"[InternetShortcut]\nURL=https://example.invalid", "only a shortcut"),
    "old.xml": (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "XML Spreadsheet of 2003"),
    "page.xls": (b"<html><table></table></html>", "a web page"),
    "packed.rar": (b"Rar!\x1a\x07", "packed folder"),
    "a.plan": (b"SQLite format 3\0", "not a return"),
    "nothing.csv": (b"", "empty"),
    "list.xlsx": (b"Ref,Activity\n", "not an Excel workbook"),
}


@pytest.mark.parametrize("name", KINDS)
def test_other_kinds_of_file_say_what_to_do(name: str, tmp_path: Path) -> None:
    content, said = KINDS[name]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ReturnRefused, match=said) as refused:
        take(tmp_path / name)
    assert str(refused.value).startswith(name)
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("word/document.xml", "Word document"),
        ("xl/workbook.bin", "xlsb"),
        ("Return.xlsx", "zip folder"),
        ("a.txt", "not an Excel workbook"),
        ("mimetype", "not a spreadsheet"),
    ],
)
def test_other_kinds_of_zip_say_what_to_do(part: str, said: str, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "zip.xlsx", "w") as archive:
        archive.writestr(part, "a")
    with pytest.raises(ReturnRefused, match=said):
        take(tmp_path / "zip.xlsx")


def test_what_is_missing_or_far_too_large_is_refused(tmp_path: Path, good: Path) -> None:
    with pytest.raises(ReturnRefused, match="There is no file"):
        take(tmp_path / "missing.xlsx")
    with pytest.raises(ReturnRefused, match="a folder or a device"):
        take(tmp_path)
    with pytest.raises(ReturnRefused, match="only a note"):
        take(tmp_path / "~$good.xlsx")
    with pytest.raises(ReturnRefused, match="far larger"):
        take(good, FileLimits(file=10))
    with pytest.raises(ReturnRefused, match="far more"):
        take(good, FileLimits(parts=2))


def test_a_protected_file_asks_for_its_password(tmp_path: Path) -> None:
    (tmp_path / "locked.xlsx").write_bytes(OLE + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(PasswordNeeded, match="protected by a password") as needed:
        take(tmp_path / "locked.xlsx")
    assert not needed.value.wrong


def test_a_workbook_that_openpyxl_cannot_read_is_refused(good: Path) -> None:
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
    sheet += b'<c r="A1" t="s"><v>999</v></c></row></sheetData></worksheet>'
    with pytest.raises(ReturnRefused, match="cannot be read as a workbook"):
        take(_changed(good, "xl/worksheets/sheet1.xml", sheet))
