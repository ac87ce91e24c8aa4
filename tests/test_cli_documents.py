"""Documents published on the command line."""

import json
from pathlib import Path

import pytest

from spp_desktop.cli import DONE, REFUSED
from spp_desktop.edits import delivery, registers
from spp_desktop.edits.documents import kept
from spp_desktop.edits.documents.every import DOCUMENTS
from spp_desktop.plan.markings import Marking
from spp_desktop.plan.priorities import Priority
from spp_desktop.store import exports, queries
from spp_desktop.store.workspace import Workspace
from tests.command_line import spp
from tests.documents.seen_html import seen_in


def test_documents_are_listed_with_what_is_chosen_of_them() -> None:
    listed = spp("documents").out
    told = json.loads(spp("documents", "--json").out)
    assert [each["document"] for each in told] == [*(kind.name for kind in DOCUMENTS), "public"]
    assert all(kind.title in listed and kind.name in listed for kind in DOCUMENTS)


@pytest.mark.parametrize(("ending", "first"), [(".pdf", b"%PDF-1.7"), (".html", b"<!DOCTYPE html>"), (".docx", b"PK")])
def test_the_ending_says_the_form_and_what_left_is_recorded(
    plan_path: Path, workspace: Workspace, tmp_path: Path, ending: str, first: bytes
) -> None:
    workspace.close()
    out = tmp_path / f"plan{ending}"
    ended = spp("publish", plan_path, "plan", out)
    assert (ended.status, ended.out.strip()) == (DONE, f"Wrote {out}")
    assert out.read_bytes().startswith(first)
    with Workspace.open(plan_path) as plan:
        assert [each.file_name for each in plan.read_beside(exports.published)] == [out.name]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("nothing", "a.pdf"), "There is no document “nothing”."),
        (("plan", "a.txt"), "a.txt does not say in which form: its name has to end with .pdf, .html, .docx."),
        (("plan", "a.pdf", "--part", "nothing"), "has no part “nothing”"),
        (("plan", "a.pdf", "--owner", "ACC Crime"), "is not made by --owner. Nothing was written."),
        (("plan", "a.pdf", "--marking", "VERY SECRET"), "The plan has no marking “VERY SECRET”."),
        (("plan", "a.pdf", "--as-at", "2009-02-30"), "2009-02-30"),
        (("plan", "a.pdf", "--since", "2008-09-30"), "is not made by --since. Nothing was written."),
        (("changes", "a.pdf", "--since", "edition 4"), "This plan has no edition 4. It has no edition yet."),
        (("plan", "a.pdf", "--contact", "Planning"), "are for the public edition. Nothing was written."),
        (("plan", "a.pdf", "--leave-out"), "is marked higher than --marking says: name one. Nothing was written."),
        (("public", "a", "--marking", "VERY SECRET"), "The plan has no marking “VERY SECRET”."),
    ],
)
def test_what_cannot_be_made_is_one_sentence_and_no_file(
    plan_path: Path, workspace: Workspace, tmp_path: Path, words: tuple[str, ...], sentence: str
) -> None:
    workspace.close()
    before = plan_path.read_bytes()
    document, name, *options = words
    ended = spp("publish", plan_path, document, tmp_path / name, *options)
    assert ended.status == REFUSED
    assert sentence in ended.err
    assert len(ended.err.strip().splitlines()) == 1
    assert not (tmp_path / name).exists()
    assert plan_path.read_bytes() == before


def test_what_changed_between_two_states_is_published(plan_path: Path, workspace: Workspace, tmp_path: Path) -> None:
    steps = [workspace.revision()]
    for title in ("First title", "Second title"):
        workspace.edit(
            "retitle", registers.change, Priority, workspace.read(queries.register, Priority)[0].id, title=title
        )
        steps.append(workspace.revision())
    workspace.close()
    out = tmp_path / "changes.html"
    assert spp("publish", plan_path, "changes", out, "--since", steps[0], "--as-at", steps[1]).status == DONE
    page = out.read_text(encoding="utf-8")
    assert "First title" in page
    assert "Second title" not in page


def test_a_file_that_is_there_is_replaced_only_when_asked(
    plan_path: Path, workspace: Workspace, tmp_path: Path
) -> None:
    workspace.close()
    out = tmp_path / "plan.html"
    out.write_text("kept", encoding="utf-8")
    assert spp("publish", plan_path, "plan", out).status == REFUSED
    assert out.read_text(encoding="utf-8") == "kept"
    assert spp("publish", plan_path, "plan", out, "--overwrite").status == DONE


def test_it_is_refused_below_the_marking_of_its_content_and_made_without_what_is_too_high(
    plan_path: Path, workspace: Workspace, tmp_path: Path
) -> None:
    low, high = workspace.read(queries.register, Marking)[:3:2]
    activity = workspace.read(queries.activities)[0]
    workspace.edit("mark", registers.set_plan, marking=low.title)
    workspace.edit("mark one", delivery.set_cells, [(activity.key, "marking_id", high.id)])
    workspace.close()
    out = tmp_path / "plan.html"
    refused = spp("publish", plan_path, "plan", out, "--marking", low.title)
    assert refused.status == REFUSED
    assert activity.ref in refused.err
    assert high.title in refused.err
    assert spp("publish", plan_path, "plan", out, "--marking", low.title, "--leave-out").status == DONE
    page = seen_in(out.read_bytes())
    assert set(page.marking) == {low.title}
    assert activity.text not in " ".join(page.words)
    whole = spp("publish", plan_path, "plan", out, "--overwrite")
    assert set(seen_in(out.read_bytes()).marking) == {high.title}
    assert f"marked {high.title}, which its name does not say" in whole.err


def test_one_of_the_plans_own_is_made_by_its_name(plan_path: Path, workspace: Workspace, tmp_path: Path) -> None:
    workspace.edit("keep", kept.keep, "Members' pack", "plan", ["delivery"])
    workspace.close()
    out = tmp_path / "pack.html"
    assert spp("publish", plan_path, "members' PACK", out).status == DONE
    whole = tmp_path / "whole.html"
    assert spp("publish", plan_path, "plan", whole).status == DONE
    assert 0 < len(seen_in(out.read_bytes()).tables) < len(seen_in(whole.read_bytes()).tables)
