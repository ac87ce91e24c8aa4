"""Files that are no return, or made to do harm, are refused in a sentence before anything parses them."""

import shutil
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from spp_desktop.returns import intake, reader
from spp_desktop.returns.intake import take
from spp_desktop.returns.scan import Limits, ReturnRefused, scan

HOSTILE = Path(__file__).parent / "hostile"

SAID = {
    "p03_zip_bomb_one_cell_100MB.xlsx": "unpack to far more",
    "p04_zip_bomb_million_rows.xlsx": "unpack to far more",
    "p05_billion_laughs_sheet.xlsx": "document type",
    "p06_external_entity_file.xlsx": "document type",
    "p07_text_renamed.xlsx": "not an Excel workbook",
    "p08_zero_bytes.xlsx": "empty",
    "p09_truncated.xlsx": "incomplete or damaged",
    "p13_mergecell_whole_sheet.xlsx": "merges more cells",
    "p15_strict_ooxml.xlsx": "Strict Open XML",
}


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.xlsx"
    book = Workbook()
    book.worksheets[0]["A1"] = "a text"
    book.worksheets[0]["A2"] = "another"
    book.save(path)
    return path


def _changed(good: Path, part: str, content: bytes, *, drop: str = "") -> Path:
    """The good workbook with one part put in or replaced."""
    path = good.with_name("changed.xlsx")
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in (part, drop):
                new.writestr(name, old.read(name))
        new.writestr(part, content)
    return path


@pytest.mark.parametrize("name", sorted(SAID))
def test_a_hostile_file_is_refused_in_a_sentence(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "_read_apart", lambda *_: pytest.fail("it was parsed"))
    with pytest.raises(ReturnRefused, match=SAID[name]) as refused:
        take(HOSTILE / name)
    assert name in str(refused.value)


def test_every_hostile_file_is_tried() -> None:
    assert {file.name for file in HOSTILE.iterdir()} == set(SAID)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8", "utf-16-le", "latin-1"])
def test_a_document_type_is_refused_in_any_encoding_and_part(good: Path, encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
    for part in ("docProps/core.xml", "xl/odd.bin"):
        with pytest.raises(ReturnRefused, match=r"document type|encoding"):
            scan(_changed(good, part, text.encode(encoding)))


@pytest.mark.parametrize(
    ("part", "content", "said"),
    [
        ("../outside.xml", b"<x/>", "not put together"),
        ("XL/WORKBOOK.XML", b"<x/>", "not put together"),
        ("xl/workbook.bin", b"\1", "xlsb"),
        ("mimetype", b"application/vnd.oasis", "OpenDocument"),
        ("xl/broken.xml", b"<x><y></x>", "damaged in its part"),
        ("xl/sheet.xml", b"<s>" + b"<row/>" * 40 + b"</s>", "more than 30 rows"),
        ("xl/sheet.xml", b"<s>" + b"<c r='A1'/>" * 60 + b"</s>", "more than 50 cells"),
        ("xl/sheet.xml", b'<s><mergeCell ref="A1:Z99"/></s>', "merges more"),
    ],
)
def test_what_no_return_holds_is_refused(good: Path, part: str, content: bytes, said: str) -> None:
    with pytest.raises(ReturnRefused, match=said):
        scan(_changed(good, part, content), Limits(rows=30, cells=50, merged=100))


def test_other_kinds_of_file_say_what_to_do(tmp_path: Path, good: Path) -> None:
    ole = bytes.fromhex("D0CF11E0A1B11AE1")
    kinds = {
        "old.xls": (ole + bytes(600), "old Excel form"),
        "locked.xlsx": (ole + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        "list.csv": (b"Ref,Activity\n", "not an Excel workbook"),
    }
    for name, (content, said) in kinds.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(ReturnRefused, match=said):
            take(tmp_path / name)
    with pytest.raises(ReturnRefused, match="cannot be read"):
        take(tmp_path / "missing.xlsx")
    with pytest.raises(ReturnRefused, match="far larger"):
        take(good, Limits(file=10))
    with pytest.raises(ReturnRefused, match="far more"):
        take(good, Limits(parts=2))
    with zipfile.ZipFile(tmp_path / "zip.xlsx", "w") as archive:
        archive.writestr("a.txt", "a")
    with pytest.raises(ReturnRefused, match="not an Excel workbook"):
        take(tmp_path / "zip.xlsx")


def test_macros_and_links_are_left_aside_and_said(good: Path) -> None:
    assert scan(good) == []
    assert "macros" in scan(_changed(good, "xl/vbaProject.bin", b"\1"))[0]
    assert "links" in scan(_changed(good, "xl/externalLinks/externalLink1.xml", b"<x/>"))[0]


def test_a_workbook_that_openpyxl_cannot_read_is_refused(good: Path) -> None:
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
    sheet += b'<c r="A1" t="s"><v>999</v></c></row></sheetData></worksheet>'
    with pytest.raises(ReturnRefused, match="cannot be read as a workbook"):
        take(_changed(good, "xl/worksheets/sheet1.xml", sheet))


def test_a_reader_that_takes_too_long_is_stopped(good: Path) -> None:
    with pytest.raises(ReturnRefused, match="took longer"):
        take(good, Limits(seconds=0.001))


def test_a_reader_that_dies_is_told(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "_reader_command", lambda: [shutil.which("false") or "/bin/false"])
    with pytest.raises(ReturnRefused, match="stopped the part of the program"):
        take(good)


def test_an_installed_program_reads_by_starting_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.frozen", True, raising=False)
    assert intake._reader_command()[1:] == [reader.FLAG]


def test_the_reader_writes_what_it_found(good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "limit", lambda memory, seconds: None)
    target = tmp_path / "cells.json"
    assert reader.main([str(good), str(target), "10", "10", "1", "1"]) == 0
    assert "another" in target.read_text()
    monkeypatch.setattr(reader, "read", lambda *_: (_ for _ in ()).throw(MemoryError))
    reader.main([str(good), str(target), "10", "10", "1", "1"])
    assert "more memory" in target.read_text()
    monkeypatch.setattr(reader, "read", lambda *_: (_ for _ in ()).throw(KeyError("x")))
    reader.main([str(good), str(target), "10", "10", "1", "1"])
    assert "KeyError" in target.read_text()
