"""The commands on editions: one is issued with its documents, listed, seen as it was, and what has changed since."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from spp_desktop.cli import DONE, REFUSED
from spp_desktop.edits import delivery, disclosures
from spp_desktop.plan.releasable import PublicItem, releasable_columns, releasable_tables
from spp_desktop.store import queries
from spp_desktop.store.workspace import Workspace
from tests.command_line import spp

BY = ("--by", "Police authority", "--on", "2008-03-28")


@pytest.fixture
def plan(workspace: Workspace) -> Path:
    """The small plan, closed."""
    workspace.close()
    return workspace.path


def reword(plan: Path, text: str) -> None:
    with Workspace.open(plan) as workspace:
        key = workspace.read(queries.activities)[0].key
        workspace.edit("reword", delivery.set_cells, [(key, "text", text)])


def test_an_edition_leaves_with_its_documents_and_is_made_again_byte_for_byte(plan: Path, tmp_path: Path) -> None:
    assert "no edition yet" in spp("editions", plan).out
    as_issued, folder = spp("dump", plan).data, tmp_path / "left"
    letter = tmp_path / "letter.csv"
    letter.write_text("a,b", encoding="utf-8")
    ended = spp(
        "issue-edition", plan, *BY, "--approved-by", "Full board", "--document", "Plan", "--format", "html",
        "--folder", folder, "--file", letter, "--note", "Two copies",
    )  # fmt: skip
    assert ended.status == DONE, ended.err
    assert "   1  Edition 1, 2008-2011: issued 28/03/2008 by Police authority, approved by Full board" in ended.out
    (row,) = spp("editions", plan, "--json").data
    assert [(each["left_as"], each["document"], each["file"]) for each in row["files"]] == [
        ("document", "plan", "The strategic policing plan, Edition 1.html"), ("data", "", "letter.csv"),
    ]  # fmt: skip
    (left,) = folder.iterdir()
    assert hashlib.sha256(left.read_bytes()).hexdigest() == row["files"][0]["sha256"]
    reword(plan, "Something else")
    again = tmp_path / "again.html"
    ended = spp("edition", plan, 1, "publish", "plan", again)
    assert "It is, byte for byte, The strategic policing plan, Edition 1.html, which left with edition 1." in ended.err
    assert again.read_bytes() == left.read_bytes()
    assert "is there already" in spp("edition", plan, 1, "publish", "plan", again).err
    assert "No such document" in spp("edition", plan, 1, "publish", "overview", tmp_path / "overview.html").err
    assert spp("edition", plan, 1, "dump").data == as_issued
    assert spp("as-at", plan, "edition 1", "dump").data == as_issued
    late = tmp_path / "late.xlsx"
    late.write_bytes(b"late")
    assert "is in the record of edition 1; nothing else" in spp("edition", plan, 1, "add", late).out
    assert [each["left_as"] for each in spp("edition", plan, 1, "--json").data["files"]][-1] == "workbook"
    assert "Two copies" in spp("edition", plan, 1).out
    assert "1 file" not in spp("editions", plan).out


def test_what_changed_of_an_edition_is_listed_and_printed_in_the_next(plan: Path, tmp_path: Path) -> None:
    for number in (1, 2):
        told = spp("issue-edition", plan, *BY)
        assert ("Nothing of the plan has changed since edition 1" in told.err) == (number == 2)
    assert spp("restatements", plan, "--edition", "2").out == "Nothing that edition 2 holds has changed since.\n"
    reword(plan, "Something else")
    ended = spp("restatements", plan)
    assert ended.status == 1
    assert ended.out.startswith("editions 1, 2: activity 1.01, activity: Do what 1.01 says → Something else (reword, ")
    assert "; not announced ahead)" in ended.out
    (change,) = spp("restatements", plan, "--edition", "2", "--json").data["editions"]
    assert (change["editions"], change["was"], change["is"], change["planned"]) == (
        [2], "Do what 1.01 says", "Something else", None,
    )  # fmt: skip
    for document in ("plan", "board"):
        page = tmp_path / f"{document}.html"
        assert spp("publish", plan, document, page, "--part", "restatements").status == DONE
        text = page.read_text(encoding="utf-8")
        for words in ("Restatements since edition 2", "Do what 1.01 says", "Something else", "not given"):
            assert words in text


def test_what_cannot_be_done_with_an_edition_is_refused(plan: Path, tmp_path: Path) -> None:
    before = plan.read_bytes()
    folder = tmp_path / "left"
    for words, says in (
        (("issue-edition", plan, "--document", "plan"), "Say where its documents go: --folder FOLDER."),
        (
            ("issue-edition", plan, "--document", "none", "--folder", folder),
            "There is no document “none” of an edition",
        ),
        (("issue-edition", plan, "--folder", plan.parent), "A folder is for documents: name them by --document."),
        (("issue-edition", plan, "--format", "rtf"), "There is no format called “rtf”. Choose from: pdf, html, docx."),
        (("edition", plan, 3), "This plan has no edition 3. It has no edition yet."),
        (("edition", plan, 3, "burn"), "“burn” is nothing that is done with an edition."),
        (("restatements", plan, "--edition", "4"), "This plan has no edition 4."),
    ):
        ended = spp(*words)
        assert (ended.status, says in ended.err) == (REFUSED, True), ended.err
    assert (plan.read_bytes(), folder.exists()) == (before, False)
    assert spp("issue-edition", plan, *BY).status == DONE
    for more, says in (
        (("publish",), "Say which document, and into which file"),
        (("publish", "plan", tmp_path / "plan.txt"), "does not say in which form"),
        (("add",), "Say which file left with it"),
    ):
        ended = spp("edition", plan, 1, *more)
        assert (ended.status, says in ended.err) == (REFUSED, True), ended.err


def test_the_public_edition_leaves_with_an_edition_or_neither_does(plan: Path, tmp_path: Path) -> None:
    folder = tmp_path / "left"
    issue = ("issue-edition", plan, *BY, "--document", "plan", "--document", "public", "--format", "html")
    ended = spp(*issue, "--folder", folder)
    assert (ended.status, folder.exists()) == (REFUSED, False)  # nothing was released
    assert "no edition yet" in spp("editions", plan).out
    with Workspace.open(plan) as workspace:
        items = [PublicItem.of_column(name) for name in releasable_columns()]
        keys = workspace.read_beside(lambda raw: list(_rows(raw)))
        workspace.edit("release", disclosures.release, [*items, *keys], "Authority")
    ended = spp(*issue, "--folder", folder)
    assert ended.status == DONE, ended.err
    (row,) = spp("editions", plan, "--json").data
    by_document = {each["document"] for each in row["files"]}
    assert by_document == {"plan", "public"}
    assert (folder / "Public edition").is_dir()
    assert len(row["files"]) == len([path for path in folder.rglob("*") if path.is_file()])


def _rows(raw: Any) -> Iterator[PublicItem]:
    for table in releasable_tables():
        yield from (PublicItem(table, key) for (key,) in raw.execute(f'SELECT id FROM "{table}"'))
