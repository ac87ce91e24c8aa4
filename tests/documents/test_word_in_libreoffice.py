"""A Word document as other programs take it: LibreOffice reads and saves it, a validator of Open XML finds nothing."""

import json
import os
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest

from spp_desktop.documents.word import rendered
from tests.depth import by_night
from tests.documents.seen_docx import seen, shown_headings
from tests.documents.word_sample import every_kind

WRITER = Path(shutil.which("soffice") or "soffice").resolve().with_name("libswlo.so")
VALIDATOR = os.environ.get("OOXML_VALIDATOR", "")
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"

in_writer = pytest.mark.skipif(not WRITER.exists(), reason="LibreOffice's writer is not installed")
Saved = Callable[[str], Path]


@pytest.fixture
def saved(tmp_path: Path) -> Saved:
    """The document as LibreOffice saves it in another form."""
    path = tmp_path / "plan.docx"
    path.write_bytes(rendered(every_kind()))

    def converted(form: str) -> Path:
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        folder = tmp_path / "saved"
        command = ["soffice", profile, "--headless", "--norestore", "--convert-to", form, "--outdir"]
        subprocess.run([*command, folder, path], check=True, capture_output=True, timeout=100)
        return folder / f"plan.{form}"

    return converted


@by_night
@in_writer
def test_libreoffice_finds_headings_tables_notes_and_figures(saved: Saved) -> None:
    found, wanted = ET.parse(saved("fodt")), seen(rendered(every_kind()))
    headings = [(int(each.attrib[f"{TEXT}outline-level"]), _words(each)) for each in found.iter(f"{TEXT}h")]
    assert headings == wanted.headings
    assert [_words(each) for each in found.iter(f"{TEXT}note-body")] == list(wanted.notes.values())
    tables = list(found.iter(f"{TABLE}table"))
    heads = [_cells(head) for head in found.iter(f"{TABLE}table-header-rows")]
    assert heads == [table.head[0] for table in wanted.tables]
    rows = [tuple(map(_cells, table.findall(f"{TABLE}table-row"))) for table in tables]
    assert rows == [table.rows for table in wanted.tables]
    figures = [each for each in found.iter() if each.find(f"{SVG}desc") is not None]
    assert [
        tuple(_words(each.find(f"{SVG}{name}")) for name in ("title", "desc")) for each in figures
    ] == wanted.figures


@by_night
@in_writer
def test_headings_come_back_from_libreoffice(saved: Saved) -> None:
    content = rendered(every_kind())
    assert seen(saved("docx").read_bytes()).headings == seen(content).headings


@by_night
@in_writer
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_libreoffice_prints_the_numbers_of_the_document_and_the_marking_on_each_page(saved: Saved) -> None:
    read = subprocess.run(["pdftotext", "-layout", str(saved("pdf")), "-"], check=True, capture_output=True, text=True)
    printed = read.stdout
    for _, number, text in shown_headings(seen(rendered(every_kind()))):
        assert re.search(rf"^ *{re.escape(f'{number} {text}'.strip())}$", printed, re.MULTILINE), (number, text)
    pages = printed.split("\f")[:-1]
    assert [page.count("RESTRICTED") for page in pages] == [2] * len(pages)
    assert f"Page {len(pages)} of {len(pages)}" in pages[-1]


@pytest.mark.skipif(not VALIDATOR, reason="OOXML_VALIDATOR names no validator of Open XML")
@pytest.mark.parametrize("version", ["Office2010", "Microsoft365"])
def test_a_validator_of_open_xml_finds_nothing(version: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.docx"
    path.write_bytes(rendered(every_kind()))
    said = subprocess.run([VALIDATOR, path, version], check=False, capture_output=True, text=True).stdout
    assert json.loads(said)["errors"] == []


def _cells(row: ET.Element) -> tuple[str, ...]:
    return tuple(map(_words, row.iter(f"{TABLE}table-cell")))


def _words(element: ET.Element | None) -> str:
    """The words in an element, without notes and their marks."""
    if element is None or element.tag in {f"{TEXT}note", f"{TEXT}note-ref"}:
        return ""
    inside = "".join(_words(each) + (each.tail or "") for each in element)
    return ((element.text or "") + inside).strip()
