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

from spp_desktop.documents.blocks import (
    Bullets,
    Document,
    DocumentBlock,
    DocumentColumn,
    DocumentTable,
    Paragraph,
    TableGroup,
)
from spp_desktop.documents.inline import line
from spp_desktop.documents.numbering import numbered
from spp_desktop.documents.word import rendered
from tests.depth import by_night
from tests.documents.every_block import MARKING, every_block
from tests.documents.seen_docx import seen, shown_headings
from tests.documents.test_marking_up import made, parsed, shown

WRITER = Path(shutil.which("soffice") or "soffice").resolve().with_name("libswlo.so")
VALIDATOR = os.environ.get("OOXML_VALIDATOR", "")
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"

MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Settle(source, target, command)
Dim unseen(0) As New com.sun.star.beans.PropertyValue
unseen(0).Name = "Hidden"
unseen(0).Value = True
shown = StarDesktop.loadComponentFromURL(source, "_blank", 0, unseen())
dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
dispatcher.executeDispatch(shown.CurrentController.Frame, command, "", 0, Array())
Dim saved(0) As New com.sun.star.beans.PropertyValue
saved(0).Name = "FilterName"
saved(0).Value = "MS Word 2007 XML"
shown.storeToURL(target, saved())
shown.close(True)
End Sub
</script:module>
"""
"""What has LibreOffice accept or reject all changes of a document."""

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


@by_night
@in_writer
def test_libreoffice_accepts_all_changes_to_the_new_text_and_rejects_them_to_the_old(tmp_path: Path) -> None:
    def state(aim: str, items: str, rows: dict[str, str], *more: DocumentBlock) -> Document:
        table = TableGroup(tuple((line(key), line(text)) for key, text in rows.items()), keys=tuple(rows))
        columns = DocumentColumn(line("Ref")), DocumentColumn(line("Activity"))
        blocks = Paragraph(line(aim)), Bullets(tuple(map(line, items))), *more
        return Document("Plan", "F", (*blocks, DocumentTable(line("Activities"), columns, (table,), "t")))

    before = state("We patrol each street in May.", "abc", {"1": "Ask.", "2": "Train."}, Paragraph(line("That goes.")))
    after = state("We patrol each street in June.", "acd", {"2": "Train officers.", "3": "Recruit."})
    content = rendered(numbered(made(before, after)))
    settled = _settled(content, tmp_path)
    for name, document in (("Accept", after), ("Reject", before)):
        assert shown(parsed(settled[name])) == shown(parsed(rendered(numbered(document))))


def _settled(content: bytes, folder: Path) -> dict[str, bytes]:
    """A document with all its changes accepted and rejected by LibreOffice, which a macro in its profile tells to."""
    profile, source = folder / "profile", folder / "marked.docx"
    source.write_bytes(content)
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    first = [*command, "--convert-to", "txt", "--outdir", str(folder), str(source)]  # it lays out the profile
    subprocess.run(first, check=True, capture_output=True, timeout=100)
    (profile / "user" / "basic" / "Standard" / "Module1.xba").write_text(MACRO, encoding="utf-8")
    settled = {}
    for name in ("Accept", "Reject"):
        target = folder / f"{name}.docx"
        told = f"macro:///Standard.Module1.Settle({source.as_uri()},{target.as_uri()},.uno:{name}AllTrackedChanges)"
        subprocess.run([*command, told], check=True, capture_output=True, timeout=100)
        settled[name] = target.read_bytes()
    return settled


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
