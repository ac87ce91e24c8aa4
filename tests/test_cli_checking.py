"""``spp check-file``: a plan against what left it, as its commands write it."""

from pathlib import Path

import pytest

from spp_desktop.cli import DONE, REFUSED
from spp_desktop.store import backups, heads
from spp_desktop.store.workspace import Workspace
from tests.command_line import spp
from tests.store.conftest import sql
from tests.store.tampering import FORGED, sealed_anew


@pytest.fixture
def plan(workspace: Workspace) -> Path:
    workspace.edit("name the force", sql, "UPDATE plan SET force = 'X'")
    workspace.close()
    return workspace.path


def test_a_plan_against_what_its_commands_wrote(plan: Path, tmp_path: Path) -> None:
    file = tmp_path / "crime.xlsx"
    options = ("--owner", "ACC Crime", "--year", "2008-2009", "--quarter", "Q2")
    written = spp("export", plan, "status", file, *options)
    assert written.status == DONE, written.err
    kept = Path(spp("backup", plan).out.removeprefix("Kept as ").removesuffix(".\n"))
    copy = kept.rename(tmp_path / "kept.plan")
    checked = spp("check-file", plan, "--against", file, copy)
    assert checked.status == DONE, checked.out
    assert "The history is still the one that crime.xlsx left at step 3." in checked.out
    assert "The history is still the one that kept.plan left at step 4." in checked.out

    sealed_anew(plan, *FORGED)
    heads._file_of(plan).unlink()
    for version in backups.earlier_versions(plan):
        version.path.unlink()
    assert spp("check-file", plan).status == DONE
    for witness in (["--against", file], ["--against", file, "--against", copy]):
        assert spp("check-file", plan, *witness).status == REFUSED


def test_files_are_named_behind_the_option(plan: Path, tmp_path: Path) -> None:
    refused = spp("check-file", plan, tmp_path / "crime.xlsx")
    assert refused.status == REFUSED
    assert "--against" in refused.err
