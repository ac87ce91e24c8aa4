"""No word of what is not released is in any file of an edition; and whatever is left in is found."""

import base64
import io
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import quote

import pytest

from spp_desktop.edits.documents.public import edition
from spp_desktop.edits.documents.public.edition import EditionAsk
from spp_desktop.plan.releasable import releasable_tables
from spp_desktop.plan.rows import kinds_of_row
from spp_desktop.returns.publication import writing
from spp_desktop.store import locks, public_view
from spp_desktop.store.workspace import Workspace
from tests.edits.documents.public.leaks import leaks
from tests.edits.documents.public.planted import Planted, plant

ASKED = EditionAsk(date(2026, 11, 30), marking="NOT PROTECTIVELY MARKED")
WORD = "qzxqzxbcdf"


@pytest.fixture
def planted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Workspace, Planted]]:
    """A plan with words planted, of which the person's name and the plan's folder are two."""
    words = Planted()
    author, place = words.word("the author of the steps"), words.word("the folder of the plan")
    monkeypatch.setattr(locks, "author", lambda: author)
    folder = tmp_path / place
    folder.mkdir()
    with Workspace.create(folder / "plan.sppplan", "Plan of the force", 2008, force="A force") as workspace:
        made = plant(workspace)
        made.words.update(words.words)
        yield workspace, made


def test_no_word_of_what_is_not_released_is_in_any_file(
    planted: tuple[Workspace, Planted], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace, words = planted
    assert {where.split(".")[0] for where in words.words.values()} >= set(releasable_tables())
    folder = tmp_path / "edition"
    made = edition.write(workspace, folder, ASKED)
    assert {path.suffix for path in made.files} == {".html", ".pdf", ".xlsx", ".ods", ".csv", ".json"}
    found = leaks(folder, words.words)
    assert {words.words[word]: where for word, where in found.items()} == {}
    assert leaks(folder, ["open"])  # what is released is there, and is found

    def all_columns(table: str, _released: frozenset[str]) -> frozenset[str]:
        return frozenset(kinds_of_row()[table].model_fields) - {"marking_id"}

    monkeypatch.setattr(public_view, "_kept", all_columns)
    monkeypatch.setattr(edition, "DOCUMENT_FORMS", (".html",))
    monkeypatch.setattr(writing, "FORMS", ("csv",))
    edition.write(workspace, tmp_path / "leaky", ASKED)
    assert leaks(tmp_path / "leaky", words.words)


LEFT_IN = {
    "as it is": WORD.encode(),
    "in capitals": WORD.upper().encode(),
    "in UTF-16": WORD.encode("utf-16"),
    "in UTF-16, the other way round": WORD.encode("utf-16-be"),
    "in an address": b"%71" + quote(WORD[1:]).encode(),
    "in a page": f"&#{ord(WORD[0])};{WORD[1:]}".encode(),
    "in letters of numbers": WORD.encode("utf-16-be").hex().encode(),
    "packed for mail": base64.b64encode(b"a" + WORD.encode() + b" and more"),
    "packed for mail, further on": base64.b64encode(b"ab" + WORD.encode()),
    "over two lines": f"{WORD[:4]}\n  {WORD[4:]}".encode(),
}


@pytest.mark.parametrize("left", list(LEFT_IN.values()), ids=list(LEFT_IN))
@pytest.mark.parametrize("packed", ["alone", "in an archive in an archive", "in a stream of a PDF"])
def test_one_word_left_in_is_found(left: bytes, packed: str, tmp_path: Path) -> None:
    data = b"before " + left + b" after"
    if packed == "in an archive in an archive":
        data = _archive("inner.zip", _archive("part.xml", data))
    elif packed == "in a stream of a PDF":
        data = _pdf(data)
    (tmp_path / "file").write_bytes(data)
    assert set(leaks(tmp_path, [WORD, "qzxqzxnotthr"])) == {WORD}


def test_a_word_in_the_name_of_a_file_or_of_a_part_is_found(tmp_path: Path) -> None:
    (tmp_path / f"{WORD}.txt").write_bytes(b"")
    (tmp_path / "archive.zip").write_bytes(_archive("qzxqzxgfdcbh.xml", b""))
    assert set(leaks(tmp_path, [WORD, "qzxqzxgfdcbh"])) == {WORD, "qzxqzxgfdcbh"}


def _archive(name: str, data: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return packed.getvalue()


def _pdf(data: bytes) -> bytes:
    from pypdf import PdfWriter
    from pypdf.generic import NameObject, StreamObject

    writer, stream = PdfWriter(), StreamObject()
    writer.add_blank_page(100, 100)
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    stream._data = zlib.compress(data)
    writer._add_object(stream)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()
