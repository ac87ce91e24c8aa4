"""The planning officer's public edition: refused for a marking, mended, and made; read as anybody would read it."""

from pathlib import Path

from spp_desktop.cli import DONE, REFUSED
from spp_desktop.edits import rows
from spp_desktop.plan.delivery import Activity
from spp_desktop.plan.markings import Marking
from spp_desktop.store import exports, queries
from spp_desktop.store.workspace import Workspace
from tests.command_line import spp
from tests.documents.seen_html import seen_in
from tests.edits.documents.public.conftest import release_all


def test_it_is_refused_for_a_marking_mended_and_made(workspace: Workspace, plan_path: Path, tmp_path: Path) -> None:
    row = workspace.read(queries.activities)[0]
    restricted = next(each.id for each in workspace.read(queries.register, Marking) if each.title == "RESTRICTED")
    workspace.edit("mark it", rows.change, Activity, row.key, marking_id=restricted)
    workspace.edit("release all", release_all)
    workspace.close()
    folder = tmp_path / "public edition"

    refused = spp("publish", plan_path, "public", folder)
    assert refused.status == REFUSED
    assert "RESTRICTED" in refused.err
    assert row.ref in refused.err
    assert "Leave out what is too high" in refused.err
    assert not folder.exists()

    with Workspace.open(plan_path) as mending:  # the marking was wrong: its text says nothing that is restricted
        mending.edit("take the marking away", rows.change, Activity, row.key, marking_id=None)
    made = spp("publish", plan_path, "public", folder, "--contact", "Planning office", "--date", "2026-11-30")
    assert made.status == DONE
    wrote = [Path(line.removeprefix("Wrote ")) for line in made.out.splitlines()]
    assert wrote[0] == folder / "index.html"

    index = seen_in(wrote[0].read_bytes())
    leads = {link.attributes["href"] for link in index.page.every("a") if link.attributes["href"].startswith("./")}
    assert len(leads) == len(wrote) - 1
    assert any("Planning office" in paragraph for paragraph in index.paragraphs)
    document = next(path for path in wrote if path.suffix == ".html" and path != wrote[0])
    assert row.text in document.read_text(encoding="utf-8")
    with Workspace.open(plan_path) as plan:
        assert {each.file_name for each in plan.read_beside(exports.published)} == {path.name for path in wrote}

    again = spp("publish", plan_path, "public", folder)
    assert again.status == REFUSED
    assert "holds something" in again.err
    assert spp("publish", plan_path, "public", folder, "--part", "tables").status == REFUSED
    assert "no licence called “free”" in spp("publish", plan_path, "public", folder, "--licence", "free").err
