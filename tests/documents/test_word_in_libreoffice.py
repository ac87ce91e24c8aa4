"""A Word document as other programs take it: LibreOffice reads and saves it, a validator of Open XML finds nothing."""

import json
import os
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from spp_desktop.documents.numbering import numbered
from spp_desktop.documents.word import rendered
from tests.depth import by_night
from tests.documents.every_block import MARKING, every_block
from tests.documents.seen_docx import seen, shown_headings

WRITER = Path(shutil.which("soffice") or "soffice").resolve().with_name("libswlo.so")
VALIDATOR = os.environ.get("OOXML_VALIDATOR", "")
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"

in_writer = pytest.mark.skipif(not WRITER.exists(), reason="LibreOffice's writer is not installed")
Saved = Callable[[str], Path]


@pytest.fixture(scope="module")
def content() -> bytes:
    return rendered(numbered(every_block()))


@pytest.fixture
def saved(content: bytes, tmp_path: Path) -> Saved:
    """The document as LibreOffice saves it in another form."""
    path = tmp_path / "plan.docx"
    path.write_bytes(content)

    def converted(form: str) -> Path:
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        folder = tmp_path / "saved"
        command = ["soffice", profile, "--headless", "--norestore", "--convert-to", form, "--outdir"]
        subprocess.run([*command, folder, path], check=True, capture_output=True, timeout=100)
        return folder / f"plan.{form}"

    return converted


@by_night
@in_writer
def test_libreoffice_finds_headings_tables_notes_and_figures(saved: Saved, content: bytes) -> None:
    found, wanted = ET.parse(saved("fodt")), seen(content)
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
def test_headings_come_back_from_libreoffice(saved: Saved, content: bytes) -> None:
    assert seen(saved("docx").read_bytes()).headings == seen(content).headings


@by_night
@in_writer
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_libreoffice_prints_numbers_and_the_marking_on_each_page(saved: Saved, content: bytes) -> None:
    read = subprocess.run(["pdftotext", "-layout", str(saved("pdf")), "-"], check=True, capture_output=True, text=True)
    printed = read.stdout
    for _, number, text in shown_headings(seen(content)):
        assert re.search(rf"^ *{re.escape(f'{number} {text}'.strip())}$", printed, re.MULTILINE), (number, text)
    pages = printed.split("\f")[:-1]
    assert [page.count(MARKING) for page in pages] == [2] * len(pages)
    assert f"Page {len(pages)} of {len(pages)}" in pages[-1]


@by_night
@in_writer
def test_libreoffice_tracks_what_was_put_in_and_taken_out(saved: Saved) -> None:
    (tracked,) = ET.parse(saved("fodt")).iter(f"{TEXT}tracked-changes")
    regions = {next(iter(region)).tag: region for region in tracked}
    assert set(regions) == {f"{TEXT}deletion", f"{TEXT}insertion"}
    taken = regions[f"{TEXT}deletion"]
    assert {"Amy Smith", "2008-09-20T13:00:00"} <= {each.text for each in taken.iter()}


@pytest.mark.skipif(not VALIDATOR, reason="OOXML_VALIDATOR names no validator of Open XML")
@pytest.mark.parametrize("version", ["Office2010", "Microsoft365"])
def test_a_validator_of_open_xml_finds_nothing(version: str, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "plan.docx"
    path.write_bytes(content)
    said = subprocess.run([VALIDATOR, path, version], check=False, capture_output=True, text=True).stdout
    assert json.loads(said)["errors"] == []


def _cells(row: ET.Element) -> tuple[str, ...]:
    return tuple(map(_words, row.iter(f"{TABLE}table-cell")))


def _words(element: ET.Element | None) -> str:
    """The words in an element, without notes and their marks."""
    return "" if element is None else "".join(_texts(element)).strip()


def _texts(element: ET.Element) -> Iterator[str]:
    if element.tag != f"{TEXT}note" and element.attrib.get(f"{TEXT}style-name") != "Footnote_20_Symbol":
        yield element.text or ""
        for each in element:
            yield from _texts(each)
            yield each.tail or ""
